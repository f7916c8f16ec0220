//! Turning the key-encryption key, stopped in the middle and run again.

use std::ops::ControlFlow;

use super::*;
use vault::keys::{KeyFile, RotateError, Rotated, rotate};

async fn turn(folder: &Folder, stop_after: u64) -> Result<Rotated, RotateError> {
    let config = folder.config();
    let path = folder.path.join("keys");
    let stop = |done, _| match done >= stop_after {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    rotate(&config.key_store, &path, folder.random(), stop).await
}

fn generations(folder: &Folder) -> Vec<u32> {
    let file = KeyFile::read(&folder.path.join("keys"));
    file.expect("a key file").generations()
}

#[tokio::test]
async fn a_rotation_that_was_stopped_goes_on() {
    let folder = Folder::new();
    let records = {
        let (_store, opener) = folder.start();
        let records = opener.create(1_200).await.expect("made");
        for record in [records[0], records[700], records[1_199]] {
            append(&opener, record, vec![note(1, "un")]).await;
        }
        records
    };
    let before = KeyFile::read(&folder.path.join("keys"))
        .expect("read")
        .fingerprint();
    assert!(matches!(
        turn(&folder, 500).await,
        Err(RotateError::Stopped)
    ));
    assert_eq!(generations(&folder), [1, 2], "the old one is kept");
    {
        // A server that starts between opens what is done and what is not, and adds.
        let (_store, opener) = folder.start();
        assert_eq!(texts(&opener, records[0]).await, ["un"]);
        assert_eq!(texts(&opener, records[1_199]).await, ["un"]);
        opener.create(1).await.expect("made");
    }
    assert!(matches!(
        turn(&folder, 500).await,
        Err(RotateError::Stopped)
    ));
    let rotated = turn(&folder, u64::MAX).await.expect("turned");
    assert_eq!(
        (rotated.generation, rotated.rewrapped, rotated.resumed),
        (2, 200, true)
    );
    assert_eq!(generations(&folder), [2], "the old one is gone");
    let (_store, opener) = folder.start();
    for record in [records[0], records[700], records[1_199]] {
        assert_eq!(texts(&opener, record).await, ["un"]);
    }
    assert_eq!(opener.records().await.expect("listed").len(), 1_201);
    drop((_store, opener));
    let again = turn(&folder, u64::MAX).await.expect("turned");
    assert_eq!(
        (again.generation, again.rewrapped, again.resumed),
        (3, 1_201, false)
    );
    let after = KeyFile::read(&folder.path.join("keys"))
        .expect("read")
        .fingerprint();
    assert_ne!(before, after);
}

#[tokio::test]
async fn a_running_server_learns_of_the_new_key() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let old = opener.create(1).await.expect("made")[0];
    append(&opener, old, vec![note(1, "un")]).await;
    if !folder.is_postgres() {
        assert!(matches!(
            turn(&folder, u64::MAX).await,
            Err(RotateError::Db(_))
        ));
        assert_eq!(
            generations(&folder),
            [1],
            "a store in use: nothing is begun"
        );
        return;
    }
    turn(&folder, u64::MAX).await.expect("turned");
    let new = opener.create(1).await.expect("made with the new key")[0];
    append(&opener, new, vec![note(1, "un")]).await;
    drop((_store, opener));
    let (_store, opener) = folder.start();
    for record in [old, new] {
        assert_eq!(texts(&opener, record).await, ["un"]);
    }
}
