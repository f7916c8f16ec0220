//! Says that directives still hold, or that they do so no longer.

use access::{Act, Person, Plan, Scope};
use axum::response::Redirect;
use web::{Confirm, Fields, Html, Problem};

use super::{PATH, keep, remind};
use crate::Documents;

/// `POST /documents/directives/confirmer`: they still hold; the reminder comes a year from now.
pub(crate) async fn confirm(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let app = &person.app;
    let clearance = person.enter(Act::WriteDirectives).await?;
    let record = clearance.record();
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut plan = Plan::new(());
            let held = keep::before(scope);
            let first = held.first().ok_or(Problem::NotFound)?.id();
            for one in held {
                let next = keep::said(scope, one, |wishes, now| wishes.confirmed = Some(now))?;
                let later = remind::later(app, record, one.id(), scope.now);
                plan = plan.writing(vec![next]).beside(later);
            }
            Ok::<_, Problem>(plan.about(first))
        })
        .await?;
    let said = person.shell.t("directives-confirmed-done");
    person.say(said).await?;
    Ok(Redirect::to(PATH))
}

/// `GET /documents/directives/revoquer`: the question.
pub(crate) async fn ask(person: Person) -> Result<Html<Confirm>, Problem> {
    person.enter(Act::WriteDirectives).await?;
    let shell = person.shell;
    let question = shell.t("directives-revoke-question");
    Ok(Html(Confirm {
        consequences: vec![
            shell.t("directives-revoke-consequence"),
            shell.t("directives-revoke-others"),
        ],
        action: "/documents/directives/revoquer".to_owned(),
        hidden: vec![],
        button: shell.t("directives-revoke"),
        danger: true,
        cancel_href: PATH.to_owned(),
        shell: shell.titled(&*question),
        question,
    }))
}

/// `POST /documents/directives/revoquer`: none holds any more; they stay in the history.
pub(crate) async fn revoke(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::WriteDirectives).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut plan = Plan::new(());
            let held = keep::before(scope);
            let first = held.first().ok_or(Problem::NotFound)?.id();
            for one in held {
                let next = keep::said(scope, one, |wishes, now| wishes.revoked = Some(now))?;
                plan = plan.writing(vec![next]);
            }
            Ok::<_, Problem>(plan.about(first))
        })
        .await?;
    let said = person.shell.t("directives-revoked-done");
    person.say(said).await?;
    Ok(Redirect::to(PATH))
}
