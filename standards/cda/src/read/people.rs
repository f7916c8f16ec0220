//! Patients, participants and organizations of a header.

use super::xml::{Xml, at, attribute, children, code_at, id, ids, text, text_at, time_at};
use crate::{Organization, Participant, Patient, PersonName};

/// `patientRole`, by the French rules for names: `BR` birth, `CL` used, and
/// the unqualified `given` for the list of the birth certificate.
pub(super) fn patient(role: Xml<'_, '_>) -> Patient {
    let mut patient = Patient {
        ids: ids(role),
        ..Patient::default()
    };
    let Some(person) = at(role, "patient") else {
        return patient;
    };
    let mut plain_family = None;
    for name in children(person, "name") {
        for part in name.children().filter(Xml::is_element) {
            let Some(value) = text(part) else { continue };
            match (part.tag_name().name(), part.attribute("qualifier")) {
                ("family", Some("BR")) => patient.birth_family = Some(value),
                ("family", Some("CL")) => patient.used_family = Some(value),
                ("family", Some("SP")) if patient.used_family.is_none() => {
                    patient.used_family = Some(value);
                }
                ("family", None) => plain_family = Some(value),
                ("given", Some("BR")) => patient.birth_given = Some(value),
                ("given", Some("CL")) => patient.used_given = Some(value),
                ("given", None) => {
                    patient
                        .given_names
                        .extend(value.split(' ').map(str::to_owned));
                }
                _ => {}
            }
        }
    }
    patient.birth_family = patient.birth_family.or(plain_family);
    patient.birth_date = time_at(person, "birthTime");
    patient.sex = code_at(person, "administrativeGenderCode").map(|sex| sex.code);
    patient.birth_place_code = text_at(person, "birthplace/place/addr/county");
    patient.birth_place = text_at(person, "birthplace/place/addr/city");
    patient
}

/// An author, authenticator or performer: `outer` has the time and `assigned`
/// (`assignedAuthor`, `assignedEntity`) the rest.
pub(super) fn participant(outer: Xml<'_, '_>, assigned: &'static str) -> Option<Participant> {
    let entity = at(outer, assigned)?;
    let device = at(entity, "assignedAuthoringDevice").and_then(|device| {
        text_at(device, "softwareName").or_else(|| text_at(device, "manufacturerModelName"))
    });
    Some(Participant {
        time: time_at(outer, "time").or_else(|| time_at(outer, "time/low")),
        ids: ids(entity),
        name: at(entity, "assignedPerson/name").map(person_name),
        device,
        specialty: code_at(entity, "code"),
        organization: at(entity, "representedOrganization").map(organization),
    })
}

pub(super) fn organization(node: Xml<'_, '_>) -> Organization {
    Organization {
        id: at(node, "id").and_then(id),
        name: text_at(node, "name"),
        setting: code_at(node, "standardIndustryClassCode"),
    }
}

fn person_name(node: Xml<'_, '_>) -> PersonName {
    let given = children(node, "given").filter_map(text).collect::<Vec<_>>();
    let family = text_at(node, "family");
    let whole = || if given.is_empty() { text(node) } else { None };
    PersonName {
        prefix: text_at(node, "prefix"),
        family: family.or_else(whole),
        suffix: text_at(node, "suffix"),
        given,
    }
}

/// The value of an attribute of a child.
pub(super) fn value_of(
    node: Xml<'_, '_>,
    child: &'static str,
    name: &'static str,
) -> Option<String> {
    at(node, child).and_then(|found| attribute(found, name))
}
