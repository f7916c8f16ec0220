//! What the bytes of a document are.

use documents::{FileKind, Unfit, sniff};
use fhir::{Issue, Problem};

/// What is in a file, found in its bytes.
pub(crate) struct Found {
    /// The kind of file.
    pub kind: FileKind,
    /// The header, when it is a CDA document.
    pub cda: Option<cda::Header>,
}

impl Found {
    /// Looks at the bytes of a document of at most `limit`; `place` is where the
    /// attachment stands in the request.
    ///
    /// # Errors
    /// A file that a record does not take, or a CDA document that cannot be read.
    pub fn of(bytes: &[u8], limit: usize, place: &str) -> Result<Self, Problem> {
        let kind = sniff(bytes, limit).map_err(|unfit| refusal(unfit, limit, place))?;
        let cda = match kind {
            FileKind::Cda => Some(
                cda::read(bytes)
                    .map_err(|_| refusal(Unfit::Cda, limit, place))?
                    .header,
            ),
            _ => None,
        };
        Ok(Self { kind, cda })
    }

    /// Whether the sender called it what it is.
    pub fn is_called(&self, declared: &str) -> bool {
        FileKind::of_media_type(declared) == Some(self.kind)
    }
}

/// Why a document of at most `limit` bytes is not kept, at its place in the request.
pub(crate) fn refusal(unfit: Unfit, limit: usize, place: &str) -> Problem {
    let (issue, text) = match unfit {
        Unfit::TooLarge => (
            Issue::TooLong,
            format!("Un document compte au plus {limit} octets."),
        ),
        Unfit::Locked => (
            Issue::NotSupported,
            "Ce PDF est protégé par un mot de passe. Déposez-le sans protection, de préférence en PDF/A."
                .to_owned(),
        ),
        Unfit::Cda => (
            Issue::Value,
            "Le document CDA ne peut pas être lu\u{a0}: XML mal formé, trop complexe ou sans identifiant."
                .to_owned(),
        ),
        Unfit::Dicom => (
            Issue::NotSupported,
            "Les images restent là où elles ont été faites\u{a0}: de DICOM, seule une référence d’objets (Key Object Selection, petit-boutiste, préambule vide) est conservée."
                .to_owned(),
        ),
        Unfit::Infected => (
            Issue::BusinessRule,
            "L’antivirus a trouvé ce fichier dangereux. Il n’a pas été gardé.".to_owned(),
        ),
        Unfit::Unexamined => (
            Issue::Transient,
            "L’antivirus ne répond pas. Rien n’a été gardé\u{a0}: renvoyez la demande plus tard."
                .to_owned(),
        ),
        _ => (
            Issue::NotSupported,
            "Ce genre de fichier n’est pas conservé. Formats acceptés\u{a0}: CDA, PDF, JPEG, PNG, TIFF, RTF, texte et référence d’imagerie (KOS)."
                .to_owned(),
        ),
    };
    Problem::error(issue, place, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_cda_and_a_foreign_format_are_refused_where_they_stand() {
        let broken = b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root=";
        for bytes in [&broken[..], b"PK\x03\x04", b"<script>", b""] {
            let refusal = Found::of(bytes, 100, "here").err().expect("refused");
            assert_eq!(refusal.expression, "here");
            assert_eq!(refusal.issue.status(), 422);
        }
        let long = Found::of(b"%PDF-1.4 long", 5, "here")
            .err()
            .expect("refused");
        assert_eq!(long.issue.status(), 413);
    }

    #[test]
    fn common_spellings_of_a_type_are_the_type() {
        let Ok(pdf) = Found::of(b"%PDF-1.4", 100, "") else {
            panic!("a PDF")
        };
        assert!(pdf.is_called("application/PDF; version=1.4"));
        assert!(!pdf.is_called("image/png") && !pdf.is_called(""));
    }
}
