//! A person's record, as much of it as this professional may see.

use access::{
    Act, Category, DocumentTypes, Plan, Policy, Professional, Refused, Right, Scope,
    policy::{Grant, GrantKind, Grantee},
};
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use documents::{Categories, Document, Documents, in_force, known, newest_first, once};
use http::HeaderMap;
use jiff::Timestamp;
use serde::Deserialize;
use web::{Choice, Html, Link, Problem, Shell, dates};

use crate::{
    handle,
    patient::{Patient, allowed, no_access},
    situation,
    timeline::Line,
};

#[derive(Template)]
#[template(path = "record.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 2],
    /// Where the record is.
    record: String,
    /// Where a search goes.
    here: String,
    /// Nothing is typed yet.
    q: String,
    error: String,
    filter: Filter,
    seen: Seen,
}

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filter {
    /// A category's code.
    #[serde(default)]
    categorie: String,
}

/// What one look at the list shows.
struct Seen {
    patient: Patient,
    /// By which right, in a sentence.
    right: String,
    /// Categories to choose from: those of which there is something.
    categories: Vec<Choice>,
    /// The last documents of any category, when there are many and nothing narrows them.
    newest: Vec<Line>,
    shelves: Vec<Shelf>,
    /// Documents shown.
    count: usize,
    /// Those of them that the person and who represents them may know of.
    told: usize,
    /// Documents there are, without the filter.
    all: usize,
}

/// The documents of a category.
#[derive(Debug)]
struct Shelf {
    label: String,
    count: usize,
    years: Vec<Year>,
}

#[derive(Debug)]
struct Year {
    year: i16,
    lines: Vec<Line>,
}

/// `GET /pro/patients/{handle}/documents`
pub(crate) async fn page(
    who: Professional,
    Path(word): Path<String>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let Some(clearance) = allowed(who.enter(record, Act::List).await)? else {
        return Ok(no_access(who));
    };
    let look = clearance.act_on::<Documents, _, _>(|scope| {
        let seen = Seen::of(scope, &who, &filter);
        let told = seen.told;
        let plan = Plan::new(seen).counting(told);
        Ok::<_, Refused>(match filter.said() {
            Some(said) => plan.noting(said),
            None => plan,
        })
    });
    let Some(seen) = allowed(look.await)? else {
        return Ok(no_access(who));
    };
    let shell = who.shell.with_left_message(&headers);
    let page = Page {
        shell: shell.clone().titled(shell.t("practice-record-title")),
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(
                format!("/pro/patients/{word}"),
                shell.t("practice-summary-title"),
            ),
            Link::new("", shell.t("practice-record-title")),
        ],
        record: format!("/pro/patients/{word}"),
        here: format!("/pro/patients/{word}/recherche"),
        q: String::new(),
        error: String::new(),
        filter,
        seen,
    };
    Ok(Html(page).into_response())
}

impl Filter {
    fn keeps(&self, document: &Document, of: &Categories<'_>) -> bool {
        let category = of.of(document);
        self.categorie.is_empty() || category.is_some_and(|one| one.code == self.categorie)
    }

    /// What the journal says of it; short, for a line is kept for ever.
    fn said(&self) -> Option<String> {
        let code: String = self.categorie.chars().take(LONGEST_NOTE).collect();
        Some(code).filter(|said| !said.is_empty())
    }

    fn is_empty(&self) -> bool {
        self.categorie.is_empty()
    }
}

/// Characters of a filter that the journal keeps.
const LONGEST_NOTE: usize = 40;
/// How many documents come first, out of their category.
const NEWEST: usize = 5;
/// From how many documents on they do.
const MANY: usize = 10;

impl Seen {
    fn of(scope: &Scope<'_, Documents>, who: &Professional, filter: &Filter) -> Self {
        let rules = who.app.gate.rules();
        // What was replaced is reached from what replaced it.
        let mut all: Vec<&Document> = in_force(scope).collect();
        let of = Categories::among(&rules.types, &all);
        once(&mut all);
        newest_first(&mut all);
        let shown = all.iter().copied();
        let shown: Vec<_> = shown.filter(|one| filter.keeps(one, &of)).collect();
        let policy = scope.policy();
        Self {
            patient: Patient::of(policy, who, scope.now),
            right: right(scope.right, policy, who, scope.now),
            categories: categories(&all, &of, &rules.types),
            newest: newest(if filter.is_empty() { &all } else { &[] }, &rules.types),
            count: shown.len(),
            told: known(shown.iter().copied()),
            all: all.len(),
            shelves: shelves(&shown, &of, &rules.types),
        }
    }
}

/// Categories of which there is something, in the order of the screen.
fn categories(documents: &[&Document], of: &Categories<'_>, types: &DocumentTypes) -> Vec<Choice> {
    let there = types.categories().iter();
    there
        .filter(|category| documents.iter().any(|one| is_in(category, one, of)))
        .map(|category| Choice::new(&category.code, &category.label))
        .collect()
}

/// The last documents, whatever they are, where there are too many to see at once.
fn newest(documents: &[&Document], types: &DocumentTypes) -> Vec<Line> {
    let shown = if documents.len() > MANY { NEWEST } else { 0 };
    let documents = documents.iter().take(shown);
    documents.map(|one| Line::of(one, types, false)).collect()
}

/// By category in the order of the screen, then by year; `documents` are newest first.
fn shelves(documents: &[&Document], of: &Categories<'_>, types: &DocumentTypes) -> Vec<Shelf> {
    let shelf = |category: &Category| {
        let here = documents.iter().copied();
        let here: Vec<_> = here.filter(|one| is_in(category, one, of)).collect();
        Shelf {
            label: category.label.clone(),
            count: here.len(),
            years: years(here.into_iter(), types),
        }
    };
    let all = types.categories().iter().map(shelf);
    all.filter(|shelf| !shelf.years.is_empty()).collect()
}

fn is_in(category: &Category, document: &Document, of: &Categories<'_>) -> bool {
    let own = of.of(document);
    own.is_some_and(|own| own.code == category.code)
}

fn years<'a>(documents: impl Iterator<Item = &'a Document>, types: &DocumentTypes) -> Vec<Year> {
    let mut years: Vec<Year> = vec![];
    for document in documents {
        let line = Line::of(document, types, false);
        let year = dates::today(document.date).year();
        match years.last_mut() {
            Some(last) if last.year == year => last.lines.push(line),
            _ => years.push(Year {
                year,
                lines: vec![line],
            }),
        }
    }
    years
}

/// « Consentement déclaré le 12 mars 2026, jusqu’au 13 mars 2026 à 14 h 05. »
pub(crate) fn right(right: Right, policy: &Policy, who: &Professional, now: Timestamp) -> String {
    let (shell, situation) = (&who.shell, &who.situation);
    let key = match right {
        Right::DeclaredConsent => "practice-right-declared",
        Right::ProvedConsent => "practice-right-proved",
        Right::Establishment => "practice-right-establishment",
        Right::CareTeam => "practice-right-team",
        Right::TreatingDoctor => "practice-right-treating",
        Right::Administrator => "practice-right-administrator",
        Right::BreakGlass => "practice-right-break-glass",
        Right::Dispatch => "practice-right-dispatch",
        Right::Own
        | Right::Representation
        | Right::Author
        | Right::Share
        | Right::Deposit
        | Right::Search
        | Right::System => return String::new(),
    };
    let gives = |grant: &Grant| match right {
        Right::Establishment => matches!(grant.to, Grantee::Facility(_)),
        Right::CareTeam => matches!(grant.to, Grantee::Team { .. }),
        _ if !matches!(grant.to, Grantee::Professional(_)) => false,
        Right::DeclaredConsent => grant.kind == GrantKind::Declared,
        Right::ProvedConsent => grant.kind == GrantKind::Proved,
        Right::TreatingDoctor => grant.kind == GrantKind::TreatingDoctor,
        Right::Administrator => grant.kind == GrantKind::Administrator,
        Right::BreakGlass => grant.kind == GrantKind::BreakGlass,
        _ => grant.kind == GrantKind::Dispatch,
    };
    let facility = situation.facility_id.as_deref();
    let mut grants = policy.grants_to(&situation.national_id, facility, now);
    let Some((_, grant)) = grants.find(|(_, grant)| gives(grant)) else {
        return String::new();
    };
    let since = dates::day(dates::today(grant.since), shell.lang);
    match grant.until {
        Some(until) => {
            let until = dates::moment(until, now, shell.lang);
            let key = format!("{key}-until");
            shell.t2(&key, "since", since, "until", until)
        }
        None => shell.t1(key, "since", since),
    }
}
