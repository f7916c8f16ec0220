//! Files of another system: what they bring is kept once, what is wrong is told by line.

use std::io::Cursor;

use exchange::{Imported, import};
use fhir::pdsm;
use serde_json::{Value, json};

use crate::harness::{BASILE, House, basile, document, subject};

const PDF: &[u8] = b"%PDF-1.4 reprise";
const SOURCE: &str = "Ancien logiciel";

async fn take_in(house: &House, lines: &[String]) -> Imported {
    let file = Cursor::new(lines.join("\n"));
    import(&house.app, SOURCE, file, |_| {})
        .await
        .expect("read")
}

fn inline(number: usize) -> Value {
    pdsm::simplified(&document(number, PDF))
}

#[tokio::test]
async fn what_a_file_brings_is_kept_once_with_one_line_and_no_notice() {
    let house = House::new().await;
    let (before, _, _) = house.kept().await;
    let mut lines: Vec<String> = (1..=5).map(|number| inline(number).to_string()).collect();
    let first = take_in(&house, &lines).await;
    assert_eq!(
        (first.read, first.kept, first.known),
        (5, 5, 0),
        "{first:?}"
    );
    let all = house.documents(house.aurore).await;
    assert_eq!(all.len(), 5);
    assert!(
        all.iter()
            .all(|(_, own)| own.media_type == "application/pdf")
    );
    assert_eq!(house.kept().await.0, before + 6, "five documents, one line");
    assert_eq!(house.notices().await, 0);

    lines.push(inline(6).to_string());
    let again = take_in(&house, &lines).await;
    assert_eq!((again.read, again.kept, again.known), (6, 1, 5));
    assert_eq!(house.documents(house.aurore).await.len(), 6);
}

#[tokio::test]
async fn files_and_persons_may_stand_on_lines_of_their_own() {
    let house = House::new().await;
    let mut apart = inline(1);
    let data = apart["content"][0]["attachment"]
        .as_object_mut()
        .and_then(|attachment| attachment.remove("data"))
        .expect("a file");
    apart["content"][0]["attachment"]["url"] = "Binary/b1".into();
    let patient = apart["contained"]
        .as_array_mut()
        .expect("contained")
        .iter()
        .position(|inside| inside["resourceType"] == "Patient")
        .map(|place| {
            apart["contained"]
                .as_array_mut()
                .expect("contained")
                .remove(place)
        })
        .expect("a patient");
    let mut patient = patient;
    patient["id"] = "p1".into();
    let identifier = apart["subject"]["identifier"].clone();
    if !identifier.is_null() && patient.get("identifier").is_none() {
        patient["identifier"] = json!([identifier]);
    }
    apart["subject"] = json!({ "reference": "Patient/p1" });
    if let Some(context) = apart["context"].as_object_mut() {
        context.remove("sourcePatientInfo");
    }
    let binary = json!({
        "resourceType": "Binary", "id": "b1", "contentType": "application/pdf", "data": data,
    });
    let lines = [patient.to_string(), binary.to_string(), apart.to_string()];
    let done = take_in(&house, &lines).await;
    assert_eq!((done.read, done.kept, done.refused), (3, 1, 0), "{done:?}");
    let all = house.documents(house.aurore).await;
    assert_eq!(all[0].1.hash, pdsm::sha1(PDF));
}

#[tokio::test]
async fn what_is_wrong_is_told_by_line_and_keeps_nothing_else_out() {
    let house = House::new().await;
    let stranger = pdsm::NewDocument {
        subject: subject(BASILE),
        ..document(3, PDF)
    };
    let other_bytes = pdsm::simplified(&document(1, b"%PDF-1.4 autre"));
    let no_file = {
        let mut resource = inline(4);
        resource["content"][0]["attachment"]["data"] = "".into();
        resource
    };
    let lines = [
        inline(1).to_string(),
        "{ not JSON".to_owned(),
        json!({ "resourceType": "Observation", "status": "final" }).to_string(),
        String::new(),
        pdsm::simplified(&stranger).to_string(),
        other_bytes.to_string(),
        no_file.to_string(),
        "x".repeat(20_000_000),
        inline(2).to_string(),
    ];
    let done = take_in(&house, &lines).await;
    assert_eq!((done.kept, done.refused), (2, 6), "{done:?}");
    let mut told: Vec<_> = done
        .reasons
        .iter()
        .map(|refusal| (refusal.line, refusal.code))
        .collect();
    told.sort_unstable();
    let lines: Vec<u64> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 5, 6, 7, 8]);
    assert_eq!(told[3].1, "duplicate");
    assert_eq!(house.documents(house.basile).await.len(), 0);
    let name = basile().birth_family_name;
    let printed = serde_json::to_string(&done).expect("JSON");
    assert!(!printed.contains(BASILE) && !printed.contains(&name));
}

/// A document and the one that replaces it may come in one file.
#[tokio::test]
async fn a_replacement_in_the_same_file_replaces() {
    let house = House::new().await;
    let old = document(1, PDF);
    let new = pdsm::NewDocument {
        replaces: Some(old.unique_id.clone()),
        ..document(2, b"%PDF-1.4 nouveau")
    };
    let lines = [&old, &new].map(|document| pdsm::simplified(document).to_string());
    let done = take_in(&house, &lines).await;
    assert_eq!((done.kept, done.refused), (2, 0), "{done:?}");
    let all = house.documents(house.aurore).await;
    let replaced = all.iter().filter(|(_, own)| own.replaced_by.is_some());
    assert_eq!(replaced.count(), 1);
}
