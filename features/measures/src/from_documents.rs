//! `/mesures/documents`: whether values of one's documents are shown among measures. The one place
//! where that is said.

use access::{Act, Person, Plan, Refused, kinds, policy::draft};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use vault::Volume;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell};

#[derive(Template)]
#[template(path = "measures_documents.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    choices: Vec<Choice>,
    value: &'static str,
    errors: Errors,
}

/// Shows the choice.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let on = clearance.policy().settings.measures_from_documents;
    Ok(Html(Page::of(&person.shell, on, Errors::new())))
}

impl Page {
    fn of(shell: &Shell, on: bool, errors: Errors) -> Self {
        let title = shell.t("measures-documents-title");
        let choice = |value: &str| {
            let key = format!("measures-documents-{value}");
            Choice::new(value, shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
        };
        Self {
            trail: [
                Link::new("/mesures", shell.t("measures-title")),
                Link::new("", &*title),
            ],
            choices: ["oui", "non"].map(choice).into(),
            value: if on { "oui" } else { "non" },
            errors,
            shell: shell.clone().titled(title),
        }
    }
}

/// Keeps the choice: from here on values are there, or are gone.
pub(crate) async fn submit(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let on = match fields.get("reprise") {
        "oui" => true,
        "non" => false,
        _ => {
            let mut errors = Errors::new();
            errors.add("reprise", person.shell.t("measures-documents-missing"));
            let page = Html(Page::of(&person.shell, false, errors));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let clearance = person.enter(Act::ChangeSettings).await?;
    clearance
        .act(|scope| {
            let mut settings = scope.policy().settings.clone();
            settings.measures_from_documents = on;
            let (kind, id) = (kinds::SETTINGS, kinds::only::SETTINGS);
            let entry = scope.over(draft(Volume::Policy, kind, id, &settings));
            Ok::<_, Refused>(Plan::new(()).writing(vec![entry]))
        })
        .await?;
    let said = match on {
        true => person.shell.t("measures-documents-on"),
        false => person.shell.t("measures-documents-off"),
    };
    person.say(said).await?;
    Ok(Redirect::to("/mesures").into_response())
}
