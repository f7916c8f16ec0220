//! Who blocks a professional besides the person, and whom.

use super::{
    tests::{DOCTOR, doctor, now, policy, rules},
    *,
};
use ambient::Id;

use crate::policy::Block;

#[test]
fn only_who_was_named_for_it_blocks_another_and_nobody_but_the_person_lifts() {
    let may =
        |kinds: &[GrantKind], act| decide(&doctor(), &policy(kinds), act, None, &rules(), now());
    let named = may(&[GrantKind::Administrator], Act::Block);
    assert_eq!(named, Ok(Right::Administrator));
    for kind in [
        GrantKind::Declared,
        GrantKind::Proved,
        GrantKind::TreatingDoctor,
        GrantKind::BreakGlass,
        GrantKind::Dispatch,
    ] {
        assert_eq!(may(&[kind], Act::Block), Err(Refusal::NoWayIn), "{kind:?}");
    }
    assert_eq!(may(&[], Act::Block), Err(Refusal::NoWayIn));
    let lifts = may(&[GrantKind::Administrator], Act::Lift);
    assert_eq!(lifts, Err(Refusal::NoWayIn));
    // A block of the person's own wins over what they were named for.
    let mut blocked = policy(&[GrantKind::Administrator]);
    let block = Block {
        national_id: DOCTOR.into(),
        name: String::new(),
        since: now(),
        lifted: false,
        by: None,
    };
    blocked.blocks.push((Id([6; 16]), block));
    let refused = decide(&doctor(), &blocked, Act::Block, None, &rules(), now());
    assert_eq!(refused, Err(Refusal::Blocked));
}

#[test]
fn whom_the_person_named_is_theirs_to_block() {
    let named = |kind| policy(&[kind]).named(DOCTOR, now());
    assert!(named(GrantKind::Administrator) && named(GrantKind::TreatingDoctor));
    for kind in [
        GrantKind::Declared,
        GrantKind::Proved,
        GrantKind::BreakGlass,
        GrantKind::Dispatch,
    ] {
        assert!(!named(kind), "{kind:?}");
    }
    let mut over = policy(&[GrantKind::Administrator]);
    over.grants[0].1.ended = true;
    assert!(!over.named(DOCTOR, now()));
    assert!(!policy(&[GrantKind::Administrator]).named("another", now()));
}
