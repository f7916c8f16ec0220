//! A process is killed at any moment, again and again: all it acknowledged is there, whole, and
//! nothing is half done.
//!
//! `CARNET_TEST_KILLS` says how often (8), `CARNET_TEST_SEED` when: a failure prints its own.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{BuildHasher, Hasher, RandomState},
    process::Command,
    thread,
    time::Duration,
};

use super::*;
use ambient::Random;
use child::{at, bytes, id};
use jiff::SignedDuration;
use vault::BlobRef;

const KILLS: u64 = 8;
/// A folder is done with after so many; verifying takes longer as it grows.
const ROUNDS: u32 = 8;
/// Far more than a child writes before it is killed.
const APART: u32 = 1_000_000;

#[expect(clippy::disallowed_methods, reason = "how often and when to kill")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn seed() -> u64 {
    let seed =
        number("CARNET_TEST_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("CARNET_TEST_SEED={seed}");
    seed
}

#[tokio::test]
async fn a_killed_server_loses_nothing_it_acknowledged() {
    let random = SeededRandom::new(seed());
    let mut left = number("CARNET_TEST_KILLS").unwrap_or(KILLS);
    while left > 0 {
        let rounds = ROUNDS.min(u32::try_from(left).unwrap_or(ROUNDS));
        left -= u64::from(rounds);
        let mut house = House::new().await;
        for round in 0..rounds {
            let (mut child, said) = child::start_child(&house.folder, round * APART);
            // The first moments too, when tables are made and logs are read again.
            thread::sleep(Duration::from_millis(random.below(700).into()));
            child.kill().expect("killed");
            child.wait().expect("gone");
            house.note(child::said(said));
            // What the database still does for it ends first.
            while house.folder.disconnect() > 0 {
                thread::sleep(Duration::from_millis(10));
            }
            house.check().await;
        }
        println!(
            "{} writes acknowledged, {} jobs done",
            house.written.len(),
            house.done.len()
        );
        assert!(!house.written.is_empty(), "something was written at all");
    }
}

/// PostgreSQL itself is killed and started again, which it is on a server of its own: with syncs.
#[test]
fn a_killed_database_server_loses_nothing_it_acknowledged() {
    if !Folder::new().is_postgres() {
        return println!("skipped: CARNET_TEST_POSTGRES is not set");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");
    let run = Command::new(script)
        .arg(std::env::current_exe().expect("this program"))
        .args([
            "kill::on_a_server_of_its_own",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env("CARNET_TEST_FSYNC", "on")
        .status();
    assert!(run.expect("runs").success());
}

#[tokio::test]
#[ignore = "started by another test, beside a server that it may kill"]
async fn on_a_server_of_its_own() {
    #[expect(
        clippy::disallowed_methods,
        reason = "says how to kill the tests' server"
    )]
    let Ok(restart) = std::env::var("CARNET_TEST_POSTGRES_RESTART") else {
        return;
    };
    let random = SeededRandom::new(seed());
    let mut house = House::new().await;
    {
        let (_store, opener) = house.folder.start();
        assert!(opener.risks().await.expect("asked").is_empty());
    }
    for round in 0..2 {
        let (mut child, said) = child::start_child(&house.folder, round * APART);
        thread::sleep(Duration::from_millis((500 + random.below(1000)).into()));
        let killed = Command::new(&restart).status();
        assert!(killed.expect("runs").success(), "the server is back");
        child.kill().expect("killed");
        child.wait().expect("gone");
        house.note(child::said(said));
        house.check().await;
    }
    println!(
        "{} writes acknowledged, {} jobs done",
        house.written.len(),
        house.done.len()
    );
    assert!(!house.written.is_empty());
}

/// What a child said, and where to look for it.
struct House {
    folder: Folder,
    records: Vec<RecordId>,
    written: BTreeSet<u32>,
    /// Jobs that were being done, and those that were done.
    tried: BTreeSet<u32>,
    done: BTreeSet<u32>,
}

impl House {
    async fn new() -> Self {
        let folder = Folder::new();
        let (_store, opener) = folder.start();
        opener.create(4).await.expect("made");
        let records = opener.records().await.expect("records");
        Self {
            folder,
            records,
            written: BTreeSet::new(),
            tried: BTreeSet::new(),
            done: BTreeSet::new(),
        }
    }

    fn note(&mut self, said: Vec<(String, u32)>) {
        for (word, n) in said {
            match word.as_str() {
                "trying" => self.tried.insert(n),
                "done" => self.done.insert(n),
                _ => self.written.insert(n),
            };
        }
    }

    /// What `n` writes when it is acknowledged: see `child::write`.
    fn acknowledged_of(&self, record: usize, kind: u32) -> impl Iterator<Item = u32> {
        let of = move |n: &u32| *n as usize % 4 == record && n / 4 % 4 == kind;
        self.written.iter().copied().filter(of)
    }

    async fn check(&self) {
        let (store, opener) = self.folder.start();
        assert!(opener.tail_intact());
        let jobs = self.jobs(&store).await;
        let mut documents = BTreeMap::new();
        for (place, record) in self.records.iter().enumerate() {
            let verdict = opener.verify(*record).await.expect("verified");
            assert_eq!(verdict.findings, []);
            let lines = opener.journal(*record, u64::MAX, usize::MAX).await;
            let lines: BTreeSet<_> = lines.expect("reads").iter().map(|line| line.id).collect();
            for n in (0..3).flat_map(|kind| self.acknowledged_of(place, kind)) {
                assert!(lines.contains(&id(n)), "line {n}");
            }
            let policy = opener.open::<Policies>(*record).await.expect("opens");
            for n in self.acknowledged_of(place, 2) {
                assert!(policy.view.0.contains(&id(n)), "policy {n}");
            }
            let clinical = opener.open::<Documents>(*record).await.expect("opens");
            for n in self.acknowledged_of(place, 0) {
                assert!(clinical.view.0.contains_key(&id(n)), "document {n}");
            }
            for (thing, blob) in &clinical.view.0 {
                let n = u32::try_from(u128::from_be_bytes(thing.0)).expect("one of ours");
                let read = opener.read_blob(blob, 0..u64::MAX).await;
                assert!(read.expect("reads") == bytes(n), "file {n}");
                assert!(lines.contains(thing), "document {n} has its line");
                documents.insert(n, *record);
            }
        }
        // In each round, up to the last number that was written and a little further.
        let mut ends = BTreeMap::new();
        for n in documents.keys().chain(&self.written) {
            let end = ends.entry(n / APART).or_insert(*n);
            *end = *n.max(end);
        }
        for n in ends
            .into_iter()
            .flat_map(|(round, end)| round * APART..end + 64)
        {
            let named = store.locate("Document", &n.to_string()).await;
            assert_eq!(
                named.expect("asked"),
                documents.get(&n).copied(),
                "name {n}"
            );
        }
        for n in &jobs {
            assert!(documents.contains_key(n), "job {n} has its document");
            assert!(!self.done.contains(n), "job {n} was done");
        }
        for n in documents.keys().filter(|n| !self.tried.contains(n)) {
            assert!(jobs.contains(n), "document {n} has its job");
        }
    }

    /// Every job there is, without taking any away: their leases end before the next child looks.
    async fn jobs(&self, store: &Store) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        // Leases of a killed child end after a minute; here it is an hour later.
        let claimed = store
            .claim_jobs(at(3600), SignedDuration::ZERO, u32::MAX)
            .await;
        for job in claimed.expect("claimed") {
            let n = u32::from_be_bytes(job.payload.as_slice().try_into().expect("a number"));
            assert!(all.insert(n), "job {n} is there once");
        }
        all
    }
}

/// Files by document.
#[derive(Clone, Default)]
struct Documents(HashMap<Id, BlobRef>);

impl View for Documents {
    const VOLUME: Volume = Volume::Clinical;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        let blob = serde_json::from_slice(&entry.body()?).map_err(|_| BadEntry)?;
        self.0.insert(entry.id, blob);
        Ok(())
    }

    fn weight(&self) -> usize {
        self.0.len()
    }
}

/// Decisions that are kept.
#[derive(Clone, Default)]
struct Policies(BTreeSet<Id>);

impl View for Policies {
    const VOLUME: Volume = Volume::Policy;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        self.0.insert(entry.id);
        Ok(())
    }

    fn weight(&self) -> usize {
        self.0.len()
    }
}
