use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, bail};
use axum::{Router, body::Body, extract::ConnectInfo};
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// How many redirects are followed before it must be a loop.
const REDIRECTS: usize = 10;
const BOUNDARY: &str = "carnet-visitor-boundary";

/// Somebody with a browser of their own.
pub struct Visitor {
    router: Router,
    origin: String,
    address: Option<SocketAddr>,
    cookies: Mutex<BTreeMap<String, String>>,
    csrf: Mutex<String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where the visitor ended up.
    pub path: String,
    /// Status of the last answer.
    pub status: StatusCode,
    /// Headers of the last answer.
    pub headers: http::HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the text holds a passage; a space that does not break a line is a space.
    pub fn has(&self, passage: &str) -> bool {
        let plain = |text: &str| text.replace('\u{a0}', " ");
        plain(&self.text()).contains(&plain(passage))
    }

    /// The text between the first `before` and the `after` that follows it.
    pub fn between(&self, before: &str, after: &str) -> Option<String> {
        let text = self.text();
        let from = text.find(before)? + before.len();
        let to = text[from..].find(after)? + from;
        Some(text[from..to].to_owned())
    }

    /// The same with character references read, as a browser reads an attribute.
    pub fn attribute(&self, before: &str, after: &str) -> Option<String> {
        self.between(before, after).map(|value| unescaped(&value))
    }

    /// Addresses of links that begin with `prefix`, in order.
    pub fn links(&self, prefix: &str) -> Vec<String> {
        let text = self.text();
        text.split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|href| href.starts_with(prefix))
            .map(unescaped)
            .collect()
    }

    /// What a reader sees, without tags and runs of white space: for messages of failing tests.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        let text = self.text();
        let main = text.find("<main").map_or(text.as_str(), |at| &text[at..]);
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => words.push(c),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Visitor {
    /// A visitor of the application at `origin`, with no cookie yet.
    pub fn new(router: Router, origin: &str) -> Self {
        Self {
            router,
            origin: origin.to_owned(),
            address: None,
            cookies: Mutex::default(),
            csrf: Mutex::default(),
        }
    }

    /// The same browser, led to another server of the same site.
    #[must_use]
    pub fn on(&self, router: Router) -> Self {
        let copy = |cookies: &Mutex<BTreeMap<String, String>>| {
            let cookies = cookies.lock().unwrap_or_else(PoisonError::into_inner);
            cookies.clone()
        };
        let csrf = self.csrf.lock().unwrap_or_else(PoisonError::into_inner);
        Self {
            router,
            origin: self.origin.clone(),
            address: self.address,
            cookies: Mutex::new(copy(&self.cookies)),
            csrf: Mutex::new(csrf.clone()),
        }
    }

    /// The same, whose requests come from an address of their own.
    #[must_use]
    pub fn at(mut self, address: IpAddr) -> Self {
        self.address = Some(SocketAddr::new(address, 50_000));
        self
    }

    /// Follows a link, and the redirects behind it.
    ///
    /// # Errors
    /// When redirects do not end, or the application breaks off.
    pub async fn get(&self, path: &str) -> anyhow::Result<Page> {
        self.walk(Method::GET, path, None).await
    }

    /// Sends a form, adding the token of the last page, and follows the redirects behind it.
    ///
    /// # Errors
    /// As [`Visitor::get`].
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Page> {
        let csrf = self.token();
        let mut form = vec![("csrf", csrf.as_str())];
        form.extend_from_slice(fields);
        let body = form
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let body = (
            "application/x-www-form-urlencoded".to_owned(),
            Bytes::from(body),
        );
        self.walk(Method::POST, path, Some(body)).await
    }

    /// Sends a form with files (field, file name, bytes).
    ///
    /// # Errors
    /// As [`Visitor::get`].
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> anyhow::Result<Page> {
        let csrf = self.token();
        let mut body = Vec::new();
        let mut part = |head: String, bytes: &[u8]| {
            body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            part(
                format!("Content-Disposition: form-data; name=\"{name}\""),
                value.as_bytes(),
            );
        }
        for (name, file, bytes) in files {
            let head = format!(
                "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream"
            );
            part(head, bytes);
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.walk(Method::POST, path, Some((kind, body.into())))
            .await
    }

    /// Sends a request as it is, with the visitor's cookies; follows nothing.
    ///
    /// # Errors
    /// When the application breaks off.
    pub async fn send(&self, mut request: Request<Body>) -> anyhow::Result<Page> {
        let cookies = lock(&self.cookies)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ");
        if !cookies.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, cookies.parse()?);
        }
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let path = request.uri().path().to_owned();
        let response = self.router.clone().oneshot(request).await?;
        let (head, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|error| anyhow::anyhow!("{error}"))?
            .to_bytes();
        for cookie in head.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str()?);
        }
        let page = Page {
            path,
            status: head.status,
            headers: head.headers,
            body,
        };
        if let Some(csrf) = page.between("name=\"csrf\" value=\"", "\"") {
            *lock(&self.csrf) = csrf;
        }
        Ok(page)
    }

    /// Forgets every cookie: another browser.
    pub fn forget(&self) {
        lock(&self.cookies).clear();
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        lock(&self.cookies).get(name).cloned()
    }

    async fn walk(
        &self,
        method: Method,
        path: &str,
        body: Option<(String, Bytes)>,
    ) -> anyhow::Result<Page> {
        let mut request = self.request(method, path);
        if let Some((kind, bytes)) = body {
            request
                .headers_mut()
                .insert(header::CONTENT_TYPE, kind.parse()?);
            *request.body_mut() = Body::from(bytes);
        }
        let mut page = self.send(request).await?;
        for _ in 0..REDIRECTS {
            if !page.status.is_redirection() {
                return Ok(page);
            }
            let to = page
                .headers
                .get(header::LOCATION)
                .context("a redirect to nowhere")?;
            let to = to.to_str()?.to_owned();
            let to = to.strip_prefix(&self.origin).unwrap_or(&to);
            page = self.send(self.request(Method::GET, to)).await?;
        }
        bail!("redirects without end from {path}")
    }

    fn request(&self, method: Method, path: &str) -> Request<Body> {
        Request::builder()
            .method(method)
            .uri(path)
            .header(
                header::HOST,
                self.origin.split("//").last().unwrap_or_default(),
            )
            .header("sec-fetch-site", "same-origin")
            .body(Body::empty())
            .expect("a path of ours")
    }

    fn keep(&self, cookie: &str) {
        let mut parts = cookie.split(';');
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let ends = parts.any(|part| part.trim().eq_ignore_ascii_case("max-age=0"));
        let mut cookies = lock(&self.cookies);
        if ends {
            cookies.remove(name.trim());
        } else {
            cookies.insert(name.trim().to_owned(), value.to_owned());
        }
    }

    fn token(&self) -> String {
        lock(&self.csrf).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Character references that templates write, as a browser reads them.
fn unescaped(text: &str) -> String {
    [
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (reference, character)| {
        text.replace(reference, character)
    })
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
