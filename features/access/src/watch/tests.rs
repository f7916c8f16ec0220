use proptest::prelude::*;

use super::*;

fn at(minute: i64) -> Timestamp {
    // Friday 12 June 2026, 10:00 in Paris.
    Timestamp::from_second(1_781_251_200 + minute * 60).expect("an instant")
}

fn seen(minute: i64, by: &str, order: u32, linked: bool) -> Seen {
    Seen {
        at: at(minute),
        by: by.to_owned(),
        order,
        linked,
    }
}

/// So many, one each few minutes, in no order.
fn many(count: i64, every: i64, linked: bool) -> Vec<Seen> {
    let order = |n: i64| u32::try_from((n * 7_919 + 13) % 10_007).expect("small") + 1;
    (0..count)
        .map(|n| seen(n * every, "8", order(n), linked))
        .collect()
}

fn of(account: Vec<Seen>, sector: &str) -> (Step, Vec<&'static str>) {
    let watch = Watch::default();
    let place = watch.place(Some(sector));
    let lately = Lately {
        account,
        place: vec![],
    };
    let score = score(&lately, place, &watch);
    let keys = score.signals.iter().map(Signal::key).collect();
    (score.step(&watch), keys)
}

const PRACTICE: &str = "SA07";
const PHARMACY: &str = "SA33";

#[test]
fn a_practice_is_slowed_then_asked_then_suspended() {
    // Nobody linked, through one long day.
    let table: [(i64, Step); 6] = [
        (19, Step::Free),
        (30, Step::Free),
        (31, Step::Slowed),
        (38, Step::Card),
        (45, Step::Card),
        (46, Step::Full),
    ];
    for (count, step) in table {
        assert_eq!(of(many(count, 10, false), PRACTICE).0, step, "{count}");
    }
    // Of people who gave their consent themselves, or came before, volume alone suspends nobody.
    assert_eq!(
        of(many(60, 8, true), PRACTICE),
        (Step::Card, vec!["watch-volume"])
    );
    assert_eq!(of(many(30, 8, true), PRACTICE), (Step::Free, vec![]));
}

#[test]
fn a_pharmacys_honest_day_is_free() {
    assert_eq!(of(many(150, 4, false), PHARMACY).0, Step::Free);
    assert_eq!(of(many(190, 3, false), PHARMACY).0, Step::Card);
    assert_eq!(of(many(226, 2, false), PHARMACY).0, Step::Full);
}

#[test]
fn at_night_where_nobody_works() {
    // From ten in the evening on.
    let night = |count: i64| {
        let all = (0..count).map(|n| seen(12 * 60 + n * 7, "8", 1, true));
        all.collect::<Vec<_>>()
    };
    let no_row = |mut all: Vec<Seen>| {
        for (n, one) in all.iter_mut().enumerate() {
            one.order = u32::try_from((n * 7_919 + 13) % 10_007).expect("small");
        }
        all
    };
    assert_eq!(of(no_row(night(4)), PRACTICE).0, Step::Free);
    let (step, keys) = of(no_row(night(10)), PRACTICE);
    assert_eq!((step, keys), (Step::Slowed, vec!["watch-hours"]));
    assert_eq!(of(no_row(night(10)), "SA01").0, Step::Free, "a hospital");
}

#[test]
fn a_register_gone_through_is_found_up_down_and_with_some_out_of_order() {
    let up = |count: u32| (0..count).map(|n| seen(i64::from(n) * 5, "8", 100 + n, true));
    for sector in [PRACTICE, PHARMACY, "SA01", "no sector"] {
        assert_eq!(of(up(10).collect(), sector).0, Step::Free, "{sector}");
        assert_eq!(of(up(11).collect(), sector).0, Step::Slowed, "{sector}");
        let (step, keys) = of(up(13).collect(), sector);
        assert_eq!((step, keys), (Step::Full, vec!["watch-row"]), "{sector}");
    }
    let mut down: Vec<_> = up(13).collect();
    down.reverse();
    assert_eq!(of(down, PRACTICE).0, Step::Full);
    let mut shuffled: Vec<_> = up(16).collect();
    for n in [3, 8, 12] {
        shuffled[n].order = 1;
    }
    assert_eq!(of(shuffled, PRACTICE).0, Step::Full, "thirteen of sixteen");
}

#[test]
fn a_row_of_several_accounts_is_theirs_and_not_a_colleagues() {
    let watch = Watch::default();
    let place = watch.place(Some("SA01"));
    let accounts = ["a", "b", "c"];
    let all: Vec<_> = (0..16_u32)
        .map(|n| seen(i64::from(n), accounts[n as usize % 3], 100 + n, false))
        .collect();
    let own = |who: &str| all.iter().filter(|one| one.by == who).cloned().collect();
    let step = |account: Vec<Seen>, place_of: &[Seen]| {
        let lately = Lately {
            account,
            place: place_of.to_vec(),
        };
        score(&lately, place, &watch).step(&watch)
    };
    for who in accounts {
        assert_eq!(step(own(who), &all), Step::Full, "{who}");
    }
    let mut with = all.clone();
    with.push(seen(17, "d", 9, false));
    assert_eq!(
        step(vec![with[16].clone()], &with),
        Step::Free,
        "a colleague"
    );
}

#[test]
fn the_first_seven_digits_say_the_order() {
    assert_eq!(order("185037512345678"), 1_850_375);
    assert_eq!(order("185032A12345678"), 1_850_320);
    assert_eq!(order(""), 0);
}

#[test]
fn a_table_that_contradicts_itself_is_refused() {
    let good = include_str!("../../../../reference/watch.json");
    let watch = Watch::read(good).expect("ours");
    assert_eq!(watch.place(Some("SA33")).kind, "pharmacy");
    assert_eq!(watch.place(None).kind, "other");
    for (from, to) in [
        ("\"an_hour\": 300", "\"an_hour\": 0"),
        ("\"a_day\": 3000", "\"a_day\": 3"),
        ("[21, 7]", "[21]"),
        ("[21, 7]", "[24, 7]"),
        ("\"SA07\"", "\"SA01\""),
        ("\"suspend\": 4", "\"suspend\": 3"),
        ("\"points\"", "\"pints\""),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(Watch::read(&good.replace(from, to)).is_err(), "{from} {to}");
    }
}

/// Whatever accounts do, with the card or without, in whatever order: nothing is in the way of a
/// budget's worth, nothing passes one and a half, and it never gets easier.
#[test]
fn a_budget_is_kept() {
    let tries = prop::collection::vec((0_u8..4, 0_i64..90, any::<bool>()), 0..900);
    proptest!(|(budget in 1_u32..400, tries in tries)| {
        let (mut used, mut now) = (0, 0);
        let mut last = [i64::MIN; 4];
        let mut hardest = Step::Free;
        for (account, seconds, fresh) in tries {
            now += seconds;
            let step = step(used, budget);
            prop_assert!(step >= hardest);
            hardest = step;
            prop_assert_eq!(step == Step::Free, used < budget);
            let spaced = now.saturating_sub(last[usize::from(account)]) >= SPACING.as_secs();
            let granted = match step {
                Step::Free => true,
                Step::Slowed => spaced,
                Step::Card => spaced && fresh,
                Step::Full => false,
            };
            if granted {
                used += 1;
                last[usize::from(account)] = now;
            }
            prop_assert!(used <= most(budget));
        }
        prop_assert!(f64::from(most(budget)) <= f64::from(budget) * 1.5 + 2.0);
    });
}

proptest! {
    /// One more that is linked to nobody never makes it easier.
    #[test]
    fn more_never_weighs_less(orders in prop::collection::vec(1_u32..9_999_999, 1..120)) {
        let watch = Watch::default();
        let place = watch.place(Some(PRACTICE));
        let mut account = vec![];
        let mut volume = 0;
        for (minute, order) in (0..).zip(orders) {
            account.push(seen(minute, "8", order, false));
            let lately = Lately { account: account.clone(), place: vec![] };
            let found = score(&lately, place, &watch);
            let apart = |one: &&Signal| !matches!(one, Signal::Row { .. });
            let weighed = u32::try_from(found.signals.iter().filter(apart).count()).expect("few");
            prop_assert!(weighed >= volume);
            volume = weighed;
        }
    }
}
