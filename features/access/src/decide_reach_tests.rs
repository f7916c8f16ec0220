use super::{
    tests::{DOCTOR, doctor, holder, item, now, policy, rules, viewer},
    *,
};
use crate::{Reach, Whom, item::Flags};

#[test]
fn a_document_is_shown_to_these_professionals_only() {
    let read = |policy: &Policy, item: &Item| {
        decide(&doctor(), policy, Act::Read, Some(item), &rules(), now())
    };
    let me = Whom::Professional {
        id: DOCTOR.into(),
        name: String::new(),
    };
    let other = Whom::Professional {
        id: "810009999999".into(),
        name: String::new(),
    };
    let with = |reach: Reach| Item {
        reach,
        ..item(Flags::default())
    };
    let except = |whom: &Whom| Reach::Except {
        whom: vec![whom.clone()],
    };
    let only = |whom: &Whom| Reach::Only {
        whom: vec![whom.clone()],
    };
    let consent = policy(&[GrantKind::Declared]);
    assert!(read(&consent, &with(except(&other))).is_ok());
    assert!(read(&consent, &with(only(&me))).is_ok());
    for reach in [except(&me), only(&other), Reach::Nobody] {
        let hidden = with(reach.clone());
        assert_eq!(read(&consent, &hidden), Err(Refusal::Hidden), "{reach:?}");
        let mut own = hidden.clone();
        own.authors = Box::new([DOCTOR.into()]);
        assert!(read(&consent, &own).is_ok(), "its author keeps it");
        let administrator = read(&policy(&[GrantKind::Administrator]), &hidden);
        let by_name = reach == except(&me);
        assert_eq!(administrator.is_err(), by_name, "{reach:?}");
    }
    assert_eq!(
        read(&policy(&[]), &with(only(&me))),
        Err(Refusal::NoWayIn),
        "it gives no right"
    );
}

/// What is measured is the person's own: no facts say that a professional reads it, so none does.
#[test]
fn measures_are_for_the_person_and_who_represents_them_alone() {
    let mut policy = policy(&[
        GrantKind::Administrator,
        GrantKind::TreatingDoctor,
        GrantKind::Proved,
        GrantKind::BreakGlass,
        GrantKind::Dispatch,
    ]);
    policy.settings.break_glass = true;
    policy.settings.dispatch = true;
    for act in [
        Act::ReadMeasures,
        Act::AddMeasure,
        Act::CorrectMeasure,
        Act::DeleteMeasure,
    ] {
        let may = |viewer: &Viewer| decide(viewer, &policy, act, None, &rules(), now());
        assert_eq!(may(&holder()), Ok(Right::Own), "{act:?}");
        assert_eq!(may(&doctor()), Err(Refusal::NoWayIn), "{act:?}");
        for other in [
            Acting::Adviser,
            Acting::Service,
            Acting::System(Purpose::Deposit),
        ] {
            assert!(may(&viewer(other)).is_err(), "{act:?}");
        }
    }
}
