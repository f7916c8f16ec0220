//! The header of a document.

use super::people::{organization, participant, patient, value_of};
use super::xml::{
    Xml, at, attribute, children, code_at, id, ids, interval, required, text_at, time_at,
};
use crate::{Encounter, Error, Header, Order, RelatedDocument, ServiceEvent};

pub(super) fn read(document: Xml<'_, '_>) -> Result<Header, Error> {
    let all = |name| children(document, name);
    Ok(Header {
        id: required(at(document, "id").and_then(id), "id")?,
        set_id: at(document, "setId").and_then(id),
        version: value_of(document, "versionNumber", "value").and_then(|n| n.parse().ok()),
        code: code_at(document, "code"),
        title: text_at(document, "title"),
        effective_time: time_at(document, "effectiveTime"),
        confidentiality: value_of(document, "confidentialityCode", "code"),
        language: value_of(document, "languageCode", "code"),
        template_ids: all("templateId").filter_map(id).collect(),
        patients: all("recordTarget")
            .filter_map(|target| at(target, "patientRole"))
            .map(patient)
            .collect(),
        authors: all("author")
            .filter_map(|author| participant(author, "assignedAuthor"))
            .collect(),
        legal_authenticator: at(document, "legalAuthenticator")
            .and_then(|signer| participant(signer, "assignedEntity")),
        custodian: at(
            document,
            "custodian/assignedCustodian/representedCustodianOrganization",
        )
        .map(organization),
        service_events: all("documentationOf")
            .filter_map(|documented| at(documented, "serviceEvent"))
            .map(service_event)
            .collect(),
        encounter: at(document, "componentOf/encompassingEncounter").map(encounter),
        related: all("relatedDocument").map(related).collect(),
        orders: all("inFulfillmentOf")
            .filter_map(|fulfilled| at(fulfilled, "order"))
            .map(order)
            .collect(),
    })
}

fn service_event(event: Xml<'_, '_>) -> ServiceEvent {
    let (low, high) = interval(event);
    ServiceEvent {
        ids: ids(event),
        code: code_at(event, "code"),
        low,
        high,
        performer: at(event, "performer").and_then(|by| participant(by, "assignedEntity")),
    }
}

fn encounter(encounter: Xml<'_, '_>) -> Encounter {
    let (low, high) = interval(encounter);
    let facility = at(encounter, "location/healthCareFacility");
    Encounter {
        code: code_at(encounter, "code"),
        low,
        high,
        facility: facility.and_then(|facility| code_at(facility, "code")),
        place: facility.and_then(|facility| text_at(facility, "location/name")),
    }
}

fn related(related: Xml<'_, '_>) -> RelatedDocument {
    RelatedDocument {
        kind: attribute(related, "typeCode").unwrap_or_default(),
        ids: at(related, "parentDocument").map(ids).unwrap_or_default(),
    }
}

fn order(order: Xml<'_, '_>) -> Order {
    const PS3_20: &str = "urn:dicom-org:ps3-20";
    let accession = |node: &Xml<'_, '_>| node.has_tag_name((PS3_20, "accessionNumber"));
    Order {
        ids: ids(order),
        accession_numbers: order.children().filter(accession).filter_map(id).collect(),
    }
}
