//! The update of metadata that may stand in a transaction.

use super::submission::target;
use crate::{
    bundle::Entry,
    element::{Reference, items, text},
};
use serde_json::{Value, json};

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
