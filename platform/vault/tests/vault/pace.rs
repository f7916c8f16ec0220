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
