//! Backups made while a server writes, and put back on an empty machine.

use std::path::{Path, PathBuf};

use super::*;
use jiff::Timestamp;
use vault::{
    Config,
    backup::{BackupError, Manifest, What, check, is_vacant, restore, save},
};

const MADE: (Timestamp, Option<Timestamp>) = (Timestamp::UNIX_EPOCH, None);

async fn try_save(folder: &Folder, what: What, to: &Path) -> Result<Manifest, BackupError> {
    let (config, keys) = (folder.config(), folder.keys());
    save(&config, what, to, MADE, &keys, &mut |_, _, _| {}).await
}

pub async fn back_up(folder: &Folder, what: What, name: &str) -> PathBuf {
    let to = folder.path.join(name);
    let manifest = try_save(folder, what, &to).await.expect("saved");
    assert!(manifest.files > 0 && manifest.bytes > 0);
    to
}

fn look(folder: &Folder, from: &Path, what: What) -> Result<Manifest, BackupError> {
    check(from, what, &folder.keys(), &mut |_, _, _| {})
}

pub async fn put_back(folder: &Folder, from: &Path, what: What) {
    let manifest = look(folder, from, what).expect("whole");
    let config: Config = folder.config();
    assert!(is_vacant(&config, what).await.expect("looked"));
    restore(&config, &manifest, from, &mut |_, _, _| {})
        .await
        .expect("restored");
    assert!(!is_vacant(&config, what).await.expect("looked"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_before_is_there_after() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    let blob = opener.put_blob(vec![7; 200_000]).await.expect("kept");
    append(&opener, record, vec![note(1, "un"), trace(1), trace(2)]).await;
    store
        .apply(store.claim("name", "x", record))
        .await
        .expect("claimed");
    let opener = Arc::new(opener);
    // A server that goes on writing.
    let busy = {
        let opener = Arc::clone(&opener);
        tokio::spawn(async move {
            for n in 2..200 {
                append(&opener, record, vec![note(n, "plus"), trace(n)]).await;
            }
        })
    };
    let main = back_up(&folder, What::Main, "main-backup").await;
    let keys = back_up(&folder, What::Keys, "key-backup").await;
    busy.await.expect("wrote");
    let names = std::fs::read_to_string(main.join("files.sha256")).expect("a list");
    assert!(!names.contains("key"), "no key in a main backup: {names}");

    let other = folder.elsewhere();
    put_back(&other, &main, What::Main).await;
    put_back(&other, &keys, What::Keys).await;
    let (store, opener) = other.start();
    let there = texts(&opener, record).await;
    assert_eq!(there[0], "un");
    let verdict = opener.verify(record).await.expect("verifies");
    assert!(verdict.findings.is_empty(), "{verdict:?}");
    assert_eq!(
        verdict.entries,
        2 * there.len() as u64 + 1,
        "each with its trace"
    );
    assert!(opener.tail_intact());
    let found = store.locate("name", "x").await.expect("searched");
    assert_eq!(found, Some(record));
    assert_eq!(
        opener.read_blob(&blob, 0..3).await.expect("reads"),
        [7, 7, 7]
    );
    append(&opener, record, vec![note(250, "après"), trace(250)]).await;
    let verdict = opener.verify(record).await.expect("verifies");
    assert!(verdict.findings.is_empty(), "and goes on: {verdict:?}");
}

#[tokio::test]
async fn an_altered_backup_is_refused_before_anything_is_touched() {
    let folder = Folder::new();
    {
        let (_store, opener) = folder.start();
        let record = opener.create(1).await.expect("made")[0];
        append(&opener, record, vec![note(1, "un")]).await;
        opener.put_blob(vec![1; 5_000]).await.expect("kept");
    }
    let main = back_up(&folder, What::Main, "backup").await;
    assert!(matches!(
        look(&folder, &main, What::Keys),
        Err(BackupError::NotOne(_))
    ));
    assert!(matches!(
        look(&Folder::new(), &main, What::Main),
        Err(BackupError::Unsigned(_)),
    ));
    let again = try_save(&folder, What::Main, &main).await;
    assert!(matches!(again, Err(BackupError::NotEmpty(_))));
    let list = std::fs::read_to_string(main.join("files.sha256")).expect("a list");
    for line in list.lines() {
        let path = main.join(line.split_once("  ").expect("two columns").1);
        let whole = std::fs::read(&path).expect("reads");
        let mut flipped = whole.clone();
        flipped.push(0);
        std::fs::write(&path, flipped).expect("written");
        assert!(matches!(
            look(&folder, &main, What::Main),
            Err(BackupError::Altered(_))
        ));
        std::fs::write(&path, whole).expect("written");
    }
    look(&folder, &main, What::Main).expect("whole again");
    let manifest = main.join("manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("reads");
    std::fs::write(&manifest, text.replace("1970", "1971")).expect("written");
    assert!(matches!(
        look(&folder, &main, What::Main),
        Err(BackupError::Unsigned(_))
    ));
}

#[tokio::test]
async fn nothing_is_laid_over_what_is_there() {
    let folder = Folder::new();
    let config = folder.config();
    assert!(is_vacant(&config, What::Main).await.expect("looked"));
    if !folder.is_postgres() {
        std::fs::write(folder.path.join("main.db-wal"), b"stale").expect("written");
        assert!(!is_vacant(&config, What::Main).await.expect("looked"));
        std::fs::remove_file(folder.path.join("main.db-wal")).expect("removed");
    }
    let (_store, opener) = folder.start();
    opener.create(1).await.expect("made");
    opener.put_blob(vec![1; 5_000]).await.expect("kept");
    assert!(!is_vacant(&config, What::Main).await.expect("looked"));
    assert!(!is_vacant(&config, What::Keys).await.expect("looked"));
}
