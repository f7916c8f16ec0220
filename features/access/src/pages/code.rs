//! The code at the counter: made here, shown as a square to scan and as six digits.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Link, Problem, Qr, Shell, dates};

use crate::{Act, Lasting, Person, Plan, Refused, counter::CounterCode};

const PAGE: &str = "/acces/code";

#[derive(Debug, Template)]
#[template(path = "code.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    /// The code that can be shown now.
    shown: Option<Shown>,
    /// Professions to choose from.
    professions: Vec<Choice>,
    durations: Vec<Choice>,
    duration: String,
    fields: Fields,
    errors: Errors,
}

#[derive(Debug)]
struct Shown {
    qr: Option<Qr>,
    /// « 482 913 ».
    digits: String,
    /// Who may use it.
    profession: String,
    lasting: String,
    until: String,
    /// Their care team too.
    team: bool,
}

pub(super) async fn page(person: Person) -> Result<Response, Problem> {
    person.enter(Act::GiveCode).await?;
    show(&person, Fields::default(), Errors::new()).await
}

/// Makes a code, or withdraws the one that can be shown.
pub(super) async fn post(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::GiveCode).await?;
    let app = &person.app;
    if fields.get("annuler") == "oui" {
        app.drop_counter_code(person.record).await?;
        let sentence = person.shell.t("code-withdrawn");
        person.say(sentence).await?;
        return Ok(Redirect::to(PAGE).into_response());
    }
    let (wanted, errors) = read(&person, &fields);
    let Some((profession, lasting)) = wanted.filter(|_| errors.is_empty()) else {
        return show(&person, fields, errors).await;
    };
    let team = fields.get("equipe") == "oui";
    let made = CounterCode::new(app, profession, lasting, team, app.now());
    clearance
        .act::<_, Refused>(|_| Ok(Plan::new(()).beside(made.kept(app, person.record))))
        .await?;
    Ok(Redirect::to(PAGE).into_response())
}

type Wanted = (Option<String>, Lasting);

fn read(person: &Person, fields: &Fields) -> (Option<Wanted>, Errors) {
    let mut errors = Errors::new();
    let rules = person.app.gate.rules();
    let profession = match fields.get("profession") {
        "" => None,
        code => Some(code.to_owned()),
    };
    let known = |code: &String| rules.matrix.profession(code).is_some();
    if profession.as_ref().is_some_and(|code| !known(code)) {
        errors.add("profession", person.shell.t("code-profession-wrong"));
    }
    let lasting = Lasting::of(fields.get("duree"));
    if lasting.is_none() {
        errors.add("duree", person.shell.t("lasting-missing"));
    }
    (lasting.map(|lasting| (profession, lasting)), errors)
}

async fn show(person: &Person, fields: Fields, errors: Errors) -> Result<Response, Problem> {
    let shell = &person.shell;
    let code = person.app.counter_code(person.record).await?;
    let rules = person.app.gate.rules();
    let mut professions: Vec<Choice> = rules
        .matrix
        .professions()
        .map(|(code, label)| Choice::new(code, label))
        .collect();
    professions.sort_by(|a, b| a.label.cmp(&b.label));
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = code.map(|code| Shown {
        qr: Qr::of(&code.address(&person.app)),
        digits: grouped(&code.digits),
        profession: match &code.profession {
            Some(one) => rules.matrix.profession(one).unwrap_or(one).to_owned(),
            None => shell.t("code-any"),
        },
        lasting: shell.t(&format!("lasting-{}", code.lasting.code())),
        team: code.team,
        until: dates::moment(code.until, person.app.now(), shell.lang),
    });
    let title = match shown {
        Some(_) => shell.t("code-shown-title"),
        None => shell.t("code-title"),
    };
    let page = Page {
        shown,
        trail: [
            Link::new("/acces", shell.t("grants-title")),
            Link::new("", &*title),
        ],
        professions,
        durations: choices(shell),
        duration: Lasting::of(fields.get("duree"))
            .unwrap_or(Lasting::Consultation)
            .code()
            .to_owned(),
        fields,
        errors,
        shell: shell.clone().titled(title),
    };
    Ok((status, Html(page)).into_response())
}

/// How long, to choose from.
pub(super) fn choices(shell: &Shell) -> Vec<Choice> {
    let choice = |one: Lasting| {
        let key = format!("lasting-{}", one.code());
        Choice::new(one.code(), shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
    };
    Lasting::ALL.map(choice).into()
}

/// « 482 913 », never cut.
fn grouped(digits: &str) -> String {
    let (first, last) = digits.split_at_checked(3).unwrap_or((digits, ""));
    format!("{first}\u{a0}{last}")
}
