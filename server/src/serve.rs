//! Listening: pages and machines on one address, health checks, and an orderly end.

use std::{net::SocketAddr, sync::Arc};

use access::{App, Source};
use account::Passwords;
use ambient::Secret;
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
use tokio::net::TcpListener;

use crate::{features, jobs, packing, settings::Settings};

/// The whole application.
pub fn router(
    app: &App,
    passwords: Arc<Passwords>,
    identity: Arc<ProSanteConnect>,
    more: Router,
    behind_proxy: bool,
) -> Router {
    let pages = features::pages(passwords, identity)
        .with_state(Arc::clone(app))
        .merge(more);
    let machines = features::machines().with_state(Arc::clone(app));
    let health = Router::new()
        .route("/healthz", get(async || StatusCode::NO_CONTENT))
        .route("/readyz", get(ready))
        .with_state(Arc::clone(app));
    Router::new()
        .merge(Arc::clone(&app.site).machines(machines))
        .merge(health)
        .merge(Arc::clone(&app.site).pages(pages))
        .layer(middleware::from_fn(move |request, next| {
            name_source(behind_proxy, request, next)
        }))
}

/// Serves until the process is asked to stop; what was accepted is finished first.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(listener: TcpListener, app: App, router: Router) -> anyhow::Result<()> {
    let packer = tokio::spawn(packing::run(App::clone(&app)));
    let worker = tokio::spawn(jobs::run(app));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop())
        .await
        .context("serving")?;
    worker.abort();
    packer.abort();
    Ok(())
}

/// Pro Santé Connect as the settings describe it.
///
/// # Errors
/// When a setting cannot be read.
pub fn pro_sante_connect(settings: &Settings) -> anyhow::Result<ProSanteConnect> {
    let hosts = settings
        .get("net.hosts")
        .split(',')
        .map(str::trim)
        .filter(|host| !host.is_empty());
    let allowed = Allowed {
        hosts: hosts.map(ToOwned::to_owned).collect(),
        loopback: settings.is_on("net.loopback")?,
    };
    let outgoing = Arc::new(Outgoing::new(allowed, Timeouts::default()));
    let discovery = settings.get("psc.discovery");
    let registration = Registration {
        issuer: settings.get("psc.issuer").to_owned(),
        discovery_url: (!discovery.is_empty()).then(|| discovery.to_owned()),
        client_id: settings.get("psc.client").to_owned(),
        auth: ClientAuth::Basic(Secret::new(settings.get("psc.secret").to_owned())),
        signed_userinfo: false,
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
    Ok(ProSanteConnect::new(registration, http))
}

/// Ready when the database answers.
async fn ready(State(app): State<App>) -> StatusCode {
    match app.store.jobs_due(app.now()).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
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
