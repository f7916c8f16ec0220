//! A doctor opens the record of somebody with 2,000 documents: the summary that comes first, the
//! list behind it, and the decisions that both are made of.

use std::{
    collections::HashMap,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use access::{
    Act, Acting, Authenticated, Flags, Item, Level, Plan, Purpose, Reach, Refused, SessionBody,
    SignedIn, Situation, Viewer, Whom, kinds,
    policy::{Block, Grant, GrantKind, Grantee, draft},
};
use ambient::SeededRandom;
use anyhow::{Context, bail};
use axum::body::Body;
use documents::Documents;
use http::{Request, StatusCode, header};
use jiff::Timestamp;
use tower::ServiceExt;
use vault::{Draft, Volume};

use super::{
    Scale,
    load::Load,
    meter::{Baseline, Figures, Latencies, Meter},
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
        software: None,
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
    let nothing = visit.alone("nothing", "", "/bench/nothing", scale).await?;
    let nothing = Baseline {
        what: "empty route, one at a time",
        rate: nothing.rate,
    };
    let what = "a professional's summary of 2 000 documents, 40 of them read, one at a time";
    let mut summary = visit.alone("summary", what, &path, scale).await?;
    summary.aim = "p50 ≤ 50 ms";
    summary.baseline = Some(nothing);
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
    let what = "a professional's list of 2 000 documents as a page, one at a time";
    let mut list = visit.alone("summary-list", what, &list, scale).await?;
    list.baseline = Some(nothing);
    let decisions = decisions(world, guest, scale).await?;
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
            let mut entries = lived(app, scope.now);
            entries.push(entry);
            Ok(Plan::new(()).writing(entries))
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

    /// A page, opened again and again.
    async fn alone(
        &self,
        work: &'static str,
        what: &'static str,
        path: &str,
        scale: &Scale,
    ) -> anyhow::Result<Figures> {
        self.get(path).await?;
        let meter = Meter::start();
        let times = alone(scale.times, async |_| self.get(path).await.map(drop)).await?;
        Ok(meter.stop(work, what, times, Duration::ZERO))
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

/// What years leave in a policy: consents that hold, expired or were withdrawn, and blocks.
fn lived(app: &access::App, now: Timestamp) -> Vec<Draft> {
    let grants = (0..24_u32).map(|n| {
        let id = format!("8999000001{n:02}");
        let to = match n % 3 {
            0 => Grantee::Facility(format!("19900001{n:02}")),
            _ => Grantee::Professional(id),
        };
        let (until, ended) = ((n % 4 == 1).then_some(now), n % 4 == 2);
        let name = "Dr Passé Essai";
        let grant = Grant::new(to, GrantKind::Declared, name, now, until);
        let grant = Grant { ended, ..grant };
        draft(Volume::Policy, kinds::GRANT, app.gate.id(), &grant)
    });
    let blocks = (0..6_u32).map(|n| {
        let block = Block {
            national_id: format!("8999000002{n:02}"),
            name: "Dr Bloqué Essai".to_owned(),
            since: now,
            lifted: n % 2 == 1,
            by: None,
        };
        draft(Volume::Policy, kinds::BLOCK, app.gate.id(), &block)
    });
    grants.chain(blocks).collect()
}

/// How many documents are decided on in a second, one after the other on one core, beside a look
/// into a table for each.
async fn decisions(world: &World, guest: &Guest, scale: &Scale) -> anyhow::Result<Figures> {
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
    let mut items = items.await.map_err(failed)?;
    let hidden = keep_some_back(&mut items);
    let decide = |item: &Item| {
        let item = Some(black_box(item));
        access::decide(&viewer, &policy, Act::Read, item, &rules, now).is_ok()
    };
    let allowed = items.iter().filter(|item| decide(item)).count();
    if allowed + hidden != items.len() || allowed == 0 {
        bail!(
            "what is hidden alone is refused: {allowed} of {}",
            items.len()
        );
    }
    let meter = Meter::start();
    let done = through(&items, scale.time / 3, decide);
    let what = "decisions on a professional's reading of one document, 31 rights and blocks kept";
    let mut figures = meter.stop("decisions", what, Latencies(vec![]), Duration::ZERO);
    (figures.operations, figures.rate) = done;
    figures.cpu_us = 1e6 / figures.rate;
    let kinds = items.iter().map(|item| (item.id, &item.type_code));
    let kinds: HashMap<_, _> = kinds.collect();
    let (_, rate) = through(&items, scale.time / 3, |item| {
        kinds.contains_key(black_box(&item.id))
    });
    figures.baseline = Some(Baseline {
        what: "a look into a table of the same documents",
        rate,
    });
    Ok(figures)
}

/// Of every ten documents one is hidden from professionals, one shown only to others, and one kept
/// from this one alone; says how many.
fn keep_some_back(items: &mut [Item]) -> usize {
    let mut hidden = 0;
    for (n, item) in items.iter_mut().enumerate() {
        let whom = |id: &str| {
            let name = "Dr Choisi Essai".to_owned();
            vec![Whom::Professional {
                id: id.to_owned(),
                name,
            }]
        };
        match n % 10 {
            1 => {
                item.flags = Flags {
                    professionals: true,
                    ..Flags::default()
                };
            }
            4 => {
                item.reach = Reach::Only {
                    whom: whom("899900000299"),
                }
            }
            7 => item.reach = Reach::Except { whom: whom(DOCTOR) },
            _ => continue,
        }
        hidden += 1;
    }
    hidden
}

/// Goes through the documents again and again: how many in all, and how many a second.
fn through(items: &[Item], time: Duration, mut of: impl FnMut(&Item) -> bool) -> (usize, f64) {
    let (at, mut done, mut yes) = (Instant::now(), 0_usize, 0_usize);
    while done == 0 || at.elapsed() < time {
        yes += items.iter().filter(|item| of(item)).count();
        done += items.len();
    }
    black_box(yes);
    (done, done as f64 / at.elapsed().as_secs_f64())
}
