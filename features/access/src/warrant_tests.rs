use ambient::SeededRandom;

use super::*;
use crate::Right;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + minute * 60).expect("an instant")
}

fn asked() -> Asked {
    Asked {
        at: at(0),
        whose: Whose::Professional("899".to_owned()),
        from: at(-100),
        to: at(0),
        letters: false,
        reason: "une plainte".to_owned(),
        alert: false,
        approvals: vec![],
        readings: vec![],
    }
}

fn operators() -> (Vec<PersonalKey>, Vec<Operator>) {
    let keys: Vec<_> = (1..=3)
        .map(|seed| PersonalKey::draw(&SeededRandom::new(seed)))
        .map(|text| PersonalKey::read(text.expose()).expect("a key"))
        .collect();
    let declared = ["Alix", "Bruno"].iter().zip(&keys);
    let declared = declared.map(|(name, key)| Operator {
        name: (*name).to_owned(),
        key: key.public(),
    });
    let declared = declared.collect();
    (keys, declared)
}

fn sign(asked: &mut Asked, id: Id, key: &PersonalKey, by: &str) {
    let signature = key.sign(asked.text(id).as_bytes());
    asked.approvals.push(Approval {
        by: by.to_owned(),
        at: at(1),
        signature,
    });
}

#[test]
fn it_takes_the_signatures_of_two_declared_operators() {
    let (id, (keys, declared)) = (Id([7; 16]), operators());
    let mut one = asked();
    assert_eq!(one.holds(id, &declared, at(2)), Err(NotRead::TooFew(0)));
    sign(&mut one, id, &keys[0], "Alix");
    sign(&mut one, id, &keys[0], "Bruno");
    assert_eq!(one.holds(id, &declared, at(2)), Err(NotRead::TooFew(1)));
    sign(&mut one, id, &keys[2], "Bruno");
    assert_eq!(one.holds(id, &declared, at(2)), Err(NotRead::TooFew(1)));
    sign(&mut one, id, &keys[1], "Bruno");
    assert_eq!(one.holds(id, &declared, at(2)), Ok(()));
    assert_eq!(
        one.holds(id, &declared, at(8 * 24 * 60)),
        Err(NotRead::Ended)
    );
    // One key under two names is one person.
    let twice = [0, 0].map(|_| declared[0].clone());
    assert_eq!(one.holds(id, &twice, at(2)), Err(NotRead::TooFew(1)));
}

#[test]
fn what_was_signed_is_what_is_read() {
    let (id, (keys, declared)) = (Id([7; 16]), operators());
    let mut signed = asked();
    sign(&mut signed, id, &keys[0], "Alix");
    sign(&mut signed, id, &keys[1], "Bruno");
    let changes: [fn(&mut Asked); 5] = [
        |one| one.whose = Whose::Professional("898".to_owned()),
        |one| one.whose = Whose::Organisation("899".to_owned()),
        |one| one.from = at(-101),
        |one| one.letters = true,
        |one| one.reason = "une autre".to_owned(),
    ];
    for change in changes {
        let mut other = signed.clone();
        change(&mut other);
        assert!(other.approved_by(id, &declared).is_empty(), "{other:?}");
    }
    assert!(signed.approved_by(Id([8; 16]), &declared).is_empty());
}

#[test]
fn a_first_opening_is_the_first_that_is_more_than_a_name() {
    let line = |minute, act, record: u8, place: &str| Opening {
        id: Id([u8::try_from(minute).expect("small"); 16]),
        at: at(i64::from(minute) - 50),
        by: "899".to_owned(),
        act,
        right: Right::Search,
        record: RecordId(Id([record; 16])),
        place: place.to_owned(),
    };
    let all = vec![
        line(9, Act::Read, 1, "b"),
        line(8, Act::Read, 2, "a"),
        line(3, Act::List, 1, "a"),
        line(2, Act::DeclareConsent, 1, "a"),
        line(1, Act::FindPerson, 1, "a"),
    ];
    let firsts = |asked: &Asked| {
        let lines = read(all.clone(), asked);
        lines.iter().map(|one| one.first).collect::<Vec<_>>()
    };
    assert_eq!(firsts(&asked()), [false, true, false, true, false]);
    let there = Asked {
        whose: Whose::Organisation("b".to_owned()),
        ..asked()
    };
    assert_eq!(firsts(&there), [false], "known from another place");
    let later = Asked {
        from: at(3 - 50),
        ..asked()
    };
    assert_eq!(firsts(&later), [false, true, false]);
}
