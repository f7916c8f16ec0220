//! Blocking a professional, or a place, and lifting the block. A block wins over everything;
//! lifting it restores nothing (product §5.3).

use ambient::Id;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};
use vault::Volume;
use web::{Confirm, Fields, Html, Problem, Shell};

use super::grants::find;
use crate::{
    Act, Person, Plan, Refused, kinds,
    policy::{Block, Grantee, Policy, draft},
};

pub(super) async fn confirm(
    person: Person,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let (_, grant) = find(clearance.policy(), &id, person.app.now())?;
    let shell = person.shell.clone();
    Ok(Html(Confirm {
        question: shell.t1("block-question", "name", grant.name),
        consequences: consequences(&shell, matches!(grant.to, Grantee::Facility(_))),
        action: format!("/acces/{id}/bloquer"),
        hidden: vec![],
        button: shell.t("block-button"),
        danger: true,
        cancel_href: "/acces".to_owned(),
        shell,
    }))
}

/// What a block comes to: of one professional, or of whoever is at work in a place.
pub(super) fn consequences(shell: &Shell, place: bool) -> Vec<String> {
    let of = match place {
        true => "block-place",
        false => "block-consequence",
    };
    let mut all = vec![
        shell.t(&format!("{of}-now")),
        shell.t(&format!("{of}-emergency")),
    ];
    if place {
        all.push(shell.t("block-place-elsewhere"));
    }
    all.push(shell.t("block-consequence-deposit"));
    all
}

pub(super) async fn block(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let entry = person.app.gate.id();
    let most = person.app.limits.blocks;
    let name = person
        .enter(Act::Block)
        .await?
        .act::<_, Problem>(|scope| {
            let (_, grant) = find(scope.policy(), &id, scope.now)?;
            let (Grantee::Professional(whom) | Grantee::Facility(whom)) = &grant.to else {
                return Err(Problem::NotFound);
            };
            let whom = (whom.as_str(), grant.name.as_str());
            let drafts = scope.block(entry, whom, None, most);
            let drafts = drafts.map_err(|refused| too_many(refused, &person))?;
            Ok(Plan::new(grant.name.clone())
                .writing(drafts)
                .noting(grant.name.clone()))
        })
        .await?;
    let sentence = person.shell.t1("blocked", "name", name);
    person.say(sentence).await?;
    Ok(Redirect::to("/acces"))
}

pub(super) async fn confirm_lift(
    person: Person,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let clearance = person.enter(Act::Lift).await?;
    let (_, block) = in_force(clearance.policy(), &id)?;
    let shell = person.shell.clone();
    Ok(Html(Confirm {
        question: shell.t1("lift-question", "name", block.name),
        consequences: vec![shell.t("lift-consequence")],
        action: format!("/acces/blocages/{id}/lever"),
        hidden: vec![],
        button: shell.t("lift-button"),
        danger: false,
        cancel_href: "/acces".to_owned(),
        shell,
    }))
}

pub(super) async fn lift(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let name = person
        .enter(Act::Lift)
        .await?
        .act::<_, Problem>(|scope| {
            let (id, block) = in_force(scope.policy(), &id)?;
            let current = scope.policy_entry(id).ok_or(Problem::NotFound)?;
            let lifted = Block {
                lifted: true,
                ..block
            };
            let entry = draft(Volume::Policy, kinds::BLOCK, id, &lifted).replacing(current);
            Ok(Plan::new(lifted.name.clone())
                .writing(vec![entry])
                .noting(lifted.name))
        })
        .await?;
    let sentence = person.shell.t1("lifted", "name", name);
    person.say(sentence).await?;
    Ok(Redirect::to("/acces"))
}

/// What is said when nobody more can be blocked.
pub(super) fn too_many(refused: Refused, person: &Person) -> Problem {
    match refused {
        Refused::Taken => {
            let most = person.app.limits.blocks;
            Problem::BadRequest(person.shell.t1("block-too-many", "count", most))
        }
        other => other.into(),
    }
}

fn in_force(policy: &Policy, id: &str) -> Result<(Id, Block), Problem> {
    let id: Id = id.parse().map_err(|_| Problem::NotFound)?;
    let found = policy
        .blocks
        .iter()
        .find(|(known, block)| *known == id && !block.lifted);
    found.cloned().ok_or(Problem::NotFound)
}
