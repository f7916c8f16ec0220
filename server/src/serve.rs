//! Listening: pages and machines on one address, health checks, and an orderly end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use access::{App, Source};
use account::Passwords;
use anyhow::Context;
use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use net::{Allowed, Outgoing, Timeouts};
use oauth::{
    client::{ClientAuth, Registration},
    http::{HttpError, HttpRequest},
};
use practice::ProSanteConnect;
use tokio::{net::TcpListener, sync::watch};

use crate::{
    features, jobs, legal::Legal, metrics::Metrics, packing, pause::bounded, scribe,
    settings::Settings, traits,
};

/// What the application is made with, beside the installation.
pub struct Front {
    /// How passwords are hashed.
    pub passwords: Arc<Passwords>,
    /// Who signs professionals in.
    pub identity: Arc<ProSanteConnect>,
    /// Who runs the installation, for the legal pages.
    pub legal: Arc<Legal>,
    /// Pages beside the product's own: the demo's.
    pub more: Router,
    /// A trusted proxy names the visitor.
    pub behind_proxy: bool,
    /// How long the sender of a request may stay silent.
    pub body_pause: Duration,
    /// Counts requests, where somebody reads the counts.
    pub metrics: Option<Arc<Metrics>>,
}

impl Front {
    /// The product's pages, as the settings have them.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub fn new(
        settings: &Settings,
        passwords: Arc<Passwords>,
        identity: Arc<ProSanteConnect>,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            passwords,
            identity,
            legal: Arc::new(Legal::of(settings)),
            more: Router::new(),
            behind_proxy: settings.is_on("proxy"),
            body_pause: settings.duration("limits.body_pause")?.unsigned_abs(),
            metrics: None,
        })
    }
}

/// The whole application.
pub fn router(app: &App, front: Front) -> Router {
    let machines = features::machines(Arc::clone(&front.identity));
    let pages = features::pages(front.passwords, front.identity, &front.legal)
        .with_state(Arc::clone(app))
        .merge(front.more);
    let machines = machines.with_state(Arc::clone(app));
    let health = Router::new()
        .route("/healthz", get(async || StatusCode::NO_CONTENT))
        .route("/readyz", get(ready))
        .with_state(Arc::clone(app));
    let (behind_proxy, pause) = (front.behind_proxy, front.body_pause);
    let router = Router::new()
        .merge(Arc::clone(&app.site).machines(machines))
        .merge(Arc::clone(&app.site).checks(health))
        .merge(Arc::clone(&app.site).pages(pages))
        .layer(middleware::from_fn(move |request, next| {
            name_source(behind_proxy, bounded(request, pause), next)
        }));
    match front.metrics {
        Some(metrics) => router.layer(middleware::from_fn(move |request, next| {
            Arc::clone(&metrics).measure(request, next)
        })),
        None => router,
    }
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// As [`until`].
pub async fn serve(
    listener: TcpListener,
    app: App,
    router: Router,
    within: Duration,
) -> anyhow::Result<()> {
    until(stop(), listener, app, router, within).await
}

/// Serves until `stopped`. Nothing new is accepted then; requests under way end, and the jobs of
/// the round under way, all `within` a time.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn until(
    stopped: impl Future<Output = ()> + Send + 'static,
    listener: TcpListener,
    app: App,
    router: Router,
    within: Duration,
) -> anyhow::Result<()> {
    let (stopping, told) = watch::channel(false);
    let packer = tokio::spawn(packing::run(App::clone(&app)));
    let reader = tokio::spawn(jobs::run_reading(App::clone(&app)));
    let archivist = tokio::spawn(jobs::run_packing(App::clone(&app)));
    let ager = tokio::spawn(scribe::age(App::clone(&app)));
    let filler = tokio::spawn(traits::run(App::clone(&app)));
    let mut worker = tokio::spawn(jobs::run(app, told.clone()));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stopped.await;
        tracing::info!("stopping");
        stopping.send_replace(true);
    });
    let ended = async {
        let served = serving.await.context("serving");
        if let Err(error) = (&mut worker).await {
            tracing::error!(%error, "background work broke off");
        }
        served
    };
    let served = tokio::select! {
        served = ended => served,
        () = after_stop(told, within) => {
            tracing::warn!("some requests did not end in time");
            worker.abort();
            Ok(())
        }
    };
    packer.abort();
    reader.abort();
    archivist.abort();
    ager.abort();
    filler.abort();
    served
}

/// Ends a time after the stop was asked for.
async fn after_stop(mut told: watch::Receiver<bool>, within: Duration) {
    // An error means that the server has ended by itself: then there is nothing to cut short.
    if told.wait_for(|stopping| *stopping).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(within).await;
}

/// The way out of the house, to the hosts that the settings name.
///
/// # Errors
/// When a setting cannot be read.
pub fn outgoing(settings: &Settings) -> anyhow::Result<Outgoing> {
    let hosts = settings
        .get("net.hosts")
        .split(',')
        .map(str::trim)
        .filter(|host| !host.is_empty());
    let allowed = Allowed {
        hosts: hosts.map(ToOwned::to_owned).collect(),
        loopback: settings.is_on("net.loopback"),
    };
    let timeouts = Timeouts {
        connect: settings.duration("net.connect_within")?.unsigned_abs(),
        total: settings.duration("net.answer_within")?.unsigned_abs(),
    };
    Ok(Outgoing::new(allowed, timeouts))
}

/// Pro Santé Connect as the settings describe it.
///
/// # Errors
/// When a setting cannot be read.
pub fn pro_sante_connect(settings: &Settings) -> anyhow::Result<ProSanteConnect> {
    let outgoing = Arc::new(outgoing(settings)?);
    let discovery = settings.get("psc.discovery");
    let registration = Registration {
        issuer: settings.get("psc.issuer").to_owned(),
        discovery_url: (!discovery.is_empty()).then(|| discovery.to_owned()),
        client_id: settings.get("psc.client").to_owned(),
        auth: ClientAuth::Basic(settings.secret("psc.secret")),
        signed_userinfo: settings.is_on("psc.signed_userinfo"),
    };
    let http = move |request: HttpRequest| {
        let outgoing = Arc::clone(&outgoing);
        async move {
            outgoing
                .send(request)
                .await
                .map_err(|error| HttpError(error.to_string()))
        }
    };
    let phones = settings.is_on("psc.phones");
    Ok(ProSanteConnect::new(registration, http).asking_on_phones(phones))
}

/// How long a database may take to say that it is there.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// Ready when both databases answer, and so records can be opened. One that hangs is down.
async fn ready(State(app): State<App>) -> StatusCode {
    let both = async {
        let main = app.store.jobs_due(app.now()).await.is_ok();
        main && app.gate.ready().await.is_ok()
    };
    match tokio::time::timeout(ANSWERS_WITHIN, both).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Names where a request comes from: for limits only, never logged.
async fn name_source(behind_proxy: bool, mut request: Request, next: Next) -> Response {
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .filter(|_| behind_proxy)
        .and_then(|value| value.to_str().ok())
        // The last address is the one that the trusted proxy saw itself.
        .and_then(|list| list.rsplit(',').next())
        .map(|address| address.trim().to_owned());
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip().to_string());
    request
        .extensions_mut()
        .insert(Source(forwarded.or(peer).unwrap_or_default()));
    next.run(request).await
}

async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
