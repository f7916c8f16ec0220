//! The document types of `reference/document-types.json`.

use std::{collections::BTreeMap, sync::LazyLock};

use fhir::{Code, pdsm::Class};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    classes: Vec<Label>,
    types: Vec<Type>,
}

#[derive(Deserialize)]
struct Label {
    code: String,
    label: String,
}

#[derive(Deserialize)]
struct Type {
    code: String,
    system: String,
    label: String,
    class: String,
}

/// Type and class by the code of the type. A test reads the file: it is ours and good.
static TYPES: LazyLock<BTreeMap<String, (Code, Class)>> = LazyLock::new(|| {
    let file = include_str!("../../../reference/document-types.json");
    let Ok(File { classes, types }) = serde_json::from_str(file) else {
        return BTreeMap::new();
    };
    let labels: BTreeMap<String, String> = classes.into_iter().map(|c| (c.code, c.label)).collect();
    types
        .into_iter()
        .map(|kind| {
            let label = labels.get(&kind.class).cloned().unwrap_or_default();
            let class = Class {
                code: kind.class,
                label,
            };
            (
                kind.code.clone(),
                (Code::new(kind.system, kind.code, kind.label), class),
            )
        })
        .collect()
});

/// A type, and the class that it belongs to.
///
/// # Panics
/// When the code is not in the file: the codes written in this crate are.
pub(crate) fn kind(code: &str) -> (Code, Class) {
    TYPES
        .get(code)
        .cloned()
        .unwrap_or_else(|| panic!("{code}: no such document type"))
}
