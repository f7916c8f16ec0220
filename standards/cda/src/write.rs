//! Writing documents: for the demonstration's generator and for tests.

mod body;
mod facts;
mod header;
mod lab;

use crate::markup::{Attributes, Markup};
use crate::{
    Code, HealthFact, InstanceId, LabResult, Organization, Participant, Patient, PointInTime,
};

/// OID of the LOINC codes.
pub const LOINC: &str = "2.16.840.1.113883.6.1";

/// A document to write, with what the French header makes mandatory (CI-SIS
/// « structuration minimale »). The author is its legal authenticator and
/// performed the act it documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cda {
    /// Identifier of this version; a document without root cannot be read.
    pub id: InstanceId,
    /// Identifier of all versions.
    pub set_id: InstanceId,
    /// Number of this version, from 1.
    pub version: u32,
    /// Type of document.
    pub code: Code,
    /// Title.
    pub title: String,
    /// When it was made.
    pub time: PointInTime,
    /// `N`, `R` or `V`.
    pub confidentiality: String,
    /// Model of the content, beside those of the header; the one for wrapped
    /// files is added by itself.
    pub template: Option<InstanceId>,
    /// Whom it is about.
    pub patient: Patient,
    /// Who wrote it; its `time`, when absent, is that of the document.
    pub author: Participant,
    /// Who keeps the original.
    pub custodian: Organization,
    /// The act documented, when it has a code.
    pub service: Option<Code>,
    /// When the act began.
    pub service_date: PointInTime,
    /// Category of facility (JDV J02).
    pub facility_type: Code,
    /// Practice setting (JDV J04).
    pub practice_setting: Code,
    /// The document that this one replaces.
    pub replaces: Option<InstanceId>,
    /// What it says.
    pub body: WriteBody,
}

/// The body to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteBody {
    /// Level 1 around a PDF file.
    Pdf(Vec<u8>),
    /// Level 2: sections of text.
    Structured(Vec<WriteSection>),
}

impl Default for WriteBody {
    fn default() -> WriteBody {
        WriteBody::Structured(Vec::new())
    }
}

/// A section to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteSection {
    /// Kind of section.
    pub code: Code,
    /// Title.
    pub title: String,
    /// Its text.
    pub narrative: Vec<Block>,
    /// The same as data, for the results of a laboratory; their chapter is
    /// the section's title, their group is not written.
    pub results: Vec<LabResult>,
    /// The same as data, for problems, allergies, treatments and vaccinations.
    pub facts: Vec<HealthFact>,
}

/// A piece of the text of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table {
        /// What the table shows; empty for none.
        caption: String,
        /// Headers of the columns; empty for none.
        head: Vec<String>,
        /// Rows of cells.
        rows: Vec<Vec<String>>,
    },
    /// A list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// Its items.
        items: Vec<String>,
    },
}

impl Cda {
    /// The document as XML in UTF-8, which [`read`](crate::read) takes back.
    /// Runs of white space become one space; characters that XML cannot hold
    /// are left out.
    pub fn to_xml(&self) -> Vec<u8> {
        let mut xml = Markup::default();
        let root = [
            ("xmlns", "urn:hl7-org:v3".to_owned()),
            (
                "xmlns:xsi",
                "http://www.w3.org/2001/XMLSchema-instance".to_owned(),
            ),
        ];
        xml.open_with("ClinicalDocument", &root);
        header::write(&mut xml, self);
        body::write(&mut xml, &self.body);
        xml.close("ClinicalDocument");
        let declaration = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
        format!("{declaration}\n{}\n", xml.into_string()).into_bytes()
    }
}

fn id_attributes(id: &InstanceId) -> Attributes {
    let extension = id.extension.clone().map(|value| ("extension", value));
    std::iter::once(("root", id.root.clone()))
        .chain(extension)
        .collect()
}

fn code_attributes(code: &Code) -> Attributes {
    let system = code.system.clone().map(|value| ("codeSystem", value));
    let display = code.display.clone().map(|value| ("displayName", value));
    let code = ("code", code.code.clone());
    std::iter::once(code).chain(system).chain(display).collect()
}
