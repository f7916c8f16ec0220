//! What holds of any policy, document and act.

use std::sync::Arc;

use ambient::Id;
use proptest::prelude::*;

use super::{
    tests::{DOCTOR, block, doctor, holder, item, now, policy, rules, situation, viewer},
    *,
};
use crate::{item::Flags, policy::Settings};

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
    fn a_block_of_a_place_always_wins_there(
        mut policy in any_policy(), item in any_item(), act in any_act(), lifted: bool,
    ) {
        let Acting::Professional(situation) = doctor().acting else { panic!("a doctor") };
        let Some(place) = situation.facility_id.clone() else { panic!("at work somewhere") };
        let (_, mut block) = block();
        (block.national_id, block.lifted) = (place, lifted);
        let all = policy.grants.iter().map(|(_, grant)| grant.since);
        block.since = all.max().unwrap_or(now());
        policy.blocks.push((Id([8; 16]), block));
        let decision = decide(&doctor(), &policy, act, Some(&item), &rules(), now());
        let corrects = matches!(
            act,
            Act::ListOwn | Act::Withdraw | Act::Disclose | Act::AnswerReport
        );
        let before_any = matches!(
            act,
            Act::FindPerson | Act::DeclareConsent | Act::UseCode | Act::KeepSecret
                | Act::BreakGlass | Act::Dispatch | Act::ConsentForColleague
        );
        // Once it is lifted they may ask again, and have nothing of what they had.
        prop_assert!(
            decision.is_err()
                || corrects && decision == Ok(Right::Author)
                || lifted && before_any
        );
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
