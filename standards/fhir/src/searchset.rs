//! The answer to a search.

use serde_json::{Map, Value, json};

/// Parts of the answer to a search.
#[derive(Debug, Clone, Default)]
pub struct Searchset {
    /// Matches in all pages, where they are counted.
    pub total: Option<u64>,
    /// Address of this page, as understood.
    pub self_link: String,
    /// Address of the next page.
    pub next_link: Option<String>,
    /// What this page holds.
    pub entries: Vec<SearchEntry>,
}

/// One resource of an answer.
#[derive(Debug, Clone)]
pub enum SearchEntry {
    /// What was sought.
    Match {
        /// Absolute address.
        full_url: String,
        /// The resource.
        resource: Value,
    },
    /// What goes with a match.
    Include {
        /// Absolute address.
        full_url: String,
        /// The resource.
        resource: Value,
    },
    /// An `OperationOutcome` about the search.
    Outcome(Value),
}

/// Writes the `Bundle` of a search.
pub fn searchset(set: Searchset) -> Value {
    let mut links = vec![json!({"relation": "self", "url": set.self_link})];
    if let Some(next) = set.next_link {
        links.push(json!({"relation": "next", "url": next}));
    }
    let mut bundle = json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "link": links,
    });
    if let Some(total) = set.total {
        bundle["total"] = total.into();
    }
    if !set.entries.is_empty() {
        bundle["entry"] = set.entries.into_iter().map(entry).collect();
    }
    bundle
}

fn entry(entry: SearchEntry) -> Value {
    let (full_url, resource, mode) = match entry {
        SearchEntry::Match { full_url, resource } => (Some(full_url), resource, "match"),
        SearchEntry::Include { full_url, resource } => (Some(full_url), resource, "include"),
        SearchEntry::Outcome(resource) => (None, resource, "outcome"),
    };
    let mut entry = Map::new();
    if let Some(full_url) = full_url {
        entry.insert("fullUrl".to_owned(), full_url.into());
    }
    entry.insert("resource".to_owned(), resource);
    entry.insert("search".to_owned(), json!({"mode": mode}));
    Value::Object(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_valid_fhir() {
        let full = Searchset {
            total: Some(3),
            self_link: "https://a.example/fhir/Patient".to_owned(),
            next_link: Some("https://a.example/fhir/Patient?page=2".to_owned()),
            entries: vec![
                SearchEntry::Match {
                    full_url: "https://a.example/fhir/Patient/1".to_owned(),
                    resource: json!({"resourceType": "Patient", "id": "1"}),
                },
                SearchEntry::Outcome(crate::operation_outcome(&[])),
            ],
        };
        let empty = Searchset {
            self_link: "https://a.example/fhir/Patient".to_owned(),
            ..Searchset::default()
        };
        for set in [full, empty] {
            crate::check(searchset(set).to_string().as_bytes()).unwrap();
        }
    }
}
