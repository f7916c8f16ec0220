//! The page where people are picked, and the way back.

use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use oauth::{
    answer::ErrorCode,
    params::Params,
    provider::{AuthorizationError, AuthorizationRequest},
    psc::Professional,
    token::{Kind, Token},
};
use web::{Audience, Fields, Html, Lang, Problem, Shell};

use crate::{Identity, Provider};

/// The level given when none is asked for: the one of a CPS card or e-CPS.
const LEVEL: &str = "eidas1";

#[derive(Template)]
#[template(path = "identities.html")]
struct Page {
    shell: Shell,
    action: String,
    choices: Vec<Choice>,
}

struct Choice {
    identity: Identity,
    places: usize,
}

/// `GET /authorize`: who is it?
pub(crate) async fn show(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    lang: Lang,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let asked = match read(&provider, &query, lang)? {
        Ok(asked) => asked,
        Err(location) => return Ok(Redirect::to(&location).into_response()),
    };
    if asked.prompt.iter().any(|word| word == "none") {
        let location = asked.refused(ErrorCode::LoginRequired, &provider.issuer.name);
        return Ok(Redirect::to(&location).into_response());
    }
    let shell = provider.site.shell(lang, Audience::Public);
    let title = shell.t("demo-identity-title");
    let choices = provider.identities.iter().map(|identity| Choice {
        identity: identity.clone(),
        places: places(identity),
    });
    Ok(Html(Page {
        shell: shell
            .titled(title)
            .at(format!("{}/authorize", provider.path)),
        // The request travels in the address: nothing is kept until somebody is picked.
        action: format!("{}/authorize?{query}", provider.path),
        choices: choices.collect(),
    })
    .into_response())
}

/// `POST /authorize`: this one, or nobody.
pub(crate) async fn choose(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    lang: Lang,
    fields: Fields,
) -> Result<Redirect, Problem> {
    let asked = match read(&provider, &query.unwrap_or_default(), lang)? {
        Ok(asked) => asked,
        Err(location) => return Ok(Redirect::to(&location)),
    };
    let issuer = &provider.issuer.name;
    if fields.has("refus") {
        return Ok(Redirect::to(
            &asked.refused(ErrorCode::AccessDenied, issuer),
        ));
    }
    let key = fields.get("identite");
    let mut identities = provider.identities.iter();
    let identity = identities
        .find(|identity| identity.key == key)
        .ok_or_else(|| bad_request(&provider, lang, "demo-identity-bad-request"))?;
    let now = provider.now();
    let level = asked.acr_values.first().map_or(LEVEL, String::as_str);
    let grant = asked.grant(&identity.subject, Some(level), now, now);
    let code = Token::mint(Kind::Code, &*provider.site.random);
    provider.memory().keep_code(code.hash(), grant, now);
    Ok(Redirect::to(&asked.accepted(code.reveal(), issuer)))
}

/// The client's request, or where to send the browser back with its fault; a fault that
/// may not be sent back is shown.
fn read(
    provider: &Provider,
    query: &str,
    lang: Lang,
) -> Result<Result<AuthorizationRequest, String>, Problem> {
    let params = Params::parse(query)
        .map_err(|_| bad_request(provider, lang, "demo-identity-bad-request"))?;
    let client = AuthorizationRequest::client_id(&params).and_then(|id| provider.client(id));
    match AuthorizationRequest::parse(&params, client, &provider.issuer.name) {
        Ok(asked) => Ok(Ok(asked)),
        Err(AuthorizationError::SendBack { location, .. }) => Ok(Err(location)),
        Err(_) => Err(bad_request(provider, lang, "demo-identity-bad-client")),
    }
}

fn bad_request(provider: &Provider, lang: Lang, key: &str) -> Problem {
    Problem::BadRequest(provider.site.texts.get(lang, key))
}

/// In how many places a professional works; 0 for anybody else.
fn places(identity: &Identity) -> usize {
    let Ok(professional) = Professional::from_userinfo(&identity.userinfo) else {
        return 0;
    };
    let names = professional.situations.into_iter().filter_map(|situation| {
        let id = situation.facility_id.map(|id| id.value);
        id.or(situation.facility_name)
    });
    names.collect::<BTreeSet<_>>().len()
}
