//! The header of a document to write, in the order of the CDA schema.

use super::{Cda, WriteBody, code_attributes, id_attributes};
use crate::markup::Markup;
use crate::{Code, InstanceId, Organization, Participant, Patient, PersonName, PointInTime};

/// Conformance to HL7 France, then to the CI-SIS header.
const HEADER_TEMPLATES: [&str; 2] = ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"];
/// IHE XDS-SD: a wrapped file.
const WRAPPED_TEMPLATE: &str = "1.3.6.1.4.1.19376.1.2.20";
const CONFIDENTIALITY: &str = "2.16.840.1.113883.5.25";
const SEX: &str = "2.16.840.1.113883.5.1";

pub(super) fn write(xml: &mut Markup, cda: &Cda) {
    xml.empty("realmCode", &[("code", "FR".to_owned())]);
    let cda_r2 = InstanceId::new("2.16.840.1.113883.1.3", "POCD_HD000040");
    xml.empty("typeId", &id_attributes(&cda_r2));
    for root in HEADER_TEMPLATES {
        xml.empty("templateId", &id_attributes(&InstanceId::root(root)));
    }
    if matches!(cda.body, WriteBody::Pdf(_)) {
        xml.empty(
            "templateId",
            &id_attributes(&InstanceId::root(WRAPPED_TEMPLATE)),
        );
    }
    if let Some(template) = &cda.template {
        xml.empty("templateId", &id_attributes(template));
    }
    xml.empty("id", &id_attributes(&cda.id));
    xml.empty("code", &code_attributes(&cda.code));
    xml.leaf("title", &cda.title);
    time(xml, "effectiveTime", &cda.time);
    let confidentiality = [
        ("code", cda.confidentiality.clone()),
        ("codeSystem", CONFIDENTIALITY.to_owned()),
    ];
    xml.empty("confidentialityCode", &confidentiality);
    xml.empty("languageCode", &[("code", "fr-FR".to_owned())]);
    xml.empty("setId", &id_attributes(&cda.set_id));
    xml.empty("versionNumber", &[("value", cda.version.to_string())]);
    patient(xml, &cda.patient);

    xml.open("author");
    time(xml, "time", cda.author.time.as_ref().unwrap_or(&cda.time));
    entity(xml, "assignedAuthor", &cda.author, None);
    xml.close("author");

    xml.open("custodian");
    xml.open("assignedCustodian");
    let keeper = "representedCustodianOrganization";
    organization(xml, keeper, &cda.custodian, None);
    xml.close("assignedCustodian");
    xml.close("custodian");

    xml.open("legalAuthenticator");
    time(xml, "time", &cda.time);
    xml.empty("signatureCode", &[("code", "S".to_owned())]);
    entity(xml, "assignedEntity", &cda.author, None);
    xml.close("legalAuthenticator");

    service_event(xml, cda);
    if let Some(replaced) = &cda.replaces {
        xml.open_with("relatedDocument", &[("typeCode", "RPLC".to_owned())]);
        xml.open("parentDocument");
        xml.empty("id", &id_attributes(replaced));
        xml.close("parentDocument");
        xml.close("relatedDocument");
    }
    encounter(xml, cda);
}

fn patient(xml: &mut Markup, patient: &Patient) {
    xml.open("recordTarget");
    xml.open("patientRole");
    for id in &patient.ids {
        xml.empty("id", &id_attributes(id));
    }
    unknown(xml, "addr");
    unknown(xml, "telecom");
    xml.open("patient");
    xml.open("name");
    name_part(xml, "family", Some("BR"), patient.birth_family.as_ref());
    for given in &patient.given_names {
        name_part(xml, "given", None, Some(given));
    }
    name_part(xml, "given", Some("BR"), patient.birth_given.as_ref());
    name_part(xml, "family", Some("CL"), patient.used_family.as_ref());
    name_part(xml, "given", Some("CL"), patient.used_given.as_ref());
    xml.close("name");
    if let Some(sex) = &patient.sex {
        let code = Code {
            code: sex.clone(),
            system: Some(SEX.to_owned()),
            display: None,
        };
        xml.empty("administrativeGenderCode", &code_attributes(&code));
    }
    if let Some(birth) = &patient.birth_date {
        time(xml, "birthTime", birth);
    }
    if patient.birth_place_code.is_some() || patient.birth_place.is_some() {
        let path = ["birthplace", "place", "addr"];
        path.iter().for_each(|name| xml.open(name));
        name_part(xml, "county", None, patient.birth_place_code.as_ref());
        name_part(xml, "city", None, patient.birth_place.as_ref());
        path.iter().rev().for_each(|name| xml.close(name));
    }
    xml.close("patient");
    xml.close("patientRole");
    xml.close("recordTarget");
}

fn name_part(
    xml: &mut Markup,
    part: &'static str,
    qualifier: Option<&'static str>,
    text: Option<&String>,
) {
    let Some(text) = text else { return };
    let qualifier = qualifier.map(|value| ("qualifier", value.to_owned()));
    xml.open_with(part, qualifier.as_slice());
    xml.text(text);
    xml.close(part);
}

fn entity(xml: &mut Markup, name: &'static str, who: &Participant, setting: Option<&Code>) {
    xml.open(name);
    for id in &who.ids {
        xml.empty("id", &id_attributes(id));
    }
    if let Some(specialty) = &who.specialty {
        xml.empty("code", &code_attributes(specialty));
    }
    unknown(xml, "addr");
    unknown(xml, "telecom");
    if let Some(person) = &who.name {
        xml.open("assignedPerson");
        person_name(xml, person);
        xml.close("assignedPerson");
    }
    if let Some(device) = &who.device {
        xml.open("assignedAuthoringDevice");
        xml.leaf("softwareName", device);
        xml.close("assignedAuthoringDevice");
    }
    if let Some(place) = &who.organization {
        organization(xml, "representedOrganization", place, setting);
    } else if setting.is_some() {
        let nameless = Organization::default();
        organization(xml, "representedOrganization", &nameless, setting);
    }
    xml.close(name);
}

fn person_name(xml: &mut Markup, name: &PersonName) {
    xml.open("name");
    name_part(xml, "prefix", None, name.prefix.as_ref());
    for given in &name.given {
        name_part(xml, "given", None, Some(given));
    }
    name_part(xml, "family", None, name.family.as_ref());
    name_part(xml, "suffix", None, name.suffix.as_ref());
    xml.close("name");
}

fn organization(
    xml: &mut Markup,
    name: &'static str,
    organization: &Organization,
    setting: Option<&Code>,
) {
    xml.open(name);
    if let Some(id) = &organization.id {
        xml.empty("id", &id_attributes(id));
    }
    name_part(xml, "name", None, organization.name.as_ref());
    if let Some(setting) = setting.or(organization.setting.as_ref()) {
        xml.empty("standardIndustryClassCode", &code_attributes(setting));
    }
    xml.close(name);
}

fn service_event(xml: &mut Markup, cda: &Cda) {
    xml.open("documentationOf");
    xml.open("serviceEvent");
    if let Some(code) = &cda.service {
        xml.empty("code", &code_attributes(code));
    }
    xml.open("effectiveTime");
    time(xml, "low", &cda.service_date);
    xml.close("effectiveTime");
    xml.open_with("performer", &[("typeCode", "PRF".to_owned())]);
    entity(
        xml,
        "assignedEntity",
        &cda.author,
        Some(&cda.practice_setting),
    );
    xml.close("performer");
    xml.close("serviceEvent");
    xml.close("documentationOf");
}

fn encounter(xml: &mut Markup, cda: &Cda) {
    let place = cda.author.organization.as_ref();
    xml.open("componentOf");
    xml.open("encompassingEncounter");
    xml.open("effectiveTime");
    time(xml, "low", &cda.service_date);
    xml.close("effectiveTime");
    xml.open("location");
    xml.open("healthCareFacility");
    xml.empty("code", &code_attributes(&cda.facility_type));
    if let Some(name) = place.and_then(|place| place.name.as_ref()) {
        xml.open("location");
        xml.leaf("name", name);
        xml.close("location");
    }
    xml.close("healthCareFacility");
    xml.close("location");
    xml.close("encompassingEncounter");
    xml.close("componentOf");
}

fn time(xml: &mut Markup, name: &'static str, time: &PointInTime) {
    xml.empty(name, &[("value", time.as_str().to_owned())]);
}

/// An element that the schema wants and that we do not have.
fn unknown(xml: &mut Markup, name: &'static str) {
    xml.empty(name, &[("nullFlavor", "NAV".to_owned())]);
}
