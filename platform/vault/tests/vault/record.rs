use super::*;
use vault::{OpenError, WriteError};

#[tokio::test]
async fn what_is_appended_is_there_after_a_restart() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    append(&opener, record, vec![note(1, "un"), trace(9)]).await;
    append(&opener, record, vec![note(2, "deux"), trace(8)]).await;
    assert_eq!(texts(&opener, record).await, ["un", "deux"]);
    drop((store, opener));

    let (_store, opener) = folder.start();
    assert_eq!(texts(&opener, record).await, ["un", "deux"]);
    append(&opener, record, vec![trace(7)]).await;
    let journal = opener.journal(record, u64::MAX, 10).await.expect("reads");
    let seen: Vec<_> = journal
        .iter()
        .map(|entry| (entry.seq, entry.id.0[0]))
        .collect();
    assert_eq!(seen, [(3, 7), (2, 8), (1, 9)], "newest first");
    let older = opener.journal(record, 3, 1).await.expect("reads");
    assert_eq!(older[0].seq, 2, "a page goes on where the last one stopped");
    assert!(
        opener
            .verify(record)
            .await
            .expect("verifies")
            .findings
            .is_empty()
    );
}

#[tokio::test]
async fn of_two_that_begin_a_thing_at_once_one_does() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    let empty = opener.open::<Notes>(record).await.expect("opens");
    append(&opener, record, vec![empty.over(note(1, "un"))]).await;
    let second = empty.over(note(1, "le même"));
    let refused = opener
        .append(record, vec![second], None, With::nothing())
        .await;
    assert!(matches!(refused, Err(WriteError::Moved)));
    assert_eq!(texts(&opener, record).await, ["un"]);

    let opened = opener.open::<Notes>(record).await.expect("opens");
    append(&opener, record, vec![opened.over(note(1, "corrigé"))]).await;
    assert_eq!(texts(&opener, record).await, ["corrigé"]);
}

#[tokio::test]
async fn a_later_version_replaces_exactly_the_one_that_was_read() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    append(&opener, record, vec![note(1, "un"), note(2, "deux")]).await;
    let opened = opener.open::<Notes>(record).await.expect("opens");
    let current = opened.current(Id([1; 16])).expect("is there");
    append(
        &opener,
        record,
        vec![note(1, "un, corrigé").replacing(current)],
    )
    .await;

    let again = note(1, "trop tard").replacing(current);
    let refused = opener
        .append(record, vec![again], None, With::nothing())
        .await;
    assert!(matches!(refused, Err(WriteError::Moved)));
    assert_eq!(texts(&opener, record).await, ["deux", "un, corrigé"]);
    let opened = opener.open::<Notes>(record).await.expect("opens");
    assert_eq!(opened.current(Id([1; 16])).expect("is there").version, 2);
    assert!(
        opener
            .verify(record)
            .await
            .expect("verifies")
            .findings
            .is_empty()
    );
}

#[tokio::test]
async fn an_append_on_condition_does_nothing_once_the_volume_moved() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    append(&opener, record, vec![note(1, "un")]).await;
    let on = |last| Some((Volume::Clinical, last));
    opener
        .append(record, vec![trace(1)], on(1), With::nothing())
        .await
        .expect("still at 1");
    append(&opener, record, vec![note(2, "deux")]).await;
    let refused = opener
        .append(record, vec![trace(2)], on(1), With::nothing())
        .await;
    assert!(matches!(refused, Err(WriteError::Moved)));
    assert_eq!(
        opener
            .journal(record, u64::MAX, 10)
            .await
            .expect("reads")
            .len(),
        1
    );
}

#[tokio::test]
async fn a_refused_change_beside_the_entries_refuses_them_all() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let records = opener.create(2).await.expect("made");
    let claim = |record| store.claim("Document", "urn:oid:1.2.3", record);
    opener
        .append(records[0], vec![note(1, "un")], None, claim(records[0]))
        .await
        .expect("first");
    let second = opener
        .append(records[1], vec![note(1, "un")], None, claim(records[1]))
        .await;
    assert!(matches!(second, Err(WriteError::Beside(0))));
    assert!(texts(&opener, records[1]).await.is_empty());
    assert_eq!(
        store
            .locate("Document", "urn:oid:1.2.3")
            .await
            .expect("found"),
        Some(records[0])
    );
    assert_eq!(
        store
            .locate("Document", "urn:oid:9")
            .await
            .expect("searched"),
        None
    );
}

#[tokio::test]
async fn many_writers_share_groups_and_the_chain_holds() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let opener = Arc::new(opener);
    let records = opener.create(3).await.expect("made");
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..120_u8 {
        let (opener, record) = (Arc::clone(&opener), records[usize::from(n % 3)]);
        tasks.spawn(async move {
            append(&opener, record, vec![note(n, "x"), trace(n)]).await;
            texts(&opener, record).await.len()
        });
    }
    tasks.join_all().await;
    for record in records {
        assert_eq!(texts(&opener, record).await.len(), 40);
        let verdict = opener.verify(record).await.expect("verifies");
        assert_eq!((verdict.entries, verdict.findings.len()), (80, 0));
    }
}

/// Groups are run as one and, when one of them is refused, again with each by itself.
#[tokio::test]
async fn who_is_refused_in_a_group_leaves_nothing_and_the_others_whole() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let (store, opener) = (Arc::new(store), Arc::new(opener));
    let records = opener.create(3).await.expect("made");
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..120_u8 {
        let (store, opener) = (Arc::clone(&store), Arc::clone(&opener));
        let record = records[usize::from(n % 3)];
        tasks.spawn(async move {
            // Each name is wanted by four.
            let claim = store.claim("Document", &format!("urn:oid:{}", n % 30), record);
            let drafts = vec![note(n, "x"), trace(n)];
            match opener.append(record, drafts, None, claim).await {
                Ok(_) => 1,
                Err(WriteError::Beside(0)) => 0,
                Err(other) => panic!("{other}"),
            }
        });
    }
    let done: usize = tasks.join_all().await.into_iter().sum();
    assert_eq!(done, 30);
    let mut kept = 0;
    for record in &records {
        let verdict = opener.verify(*record).await.expect("verifies");
        assert!(verdict.findings.is_empty(), "{:?}", verdict.findings);
        let notes = texts(&opener, *record).await.len();
        assert_eq!(verdict.entries, 2 * notes as u64);
        kept += notes;
    }
    assert_eq!(kept, 30);
    // What counts the tail as a whole counted those alone.
    drop((store, opener));
    let (_store, opener) = folder.start();
    assert!(opener.tail_intact());
}

#[tokio::test]
async fn destroyed_bytes_are_gone_and_the_chain_still_verifies() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    append(&opener, record, vec![note(1, "secret"), note(2, "reste")]).await;
    let opened = opener.open::<Notes>(record).await.expect("opens");
    let current = opened.current(Id([1; 16])).expect("is there");
    let mut stone = note(1, "pierre").replacing(current);
    stone.destroy = true;
    append(&opener, record, vec![stone]).await;
    assert_eq!(texts(&opener, record).await, ["reste", "pierre"]);
    assert!(
        opener
            .verify(record)
            .await
            .expect("verifies")
            .findings
            .is_empty()
    );
}

#[tokio::test]
async fn an_unknown_record_does_not_open() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let nobody = RecordId(Id([1; 16]));
    assert!(matches!(
        opener.open::<Notes>(nobody).await,
        Err(OpenError::Unknown)
    ));
}
