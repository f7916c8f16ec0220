//! Several servers on one database: PostgreSQL only. A file belongs to one server.

use super::*;
use vault::{DbError, WriteError};

/// What a decision was taken on.
#[derive(Clone, Default)]
pub struct Blocks(usize);

impl View for Blocks {
    const VOLUME: Volume = Volume::Policy;

    fn put(&mut self, _: Entry) -> Result<(), BadEntry> {
        self.0 += 1;
        Ok(())
    }

    fn weight(&self) -> usize {
        8
    }
}

fn block(id: u8) -> Draft {
    Draft::new(Volume::Policy, Kind(3), Id([id; 16]), b"not them".to_vec())
}

fn two_servers() -> Option<(Folder, [(Store, Opener); 2])> {
    let folder = Folder::new();
    if !folder.is_postgres() {
        println!("skipped: CARNET_TEST_POSTGRES is not set");
        return None;
    }
    let servers = [folder.start(), folder.start()];
    Some((folder, servers))
}

#[tokio::test]
async fn a_file_in_use_is_not_opened_twice() {
    let folder = Folder::new();
    let _running = folder.start();
    let second = folder.try_start();
    if folder.is_postgres() {
        assert!(second.is_ok(), "servers share a PostgreSQL database");
    } else {
        assert!(matches!(second, Err(DbError::InUse)));
    }
}

#[tokio::test]
async fn a_block_on_one_server_is_obeyed_by_the_other_at_once() {
    let Some((_folder, [(_, here), (_, there)])) = two_servers() else {
        return;
    };
    let record = here.create(1).await.expect("made")[0];
    for n in 0..20 {
        let decided = there.open::<Blocks>(record).await.expect("opens").last;
        assert_eq!(decided, u64::from(n), "what the other wrote is seen");
        let look = || there.append(record, vec![trace(n)], on(decided), With::nothing());
        look().await.expect("nothing stands against it yet");
        append(&here, record, vec![block(n)]).await;
        assert!(matches!(look().await, Err(WriteError::Moved)), "round {n}");
    }
    let read = there.journal(record, u64::MAX, 100).await.expect("reads");
    assert_eq!(read.len(), 20);
}

fn on(last: u64) -> Option<(Volume, u64)> {
    Some((Volume::Policy, last))
}

/// A block and looks race: no trace that was decided without the block lies after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_look_slips_past_a_block() {
    let Some((_folder, [(_, here), (_, there)])) = two_servers() else {
        return;
    };
    let (here, there) = (Arc::new(here), Arc::new(there));
    for record in here.create(8).await.expect("made") {
        let mut looks = tokio::task::JoinSet::new();
        for n in 0..30 {
            let there = Arc::clone(&there);
            looks.spawn(async move {
                let looked = there.append(record, vec![trace(n)], on(0), With::nothing());
                looked.await.is_ok()
            });
        }
        tokio::task::yield_now().await;
        // The block writes a trace of its own, in the same append.
        let blocked = here.append(record, vec![block(1), trace(99)], None, With::nothing());
        let seqs = blocked.await.expect("blocked").seqs;
        let looked = looks.join_all().await.into_iter().filter(|ok| *ok).count();
        let last = here.journal(record, u64::MAX, 1).await.expect("reads")[0].seq;
        assert_eq!(looked as u64 + 1, last);
        assert_eq!(seqs[1], last, "the block's trace is the last one");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_write_one_chain() {
    let Some((_folder, servers)) = two_servers() else {
        return;
    };
    let servers = servers.map(|(_, opener)| Arc::new(opener));
    let records = servers[0].create(3).await.expect("made");
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..120_u8 {
        let (opener, record) = (
            Arc::clone(&servers[usize::from(n % 2)]),
            records[usize::from(n % 3)],
        );
        tasks.spawn(async move { append(&opener, record, vec![note(n, "x"), trace(n)]).await });
    }
    tasks.join_all().await;
    for record in records {
        for opener in &servers {
            assert_eq!(texts(opener, record).await.len(), 40);
        }
        let verdict = servers[0].verify(record).await.expect("verifies");
        assert_eq!((verdict.entries, verdict.findings.len()), (80, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_given_once_whoever_gives_it() {
    let Some((_folder, servers)) = two_servers() else {
        return;
    };
    let servers = servers.map(|(store, opener)| (Arc::new(store), Arc::new(opener)));
    let records = servers[0].1.create(20).await.expect("made");
    let mut tasks = tokio::task::JoinSet::new();
    for (n, record) in records.into_iter().enumerate() {
        let (store, opener) = servers[n % 2].clone();
        tasks.spawn(async move {
            let claim = store.claim("Document", "urn:oid:1.2.3", record);
            let deposited = opener
                .append(record, vec![note(1, "un")], None, claim)
                .await;
            let kept = texts(&opener, record).await.len();
            match deposited {
                Ok(_) => assert_eq!(kept, 1),
                Err(WriteError::Beside(0)) => assert_eq!(kept, 0, "refused as a whole"),
                Err(other) => panic!("{other}"),
            }
            kept
        });
    }
    assert_eq!(tasks.join_all().await.into_iter().sum::<usize>(), 1);
}

/// Each holds what the other waits for: the database stops one, which tries again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_do_not_wait_for_each_other_for_ever() {
    let Some((_folder, [(here, opener), (there, _)])) = two_servers() else {
        return;
    };
    let records = opener.create(2).await.expect("made");
    let claim = |store: &Store, n: u32, record| store.claim("name", &n.to_string(), record);
    let up = (0..300).fold(With::nothing(), |all, n| {
        all.and(claim(&here, n, records[0]))
    });
    let down = (0..300).rev().fold(With::nothing(), |all, n| {
        all.and(claim(&there, n, records[1]))
    });
    let (up, down) = tokio::join!(
        tokio::spawn(async move { here.apply(up).await }),
        tokio::spawn(async move { there.apply(down).await })
    );
    let ends = [up, down].map(|end| end.expect("does not panic"));
    assert!(
        matches!(
            ends,
            [Ok(()), Err(DbError::Refused(0))] | [Err(DbError::Refused(0)), Ok(())]
        ),
        "one has them all: {ends:?}"
    );
}

#[tokio::test]
async fn a_broken_connection_is_opened_again() {
    let Some((folder, [(store, opener), _other])) = two_servers() else {
        return;
    };
    let record = opener.create(1).await.expect("made")[0];
    append(&opener, record, vec![note(1, "un"), trace(1)]).await;
    assert_eq!(texts(&opener, record).await, ["un"]);
    assert!(folder.disconnect() >= 2, "a writer and a reader");
    assert_eq!(texts(&opener, record).await, ["un"]);
    append(&opener, record, vec![note(2, "deux"), trace(2)]).await;
    assert!(folder.disconnect() >= 2, "they are back");
    append(&opener, record, vec![note(3, "trois"), trace(3)]).await;
    let found = store.locate("Document", "urn:oid:9").await;
    assert_eq!(found.expect("searched"), None);
    assert_eq!(texts(&opener, record).await, ["un", "deux", "trois"]);
}
