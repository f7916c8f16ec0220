//! One message, to one person, on one channel.

use ambient::Id;
use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{RecordId, With, store::NewJob};

use super::{devices, recipients, words};
use crate::{App, Channel, Gone, Message, journal::Notice};

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
    /// On which of their devices, of [`Channel::Push`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Id>,
}

impl Sending {
    /// Names the recipient and the channel within a space.
    pub fn name(&self) -> Vec<u8> {
        let channel = format!("{:?}", self.channel);
        let device = self.device.map(|device| device.0).unwrap_or_default();
        let device = match self.device {
            Some(_) => &device[..],
            None => &[],
        };
        [
            &self.record.0.0[..],
            &self.to.0.0,
            channel.as_bytes(),
            device,
        ]
        .concat()
    }

    /// Where it goes; `None` when it is to go nowhere any more.
    pub async fn address(&self, app: &App) -> anyhow::Result<Option<String>> {
        let Some(policy) = recipients::policy(app, self.record).await? else {
            return Ok(None);
        };
        if !self.relative {
            return Ok(recipients::address(
                &policy.settings,
                self.channel,
                self.device,
            ));
        }
        if !policy.represented_by(self.to, app.now()) {
            return Ok(None);
        }
        let own = recipients::policy(app, self.to).await?;
        Ok(own.and_then(|own| recipients::address(&own.settings, self.channel, self.device)))
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
    hand_over(app, &send, message.to(to)).await
}

/// Hands a message over; a device that is there no more is forgotten, and the message with it.
///
/// # Errors
/// When it cannot be: it is to be tried again.
pub(super) async fn hand_over(app: &App, send: &Sending, message: Message) -> anyhow::Result<()> {
    let Err(error) = app.post.send(message).await else {
        return Ok(());
    };
    match send.device {
        Some(device) if error.is::<Gone>() => devices::drop_gone(app, send.to, device).await,
        _ => Err(error),
    }
}
