//! `/partages/nouveau`: chooses documents, for whom, how long, how often.

use access::{
    Act, NewShare, Person, Plan, Refused, Scope, To,
    directory::{self, Candidate},
    journal::SEARCH,
};
use ambient::Id;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use documents::{Document, Documents, Row, in_force, newest_first, once};
use http::StatusCode;
use ins::fold;
use vault::store::Source;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell, names};

use crate::choices::CHOICES;

/// Documents shown to choose from; a word narrows them.
const SHOWN: usize = 30;
/// Documents of one share.
const MOST: usize = 50;
/// Characters of what the person calls it.
const LABEL: usize = 80;
/// Professionals shown to choose from.
const FOUND: usize = 10;

#[derive(Template)]
#[template(path = "sharing-make.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    rows: Vec<(Row, bool)>,
    /// There are more than are shown.
    more: bool,
    whom: Vec<Choice>,
    for_whom: String,
    candidates: Vec<Choice>,
    durations: Vec<Choice>,
    duration: String,
    openings: Vec<Choice>,
    times: String,
    fields: Fields,
    errors: Errors,
}

/// `GET /partages/nouveau`.
pub(crate) async fn page(person: Person) -> Result<Response, Problem> {
    person.enter(Act::Share).await?;
    show(&person, Fields::default(), vec![], Errors::new()).await
}

/// `POST /partages/nouveau`: narrows the list, or shares.
pub(crate) async fn submit(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    person.enter(Act::Share).await?;
    if fields.get("etape") == "chercher" {
        return show(&person, fields, vec![], Errors::new()).await;
    }
    let mut errors = Errors::new();
    let (to, found) = to(&person, &fields, &mut errors).await?;
    let wanted = read(&person, &fields, to, &mut errors);
    let Some(wanted) = wanted.filter(|_| errors.is_empty()) else {
        return show(&person, fields, found, errors).await;
    };
    let clearance = person.enter(Act::Share).await?;
    match clearance.share::<Documents>(&person.app, &wanted).await {
        Ok(id) => Ok(Redirect::to(&format!("/partages/{id}")).into_response()),
        Err(Refused::NotFound | Refused::No(_)) => {
            errors.add("documents", person.shell.t("sharing-changed"));
            show(&person, fields, found, errors).await
        }
        Err(Refused::Taken) => {
            let most = person.app.limits.shares_a_day;
            let sentence = person.shell.t1("sharing-too-many", "count", most);
            errors.add("documents", sentence);
            show(&person, fields, found, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Whom it is for; the professionals to choose from, while none is chosen.
async fn to(
    person: &Person,
    fields: &Fields,
    errors: &mut Errors,
) -> Result<(Option<To>, Vec<Candidate>), Problem> {
    let (shell, store) = (&person.shell, &person.app.store);
    match fields.get("pour") {
        "code" => return Ok((None, vec![])),
        "professionnel" => {}
        _ => {
            errors.add("pour", shell.t("sharing-whom-missing"));
            return Ok((None, vec![]));
        }
    }
    let asked: String = fields.get("qui").chars().take(100).collect();
    let lines = match asked.is_empty() {
        true => vec![],
        false => directory::search(store, Source::Professionals, &asked).await?,
    };
    let mut found = directory::candidates(lines);
    found.retain(|one| one.active);
    found.truncate(FOUND);
    let number = fields.get("numero");
    let chosen = found.iter().find(|one| one.number == number);
    let to = chosen.map(|one| To {
        id: one.number.clone(),
        name: one.name.clone(),
    });
    match (&to, asked.is_empty(), found.is_empty()) {
        (Some(_), ..) => {}
        (None, true, _) => errors.add("qui", shell.t("sharing-who-missing")),
        (None, false, true) => errors.add("qui", shell.t("sharing-who-nobody")),
        (None, false, false) => errors.add("numero", shell.t("sharing-who-choose")),
    }
    Ok((to, found))
}

fn read(person: &Person, fields: &Fields, to: Option<To>, errors: &mut Errors) -> Option<NewShare> {
    let shell = &person.shell;
    let items = chosen(fields);
    match items.len() {
        0 => errors.add("documents", shell.t("sharing-documents-missing")),
        1..=MOST => {}
        _ => errors.add(
            "documents",
            shell.t1("sharing-documents-many", "count", MOST),
        ),
    }
    let until = CHOICES.until(fields.get("duree"), person.app.now());
    if until.is_none() {
        errors.add("duree", shell.t("sharing-duration-missing"));
    }
    let openings = CHOICES.openings_of(fields.get("fois"));
    if openings.is_none() {
        errors.add("fois", shell.t("sharing-openings-missing"));
    }
    let label = fields.get("nom");
    if label.chars().count() > LABEL || names::misleads(label) {
        errors.add("nom", shell.t1("sharing-label-long", "count", LABEL));
    }
    Some(NewShare {
        items,
        label: label.to_owned(),
        to,
        until: until?,
        openings: openings?,
    })
}

/// The documents that are ticked, each once.
fn chosen(fields: &Fields) -> Vec<Id> {
    let mut items: Vec<Id> = vec![];
    for id in fields
        .all("documents")
        .into_iter()
        .filter_map(|id| id.parse().ok())
    {
        if !items.contains(&id) {
            items.push(id);
        }
    }
    items
}

/// What may be shared: first what is ticked, then what the word finds, newest first.
fn rows(
    scope: &Scope<'_, Documents>,
    fields: &Fields,
    shell: &Shell,
    person: &Person,
) -> (Vec<(Row, bool)>, bool) {
    let word = fold(fields.get("chercher"));
    let ticked = chosen(fields);
    let is_ticked = |one: &Document| ticked.contains(&one.id());
    let says = |one: &Document| {
        let words = [&*one.title, &*one.author, &*one.organization];
        words.iter().any(|text| fold(text).contains(&word))
    };
    let current = in_force(scope).filter(|one| scope.may(Act::Share, one) && !one.archived);
    let mut all: Vec<&Document> = current.collect();
    once(&mut all);
    newest_first(&mut all);
    all.sort_by_key(|one| !is_ticked(one));
    all.retain(|one| is_ticked(one) || says(one));
    let more = all.len() > SHOWN.max(ticked.len());
    all.truncate(SHOWN.max(ticked.len()));
    let rules = person.app.gate.rules();
    let row = |one: &&Document| {
        let row = Row::of(one, &rules, scope.now, shell.lang);
        (row, is_ticked(one))
    };
    (all.iter().map(row).collect(), more)
}

async fn show(
    person: &Person,
    fields: Fields,
    found: Vec<Candidate>,
    errors: Errors,
) -> Result<Response, Problem> {
    let shell = &person.shell;
    let clearance = person.enter(Act::List).await?;
    let searched = !fields.get("chercher").is_empty();
    let (rows, more) = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let (rows, more) = rows(scope, &fields, shell, person);
            let count = rows.len();
            let plan = Plan::new((rows, more)).counting(count);
            Ok::<_, Refused>(if searched { plan.noting(SEARCH) } else { plan })
        })
        .await?;
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let or = |name: &str, usual: &str| match fields.get(name) {
        "" => usual.to_owned(),
        said => said.to_owned(),
    };
    let choice = |value: &str, key: &str| {
        Choice::new(value, shell.t(key)).explained(shell.t(&format!("{key}-hint")))
    };
    let title = shell.t("sharing-make-title");
    let page = Page {
        trail: [
            Link::new("/partages", shell.t("sharing-title")),
            Link::new("", &*title),
        ],
        rows,
        more,
        whom: vec![
            choice("code", "sharing-whom-code"),
            choice("professionnel", "sharing-whom-one"),
        ],
        for_whom: or("pour", "code"),
        candidates: found.iter().map(candidate).collect(),
        durations: CHOICES.durations(shell),
        duration: or("duree", &CHOICES.usual_duration),
        openings: CHOICES.openings(shell),
        times: or("fois", &CHOICES.usual_openings.to_string()),
        shell: shell.clone().titled(title),
        fields,
        errors,
    };
    Ok((status, Html(page)).into_response())
}

fn candidate(one: &Candidate) -> Choice {
    let places: Vec<&str> = one.places.iter().map(|(_, words)| words.as_str()).collect();
    let mut line = vec![one.label.clone(), places.join(", ")];
    line.retain(|part| !part.is_empty());
    Choice::new(&*one.number, &*one.name).explained(line.join(" · "))
}
