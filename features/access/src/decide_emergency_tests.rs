//! Emergencies: broken glass and the 15, within what the person allows.

use std::sync::Arc;

use super::{
    tests::{HIDDEN, block, doctor, holder, item, now, policy, rules, situation, viewer},
    *,
};
use crate::{
    item::Flags,
    policy::{Grantee, Settings},
};

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
