//! `/documents/directives/rediger`: the form, a few questions a page. Every button keeps what was
//! typed, so that one may stop anywhere and come back.

use std::collections::BTreeMap;

use access::{
    Act, Person,
    directives::{Standing, Typed},
};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Choice, Confirm, Errors, Fields, Html, Link, Problem, Shell};

use super::{
    PATH,
    models::{Kind, MODELS, Model, Question, SILENT, Step, words},
    page::trail,
};

/// Where the form begins.
pub(super) const FORM: &str = "/documents/directives/rediger";

/// Longest answer, in characters.
const LONGEST: usize = 4_000;

#[derive(Template)]
#[template(path = "directives_model.html")]
struct ModelPage {
    shell: Shell,
    trail: [Link; 3],
    errors: Errors,
    models: Vec<Choice>,
    model: String,
    protected: bool,
}

#[derive(Template)]
#[template(path = "directives_step.html")]
struct StepPage {
    shell: Shell,
    trail: [Link; 3],
    steps: Vec<String>,
    current: usize,
    lead: String,
    address: String,
    errors: Errors,
    asked: Vec<Asked>,
}

/// A question as the page asks it.
struct Asked {
    kind: Kind,
    name: String,
    label: String,
    hint: String,
    value: String,
    choices: Vec<Choice>,
    words: String,
    words_value: String,
}

/// `GET …/rediger`: which of the two models.
pub(crate) async fn choose(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::WriteDirectives).await?;
    let typed = clearance.typed_directives().await?;
    let standing = Standing::of(&person.viewer, clearance.policy(), person.app.now());
    let model = typed.map_or_else(String::new, |typed| typed.model);
    let protected = standing == Standing::Protected;
    Ok(Html(ModelPage::of(
        &person.shell,
        model,
        protected,
        Errors::new(),
    )))
}

impl ModelPage {
    fn of(shell: &Shell, model: String, protected: bool, errors: Errors) -> Self {
        let title = shell.t("directives-write-title");
        let choice = |model: &Model| {
            let key = format!("directives-model-{}", model.code);
            Choice::new(model.code, shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
        };
        Self {
            trail: trail(shell, &title),
            errors,
            models: MODELS.iter().map(choice).collect(),
            model,
            protected,
            shell: shell.clone().titled(title),
        }
    }
}

/// `POST …/rediger`: what was typed before stays, as far as the other model asks it too.
pub(crate) async fn chosen(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::WriteDirectives).await?;
    let Some(model) = Model::of(fields.get("modele")) else {
        let mut errors = Errors::new();
        errors.add("modele", person.shell.t("directives-model-missing"));
        let standing = Standing::of(&person.viewer, clearance.policy(), person.app.now());
        let protected = standing == Standing::Protected;
        let page = ModelPage::of(&person.shell, String::new(), protected, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let now = person.app.now();
    clearance
        .keep_typed_directives(|before| Typed {
            model: model.code.to_owned(),
            answers: before
                .map(|typed| typed.answers.clone())
                .unwrap_or_default(),
            at: now,
        })
        .await?;
    Ok(Redirect::to(&format!("{FORM}/{}", model.steps[0].code)).into_response())
}

/// What is being written and its model; nothing has begun otherwise.
pub(super) async fn begun(person: &Person) -> Result<Option<(&'static Model, Typed)>, Problem> {
    let clearance = person.enter(Act::WriteDirectives).await?;
    let typed = clearance.typed_directives().await?;
    Ok(typed.and_then(|typed| Some((Model::of(&typed.model)?, typed))))
}

/// `GET …/rediger/{step}`.
pub(crate) async fn page(person: Person, Path(step): Path<String>) -> Result<Response, Problem> {
    let Some((model, typed)) = begun(&person).await? else {
        return Ok(Redirect::to(FORM).into_response());
    };
    let place = model.place(&step).ok_or(Problem::NotFound)?;
    let page = StepPage::of(&person.shell, model, place, &typed.answers, Errors::new());
    Ok(Html(page).into_response())
}

/// The names of the pages, for the way through.
pub(super) fn names(shell: &Shell, model: &Model) -> Vec<String> {
    let names = model.steps.iter().map(|step| step.code).chain(["relire"]);
    names
        .map(|code| shell.t(&format!("directives-step-{code}")))
        .collect()
}

impl StepPage {
    fn of(
        shell: &Shell,
        model: &Model,
        place: usize,
        answers: &BTreeMap<String, String>,
        errors: Errors,
    ) -> Self {
        let step = &model.steps[place];
        let title = shell.t(&format!("directives-step-{}", step.code));
        Self {
            trail: trail(shell, &title),
            steps: names(shell, model),
            current: place + 1,
            lead: shell.t(&format!("directives-lead-{}", step.code)),
            address: format!("{FORM}/{}", step.code),
            errors,
            asked: step
                .questions
                .iter()
                .map(|one| Asked::of(one, answers, shell))
                .collect(),
            shell: shell.clone().titled(title),
        }
    }
}

impl Asked {
    fn of(question: &Question, answers: &BTreeMap<String, String>, shell: &Shell) -> Self {
        let typed = |field: &str| answers.get(field).cloned().unwrap_or_default();
        let words = words(question.code);
        let value = typed(question.code);
        let choices = match question.kind {
            Kind::Pick(all) | Kind::Wish(all) => all,
            Kind::Line | Kind::Text => &[],
        };
        Self {
            kind: question.kind,
            name: question.code.to_owned(),
            label: shell.t(&format!("directives-q-{}", question.code)),
            hint: shell.t(&format!("directives-h-{}", question.code)),
            value: match (value.as_str(), question.kind) {
                ("", Kind::Wish(_)) => SILENT.to_owned(),
                ("", Kind::Pick(all)) => all.first().copied().unwrap_or_default().to_owned(),
                _ => value,
            },
            choices: choices
                .iter()
                .map(|one| Choice::new(*one, shell.t(&format!("directives-choice-{one}"))))
                .collect(),
            words_value: typed(&words),
            words,
        }
    }
}

/// What was typed on a page, and what is wrong with it.
fn read(step: &Step, fields: &Fields, shell: &Shell) -> (BTreeMap<String, String>, Errors) {
    let mut errors = Errors::new();
    let mut answers = BTreeMap::new();
    for field in step.fields() {
        let text = fields.get(&field).replace("\r\n", "\n");
        let long = text.chars().count();
        if long > LONGEST {
            let over = long - LONGEST;
            errors.add(&field, shell.t1("directives-long", "count", over));
        } else if let Some(lacking) = pdf::write::lacks(&text) {
            let said = shell.t1("directives-lacks", "character", lacking.to_string());
            errors.add(&field, said);
        }
        answers.insert(field, text);
    }
    for question in step.questions {
        let choice = matches!(question.kind, Kind::Pick(_) | Kind::Wish(_));
        let typed = answers.get(question.code).map_or("", String::as_str);
        if choice && !typed.is_empty() && question.chosen(typed).is_none() {
            errors.add(question.code, shell.t("directives-choice-bad"));
        }
    }
    (answers, errors)
}

/// `POST …/rediger/{step}`: keeps what was typed, then goes where the button says.
pub(crate) async fn submit(
    person: Person,
    Path(step): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let Some((model, _)) = begun(&person).await? else {
        return Ok(Redirect::to(FORM).into_response());
    };
    let place = model.place(&step).ok_or(Problem::NotFound)?;
    let (answers, errors) = read(&model.steps[place], &fields, &person.shell);
    if !errors.is_empty() {
        let page = StepPage::of(&person.shell, model, place, &answers, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let now = person.app.now();
    let clearance = person.enter(Act::WriteDirectives).await?;
    clearance
        .keep_typed_directives(|before| {
            let mut all = before
                .map(|typed| typed.answers.clone())
                .unwrap_or_default();
            all.extend(answers.clone());
            all.retain(|_, text| !text.is_empty());
            Typed {
                model: model.code.to_owned(),
                answers: all,
                at: now,
            }
        })
        .await?;
    let next = match fields.get("suite") {
        "plus-tard" => {
            let said = person.shell.t("directives-typed-kept");
            person.say(said).await?;
            return Ok(Redirect::to(PATH).into_response());
        }
        "retour" => match place.checked_sub(1) {
            Some(before) => format!("{FORM}/{}", model.steps[before].code),
            None => FORM.to_owned(),
        },
        _ => match model.steps.get(place + 1) {
            Some(next) => format!("{FORM}/{}", next.code),
            None => format!("{FORM}/relire"),
        },
    };
    Ok(Redirect::to(&next).into_response())
}

/// `GET …/brouillon/supprimer`: the question.
pub(crate) async fn ask_drop(person: Person) -> Result<Html<Confirm>, Problem> {
    person.enter(Act::WriteDirectives).await?;
    let shell = person.shell;
    let question = shell.t("directives-drop-question");
    Ok(Html(Confirm {
        consequences: vec![shell.t("directives-drop-consequence")],
        action: "/documents/directives/brouillon/supprimer".to_owned(),
        hidden: vec![],
        button: shell.t("directives-drop"),
        danger: true,
        cancel_href: PATH.to_owned(),
        shell: shell.titled(&*question),
        question,
    }))
}

/// `POST …/brouillon/supprimer`.
pub(crate) async fn drop_typed(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::WriteDirectives).await?;
    clearance.drop_typed_directives().await?;
    let said = person.shell.t("directives-drop-done");
    person.say(said).await?;
    Ok(Redirect::to(PATH))
}
