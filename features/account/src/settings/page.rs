//! `/parametres`: everything about the account on one page.

use access::{Act, Person, SignedIn};
use askama::Template;
use axum::response::{IntoResponse, Response};
use vault::RecordId;
use web::{Choice, Html, Lang, Problem, Shell};

use super::sessions;
use crate::{
    choices::{Emergency, visibilities, visibility},
    home::is_acting,
};

/// This page.
pub const PATH: &str = "/parametres";

#[derive(Template)]
#[template(path = "settings.html")]
struct Page {
    shell: Shell,
    identity: Vec<(String, String)>,
    /// Only in one's own space.
    account: Option<Account>,
    choices: Vec<Choice>,
    visibility: &'static str,
    emergency: Emergency,
    /// The key of the words that lead to closing the space.
    close: &'static str,
}

/// What belongs to who signed in.
struct Account {
    login: String,
    email: String,
    phone: String,
    sessions: Vec<sessions::Device>,
}

/// The page.
pub async fn show(person: Person) -> Result<Response, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let (policy, shell) = (clearance.policy(), &person.shell);
    let settings = &policy.settings;
    let account = match is_acting(&person) {
        true => None,
        false => Some(Account {
            login: settings.login.clone(),
            email: settings.email.clone().unwrap_or_default(),
            phone: settings.phone.as_deref().map(spaced).unwrap_or_default(),
            sessions: sessions::of(&person).await?,
        }),
    };
    let page = Page {
        identity: identity(policy, shell),
        account,
        choices: visibilities(shell),
        visibility: visibility(settings),
        emergency: Emergency::of(settings),
        close: match is_acting(&person) {
            true => "account-close-child-title",
            false => "account-close-title",
        },
        shell: shell.clone().titled(shell.t("nav-settings")),
    };
    Ok(Html(page).into_response())
}

/// The record of who signed in, whichever space they are in.
pub(crate) fn own(person: &Person) -> RecordId {
    match person.session.body.who {
        SignedIn::Person { own, .. } | SignedIn::Professional { own, .. } => own,
    }
}

/// The national health identity, as its card shows it.
fn identity(policy: &access::Policy, shell: &Shell) -> Vec<(String, String)> {
    let Some(patient) = policy.identity() else {
        return vec![];
    };
    let mut lines = vec![];
    let mut line = |key: &str, value: String| {
        if !value.is_empty() {
            lines.push((shell.t(key), value));
        }
    };
    if let Some(traits) = patient.traits() {
        line("account-identity-family", traits.birth_family_name);
        line("account-identity-given", traits.birth_given_names.join(" "));
        line(
            "account-identity-birth",
            birth(traits.birth_date, shell.lang),
        );
        let sex = format!("account-identity-sex-{}", traits.sex.code());
        line("account-identity-sex", shell.t(&sex));
        line(
            "account-identity-place",
            traits.birth_place.unwrap_or_default(),
        );
    }
    let number = patient.main_identifier();
    let number = number.map(|id| id.matricule().map_or(id.value, |number| number.grouped()));
    line("account-identity-number", number.unwrap_or_default());
    lines
}

fn birth(date: ins::BirthDate, lang: Lang) -> String {
    match date.day() {
        Some(day) => web::dates::day(day, lang),
        None => date.to_string(),
    }
}

/// `06 39 98 00 01`.
fn spaced(digits: &str) -> String {
    let mut spaced = String::with_capacity(14);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            spaced.push('\u{a0}');
        }
        spaced.push(digit);
    }
    spaced
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_is_read_by_pairs() {
        assert_eq!(
            super::spaced("0639980001"),
            "06\u{a0}39\u{a0}98\u{a0}00\u{a0}01"
        );
    }
}
