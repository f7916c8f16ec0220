//! The official examples, when they are at hand: which pass, which do not.

use crate::sample::{STRICT, TOLERANT, intake};
use fhir::{DocumentReference, check, pdsm, status};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::PathBuf};

fn corpus() -> Option<BTreeMap<String, Vec<u8>>> {
    let root: PathBuf = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/reference/fhir"
    )
    .into();
    let Ok(folders) = fs::read_dir(&root) else {
        println!("skipped: no corpus at {}", root.display());
        return None;
    };
    let mut files = BTreeMap::new();
    for folder in folders.flatten().filter(|f| f.path().is_dir()) {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            let name = file
                .path()
                .strip_prefix(&root)
                .unwrap()
                .display()
                .to_string();
            files.insert(name, fs::read(file.path()).unwrap());
        }
    }
    Some(files)
}

/// Empty strings, and local references (`#id`) to what is no contained resource:
/// errors of the examples, not ours.
const REFUSED: &[(&str, u16)] = &[
    ("cds/CareTeam-cds-careteam-example.json", 400),
    ("cds/Organization-cds-organization-example.json", 400),
    ("eprescription/Bundle-Presc-DIPROSONE-AppCut.json", 422),
    (
        "eprescription/Bundle-Presc-MiniperfCefotaxime-En20min-Pdt3j.json",
        422,
    ),
    ("eprescription/Bundle-Presc-NICORETTESKIN-patch.json", 422),
    (
        "eprescription/Bundle-TradPN13FHIR-Presc-Morphine-PCA.json",
        422,
    ),
    (
        "eprescription/Bundle-TradPN13FHIR-Presc-Paracetamol.json",
        422,
    ),
];

#[test]
fn the_door_lets_good_examples_in() {
    let Some(files) = corpus() else { return };
    let refused: Vec<(&str, u16)> = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.as_str(), status(&check(bytes).err()?))))
        .collect();
    assert_eq!(refused, REFUSED);
    assert!(files.len() > 70);
}

/// Status, and how many errors (strict) or warnings (tolerant).
type Outcome = (u16, usize);

/// File, strict outcome, tolerant outcome.
const DEPOSITS: &[(&str, Outcome, Outcome)] = &[
    // No custodian, class that is not the type's.
    (
        "pdsm4dmp/Bundle-example-td2-iti65-lot-soumission.json",
        (422, 1),
        (200, 2),
    ),
    // Size and hash that are not the file's; a type that the tests do not know.
    (
        "pdsm/DocumentReference-PDSmSimplifiedExample.json",
        (422, 2),
        (200, 3),
    ),
    // A comprehensive resource is no simplified deposit: address instead of file.
    (
        "pdsm/DocumentReference-exemple-pdsm-documentreference.json",
        (422, 3),
        (422, 1),
    ),
    // No submission set.
    (
        "mes-api-mesures/Bundle-feed-weight.json",
        (400, 1),
        (400, 0),
    ),
];

#[test]
fn deposits_end_as_expected() {
    let Some(files) = corpus() else { return };
    for (name, strict, tolerant) in DEPOSITS {
        let resource: Value = serde_json::from_slice(&files[*name]).unwrap();
        let read = |mode| {
            let outcome = if resource["resourceType"] == "Bundle" {
                pdsm::read_transaction(&resource, &intake(mode))
            } else {
                pdsm::read_simplified(&resource, &intake(mode))
            };
            match outcome {
                Ok(submission) => (200, submission.warnings),
                Err(problems) => (status(&problems), problems),
            }
        };
        let count = |problems: &[fhir::Problem], severity| {
            problems.iter().filter(|p| p.severity == severity).count()
        };
        let (code, problems) = read(STRICT);
        assert_eq!(
            (code, count(&problems, fhir::Severity::Error)),
            *strict,
            "{name}"
        );
        let (code, problems) = read(TOLERANT);
        assert_eq!(
            (code, count(&problems, fhir::Severity::Warning)),
            *tolerant,
            "{name}"
        );
    }
}

#[test]
fn views_read_every_document() {
    let Some(files) = corpus() else { return };
    let mut seen = 0;
    for bytes in files.values() {
        let resource: Value = serde_json::from_slice(bytes).unwrap();
        let Some(document) = DocumentReference::of(&resource) else {
            continue;
        };
        seen += 1;
        assert!(document.master_identifier().is_some());
        assert_eq!(document.status(), Some("current"));
        assert!(document.type_coding().is_some() && document.category().is_some());
        assert!(document.date().and_then(fhir::date_time).is_some());
        assert_eq!(document.authors().len(), 1);
        let attachment = document.attachment();
        assert!(attachment.title.is_some() && attachment.size.is_some());
        let contained = resource
            .to_string()
            .contains("sourcePatientInfo\":{\"reference\":\"#");
        assert_eq!(document.source_patient().is_some(), contained);
    }
    assert!(seen >= 5);
}
