//! What documents tell: one story for each stage of life or illness.

mod adolescent;
mod asthma;
mod back_pain;
mod common;
mod diabetes;
mod fibrillation;
mod hypertension;
mod infant;
mod pregnancy;
mod shoulder;
mod thyroid;

use ambient::Random;
use jiff::Timestamp;

use crate::life::Life;
use crate::person::{Person, Story};
use crate::{Doc, Staff};

/// The documents of a person over six years (or since birth), oldest first: 10
/// to 25 for whoever has lived long enough.
pub fn documents(person: &Person, staff: &Staff, random: &dyn Random, now: Timestamp) -> Vec<Doc> {
    let mut life = Life::new(person, staff, random, now);
    match person.story {
        Story::Infant => infant::tell(&mut life),
        Story::Asthma => asthma::tell(&mut life),
        Story::Adolescent => adolescent::tell(&mut life),
        Story::Pregnancy => pregnancy::tell(&mut life),
        Story::BackPain => back_pain::tell(&mut life),
        Story::Thyroid => thyroid::tell(&mut life),
        Story::Diabetes => diabetes::tell(&mut life),
        Story::Hypertension => hypertension::tell(&mut life),
        Story::AtrialFibrillation => fibrillation::tell(&mut life),
    }
    life.finish()
}

/// What came these last days, oldest first: what is shown of it depends on how long ago that is.
pub fn lately(person: &Person, staff: &Staff, random: &dyn Random, now: Timestamp) -> Vec<Doc> {
    let mut life = Life::new(person, staff, random, now);
    shoulder::tell(&mut life);
    life.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ambient::SeededRandom;
    use std::collections::{BTreeMap, BTreeSet};

    fn now() -> Timestamp {
        "2026-06-12T08:00:00Z".parse().unwrap()
    }

    fn lives() -> Vec<(Person, Vec<Doc>)> {
        let cast = crate::cast(now());
        let random = SeededRandom::new(11);
        let crowd = crate::people(&random, 30, now());
        let people = cast.all().into_iter().cloned().chain(crowd);
        let staff = crate::staff();
        people
            .map(|p| {
                let mut docs = documents(&p, &staff, &random, now());
                docs.extend(lately(&p, &staff, &random, now()));
                (p, docs)
            })
            .collect()
    }

    #[test]
    fn every_document_is_dated_titled_typed_and_readable() {
        let mut seen = BTreeSet::new();
        for (person, docs) in lives() {
            let mut earlier = BTreeSet::new();
            for doc in &docs {
                assert!(
                    doc.date < now() && doc.date >= crate::paris::at(person.birth(), 0, 0),
                    "{}",
                    doc.title
                );
                let length = doc.title.chars().count();
                assert!((5..=50).contains(&length), "{}", doc.title);
                assert!(
                    !doc.title.contains([
                        '<', '>', '"', '«', '(', ')', '+', '\'', ':', ';', '/', '?', '!', '&', '%'
                    ]),
                    "{}",
                    doc.title
                );
                assert!(seen.insert(doc.unique_id.clone()), "one uniqueId each");
                assert_eq!(
                    cda::looks_like_cda(&doc.bytes),
                    doc.media_type == "text/xml"
                );
                if doc.media_type == "text/xml" {
                    let read = cda::read(&doc.bytes).expect("a readable CDA");
                    assert_eq!(
                        format!("urn:oid:{}", read.header.unique_id()),
                        doc.unique_id
                    );
                    assert_eq!(
                        read.header.code.as_ref().map(|c| c.code.as_str()),
                        Some(doc.type_code)
                    );
                    let told = read.header.patient().expect("a person");
                    assert_eq!(told.ids[0].extension.as_deref(), Some(person.number()));
                    let text = read.text();
                    assert!(
                        !read.media().is_empty() || text.contains("fictif"),
                        "{}",
                        doc.title
                    );
                }
                if doc.media_type == "application/dicom" {
                    let read = dicom::read(&doc.bytes).expect("a readable pointer");
                    assert_eq!(format!("urn:oid:{}", read.study), doc.unique_id);
                    assert_eq!((read.host().as_str(), read.images()), (crate::IMAGES_AT, 4));
                }
                if let Some(replaced) = &doc.replaces {
                    assert!(earlier.contains(replaced));
                }
                earlier.insert(doc.unique_id.clone());
            }
        }
    }

    #[test]
    fn the_named_persons_have_full_lives() {
        for (person, docs) in lives().iter().take(9) {
            let count = docs.len();
            assert!((13..=29).contains(&count), "{}: {count}", person.name());
            assert!(docs.iter().any(Doc::by_holder), "{}", person.name());
            let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
            docs.iter()
                .for_each(|doc| *kinds.entry(doc.media_type).or_default() += 1);
            assert!(kinds.len() >= 2, "{}: {kinds:?}", person.name());
            let size: usize = docs.iter().map(|doc| doc.bytes.len()).sum();
            assert!(size < 2_000_000, "{}: {size}", person.name());
        }
    }

    #[test]
    fn every_deposit_is_accepted_without_a_word() {
        let class_of = |code: &str| Some(crate::catalogue::kind(code).1);
        let intake = fhir::pdsm::Intake {
            mode: fhir::pdsm::Mode::Strict,
            class_of: &class_of,
            now: now(),
            source: "urn:oid:1.2.3",
        };
        for (person, docs) in lives().iter().take(12) {
            for doc in docs {
                let bundle = doc.to_pdsm_bundle(person);
                let deposit = fhir::pdsm::read_transaction(&bundle, &intake)
                    .unwrap_or_else(|e| panic!("{}: {e:?}", doc.title));
                assert!(
                    deposit.warnings.is_empty(),
                    "{}: {:?}",
                    doc.title,
                    deposit.warnings
                );
                assert_eq!(deposit.documents[0].bytes, doc.bytes);
                assert_eq!(deposit.documents[0].replaces, doc.replaces);
            }
        }
    }

    #[test]
    fn the_same_seed_tells_the_same_life() {
        let cast = crate::cast(now());
        let life = |seed| {
            documents(
                &cast.karim,
                &crate::staff(),
                &SeededRandom::new(seed),
                now(),
            )
        };
        let bytes = |docs: Vec<Doc>| docs.into_iter().map(|doc| doc.bytes).collect::<Vec<_>>();
        assert_eq!(bytes(life(1)), bytes(life(1)));
        assert_ne!(bytes(life(1)), bytes(life(2)));
    }
}
