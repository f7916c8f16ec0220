//! « Which records did this account open? »: answered from its register, once two people said so;
//! with the letters to those concerned; kept for a time.

use access::{
    Act, Refused,
    warrant::{Asked, Line, NotRead, Operator, Warrant, Whose},
};
use ambient::{Id, SeededRandom};
use carnet::{erasures, registers};
use jiff::SignedDuration;
use vault::{RecordId, keys::PersonalKey};

use super::bed::Bed;

/// Dr Martin.
const MARTIN: &str = "899900000011";
/// Her practice.
const PRACTICE: &str = "1990000017";

struct Two {
    keys: [PersonalKey; 2],
    declared: Vec<Operator>,
}

fn two() -> Two {
    let keys = [1, 2].map(|seed| {
        let text = PersonalKey::draw(&SeededRandom::new(seed));
        PersonalKey::read(text.expose()).expect("a key")
    });
    let declared = ["Alix", "Bruno"].iter().zip(&keys);
    let declared = declared.map(|(name, key)| Operator {
        name: (*name).to_owned(),
        key: key.public(),
    });
    Two {
        declared: declared.collect(),
        keys,
    }
}

async fn record(bed: &Bed, name: &str) -> RecordId {
    let number = &bed.persona(name).number;
    let row = bed.demo.app.store.insured(number, "").await;
    row.expect("searched").expect("known").record.expect("open")
}

/// What was asked, and its number.
async fn ask(bed: &Bed, whose: Whose, letters: bool) -> (Id, String) {
    let app = &bed.demo.app;
    let asked = Asked {
        at: app.now(),
        whose,
        from: app.now() - SignedDuration::from_hours(48),
        to: app.now(),
        letters,
        reason: "plainte reçue ce matin".to_owned(),
        alert: false,
        approvals: vec![],
        readings: vec![],
    };
    let id = app.gate.ask_register(asked.clone()).await.expect("asked");
    (id, asked.text(id))
}

async fn warrant(bed: &Bed, two: &Two, whose: Whose, letters: bool) -> Warrant {
    let app = &bed.demo.app;
    let (id, text) = ask(bed, whose, letters).await;
    for key in &two.keys {
        let signature = key.sign(text.as_bytes());
        let approved = app
            .gate
            .approve_register(id, &two.declared, &signature, app.now());
        approved.await.expect("written").expect("theirs");
    }
    let given = app.gate.warrant(id, &two.declared, app.now()).await;
    given.expect("looked").expect("approved")
}

async fn lines(bed: &Bed, two: &Two, whose: Whose) -> Vec<Line> {
    let warrant = warrant(bed, two, whose, false).await;
    let lines = bed.demo.app.gate.read_register(&warrant).await;
    lines.expect("read")
}

fn martin() -> Whose {
    Whose::Professional(MARTIN.to_owned())
}

#[tokio::test]
async fn what_an_account_opened_is_answered_once_two_people_said_so() {
    let (bed, two) = (Bed::new().await, two());
    let app = &bed.demo.app;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    bed.advance(SignedDuration::from_mins(11));
    let page = doctor.get("/pro").await.expect("a page");
    assert_eq!(page.status, 200);
    bed.consent(&bed.professional("Nguyen").await, "Camille")
        .await;
    bed.work().await;

    // One alone does not, nor a stranger, nor the same twice.
    let (id, text) = ask(&bed, martin(), false).await;
    let refused = |few| NotRead::TooFew(few);
    let try_it = || async {
        let tried = app.gate.warrant(id, &two.declared, app.now()).await;
        tried.expect("looked").map(drop)
    };
    assert_eq!(try_it().await, Err(refused(0)));
    let own = two.keys[0].sign(text.as_bytes());
    for _ in 0..2 {
        let approved = app
            .gate
            .approve_register(id, &two.declared, &own, app.now());
        assert_eq!(approved.await.expect("written"), Ok("Alix".to_owned()));
    }
    assert_eq!(try_it().await, Err(refused(1)));
    let forged = "ab".repeat(64);
    let forged = app
        .gate
        .approve_register(id, &two.declared, &forged, app.now());
    assert_eq!(forged.await.expect("looked"), Err(NotRead::Stranger));
    let alone = app.gate.warrant_of_alert(MARTIN, false, app.now()).await;
    let alone = alone.expect("looked").map(drop);
    assert_eq!(alone, Err(NotRead::NoAlert));

    // Two do: what was done, by which right, first or not; nothing of a colleague's.
    let camille = record(&bed, "Camille").await;
    let seen = lines(&bed, &two, martin()).await;
    let theirs: Vec<_> = seen
        .iter()
        .filter(|line| line.opening.record == camille)
        .collect();
    let acts: Vec<_> = theirs.iter().map(|line| line.opening.act).collect();
    for act in [Act::FindPerson, Act::DeclareConsent, Act::ReadSummary] {
        assert!(acts.contains(&act), "{act:?} {acts:?}");
    }
    let firsts = theirs.iter().filter(|line| line.first);
    let firsts: Vec<_> = firsts.map(|line| line.opening.act).collect();
    assert_eq!(firsts, [Act::DeclareConsent]);
    assert!(
        seen.iter().all(|line| line.opening.by == MARTIN),
        "{seen:?}"
    );
    assert!(
        theirs.iter().all(|line| line.opening.place == PRACTICE),
        "{theirs:?}"
    );
    // Who reads it leaves a line.
    let asked = app.gate.asked_registers().await.expect("read");
    let (_, newest) = asked.iter().find(|(other, _)| *other != id).expect("one");
    assert_eq!(newest.readings[0].lines, seen.len());
    // Of an organisation: all accounts used there, and no other place's.
    let place = Whose::Organisation(PRACTICE.to_owned());
    let there = lines(&bed, &two, place).await;
    assert_eq!(there.len(), seen.len());
}

#[tokio::test]
async fn letters_are_prepared_without_a_word_of_health_and_leave_a_line() {
    let (bed, two) = (Bed::new().await, two());
    let app = &bed.demo.app;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    bed.work().await;
    let without = warrant(&bed, &two, martin(), false).await;
    let table = registers::read(app, without).await.expect("read");
    let folder = bed.folder.join("letters-to-post");
    let refused = registers::write_letters(app, &table, &folder).await;
    assert!(refused.is_err(), "names were not asked for");

    let with = warrant(&bed, &two, martin(), true).await;
    let table = registers::read(app, with).await.expect("read");
    let csv = table.read.csv();
    assert!(csv.contains("a déclaré l’accord de la personne"), "{csv}");
    assert!(csv.contains(";oui\n"), "{csv}");
    let written = registers::write_letters(app, &table, &folder).await;
    let written = written.expect("written");
    assert!(written.letters >= 1, "{written:?}");
    let mut letters = String::new();
    for file in std::fs::read_dir(&folder).expect("a folder") {
        let path = file.expect("a file").path();
        letters += &std::fs::read_to_string(path).expect("a letter");
    }
    assert!(letters.contains("Camille"), "{letters}");
    assert!(letters.contains("12\u{a0}juin\u{a0}2026"), "{letters}");
    assert!(!letters.contains('⟦'), "{letters}");
    let lower = letters.to_lowercase();
    for word in [
        "martin", "glycines", "médecin", "médec", "maladie", "soin", "santé",
    ] {
        assert!(!lower.contains(word), "« {word} » in {letters}");
    }
    let holder = bed.sign_in("Camille").await;
    let history = holder.get("/historique").await.expect("a page");
    assert!(
        history.has("Consultation des réglages"),
        "{}",
        history.words()
    );
}

#[tokio::test]
async fn a_register_ends_with_its_time_and_names_nobody_who_was_erased() {
    let (bed, two) = (Bed::new().await, two());
    let app = &bed.demo.app;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    bed.work().await;
    let camille = record(&bed, "Camille").await;
    erasures::erase(app, camille).await.expect("erased");
    let with = warrant(&bed, &two, martin(), true).await;
    let seen = app.gate.read_register(&with).await.expect("read");
    assert!(seen.iter().any(|line| line.opening.record == camille));
    let names = app.gate.concerned(&with, &[camille]).await.expect("looked");
    let names = names.expect("asked for");
    assert!(matches!(names[..], [None]), "{names:?}");

    // Twice the same job is once; the key is destroyed, and the register of erasures says so.
    let before = app.gate.records().await.expect("records").len();
    let kept = app.limits.registers;
    bed.advance(kept);
    bed.work().await;
    assert!(lines(&bed, &two, martin()).await.is_empty());
    let after = app.gate.records().await.expect("records").len();
    assert_eq!(before - after, 2, "the account's and the place's");
    assert_eq!(erasures::catch_up(app).await.expect("followed"), 0);
    // And what comes late has no register any more.
    let late = app.gate.file_opening(b"{}").await;
    assert!(matches!(late, Err(Refused::Failed(_))), "not one of ours");
}
