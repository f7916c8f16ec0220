//! Contesting an access: a line of the history, questioned in one click, answered in a thread.
//!
//! The thread lies in the person's record; the operator has a copy of it in a record of their own,
//! fed by the outbox. What is copied says who did what and when, never to which document.

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Draft, Opened, RecordId, Volume, With, store::NewJob};

use crate::{
    Act, Clearance, Gate, Plan, Purpose, Refusal, Refused, Right, Viewer,
    journal::{Trace, Who},
    kinds,
    newest::{Listed, Newest},
    policy::draft,
    room::is_of_the_day,
};

/// The job that gives the operator their copy.
pub const FILE_CONTEST: &str = "file contest";

/// Characters of a message.
pub(crate) const LONGEST: usize = 1_000;
/// How many messages a thread takes.
const MESSAGES: usize = 50;
/// How far back a line is looked for.
const LINES: usize = 20_000;

/// An access that the person contests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// When it took place.
    pub at: Timestamp,
    /// What was done, or tried.
    pub act: Act,
    /// By which right; `None` when it was refused.
    pub right: Option<Right>,
    /// Why it was refused.
    pub refused: Option<Refusal>,
    /// Who.
    pub who: Who,
    /// What it was about, in the person's own copy: who may not know of it sees no thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<Id>,
    /// It is a minor's secret: who represents them sees no thread.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    secret: bool,
    /// Since when it is contested.
    pub since: Timestamp,
    /// What was said of it, oldest first.
    pub said: Vec<Said>,
}

/// A message of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub by: By,
    /// Its text.
    pub text: String,
}

/// Who speaks in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The person, or who represents them.
    Person,
    /// Who runs the installation.
    Operator,
}

/// The operator's copy, and whose thread it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    pub(crate) record: RecordId,
    /// The thread as it was last said.
    pub contest: Contest,
}

#[derive(Debug, Serialize, Deserialize)]
struct Filing {
    id: Id,
    filed: Filed,
}

impl Listed for Contest {
    const VOLUME: Volume = Volume::Mail;
    const KIND: vault::Kind = kinds::CONTEST;

    fn weight(&self) -> usize {
        400 + self.said.len() * 300
    }
}

impl Contest {
    fn of(trace: &Trace, now: Timestamp) -> Self {
        Self {
            at: trace.at,
            act: trace.act,
            right: trace.right,
            refused: trace.refused,
            who: trace.who.clone(),
            subject: trace.subject,
            secret: trace.secret,
            since: now,
            said: vec![],
        }
    }

    /// Whether the operator has not answered the last message.
    pub fn waits(&self) -> bool {
        self.said.last().is_none_or(|last| last.by == By::Person)
    }

    /// Whether somebody may still say something.
    pub fn takes_more(&self) -> bool {
        self.said.len() < MESSAGES
    }

    fn says(mut self, by: By, text: &str, at: Timestamp) -> Self {
        let text = text.chars().take(LONGEST).collect();
        self.said.push(Said { at, by, text });
        self
    }

    /// The line as the history has it.
    pub(crate) fn line(&self) -> Trace {
        Trace {
            id: Id([0; 16]),
            at: self.at,
            act: self.act,
            right: self.right,
            refused: self.refused,
            who: self.who.clone(),
            subject: self.subject,
            count: None,
            detail: None,
            secret: self.secret,
        }
    }
}

impl Clearance<'_> {
    /// Every access that is contested, newest first.
    pub(crate) async fn contests(&self) -> Result<Vec<(Id, Contest)>, Refused> {
        let mut all = vec![];
        for (id, contest) in &self.desk::<Newest<Contest>>().await?.view.all {
            if self.may_know(&contest.line()).await? {
                all.push((*id, contest.clone()));
            }
        }
        all.sort_by_key(|(_, one)| std::cmp::Reverse(one.since));
        Ok(all)
    }

    /// Contests what a professional did at that instant; gives its thread, the same one twice.
    ///
    /// # Errors
    /// [`Refused::Taken`] beyond `most` in a day.
    pub(crate) async fn contest(self, at: Timestamp, most: usize) -> Result<Id, Refused> {
        let known = self.contests().await?;
        if let Some((id, _)) = known.iter().find(|(_, one)| one.at == at) {
            return Ok(*id);
        }
        let now = self.now();
        let of_the_day = known
            .iter()
            .filter(|(_, one)| is_of_the_day(one.since, now));
        if of_the_day.count() >= most {
            return Err(Refused::Taken);
        }
        let line = self.professional_line(at, LINES).await?;
        let line = line.ok_or(Refused::NotFound)?;
        let contest = Contest::of(&line, self.now());
        let id = self.gate().id();
        self.put(id, contest, None).await?;
        Ok(id)
    }

    /// Says more of an access that is contested.
    pub(crate) async fn say_of(self, id: Id, text: &str) -> Result<(), Refused> {
        let threads = self.desk::<Newest<Contest>>().await?;
        let contest = find(&threads, id)?;
        if !self.may_know(&contest.line()).await? {
            return Err(Refused::NotFound);
        }
        if !contest.takes_more() {
            return Err(Refused::Taken);
        }
        let now = self.now();
        self.put(id, contest.says(By::Person, text, now), Some(&threads))
            .await
    }

    /// Writes a thread, and sends the operator their copy.
    async fn put(
        self,
        id: Id,
        contest: Contest,
        before: Option<&Opened<Newest<Contest>>>,
    ) -> Result<(), Refused> {
        let entry = entry(id, &contest, before);
        let secret = contest.secret;
        let filed = Filed {
            record: self.record(),
            contest: Contest {
                subject: None,
                ..contest
            },
        };
        let gate = self.gate();
        let due = self.now();
        self.act::<_, Refused>(|_| {
            let file = gate.file_later(id, &filed, due);
            let plan = Plan::new(()).writing(vec![entry.clone()]).beside(file);
            Ok(plan.secretly_if(secret))
        })
        .await
    }
}

fn find(threads: &Opened<Newest<Contest>>, id: Id) -> Result<Contest, Refused> {
    threads.view.get(id).cloned().ok_or(Refused::NotFound)
}

fn entry(id: Id, contest: &Contest, before: Option<&Opened<Newest<Contest>>>) -> Draft {
    let entry = draft(Volume::Mail, kinds::CONTEST, id, contest);
    match before.and_then(|threads| threads.current(id)) {
        Some(current) => entry.replacing(current),
        None => entry,
    }
}

impl Gate {
    fn file_later(&self, id: Id, filed: &Filed, due: Timestamp) -> With {
        let filing = Filing {
            id,
            filed: filed.clone(),
        };
        let payload = serde_json::to_vec(&filing).expect("a filing is JSON");
        self.store().enqueue(NewJob {
            name: FILE_CONTEST,
            dedup: None,
            due,
            payload,
        })
    }

    /// Does the job [`FILE_CONTEST`]; twice is once, and an older copy does not replace a newer one.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn file_contest(&self, payload: &[u8]) -> Result<(), Refused> {
        let filing: Filing =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let held = self.contested().await?;
        let held = held.iter().find(|(id, _)| *id == filing.id);
        let newer =
            held.is_none_or(|(_, held)| held.contest.said.len() < filing.filed.contest.said.len());
        match newer {
            true => self.keep_contest(filing.id, &filing.filed).await,
            false => Ok(()),
        }
    }

    /// Answers who contests an access: they are told, and read it in the thread.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when there is none of that number.
    pub async fn answer_contest(&self, id: Id, text: &str, now: Timestamp) -> Result<(), Refused> {
        let held = self.contested().await?;
        let held = held.into_iter().find(|(known, _)| *known == id);
        let (_, filed) = held.ok_or(Refused::NotFound)?;
        let viewer = Viewer::system(Purpose::Answer, now);
        let clearance = self.enter(&viewer, filed.record, Act::Contest).await?;
        let threads = clearance.desk::<Newest<Contest>>().await?;
        let contest = find(&threads, id)?.says(By::Operator, text, now);
        let entry = entry(id, &contest, Some(&threads));
        clearance
            .act::<_, Refused>(|_| {
                // The line tells them.
                let plan = Plan::new(()).writing(vec![entry.clone()]);
                Ok(plan.secretly_if(contest.secret))
            })
            .await?;
        let filed = Filed {
            contest: Contest {
                subject: None,
                ..contest
            },
            ..filed
        };
        self.keep_contest(id, &filed).await
    }
}
