//! A good deposit, ours.

use fhir::{Code, pdsm, system};
use ins::{Identifier, Sex, Traits};

/// The table of types of the tests.
pub fn class_of(kind: &str) -> Option<pdsm::Class> {
    let (code, label) = match kind {
        "11488-4" => ("10", "Compte rendu"),
        "60591-5" => ("11", "Synthèse"),
        "57833-6" => ("42", "Prescription"),
        _ => return None,
    };
    Some(pdsm::Class {
        code: code.to_owned(),
        label: label.to_owned(),
    })
}

pub fn intake(mode: pdsm::Mode) -> pdsm::Intake<'static> {
    pdsm::Intake {
        mode,
        class_of: &class_of,
        now: "2026-06-12T08:00:00Z".parse().unwrap(),
        source: "urn:oid:1.2.3.4",
    }
}

pub const STRICT: pdsm::Mode = pdsm::Mode::Strict;
pub const TOLERANT: pdsm::Mode = pdsm::Mode::Tolerant;

fn subject() -> Identifier {
    Identifier::from_token("urn:oid:1.2.250.1.213.1.4.10|279035121518989").unwrap()
}

pub fn traits() -> Traits {
    Traits {
        birth_family_name: "ZÉPHYR".to_owned(),
        birth_given_names: vec!["AURORE".to_owned(), "LUNE".to_owned()],
        first_given_name: Some("AURORE".to_owned()),
        birth_date: "1979-03-04".parse().unwrap(),
        sex: Sex::Female,
        birth_place: Some("51215".to_owned()),
    }
}

fn hospital() -> pdsm::Organization {
    pdsm::Organization {
        name: "Clinique des Embruns".to_owned(),
        identifier: "1990000001".to_owned(),
    }
}

fn author() -> pdsm::Author {
    pdsm::Author::Professional {
        family: "Brise".to_owned(),
        given: "Camille".to_owned(),
        identifier: "899900000001".to_owned(),
        specialty: Some(Code::new("urn:oid:1.2.3.5", "SM26", "Médecine générale")),
        organization: Some(hospital()),
    }
}

pub fn document(number: usize, bytes: &[u8]) -> pdsm::NewDocument<'_> {
    pdsm::NewDocument {
        unique_id: format!("urn:oid:1.2.3.4.{number}"),
        kind: Code::new(system::LOINC, "11488-4", "CR de consultation"),
        class: class_of("11488-4").unwrap(),
        title: "Compte rendu de consultation".to_owned(),
        description: Some("Contrôle annuel".to_owned()),
        created: "2026-06-12T07:30:00Z".parse().unwrap(),
        care_start: "2026-06-12T07:00:00Z".parse().unwrap(),
        format: Code::new(system::FORMAT, "urn:ihe:iti:xds-sd:pdf:2008", ""),
        facility: Code::new(system::FACILITY, "SA01", "Établissement public de santé"),
        practice_setting: Code::new(system::PRACTICE_SETTING, "ETABLISSEMENT", ""),
        labels: vec![],
        author: author(),
        custodian: hospital(),
        subject: subject(),
        traits: traits(),
        replaces: None,
        url: None,
        content_type: "application/pdf".to_owned(),
        bytes,
    }
}

pub fn submission() -> pdsm::NewSubmission {
    pdsm::NewSubmission {
        unique_id: "urn:oid:1.2.3.4.100".to_owned(),
        source: "urn:oid:1.2.3.4".to_owned(),
        designation: Code::new(system::DOCUMENT_CLASS, "10", "Compte rendu"),
        date: "2026-06-12T07:45:00Z".parse().unwrap(),
        author: author(),
        subject: subject(),
        traits: traits(),
        title: Some("Consultation".to_owned()),
    }
}
