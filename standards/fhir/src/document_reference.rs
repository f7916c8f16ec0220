//! Metadata of a document.

use crate::{
    element::{Coding, Identifier, Reference, at, contained, extension, items, kind, text},
    party::Party,
    patient::Patient,
    system,
};
use serde_json::Value;

/// A borrowed `DocumentReference`.
#[derive(Debug, Clone, Copy)]
pub struct DocumentReference<'a>(&'a Value);

/// The file that a `DocumentReference` describes (its first content).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// MIME type.
    pub content_type: Option<&'a str>,
    /// Language, such as `fr-FR`.
    pub language: Option<&'a str>,
    /// Where the bytes are.
    pub url: Option<&'a str>,
    /// Bytes.
    pub size: Option<u64>,
    /// SHA-1 of the bytes, base64.
    pub hash: Option<&'a str>,
    /// Title to show.
    pub title: Option<&'a str>,
    /// When the document was made, a FHIR `dateTime`.
    pub creation: Option<&'a str>,
    /// The bytes themselves, base64, in a simplified deposit.
    pub data: Option<&'a str>,
}

/// The person as the depositing system knew them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePatient {
    /// Identifiers under an OID.
    pub identifiers: Vec<ins::Identifier>,
    /// Strict traits, when complete enough to compare.
    pub traits: Option<ins::Traits>,
}

impl SourcePatient {
    pub(crate) fn of(patient: Patient<'_>) -> Self {
        Self {
            identifiers: patient.identifiers(),
            traits: patient.traits(),
        }
    }
}

impl<'a> DocumentReference<'a> {
    /// Views a resource, when it is a `DocumentReference`.
    pub fn of(resource: &'a Value) -> Option<Self> {
        (kind(resource) == Some("DocumentReference")).then_some(Self(resource))
    }

    /// Id of the resource.
    pub fn id(&self) -> Option<&'a str> {
        text(self.0, "/id")
    }

    /// Version of the resource.
    pub fn version(&self) -> Option<&'a str> {
        text(self.0, "/meta/versionId")
    }

    /// The document's `uniqueId`.
    pub fn master_identifier(&self) -> Option<Identifier<'a>> {
        Identifier::of(self.0.get("masterIdentifier")?)
    }

    /// The other identifiers: entryUUID, logicalId…
    pub fn identifiers(&self) -> impl Iterator<Item = Identifier<'a>> {
        Identifier::all(self.0)
    }

    /// `current`, `superseded` or `entered-in-error`.
    pub fn status(&self) -> Option<&'a str> {
        text(self.0, "/status")
    }

    /// Type of the document: its LOINC or TRE_A05 coding when it has one, else the first.
    pub fn type_coding(&self) -> Option<Coding<'a>> {
        let concept = self.0.get("type")?;
        let known =
            |c: &Coding<'_>| matches!(c.system, Some(system::LOINC | system::DOCUMENT_TYPE));
        Coding::all(concept).find(known).or(Coding::first(concept))
    }

    /// Class of the document.
    pub fn category(&self) -> Option<Coding<'a>> {
        items(self.0, "category").find_map(Coding::first)
    }

    /// Who the document is about.
    pub fn subject(&self) -> Option<Reference<'a>> {
        self.0.get("subject").map(Reference)
    }

    /// Identifier of who the document is about: given with the reference, in a
    /// conditional reference, or by a contained `Patient` (the national one first).
    pub fn subject_identifier(&self) -> Option<ins::Identifier> {
        let subject = self.subject()?;
        subject
            .person()
            .or_else(|| Patient::of(contained(self.0, subject.address()?)?)?.main_identifier())
    }

    /// When the metadata was made, a FHIR `instant`.
    pub fn date(&self) -> Option<&'a str> {
        text(self.0, "/date")
    }

    /// Who wrote the document.
    pub fn authors(&self) -> Vec<Party<'a>> {
        items(self.0, "author")
            .map(|reference| Party::resolve(self.0, reference))
            .collect()
    }

    /// Who attests it.
    pub fn authenticator(&self) -> Option<Party<'a>> {
        Some(Party::resolve(self.0, self.0.get("authenticator")?))
    }

    /// Who keeps it.
    pub fn custodian(&self) -> Option<Party<'a>> {
        Some(Party::resolve(self.0, self.0.get("custodian")?))
    }

    /// The author's comment.
    pub fn description(&self) -> Option<&'a str> {
        text(self.0, "/description")
    }

    /// Confidentiality and visibility, a set: every coding of every label.
    pub fn security_labels(&self) -> impl Iterator<Item = Coding<'a>> {
        items(self.0, "securityLabel").flat_map(Coding::all)
    }

    /// Whether a label of that code is there, under whichever system (senders
    /// spell it in several ways).
    pub fn is_labelled(&self, code: &str) -> bool {
        self.security_labels().any(|label| label.code == code)
    }

    /// The file.
    pub fn attachment(&self) -> Attachment<'a> {
        let Some(attachment) = at(self.0, "/content/0/attachment") else {
            return Attachment::default();
        };
        Attachment {
            content_type: text(attachment, "/contentType"),
            language: text(attachment, "/language"),
            url: text(attachment, "/url"),
            size: attachment.get("size").and_then(Value::as_u64),
            hash: text(attachment, "/hash"),
            title: text(attachment, "/title"),
            creation: text(attachment, "/creation"),
            data: text(attachment, "/data"),
        }
    }

    /// Format of the file's content.
    pub fn format(&self) -> Option<Coding<'a>> {
        Coding::of(at(self.0, "/content/0/format")?)
    }

    /// Start of the care documented, a FHIR `dateTime`.
    pub fn period_start(&self) -> Option<&'a str> {
        text(self.0, "/context/period/start")
    }

    /// End of the care documented.
    pub fn period_end(&self) -> Option<&'a str> {
        text(self.0, "/context/period/end")
    }

    /// Acts documented.
    pub fn events(&self) -> impl Iterator<Item = Coding<'a>> {
        self.0
            .get("context")
            .into_iter()
            .flat_map(|context| items(context, "event"))
            .flat_map(Coding::all)
    }

    /// Kind of facility.
    pub fn facility(&self) -> Option<Coding<'a>> {
        Coding::first(at(self.0, "/context/facilityType")?)
    }

    /// Practice setting.
    pub fn practice_setting(&self) -> Option<Coding<'a>> {
        Coding::first(at(self.0, "/context/practiceSetting")?)
    }

    /// The person as the depositing system knew them, when the resource contains it.
    pub fn source_patient(&self) -> Option<SourcePatient> {
        let address = self.source_patient_reference()?.address()?;
        let patient = Patient::of(contained(self.0, address)?)?;
        Some(SourcePatient::of(patient))
    }

    pub(crate) fn source_patient_reference(&self) -> Option<Reference<'a>> {
        at(self.0, "/context/sourcePatientInfo").map(Reference)
    }

    /// The documents that this one replaces.
    pub fn replaces(&self) -> impl Iterator<Item = Reference<'a>> {
        items(self.0, "relatesTo")
            .filter(|relation| text(relation, "/code") == Some("replaces"))
            .filter_map(|relation| relation.get("target"))
            .map(Reference)
    }

    /// Whether the author archived it.
    pub fn is_archived(&self) -> bool {
        extension(self.0, system::IS_ARCHIVED)
            .and_then(|e| e.get("valueBoolean")?.as_bool())
            .unwrap_or(false)
    }
}
