//! `METADATA.XML`: one submission set and its documents (ebRIM 3.0).

use std::fmt::Write as _;

use crate::xml::escaped;

/// A code of a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub code: String,
    /// Its system.
    pub system: String,
    /// Its words.
    pub display: String,
}

/// A document of an archive.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its file within the subset's folder.
    pub file: String,
    /// Its identifier: a UUID with `urn:uuid:`.
    pub id: String,
    /// Its `uniqueId`.
    pub unique_id: String,
    /// Its title.
    pub title: String,
    /// Media type of the file.
    pub media_type: String,
    /// When it was made: `YYYYMMDDhhmmss`, UTC.
    pub created: String,
    /// SHA-1 of the file, in hexadecimal digits.
    pub sha1: String,
    /// Bytes of the file.
    pub size: u64,
    /// Who made it, as people read it; may be empty.
    pub author: String,
    /// Where; may be empty.
    pub institution: String,
    /// Type.
    pub kind: Coded,
    /// Class.
    pub class: Coded,
    /// Format.
    pub format: Coded,
    /// Confidentiality codes.
    pub confidentiality: Vec<Coded>,
}

/// The set in which they are handed over.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Its identifier: a UUID with `urn:uuid:`.
    pub id: String,
    /// Its `uniqueId`: an OID.
    pub unique_id: String,
    /// Who hands over: an OID.
    pub source_id: String,
    /// When: `YYYYMMDDhhmmss`, UTC.
    pub at: String,
    /// What it is called.
    pub title: String,
    /// The person, as a CX of HL7 V2: `id^^^&oid&ISO`.
    pub patient: String,
    /// Why.
    pub content: Coded,
}

const DOCUMENT: &str = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1";
const SUBMISSION: &str = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd";
const HAS_MEMBER: &str = "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember";
const APPROVED: &str = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved";
const EXTERNAL: &str =
    "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:ExternalIdentifier";
const CLASSIFICATION: &str =
    "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Classification";

/// Writes it.
pub fn metadata(submission: &Submission, entries: &[Entry]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <lcm:SubmitObjectsRequest xmlns:lcm=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\" \
         xmlns:rim=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\"><rim:RegistryObjectList>\n",
    );
    let mut writer = Writer {
        xml: &mut xml,
        number: 0,
    };
    for entry in entries {
        writer.document(entry, &submission.patient);
    }
    writer.submission(submission);
    for entry in entries {
        writer.member(submission, entry);
    }
    xml.push_str("</rim:RegistryObjectList></lcm:SubmitObjectsRequest>\n");
    xml
}

struct Writer<'a> {
    xml: &'a mut String,
    /// Numbers what no other identifier names.
    number: usize,
}

impl Writer<'_> {
    fn next(&mut self) -> String {
        self.number += 1;
        format!("id{}", self.number)
    }

    fn put(&mut self, text: &str) {
        self.xml.push_str(text);
    }

    fn document(&mut self, entry: &Entry, patient: &str) {
        let _ = writeln!(
            self.xml,
            "<rim:ExtrinsicObject id=\"{}\" objectType=\"{DOCUMENT}\" mimeType=\"{}\" status=\"{APPROVED}\">",
            escaped(&entry.id),
            escaped(&entry.media_type),
        );
        self.slot("creationTime", &[&entry.created]);
        self.slot("hash", &[&entry.sha1]);
        self.slot("languageCode", &["fr-FR"]);
        self.slot("size", &[&entry.size.to_string()]);
        self.slot("sourcePatientId", &[patient]);
        self.slot("URI", &[&entry.file]);
        self.name(&entry.title);
        self.author(
            "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d",
            &entry.id,
            &entry.author,
            &entry.institution,
        );
        let coded = [
            (
                "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a",
                &entry.class,
            ),
            ("urn:uuid:f0306f51-975f-434e-a61c-c59651d33983", &entry.kind),
            (
                "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d",
                &entry.format,
            ),
        ];
        for (scheme, code) in coded {
            self.coded(scheme, &entry.id, code);
        }
        for code in &entry.confidentiality {
            self.coded(
                "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f",
                &entry.id,
                code,
            );
        }
        self.external(
            "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427",
            "XDSDocumentEntry.patientId",
            &entry.id,
            patient,
        );
        self.external(
            "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab",
            "XDSDocumentEntry.uniqueId",
            &entry.id,
            &entry.unique_id,
        );
        self.put("</rim:ExtrinsicObject>\n");
    }

    fn submission(&mut self, set: &Submission) {
        let id = escaped(&set.id);
        let _ = writeln!(
            self.xml,
            "<rim:RegistryPackage id=\"{id}\" status=\"{APPROVED}\">"
        );
        self.slot("submissionTime", &[&set.at]);
        self.name(&set.title);
        self.coded(
            "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500",
            &set.id,
            &set.content,
        );
        for (scheme, name, value) in [
            (
                "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446",
                "XDSSubmissionSet.patientId",
                &set.patient,
            ),
            (
                "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832",
                "XDSSubmissionSet.sourceId",
                &set.source_id,
            ),
            (
                "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8",
                "XDSSubmissionSet.uniqueId",
                &set.unique_id,
            ),
        ] {
            self.external(scheme, name, &set.id, value);
        }
        self.put("</rim:RegistryPackage>\n");
        let number = self.next();
        let _ = writeln!(
            self.xml,
            "<rim:Classification id=\"{number}\" classifiedObject=\"{id}\" classificationNode=\"{SUBMISSION}\" objectType=\"{CLASSIFICATION}\"/>"
        );
    }

    fn member(&mut self, set: &Submission, entry: &Entry) {
        let number = self.next();
        let _ = writeln!(
            self.xml,
            "<rim:Association id=\"{number}\" associationType=\"{HAS_MEMBER}\" sourceObject=\"{}\" targetObject=\"{}\">",
            escaped(&set.id),
            escaped(&entry.id),
        );
        self.slot("SubmissionSetStatus", &["Original"]);
        self.put("</rim:Association>\n");
    }

    fn slot(&mut self, name: &str, values: &[&str]) {
        let _ = write!(self.xml, "<rim:Slot name=\"{name}\"><rim:ValueList>");
        for value in values {
            let _ = write!(self.xml, "<rim:Value>{}</rim:Value>", escaped(value));
        }
        self.put("</rim:ValueList></rim:Slot>\n");
    }

    fn name(&mut self, text: &str) {
        let _ = writeln!(
            self.xml,
            "<rim:Name><rim:LocalizedString charset=\"UTF-8\" xml:lang=\"fr-FR\" value=\"{}\"/></rim:Name>",
            escaped(text)
        );
    }

    fn author(&mut self, scheme: &str, of: &str, who: &str, place: &str) {
        if who.is_empty() && place.is_empty() {
            return;
        }
        let number = self.next();
        let _ = writeln!(
            self.xml,
            "<rim:Classification id=\"{number}\" classificationScheme=\"{scheme}\" classifiedObject=\"{}\" nodeRepresentation=\"\" objectType=\"{CLASSIFICATION}\">",
            escaped(of)
        );
        if !place.is_empty() {
            self.slot("authorInstitution", &[place]);
        }
        if !who.is_empty() {
            // An XCN with the family name alone: what is known is a name to read.
            self.slot("authorPerson", &[&format!("^{who}")]);
        }
        self.put("</rim:Classification>\n");
    }

    fn coded(&mut self, scheme: &str, of: &str, code: &Coded) {
        let number = self.next();
        let _ = writeln!(
            self.xml,
            "<rim:Classification id=\"{number}\" classificationScheme=\"{scheme}\" classifiedObject=\"{}\" nodeRepresentation=\"{}\" objectType=\"{CLASSIFICATION}\">",
            escaped(of),
            escaped(&code.code)
        );
        self.slot("codingScheme", &[&code.system]);
        self.name(&code.display);
        self.put("</rim:Classification>\n");
    }

    fn external(&mut self, scheme: &str, name: &str, of: &str, value: &str) {
        let number = self.next();
        let _ = writeln!(
            self.xml,
            "<rim:ExternalIdentifier id=\"{number}\" identificationScheme=\"{scheme}\" registryObject=\"{}\" value=\"{}\" objectType=\"{EXTERNAL}\">",
            escaped(of),
            escaped(value)
        );
        self.name(name);
        self.put("</rim:ExternalIdentifier>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: &str) -> Coded {
        Coded {
            code: code.to_owned(),
            system: "1.2.3".to_owned(),
            display: format!("« {code} » & <plus>"),
        }
    }

    #[test]
    fn every_document_is_described_and_belongs_to_the_set() {
        let entry = |n: usize| Entry {
            file: crate::document_name(n, "pdf"),
            id: format!("urn:uuid:{n}"),
            unique_id: format!("1.2.3.{n}"),
            title: "Bilan \"d’été\" <1> & \u{1}suite".to_owned(),
            media_type: "application/pdf".to_owned(),
            created: "20260312110000".to_owned(),
            sha1: "da39a3ee".to_owned(),
            size: 12,
            author: "Dr Martin".to_owned(),
            institution: String::new(),
            kind: code("11502-2"),
            class: code("31"),
            format: code("urn:ihe:iti:xds:2017:mimeTypeSufficient"),
            confidentiality: vec![code("N")],
        };
        let set = Submission {
            id: "urn:uuid:0".to_owned(),
            unique_id: "2.25.7".to_owned(),
            source_id: "2.25.8".to_owned(),
            at: "20260312110000".to_owned(),
            title: "Tout".to_owned(),
            patient: "1^^^&1.2&ISO".to_owned(),
            content: code("x"),
        };
        let text = metadata(&set, &[entry(1), entry(2)]);
        let xml = roxmltree::Document::parse(&text).expect("XML");
        let named = |name: &str| {
            let all = xml.descendants().filter(|node| {
                node.has_tag_name(("urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0", name))
            });
            all.collect::<Vec<_>>()
        };
        assert_eq!(named("ExtrinsicObject").len(), 2);
        assert_eq!(named("Association").len(), 2);
        assert_eq!(named("RegistryPackage").len(), 1);
        let titles = named("LocalizedString");
        let title = titles.iter().find_map(|node| node.attribute("value"));
        assert_eq!(title, Some("Bilan \"d’été\" <1> & suite"));
        let mut ids: Vec<&str> = xml
            .descendants()
            .filter_map(|node| node.attribute("id"))
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "identifiers are of one thing each");
    }
}
