//! Who may read and do what, by values; and what the other tests of the decision stand on.

use std::sync::Arc;

use ambient::Id;
use vault::RecordId;

use super::*;
use crate::{
    AccessMatrix, Reach,
    item::Flags,
    policy::{Block, Grant, Grantee, Space},
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

pub(super) fn situation(profession: &str) -> Situation {
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
        software: None,
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

pub(super) fn block() -> (Id, Block) {
    let block = Block {
        national_id: DOCTOR.into(),
        name: String::new(),
        since: now(),
        lifted: false,
        by: None,
    };
    (Id([7; 16]), block)
}

pub(super) const HIDDEN: Flags = Flags {
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
