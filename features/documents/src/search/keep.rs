//! What was sought, between the form that is posted and the page that shows what is found: sealed,
//! for a while, under a word of that session.

use access::{App, Session};
use ambient::Id;
use serde::{Deserialize, Serialize};
use vault::{DbError, RecordId};
use web::Fields;

use super::needle::LONGEST;

const WHAT: &str = "search";

/// What somebody seeks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What was typed.
    pub q: String,
    /// Which page of what is found, from 1.
    pub page: usize,
}

impl Asked {
    /// What a form says.
    pub fn of(fields: &Fields) -> Self {
        Self {
            q: fields.get("q").chars().take(LONGEST).collect(),
            page: fields.get("page").parse().unwrap_or(1).clamp(1, 10_000),
        }
    }
}

/// What an address says of it: the word.
#[derive(Debug, Default, Deserialize)]
pub struct Word {
    /// Empty before anything is sought.
    #[serde(default)]
    pub r: String,
}

/// Keeps what is sought in a record; gives the word for the address.
///
/// # Errors
/// When the database fails.
pub async fn keep(
    app: &App,
    session: &Session,
    of: RecordId,
    asked: &Asked,
) -> Result<Id, DbError> {
    let word = app.random().id();
    let until = app.now().saturating_add(app.limits.professional_session);
    let until = until.unwrap_or(jiff::Timestamp::MAX);
    let body = serde_json::to_vec(asked).expect("words are JSON");
    app.store
        .put_pending(WHAT, &key(session, of, word), until, &body)
        .await?;
    Ok(word)
}

/// What a word of this session stands for in this record; `None` for any other word.
///
/// # Errors
/// When the database fails.
pub async fn asked(
    app: &App,
    session: &Session,
    of: RecordId,
    word: &str,
) -> Result<Option<Asked>, DbError> {
    let Ok(word) = word.parse() else {
        return Ok(None);
    };
    let key = key(session, of, word);
    let kept = app.store.pending(WHAT, &key, app.now()).await?;
    Ok(kept.and_then(|body| serde_json::from_slice(&body).ok()))
}

fn key(session: &Session, of: RecordId, word: Id) -> Vec<u8> {
    [&session.hash[..], &of.0.0, &word.0].concat()
}
