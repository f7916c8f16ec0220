//! Which documents are asked for, in FHIR's words: read whole, or refused with the place.

use fhir::{Issue, Problem};
use jiff::Timestamp;

use crate::audit_query::{Token, decoded, period};

/// Documents on a page unless `_count` says otherwise, and at the most.
const COUNT: usize = 50;
const MOST: usize = 200;

/// The parameters of a search, each with its type: what the capability statement promises.
pub(crate) const PARAMETERS: [(&str, &str); 9] = [
    ("patient", "reference"),
    ("status", "token"),
    ("identifier", "token"),
    ("type", "token"),
    ("category", "token"),
    ("format", "token"),
    ("facility", "token"),
    ("setting", "token"),
    ("date", "date"),
];

/// The parameters that are codes, and where those stand in what is shown of a document.
const CODES: [(&str, &str); 5] = [
    ("type", "/type/coding"),
    ("category", "/category/0/coding"),
    ("format", "/content/0/format"),
    ("facility", "/context/facilityType/coding"),
    ("setting", "/context/practiceSetting/coding"),
];

/// Whose documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// By their national number.
    Number(ins::Identifier),
    /// By the word that stands for them between us and that software.
    Word(String),
}

/// A search that was understood.
#[derive(Debug, Clone)]
pub(super) struct Query {
    pub whose: Whose,
    /// Documents on a page.
    pub count: usize,
    /// What else was said: kept for the pages that follow.
    pub said: String,
    /// Those that hold, and those that were replaced; those that hold when nothing was said.
    pub current: bool,
    pub superseded: bool,
    identifier: Vec<Token>,
    codes: Vec<(&'static str, Vec<Token>)>,
    since: Timestamp,
    before: Timestamp,
}

/// Reads what was asked for; in an address a national number is refused.
pub(super) fn read(text: &str, in_address: bool) -> Result<Query, Problem> {
    let mut whose = None;
    let mut status = Vec::new();
    let mut said = Vec::new();
    let (mut count, mut codes, mut identifier) = (COUNT, Vec::new(), Vec::new());
    let (mut since, mut before) = (Timestamp::MIN, Timestamp::MAX);
    for part in text.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (decoded(name), decoded(value));
        let refused = |told: String| Problem::error(Issue::Value, &name, told);
        if value.is_empty() {
            return Err(refused(format!("Le paramètre « {name} » est vide.")));
        }
        let tokens = || value.split(',').map(Token::of).collect::<Vec<_>>();
        if name.starts_with("patient") || name.starts_with("subject") {
            let one = person(&name, &value)?;
            if in_address && matches!(one, Whose::Number(_)) {
                return Err(refused(
                    "Un matricule INS ne s’écrit pas dans une adresse\u{a0}: envoyez la recherche \
                     par POST à DocumentReference/_search."
                        .to_owned(),
                ));
            }
            if whose.replace(one).is_some() {
                return Err(refused("Une seule personne par recherche.".to_owned()));
            }
            continue;
        }
        said.push(part);
        match name.as_str() {
            "status" => status.extend(tokens()),
            "identifier" => identifier.extend(tokens()),
            "_count" => {
                let known = value.parse::<usize>().ok().filter(|count| *count > 0);
                let known =
                    known.ok_or_else(|| refused("« _count » est un nombre, de 1 à 200.".into()));
                count = known?.min(MOST);
            }
            "date" | "creation" => {
                let (from, to) = period(&value).ok_or_else(|| {
                    refused(format!("« {value} » n’est pas une date. Exemples : 2026-06-12, ge2026-06, lt2026-06-12T10:00:00Z."))
                })?;
                (since, before) = (since.max(from), before.min(to));
            }
            "_sort" if value == "-date" => {}
            "_format" if value.contains("json") => {}
            other => match CODES.iter().find(|(known, _)| *known == other) {
                Some((_, place)) => codes.push((*place, tokens())),
                None => {
                    let told = format!("Le paramètre « {name} » n’est pas pris en charge ici.");
                    return Err(Problem::error(Issue::NotSupported, &name, told));
                }
            },
        }
    }
    let whose = whose.ok_or_else(|| {
        Problem::error(
            Issue::Required,
            "patient.identifier",
            "Indiquez la personne\u{a0}: patient.identifier=urn:oid:…|matricule INS.",
        )
    })?;
    let asked = |code: &str| {
        status
            .iter()
            .any(|one| one.is("", code) || one.is(STATUS, code))
    };
    Ok(Query {
        whose,
        count,
        said: said.join("&"),
        current: status.is_empty() || asked("current"),
        superseded: asked("superseded"),
        identifier,
        codes,
        since,
        before,
    })
}

const STATUS: &str = "http://hl7.org/fhir/document-reference-status";

/// Who is named by one of the names that the parameter has.
fn person(name: &str, value: &str) -> Result<Whose, Problem> {
    let refused = |told: &str| Problem::error(Issue::Value, name, told);
    match name {
        "patient.identifier" | "patient:identifier" | "subject:identifier" => {
            let number = ins::Identifier::from_token(value);
            let number = number.ok().filter(ins::Identifier::is_ins);
            let number = number.ok_or_else(|| {
                refused(
                    "La personne est désignée par son matricule INS\u{a0}: urn:oid:…|matricule.",
                )
            })?;
            number.matricule().map_err(|error| refused(&error.help()))?;
            Ok(Whose::Number(number))
        }
        "patient" | "subject" | "patient:Patient" | "subject:Patient" => Ok(Whose::Word(
            value.rsplit('/').next().unwrap_or_default().to_owned(),
        )),
        _ => Err(Problem::error(
            Issue::NotSupported,
            name,
            format!("Le paramètre « {name} » n’est pas pris en charge ici."),
        )),
    }
}

impl Query {
    /// Whether a document made at that instant may be meant.
    pub fn spans(&self, at: Timestamp) -> bool {
        self.since <= at && at < self.before
    }

    /// Whether more than the date and the status is asked of a document.
    pub fn looks_within(&self) -> bool {
        !(self.codes.is_empty() && self.identifier.is_empty())
    }

    /// Whether what is shown of a document is what is asked for.
    pub fn keeps(&self, shown: &serde_json::Value) -> bool {
        let text = |value: &serde_json::Value, name: &str| {
            value[name].as_str().unwrap_or_default().to_owned()
        };
        let code = |(place, wanted): &(&str, Vec<Token>)| {
            let codings = match shown.pointer(place) {
                Some(serde_json::Value::Array(codings)) => codings.clone(),
                Some(one) => vec![one.clone()],
                None => vec![],
            };
            codings.iter().any(|coding| {
                let (system, code) = (text(coding, "system"), text(coding, "code"));
                wanted.iter().any(|one| one.is(&system, &code))
            })
        };
        let named = || {
            let names = shown["identifier"].as_array().into_iter().flatten();
            names.chain([&shown["masterIdentifier"]]).any(|one| {
                let (system, value) = (text(one, "system"), text(one, "value"));
                !value.is_empty()
                    && self
                        .identifier
                        .iter()
                        .any(|wanted| wanted.is(&system, &value))
            })
        };
        self.codes.iter().all(code) && (self.identifier.is_empty() || named())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WHOSE: &str = "patient.identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989";

    fn asked(more: &str) -> Query {
        read(&format!("{WHOSE}{more}"), false).expect("understood")
    }

    #[test]
    fn whose_documents_is_said_once_and_never_by_a_number_in_an_address() {
        assert!(matches!(asked("").whose, Whose::Number(_)));
        let number = WHOSE.replace(':', "%3A").replace('|', "%7C");
        assert!(matches!(
            read(&number, false).expect("understood").whose,
            Whose::Number(_)
        ));
        for (text, in_address, place) in [
            (WHOSE, true, "patient.identifier"),
            ("status=current", false, "patient.identifier"),
            (
                "patient.identifier=279035121518989",
                false,
                "patient.identifier",
            ),
            (
                "patient.identifier=urn:oid:1.2.3|279035121518989",
                false,
                "patient.identifier",
            ),
            (
                "patient.identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518988",
                false,
                "patient.identifier",
            ),
            ("patient=Patient/a&patient=Patient/b", true, "patient"),
            ("patient.name=X", false, "patient.name"),
            ("patient=", true, "patient"),
        ] {
            assert_eq!(
                read(text, in_address).expect_err(text).expression,
                place,
                "{text}"
            );
        }
        let word = read("patient=https://a/fhir/Patient/xy", true).expect("understood");
        assert_eq!(word.whose, Whose::Word("xy".to_owned()));
        assert!(!asked("&type=a").said.contains("279035121518989"));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_place() {
        for (more, place) in [
            ("&date=hier", "date"),
            ("&_count=0", "_count"),
            ("&_include=DocumentReference:author", "_include"),
            ("&type=", "type"),
            ("&period=2026", "period"),
        ] {
            let text = format!("{WHOSE}{more}");
            assert_eq!(read(&text, false).expect_err(more).expression, place);
        }
        assert_eq!(asked("&_count=9999").count, MOST);
    }

    #[test]
    fn status_is_what_holds_unless_it_is_said() {
        let both = |more| (asked(more).current, asked(more).superseded);
        assert_eq!(both(""), (true, false));
        assert_eq!(both("&status=current,superseded"), (true, true));
        assert_eq!(
            both("&status=http://hl7.org/fhir/document-reference-status|superseded"),
            (false, true)
        );
        assert_eq!(both("&status=entered-in-error"), (false, false));
    }

    #[test]
    fn a_document_is_kept_for_all_that_was_asked() {
        let shown = json!({
            "masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2"},
            "type": {"coding": [{"system": "http://loinc.org", "code": "11488-4"}]},
            "category": [{"coding": [{"system": "c", "code": "10"}]}],
            "content": [{"format": {"system": "f", "code": "urn:x"}}],
        });
        for (more, kept) in [
            ("", true),
            ("&type=http://loinc.org|11488-4", true),
            ("&type=11488-4,34133-9&category=10", true),
            ("&type=11488-4&category=11", false),
            ("&type=11488-4&type=34133-9", false),
            ("&type=other|11488-4", false),
            ("&format=urn:x", true),
            ("&facility=SA07", false),
            ("&identifier=urn:ietf:rfc:3986|urn:oid:1.2", true),
            ("&identifier=urn:oid:1.3", false),
            ("&identifier=other|urn:oid:1.2", false),
        ] {
            assert_eq!(asked(more).keeps(&shown), kept, "{more}");
        }
        let june = asked("&date=2026-06");
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        assert!(june.spans(at("2026-06-30T23:59:59Z")) && !june.spans(at("2026-07-01T00:00:00Z")));
    }
}
