//! How fast, roughly: prints and asserts nothing. Run it on both engines, with
//! `CARNET_TEST_FSYNC=on` and the release profile, and compare.

use super::*;
use std::time::{Duration, Instant};

const TASKS: usize = 64;
const FOR: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn appends_in_a_second() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let opener = Arc::new(opener);
    let records = opener.create(TASKS).await.expect("made");
    let begun = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for record in records {
        let opener = Arc::clone(&opener);
        tasks.spawn(async move {
            let mut appends = 0_u32;
            while begun.elapsed() < FOR {
                append(
                    &opener,
                    record,
                    vec![note(appends.to_le_bytes()[0], "x"), trace(1)],
                )
                .await;
                appends += 1;
            }
            appends
        });
    }
    let appends: u32 = tasks.join_all().await.into_iter().sum();
    let engine = if folder.is_postgres() {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    let pace = f64::from(appends) / begun.elapsed().as_secs_f64();
    let record = opener.create(1).await.expect("made")[0];
    let begun = Instant::now();
    for n in 0..50 {
        append(&opener, record, vec![note(n, "x"), trace(1)]).await;
    }
    let alone = begun.elapsed() / 50;
    println!("{engine}: {pace:.0} appends/s by {TASKS} tasks; one alone takes {alone:.1?}");
}

/// What a checkpoint costs over many records: the first, one after few have moved, one after none,
/// and reading them all again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn checkpoints_of_many_records() {
    const RECORDS: usize = 100_000;
    let folder = Folder::new();
    let log = folder.path.join("apart");
    let (_store, opener) = folder.start();
    let opener = Arc::new(opener);
    let records = opener.create(RECORDS).await.expect("made");
    let mut tasks = tokio::task::JoinSet::new();
    for some in records.chunks(RECORDS.div_ceil(TASKS)) {
        let (opener, some) = (Arc::clone(&opener), some.to_vec());
        tasks.spawn(async move {
            for record in some {
                append(&opener, record, vec![note(1, "x"), trace(1)]).await;
            }
        });
    }
    tasks.join_all().await;
    let take = async |moved: usize| {
        for record in &records[..moved] {
            append(&opener, *record, vec![trace(2)]).await;
        }
        let begun = Instant::now();
        let line = opener.checkpoint(jiff::Timestamp::UNIX_EPOCH).await;
        let n = line.expect("signed").map(|line| line.n);
        println!("{moved} moved: {:.1?}, line {n:?}", begun.elapsed());
    };
    take(0).await;
    for moved in [0, 1, 100, 1_000] {
        take(moved).await;
    }
    opener.export_checkpoints(&log).await.expect("exported");
    let begun = Instant::now();
    opener.standing(&log).await.expect("read");
    println!("two lines compared: {:.1?}", begun.elapsed());
    let begun = Instant::now();
    let found = opener.verify_checkpoints(&log).await.expect("read");
    assert_eq!(found.problems, []);
    println!("all stamps: {:.1?}", begun.elapsed());
}
