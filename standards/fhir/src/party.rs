//! Who wrote, attests or keeps a document.

use crate::element::{Coding, Identifier, Reference, contained, items, kind, text};
use serde_json::Value;

/// A person, device or organization named by a reference, with what the
/// contained resources tell of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party<'a> {
    /// Type of the resource found, or that the address names.
    pub kind: Option<&'a str>,
    /// The address as given.
    pub address: Option<&'a str>,
    /// Name of the person or device.
    pub name: Option<String>,
    /// Identifiers of the person, role or device.
    pub identifiers: Vec<Identifier<'a>>,
    /// Profession or specialty.
    pub specialty: Option<Coding<'a>>,
    /// Name of the organization.
    pub organization: Option<&'a str>,
    /// Identifiers of the organization.
    pub organization_identifiers: Vec<Identifier<'a>>,
}

impl<'a> Party<'a> {
    /// Resolves a reference of `resource` among what it contains.
    pub fn resolve(resource: &'a Value, reference: &'a Value) -> Self {
        let reference = Reference(reference);
        let mut party = Self {
            address: reference.address(),
            name: reference.display().map(str::to_owned),
            identifiers: reference.identifier().into_iter().collect(),
            ..Self::default()
        };
        let Some(target) = party.address.and_then(|a| contained(resource, a)) else {
            party.kind = party
                .address
                .and_then(|a| a.split(['/', '?']).next())
                .filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
            if party.kind == Some("Organization") {
                party.organization = reference.display();
                party.organization_identifiers = std::mem::take(&mut party.identifiers);
                party.name = None;
            }
            return party;
        };
        party.kind = kind(target);
        match party.kind {
            Some("Organization") => party.organization_is(target),
            Some("PractitionerRole") => party.role_is(resource, target),
            Some("Device") => {
                let name = items(target, "deviceName").find_map(|n| text(n, "/name"));
                party.name = name.map(str::to_owned).or(party.name);
                party.identifiers.extend(Identifier::all(target));
                if let Some(owner) = target.get("owner") {
                    party.belongs_to(resource, owner);
                }
            }
            _ => party.person_is(target),
        }
        party
    }

    /// What to call the party: the person, else the organization.
    pub fn label(&self) -> Option<&str> {
        self.name.as_deref().or(self.organization)
    }

    fn person_is(&mut self, person: &'a Value) {
        self.name = human_name(person).or(self.name.take());
        self.identifiers.extend(Identifier::all(person));
        self.specialty = items(person, "qualification")
            .find_map(|q| Coding::first(q.get("code")?))
            .or(self.specialty);
    }

    fn role_is(&mut self, resource: &'a Value, role: &'a Value) {
        self.identifiers.extend(Identifier::all(role));
        if let Some(practitioner) = role.get("practitioner").map(Reference) {
            self.identifiers.extend(practitioner.identifier());
            let found = practitioner.address().and_then(|a| contained(resource, a));
            match found {
                Some(person) => self.person_is(person),
                None => {
                    self.name = practitioner
                        .display()
                        .map(str::to_owned)
                        .or(self.name.take())
                }
            }
        }
        if let Some(organization) = role.get("organization") {
            self.belongs_to(resource, organization);
        }
        let specialty = items(role, "specialty").chain(items(role, "code"));
        self.specialty = specialty
            .filter_map(Coding::first)
            .next()
            .or(self.specialty);
    }

    fn belongs_to(&mut self, resource: &'a Value, organization: &'a Value) {
        let organization = Reference(organization);
        let found = organization.address().and_then(|a| contained(resource, a));
        match found {
            Some(found) => self.organization_is(found),
            None => {
                self.organization = organization.display();
                self.organization_identifiers
                    .extend(organization.identifier());
            }
        }
    }

    fn organization_is(&mut self, organization: &'a Value) {
        self.organization = text(organization, "/name").or(self.organization);
        self.organization_identifiers
            .extend(Identifier::all(organization));
    }
}

/// The name of a person as French people write it: « Sophie Leclerc ».
pub(crate) fn human_name(person: &Value) -> Option<String> {
    let name = items(person, "name").next()?;
    let family = text(name, "/family");
    let given = items(name, "given").find_map(Value::as_str);
    match (given, family) {
        (None, None) => text(name, "/text").map(str::to_owned),
        (given, family) => {
            let words: Vec<&str> = given.into_iter().chain(family).collect();
            Some(words.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_role_gives_person_and_organization() {
        let document = json!({"contained": [
            {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "#p"},
             "organization": {"reference": "#o"},
             "specialty": [{"coding": [{"system": "s", "code": "SM26"}]}]},
            {"resourceType": "Practitioner", "id": "p", "name": [{"family": "Leclerc", "given": ["Sophie"]}],
             "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "810000000001"}]},
            {"resourceType": "Organization", "id": "o", "name": "Cabinet du Port"},
        ]});
        let reference = json!({"reference": "#r"});
        let party = Party::resolve(&document, &reference);
        assert_eq!(party.label(), Some("Sophie Leclerc"));
        assert_eq!(party.organization, Some("Cabinet du Port"));
        assert_eq!(party.identifiers.len(), 1);
        assert_eq!(party.specialty.unwrap().code, "SM26");
    }

    #[test]
    fn what_is_not_contained_keeps_its_display() {
        let document = json!({});
        let organization = json!({"reference": "Organization/1", "display": "CH du Port",
            "identifier": {"system": "s", "value": "1"}});
        let party = Party::resolve(&document, &organization);
        assert_eq!(
            (party.kind, party.name.as_deref()),
            (Some("Organization"), None)
        );
        assert_eq!(party.label(), Some("CH du Port"));
        assert_eq!(party.organization_identifiers.len(), 1);
        let nobody = json!({"reference": "#absent"});
        assert_eq!(Party::resolve(&document, &nobody).label(), None);
    }

    #[test]
    fn a_role_that_loops_ends() {
        let document = json!({"contained": [{"resourceType": "PractitionerRole", "id": "r",
            "practitioner": {"reference": "#r"}, "organization": {"reference": "#r"}}]});
        let reference = json!({"reference": "#r"});
        assert_eq!(Party::resolve(&document, &reference).label(), None);
    }
}
