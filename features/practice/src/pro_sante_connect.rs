//! Pro Santé Connect, as we are registered there (interop §7.1).

use std::{future::Future, pin::Pin, sync::Arc};

use ambient::Random;
use jiff::Timestamp;
use oauth::{
    client::{Provider, Registration, SignInError},
    http::{AnswerError, Http, HttpError, HttpRequest, HttpResponse},
    psc,
};
use tokio::sync::OnceCell;

use crate::sign_in::LEVEL;

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send>>;

/// A professional whom the provider's access token names.
#[derive(Debug, Clone)]
pub struct Vouched {
    /// Who.
    pub professional: psc::Professional,
    /// When they showed who they are: long ago, where the provider does not say.
    pub shown: Timestamp,
    /// When the token ends.
    pub ends: Timestamp,
}

/// Why a token names nobody here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unvouched {
    /// The provider cannot be asked now.
    Unavailable,
    /// It is not good: unknown, over, another client's, of too low a level, or of nobody at work.
    Refused,
}

/// The provider that signs professionals in, discovered at the first sign-in.
///
/// So the program starts without it, and a sign-in that finds it silent is
/// answered by a page, until one finds it again.
pub struct ProSanteConnect {
    registration: Registration,
    send: Box<dyn Fn(HttpRequest) -> Answer + Send + Sync>,
    provider: OnceCell<Provider>,
    phones: bool,
}

impl ProSanteConnect {
    /// As registered; `http` reaches the provider and nothing else.
    pub fn new(registration: Registration, http: impl Http + Send + 'static) -> Self {
        let http = Arc::new(http);
        Self {
            registration,
            send: Box::new(move |request| {
                let http = Arc::clone(&http);
                Box::pin(async move { http.send(request).await })
            }),
            provider: OnceCell::new(),
            phones: false,
        }
    }

    /// Whether it asks professionals on their phones for us (CIBA): it must have allowed our client to.
    #[must_use]
    pub fn asking_on_phones(self, phones: bool) -> Self {
        Self { phones, ..self }
    }

    /// Whether professionals are offered to confirm on their phone.
    pub(crate) fn asks_on_phones(&self) -> bool {
        self.phones
    }

    /// The provider, discovered; nothing while it cannot be used, and the log says why.
    pub(crate) async fn provider(&self) -> Option<&Provider> {
        let discover = || Provider::discover(self.registration.clone(), self.http());
        let provider = self.provider.get_or_try_init(discover).await;
        provider
            .inspect_err(|error| tracing::warn!(%error, "Pro Santé Connect cannot be used"))
            .ok()
    }

    /// Whom an access token of the provider names, that it gave to one of `parties`, its clients.
    ///
    /// # Errors
    /// See [`Unvouched`]; why is in the log, and nowhere else.
    pub async fn vouch(
        &self,
        token: &str,
        parties: &[String],
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Vouched, Unvouched> {
        let provider = self.provider().await.ok_or(Unvouched::Unavailable)?;
        let asked = provider.vouch(token, parties, LEVEL, self.http(), random, now);
        let vouched = asked.await.map_err(|error| {
            tracing::warn!(%error, "a professional's token is not believed");
            Unvouched::of(&error)
        })?;
        let professional = psc::Professional::from_userinfo(&vouched.userinfo);
        Ok(Vouched {
            professional: professional.map_err(|_| Unvouched::Refused)?,
            shown: vouched.shown.unwrap_or(Timestamp::UNIX_EPOCH),
            ends: vouched.ends,
        })
    }

    /// What reaches it.
    pub(crate) fn http(&self) -> &impl Http {
        &self.send
    }
}

impl Unvouched {
    fn of(error: &SignInError) -> Self {
        use SignInError as E;
        match error {
            // What the provider says of the token, and not of us.
            E::UserinfoAnswer(AnswerError::Status(401 | 403)) => Self::Refused,
            E::NoIntrospection | E::Introspection(_) | E::UserinfoAnswer(_) | E::Keys(_) => {
                Self::Unavailable
            }
            _ => Self::Refused,
        }
    }
}

impl std::fmt::Debug for ProSanteConnect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProSanteConnect({})", self.registration.issuer)
    }
}
