//! Updates of metadata: those that an author may ask for, and the one that may stand in a
//! transaction.

use super::submission::target;
use crate::{
    bundle::Entry,
    element::{Coding, Reference, items, text},
    problem::{Issue, Problem},
    system,
};
use serde_json::{Value, json};

/// A change of metadata that the author of a document asks for (PDSm 3.1.1, « mise à jour »): its
/// status, its visibility, its archiving; nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `DocumentReference.status`.
    Status(String),
    /// `DocumentReference.securityLabel`: one code of the set.
    Label(String),
    /// The extension that says whether it is archived.
    Archived(bool),
}

/// Reads a FHIRPath patch (`Parameters`) of a `DocumentReference`.
///
/// # Errors
/// 422 for what is no patch, 405 for a change of anything else.
pub fn read_update(patch: &Value) -> Result<Vec<Change>, Problem> {
    let malformed = || {
        Problem::error(
            Issue::Value,
            "Parameters",
            "La demande n’est pas une modification FHIRPath lisible.",
        )
    };
    if text(patch, "/resourceType") != Some("Parameters") {
        return Err(malformed());
    }
    let mut changes = Vec::new();
    for operation in items(patch, "parameter") {
        if text(operation, "/name") != Some("operation") {
            return Err(malformed());
        }
        changes.push(change(operation, malformed)?);
    }
    match changes.is_empty() {
        true => Err(malformed()),
        false => Ok(changes),
    }
}

fn change(operation: &Value, malformed: impl Fn() -> Problem) -> Result<Change, Problem> {
    let part = |name: &str| items(operation, "part").find(|one| text(one, "/name") == Some(name));
    let word = |name: &str| valued(part(name)?)?.as_str();
    let kind = word("type").ok_or_else(&malformed)?;
    let path = word("path").ok_or_else(&malformed)?;
    let below = path
        .strip_prefix("DocumentReference")
        .ok_or_else(&malformed)?;
    let below = match (below.strip_prefix('.'), word("name")) {
        (Some(below), _) => below,
        (None, Some(name)) => name,
        (None, None) => return Err(malformed()),
    };
    if !matches!(kind, "replace" | "add" | "insert") {
        return Err(not_allowed());
    }
    let value = part("value").and_then(valued).ok_or_else(&malformed)?;
    match below.split(['.', '[', '(']).next().unwrap_or_default() {
        "status" => {
            let status = value.as_str().ok_or_else(&malformed)?;
            Ok(Change::Status(status.to_owned()))
        }
        "securityLabel" => {
            let coding = Coding::of(value).or_else(|| Coding::first(value));
            let code = coding.map(|coding| coding.code).or_else(|| value.as_str());
            Ok(Change::Label(code.ok_or_else(&malformed)?.to_owned()))
        }
        "extension" => {
            let own = text(value, "/url") == Some(system::IS_ARCHIVED);
            if !own && !below.contains(system::IS_ARCHIVED) {
                return Err(not_allowed());
            }
            let said = value.get("valueBoolean").unwrap_or(value);
            Ok(Change::Archived(said.as_bool().ok_or_else(&malformed)?))
        }
        _ => Err(not_allowed()),
    }
}

/// The value of a part, whatever its type.
fn valued(part: &Value) -> Option<&Value> {
    let members = part.as_object()?;
    let found = members.iter().find(|(name, _)| name.starts_with("value"));
    found.map(|(_, value)| value)
}

fn not_allowed() -> Problem {
    Problem::not_allowed(
        "Seuls le statut, la confidentialité et l’archivage d’un document se modifient\u{a0}: \
         pour le reste, remplacez-le.",
    )
}

/// Whether an entry marks as superseded a document that the same deposit
/// replaces: the one update of a transaction that we take, and that the
/// replacement makes anyway. It is a FHIRPath patch (`Parameters`) of
/// `DocumentReference.status` and of nothing else.
pub(super) fn supersedes(entry: &Entry<'_>, replaced: &[&str]) -> bool {
    let Some(resource) = entry.resource else {
        return false;
    };
    let mut operations = items(resource, "parameter");
    let one_operation = operations.next().is_some_and(is_supersede) && operations.next().is_none();
    let named = json!({"reference": entry.url});
    entry.method == Some("PATCH")
        && entry.kind() == Some("Parameters")
        && one_operation
        && target(Reference(&named)).is_some_and(|name| replaced.contains(&name.as_str()))
}

fn is_supersede(operation: &Value) -> bool {
    let part = |name: &str| {
        items(operation, "part")
            .find(|part| text(part, "/name") == Some(name))
            .and_then(|part| part.as_object())
            .and_then(|part| part.iter().find(|(key, _)| key.starts_with("value")))
            .and_then(|(_, value)| value.as_str())
    };
    let path = match (part("path"), part("name")) {
        (Some("DocumentReference"), Some(name)) => name,
        (Some(path), None) => path.strip_prefix("DocumentReference.").unwrap_or_default(),
        _ => return false,
    };
    text(operation, "/name") == Some("operation")
        && matches!(part("type"), Some("replace" | "add"))
        && path == "status"
        && part("value") == Some("superseded")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(parts: Value) -> Value {
        json!({"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]})
    }

    fn operation(path: &str, name: Option<&str>, value: Value) -> Value {
        let mut parts = vec![
            json!({"name": "type", "valueCode": "replace"}),
            json!({"name": "path", "valueString": path}),
        ];
        parts.extend(name.map(|name| json!({"name": "name", "valueString": name})));
        let mut part = json!({"name": "value"});
        for (key, one) in value.as_object().expect("an object") {
            part[key.as_str()] = one.clone();
        }
        parts.push(part);
        patch(parts.into())
    }

    #[test]
    fn what_an_author_may_change_is_read() {
        let label = json!({"valueCodeableConcept": {"coding": [{"system": "s", "code": "N"}]}});
        let coding = json!({"valueCoding": {"system": "s", "code": "MASQUE_PS"}});
        let archived = format!(
            "DocumentReference.extension.where(url='{}').value",
            system::IS_ARCHIVED
        );
        let extension =
            json!({"valueExtension": {"url": system::IS_ARCHIVED, "valueBoolean": true}});
        for (patch, change) in [
            (
                operation(
                    "DocumentReference.status",
                    None,
                    json!({"valueCode": "entered-in-error"}),
                ),
                Change::Status("entered-in-error".into()),
            ),
            (
                operation(
                    "DocumentReference",
                    Some("status"),
                    json!({"valueCode": "superseded"}),
                ),
                Change::Status("superseded".into()),
            ),
            (
                operation("DocumentReference.securityLabel[0]", None, label),
                Change::Label("N".into()),
            ),
            (
                operation("DocumentReference.securityLabel", None, coding),
                Change::Label("MASQUE_PS".into()),
            ),
            (
                operation(&archived, None, json!({"valueBoolean": false})),
                Change::Archived(false),
            ),
            (
                operation("DocumentReference", Some("extension"), extension),
                Change::Archived(true),
            ),
        ] {
            assert_eq!(read_update(&patch), Ok(vec![change]), "{patch}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_its_kind() {
        let title = operation(
            "DocumentReference.content[0].attachment.title",
            None,
            json!({"valueString": "x"}),
        );
        let other = operation(
            "DocumentReference.extension",
            None,
            json!({"valueBoolean": true}),
        );
        let delete = patch(json!([
            {"name": "type", "valueCode": "delete"},
            {"name": "path", "valueString": "DocumentReference.status"}
        ]));
        for patch in [title, other, delete] {
            let refused = read_update(&patch).expect_err("refused");
            assert_eq!(refused.issue, Issue::NotAllowed, "{patch}");
        }
        for patch in [
            json!({"resourceType": "DocumentReference"}),
            json!({"resourceType": "Parameters"}),
            patch(json!([])),
            operation("Patient.status", None, json!({"valueCode": "x"})),
            operation(
                "DocumentReference.status",
                None,
                json!({"valueBoolean": true}),
            ),
            operation("DocumentReference", None, json!({"valueCode": "x"})),
        ] {
            let refused = read_update(&patch).expect_err("refused");
            assert_eq!(refused.issue, Issue::Value, "{patch}");
        }
    }
}
