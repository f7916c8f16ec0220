//! Something is wrong with a document: what was said of it, by whom, and what came of it.
//!
//! A report lies in the person's record (volume `mail`), and who sees the document sees it: those at
//! home all, its author that there is one and from which profession, a professional their own, and
//! of a document that may be somebody else's that it may be. Whoever deposited the document is told
//! by a copy in a record of theirs ([`copy`]). See `docs/decisions/0022-misfiled-says-a-professional.md`.

mod copy;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Opened, Volume};

pub use copy::{END_REPORT, FILE_REPORT, Flagged, Way};

use crate::{
    Act, Acting, Clearance, Plan, Refused, Right, Scope, Shelf, Viewer,
    aside::Owner,
    journal::Who,
    kinds,
    newest::{Listed, Newest},
    policy::draft,
    secret,
};

/// Characters of what is said of it, and of an answer.
pub const LONGEST: usize = 500;
/// Reports that may be open at once in a space, of those who are at home in it; as many of each
/// professional.
const OPEN: usize = 10;

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// It says something that is not so.
    Error,
    /// It cannot be read.
    Unreadable,
    /// It is about somebody else, says a professional; who is at home has it taken out instead.
    OtherPerson,
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
    /// Who is at home says that the document is the person's own.
    Theirs,
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
    /// Their profession, when it is a professional: what whoever deposited the document learns.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profession: String,
    /// By which right they say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Right>,
    /// It was said in a consultation that a minor keeps secret.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
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
        self.voice().is_none()
    }

    /// Which professional says so, by their national identifier; those at home are one voice.
    fn voice(&self) -> Option<&str> {
        match &self.who {
            Who::Professional { id, .. } => Some(id),
            _ => None,
        }
    }

    /// It is said to be about somebody else, and nobody has answered.
    pub fn is_in_doubt(&self) -> bool {
        self.wrong == Wrong::OtherPerson && self.came.is_open()
    }

    /// The same, with what came of it; `None` where that cannot follow.
    pub fn then(&self, came: Came, now: Timestamp) -> Option<Self> {
        let fits = came != Came::Theirs || self.wrong == Wrong::OtherPerson;
        let follows = self.came.is_open() && came != Came::Sent && came != self.came && fits;
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
        let (all, secrets) = match &scope.viewer().acting {
            Acting::Holder(_) => (scope.may(Act::Read, thing), true),
            // Who said it would tell them of a consultation that is kept from them.
            Acting::Representative { .. } => (scope.may(Act::Read, thing), false),
            Acting::Professional(_) | Acting::Depositor(_) => {
                (scope.may(Act::AnswerReport, thing), true)
            }
            _ => (false, false),
        };
        let here = self.all.iter().filter(move |(_, one)| one.document == id);
        here.filter(move |(_, one)| all && (secrets || !one.secret))
    }

    /// A professional's own about a thing that they may read.
    pub fn own<S: Shelf>(
        &self,
        scope: &Scope<'_, S>,
        thing: &S::Thing,
    ) -> impl Iterator<Item = &'a (Id, Report)> {
        let id = S::item(thing).id;
        let voice = voice(scope.viewer()).filter(|_| scope.may(Act::Read, thing));
        let theirs = move |one: &Report| voice.is_some() && one.voice() == voice.as_deref();
        let here = self.all.iter().filter(move |(_, one)| one.document == id);
        here.filter(move |(_, one)| theirs(one))
    }

    /// Since when a thing that the viewer may read is said to be about somebody else.
    pub fn in_doubt<S: Shelf>(&self, scope: &Scope<'_, S>, thing: &S::Thing) -> Option<Timestamp> {
        let id = S::item(thing).id;
        let here = self.all.iter().filter(|(_, one)| one.document == id);
        let since = here.filter(|(_, one)| one.is_in_doubt());
        let since = since.map(|(_, one)| one.at).min();
        since.filter(|_| scope.may(Act::Read, thing))
    }

    /// Whether one voice may report one more.
    fn take_more(&self, voice: Option<&str>) -> bool {
        let open = self.all.iter().filter(|(_, one)| one.came.is_open());
        open.filter(|(_, one)| one.voice() == voice).count() < OPEN
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
        let viewer = scope.viewer();
        let voice = voice(viewer);
        let id = to.gate.report_id(new.document, voice.as_deref());
        let known = self.get(id);
        let open = known.is_some_and(|one| one.came.is_open());
        if open || !self.take_more(voice.as_deref()) {
            return Err(Refused::Taken);
        }
        let by = viewer.professional();
        let report = Report {
            document: new.document,
            wrong: new.wrong,
            words: new.words.chars().take(LONGEST).collect(),
            who: Who::of(viewer),
            profession: by.map_or_else(String::new, |by| by.profession_label.clone()),
            right: Some(scope.right),
            secret: secret::keeps(viewer, scope.whole_policy(), Act::Report, false, scope.now),
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

/// The professional who speaks; those at home are one voice.
fn voice(viewer: &Viewer) -> Option<String> {
    let by = viewer.professional();
    by.map(|by| by.national_id.clone())
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
            profession: String::new(),
            right: None,
            secret: false,
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
        let more = |all: &[(Id, Report)]| Reports { all, opened: None }.take_more(None);
        assert!(!more(&all));
        assert!(more(&all[1..]));
        let mut one_over = all;
        one_over[0].1.came = Came::Corrected;
        assert!(more(&one_over));
        // A professional's are counted apart, each one's own.
        let said = |who: &str| Who::Professional {
            id: who.to_owned(),
            name: String::new(),
            role: String::new(),
            place: String::new(),
            software: None,
        };
        let mut theirs = one_over;
        for (_, one) in &mut theirs {
            (one.who, one.came) = (said("a"), Came::Sent);
        }
        let reports = Reports {
            all: &theirs,
            opened: None,
        };
        assert!(!reports.take_more(Some("a")));
        assert!(reports.take_more(Some("b")) && reports.take_more(None));
    }

    #[test]
    fn that_it_is_theirs_answers_one_thing_only() {
        let mut doubt = report(Came::Seen);
        doubt.wrong = Wrong::OtherPerson;
        assert!(doubt.is_in_doubt());
        let theirs = doubt.then(Came::Theirs, Timestamp::MAX).expect("answered");
        assert!(!theirs.is_in_doubt() && !theirs.came.is_open());
        let error = report(Came::Sent);
        assert!(error.then(Came::Theirs, Timestamp::MAX).is_none() && !error.is_in_doubt());
    }
}
