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
use documents::{
    Categories, Document, Documents, in_force, known, newest_first, on_page, once, position,
};
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
    /// Which part of a long list, from 1.
    #[serde(default)]
    page: String,
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
    /// Every category of the list, with how many it holds.
    index: Vec<(Link, usize)>,
    /// What of them stands on this page.
    shelves: Vec<Shelf>,
    /// Documents of the list, on all its pages.
    count: usize,
    part: Part,
    /// Those on this page, as the person and who represents them may know of them.
    told: usize,
    /// Documents there are, without the filter.
    all: usize,
}

/// Which part of the list a page shows.
#[derive(Debug, Default)]
struct Part {
    /// From 1.
    page: usize,
    /// « 101 à 200 sur 312 »; empty when one page holds all.
    position: String,
    /// Where the part before is; empty when this is the first.
    previous: String,
    /// Where the part after is; empty when this is the last.
    next: String,
}

/// The documents of a category.
#[derive(Debug)]
struct Shelf {
    /// The category's code, by which the page is gone through.
    code: String,
    label: String,
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
        let here = format!("/pro/patients/{word}/documents");
        let seen = Seen::of(scope, &who, &filter, &here);
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

    /// The address of a part of the same list.
    fn address(&self, here: &str, page: usize) -> String {
        let category = (!self.is_empty()).then(|| format!("categorie={}", word(&self.categorie)));
        let page = (page > 1).then(|| format!("page={page}"));
        let parts: Vec<String> = category.into_iter().chain(page).collect();
        match parts.is_empty() {
            true => here.to_owned(),
            false => format!("{here}?{}", parts.join("&")),
        }
    }
}

/// A code as an address holds it; a code has nothing that would need escaping.
fn word(code: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || "-_.".contains(*c);
    code.chars().filter(kept).collect()
}

/// Characters of a filter that the journal keeps.
const LONGEST_NOTE: usize = 40;
/// How many documents come first, out of their category.
const NEWEST: usize = 5;
/// From how many documents on they do.
const MANY: usize = 10;
/// Documents on a page.
const PAGE: usize = 100;

impl Seen {
    fn of(scope: &Scope<'_, Documents>, who: &Professional, filter: &Filter, here: &str) -> Self {
        let rules = who.app.gate.rules();
        // What was replaced is reached from what replaced it.
        let mut all: Vec<&Document> = in_force(scope).collect();
        let of = Categories::among(&rules.types, &all);
        once(&mut all);
        newest_first(&mut all);
        let shown = all.iter().copied();
        let shown: Vec<_> = shown.filter(|one| filter.keeps(one, &of)).collect();
        let shelves = shelves(&shown, &of, &rules.types);
        let listed: Vec<_> = shelves.iter().flat_map(|(_, here)| here).copied().collect();
        let part = Part::of(filter, here, listed.len(), &who.shell);
        let (first, last) = part.rows(listed.len());
        let policy = scope.policy();
        let whole = filter.is_empty() && part.page == 1;
        Self {
            patient: Patient::of(policy, who, scope.now),
            right: right(scope.right, policy, who, scope.now),
            categories: categories(&all, &of, &rules.types),
            newest: newest(if whole { &all } else { &[] }, &rules.types),
            index: index(&shelves, filter, here, part.page),
            count: listed.len(),
            // By its place in the list that the person may know of: a row that is missing says nothing.
            told: on_page(known(listed.iter().copied()), part.page, PAGE),
            all: all.len(),
            shelves: standing(&shelves, first, last, (&rules.types, &who.shell)),
            part,
        }
    }
}

impl Part {
    /// The part that is asked for of so many; the last one when it is beyond.
    fn of(filter: &Filter, here: &str, total: usize, shell: &Shell) -> Self {
        let pages = total.div_ceil(PAGE).max(1);
        let page = filter.page.parse().unwrap_or(1).clamp(1, pages);
        let mut part = Self {
            page,
            ..Self::default()
        };
        if pages > 1 {
            let (first, last) = part.rows(total);
            part.position = position(first + 1, last, total, shell);
        }
        if page > 1 {
            part.previous = filter.address(here, page - 1);
        }
        if page < pages {
            part.next = filter.address(here, page + 1);
        }
        part
    }

    /// Its rows: the first, and the one after the last.
    fn rows(&self, total: usize) -> (usize, usize) {
        let first = (self.page - 1) * PAGE;
        (first, (first + PAGE).min(total))
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

/// A category and its documents, newest first.
type Sorted<'a> = (&'a Category, Vec<&'a Document>);

/// By category in the order of the screen; `documents` are newest first.
fn shelves<'a>(
    documents: &[&'a Document],
    of: &Categories<'_>,
    types: &'a DocumentTypes,
) -> Vec<Sorted<'a>> {
    let shelf = |category: &'a Category| {
        let here = documents.iter().copied();
        let here: Vec<_> = here.filter(|one| is_in(category, one, of)).collect();
        (category, here)
    };
    let all = types.categories().iter().map(shelf);
    all.filter(|(_, here)| !here.is_empty()).collect()
}

/// Where each category of the list begins.
fn index(shelves: &[Sorted<'_>], filter: &Filter, here: &str, page: usize) -> Vec<(Link, usize)> {
    let mut before = 0;
    let begins = |(category, documents): &Sorted<'_>| {
        let on = before / PAGE + 1;
        before += documents.len();
        let at = match on == page {
            true => String::new(),
            false => filter.address(here, on),
        };
        let at = format!("{at}#rayon-{}", category.code);
        (Link::new(at, category.label.clone()), documents.len())
    };
    shelves.iter().map(begins).collect()
}

/// What stands on the page between two rows of the list.
fn standing(
    shelves: &[Sorted<'_>],
    first: usize,
    last: usize,
    (types, shell): (&DocumentTypes, &Shell),
) -> Vec<Shelf> {
    let mut before = 0;
    let mut standing = vec![];
    for (category, documents) in shelves {
        let from = first.saturating_sub(before).min(documents.len());
        let to = last.saturating_sub(before).min(documents.len());
        before += documents.len();
        if from < to {
            let label = match from {
                0 => category.label.clone(),
                _ => shell.t1("practice-shelf-goes-on", "shelf", category.label.as_str()),
            };
            standing.push(Shelf {
                code: category.code.clone(),
                label,
                years: years(documents[from..to].iter().copied(), types),
            });
        }
    }
    standing
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
