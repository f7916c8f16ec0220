//! Page shell, forms, texts, errors and security headers.
//!
//! # Pages in another crate
//! The crate says in its `askama.toml` where templates are:
//! ```toml
//! [general]
//! dirs = ["templates", "../../platform/web/templates"]
//! ```
//! A page is a struct with a field `shell`, and a template that extends the shell:
//! ```html
//! {% extends "shell.html" %}
//! {% import "components.html" as ui %}
//! {% block main %}
//! <h1>{{ shell.title }}</h1>
//! {% call ui::field(name="nom", label=shell.t("nom"), value=fields.get("nom"), error=errors.get("nom")) %}{% endcall %}
//! {% endblock %}
//! ```
//! and its handler answers `Html(page)`, or a [`Problem`]; a form that has errors is the
//! same page again, with its [`Fields`] and [`Errors`]. A form that did something leaves
//! a message ([`Flash::leave`]) and redirects.
//!
//! Blocks of the shell: `head`, `top` (beside the logo), `patient` (the banner that stays
//! on top for people at work: `<section class="patient" aria-label="…">`), `breadcrumb`,
//! `main`. Classes for layout: `grid` and `grid three` (cards), `split` (content and what
//! stands beside it), `items` (a list of `ui::item`), `facts` (a list of `ui::fact`),
//! `tiles` (a list of `ui::tile`), `timeline` (a list of `ui::event`), `filters` (a search
//! form), `gate` (sign-in), `prose` (long texts), `actions` (buttons in a row),
//! `section-head`, `month`, `day`, `lead`, `hint`, `quiet`, `sr` (for screen readers only).
//! [`gallery`] shows every component; `docs/design.md` says why they look so.
//!
//! # The server
//! builds one [`Site`], and wraps pages with [`Site::pages`], machine routes with
//! [`Site::machines`]. A route that takes files adds
//! `DefaultBodyLimit::max(bytes)` of its own and reads with [`multipart::read`].

mod assets;
pub mod chart;
mod confirm;
mod cookies;
mod csrf;
mod csv;
pub mod dates;
mod fields;
mod flash;
pub mod gallery;
mod headers;
mod html;
pub mod icon;
mod lang;
pub mod multipart;
pub mod names;
mod problem;
mod qr;
mod shell;
mod site;
mod stream;
mod texts;

pub use assets::url as asset_url;
pub use confirm::Confirm;
pub use cookies::Cookie;
pub use csrf::Csrf;
pub use csv::Csv;
pub use fields::{Errors, Fields};
pub use flash::{Flash, Tone};
pub use html::Html;
pub use lang::Lang;
pub use multipart::{Limits, Upload};
pub use problem::Problem;
pub use qr::Qr;
pub use shell::{Audience, Choice, Idle, Link, NavItem, Shell, Who};
pub use site::{RequestId, Site, is_local};
pub use stream::streamed;
pub use texts::{Argument, OWN_TEXTS, Texts, TextsError};
