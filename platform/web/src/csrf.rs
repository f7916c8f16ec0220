use aws_lc_rs::{constant_time, hmac};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, Method, header};

use crate::Problem;

/// The token that ties a form to the session that received the page.
///
/// Derived from the session's own secret, so that nothing more is stored and it
/// changes whenever the session does. Before sign-in, a short-lived cookie with
/// a random secret plays the session's part.
#[derive(Debug, Clone)]
pub struct Csrf(String);

impl Csrf {
    /// The hidden field's name.
    pub const FIELD: &'static str = "csrf";

    /// The token of the session that holds `secret` (its cookie's value, at least 16 random bytes).
    pub fn of(secret: &[u8]) -> Csrf {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let tag = hmac::sign(&key, b"carnet csrf 1");
        Csrf(BASE64_URL_SAFE_NO_PAD.encode(tag.as_ref()))
    }

    /// The token as written in forms; see [`crate::Shell::csrf`].
    pub fn token(&self) -> &str {
        &self.0
    }

    /// Checks a posted token, in constant time.
    ///
    /// # Errors
    /// [`Problem::Expired`] when it is another one: most often a page left open over a new sign-in.
    pub fn verify(&self, posted: &str) -> Result<(), Problem> {
        constant_time::verify_slices_are_equal(self.0.as_bytes(), posted.as_bytes())
            .map_err(|_| Problem::Expired)
    }
}

/// Refuses an unsafe method that a page of another site sent; `origin` is ours (`https://host`).
///
/// Every browser since 2020 says so in `Sec-Fetch-Site` or at least in `Origin`;
/// a request with neither is no browser's form and still needs its token.
pub(crate) async fn same_origin(origin: &str, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || comes_from_us(request.headers(), origin) {
        next.run(request).await
    } else {
        Problem::Forbidden.into_response()
    }
}

fn comes_from_us(headers: &HeaderMap, origin: &str) -> bool {
    let header = |name| {
        headers
            .get(name)
            .map(|value: &http::HeaderValue| value.to_str().unwrap_or("?"))
    };
    match (header("sec-fetch-site"), header(header::ORIGIN.as_str())) {
        // « none »: the reader's own doing (a reload), which no page can bring about.
        (Some("same-origin" | "none"), _) => true,
        // Under `Referrer-Policy: no-referrer`, browsers too old for Sec-Fetch-Site say
        // « null » for our own forms; the token decides.
        (None, Some(from)) => from == origin || from == "null",
        (None, None) => true,
        (Some(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_session() {
        let csrf = Csrf::of(b"the secret of a session");
        assert!(
            csrf.verify(Csrf::of(b"the secret of a session").token())
                .is_ok()
        );
        for other in ["", "x", Csrf::of(b"another session").token()] {
            assert!(matches!(csrf.verify(other), Err(Problem::Expired)));
        }
    }

    #[test]
    fn requests_from_other_sites_are_told_apart() {
        let from = |site: Option<&'static str>, origin: Option<&'static str>| {
            let pairs = [("sec-fetch-site", site), ("origin", origin)];
            let headers = pairs.into_iter().filter_map(|(name, value)| {
                Some((
                    http::HeaderName::from_static(name),
                    http::HeaderValue::from_static(value?),
                ))
            });
            comes_from_us(&headers.collect(), "https://carnet.example")
        };
        assert!(from(Some("same-origin"), Some("null")));
        assert!(from(None, Some("https://carnet.example")));
        assert!(from(Some("none"), None) && from(None, Some("null")) && from(None, None));
        assert!(!from(Some("cross-site"), Some("https://carnet.example")));
        assert!(!from(Some("same-site"), None));
        assert!(!from(None, Some("https://evil.example")));
    }
}
