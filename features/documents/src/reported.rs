//! What was reported of a document, in words, and what whoever deposited it answers.

use access::{
    Act, App, Plan, Refused, Scope, Viewer,
    aside::Cause,
    journal::Who,
    report::{Came, NewReport, Report, Reports, Way, Wrong},
};
use ambient::Id;
use vault::RecordId;
use web::{Shell, dates};

use crate::{Document, Documents, astray};

/// What is wrong, as forms post it; `documents-report-…` says it in words.
pub const WRONG: [(&str, Wrong); 2] = [("erreur", Wrong::Error), ("illisible", Wrong::Unreadable)];

/// A report as those at home, or whoever made it, read it on the document's page.
pub struct Reported {
    /// « Signalé aujourd’hui : il contient une erreur ».
    pub what: String,
    /// Of which profession somebody else is who says so, where, and by which right; else empty.
    pub who: String,
    /// What was said of it; may be empty.
    pub words: String,
    /// What came of it, and when.
    pub came: String,
    /// How it shows.
    pub tone: &'static str,
    /// Which report it is, where those at home are asked whether the document is theirs.
    pub asks: Option<Id>,
}

impl Reported {
    /// Those about a document that those at home may know of, the newest first.
    pub(crate) fn of(
        scope: &Scope<'_, Documents>,
        document: &Document,
        reports: &Reports<'_>,
        shell: &Shell,
    ) -> Vec<Self> {
        let answers = scope.may(Act::AnswerReport, document);
        let mut all: Vec<&(Id, Report)> = reports.about(scope, document).collect();
        all.sort_by_key(|(_, one)| std::cmp::Reverse(one.at));
        let of = |(id, report): &(Id, Report)| {
            let line = Self::line(report, scope.now, shell, !report.is_from_home());
            match answers && report.is_in_doubt() {
                true => Self {
                    asks: Some(*id),
                    tone: "warning",
                    ..line
                },
                false => line,
            }
        };
        all.into_iter().map(of).collect()
    }

    /// What a professional reported of a document themself.
    pub fn own(
        scope: &Scope<'_, Documents>,
        document: &Document,
        reports: &Reports<'_>,
        shell: &Shell,
    ) -> Vec<Self> {
        let all = reports.own(scope, document);
        all.map(|(_, one)| Self::line(one, scope.now, shell, false))
            .collect()
    }

    fn line(report: &Report, now: jiff::Timestamp, shell: &Shell, by_other: bool) -> Self {
        let moment = |at| dates::moment(at, now, shell.lang);
        let (key, tone) = state(&report.came, by_other);
        let came = shell.t1(key, "when", moment(report.changed));
        let (what, at) = (what(report.wrong), moment(report.at));
        Self {
            what: match &report.who {
                Who::Professional { name, .. } if by_other => {
                    shell.t2(&format!("{what}-by"), "name", name.as_str(), "when", at)
                }
                _ => shell.t1(what, "when", at),
            },
            who: match by_other {
                true => who(report, shell),
                false => String::new(),
            },
            words: quoted(&report.words, shell),
            came: match &report.came {
                Came::Refused { reason } => format!("{came} {}", quoted(reason, shell)),
                _ => came,
            },
            tone,
            asks: None,
        }
    }
}

/// « Médecin, Cabinet des Lilas. Vous lui avez donné votre accord vous-même. »
fn who(report: &Report, shell: &Shell) -> String {
    let Who::Professional { role, place, .. } = &report.who else {
        return String::new();
    };
    let parts = [role.as_str(), place.as_str()].into_iter();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let right = report.right.map(|right| shell.t(&right.sentence()));
    format!("{}. {}", parts.join(", "), right.unwrap_or_default())
}

fn what(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Error => "documents-reported-error",
        Wrong::Unreadable => "documents-reported-unreadable",
        Wrong::OtherPerson => "documents-reported-other",
    }
}

/// The same, for the author of the document: who says so is the person's home, or somebody of a
/// profession.
pub fn of_author(report: &Report, now: jiff::Timestamp, shell: &Shell) -> String {
    let when = dates::moment(report.at, now, shell.lang);
    let key = match report.wrong {
        Wrong::Error => "documents-reported-author-error",
        Wrong::Unreadable => "documents-reported-author-unreadable",
        Wrong::OtherPerson => "documents-reported-author-other",
    };
    match report.is_from_home() {
        true => shell.t1(key, "when", when),
        false => {
            let by = report.profession.as_str();
            shell.t2(&format!("{key}-by"), "profession", by, "when", when)
        }
    }
}

fn state(came: &Came, by_other: bool) -> (&'static str, &'static str) {
    match came {
        Came::Theirs => ("documents-reported-theirs", "info"),
        Came::Ended if by_other => ("documents-reported-ended-other", "info"),
        Came::Sent => ("documents-reported-sent", "info"),
        Came::Seen => ("documents-reported-seen", "info"),
        Came::Corrected => ("documents-reported-corrected", "success"),
        Came::Refused { .. } => ("documents-reported-refused", "warning"),
        Came::Ended => ("documents-reported-ended", "info"),
    }
}

/// What somebody wrote, as it is quoted; empty for nothing.
pub fn quoted(words: &str, shell: &Shell) -> String {
    match words {
        "" => String::new(),
        words => shell.t1("documents-reported-words", "words", words),
    }
}

/// The step by which somebody at home, or a professional who reads it, says that something is wrong
/// with a document: it stays where it is, and whoever deposited it is told.
///
/// # Errors
/// [`Refused::Taken`] when it is reported already, or too many are; as [`Scope::thing`].
pub fn report(
    app: &App,
    scope: &Scope<'_, Documents>,
    reports: &Reports<'_>,
    (record, id): (RecordId, Id),
    (wrong, words): (Wrong, &str),
) -> Result<Plan<()>, Refused> {
    let document = scope.thing(id)?;
    let stored = document.stored();
    let own = stored.map_err(|error| Refused::Failed(error.into()))?.own;
    let way = Way {
        gate: &app.gate,
        record,
        unique_id: &own.unique_id,
    };
    let new = NewReport {
        document: id,
        wrong,
        words: words.to_owned(),
        owner: astray::owner(&own),
    };
    let quiet = document.item.flags.keeps_quiet();
    let plan = Plan::new(()).about(id).quietly_if(quiet);
    reports.add(scope, plan, &way, new)
}

/// What whoever deposited a document answers to what was reported of it, or who is at home where it
/// is said to be somebody else's. Those at home are told of what ends it. That its depositor agrees
/// that it is somebody else's takes it out, as when they call it back.
///
/// # Errors
/// [`Refused::Taken`] where nothing is asked any more; [`Refused::NotFound`] for what is not theirs.
pub async fn answer(
    app: &App,
    viewer: &Viewer,
    (record, id): (RecordId, Id),
    came: &Came,
) -> Result<(), Refused> {
    let clearance = app.gate.enter(viewer, record, Act::AnswerReport).await?;
    let done = clearance.act_on_reports(|scope: &Scope<'_, Documents>, reports| {
        let report = reports.get(id).ok_or(Refused::NotFound)?;
        let about = report.document;
        let document = scope.thing(about)?;
        // Who may not know of the report answers none.
        let known = reports
            .about(scope, document)
            .any(|(known, _)| *known == id);
        if !known {
            return Err(Refused::NotFound);
        }
        let stored = document.stored();
        let own = stored.map_err(|error| Refused::Failed(error.into()))?.own;
        let way = Way {
            gate: &app.gate,
            record,
            unique_id: &own.unique_id,
        };
        let quiet = *came == Came::Seen || document.item.flags.keeps_quiet();
        let plan = Plan::new(()).about(about).quietly_if(quiet);
        let plan = plan.secretly_if(report.secret);
        let plan = reports.answer(plan, &way, id, came.clone(), scope.now)?;
        if report.wrong != Wrong::OtherPerson || *came != Came::Corrected {
            return Ok(plan);
        }
        let (draft, work) = astray::leaving(app, scope, record, document, Cause::Recalled)?;
        Ok(plan.writing(vec![draft]).beside(work))
    });
    done.await
}
