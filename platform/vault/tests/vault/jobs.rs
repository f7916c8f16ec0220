//! Jobs, word by word: named, enqueued with what causes them, once, claimed by one, for a time,
//! tried again, set aside, taken up again.

use super::*;
use child::at;
use jiff::SignedDuration;
use vault::{WriteError, store::Job, store::NewJob};

const LEASE: SignedDuration = SignedDuration::from_mins(1);

fn job(store: &Store, name: &'static str, dedup: Option<&[u8]>) -> With {
    store.enqueue(NewJob {
        name,
        dedup,
        due: at(0),
        payload: name.into(),
    })
}

async fn claim(store: &Store, second: i64) -> Vec<Job> {
    let claimed = store.claim_jobs(at(second), LEASE, 10).await;
    claimed.expect("claimed")
}

#[tokio::test]
async fn a_job_is_named_and_enqueued_once() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let twice = job(&store, "tell", Some(b"1")).and(job(&store, "tell", Some(b"1")));
    store.apply(twice).await.expect("enqueued");
    let other_name = job(&store, "remind", Some(b"1"));
    store.apply(other_name).await.expect("enqueued");
    store
        .apply(job(&store, "tell", Some(b"1")))
        .await
        .expect("dropped");
    assert_eq!(store.jobs_due(at(0)).await.expect("counted"), 2);
    let without_key = job(&store, "look", None).and(job(&store, "look", None));
    store.apply(without_key).await.expect("enqueued");
    let claimed = claim(&store, 0).await;
    let mut names: Vec<_> = claimed.iter().map(|job| job.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["look", "look", "remind", "tell"]);
    assert!(claimed.iter().all(|job| job.payload == job.name.as_bytes()));
    for job in &claimed {
        store.job_done(job).await.expect("done");
        store.job_done(job).await.expect("twice is fine");
    }
    assert_eq!(store.jobs_due(at(999)).await.expect("counted"), 0);
    store
        .apply(job(&store, "tell", Some(b"1")))
        .await
        .expect("enqueued");
    assert_eq!(
        claim(&store, 0).await.len(),
        1,
        "what is done may come again"
    );
}

#[tokio::test]
async fn a_job_is_taken_back_by_its_name_and_key() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let two = job(&store, "tell", Some(b"1")).and(job(&store, "tell", Some(b"2")));
    store.apply(two).await.expect("enqueued");
    for (name, key) in [("tell", b"1"), ("tell", b"3"), ("remind", b"2")] {
        store.apply(store.cancel(name, key)).await.expect("done");
        assert_eq!(store.jobs_due(at(0)).await.expect("counted"), 1);
    }
    // In place of what waited before, at another time.
    let again = store.cancel("tell", b"2").and(store.enqueue(NewJob {
        name: "tell",
        dedup: Some(b"2"),
        due: at(60),
        payload: vec![],
    }));
    store.apply(again).await.expect("changed");
    assert_eq!(store.jobs_due(at(59)).await.expect("counted"), 0);
    assert_eq!(store.jobs_due(at(60)).await.expect("counted"), 1);
}

#[tokio::test]
async fn a_job_is_there_with_what_causes_it_or_not_at_all() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    let deposit = async |n| {
        let with = store.claim("Document", "urn:oid:1", record);
        let with = with.and(job(&store, "tell", Some(&[n])));
        opener.append(record, vec![note(n, "un")], None, with).await
    };
    deposit(1).await.expect("appended");
    assert!(matches!(deposit(2).await, Err(WriteError::Beside(0))));
    assert_eq!(texts(&opener, record).await, ["un"]);
    assert_eq!(store.jobs_due(at(0)).await.expect("counted"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_workers_one_gets_each() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let all = (0..40_u8).fold(With::nothing(), |all, n| {
        all.and(job(&store, "tell", Some(&[n])))
    });
    store.apply(all).await.expect("enqueued");
    let store = Arc::new(store);
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let store = Arc::clone(&store);
        workers.spawn(async move { claim(&store, 0).await.len() });
    }
    let first: usize = workers.join_all().await.into_iter().sum();
    let mut rest = 0;
    while let more @ 1.. = claim(&store, 0).await.len() {
        rest += more;
    }
    assert_eq!(first + rest, 40);
}

#[tokio::test]
async fn the_job_of_a_crashed_worker_is_taken_by_another() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    store
        .apply(job(&store, "tell", None))
        .await
        .expect("enqueued");
    let slow = claim(&store, 0).await.remove(0);
    assert!(claim(&store, 59).await.is_empty(), "still under way");
    drop((store, opener));

    let (store, _opener) = folder.start();
    assert!(
        claim(&store, 59).await.is_empty(),
        "a restart ends no lease"
    );
    let taken = claim(&store, 60).await.remove(0);
    assert_eq!(
        (taken.attempts, taken.payload.as_slice()),
        (1, &b"tell"[..])
    );
    // The first was only slow: what it says of its try is no longer heard.
    store.job_later(&slow, at(61)).await.expect("not heard");
    assert!(claim(&store, 61).await.is_empty(), "the second has it");
    store.job_done(&slow).await.expect("but done is done");
    assert!(claim(&store, 999).await.is_empty());
}

#[tokio::test]
async fn a_job_that_fails_is_tried_later_then_set_aside_and_taken_up_again() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let two = job(&store, "tell", None).and(job(&store, "tell", None));
    store.apply(two).await.expect("enqueued");
    let claimed = claim(&store, 0).await;
    store.job_later(&claimed[0], at(30)).await.expect("later");
    assert_eq!(store.jobs_failed().await.expect("counted"), 1);
    assert!(claim(&store, 29).await.is_empty());
    let again = claim(&store, 30).await.remove(0);
    assert_eq!(again.attempts, 1);
    store.job_aside(&again).await.expect("aside");
    store.job_aside(&claimed[1]).await.expect("aside");
    let far = 3_000_000_000;
    assert!(claim(&store, far).await.is_empty(), "nobody tries it");
    assert_eq!(store.jobs_due(at(far)).await.expect("counted"), 0);
    assert_eq!(store.jobs_failed().await.expect("counted"), 0);
    let aside = store.jobs_aside().await.expect("counted");
    assert_eq!(aside, [("tell".to_owned(), 2)]);

    store.retry_jobs(at(99)).await.expect("taken up");
    assert!(claim(&store, 98).await.is_empty());
    let claimed = claim(&store, 99).await;
    assert_eq!((claimed.len(), claimed[0].attempts), (2, 0));
    assert!(store.jobs_aside().await.expect("counted").is_empty());
}

#[tokio::test]
async fn an_altered_job_is_set_aside_and_stops_nobody() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    store
        .apply(job(&store, "tell", None))
        .await
        .expect("enqueued");
    drop((store, opener));
    folder.tamper("UPDATE job SET name = 'look'", &[]);

    let (store, _opener) = folder.start();
    store
        .apply(job(&store, "tell", None))
        .await
        .expect("enqueued");
    assert_eq!(claim(&store, 0).await.len(), 1);
    let aside = store.jobs_aside().await.expect("counted");
    assert_eq!(aside, [("look".to_owned(), 1)]);
}

/// What work enqueues in the transaction that ends its job may get that job's number.
#[tokio::test]
async fn a_job_that_ended_takes_no_other_with_it() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    store
        .apply(job(&store, "tell", None))
        .await
        .expect("enqueued");
    let first = claim(&store, 0).await.remove(0);
    let next = store.finish(&first).and(job(&store, "tell", None));
    store.apply(next).await.expect("ended, and another begun");
    store.job_done(&first).await.expect("heard");
    assert_eq!(claim(&store, 1).await.len(), 1, "the other is there");
}
