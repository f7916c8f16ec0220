//! Many events in one message, once a day or once a week.

use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{
    DbError, With,
    store::{Job, NewJob},
};

use super::{
    send::{self, Sending},
    words,
};
use crate::{App, journal::Notice};

/// The job that sends what was gathered.
pub const DIGEST: &str = "notice digest";

#[derive(Serialize, Deserialize)]
struct Due {
    /// To whom and how; its notice is the first one gathered.
    send: Sending,
    due: Timestamp,
}

impl Due {
    /// Names the message: what comes after it is due is another's.
    fn name(&self) -> Vec<u8> {
        [
            &self.due.as_microsecond().to_be_bytes()[..],
            &self.send.name(),
        ]
        .concat()
    }
}

/// Adds an event to the message that leaves at `due`, and sees to it that it leaves.
pub(super) fn gather(app: &App, send: &Sending, due: Timestamp) -> With {
    let waiting = Due { send: *send, due };
    let name = waiting.name();
    let notice = serde_json::to_vec(&send.notice).expect("a notice is JSON");
    let job = app.store.enqueue(NewJob {
        name: DIGEST,
        dedup: Some(&name),
        due,
        payload: serde_json::to_vec(&waiting).expect("a message is JSON"),
    });
    app.store.gather(&name, &notice).and(job)
}

/// Does the job [`DIGEST`]: one message, after which what it told is no longer there.
///
/// # Errors
/// When the message cannot be handed over: it is to be tried again, with what came meanwhile.
pub async fn digest(app: &App, job: &Job) -> anyhow::Result<()> {
    let waiting: Due = serde_json::from_slice(&job.payload).context("a digest")?;
    let name = waiting.name();
    let gathered = app.store.gathered(&name).await?;
    let notices = gathered
        .bodies
        .iter()
        .map(|body| serde_json::from_slice(body));
    let notices: Vec<Notice> = notices.collect::<Result<_, _>>().context("a notice")?;
    let Sending {
        channel, relative, ..
    } = waiting.send;
    if let (false, Some(to)) = (notices.is_empty(), waiting.send.address(app).await?) {
        let (texts, origin) = (&app.site.texts, &app.site.origin);
        let message = words::gathered(texts, origin, channel, &notices, relative);
        send::hand_over(app, &waiting.send, message.to(to)).await?;
    }
    let told = app.store.told(&name, &gathered).and(app.store.finish(job));
    match app.store.apply(told).await {
        Err(DbError::Refused(_)) => return Ok(()),
        done => done?,
    }
    // Something gathered while the message left found its job still there: it gets another.
    if app.store.gathered(&name).await?.bodies.is_empty() {
        return Ok(());
    }
    let again = app.store.enqueue(NewJob {
        name: DIGEST,
        dedup: Some(&name),
        due: app.now(),
        payload: job.payload.clone(),
    });
    Ok(app.store.apply(again).await?)
}
