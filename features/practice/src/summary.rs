//! A person's record as a professional opens it, for two minutes: what is known first, then what
//! is new, then the last documents; everything else is one step further.

use access::{Act, Plan, Professional, Refused, Scope};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use documents::{
    Categories, Document, Documents, in_force, known, newest_first, once,
    results::Latest,
    summary::{Block, Sources},
};
use http::HeaderMap;
use jiff::Timestamp;
use web::{Html, Link, Problem, Shell, dates};

use crate::{
    handle,
    patient::{Patient, allowed, no_access},
    record::right,
    results, situation,
    timeline::{Line, Month, months},
};

/// Documents of the timeline that stand on this page.
const TIMELINE: usize = 25;
/// New documents that are named one by one.
const NEW: usize = 8;

#[derive(Template)]
#[template(path = "pro-summary.html")]
struct Page {
    shell: Shell,
    at_work: String,
    /// Where the record is.
    record: String,
    /// Where a search goes.
    here: String,
    /// Nothing is typed yet.
    q: String,
    error: String,
    patient: Patient,
    /// By which right, in a sentence.
    right: String,
    blocks: Vec<Block>,
    results: Vec<Latest>,
    more_results: usize,
    since: Since,
    categories: Vec<(Link, bool)>,
    months: Vec<Month>,
    /// Documents there are.
    all: usize,
    /// Structured documents that the blocks were read out of, and those that could not be read.
    read: usize,
    unread: usize,
}

/// What came since the visit before.
#[derive(Default)]
struct Since {
    /// « 12 mars 2026 à 14 h 05 »; empty on the first visit.
    when: String,
    count: usize,
    lines: Vec<Line>,
}

/// What one look gives.
struct Seen {
    patient: Patient,
    right: String,
    sources: Sources,
    since: Since,
    categories: Vec<(Link, bool)>,
    months: Vec<Month>,
    all: usize,
    /// Those that the person and who represents them may know of.
    told: usize,
}

/// `GET /pro/patients/{handle}`
pub(crate) async fn page(
    who: Professional,
    Path(word): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let Some(clearance) = allowed(who.enter(record, Act::ReadSummary).await)? else {
        return Ok(no_access(who));
    };
    let (gate, now) = (&who.app.gate, who.app.now());
    let before = gate.last_opened(&who.viewer, record, now).await?;
    let here = format!("/pro/patients/{word}");
    let look = clearance.act_on::<Documents, _, _>(|scope| {
        let seen = Seen::of(scope, &who, &here, before)?;
        let told = seen.told;
        Ok::<_, Refused>(Plan::new(seen).counting(told))
    });
    let Some(seen) = allowed(look.await)? else {
        return Ok(no_access(who));
    };
    gate.opened(&who.viewer, record, now).await?;
    let known = seen.sources.read(gate).await?;
    let blocks = known.blocks(now, who.shell.lang);
    let addresses = results::addresses(&who, &word, record);
    let (results, more_results) = Latest::of(known.observed, &addresses);
    let shell = who.shell.with_left_message(&headers);
    let page = Page {
        shell: shell.clone().titled(shell.t("practice-summary-title")),
        at_work: situation::line(&who.situation),
        here: format!("{here}/recherche"),
        record: here,
        q: String::new(),
        error: String::new(),
        patient: seen.patient,
        right: seen.right,
        blocks,
        results,
        more_results,
        since: seen.since,
        categories: seen.categories,
        months: seen.months,
        all: seen.all,
        read: known.read,
        unread: known.unread,
    };
    Ok(Html(page).into_response())
}

impl Seen {
    fn of(
        scope: &Scope<'_, Documents>,
        who: &Professional,
        here: &str,
        before: Option<Timestamp>,
    ) -> Result<Self, Refused> {
        let rules = who.app.gate.rules();
        // What was replaced is reached from what replaced it.
        let mut all: Vec<&Document> = in_force(scope).collect();
        let of = Categories::among(&rules.types, &all);
        once(&mut all);
        newest_first(&mut all);
        let lang = who.shell.lang;
        let is_new = |one: &Document| before.is_some_and(|before| one.received > before);
        let line = |one: &&Document| Line::of(one, &rules.types, is_new(one));
        let new: Vec<Line> = all.iter().filter(|one| is_new(one)).map(line).collect();
        let categories = rules.types.categories().iter().filter_map(|category| {
            let mut here_of = all.iter().filter_map(|one| of.of(one));
            here_of.any(|own| own.code == category.code).then(|| {
                let href = format!("{here}/documents?categorie={}", category.code);
                (Link::new(href, category.label.clone()), false)
            })
        });
        let policy = scope.policy();
        let shown = all.iter().take(TIMELINE).map(|one| (one.date, line(one)));
        let mut months = months(shown, lang);
        // The last document is two keys away from the list of patients.
        let first = months.first_mut().and_then(|month| month.lines.first_mut());
        if let Some(first) = first {
            first.key = "d";
        }
        Ok(Self {
            patient: Patient::of(policy, who, scope.now),
            right: right(scope.right, policy, who, scope.now),
            sources: Sources::of(&all, scope, &who.app.gate)?,
            since: Since {
                when: before.map_or_else(String::new, |at| dates::moment(at, scope.now, lang)),
                count: new.len(),
                lines: new.into_iter().take(NEW).collect(),
            },
            categories: categories.collect(),
            months,
            all: all.len(),
            told: known(all.iter().copied()),
        })
    }
}
