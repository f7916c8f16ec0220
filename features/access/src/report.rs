//! Something is wrong with a document: what was said of it, by whom, and what came of it.
//!
//! A report lies in the person's record (volume `mail`), and who sees the document sees it: those at
//! home all, its author that there is one, a professional their own. Whoever deposited the document
//! is told by a copy in a record of theirs ([`copy`]).

mod copy;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Opened, Volume};

pub use copy::{END_REPORT, FILE_REPORT, Flagged, Way};

use crate::{
    Act, Acting, Clearance, Plan, Refused, Scope, Shelf,
    aside::Owner,
    journal::Who,
    kinds,
    newest::{Listed, Newest},
    policy::draft,
};

/// Characters of what is said of it, and of an answer.
pub const LONGEST: usize = 500;
/// Reports that may be open at once in a space, of those who are at home in it.
const OPEN: usize = 10;

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// It says something that is not so.
    Error,
    /// It cannot be read.
    Unreadable,
}

/// What came of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    /// It waits to be read.
    Sent,
    /// Whoever deposited the document has read it.
    Seen,
    /// They corrected or replaced the document.
    Corrected,
    /// They leave the document as it is.
    Refused {
        /// Why, in their words.
        reason: String,
    },
    /// Nobody answered in time.
    Ended,
}

impl Came {
    /// Whether an answer is still to come.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Sent | Self::Seen)
    }
}

/// Something that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Which document.
    pub document: Id,
    /// What is wrong.
    pub wrong: Wrong,
    /// What is said of it; may be empty.
    pub words: String,
    /// Who says so.
    pub who: Who,
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub came: Came,
    /// When that was.
    pub changed: Timestamp,
    /// How often it was written: a copy never goes back.
    pub(crate) step: u32,
    /// Whose the document is to set right.
    pub(crate) owner: Owner,
}

impl Listed for Report {
    const VOLUME: Volume = Volume::Mail;
    const KIND: vault::Kind = kinds::REPORT;

    fn weight(&self) -> usize {
        400 + self.words.len()
    }
}

impl Report {
    /// Whether somebody at home here says so: the person, or who represents them.
    pub fn is_from_home(&self) -> bool {
        matches!(self.who, Who::Holder | Who::Representative { .. })
    }

    /// The same, with what came of it; `None` where that cannot follow.
    pub fn then(&self, came: Came, now: Timestamp) -> Option<Self> {
        let follows = self.came.is_open() && came != Came::Sent && came != self.came;
        follows.then(|| Self {
            came,
            changed: now,
            step: self.step.saturating_add(1),
            ..self.clone()
        })
    }
}

/// The reports of a record, shown only with the documents that they are about.
pub struct Reports<'a> {
    all: &'a [(Id, Report)],
    opened: Option<&'a Opened<Newest<Report>>>,
}

impl<'a> Reports<'a> {
    /// Those about a thing that the viewer may know of.
    pub fn about<S: Shelf>(
        &self,
        scope: &Scope<'_, S>,
        thing: &S::Thing,
    ) -> impl Iterator<Item = &'a (Id, Report)> {
        let id = S::item(thing).id;
        let all = match &scope.viewer().acting {
            Acting::Holder(_) | Acting::Representative { .. } => scope.may(Act::Read, thing),
            Acting::Professional(_) | Acting::Depositor(_) => scope.may(Act::AnswerReport, thing),
            _ => false,
        };
        let here = self.all.iter().filter(move |(_, one)| one.document == id);
        here.filter(move |_| all)
    }

    /// Whether somebody at home may report one more.
    pub fn take_more(&self) -> bool {
        let mut open = self.all.iter().filter(|(_, one)| one.came.is_open());
        open.by_ref().filter(|(_, one)| one.is_from_home()).count() < OPEN
    }

    /// One of them, whose document the step is to ask for.
    pub fn get(&self, id: Id) -> Option<&'a Report> {
        let found = self.all.iter().find(|(known, _)| *known == id);
        found.map(|(_, one)| one)
    }
}

/// The reports of a record as they were when the look began.
pub struct ReportsHeld(Vec<(Id, Report)>);

impl ReportsHeld {
    /// To be asked with each document.
    pub fn all(&self) -> Reports<'_> {
        Reports {
            all: &self.0,
            opened: None,
        }
    }
}

/// What a report says, and of what.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// Which document.
    pub document: Id,
    /// What is wrong.
    pub wrong: Wrong,
    /// What is said of it.
    pub words: String,
    /// Whose the document is to set right.
    pub owner: Owner,
}

impl Clearance<'_> {
    /// The reports of the record, to be shown with the documents that they are about.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn reports(&self) -> Result<ReportsHeld, Refused> {
        let opened = self.desk::<Newest<Report>>().await?;
        Ok(ReportsHeld(opened.view.all.clone()))
    }

    /// Does a step on a shelf and the reports about what is in it: as [`Clearance::act_on`].
    ///
    /// # Errors
    /// See [`Refused`], and whatever `plan` returns.
    pub async fn act_on_reports<S: Shelf, T, E: From<Refused>>(
        self,
        mut plan: impl FnMut(&Scope<'_, S>, &Reports<'_>) -> Result<Plan<T>, E>,
    ) -> Result<T, E> {
        self.run::<S, Newest<Report>, _, _>(true, true, |scope, opened| {
            let opened = opened.ok_or(Refused::NotFound)?;
            let all = &opened.view.all;
            plan(
                scope,
                &Reports {
                    all,
                    opened: Some(opened),
                },
            )
        })
        .await
    }
}

impl Reports<'_> {
    /// The plan with a new report in it, and its way to who deposited the document; the same report
    /// by somebody else at home is the same one.
    ///
    /// # Errors
    /// [`Refused::Taken`] when it is reported already, or too many are open.
    pub fn add<S: Shelf, T>(
        &self,
        scope: &Scope<'_, S>,
        plan: Plan<T>,
        to: &copy::Way<'_>,
        new: NewReport,
    ) -> Result<Plan<T>, Refused> {
        let id = to.gate.report_id(new.document);
        let known = self.get(id);
        if known.is_some_and(|one| one.came.is_open()) || !self.take_more() {
            return Err(Refused::Taken);
        }
        let report = Report {
            document: new.document,
            wrong: new.wrong,
            words: new.words.chars().take(LONGEST).collect(),
            who: Who::of(scope.viewer()),
            at: scope.now,
            came: Came::Sent,
            changed: scope.now,
            step: known.map_or(0, |one| one.step.saturating_add(1)),
            owner: new.owner,
        };
        let plan = self.write(plan, to, id, &report)?;
        Ok(plan.beside(to.gate.end_report_later(to, id, &report)))
    }

    /// The plan with what came of a report in it.
    ///
    /// # Errors
    /// [`Refused::Taken`] where that cannot follow.
    pub fn answer<T>(
        &self,
        plan: Plan<T>,
        to: &copy::Way<'_>,
        id: Id,
        came: Came,
        now: Timestamp,
    ) -> Result<Plan<T>, Refused> {
        let report = self.get(id).ok_or(Refused::NotFound)?;
        let next = report.then(came, now).ok_or(Refused::Taken)?;
        self.write(plan, to, id, &next)
    }

    fn write<T>(
        &self,
        plan: Plan<T>,
        to: &copy::Way<'_>,
        id: Id,
        report: &Report,
    ) -> Result<Plan<T>, Refused> {
        let opened = self.opened.ok_or(Refused::NotFound)?;
        let entry = opened.over(draft(Volume::Mail, kinds::REPORT, id, report));
        let file = to.gate.file_report_later(to, id, report);
        Ok(plan.writing(vec![entry]).beside(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(came: Came) -> Report {
        Report {
            document: Id([1; 16]),
            wrong: Wrong::Error,
            words: "La date".to_owned(),
            who: Who::Holder,
            at: Timestamp::UNIX_EPOCH,
            came,
            changed: Timestamp::UNIX_EPOCH,
            step: 0,
            owner: Owner::Operator,
        }
    }

    #[test]
    fn an_answer_follows_what_is_open_and_is_given_once() {
        let refused = || Came::Refused {
            reason: "x".to_owned(),
        };
        let now = Timestamp::MAX;
        let follows = |from: Came, to: Came| report(from).then(to, now).is_some();
        assert!(follows(Came::Sent, Came::Seen));
        for open in [Came::Sent, Came::Seen] {
            for end in [Came::Corrected, refused(), Came::Ended] {
                assert!(follows(open.clone(), end.clone()));
                for after in [Came::Sent, Came::Seen, Came::Corrected, Came::Ended] {
                    assert!(!follows(end.clone(), after));
                }
            }
            assert!(!follows(open, Came::Sent));
        }
        assert!(!follows(Came::Seen, Came::Seen));
    }

    #[test]
    fn so_many_may_be_open_at_once() {
        let all: Vec<(Id, Report)> = (0..10).map(|n| (Id([n; 16]), report(Came::Seen))).collect();
        let more = |all: &[(Id, Report)]| Reports { all, opened: None }.take_more();
        assert!(!more(&all));
        assert!(more(&all[1..]));
        let mut one_over = all;
        one_over[0].1.came = Came::Corrected;
        assert!(more(&one_over));
    }
}
