//! Pro Santé Connect, as we are registered there (interop §7.1).

use std::{future::Future, pin::Pin, sync::Arc};

use oauth::{
    client::{Provider, Registration},
    http::{Http, HttpError, HttpRequest, HttpResponse},
};
use tokio::sync::OnceCell;

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send>>;

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

    /// What reaches it.
    pub(crate) fn http(&self) -> &impl Http {
        &self.send
    }
}

impl std::fmt::Debug for ProSanteConnect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProSanteConnect({})", self.registration.issuer)
    }
}
