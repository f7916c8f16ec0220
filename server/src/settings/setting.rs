//! One setting.

use super::Kind;

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it is when nobody says otherwise; empty when it must be said, or means « none ».
    pub default: &'static str,
    /// What it is for: a sentence.
    pub doc: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Never printed.
    pub secret: bool,
}

/// One that may be printed.
pub(super) const fn setting(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    doc: &'static str,
) -> Setting {
    Setting {
        name,
        default,
        doc,
        kind,
        secret: false,
    }
}

/// One that is never printed.
pub(super) const fn secret(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    doc: &'static str,
) -> Setting {
    Setting {
        secret: true,
        ..setting(name, kind, default, doc)
    }
}
