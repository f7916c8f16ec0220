//! `/documents/directives/rediger/relire`: everything that was typed, then the paper.

use access::{Act, Person};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell, dates};

use super::{
    PATH, add,
    form::{self, FORM},
    keep::keep,
    models::Model,
    page::trail,
    paper::{self, Author},
};
use crate::{
    add::{Kept, hiding},
    brought::{Brought, Described},
    reading::blocking,
    uploads::sentence,
};

#[derive(Template)]
#[template(path = "directives_review.html")]
struct ReviewPage {
    shell: Shell,
    trail: [Link; 3],
    steps: Vec<String>,
    errors: Errors,
    fields: Fields,
    said: Vec<Said>,
    visibilities: Vec<Choice>,
}

/// A page of the form, as it was filled in.
struct Said {
    title: String,
    href: String,
    /// Questions and answers.
    answers: Vec<(String, String)>,
}

impl ReviewPage {
    fn of(
        shell: &Shell,
        model: &Model,
        typed: &access::directives::Typed,
        (fields, errors): (Fields, Errors),
    ) -> Self {
        let title = shell.t("directives-step-relire");
        let answers = |step: &super::models::Step| {
            let all = step.questions.iter().filter_map(|question| {
                let said = paper::answer(question, &typed.answers, |key| shell.t(key));
                let label = shell.t(&format!("directives-q-{}", question.code));
                (!said.is_empty()).then_some((label, said))
            });
            all.collect()
        };
        let said = model.steps.iter().map(|step| Said {
            title: shell.t(&format!("directives-step-{}", step.code)),
            href: format!("{FORM}/{}", step.code),
            answers: answers(step),
        });
        Self {
            trail: trail(shell, &title),
            steps: form::names(shell, model),
            errors,
            fields,
            said: said.collect(),
            visibilities: add::visibilities(shell),
            shell: shell.clone().titled(title),
        }
    }
}

/// Shows it.
pub(crate) async fn page(person: Person) -> Result<Response, Problem> {
    let Some((model, typed)) = form::begun(&person).await? else {
        return Ok(Redirect::to(FORM).into_response());
    };
    let form = (add::begun(&person).await?, Errors::new());
    Ok(Html(ReviewPage::of(&person.shell, model, &typed, form)).into_response())
}

/// Makes the paper and keeps it, in the place of what held; what was typed goes.
pub(crate) async fn submit(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let Some((model, typed)) = form::begun(&person).await? else {
        return Ok(Redirect::to(FORM).into_response());
    };
    let (app, shell) = (&person.app, person.shell.clone());
    let mut errors = Errors::new();
    let hidden = fields.get("visibilite") == "masque";
    if !hidden && fields.get("visibilite") != "visible" {
        errors.add("visibilite", shell.t("documents-visibility-missing"));
    }
    if !paper::says_something(model, &typed.answers) {
        errors.add("visibilite", shell.t("directives-says-nothing"));
    }
    let again = |errors| {
        let page = ReviewPage::of(&shell, model, &typed, (fields.clone(), errors));
        (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()
    };
    if !errors.is_empty() {
        return Ok(again(errors));
    }
    let clearance = person.enter(Act::WriteDirectives).await?;
    let author = Author::of(clearance.policy());
    let (now, rules) = (app.now(), app.gate.rules());
    let (answers, texts) = (typed.answers.clone(), shell.texts.clone());
    let made = blocking(move || {
        let today = dates::today(now);
        let paper = paper::paper(model, &answers, &author, today, &texts);
        let bytes = pdf::write::write(&paper)?;
        Brought::read(String::new(), bytes, usize::MAX, &rules.types)
            .map_err(|_| anyhow::anyhow!("a paper of ours is not fit"))
    });
    let file = made.await??;
    let described = Described {
        title: shell.texts.get(web::Lang::Fr, "directives-title"),
        made: now,
        kind: add::kind(&person)?,
        flags: hiding(hidden),
    };
    match keep(&person, &file, &described).await? {
        // The very same paper, sent twice, is there already.
        Kept::New(_) | Kept::Already(..) => {}
        Kept::Not(unfit) => {
            let mut errors = Errors::new();
            errors.add(
                "visibilite",
                sentence(&shell, unfit, app.limits.document_bytes),
            );
            return Ok(again(errors));
        }
    }
    let clearance = person.enter(Act::WriteDirectives).await?;
    clearance.drop_typed_directives().await?;
    person.say(shell.t("directives-written")).await?;
    Ok(Redirect::to(PATH).into_response())
}
