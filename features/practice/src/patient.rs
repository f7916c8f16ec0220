//! The person whose record is open, as the banner on top of every page shows them.

use access::{Act, Nothing, Plan, Policy, Professional, Refused, Scope, policy::GrantKind};
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use ins::{BirthDate, Matricule, Sex};
use jiff::{Timestamp, civil::Date};
use vault::RecordId;
use web::{Html, Lang, Problem, Shell, Who, dates, names};

use crate::situation;

/// Enough to be sure who it is, on every page.
#[derive(Debug, Clone)]
pub(crate) struct Patient {
    /// « Camille Fictive ».
    pub name: String,
    /// « CF ».
    pub initials: String,
    /// « Femme ».
    pub sex: String,
    /// « 12 mars 1974 (52 ans) »; empty when it is not known.
    pub birth: String,
    /// « née le 12 mars 1974 (52 ans) ».
    pub born: String,
    /// The number with its middle hidden; empty when it is not a national one.
    pub number: String,
    /// Family name at birth.
    pub family: String,
    /// Every given name.
    pub given: String,
    /// « Accès d’urgence : encore 11 h 58 min »; empty outside emergencies.
    pub emergency: String,
    /// « Consultation secrète, jusqu’à… »; empty where none is under way.
    pub secret: String,
    /// A minor whom somebody represents: they may have secrets from them.
    pub minor: bool,
}

impl Patient {
    pub fn of(policy: &Policy, who: &Professional, now: Timestamp) -> Self {
        let shell = &who.shell;
        let identity = policy.identity();
        let traits = identity.and_then(|patient| patient.traits());
        let (family, given) = traits.as_ref().map_or_else(Default::default, |traits| {
            let given = traits.birth_given_names.join(" ");
            (traits.birth_family_name.clone(), given)
        });
        let name = match &traits {
            Some(traits) => {
                let first = traits.first_given_name.as_ref();
                let first = first.or(traits.birth_given_names.first());
                names::full(first.map_or("", String::as_str), &family)
            }
            None => policy.name(),
        };
        let sex = identity.and_then(|patient| patient.sex());
        let sex = sex.unwrap_or(Sex::Unknown);
        let birth = identity.and_then(|patient| patient.birth_date());
        let birth = birth.map_or_else(String::new, |date| in_words(date, shell, now));
        let number = identity.and_then(|patient| patient.main_identifier());
        Self {
            initials: Who::new(&name).initials(),
            name,
            sex: match sex {
                Sex::Female => shell.t("practice-sex-female"),
                Sex::Male => shell.t("practice-sex-male"),
                Sex::Unknown => shell.t("practice-sex-unknown"),
            },
            born: match birth.as_str() {
                "" => String::new(),
                date => shell.t2("practice-born", "sex", sex.code(), "date", date),
            },
            birth,
            number: number
                .and_then(|number| number.matricule().ok())
                .map_or_else(String::new, masked),
            family: names::full("", &family),
            given: names::full(&given, ""),
            emergency: emergency(policy, who, now),
            secret: secret(policy, who, now),
            minor: policy.is_represented_minor(now),
        }
    }
}

/// Until when the consultation that the minor keeps secret lasts.
fn secret(policy: &Policy, who: &Professional, now: Timestamp) -> String {
    let until = policy.secret_until(&who.situation.national_id, now);
    let shell = &who.shell;
    until.map_or_else(String::new, |until| {
        let until = dates::moment(until, now, shell.lang);
        shell.t1("practice-secret-until", "until", until)
    })
}

/// How long the emergency that opened the record still lasts.
fn emergency(policy: &Policy, who: &Professional, now: Timestamp) -> String {
    let grants = policy.grants_to(&who.situation.national_id, None, now);
    let until = grants.filter_map(|(_, grant)| match grant.kind {
        GrantKind::BreakGlass if policy.settings.break_glass => grant.until,
        GrantKind::Dispatch if policy.settings.dispatch => grant.until,
        _ => None,
    });
    let Some(until) = until.max() else {
        return String::new();
    };
    let minutes = until.duration_since(now).as_mins();
    let shell = &who.shell;
    shell.t2(
        "practice-emergency-left",
        "hours",
        minutes / 60,
        "minutes",
        minutes % 60,
    )
}

/// « 12 mars 1974 (52 ans) »; less where civil status knows less.
fn in_words(date: BirthDate, shell: &Shell, now: Timestamp) -> String {
    let known = match date {
        BirthDate::Day(day) => {
            let age = dates::age(day, dates::today(now), shell.lang);
            return format!("{} ({age})", dates::day(day, shell.lang));
        }
        BirthDate::Month { year, month } => Date::new(year, month, 1).ok(),
        BirthDate::Year(_) => None,
    };
    known.map_or_else(|| date.to_string(), |first| dates::month(first, shell.lang))
}

/// « 2 85 •• •• ••• ••• 53 »: what the traits tell anyway, and the key.
fn masked(number: Matricule) -> String {
    let grouped = number.grouped();
    let last = grouped.len().saturating_sub(2);
    let hide = |(at, c): (usize, char)| match c {
        _ if (4..last).contains(&at) && c != ' ' => '•',
        ' ' => '\u{a0}',
        _ => c,
    };
    grouped.chars().enumerate().map(hide).collect()
}

/// Whether a typed date may be that birth date, as far as civil status knows it.
pub(crate) fn same_birth(known: BirthDate, typed: Date) -> bool {
    match known {
        BirthDate::Day(day) => day == typed,
        BirthDate::Month { year, month } => (year, month) == (typed.year(), typed.month()),
        BirthDate::Year(year) => year == typed.year(),
    }
}

/// Reads « 12/03/1974 », also with other separators or none, or « 1974-03-12 ».
pub(crate) fn typed_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let digits: Vec<i16> = text
        .chars()
        .filter_map(|c| c.to_digit(10))
        .filter_map(|digit| i16::try_from(digit).ok())
        .collect();
    let separators = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' ' | '\u{a0}');
    if digits.len() != 8 || !text.chars().all(separators) {
        return None;
    }
    let number = |part: &[i16]| part.iter().fold(0, |all, digit| all * 10 + digit);
    let (day, month) = (number(&digits[..2]), number(&digits[2..4]));
    Date::new(
        number(&digits[4..]),
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// What is wrong with a number that was typed.
pub(crate) fn number_help(error: ins::MatriculeError, shell: &Shell) -> String {
    match shell.lang {
        Lang::Fr => error.help(),
        Lang::En => shell.t("practice-number-wrong"),
    }
}

#[derive(Template)]
#[template(path = "no-access.html")]
struct NoAccess {
    shell: Shell,
    at_work: String,
}

/// Who a person is, as `find` reads it; it leaves its line. `None` where the answer is no.
pub(crate) async fn look<T>(
    who: &Professional,
    record: RecordId,
    find: impl Fn(&Scope<'_, Nothing>) -> T,
) -> Result<Option<T>, Problem> {
    let Some(clearance) = allowed(who.enter(record, Act::FindPerson).await)? else {
        return Ok(None);
    };
    let looked = clearance.act(|scope| Ok::<_, Refused>(Plan::new(find(scope))));
    allowed(looked.await)
}

/// What was answered; `None` where the answer is no, whatever the reason: [`no_access`] is the page.
pub(crate) fn allowed<T>(answer: Result<T, Refused>) -> Result<Option<T>, Problem> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// One page for every reason, a block, an end, a word of another session or of nobody's: what one
/// may not know of is not there.
pub(crate) fn no_access(who: Professional) -> Response {
    let mut shell = who.shell;
    shell.title = shell.t("practice-no-access-title");
    // Nothing of the address that was tried comes back.
    shell.path = "/pro".to_owned();
    let at_work = situation::line(&who.situation);
    (StatusCode::NOT_FOUND, Html(NoAccess { shell, at_work })).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_recognised_and_not_read() {
        let number = Matricule::parse("185059999999953").expect("a number");
        assert_eq!(
            masked(number).replace('\u{a0}', " "),
            "1 85 •• •• ••• ••• 53"
        );
    }

    #[test]
    fn a_birth_date_is_read_as_people_type_it() {
        let date = Date::constant(1974, 3, 12);
        for typed in [
            "12/03/1974",
            "12.03.1974",
            "12 03 1974",
            "12031974",
            "1974-03-12",
        ] {
            assert_eq!(typed_date(typed), Some(date), "{typed}");
        }
        for typed in [
            "",
            "12/3/74",
            "31/02/1974",
            "12/03/1974x",
            "99999999",
            "é2031974",
        ] {
            assert_eq!(typed_date(typed), None, "{typed}");
        }
        assert!(same_birth("1974-03".parse().expect("a month"), date));
        assert!(same_birth("1974".parse().expect("a year"), date));
        assert!(!same_birth("1974-03-13".parse().expect("a day"), date));
    }
}
