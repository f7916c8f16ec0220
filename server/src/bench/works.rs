//! The works of the table, on one installation.

use std::{sync::Arc, time::Duration};

use access::{App, Viewer};
use ambient::Random;
use anyhow::bail;
use axum::body::Body;
use fiction::Doc;
use http::{Request, header};
use tower::ServiceExt;
use vault::baseline::plain_inserts;

use super::{
    Scale,
    load::{Ask, Load},
    meter::{Baseline, Figures, Latencies, Meter},
    routes,
    world::{Guest, World, depositor},
};

/// Bytes of the row of a line in the journal.
const LINE: usize = 290;
/// Bytes of the rows of a created document: entry, head, name, job, line.
pub const CREATED: [usize; 5] = [430, 150, 34, 260, LINE];

/// A place to work.
pub struct Bench<'a> {
    pub world: &'a World,
    pub scale: Scale,
    pub folder: &'a std::path::Path,
    pub on_sqlite: bool,
}

impl Bench<'_> {
    fn load(&self) -> Load {
        Load {
            clients: self.scale.clients,
            time: self.scale.time,
        }
    }

    /// The people with the usual number of documents.
    pub fn guests(&self) -> &[Guest] {
        &self.world.guests[..self.scale.people]
    }

    /// Plain rows of those sizes in SQLite, so many in a group; nothing when another engine
    /// is measured.
    pub fn plain(&self, rows: &[usize], group: usize) -> anyhow::Result<Option<Baseline>> {
        if !self.on_sqlite {
            return Ok(None);
        }
        let path = self.folder.join(format!("plain-{}-{group}.db", rows.len()));
        let rate = plain_inserts(&path, rows, group, self.scale.time)?;
        Ok(Some(Baseline {
            what: "plain rows of those sizes",
            rate,
        }))
    }

    /// What the writer's groups come to by themselves.
    fn half(&self) -> usize {
        (self.scale.clients / 2).max(1)
    }

    async fn http(
        &self,
        work: &'static str,
        what: &'static str,
        ask: Ask,
    ) -> anyhow::Result<Figures> {
        let meter = Meter::start();
        let (latencies, generator) = self.load().over_http(self.world.address, ask).await?;
        Ok(meter.stop(work, what, latencies, generator))
    }

    /// `GET` of an address of a person, chosen in turn.
    fn asks(&self, path: impl Fn(&Guest, usize) -> String) -> Ask {
        let of_guest = |guest: &Guest| {
            let asked = guest.documents.len().clamp(1, 16);
            let requests = (0..asked).map(|n| get(&path(guest, n), &guest.cookie));
            requests.collect::<Vec<_>>()
        };
        let all: Vec<Vec<Vec<u8>>> = self.guests().iter().map(of_guest).collect();
        Arc::new(move |client, n, buffer| {
            // Neighbours in time are far apart in the list.
            let guest = &all[(client * 7919 + n * 31) % all.len()];
            buffer.extend_from_slice(&guest[n % guest.len()]);
        })
    }

    /// Opens every record, so that what follows finds them in memory.
    pub async fn warm(&self) -> anyhow::Result<()> {
        for guest in self.guests() {
            routes::list_all(&self.world.app, &guest.viewer(), guest.record).await?;
        }
        Ok(())
    }

    /// An empty route: what HTTP alone costs.
    pub async fn empty(&self) -> anyhow::Result<Figures> {
        let ask = self.asks(|_, _| "/bench/nothing".to_owned());
        self.http("http", "empty route over HTTP", ask).await
    }

    /// One document, in this process, without HTTP.
    pub async fn read_gate(&self) -> anyhow::Result<Figures> {
        let people = self.people();
        let app = App::clone(&self.world.app);
        let meter = Meter::start();
        let done = self.load().in_process(move |client, n| {
            let (app, people) = (App::clone(&app), Arc::clone(&people));
            async move {
                let (viewer, ids) = &people[(client * 7919 + n * 31) % people.len()];
                let record = viewer
                    .space()
                    .unwrap_or(vault::RecordId(ambient::Id([0; 16])));
                routes::read_one(&app, viewer, record, &ids[n % ids.len()]).await?;
                Ok(())
            }
        });
        let latencies = done.await?;
        let what = "decision, record, line, JSON of one document; no HTTP, no session";
        let mut figures = meter.stop("read-gate", what, latencies, Duration::ZERO);
        figures.baseline = self.plain(&[LINE], self.half())?;
        Ok(figures)
    }

    /// The same with its session, through the router in this process.
    pub async fn read_router(&self) -> anyhow::Result<Figures> {
        let ask = |guest: &Guest| {
            let path = format!("/bench/read/{}", guest.documents[0]);
            (path, guest.cookie.clone())
        };
        let requests: Arc<Vec<_>> = Arc::new(self.guests().iter().map(ask).collect());
        let router = self.world.router.clone();
        let meter = Meter::start();
        let done = self.load().in_process(move |client, n| {
            let (router, requests) = (router.clone(), Arc::clone(&requests));
            async move {
                let (path, cookie) = &requests[(client * 7919 + n * 31) % requests.len()];
                let request = Request::get(path).header(header::COOKIE, cookie);
                let answer = router.oneshot(request.body(Body::empty())?).await?;
                if !answer.status().is_success() {
                    bail!("{path} answered {}", answer.status());
                }
                axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
                Ok(())
            }
        });
        let latencies = done.await?;
        let what = "session, decision, record, line, JSON; router in process";
        Ok(meter.stop("read-router", what, latencies, Duration::ZERO))
    }

    /// The same over HTTP.
    pub async fn read_http(&self, empty: &Figures) -> anyhow::Result<Figures> {
        let ask = self.asks(|guest, n| format!("/bench/read/{}", guest.documents[n]));
        let what = "the same over HTTP (bare route)";
        let mut figures = self.http("read-http", what, ask).await?;
        figures.aim = "≥ 25 000/s, p99 ≤ 10 ms";
        figures.baseline = over(empty);
        Ok(figures)
    }

    /// The page of a document.
    pub async fn page_http(&self, empty: &Figures) -> anyhow::Result<Figures> {
        let ask = self.asks(|guest, n| format!("/documents/{}", guest.documents[n]));
        let what = "the page /documents/{id} over HTTP";
        let mut figures = self.http("page-http", what, ask).await?;
        figures.baseline = over(empty);
        Ok(figures)
    }

    /// A person's documents as lines.
    pub async fn list_http(&self, empty: &Figures) -> anyhow::Result<Figures> {
        let ask = self.asks(|_, _| "/bench/list".to_owned());
        let what = "a person's documents as lines, traced, over HTTP (bare route)";
        let mut figures = self.http("list-http", what, ask).await?;
        figures.aim = "≥ 12 000/s";
        figures.baseline = over(empty);
        Ok(figures)
    }

    /// The page of a person's documents.
    pub async fn list_page(&self, empty: &Figures) -> anyhow::Result<Figures> {
        let ask = self.asks(|_, _| "/documents".to_owned());
        let what = "the page /documents over HTTP";
        let mut figures = self.http("list-page", what, ask).await?;
        figures.baseline = over(empty);
        Ok(figures)
    }

    /// Metadata kept without a file, in this process.
    pub async fn create_gate(&self) -> anyhow::Result<Figures> {
        let (bodies, people) = (Arc::new(self.bodies()), self.people());
        let (app, blob) = (App::clone(&self.world.app), self.world.blob.clone());
        let meter = Meter::start();
        let done = self.load().in_process(move |client, n| {
            let (app, blob) = (App::clone(&app), blob.clone());
            let (bodies, people) = (Arc::clone(&bodies), Arc::clone(&people));
            async move {
                let (viewer, _) = &people[(client * 7919 + n * 31) % people.len()];
                let record = viewer
                    .space()
                    .unwrap_or(vault::RecordId(ambient::Id([0; 16])));
                let body = bodies.fresh("7", client, n);
                routes::create_one(&app, &depositor(app.now()), record, &body, blob).await
            }
        });
        let latencies = done.await?;
        let what = "resource, name, job and line; no HTTP, no token";
        let mut figures = meter.stop("create-gate", what, latencies, Duration::ZERO);
        figures.baseline = self.plain(&CREATED, self.half())?;
        Ok(figures)
    }

    /// The same over HTTP.
    pub async fn create_http(&self, empty: &Figures) -> anyhow::Result<Figures> {
        let bodies = self.bodies();
        let records: Vec<String> = self.guests().iter().map(|g| g.record.to_string()).collect();
        let token = self.world.token.clone();
        let ask: Ask = Arc::new(move |client, n, buffer| {
            let record = &records[(client * 7919 + n * 31) % records.len()];
            let body = bodies.fresh("8", client, n);
            post(&format!("/bench/create/{record}"), &token, &body, buffer);
        });
        let what = "token, resource, name, job and line over HTTP (bare route)";
        let mut figures = self.http("create-http", what, ask).await?;
        figures.aim = "≥ 10 000/s, p99 ≤ 30 ms";
        figures.baseline = over(empty);
        Ok(figures)
    }

    /// The deposit of a document with its file (ITI-65), every check included.
    pub async fn deposit(&self, empty: &Figures) -> anyhow::Result<Figures> {
        let bodies = Bodies(self.deposits());
        let token = self.world.token.clone();
        let ask: Ask = Arc::new(move |client, n, buffer| {
            post("/fhir", &token, &bodies.fresh("9", client, n), buffer);
        });
        let what = "POST /fhir (ITI-65) with a body of 50 kB, all its checks, file synced";
        let mut figures = self.http("deposit", what, ask).await?;
        figures.aim = "≥ 2 500/s";
        figures.baseline = over(empty);
        Ok(figures)
    }

    /// Viewers with what they may ask for.
    fn people(&self) -> Arc<Vec<(Viewer, Vec<String>)>> {
        let of_guest = |guest: &Guest| {
            let ids = guest.documents.iter().take(16).map(ToString::to_string);
            (guest.viewer(), ids.collect())
        };
        Arc::new(self.guests().iter().map(of_guest).collect())
    }

    /// Descriptions to create.
    fn bodies(&self) -> Bodies {
        let (staff, random) = (fiction::staff(), ambient::SeededRandom::new(13));
        let person = &self.world.guests[0].person;
        let many = fiction::many(person, &staff, &random, self.world.app.now(), 64);
        Bodies(
            many.map(|mut resource| {
                resource["masterIdentifier"]["value"] = NUMBER_OF.into();
                Template::of(&resource.to_string())
            })
            .collect(),
        )
    }

    /// Deposits of about 50 kB, each person's own.
    fn deposits(&self) -> Vec<Template> {
        let staff = fiction::staff();
        let random = ambient::SeededRandom::new(17);
        let now = self.world.app.now();
        let with_author = |person: &fiction::Person| {
            let life = fiction::documents(person, &staff, &random, now);
            life.into_iter().find(|doc| !doc.by_holder())
        };
        let deposit = |guest: &Guest| {
            let doc = with_author(&guest.person)?;
            let mut bytes = b"%PDF-1.4\n% fictif ".to_vec();
            let mut noise = vec![0; self.scale.body * 11 / 16];
            random.fill(&mut noise);
            bytes.extend(noise);
            let doc = Doc {
                media_type: "application/pdf",
                format: "urn:ihe:iti:xds-sd:pdf:2008",
                bytes,
                unique_id: NUMBER_OF.to_owned(),
                replaces: None,
                flags: vec![],
                ..doc
            };
            Some(Template::of(&doc.to_pdsm_bundle(&guest.person).to_string()))
        };
        self.guests().iter().take(256).filter_map(deposit).collect()
    }
}

fn over(empty: &Figures) -> Option<Baseline> {
    Some(Baseline {
        what: "empty route",
        rate: empty.rate,
    })
}

fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n").into_bytes()
}

fn post(path: &str, token: &str, body: &[u8], buffer: &mut Vec<u8>) {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/fhir+json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    buffer.extend_from_slice(head.as_bytes());
    buffer.extend_from_slice(body);
}

/// Stands for a `uniqueId` in a template.
pub const NUMBER_OF: &str = "urn:oid:2.25.99.1000000000000000000000";
const DIGITS: &str = "1000000000000000000000";

/// A body with places for a number of its own.
pub struct Template {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Template {
    pub fn of(text: &str) -> Self {
        Self {
            bytes: text.as_bytes().to_vec(),
            places: text.match_indices(DIGITS).map(|(at, _)| at).collect(),
        }
    }
}

/// Bodies to send.
pub struct Bodies(pub Vec<Template>);

impl Bodies {
    /// A body with a number that no other has; `work` is one digit.
    pub fn fresh(&self, work: &str, client: usize, n: usize) -> Vec<u8> {
        let template = &self.0[(client * 7919 + n * 31) % self.0.len()];
        let number = format!("{work}{client:07}{n:014}");
        let mut bytes = template.bytes.clone();
        for place in &template.places {
            bytes[*place..*place + number.len()].copy_from_slice(number.as_bytes());
        }
        bytes
    }
}

/// How long `work` takes, again and again, one at a time.
pub async fn alone<F>(times: usize, mut work: F) -> anyhow::Result<Latencies>
where
    F: AsyncFnMut(usize) -> anyhow::Result<()>,
{
    let mut all = Vec::with_capacity(times);
    for n in 0..times {
        let at = std::time::Instant::now();
        work(n).await?;
        all.push(at.elapsed());
    }
    Ok(Latencies(all))
}
