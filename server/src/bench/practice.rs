//! A doctor opens the record of somebody with 2,000 documents: the summary that comes first, the
//! list behind it, and the decisions that both are made of.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{
    Act, Acting, Authenticated, Level, Plan, Purpose, Refused, SessionBody, SignedIn, Situation,
    Viewer, kinds,
    policy::{Grant, GrantKind, Grantee, draft},
};
use ambient::SeededRandom;
use anyhow::{Context, bail};
use axum::body::Body;
use documents::Documents;
use http::{Request, StatusCode, header};
use tower::ServiceExt;
use vault::Volume;

use super::{
    Scale,
    load::Load,
    meter::{Baseline, Figures, Meter},
    rest::said,
    works::alone,
    world::{Guest, World, failed, stored},
};

/// A doctor of the bench.
const DOCTOR: &str = "899900000090";

/// A doctor at work, with the address of somebody's record in their session.
struct Visit<'a> {
    world: &'a World,
    cookie: String,
    record: String,
}

fn situation() -> Situation {
    Situation {
        national_id: DOCTOR.to_owned(),
        name: "Dr Banc Essai".to_owned(),
        profession: "10".to_owned(),
        profession_label: "Médecin".to_owned(),
        specialty: None,
        specialty_code: None,
        facility_id: None,
        facility: "Cabinet fictif".to_owned(),
        sector: None,
    }
}

/// The summary, the list and the decisions of a record with many documents.
///
/// # Errors
/// When a page is refused.
pub async fn works(
    world: &World,
    guest: &Guest,
    scale: &Scale,
    empty: &Figures,
) -> anyhow::Result<Vec<Figures>> {
    papers(world, guest).await?;
    let visit = Visit::begin(world, guest).await?;
    let path = visit.record.clone();
    visit.get(&path).await?;
    let meter = Meter::start();
    let times = alone(scale.times, async |_| visit.get(&path).await.map(drop)).await?;
    let what = "a professional's summary of 2 000 documents, 40 of them read, one at a time";
    let mut summary = meter.stop("summary", what, times, Duration::ZERO);
    summary.aim = "p50 ≤ 50 ms";
    let ask = {
        let (path, cookie) = (path.clone(), visit.cookie.clone());
        Arc::new(move |_: usize, _: usize, buffer: &mut Vec<u8>| {
            let head =
                format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n");
            buffer.extend_from_slice(head.as_bytes());
        })
    };
    let load = Load {
        clients: scale.clients.min(8),
        time: scale.time,
    };
    let meter = Meter::start();
    let (times, generator) = load.over_http(world.address, ask).await?;
    let what = "the same page over HTTP, 8 doctors at once";
    let mut http = meter.stop("summary-http", what, times, generator);
    http.baseline = Some(Baseline {
        what: "empty route",
        rate: empty.rate,
    });
    let list = format!("{path}/documents");
    visit.get(&list).await?;
    let meter = Meter::start();
    let times = alone(scale.times, async |_| visit.get(&list).await.map(drop)).await?;
    let what = "a professional's list of 2 000 documents as a page, one at a time";
    let list = meter.stop("summary-list", what, times, Duration::ZERO);
    let decisions = decisions(world, guest, empty).await?;
    Ok(vec![summary, http, list, decisions])
}

/// Gives somebody the documents of a life, as files that are read.
async fn papers(world: &World, guest: &Guest) -> anyhow::Result<()> {
    let (app, now) = (&world.app, world.app.now());
    let random = SeededRandom::new(23);
    let staff = fiction::staff();
    let mut lives = Vec::new();
    for person in fiction::cast(now).all() {
        lives.extend(fiction::documents(person, &staff, &random, now));
    }
    lives.retain(|doc| doc.media_type == "text/xml");
    let resources = fiction::many(&guest.person, &staff, &random, now, lives.len());
    let mut drafts = Vec::new();
    for (resource, doc) in resources.zip(lives) {
        let blob = app.gate.keep_file(doc.bytes).await?;
        let mut stored = stored(resource, blob, now);
        stored.own.media_type = doc.media_type.to_owned();
        stored.own.type_code = doc.type_code.to_owned();
        stored.own.class = Some(doc.class);
        stored.own.title = doc.title;
        stored.own.date = doc.date;
        stored.own.flags = access::Flags::default();
        drafts.push(stored.draft(app.gate.id()));
    }
    let viewer = super::world::depositor(now);
    let clearance = app.gate.enter(&viewer, guest.record, Act::Add).await;
    let done = clearance
        .map_err(failed)?
        .act::<_, Refused>(|_| Ok(Plan::new(()).writing(drafts.clone()).quietly_if(true)));
    done.await.map_err(failed)
}

impl<'a> Visit<'a> {
    /// A doctor who is named the treating doctor, signs in and finds the person.
    async fn begin(world: &'a World, guest: &Guest) -> anyhow::Result<Self> {
        let (app, now) = (&world.app, world.app.now());
        let viewer = Viewer::system(Purpose::Open, now);
        let clearance = app.gate.enter(&viewer, guest.record, Act::OpenSpace).await;
        let done = clearance.map_err(failed)?.act::<_, Refused>(|scope| {
            let to = Grantee::Professional(DOCTOR.to_owned());
            let kind = GrantKind::TreatingDoctor;
            let grant = Grant::new(to, kind, "Dr Banc Essai", scope.now, None);
            let entry = draft(Volume::Policy, kinds::GRANT, app.gate.id(), &grant);
            Ok(Plan::new(()).writing(vec![entry]))
        });
        done.await.map_err(failed)?;
        let own = app.gate.open_register(DOCTOR).await.map_err(failed)?;
        let body = SessionBody {
            who: SignedIn::Professional {
                own,
                situations: vec![situation()],
                chosen: Some(0),
            },
            authenticated: Authenticated {
                level: Level::Substantial,
                at: now,
            },
            device: String::new(),
            flash: None,
        };
        let token = app.start_session(own.0, &body, None).await?;
        let mut visit = Self {
            world,
            cookie: format!("{}={token}", app.session_cookie().name()),
            record: String::new(),
        };
        let home = visit.get("/pro").await?;
        let (_, csrf) = home
            .split_once("name=\"csrf\" value=\"")
            .context("a form")?;
        let csrf = csrf.split('"').next().unwrap_or_default();
        let asked = format!("csrf={csrf}&ins={}", guest.person.number());
        let request = Request::post("/pro")
            .header(header::COOKIE, &visit.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(asked))?;
        let answer = world.router.clone().oneshot(request).await?;
        let found = answer.headers().get(header::LOCATION);
        let found = found
            .and_then(|to| to.to_str().ok())
            .context("nobody found")?;
        found
            .trim_end_matches("/acces")
            .clone_into(&mut visit.record);
        Ok(visit)
    }

    async fn get(&self, path: &str) -> anyhow::Result<String> {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        let request = request.body(Body::empty())?;
        let answer = self.world.router.clone().oneshot(request).await?;
        if answer.status() != StatusCode::OK {
            bail!("{path} answered {}", answer.status());
        }
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }
}

/// How many documents are decided on in a second, one after the other on one core.
async fn decisions(world: &World, guest: &Guest, empty: &Figures) -> anyhow::Result<Figures> {
    let app = &world.app;
    let viewer = Viewer {
        account: ambient::Id([7; 16]),
        acting: Acting::Professional(Arc::new(situation())),
        authenticated: Authenticated {
            level: Level::Substantial,
            at: app.now(),
        },
    };
    let clearance = app.gate.enter(&viewer, guest.record, Act::List).await;
    let clearance = clearance.map_err(failed)?;
    let (policy, rules, now) = (clearance.policy().clone(), app.gate.rules(), app.now());
    let items = clearance.act_on::<Documents, _, _>(|scope| {
        let items: Vec<_> = scope.things().map(|one| one.item.clone()).collect();
        Ok::<_, Refused>(Plan::new(items))
    });
    let items = items.await.map_err(failed)?;
    let at = Instant::now();
    let (mut done, mut allowed) = (0_u32, 0_u32);
    while at.elapsed() < Duration::from_millis(200) {
        for item in &items {
            let decision = access::decide(&viewer, &policy, Act::Read, Some(item), &rules, now);
            allowed += u32::from(decision.is_ok());
            done += 1;
        }
    }
    if allowed != done || done == 0 {
        bail!("what is listed may be read: {allowed} of {done}");
    }
    let rate = f64::from(done) / at.elapsed().as_secs_f64();
    let value = format!(
        "{:.2} million a second on one core ({:.0} for each answer of an empty route)",
        rate / 1e6,
        rate / empty.rate.max(1.0)
    );
    let what = "decisions on a professional's reading of one document";
    Ok(said("decisions", what, "", value))
}
