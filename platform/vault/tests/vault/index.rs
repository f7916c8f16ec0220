use super::*;
use jiff::{SignedDuration, Timestamp};
use vault::store::{Account, NewInsured};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("an instant")
}

#[tokio::test]
async fn attempts_are_counted_in_a_window() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let hour = SignedDuration::from_hours(1);
    let attempt = |second| store.attempt("sign-in", b"camille", 2, hour, at(second));
    assert!(attempt(0).await.expect("counted"));
    assert!(attempt(10).await.expect("counted"));
    assert!(!attempt(20).await.expect("counted"), "the third");
    assert!(
        store
            .attempt("sign-in", b"leo", 2, hour, at(20))
            .await
            .expect("someone else")
    );
    assert!(attempt(3601).await.expect("counted"), "a new window");
    store
        .forget_attempts("sign-in", b"camille")
        .await
        .expect("forgotten");
    assert!(attempt(3602).await.expect("counted"));
    assert!(
        attempt(3603).await.expect("counted"),
        "the count began again"
    );
    assert!(
        !store
            .attempt("never", b"x", 0, hour, at(0))
            .await
            .expect("a limit of none")
    );
}

#[tokio::test]
async fn a_thing_is_first_seen_once() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    assert!(
        store
            .first_seen("jti", b"1", at(60), at(0))
            .await
            .expect("new")
    );
    assert!(
        !store
            .first_seen("jti", b"1", at(60), at(1))
            .await
            .expect("again")
    );
    assert!(
        store
            .first_seen("jti", b"1", at(120), at(61))
            .await
            .expect("long after")
    );
}

#[tokio::test]
async fn a_pending_step_has_its_tries_and_its_time() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    store
        .put_pending("code", b"h", at(600), b"123456")
        .await
        .expect("kept");
    assert_eq!(
        store
            .pending("code", b"h", at(1))
            .await
            .expect("read")
            .as_deref(),
        Some(&b"123456"[..])
    );
    assert_eq!(
        store.pending("other", b"h", at(1)).await.expect("read"),
        None
    );
    for n in 0..4 {
        assert_eq!(
            store
                .try_pending("code", b"h", 3, at(2))
                .await
                .expect("tried"),
            n < 3
        );
    }
    assert_eq!(
        store.pending("code", b"h", at(600)).await.expect("read"),
        None,
        "expired"
    );
    assert!(
        store
            .take_pending("code", b"h", at(3))
            .await
            .expect("taken")
            .is_some()
    );
    assert!(
        store
            .take_pending("code", b"h", at(3))
            .await
            .expect("taken")
            .is_none(),
        "once"
    );
}

#[tokio::test]
async fn accounts_and_the_registry_are_found_by_key_and_linked_once() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    let row = NewInsured {
        number: "1".repeat(15),
        card: "42".into(),
        body: b"traits".to_vec(),
        traits: Some("DOE|JANE".to_owned()),
    };
    store.put_insured(&[row]).await.expect("imported");
    let found = store
        .insured(&"1".repeat(15), "42")
        .await
        .expect("searched")
        .expect("there");
    assert!(found.card_matches() && found.record.is_none() && found.body == b"traits");
    let wrong = store
        .insured(&"1".repeat(15), "43")
        .await
        .expect("searched")
        .expect("there");
    assert!(!wrong.card_matches());
    store
        .apply(store.link_insured(&"1".repeat(15), record))
        .await
        .expect("linked");
    assert!(
        store
            .apply(store.link_insured(&"1".repeat(15), record))
            .await
            .is_err(),
        "once"
    );

    let account = Account {
        id: Id([1; 16]),
        record,
        password: "$argon2id$".into(),
    };
    store
        .apply(store.add_account("camille.d", &account, at(0)))
        .await
        .expect("added");
    assert!(
        store
            .apply(store.add_account("camille.d", &account, at(0)))
            .await
            .is_err(),
        "taken"
    );
    assert_eq!(
        store
            .account("camille.d")
            .await
            .expect("searched")
            .expect("there")
            .record,
        record
    );
    assert!(store.account("camille").await.expect("searched").is_none());
    assert_eq!(
        store
            .account_of(record)
            .await
            .expect("searched")
            .expect("there")
            .id,
        account.id
    );
}

#[tokio::test]
async fn sessions_end() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let account = Id([3; 16]);
    store
        .start_session(b"t1", account, at(0), at(900), b"one")
        .await
        .expect("started");
    store
        .start_session(b"t2", account, at(0), at(900), b"two")
        .await
        .expect("started");
    let session = store
        .session(b"t1", at(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (session.account, session.body.as_slice()),
        (account, &b"one"[..])
    );
    store
        .touch_session(&session.hash, at(800), at(1700))
        .await
        .expect("touched");
    assert!(
        store.session(b"t2", at(900)).await.expect("read").is_none(),
        "ended by itself"
    );
    assert_eq!(
        store
            .sessions_of(account, at(900))
            .await
            .expect("listed")
            .len(),
        1
    );
    store.end_session(&session.hash).await.expect("ended");
    assert!(store.session(b"t1", at(801)).await.expect("read").is_none());
}

/// What is in use is remembered; ending it forgets it before the answer.
#[tokio::test]
async fn what_is_ended_is_over_at_once_even_while_it_is_in_use() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    let account = Id([3; 16]);
    for token in [b"t1", b"t2"] {
        let started = store.start_session(token, account, at(0), at(900), b"old");
        started.await.expect("started");
    }
    let read = async |token: &[u8]| {
        let session = store.session(token, at(1)).await.expect("read");
        session.map(|session| session.body)
    };
    assert_eq!(read(b"t1").await.as_deref(), Some(&b"old"[..]));
    assert_eq!(read(b"t2").await.as_deref(), Some(&b"old"[..]));
    let hash = vault::chain::hash(b"t1");
    store.update_session(&hash, b"new").await.expect("changed");
    assert_eq!(read(b"t1").await.as_deref(), Some(&b"new"[..]));
    let late = store.session(b"t1", at(900)).await.expect("read");
    assert!(late.is_none(), "ended by itself");
    store.end_sessions(account).await.expect("ended");
    assert_eq!((read(b"t1").await, read(b"t2").await), (None, None));

    let issued = store.issue_token("token", "client", at(900), b"scopes");
    issued.await.expect("issued");
    for _ in 0..2 {
        assert!(store.token("token", at(1)).await.expect("read").is_some());
    }
    assert!(store.token("token", at(900)).await.expect("read").is_none());
    store.revoke_tokens("client").await.expect("revoked");
    assert!(store.token("token", at(1)).await.expect("read").is_none());
}

#[tokio::test]
async fn our_names_say_where_they_belong_and_nobody_elses_do() {
    let folder = Folder::new();
    let (store, opener) = folder.start();
    let records = opener.create(2).await.expect("made");
    for record in &records {
        append(&opener, *record, vec![note(1, "un")]).await;
        let names = [store.name_in(*record), store.name_in(*record)];
        assert_ne!(names[0], names[1]);
        assert_ne!(names[0].0[..8], names[1].0[..8], "nothing is alike");
        for name in names {
            assert_eq!(store.records_of(name).await.expect("found"), [*record]);
        }
    }
    let foreign = store.records_of(Id([7; 16])).await;
    assert_eq!(foreign.expect("searched"), []);
}

#[tokio::test]
async fn what_is_gathered_is_told_once_and_what_comes_since_waits() {
    let folder = Folder::new();
    let (store, _opener) = folder.start();
    for body in [b"1", b"2"] {
        let put = store.gather(b"camille, Monday", body);
        store.apply(put).await.expect("gathered");
    }
    let put = store.gather(b"leo, Monday", b"3");
    store.apply(put).await.expect("gathered");
    let told = store.gathered(b"camille, Monday").await.expect("read");
    assert_eq!(told.bodies, [b"1", b"2"]);
    let put = store.gather(b"camille, Monday", b"4");
    store.apply(put).await.expect("gathered");
    let gone = store.told(b"camille, Monday", &told);
    store.apply(gone).await.expect("told");
    let left = store.gathered(b"camille, Monday").await.expect("read");
    assert_eq!(left.bodies, [b"4"]);
    let other = store.gathered(b"leo, Monday").await.expect("read");
    assert_eq!(other.bodies, [b"3"]);
}
