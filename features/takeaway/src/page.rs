//! `/parametres/emporter`: asks for an archive, and says how far it is.

use access::{Act, Person, Stage, TakeAway};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use web::{Fields, Html, Link, Problem, Shell, dates, names};

use crate::pack;

/// Where it is asked for.
pub(crate) const HERE: &str = "/parametres/emporter";

#[derive(Template)]
#[template(path = "take-away.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    /// It is being made: hundredths that are done.
    making: Option<u8>,
    /// It can be taken.
    ready: Option<Ready>,
    failed: bool,
}

struct Ready {
    count: usize,
    size: String,
    until: String,
}

/// `GET /parametres/emporter`.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::TakeAway).await?;
    let found = clearance.take_away().await?;
    let (shell, now) = (&person.shell, person.app.now());
    let ready = |one: &TakeAway| Ready {
        count: one.count,
        size: names::size(one.size(), shell.lang),
        until: one
            .until
            .map_or_else(String::new, |until| dates::moment(until, now, shell.lang)),
    };
    let title = shell.t("take-away-title");
    let failed = |one: &TakeAway| {
        one.stage == Stage::Failed || one.stage == Stage::Making && !one.is_under_way(now)
    };
    Ok(Html(Page {
        trail: [
            Link::new("/parametres", shell.t("nav-settings")),
            Link::new("", &*title),
        ],
        making: found
            .as_ref()
            .filter(|one| one.is_under_way(now))
            .map(|one| one.percent),
        ready: found.as_ref().filter(|one| one.is_there(now)).map(ready),
        failed: found.as_ref().is_some_and(failed),
        shell: shell.clone().titled(title),
    }))
}

/// `POST /parametres/emporter`.
pub(crate) async fn ask(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let app = &person.app;
    let clearance = person.enter(Act::TakeAway).await?;
    let old = clearance
        .ask_take_away(|asked| pack::enqueue(app, asked))
        .await?;
    for part in old {
        app.gate.drop_file(&part).await?;
    }
    Ok(Redirect::to(HERE).into_response())
}
