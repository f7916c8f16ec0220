//! What is erased stays unreadable: here, on other servers, and after an older backup is put back.

use super::{
    backup::{back_up, put_back},
    *,
};
use jiff::Timestamp;
use vault::{OpenError, WriteError, backup::What};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// As the layer above does: the register first, then all of the record.
async fn erase(store: &Store, opener: &Opener, record: RecordId) {
    let line = opener.register_erasure(record, None, NOW).await;
    let line = line.expect("registered");
    let with = store
        .remove_account(record)
        .and(store.remove_insured(record));
    opener.erase(record, with).await.expect("erased");
    opener.followed(line.n).await.expect("noted");
}

async fn filled(opener: &Opener) -> RecordId {
    let record = opener.create(1).await.expect("made")[0];
    append(
        opener,
        record,
        vec![note(1, "un"), note(2, "deux"), trace(1)],
    )
    .await;
    record
}

fn is_unknown<T>(opened: Result<T, OpenError>) -> bool {
    matches!(opened, Err(OpenError::Unknown))
}

#[tokio::test]
async fn an_erased_record_does_not_open_and_its_bytes_are_gone() {
    let folder = Folder::new();
    {
        let (store, opener) = folder.start();
        let (gone, stays) = (filled(&opener).await, filled(&opener).await);
        assert_eq!(texts(&opener, gone).await.len(), 2);
        erase(&store, &opener, gone).await;
        erase(&store, &opener, gone).await;
        assert!(is_unknown(opener.open::<Notes>(gone).await));
        assert!(is_unknown(opener.journal(gone, u64::MAX, 9).await));
        let late = opener.append(gone, vec![note(3, "x")], None, With::nothing());
        assert!(matches!(
            late.await,
            Err(WriteError::Open(OpenError::Unknown))
        ));
        assert_eq!(texts(&opener, stays).await.len(), 2);
        assert_eq!(opener.records().await.expect("listed"), [stays]);
        assert!(opener.missed_erasures().await.expect("read").is_empty());
        assert_eq!(opener.end_of_register().await.expect("read").lines, 2);
    }
    let left = folder.tamper("DELETE FROM entry WHERE sealed IS NOT NULL", &[]);
    assert_eq!(left, 2, "only the other record's");
}

#[tokio::test]
async fn older_backups_of_both_stores_do_not_bring_it_back() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let (gone, stays) = (filled(&opener).await, filled(&opener).await);
    let main = back_up(&folder, What::Main, "main-backup").await;
    let keys = back_up(&folder, What::Keys, "key-backup").await;
    erase(&store, &opener, gone).await;

    let other = folder.elsewhere();
    put_back(&other, &main, What::Main).await;
    put_back(&other, &keys, What::Keys).await;
    let (store, opener) = other.start();
    let missed = opener.missed_erasures().await.expect("read");
    assert_eq!(
        missed.iter().map(|line| line.record).collect::<Vec<_>>(),
        [gone]
    );
    for line in missed {
        opener
            .erase(line.record, store.remove_account(line.record))
            .await
            .expect("erased");
        opener.followed(line.n).await.expect("noted");
    }
    assert!(is_unknown(opener.open::<Notes>(gone).await));
    assert_eq!(texts(&opener, stays).await.len(), 2);
    assert!(opener.missed_erasures().await.expect("read").is_empty());
}

#[tokio::test]
async fn a_register_with_fewer_lines_than_were_followed_is_refused() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let record = filled(&opener).await;
    erase(&store, &opener, record).await;
    std::fs::remove_file(folder.path.join("erasures")).expect("lost");
    assert!(opener.missed_erasures().await.is_err());
}

#[tokio::test]
async fn another_server_lets_go_of_an_erased_key() {
    let folder = Folder::new();
    if !folder.is_postgres() {
        return println!("skipped: CARNET_TEST_POSTGRES is not set");
    }
    let (store, here) = folder.start();
    let (_other, there) = folder.start();
    let (gone, idle) = (filled(&here).await, filled(&here).await);
    assert_eq!(texts(&there, gone).await.len(), 2);
    let policy = Draft::new(Volume::Policy, Kind(3), Id([1; 16]), b"policy".to_vec());
    append(&here, gone, vec![policy]).await;
    assert!(
        there.open::<servers::Blocks>(gone).await.is_ok(),
        "holds the key"
    );
    erase(&store, &here, gone).await;
    assert!(
        is_unknown(there.open::<servers::Blocks>(gone).await),
        "asks the head"
    );
    assert!(is_unknown(there.open::<Notes>(gone).await), "holds nothing");

    // One that nobody asks for is let go of by the work that runs now and then.
    assert_eq!(texts(&there, idle).await.len(), 2);
    erase(&store, &here, idle).await;
    there.forget_erased().await.expect("looked");
    assert!(is_unknown(there.open::<Notes>(idle).await));
}
