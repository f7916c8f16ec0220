//! In which practice situation a professional is at work (interop §7.1).

use std::{collections::BTreeMap, sync::LazyLock};

use access::{AccessMatrix, Anyone, Session, SignedIn, Situation};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, header};
use oauth::psc::{self, FacilityScheme};
use web::{Audience, Choice, Csrf, Errors, Fields, Html, NavItem, Problem, Shell, Who, names};

type Labels = LazyLock<BTreeMap<String, String>>;

/// Specialities and competences, by code.
static SPECIALTIES: Labels =
    LazyLock::new(|| labels(include_str!("../../../reference/specialties.json")));

/// Professions (TRE_G15) that the matrix does not name.
static PROFESSIONS: Labels =
    LazyLock::new(|| labels(include_str!("../../../reference/professions.json")));

fn labels(json: &str) -> BTreeMap<String, String> {
    serde_json::from_str(json).expect("a table of labels")
}

#[derive(Template)]
#[template(path = "situation.html")]
pub(crate) struct Page {
    shell: Shell,
    choices: Vec<Choice>,
    chosen: String,
    errors: Errors,
}

/// `GET /pro/situation`
pub(crate) async fn page(visitor: Anyone) -> Response {
    let Some(session) = visitor.session else {
        return Redirect::to("/pro/connexion").into_response();
    };
    show(visitor.shell, &session, Errors::new())
}

/// `POST /pro/situation`: the session takes another name, as at every change of capacity.
pub(crate) async fn choose(visitor: Anyone, fields: Fields) -> Result<Response, Problem> {
    let Some(session) = visitor.session else {
        return Ok(Redirect::to("/pro/connexion").into_response());
    };
    fields.check(&Csrf::of(session.secret()))?;
    let mut body = session.body.clone();
    let SignedIn::Professional {
        own,
        situations,
        chosen,
    } = &mut body.who
    else {
        return Ok(Redirect::to("/pro/connexion").into_response());
    };
    let picked = fields.get("situation").parse().ok();
    let Some(at) = picked.filter(|at| *at < situations.len()) else {
        let mut errors = Errors::new();
        errors.add("situation", visitor.shell.t("practice-situation-missing"));
        let page = show(visitor.shell, &session, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    *chosen = Some(at);
    let account = own.0;
    let app = &visitor.app;
    let token = app.start_session(account, &body, Some(&session)).await?;
    let set = [(header::SET_COOKIE, app.session_cookie().set(&token, None))];
    Ok((set, Redirect::to("/pro")).into_response())
}

fn show(mut shell: Shell, session: &Session, errors: Errors) -> Response {
    let SignedIn::Professional {
        situations, chosen, ..
    } = &session.body.who
    else {
        return Redirect::to("/pro/connexion").into_response();
    };
    shell.title = shell.t("practice-situation-title");
    shell.audience = Audience::Professional;
    shell.who = situations.first().map(|one| Who::new(&one.name));
    if chosen.is_some() {
        let label = shell.t("nav-pro-patients");
        shell.nav = vec![NavItem::new("/pro", label, "users")];
    }
    let choices = situations.iter().enumerate().map(|(at, one)| {
        let place = match one.facility.as_str() {
            "" => shell.t("practice-situation-no-place"),
            place => place.to_owned(),
        };
        Choice::new(at.to_string(), role(one)).explained(place)
    });
    Html(Page {
        choices: choices.collect(),
        chosen: chosen.unwrap_or_default().to_string(),
        errors,
        shell,
    })
    .into_response()
}

/// « Médecin, Cardiologie ».
fn role(situation: &Situation) -> String {
    let parts = [
        Some(situation.profession_label.as_str()),
        situation.specialty.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// « Médecin, Cardiologie · Cabinet des Tilleuls »: stands on every page.
pub fn line(situation: &Situation) -> String {
    match situation.facility.as_str() {
        "" => role(situation),
        place => format!("{} · {place}", role(situation)),
    }
}

/// What names a situation among those of one professional: « profession|speciality|place », by codes,
/// each empty where there is none.
pub fn key(situation: &Situation) -> String {
    let parts = [
        Some(situation.profession.as_str()),
        situation.specialty_code.as_deref(),
        situation.facility_id.as_deref(),
    ];
    parts.map(Option::unwrap_or_default).join("|")
}

/// Every situation that gives a profession.
pub(crate) fn all(professional: &psc::Professional, matrix: &AccessMatrix) -> Vec<Situation> {
    let of = |one: &psc::Situation| situation(professional, one, matrix);
    professional.situations.iter().filter_map(of).collect()
}

fn situation(
    who: &psc::Professional,
    one: &psc::Situation,
    matrix: &AccessMatrix,
) -> Option<Situation> {
    let profession = one.profession_code.clone()?;
    let known = PROFESSIONS.get(&profession).map(String::as_str);
    let label = matrix.profession(&profession).or(known);
    let specialty = one.specialty_code.as_ref();
    let place = [one.facility_name.as_deref(), one.city.as_deref()];
    Some(Situation {
        national_id: who.national_id.clone(),
        name: name(who, one),
        profession_label: label.unwrap_or(&profession).to_owned(),
        profession,
        specialty: specialty.and_then(|code| SPECIALTIES.get(code)).cloned(),
        specialty_code: specialty.cloned(),
        facility_id: one.facility_id.as_ref().map(|id| {
            let prefix = match id.scheme {
                FacilityScheme::Finess => "1",
                FacilityScheme::Siret => "3",
                FacilityScheme::Technical => "",
            };
            format!("{prefix}{}", id.value)
        }),
        facility: place.into_iter().flatten().next().unwrap_or("").to_owned(),
        sector: one.sector.clone(),
        // On our pages.
        software: None,
    })
}

/// « Dr Anne Lebrun »: in practice under another name than in the civil register, perhaps.
fn name(who: &psc::Professional, one: &psc::Situation) -> String {
    let title = match one.civility.as_deref() {
        Some("DR") => "Dr ",
        Some("PR") => "Pr ",
        _ => "",
    };
    let pick = |practice: &Option<String>, civil: &Option<String>| {
        practice
            .clone()
            .or_else(|| civil.clone())
            .unwrap_or_default()
    };
    let given = pick(&one.given_name, &who.given_name);
    let family = pick(&one.family_name, &who.family_name);
    format!("{title}{}", names::full(&given, &family))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_place_of_work_is_a_situation_in_words() {
        let claims = json!({
            "SubjectNameID": "899900000017", "given_name": "ANNE", "family_name": "LEBRUN",
            "SubjectRefPro": {"exercices": [
                {"codeProfession": "10", "codeCiviliteDexercice": "DR", "codeSavoirFaire": "SM04",
                 "activities": [
                    {"numeroFinessSite": "990000001", "raisonSocialeSite": "Cabinet des Tilleuls"},
                    {"numeroSiretSite": "98765432100011", "bureauCedex": "VALBRUME"}]},
                {"codeProfession": "32"}, {"codeProfession": "ZZ"}, {"codeSavoirFaire": "SM04"}]},
        });
        let who = psc::Professional::from_userinfo(&claims).expect("named");
        let matrix = r#"{"rows": [{"profession": "10", "label": "Médecin"}]}"#;
        let all = all(&who, &AccessMatrix::read(matrix).expect("a matrix"));
        let [practice, other, physicist, unknown] = all.as_slice() else {
            panic!("four situations, not {all:?}")
        };
        assert_eq!(practice.name, "Dr Anne Lebrun");
        assert_eq!(practice.facility_id.as_deref(), Some("1990000001"));
        assert_eq!(
            line(practice),
            "Médecin, Cardiologie et Maladies vasculaires · Cabinet des Tilleuls"
        );
        assert_eq!(key(practice), "10|SM04|1990000001");
        assert_eq!(
            (key(physicist), key(unknown)),
            ("32||".into(), "ZZ||".into())
        );
        assert_eq!(other.facility, "VALBRUME");
        assert_eq!(other.facility_id.as_deref(), Some("398765432100011"));
        assert_eq!(line(physicist), "Physicien médical");
        assert_eq!(unknown.profession_label, "ZZ");
    }
}
