//! Who reads a space, and how each is reached.

use ambient::Id;
use anyhow::bail;
use jiff::Timestamp;
use vault::RecordId;

use crate::{Act, App, Channel, Policy, Purpose, Refused, Viewer, policy::Settings};

/// Somebody who is told of what happens in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recipient {
    /// By their own record.
    pub own: RecordId,
    /// It is not their own space.
    pub relative: bool,
}

/// The holder and who represents them now, each once; not who did it.
pub(super) fn of(
    policy: &Policy,
    record: RecordId,
    by: Option<RecordId>,
    now: Timestamp,
) -> Vec<Recipient> {
    let mut all = vec![Recipient {
        own: record,
        relative: false,
    }];
    for (_, link) in &policy.representations {
        let known = all.iter().any(|one| one.own == link.by);
        if !known && policy.represented_by(link.by, now) {
            all.push(Recipient {
                own: link.by,
                relative: true,
            });
        }
    }
    all.retain(|one| Some(one.own) != by);
    all
}

/// What a person decided, for the work of telling them; `None` when nobody is to be told.
pub(super) async fn policy(app: &App, record: RecordId) -> anyhow::Result<Option<Policy>> {
    let viewer = Viewer::system(Purpose::Notify, app.now());
    match app.gate.enter(&viewer, record, Act::ReadSettings).await {
        Ok(clearance) => Ok(Some(clearance.policy().clone())),
        // A space that was closed meanwhile is told nothing.
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(refused) => bail!("a record does not open: {refused:?}"),
    }
}

/// The settings that say where somebody is reached, whichever space they are in.
///
/// # Errors
/// When their record does not open.
pub(crate) async fn reached(app: &App, own: RecordId) -> anyhow::Result<Settings> {
    let policy = policy(app, own).await?;
    Ok(policy.map(|policy| policy.settings).unwrap_or_default())
}

/// Where somebody is reached; `None` when they confirmed no such address.
pub(super) fn address(settings: &Settings, channel: Channel, device: Option<Id>) -> Option<String> {
    match channel {
        Channel::Email => settings.email.clone(),
        Channel::Sms => settings.phone.clone(),
        Channel::Letter => None,
        Channel::Push => {
            let mut all = settings.devices.iter();
            let device = all.find(|one| Some(one.id) == device)?;
            serde_json::to_string(&device.push).ok()
        }
    }
}
