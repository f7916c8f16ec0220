//! `GET /logout` (OpenID Connect RP-Initiated Logout 1.0).

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use http::Uri;
use oauth::params::Params;
use web::{Audience, Html, Lang, Shell};

use crate::Provider;

#[derive(Template)]
#[template(path = "signed_out.html")]
struct Page {
    shell: Shell,
}

/// There is no session to end: the browser goes back to the client, or reads that it is out.
pub(crate) async fn logout(
    State(provider): State<Arc<Provider>>,
    RawQuery(query): RawQuery,
    lang: Lang,
) -> Response {
    let params = Params::parse(&query.unwrap_or_default()).unwrap_or_default();
    let back = params
        .get("post_logout_redirect_uri")
        .filter(|to| is_clients(&provider, to));
    if let Some(back) = back {
        return Redirect::to(&with_state(back, params.get("state"))).into_response();
    }
    let shell = provider.site.shell(lang, Audience::Public);
    let title = shell.t("demo-identity-out-title");
    let shell = shell.titled(title).at(format!("{}/logout", provider.path));
    Html(Page { shell }).into_response()
}

/// Whether an address is on a site where the client takes its users back: anything else
/// would be an open redirect.
fn is_clients(provider: &Provider, address: &str) -> bool {
    let site = |address: &str| {
        let uri = address.parse::<Uri>().ok()?;
        Some((uri.scheme_str()?.to_owned(), uri.authority()?.to_string()))
    };
    let wanted = site(address);
    let mut known = provider.clients.iter().flat_map(|one| &one.redirect_uris);
    wanted.is_some() && known.any(|known| site(known) == wanted)
}

fn with_state(address: &str, state: Option<&str>) -> String {
    let Some(state) = state else {
        return address.to_owned();
    };
    let joint = if address.contains('?') { '&' } else { '?' };
    let state = form_urlencoded::byte_serialize(state.as_bytes()).collect::<String>();
    format!("{address}{joint}state={state}")
}
