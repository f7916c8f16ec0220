//! `/pro/patients/{handle}/depots/{id}`: corrects a document of a professional's own: its title,
//! date and type, and from whom it is hidden. And `…/retirer`: withdraws it; `…/reveler`: they
//! announced it, and the person sees it from now on.
//!
//! The rules are those of software that corrects what it deposited ([`documents::correct`]).

use access::{Act, Flags, Professional, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use documents::{Correction, Documents, Restated, Uncorrected, made, read_date, title};
use http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use vault::RecordId;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell, Tone, dates};

use crate::{
    deposit::{left, may_write, types},
    deposits::{Own, own, theirs},
    handle,
    patient::{Patient, no_access},
    reported, situation,
};

#[derive(Template)]
#[template(path = "correct.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 3],
    patient: Patient,
    /// Where the list is, and this document in it.
    list: String,
    here: String,
    /// Where it is read; empty for who has no way in.
    open: String,
    /// Where a new version is deposited; empty where there is none to be.
    replace: String,
    flags: Flags,
    minor: bool,
    reported: Vec<reported::Line>,
    types: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "pro-withdraw.html")]
struct Question {
    shell: Shell,
    at_work: String,
    patient: Patient,
    /// Its title.
    document: String,
    here: String,
    back: String,
    /// The person knows of it: they are told.
    told: bool,
}

/// A document of an address.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    handle: String,
    id: String,
}

impl Named {
    pub(crate) fn handle(&self) -> &str {
        &self.handle
    }

    pub(crate) async fn read(&self, who: &Professional) -> Result<Option<(RecordId, Id)>, Problem> {
        let Some(record) = handle::read(who, &self.handle).await? else {
            return Ok(None);
        };
        let id = self.id.parse().map_err(|_| Problem::NotFound)?;
        Ok(Some((record, id)))
    }

    fn list(&self) -> String {
        format!("/pro/patients/{}/depots", self.handle)
    }

    fn here(&self) -> String {
        format!("{}/{}", self.list(), self.id)
    }
}

/// `GET /pro/patients/{handle}/depots/{id}`
pub(crate) async fn page(who: Professional, Path(named): Path<Named>) -> Result<Response, Problem> {
    let Some((record, id)) = named.read(&who).await? else {
        return Ok(no_access(who));
    };
    let own = own(&who, record, id).await?;
    let fields = own.fields();
    Ok(show(who, &named, own, fields, Errors::new()))
}

/// The page again, with what is wrong with an answer.
pub(crate) async fn shown(
    who: Professional,
    named: &Named,
    (record, id): (RecordId, Id),
    answer: Fields,
    errors: Errors,
) -> Result<Response, Problem> {
    let own = own(&who, record, id).await?;
    let mut fields = own.fields();
    fields.push("raison", answer.get("raison"));
    Ok(show(who, named, own, fields, errors))
}

/// `POST /pro/patients/{handle}/depots/{id}`
pub(crate) async fn submit(
    who: Professional,
    Path(named): Path<Named>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some((record, id)) = named.read(&who).await? else {
        return Ok(no_access(who));
    };
    let own = own(&who, record, id).await?;
    let wanted = match read(&who, &own, &fields) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(show(who, &named, own, fields, errors)),
    };
    write(&who, (record, id), &wanted).await?;
    Ok(left(&named.handle, Tone::Success, "practice-correct-done"))
}

/// `GET …/retirer`
pub(crate) async fn ask(who: Professional, Path(named): Path<Named>) -> Result<Response, Problem> {
    let Some((record, id)) = named.read(&who).await? else {
        return Ok(no_access(who));
    };
    let own = own(&who, record, id).await?;
    let shell = who.shell.clone();
    let page = Question {
        at_work: situation::line(&who.situation),
        patient: own.patient,
        document: own.title,
        here: format!("{}/retirer", named.here()),
        back: named.here(),
        told: !own.flags.keeps_quiet(),
        shell: shell.clone().titled(shell.t("practice-withdraw-title")),
    };
    Ok(Html(page).into_response())
}

/// `POST …/retirer`
pub(crate) async fn withdraw(
    who: Professional,
    Path(named): Path<Named>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(at) = named.read(&who).await? else {
        return Ok(no_access(who));
    };
    let wanted = Correction {
        withdrawn: true,
        ..Correction::default()
    };
    write(&who, at, &wanted).await?;
    Ok(left(&named.handle, Tone::Success, "practice-withdraw-done"))
}

/// `POST …/reveler`
pub(crate) async fn announce(
    who: Professional,
    Path(named): Path<Named>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some((record, id)) = named.read(&who).await? else {
        return Ok(no_access(who));
    };
    let clearance = theirs(who.enter(record, Act::Disclose).await)?;
    let topics = &who.app.gate.rules().topics;
    let shown = clearance
        .act_on(|scope: &Scope<'_, Documents>| documents::disclosed(scope, id, topics))
        .await;
    theirs(shown)?;
    Ok(left(&named.handle, Tone::Success, "practice-announce-done"))
}

async fn write(
    who: &Professional,
    (record, id): (RecordId, Id),
    wanted: &Correction,
) -> Result<(), Problem> {
    let clearance = theirs(who.enter(record, Act::Withdraw).await)?;
    let done = clearance
        .act_on::<Documents, _, Uncorrected>(|scope| {
            documents::correct(&who.app, scope, record, id, wanted)
        })
        .await;
    match done {
        Ok(_) => Ok(()),
        Err(Uncorrected::Refused(refused)) => theirs(Err(refused)),
        // Withdrawn meanwhile; the form never asks for what the person knows to wait.
        Err(Uncorrected::Gone | Uncorrected::Known) => Err(Problem::NotFound),
    }
}

/// What is to be corrected, or what is wrong with it.
fn read(who: &Professional, own: &Own, fields: &Fields) -> Result<Correction, Errors> {
    let (shell, rules) = (&who.shell, who.app.gate.rules());
    let now = who.app.now();
    let mut errors = Errors::new();
    let typed = fields.get("titre");
    match title::check(typed) {
        Err(bad) => errors.add("titre", shell.t(bad.key())),
        Ok(()) if typed.is_empty() => {
            errors.add("titre", shell.t("documents-describe-title-missing"))
        }
        Ok(()) => {}
    }
    let date = read_date(fields.get("date"));
    match date {
        None => errors.add("date", shell.t("documents-date-bad")),
        Some(date) if date > dates::today(now) => {
            errors.add("date", shell.t("documents-date-future"));
        }
        Some(_) => {}
    }
    let kind = rules.types.get(fields.get("type"));
    let kind = kind.filter(|kind| kind.code == own.type_code || may_write(who, &rules, kind));
    if kind.is_none() {
        errors.add("type", shell.t("practice-deposit-type-missing"));
    }
    let flags = Flags {
        professionals: fields.get("masque") == "oui",
        representatives: own.minor && fields.get("secret") == "oui",
        ..own.flags
    };
    if flags.professionals && flags.patient {
        errors.add("masque", shell.t("practice-deposit-nobody"));
    }
    match (kind, date) {
        (Some(kind), Some(date)) if errors.is_empty() => Ok(Correction {
            restated: Some(Restated {
                title: typed.to_owned(),
                made: changed(date, own).then(|| made(Some(date), None, now)),
                kind: kind.clone(),
            }),
            flags: Some(flags),
            ..Correction::default()
        }),
        _ => Err(errors),
    }
}

/// The day that stands there keeps its hour.
fn changed(date: Date, own: &Own) -> bool {
    date.to_string() != own.date
}

fn show(who: Professional, named: &Named, own: Own, fields: Fields, errors: Errors) -> Response {
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let folder = format!("/pro/patients/{}", named.handle);
    let rules = who.app.gate.rules();
    let mut types = types(&who, &rules);
    // What stands there stays to be chosen, whoever deposited it for them.
    if let Some(kind) = rules.types.get(&own.type_code)
        && types.iter().all(|one| one.value != kind.code)
    {
        types.insert(0, Choice::new(&*kind.code, &*kind.label));
    }
    let shell = who.shell;
    let title = shell.t("practice-correct-title");
    let page = Page {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(&*folder, shell.t("practice-summary-title")),
            Link::new(named.list(), shell.t("practice-deposits-title")),
            Link::new("", &*own.title),
        ],
        patient: own.patient,
        list: named.list(),
        here: named.here(),
        open: match own.open {
            true => format!("{folder}/documents/{}", named.id),
            false => String::new(),
        },
        replace: match own.replace {
            true => format!("{folder}/deposer?remplace={}", named.id),
            false => String::new(),
        },
        flags: own.flags,
        minor: own.minor,
        reported: own.reported,
        types,
        fields,
        errors,
        shell: shell.titled(title),
    };
    (status, Html(page)).into_response()
}
