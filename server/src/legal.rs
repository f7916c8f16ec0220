//! Legal pages, accessibility statement, help: paragraphs kept as texts.

use access::{Anyone, App};
use askama::Template;
use axum::{Router, response::IntoResponse, routing::get};
use web::{Html, Shell};

/// Sentences of these pages.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

#[derive(Template)]
#[template(path = "prose.html")]
struct Prose {
    shell: Shell,
    /// Heading and text of each part.
    parts: Vec<(String, String)>,
}

/// The pages, each with the stem of its texts: `{stem}-title`, `{stem}-1-title`, `{stem}-1`…
const PAGES: [(&str, &str); 4] = [
    ("/mentions-legales", "legal"),
    ("/donnees-personnelles", "privacy"),
    ("/accessibilite", "accessibility"),
    ("/aide", "help"),
];

pub(crate) fn routes() -> Router<App> {
    let pages = PAGES
        .into_iter()
        .fold(Router::new(), |routes, (path, stem)| {
            routes.route(
                path,
                get(move |anyone: Anyone| async move { page(anyone, stem) }),
            )
        });
    pages.route("/.well-known/security.txt", get(security))
}

fn page(anyone: Anyone, stem: &'static str) -> impl IntoResponse {
    let shell = anyone.shell;
    let title = shell.t(&format!("{stem}-title"));
    let shell = shell.titled(title);
    let parts = (1..)
        .map(|n| format!("{stem}-{n}"))
        .take_while(|key| shell.texts.has(shell.lang, key))
        .map(|key| (shell.t(&format!("{key}-title")), shell.t(&key)))
        .collect();
    Html(Prose { shell, parts })
}

/// RFC 9116.
async fn security(anyone: Anyone) -> String {
    let now = anyone.app.now();
    let expires = now
        .saturating_add(jiff::SignedDuration::from_hours(24 * 180))
        .unwrap_or(now);
    let origin = &anyone.app.site.origin;
    format!(
        "Contact: {origin}/aide\nExpires: {expires:.0}\nPreferred-Languages: fr, en\n\
         Canonical: {origin}/.well-known/security.txt\n"
    )
}
