//! The disk is full: what is refused was not written, what was acknowledged stays, and it goes on
//! once there is room. On a small file system in memory, where the test may make one.

use std::{path::PathBuf, process::Command};

use super::*;
use vault::{DbError, OpenError, Suite, WriteError};

/// A small disk of its own.
struct Disk(PathBuf);

impl Disk {
    fn of(megabytes: u32) -> Option<Self> {
        let path = std::env::temp_dir().join(format!("carnet-full-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(&path)
            .output();
        mounted
            .is_ok_and(|done| done.status.success())
            .then_some(Self(path))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

#[tokio::test]
async fn a_full_disk_refuses_whole_appends_and_forgets_none() {
    let Some(disk) = Disk::of(8) else {
        return println!("skipped: no file system of its own");
    };
    let random = Arc::new(SeededRandom::new(8));
    let keys = FileKeys::create(&disk.0.join("keys"), random.clone()).expect("keys");
    let config = vault::Config {
        database: disk.0.join("main.db").into(),
        key_store: disk.0.join("keys.db").into(),
        blobs: disk.0.join("blobs").into(),
        register: disk.0.join("erasures"),
        cache: 1 << 20,
        suite: Suite::default(),
    };
    let (_store, opener) = start(&config, Arc::new(keys), random).expect("starts");
    let record = opener.create(1).await.expect("made")[0];
    let noise = |n: u32| {
        let mut bytes = vec![0; 60_000];
        ambient::Random::fill(&SeededRandom::new(n.into()), &mut bytes);
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let long = |n: u32| {
        let id = Id(u128::from(n).to_be_bytes());
        Draft::new(Volume::Clinical, Kind(1), id, noise(n).into_bytes())
    };
    let mut kept = 0;
    let refused = loop {
        let drafts = vec![long(kept), trace(1)];
        match opener.append(record, drafts, None, With::nothing()).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 500, "the disk is never full");
    };
    let is_full =
        |error: &WriteError| matches!(error, WriteError::Open(OpenError::Db(DbError::Full(_))));
    assert!(is_full(&refused), "{refused:?}");
    assert!(ambient::NoSpace::caused(&refused));
    let file = opener
        .put_blob(vec![7; 6 << 20])
        .await
        .expect_err("no room either");
    assert!(ambient::NoSpace::caused(&file), "{file:?}");

    // What was acknowledged is all there, and reads.
    assert_eq!(texts(&opener, record).await.len(), kept as usize);
    assert_eq!(opener.verify(record).await.expect("verified").findings, []);
    let again = opener
        .append(record, vec![long(kept)], None, With::nothing())
        .await;
    assert!(is_full(&again.expect_err("still full")));

    // Room again: it goes on, without a restart.
    let more = Command::new("mount")
        .args(["-o", "remount,size=64m"])
        .arg(&disk.0)
        .status();
    assert!(more.is_ok_and(|done| done.success()));
    append(&opener, record, vec![long(kept), trace(2)]).await;
    assert_eq!(texts(&opener, record).await.len(), kept as usize + 1);
    assert_eq!(opener.verify(record).await.expect("verified").findings, []);
    opener.put_blob(vec![7; 6 << 20]).await.expect("kept");
    drop((opener, _store));
}
