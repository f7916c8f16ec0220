//! Each way of altering the database from outside: refused at opening, reported by verification.

use super::*;
use vault::{Finding, OpenError, Problem};

/// Two records with three notes each (the first one corrected once) and three traces.
async fn furnished(folder: &Folder) -> [RecordId; 2] {
    let (_store, opener) = folder.start();
    let records = opener.create(2).await.expect("made");
    for record in &records {
        append(
            &opener,
            *record,
            vec![note(1, "un"), note(2, "deux"), trace(1)],
        )
        .await;
        let opened = opener.open::<Notes>(*record).await.expect("opens");
        let current = opened.current(Id([1; 16])).expect("is there");
        let drafts = vec![
            note(1, "un bis").replacing(current),
            note(3, "trois"),
            trace(2),
            trace(3),
        ];
        append(&opener, *record, drafts).await;
    }
    [records[0], records[1]]
}

/// Alters record `a` and expects it not to open, the finding, and record `b` untouched.
async fn altered(sql: &str, expected: Problem) {
    let folder = Folder::new();
    let [a, b] = furnished(&folder).await;
    let touched = folder.tamper(sql, &[(":a", a), (":b", b)]);
    assert!(touched > 0, "nothing altered by {sql}");
    let (_store, opener) = folder.start();
    let refused = opener.open::<Notes>(a).await;
    assert!(matches!(refused, Err(OpenError::Tampered)), "{sql}");
    let verdict = opener.verify(a).await.expect("verifies");
    assert!(
        verdict
            .findings
            .iter()
            .any(|finding| finding.problem == expected),
        "{sql}: {verdict:?}"
    );
    assert!(
        opener.open::<Notes>(b).await.is_ok(),
        "the other record still opens"
    );
    let refused = opener
        .append(a, vec![note(9, "x")], None, With::nothing())
        .await;
    // A head that was altered is never signed again; a row that was altered stays refused.
    assert!(
        refused.is_err() || opener.open::<Notes>(a).await.is_err(),
        "{sql}"
    );
}

#[tokio::test]
async fn a_row_of_another_person() {
    altered(
        "UPDATE entry SET (blind, header, sealed) = (SELECT blind, header, sealed \
         FROM entry WHERE record_id = :b AND volume = 2 AND seq = 2) \
         WHERE record_id = :a AND volume = 2 AND seq = 2",
        Problem::Altered,
    )
    .await;
}

#[tokio::test]
async fn an_older_row_in_place_of_the_current_one() {
    altered(
        "UPDATE entry SET (header, sealed) = (SELECT header, sealed \
         FROM entry WHERE record_id = :a AND volume = 2 AND seq = 1) \
         WHERE record_id = :a AND volume = 2 AND seq = 3",
        Problem::BrokenChain,
    )
    .await;
}

#[tokio::test]
async fn a_row_flagged_current_again() {
    altered(
        "UPDATE entry SET is_current = 1 WHERE record_id = :a AND volume = 2 AND seq = 1",
        Problem::ReFlagged,
    )
    .await;
}

#[tokio::test]
async fn a_row_flagged_no_longer_current() {
    altered(
        "UPDATE entry SET is_current = 0 WHERE record_id = :a AND volume = 2 AND seq = 2",
        Problem::ReFlagged,
    )
    .await;
}

#[tokio::test]
async fn a_flipped_bit() {
    altered(
        "UPDATE entry SET sealed = CAST(substr(sealed, 1, 20) || x'00' || substr(sealed, 22) AS BLOB) \
         WHERE record_id = :a AND volume = 2 AND seq = 2",
        Problem::Altered,
    )
    .await;
}

#[tokio::test]
async fn a_missing_row() {
    altered(
        "DELETE FROM entry WHERE record_id = :a AND volume = 2 AND seq = 2",
        Problem::Gap,
    )
    .await;
}

#[tokio::test]
async fn a_cut_end() {
    altered(
        "DELETE FROM entry WHERE record_id = :a AND volume = 2 AND seq > 2",
        Problem::BrokenChain,
    )
    .await;
}

#[tokio::test]
async fn an_older_head() {
    altered(
        "UPDATE head SET last_seq = 2 WHERE record_id = :a AND volume = 2",
        Problem::ForgedHead,
    )
    .await;
}

#[tokio::test]
async fn a_head_of_another_person() {
    altered(
        "UPDATE head SET (epoch, last_seq, chain, digest, mac) = (SELECT epoch, last_seq, chain, \
         digest, mac FROM head WHERE record_id = :b AND volume = 2) \
         WHERE record_id = :a AND volume = 2",
        Problem::ForgedHead,
    )
    .await;
}

#[tokio::test]
async fn a_missing_head() {
    altered(
        "DELETE FROM head WHERE record_id = :a AND volume = 2",
        Problem::ForgedHead,
    )
    .await;
}

/// The journal: what is altered in the middle shows in its pages; what is cut shows at start, or
/// in its pages too where each journal has a head.
#[tokio::test]
async fn traces_altered_swapped_or_cut() {
    let cases = [
        (
            "UPDATE tail SET sealed = x'00' WHERE record_id = :a AND seq = 2",
            true,
        ),
        ("DELETE FROM tail WHERE record_id = :a AND seq = 2", true),
        (
            "UPDATE tail SET (header, hash, mac, sealed) = (SELECT header, hash, mac, sealed \
             FROM tail AS other WHERE other.record_id = :a AND other.seq = 5 - tail.seq) \
             WHERE record_id = :a AND seq IN (2, 3)",
            true,
        ),
        ("DELETE FROM tail WHERE record_id = :a AND seq = 3", false),
        ("DELETE FROM tail WHERE record_id = :a", false),
    ];
    for (sql, seen_in_pages) in cases {
        let folder = Folder::new();
        let [a, _] = furnished(&folder).await;
        assert!(folder.tamper(sql, &[(":a", a)]) > 0, "{sql}");
        let seen_in_pages = seen_in_pages || folder.is_postgres();
        let (_store, opener) = folder.start();
        let page = opener.journal(a, u64::MAX, 10).await;
        assert_eq!(
            matches!(page, Err(OpenError::Tampered)),
            seen_in_pages,
            "{sql}"
        );
        let found = !opener
            .verify(a)
            .await
            .expect("verifies")
            .findings
            .is_empty();
        assert_eq!(found, seen_in_pages, "{sql}");
        assert!(seen_in_pages || !opener.tail_intact(), "{sql}");
    }
}

/// A journal with a head, where it has one.
#[tokio::test]
async fn the_head_of_a_journal_altered_or_gone() {
    for sql in [
        "DELETE FROM head WHERE record_id = :a AND volume = 6",
        "UPDATE head SET last_seq = 2 WHERE record_id = :a AND volume = 6",
        "UPDATE head SET (last_seq, chain, digest, mac) = (SELECT last_seq, chain, digest, mac \
         FROM head WHERE record_id = :b AND volume = 6) WHERE record_id = :a AND volume = 6",
    ] {
        let folder = Folder::new();
        if !folder.is_postgres() {
            return println!("skipped: CARNET_TEST_POSTGRES is not set");
        }
        let [a, b] = furnished(&folder).await;
        assert!(folder.tamper(sql, &[(":a", a), (":b", b)]) > 0, "{sql}");
        let (_store, opener) = folder.start();
        let page = opener.journal(a, u64::MAX, 10).await;
        assert!(matches!(page, Err(OpenError::Tampered)), "{sql}");
        let verdict = opener.verify(a).await.expect("verifies");
        let forged = |finding: &Finding| finding.problem == Problem::ForgedHead;
        assert!(verdict.findings.iter().any(forged), "{sql}");
        let more = opener.append(a, vec![trace(4)], None, With::nothing());
        assert!(more.await.is_err(), "{sql}");
        assert!(
            opener.journal(b, u64::MAX, 10).await.is_ok(),
            "the other one"
        );
    }
}

#[tokio::test]
async fn an_untouched_tail_is_intact() {
    let folder = Folder::new();
    furnished(&folder).await;
    let (_store, opener) = folder.start();
    assert!(opener.tail_intact());
}

/// Without the key store, a stolen database says nothing and opens nothing.
#[tokio::test]
async fn a_destroyed_key_leaves_noise() {
    let folder = Folder::new();
    let [a, _] = furnished(&folder).await;
    folder.tamper_keys("DELETE FROM record_key WHERE record_id = :a", &[(":a", a)]);
    let (_store, opener) = folder.start();
    assert!(matches!(
        opener.open::<Notes>(a).await,
        Err(OpenError::Unknown)
    ));
}
