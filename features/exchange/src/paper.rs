//! A document ready to be kept: what it is, found in its bytes and its metadata.

use access::{Disclosure, DocumentTypes, Flags, Release};
use documents::{Arranged, Own};
use fhir::{DocumentReference, Issue, Party, Problem, pdsm::Incoming, system};
use jiff::Timestamp;
use serde_json::Value;
use vault::BlobRef;

use crate::file::Found;

/// Longest title or name that is kept, in characters.
const LINE: usize = 300;
/// Longest `uniqueId`, in bytes: an OID of 128 characters with an extension as long fits.
const UNIQUE_ID: usize = 300;
/// Most authors that are kept for decisions.
const AUTHORS: usize = 20;
/// RPPS numbers under their own address; the directory's form is `8` before them.
const RPPS: &str = "https://rpps.esante.gouv.fr";

/// A document of a deposit.
pub(crate) struct Paper {
    /// The metadata, without the bytes.
    pub resource: Value,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `uniqueId`, in one spelling.
    pub unique_id: String,
    /// SHA-1 of the bytes, base64.
    pub hash: String,
    /// The document that it replaces: `uniqueId`, else an address.
    pub replaces: Option<String>,
    archived: bool,
    type_code: String,
    class: Option<String>,
    title: String,
    date: Timestamp,
    media_type: &'static str,
    flags: Flags,
    authors: Vec<String>,
    author: String,
    organization: String,
}

/// What the reading of a document depends on.
pub(crate) struct Reading<'a> {
    /// Table of document types.
    pub types: &'a DocumentTypes,
    /// When what waits is shown.
    pub disclosure: &'a Disclosure,
    /// Refuse what is otherwise corrected.
    pub strict: bool,
    /// When it arrived.
    pub now: Timestamp,
    /// Where the document stands in the request.
    pub place: &'a str,
    /// What was corrected or is doubtful.
    pub warnings: &'a mut Vec<Problem>,
}

impl Reading<'_> {
    /// Refuses when strict, warns otherwise.
    fn lapse(&mut self, issue: Issue, below: &str, text: &str) -> Result<(), Problem> {
        if self.strict {
            return Err(self.error(issue, below, text));
        }
        self.warn(issue, below, text);
        Ok(())
    }

    fn warn(&mut self, issue: Issue, below: &str, text: &str) {
        let place = format!("{}.{below}", self.place);
        self.warnings.push(Problem::warning(issue, place, text));
    }

    fn error(&self, issue: Issue, below: &str, text: &str) -> Problem {
        Problem::error(issue, format!("{}.{below}", self.place), text)
    }
}

impl Paper {
    /// Reads a document of which the file was looked at.
    ///
    /// # Errors
    /// The first thing for which it is refused.
    pub fn read(
        incoming: Incoming,
        found: &Found,
        reading: &mut Reading<'_>,
    ) -> Result<Self, Problem> {
        let Incoming {
            resource,
            bytes,
            unique_id,
            replaces,
            ..
        } = incoming;
        let view = DocumentReference::of(&resource).ok_or_else(Problem::exception)?;
        let attachment = view.attachment();
        named_soundly(&unique_id, attachment.title, reading)?;
        if !attachment.content_type.is_some_and(|t| found.is_called(t)) {
            reading.lapse(
                Issue::Invariant,
                "content[0].attachment.contentType",
                "Le type annoncé n’est pas celui du fichier reçu\u{a0}: il a été corrigé.",
            )?;
        }
        let flags = flags(&view, reading)?;
        let cda = found.cda.as_ref();
        if let Some(cda) = cda {
            same_document(cda, &view, &unique_id, reading)?;
        }
        let (type_code, class) = kind(&view, cda, reading);
        let flags = released(flags, &type_code, reading);
        let parties = view.authors();
        let date = attachment
            .creation
            .or_else(|| view.date())
            .and_then(fhir::date_time)
            .or_else(|| fhir::date_time(&cda?.effective_time.as_ref()?.date_time()?));
        let label = || reading.types.get(&type_code).map(|kind| kind.label.clone());
        let title = attachment
            .title
            .map(str::to_owned)
            .or_else(|| cda?.title.clone())
            .map(|title| line(&title))
            .filter(|title| !title.is_empty())
            .or_else(label)
            .unwrap_or_else(|| "Document".to_owned());
        let paper = Self {
            unique_id,
            hash: fhir::pdsm::sha1(&bytes),
            replaces,
            title,
            date: date.unwrap_or(reading.now),
            media_type: found.kind.media_type(),
            flags,
            authors: national_ids(&parties, cda),
            author: line(&author(&parties, cda)),
            organization: line(&organization(&parties, &view, cda)),
            archived: view.is_archived(),
            type_code,
            class,
            bytes,
            resource: Value::Null,
        };
        Ok(Self { resource, ..paper })
    }

    /// What we keep beside its resource.
    pub fn own(&self, blob: BlobRef, depositor: &str, received: Timestamp) -> Own {
        Own {
            type_code: self.type_code.clone(),
            class: self.class.clone(),
            title: self.title.clone(),
            date: self.date,
            received,
            media_type: self.media_type.to_owned(),
            hash: self.hash.clone(),
            blob,
            flags: self.flags,
            authors: self.authors.clone(),
            author: self.author.clone(),
            organization: self.organization.clone(),
            depositor: Some(depositor.to_owned()),
            by_holder: false,
            unique_id: self.unique_id.clone(),
            stated_type: None,
            reach: access::Reach::Everyone,
            disclosed: None,
            withdrawn: false,
            withdrawn_at: None,
            astray: None,
            archived: self.archived,
            replaced_by: None,
            wishes: None,
            arranged: Arranged::default(),
        }
    }

    /// Its type stands in no table here.
    pub fn is_of_unknown_type(&self) -> bool {
        self.class.is_none()
    }

    /// Media type found in the bytes.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }
}

/// Names that are no file paths, and a `uniqueId` that is short enough to be one.
fn named_soundly(
    unique_id: &str,
    title: Option<&str>,
    reading: &Reading<'_>,
) -> Result<(), Problem> {
    if unique_id.len() > UNIQUE_ID || is_path(unique_id) {
        return Err(reading.error(
            Issue::Value,
            "masterIdentifier",
            "L’identifiant unique doit être un OID ou un UUID.",
        ));
    }
    if title.is_some_and(is_path) {
        return Err(reading.error(
            Issue::Value,
            "content[0].attachment.title",
            "Le titre est un chemin de fichier\u{a0}: donnez le titre du document.",
        ));
    }
    Ok(())
}

/// Whether a name is meant to lead somewhere in a file system.
fn is_path(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.contains("../") || name.contains("..\\")
}

fn flags(view: &DocumentReference<'_>, reading: &mut Reading<'_>) -> Result<Flags, Problem> {
    let flags = Flags::of_codes(view.security_labels().map(|label| label.code));
    if flags.professionals && flags.patient {
        return Err(reading.error(
            Issue::BusinessRule,
            "securityLabel",
            "Un document ne peut pas être à la fois masqué aux professionnels et invisible au patient.",
        ));
    }
    if flags.unknown {
        reading.warn(
            Issue::CodeInvalid,
            "securityLabel",
            "Code de confidentialité inconnu\u{a0}: le document ne sera visible que de son auteur.",
        );
    }
    Ok(flags)
}

/// A type that does not wait is shown at once, whatever its author asks.
fn released(flags: Flags, type_code: &str, reading: &mut Reading<'_>) -> Flags {
    if !flags.patient || reading.disclosure.of(type_code) != Release::AtOnce {
        return flags;
    }
    reading.warn(
        Issue::BusinessRule,
        "securityLabel",
        "Un document de ce type ne peut pas attendre une consultation\u{a0}: la personne le voit tout de suite.",
    );
    Flags {
        patient: false,
        ..flags
    }
}

/// The metadata and the header of a CDA document speak of the same document.
fn same_document(
    cda: &cda::Header,
    view: &DocumentReference<'_>,
    unique_id: &str,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    let theirs = cda.unique_id().to_ascii_lowercase();
    let spellings = [
        format!("urn:oid:{theirs}"),
        format!("urn:uuid:{theirs}"),
        theirs,
    ];
    if !spellings.contains(&unique_id.to_ascii_lowercase()) {
        reading.lapse(
            Issue::Invariant,
            "masterIdentifier",
            "L’identifiant unique n’est pas celui de l’en-tête CDA.",
        )?;
    }
    let codes = cda.code.as_ref().zip(view.type_coding());
    if codes.is_some_and(|(theirs, ours)| theirs.code != ours.code) {
        reading.lapse(
            Issue::Invariant,
            "type",
            "Le type du document n’est pas celui de l’en-tête CDA.",
        )?;
    }
    Ok(())
}

/// Type and class; the type of the CDA header when the metadata has none.
fn kind(
    view: &DocumentReference<'_>,
    cda: Option<&cda::Header>,
    reading: &mut Reading<'_>,
) -> (String, Option<String>) {
    let stated = view.type_coding().map(|coding| coding.code);
    let code = stated.or_else(|| Some(cda?.code.as_ref()?.code.as_str()));
    let code = line(code.unwrap_or_default());
    let class = reading.types.get(&code).map(|kind| kind.class.clone());
    // Of an unknown type that is stated, the reading of the metadata has already warned.
    if class.is_none() && stated.is_none() {
        reading.warn(
            Issue::CodeInvalid,
            "type",
            "Type de document absent ou inconnu\u{a0}: le document est conservé, son titulaire seul le verra.",
        );
    }
    (code, class)
}

/// National identifiers of the authors, as the directory writes them: who may correct the document.
fn national_ids(parties: &[Party<'_>], cda: Option<&cda::Header>) -> Vec<String> {
    let mut ids: Vec<String> = parties
        .iter()
        .flat_map(|party| &party.identifiers)
        .filter_map(|identifier| match identifier.system? {
            system::PROFESSIONAL => Some(identifier.value.to_owned()),
            RPPS => Some(format!("8{}", identifier.value)),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        let root = system::PROFESSIONAL.trim_start_matches("urn:oid:");
        let authors = cda.into_iter().flat_map(|cda| &cda.authors);
        ids = authors
            .flat_map(|author| &author.ids)
            .filter(|id| id.root == root)
            .filter_map(|id| id.extension.clone())
            .collect();
    }
    ids.retain(|id| id.len() <= LINE);
    ids.dedup();
    ids.truncate(AUTHORS);
    ids
}

fn author(parties: &[Party<'_>], cda: Option<&cda::Header>) -> String {
    let named = parties.iter().find_map(Party::label);
    let in_cda = || {
        let author = cda?.authors.first()?;
        let name = author.name.as_ref().map(cda::PersonName::full);
        name.or_else(|| author.device.clone())
    };
    named.map(str::to_owned).or_else(in_cda).unwrap_or_default()
}

fn organization(
    parties: &[Party<'_>],
    view: &DocumentReference<'_>,
    cda: Option<&cda::Header>,
) -> String {
    let of_author = parties.iter().find_map(|party| party.organization);
    let custodian = || view.custodian()?.label().map(str::to_owned);
    let in_cda = || {
        let author = cda?.authors.first()?.organization.as_ref();
        author.or(cda?.custodian.as_ref())?.name.clone()
    };
    of_author
        .map(str::to_owned)
        .or_else(custodian)
        .or_else(in_cda)
        .unwrap_or_default()
}

/// A text as it fits on a line, and hides nothing there.
fn line(text: &str) -> String {
    let plain = web::names::plain(text);
    plain.trim().chars().take(LINE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_no_names() {
        for path in ["../../etc/passwd", "/etc/passwd", "\\\\host\\x", "a/../b"] {
            assert!(is_path(path), "{path}");
        }
        for name in ["Bilan du 01/02/2026", "Compte rendu…", "urn:oid:1.2.3"] {
            assert!(!is_path(name), "{name}");
        }
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        assert_eq!(
            line(&format!("  {} ", "é".repeat(400))).chars().count(),
            LINE
        );
        assert_eq!(line("bilan\u{202e}fdp\u{200b}\n"), "bilan fdp");
    }
}
