//! The register of an account: which records it opened, when, by which right.
//!
//! It answers for an account what a person's journal answers for a person. Each line comes by a
//! job that was enqueued with the person's own line, so that no transaction spans two records. A
//! register is a record of its own for each quarter, named by a keyed hash: when its time is over
//! its key is destroyed, and with it all its lines (see [`Gate::end_register`]).
//!
//! A line names the person by their record's number alone. Once they are erased that number leads
//! to nobody, so that the lines that remain are about nobody any more.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use ambient::Id;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use vault::{Entry, OpenError, RecordId, Volume, With, store::NewJob};

use crate::{
    Act, Acting, Gate, Refused, Right, Viewer,
    gate::write_failed,
    journal::Trace,
    kinds,
    newest::{Listed, Newest},
    policy::{draft, own},
};

/// The job that writes a line into the registers of an account and of the place where it was used.
pub const FILE_OPENING: &str = "file opening";
/// The job that ends a register whose time is over.
pub const END_REGISTER: &str = "end register";

/// Looks of one kind at one record belong together for so long: one line.
const TOGETHER: SignedDuration = SignedDuration::from_mins(10);
/// Looks remembered for that; beyond, all are forgotten, and a line more is written.
const MOST: usize = 50_000;
/// Lines read at once.
const CHUNK: usize = 512;

/// A record that an account opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The line's own number: a job that is done twice leaves it twice.
    pub id: Id,
    /// When.
    pub at: Timestamp,
    /// Which account: the national identifier of the professional.
    pub by: String,
    /// What was done: a way in, or a look.
    pub act: Act,
    /// By which right.
    pub right: Right,
    /// Whose record.
    pub record: RecordId,
    /// The place where they were at work, by its identifier; empty without one.
    pub place: String,
}

/// Somebody who was at work in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// National identifier.
    pub who: String,
    /// Their name then.
    pub name: String,
}

#[derive(Serialize, Deserialize)]
struct Filing {
    line: Opening,
    name: String,
}

impl Listed for Member {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::MEMBER;

    fn weight(&self) -> usize {
        120
    }
}

/// Looks of the last minutes, so that a consultation of twenty documents is not twenty lines.
#[derive(Default)]
pub(crate) struct Looks(Mutex<HashMap<(Id, RecordId, Act), Timestamp>>);

impl Looks {
    fn is_new(&self, key: (Id, RecordId, Act), at: Timestamp) -> bool {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = held.get(&key);
        last.is_none_or(|last| at.duration_since(*last) >= TOGETHER || at < *last)
    }

    fn note(&self, key: (Id, RecordId, Act), at: Timestamp) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(key, at);
    }
}

/// Whether an act gives a professional a way in that they did not have.
pub fn gives_way_in(act: Act) -> bool {
    matches!(
        act,
        Act::DeclareConsent
            | Act::ConsentForColleague
            | Act::KeepSecret
            | Act::UseCode
            | Act::BreakGlass
            | Act::Dispatch
    )
}

/// Whether it shows who somebody is, or something of their record.
fn shows(act: Act) -> bool {
    matches!(
        act,
        Act::FindPerson
            | Act::List
            | Act::Read
            | Act::ReadResults
            | Act::ReadSummary
            | Act::Download
    )
}

/// Of lines of one instant, a name is seen first, then a way in is given, then something is shown.
fn rank(act: Act) -> u8 {
    match act {
        Act::FindPerson => 0,
        way if gives_way_in(way) => 1,
        _ => 2,
    }
}

/// A register's name: of an account or a place, in a quarter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Named {
    kind: Kind,
    whose: String,
    quarter: Quarter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Kind {
    Account,
    Place,
}

/// Three months, in universal time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Quarter {
    year: i16,
    number: i8,
}

impl Quarter {
    pub(crate) fn of(at: Timestamp) -> Self {
        let day = at.to_zoned(TimeZone::UTC).date();
        Self {
            year: day.year(),
            number: (day.month() - 1) / 3,
        }
    }

    pub(crate) fn before(self) -> Self {
        match self.number {
            0 => Self {
                year: self.year - 1,
                number: 3,
            },
            number => Self {
                number: number - 1,
                ..self
            },
        }
    }

    fn begins(self) -> Timestamp {
        let first = Date::new(self.year, self.number * 3 + 1, 1).ok();
        let first = first.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
        first.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

impl Named {
    pub(crate) fn account(national_id: &str, at: Timestamp) -> Self {
        Self::of(Kind::Account, national_id, Quarter::of(at))
    }

    pub(crate) fn place(place: &str, at: Timestamp) -> Self {
        Self::of(Kind::Place, place, Quarter::of(at))
    }

    pub(crate) fn of(kind: Kind, whose: &str, quarter: Quarter) -> Self {
        Self {
            kind,
            whose: whose.to_owned(),
            quarter,
        }
    }

    /// The same, in the quarter of an earlier instant; `None` in the same quarter.
    pub(crate) fn at(&self, at: Timestamp) -> Option<Self> {
        let quarter = Quarter::of(at);
        let other = quarter != self.quarter;
        other.then(|| Self {
            quarter,
            ..self.clone()
        })
    }

    /// Names the record, among those of professionals.
    fn name(&self) -> String {
        let kind = match self.kind {
            Kind::Account => "account",
            Kind::Place => "place",
        };
        let Quarter { year, number } = self.quarter;
        format!("carnet:register:{kind}:{}:{year}:{number}", self.whose)
    }
}

impl Gate {
    /// The work, in the transaction of a professional's line in a person's journal, that writes it
    /// into their own register.
    pub(crate) fn registering(&self, viewer: &Viewer, record: RecordId, trace: &Trace) -> With {
        let (Acting::Professional(situation), Some(right)) = (&viewer.acting, trace.right) else {
            return With::nothing();
        };
        let key = (viewer.account, record, trace.act);
        let new = shows(trace.act) && self.looks().is_new(key, trace.at);
        if !new && !gives_way_in(trace.act) {
            return With::nothing();
        }
        let filing = Filing {
            line: Opening {
                id: self.id(),
                at: trace.at,
                by: situation.national_id.clone(),
                act: trace.act,
                right,
                record,
                place: situation.facility_id.clone().unwrap_or_default(),
            },
            name: situation.name.clone(),
        };
        self.store().enqueue(NewJob {
            name: FILE_OPENING,
            dedup: None,
            due: trace.at,
            payload: serde_json::to_vec(&filing).expect("a filing is JSON"),
        })
    }

    /// Notes that such a line is written: looks that follow at once belong to it.
    pub(crate) fn registered(&self, viewer: &Viewer, record: RecordId, trace: &Trace) {
        if matches!(viewer.acting, Acting::Professional(_)) && shows(trace.act) {
            self.looks()
                .note((viewer.account, record, trace.act), trace.at);
        }
    }

    /// Does the job [`FILE_OPENING`].
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn file_opening(&self, payload: &[u8]) -> Result<(), Refused> {
        let Filing { line, name } =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        if !line.place.is_empty() {
            self.note_member(&line, name).await?;
        }
        let register = self
            .register_for(&Named::account(&line.by, line.at))
            .await?;
        let Some(register) = register else {
            return Ok(());
        };
        let entry = draft(Volume::Journal, kinds::OPENING, line.id, &line);
        let done = self
            .opener()
            .append(register, vec![entry], None, With::nothing());
        done.await.map(drop).map_err(write_failed)
    }

    async fn note_member(&self, line: &Opening, name: String) -> Result<(), Refused> {
        let place = Named::place(&line.place, line.at);
        let Some(register) = self.register_for(&place).await? else {
            return Ok(());
        };
        let member = Member {
            who: line.by.clone(),
            name,
        };
        let id = Id(self.store().short("member of a place", line.by.as_bytes()));
        let entry = |members: &Newest<Member>| {
            let known = members.get(id).is_some();
            (!known).then(|| draft(Volume::Agenda, kinds::MEMBER, id, &member))
        };
        self.register_over(register, entry).await.map(drop)
    }

    /// The record of a register, made when it is first needed, with the job that ends it; `None`
    /// when its time is already over.
    pub(crate) async fn register_for(&self, named: &Named) -> Result<Option<RecordId>, Refused> {
        let name = named.name();
        if let Some(record) = self.store().professional(&name).await? {
            return Ok(Some(record));
        }
        let ends = named.quarter.begins().saturating_add(self.registers_kept());
        let ends = ends.unwrap_or(Timestamp::MAX);
        if ends <= self.now() {
            return Ok(None);
        }
        let record = self.opener().create(1).await?[0];
        let given = self.store().add_professional(&name, record);
        let end = self.store().enqueue(NewJob {
            name: END_REGISTER,
            dedup: Some(name.as_bytes()),
            due: ends,
            payload: serde_json::to_vec(named).expect("a name is JSON"),
        });
        match self.store().apply(given.and(end)).await {
            Ok(()) => Ok(Some(record)),
            // Somebody else was first.
            Err(vault::DbError::Refused(_)) => Ok(self.store().professional(&name).await?),
            Err(error) => Err(error.into()),
        }
    }

    /// The record of a register that is there already.
    pub(crate) async fn register_there(&self, named: &Named) -> Result<Option<RecordId>, Refused> {
        Ok(self.store().professional(&named.name()).await?)
    }

    /// Does the job [`END_REGISTER`]: a line in the register of erasures, then the entries, then the
    /// key. Twice is once.
    ///
    /// # Errors
    /// When the payload is not one, or a store fails.
    pub async fn end_register(&self, payload: &[u8]) -> Result<(), Refused> {
        let named: Named =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let name = named.name();
        let Some(record) = self.store().professional(&name).await? else {
            return Ok(());
        };
        let line = self.register_erasure(record).await?;
        let forget = self.store().remove_professional(&name);
        self.erase(record, forget).await?;
        // Erased before, but for its name.
        let forget = self.store().remove_professional(&name);
        self.store().apply(forget).await?;
        self.followed(line.n).await
    }

    /// Every line of an account's registers that are kept, newest first.
    pub(crate) async fn openings_of(&self, national_id: &str) -> Result<Vec<Opening>, Refused> {
        let mut lines: BTreeMap<(Timestamp, u8, Id), Opening> = BTreeMap::new();
        for register in self.registers(Kind::Account, national_id).await? {
            let mut before = u64::MAX;
            loop {
                let entries = match self.opener().journal(register, before, CHUNK).await {
                    Err(OpenError::Unknown) => break,
                    other => other?,
                };
                for entry in &entries {
                    if let Some(line) = opening(entry)? {
                        lines.insert((line.at, rank(line.act), line.id), line);
                    }
                }
                match entries.last() {
                    Some(last) if last.seq > 1 => before = last.seq,
                    _ => break,
                }
            }
        }
        Ok(lines.into_values().rev().collect())
    }

    /// Everybody who was at work in a place, as far as registers are kept.
    pub(crate) async fn members_of(&self, place: &str) -> Result<Vec<Member>, Refused> {
        let mut members: BTreeMap<String, Member> = BTreeMap::new();
        for register in self.registers(Kind::Place, place).await? {
            let opened = match self.opener().open::<Newest<Member>>(register).await {
                Err(OpenError::Unknown) => continue,
                other => other?,
            };
            for (_, member) in &opened.view.all {
                members
                    .entry(member.who.clone())
                    .or_insert_with(|| member.clone());
            }
        }
        Ok(members.into_values().collect())
    }

    /// The registers of a name that are kept, newest first.
    async fn registers(&self, kind: Kind, whose: &str) -> Result<Vec<RecordId>, Refused> {
        let mut quarter = Quarter::of(self.now());
        let oldest = self.now().saturating_sub(self.registers_kept());
        let oldest = Quarter::of(oldest.unwrap_or(Timestamp::MIN));
        let mut all = vec![];
        while quarter >= oldest {
            let name = Named::of(kind, whose, quarter).name();
            all.extend(self.store().professional(&name).await?);
            quarter = quarter.before();
        }
        Ok(all)
    }
}

/// Reads a line; `None` for one of another kind.
pub(crate) fn opening(entry: &Entry) -> Result<Option<Opening>, Refused> {
    if entry.kind != kinds::OPENING {
        return Ok(None);
    }
    let line = entry.body().and_then(|body| own(&body));
    line.map(Some)
        .map_err(|error| Refused::Failed(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_follow_one_another() {
        let at = |text: &str| Quarter::of(text.parse().expect("an instant"));
        let winter = at("2026-02-11T10:00:00Z");
        assert_eq!(winter.begins().to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(winter.before(), at("2025-12-31T23:59:59Z"));
        assert_eq!(at("2026-04-01T00:00:00Z").before(), winter);
        assert!(at("2025-10-01T00:00:00Z") < winter);
    }

    #[test]
    fn looks_within_ten_minutes_are_one_line() {
        let looks = Looks::default();
        let at = |minutes: i64| Timestamp::from_second(minutes * 60).expect("an instant");
        let key = |act| (Id([1; 16]), RecordId(Id([2; 16])), act);
        assert!(looks.is_new(key(Act::Read), at(0)));
        looks.note(key(Act::Read), at(0));
        assert!(!looks.is_new(key(Act::Read), at(9)));
        assert!(looks.is_new(key(Act::List), at(9)), "another kind of look");
        assert!(looks.is_new(key(Act::Read), at(10)));
    }
}
