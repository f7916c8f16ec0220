//! The data files of `reference/` agree with each other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

fn rows<'a>(file: &'a Value, list: &str) -> &'a Vec<Value> {
    file[list].as_array().expect("a list")
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn texts<'a>(row: &'a Value, name: &str) -> Vec<&'a str> {
    row[name]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

fn types() -> Value {
    serde_json::from_str(include_str!("../../../reference/document-types.json")).expect("JSON")
}

#[test]
fn every_type_has_a_label_a_class_and_a_category() {
    let file = types();
    let codes = |list: &str| -> BTreeSet<String> {
        rows(&file, list)
            .iter()
            .map(|row| text(row, "code").to_owned())
            .collect()
    };
    let (classes, categories, kinds) = (codes("classes"), codes("categories"), codes("types"));
    assert_eq!(
        (classes.len(), categories.len(), kinds.len()),
        (12, 15, 132)
    );
    assert_eq!(rows(&file, "types").len(), 132, "no code twice");
    for list in ["classes", "categories", "types"] {
        assert!(
            rows(&file, list)
                .iter()
                .all(|row| !text(row, "label").trim().is_empty())
        );
    }
    for kind in rows(&file, "types") {
        let code = text(kind, "code");
        assert!(classes.contains(text(kind, "class")), "{code}");
        assert!(categories.contains(text(kind, "category")), "{code}");
        assert!(!text(kind, "system").is_empty(), "{code}");
    }
    const ICONS: [&str; 11] = [
        "document",
        "pill",
        "qr",
        "heart-pulse",
        "syringe",
        "shield",
        "history",
        "user",
        "stethoscope",
        "eye",
        "folder",
    ];
    assert!(
        rows(&file, "categories")
            .iter()
            .all(|row| ICONS.contains(&text(row, "icon")))
    );
}

#[test]
fn the_matrix_speaks_of_what_exists() {
    let file = types();
    let matrix: Value =
        serde_json::from_str(include_str!("../../../reference/access-matrix.json")).expect("JSON");
    let professions: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../reference/professions.json")).expect("JSON");
    assert_eq!(text(&matrix, "status"), "proposed");
    let has = |list: &str, code: &str| {
        rows(&file, list)
            .iter()
            .any(|row| text(row, "code") == code)
    };
    let mut seen = BTreeSet::new();
    for row in rows(&matrix, "rows") {
        let profession = text(row, "profession");
        assert!(seen.insert(profession), "{profession} twice");
        assert!(
            professions
                .get(profession)
                .is_some_and(|label| !label.is_empty()),
            "{profession}"
        );
        assert!(!text(row, "label").is_empty() && !text(row, "basis").is_empty());
        assert!(
            texts(row, "allowClasses")
                .iter()
                .all(|code| has("classes", code))
        );
        for list in ["allowTypes", "denyTypes"] {
            for code in texts(row, list) {
                assert!(has("types", code), "{profession}: {code}");
            }
        }
    }
    for staff in crate::staff().all() {
        assert!(seen.contains(staff.profession), "{}", staff.name());
    }
}

#[test]
fn code_lists_are_whole_and_hold_what_the_staff_is_coded_with() {
    let read = |json: &str| -> BTreeMap<String, String> {
        let rows: Vec<Value> = serde_json::from_str(json).expect("JSON");
        let count = rows.len();
        let list: BTreeMap<_, _> = rows
            .iter()
            .map(|row| {
                assert!(!text(row, "system").is_empty());
                (text(row, "code").to_owned(), text(row, "label").to_owned())
            })
            .collect();
        assert_eq!(list.len(), count, "no code twice");
        assert!(
            list.iter()
                .all(|(code, label)| !code.is_empty() && !label.is_empty())
        );
        list
    };
    let facilities = read(include_str!("../../../reference/facility-types.json"));
    let settings = read(include_str!("../../../reference/practice-settings.json"));
    let authors = read(include_str!("../../../reference/author-specialties.json"));
    let formats = read(include_str!("../../../reference/format-codes.json"));
    let specialties: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../reference/specialties.json")).expect("JSON");
    assert!(formats.contains_key("urn:ihe:iti:xds-sd:pdf:2008"));
    for person in crate::staff().all() {
        assert!(
            authors.contains_key(&person.author_code()),
            "{}",
            person.author_code()
        );
        assert!(
            person
                .specialty
                .is_none_or(|s| specialties.contains_key(s.code))
        );
        for situation in &person.situations {
            assert!(facilities.contains_key(situation.facility.sector));
            assert!(settings.contains_key(situation.facility.setting));
        }
    }
}
