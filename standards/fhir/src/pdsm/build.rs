//! Deposits that we make: for our own client, the generator and the tests.

use super::{
    content::{encode, sha1},
    intake::Class,
};
use crate::{element::Code, patient::patient, system, time::instant};
use ins::Traits;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A document to describe.
#[derive(Debug, Clone)]
pub struct NewDocument<'a> {
    /// `uniqueId`: `urn:oid:…` or `urn:uuid:…`.
    pub unique_id: String,
    /// Type.
    pub kind: Code,
    /// Class of that type.
    pub class: Class,
    /// Title to show.
    pub title: String,
    /// The author's comment.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Start of the care documented.
    pub care_start: Timestamp,
    /// Format of the content.
    pub format: Code,
    /// Kind of facility.
    pub facility: Code,
    /// Practice setting.
    pub practice_setting: Code,
    /// Confidentiality and visibility; normal when empty.
    pub labels: Vec<Code>,
    /// Who wrote it.
    pub author: Author,
    /// Who keeps it.
    pub custodian: Organization,
    /// Identifier of the person that it is about.
    pub subject: ins::Identifier,
    /// Traits of that person.
    pub traits: Traits,
    /// `uniqueId` of the document that it replaces.
    pub replaces: Option<String>,
    /// Where the bytes are or will be; [`bundle`] and [`simplified`] see to it themselves.
    pub url: Option<String>,
    /// MIME type of the bytes.
    pub content_type: String,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Who wrote a document.
#[derive(Debug, Clone)]
pub enum Author {
    /// The person that it is about.
    Patient,
    /// A professional.
    Professional {
        /// Family name; the whole name when nobody says which part is which.
        family: String,
        /// Given name; may be empty.
        given: String,
        /// Directory identifier under [`system::PROFESSIONAL`].
        identifier: String,
        /// Profession or specialty.
        specialty: Option<Code>,
        /// Where they work.
        organization: Option<Organization>,
    },
}

/// A facility.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Name.
    pub name: String,
    /// Directory identifier under [`system::STRUCTURE`].
    pub identifier: String,
}

/// A submission set to describe.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// `uniqueId` of the set.
    pub unique_id: String,
    /// URI of the depositing system.
    pub source: String,
    /// Content type of the set.
    pub designation: Code,
    /// When it is deposited.
    pub date: Timestamp,
    /// Who deposits.
    pub author: Author,
    /// Identifier of the person that it is about.
    pub subject: ins::Identifier,
    /// Traits of that person.
    pub traits: Traits,
    /// Title.
    pub title: Option<String>,
}

/// Writes a `DocumentReference` that follows the comprehensive profile (when
/// `url` is given).
pub fn document_reference(document: &NewDocument<'_>) -> Value {
    let mut contained = vec![patient(
        "patient",
        std::slice::from_ref(&document.subject),
        &document.traits,
    )];
    let author = contain_author(&document.author, &mut contained);
    contained.push(organization("custodian", &document.custodian));
    let normal = [Code::new(system::CONFIDENTIALITY, "N", "normal")];
    let labels = match document.labels.as_slice() {
        [] => &normal,
        labels => labels,
    };
    let class = Code::new(
        system::DOCUMENT_CLASS,
        document.class.code.as_str(),
        document.class.label.as_str(),
    );
    let mut attachment = json!({
        "contentType": document.content_type,
        "language": "fr-FR",
        "size": document.bytes.len(),
        "hash": sha1(document.bytes),
        "title": document.title,
        "creation": instant(document.created),
    });
    if let Some(url) = &document.url {
        attachment["url"] = url.as_str().into();
    }
    let mut resource = json!({
        "resourceType": "DocumentReference",
        "contained": contained,
        "masterIdentifier": uri(&document.unique_id),
        "status": "current",
        "type": document.kind.concept(),
        "category": [class.concept()],
        "subject": person(&document.subject),
        "date": instant(document.created),
        "author": [author],
        "custodian": {"reference": "#custodian"},
        "securityLabel": labels.iter().map(Code::concept).collect::<Vec<_>>(),
        "content": [{"attachment": attachment, "format": document.format.coding()}],
        "context": {
            "period": {"start": instant(document.care_start)},
            "facilityType": document.facility.concept(),
            "practiceSetting": document.practice_setting.concept(),
            "sourcePatientInfo": {"reference": "#patient"},
        },
    });
    if let Some(description) = &document.description {
        resource["description"] = description.as_str().into();
    }
    if let Some(replaced) = &document.replaces {
        resource["relatesTo"] = json!([
            {"code": "replaces", "target": {"identifier": uri(replaced)}}
        ]);
    }
    resource
}

/// Says again, in a `DocumentReference`, what it is: type, class, title and, when given, its date.
pub fn restate(
    resource: &mut Value,
    kind: &Code,
    class: &Class,
    title: &str,
    created: Option<Timestamp>,
) {
    let class = Code::new(system::DOCUMENT_CLASS, &*class.code, &*class.label);
    resource["type"] = kind.concept();
    resource["category"] = json!([class.concept()]);
    if created.is_some() {
        resource["date"] = created.map(instant).into();
    }
    let attachment = resource
        .get_mut("content")
        .and_then(|content| content.get_mut(0))
        .and_then(|content| content.get_mut("attachment"));
    if let Some(Value::Object(attachment)) = attachment {
        attachment.insert("title".to_owned(), title.into());
        if let Some(created) = created {
            attachment.insert("creation".to_owned(), instant(created).into());
        }
    }
}

/// Writes the transaction that deposits a set and its documents (ITI-65).
pub fn bundle(set: &NewSubmission, documents: &[NewDocument<'_>]) -> Value {
    let metadata_url = |i: usize| local_url(2 * i + 1);
    let binary_url = |i: usize| local_url(2 * i + 2);
    let items: Vec<Value> = (0..documents.len())
        .map(|i| json!({"item": {"reference": metadata_url(i)}}))
        .collect();
    let mut list = submission_set(set);
    list["entry"] = items.into();
    let mut entries = vec![entry(local_url(0), list)];
    for (i, document) in documents.iter().enumerate() {
        let metadata = document_reference(&NewDocument {
            url: Some(binary_url(i)),
            ..document.clone()
        });
        let binary = json!({
            "resourceType": "Binary",
            "contentType": document.content_type,
            "data": encode(document.bytes),
        });
        entries.push(entry(metadata_url(i), metadata));
        entries.push(entry(binary_url(i), binary));
    }
    json!({
        "resourceType": "Bundle",
        "meta": {"profile": [
            "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-comprehensive-provide-document-bundle",
        ]},
        "type": "transaction",
        "entry": entries,
    })
}

/// Writes the simplified deposit of one document (ITI-105).
pub fn simplified(document: &NewDocument<'_>) -> Value {
    let mut resource = document_reference(&NewDocument {
        url: None,
        ..document.clone()
    });
    resource["content"][0]["attachment"]["data"] = encode(document.bytes).into();
    resource
}

fn submission_set(set: &NewSubmission) -> Value {
    let mut contained = vec![patient(
        "patient",
        std::slice::from_ref(&set.subject),
        &set.traits,
    )];
    let author = contain_author(&set.author, &mut contained);
    let mut list = json!({
        "resourceType": "List",
        "contained": contained,
        "extension": [
            {"url": system::DESIGNATION_TYPE, "valueCodeableConcept": set.designation.concept()},
            {"url": system::SOURCE_ID, "valueIdentifier": uri(&set.source)},
        ],
        "identifier": [uri(&set.unique_id)],
        "status": "current",
        "mode": "working",
        "code": Code::new(system::LIST_TYPE, "submissionset", "").concept(),
        "subject": person(&set.subject),
        "date": instant(set.date),
        "source": author,
    });
    if let Some(title) = &set.title {
        list["title"] = title.as_str().into();
    }
    list
}

/// Adds the author's resources; answers the reference to them.
fn contain_author(author: &Author, contained: &mut Vec<Value>) -> Value {
    let Author::Professional {
        family,
        given,
        identifier,
        specialty,
        organization: place,
    } = author
    else {
        return json!({"reference": "#patient"});
    };
    contained.push(json!({
        "resourceType": "Practitioner",
        "id": "practitioner",
        "identifier": [{"system": system::PROFESSIONAL, "value": identifier}],
        "name": [match given.as_str() {
            // A name that is known as a whole alone.
            "" => json!({"text": family}),
            given => json!({"family": family, "given": [given]}),
        }],
    }));
    let mut role = json!({
        "resourceType": "PractitionerRole",
        "id": "author",
        "practitioner": {"reference": "#practitioner"},
    });
    if let Some(specialty) = specialty {
        role["specialty"] = json!([specialty.concept()]);
    }
    if let Some(place) = place {
        contained.push(organization("organization", place));
        role["organization"] = json!({"reference": "#organization"});
    }
    contained.push(role);
    json!({"reference": "#author", "display": format!("{given} {family}").trim_start()})
}

fn organization(id: &str, organization: &Organization) -> Value {
    json!({
        "resourceType": "Organization",
        "id": id,
        "identifier": [{"system": system::STRUCTURE, "value": organization.identifier}],
        "name": organization.name,
    })
}

fn person(subject: &ins::Identifier) -> Value {
    json!({"type": "Patient", "identifier": {"system": subject.system(), "value": subject.value}})
}

fn uri(value: &str) -> Value {
    json!({"system": system::URI, "value": value})
}

/// Addresses within one bundle need only differ from each other.
fn local_url(number: usize) -> String {
    format!("urn:uuid:00000000-0000-4000-8000-{number:012}")
}

fn entry(full_url: String, resource: Value) -> Value {
    let url = resource["resourceType"].clone();
    json!({"fullUrl": full_url, "resource": resource, "request": {"method": "POST", "url": url}})
}
