//! A second opinion on the decision: a table written by hand, cell by cell, from the design (§3) and
//! from what the law says of each way in. It shares no rule with `decide`; where they differ, one of
//! both is wrong.
//!
//! A letter is the right by which a document is read: **D**eclared or **P**roved consent,
//! **T**reating doctor, **A**dministrator, **E**stablishment, **C**are team, broken **G**lass, the
//! call to the 15 (**S**AMU); a dot is no.

use std::sync::Arc;

use ambient::Id;

use super::*;
use crate::{
    AccessMatrix, Reach, Whom,
    item::Flags,
    policy::{Block, Grant, Settings, Space},
    viewer::{Authenticated, Level},
};
use jiff::SignedDuration;

const WHO: &str = "899900000017";
const LEAD: &str = "899900000025";
const PLACE: &str = "1750100125";

/// `glass+`: the person lets hidden documents be read in an emergency.
const WAYS: &str = "none declared proved treating admin place team glass glass+ call";

const TABLE: &str = "
doctor   plain                  . D P T A E C G G S
doctor   hidden                 . . . . A . . . G .
doctor   hidden-own             . D P T A E C G G S
doctor   except-me              . . . . . . . . G .
doctor   except-me-own          . D P T A E C G G S
doctor   only-others            . . . . A . . . G .
doctor   unknown-flag           . . . . . . . . . .
doctor   unknown-flag-own       . D P T A E C G G S
doctor   awaits-disclosure      . D P T A E C G G S
doctor   not-for-parents        . D P T A E C G G S
doctor   withdrawn              . . . . . . . . . .
doctor   own-withdrawn          . . . . . . . . . .
doctor   not-in-matrix          . . . . . . . . . .
doctor   own-not-in-matrix      . . . . . . . . . .
doctor   unknown-type           . . . . . . . . . .
nurse    plain                  . D P . A E C G G .
nurse    hidden                 . . . . A . . . G .
nurse    denied-type            . . . . . . . . . .
nurse    denied-type-hidden     . . . . . . . . . .
works-for-employer plain        . . P T A . . G G S
works-for-employer hidden       . . . . A . . . G .
stranger plain                  . . . . . . . . . .
blocked  plain                  . . . . . . . . . .
blocked  hidden                 . . . . . . . . . .
blocked  hidden-own             . . . . . . . . . .
blocked-place plain             . . . . . . . . . .
blocked-place hidden            . . . . . . . . . .
blocked-place hidden-own        . . . . . . . . . .
not-from-there plain            . D P T A . . G G .
suspended plain                 . . . . . . . . . .
elsewhere plain                 . D P T A . . G G .
closed-space plain              . . . . . . . . . .
";

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("an instant")
}

fn rules(who: &str) -> Rules {
    let matrix = AccessMatrix::read(
        r#"{"rows": [
            {"profession": "10", "label": "Médecin", "allowClasses": ["10", "11"]},
            {"profession": "60", "label": "Infirmier", "allowClasses": ["10"], "denyTypes": ["75496-0"]}]}"#,
    );
    Rules {
        matrix: matrix.expect("a matrix"),
        emergency_call_centres: vec![PLACE.into()],
        suspended: match who {
            "suspended" => vec![WHO.into()],
            _ => vec![],
        },
        ..Rules::default()
    }
}

fn viewer(who: &str) -> Viewer {
    let situation = Situation {
        national_id: WHO.into(),
        name: String::new(),
        profession: match who {
            "nurse" => "60",
            "stranger" => "999",
            _ => "10",
        }
        .into(),
        profession_label: String::new(),
        specialty: None,
        specialty_code: (who == "works-for-employer").then(|| "SM25".into()),
        facility_id: Some(match who {
            "elsewhere" | "not-from-there" => "1990000001".into(),
            _ => PLACE.into(),
        }),
        facility: String::new(),
        sector: None,
        software: None,
    };
    Viewer {
        account: Id([1; 16]),
        acting: Acting::Professional(Arc::new(situation)),
        authenticated: Authenticated {
            level: Level::Substantial,
            at: now(),
        },
    }
}

fn named(id: &str) -> Whom {
    Whom::Professional {
        id: id.into(),
        name: String::new(),
    }
}

fn item(what: &str) -> Item {
    let (type_code, class) = match what {
        "not-in-matrix" | "own-not-in-matrix" => ("18748-4", Some("31")),
        "denied-type" | "denied-type-hidden" => ("75496-0", Some("10")),
        "unknown-type" => ("99999-9", None),
        _ => ("11488-4", Some("10")),
    };
    let own = what.ends_with("-own") || what.starts_with("own-");
    Item {
        id: Id([9; 16]),
        type_code: type_code.into(),
        class: class.map(Into::into),
        type_chosen: false,
        reach: match what {
            "except-me" | "except-me-own" => Reach::Except {
                whom: vec![named(WHO)],
            },
            "only-others" => Reach::Only {
                whom: vec![named(LEAD)],
            },
            _ => Reach::Everyone,
        },
        flags: Flags {
            professionals: what.contains("hidden"),
            patient: what == "awaits-disclosure",
            representatives: what == "not-for-parents",
            unknown: what.contains("unknown-flag"),
        },
        authors: match own {
            true => Box::new([WHO.into()]),
            false => Box::new([]),
        },
        depositor: None,
        by_holder: false,
        withdrawn: what.contains("withdrawn"),
    }
}

fn policy(who: &str, way: &str) -> Policy {
    let me = || Grantee::Professional(WHO.into());
    let lead = || Grantee::Professional(LEAD.into());
    let team = Grantee::Team {
        lead: LEAD.into(),
        facility: PLACE.into(),
    };
    let grants = match way {
        "none" => vec![],
        "declared" => vec![(me(), GrantKind::Declared)],
        "proved" => vec![(me(), GrantKind::Proved)],
        "treating" => vec![(me(), GrantKind::TreatingDoctor)],
        "admin" => vec![(me(), GrantKind::Administrator)],
        "place" => vec![(Grantee::Facility(PLACE.into()), GrantKind::Proved)],
        "team" => vec![(lead(), GrantKind::Declared), (team, GrantKind::Declared)],
        "glass" | "glass+" => vec![(me(), GrantKind::BreakGlass)],
        "call" => vec![(me(), GrantKind::Dispatch)],
        other => panic!("no way {other}"),
    };
    let grants = grants.into_iter().enumerate().map(|(n, (to, kind))| {
        let n = u8::try_from(n).expect("few");
        (Id([n; 16]), Grant::new(to, kind, "", now(), None))
    });
    let block = Block {
        national_id: WHO.into(),
        name: String::new(),
        since: now(),
        lifted: false,
        by: None,
    };
    Policy {
        space: Space::new(
            match who {
                "closed-space" => SpaceState::Closed,
                _ => SpaceState::Activated,
            },
            now(),
        ),
        settings: Settings {
            dispatch: true,
            break_glass: true,
            hidden_in_emergency: way == "glass+",
            ..Settings::default()
        },
        grants: grants.collect(),
        blocks: match who {
            "blocked" => vec![(Id([7; 16]), block)],
            "blocked-place" | "not-from-there" => {
                let place = Block {
                    national_id: PLACE.into(),
                    ..block
                };
                vec![(Id([7; 16]), place)]
            }
            _ => vec![],
        },
        ..Policy::default()
    }
}

fn letter(decision: Decision) -> &'static str {
    match decision {
        Err(_) => ".",
        Ok(Right::DeclaredConsent) => "D",
        Ok(Right::ProvedConsent) => "P",
        Ok(Right::TreatingDoctor) => "T",
        Ok(Right::Administrator) => "A",
        Ok(Right::Establishment) => "E",
        Ok(Right::CareTeam) => "C",
        Ok(Right::BreakGlass) => "G",
        Ok(Right::Dispatch) => "S",
        Ok(other) => panic!("nobody reads by {other:?}"),
    }
}

#[test]
fn every_cell_of_the_table_is_what_is_decided() {
    let mut cells = 0;
    for line in TABLE.trim().lines() {
        let mut words = line.split_whitespace();
        let (who, what) = (words.next().expect("who"), words.next().expect("what"));
        for (way, expected) in WAYS.split(' ').zip(words) {
            let policy = policy(who, way);
            // Its author's document reads as the author's elsewhere than in `Withdraw` too.
            for act in [
                Act::Read,
                Act::ReadResults,
                Act::ReadSummary,
                Act::Download,
                Act::List,
            ] {
                let decision = decide(
                    &viewer(who),
                    &policy,
                    act,
                    Some(&item(what)),
                    &rules(who),
                    now(),
                );
                assert_eq!(letter(decision), expected, "{who} {what} {way} {act:?}");
            }
            cells += 1;
        }
    }
    assert!(cells >= 240, "{cells} cells");
}

/// Initial consent, then the team: not before it, not after it, and not on the strength of another.
#[test]
fn the_team_is_in_as_long_as_the_very_consent_it_rests_on() {
    let read = |policy: &Policy| {
        let plain = item("plain");
        decide(
            &viewer("doctor"),
            policy,
            Act::Read,
            Some(&plain),
            &rules("doctor"),
            now(),
        )
    };
    let whole = policy("doctor", "team");
    assert_eq!(read(&whole), Ok(Right::CareTeam));
    let mut over = whole.clone();
    over.grants[0].1.ended = true;
    assert_eq!(read(&over), Err(Refusal::NoWayIn));
    let mut late = whole.clone();
    late.grants[0].1.until = Some(now());
    assert_eq!(read(&late), Err(Refusal::NoWayIn));
    // Given again later, without the team: the old one does not wake.
    let mut renewed = over.clone();
    renewed.grants[1].1.since = now() - SignedDuration::from_hours(1);
    let again = Grant::new(
        Grantee::Professional(LEAD.into()),
        GrantKind::Proved,
        "",
        now(),
        None,
    );
    renewed.grants.push((Id([3; 16]), again));
    assert_eq!(read(&renewed), Err(Refusal::NoWayIn));
    // The one who was agreed to is blocked: the team is out too.
    let mut blocked = whole.clone();
    blocked.blocks.push((
        Id([7; 16]),
        Block {
            national_id: LEAD.into(),
            name: String::new(),
            since: now(),
            lifted: false,
            by: None,
        },
    ));
    assert_eq!(read(&blocked), Err(Refusal::NoWayIn));
    // An emergency of theirs is no initial consent.
    let mut emergency = whole;
    emergency.grants[0].1.kind = GrantKind::BreakGlass;
    assert_eq!(read(&emergency), Err(Refusal::NoWayIn));
}

/// Outside care nobody has a role: no kind of viewer, no purpose, no profession (L.1111-18 CSP).
#[test]
fn no_role_exists_for_insurers_or_employers() {
    // A new kind of viewer or purpose does not compile here before it was thought about.
    let inside_care = |acting: &Acting| match acting {
        Acting::Holder(_)
        | Acting::Representative { .. }
        | Acting::Caregiver(_)
        | Acting::Professional(_)
        | Acting::Depositor(_)
        | Acting::Adviser
        | Acting::Service
        // To whoever states a care purpose, chosen documents, by the person's own hand.
        | Acting::Bearer(_) => true,
        Acting::System(purpose) => match purpose {
            Purpose::Open
            | Purpose::SignIn
            | Purpose::Notify
            | Purpose::Deposit
            | Purpose::Answer
            | Purpose::Audit
            | Purpose::Extract
            | Purpose::Disclose
            | Purpose::SetAside
            | Purpose::Remind
            | Purpose::Erase => true,
        },
    };
    assert!(inside_care(&viewer("doctor").acting));
    // Those of whom no right is given read nothing, whatever the person agreed to.
    let bearer = crate::Bearer {
        share: Id([7; 16]),
        name: String::new(),
        purpose: String::new(),
        situation: None,
    };
    let bearer = Acting::Bearer(Arc::new(bearer));
    for acting in [Acting::Adviser, Acting::Service, bearer] {
        let outside = Viewer {
            acting,
            ..viewer("doctor")
        };
        for way in WAYS.split(' ') {
            for act in [Act::List, Act::Read, Act::Download, Act::UseCode] {
                let (policy, plain) = (policy("doctor", way), item("plain"));
                let rules = rules("doctor");
                let decision = decide(&outside, &policy, act, Some(&plain), &rules, now());
                assert!(decision.is_err(), "{way} {act:?}");
            }
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/");
    for file in ["access-matrix.json", "professions.json"] {
        let text = std::fs::read_to_string(format!("{folder}{file}")).expect("reference data");
        let text = text.to_lowercase();
        for word in [
            "assureur",
            "assurance",
            "mutuelle",
            "prévoyance",
            "employeur",
            "banque",
            "courtier",
            "expert",
        ] {
            assert!(!text.contains(word), "{file}: {word}");
        }
    }
}
