//! Small views of FHIR's data types, and the accessors they are made with.

use crate::system;
use serde_json::{Value, json};
use std::fmt;

/// The element at a JSON pointer of ours, in which nothing is escaped: the library's own looks for
/// that in each name, and makes a text of it.
pub(crate) fn at<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(value, |value, name| match value {
            Value::Object(members) => members.get(name),
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        })
}

/// The text at a JSON pointer.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    at(value, pointer)?.as_str()
}

/// The items of a member that is an array; none when it is absent or something else.
pub(crate) fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The resource type.
pub(crate) fn kind(resource: &Value) -> Option<&str> {
    text(resource, "/resourceType")
}

/// The extension of that address.
pub(crate) fn extension<'a>(element: &'a Value, url: &str) -> Option<&'a Value> {
    items(element, "extension").find(|e| text(e, "/url") == Some(url))
}

/// The contained resource that a reference `#id` names.
pub(crate) fn contained<'a>(resource: &'a Value, reference: &str) -> Option<&'a Value> {
    let id = reference.strip_prefix('#')?;
    items(resource, "contained").find(|r| text(r, "/id") == Some(id))
}

/// Whether a text may be the id of a resource: 1 to 64 letters, digits, `-` or `.`.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
}

/// A code of a code system, as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding<'a> {
    /// Address of the code system.
    pub system: Option<&'a str>,
    /// The code.
    pub code: &'a str,
    /// Label that the sender gave it.
    pub display: Option<&'a str>,
}

impl<'a> Coding<'a> {
    /// Reads a `Coding`; none without a code.
    pub fn of(value: &'a Value) -> Option<Self> {
        Some(Self {
            system: text(value, "/system"),
            code: text(value, "/code")?,
            display: text(value, "/display"),
        })
    }

    /// The codings of a `CodeableConcept`.
    pub fn all(concept: &'a Value) -> impl Iterator<Item = Self> {
        items(concept, "coding").filter_map(Self::of)
    }

    /// The first coding of a `CodeableConcept`.
    pub fn first(concept: &'a Value) -> Option<Self> {
        Self::all(concept).next()
    }
}

/// A code of a code system, as we write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Address of the code system.
    pub system: String,
    /// The code.
    pub code: String,
    /// Its label.
    pub display: String,
}

impl Code {
    /// A code with its system and label.
    pub fn new(
        system: impl Into<String>,
        code: impl Into<String>,
        display: impl Into<String>,
    ) -> Self {
        Self {
            system: system.into(),
            code: code.into(),
            display: display.into(),
        }
    }

    /// As a `Coding`; an empty label is left out.
    pub fn coding(&self) -> Value {
        let mut coding = json!({"system": self.system, "code": self.code});
        if !self.display.is_empty() {
            coding["display"] = self.display.as_str().into();
        }
        coding
    }

    /// As a `CodeableConcept`.
    pub fn concept(&self) -> Value {
        json!({"coding": [self.coding()]})
    }
}

/// A business identifier. `Debug` does not print the value, which may be a person's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Identifier<'a> {
    /// Namespace of the value.
    pub system: Option<&'a str>,
    /// The value.
    pub value: &'a str,
}

impl<'a> Identifier<'a> {
    /// Reads an `Identifier`; none without a value.
    pub fn of(value: &'a Value) -> Option<Self> {
        Some(Self {
            system: text(value, "/system"),
            value: text(value, "/value")
                .map(str::trim)
                .filter(|v| !v.is_empty())?,
        })
    }

    /// The identifiers of a resource.
    pub fn all(resource: &'a Value) -> impl Iterator<Item = Self> {
        items(resource, "identifier").filter_map(Self::of)
    }

    /// Reads a search token, `system|value` or `value`.
    pub fn of_token(token: &'a str) -> Option<Self> {
        let (system, value) = match token.split_once('|') {
            Some((system, value)) => (Some(system).filter(|s| !s.is_empty()), value),
            None => (None, token),
        };
        (!value.is_empty()).then_some(Self { system, value })
    }

    /// One text per identifier, whatever its spelling: `urn:oid:…` and
    /// `urn:uuid:…` alone, in small letters; `system|value` otherwise. A bare OID
    /// under the URI system gets its prefix.
    pub fn canonical(&self) -> String {
        let lower = self.value.to_ascii_lowercase();
        let uri = matches!(self.system, None | Some(system::URI));
        if uri && lower.starts_with("urn:") {
            return lower;
        }
        if uri && ins::Identifier::from_system(&format!("urn:oid:{lower}"), "-").is_ok() {
            return format!("urn:oid:{lower}");
        }
        format!("{}|{}", self.system.unwrap_or_default(), self.value)
    }

    /// As an identifier of a person under an OID.
    pub fn person(&self) -> Option<ins::Identifier> {
        ins::Identifier::from_system(self.system?, self.value).ok()
    }
}

impl fmt::Debug for Identifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({}, ***)", self.system.unwrap_or_default())
    }
}

/// A reference to another resource.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a>(pub(crate) &'a Value);

impl<'a> Reference<'a> {
    /// The address: `#id`, `Type/id`, `Type?identifier=…`, `urn:uuid:…` or absolute.
    pub fn address(&self) -> Option<&'a str> {
        text(self.0, "/reference")
    }

    /// What the sender calls the target.
    pub fn display(&self) -> Option<&'a str> {
        text(self.0, "/display")
    }

    /// The target's business identifier, when it is given beside the address.
    pub fn identifier(&self) -> Option<Identifier<'a>> {
        Identifier::of(self.0.get("identifier")?)
    }

    /// The token of a conditional address `Type?identifier=system|value`, with
    /// its separators unescaped.
    pub fn token(&self) -> Option<String> {
        let (_, query) = self.address()?.split_once('?')?;
        let token = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("identifier="))?;
        let token = token
            .replace("%7C", "|")
            .replace("%7c", "|")
            .replace("%3A", ":")
            .replace("%3a", ":");
        (!token.is_empty()).then_some(token)
    }

    /// The person that the reference names by identifier, in whichever of the
    /// two ways.
    pub fn person(&self) -> Option<ins::Identifier> {
        self.identifier()
            .and_then(|identifier| identifier.person())
            .or_else(|| ins::Identifier::from_token(&self.token()?).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_one_spelling() {
        for (system, value, expected) in [
            (Some(system::URI), "urn:oid:1.2.3", "urn:oid:1.2.3"),
            (Some(system::URI), "URN:UUID:ABC", "urn:uuid:abc"),
            (Some(system::URI), "1.2.3", "urn:oid:1.2.3"),
            (None, "urn:oid:1.2.3", "urn:oid:1.2.3"),
            (None, "A12", "|A12"),
            (
                Some("https://x.example"),
                "1.2.3",
                "https://x.example|1.2.3",
            ),
        ] {
            assert_eq!(Identifier { system, value }.canonical(), expected);
        }
    }

    #[test]
    fn a_person_is_named_in_two_ways() {
        let by_token = json!({"reference": "Patient?identifier=urn:oid:1.2.3%7CA12"});
        let by_identifier = json!({"identifier": {"system": "urn:oid:1.2.3", "value": "A12"}});
        for reference in [&by_token, &by_identifier] {
            let person = Reference(reference).person().unwrap();
            assert_eq!(
                (person.oid.as_str(), person.value.as_str()),
                ("1.2.3", "A12")
            );
        }
        for address in [
            "Patient/1",
            "Patient?identifier=urn:oid:1.2.3",
            "?",
            "Patient?identifier=",
        ] {
            assert!(Reference(&json!({"reference": address})).person().is_none());
        }
    }
}
