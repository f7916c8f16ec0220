//! What was reported of a document, in words, and what whoever deposited it answers.

use access::{
    Act, App, Plan, Refused, Scope, Viewer,
    report::{Came, NewReport, Report, Reports, Way, Wrong},
};
use ambient::Id;
use vault::RecordId;
use web::{Shell, dates};

use crate::{Document, Documents, astray};

/// A report as those at home read it on the document's page.
pub(crate) struct Reported {
    /// « Signalé aujourd’hui : il contient une erreur ».
    pub what: String,
    /// What was said of it; may be empty.
    pub words: String,
    /// What came of it, and when.
    pub came: String,
    /// How it shows.
    pub tone: &'static str,
}

impl Reported {
    /// Those about a document, the newest first.
    pub fn of(
        scope: &Scope<'_, Documents>,
        document: &Document,
        reports: &Reports<'_>,
        shell: &Shell,
    ) -> Vec<Self> {
        let mut all: Vec<&Report> = reports.about(scope, document).map(|(_, one)| one).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.at));
        let moment = |at| dates::moment(at, scope.now, shell.lang);
        let of = |report: &Report| {
            let (key, tone) = state(&report.came);
            let came = shell.t1(key, "when", moment(report.changed));
            Self {
                what: shell.t1(what(report.wrong), "when", moment(report.at)),
                words: quoted(&report.words, shell),
                came: match &report.came {
                    Came::Refused { reason } => format!("{came} {}", quoted(reason, shell)),
                    _ => came,
                },
                tone,
            }
        };
        all.into_iter().map(of).collect()
    }
}

fn what(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Error => "documents-reported-error",
        Wrong::Unreadable => "documents-reported-unreadable",
    }
}

/// The same, for the author of the document.
pub fn of_author(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Error => "documents-reported-author-error",
        Wrong::Unreadable => "documents-reported-author-unreadable",
    }
}

fn state(came: &Came) -> (&'static str, &'static str) {
    match came {
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

/// The step by which somebody at home says that something is wrong with a document: it stays where
/// it is, and whoever deposited it is told.
///
/// # Errors
/// [`Refused::Taken`] when it is reported already, or too many are; as [`Scope::thing`].
pub(crate) fn report(
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
    reports.add(scope, Plan::new(()).about(id), &way, new)
}

/// What whoever deposited a document answers to what was reported of it. Those at home are told of
/// what ends it.
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
        let about = reports.get(id).ok_or(Refused::NotFound)?.document;
        let document = scope.thing(about)?;
        let stored = document.stored();
        let own = stored.map_err(|error| Refused::Failed(error.into()))?.own;
        let way = Way {
            gate: &app.gate,
            record,
            unique_id: &own.unique_id,
        };
        let quiet = *came == Came::Seen || document.item.flags.keeps_quiet();
        let plan = Plan::new(()).about(about).quietly_if(quiet);
        reports.answer(plan, &way, id, came.clone(), scope.now)
    });
    done.await
}
