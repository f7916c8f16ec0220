//! The metadata of a document about another person: nothing of the first may remain in it, nor in
//! the file.

use fhir::{Issue, Patient, Problem};
use ins::{Identifier, Traits, fold};
use serde_json::{Value, json};

/// The words by which somebody is known in a text: their numbers, and their birth name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    numbers: Vec<String>,
    name: Option<String>,
}

impl Words {
    /// Those of the person whom a resource is about, but for what another person shares.
    pub fn of(resource: &Value, other: &Traits) -> Self {
        let subject = resource.pointer("/subject/identifier/value");
        let source = resource.pointer("/context/sourcePatientInfo/identifier/value");
        let named = subject.into_iter().chain(source).filter_map(Value::as_str);
        let mut numbers: Vec<String> = named.map(ToOwned::to_owned).collect();
        let mut name = None;
        for patient in patients(resource) {
            let known = patient.identifiers().into_iter().map(|one| one.value);
            numbers.extend(known);
            let family = patient.traits().map(|traits| traits.birth_family_name);
            name = name.or(family.map(|family| fold(&family)));
        }
        numbers.retain(|number| number.len() >= 6);
        numbers.sort_unstable();
        numbers.dedup();
        let same = fold(&other.birth_family_name);
        Self {
            numbers,
            name: name.filter(|name| !name.is_empty() && *name != same),
        }
    }

    /// Whether a number is one of theirs.
    pub fn are_of(&self, number: &str) -> bool {
        self.numbers.iter().any(|known| known == number)
    }

    /// Those that are not of the person who is named: the same one, when a recall was a mistake.
    #[must_use]
    pub fn but(mut self, number: &str) -> Self {
        self.numbers.retain(|known| known != number);
        self
    }

    /// Whether a text names them.
    pub fn are_in(&self, text: &str) -> bool {
        if self.numbers.iter().any(|number| text.contains(number)) {
            return true;
        }
        let Some(name) = &self.name else { return false };
        format!(" {} ", fold(text)).contains(&format!(" {name} "))
    }
}

fn patients(resource: &Value) -> impl Iterator<Item = Patient<'_>> {
    let contained = resource.get("contained").and_then(Value::as_array);
    contained.into_iter().flatten().filter_map(Patient::of)
}

/// Makes a document's metadata be about somebody else.
///
/// # Errors
/// When they still name the first.
pub(super) fn readdress(
    resource: &mut Value,
    words: &Words,
    subject: &Identifier,
    traits: &Traits,
) -> Result<(), Problem> {
    if let Some(members) = resource.as_object_mut() {
        members.remove("text");
    }
    let mut contained = resource["contained"].take();
    let mut others = contained.as_array_mut().map(std::mem::take);
    let others = others.get_or_insert_default();
    others.retain(|one| Patient::of(one).is_none());
    others.insert(
        0,
        fhir::patient("patient", std::slice::from_ref(subject), traits),
    );
    resource["contained"] = Value::Array(std::mem::take(others));
    resource["subject"] = json!({
        "type": "Patient",
        "identifier": {"system": subject.system(), "value": subject.value},
    });
    resource["context"]["sourcePatientInfo"] = json!({"reference": "#patient"});
    match words.are_in(&resource.to_string()) {
        false => Ok(()),
        true => Err(Problem::error(
            Issue::BusinessRule,
            "Parameters",
            "Les métadonnées du document nomment encore l’autre personne (titre, description, \
             auteur…). Faites-le détruire ($discard), puis déposez-le de nouveau, corrigé.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use ins::Sex;

    use super::*;

    fn traits(family: &str) -> Traits {
        Traits {
            birth_family_name: family.to_owned(),
            birth_given_names: vec!["ANNE".to_owned()],
            first_given_name: None,
            birth_date: "1979-03-12".parse().expect("a date"),
            sex: Sex::Female,
            birth_place: None,
        }
    }

    fn number(value: &str) -> Identifier {
        let mut one: Identifier =
            Identifier::from_token("urn:oid:1.2.250.1.213.1.4.10|279035121518989").expect("one");
        one.value = value.to_owned();
        one
    }

    fn resource(title: &str) -> Value {
        let first = number("279035121518989");
        json!({
            "resourceType": "DocumentReference",
            "text": {"status": "generated", "div": "<div>Mme DURAND</div>"},
            "contained": [
                fhir::patient("patient", std::slice::from_ref(&first), &traits("DURAND")),
                {"resourceType": "Organization", "id": "o", "name": "Labo"},
            ],
            "subject": {"identifier": {"system": first.system(), "value": first.value}},
            "context": {"sourcePatientInfo": {"reference": "#patient"}},
            "content": [{"attachment": {"title": title}}],
        })
    }

    #[test]
    fn nothing_of_the_first_remains_and_all_else_does() {
        let mut about = resource("Bilan");
        let new = traits("MARTIN");
        let words = Words::of(&about, &new);
        assert!(words.are_of("279035121518989") && !words.are_of("1"));
        let second = number("180067500123456");
        readdress(&mut about, &words, &second, &new).expect("readdressed");
        let text = about.to_string();
        assert!(!text.contains("DURAND") && !text.contains("279035121518989"));
        assert!(text.contains("MARTIN") && text.contains("Labo") && text.contains("Bilan"));
        assert_eq!(
            about.pointer("/subject/identifier/value"),
            Some(&json!("180067500123456"))
        );
    }

    #[test]
    fn what_still_names_them_is_refused() {
        let new = traits("MARTIN");
        for title in ["Bilan de Mme Durand", "n° 279035121518989"] {
            let mut about = resource(title);
            let words = Words::of(&about, &new);
            let refused = readdress(&mut about, &words, &number("180067500123456"), &new);
            assert_eq!(refused.expect_err(title).issue.status(), 422);
        }
        // A word that only begins alike is not their name; a relative has the same one.
        let mut about = resource("Durandal");
        let words = Words::of(&about, &new);
        assert!(readdress(&mut about, &words, &number("180067500123456"), &new).is_ok());
        let mut about = resource("Bilan de Mme Durand");
        let relative = traits("Durand");
        let words = Words::of(&about, &relative);
        assert!(readdress(&mut about, &words, &number("180067500123456"), &relative).is_ok());
    }
}
