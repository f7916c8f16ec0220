//! The packed journal: nothing changes for who reads it, and nothing of it is altered unnoticed.

use super::*;
use vault::{OpenError, Problem};

/// Lines in one page that holds everything.
const ALL: usize = 1_000;

async fn traces(opener: &Opener, record: RecordId, ids: std::ops::Range<u8>) {
    append(opener, record, ids.map(trace).collect()).await;
}

/// The first byte of the ids of a page, oldest first.
async fn page(opener: &Opener, record: RecordId, before: u64, limit: usize) -> Vec<u8> {
    let read = opener.journal(record, before, limit).await.expect("reads");
    read.iter().rev().map(|entry| entry.id.0[0]).collect()
}

async fn assert_sound(opener: &Opener, record: RecordId, entries: u64) {
    let verdict = opener.verify(record).await.expect("verifies");
    assert_eq!((verdict.entries, verdict.findings), (entries, vec![]));
}

#[tokio::test]
async fn a_packed_journal_reads_as_before() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let records = opener.create(2).await.expect("made");
    let (a, b) = (records[0], records[1]);
    traces(&opener, a, 0..100).await;
    traces(&opener, b, 0..3).await;
    assert_eq!(
        opener.pack(103).await.expect("packs").lines,
        0,
        "few enough"
    );
    let packed = opener.pack(0).await.expect("packs");
    assert_eq!((packed.lines, packed.left), (103, 0));
    assert_eq!(
        page(&opener, a, u64::MAX, ALL).await,
        Vec::from_iter(0..100)
    );
    assert_eq!(page(&opener, b, u64::MAX, ALL).await, [0, 1, 2]);

    // It goes on, in the tail and then in the segment that was not full.
    traces(&opener, a, 100..140).await;
    assert_eq!(
        page(&opener, a, u64::MAX, 45).await,
        Vec::from_iter(95..140)
    );
    assert_sound(&opener, a, 140).await;
    assert_eq!(opener.pack(0).await.expect("packs").lines, 40);
    traces(&opener, a, 140..150).await;
    drop((store, opener));

    let (_store, opener) = folder.start();
    assert!(opener.tail_intact());
    for before in [1, 2, 64, 65, 66, 128, 129, 140, 141, 142, 151, u64::MAX] {
        for limit in [0, 1, 5, 64, 65, ALL] {
            let end = before.min(151) - 1;
            let start = end.saturating_sub(limit as u64);
            let expected: Vec<u8> = (start..end).map(|n| n.to_le_bytes()[0]).collect();
            assert_eq!(
                page(&opener, a, before, limit).await,
                expected,
                "{before} {limit}"
            );
        }
    }
    assert_sound(&opener, a, 150).await;
    assert_sound(&opener, b, 3).await;
    if let Some(last) = opener.journal_last(b) {
        assert_eq!(last, 3);
    }
    append(&opener, b, vec![trace(9)]).await;
    assert_eq!(page(&opener, b, u64::MAX, ALL).await, [0, 1, 2, 9]);
}

/// Many write and read while others pack: each page is whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn packing_goes_on_beside_readers_and_writers() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let opener = Arc::new(opener);
    let records = opener.create(4).await.expect("made");
    let mut tasks = tokio::task::JoinSet::new();
    for record in records.clone() {
        let writer = Arc::clone(&opener);
        tasks.spawn(async move {
            for id in 0..150 {
                append(&writer, record, vec![trace(id)]).await;
            }
        });
        let reader = Arc::clone(&opener);
        tasks.spawn(async move {
            let mut seen = 0;
            while seen < 150 {
                let now = page(&reader, record, u64::MAX, ALL).await.len();
                assert!(now >= seen, "{now} lines after {seen}");
                seen = now;
            }
        });
    }
    let packer = Arc::clone(&opener);
    let packing = tokio::spawn(async move {
        loop {
            packer.pack(10).await.expect("packs");
            tokio::task::yield_now().await;
        }
    });
    while let Some(done) = tasks.join_next().await {
        done.expect("does not panic");
    }
    packing.abort();
    for record in records {
        assert_sound(&opener, record, 150).await;
    }
}

#[tokio::test]
async fn what_has_no_key_or_was_altered_stays_in_the_tail() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let records = opener.create(3).await.expect("made");
    for record in &records {
        traces(&opener, *record, 0..5).await;
    }
    drop((store, opener));
    let names = [(":a", records[0]), (":b", records[1])];
    folder.tamper_keys("DELETE FROM record_key WHERE record_id = :a", &names);
    folder.tamper(
        "UPDATE tail SET sealed = x'00' WHERE record_id = :b AND seq = 2",
        &names,
    );
    let (_store, opener) = folder.start();
    let packed = opener.pack(0).await.expect("packs");
    assert_eq!((packed.lines, packed.left), (5, 10));
    assert_sound(&opener, records[2], 5).await;
    let read = opener.journal(records[1], u64::MAX, ALL).await;
    assert!(matches!(read, Err(OpenError::Tampered)));
}

/// A journal of two full segments, one that is not full, and two lines in the tail; a second record.
async fn packed(folder: &Folder) -> [RecordId; 2] {
    let (_store, opener) = folder.start();
    let records = opener.create(2).await.expect("made");
    for record in &records {
        traces(&opener, *record, 0..130).await;
    }
    opener.pack(0).await.expect("packs");
    traces(&opener, records[0], 130..132).await;
    [records[0], records[1]]
}

#[tokio::test]
async fn segments_missing_older_swapped_or_altered() {
    let of_a = "record_id = :a AND volume = 6";
    let cases = [
        // A whole segment, at each place.
        (
            format!("DELETE FROM segment WHERE {of_a} AND first_seq = 1"),
            Problem::Gap,
        ),
        (
            format!("DELETE FROM segment WHERE {of_a} AND first_seq = 65"),
            Problem::Gap,
        ),
        (
            format!("DELETE FROM segment WHERE {of_a} AND first_seq = 129"),
            Problem::Gap,
        ),
        (format!("DELETE FROM segment WHERE {of_a}"), Problem::Gap),
        // One of another person, or of another place.
        (
            format!(
                "UPDATE segment SET sealed = (SELECT sealed FROM segment AS other \
                 WHERE other.record_id = :b AND other.first_seq = segment.first_seq) \
                 WHERE {of_a} AND first_seq = 65"
            ),
            Problem::Altered,
        ),
        (
            format!(
                "UPDATE segment SET sealed = (SELECT sealed FROM segment AS other \
                 WHERE other.record_id = :a AND other.first_seq = 66 - segment.first_seq) \
                 WHERE {of_a} AND first_seq IN (1, 65)"
            ),
            Problem::Altered,
        ),
        (
            format!(
                "UPDATE segment SET sealed = CAST(substr(sealed, 1, 20) || x'00' || \
                 substr(sealed, 22) AS BLOB) WHERE {of_a} AND first_seq = 1"
            ),
            Problem::Altered,
        ),
        (
            format!("UPDATE segment SET last_seq = 129 WHERE {of_a} AND first_seq = 129"),
            Problem::Altered,
        ),
        // The head that closes them.
        (
            format!("DELETE FROM head WHERE {of_a}"),
            Problem::ForgedHead,
        ),
        (
            format!("UPDATE head SET last_seq = 64 WHERE {of_a}"),
            Problem::ForgedHead,
        ),
        // The tail after them.
        (
            "DELETE FROM tail WHERE record_id = :a AND seq = 131".to_owned(),
            Problem::Gap,
        ),
    ];
    for (sql, expected) in cases {
        let folder = Folder::new();
        let [a, b] = packed(&folder).await;
        assert!(folder.tamper(&sql, &[(":a", a), (":b", b)]) > 0, "{sql}");
        let (_store, opener) = folder.start();
        let read = opener.journal(a, u64::MAX, ALL).await;
        assert!(matches!(read, Err(OpenError::Tampered)), "{sql}");
        let findings = opener.verify(a).await.expect("verifies").findings;
        let found = findings.iter().any(|finding| finding.problem == expected);
        assert!(found, "{sql}: {findings:?}");
        assert_sound(&opener, b, 130).await;
        // What was altered is not packed, and its head never signed again.
        opener.pack(0).await.expect("packs");
        let read = opener.journal(a, u64::MAX, ALL).await;
        assert!(matches!(read, Err(OpenError::Tampered)), "packed: {sql}");
    }
}

/// The segment as it was before it was filled, put back in place of the fuller one.
#[tokio::test]
async fn an_older_segment() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let a = opener.create(1).await.expect("made")[0];
    traces(&opener, a, 0..10).await;
    opener.pack(0).await.expect("packs");
    drop((store, opener));
    folder.tamper("CREATE TABLE older AS SELECT * FROM segment", &[]);
    let (store, opener) = folder.start();
    traces(&opener, a, 10..20).await;
    opener.pack(0).await.expect("packs");
    drop((store, opener));
    folder.tamper("DELETE FROM segment", &[]);
    folder.tamper("INSERT INTO segment SELECT * FROM older", &[]);
    let (_store, opener) = folder.start();
    let read = opener.journal(a, u64::MAX, ALL).await;
    assert!(matches!(read, Err(OpenError::Tampered)));
    let findings = opener.verify(a).await.expect("verifies").findings;
    assert!(
        findings
            .iter()
            .any(|finding| finding.problem == Problem::BrokenChain)
    );
    append(&opener, a, vec![trace(20)]).await;
    assert_eq!(opener.pack(0).await.expect("packs").left, 1);
}

/// All lines packed, the tail empty: segments without their head do not pass for an empty journal.
#[tokio::test]
async fn segments_without_their_head() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let a = opener.create(1).await.expect("made")[0];
    traces(&opener, a, 0..10).await;
    opener.pack(0).await.expect("packs");
    drop((store, opener));
    folder.tamper(
        "DELETE FROM head WHERE record_id = :a AND volume = 6",
        &[(":a", a)],
    );
    let (_store, opener) = folder.start();
    let read = opener.journal(a, u64::MAX, ALL).await;
    assert!(matches!(read, Err(OpenError::Tampered)));
    let findings = opener.verify(a).await.expect("verifies").findings;
    assert!(
        findings
            .iter()
            .any(|finding| finding.problem == Problem::ForgedHead)
    );
}
