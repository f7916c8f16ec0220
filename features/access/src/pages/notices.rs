//! « Notifications »: what others did in the space, with what is new first to the eye.

use ambient::Id;
use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect},
};
use serde::Deserialize;
use web::{Fields, Html, Link, Problem, Shell};

use super::words::{Line, Run, by_day};
use crate::{Act, Cursor, Person, Told, journal::Notice};

/// This page.
const PATH: &str = "/notifications";
/// Notices on a page.
const PAGE: usize = 30;

/// What is shown: all, or what is new alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shown {
    #[default]
    Toutes,
    NonLues,
}

impl Shown {
    const ALL: [(Self, &'static str, &'static str); 2] = [
        (Self::Toutes, "toutes", "notices-show-all"),
        (Self::NonLues, "non-lues", "notices-show-new"),
    ];

    fn value(self) -> &'static str {
        let found = Self::ALL.into_iter().find(|(one, ..)| *one == self);
        found.map_or("toutes", |(_, value, _)| value)
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    avant: Option<Cursor>,
    #[serde(default)]
    voir: Shown,
}

#[derive(Debug, Template)]
#[template(path = "notices.html")]
struct Page {
    shell: Shell,
    days: Vec<(String, Vec<Run<Row>>)>,
    shown: Vec<(Link, bool)>,
    only_new: bool,
    any_new: bool,
    /// Something on the page is read, and can be taken off it.
    any_read: bool,
    older: String,
    newest: String,
}

#[derive(Debug)]
struct Row {
    line: Line,
    /// The name of its line, to mark it by.
    id: Id,
    /// Where it leads.
    to: Option<Link>,
}

pub(super) async fn page(
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let shown = asked.voir;
    let only_new = shown == Shown::NonLues;
    let page = clearance.told_page(asked.avant, PAGE, only_new).await?;
    let lines = page.told.iter().map(|told| &told.trace);
    let subjects = clearance.lead_to(lines).await?;
    let now = person.app.now();
    let title = person.shell.t("notices-title");
    let shell = person.shell.titled(title);
    let any_read = page.told.iter().any(|told| !told.new);
    let rows = page.told.iter().zip(subjects).map(|(told, subject)| Row {
        line: Line {
            new: told.new,
            ..Line::of(&told.trace, &shell, now)
        },
        id: told.trace.id,
        to: match subject {
            Some(id) => Some(Link::new(
                format!("/documents/{id}"),
                shell.t("notices-open"),
            )),
            None => leads(told, &shell),
        },
    });
    let address = |shown: Shown| format!("{PATH}?voir={}", shown.value());
    let older = page
        .next
        .map(|next| format!("{}&avant={next}", address(shown)));
    Ok(Html(Page {
        days: by_day(rows, |row| &row.line),
        shown: Shown::ALL
            .map(|(each, _, key)| (Link::new(address(each), shell.t(key)), each == shown))
            .into(),
        only_new,
        any_read,
        any_new: shell.notices_count > 0,
        older: older.unwrap_or_default(),
        newest: asked.avant.map_or_else(String::new, |_| address(shown)),
        shell,
    }))
}

/// Where the rest is to be seen, of what is about no document.
fn leads(told: &Told, shell: &Shell) -> Option<Link> {
    let (href, key) = match told.trace.notice()? {
        Notice::Opened
        | Notice::Emergency
        | Notice::EmergencyOfRelative
        | Notice::BlockedAttempt
        | Notice::Answered => ("/acces", "notices-open-access"),
        Notice::ShareOpened | Notice::NoteLeft => ("/partages", "notices-open-shares"),
        Notice::Changed | Notice::ArchiveReady => ("/parametres", "notices-open-settings"),
        // What it is about says where it is.
        Notice::ToReview => ("/documents/directives", "notices-open-review"),
        Notice::Added
        | Notice::Consulted
        | Notice::Disclosed
        | Notice::Withdrawn
        | Notice::Reported => return None,
    };
    Some(Link::new(href, shell.t(key)))
}

pub(super) async fn read_all(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    person.enter(Act::ReadSettings).await?.seen_all().await?;
    Ok(Redirect::to(PATH))
}

/// Takes what is read off the list; it stays in the history.
pub(super) async fn clear(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    person.enter(Act::ReadSettings).await?.clear_read().await?;
    let said = person.shell.t("notices-cleared");
    person.say(said).await?;
    Ok(Redirect::to(PATH))
}

/// Marks one notice as read, or as not read.
pub(super) async fn mark(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let line = fields.get("ligne").parse();
    let line = line.map_err(|_| Problem::NotFound)?;
    let read = fields.get("lue") == "oui";
    let clearance = person.enter(Act::ReadSettings).await?;
    clearance.mark_notice(line, read).await?;
    Ok(Redirect::to(match fields.get("voir") {
        "non-lues" => "/notifications?voir=non-lues",
        _ => PATH,
    }))
}
