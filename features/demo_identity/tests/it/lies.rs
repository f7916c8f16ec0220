//! One row per mischief: the client refuses each by an error of its own.

use demo_identity::Mischief;
use oauth::{
    client::{Callback, SignInError as E},
    jwt::JwtError,
};

use crate::stage::Stage;

type Row = (Mischief, fn(&E) -> bool);

#[tokio::test]
async fn every_lie_in_the_tokens_is_refused() {
    let rows: [Row; 7] = [
        (Mischief::WrongNonce, |e| matches!(e, E::Nonce)),
        (Mischief::WrongIssuer, |e| matches!(e, E::Issuer)),
        (Mischief::WrongAudience, |e| matches!(e, E::Audience)),
        (Mischief::Expired, |e| matches!(e, E::Expired)),
        (Mischief::ForeignKey, |e| {
            matches!(e, E::IdToken(JwtError::UnknownKey))
        }),
        (Mischief::AlgNone, |e| {
            matches!(e, E::IdToken(JwtError::Algorithm))
        }),
        (Mischief::OtherSubInUserinfo, |e| {
            matches!(e, E::UserinfoSubject)
        }),
    ];
    for signed in [false, true] {
        let stage = Stage::new(signed);
        for (mischief, expected) in rows {
            stage.demo.set_mischief(mischief);
            let refusal = stage.sign_in().await.expect_err("a lie");
            assert!(expected(&refusal), "{mischief:?}: {refusal:?}");
        }
        stage.demo.set_mischief(Mischief::None);
        assert!(stage.sign_in().await.is_ok(), "it can be honest again");
    }
}

#[tokio::test]
async fn a_stolen_code_signs_nobody_in_even_where_the_provider_lets_it_serve_again() {
    let stage = Stage::new(false);
    stage.demo.set_mischief(Mischief::CodeReplayAllowed);
    let provider = stage.provider().await;
    let (path, pending) = stage.start(&provider);
    let stolen = stage.choose(&path, ("identite", "dr-martin")).await;
    let first = stage.finish(&provider, pending, &stolen).await;
    assert!(first.is_ok());

    // Into another browser, as it came: that browser's state is another.
    let (_, pending) = stage.start(&provider);
    let refusal = stage.finish(&provider, pending, &stolen).await;
    assert!(matches!(refusal, Err(E::State)), "{refusal:?}");

    // And with that browser's own state: the ID token answers another question.
    let (path, pending) = stage.start(&provider);
    let own = stage.choose(&path, ("identite", "camille")).await;
    let injected = Callback {
        code: stolen.code.clone(),
        ..own
    };
    let refusal = stage.finish(&provider, pending, &injected).await;
    assert!(matches!(refusal, Err(E::Nonce)), "{refusal:?}");
}

#[tokio::test]
async fn without_mischief_a_stolen_code_fails_at_the_proof_key() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let (path, _) = stage.start(&provider);
    let stolen = stage.choose(&path, ("identite", "dr-martin")).await;
    let (path, pending) = stage.start(&provider);
    let own = stage.choose(&path, ("identite", "camille")).await;
    let injected = Callback {
        code: stolen.code,
        ..own
    };
    let refusal = stage.finish(&provider, pending, &injected).await;
    assert!(matches!(refusal, Err(E::TokenRefused(code)) if code == "invalid_grant"));
}
