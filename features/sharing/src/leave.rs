//! `POST /partage/note`: a note for the person, which enters their space only if they take it in.

use access::{Act, Left, Refused};
use axum::response::Response;
use web::{Fields, Problem};

use crate::{door, opener::Opener, read};

/// Characters of a note.
const LONGEST: usize = 4_000;

/// Leaves it.
pub(crate) async fn submit(opener: Opener, fields: Fields) -> Result<Response, Problem> {
    opener.check(&fields)?;
    let note = fields.get("note").to_owned();
    let readable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let error = match note.chars().count() {
        0 => Some("sharing-note-missing"),
        1..=LONGEST if note.chars().all(readable) => None,
        _ => Some("sharing-note-long"),
    };
    if let Some(key) = error {
        let sentence = opener.shell.t1(key, "count", LONGEST);
        return read::show(opener, note, sentence, false).await;
    }
    let done = match opener.enter(Act::LeaveNote).await {
        Ok(clearance) => clearance.leave_note(&note).await,
        Err(refused) => Err(refused),
    };
    match done {
        Ok(Left::Kept) => read::show(opener, String::new(), String::new(), true).await,
        Ok(Left::TooMany) => {
            let sentence = opener.shell.t("sharing-note-many");
            read::show(opener, note, sentence, false).await
        }
        Err(Refused::No(_) | Refused::NotFound) => Ok(door::closed(opener.shell)),
        Err(failed) => Err(failed.into()),
    }
}
