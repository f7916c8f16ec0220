//! Asked elsewhere: each answer that a provider may give to a client that polls.

use std::sync::Mutex;

use ambient::SeededRandom;
use http::Response;
use jiff::{SignedDuration, Timestamp};
use oauth::{
    client::{AskElsewhere, ClientAuth, Polled, Provider, SignInError as E, Waiting},
    http::{HttpError, HttpRequest, HttpResponse},
    provider::RegisteredAuth,
};
use serde_json::json;

use crate::idp::{ISSUER, Idp, Lie, registration};

/// What the provider says next, and how often it was asked.
struct Script {
    idp: Idp,
    next: Mutex<Option<(u16, &'static str)>>,
    asked: Mutex<u32>,
}

impl Script {
    fn new() -> Self {
        let lie = Lie::Discovery(|document| {
            document["backchannel_authentication_endpoint"] = json!(format!("{ISSUER}/ask"));
        });
        Self {
            idp: Idp::new(RegisteredAuth::Public, false, lie),
            next: Mutex::default(),
            asked: Mutex::default(),
        }
    }

    fn says(&self, status: u16, body: &'static str) {
        *self.next.lock().expect("unpoisoned") = Some((status, body));
    }

    fn asked(&self) -> u32 {
        *self.asked.lock().expect("unpoisoned")
    }

    fn http(
        &self,
    ) -> impl Fn(HttpRequest) -> std::future::Ready<Result<HttpResponse, HttpError>> + Sync {
        |request| {
            if request.method() == "GET" {
                return std::future::ready(Ok(self.idp.answer(&request)));
            }
            *self.asked.lock().expect("unpoisoned") += 1;
            let next = *self.next.lock().expect("unpoisoned");
            let answer = match next {
                None => Err(HttpError("silent".into())),
                Some((status, body)) => Ok(Response::builder()
                    .status(status)
                    .body(body.as_bytes().to_vec())
                    .expect("a response")),
            };
            std::future::ready(answer)
        }
    }

    async fn provider(&self) -> Provider {
        let registration = registration(ClientAuth::Public, false);
        let provider = Provider::discover(registration, &self.http()).await;
        provider.expect("a sound provider")
    }

    async fn ask(&self, provider: &Provider) -> Result<Waiting, E> {
        let ask = AskElsewhere {
            scopes: &[],
            acr_values: &["eidas1"],
            login_hint: "1",
            binding_message: "4827",
        };
        let random = SeededRandom::new(5);
        provider
            .ask_elsewhere(ask, &self.http(), &random, self.idp.now)
            .await
    }

    async fn poll(
        &self,
        provider: &Provider,
        waiting: &mut Waiting,
        now: Timestamp,
    ) -> Result<Polled, E> {
        let random = SeededRandom::new(6);
        provider.poll(waiting, &self.http(), &random, now).await
    }
}

type Row = (u16, &'static str, fn(&E) -> bool);

const ACCEPTED: &str = r#"{"auth_req_id": "a", "expires_in": 120, "interval": 5}"#;

#[tokio::test]
async fn what_is_no_sound_answer_to_the_question_is_refused() {
    let script = Script::new();
    let provider = script.provider().await;
    script.says(200, ACCEPTED);
    let waiting = script.ask(&provider).await.expect("asked");
    let after = |at: Timestamp| at.duration_since(script.idp.now).as_secs();
    assert_eq!(
        (after(waiting.next_at()), after(waiting.expires_at())),
        (5, 120)
    );
    assert!(!format!("{waiting:?}").contains("auth_req_id"));
    script.says(
        200,
        r#"{"auth_req_id": "a", "expires_in": 99999, "interval": 0}"#,
    );
    let waiting = script.ask(&provider).await.expect("asked, within bounds");
    assert_eq!(
        (after(waiting.next_at()), after(waiting.expires_at())),
        (1, 600)
    );
    let rows: [Row; 6] = [
        (
            400,
            r#"{"error": "unknown_user_id"}"#,
            |e| matches!(e, E::Refused(code) if code == "unknown_user_id"),
        ),
        (
            401,
            r#"{"error": "invalid_client"}"#,
            |e| matches!(e, E::Refused(code) if code == "invalid_client"),
        ),
        (502, "<html>", |e| matches!(e, E::TokenAnswer(_))),
        (200, "<html>", |e| matches!(e, E::TokenAnswer(_))),
        (200, r#"{"auth_req_id": "", "expires_in": 120}"#, |e| {
            matches!(e, E::Tokens)
        }),
        (200, r#"{"expires_in": 120}"#, |e| matches!(e, E::Tokens)),
    ];
    for (status, body, expected) in rows {
        script.says(status, body);
        let refusal = script.ask(&provider).await.expect_err(body);
        assert!(expected(&refusal), "{status} {body}: {refusal:?}");
    }
    let without = Idp::new(RegisteredAuth::Public, false, Lie::Nothing);
    let registration = registration(ClientAuth::Public, false);
    let provider = Provider::discover(registration, &without.http()).await;
    let refusal = script.ask(&provider.expect("sound")).await;
    assert!(matches!(refusal, Err(E::NoBackchannel)));
}

#[tokio::test]
async fn each_answer_to_a_poll_is_what_the_specification_says() {
    let script = Script::new();
    let provider = script.provider().await;
    // What it says, whether it goes on, and after how many seconds it is asked again.
    let rows: [(u16, &'static str, Option<i64>); 9] = [
        (400, r#"{"error": "authorization_pending"}"#, Some(5)),
        (400, r#"{"error": "slow_down"}"#, Some(10)),
        (503, "", Some(10)),
        (400, r#"{"error": "access_denied"}"#, None),
        (400, r#"{"error": "expired_token"}"#, None),
        (400, r#"{"error": "invalid_grant"}"#, None),
        (404, "", None),
        (200, "{}", None),
        (
            200,
            r#"{"access_token": "a", "token_type": "mac", "id_token": "x"}"#,
            None,
        ),
    ];
    for (status, body, again) in rows {
        script.says(200, ACCEPTED);
        let mut waiting = script.ask(&provider).await.expect("asked");
        script.says(status, body);
        let now = waiting.next_at();
        let polled = script.poll(&provider, &mut waiting, now).await;
        match again {
            Some(seconds) => {
                assert!(matches!(polled, Ok(Polled::NotYet)), "{body}");
                assert_eq!(
                    waiting.next_at().duration_since(now).as_secs(),
                    seconds,
                    "{body}"
                );
            }
            None => assert!(polled.is_err(), "{body}"),
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_before_its_time_nor_after_the_end() {
    let script = Script::new();
    let provider = script.provider().await;
    script.says(200, ACCEPTED);
    let mut waiting = script.ask(&provider).await.expect("asked");
    script.says(400, r#"{"error": "slow_down"}"#);
    let mut polls = vec![];
    for second in 0..130 {
        let now = script.idp.now + SignedDuration::from_secs(second);
        let before = script.asked();
        let polled = script.poll(&provider, &mut waiting, now).await;
        assert_eq!(polled.is_err(), second >= 120);
        if script.asked() > before {
            polls.push(second);
        }
    }
    assert_eq!(polls, [5, 15, 30, 50, 75, 105], "each time slower, as told");
}
