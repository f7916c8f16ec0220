use std::sync::Arc;

use ambient::Id;
use proptest::prelude::*;
use vault::RecordId;

use super::*;
use crate::{
    AccessMatrix, Reach,
    item::Flags,
    policy::{Block, Grant, Grantee, Settings, Space},
    viewer::{Authenticated, Depositor, Level},
};
use jiff::SignedDuration;

pub(super) const DOCTOR: &str = "810001112223";

pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("an instant")
}

pub(super) fn rules() -> Rules {
    let matrix = AccessMatrix::read(
        r#"{"rows": [
            {"profession": "10", "label": "Médecin", "allowClasses": ["10", "11"]},
            {"profession": "60", "label": "Infirmier", "allowClasses": ["10"], "denyTypes": ["68599-0"]}]}"#,
    );
    Rules {
        matrix: matrix.expect("a matrix"),
        emergency_call_centres: vec!["1750100125".into()],
        trusted_archives: vec![],
        ..Rules::default()
    }
}

fn situation(profession: &str) -> Situation {
    Situation {
        national_id: DOCTOR.into(),
        name: "Dr Anne Martin".into(),
        profession: profession.into(),
        profession_label: String::new(),
        specialty: None,
        specialty_code: None,
        facility_id: Some("1750100125".into()),
        facility: "Cabinet".into(),
        sector: None,
    }
}

pub(super) fn viewer(acting: Acting) -> Viewer {
    let authenticated = Authenticated {
        level: Level::Substantial,
        at: now(),
    };
    Viewer {
        account: Id([1; 16]),
        acting,
        authenticated,
    }
}

pub(super) fn doctor() -> Viewer {
    viewer(Acting::Professional(Arc::new(situation("10"))))
}

pub(super) fn holder() -> Viewer {
    viewer(Acting::Holder(RecordId(Id([1; 16]))))
}

pub(super) fn policy(kinds: &[GrantKind]) -> Policy {
    let grant = |kind| Grant {
        to: Grantee::Professional(DOCTOR.into()),
        kind,
        name: String::new(),
        since: now(),
        until: None,
        via: None,
        reason: None,
        ended: false,
        secret: false,
    };
    Policy {
        space: Space::new(SpaceState::Activated, now()),
        grants: kinds
            .iter()
            .enumerate()
            .map(|(n, kind)| (Id([n as u8; 16]), grant(*kind)))
            .collect(),
        ..Policy::default()
    }
}

pub(super) fn item(flags: Flags) -> Item {
    Item {
        id: Id([9; 16]),
        type_code: "11488-4".into(),
        class: Some("10".into()),
        type_chosen: false,
        flags,
        reach: Reach::Everyone,
        authors: Box::new([]),
        depositor: None,
        by_holder: false,
        withdrawn: false,
    }
}

fn block() -> (Id, Block) {
    let block = Block {
        national_id: DOCTOR.into(),
        name: String::new(),
        since: now(),
        lifted: false,
        by: None,
    };
    (Id([7; 16]), block)
}

const HIDDEN: Flags = Flags {
    professionals: true,
    patient: false,
    representatives: false,
    unknown: false,
};

#[test]
fn consent_opens_and_nothing_else_does() {
    let read = |policy: &Policy, item: &Item| {
        decide(&doctor(), policy, Act::Read, Some(item), &rules(), now())
    };
    let plain = item(Flags::default());
    assert_eq!(read(&policy(&[]), &plain), Err(Refusal::NoWayIn));
    assert_eq!(
        read(&policy(&[GrantKind::Declared]), &plain),
        Ok(Right::DeclaredConsent)
    );
    let both = policy(&[GrantKind::Declared, GrantKind::Proved]);
    assert_eq!(
        read(&both, &plain),
        Ok(Right::ProvedConsent),
        "the stronger one is named"
    );
    let mut over = policy(&[GrantKind::Declared]);
    over.grants[0].1.until = Some(now());
    assert_eq!(
        read(&over, &plain),
        Err(Refusal::NoWayIn),
        "expired this instant"
    );
    let mut facility = policy(&[GrantKind::Declared]);
    facility.grants[0].1.to = Grantee::Facility("1750100125".into());
    assert_eq!(read(&facility, &plain), Ok(Right::Establishment));
}

#[test]
fn hidden_is_lifted_for_author_administrator_and_a_permitted_emergency_only() {
    let read = |policy: &Policy, item: &Item| {
        decide(&doctor(), policy, Act::Read, Some(item), &rules(), now())
    };
    assert_eq!(
        read(&policy(&[GrantKind::Declared]), &item(HIDDEN)),
        Err(Refusal::Hidden)
    );
    assert_eq!(
        read(&policy(&[GrantKind::TreatingDoctor]), &item(HIDDEN)),
        Err(Refusal::Hidden)
    );
    assert_eq!(
        read(&policy(&[GrantKind::Administrator]), &item(HIDDEN)),
        Ok(Right::Administrator)
    );
    let mut own = item(HIDDEN);
    own.authors = Box::new([DOCTOR.into()]);
    assert_eq!(
        read(&policy(&[GrantKind::Declared]), &own),
        Ok(Right::DeclaredConsent)
    );
    assert_eq!(
        read(&policy(&[]), &own),
        Err(Refusal::NoWayIn),
        "an author without a link"
    );
    let withdraw = decide(
        &doctor(),
        &policy(&[]),
        Act::Withdraw,
        Some(&own),
        &rules(),
        now(),
    );
    assert_eq!(withdraw, Ok(Right::Author));
}

/// The three emergency settings, all eight combinations.
#[test]
fn emergencies_obey_the_three_settings() {
    for bits in 0..8_u8 {
        let on = |bit: u8| bits & bit != 0;
        let settings = Settings {
            dispatch: on(1),
            break_glass: on(2),
            hidden_in_emergency: on(4),
            ..Settings::default()
        };
        for (kind, right, open) in [
            (GrantKind::Dispatch, Right::Dispatch, on(1)),
            (GrantKind::BreakGlass, Right::BreakGlass, on(2)),
        ] {
            let mut policy = policy(&[kind]);
            policy.settings = settings.clone();
            let read = |flags| {
                decide(
                    &doctor(),
                    &policy,
                    Act::Read,
                    Some(&item(flags)),
                    &rules(),
                    now(),
                )
            };
            let plain = if open {
                Ok(right)
            } else {
                Err(Refusal::NoWayIn)
            };
            assert_eq!(read(Flags::default()), plain, "{bits}");
            let hidden = if open && !on(4) {
                Err(Refusal::Hidden)
            } else {
                plain
            };
            assert_eq!(read(HIDDEN), hidden, "{bits}");
        }
    }
}

/// Asking for an emergency: the person's own two settings, then nobody who is blocked, unknown, or
/// elsewhere than where the 15 is answered.
#[test]
fn an_emergency_is_asked_for_within_what_the_person_allows() {
    for bits in 0..8_u8 {
        let on = |bit: u8| bits & bit != 0;
        let mut policy = policy(&[]);
        policy.settings.dispatch = on(1);
        policy.settings.break_glass = on(2);
        policy.settings.hidden_in_emergency = on(4);
        let asked = |viewer: &Viewer, policy: &Policy, act| {
            decide(viewer, policy, act, None, &rules(), now())
        };
        let expected = |right, allowed| match allowed {
            true => Ok(right),
            false => Err(Refusal::Opposed),
        };
        let glass = asked(&doctor(), &policy, Act::BreakGlass);
        assert_eq!(glass, expected(Right::BreakGlass, on(2)), "{bits}");
        let call = asked(&doctor(), &policy, Act::Dispatch);
        assert_eq!(call, expected(Right::Dispatch, on(1)), "{bits}");
        let nurse = viewer(Acting::Professional(Arc::new(situation("60"))));
        let call = asked(&nurse, &policy, Act::Dispatch);
        assert_eq!(call, Err(Refusal::NoWayIn), "not a doctor");
        let mut elsewhere = situation("10");
        elsewhere.facility_id = Some("1990000001".into());
        let elsewhere = viewer(Acting::Professional(Arc::new(elsewhere)));
        let call = asked(&elsewhere, &policy, Act::Dispatch);
        assert_eq!(call, Err(Refusal::NoWayIn), "not a centre 15");
        let stranger = viewer(Acting::Professional(Arc::new(situation("999"))));
        let glass = asked(&stranger, &policy, Act::BreakGlass);
        assert_eq!(glass, Err(Refusal::Matrix), "an unknown profession");
        let mut blocked = policy.clone();
        blocked.blocks.push(block());
        for act in [Act::BreakGlass, Act::Dispatch, Act::UseCode] {
            assert_eq!(asked(&doctor(), &blocked, act), Err(Refusal::Blocked));
            assert_eq!(asked(&holder(), &policy, act), Err(Refusal::NoWayIn));
        }
    }
}

#[test]
fn broken_glass_adds_what_consent_does_not_show() {
    let mut policy = policy(&[GrantKind::Declared, GrantKind::BreakGlass]);
    policy.settings.break_glass = true;
    policy.settings.hidden_in_emergency = true;
    let read = |policy: &Policy, flags| {
        let item = item(flags);
        decide(&doctor(), policy, Act::Read, Some(&item), &rules(), now())
    };
    let plain = read(&policy, Flags::default());
    assert_eq!(plain, Ok(Right::DeclaredConsent));
    assert_eq!(read(&policy, HIDDEN), Ok(Right::BreakGlass));
    policy.settings.hidden_in_emergency = false;
    assert_eq!(read(&policy, HIDDEN), Err(Refusal::Hidden));
}

#[test]
fn lifting_a_block_gives_back_nothing_through_the_facility() {
    let mut policy = policy(&[GrantKind::Proved]);
    policy.grants[0].1.to = Grantee::Facility("1750100125".into());
    let list = |policy: &Policy| decide(&doctor(), policy, Act::List, None, &rules(), now());
    assert_eq!(list(&policy), Ok(Right::Establishment));
    let (id, mut lifted) = block();
    lifted.lifted = true;
    policy.blocks.push((id, lifted));
    assert_eq!(list(&policy), Err(Refusal::NoWayIn));
    policy.blocks[0].1.since = now() - SignedDuration::from_secs(1);
    assert_eq!(list(&policy), Ok(Right::Establishment), "given again since");
}

#[test]
fn an_emergency_or_a_capacity_is_one_professionals_and_no_facilitys() {
    for kind in [
        GrantKind::BreakGlass,
        GrantKind::Dispatch,
        GrantKind::TreatingDoctor,
        GrantKind::Administrator,
    ] {
        let mut policy = policy(&[kind]);
        policy.settings.break_glass = true;
        policy.settings.dispatch = true;
        policy.grants[0].1.to = Grantee::Facility("1750100125".into());
        let list = decide(&doctor(), &policy, Act::List, None, &rules(), now());
        assert_eq!(list, Err(Refusal::NoWayIn), "{kind:?}");
    }
}

#[test]
fn the_matrix_is_never_lifted_for_professionals() {
    let mut report = item(Flags::default());
    report.class = Some("31".into());
    report.authors = Box::new([DOCTOR.into()]);
    let all = [
        GrantKind::Administrator,
        GrantKind::BreakGlass,
        GrantKind::TreatingDoctor,
    ];
    let decision = decide(
        &doctor(),
        &policy(&all),
        Act::Read,
        Some(&report),
        &rules(),
        now(),
    );
    assert_eq!(decision, Err(Refusal::Matrix));
    report.class = None;
    let decision = decide(
        &doctor(),
        &policy(&all),
        Act::Read,
        Some(&report),
        &rules(),
        now(),
    );
    assert_eq!(decision, Err(Refusal::Matrix), "a type nobody knows");
}

#[test]
fn a_person_sees_their_own_but_not_what_awaits_disclosure() {
    let act = |act, item: &Item| decide(&holder(), &policy(&[]), act, Some(item), &rules(), now());
    assert_eq!(act(Act::Read, &item(HIDDEN)), Ok(Right::Own));
    let waiting = Flags {
        patient: true,
        ..Flags::default()
    };
    assert_eq!(act(Act::Read, &item(waiting)), Err(Refusal::Hidden));
    assert_eq!(
        act(Act::Delete, &item(HIDDEN)),
        Err(Refusal::NoWayIn),
        "not theirs"
    );
    let mine = Item {
        by_holder: true,
        ..item(HIDDEN)
    };
    assert_eq!(act(Act::Delete, &mine), Ok(Right::Own));
    assert_eq!(act(Act::DeclareConsent, &mine), Err(Refusal::NoWayIn));
    // What is somebody else's goes back to who deposited it; what they brought goes back to nobody.
    assert_eq!(act(Act::Disown, &item(HIDDEN)), Ok(Right::Own));
    assert_eq!(act(Act::Disown, &item(waiting)), Err(Refusal::Hidden));
    assert_eq!(act(Act::Disown, &mine), Err(Refusal::NoWayIn));
    // What is wrong with it is told to somebody, where there is somebody.
    let deposited = Item {
        depositor: Some("labo".into()),
        ..item(HIDDEN)
    };
    assert_eq!(act(Act::Report, &deposited), Ok(Right::Own));
    assert_eq!(act(Act::Report, &item(HIDDEN)), Err(Refusal::NoWayIn));
    assert_eq!(act(Act::Report, &mine), Err(Refusal::NoWayIn));
    // That it is theirs is theirs to say, of what somebody else deposited.
    assert_eq!(act(Act::AnswerReport, &deposited), Ok(Right::Own));
    assert_eq!(act(Act::AnswerReport, &mine), Err(Refusal::NoWayIn));
    assert_eq!(act(Act::AnswerReport, &item(waiting)), Err(Refusal::Hidden));
    // They say what a document is when they brought it, or when nobody knows its type.
    let theirs = item(HIDDEN);
    assert_eq!(act(Act::Describe, &mine), Ok(Right::Own));
    assert_eq!(act(Act::Describe, &theirs), Err(Refusal::NoWayIn));
    let unknown = Item {
        class: None,
        ..theirs.clone()
    };
    let chosen = Item {
        type_chosen: true,
        ..theirs
    };
    assert_eq!(act(Act::Describe, &unknown), Ok(Right::Own));
    assert_eq!(act(Act::Describe, &chosen), Ok(Right::Own));
}

#[test]
fn a_depositor_writes_and_never_reads() {
    let depositor = Depositor {
        client_id: "labo".into(),
        name: "Labo".into(),
        strict: false,
    };
    let labo = viewer(Acting::Depositor(Arc::new(depositor)));
    let act = |act, item: Option<&Item>| decide(&labo, &policy(&[]), act, item, &rules(), now());
    assert_eq!(act(Act::Add, None), Ok(Right::Deposit));
    for forbidden in [
        Act::List,
        Act::Read,
        Act::Download,
        Act::ReadHistory,
        Act::ReadSettings,
    ] {
        assert_eq!(act(forbidden, None), Err(Refusal::NoWayIn), "{forbidden:?}");
        assert_eq!(
            act(forbidden, Some(&item(Flags::default()))),
            Err(Refusal::NoWayIn)
        );
    }
    let mut own = item(Flags::default());
    own.depositor = Some("labo".into());
    assert_eq!(act(Act::Withdraw, Some(&own)), Ok(Right::Author));
    assert_eq!(
        act(Act::Withdraw, Some(&item(Flags::default()))),
        Err(Refusal::NoWayIn)
    );
}

#[test]
fn suspended_actors_and_closed_spaces_are_refused() {
    let suspended = Rules {
        suspended: vec![DOCTOR.into()],
        ..rules()
    };
    let open = policy(&[GrantKind::Administrator]);
    let decision = decide(&doctor(), &open, Act::List, None, &suspended, now());
    assert_eq!(decision, Err(Refusal::Suspended));
    for state in [
        SpaceState::Notified,
        SpaceState::Closed,
        SpaceState::Opposed,
        SpaceState::Suspended,
        SpaceState::Deceased,
    ] {
        let mut policy = policy(&[GrantKind::Administrator]);
        policy.space.state = state;
        for viewer in [doctor(), holder()] {
            let decision = decide(&viewer, &policy, Act::List, None, &rules(), now());
            assert_eq!(decision, Err(Refusal::State), "{state:?}");
        }
    }
}

#[test]
fn before_it_opens_a_space_can_be_refused_and_nothing_else() {
    use SpaceState::{Activated, Closed, Deceased, Notified, Opened, Opposed, Suspended};
    let parent = Viewer {
        acting: Acting::Representative {
            own: RecordId(Id([9; 16])),
            of: RecordId(Id([8; 16])),
            name: String::new(),
        },
        ..holder()
    };
    let open = Viewer::system(Purpose::Open, now());
    let may = |viewer: &Viewer, act, state| {
        let mut policy = policy(&[GrantKind::Administrator]);
        policy.space.state = state;
        policy.representations.push((
            Id([7; 16]),
            crate::policy::Representation {
                by: RecordId(Id([9; 16])),
                name: String::new(),
                since: now(),
                until: None,
            },
        ));
        decide(viewer, &policy, act, None, &rules(), now()).is_ok()
    };
    let all = [
        Notified, Opened, Activated, Closed, Opposed, Suspended, Deceased,
    ];
    for (viewer, act, states) in [
        (&holder(), Act::Oppose, &[Notified][..]),
        (&parent, Act::Oppose, &[Notified]),
        (&holder(), Act::OpenSpace, &[]),
        (&parent, Act::OpenSpace, &[Notified, Opposed]),
        (
            &open,
            Act::OpenSpace,
            &[Notified, Opened, Activated, Opposed],
        ),
        (&open, Act::Announce, &[Notified]),
        (&open, Act::Oppose, &[]),
        (&holder(), Act::Close, &[Activated]),
        (&parent, Act::Close, &[Opened, Activated]),
        (&open, Act::Close, &[]),
        (&doctor(), Act::Close, &[]),
        (&holder(), Act::Reopen, &[]),
        (&parent, Act::Reopen, &[Closed]),
        (&open, Act::Reopen, &[Closed]),
        (&doctor(), Act::Reopen, &[]),
        (&doctor(), Act::Oppose, &[]),
        (&doctor(), Act::FindPerson, &[Opened, Activated]),
        (&holder(), Act::ReadSettings, &[Activated, Suspended]),
        (&parent, Act::ReadSettings, &[Opened, Activated, Suspended]),
    ] {
        for state in all {
            let expected = states.contains(&state);
            assert_eq!(may(viewer, act, state), expected, "{act:?} {state:?}");
        }
    }
}

#[test]
fn a_space_whose_erasure_has_begun_stays_closed() {
    let open = Viewer::system(Purpose::Open, now());
    let mut closed = policy(&[]);
    closed.space.state = SpaceState::Closed;
    let reopen = |policy: &Policy| decide(&open, policy, Act::Reopen, None, &rules(), now());
    assert_eq!(reopen(&closed), Ok(Right::System));
    closed.space.erasing = true;
    assert_eq!(reopen(&closed), Err(Refusal::State));
}

fn any_flags() -> impl Strategy<Value = Flags> {
    any::<(bool, bool, bool, bool)>().prop_map(
        |(professionals, patient, representatives, unknown)| Flags {
            professionals,
            patient,
            representatives,
            unknown,
        },
    )
}

fn any_item() -> impl Strategy<Value = Item> {
    (any_flags(), any::<(bool, bool, bool)>(), 0..4_usize).prop_map(
        |(flags, (author, by_holder, withdrawn), class)| Item {
            class: [Some("10"), Some("11"), Some("31"), None][class].map(Into::into),
            authors: if author {
                Box::new([DOCTOR.into()])
            } else {
                Box::new([])
            },
            by_holder,
            withdrawn,
            ..item(flags)
        },
    )
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let kinds = proptest::sample::subsequence(
        vec![
            GrantKind::Declared,
            GrantKind::Proved,
            GrantKind::Administrator,
            GrantKind::TreatingDoctor,
            GrantKind::BreakGlass,
            GrantKind::Dispatch,
        ],
        0..=6,
    );
    (kinds, any::<(bool, bool, bool)>()).prop_map(|(kinds, (dispatch, break_glass, hidden))| {
        Policy {
            settings: Settings {
                dispatch,
                break_glass,
                hidden_in_emergency: hidden,
                ..Settings::default()
            },
            ..policy(&kinds)
        }
    })
}

fn any_act() -> impl Strategy<Value = Act> {
    proptest::sample::select(
        [
            ACTS_OF_THE_PERSON,
            &[
                Act::ListOwn,
                Act::Withdraw,
                Act::Disclose,
                Act::DeclareConsent,
                Act::KeepSecret,
                Act::BreakGlass,
                Act::Dispatch,
                Act::UseCode,
                Act::FindPerson,
                Act::OpenSpace,
                Act::Reopen,
            ],
        ]
        .concat(),
    )
}

proptest! {
    #[test]
    fn a_block_always_wins(mut policy in any_policy(), item in any_item(), act in any_act()) {
        policy.blocks.push(block());
        let decision = decide(&doctor(), &policy, act, Some(&item), &rules(), now());
        let corrects = matches!(
            act,
            Act::ListOwn | Act::Withdraw | Act::Disclose | Act::AnswerReport
        );
        prop_assert!(decision.is_err() || corrects && decision == Ok(Right::Author));
    }

    #[test]
    fn adding_a_flag_never_shows_more(
        policy in any_policy(), item in any_item(), more in any_flags(), act in any_act(), nurse: bool,
    ) {
        let with = Item {
            flags: Flags {
                professionals: item.flags.professionals || more.professionals,
                patient: item.flags.patient || more.patient,
                representatives: item.flags.representatives || more.representatives,
                unknown: item.flags.unknown || more.unknown,
            },
            ..item.clone()
        };
        let profession = if nurse { "60" } else { "10" };
        for viewer in [viewer(Acting::Professional(Arc::new(situation(profession)))), holder()] {
            let before = decide(&viewer, &policy, act, Some(&item), &rules(), now());
            let after = decide(&viewer, &policy, act, Some(&with), &rules(), now());
            prop_assert!(after.is_err() || before.is_ok());
        }
    }

    #[test]
    fn an_unknown_profession_reads_nothing(policy in any_policy(), item in any_item()) {
        let stranger = viewer(Acting::Professional(Arc::new(situation("999"))));
        prop_assert!(decide(&stranger, &policy, Act::Read, Some(&item), &rules(), now()).is_err());
    }
}

#[test]
fn a_sensitive_step_asks_for_a_factor_shown_a_moment_ago() {
    let (policy, rules) = (policy(&[]), rules());
    let at = |act, seconds| {
        let later = now().saturating_add(SignedDuration::from_secs(seconds));
        decide(&holder(), &policy, act, None, &rules, later.expect("later"))
    };
    for act in [Act::ChangeContact, Act::Lift, Act::Close] {
        assert_eq!(at(act, 300), Ok(Right::Own), "{act:?}");
        assert_eq!(at(act, 301), Err(Refusal::Stale), "{act:?}");
    }
    assert_eq!(
        at(Act::Block, 3_600),
        Ok(Right::Own),
        "blocking never waits"
    );
    let longer = Rules {
        fresh_factor: SignedDuration::from_mins(20),
        ..rules.clone()
    };
    let later = now().saturating_add(SignedDuration::from_mins(20));
    let decision = decide(
        &holder(),
        &policy,
        Act::Lift,
        None,
        &longer,
        later.expect("later"),
    );
    assert_eq!(decision, Ok(Right::Own), "the number is a setting");
    let mut open = policy.clone();
    open.settings.break_glass = true;
    let glass = |seconds| {
        let later = now() + SignedDuration::from_secs(seconds);
        decide(&doctor(), &open, Act::BreakGlass, None, &rules, later)
    };
    assert_eq!(glass(300), Ok(Right::BreakGlass));
    assert_eq!(glass(301), Err(Refusal::Stale));
    // Who has no way in learns nothing by it.
    let doctor = decide(&doctor(), &policy, Act::Lift, None, &rules, now());
    assert_eq!(doctor, Err(Refusal::NoWayIn));
}
