//! Which software is calling: the bearer of an access token.

use std::sync::Arc;

use access::{Acting, App, Authenticated, Depositor, Level, Viewer};
use ambient::Id;
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use fhir::Problem;
use http::{header, request::Parts};
use oauth::token::{Kind, Token};
use serde::{Deserialize, Serialize};

use crate::outcome::Outcome;

/// What an access token stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Granted {
    /// Whose token it is.
    pub depositor: Depositor,
    /// What it opens.
    pub scopes: Vec<String>,
}

/// Software at the API.
pub struct Software {
    /// Who asks.
    pub viewer: Viewer,
    /// The software.
    pub depositor: Arc<Depositor>,
    scopes: Vec<String>,
}

const CHALLENGE: &str = "Bearer realm=\"fhir\"";
const INVALID: &str = "Bearer realm=\"fhir\", error=\"invalid_token\"";
const INSUFFICIENT: &str = "Bearer realm=\"fhir\", error=\"insufficient_scope\"";

impl Software {
    /// Requires a scope.
    pub(crate) fn needs(&self, scope: &str) -> Result<(), Outcome> {
        if self.scopes.iter().any(|granted| granted == scope) {
            return Ok(());
        }
        Err(not_for_this())
    }

    /// The software that a file stands for.
    pub(crate) fn of_file(viewer: Viewer, depositor: Arc<Depositor>) -> Self {
        Self {
            viewer,
            depositor,
            scopes: vec![],
        }
    }

    async fn of(parts: &Parts, app: &App) -> Result<Self, Outcome> {
        let (token, now) = (shown(parts)?, app.now());
        let granted = app.store.token(token.reveal(), now).await?;
        let granted = granted.and_then(|json| serde_json::from_slice(&json).ok());
        let Some(Granted { depositor, scopes }) = granted else {
            let carried = app.carried(token.reveal()).await?;
            return Err(carried.map_or_else(invalid, |_| not_for_this()));
        };
        if is_suspended(app, &depositor.client_id) {
            return Err(Problem::forbidden("Ce logiciel est suspendu.").into());
        }
        let depositor = Arc::new(depositor);
        Ok(Self {
            viewer: Viewer {
                account: account(app, &depositor.client_id),
                acting: Acting::Depositor(Arc::clone(&depositor)),
                authenticated: Authenticated {
                    level: Level::Machine,
                    at: now,
                },
            },
            depositor,
            scopes,
        })
    }
}

impl FromRequestParts<App> for Software {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Self::of(parts, app)
            .await
            .map_err(IntoResponse::into_response)
    }
}

/// The token of a request.
pub(crate) fn shown(parts: &Parts) -> Result<Token, Outcome> {
    let mut headers = parts.headers.get_all(header::AUTHORIZATION).iter();
    let header = headers
        .next()
        .ok_or_else(|| Outcome::from(Problem::login()).challenging(CHALLENGE))?;
    header
        .to_str()
        .ok()
        .filter(|_| headers.next().is_none())
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .and_then(|(_, token)| Token::parse(Kind::Access, token.trim()).ok())
        .ok_or_else(invalid)
}

/// Nothing is known of a token, or no more.
pub(crate) fn invalid() -> Outcome {
    Outcome::from(Problem::login()).challenging(INVALID)
}

/// A token is good, and not for that.
pub(crate) fn not_for_this() -> Outcome {
    let problem = Problem::forbidden("Le jeton n’autorise pas cette demande.");
    Outcome::from(problem).challenging(INSUFFICIENT)
}

/// Whether the operator suspended that software.
pub(crate) fn is_suspended(app: &App, client_id: &str) -> bool {
    app.gate.rules().suspended.iter().any(|id| id == client_id)
}

/// Names the software in limits.
pub(crate) fn account(app: &App, client_id: &str) -> Id {
    Id(app.store.short("client account", client_id.as_bytes()))
}
