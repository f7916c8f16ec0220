use proptest::prelude::*;

use super::*;
use crate::{
    AccessMatrix, Flags, Reach, Situation, Viewer, Whom, decide,
    policy::{Block, Representation, Space, SpaceState},
};

const DOCTOR: &str = "899900000017";
const SHARED: Id = Id([9; 16]);

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minutes * 60).expect("an instant")
}

fn rules() -> Rules {
    let matrix = AccessMatrix::read(
        r#"{"rows": [{"profession": "10", "label": "Médecin", "allowClasses": ["10"]}]}"#,
    );
    Rules {
        matrix: matrix.expect("a matrix"),
        ..Rules::default()
    }
}

fn share() -> Share {
    Share {
        token: "t".into(),
        key: "k".into(),
        code: "123456".into(),
        items: vec![SHARED],
        label: String::new(),
        to: None,
        by: Maker::Holder,
        since: at(0),
        until: at(60),
        openings: 2,
        opened: 0,
        tries: 5,
        wrong: 0,
        ended: false,
    }
}

fn policy(share: Share) -> Policy {
    Policy {
        space: Space::new(SpaceState::Activated, at(-60)),
        shares: vec![(Id([1; 16]), share)],
        ..Policy::default()
    }
}

fn item() -> Item {
    Item {
        id: SHARED,
        type_code: "11488-4".into(),
        class: Some("10".into()),
        type_chosen: false,
        flags: Flags::default(),
        reach: Reach::Everyone,
        authors: Box::new([]),
        depositor: None,
        by_holder: false,
        withdrawn: false,
    }
}

fn doctor() -> Situation {
    Situation {
        national_id: DOCTOR.into(),
        name: String::new(),
        profession: "10".into(),
        profession_label: String::new(),
        specialty: None,
        specialty_code: None,
        facility_id: None,
        facility: String::new(),
        sector: None,
        software: None,
    }
}

fn bearer(situation: Option<Situation>) -> Bearer {
    Bearer {
        share: Id([1; 16]),
        name: "Dr Smith".into(),
        purpose: "consultation".into(),
        situation,
    }
}

fn read(policy: &Policy, item: &Item, who: Option<Situation>, now: Timestamp) -> Decision {
    let viewer = Viewer::bearer(bearer(who), now);
    decide(&viewer, policy, Act::Read, Some(item), &rules(), now)
}

fn open(policy: &Policy, who: Option<Situation>, now: Timestamp) -> Decision {
    let viewer = Viewer::bearer(bearer(who), now);
    decide(&viewer, policy, Act::OpenShare, None, &rules(), now)
}

#[test]
fn a_share_opens_in_its_time_so_often_and_no_more() {
    let given = policy(share());
    assert_eq!(open(&given, None, at(0)), Ok(Right::Share));
    assert_eq!(read(&given, &item(), None, at(59)), Ok(Right::Share));
    let closed = Err(Refusal::NoWayIn);
    assert_eq!(open(&given, None, at(60)), closed);
    assert_eq!(read(&given, &item(), None, at(60)), closed);
    assert_eq!(read(&given, &item(), None, at(-1)), closed);
    let with = |change: fn(&mut Share)| {
        let mut share = share();
        change(&mut share);
        policy(share)
    };
    let used = with(|one| one.opened = 2);
    assert_eq!(open(&used, None, at(1)), closed);
    // Who opened it last still reads.
    assert_eq!(read(&used, &item(), None, at(1)), Ok(Right::Share));
    for over in [
        with(|one| one.ended = true),
        with(|one| one.wrong = 5),
        with(|one| one.by = Maker::Unknown),
    ] {
        assert_eq!(open(&over, None, at(1)), closed);
        assert_eq!(read(&over, &item(), None, at(1)), closed);
    }
    let mut elsewhere = policy(share());
    elsewhere.shares[0].0 = Id([2; 16]);
    assert_eq!(open(&elsewhere, None, at(1)), closed);
    let mut shut = policy(share());
    shut.space.state = SpaceState::Closed;
    assert_eq!(open(&shut, None, at(1)), Err(Refusal::State));
}

#[test]
fn one_professional_must_be_signed_in_and_a_block_wins() {
    let mut for_one = share();
    for_one.to = Some(To {
        id: DOCTOR.into(),
        name: String::new(),
    });
    let mut given = policy(for_one);
    assert_eq!(open(&given, None, at(1)), Err(Refusal::NoWayIn));
    let other = Situation {
        national_id: "899900000025".into(),
        ..doctor()
    };
    assert_eq!(open(&given, Some(other), at(1)), Err(Refusal::NoWayIn));
    assert_eq!(
        read(&given, &item(), Some(doctor()), at(1)),
        Ok(Right::Share)
    );
    let denied = Item {
        class: Some("31".into()),
        ..item()
    };
    assert_eq!(
        read(&given, &denied, Some(doctor()), at(1)),
        Err(Refusal::Matrix)
    );
    given.blocks.push((
        Id([3; 16]),
        Block {
            national_id: DOCTOR.into(),
            name: String::new(),
            since: at(0),
            lifted: false,
            by: None,
        },
    ));
    assert_eq!(open(&given, Some(doctor()), at(1)), Err(Refusal::Blocked));
    // Whoever is blocked and is known opens nothing that is for anybody either.
    let mut anybody = policy(share());
    anybody.blocks = given.blocks;
    assert_eq!(open(&anybody, Some(doctor()), at(1)), Err(Refusal::Blocked));
    let rules = Rules {
        suspended: vec![DOCTOR.into()],
        ..rules()
    };
    let viewer = Viewer::bearer(bearer(Some(doctor())), at(1));
    let open = decide(
        &viewer,
        &policy(share()),
        Act::OpenShare,
        None,
        &rules,
        at(1),
    );
    assert_eq!(open, Err(Refusal::Suspended));
}

#[test]
fn what_a_representative_shares_ends_with_their_mandate_and_holds_no_secret() {
    let own = RecordId(Id([4; 16]));
    let mut theirs = share();
    theirs.by = Maker::Representative { own };
    let mut given = policy(theirs);
    assert_eq!(open(&given, None, at(1)), Err(Refusal::NoWayIn));
    given.representations.push((
        Id([5; 16]),
        Representation {
            by: own,
            name: String::new(),
            since: at(-1),
            until: Some(at(30)),
        },
    ));
    assert_eq!(read(&given, &item(), None, at(1)), Ok(Right::Share));
    assert_eq!(read(&given, &item(), None, at(30)), Err(Refusal::NoWayIn));
    let mut secret = item();
    secret.flags.representatives = true;
    assert_eq!(read(&given, &secret, None, at(1)), Err(Refusal::Hidden));
    // The person may share what is their own secret.
    assert_eq!(
        read(&policy(share()), &secret, None, at(1)),
        Ok(Right::Share)
    );
}

fn any_item() -> impl Strategy<Value = Item> {
    let flags = any::<(bool, bool, bool, bool)>();
    let class = prop::sample::select(vec![Some("10"), Some("31"), None]);
    let reach = prop::sample::select(vec![
        Reach::Everyone,
        Reach::Nobody,
        Reach::Except { whom: vec![] },
        Reach::Only {
            whom: vec![Whom::Unknown],
        },
    ]);
    (flags, class, reach, any::<bool>(), any::<bool>()).prop_map(
        |((professionals, patient, representatives, unknown), class, reach, withdrawn, chosen)| {
            Item {
                id: if chosen { SHARED } else { Id([8; 16]) },
                class: class.map(Into::into),
                flags: Flags {
                    professionals,
                    patient,
                    representatives,
                    unknown,
                },
                reach,
                withdrawn,
                ..item()
            }
        },
    )
}

proptest! {
    /// Whoever shows the code reads nothing that was not chosen, nor what awaits disclosure, is
    /// hidden, narrowed, withdrawn or of no known class; and nothing but reads.
    #[test]
    fn nothing_is_read_that_was_not_meant(item in any_item(), known in any::<bool>()) {
        let who = known.then(doctor);
        let flags = item.flags;
        if read(&policy(share()), &item, who.clone(), at(1)).is_ok() {
            prop_assert_eq!(item.id, SHARED);
            prop_assert!(!flags.patient && !flags.professionals && !flags.unknown);
            prop_assert!(!item.withdrawn && item.class.is_some());
            prop_assert!(known || item.reach.is_everyone());
        }
        for act in [Act::Add, Act::Hide, Act::Delete, Act::ReadHistory, Act::ReadSettings, Act::Share] {
            let viewer = Viewer::bearer(bearer(who.clone()), at(1));
            let decision = decide(&viewer, &policy(share()), act, Some(&item), &rules(), at(1));
            prop_assert!(decision.is_err());
        }
    }
}
