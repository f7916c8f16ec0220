//! From one event to one message for each who is to know of it.

use ambient::Id;
use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{
    DbError, RecordId, With,
    store::{Job, NewJob},
};

use super::{
    When, digest,
    recipients::{self, Recipient},
    send,
};
use crate::{App, Channel, Gate, journal::Notice, policy::Settings};

/// The job that tells of an event.
pub const NOTIFY: &str = "notify";

/// An event, as its job knows it.
#[derive(Debug, Serialize, Deserialize)]
struct Event {
    /// In whose space.
    record: RecordId,
    notice: Notice,
    /// The line of the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<Id>,
    /// Who did it, by their own record, when they read the space too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<RecordId>,
}

/// The job that tells of an event, to be written with its line.
pub(crate) fn job(
    gate: &Gate,
    record: RecordId,
    notice: Notice,
    (line, by): (Id, Option<RecordId>),
    at: Timestamp,
) -> With {
    let event = Event {
        record,
        notice,
        line: Some(line),
        by,
    };
    gate.store().enqueue(NewJob {
        name: NOTIFY,
        // It comes once: it is written with its line.
        dedup: None,
        due: at,
        payload: serde_json::to_vec(&event).expect("an event is JSON"),
    })
}

/// Does the job [`NOTIFY`]: enqueues what is to be sent, and ends the job, at once.
///
/// # Errors
/// When a record does not open or the store fails: nothing was enqueued then.
pub async fn tell(app: &App, job: &Job) -> anyhow::Result<()> {
    let event: Event = serde_json::from_slice(&job.payload).context("an event")?;
    let now = app.now();
    if event.notice == Notice::BlockedAttempt && insists(app, event.record, job, now).await? {
        return Ok(());
    }
    let Some(policy) = recipients::policy(app, event.record).await? else {
        return Ok(());
    };
    let mut with = app.store.finish(job);
    for to in recipients::of(&policy, event.record, event.by, now) {
        let reached = match to.relative {
            false => Some(policy.settings.clone()),
            true => recipients::policy(app, to.own)
                .await?
                .map(|own| own.settings),
        };
        if let Some(reached) = reached {
            with = with.and(messages(app, &event, to, &policy.settings, &reached, now));
        }
    }
    match app.store.apply(with).await {
        // Somebody else has claimed the job since, and does it.
        Err(DbError::Refused(_)) => Ok(()),
        done => Ok(done?),
    }
}

/// Whether a blocked professional was already told of today.
async fn insists(app: &App, record: RecordId, job: &Job, now: Timestamp) -> anyhow::Result<bool> {
    let until = now.saturating_add(SignedDuration::from_hours(24))?;
    let first = app
        .store
        .first_seen("blocked attempt", &record.0.0, until, now)
        .await?;
    // A job that is tried again may be the one that was first.
    Ok(!first && job.attempts == 0)
}

/// What one recipient is sent of an event, by what they chose for this space.
fn messages(
    app: &App,
    event: &Event,
    to: Recipient,
    chosen: &Settings,
    reached: &Settings,
    now: Timestamp,
) -> With {
    let rules = app.gate.rules();
    let kind = rules.notices.of(event.notice);
    let (when, channels) = match kind {
        Some(kind) => chosen.told(to.own, kind),
        None => (When::Now, vec![Channel::Email]),
    };
    let mut open = ways(app, reached, &channels);
    if open.is_empty() && kind.is_none_or(|kind| kind.security) {
        // Better another way than not at all.
        open = ways(app, reached, &[Channel::Email]);
        for channel in [Channel::Sms, Channel::Push] {
            if open.is_empty() {
                open = ways(app, reached, &[channel]);
            }
        }
    }
    let send = send::Sending {
        record: event.record,
        to: to.own,
        relative: to.relative,
        notice: event.notice,
        channel: Channel::Email,
        device: None,
    };
    let each = open.into_iter().map(|(channel, device)| {
        let send = send::Sending {
            channel,
            device,
            ..send
        };
        match (when, when.gathered(now)) {
            (When::Never, _) => With::nothing(),
            (_, Some(due)) => digest::gather(app, &send, due),
            (_, None) => send::later(app, &send, event.line, now),
        }
    });
    each.fold(With::nothing(), With::and)
}

/// The ways of these channels that reach somebody: one each, but one for each of their devices.
fn ways(app: &App, reached: &Settings, channels: &[Channel]) -> Vec<(Channel, Option<Id>)> {
    let devices = || reached.devices.iter().map(|device| Some(device.id));
    let each = channels.iter().flat_map(|channel| match channel {
        Channel::Push => devices().map(|device| (*channel, device)).collect(),
        Channel::Email | Channel::Sms | Channel::Letter => vec![(*channel, None)],
    });
    let reaches = |(channel, device): &(Channel, Option<Id>)| {
        app.post.takes(*channel) && recipients::address(reached, *channel, *device).is_some()
    };
    each.filter(reaches).collect()
}
