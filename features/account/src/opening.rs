//! Before a space opens its person is told, and has the time to oppose (R.1111-28 CSP).
//!
//! Two jobs: [`TELL`] sends the notice, then says when the space opens; [`OPEN`] opens it that
//! day, unless the person opposed meanwhile.

use access::{
    Act, App, Carnet, Message, Plan, Purpose, Refused, Viewer, kinds,
    policy::{Space, SpaceState, draft},
};
use anyhow::{Context, bail};
use ins::Matricule;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{
    RecordId, Volume, With,
    store::{Job, NewJob},
};
use web::Lang;

use crate::{closing, code::Means, insured::Person};

/// The job that tells a person that a space will open.
pub const TELL: &str = "tell-opening";
/// The job that opens it.
pub const OPEN: &str = "open-space";

/// Whose space.
#[derive(Serialize, Deserialize)]
struct Whose {
    number: Matricule,
}

/// The work that a space which was announced waits for: its notice, or its day.
pub(crate) fn job(app: &Carnet, number: Matricule, opens: Option<Timestamp>) -> With {
    let payload = serde_json::to_vec(&Whose { number }).expect("a number is JSON");
    app.store.enqueue(NewJob {
        name: if opens.is_some() { OPEN } else { TELL },
        dedup: Some(number.as_str().as_bytes()),
        due: opens.unwrap_or_else(|| app.now()),
        payload,
    })
}

/// Does a job of this feature; `None` when it is another's.
///
/// # Errors
/// When the store or the post fails; the job is to be tried again.
pub async fn perform(app: &App, job: &Job) -> Option<anyhow::Result<()>> {
    match job.name.as_str() {
        TELL => Some(tell(app, &job.payload).await),
        OPEN => Some(open(app, &job.payload).await),
        _ => closing::work::perform(app, job).await,
    }
}

async fn tell(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Some((person, record)) = whose(app, payload).await? else {
        return Ok(());
    };
    let viewer = Viewer::system(Purpose::Open, app.now());
    let space = match app.gate.enter(&viewer, record, Act::Announce).await {
        Ok(clearance) => clearance.policy().space.clone(),
        Err(refused) => return done(refused),
    };
    let reached = reach(app, &person).await?;
    // Who cannot be reached is told by letter; the registry is then imported again.
    if space.opens.is_some() || reached.is_empty() {
        return Ok(());
    }
    let opens = app.now().checked_add(app.limits.opposition)?;
    let minor = app.now() < person.majority();
    for (by, to) in reached {
        app.post.send(notice(app, by, to, opens, minor)).await?;
    }
    plan(app, record, person.number, opens).await.or_else(done)
}

async fn open(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Some((_, record)) = whose(app, payload).await? else {
        return Ok(());
    };
    let viewer = Viewer::system(Purpose::Open, app.now());
    let clearance = match app.gate.enter(&viewer, record, Act::OpenSpace).await {
        Ok(clearance) => clearance,
        Err(refused) => return done(refused),
    };
    let opened = clearance.act(|scope| {
        let space = &scope.policy().space;
        let due = space.opens.is_some_and(|opens| opens <= scope.now);
        if space.state != SpaceState::Notified || !due {
            return Err(Refused::NotFound);
        }
        let space = Space::new(SpaceState::Opened, scope.now);
        Ok(Plan::new(()).writing(vec![over(scope, &space)]))
    });
    opened.await.or_else(done)
}

/// Says when an announced space opens, and sees to it.
///
/// # Errors
/// When it is no longer to open, or the store fails.
pub(crate) async fn plan(
    app: &Carnet,
    record: RecordId,
    number: Matricule,
    opens: Timestamp,
) -> Result<(), Refused> {
    let viewer = Viewer::system(Purpose::Open, app.now());
    let clearance = app.gate.enter(&viewer, record, Act::Announce).await?;
    clearance
        .act(|scope| {
            let space = Space {
                opens: Some(opens),
                ..scope.policy().space.clone()
            };
            let job = job(app, number, Some(opens));
            Ok(Plan::new(()).writing(vec![over(scope, &space)]).beside(job))
        })
        .await
}

/// The state of a space, over the one that holds.
pub(crate) fn over<S>(scope: &access::Scope<'_, S>, space: &Space) -> vault::Draft {
    let draft = draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, space);
    scope.over(draft)
}

/// How a person is told of their space: by what the registry knows of them, or of each who
/// represents them.
///
/// # Errors
/// When the store fails.
pub(crate) async fn reach(app: &Carnet, person: &Person) -> anyhow::Result<Vec<(Means, String)>> {
    if app.now() >= person.majority() {
        return Ok(first_contact(person).into_iter().collect());
    }
    let mut reached = vec![];
    for number in &person.representatives {
        if let Some((parent, _)) = find(app, number).await? {
            reached.extend(first_contact(&parent));
        }
    }
    Ok(reached)
}

fn first_contact(person: &Person) -> Option<(Means, String)> {
    [Means::Email, Means::Sms]
        .into_iter()
        .find_map(|by| Some((by, person.contact(by)?.to_owned())))
}

/// What leaves: what it is, when it opens, how to oppose, how to close it later.
fn notice(app: &App, by: Means, to: String, opens: Timestamp, minor: bool) -> Message {
    let texts = &app.site.texts;
    let key = match (by, minor) {
        (Means::Email, false) => "account-opening-body",
        (Means::Email, true) => "account-opening-child-body",
        (Means::Sms, _) => "account-opening-sms",
    };
    let day = web::dates::day(web::dates::local(opens).date(), Lang::Fr);
    let subject = match by {
        Means::Email => texts.get(Lang::Fr, "account-opening-subject"),
        Means::Sms => String::new(),
    };
    Message {
        channel: by.channel(),
        to,
        subject,
        body: texts.format(
            Lang::Fr,
            key,
            &[("day", &day), ("origin", &app.site.origin)],
        ),
    }
}

async fn whose(app: &App, payload: &[u8]) -> anyhow::Result<Option<(Person, RecordId)>> {
    let Whose { number } = serde_json::from_slice(payload).context("a number")?;
    let found = find(app, &number).await?;
    Ok(found.and_then(|(person, record)| Some((person, record?))))
}

/// The person of a number.
///
/// # Errors
/// When the store fails.
pub(crate) async fn find(
    app: &Carnet,
    number: &Matricule,
) -> anyhow::Result<Option<(Person, Option<RecordId>)>> {
    let row = app.store.insured(number.as_str(), "").await?;
    row.map(|row| Ok((serde_json::from_slice(&row.body)?, row.record)))
        .transpose()
}

/// A space that is past it needs the work no longer.
fn done(refused: Refused) -> anyhow::Result<()> {
    match refused {
        Refused::No(_) | Refused::NotFound => Ok(()),
        other => bail!("a record does not open: {other:?}"),
    }
}
