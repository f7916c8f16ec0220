//! Who may say that something is wrong with a document: whoever reads it, where there is somebody to
//! tell.

use super::{
    tests::{DOCTOR, doctor, holder, item, now, policy, rules},
    *,
};
use crate::item::Flags;

const KINDS: [GrantKind; 5] = [
    GrantKind::Declared,
    GrantKind::Proved,
    GrantKind::Administrator,
    GrantKind::TreatingDoctor,
    GrantKind::BreakGlass,
];

fn items() -> Vec<Item> {
    let deposited = |flags| Item {
        depositor: Some("labo".into()),
        ..item(flags)
    };
    let plain = deposited(Flags::default());
    vec![
        deposited(Flags {
            professionals: true,
            ..Flags::default()
        }),
        deposited(Flags {
            unknown: true,
            ..Flags::default()
        }),
        Item {
            type_code: "99999-9".into(),
            class: None,
            ..plain.clone()
        },
        Item {
            withdrawn: true,
            ..plain.clone()
        },
        plain,
    ]
}

#[test]
fn a_professional_reports_exactly_what_they_read() {
    for kinds in [vec![], KINDS.to_vec()]
        .into_iter()
        .chain(KINDS.map(|kind| vec![kind]))
    {
        let policy = policy(&kinds);
        for item in items() {
            let act = |act| decide(&doctor(), &policy, act, Some(&item), &rules(), now());
            assert_eq!(act(Act::Report), act(Act::Read), "{kinds:?} {item:?}");
        }
    }
}

#[test]
fn not_their_own_nor_what_nobody_can_be_told_of() {
    let policy = policy(&[GrantKind::Proved]);
    let act = |act, item: &Item| decide(&doctor(), &policy, act, Some(item), &rules(), now());
    let alone = item(Flags::default());
    let own = Item {
        authors: Box::new([DOCTOR.into()]),
        ..alone.clone()
    };
    let brought = Item {
        by_holder: true,
        ..alone.clone()
    };
    for item in [alone, own, brought] {
        assert_eq!(act(Act::Read, &item), Ok(Right::ProvedConsent));
        assert_eq!(act(Act::Report, &item), Err(Refusal::NoWayIn), "{item:?}");
        // Neither do they take anything out, nor answer in somebody's place.
        assert_eq!(act(Act::Disown, &item), Err(Refusal::NoWayIn));
    }
    let others = Item {
        depositor: Some("labo".into()),
        ..item(Flags::default())
    };
    assert_eq!(act(Act::AnswerReport, &others), Err(Refusal::NoWayIn));
    // That it is theirs is for who is at home to say.
    let said = decide(
        &holder(),
        &policy,
        Act::AnswerReport,
        Some(&others),
        &rules(),
        now(),
    );
    assert_eq!(said, Ok(Right::Own));
}
