//! Signed checkpoints: what was rolled back is found out, what went on is not.

use std::path::{Path, PathBuf};

use super::{
    backup::{back_up, put_back},
    *,
};
use jiff::Timestamp;
use vault::{CheckpointError, CheckpointProblem, Problem, Standing, backup::What};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn log(folder: &Folder) -> PathBuf {
    folder.path.join("apart")
}

async fn sign(opener: &Opener, log: &Path) -> Option<u64> {
    let line = opener.checkpoint(NOW).await.expect("signed");
    opener.export_checkpoints(log).await.expect("exported");
    line.map(|line| line.n)
}

async fn problems(opener: &Opener, log: &Path) -> Vec<CheckpointProblem> {
    let found = opener.verify_checkpoints(log).await;
    found.expect("verified").problems
}

async fn filled(opener: &Opener, count: usize) -> Vec<RecordId> {
    let records = opener.create(count).await.expect("made");
    for record in &records {
        append(opener, *record, vec![note(1, "un"), trace(1), trace(2)]).await;
    }
    records
}

#[tokio::test]
async fn only_what_moved_is_stamped_again_and_all_of_it_is() {
    let folder = Folder::new();
    let log = log(&folder);
    let records = {
        let (_store, opener) = folder.start();
        assert_eq!(sign(&opener, &log).await, None, "nothing to sign");
        let records = filled(&opener, 3).await;
        assert_eq!(sign(&opener, &log).await, Some(1));
        assert_eq!(sign(&opener, &log).await, None, "nothing moved");
        append(&opener, records[0], vec![trace(3)]).await;
        assert_eq!(sign(&opener, &log).await, Some(2), "a trace alone");
        opener.pack(0).await.expect("packed");
        assert_eq!(sign(&opener, &log).await, None, "packing adds nothing");
        append(&opener, records[1], vec![note(2, "deux"), trace(4)]).await;
        records
    };
    // What moved before a stop is not forgotten.
    let (_store, opener) = folder.start();
    let line = opener
        .checkpoint(NOW)
        .await
        .expect("signed")
        .expect("a line");
    assert_eq!((line.n, line.records), (3, 3));
    assert!(matches!(
        opener.standing(&log).await,
        Ok(Standing::Ahead(_))
    ));
    assert_eq!(problems(&opener, &log).await, []);
    opener.export_checkpoints(&log).await.expect("exported");
    assert!(matches!(
        opener.standing(&log).await,
        Ok(Standing::Level(_))
    ));
    append(&opener, records[2], vec![trace(5)]).await;
    for record in records {
        let verdict = opener.verify(record).await.expect("verified");
        assert_eq!(verdict.findings, []);
    }
    assert_eq!(problems(&opener, &log).await, []);
}

#[tokio::test]
async fn more_records_than_one_checkpoint_holds_make_several() {
    let folder = Folder::new();
    let log = log(&folder);
    let (_store, opener) = folder.start();
    filled(&opener, 1_100).await;
    assert_eq!(sign(&opener, &log).await, Some(3));
    let found = opener.verify_checkpoints(&log).await.expect("verified");
    assert_eq!((found.problems, found.lines), (vec![], 3));
    assert_eq!(found.last.expect("a line").records, 1_100);
}

#[tokio::test]
async fn a_database_that_was_rolled_back_whole_is_found_out() {
    let folder = Folder::new();
    let log = log(&folder);
    let (_store, opener) = folder.start();
    let record = filled(&opener, 2).await[0];
    sign(&opener, &log).await;
    let main = back_up(&folder, What::Main, "main-backup").await;
    let keys = back_up(&folder, What::Keys, "key-backup").await;
    append(&opener, record, vec![note(2, "deux"), trace(3)]).await;
    sign(&opener, &log).await;
    assert!(matches!(
        opener.accept_restored(&log, NOW).await,
        Err(CheckpointError::Parted)
    ));

    let other = folder.elsewhere();
    put_back(&other, &main, What::Main).await;
    put_back(&other, &keys, What::Keys).await;
    let (_store, opener) = other.start();
    assert_eq!(opener.verify(record).await.expect("verified").findings, []);
    let older = [CheckpointProblem::Older(1, 2)];
    assert_eq!(
        problems(&opener, &log).await,
        older,
        "which nothing else shows"
    );
    append(&opener, record, vec![trace(9)]).await;
    assert!(opener.checkpoint(NOW).await.is_ok());
    let parted = [CheckpointProblem::Parted(2)];
    assert_eq!(
        problems(&opener, &log).await,
        parted,
        "even when it goes on"
    );
    assert!(opener.export_checkpoints(&log).await.is_err());
}

#[tokio::test]
async fn a_restore_that_is_said_goes_on_and_stays_written() {
    let folder = Folder::new();
    let log = log(&folder);
    let (_store, opener) = folder.start();
    let record = filled(&opener, 1).await[0];
    let main = back_up(&folder, What::Main, "main-backup").await;
    let keys = back_up(&folder, What::Keys, "key-backup").await;
    sign(&opener, &log).await;

    let other = folder.elsewhere();
    put_back(&other, &main, What::Main).await;
    put_back(&other, &keys, What::Keys).await;
    let (_store, opener) = other.start();
    let line = opener.accept_restored(&log, NOW).await.expect("accepted");
    assert_eq!((line.n, line.restored), (2, Some(0)));
    assert_eq!(problems(&opener, &log).await, []);
    append(&opener, record, vec![trace(9)]).await;
    assert_eq!(sign(&opener, &log).await, Some(3));
    assert_eq!(problems(&opener, &log).await, []);
}

#[tokio::test]
async fn one_record_that_was_rolled_back_is_found_out() {
    let folder = Folder::new();
    let log = log(&folder);
    let record = {
        let (_store, opener) = folder.start();
        let record = filled(&opener, 2).await[0];
        append(&opener, record, vec![note(2, "deux")]).await;
        sign(&opener, &log).await;
        record
    };
    let forged = "UPDATE stamp SET ends = CAST(substr(ends, 1, 5) || x'09' || substr(ends, 7) AS BLOB) \
        WHERE record_id = :a";
    // As if its head were that of before: a chain of zeroes at an earlier place.
    folder.tamper(
        "DELETE FROM entry WHERE record_id = :a AND volume = 2 AND seq = 2",
        &[(":a", record)],
    );
    let (_store, opener) = folder.start();
    let found = opener.verify(record).await.expect("verified").findings;
    let has = |problem| found.iter().any(|finding| finding.problem == problem);
    assert!(has(Problem::OlderThanCheckpoint), "{found:?}");
    drop((_store, opener));
    folder.tamper(forged, &[(":a", record)]);
    let (_store, opener) = folder.start();
    assert_eq!(
        problems(&opener, &log).await,
        [CheckpointProblem::AlteredStamps]
    );
}

#[tokio::test]
async fn altered_lines_a_forged_tree_and_a_shorter_register_are_found_out() {
    let folder = Folder::new();
    let log = log(&folder);
    let file = log.join("checkpoints");
    let record = {
        let (_store, opener) = folder.start();
        let record = filled(&opener, 2).await[0];
        let line = opener
            .register_erasure(record, Some(Id([7; 16])), NOW)
            .await;
        opener
            .followed(line.expect("registered").n)
            .await
            .expect("noted");
        for n in 3..6 {
            append(&opener, record, vec![trace(n)]).await;
            sign(&opener, &log).await;
        }
        let whole = std::fs::read_to_string(&file).expect("reads");
        let lines: Vec<&str> = whole.lines().collect();
        for (text, n) in [
            (whole.replacen("\"n\":2", "\"n\":7", 1), 2),
            ([lines[0], lines[2], ""].join("\n"), 2),
            (whole.replacen("\"records\":2", "\"records\":3", 1), 1),
        ] {
            std::fs::write(&file, text).expect("written");
            assert_eq!(
                problems(&opener, &log).await,
                [CheckpointProblem::AlteredLine(n)]
            );
        }
        std::fs::write(&file, whole).expect("written");
        assert_eq!(problems(&opener, &log).await, []);
        std::fs::write(folder.path.join("erasures"), "").expect("rolled back");
        let short = [CheckpointProblem::ShortRegister(0, 1)];
        assert_eq!(problems(&opener, &log).await, short);
        record
    };
    folder.tamper("UPDATE bucket SET hash = x'00'", &[]);
    let (_store, opener) = folder.start();
    append(&opener, record, vec![trace(9)]).await;
    assert!(
        opener.checkpoint(NOW).await.is_err(),
        "nothing is signed over it"
    );
}

#[tokio::test]
async fn of_two_servers_one_takes_a_number() {
    let folder = Folder::new();
    if !folder.is_postgres() {
        return println!("skipped: CARNET_TEST_POSTGRES is not set");
    }
    let log = log(&folder);
    let ((_a, here), (_b, there)) = (folder.start(), folder.start());
    filled(&here, 40).await;
    let (one, other) = tokio::join!(here.checkpoint(NOW), there.checkpoint(NOW));
    assert!(one.is_ok() && other.is_ok());
    here.checkpoint(NOW).await.expect("signed");
    here.export_checkpoints(&log).await.expect("exported");
    there.export_checkpoints(&log).await.expect("exported");
    assert_eq!(problems(&there, &log).await, []);
    let found = there.verify_checkpoints(&log).await.expect("verified");
    assert_eq!(found.last.expect("a line").records, 40);
}
