//! The small HL7 v3 types that headers and sections share.

use std::fmt;

/// An identifier of an instance (HL7 v3 `II`): an OID or UUID, and what it
/// leaves to be told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct InstanceId {
    /// OID or UUID.
    pub root: String,
    /// What is unique under the root; none when the root is the identifier.
    pub extension: Option<String>,
}

impl InstanceId {
    /// An identifier that is all in its root.
    pub fn root(root: impl Into<String>) -> InstanceId {
        InstanceId {
            root: root.into(),
            extension: None,
        }
    }

    /// An identifier `extension` under `root`.
    pub fn new(root: impl Into<String>, extension: impl Into<String>) -> InstanceId {
        InstanceId {
            root: root.into(),
            extension: Some(extension.into()),
        }
    }
}

/// `root^extension`, or the root alone: the form of an XDS `uniqueId`.
impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.extension {
            Some(extension) => write!(f, "{}^{extension}", self.root),
            None => f.write_str(&self.root),
        }
    }
}

/// A code (HL7 v3 `CD`, `CE`, `CS`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// The code itself.
    pub code: String,
    /// OID of the code system; none where the standard fixes it.
    pub system: Option<String>,
    /// Words for people, as the author wrote them.
    pub display: Option<String>,
}

impl Code {
    /// A code with the words that go with it.
    pub fn new(
        code: impl Into<String>,
        system: impl Into<String>,
        display: impl Into<String>,
    ) -> Code {
        Code {
            code: code.into(),
            system: Some(system.into()),
            display: Some(display.into()),
        }
    }

    /// The words, or the code when the author wrote none.
    pub fn label(&self) -> &str {
        self.display.as_deref().unwrap_or(&self.code)
    }
}
