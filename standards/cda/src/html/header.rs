//! Who, when, where and for whom, as a definition list.

use super::class;
use crate::markup::Markup;
use crate::{
    Encounter, Header, Organization, Participant, Patient, PersonName, PointInTime, ServiceEvent,
};

/// Writes the header. The INS stays out: it is shown only where a page needs
/// it.
pub(super) fn write(html: &mut Markup, header: &Header) {
    let code = header.code.as_ref();
    let version = header.version.filter(|&version| version > 1);
    let restriction = match header.confidentiality.as_deref() {
        Some("R") => Some("Restreinte"),
        Some("V") => Some("Très restreinte"),
        _ => None,
    };
    let made = header.effective_time.as_ref();
    let signer = header.legal_authenticator.as_ref();
    let events = header.service_events.iter();

    html.open_with("dl", &[class("cda-header"), ("lang", "fr".to_owned())]);
    line(html, "Titre", header.title.clone());
    let who = "Personne concernée";
    line(html, who, header.patients.iter().map(patient));
    line(
        html,
        "Type de document",
        code.and_then(|code| code.display.clone()),
    );
    line(html, "Date du document", made.map(PointInTime::french));
    line(html, "Version", version.map(|number| number.to_string()));
    line(html, "Confidentialité", restriction.map(str::to_owned));
    line(html, "Auteur", header.authors.iter().map(participant));
    line(html, "Responsable du document", signer.map(participant));
    line(html, "Acte", events.map(service_event));
    line(
        html,
        "Prise en charge",
        header.encounter.as_ref().map(encounter),
    );
    line(
        html,
        "Conservé par",
        header.custodian.as_ref().map(organization),
    );
    html.close("dl");
}

/// A term and what it is for this document; nothing when nothing is known.
fn line(html: &mut Markup, term: &str, values: impl IntoIterator<Item = String>) {
    let known = values.into_iter().filter(|value| !value.is_empty());
    for (number, value) in known.enumerate() {
        if number == 0 {
            html.leaf("dt", term);
        }
        html.leaf("dd", &value);
    }
}

/// « Dominique PAT-TROIS, née MARTIN le 28 mars 1979 ».
fn patient(patient: &Patient) -> String {
    let born = match patient.sex.as_deref() {
        Some("F") => "née",
        Some("M") => "né",
        _ => "né(e)",
    };
    let used = patient.used_family.as_ref();
    let differs = |birth: &&String| used.is_some_and(|used| used != *birth);
    let birth = match (
        patient.birth_family.as_ref().filter(differs),
        &patient.birth_date,
    ) {
        (Some(name), Some(date)) => Some(format!("{born} {name} le {}", date.french())),
        (Some(name), None) => Some(format!("{born} {name}")),
        (None, Some(date)) => Some(format!("{born} le {}", date.french())),
        (None, None) => None,
    };
    listed([Some(patient.name()), birth])
}

/// « DR Stéphane MEDIONI, Médecine générale, Centre de soins ».
fn participant(participant: &Participant) -> String {
    let person = participant.name.as_ref().map(PersonName::full);
    let specialty = participant.specialty.as_ref();
    let specialty = specialty.and_then(|code| code.display.clone());
    let place = participant.organization.as_ref().map(organization);
    listed([person, participant.device.clone(), specialty, place])
}

fn organization(organization: &Organization) -> String {
    organization.name.clone().unwrap_or_default()
}

/// « Scanner du crâne, 8 janvier 2021 à 10 h 25, DR Paul MODÈLE ».
fn service_event(event: &ServiceEvent) -> String {
    let what = event.code.as_ref().and_then(|code| code.display.clone());
    let by = event.performer.as_ref().and_then(|by| by.name.as_ref());
    let by = by.map(PersonName::full);
    listed([what, period(event.low.as_ref(), event.high.as_ref()), by])
}

fn encounter(encounter: &Encounter) -> String {
    let kind = encounter
        .code
        .as_ref()
        .and_then(|code| code.display.clone());
    let facility = encounter.facility.as_ref();
    let facility = facility.and_then(|code| code.display.clone());
    let when = period(encounter.low.as_ref(), encounter.high.as_ref());
    listed([kind, when, encounter.place.clone(), facility])
}

fn period(low: Option<&PointInTime>, high: Option<&PointInTime>) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) if low != high => {
            Some(format!("du {} au {}", low.french(), high.french()))
        }
        (Some(low), _) => Some(low.french()),
        (None, Some(high)) => Some(format!("jusqu’au {}", high.french())),
        (None, None) => None,
    }
}

fn listed<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
