use std::{sync::Arc, time::Instant};

use ambient::{Clock, Random};
use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Path, Query, Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::{StatusCode, header};
use serde::Deserialize;

use crate::{
    Audience, Cookie, Flash, Lang, Problem, Shell, Texts, assets, csrf, headers::SecurityHeaders,
    html, problem,
};

/// The longest form without files, in bytes; a route that takes files sets its own
/// `DefaultBodyLimit`.
const FORM_BYTES: usize = 256 * 1024;

/// What every page of an installation shares.
pub struct Site {
    /// Every sentence.
    pub texts: Arc<Texts>,
    /// The time, for pages that tell it.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Arc<dyn Random>,
    /// Where people reach the site, without a final slash: `https://carnet.example`.
    pub origin: String,
    /// The identity providers that sign-in forms lead to: `https://host`.
    pub form_origins: Vec<String>,
    /// Whether this installation shows fictional people only.
    pub demo: bool,
}

/// The number of a request: on its log line and, should it fail, on the page.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl Site {
    /// Whether people reach the site over https.
    pub fn https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// A cookie that carries a secret, suited to how the site is reached.
    pub fn cookie(&self, name: &'static str) -> Cookie {
        Cookie::new(name, self.https())
    }

    /// A bare page, to be filled in.
    pub fn shell(&self, lang: Lang, audience: Audience) -> Shell {
        let mut shell = Shell::new(self.texts.clone(), lang, audience);
        shell.demo = self.demo;
        shell
    }

    /// Wraps the routes that people's browsers use: request log, security headers,
    /// error pages, refusal of other sites' forms, body limit; adds the assets,
    /// the choice of language and the page for an unknown address.
    ///
    /// Call it once, on all the pages together.
    pub fn pages(self: Arc<Site>, routes: Router) -> Router {
        let headers = SecurityHeaders::new(self.https(), &self.form_origins);
        let (written, checked, logged) = (self.clone(), self.clone(), self.clone());
        routes
            .merge(self.foundation())
            .fallback(async || Problem::NotFound)
            .layer(DefaultBodyLimit::max(FORM_BYTES))
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let site = checked.clone();
                async move { csrf::same_origin(&site.origin, request, next).await }
            }))
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let site = written.clone();
                async move { site.finish(request, next).await }
            }))
            .layer(middleware::map_response(move |mut response: Response| {
                headers.complete(response.headers_mut());
                std::future::ready(response)
            }))
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let site = logged.clone();
                async move { site.log(request, next).await }
            }))
    }

    /// Wraps routes that programs use: request log, internal errors, headers.
    pub fn machines(self: Arc<Site>, routes: Router) -> Router {
        let headers = SecurityHeaders::machine(self.https());
        routes
            .layer(middleware::map_response(move |mut response: Response| {
                headers.complete(response.headers_mut());
                std::future::ready(response)
            }))
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let site = self.clone();
                async move { site.log(request, next).await }
            }))
    }

    /// Wraps routes that machines ask for every few seconds: headers alone, no line in the log.
    pub fn checks(self: Arc<Site>, routes: Router) -> Router {
        let headers = SecurityHeaders::machine(self.https());
        routes.layer(middleware::map_response(move |mut response: Response| {
            headers.complete(response.headers_mut());
            std::future::ready(response)
        }))
    }

    fn foundation(self: &Arc<Site>) -> Router {
        Router::new()
            .route("/assets/{version}/{name}", get(assets::serve))
            .route("/langue/{lang}", get(choose_language))
            .with_state(self.clone())
    }

    /// Writes the page of a problem, and takes away a message that was shown.
    async fn finish(&self, request: Request, next: Next) -> Response {
        let lang = Lang::of(request.headers());
        let number = request
            .extensions()
            .get::<RequestId>()
            .map(|id| id.0.clone());
        let here = request.uri().path().to_owned();
        let plain = self.shell(lang, Audience::Public).at(&here);
        let taken = Flash::taken(request.headers());
        let response = run(request, next).await;
        let number = number.unwrap_or_default();
        let mut response = problem::write_page(response, plain, &here, &number);
        let shown = response.status() == StatusCode::OK
            && response
                .headers()
                .get(header::CONTENT_TYPE)
                .is_some_and(|kind| kind == html::KIND);
        if let Some(cleared) = taken.filter(|_| shown) {
            response.headers_mut().append(header::SET_COOKIE, cleared);
        }
        response
    }

    /// One line a request: which route, never which record; no address, no query.
    async fn log(&self, mut request: Request, next: Next) -> Response {
        let started = Instant::now();
        let id = self.request_id();
        let method = request.method().clone();
        let route = request.extensions().get::<MatchedPath>().cloned();
        request.extensions_mut().insert(id.clone());
        let response = run(request, next).await;
        problem::log(&response, &id.0);
        tracing::info!(
            id = id.0,
            method = method.as_str(),
            route = route.as_ref().map_or("unknown", MatchedPath::as_str),
            status = response.status().as_u16(),
            ms = started.elapsed().as_millis(),
            "request"
        );
        response
    }

    /// Ten characters that are easy to read out: no 0/O, 1/I.
    fn request_id(&self) -> RequestId {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut bytes = [0; 10];
        self.random.fill(&mut bytes);
        RequestId(
            bytes
                .iter()
                .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
                .collect(),
        )
    }
}

/// The answer, even when its handler panics: a defect of one page, the others go on.
async fn run(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(panic) => Problem::from(panic).into_response(),
    }
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    retour: String,
}

/// Keeps the language a year and goes back to the page, if it is one of ours.
async fn choose_language(
    State(_): State<Arc<Site>>,
    Path(tag): Path<String>,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    let lang = Lang::from_tag(&tag).ok_or(Problem::NotFound)?;
    let year = std::time::Duration::from_secs(365 * 86_400);
    let cookie = Lang::COOKIE.set(lang.tag(), Some(year));
    let target = if is_local(&back.retour) {
        back.retour.as_str()
    } else {
        "/"
    };
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(target)).into_response())
}

/// Whether a path leads to this site: a redirection to any other is refused.
pub fn is_local(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}
