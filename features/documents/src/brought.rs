//! A document that a person brings: from bytes to what is stored.

use access::{Acting, Category, DocumentType, DocumentTypes, Flags, Policy, Situation, Viewer};
use ambient::Id;
use anyhow::Context;
use fhir::{
    Code,
    pdsm::{Author, Class, NewDocument, Organization},
    system,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use vault::BlobRef;
use web::dates;

use crate::{Arranged, FileKind, Own, Stored, Unfit, sniff, title};

/// The type of what a person brings, by category (TRE_A05, product §3.2).
const TYPES: [(&str, &str); 9] = [
    ("ORD_SOIN", "DOCPAT02"),
    ("BIOLOGIE", "DOCPAT05"),
    ("RADIO_SC", "DOCPAT04"),
    ("CPT_REND", "DOCPAT03"),
    ("DEPISTAG", "DOCPAT06"),
    ("CERT_MED", "DOCPAT07"),
    ("SYNTHESE", "DOCPAT01"),
    ("DOC_ADM", "DOCPAT09"),
    ("AUTR_DOC", "EXPPAT_2"),
];

/// The categories that a person chooses from.
pub(crate) fn categories(types: &DocumentTypes) -> impl Iterator<Item = &Category> {
    let offered = |code: &str| type_of(types, code).is_some();
    types
        .categories()
        .iter()
        .filter(move |category| offered(&category.code))
}

/// Whether a professional may write a document of that type: none that people bring themselves
/// (TRE_A05, class 90), that the health insurance makes (60), or that goes with another document.
pub fn is_written_at_work(kind: &DocumentType) -> bool {
    let code = kind.code.as_str();
    let of_others = ["60", "90", access::TECHNICAL].contains(&kind.class.as_str());
    !of_others && !code.starts_with("DOCPAT") && !code.starts_with("EXPPAT")
}

/// The type that goes with a category.
pub(crate) fn type_of<'a>(types: &'a DocumentTypes, category: &str) -> Option<&'a DocumentType> {
    let (_, code) = TYPES.iter().find(|(known, _)| *known == category)?;
    types.get(code)
}

/// A file found fit, with what it says of itself.
#[derive(Debug)]
pub struct Brought {
    /// The name that the browser gave; may be empty.
    pub file_name: String,
    /// What it is, found in its bytes.
    pub kind: FileKind,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// It says something of itself, that who brings it may look at.
    pub says: bool,
    /// The title, from inside or from the file's name; may be empty.
    pub title: String,
    /// When it was made, when it says so.
    pub date: Option<Timestamp>,
    /// The category of its type, when it says so and a person may choose it.
    pub category: Option<String>,
    /// Who wrote it, when it says so.
    pub author: String,
    /// Its type, when it says so.
    pub type_code: Option<String>,
    /// The national numbers of the person that it says it is about; none where it says nothing.
    pub about: Vec<String>,
}

impl Brought {
    /// Looks at a file; long work on a large CDA document.
    ///
    /// # Errors
    /// See [`Unfit`].
    pub fn read(
        file_name: String,
        bytes: Vec<u8>,
        limit: usize,
        types: &DocumentTypes,
    ) -> Result<Self, Unfit> {
        let kind = sniff(&bytes, limit)?;
        let mut brought = Self {
            says: false,
            title: title::of_file_name(&file_name),
            file_name,
            kind,
            bytes,
            date: None,
            category: None,
            author: String::new(),
            type_code: None,
            about: vec![],
        };
        if kind == FileKind::Cda {
            brought.says = true;
            let header = cda::read(&brought.bytes).map_err(|_| Unfit::Cda)?.header;
            let ids = header.patient().map_or(&[][..], |patient| &patient.ids);
            brought.about = ids.iter().filter_map(national).map(str::to_owned).collect();
            let code = header.code.unwrap_or_default();
            if let Some(words) = header.title.or(code.display) {
                brought.title = title::clean(&words);
            }
            let author = header.authors.first().map(words_of).unwrap_or_default();
            brought.author = title::clean(&author);
            brought.date = header.effective_time.as_ref().and_then(instant);
            brought.category = types
                .get(&code.code)
                .map(|kind| kind.category.clone())
                .filter(|category| type_of(types, category).is_some());
            brought.type_code = Some(code.code).filter(|code| types.get(code).is_some());
        }
        Ok(brought)
    }
}

impl Brought {
    /// Takes over the title and the day of a PDF.
    pub(crate) fn on_cover(&mut self, words: &str, created: Option<Date>) {
        if let Some(title) = title::of_cover(words) {
            self.title = title;
            self.says = true;
        }
        if let Some(at) = created.and_then(day) {
            self.date = Some(at);
            self.says = true;
        }
    }
}

/// The value of an identifier of the national identity.
fn national(id: &cda::InstanceId) -> Option<&str> {
    let value = id.extension.as_deref()?.trim();
    let identifier = ins::Identifier {
        oid: id.root.clone(),
        value: String::new(),
    };
    identifier.is_ins().then_some(value)
}

/// The instant of a CDA time; a day alone is its noon.
pub(crate) fn instant(time: &cda::PointInTime) -> Option<Timestamp> {
    match time.instant() {
        Some(instant) => instant.parse().ok(),
        None => day(time.date()?.parse().ok()?),
    }
}

/// The author of a CDA document as people read it: the person, or else the organisation.
fn words_of(author: &cda::Participant) -> String {
    let name = author.name.as_ref().map(cda::PersonName::full);
    let place = author
        .organization
        .as_ref()
        .and_then(|one| one.name.clone());
    name.filter(|name| !name.is_empty())
        .or(place)
        .unwrap_or_default()
}

/// What the file says of its author, which nobody vouches for: in words, beside what is known.
fn said_author(brought: &Brought) -> Option<String> {
    let said = !brought.author.is_empty();
    said.then(|| format!("Auteur indiqué dans le fichier : {}", brought.author))
}

/// About noon of a day in Paris: the same day everywhere that the document may be read.
fn day(date: Date) -> Option<Timestamp> {
    let noon = date.at(11, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?;
    Some(noon.timestamp())
}

/// When a document was made: the day typed, else what it says of itself, else now.
pub fn made(typed: Option<Date>, own: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let said = match typed {
        Some(date) if date == dates::today(now) => None,
        Some(date) => day(date),
        None => own,
    };
    said.filter(|at| *at <= now).unwrap_or(now)
}

/// What who brings a document says of it.
#[derive(Debug, Clone)]
pub struct Described {
    /// Title.
    pub title: String,
    /// When it was made.
    pub made: Timestamp,
    /// Its type.
    pub kind: DocumentType,
    /// From whom it is hidden.
    pub flags: Flags,
}

/// Who brings a document.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The person, or who represents them.
    Person(&'a Viewer),
    /// A professional at work.
    Professional(&'a Situation),
}

/// What is stored of a file that was kept.
///
/// # Errors
/// When the space has no identity, or the table of types no class for the type.
pub fn stored(
    brought: &Brought,
    described: &Described,
    blob: BlobRef,
    by: By<'_>,
    (policy, types): (&Policy, &DocumentTypes),
    (unique, now, origin): (Id, Timestamp, &str),
) -> anyhow::Result<Stored> {
    let identity = policy.identity().context("the space has no identity")?;
    let subject = identity.main_identifier();
    let kind = &described.kind;
    let label = types.class(&kind.class).context("a type without class")?;
    let flags = described.flags;
    let unique_id = uuid_urn(unique);
    let media_type = brought.kind.media_type();
    let resource = fhir::pdsm::document_reference(&NewDocument {
        unique_id: unique_id.clone(),
        kind: Code::new(&*kind.system, &*kind.code, &*kind.label),
        class: Class {
            code: kind.class.clone(),
            label: label.to_owned(),
        },
        title: described.title.clone(),
        description: said_author(brought),
        created: described.made,
        care_start: described.made,
        format: Code::new(
            system::FORMAT,
            "urn:ihe:iti:xds:2017:mimeTypeSufficient",
            "",
        ),
        facility: by.setting(),
        practice_setting: by.setting(),
        labels: labels(flags),
        author: by.author(),
        custodian: Organization {
            name: "Carnet".to_owned(),
            identifier: host(origin).to_owned(),
        },
        subject: subject.context("the space has no identifier")?,
        traits: identity.traits().context("the space has no traits")?,
        replaces: None,
        url: None,
        content_type: media_type.to_owned(),
        bytes: &brought.bytes,
    });
    let own = Own {
        type_code: kind.code.clone(),
        class: Some(kind.class.clone()),
        title: described.title.clone(),
        date: described.made,
        received: now,
        media_type: media_type.to_owned(),
        hash: fhir::pdsm::sha1(&brought.bytes),
        blob,
        flags,
        authors: by.national_id().into_iter().collect(),
        author: by.name(policy),
        organization: by.place(),
        depositor: None,
        by_holder: matches!(by, By::Person(_)),
        unique_id,
        stated_type: None,
        reach: access::Reach::Everyone,
        disclosed: None,
        withdrawn: false,
        withdrawn_at: None,
        astray: None,
        archived: false,
        replaced_by: None,
        wishes: None,
        arranged: Arranged::default(),
    };
    Ok(Stored::new(resource, own))
}

impl By<'_> {
    /// The kind of place and of practice, where they are known.
    fn setting(self) -> Code {
        match self {
            Self::Person(_) => Code::new(
                EXPRESSION,
                "EXP_PATIENT",
                "Expression personnelle du patient",
            ),
            // The identity provider vouches for a place, not for its kind.
            Self::Professional(_) => Code::new(NULL_FLAVOR, "UNK", "unknown"),
        }
    }

    fn author(self) -> Author {
        match self {
            Self::Person(_) => Author::Patient,
            Self::Professional(situation) => Author::Professional {
                family: situation.name.clone(),
                given: String::new(),
                identifier: situation.national_id.clone(),
                specialty: None,
                organization: situation.facility_id.as_ref().map(|id| Organization {
                    name: situation.facility.clone(),
                    identifier: id.clone(),
                }),
            },
        }
    }

    fn national_id(self) -> Option<String> {
        match self {
            Self::Person(_) => None,
            Self::Professional(situation) => Some(situation.national_id.clone()),
        }
    }

    /// Who brought it, as people read it.
    fn name(self, policy: &Policy) -> String {
        match self {
            Self::Professional(situation) => situation.name.clone(),
            Self::Person(viewer) => match &viewer.acting {
                Acting::Representative { name, .. } => name.clone(),
                _ => policy.name(),
            },
        }
    }

    fn place(self) -> String {
        match self {
            Self::Person(_) => String::new(),
            Self::Professional(situation) => situation.facility.clone(),
        }
    }
}

/// Why a value is missing (HL7 v3).
const NULL_FLAVOR: &str = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

/// Code system of what a person says of themselves (JDV_J61, JDV_J04).
const EXPRESSION: &str = "urn:oid:1.2.250.1.213.1.1.4.6";

pub(crate) fn labels(flags: Flags) -> Vec<Code> {
    let normal = Code::new(system::CONFIDENTIALITY, "N", "normal");
    let codes = flags.codes().into_iter().filter(|code| *code != "N");
    let flags = codes.map(|code| Code::new(system::VISIBILITY, code, ""));
    std::iter::once(normal).chain(flags).collect()
}

/// The installation among those who keep documents: its host, a technical number of its own.
fn host(origin: &str) -> &str {
    origin.split_once("//").map_or(origin, |(_, host)| host)
}

/// A random UUID (RFC 9562, version 4) as a URN.
fn uuid_urn(Id(mut bytes): Id) -> String {
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex = Id(bytes).to_string();
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &hex[range]);
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
#[path = "brought_tests.rs"]
mod tests;
