//! `/pro/verification`: one's card again, before a sensitive step asked for a while after sign-in.
//!
//! Steps send professionals here by themselves: see [`access::Act::needs_fresh_factor`]. What was
//! typed waits for them, sealed, under their session.

use std::sync::Arc;

use access::{Anyone, Professional, SignedIn, watch::Signal};
use askama::Template;
use axum::{
    Extension,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use web::{Fields, Html, Problem, Shell, is_local};

use crate::{
    ProSanteConnect,
    sign_in::{self, Again, Failure, Found},
    situation,
};

/// This page.
pub(crate) const PATH: &str = "/pro/verification";

/// Why the card is asked for, under the session.
const WHY: &str = "why the card";
const TYPED: &str = "typed before a factor";
/// How long what was typed waits: the trip and a little more.
const WAITS: SignedDuration = SignedDuration::from_mins(15);

#[derive(Template)]
#[template(path = "pro-verify.html")]
struct Page {
    shell: Shell,
    at_work: String,
    /// Whether one may confirm on one's phone.
    phone: bool,
    /// Where the step was asked for.
    back: String,
    failure: Option<Failure>,
    /// What was unusual, when that is why; one sentence each.
    because: Vec<String>,
}

/// Where the step was asked for.
#[derive(Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    retour: String,
    #[serde(default)]
    echec: String,
}

/// `GET /pro/verification`
pub(crate) async fn page(
    who: Professional,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    let failure = Failure::ALL.into_iter().find(|one| one.key() == back.echec);
    let now = who.app.now();
    let kept = who.app.store.pending(WHY, &who.session.hash, now).await?;
    let signals: Vec<Signal> = kept
        .and_then(|body| serde_json::from_slice(&body).ok())
        .unwrap_or_default();
    let because = signals.iter().map(|one| sentence(one, &who.shell));
    let because = because.collect();
    let back = ours(&back.retour);
    Ok(show(who, &identity, back, failure, because))
}

/// One signal in one sentence, to the professional.
fn sentence(signal: &Signal, shell: &Shell) -> String {
    let (count, usual) = signal.numbers();
    shell.t2(
        signal.key(),
        "count",
        i64::from(count),
        "usual",
        i64::from(usual),
    )
}

/// Keeps why the card is asked for, so that the page says it.
pub(crate) async fn because(who: &Professional, signals: &[Signal]) -> Result<(), Problem> {
    let until = who.app.now().saturating_add(WAITS);
    let body = serde_json::to_vec(signals)?;
    let (until, key) = (until.unwrap_or(Timestamp::MAX), &who.session.hash);
    Ok(who.app.store.put_pending(WHY, key, until, &body).await?)
}

/// `POST /pro/verification`: off to the provider, which asks for the card again.
pub(crate) async fn start(
    who: Professional,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let back = ours(fields.get("retour"));
    let Some(provider) = identity.provider().await else {
        let failure = Some(Failure::Unavailable);
        return Ok(show(who, &identity, back, failure, vec![]));
    };
    let session = who.session.hash;
    sign_in::leave(&who.app, provider, Some(Again { session, back })).await
}

/// Back from the provider: the same person, in the same session, who showed their card just now.
pub(crate) async fn back(
    visitor: Anyone,
    again: Again,
    found: Result<Found, Failure>,
) -> Result<Response, Problem> {
    let Some(mut session) = visitor.session.filter(|one| one.hash == again.session) else {
        return Ok(Redirect::to("/pro/connexion").into_response());
    };
    let SignedIn::Professional { situations, .. } = &session.body.who else {
        return Ok(Redirect::to("/pro/connexion").into_response());
    };
    let found = found.and_then(|found| {
        let same = |one: &access::Situation| one.national_id == found.professional.national_id;
        match situations.iter().all(same) {
            true => Ok(found),
            false => Err(Failure::SomebodyElse),
        }
    });
    match found {
        Ok(found) => {
            session.body.authenticated.at = found.at;
            visitor.app.save_session(&session).await?;
            Ok(Redirect::to(&again.back).into_response())
        }
        Err(failure) => Ok(failed(&again.back, failure)),
    }
}

/// To this page, which says why.
pub(crate) fn failed(back: &str, failure: Failure) -> Response {
    let address = format!("{PATH}?retour={back}&echec={}", failure.key());
    Redirect::to(&address).into_response()
}

fn show(
    who: Professional,
    identity: &ProSanteConnect,
    back: String,
    failure: Option<Failure>,
    because: Vec<String>,
) -> Response {
    let title = who.shell.t("practice-verify-title");
    let status = failure.map_or(StatusCode::OK, Failure::status);
    let page = Page {
        at_work: situation::line(&who.situation),
        shell: who.shell.titled(title),
        phone: identity.asks_on_phones(),
        back,
        failure,
        because,
    };
    (status, Html(page)).into_response()
}

/// A page at work, and not this one.
pub(crate) fn ours(back: &str) -> String {
    let plain = is_local(back) && back.starts_with("/pro/") && !back.contains(['?', '&', '#']);
    match plain && !back.starts_with(PATH) {
        true => back.to_owned(),
        false => "/pro".to_owned(),
    }
}

/// Keeps what was typed at `path` until the card was shown.
pub(crate) async fn keep(who: &Professional, path: &str, fields: &Fields) -> Result<(), Problem> {
    let until = who.app.now().saturating_add(WAITS);
    let body = serde_json::to_vec(&fields.pairs())?;
    let key = key(who, path);
    let until = until.unwrap_or(Timestamp::MAX);
    Ok(who.app.store.put_pending(TYPED, &key, until, &body).await?)
}

/// What was typed at `path` before the card was shown, once.
pub(crate) async fn kept(who: &Professional, path: &str) -> Result<Option<Fields>, Problem> {
    let key = key(who, path);
    let taken = who.app.store.take_pending(TYPED, &key, who.app.now());
    let pairs = taken
        .await?
        .and_then(|body| serde_json::from_slice(&body).ok());
    Ok(pairs.map(Fields::new))
}

fn key(who: &Professional, path: &str) -> Vec<u8> {
    [&who.session.hash[..], path.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_leads_back_to_work_only() {
        let there = "/pro/patients/x/urgence";
        assert_eq!(super::ours(there), there);
        for elsewhere in [
            "",
            "https://x.test",
            "//x.test/pro/",
            "/accueil",
            "/pro/verification",
            "/pro/patients/x?retour=y",
        ] {
            assert_eq!(super::ours(elsewhere), "/pro", "{elsewhere}");
        }
    }
}
