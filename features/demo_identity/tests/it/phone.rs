//! Asked from a desk, confirmed on a phone, heard of by polling.

use demo_identity::Mischief;
use jiff::SignedDuration;
use oauth::client::{AskElsewhere, Polled, Provider, SignInError as E, SignedIn, Waiting};

use crate::stage::Stage;

const MARTIN: &str = "899700000018";
const PHONE: &str = "/demo/identite/telephone";

type Row = (Mischief, fn(&E) -> bool);

async fn ask(stage: &Stage, provider: &Provider, whom: &str) -> Result<Waiting, E> {
    let ask = AskElsewhere {
        scopes: &["scope_all"],
        acr_values: &["eidas1"],
        login_hint: whom,
        binding_message: "4827",
    };
    let (http, now) = (stage.demo.http(), stage.now());
    provider
        .ask_elsewhere(ask, &http, &*stage.random, now)
        .await
}

/// Polls after some seconds; `None` while nobody answered.
async fn poll(
    stage: &Stage,
    provider: &Provider,
    waiting: &mut Waiting,
    after: i64,
) -> Result<Option<SignedIn>, E> {
    stage.clock.advance(SignedDuration::from_secs(after));
    let (http, now) = (stage.demo.http(), stage.now());
    let polled = provider.poll(waiting, &http, &*stage.random, now).await?;
    Ok(match polled {
        Polled::NotYet => None,
        Polled::SignedIn(signed_in) => Some(*signed_in),
    })
}

async fn answer(stage: &Stage, how: &str) {
    let page = stage.page(PHONE).await;
    assert!(
        page.has("4827") && page.has("Dr Claire Martin"),
        "{}",
        page.words()
    );
    let id = page
        .attribute("name=\"demande\" value=\"", "\"")
        .expect("a question");
    let fields = [("demande", id.as_str()), (how, "oui")];
    let page = stage.browser.post(PHONE, &fields).await.expect("a page");
    assert!(page.has("Aucune demande"), "{}", page.words());
}

#[tokio::test]
async fn who_confirms_on_their_phone_is_signed_in_at_the_desk() {
    for signed in [false, true] {
        let stage = Stage::new(signed);
        let provider = stage.provider().await;
        let mut waiting = ask(&stage, &provider, MARTIN).await.expect("asked");
        let first = poll(&stage, &provider, &mut waiting, 5).await;
        assert!(first.expect("no error").is_none());
        answer(&stage, "confirmer").await;
        // Too soon: nothing is sent, and nobody is in.
        let soon = poll(&stage, &provider, &mut waiting, 4).await;
        assert!(soon.expect("no error").is_none());
        let last = poll(&stage, &provider, &mut waiting, 1).await;
        let signed_in = last.expect("no error").expect("somebody");
        assert_eq!(signed_in.subject, "f:demo:martin");
        assert_eq!(signed_in.userinfo["SubjectNameID"], MARTIN);
        assert_eq!(signed_in.id_claims["acr"], "eidas1");
        // Once.
        let again = poll(&stage, &provider, &mut waiting, 5).await;
        assert!(matches!(again, Err(E::TokenRefused(code)) if code == "invalid_grant"));
    }
}

#[tokio::test]
async fn a_no_a_stranger_and_a_late_answer_sign_nobody_in() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let unknown = ask(&stage, &provider, "899700000099").await;
    assert!(matches!(unknown, Err(E::Refused(code)) if code == "unknown_user_id"));
    let mut refused = ask(&stage, &provider, MARTIN).await.expect("asked");
    answer(&stage, "refuser").await;
    let polled = poll(&stage, &provider, &mut refused, 5).await;
    assert!(matches!(polled, Err(E::Refused(code)) if code == "access_denied"));
    let mut late = ask(&stage, &provider, MARTIN).await.expect("asked");
    assert_eq!(late.expires_at().duration_since(stage.now()).as_secs(), 120);
    let polled = poll(&stage, &provider, &mut late, 120).await;
    assert!(matches!(polled, Err(E::TooLate)));
    assert!(stage.page(PHONE).await.has("Aucune demande"));
    let page = stage
        .browser
        .post(PHONE, &[("demande", "0123456789abcdef")]);
    assert_eq!(page.await.expect("a page").status, 400);
}

#[tokio::test]
async fn two_desks_that_ask_at_once_are_answered_apart() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let mut first = ask(&stage, &provider, MARTIN).await.expect("asked");
    stage.clock.advance(SignedDuration::from_secs(1));
    let mut second = ask(&stage, &provider, MARTIN).await.expect("asked");
    let page = stage.page(PHONE).await;
    let id = page
        .attribute("name=\"demande\" value=\"", "\"")
        .expect("a question");
    let fields = [("demande", id.as_str()), ("confirmer", "oui")];
    stage.browser.post(PHONE, &fields).await.expect("a page");
    let one = poll(&stage, &provider, &mut first, 5).await;
    assert!(
        one.expect("no error").is_some(),
        "the one that was confirmed"
    );
    let other = poll(&stage, &provider, &mut second, 5).await;
    assert!(other.expect("no error").is_none(), "and no other");
}

#[tokio::test]
async fn lies_in_the_tokens_are_refused_here_too() {
    let rows: [Row; 4] = [
        (Mischief::WrongIssuer, |e| matches!(e, E::Issuer)),
        (Mischief::WrongAudience, |e| matches!(e, E::Audience)),
        (Mischief::ForeignKey, |e| matches!(e, E::IdToken(_))),
        (Mischief::OtherSubInUserinfo, |e| {
            matches!(e, E::UserinfoSubject)
        }),
    ];
    for (mischief, expected) in rows {
        let stage = Stage::new(false);
        let provider = stage.provider().await;
        let mut waiting = ask(&stage, &provider, MARTIN).await.expect("asked");
        answer(&stage, "confirmer").await;
        stage.demo.set_mischief(mischief);
        let polled = poll(&stage, &provider, &mut waiting, 5).await;
        assert!(expected(&polled.expect_err("a lie")), "{mischief:?}");
    }
}
