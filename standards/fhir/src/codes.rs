//! Codes that FHIR R4 fixes (required bindings) in the resources that we take.

/// Resource type, path, codes allowed.
pub(crate) const REQUIRED: &[(&str, &str, &[&str])] = &[
    (
        "Bundle",
        "type",
        &[
            "document",
            "message",
            "transaction",
            "transaction-response",
            "batch",
            "batch-response",
            "history",
            "searchset",
            "collection",
        ],
    ),
    (
        "Bundle",
        "entry.request.method",
        &["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"],
    ),
    (
        "DocumentReference",
        "status",
        &["current", "superseded", "entered-in-error"],
    ),
    (
        "DocumentReference",
        "docStatus",
        &["preliminary", "final", "amended", "entered-in-error"],
    ),
    (
        "DocumentReference",
        "relatesTo.code",
        &["replaces", "transforms", "signs", "appends"],
    ),
    (
        "List",
        "status",
        &["current", "retired", "entered-in-error"],
    ),
    ("List", "mode", &["working", "snapshot", "changes"]),
    ("Patient", "gender", GENDER),
    ("Patient", "identifier.use", IDENTIFIER_USE),
    ("Patient", "name.use", NAME_USE),
    ("Practitioner", "gender", GENDER),
    ("Practitioner", "identifier.use", IDENTIFIER_USE),
    ("Practitioner", "name.use", NAME_USE),
    ("RelatedPerson", "gender", GENDER),
    ("RelatedPerson", "name.use", NAME_USE),
    (
        "Observation",
        "status",
        &[
            "registered",
            "preliminary",
            "final",
            "amended",
            "corrected",
            "cancelled",
            "entered-in-error",
            "unknown",
        ],
    ),
];

/// Resource type and path of dates that must exist in the calendar.
pub(crate) const DATES: &[(&str, &str)] = &[
    ("DocumentReference", "date"),
    ("DocumentReference", "content.attachment.creation"),
    ("DocumentReference", "context.period.start"),
    ("DocumentReference", "context.period.end"),
    ("List", "date"),
    ("Patient", "birthDate"),
    ("Observation", "effectiveDateTime"),
];

/// Resource type and path of MIME types.
pub(crate) const MIME_TYPES: &[(&str, &str)] = &[
    ("Binary", "contentType"),
    ("DocumentReference", "content.attachment.contentType"),
];

const GENDER: &[&str] = &["male", "female", "other", "unknown"];
const IDENTIFIER_USE: &[&str] = &["usual", "official", "temp", "secondary", "old"];
const NAME_USE: &[&str] = &[
    "usual",
    "official",
    "temp",
    "nickname",
    "anonymous",
    "old",
    "maiden",
];

/// `type/subtype`, then parameters.
pub(crate) fn is_mime_type(text: &str) -> bool {
    let token = |t: &str| {
        !t.is_empty()
            && t.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    text.bytes().all(|b| (0x20..0x7f).contains(&b))
        && essence
            .split_once('/')
            .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

#[cfg(test)]
mod tests {
    use super::is_mime_type;

    #[test]
    fn mime_types() {
        for good in [
            "application/pdf",
            "text/xml; charset=utf-8",
            "application/fhir+json",
        ] {
            assert!(is_mime_type(good), "{good}");
        }
        for bad in [
            "",
            "pdf",
            "/",
            "a/",
            "/b",
            "a/b/c",
            "a b/c",
            "text/html\r\nX: y",
        ] {
            assert!(!is_mime_type(bad), "{bad}");
        }
    }
}
