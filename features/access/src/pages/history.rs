//! « Historique d’activité »: everything done in the space, newest first.

use askama::Template;
use axum::{extract::Query, response::IntoResponse};
use serde::Deserialize;
use web::{Html, Link, Problem, Shell};

use super::words::{Line, by_day};
use crate::{
    Act, Cursor, Person,
    journal::{Trace, Who},
};

/// Lines read for a page; a filter may show fewer.
const PAGE: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    avant: Option<Cursor>,
    #[serde(default)]
    qui: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Filter {
    #[default]
    Tous,
    Professionnels,
    Moi,
    Logiciels,
}

impl Filter {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Tous, "tous", "history-filter-all"),
        (
            Self::Professionnels,
            "professionnels",
            "history-filter-professionals",
        ),
        (Self::Moi, "moi", "history-filter-mine"),
        (Self::Logiciels, "logiciels", "history-filter-software"),
    ];

    fn keeps(self, trace: &Trace) -> bool {
        match self {
            Self::Tous => true,
            Self::Professionnels => {
                matches!(trace.who, Who::Professional { .. } | Who::Bearer { .. })
            }
            Self::Moi => matches!(trace.who, Who::Holder | Who::Representative { .. }),
            Self::Logiciels => matches!(trace.who, Who::Software { .. } | Who::System),
        }
    }

    fn value(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(filter, ..)| *filter == self)
            .map_or("tous", |(_, value, _)| value)
    }
}

#[derive(Debug, Template)]
#[template(path = "history.html")]
struct Page {
    shell: Shell,
    filters: Vec<(Link, bool)>,
    days: Vec<(String, Vec<Line>)>,
    older: String,
    newest: String,
}

pub(super) async fn page(
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadHistory).await?;
    let contests = clearance.contests().await?;
    let page = clearance.history(asked.avant, PAGE).await?;
    let now = person.app.now();
    let title = person.shell.t("history-title");
    let shell = person.shell.titled(title);
    let filter = asked.qui;
    let older = page
        .next
        .map(|next| format!("/historique?qui={}&avant={next}", filter.value()));
    let lines = page.lines.iter().filter(|trace| filter.keeps(trace));
    Ok(Html(Page {
        days: by_day(
            lines.map(|trace| {
                let mut line = Line::of(trace, &shell, now);
                let contested = contests.iter().find(|(_, one)| one.at == trace.at);
                if let (Some((id, _)), false) = (contested, line.contest.is_empty()) {
                    line.thread = format!("/acces/contestations/{id}");
                }
                line
            }),
            |line| line.day.clone(),
        ),
        filters: Filter::ALL
            .map(|(each, value, key)| {
                (
                    Link::new(format!("/historique?qui={value}"), shell.t(key)),
                    each == filter,
                )
            })
            .into(),
        older: older.unwrap_or_default(),
        newest: if asked.avant.is_some() {
            format!("/historique?qui={}", filter.value())
        } else {
            String::new()
        },
        shell,
    }))
}
