//! The browsers in which one is signed in, and ending one or all others.

use access::{Person, SessionBody};
use axum::response::Redirect;
use web::{Fields, Problem};

use super::page::{self, own};

/// A browser that is signed in.
#[derive(Debug)]
pub struct Device {
    /// Names the session in forms; leads nowhere without the session's token.
    pub id: String,
    /// The browser, in words.
    pub name: String,
    /// When it was last used, in words.
    pub seen: String,
    /// Whether it is this one.
    pub current: bool,
}

/// The browsers of who signed in, last used first.
///
/// # Errors
/// When the store fails.
pub async fn of(person: &Person) -> Result<Vec<Device>, Problem> {
    let (app, now) = (&person.app, person.app.now());
    let sessions = app.store.sessions_of(own(person).0, now).await?;
    let devices = sessions.into_iter().map(|session| {
        let body = serde_json::from_slice::<SessionBody>(&session.body);
        Device {
            id: hex(&session.hash),
            name: body.map(|body| body.device).unwrap_or_default(),
            seen: web::dates::ago(session.seen, now, person.shell.lang),
            current: session.hash == person.session.hash,
        }
    });
    Ok(devices.collect())
}

/// `POST /parametres/appareils`: ends the session `appareil`, or all the others when it is empty.
pub async fn end(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let app = &person.app;
    let wanted = fields.get("appareil");
    let mut ended = 0;
    for session in app.store.sessions_of(own(&person).0, app.now()).await? {
        let other = session.hash != person.session.hash;
        if other && (wanted.is_empty() || wanted == hex(&session.hash)) {
            app.store.end_session(&session.hash).await?;
            ended += 1;
        }
    }
    let sentence = person.shell.t1("account-sessions-ended", "count", ended);
    person.say(sentence).await?;
    Ok(Redirect::to(page::PATH))
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
