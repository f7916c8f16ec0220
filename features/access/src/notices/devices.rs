//! The devices that somebody is told on: kept with how they are reached, in their own record.

use ambient::Id;
use anyhow::bail;
use vault::{RecordId, Volume};

use crate::{
    Act, App, Channel, Choice, NoticeKinds, Plan, Purpose, Refused, Viewer, When, kinds,
    policy::{Device, Settings, draft},
};

/// How many devices one person may have.
const MOST: usize = 10;

impl Settings {
    /// Adds a device, in the place of what the same browser was before; on the first one is shown
    /// what is told already. `false` when there are too many.
    pub fn add_device(&mut self, by: RecordId, device: Device, kinds: &NoticeKinds) -> bool {
        let first = self.devices.is_empty();
        let same = |known: &Device| known.push.endpoint == device.push.endpoint;
        self.devices.retain(|known| !same(known));
        if self.devices.len() >= MOST {
            return false;
        }
        self.devices.push(device);
        if first {
            let chosen = kinds.all().iter().map(|kind| {
                let (when, mut channels) = self.told(by, kind);
                if when != When::Never && !channels.contains(&Channel::Push) {
                    channels.push(Channel::Push);
                }
                Choice {
                    kind: kind.code.clone(),
                    when,
                    channels,
                }
            });
            let kinds = chosen.collect();
            self.choose(crate::Choices { by, kinds });
        }
        true
    }
}

/// Forgets a device that its push service knows no more.
pub(super) async fn drop_gone(app: &App, own: RecordId, device: Id) -> anyhow::Result<()> {
    let viewer = Viewer::system(Purpose::Notify, app.now());
    let clearance = match app.gate.enter(&viewer, own, Act::DropDevice).await {
        Ok(clearance) => clearance,
        Err(Refused::No(_) | Refused::NotFound) => return Ok(()),
        Err(refused) => bail!("a record does not open: {refused:?}"),
    };
    let dropped = clearance.act::<_, Refused>(|scope| {
        let mut settings = scope.policy().settings.clone();
        let gone = settings.devices.iter().find(|known| known.id == device);
        let Some(name) = gone.map(|gone| gone.name.clone()) else {
            return Err(Refused::NotFound);
        };
        settings.devices.retain(|known| known.id != device);
        let only = kinds::only::SETTINGS;
        let entry = draft(Volume::Policy, kinds::SETTINGS, only, &settings);
        Ok(Plan::new(()).writing(vec![scope.over(entry)]).noting(name))
    });
    match dropped.await {
        // Somebody else forgot it first.
        Ok(()) | Err(Refused::NotFound) => Ok(()),
        Err(refused) => bail!("a device is not forgotten: {refused:?}"),
    }
}
