//! Laws over sequences: whatever professionals do, one after the other, nobody reads more than by
//! the ways that the person or the law opens, nor longer.

use std::sync::Arc;

use ambient::Id;
use proptest::prelude::*;

use super::*;
use crate::{
    AccessMatrix, Lasting,
    item::Flags,
    policy::{Block, Grant, Settings, Space},
    viewer::{Authenticated, Level},
    ways::{self, Colleague},
};
use jiff::SignedDuration;

const NAMES: [&str; 3] = ["899900000017", "899900000025", "899900000033"];
const PLACES: [&str; 2] = ["1990000017", "1990000025"];

fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("an instant")
}

/// Hours after the start.
fn at(hours: i64) -> Timestamp {
    start() + SignedDuration::from_hours(hours)
}

fn rules() -> Rules {
    let matrix = AccessMatrix::read(
        r#"{"rows": [
            {"profession": "10", "label": "Médecin", "allowClasses": ["10", "11"]},
            {"profession": "60", "label": "Infirmier", "allowClasses": ["10"]}]}"#,
    );
    Rules {
        matrix: matrix.expect("a matrix"),
        emergency_call_centres: vec![PLACES[1].into()],
        ..Rules::default()
    }
}

/// Two doctors, the first and the last at work in one place, and a nurse elsewhere.
fn situation(who: usize) -> Situation {
    Situation {
        national_id: NAMES[who].into(),
        name: format!("N{who}"),
        profession: ["10", "60", "10"][who].into(),
        profession_label: String::new(),
        specialty: None,
        specialty_code: None,
        facility_id: Some(PLACES[who % 2].into()),
        facility: String::new(),
        sector: None,
        software: None,
    }
}

fn viewer(who: usize, now: Timestamp) -> Viewer {
    Viewer {
        account: Id([1; 16]),
        acting: Acting::Professional(Arc::new(situation(who))),
        authenticated: Authenticated {
            level: Level::Substantial,
            at: now,
        },
    }
}

/// Every combination of flags, authorship and reach of the matrix.
fn items() -> Vec<Item> {
    let mut items = vec![];
    for bits in 0..32_u8 {
        let on = |bit: u8| bits & bit != 0;
        for class in [Some("10"), Some("11"), Some("31"), None] {
            items.push(Item {
                id: Id([bits; 16]),
                type_code: "11488-4".into(),
                class: class.map(Into::into),
                type_chosen: false,
                reach: crate::Reach::Everyone,
                flags: Flags {
                    professionals: on(1),
                    patient: on(2),
                    representatives: on(4),
                    unknown: on(8),
                },
                authors: match on(16) {
                    true => Box::new([NAMES[0].into()]),
                    false => Box::new([]),
                },
                depositor: None,
                by_holder: false,
                withdrawn: false,
            });
        }
    }
    items
}

/// What somebody could read at an instant, by the place of each item.
fn reach(policy: &Policy, who: usize, now: Timestamp) -> Vec<usize> {
    let (viewer, rules) = (viewer(who, now), rules());
    let reads = |item: &Item| decide(&viewer, policy, Act::Read, Some(item), &rules, now).is_ok();
    let all = items().into_iter().enumerate();
    all.filter(|(_, item)| reads(item))
        .map(|(n, _)| n)
        .collect()
}

/// What a professional tries.
#[derive(Debug, Clone)]
enum Try {
    Declare(Lasting, bool),
    BreakGlass,
    Dispatch,
    Colleague(usize, Lasting),
    Block(usize),
}

fn any_lasting() -> impl Strategy<Value = Lasting> {
    proptest::sample::select(&Lasting::ALL[..])
}

fn passing() -> impl Strategy<Value = Try> {
    (0..3_usize, any_lasting()).prop_map(|(to, lasting)| Try::Colleague(to, lasting))
}

fn any_try() -> impl Strategy<Value = Try> {
    prop_oneof![
        (any_lasting(), any::<bool>()).prop_map(|(lasting, team)| Try::Declare(lasting, team)),
        Just(Try::BreakGlass),
        Just(Try::Dispatch),
        passing(),
        (0..3_usize).prop_map(Try::Block),
    ]
}

/// What the pages do: ask, then write what the pure rules give.
fn attempt(policy: &mut Policy, who: usize, what: &Try, now: Timestamp) {
    let own = situation(who);
    let act = match what {
        Try::Declare(..) => Act::DeclareConsent,
        Try::BreakGlass => Act::BreakGlass,
        Try::Dispatch => Act::Dispatch,
        Try::Colleague(..) => Act::ConsentForColleague,
        Try::Block(_) => Act::Block,
    };
    if decide(&viewer(who, now), policy, act, None, &rules(), now).is_err() {
        return;
    }
    let me = Grantee::Professional(own.national_id.clone());
    let hours = |hours| now.checked_add(SignedDuration::from_hours(hours)).ok();
    let given = match what {
        Try::Declare(lasting, team) => {
            ways::consent(&own, GrantKind::Declared, *lasting, *team, now)
        }
        Try::BreakGlass => vec![Grant::new(me, GrantKind::BreakGlass, "", now, hours(12))],
        Try::Dispatch => vec![Grant::new(me, GrantKind::Dispatch, "", now, hours(24))],
        Try::Colleague(to, lasting) => {
            let colleague = Colleague {
                number: NAMES[*to],
                name: "",
            };
            let given = ways::for_colleague(policy, &own, &colleague, *lasting, "", now);
            given.into_iter().collect()
        }
        Try::Block(whom) => return block(policy, who, *whom, now),
    };
    for grant in given {
        let n = u8::try_from(policy.grants.len()).expect("few");
        policy.grants.push((Id([n; 16]), grant));
    }
}

/// What the page of an administrator does: never themselves, nor whom the person named.
fn block(policy: &mut Policy, who: usize, whom: usize, now: Timestamp) {
    let number = NAMES[whom];
    if whom == who || policy.named(number, now) || policy.blocks(number) {
        return;
    }
    for (_, grant) in &mut policy.grants {
        let (Grantee::Professional(id) | Grantee::Team { lead: id, .. }) = &grant.to else {
            continue;
        };
        grant.ended |= id == number;
    }
    let block = Block {
        national_id: number.into(),
        name: String::new(),
        since: now,
        lifted: false,
        by: None,
    };
    let n = u8::try_from(100 + policy.blocks.len()).expect("few");
    policy.blocks.push((Id([n; 16]), block));
}

fn space(emergencies: (bool, bool, bool)) -> Policy {
    let (dispatch, break_glass, hidden_in_emergency) = emergencies;
    Policy {
        space: Space::new(SpaceState::Activated, start()),
        settings: Settings {
            dispatch,
            break_glass,
            hidden_in_emergency,
            ..Settings::default()
        },
        ..Policy::default()
    }
}

fn sequence(one: impl Strategy<Value = Try>) -> impl Strategy<Value = Vec<(usize, Try, i64)>> {
    proptest::collection::vec((0..3_usize, one, 0..30_i64), 0..12)
}

/// Instants at which reach is looked at, in hours: now, within and after every length.
const LOOKS: [i64; 6] = [0, 13, 25, 400, 3_000, 100_000];

proptest! {
    #[test]
    fn nothing_that_professionals_do_gets_a_blocked_one_in(
        emergencies: (bool, bool, bool), tries in sequence(any_try()), when in 0..12_usize,
    ) {
        let mut policy = space(emergencies);
        let mut hours = 0;
        for (n, (who, what, later)) in tries.iter().enumerate() {
            if n == when {
                let block = Block {
                    national_id: NAMES[0].into(),
                    name: String::new(),
                    since: at(hours),
                    lifted: false,
                    by: None,
                };
                policy.blocks.push((Id([99; 16]), block));
            }
            hours += later;
            attempt(&mut policy, *who, what, at(hours));
        }
        if tries.len() > when {
            for look in LOOKS {
                prop_assert_eq!(reach(&policy, 0, at(hours + look)), Vec::<usize>::new());
            }
        }
    }

    /// No flag and no line of the matrix is lifted by doing more: at the end one reads at most what
    /// plain consent, and the emergencies that the person allows, let one read.
    #[test]
    fn no_sequence_of_acts_reads_more_than_the_ways_that_are_open(
        emergencies: (bool, bool, bool), tries in sequence(any_try()),
    ) {
        let mut policy = space(emergencies);
        let mut hours = 0;
        for (who, what, later) in &tries {
            hours += later;
            attempt(&mut policy, *who, what, at(hours));
        }
        for who in 0..3 {
            let mut open = space(emergencies);
            for what in [Try::Declare(Lasting::UntilWithdrawn, false), Try::BreakGlass, Try::Dispatch] {
                attempt(&mut open, who, &what, at(hours));
            }
            let most = reach(&open, who, at(hours));
            for item in reach(&policy, who, at(hours)) {
                prop_assert!(most.contains(&item), "{} reads {}", who, item);
            }
        }
    }

    /// Passing consent on to each other, professionals keep nobody in longer than the person said,
    /// and never themselves.
    #[test]
    fn passing_on_never_widens_ones_own_reach(tries in sequence(passing()), lasting in any_lasting()) {
        let mut policy = space((false, false, false));
        let given = ways::consent(&situation(0), GrantKind::Proved, lasting, false, start());
        policy.grants.extend(given.into_iter().map(|grant| (Id([200; 16]), grant)));
        let before = policy.clone();
        let mut hours = 0;
        for (who, what, later) in &tries {
            hours += later;
            attempt(&mut policy, *who, what, at(hours));
        }
        for look in LOOKS {
            let now = at(look);
            prop_assert_eq!(reach(&policy, 0, now), reach(&before, 0, now));
            if reach(&before, 0, now).is_empty() {
                prop_assert!(reach(&policy, 1, now).is_empty() && reach(&policy, 2, now).is_empty());
            }
        }
    }

    /// Whom the person named administrator takes access away by blocking, and gives none: not to
    /// themselves, not to anybody else; nor do they get rid of whom the person named beside them.
    #[test]
    fn blocking_others_widens_nobodys_reach(
        emergencies: (bool, bool, bool), tries in sequence(any_try()), lasting in any_lasting(),
    ) {
        let mut policy = space(emergencies);
        for (n, who) in [(210, 0), (211, 2)] {
            let to = Grantee::Professional(NAMES[who].into());
            let kind = [GrantKind::Administrator, GrantKind::TreatingDoctor][who / 2];
            let grant = Grant::new(to, kind, "", start(), lasting.until(start()));
            policy.grants.push((Id([n; 16]), grant));
        }
        let (mut with, mut without) = (policy.clone(), policy);
        let mut hours = 0;
        for (who, what, later) in &tries {
            hours += later;
            attempt(&mut with, *who, what, at(hours));
            if !matches!(what, Try::Block(_)) {
                attempt(&mut without, *who, what, at(hours));
            }
            for named in [0, 2] {
                let over = lasting.until(start()).is_some_and(|until| until <= at(hours));
                prop_assert!(over || !with.blocks(NAMES[named]));
            }
        }
        for look in LOOKS {
            for who in 0..3 {
                let most = reach(&without, who, at(hours + look));
                for item in reach(&with, who, at(hours + look)) {
                    prop_assert!(most.contains(&item), "{} reads {}", who, item);
                }
            }
        }
    }
}
