//! A person as FHIR's `Patient`, read and written with the French extensions.

use crate::{
    element::{Identifier, extension, items, kind, text},
    party::human_name,
    system,
};
use ins::{BirthDate, Sex, Traits};
use serde_json::{Value, json};

/// A borrowed `Patient`.
#[derive(Debug, Clone, Copy)]
pub struct Patient<'a>(&'a Value);

impl<'a> Patient<'a> {
    /// Views a resource, when it is a `Patient`.
    pub fn of(resource: &'a Value) -> Option<Self> {
        (kind(resource) == Some("Patient")).then_some(Self(resource))
    }

    /// Id of the resource.
    pub fn id(&self) -> Option<&'a str> {
        text(self.0, "/id")
    }

    /// Identifiers that are under an OID.
    pub fn identifiers(&self) -> Vec<ins::Identifier> {
        Identifier::all(self.0).filter_map(|i| i.person()).collect()
    }

    /// The identifier to find the person by: the national one, else the first.
    pub fn main_identifier(&self) -> Option<ins::Identifier> {
        let identifiers = self.identifiers();
        let national = identifiers.iter().find(|i| i.is_ins()).cloned();
        national.or_else(|| identifiers.into_iter().next())
    }

    /// Name to show.
    pub fn name(&self) -> Option<String> {
        human_name(self.0)
    }

    /// Strict traits, read from the official name (else the first); none when
    /// family name, birth date or sex is missing or unreadable.
    pub fn traits(&self) -> Option<Traits> {
        let official = |name: &&Value| text(name, "/use") == Some("official");
        let name = items(self.0, "name")
            .find(official)
            .or_else(|| items(self.0, "name").next())?;
        let given: Vec<&str> = items(name, "given").filter_map(Value::as_str).collect();
        let list = extension(name, system::BIRTH_GIVEN_NAMES).and_then(|e| text(e, "/valueString"));
        // With the list beside it, `given` holds the first name alone; without
        // it, nobody says where the first name ends.
        let (birth_given_names, first_given_name) = match list {
            Some(list) => (
                list.split_whitespace().map(str::to_owned).collect(),
                given
                    .first()
                    .filter(|first| **first != list)
                    .map(|n| (*n).to_owned()),
            ),
            None => (given.iter().map(|n| (*n).to_owned()).collect(), None),
        };
        Some(Traits {
            birth_family_name: text(name, "/family")?.to_owned(),
            birth_given_names,
            first_given_name,
            birth_date: self.birth_date()?,
            sex: self.sex()?,
            birth_place: self.birth_place().map(str::to_owned),
        })
    }

    /// Birth date.
    pub fn birth_date(&self) -> Option<BirthDate> {
        text(self.0, "/birthDate")?.parse().ok()
    }

    /// Sex of civil status.
    pub fn sex(&self) -> Option<Sex> {
        Sex::from_code(text(self.0, "/gender")?)
    }

    /// INSEE code of the place of birth.
    pub fn birth_place(&self) -> Option<&'a str> {
        let address = extension(self.0, system::BIRTH_PLACE)?.get("valueAddress")?;
        let insee = extension(address, system::INSEE_CODE)
            .or_else(|| extension(address.get("_city")?, system::INSEE_CODE))?;
        text(insee, "/valueCoding/code")
    }
}

/// Writes a `Patient` with its strict traits and identifiers.
pub fn patient(id: &str, identifiers: &[ins::Identifier], traits: &Traits) -> Value {
    let names = traits.birth_given_names.join(" ");
    let first = traits.first_given_name.as_ref();
    let first = first.or(traits.birth_given_names.first());
    let mut name = json!({"use": "official", "family": traits.birth_family_name});
    if let Some(first) = first {
        name["given"] = json!([first]);
        name["extension"] = json!([{"url": system::BIRTH_GIVEN_NAMES, "valueString": names}]);
    }
    let mut patient = json!({
        "resourceType": "Patient",
        "id": id,
        "name": [name],
        "gender": traits.sex.code(),
        "birthDate": traits.birth_date.to_string(),
    });
    if !identifiers.is_empty() {
        patient["identifier"] = identifiers
            .iter()
            .map(|i| json!({"use": "official", "system": i.system(), "value": i.value}))
            .collect();
    }
    if let Some(place) = &traits.birth_place {
        patient["extension"] = json!([{
            "url": system::BIRTH_PLACE,
            "valueAddress": {"extension": [{
                "url": system::INSEE_CODE,
                "valueCoding": {"system": system::TOWN, "code": place},
            }]},
        }]);
    }
    patient
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jeanne() -> Traits {
        Traits {
            birth_family_name: "D’ARC".to_owned(),
            birth_given_names: vec!["JEANNE".to_owned(), "MARIE-LOUISE".to_owned()],
            first_given_name: Some("JEANNE".to_owned()),
            birth_date: "1974-12-25".parse().unwrap(),
            sex: Sex::Female,
            birth_place: Some("88154".to_owned()),
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let number = ins::Identifier::from_token("urn:oid:1.2.250.1.213.1.4.10|279035121518989");
        let number = number.unwrap();
        let written = patient("p", std::slice::from_ref(&number), &jeanne());
        crate::check(written.to_string().as_bytes()).unwrap();
        let read = Patient::of(&written).unwrap();
        assert_eq!(read.traits().unwrap(), jeanne());
        assert_eq!(read.identifiers(), [number]);
        assert_eq!(read.name().unwrap(), "JEANNE D’ARC");
    }

    #[test]
    fn one_text_for_all_names_has_no_first() {
        let resource = json!({"resourceType": "Patient", "gender": "female", "birthDate": "1974",
            "name": [{"family": "Usage", "use": "usual"}, {"family": "Durand", "use": "official", "given": ["JEANNE MARIE"]}]});
        let traits = Patient::of(&resource).unwrap().traits().unwrap();
        assert_eq!(traits.birth_family_name, "Durand");
        assert_eq!(traits.first_given_name, None);
        let without_sex =
            json!({"resourceType": "Patient", "birthDate": "1974", "name": [{"family": "D"}]});
        assert!(Patient::of(&without_sex).unwrap().traits().is_none());
    }
}
