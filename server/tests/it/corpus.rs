//! Every shared CDA file and every PDSm example goes through HTTP, with the
//! outcome that `expected.toml` (ours) says. The files have no licence to be
//! copied: they are read in place, and left out with a message where absent.

use std::{collections::BTreeMap, path::PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::bed::Bed;

#[derive(Debug, Deserialize)]
struct Expected {
    /// CDA files that a person adds: what the page shows of each.
    cda: BTreeMap<String, String>,
    /// FHIR files that software posts: status, and a word of the outcome.
    fhir: BTreeMap<String, String>,
}

fn shared(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/reference")
        .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

/// Prints what came out in the shape of `expected.toml`, to be read before it is taken over.
fn write_if_asked(table: &str, outcomes: &BTreeMap<String, String>) {
    if *outcomes
        != if table == "cda" {
            expected().cda
        } else {
            expected().fhir
        }
    {
        println!("[{table}]");
        outcomes
            .iter()
            .for_each(|(file, outcome)| println!("{file:?} = {outcome:?}"));
    }
}

fn expected() -> Expected {
    toml::from_str(include_str!("expected.toml")).expect("expected.toml")
}

#[tokio::test]
async fn every_cda_file_is_added_and_read() {
    let Some(folder) = shared("cda") else { return };
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let mut outcomes = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".xml") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        camille.get("/documents/ajouter").await.expect("page");
        let stem = name.trim_end_matches(".xml");
        let fields = [
            ("titre", stem),
            ("date", "2026-06-01"),
            ("categorie", "AUTR_DOC"),
            ("visibilite", "visible"),
        ];
        let added = camille
            .upload("/documents/ajouter", &fields, &[("fichier", &name, &bytes)])
            .await
            .expect("page");
        if added.path == "/documents/ajouter" {
            outcomes.insert(name, format!("refused: {}", added.status));
            continue;
        }
        let list = camille.get("/documents?ajoutes=moi").await.expect("page");
        let link =
            link_to(&list.text(), stem).unwrap_or_else(|| panic!("{name} is not in the list"));
        let page = camille.get(&link).await.expect("page");
        assert_eq!(page.status, 200, "{name}");
        let text = page.text();
        for forbidden in ["<script>", " onload=", " style=", "javascript:"] {
            assert!(!text.contains(forbidden), "{name} holds {forbidden}");
        }
        let shown = if text.contains("cda-") {
            "text"
        } else {
            "file"
        };
        outcomes.insert(name, shown.to_owned());
    }
    write_if_asked("cda", &outcomes);
    assert_eq!(outcomes, expected().cda);
}

/// The address of the row with that title.
fn link_to(list: &str, title: &str) -> Option<String> {
    let at = list.find(&format!(">{title}<"))?;
    let before = &list[..at];
    let from = before.rfind("href=\"")? + 6;
    before[from..].split('"').next().map(ToOwned::to_owned)
}

#[tokio::test]
async fn every_pdsm_example_is_answered() {
    let (Some(pdsm), Some(pdsm4dmp)) = (shared("fhir/pdsm"), shared("fhir/pdsm4dmp")) else {
        return;
    };
    let bed = Bed::new().await;
    let strict = bed
        .software_in("demo-strict", "Laboratoire (fictif)", true)
        .await;
    let tolerant = bed
        .software_in("demo-tolerant", "Clinique (fictive)", false)
        .await;
    let mut outcomes = BTreeMap::new();
    for folder in [pdsm, pdsm4dmp] {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let json: Value =
                serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
            let route = match json["resourceType"].as_str() {
                Some("Bundle") => "/fhir".to_owned(),
                Some("DocumentReference") => "/fhir/DocumentReference".to_owned(),
                other => format!("/fhir/{}", other.unwrap_or_default()),
            };
            let mut outcome = Vec::new();
            for ((software, token), mode) in [(&strict, "strict"), (&tolerant, "tolerant")] {
                let answer = software
                    .post(token, &route, &json)
                    .await
                    .expect("an answer");
                let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                let code = body["issue"][0]["code"].as_str().unwrap_or("-");
                outcome.push(format!("{mode} {} {code}", answer.status.as_u16()));
            }
            outcomes.insert(name, format!("POST {route}: {}", outcome.join(", ")));
        }
    }
    write_if_asked("fhir", &outcomes);
    assert_eq!(outcomes, expected().fhir);
}
