//! « Historique d’activité »: everything done in the space, newest first, as it is asked for.

use askama::Template;
use axum::{extract::Query, response::IntoResponse};
use jiff::Timestamp;
use web::{Choice, Errors, Html, Link, Problem, Shell, dates};

use super::{
    history_query::{self, Typed},
    words::{Line, Run, by_day, code},
};
use crate::{
    Act, Person,
    policy::{GrantKind, Grantee, Policy},
};

/// Lines on a page.
const PAGE: usize = 50;
/// Emergencies that are shown first.
const FIRST: usize = 3;

#[derive(Debug, Template)]
#[template(path = "history.html")]
struct Page {
    shell: Shell,
    typed: Typed,
    errors: Errors,
    chips: Vec<(Link, bool)>,
    doings: Vec<Choice>,
    rights: Vec<Choice>,
    /// Whose lines alone are shown, by name; empty for everybody's.
    one: String,
    narrow: bool,
    /// What is said where nothing is found.
    nothing: &'static str,
    emergencies: Vec<Emergency>,
    /// There are more emergencies than are shown.
    more: bool,
    days: Vec<(String, Vec<Run<Row>>)>,
    older: String,
    newest: String,
    export: String,
}

#[derive(Debug)]
struct Row {
    line: Line,
    /// Where all that the same professional did is shown; empty for others.
    same: String,
    /// The document, when it can be opened.
    document: String,
}

/// A record opened in an emergency, as the policy keeps it.
#[derive(Debug)]
struct Emergency {
    name: String,
    kind: String,
    when: String,
    until: String,
    reason: String,
    /// Where what was done by it is shown.
    done: String,
}

pub(super) async fn page(
    person: Person,
    Query(typed): Query<Typed>,
) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadHistory).await?;
    let now = person.app.now();
    let title = person.shell.t("history-title");
    let shell = person.shell.clone().titled(title);
    let (asked, errors) = history_query::read(&typed, &shell);
    let contests = clearance.contests().await?;
    let emergencies = emergencies(clearance.policy(), &shell, now, |who| clearance.one_of(who));
    let more = emergencies.len() > FIRST && typed.is_all();
    // What needs the record is asked before the step, which ends the clearance.
    let page = clearance.history_of(&asked, typed.avant, PAGE).await?;
    let again = person.enter(Act::ReadSettings).await?;
    let mut rows = vec![];
    let documents = again.lead_to(page.lines.iter()).await?;
    for (trace, document) in page.lines.iter().zip(documents) {
        let mut line = Line::of(trace, &shell, now);
        let contested = contests.iter().find(|(_, one)| one.at == trace.at);
        if let (Some((id, _)), false) = (contested, line.contest.is_empty()) {
            line.thread = format!("/acces/contestations/{id}");
        }
        let same = again.one_of(&trace.who).filter(|one| *one != typed.de);
        rows.push(Row {
            line,
            same: same.map_or_else(String::new, |one| Typed::of(&one).address()),
            document: document.map_or_else(String::new, |id| format!("/documents/{id}")),
        });
    }
    let one = match page.lines.first() {
        Some(first) if !typed.de.is_empty() => Line::of(first, &shell, now).who,
        _ => String::new(),
    };
    let first_page = typed.avant.is_none();
    let shown = if first_page { emergencies } else { vec![] };
    Ok(Html(Page {
        chips: history_query::chips(&typed, &shell),
        doings: history_query::doings(&shell),
        rights: history_query::rights(&shell),
        one,
        narrow: !typed.is_all(),
        nothing: match typed.address().as_str() {
            "/historique?qui=professionnels" => "history-none-professionnels",
            _ => "history-none-text",
        },
        more: more && first_page,
        emergencies: shown.into_iter().take(FIRST).collect(),
        days: by_day(rows.into_iter(), |row| &row.line),
        older: page
            .next
            .map_or_else(String::new, |next| typed.after(next).address()),
        newest: match first_page {
            true => String::new(),
            false => typed.first().address(),
        },
        export: typed.first().address_at("/historique/export"),
        errors,
        typed,
        shell,
    }))
}

/// Emergencies, newest first.
fn emergencies(
    policy: &Policy,
    shell: &Shell,
    now: Timestamp,
    one: impl Fn(&crate::journal::Who) -> Option<String>,
) -> Vec<Emergency> {
    let is = |kind: GrantKind| matches!(kind, GrantKind::BreakGlass | GrantKind::Dispatch);
    let mut all: Vec<_> = policy.grants.iter().map(|(_, grant)| grant).collect();
    all.retain(|grant| is(grant.kind));
    all.sort_by_key(|grant| std::cmp::Reverse(grant.since));
    let row = |grant: &crate::policy::Grant| {
        let who = match &grant.to {
            Grantee::Professional(id) => one(&crate::journal::Who::Professional {
                id: id.clone(),
                name: String::new(),
                role: String::new(),
                place: String::new(),
                software: None,
            }),
            Grantee::Facility(_) | Grantee::Team { .. } => None,
        };
        let open = grant.in_force(now);
        Emergency {
            name: grant.name.clone(),
            kind: shell.t(&format!("history-{}", code(&grant.kind))),
            when: dates::moment(grant.since, now, shell.lang),
            until: match grant.until.filter(|_| open) {
                Some(until) => {
                    let until = dates::moment(until, now, shell.lang);
                    shell.t1("history-emergency-open", "date", until)
                }
                None => String::new(),
            },
            reason: grant.reason.clone().unwrap_or_default(),
            done: who.map_or_else(String::new, |one| Typed::in_emergency(&one).address()),
        }
    };
    all.into_iter().map(row).collect()
}
