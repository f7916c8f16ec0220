//! One message, to one person, on one channel.

use ambient::Id;
use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{RecordId, With, store::NewJob};

use super::{recipients, words};
use crate::{App, Channel, journal::Notice};

/// The job that sends one message.
pub const SEND: &str = "send notice";

/// What is sent, to whom, how. The address is looked up when it leaves.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Sending {
    /// In whose space it happened.
    pub record: RecordId,
    /// Who is told, by their own record.
    pub to: RecordId,
    /// It is not their own space.
    pub relative: bool,
    pub notice: Notice,
    pub channel: Channel,
}

impl Sending {
    /// Names the recipient and the channel within a space.
    pub fn name(&self) -> Vec<u8> {
        let channel = format!("{:?}", self.channel);
        [&self.record.0.0[..], &self.to.0.0, channel.as_bytes()].concat()
    }

    /// Where it goes; `None` when it is to go nowhere any more.
    pub async fn address(&self, app: &App) -> anyhow::Result<Option<String>> {
        let Some(policy) = recipients::policy(app, self.record).await? else {
            return Ok(None);
        };
        if !self.relative {
            return Ok(recipients::address(&policy.settings, self.channel));
        }
        if !policy.represented_by(self.to, app.now()) {
            return Ok(None);
        }
        let own = recipients::policy(app, self.to).await?;
        Ok(own.and_then(|own| recipients::address(&own.settings, self.channel)))
    }
}

/// The job that sends it: of one line, one for each recipient and channel.
pub(super) fn later(app: &App, send: &Sending, line: Option<Id>, now: Timestamp) -> With {
    let name = line.map(|line| [&line.0[..], &send.name()].concat());
    app.store.enqueue(NewJob {
        name: SEND,
        dedup: name.as_deref(),
        due: now,
        payload: serde_json::to_vec(send).expect("a message is JSON"),
    })
}

/// Does the job [`SEND`].
///
/// # Errors
/// When the message cannot be handed over: it is to be tried again.
pub async fn send(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let send: Sending = serde_json::from_slice(payload).context("a notice")?;
    let Some(to) = send.address(app).await? else {
        return Ok(());
    };
    let texts = &app.site.texts;
    let message = words::message(
        texts,
        &app.site.origin,
        send.channel,
        send.notice,
        send.relative,
    );
    app.post.send(message.to(to)).await
}
