//! `/pro/patients/{handle}/documents/{id}/signaler`: a professional says that something is wrong with
//! a document that they read and did not deposit. It stays where it is: who deposited it and the
//! person are told, and one of them takes it out where it is somebody else's.

use access::{
    Act, Plan, Professional, Refused, Scope,
    report::{LONGEST, Wrong},
};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use documents::{Can, Documents, reported};
use http::{StatusCode, header};
use vault::RecordId;
use web::{Choice, Errors, Fields, Flash, Html, Link, Problem, Shell, Tone};

use crate::{
    open::{Part, named},
    patient::{Patient, allowed, no_access},
    situation,
};

/// « It is somebody else's », as the form posts it.
const OTHER: &str = "autre-personne";

#[derive(Template)]
#[template(path = "pro-report.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 3],
    patient: Patient,
    /// Its title.
    document: String,
    /// Where it is read.
    back: String,
    choices: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

/// `GET …/documents/{id}/signaler`
pub(crate) async fn page(who: Professional, Path(part): Path<Part>) -> Result<Response, Problem> {
    let Some(at) = named(&who, &part).await? else {
        return Ok(no_access(who));
    };
    show(who, &part, at, Fields::default(), Errors::new()).await
}

/// `POST …/documents/{id}/signaler`
pub(crate) async fn submit(
    who: Professional,
    Path(part): Path<Part>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some((record, id)) = named(&who, &part).await? else {
        return Ok(no_access(who));
    };
    let mut errors = Errors::new();
    let words = fields.get("precisions").trim();
    if words.chars().count() > LONGEST {
        errors.add("precisions", who.shell.t("documents-report-words-long"));
    }
    let Some(wrong) = wrong(fields.get("motif")) else {
        errors.add("motif", who.shell.t("documents-report-missing"));
        return show(who, &part, (record, id), fields, errors).await;
    };
    if !errors.is_empty() {
        return show(who, &part, (record, id), fields, errors).await;
    }
    let Some(clearance) = allowed(who.enter(record, Act::Report).await)? else {
        return Ok(no_access(who));
    };
    let done = clearance.act_on_reports(|scope: &Scope<'_, Documents>, reports| {
        reported::report(&who.app, scope, reports, (record, id), (wrong, words))
    });
    match done.await {
        Ok(()) => {}
        Err(Refused::Taken) => {
            errors.add("motif", who.shell.t("practice-report-taken"));
            return show(who, &part, (record, id), fields, errors).await;
        }
        Err(refused) => return Err(refused.into()),
    }
    let left = Flash::leave(Tone::Success, "practice-report-done");
    let set = AppendHeaders([(header::SET_COOKIE, left)]);
    Ok((set, Redirect::to(&part.address(id))).into_response())
}

fn wrong(posted: &str) -> Option<Wrong> {
    let all = reported::WRONG.iter().chain(&[(OTHER, Wrong::OtherPerson)]);
    { all }.find_map(|(value, wrong)| (*value == posted).then_some(*wrong))
}

/// The form; naming the document counts as a list of one.
async fn show(
    who: Professional,
    part: &Part,
    (record, id): (RecordId, Id),
    fields: Fields,
    errors: Errors,
) -> Result<Response, Problem> {
    let Some(clearance) = allowed(who.enter(record, Act::List).await)? else {
        return Ok(no_access(who));
    };
    let look = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let document = scope.thing(id)?;
        if !Can::of(scope, document).report {
            return Err(Problem::Forbidden);
        }
        let patient = Patient::of(scope.policy(), &who, scope.now);
        let seen = (patient, document.title.to_string());
        Ok(Plan::new(seen).about(id).counting(1))
    });
    let (patient, document) = look.await?;
    let shell = who.shell.clone();
    let title = shell.t("documents-report-title");
    let choices = reported::WRONG.map(|(value, _)| value).into_iter();
    let choices = choices.chain([OTHER]);
    let choices = choices.map(|value| {
        let key = format!("documents-report-{value}");
        Choice::new(value, shell.t(&key))
    });
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Page {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(part.folder(), shell.t("practice-summary-title")),
            Link::new(part.address(id), &*document),
            Link::new("", &*title),
        ],
        patient,
        document,
        back: part.address(id),
        choices: choices.collect(),
        fields,
        errors,
        shell: shell.titled(title),
    };
    Ok((status, Html(page)).into_response())
}
