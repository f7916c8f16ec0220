use std::time::Duration;

use ambient::NoSpace;
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::{Shell, html};

/// Why a page cannot be shown. `?` turns any other error into [`Problem::Internal`].
///
/// As a response it is only a status: the layers of [`crate::Site`] log an internal error
/// once with its incident number, and write the page in the reader's language.
#[derive(Debug)]
pub enum Problem {
    /// 400: what was sent makes no sense; the sentence, possibly empty, is shown.
    BadRequest(String),
    /// 403: not allowed, on something the reader may know of.
    Forbidden,
    /// 404: no such page, or none that the reader may know of.
    NotFound,
    /// 410: it was there and was removed.
    Gone,
    /// 413: more than we take.
    TooLarge,
    /// 429: too many tries; come back after this long.
    TooMany(Duration),
    /// 403: the page or the session is too old; start the step again.
    Expired,
    /// 303: another page of ours comes first. It leads back to the address asked for, which it
    /// finds in its query (`retour`).
    First(&'static str),
    /// 500: our fault; the reader sees a number to quote, never the cause.
    Internal(anyhow::Error),
}

impl Problem {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::BadRequest(_) => StatusCode::BAD_REQUEST,
            Problem::Forbidden | Problem::Expired => StatusCode::FORBIDDEN,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Gone => StatusCode::GONE,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Problem::First(_) => StatusCode::SEE_OTHER,
            Problem::Internal(error) if is_full(error) => StatusCode::INSUFFICIENT_STORAGE,
            Problem::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stem of the texts' keys: `problem-{name}-title`, `problem-{name}-text`.
    fn name(&self) -> &'static str {
        match self {
            Problem::BadRequest(_) => "bad-request",
            Problem::Forbidden => "forbidden",
            Problem::NotFound => "not-found",
            Problem::Gone => "gone",
            Problem::TooLarge => "too-large",
            Problem::TooMany(_) => "too-many",
            Problem::Expired => "expired",
            // The reader can do something: keep what they have, and come back.
            Problem::Internal(error) if is_full(error) => "full",
            Problem::Internal(_) | Problem::First(_) => "internal",
        }
    }
}

fn is_full(error: &anyhow::Error) -> bool {
    NoSpace::caused(error.as_ref())
}

impl<E: Into<anyhow::Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        Problem::Internal(error.into())
    }
}

/// The problem travels in the response's extensions to the layer that writes the page.
#[derive(Clone)]
struct Pending(std::sync::Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Problem::TooMany(wait) = &self {
            let seconds = HeaderValue::from(wait.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response.extensions_mut().insert(Pending(self.into()));
        response
    }
}

/// A problem's page.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    heading: String,
    text: String,
    incident: String,
}

/// Logs an internal error, with the number that the reader can quote.
pub(crate) fn log(response: &Response, incident: &str) {
    let pending = response.extensions().get::<Pending>();
    if let Some(Problem::Internal(error)) = pending.map(|Pending(problem)| &**problem) {
        tracing::error!(incident, error = format!("{error:#}"), "internal error");
    }
}

/// Gives a response that carries a [`Problem`] its page; any other goes through unchanged.
///
/// `here` is the path that was asked for. A layer inside may leave a [`Shell`] in the response's extensions: the page
/// then keeps the reader's navigation.
pub(crate) fn write_page(
    mut response: Response,
    plain: Shell,
    here: &str,
    incident: &str,
) -> Response {
    let Some(Pending(problem)) = response.extensions().get::<Pending>().cloned() else {
        return response;
    };
    if let Problem::First(page) = &*problem {
        let to = HeaderValue::from_str(&format!("{page}?retour={here}"));
        let to = to.unwrap_or(HeaderValue::from_static(page));
        response.headers_mut().insert(header::LOCATION, to);
        return response;
    }
    let shell = response.extensions_mut().remove::<Shell>().unwrap_or(plain);
    let key = |part| format!("problem-{}-{part}", problem.name());
    let (heading, text) = (shell.t(&key("title")), shell.t(&key("text")));
    let shell = Shell {
        flash: None,
        ..shell.titled(&*heading)
    };
    let mut page = ProblemPage {
        shell,
        heading,
        text,
        incident: String::new(),
    };
    match &*problem {
        Problem::BadRequest(sentence) if !sentence.is_empty() => page.text.clone_from(sentence),
        Problem::TooMany(wait) => {
            let minutes = wait.as_secs().div_ceil(60).max(1);
            page.text = page.shell.t1(&key("text"), "minutes", minutes);
        }
        Problem::Internal(_) => incident.clone_into(&mut page.incident),
        _ => {}
    }
    let body = page.render().unwrap_or_else(|_| page.heading.clone());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(html::KIND));
    headers.remove(header::CONTENT_LENGTH);
    response.map(|_| body.into())
}
