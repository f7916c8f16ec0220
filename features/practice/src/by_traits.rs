//! Finding a person without their number: by all strict traits of identity, or not at all. Never a
//! list, never a near hit, and never which trait was wrong.
//!
//! So that nobody goes through names, each search counts, found or not, as a first opening does.

use access::{Act, Professional};
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use ins::{BirthDate, Sex, Traits, compare};
use vault::RecordId;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell};

use crate::{
    budget::{self, Budget},
    handle,
    patient::{allowed, typed_date},
    sign_in, situation, verify,
};

const HERE: &str = "/pro/traits";
/// Characters of a name.
const LONGEST: usize = 100;

#[derive(Template)]
#[template(path = "traits.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 2],
    sexes: [Choice; 2],
    fields: Fields,
    errors: Errors,
    /// Nobody can be shown, whatever the reason.
    nobody: bool,
}

/// `GET /pro/traits`
pub(crate) async fn page(who: Professional) -> Result<Response, Problem> {
    let typed = verify::kept(&who, HERE).await?.unwrap_or_default();
    Ok(show(who, typed, Errors::new(), false))
}

/// `POST /pro/traits`
pub(crate) async fn find(who: Professional, fields: Fields) -> Result<Response, Problem> {
    who.check(&fields)?;
    let traits = match read(&fields, &who.shell) {
        Ok(traits) => traits,
        Err(errors) => return Ok(show(who, fields, errors, false)),
    };
    match budget::spend_on_traits(&who).await? {
        // Nobody slows a search down.
        Budget::Within | Budget::Slowed => {}
        Budget::ShowCard(signals) => {
            verify::keep(&who, HERE, &fields).await?;
            verify::because(&who, &signals).await?;
            return Err(Problem::First(verify::PATH));
        }
        Budget::Suspended => return Ok(sign_in::suspended(&who)),
    }
    let Some(record) = look_up(&who, &traits).await? else {
        return Ok(show(who, fields, Errors::new(), true));
    };
    handle::found(&who, record, HERE, &fields).await
}

/// The one person with these traits, when this professional may look for them.
async fn look_up(who: &Professional, traits: &Traits) -> Result<Option<RecordId>, Problem> {
    let Some(strict) = traits.strict() else {
        return Ok(None);
    };
    let Some(record) = who.app.store.insured_with(&strict).await? else {
        return Ok(None);
    };
    let Some(clearance) = allowed(who.enter(record, Act::FindPerson).await)? else {
        return Ok(None);
    };
    // What the record says today, should the registry be behind.
    let known = clearance.policy().identity();
    let known = known.and_then(|patient| patient.traits());
    let same = known.is_some_and(|known| compare(&known, traits).is_yes());
    Ok(same.then_some(record))
}

fn read(fields: &Fields, shell: &Shell) -> Result<Traits, Errors> {
    let mut errors = Errors::new();
    let name = |field: &str| {
        let typed = fields.get(field).trim();
        let fits = !ins::fold(typed).is_empty() && typed.chars().count() <= LONGEST;
        fits.then(|| typed.to_owned())
    };
    let (family, given) = (name("nom-naissance"), name("prenom"));
    let born = typed_date(fields.get("naissance"));
    let sex = match fields.get("sexe") {
        "F" => Some(Sex::Female),
        "M" => Some(Sex::Male),
        _ => None,
    };
    let place = fields.get("lieu").trim().to_uppercase();
    let place = Some(place).filter(|place| is_place(place));
    for (there, field, key) in [
        (
            family.is_some(),
            "nom-naissance",
            "practice-traits-family-missing",
        ),
        (given.is_some(), "prenom", "practice-traits-given-missing"),
        (born.is_some(), "naissance", "practice-traits-birth-missing"),
        (sex.is_some(), "sexe", "practice-traits-sex-missing"),
        (place.is_some(), "lieu", "practice-traits-place-wrong"),
    ] {
        if !there {
            errors.add(field, shell.t(key));
        }
    }
    match (family, given, born, sex, place) {
        (Some(birth_family_name), Some(given), Some(born), Some(sex), Some(place)) => Ok(Traits {
            birth_family_name,
            birth_given_names: vec![given.clone()],
            first_given_name: Some(given),
            birth_date: BirthDate::Day(born),
            sex,
            birth_place: Some(place),
        }),
        _ => Err(errors),
    }
}

/// A code of INSEE: « 75056 », « 2A004 », « 99351 ».
fn is_place(text: &str) -> bool {
    let mut chars = text.chars();
    let department = [chars.next(), chars.next()];
    let known = match department {
        [Some('2'), Some('A' | 'B')] => true,
        [Some(a), Some(b)] => a.is_ascii_digit() && b.is_ascii_digit(),
        _ => false,
    };
    let rest = chars.as_str();
    known && rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit())
}

fn show(who: Professional, fields: Fields, errors: Errors, nobody: bool) -> Response {
    let shell = who.shell;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = shell.t("practice-traits-title");
    let page = Page {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new("/pro", shell.t("practice-patients-title")),
            Link::new("", &*title),
        ],
        sexes: [
            Choice::new("F", shell.t("practice-sex-female")),
            Choice::new("M", shell.t("practice-sex-male")),
        ],
        fields,
        errors,
        nobody,
        shell: shell.titled(title),
    };
    (status, Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::is_place;

    #[test]
    fn a_place_is_a_code_of_insee() {
        for code in ["75056", "2A004", "2B033", "99351", "97411"] {
            assert!(is_place(code), "{code}");
        }
        for other in ["", "7505", "750566", "2C004", "Paris", "7505é", "A2004"] {
            assert!(!is_place(other), "{other}");
        }
    }
}
