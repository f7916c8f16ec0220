//! Several resources in one message.

use crate::element::{items, kind, text};
use serde_json::Value;

/// A borrowed `Bundle`.
#[derive(Debug, Clone, Copy)]
pub struct Bundle<'a>(&'a Value);

/// One entry of a [`Bundle`].
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Place in the bundle, from 0.
    pub index: usize,
    /// Identity of the resource within the bundle.
    pub full_url: Option<&'a str>,
    /// The resource.
    pub resource: Option<&'a Value>,
    /// Method of the request.
    pub method: Option<&'a str>,
    /// Address of the request, relative to the service.
    pub url: Option<&'a str>,
    /// Condition of a conditional create.
    pub if_none_exist: Option<&'a str>,
}

impl<'a> Bundle<'a> {
    /// Views a resource, when it is a `Bundle`.
    pub fn of(resource: &'a Value) -> Option<Self> {
        (kind(resource) == Some("Bundle")).then_some(Self(resource))
    }

    /// `transaction`, `searchset`, `document`…
    pub fn kind(&self) -> Option<&'a str> {
        text(self.0, "/type")
    }

    /// Number of matches of a searchset.
    pub fn total(&self) -> Option<u64> {
        self.0.get("total")?.as_u64()
    }

    /// The entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'a>> {
        items(self.0, "entry")
            .enumerate()
            .map(|(index, entry)| Entry {
                index,
                full_url: text(entry, "/fullUrl"),
                resource: entry.get("resource"),
                method: text(entry, "/request/method"),
                url: text(entry, "/request/url"),
                if_none_exist: text(entry, "/request/ifNoneExist"),
            })
    }
}

impl<'a> Entry<'a> {
    /// Type of the entry's resource.
    pub fn kind(&self) -> Option<&'a str> {
        kind(self.resource?)
    }

    /// Whether an address names this entry: its `fullUrl`, or `Type/id`, alone
    /// or at the end of an absolute address.
    pub fn is_at(&self, address: &str) -> bool {
        if address.is_empty() {
            return false;
        }
        if self.full_url == Some(address) {
            return true;
        }
        let relative = |full: &str| {
            full.strip_suffix(address)
                .is_some_and(|base| base.starts_with("http") && base.ends_with('/'))
        };
        let by_id = || {
            let resource = self.resource?;
            Some(format!("{}/{}", kind(resource)?, text(resource, "/id")?) == address)
        };
        (address.contains('/') && self.full_url.is_some_and(relative)) || by_id().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn entries_are_found_by_address() {
        let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": [
            {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Binary", "id": "b"}},
            {"fullUrl": "https://a.example/fhir/Binary/c", "resource": {"resourceType": "Binary"}},
            7,
        ]});
        let entries: Vec<Entry<'_>> = Bundle::of(&bundle).unwrap().entries().collect();
        assert_eq!(entries.len(), 3);
        assert!(entries[0].is_at("urn:uuid:1") && entries[0].is_at("Binary/b"));
        assert!(
            entries[1].is_at("Binary/c") && entries[1].is_at("https://a.example/fhir/Binary/c")
        );
        for address in ["", "c", "y/c", "Binary/b/", "urn:uuid:2", "/"] {
            assert!(!entries.iter().any(|e| e.is_at(address)), "{address}");
        }
    }
}
