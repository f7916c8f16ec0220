//! `/verification`: the password again, before a sensitive step asked for a while after sign-in.
//!
//! Steps send people here by themselves: see [`access::Act::needs_fresh_factor`].

use std::sync::Arc;

use access::{Person, VERIFY};
use askama::Template;
use axum::{
    Extension,
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use web::{Errors, Fields, Html, Problem, is_local};

use crate::{Passwords, settings::again};

#[derive(Template)]
#[template(path = "verify.html")]
struct Page {
    shell: web::Shell,
    /// Where the step was asked for.
    back: String,
    errors: Errors,
}

/// Where the step was asked for.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    retour: String,
}

/// The form.
pub async fn show(person: Person, Query(back): Query<Back>) -> Response {
    Html(form(&person, &back.retour, Errors::new())).into_response()
}

/// Judges the password; right, the way back is open for a few minutes.
pub async fn post(
    mut person: Person,
    Extension(passwords): Extension<Arc<Passwords>>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let mut errors = Errors::new();
    again::check(&person, &passwords, fields.raw("mot-de-passe"), &mut errors).await?;
    if !errors.is_empty() {
        let page = form(&person, fields.get("retour"), errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    person.freshen().await?;
    Ok(Redirect::to(&ours(fields.get("retour"))).into_response())
}

fn form(person: &Person, back: &str, errors: Errors) -> Page {
    let title = person.shell.t("account-verify-title");
    Page {
        shell: person.shell.clone().titled(title),
        back: ours(back),
        errors,
    }
}

/// A page of ours, and not this one.
fn ours(back: &str) -> String {
    match is_local(back) && !back.starts_with(VERIFY) {
        true => back.to_owned(),
        false => "/accueil".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_leads_back_to_us_only() {
        assert_eq!(
            super::ours("/acces/blocages/x/lever"),
            "/acces/blocages/x/lever"
        );
        for elsewhere in [
            "",
            "https://x.test",
            "//x.test",
            "/\\x.test",
            "/verification",
        ] {
            assert_eq!(super::ours(elsewhere), "/accueil", "{elsewhere}");
        }
    }
}
