//! Descriptions of documents by the thousand, without the documents.

use ambient::Random;
use fhir::{Code, pdsm, system};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::professional::{self, Professional};
use crate::{Person, Staff, catalogue, paris};

/// Kinds of documents: type, title, format, MIME type.
const KINDS: [(&str, &str, &str, &str); 16] = [
    ("11488-4", "Consultation de suivi", HORS_PROFILS, XML),
    (
        "11488-4",
        "Consultation pour renouvellement",
        HORS_PROFILS,
        XML,
    ),
    ("11502-2", "Bilan sanguin", "urn:ihe:lab:xd-lab:2008", XML),
    (
        "11502-2",
        "Numération et ionogramme",
        "urn:ihe:lab:xd-lab:2008",
        XML,
    ),
    ("57833-6", "Ordonnance", WRAPPED, XML),
    ("57833-6", "Ordonnance – renouvellement", WRAPPED, XML),
    ("60593-1", "Dispensation à la pharmacie", HORS_PROFILS, XML),
    ("18748-4", "Radiographie du thorax", WRAPPED, XML),
    ("18748-4", "Échographie abdominale", WRAPPED, XML),
    ("11490-0", "Lettre de liaison de sortie", WRAPPED, XML),
    ("11506-3", "Passage infirmier", HORS_PROFILS, XML),
    (
        "87273-9",
        "Note de vaccination",
        "urn:asip:ci-sis:vac-note:2021",
        XML,
    ),
    ("PRESC-KINE", "Prescription de kinésithérapie", WRAPPED, XML),
    ("CERT_DECL", "Certificat médical", WRAPPED, XML),
    (
        "SYNTH",
        "Synthèse médicale",
        "urn:asip:ci-sis:vsm:2012",
        XML,
    ),
    (
        "REMB",
        "Relevé de remboursements",
        "urn:asip:ci-sis:hr:2019",
        "application/pdf",
    ),
];
const XML: &str = "text/xml";
const HORS_PROFILS: &str = "urn:asipSante:modelesHorsProfils:2011";
const WRAPPED: &str = "urn:ihe:iti:xds-sd:pdf:2008";

/// Complements of titles and comments.
const MATTERS: [&str; 12] = [
    "contrôle annuel",
    "douleur de l’épaule",
    "suites d’opération",
    "suivi de traitement",
    "bilan avant voyage",
    "fatigue persistante",
    "pression artérielle",
    "suivi de grossesse",
    "allergie saisonnière",
    "entorse",
    "douleurs abdominales",
    "toux",
];

/// `count` descriptions of documents of a person (PDSm `DocumentReference`, about
/// 3 kB each), as a server would keep them: id, address, size and hash, no
/// bytes behind. Cheap: for benches and to train the compression dictionary.
pub fn many<'a>(
    person: &'a Person,
    staff: &'a Staff,
    random: &'a dyn Random,
    now: Timestamp,
    count: usize,
) -> impl Iterator<Item = Value> + 'a {
    (0..count).map(move |_| reference(person, staff, random, now))
}

fn reference(person: &Person, staff: &Staff, random: &dyn Random, now: Timestamp) -> Value {
    fn pick<T: Copy>(random: &dyn Random, list: &[T]) -> T {
        list[random.below(list.len() as u32) as usize]
    }
    let (code, title, format, content_type) = pick(random, &KINDS);
    let matter = pick(random, &MATTERS);
    let who: &Professional = pick(random, &staff.authors());
    let at = &who.situations[random.below(who.situations.len() as u32) as usize].facility;
    let (kind, class) = catalogue::kind(code);
    let id = random.id();
    let lived = now
        .duration_since(paris::at(person.birth(), 0, 0))
        .as_hours()
        .clamp(2, 6 * 366 * 24);
    let ago = 1 + i64::from(random.below(lived as u32 - 1));
    let created = now
        .checked_sub(SignedDuration::from_hours(ago))
        .unwrap_or(now);
    let hidden = random.below(25) == 0;
    let mut labels = vec![Code::new(system::CONFIDENTIALITY, "N", "Normal")];
    if hidden {
        labels.push(Code::new(
            system::VISIBILITY,
            "MASQUE_PS",
            "Masqué aux professionnels de santé",
        ));
    }
    let document = pdsm::NewDocument {
        unique_id: format!("urn:oid:2.25.{}", u128::from_be_bytes(random.id().0)),
        kind,
        class,
        title: format!("{title} – {matter}"),
        description: (random.below(4) == 0).then(|| format!("Document fictif, {matter}")),
        created,
        care_start: created,
        format: Code::new(system::FORMAT, format, ""),
        facility: professional::sector(at),
        practice_setting: professional::setting(at),
        labels,
        author: who.author(at),
        custodian: at.organization(),
        subject: person.identity.clone(),
        traits: person.traits.clone(),
        replaces: None,
        url: Some(format!("Binary/{}", random.id())),
        content_type: content_type.to_owned(),
        // Stands for bytes that nobody will read: gives each description its own hash.
        bytes: &id.0,
    };
    let mut resource = pdsm::document_reference(&document);
    resource["id"] = id.to_string().into();
    resource["content"][0]["attachment"]["size"] = (4_000 + random.below(120_000)).into();
    resource
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn they_differ_and_pass_the_door() {
        let now: Timestamp = "2026-06-12T08:00:00Z".parse().unwrap();
        let (cast, staff) = (crate::cast(now), crate::staff());
        let random = ambient::SeededRandom::new(5);
        let all: Vec<Value> = [&cast.karim, &cast.leo]
            .iter()
            .flat_map(|person| many(person, &staff, &random, now, 150))
            .collect();
        let mut ids = BTreeSet::new();
        let mut titles = BTreeSet::new();
        for resource in &all {
            let text = resource.to_string();
            assert!((1_500..5_000).contains(&text.len()), "{} bytes", text.len());
            assert!(text.contains("ficti"));
            fhir::check(text.as_bytes()).expect("good FHIR");
            ids.insert(resource["id"].to_string());
            titles.insert(resource["content"][0]["attachment"]["title"].to_string());
        }
        assert_eq!(ids.len(), 300);
        assert!(titles.len() > 80);
    }
}
