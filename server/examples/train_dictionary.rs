//! Trains the compression dictionary of the vault on generated entries:
//! `cargo run --example train_dictionary -- platform/vault/dictionaries/N.zdict`.
//!
//! Nothing of a real person can be read from a dictionary made here. A dictionary
//! that was released never changes: entries at rest need it for ever.

use access::{
    Act, Acting, Authenticated, Depositor, Level, Right, Situation, Viewer,
    journal::Trace,
    kinds,
    policy::{Settings, Space, SpaceState, draft},
};
use ambient::{Id, Random, SeededRandom};
use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use vault::{RecordId, Volume};

/// Bytes of a dictionary: larger ones gain nothing (facts of the prototype).
const SIZE: usize = 32 << 10;
const PEOPLE: usize = 150;
const DOCUMENTS: usize = 24;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).context("which file?")?;
    let now: Timestamp = "2026-11-01T09:00:00Z".parse()?;
    let samples = samples(now)?;
    let dictionary = zstd::dict::from_samples(&samples, SIZE)?;
    std::fs::write(&path, &dictionary)?;
    let bytes: usize = samples.iter().map(Vec::len).sum();
    println!(
        "{path}: {} bytes, from {} samples of {bytes} bytes",
        dictionary.len(),
        samples.len()
    );
    Ok(())
}

/// Entries of every kind, as they are before compression.
fn samples(now: Timestamp) -> anyhow::Result<Vec<Vec<u8>>> {
    let random = SeededRandom::new(2026);
    let staff = fiction::staff();
    let mut samples = Vec::new();
    for person in fiction::people(&random, PEOPLE, now) {
        let mut ids = Vec::new();
        for resource in fiction::many(&person, &staff, &random, now, DOCUMENTS) {
            let id = random.id();
            // Only the vault makes real ones.
            let blob = json!({ "id": random.id(), "key": [random.id(), random.id()], "size": random.below(200_000) });
            let stored = carnet::bench::stored(resource, serde_json::from_value(blob)?, now);
            samples.push(stored.draft(id).body);
            ids.push(id);
        }
        for at in 0..DOCUMENTS {
            let trace = trace(&random, &ids, now, at);
            samples.push(draft(Volume::Journal, kinds::TRACE, random.id(), &trace).body);
        }
        let settings = Settings {
            login: person.name().to_lowercase(),
            email: person.email.clone(),
            phone: person.mobile.clone(),
            terms: Some("2026-06".to_owned()),
            ..Settings::default()
        };
        let space = Space::new(SpaceState::Activated, now);
        let id = random.id();
        samples.push(draft(Volume::Policy, kinds::SETTINGS, id, &settings).body);
        samples.push(draft(Volume::Policy, kinds::SPACE, id, &space).body);
    }
    Ok(samples)
}

/// A line of each kind in turn.
fn trace(random: &dyn Random, ids: &[Id], now: Timestamp, at: usize) -> Trace {
    let ago = SignedDuration::from_secs(i64::from(random.below(90_000_000)));
    let when = now.checked_sub(ago).unwrap_or(now);
    let record = RecordId(random.id());
    let staff = fiction::staff();
    let all = staff.authors();
    let who = all[at % all.len()];
    let situation = Situation {
        national_id: who.national_id(),
        name: who.name(),
        profession: "10".to_owned(),
        profession_label: who.role().to_owned(),
        specialty: None,
        specialty_code: None,
        facility_id: None,
        facility: who.facility().name.to_string(),
        sector: None,
        software: None,
    };
    let depositor = Depositor {
        client_id: "laboratoire".to_owned(),
        name: who.facility().name.to_string(),
        strict: true,
    };
    let (acting, act, right) = match at % 6 {
        0 => (Acting::Holder(record), Act::Read, Right::Own),
        1 => (Acting::Holder(record), Act::List, Right::Own),
        2 => (
            Acting::Professional(situation.into()),
            Act::Read,
            Right::DeclaredConsent,
        ),
        3 => (
            Acting::Professional(situation.into()),
            Act::List,
            Right::TreatingDoctor,
        ),
        4 => (
            Acting::Depositor(depositor.into()),
            Act::Add,
            Right::Deposit,
        ),
        _ => (Acting::Holder(record), Act::ReadHistory, Right::Own),
    };
    let viewer = Viewer {
        account: random.id(),
        acting,
        authenticated: Authenticated {
            level: Level::TwoFactor,
            at: when,
        },
    };
    let mut trace = Trace::new(&viewer, act, Ok(right), when);
    trace.subject = matches!(act, Act::Read | Act::Add).then(|| ids[at % ids.len()]);
    trace.count = (act == Act::List).then(|| random.below(200));
    trace
}
