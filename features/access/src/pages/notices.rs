//! « Notifications »: what others did in the space, with what is new first to the eye.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use web::{Fields, Html, Problem, Shell};

use super::words::{Line, by_day};
use crate::{Act, Person};

#[derive(Debug, Template)]
#[template(path = "notices.html")]
struct Page {
    shell: Shell,
    days: Vec<(String, Vec<Line>)>,
    any_new: bool,
}

pub(super) async fn page(person: Person) -> Result<impl IntoResponse, Problem> {
    let told = person.enter(Act::ReadSettings).await?.told().await?;
    let now = person.app.now();
    let title = person.shell.t("notices-title");
    let shell = person.shell.titled(title);
    Ok(Html(Page {
        any_new: told.iter().any(|told| told.new),
        days: by_day(told.iter().map(|told| Line {
            new: told.new,
            ..Line::of(&told.trace, &shell, now)
        })),
        shell,
    }))
}

pub(super) async fn read_all(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    person.enter(Act::ReadSettings).await?.seen_all().await?;
    Ok(Redirect::to("/notifications"))
}
