//! What was reported of a document of a professional's own: on the first page at work, that there is
//! something; with the document, what it is, and the answer (`…/depots/{id}/signalement`).

use access::{
    Act, Professional, Refused, Scope,
    aside::Owner,
    report::{Came, LONGEST, Report, Wrong},
};
use ambient::Id;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use documents::Documents;
use vault::RecordId;
use web::{Errors, Fields, Problem, Shell, Tone, dates};

use crate::{
    correct::{Named, shown},
    deposit::left,
    deposits::theirs,
    handle,
    patient::no_access,
    sign_in,
};

/// A report as the author of the document reads it; who says so is not theirs to know.
pub(crate) struct Line {
    /// « La personne signale une erreur (aujourd’hui à 10 h 05) ».
    pub what: String,
    /// What was said of it; may be empty.
    pub words: String,
    /// They said that they have seen it.
    pub seen: bool,
    /// It is said to be somebody else's: who agrees takes it out.
    pub elsewhere: bool,
    /// Which report an answer is to.
    pub id: Id,
}

impl Line {
    /// Those about a document that still wait for an answer, the oldest first.
    pub fn of<'a>(
        reports: impl Iterator<Item = &'a (Id, Report)>,
        shell: &Shell,
        now: jiff::Timestamp,
    ) -> Vec<Self> {
        let mut open: Vec<_> = reports.filter(|(_, one)| one.came.is_open()).collect();
        open.sort_by_key(|(id, one)| (one.at, *id));
        let line = |(id, one): &(Id, Report)| Self {
            what: documents::reported::of_author(one, now, shell),
            words: documents::reported::quoted(&one.words, shell),
            seen: one.came == Came::Seen,
            elsewhere: one.wrong == Wrong::OtherPerson,
            id: *id,
        };
        open.into_iter().map(line).collect()
    }
}

/// Reports of what they deposited by hand that still wait, as their first page shows them: of which
/// day, and where they are read.
pub(crate) async fn waiting(who: &Professional) -> Result<Vec<(String, String)>, Problem> {
    let now = who.app.now();
    let all = who.app.gate.flagged(&own(who)).await?.into_iter();
    let open = all.filter(|(_, one)| one.came.is_open()).take(MOST);
    let said = open.map(|(id, one)| {
        let at = dates::moment(one.at, now, who.shell.lang);
        let sentence = who.shell.t1("practice-reported-told", "when", at);
        (sentence, format!("/pro/signalements/{id}"))
    });
    Ok(said.collect())
}

/// Of them, how many are shown.
const MOST: usize = 10;

fn own(who: &Professional) -> Owner {
    Owner::Professional(who.situation.national_id.clone())
}

/// `GET /pro/signalements/{id}`: to what they deposited in that record.
pub(crate) async fn open(who: Professional, Path(id): Path<String>) -> Result<Response, Problem> {
    let all = who.app.gate.flagged(&own(&who)).await?;
    let asked = id.parse::<Id>().ok();
    let found = all.into_iter().find(|(id, _)| Some(*id) == asked);
    let Some(record) = found.and_then(|(_, one)| one.record) else {
        return Ok(no_access(who));
    };
    let Some(handle) = handle::go_to(&who, record).await? else {
        return Ok(sign_in::suspended(&who));
    };
    Ok(Redirect::to(&format!("/pro/patients/{handle}/depots")).into_response())
}

/// `POST …/depots/{id}/signalement`
pub(crate) async fn submit(
    who: Professional,
    Path(named): Path<Named>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some((record, id)) = named.read(&who).await? else {
        return Ok(no_access(who));
    };
    let reason = fields.get("raison");
    let (came, done) = match fields.get("reponse") {
        "vu" => (Came::Seen, "practice-reported-seen-done"),
        "corrige" => (Came::Corrected, "practice-reported-done"),
        _ => {
            let reason = reason.to_owned();
            (Came::Refused { reason }, "practice-reported-done")
        }
    };
    if let Came::Refused { reason } = &came
        && !(1..=LONGEST).contains(&reason.chars().count())
    {
        let mut errors = Errors::new();
        errors.add("raison", who.shell.t("practice-reported-why"));
        return shown(who, &named, (record, id), fields, errors).await;
    }
    let report = fields.get("signalement").parse();
    let report: Id = report.map_err(|_| Problem::NotFound)?;
    let elsewhere = theirs(open_one(&who, record, (id, report)).await)?;
    let done = match (&came, elsewhere) {
        (Came::Corrected, true) => "practice-reported-taken-out",
        _ => done,
    };
    let said = documents::reported::answer(&who.app, &who.viewer, (record, report), &came).await;
    match said {
        // Answered meanwhile, in another tab.
        Ok(()) | Err(Refused::Taken) => {}
        Err(refused) => theirs(Err(refused))?,
    }
    Ok(left(named.handle(), Tone::Success, done))
}

/// A report of a document of theirs that waits for an answer: whether it says that the document is
/// somebody else's.
async fn open_one(
    who: &Professional,
    record: RecordId,
    (id, report): (Id, Id),
) -> Result<bool, Refused> {
    let clearance = who.enter(record, Act::AnswerReport).await?;
    let reports = clearance.reports().await?;
    let found = clearance.named(|scope: &Scope<'_, Documents>| {
        let document = scope.thing(id).ok()?;
        let reports = reports.all();
        let mut about = reports.about(scope, document);
        let found = about.find(|(known, one)| *known == report && one.came.is_open());
        found.map(|(_, one)| one.wrong == Wrong::OtherPerson)
    });
    found.await?.ok_or(Refused::NotFound)
}
