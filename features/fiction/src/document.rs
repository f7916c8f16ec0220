//! A fictional document, and its deposit.

use fhir::{Code, pdsm, system};
use jiff::Timestamp;
use serde_json::Value;

use crate::catalogue;
use crate::person::Person;
use crate::professional::{self, Facility, Professional};

/// A document of somebody's life.
#[derive(Debug, Clone)]
pub struct Doc {
    /// Title: 50 characters at most, none that names of files refuse.
    pub title: String,
    /// Comment of the author.
    pub description: Option<String>,
    /// Type: a code of `reference/document-types.json`.
    pub type_code: &'static str,
    /// Class of that type.
    pub class: String,
    /// When it was made.
    pub date: Timestamp,
    /// Who wrote it; none when the person (or who represents them) added it.
    pub author: Option<Author>,
    /// MIME type of the bytes: `text/xml` (CDA), `application/pdf`, `image/png`, `application/dicom`.
    pub media_type: &'static str,
    /// XDS format of the bytes.
    pub format: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `urn:oid:…`, unlike any other.
    pub unique_id: String,
    /// `unique_id` of the document that it replaces, which comes earlier in the life.
    pub replaces: Option<String>,
    /// From whom it is hidden.
    pub flags: Vec<Flag>,
}

/// Who wrote a document, and where.
#[derive(Debug, Clone)]
pub struct Author {
    /// The professional.
    pub who: Professional,
    /// The facility that they wrote it in.
    pub at: Facility,
}

/// From whom a document is hidden (TRE_A07).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// `MASQUE_PS`: from professionals.
    Professionals,
    /// `INVISIBLE_PATIENT`: from the person, until it is told to them.
    Patient,
    /// `INVISIBLE_REPRESENTANTS_LEGAUX`: from those who represent a minor.
    Representatives,
}

impl Flag {
    /// The code of the flag.
    pub fn code(self) -> &'static str {
        match self {
            Self::Professionals => "MASQUE_PS",
            Self::Patient => "INVISIBLE_PATIENT",
            Self::Representatives => "INVISIBLE_REPRESENTANTS_LEGAUX",
        }
    }
}

/// OID of what persons themselves express, where a kind of facility is asked (TRE_A00).
const EXPRESSION: &str = "urn:oid:1.2.250.1.213.1.1.4.6";

impl Doc {
    /// Whether the person added it themselves.
    pub fn by_holder(&self) -> bool {
        self.author.is_none()
    }

    /// The description that a deposit is made of.
    pub fn describe(&self, person: &Person) -> pdsm::NewDocument<'_> {
        let (kind, class) = catalogue::kind(self.type_code);
        let (author, custodian, facility, practice_setting) = match &self.author {
            None => {
                let own = Code::new(
                    EXPRESSION,
                    "EXP_PATIENT",
                    "Expression personnelle du patient",
                );
                (pdsm::Author::Patient, own_space(), own.clone(), own)
            }
            Some(Author { who, at }) => (
                who.author(at),
                at.organization(),
                professional::sector(at),
                professional::setting(at),
            ),
        };
        let normal = Code::new(system::CONFIDENTIALITY, "N", "Normal");
        let hidden = self
            .flags
            .iter()
            .map(|flag| Code::new(system::VISIBILITY, flag.code(), ""));
        pdsm::NewDocument {
            unique_id: self.unique_id.clone(),
            kind,
            class,
            title: self.title.clone(),
            description: self.description.clone(),
            created: self.date,
            care_start: self.date,
            format: Code::new(system::FORMAT, self.format, ""),
            facility,
            practice_setting,
            labels: std::iter::once(normal).chain(hidden).collect(),
            author,
            custodian,
            subject: person.identity.clone(),
            traits: person.traits.clone(),
            replaces: self.replaces.clone(),
            url: None,
            content_type: self.media_type.to_owned(),
            bytes: &self.bytes,
        }
    }

    /// The transaction that deposits it alone (PDSm, ITI-65).
    pub fn to_pdsm_bundle(&self, person: &Person) -> Value {
        let document = self.describe(person);
        let class = &document.class;
        let set = pdsm::NewSubmission {
            unique_id: format!("{}.1", self.unique_id),
            source: SOURCE.to_owned(),
            designation: Code::new(
                system::DOCUMENT_CLASS,
                class.code.as_str(),
                class.label.as_str(),
            ),
            date: self.date,
            author: document.author.clone(),
            subject: document.subject.clone(),
            traits: document.traits.clone(),
            title: Some(self.title.clone()),
        };
        pdsm::bundle(&set, std::slice::from_ref(&document))
    }

    /// The document alone, its file inside (ITI-105).
    pub fn to_pdsm_simplified(&self, person: &Person) -> Value {
        pdsm::simplified(&self.describe(person))
    }
}

/// URI of the generator, as a depositing system: under the OID of UUIDs, which anybody may use.
const SOURCE: &str = "urn:oid:2.25.99";

/// Who keeps what persons add.
fn own_space() -> pdsm::Organization {
    pdsm::Organization {
        name: "Espace de démonstration fictif".to_owned(),
        identifier: "1990000090".to_owned(),
    }
}
