//! A professional who reads with software: the bearer of a token that was exchanged.

use access::{App, Viewer};
use ambient::Id;
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use fhir::Problem;
use http::request::Parts;
use jiff::Timestamp;
use vault::{DbError, RecordId};

use crate::{
    bearer::{invalid, is_suspended, not_for_this, shown},
    client::Client,
    outcome::Outcome,
};

/// The persons whom a professional went to with software.
const MET: &str = "person met with software";

/// A professional at the API.
pub(crate) struct Reader {
    /// The installation.
    pub app: App,
    /// The professional: nothing is theirs that is not on our pages.
    pub viewer: Viewer,
    client_id: String,
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
        let viewer = carrying.viewer();
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
            app: App::clone(app),
            viewer,
            client_id: carried.client_id,
            scopes: carried.scopes,
        })
    }

    /// Where the service is.
    pub fn base(&self) -> String {
        format!("{}/fhir", self.app.site.origin)
    }

    /// The word that stands for a person between us and that software: to any other it means nothing.
    pub fn word_for(&self, record: RecordId) -> String {
        let name = [self.client_id.as_bytes(), &[0], &record.0.0].concat();
        Id(self.app.store.short("patient of software", &name)).to_string()
    }

    /// Keeps something for what that professional asks next with that software.
    pub async fn keep(&self, what: &str, name: &str, body: &[u8]) -> Result<(), DbError> {
        let (app, key) = (&self.app, self.key(name));
        let until = app.now().saturating_add(app.limits.professional_idle);
        let until = until.unwrap_or(Timestamp::MAX);
        app.store.put_pending(what, &key, until, body).await
    }

    /// Whether they went to a person with that software already, not long ago.
    pub async fn has_met(&self, record: RecordId) -> Result<bool, DbError> {
        Ok(self.kept(MET, &self.word_for(record)).await?.is_some())
    }

    /// Notes that they go to a person: for as long as a session at work lasts on our pages.
    pub async fn meets(&self, record: RecordId) -> Result<(), DbError> {
        let (app, key) = (&self.app, self.key(&self.word_for(record)));
        let until = app.now().saturating_add(app.limits.professional_session);
        let until = until.unwrap_or(Timestamp::MAX);
        app.store.put_pending(MET, &key, until, &[]).await
    }

    /// What was kept.
    pub async fn kept(&self, what: &str, name: &str) -> Result<Option<Vec<u8>>, DbError> {
        let (app, key) = (&self.app, self.key(name));
        app.store.pending(what, &key, app.now()).await
    }

    fn key(&self, name: &str) -> Vec<u8> {
        let account = &self.viewer.account.0[..];
        [account, self.client_id.as_bytes(), &[0], name.as_bytes()].concat()
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
