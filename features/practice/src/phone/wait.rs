//! The page that waits, until it is in.

use std::sync::Arc;

use access::Anyone;
use askama::Template;
use axum::{
    Extension,
    extract::Query,
    response::{AppendHeaders, IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Deserialize;
use web::{Audience, Html, Problem, Shell};

use super::{
    PAGE,
    question::{BETWEEN, Question, cookie, heard, kept, take},
};
use crate::{
    ProSanteConnect,
    sign_in::{self, Failure},
    verify,
};

#[derive(Template)]
#[template(path = "phone.html")]
struct Page {
    shell: Shell,
    here: &'static str,
    /// What stands on the phone too.
    word: String,
    /// The end of what was typed.
    whose: String,
    /// Whether the page looks again by itself.
    looks: bool,
    cancel: &'static str,
}

/// How the page is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    /// Not to look again by itself.
    #[serde(default)]
    arret: String,
}

/// `GET /pro/attente`: in, or the page that waits.
pub(crate) async fn wait(
    visitor: Anyone,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let app = visitor.app.clone();
    let Some((handle, mut question)) = kept(&app, &headers).await? else {
        return Ok(sign_in::show(visitor, &identity, Failure::Expired.into()));
    };
    let Some(found) = heard(&app, &identity, &handle, &mut question).await? else {
        return Ok(page(visitor, &question, asked.arret.is_empty()));
    };
    let found = match take(&app, &handle).await? {
        true => found,
        // Another tab was first.
        false => Err(Failure::Expired),
    };
    let found = found.and_then(
        |found| match found.professional.national_id == question.who {
            true => Ok(found),
            false => Err(Failure::SomebodyElse),
        },
    );
    let answer = match question.again {
        Some(again) => verify::back(visitor, again, found).await?,
        None => sign_in::admit(visitor, &identity, found).await?,
    };
    let set = AppendHeaders([(header::SET_COOKIE, cookie(&app).clear())]);
    Ok((set, answer).into_response())
}

fn page(visitor: Anyone, question: &Question, looks: bool) -> Response {
    let mut shell = visitor.shell;
    shell.audience = Audience::Public;
    let start = question.who.char_indices().nth_back(3);
    let page = Page {
        here: PAGE,
        word: question.word.clone(),
        whose: format!("…{}", &question.who[start.map_or(0, |(at, _)| at)..]),
        looks,
        cancel: match question.again {
            Some(_) => "/pro",
            None => "/pro/connexion",
        },
        shell: shell.clone().titled(shell.t("practice-phone-title")),
    };
    let again = looks.then(|| {
        [(
            HeaderName::from_static("refresh"),
            HeaderValue::from(BETWEEN),
        )]
    });
    match again {
        Some(again) => (again, Html(page)).into_response(),
        None => Html(page).into_response(),
    }
}
