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
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
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
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.ends_with(".xml") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        camille.get("/documents/ajouter").await.expect("page");
        let stem = name.trim_end_matches(".xml");
        let fields = [("titre", stem), ("date", "2026-06-01"), ("categorie", "AUTR_DOC"), ("visibilite", "visible")];
        let added = camille.upload("/documents/ajouter", &fields, &[("fichier", &name, &bytes)]).await.expect("page");
        if added.path == "/documents/ajouter" {
            outcomes.insert(name, format!("refused: {}", added.status));
            continue;
        }
        let list = camille.get("/documents?ajoutes=moi").await.expect("page");
        let link = link_to(&list.text(), stem).unwrap_or_else(|| panic!("{name} is not in the list"));
        let page = camille.get(&link).await.expect("page");
        assert_eq!(page.status, 200, "{name}");
        let text = page.text();
        for forbidden in ["<script>", " onload=", " style=", "javascript:"] {
            assert!(!text.contains(forbidden), "{name} holds {forbidden}");
        }
        let shown = if text.contains("cda-") { "text" } else { "file" };
        outcomes.insert(name, shown.to_owned());
    }
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
    let (Some(pdsm), Some(pdsm4dmp)) = (shared("fhir/pdsm"), shared("fhir/pdsm4dmp")) else { return };
    let bed = Bed::new().await;
    let (software, token) = bed.software("demo-labo", "Laboratoire (fictif)").await;
    let mut outcomes = BTreeMap::new();
    for folder in [pdsm, pdsm4dmp] {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let json: Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
            let route = match json["resourceType"].as_str() {
                Some("Bundle") => "/fhir".to_owned(),
                Some("DocumentReference") => "/fhir/DocumentReference".to_owned(),
                other => format!("/fhir/{}", other.unwrap_or_default()),
            };
            let answer = software.post(&token, &route, &json).await.expect("an answer");
            let outcome: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let issue = &outcome["issue"][0];
            let code = issue["code"].as_str().unwrap_or("-");
            outcomes.insert(name, format!("{} {code}", answer.status.as_u16()));
        }
    }
    assert_eq!(outcomes, expected().fhir);
}
