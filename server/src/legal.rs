//! Legal pages, accessibility statement, help: paragraphs kept as texts, and what the settings say
//! of who runs the installation.

use std::sync::Arc;

use access::{Anyone, App};
use askama::Template;
use axum::{Router, response::IntoResponse, routing::get};
use web::{Html, Shell};

use crate::settings::Settings;

/// Sentences of these pages.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// Who runs the installation, as the law wants it named. Empty where the settings do not say.
#[derive(Debug, Clone, Default)]
pub struct Legal {
    /// What is told, by the key of its label.
    told: Vec<(&'static str, String)>,
    dpo: String,
    contact: String,
    /// Where to report a vulnerability; empty for the help page.
    security: String,
    /// Until when that holds, as a day; empty for half a year.
    expires: String,
}

#[derive(Template)]
#[template(path = "prose.html")]
struct Prose {
    shell: Shell,
    /// Heading and text of each part.
    parts: Vec<(String, String)>,
}

/// The pages, each with the stem of its texts: `{stem}-title`, `{stem}-1-title`, `{stem}-1`…
const PAGES: [(&str, &str); 5] = [
    ("/mentions-legales", "legal"),
    ("/donnees-personnelles", "privacy"),
    ("/conditions-utilisation", "terms"),
    ("/accessibilite", "accessibility"),
    ("/aide", "help"),
];

impl Legal {
    /// As the settings say.
    pub fn of(settings: &Settings) -> Self {
        let own = |name| settings.get(name).to_owned();
        let told = [
            ("legal-operator", own("legal.operator")),
            ("legal-director", own("legal.director")),
            ("legal-host", own("legal.host")),
            ("legal-contact", own("legal.contact")),
        ];
        Self {
            told: told
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            dpo: own("legal.dpo"),
            contact: own("legal.contact"),
            security: own("security.contact"),
            expires: own("security.expires"),
        }
    }

    /// A part whose text is what the settings say, when they do.
    fn part(&self, key: &str, shell: &Shell) -> Option<String> {
        match key {
            "legal-2" if !self.told.is_empty() => {
                let lines = self.told.iter();
                let lines = lines.map(|(label, value)| shell.t1(label, "value", value));
                Some(lines.collect::<Vec<_>>().join("\n\n"))
            }
            "privacy-4" if !self.dpo.is_empty() => {
                let dpo = shell.t1("privacy-dpo", "value", &self.dpo);
                Some(format!("{}\n\n{dpo}", shell.t(key)))
            }
            "accessibility-5" if !self.contact.is_empty() => {
                let contact = shell.t1("legal-contact", "value", &self.contact);
                Some(format!("{contact}\n\n{}", shell.t(key)))
            }
            _ => None,
        }
    }
}

pub(crate) fn routes(legal: &Arc<Legal>) -> Router<App> {
    let pages = PAGES
        .into_iter()
        .fold(Router::new(), |routes, (path, stem)| {
            let legal = Arc::clone(legal);
            let page = move |anyone: Anyone| {
                let legal = Arc::clone(&legal);
                async move { page(anyone, &legal, stem) }
            };
            routes.route(path, get(page))
        });
    let legal = Arc::clone(legal);
    let security = move |anyone: Anyone| async move { security(&anyone, &legal) };
    pages.route("/.well-known/security.txt", get(security))
}

fn page(anyone: Anyone, legal: &Legal, stem: &'static str) -> impl IntoResponse + use<> {
    let shell = anyone.shell;
    let title = shell.t(&format!("{stem}-title"));
    let shell = shell.titled(title);
    let parts = (1..)
        .map(|n| format!("{stem}-{n}"))
        .take_while(|key| shell.texts.has(shell.lang, key))
        .map(|key| {
            let text = legal.part(&key, &shell).unwrap_or_else(|| shell.t(&key));
            (shell.t(&format!("{key}-title")), text)
        })
        .collect();
    Html(Prose { shell, parts })
}

/// RFC 9116.
fn security(anyone: &Anyone, legal: &Legal) -> String {
    let now = anyone.app.now();
    let origin = &anyone.app.site.origin;
    let contact = match legal.security.as_str() {
        "" => format!("{origin}/aide"),
        told => told.to_owned(),
    };
    let expires = match legal.expires.as_str() {
        "" => {
            let half_a_year = jiff::SignedDuration::from_hours(24 * 180);
            format!("{:.0}", now.saturating_add(half_a_year).unwrap_or(now))
        }
        day => format!("{day}T23:59:59Z"),
    };
    format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: fr, en\n\
         Canonical: {origin}/.well-known/security.txt\n"
    )
}
