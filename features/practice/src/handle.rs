//! How an address names a person: by a word that means nothing outside the session.
//!
//! Neither a number nor a record is ever in an address; a link that is copied,
//! kept or sent to a colleague opens nothing.

use access::{Professional, Session, watch::Met};
use ambient::Id;
use axum::response::{IntoResponse, Redirect, Response};
use vault::{DbError, RecordId};
use web::{Fields, Problem};

use crate::{sign_in, verify};

const WHAT: &str = "patient of a session";

/// Names a person whom one goes to for the rest of the session, once the watch lets the account go to
/// one more ([`Met`]); `None` when it was suspended instead.
///
/// # Errors
/// [`Problem::First`] when the card must be shown before, and when the store fails.
pub(crate) async fn go_to(who: &Professional, record: RecordId) -> Result<Option<Id>, Problem> {
    let word = word_for(who, record).to_string();
    if read(who, &word).await?.is_none() {
        match who.app.meet(&who.viewer, &who.situation).await? {
            Met::Within => {}
            Met::ShowCard(signal) => {
                verify::because(who, &[signal]).await?;
                return Err(Problem::First(verify::PATH));
            }
            Met::Suspended => return Ok(None),
        }
    }
    Ok(Some(give(who, record).await?))
}

/// Goes to a person whom the form at `here` found; what was typed waits where the card is shown again.
///
/// # Errors
/// As [`go_to`].
pub(crate) async fn found(
    who: &Professional,
    record: RecordId,
    here: &str,
    fields: &Fields,
) -> Result<Response, Problem> {
    match go_to(who, record).await {
        // The page that shows who it is leaves the line in the person's history.
        Ok(Some(handle)) => {
            Ok(Redirect::to(&format!("/pro/patients/{handle}/acces")).into_response())
        }
        Ok(None) => Ok(sign_in::suspended(who)),
        Err(problem) => {
            if matches!(problem, Problem::First(_)) {
                verify::keep(who, here, fields).await?;
            }
            Err(problem)
        }
    }
}

async fn give(who: &Professional, record: RecordId) -> Result<Id, DbError> {
    let (app, handle) = (&who.app, word_for(who, record));
    let until = app.now().saturating_add(app.limits.professional_session);
    let until = until.unwrap_or(jiff::Timestamp::MAX);
    let key = key(&who.session, handle);
    app.store
        .put_pending(WHAT, &key, until, &record.0.0)
        .await?;
    Ok(handle)
}

/// The word of a person in this session: the same however often they are found in it.
fn word_for(who: &Professional, record: RecordId) -> Id {
    let name = [&who.session.hash[..], &record.0.0].concat();
    Id(who.app.store.short(WHAT, &name))
}

/// The record of a person named in this session; `None` for any other word.
pub(crate) async fn read(who: &Professional, word: &str) -> Result<Option<RecordId>, DbError> {
    let Ok(handle) = word.parse() else {
        return Ok(None);
    };
    let key = key(&who.session, handle);
    let found = who.app.store.pending(WHAT, &key, who.app.now()).await?;
    Ok(found
        .and_then(|bytes| bytes.try_into().ok())
        .map(|id| RecordId(Id(id))))
}

fn key(session: &Session, handle: Id) -> Vec<u8> {
    [&session.hash[..], &handle.0].concat()
}
