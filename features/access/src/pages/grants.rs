//! « Qui peut voir les documents »: authorisations in force, and taking one back.

use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};
use jiff::Timestamp;
use web::{Confirm, Fields, Html, Problem, Shell, dates};

use super::words::code;
use crate::{
    Act, Person, Plan,
    policy::{Block, Grant, Grantee, Policy},
};

#[derive(Debug, Template)]
#[template(path = "grants.html")]
struct Page {
    shell: Shell,
    grants: Vec<GrantRow>,
    blocks: Vec<BlockRow>,
}

#[derive(Debug)]
struct GrantRow {
    id: Id,
    name: String,
    how: String,
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
}

pub(super) async fn list(person: Person) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let shell = person.shell.clone().titled(person.shell.t("grants-title"));
    let now = person.app.now();
    let policy = clearance.policy();
    Ok(Html(Page {
        grants: in_force(policy, now)
            .map(|(id, grant)| GrantRow::of(*id, grant, &shell))
            .collect(),
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

impl GrantRow {
    fn of(id: Id, grant: &Grant, shell: &Shell) -> Self {
        let day = |at: Timestamp| dates::day(dates::local(at).date(), shell.lang);
        Self {
            id,
            name: grant.name.clone(),
            how: shell.t1(
                &format!("grant-{}", code(&grant.kind)),
                "date",
                day(grant.since),
            ),
            until: match grant.until {
                Some(until) => shell.t1(
                    "grant-until",
                    "date",
                    dates::moment(until, grant.since, shell.lang),
                ),
                None => shell.t("grant-open-ended"),
            },
            reason: grant.reason.clone().unwrap_or_default(),
            can_block: matches!(grant.to, Grantee::Professional(_)),
        }
    }
}

impl BlockRow {
    fn of(id: Id, block: &Block, shell: &Shell) -> Self {
        let day = dates::day(dates::local(block.since).date(), shell.lang);
        Self {
            id,
            name: block.name.clone(),
            since: shell.t1("block-since", "date", day),
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
            let draft = scope.end_grant(id, &grant)?;
            Ok(Plan::new(grant.name.clone())
                .writing(vec![draft])
                .noting(grant.name))
        })
        .await?;
    let sentence = person.shell.t1("grant-ended", "name", name);
    person.say(sentence).await?;
    Ok(Redirect::to("/acces"))
}
