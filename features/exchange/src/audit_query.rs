//! What of a history software asks for, in FHIR's words: read whole, or refused with the place.

use access::{Cursor, Span};
use fhir::{Issue, Problem};
use ins::fold;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// Traces on a page unless `_count` says otherwise, and at the most.
const COUNT: usize = 50;
const MOST: usize = 200;

/// The parameters of a search, each with its type: what the capability statement promises.
pub(crate) const PARAMETERS: [(&str, &str); 9] = [
    ("action", "token"),
    ("agent", "reference"),
    ("agent-name", "string"),
    ("date", "date"),
    ("entity", "reference"),
    ("outcome", "token"),
    ("patient", "reference"),
    ("subtype", "token"),
    ("type", "token"),
];

/// `system|code`, `|code` or `code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    system: Option<String>,
    code: String,
}

impl Token {
    pub(crate) fn of(text: &str) -> Self {
        match text.split_once('|') {
            Some((system, code)) => Self {
                system: Some(system.to_owned()),
                code: code.to_owned(),
            },
            None => Self {
                system: None,
                code: text.to_owned(),
            },
        }
    }

    /// Whether a coding is meant.
    pub fn is(&self, system: &str, code: &str) -> bool {
        let coded = self.code.is_empty() || self.code == code;
        coded && self.system.as_deref().is_none_or(|wanted| wanted == system)
    }
}

/// A search that was understood.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub action: Vec<Token>,
    pub kind: Vec<Token>,
    pub subtype: Vec<Token>,
    pub outcome: Vec<Token>,
    /// Identifiers of who asked.
    pub agent: Vec<Token>,
    /// Beginnings of names, folded.
    pub agent_name: Vec<String>,
    pub entity: Vec<String>,
    /// Whose; nothing for one's own.
    pub patients: Vec<String>,
    /// Something can be both what is asked for and what is asked for again.
    pub possible: bool,
    pub count: usize,
    pub after: Option<Cursor>,
    /// The parameters as they were said, without the place; for links.
    pub said: Vec<String>,
    since: Timestamp,
    before: Timestamp,
}

impl Query {
    /// Which stretch of time is asked for.
    pub fn span(&self) -> Span {
        Span {
            since: (self.since > Timestamp::MIN).then_some(self.since),
            before: (self.before < Timestamp::MAX).then_some(self.before),
            ..Span::default()
        }
    }
}

impl Default for Query {
    fn default() -> Self {
        Self {
            action: vec![],
            kind: vec![],
            subtype: vec![],
            outcome: vec![],
            agent: vec![],
            agent_name: vec![],
            entity: vec![],
            patients: vec![],
            possible: true,
            count: COUNT,
            after: None,
            said: vec![],
            since: Timestamp::MIN,
            before: Timestamp::MAX,
        }
    }
}

/// Reads the part of an address after `?`.
///
/// # Errors
/// What is not understood: it is not passed over, for more would be told than was asked.
pub(crate) fn read(query: &str) -> Result<Query, Problem> {
    let mut read = Query::default();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (decoded(name), decoded(value));
        let refused = |told: String| Problem::error(Issue::Value, &name, told);
        if value.is_empty() {
            return Err(refused(format!("Le paramètre « {name} » est vide.")));
        }
        if name == "_cursor" {
            let after = value.parse();
            read.after = Some(after.map_err(|_| {
                refused("Ce lien de page n’est pas lisible. Reprenez la recherche.".into())
            })?);
            continue;
        }
        read.said.push(part.to_owned());
        let tokens = |value: &str| value.split(',').map(Token::of).collect::<Vec<_>>();
        let once = |known: &[Token], new: Vec<Token>| match known.is_empty() {
            true => Ok(new),
            false => Err(refused(format!(
                "« {name} » n’est pris qu’une fois ; séparez les valeurs par des virgules."
            ))),
        };
        match name.as_str() {
            "action" => read.action = once(&read.action, tokens(&value))?,
            "type" => read.kind = once(&read.kind, tokens(&value))?,
            "subtype" => read.subtype = once(&read.subtype, tokens(&value))?,
            "outcome" => read.outcome = once(&read.outcome, tokens(&value))?,
            "agent" | "agent:identifier" | "agent.identifier" => {
                read.agent = once(&read.agent, tokens(&value))?;
            }
            "agent-name" => read.agent_name.extend(value.split(',').map(fold)),
            "entity" => read.entity.extend(value.split(',').map(relative)),
            "patient" | "patient:Patient" => read.patients.push(patient(&value)),
            "entity:Patient" => read.patients.push(patient(&value)),
            "date" => {
                let (since, before) = period(&value).ok_or_else(|| {
                    refused(format!("« {value} » n’est pas une date. Exemples : 2026-06-12, ge2026-06, lt2026-06-12T10:00:00Z."))
                })?;
                read.since = read.since.max(since);
                read.before = read.before.min(before);
            }
            "_count" => {
                let count = value
                    .parse::<usize>()
                    .ok()
                    .filter(|count| *count > 0)
                    .ok_or_else(|| refused("« _count » est un nombre, de 1 à 200.".to_owned()))?;
                read.count = count.min(MOST);
            }
            "_sort" if value == "-date" => {}
            "_format" if value.contains("json") => {}
            _ => {
                let told = format!("Le paramètre « {name} » n’est pas pris en charge ici.");
                return Err(Problem::error(Issue::NotSupported, &name, told));
            }
        }
    }
    read.possible = read.since < read.before;
    Ok(read)
}

/// `Patient/x`, alone or at the end of an address; an id alone is a patient's.
fn patient(value: &str) -> String {
    match value.contains('/') {
        true => relative(value),
        false => format!("Patient/{value}"),
    }
}

/// The last two parts of a reference.
fn relative(value: &str) -> String {
    let parts: Vec<&str> = value.rsplit('/').take(2).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// From an instant, before an instant.
pub(crate) fn period(value: &str) -> Option<(Timestamp, Timestamp)> {
    let (prefix, text) = match value.get(..2) {
        Some(prefix @ ("eq" | "ge" | "gt" | "le" | "lt" | "sa" | "eb")) => (prefix, &value[2..]),
        _ => ("eq", value),
    };
    let first = fhir::date_time(text)?;
    let next = match text.contains('T') {
        // To the second, as it is written.
        true => first.checked_add(SignedDuration::from_secs(1)).ok()?,
        false => {
            let day = first.to_zoned(TimeZone::UTC).date();
            let next = match text.len() {
                4 => Date::new(day.year().checked_add(1)?, 1, 1).ok()?,
                7 => day.last_of_month().tomorrow().ok()?,
                _ => day.tomorrow().ok()?,
            };
            next.to_zoned(TimeZone::UTC).ok()?.timestamp()
        }
    };
    Some(match prefix {
        "ge" => (first, Timestamp::MAX),
        "gt" | "sa" => (next, Timestamp::MAX),
        "le" => (Timestamp::MIN, next),
        "lt" | "eb" => (Timestamp::MIN, first),
        _ => (first, next),
    })
}

/// Percent-decoded, `+` for a space; what cannot be decoded stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let ahead = rest.clone().take(2);
        let hex = ahead
            .map(|b| char::from(b).to_digit(16))
            .collect::<Option<Vec<u32>>>();
        match (byte, hex.as_deref()) {
            (b'%', Some([high, low])) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest.nth(1);
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(query: &str) -> (String, String) {
        let read = read(query).expect("understood");
        (fhir::instant(read.since), fhir::instant(read.before))
    }

    #[test]
    fn dates_have_the_precision_that_they_are_written_with() {
        let spans = |query| span(query);
        assert_eq!(spans("date=2026-06").0, "2026-06-01T00:00:00Z");
        assert_eq!(spans("date=2026-06").1, "2026-07-01T00:00:00Z");
        assert_eq!(spans("date=2026").1, "2027-01-01T00:00:00Z");
        assert_eq!(
            spans("date=ge2026-06-12&date=lt2026-06-13"),
            ("2026-06-12T00:00:00Z".into(), "2026-06-13T00:00:00Z".into())
        );
        assert_eq!(spans("date=gt2026-06-12").0, "2026-06-13T00:00:00Z");
        assert_eq!(
            spans("date=le2026-06-12T10%3A00%3A00%2B02:00").1,
            "2026-06-12T08:00:01Z"
        );
        assert!(
            !read("date=ge2027&date=lt2026")
                .expect("understood")
                .possible
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_place() {
        for (query, place) in [
            ("date=hier", "date"),
            ("_count=0", "_count"),
            ("_include=AuditEvent:patient", "_include"),
            ("foo=1", "foo"),
            ("action=", "action"),
            ("_cursor=x", "_cursor"),
            ("action=R&action=C", "action"),
            ("%FF%zz=1", "\u{fffd}%zz"),
        ] {
            assert_eq!(read(query).expect_err(query).expression, place);
        }
        let read = read("action=R,C&type=http://a|rest&_count=9999&agent-name=Le%20Goff")
            .expect("understood");
        assert_eq!((read.count, read.action.len()), (MOST, 2));
        assert!(read.kind[0].is("http://a", "rest") && !read.kind[0].is("b", "rest"));
        assert_eq!(read.agent_name, [fold("Le Goff")]);
    }
}
