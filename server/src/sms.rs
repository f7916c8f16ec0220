//! SMS by a gateway: any that takes a JSON document by HTTP POST.

use std::{future::Future, pin::Pin, sync::Arc};

use access::Message;
use ambient::Secret;
use anyhow::{Context, bail, ensure};
use http::{Request, Response, header};
use serde_json::Value;

use crate::{serve, settings::Settings};

/// What a call to another machine comes to.
type Answer = Pin<Box<dyn Future<Output = anyhow::Result<Response<Vec<u8>>>> + Send>>;
/// How another machine is called.
type Call = Arc<dyn Fn(Request<Vec<u8>>) -> Answer + Send + Sync>;

/// A gateway, as the settings describe it.
pub struct Gateway {
    url: String,
    body: Value,
    authorization: Secret<String>,
    call: Call,
}

impl Gateway {
    /// The gateway of the settings, called through the way out of the house; `None` without one.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub fn new(settings: &Settings) -> anyhow::Result<Option<Self>> {
        if settings.get("sms.url").is_empty() {
            return Ok(None);
        }
        let outgoing = Arc::new(serve::outgoing(settings)?);
        let call: Call = Arc::new(move |request| {
            let outgoing = Arc::clone(&outgoing);
            Box::pin(async move { Ok(outgoing.send(request).await?) })
        });
        Self::calling(settings, call).map(Some)
    }

    fn calling(settings: &Settings, call: Call) -> anyhow::Result<Self> {
        let body = serde_json::from_str(settings.get("sms.body"));
        let body: Value = body.context("setting sms.body is no JSON")?;
        ensure!(
            body.to_string().contains("{text}"),
            "setting sms.body has no place for {{text}}"
        );
        Ok(Self {
            url: settings.get("sms.url").to_owned(),
            body,
            authorization: settings.secret("sms.authorization"),
            call,
        })
    }

    /// Hands an SMS over.
    ///
    /// # Errors
    /// When the gateway does not answer, or not with a status of success: it may be tried again.
    /// The error holds no number and no text.
    pub async fn send(&self, message: &Message) -> anyhow::Result<()> {
        let national: String = message.to.chars().filter(char::is_ascii_digit).collect();
        let to = match national.strip_prefix('0') {
            Some(rest) => format!("+33{rest}"),
            None => format!("+{national}"),
        };
        let mut body = self.body.clone();
        let places = [
            ("{to}", to.as_str()),
            ("{national}", &national),
            ("{text}", &message.body),
        ];
        fill(&mut body, &places);
        let mut request = Request::post(&self.url).header(header::CONTENT_TYPE, "application/json");
        if !self.authorization.expose().is_empty() {
            request = request.header(header::AUTHORIZATION, self.authorization.expose().as_str());
        }
        let request = request.body(body.to_string().into_bytes());
        let answer = (self.call)(request.context("a request to the SMS gateway")?).await?;
        match answer.status().is_success() {
            true => Ok(()),
            false => bail!("the SMS gateway answers {}", answer.status().as_u16()),
        }
    }
}

/// Fills places in within texts, in one pass: what is filled in is no place itself.
fn fill(value: &mut Value, places: &[(&str, &str)]) {
    match value {
        Value::String(text) => *text = filled(text, places),
        Value::Array(all) => all.iter_mut().for_each(|one| fill(one, places)),
        Value::Object(all) => all.values_mut().for_each(|one| fill(one, places)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn filled(text: &str, places: &[(&str, &str)]) -> String {
    let next = places.iter().filter_map(|(place, with)| {
        let at = text.find(place)?;
        Some((at, *place, *with))
    });
    match next.min_by_key(|(at, ..)| *at) {
        Some((at, place, with)) => {
            let rest = filled(&text[at + place.len()..], places);
            format!("{}{with}{rest}", &text[..at])
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use access::Channel;

    use super::*;

    type Calls = Arc<Mutex<Vec<Request<Vec<u8>>>>>;

    fn gateway(settings: &Settings, status: u16) -> (anyhow::Result<Gateway>, Calls) {
        let calls = Calls::default();
        let noted = Arc::clone(&calls);
        let call: Call = Arc::new(move |request| {
            noted.lock().expect("alone").push(request);
            let answer = Response::builder().status(status).body(vec![]);
            Box::pin(async move { Ok(answer?) })
        });
        (Gateway::calling(settings, call), calls)
    }

    fn sms(body: &str) -> Message {
        Message {
            channel: Channel::Sms,
            to: "06 39 98 00 01".to_owned(),
            subject: String::new(),
            body: body.to_owned(),
        }
    }

    #[tokio::test]
    async fn an_sms_is_posted_in_the_shape_that_the_gateway_asks_for() {
        let mut settings = Settings::default();
        settings.set("sms.url", "https://sms.example/v1/messages");
        let shape = r#"{"messages": [{"recipient": "{to}", "tel": "{national}", "content": "{text}"}], "n": 1}"#;
        settings.set("sms.body", shape);
        settings.set("sms.authorization", "Bearer abc");
        let (gateway, calls) = gateway(&settings, 202);
        let text = "Carnet : « du \"nouveau\" » {to}\nhttps://carnet.example";
        gateway
            .expect("a gateway")
            .send(&sms(text))
            .await
            .expect("sent");
        let calls = calls.lock().expect("alone");
        let [call] = calls.as_slice() else {
            panic!("one call")
        };
        assert_eq!(call.uri(), "https://sms.example/v1/messages");
        assert_eq!(call.headers()[header::AUTHORIZATION], "Bearer abc");
        let body: Value = serde_json::from_slice(call.body()).expect("JSON");
        let sent = &body["messages"][0];
        assert_eq!(sent["recipient"], "+33639980001");
        assert_eq!(sent["tel"], "0639980001");
        assert_eq!(
            sent["content"], text,
            "what is filled in is no place itself"
        );
        assert_eq!(body["n"], 1);
    }

    #[tokio::test]
    async fn a_gateway_that_refuses_says_so_without_a_number_or_a_word() {
        let mut settings = Settings::default();
        settings.set("sms.url", "https://sms.example/");
        let (gateway, _) = gateway(&settings, 503);
        let refused = gateway.expect("a gateway").send(&sms("abc")).await;
        let said = format!("{:#}", refused.expect_err("tried again later"));
        assert!(said.contains("503") && !said.contains("abc") && !said.contains("39 98"));
    }

    #[test]
    fn a_shape_that_says_nothing_is_no_gateway() {
        let mut settings = Settings::default();
        for shape in ["{", "{\"to\": \"{to}\"}"] {
            settings.set("sms.body", shape);
            assert!(gateway(&settings, 200).0.is_err(), "{shape}");
        }
    }
}
