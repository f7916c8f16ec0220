//! Nothing is acknowledged before it is synced: a library put in front of the system's own sees
//! every write and every sync of a child. With a sync left out, the same test is red.

use std::{path::PathBuf, process::Command};

use super::*;

/// Builds the library; `None` where the files are not SQLite's.
fn watcher(folder: &Folder) -> Option<PathBuf> {
    if folder.is_postgres() {
        println!("skipped: with PostgreSQL another process writes");
        return None;
    }
    let library = folder.path.with_extension("so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vault/syncs.c");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([library.as_os_str(), source.as_ref()])
        .args(["-ldl", "-lpthread"])
        .status();
    assert!(built.is_ok_and(|built| built.success()), "cc builds it");
    Some(library)
}

/// What was seen: what was not synced, and how many syncs came before each acknowledgement.
fn seen(without: Option<&str>) -> Option<(Vec<String>, Vec<u32>)> {
    let folder = Folder::new();
    let library = watcher(&folder)?;
    let mut child = child::command(&folder, "one by one", 0);
    child
        .env("LD_PRELOAD", &library)
        .env("CARNET_WATCH", &folder.path);
    if let Some(without) = without {
        child.env("CARNET_UNSYNC", without);
    }
    let output = child.output().expect("runs");
    std::fs::remove_file(library).expect("removed");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let unsynced = said.lines().filter(|line| line.starts_with("UNSYNCED"));
    let synced = said.lines().filter_map(|line| {
        let count = line.strip_prefix("SYNCED ")?;
        count.split(' ').next()?.parse().ok()
    });
    Some((unsynced.map(ToOwned::to_owned).collect(), synced.collect()))
}

#[test]
fn each_acknowledgement_follows_its_sync() {
    let Some((unsynced, synced)) = seen(None) else {
        return;
    };
    assert!(unsynced.is_empty(), "{unsynced:#?}");
    assert_eq!(synced.len(), 1 + 3 * 12, "every way to write was seen");
    assert!(synced.iter().all(|count| *count > 0), "{synced:?}");
}

/// The proof of the proof.
#[test]
fn a_sync_left_out_is_missed() {
    let log: &[&str] = &[
        "main.db-wal at ack entry",
        "main.db-wal at ack trace",
        "main.db-wal at ack entry with its name and its job",
        "main.db-wal at ack policy",
        "main.db-wal at ack job",
        "main.db-wal at ack claimed job",
        "main.db-wal at ack done job",
        "main.db-wal at ack registry",
        "main.db-wal at ack session",
    ];
    let keys: &[&str] = &[
        "keys.db-wal at ack record",
        "keys.db-wal at ack another record",
    ];
    let files: &[&str] = &["/segment-00000001 at ack file", "/blobs at ack file"];
    for (without, missed) in [
        ("main.db-wal", log),
        ("keys.db-wal", keys),
        ("/blobs", files),
    ] {
        let Some((unsynced, _)) = seen(Some(without)) else {
            return;
        };
        for missed in missed {
            let told = unsynced.iter().any(|line| line.ends_with(missed));
            assert!(told, "{missed}: {unsynced:#?}");
        }
    }
}
