//! A professional who reads with software: the bearer of a token that was exchanged.

use access::App;
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use fhir::Problem;
use http::request::Parts;

use crate::{
    bearer::{invalid, is_suspended, not_for_this, shown},
    client::Client,
    outcome::Outcome,
};

/// A professional at the API.
pub(crate) struct Reader {
    scopes: Vec<String>,
}

impl Reader {
    /// Requires a scope.
    pub fn needs(&self, scope: &str) -> Result<(), Outcome> {
        match self.scopes.iter().any(|granted| granted == scope) {
            true => Ok(()),
            false => Err(not_for_this()),
        }
    }

    async fn of(parts: &Parts, app: &App) -> Result<Self, Outcome> {
        let token = shown(parts)?;
        let Some(carrying) = app.carried(token.reveal()).await? else {
            return Err(match app.store.token(token.reveal(), app.now()).await? {
                Some(_) => Problem::forbidden(
                    "Un logiciel dépose des documents et n’en consulte aucun en son propre nom\u{a0}: \
                     il lui faut le jeton d’un professionnel (token-exchange).",
                )
                .into(),
                None => invalid(),
            });
        };
        let carried = carrying.carried;
        let known = Client::registered_as(&app.store, &carried.client_id).await?;
        if known.is_none_or(|(_, registration)| registration != carried.registration) {
            return Err(invalid());
        }
        if is_suspended(app, &carried.client_id) {
            return Err(Problem::forbidden("Ce logiciel est suspendu.").into());
        }
        if is_suspended(app, &carried.situation.national_id) {
            return Err(Problem::forbidden("Ce compte est suspendu.").into());
        }
        Ok(Self {
            scopes: carried.scopes,
        })
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Self::of(parts, app)
            .await
            .map_err(IntoResponse::into_response)
    }
}
