//! The registry: opened, corrected, linked.

use access::{Act, Acting, Policy, Purpose, Viewer, policy::SpaceState};
use vault::RecordId;

use crate::house::{House, number, registry, tom, zoe};

async fn policy(house: &House, number: &str) -> (RecordId, Policy) {
    let row = house.app.store.insured(number, "").await.unwrap().unwrap();
    let record = row.record.unwrap();
    let viewer = Viewer::system(Purpose::SignIn, house.now());
    let clearance = house
        .app
        .gate
        .enter(&viewer, record, Act::ReadSettings)
        .await
        .unwrap();
    (record, clearance.policy().clone())
}

#[tokio::test]
async fn spaces_are_opened_once_and_children_linked_whatever_the_order() {
    let house = House::new().await;
    let (_, of_tom) = policy(&house, &tom()).await;
    let (parent, of_zoe) = policy(&house, &zoe()).await;
    assert_eq!(of_zoe.space.state, SpaceState::Opened);
    assert!(of_zoe.settings.break_glass && of_zoe.settings.dispatch);
    assert!(!of_zoe.settings.hidden_in_emergency && !of_zoe.settings.chosen);
    assert!(of_tom.represented_by(parent, house.now()));
    let majority = "2036-02-02T23:00:00Z".parse().unwrap();
    assert!(!of_tom.represented_by(parent, majority));

    let report = house.import_told(&registry()).await;
    assert_eq!((report.opened, report.known, report.refused), (0, 3, 0));
    let (_, again) = policy(&house, &tom()).await;
    assert_eq!(again.representations.len(), 1);
}

#[tokio::test]
async fn a_newer_file_corrects_and_ends_what_it_no_longer_says() {
    let house = House::new().await;
    let newer = registry()
        .replace(";ZOE MARIE;Zoé;", ";ZOÉ MARIE;Zoé;")
        .replace(&format!(";{}\n", zoe()), ";\n");
    let report = house.import_told(&newer).await;
    assert_eq!((report.known, report.refused), (3, 0), "{report:?}");
    let (parent, of_zoe) = policy(&house, &zoe()).await;
    let traits = of_zoe.identity().unwrap().traits().unwrap();
    assert_eq!(traits.birth_given_names, ["ZOÉ", "MARIE"]);
    let (child, of_tom) = policy(&house, &tom()).await;
    assert!(!of_tom.represented_by(parent, house.now()));
    let viewer = Viewer {
        acting: Acting::Representative {
            own: parent,
            of: child,
            name: String::new(),
        },
        ..Viewer::system(Purpose::SignIn, house.now())
    };
    assert!(
        house
            .app
            .gate
            .enter(&viewer, child, Act::ReadSettings)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn bad_lines_are_named_and_the_others_taken() {
    let house = House::empty();
    let unknown = number(2, "1990-01-01", 77);
    let mut csv = registry().replace(&format!(";{}\n", zoe()), &format!(";{unknown}\n"));
    csv.push_str("2;3\n");
    csv.push_str(
        &registry()
            .lines()
            .last()
            .unwrap()
            .replace("1950-12-01", "1950-13-01"),
    );
    let report = house.import_told(&csv).await;
    assert_eq!(
        (report.read, report.opened, report.refused),
        (5, 3, 3),
        "{report:?}"
    );
    let lines: Vec<u64> = report.reasons.iter().map(|refusal| refusal.line).collect();
    assert_eq!(lines, [5, 6, 2]);
    assert!(report.reasons[2].reason.contains("représentant absent"));
    let told = account::Told::ByUs;
    let wrong = account::import(&house.app, ins::oid::TEST, told, &b"a;b\n"[..], |_| {});
    assert!(
        wrong
            .await
            .unwrap_err()
            .to_string()
            .contains("première ligne")
    );
}

#[test]
fn the_languages_are_in_parity() {
    let texts = [web::OWN_TEXTS, access::TEXTS, account::TEXTS].concat();
    assert_eq!(
        web::Texts::load(&texts).unwrap().problems(),
        Vec::<String>::new()
    );
}
