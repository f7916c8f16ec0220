use cda::Code;

use super::*;

fn now() -> Timestamp {
    "2026-06-12T08:00:00Z".parse().expect("an instant")
}

fn source(n: u8, day: &str) -> Source {
    Source {
        document: Id([n; 16]),
        title: format!("Synthèse {n}"),
        day: day.to_owned(),
        at: format!("{day}T08:00:00Z").parse().expect("an instant"),
        by: "Dr Lebrun".to_owned(),
        by_holder: false,
        prescribed: false,
    }
}

fn block(kind: FactKind, facts: &[(Source, Vec<HealthFact>)]) -> Block {
    Block::of(kind, facts, now(), Lang::Fr)
}

fn words(groups: &[Group]) -> Vec<(u8, &str)> {
    let of = |group: &'_ Group| group.source.document.0[0];
    groups
        .iter()
        .flat_map(|group| {
            group
                .lines
                .iter()
                .map(move |line| (of(group), &*line.words))
        })
        .collect()
}

#[test]
fn each_fact_is_said_once_by_the_newest_that_says_it() {
    let coded = |words: &str| {
        HealthFact::new(FactKind::Problem, words).coded(Code::new("E06.3", "1.2.3", words))
    };
    let plain = |words: &str| HealthFact::new(FactKind::Problem, words);
    let facts = [
        (
            source(1, "2026-05-01"),
            vec![coded("Thyroïdite"), plain("Asthme")],
        ),
        (
            source(2, "2024-05-01"),
            vec![
                coded("Maladie de Hashimoto"),
                plain("ASTHME"),
                plain("Goutte"),
            ],
        ),
        // Another spelling of what another document coded.
        (source(3, "2023-05-01"), vec![plain("maladie de hashimoto")]),
    ];
    let block = block(FactKind::Problem, &facts);
    assert_eq!(
        words(&block.now),
        [(1, "Thyroïdite"), (1, "Asthme"), (2, "Goutte")]
    );
    assert!(block.past.is_empty() && !block.is_empty());
}

#[test]
fn what_a_newer_document_says_is_over_is_over() {
    let healed = HealthFact {
        over: true,
        ..HealthFact::new(FactKind::Problem, "Asthme")
    };
    let facts = [
        (source(1, "2026-05-01"), vec![healed]),
        (
            source(2, "2020-05-01"),
            vec![HealthFact::new(FactKind::Problem, "Asthme")],
        ),
    ];
    let block = block(FactKind::Problem, &facts);
    assert_eq!((block.now.len(), block.past_count), (0, 1));
}

#[test]
fn an_allergy_never_leaves_the_sight() {
    let absent = HealthFact {
        negated: true,
        ..HealthFact::new(FactKind::Allergy, "Pénicilline")
    };
    let old = HealthFact {
        over: true,
        ..HealthFact::new(FactKind::Allergy, "Pénicilline")
    };
    let many = (0..40).map(|n| HealthFact::new(FactKind::Allergy, format!("Agent {n}")));
    let facts = [
        (source(1, "2026-05-01"), vec![absent]),
        (
            source(2, "2001-05-01"),
            std::iter::once(old).chain(many).collect(),
        ),
    ];
    let block = block(FactKind::Allergy, &facts);
    // « Pas d’allergie à la pénicilline » does not silence the one who says there is.
    let both = words(&block.now);
    assert_eq!(both[..2], [(1, "Pénicilline"), (2, "Pénicilline")]);
    assert_eq!((both.len(), block.more), (42, 0));
}

#[test]
fn a_prescription_is_for_a_time() {
    let taken = HealthFact::new(FactKind::Treatment, "Amoxicilline");
    let ended = HealthFact {
        until: Some(PointInTime::new("20260601")),
        ..HealthFact::new(FactKind::Treatment, "Prednisone")
    };
    let going_on = HealthFact {
        until: Some(PointInTime::new("20270601")),
        ..HealthFact::new(FactKind::Treatment, "Ramipril")
    };
    let prescribed = Source {
        prescribed: true,
        ..source(3, "2025-01-01")
    };
    let facts = [
        (source(1, "2026-05-01"), vec![ended, going_on]),
        (
            source(2, "2025-01-01"),
            vec![HealthFact::new(FactKind::Treatment, "Metformine")],
        ),
        (prescribed, vec![taken]),
    ];
    let block = block(FactKind::Treatment, &facts);
    assert_eq!(words(&block.now), [(1, "Ramipril"), (2, "Metformine")]);
    assert_eq!(words(&block.past), [(1, "Prednisone"), (3, "Amoxicilline")]);
}

#[test]
fn the_same_vaccine_on_two_days_is_two_and_a_year_alone_is_shown_as_such() {
    let on = |day: &str| HealthFact::new(FactKind::Vaccination, "BCG").since(PointInTime::new(day));
    let facts = [(
        source(1, "2026-05-01"),
        vec![on("20240312"), on("1975"), on("20240312")],
    )];
    let block = block(FactKind::Vaccination, &facts);
    let days: Vec<_> = block.now[0]
        .lines
        .iter()
        .map(|line| line.when.as_str())
        .collect();
    assert_eq!(days, ["12/03/2024", "1975"]);
}

#[test]
fn beyond_what_is_shown_the_rest_is_counted() {
    let many = (0..15).map(|n| HealthFact::new(FactKind::Problem, format!("Problème {n}")));
    let facts = [(source(1, "2026-05-01"), many.collect())];
    let block = block(FactKind::Problem, &facts);
    assert_eq!((words(&block.now).len(), block.more), (12, 3));
}
