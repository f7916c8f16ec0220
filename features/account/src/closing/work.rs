//! The jobs of a closed space: telling that it was closed, coming to its end, telling of that.
//!
//! Each bears to run twice and to be stopped anywhere. Coming to the end first notes in the record
//! that it has begun, so that of an end and an opening at the same instant one happens.

use access::{Act, App, Message, Plan, Policy, Purpose, Refused, Viewer, policy::Space};
use anyhow::{Context, bail};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{
    RecordId, With,
    store::{Job, NewJob},
};
use web::{Lang, dates};

use super::Fate;
use crate::{code::Means, opening};

/// The job that comes to the end of a closed space.
pub const END: &str = "end-space";
/// The job that tells of a closed space, or of its end.
const TELL: &str = "tell-end";
/// Names the persons who closed a space that is erased since: none opens for them by itself.
const GONE: &str = "closed and erased";
/// How long after the end of a space people are told of it.
const AFTER: SignedDuration = SignedDuration::from_secs(30);

#[derive(Serialize, Deserialize)]
struct Ending {
    record: RecordId,
}

/// Something to tell.
#[derive(Serialize, Deserialize)]
struct Tell {
    record: RecordId,
    what: What,
    by: Means,
    to: To,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// It was closed, and is erased that day.
    Archived(Timestamp),
    /// It was closed to be erased that day.
    Closed(Timestamp),
    /// It is erased.
    Erased,
}

/// Whom.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum To {
    /// The person: the contact that they had confirmed, for their space says it to nobody any more.
    Contact(String),
    /// Who represents them, by what their own space says that day.
    Representative(RecordId),
}

/// The work that waits for the end of a closed space; in place of what waited before.
pub(super) fn ending(app: &App, record: RecordId, erases: Timestamp) -> With {
    let payload = serde_json::to_vec(&Ending { record }).expect("a record's name is JSON");
    let job = app.store.enqueue(NewJob {
        name: END,
        dedup: Some(&record.0.0),
        due: erases,
        payload,
    });
    app.store.cancel(END, &record.0.0).and(job)
}

/// The work to tell, on every channel, that a space was closed.
pub(super) fn telling(
    app: &App,
    record: RecordId,
    policy: &Policy,
    fate: Fate,
    erases: Timestamp,
) -> With {
    let what = match fate {
        Fate::Archived => What::Archived(erases),
        Fate::Erased => What::Closed(erases),
    };
    tell(app, record, policy, what, app.now())
}

fn tell(app: &App, record: RecordId, policy: &Policy, what: What, due: Timestamp) -> With {
    let mut all = vec![];
    for by in [Means::Email, Means::Sms] {
        let settings = &policy.settings;
        let own = match by {
            Means::Email => &settings.email,
            Means::Sms => &settings.phone,
        };
        all.extend(own.clone().map(|to| (by, To::Contact(to))));
        let links = policy.representations.iter().map(|(_, link)| link.by);
        let links = links.filter(|link| policy.represented_by(*link, app.now()));
        all.extend(links.map(|link| (by, To::Representative(link))));
    }
    all.into_iter().fold(With::nothing(), |with, (by, to)| {
        let told = Tell {
            record,
            what,
            by,
            to,
        };
        let payload = serde_json::to_vec(&told).expect("names and instants are JSON");
        with.and(app.store.enqueue(NewJob {
            name: TELL,
            // Whoever begins the end twice tells of it once.
            dedup: Some(&payload.clone()),
            due,
            payload,
        }))
    })
}

/// Begins the end of a closed space whose day has come; gives the record to erase. `None` when it
/// was opened again, or is gone already.
///
/// # Errors
/// When the store fails; the job is to be tried again.
pub async fn begin_end(app: &App, payload: &[u8]) -> anyhow::Result<Option<RecordId>> {
    let Ending { record } = serde_json::from_slice(payload).context("a space to end")?;
    let viewer = Viewer::system(Purpose::Erase, app.now());
    let clearance = match app.gate.enter(&viewer, record, Act::Delete).await {
        Ok(clearance) => clearance,
        Err(Refused::NotFound | Refused::No(_)) => return Ok(None),
        Err(refused) => bail!("a closed space does not open: {refused:?}"),
    };
    let begun = clearance.act(|scope| {
        let space = &scope.policy().space;
        let due = space.erases.is_some_and(|erases| erases <= scope.now);
        if space.state != access::policy::SpaceState::Closed || !due {
            return Err(Refused::NotFound);
        }
        let number = scope
            .policy()
            .identity()
            .and_then(|me| me.main_identifier());
        let plan = Plan::new(number.map(|number| number.value));
        if space.erasing {
            return Ok(plan);
        }
        let begun = Space {
            erasing: true,
            ..space.clone()
        };
        let due = scope.now.saturating_add(AFTER).unwrap_or(scope.now);
        let telling = tell(app, record, scope.policy(), What::Erased, due);
        Ok(plan
            .writing(vec![opening::over(scope, &begun)])
            .beside(telling))
    });
    let number = match begun.await {
        Ok(number) => number,
        Err(Refused::NotFound) => return Ok(None),
        Err(refused) => bail!("the end of a space cannot begin: {refused:?}"),
    };
    if let Some(number) = number {
        let (store, number) = (&app.store, number.as_bytes());
        store.put_pending(GONE, number, Timestamp::MAX, &[]).await?;
    }
    Ok(Some(record))
}

/// Whether the person of a number closed a space that is erased since.
///
/// # Errors
/// When the store fails.
pub(crate) async fn is_gone(app: &access::Carnet, number: &str) -> anyhow::Result<bool> {
    let kept = app
        .store
        .pending(GONE, number.as_bytes(), app.now())
        .await?;
    Ok(kept.is_some())
}

/// Does the job that tells; `None` when the job is another's.
pub(crate) async fn perform(app: &App, job: &Job) -> Option<anyhow::Result<()>> {
    match job.name.as_str() {
        TELL => Some(send(app, &job.payload).await),
        _ => None,
    }
}

async fn send(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let told: Tell = serde_json::from_slice(payload).context("something to tell")?;
    let Some(to) = reach(app, &told).await? else {
        return Ok(());
    };
    let body = match told.what {
        What::Erased => erased(app, told.record).await?,
        What::Archived(day) => closed(app, "account-closed-archived-body", day),
        What::Closed(day) => closed(app, "account-closed-erased-body", day),
    };
    let subject = match (told.by, told.what) {
        (Means::Sms, _) => String::new(),
        (_, What::Erased) => app.site.texts.get(Lang::Fr, "account-erased-subject"),
        _ => app.site.texts.get(Lang::Fr, "account-closed-subject"),
    };
    app.post
        .send(Message {
            channel: told.by.channel(),
            to,
            subject,
            body,
        })
        .await
}

async fn reach(app: &App, told: &Tell) -> anyhow::Result<Option<String>> {
    let of = match &told.to {
        To::Contact(to) => return Ok(Some(to.clone())),
        To::Representative(of) => *of,
    };
    let viewer = Viewer::system(Purpose::Notify, app.now());
    match app.gate.enter(&viewer, of, Act::ReadSettings).await {
        Ok(clearance) => {
            let settings = &clearance.policy().settings;
            Ok(match told.by {
                Means::Email => settings.email.clone(),
                Means::Sms => settings.phone.clone(),
            })
        }
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(refused) => bail!("a space does not open: {refused:?}"),
    }
}

fn closed(app: &App, key: &str, day: Timestamp) -> String {
    let day = dates::day(dates::local(day).date(), Lang::Fr);
    let texts = &app.site.texts;
    texts.format(
        Lang::Fr,
        key,
        &[("day", &day), ("origin", &app.site.origin)],
    )
}

/// Told once nobody opens it any more: until then the job waits.
async fn erased(app: &App, record: RecordId) -> anyhow::Result<String> {
    let viewer = Viewer::system(Purpose::Erase, app.now());
    match app.gate.enter(&viewer, record, Act::Delete).await {
        Err(Refused::NotFound) => {}
        _ => bail!("the space is not erased yet"),
    }
    let last = app.gate.last_key_backup().await;
    let last = last.map_err(|refused| anyhow::anyhow!("the key store: {refused:?}"))?;
    let texts = &app.site.texts;
    Ok(match last {
        Some(last) => {
            let day = dates::day(dates::local(last).date(), Lang::Fr);
            texts.format(Lang::Fr, "account-erased-body", &[("day", &day)])
        }
        None => texts.get(Lang::Fr, "account-erased-body-none"),
    })
}
