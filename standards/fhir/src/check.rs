//! The one door for FHIR JSON that comes in.

use crate::{
    codes,
    element::{is_id, kind, text},
    path::select,
    problem::{Issue, Problem},
    read::{any, read},
    time::date_time,
};
use fhirkit::{Json, r4::Resource};
use serde_json::Value;
use std::{cell::Cell, collections::BTreeSet, thread};

/// Reads one resource and answers it, or everything that is wrong with it: JSON
/// within bounds ([`read`]), the structure of FHIR R4 (names, types,
/// cardinalities, lexical forms), then what the structure leaves open — ids,
/// fixed codes, real dates, MIME types, references to contained resources.
///
/// Profiles are not its affair: see [`crate::pdsm`].
pub fn check(bytes: &[u8]) -> Result<Value, Vec<Problem>> {
    let resource = read(bytes).map_err(|problem| vec![problem])?;
    let Some(name) = kind(&resource) else {
        return Err(vec![Problem::error(
            Issue::Structure,
            "",
            "Une ressource FHIR (objet JSON avec resourceType) est attendue.",
        )]);
    };
    let mut problems = structure(&resource);
    rules(&resource, name, Within::Nothing, &mut problems);
    if problems.is_empty() {
        Ok(resource)
    } else {
        Err(problems)
    }
}

/// Bytes of stack that [`check`] needs: pages that are not touched cost nothing. The frames of the
/// library are large (measured unoptimised: 200 to 400 kB for each resource within another), and
/// [`crate::MAX_DEPTH`] levels of them must fit.
pub const STACK: usize = 32 << 20;

thread_local! {
    static HAS_STACK: Cell<bool> = const { Cell::new(false) };
}

/// Says that this thread was made with a stack of [`STACK`] bytes: checks then run on it. On any
/// other thread each check makes one of its own, which costs more than the check.
pub fn this_thread_has_stack() {
    HAS_STACK.set(true);
}

/// Structure, by the library.
fn structure(resource: &Value) -> Vec<Problem> {
    let library = || fhirkit::decode_json::<Resource>(&library_json(resource)).1;
    let issues = if HAS_STACK.get() {
        Some(library())
    } else {
        thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, library).ok()?.join().ok()
        })
    };
    let Some(issues) = issues else {
        return vec![Problem::exception()];
    };
    issues
        .into_iter()
        .filter(|issue| issue.severity == fhirkit::Severity::Error)
        .map(|issue| {
            let (kind, text) = in_french(&issue.message);
            Problem::error(kind, issue.path, text)
        })
        .collect()
}

/// The library's words quote values of the request; ours do not.
fn in_french(message: &str) -> (Issue, &'static str) {
    if message.starts_with("required element missing") || message.starts_with("needs at least") {
        (Issue::Required, "Élément obligatoire absent.")
    } else if message.starts_with("unknown element") {
        (Issue::Structure, "Élément inconnu de FHIR R4.")
    } else if message.starts_with("only one type may be given") {
        (
            Issue::Structure,
            "Une seule forme de cet élément est permise.",
        )
    } else if message.starts_with("an empty ") || message.starts_with("null ") {
        (Issue::Structure, "Élément vide\u{a0}: il faut l’omettre.")
    } else if message.contains("resource type") || message.contains("resourceType") {
        (
            Issue::Structure,
            "Type de ressource inconnu ou non pris en charge.",
        )
    } else if message.contains("is not a ")
        || message.contains("outside the 32-bit range")
        || message.contains("is not an ")
    {
        (Issue::Value, "Valeur mal formée pour cet élément.")
    } else {
        (Issue::Structure, "Structure inattendue pour cet élément.")
    }
}

/// Long base64 is checked here and given to the library as a few letters, so
/// that a file is not copied twice more.
fn library_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(b) => Json::Bool(*b),
        Value::Number(n) => Json::Number(n.to_string()),
        Value::String(s) => Json::String(s.clone()),
        Value::Array(items) => Json::Array(items.iter().map(library_json).collect()),
        Value::Object(members) => Json::Object(
            members
                .iter()
                .map(|(name, value)| {
                    let value = match value {
                        Value::String(data) if name == "data" && is_long_base64(data) => {
                            Json::String("AAAA".to_owned())
                        }
                        value => library_json(value),
                    };
                    (name.clone(), value)
                })
                .collect(),
        ),
    }
}

fn is_long_base64(data: &str) -> bool {
    let unpadded = data
        .strip_suffix("==")
        .or(data.strip_suffix('='))
        .unwrap_or(data);
    data.len() > 1_000
        && data.len().is_multiple_of(4)
        && !any(unpadded.as_bytes(), |b| {
            !(b.is_ascii_alphanumeric() | (*b == b'+') | (*b == b'/'))
        })
}

/// Where a resource stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    Entry,
    Resource,
}

/// Our rules on a resource and, one call deeper, on those it holds; the depth
/// is bounded by [`read`].
fn rules(resource: &Value, place: &str, within: Within, problems: &mut Vec<Problem>) {
    let name = kind(resource).unwrap_or_default();
    match text(resource, "/id") {
        Some(id) if is_id(id) => {}
        None if within != Within::Resource => {}
        _ => problems.push(Problem::error(
            Issue::Value,
            format!("{place}.id"),
            "Identifiant de ressource absent ou mal formé (1 à 64 lettres, chiffres, « - » ou « . »).",
        )),
    }
    for (_, path, allowed) in codes::REQUIRED.iter().filter(|r| r.0 == name) {
        each(
            resource,
            place,
            path,
            problems,
            Issue::CodeInvalid,
            |code| (!allowed.contains(&code)).then_some("Code non permis pour cet élément."),
        );
    }
    for (_, path) in codes::DATES.iter().filter(|r| r.0 == name) {
        each(resource, place, path, problems, Issue::Value, |date| {
            date_time(date)
                .is_none()
                .then_some("Cette date n’existe pas.")
        });
    }
    for (_, path) in codes::MIME_TYPES.iter().filter(|r| r.0 == name) {
        each(resource, place, path, problems, Issue::Value, |mime| {
            (!codes::is_mime_type(mime)).then_some("Type MIME mal formé.")
        });
    }
    for found in select(resource, place, "entry") {
        if let Some(inner) = found.value.get("resource") {
            let place = format!("{}.resource", found.place());
            rules(inner, &place, Within::Entry, problems);
        }
    }
    contained(resource, place, within, problems);
}

fn each(
    resource: &Value,
    place: &str,
    path: &str,
    problems: &mut Vec<Problem>,
    issue: Issue,
    wrong: impl Fn(&str) -> Option<&'static str>,
) {
    for found in select(resource, place, path) {
        if let Some(words) = found.value.as_str().and_then(&wrong) {
            problems.push(Problem::error(issue, found.place(), words));
        }
    }
}

/// Contained resources: one level, distinct ids, and no local reference to none.
fn contained(resource: &Value, place: &str, within: Within, problems: &mut Vec<Problem>) {
    let mut ids = BTreeSet::new();
    for found in select(resource, place, "contained") {
        if within == Within::Resource {
            problems.push(Problem::error(
                Issue::Structure,
                found.place(),
                "Une ressource contenue ne peut pas en contenir d’autres.",
            ));
            continue;
        }
        let id = text(found.value, "/id").unwrap_or_default();
        if !ids.insert(id) {
            problems.push(Problem::error(
                Issue::Value,
                format!("{}.id", found.place()),
                "Deux ressources contenues portent le même identifiant.",
            ));
        }
        rules(found.value, &found.place(), Within::Resource, problems);
    }
    if within != Within::Resource {
        local_references(resource, &Place::Root(place), &ids, problems);
    }
}

/// Where one is in a resource: written out only when something is wrong there.
enum Place<'a> {
    Root(&'a str),
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Root(place) => f.write_str(place),
            Self::Member(of, name) => write!(f, "{of}.{name}"),
            Self::Item(of, at) => write!(f, "{of}[{at}]"),
        }
    }
}

fn local_references(
    element: &Value,
    place: &Place<'_>,
    ids: &BTreeSet<&str>,
    problems: &mut Vec<Problem>,
) {
    match element {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                local_references(item, &Place::Item(place, at), ids, problems);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                // The resource of an entry has contained resources of its own.
                if name == "resource" {
                    continue;
                }
                let place = Place::Member(place, name);
                let local = value.as_str().filter(|_| name == "reference");
                match local.and_then(|address| address.strip_prefix('#')) {
                    Some(id) if !id.is_empty() && !ids.contains(id) => {
                        problems.push(Problem::error(
                            Issue::Value,
                            place.to_string(),
                            "Cette référence désigne une ressource contenue qui n’existe pas.",
                        ));
                    }
                    _ => local_references(value, &place, ids, problems),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(json: &str) -> Vec<(String, Issue)> {
        let problems = check(json.as_bytes()).unwrap_err();
        problems
            .into_iter()
            .map(|p| (p.expression, p.issue))
            .collect()
    }

    #[test]
    fn each_rule_names_its_place() {
        for (json, place, issue) in [
            ("[]", "", Issue::Structure),
            (r#"{"id":"a"}"#, "", Issue::Structure),
            (r#"{"resourceType":"Toto"}"#, "Toto", Issue::Structure),
            (
                r#"{"resourceType":"Patient","id":"a b"}"#,
                "Patient.id",
                Issue::Value,
            ),
            (
                r#"{"resourceType":"Patient","gender":"M"}"#,
                "Patient.gender",
                Issue::CodeInvalid,
            ),
            (
                r#"{"resourceType":"Patient","birthDate":"2023-02-30"}"#,
                "Patient.birthDate",
                Issue::Value,
            ),
            (
                r#"{"resourceType":"Patient","age":3}"#,
                "Patient.age",
                Issue::Structure,
            ),
            (
                r#"{"resourceType":"Patient","name":{"family":"D"}}"#,
                "Patient.name",
                Issue::Structure,
            ),
            (
                r#"{"resourceType":"Patient","name":[]}"#,
                "Patient.name",
                Issue::Structure,
            ),
            (
                r#"{"resourceType":"Binary"}"#,
                "Binary.contentType",
                Issue::Required,
            ),
            (
                r#"{"resourceType":"Binary","contentType":"pdf"}"#,
                "Binary.contentType",
                Issue::Value,
            ),
            (
                r##"{"resourceType":"Patient","generalPractitioner":[{"reference":"#x"}]}"##,
                "Patient.generalPractitioner[0].reference",
                Issue::Value,
            ),
            (
                r#"{"resourceType":"Patient","contained":[{"resourceType":"Device"}]}"#,
                "Patient.contained[0].id",
                Issue::Value,
            ),
            (
                r#"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient","gender":"x"}}]}"#,
                "Bundle.entry[0].resource.gender",
                Issue::CodeInvalid,
            ),
        ] {
            let found = places(json);
            assert!(
                found.contains(&(place.to_owned(), issue)),
                "{json}: {found:?}"
            );
        }
    }

    #[test]
    fn problems_do_not_quote_the_request() {
        let json =
            r#"{"resourceType":"Patient","birthDate":"canari","gender":"canari","canari":1}"#;
        for problem in check(json.as_bytes()).unwrap_err() {
            assert!(!problem.text.contains("canari"));
        }
    }

    #[test]
    fn the_deepest_nesting_taken_fits_a_small_stack() {
        let deepest = |open: &str, close: &str, levels: usize, inner: &str| {
            format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
        };
        let bundles = deepest(
            r#"{"resourceType":"Bundle","type":"batch","entry":[{"resource":"#,
            "}]}",
            20,
            r#"{"resourceType":"Binary"}"#,
        );
        let extensions = format!(
            r#"{{"resourceType":"Patient","extension":[{}]}}"#,
            deepest(
                r#"{"url":"u","extension":["#,
                "]}",
                29,
                r#"{"url":"u","valueCode":" "}"#
            )
        );
        let contained = deepest(
            r#"{"resourceType":"Patient","id":"a","contained":["#,
            "]}",
            30,
            r#"{"resourceType":"Binary"}"#,
        );
        let deepest = [bundles, extensions, contained];
        let checks = || {
            for json in &deepest {
                assert!(crate::read(json.as_bytes()).is_ok());
                assert!(check(json.as_bytes()).is_err());
            }
        };
        thread::scope(|scope| {
            let small = thread::Builder::new().stack_size(1 << 20);
            let small = small.spawn_scoped(scope, checks).unwrap();
            let large = thread::Builder::new().stack_size(STACK);
            let large = large.spawn_scoped(scope, || {
                this_thread_has_stack();
                checks();
            });
            small.join().unwrap();
            large.unwrap().join().unwrap();
        });
    }

    #[test]
    fn long_files_are_still_checked() {
        let binary = |data: &str| {
            format!(r#"{{"resourceType":"Binary","contentType":"text/plain","data":"{data}"}}"#)
        };
        assert!(check(binary(&"QUJD".repeat(1_000)).as_bytes()).is_ok());
        assert!(check(binary(&"QUJ*".repeat(1_000)).as_bytes()).is_err());
        assert!(check(binary(&"QUJDQ".repeat(1_001)).as_bytes()).is_err());
    }
}
