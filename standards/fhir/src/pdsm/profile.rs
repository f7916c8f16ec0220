//! What the profiles of PDSm 3.1.1 require beyond FHIR R4.

use super::intake::Report;
use crate::{
    element::{Coding, extension, kind},
    path::select,
    problem::Issue,
    system,
};
use serde_json::Value;

/// The constraints of one profile. Paths are below the resource.
pub(super) struct Profile {
    pub name: &'static str,
    /// Present wherever the element above them is.
    pub required: &'static [&'static str],
    /// Once at most.
    pub single: &'static [&'static str],
    /// Absent.
    pub forbidden: &'static [&'static str],
    /// Of that value.
    pub fixed: &'static [(&'static str, &'static str)],
    /// Extensions present on the resource.
    pub extensions: &'static [&'static str],
    /// Code that `List.code` holds.
    pub list_code: Option<&'static str>,
}

pub(super) const COMPREHENSIVE: Profile = Profile {
    name: "pdsm-comprehensive-document-reference",
    required: &[
        "contained",
        "masterIdentifier",
        "status",
        "type",
        "category",
        "subject",
        "date",
        "author",
        "custodian",
        "relatesTo.code",
        "relatesTo.target",
        "securityLabel",
        "content",
        "content.attachment",
        "content.attachment.contentType",
        "content.attachment.language",
        "content.attachment.url",
        "content.attachment.size",
        "content.attachment.hash",
        "content.attachment.title",
        "content.attachment.creation",
        "content.format",
        "context",
        "context.period",
        "context.period.start",
        "context.facilityType",
        "context.practiceSetting",
        "context.sourcePatientInfo",
        "context.related.identifier.value",
    ],
    single: &["category"],
    forbidden: &["docStatus", "content.attachment.data"],
    fixed: &[],
    extensions: &[],
    list_code: None,
};

pub(super) const SIMPLIFIED: Profile = Profile {
    name: "pdsm-simplified-publish",
    required: &[
        "masterIdentifier",
        "status",
        "subject",
        "date",
        "author",
        "custodian",
        "relatesTo.code",
        "relatesTo.target",
        "content",
        "content.attachment",
        "content.attachment.contentType",
        "content.attachment.data",
        "content.attachment.title",
    ],
    single: &[],
    forbidden: &["identifier", "docStatus"],
    fixed: &[],
    extensions: &[],
    list_code: None,
};

pub(super) const SUBMISSION_SET: Profile = Profile {
    name: "pdsm-submissionset-comprehensive",
    required: &[
        "contained",
        "status",
        "mode",
        "code",
        "subject",
        "date",
        "source",
        "entry",
        "entry.item",
    ],
    single: &[],
    forbidden: &[
        "encounter",
        "orderedBy",
        "entry.flag",
        "entry.deleted",
        "entry.date",
        "emptyReason",
    ],
    fixed: &[("status", "current"), ("mode", "working")],
    extensions: &[system::DESIGNATION_TYPE, system::SOURCE_ID],
    list_code: Some("submissionset"),
};

pub(super) const BUNDLE: Profile = Profile {
    name: "pdsm-comprehensive-provide-document-bundle",
    required: &[
        "meta.profile",
        "type",
        "entry",
        "entry.resource",
        "entry.request",
        "entry.request.method",
        "entry.request.url",
    ],
    single: &[],
    forbidden: &[],
    fixed: &[],
    extensions: &[],
    list_code: None,
};

impl Profile {
    /// Reports each departure from the profile.
    pub fn check(&self, resource: &Value, place: &str, report: &mut Report) {
        for path in self.required {
            let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
            for parent in select(resource, place, above) {
                if is_absent(parent.value.get(name)) {
                    report.lapse(
                        Issue::Required,
                        format!("{}.{name}", parent.place()),
                        format!("Élément obligatoire absent (profil {}).", self.name),
                    );
                }
            }
        }
        for path in self.single {
            if select(resource, place, path).len() > 1 {
                self.departs(report, place, path, "Un seul élément est permis");
            }
        }
        for path in self.forbidden {
            if !select(resource, place, path).is_empty() {
                self.departs(report, place, path, "Élément non permis");
            }
        }
        for (path, fixed) in self.fixed {
            let differs = |value: &Value| value.as_str() != Some(fixed);
            if select(resource, place, path)
                .iter()
                .any(|f| differs(f.value))
            {
                self.departs(report, place, path, "Valeur non permise");
            }
        }
        for url in self.extensions {
            if extension(resource, url).is_none() {
                let name = url.rsplit('/').next().unwrap_or(url);
                report.lapse(
                    Issue::Required,
                    format!("{place}.extension"),
                    format!(
                        "Extension obligatoire absente\u{a0}: {name} (profil {}).",
                        self.name
                    ),
                );
            }
        }
        if let Some(expected) = self.list_code
            && let Some(code) = resource.get("code")
            && !is_list_code(code, expected)
        {
            self.departs(report, place, "code", "Valeur non permise");
        }
    }

    fn departs(&self, report: &mut Report, place: &str, path: &str, what: &str) {
        report.lapse(
            Issue::Value,
            format!("{place}.{path}"),
            format!("{what} (profil {}).", self.name),
        );
    }
}

fn is_list_code(code: &Value, expected: &str) -> bool {
    Coding::all(code).any(|c| c.system == Some(system::LIST_TYPE) && c.code == expected)
}

/// Whether a resource is a submission set (and not a folder or another list).
pub(super) fn is_submission_set(resource: &Value) -> bool {
    kind(resource) == Some("List")
        && resource
            .get("code")
            .is_some_and(|code| is_list_code(code, "submissionset"))
}

fn is_absent(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Object(members)) => members.is_empty(),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::{items, text};

    /// Our tables against the published cardinalities, when they are at hand.
    #[test]
    fn tables_hold_every_published_cardinality() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/reference/pdsm-cardinalities.json"
        );
        let Ok(published) = std::fs::read(path) else {
            println!("skipped: no cardinalities at {path}");
            return;
        };
        let published = crate::read(&published).unwrap();
        for profile in [&COMPREHENSIVE, &SIMPLIFIED, &SUBMISSION_SET, &BUNDLE] {
            let theirs = &published["profiles"][profile.name];
            // Slices (`extension:sourceId`) are rules of their own; links and
            // responses are no part of a request.
            let elsewhere = |path: &str| {
                path.contains(':') || path.contains("link.") || path.contains("response.")
            };
            for path in items(theirs, "required").filter_map(|r| text(r, "/id")) {
                let (_, path) = path.split_once('.').unwrap();
                let known = profile.required.contains(&path) || path == "extension";
                assert!(known || elsewhere(path), "{}: {path}", profile.name);
            }
            // Refused in every mode, by other rules.
            let refused = ["modifierExtension", "content.attachment.url"];
            for path in items(theirs, "forbidden").filter_map(Value::as_str) {
                let (_, path) = path.split_once('.').unwrap();
                let known = profile.forbidden.contains(&path) || refused.contains(&path);
                assert!(known, "{}: {path}", profile.name);
            }
        }
    }
}
