//! « Qui peut voir les documents »: authorisations in force, and taking one back.

use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};
use jiff::Timestamp;
use web::{Confirm, Fields, Html, Link, Problem, Shell, dates};

use super::words::{Line, code};
use crate::{
    Act, Person, Plan,
    policy::{Block, Grant, GrantKind, Grantee, Policy},
};

#[derive(Debug, Template)]
#[template(path = "grants.html")]
struct Page {
    shell: Shell,
    /// Authorisations by how they came about, each group with its title.
    groups: Vec<(String, Vec<GrantRow>)>,
    blocks: Vec<BlockRow>,
    /// Accesses that are contested: where, and what.
    contests: Vec<Link>,
}

#[derive(Debug)]
struct GrantRow {
    id: Id,
    name: String,
    /// « Tout l’établissement », « Son équipe de soins »; empty for one professional.
    whom: String,
    icon: &'static str,
    how: String,
    /// Why they may, and what: one sentence.
    why: String,
    until: String,
    /// As the professional wrote it; empty when none was asked.
    reason: String,
    can_block: bool,
}

#[derive(Debug)]
struct BlockRow {
    id: Id,
    name: String,
    since: String,
    /// Why, when it was an administrator.
    reason: String,
}

pub(super) async fn list(person: Person) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let shell = person.shell.clone().titled(person.shell.t("grants-title"));
    let now = person.app.now();
    let contests = clearance.contests().await?.into_iter().map(|(id, one)| {
        let line = Line::of(&one.line(), &shell, now);
        let label = format!("{} : {}, {}", line.who, line.what, line.day);
        Link::new(format!("/acces/contestations/{id}"), label)
    });
    let contests = contests.collect();
    let policy = clearance.policy();
    Ok(Html(Page {
        contests,
        groups: groups(policy, &shell, now),
        blocks: policy
            .blocks
            .iter()
            .filter(|(_, block)| !block.lifted)
            .map(|(id, block)| BlockRow::of(*id, block, &shell))
            .collect(),
        shell,
    }))
}

fn in_force(policy: &Policy, now: Timestamp) -> impl Iterator<Item = &(Id, Grant)> {
    let over = move |grant: &Grant| grant.ended || grant.until.is_some_and(|until| until <= now);
    policy.grants.iter().filter(move |(_, grant)| !over(grant))
}

/// What the person gave, what was declared, and emergencies, apart.
fn groups(policy: &Policy, shell: &Shell, now: Timestamp) -> Vec<(String, Vec<GrantRow>)> {
    let group = |key, kinds: &[GrantKind]| {
        let theirs = in_force(policy, now).filter(|(_, grant)| kinds.contains(&grant.kind));
        let rows = theirs.map(|(id, grant)| GrantRow::of(*id, grant, shell));
        (shell.t(key), rows.collect::<Vec<_>>())
    };
    let groups = [
        group(
            "grants-given",
            &[
                GrantKind::Proved,
                GrantKind::TreatingDoctor,
                GrantKind::Administrator,
            ],
        ),
        group("grants-declared", &[GrantKind::Declared]),
        group(
            "grants-emergencies",
            &[GrantKind::BreakGlass, GrantKind::Dispatch],
        ),
    ];
    groups
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

impl GrantRow {
    fn of(id: Id, grant: &Grant, shell: &Shell) -> Self {
        let day = |at: Timestamp| dates::day(dates::local(at).date(), shell.lang);
        Self {
            id,
            name: grant.name.clone(),
            whom: match &grant.to {
                Grantee::Professional(_) => String::new(),
                Grantee::Facility(_) => shell.t("grant-to-facility"),
                Grantee::Team { .. } => shell.t("grant-to-team"),
            },
            why: shell.t(match (&grant.to, grant.kind) {
                _ if grant.secret => "why-grant-secret",
                (Grantee::Facility(_), _) => "why-grant-facility",
                (Grantee::Team { .. }, _) => "why-grant-team",
                _ if grant.via.is_some() => "why-grant-via",
                (_, GrantKind::Proved) => "why-grant-proved",
                (_, GrantKind::Declared) => "why-grant-declared",
                (_, GrantKind::Administrator) => "why-grant-administrator",
                (_, GrantKind::TreatingDoctor) => "why-grant-treating-doctor",
                (_, GrantKind::BreakGlass | GrantKind::Dispatch) => "why-grant-emergency",
            }),
            icon: match &grant.to {
                Grantee::Professional(_) => "stethoscope",
                Grantee::Facility(_) | Grantee::Team { .. } => "users",
            },
            how: match &grant.via {
                Some(via) => {
                    let via = via.as_str();
                    shell.t2("grant-via", "name", via, "date", day(grant.since))
                }
                None => shell.t1(
                    &format!("grant-{}", code(&grant.kind)),
                    "date",
                    day(grant.since),
                ),
            },
            until: match grant.until {
                Some(until) => shell.t1(
                    "grant-until",
                    "date",
                    dates::moment(until, grant.since, shell.lang),
                ),
                None => shell.t("grant-open-ended"),
            },
            reason: grant.reason.clone().unwrap_or_default(),
            can_block: !matches!(grant.to, Grantee::Team { .. }),
        }
    }
}

impl BlockRow {
    fn of(id: Id, block: &Block, shell: &Shell) -> Self {
        let day = dates::day(dates::local(block.since).date(), shell.lang);
        Self {
            id,
            name: block.name.clone(),
            since: match &block.by {
                Some(by) => shell.t2("block-by", "date", day, "name", by.name.as_str()),
                None => shell.t1("block-since", "date", day),
            },
            reason: match &block.by {
                Some(by) => shell.t1("grant-reason", "reason", by.reason.as_str()),
                None => String::new(),
            },
        }
    }
}

/// A grant in force, by its public identifier.
pub(super) fn find(policy: &Policy, id: &str, now: Timestamp) -> Result<(Id, Grant), Problem> {
    let id: Id = id.parse().map_err(|_| Problem::NotFound)?;
    let found = in_force(policy, now).find(|(known, _)| *known == id);
    found.cloned().ok_or(Problem::NotFound)
}

pub(super) async fn confirm_end(
    person: Person,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let (_, grant) = find(clearance.policy(), &id, person.app.now())?;
    let shell = person.shell.clone();
    Ok(Html(Confirm {
        question: shell.t1("grant-end-question", "name", grant.name),
        consequences: vec![shell.t("grant-end-consequence")],
        action: format!("/acces/{id}/retirer"),
        hidden: vec![],
        button: shell.t("grant-end-button"),
        danger: false,
        cancel_href: "/acces".to_owned(),
        shell,
    }))
}

pub(super) async fn end(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let name = person
        .enter(Act::EndGrant)
        .await?
        .act::<_, Problem>(|scope| {
            let (id, grant) = find(scope.policy(), &id, scope.now)?;
            let drafts = match grant.kind.is_consent() && !grant.secret {
                true => scope.end_consents(&grant.to)?,
                false => vec![scope.end_grant(id, &grant)?],
            };
            Ok(Plan::new(grant.name.clone())
                .writing(drafts)
                .secretly_if(grant.secret)
                .noting(grant.name))
        })
        .await?;
    let sentence = person.shell.t1("grant-ended", "name", name);
    person.say(sentence).await?;
    Ok(Redirect::to("/acces"))
}
