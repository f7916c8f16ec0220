//! What a person decided, and what a decision starts from: the `policy` volume in memory.

use ambient::Id;
use ins::BirthDate;
use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use vault::{BadEntry, Draft, Entry, Kind, RecordId, View, Volume};

use crate::{kinds, share::Share, viewer::Situation};

/// The layout of our own policy entries. Another number means: no access by this version.
const FORMAT: u8 = 1;

/// State of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpaceState {
    /// The person was told that a space will be opened; nothing is received.
    #[default]
    Notified,
    /// Receives documents; the person has no credentials yet.
    Opened,
    /// The person has credentials and accepted the terms.
    Activated,
    /// Closed, archived for ten years (R.1111-36 CSP).
    Closed,
    /// The person opposed the opening.
    Opposed,
    /// Suspended after a malfunction or fraud.
    Suspended,
    /// The person has died.
    Deceased,
}

/// The state of the space, with when it began.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Space {
    /// The state.
    pub state: SpaceState,
    /// Since when.
    pub since: Timestamp,
    /// When a space that was announced opens unless its person opposes; `None` while they were
    /// not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Timestamp>,
    /// When a space that was closed is erased, unless it is opened again before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erases: Option<Timestamp>,
    /// Its erasure has begun: it is too late to open it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erasing: bool,
}

impl Space {
    /// A space in a state that has begun.
    pub fn new(state: SpaceState, since: Timestamp) -> Self {
        Self {
            state,
            since,
            opens: None,
            erases: None,
            erasing: false,
        }
    }
}

/// What the holder set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Settings {
    /// Name for signing in, shown to its owner.
    pub login: String,
    /// Confirmed e-mail address.
    pub email: Option<String>,
    /// Confirmed mobile number.
    pub phone: Option<String>,
    /// The version of the terms that was accepted.
    pub terms: Option<String>,
    /// New documents are hidden from professionals.
    pub hidden_by_default: bool,
    /// Topics whose new documents are hidden from professionals (codes of [`crate::Topics`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_topics: Vec<String>,
    /// The emergency dispatch (SAMU) may open the record.
    pub dispatch: bool,
    /// A professional may break the glass.
    pub break_glass: bool,
    /// In an emergency, what is hidden from professionals may be read too.
    pub hidden_in_emergency: bool,
    /// Values of documents are shown among measures: off until the person says otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub measures_from_documents: bool,
    /// The first choices were made.
    pub chosen: bool,
    /// Of what each who reads the space is told outside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<crate::Choices>,
    /// Devices of their own that notices are shown on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
}

/// A browser whose owner asked to be told on its screen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Device {
    /// Names it here.
    pub id: Id,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// How it is reached.
    pub push: push::Subscription,
}

/// Who an authorisation is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grantee {
    /// One professional, by national identifier.
    Professional(String),
    /// Every professional of a facility.
    Facility(String),
    /// Those who work with a professional in a facility, for as long as the person's own consent
    /// to that professional holds: initial consent, then the team (L.1110-12 CSP).
    Team {
        /// The professional whom the person agreed to.
        lead: String,
        /// Where both work.
        facility: String,
    },
}

/// How an authorisation came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantKind {
    /// The professional declared that the person agreed.
    Declared,
    /// The person agreed with means of their own (code, screen).
    Proved,
    /// The person named them administrator: reads what is hidden, may block others.
    Administrator,
    /// The treating doctor.
    TreatingDoctor,
    /// The glass was broken (L.1111-17 I CSP).
    BreakGlass,
    /// Emergency dispatch, centre 15.
    Dispatch,
}

/// An authorisation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Grant {
    /// For whom.
    pub to: Grantee,
    /// How it came about.
    pub kind: GrantKind,
    /// Their name when it was given, for the screen.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when; `None` for until further notice.
    pub until: Option<Timestamp>,
    /// Who collected it, when it was a colleague (L.1111-17 II CSP): it is not passed on again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Why, where a reason must be written (an emergency, a colleague).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Withdrawn: kept, so that history can be explained.
    #[serde(default)]
    pub ended: bool,
    /// Of a consultation that a minor keeps from who represents them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
}

impl GrantKind {
    /// Whether the person agreed, and no capacity or emergency stands for it.
    pub fn is_consent(self) -> bool {
        matches!(self, Self::Declared | Self::Proved)
    }
}

impl Grant {
    /// One that begins at `since`.
    pub fn new(
        to: Grantee,
        kind: GrantKind,
        name: impl Into<String>,
        since: Timestamp,
        until: Option<Timestamp>,
    ) -> Self {
        Self {
            to,
            kind,
            name: name.into(),
            since,
            until,
            via: None,
            reason: None,
            ended: false,
            secret: false,
        }
    }

    /// Whether it holds at `now`.
    pub fn in_force(&self, now: Timestamp) -> bool {
        !self.ended && self.since <= now && self.until.is_none_or(|until| now < until)
    }
}

/// A professional who sees nothing, whatever else holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Block {
    /// National identifier.
    pub national_id: String,
    /// Their name when they were blocked.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Lifted: kept, so that history can be explained.
    #[serde(default)]
    pub lifted: bool,
    /// The administrator who blocked them, and why, when it was not the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<BlockedBy>,
}

/// A professional whom the person named administrator, as the author of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedBy {
    /// National identifier: names are shared.
    pub national_id: String,
    /// Their name then.
    pub name: String,
    /// Why, as they wrote it for the person.
    pub reason: String,
}

/// Someone who may act for the person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Representation {
    /// The representative's own record.
    pub by: RecordId,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when (majority, court order).
    pub until: Option<Timestamp>,
}

/// Everything a decision needs of a record.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The state of the space.
    pub space: Space,
    /// What the holder set.
    pub settings: Settings,
    /// FHIR `Patient` of the person, when there is one.
    pub patient: Option<serde_json::Value>,
    /// Authorisations, ended ones too.
    pub grants: Vec<(Id, Grant)>,
    /// Blocks, lifted ones too.
    pub blocks: Vec<(Id, Block)>,
    /// Representatives.
    pub representations: Vec<(Id, Representation)>,
    /// What is shared once, ended shares too.
    pub shares: Vec<(Id, Share)>,
}

impl Settings {
    /// Whether a new document of that type is to be hidden from professionals.
    pub fn hides(&self, topics: &crate::Topics, type_code: &str) -> bool {
        self.hidden_by_default || topics.any_covers(&self.hidden_topics, type_code)
    }
}

impl Policy {
    /// Whether that professional is blocked.
    pub fn blocks(&self, national_id: &str) -> bool {
        self.block_of(national_id).is_some()
    }

    /// Whether the person gave a professional a capacity: nobody but the person takes that away.
    pub fn named(&self, national_id: &str, now: Timestamp) -> bool {
        let capacity = [GrantKind::Administrator, GrantKind::TreatingDoctor];
        self.grants.iter().any(|(_, grant)| {
            let theirs = matches!(&grant.to, Grantee::Professional(id) if id == national_id);
            theirs && capacity.contains(&grant.kind) && grant.in_force(now)
        })
    }

    /// The block in force on a professional.
    pub fn block_of(&self, national_id: &str) -> Option<(Id, &Block)> {
        let in_force = |block: &Block| !block.lifted && block.national_id == national_id;
        self.blocks
            .iter()
            .find(|(_, block)| in_force(block))
            .map(|(id, block)| (*id, block))
    }

    /// Whether a professional is blocked, or where they are at work now.
    pub fn shuts_out(&self, situation: &Situation) -> bool {
        let place = situation.facility_id.as_deref();
        self.blocks(&situation.national_id) || place.is_some_and(|place| self.blocks(place))
    }

    /// When somebody, or a place, was last blocked.
    fn blocked_since(&self, whom: &str) -> Option<Timestamp> {
        let all = self.blocks.iter().map(|(_, block)| block);
        let theirs = all.filter(|block| block.national_id == whom);
        theirs.map(|block| block.since).max()
    }

    /// Authorisations in force at `now` for a professional and their facility.
    pub fn grants_to<'a>(
        &'a self,
        national_id: &'a str,
        facility: Option<&'a str>,
        now: Timestamp,
    ) -> impl Iterator<Item = (Id, &'a Grant)> {
        // Lifting a block restores nothing: not what one had through one's facility either, nor, at
        // work in a place that was blocked, what one had of one's own.
        let since_block = self.blocked_since(national_id);
        let of_place = facility.and_then(|place| self.blocked_since(place));
        let later =
            |grant: &Grant, block: Option<Timestamp>| block.is_none_or(|since| since < grant.since);
        let at = move |place: &str, grant: &Grant| {
            Some(place) == facility && later(grant, since_block) && later(grant, of_place)
        };
        let to = move |grant: &Grant| match &grant.to {
            Grantee::Professional(id) => id == national_id && later(grant, of_place),
            Grantee::Facility(place) => at(place, grant),
            Grantee::Team {
                lead,
                facility: place,
            } => lead != national_id && at(place, grant) && self.leads(lead, grant, now),
        };
        self.grants
            .iter()
            .filter(move |(_, grant)| to(grant) && grant.in_force(now))
            .map(|(id, grant)| (*id, grant))
    }

    /// Whether the consent that a team's rests on still holds: that very one, and no block since.
    fn leads(&self, lead: &str, team: &Grant, now: Timestamp) -> bool {
        let own = self.grants.iter().any(|(_, grant)| {
            let named = matches!(&grant.to, Grantee::Professional(id) if id == lead);
            // A secret consultation is its professional's alone.
            named
                && !grant.secret
                && grant.kind.is_consent()
                && grant.in_force(now)
                && grant.since <= team.since
        });
        own && !self.blocks(lead)
    }

    /// Whether that record's owner represents the person at `now`.
    pub fn represented_by(&self, own: RecordId, now: Timestamp) -> bool {
        self.representations.iter().any(|(_, link)| {
            link.by == own && link.since <= now && link.until.is_none_or(|until| now < until)
        })
    }

    /// Whether the person is a minor whom somebody represents: the only ones who have secrets from
    /// who represents them (L.1111-5, L.1111-5-1 CSP).
    pub fn is_represented_minor(&self, now: Timestamp) -> bool {
        let in_force =
            |link: &Representation| link.since <= now && link.until.is_none_or(|until| now < until);
        let represented = self.representations.iter().any(|(_, link)| in_force(link));
        let born = self.identity().and_then(|patient| patient.birth_date());
        represented && born.is_some_and(|born| is_minor(born, now))
    }

    /// Whether the person is of age, as far as civil status says.
    pub fn is_of_age(&self, now: Timestamp) -> bool {
        let born = self.identity().and_then(|patient| patient.birth_date());
        born.is_some_and(|born| !is_minor(born, now))
    }

    /// Whether somebody represents the person at `now`: a child, or a grown person under protection.
    pub fn is_represented(&self, now: Timestamp) -> bool {
        self.representations
            .iter()
            .any(|(_, link)| link.since <= now && link.until.is_none_or(|until| now < until))
    }

    /// A share of that number.
    pub fn share(&self, id: Id) -> Option<&Share> {
        let found = self.shares.iter().find(|(known, _)| *known == id);
        found.map(|(_, share)| share)
    }

    /// The person's identity as a typed view.
    pub fn identity(&self) -> Option<fhir::Patient<'_>> {
        self.patient.as_ref().and_then(fhir::Patient::of)
    }

    /// The person's name as written on screen.
    pub fn name(&self) -> String {
        self.identity()
            .and_then(|patient| patient.name())
            .unwrap_or_default()
    }
}

/// Majority, in years (article 414 of the civil code).
const MAJORITY: i16 = 18;

/// Whether somebody born then is under age on the day of `now` in Paris; on the last day that it may
/// be, where civil status does not know the day.
fn is_minor(born: BirthDate, now: Timestamp) -> bool {
    let last = match born {
        BirthDate::Day(day) => Some(day),
        BirthDate::Month { year, month } => {
            let first = Date::new(year, month, 1).ok();
            first.map(Date::last_of_month)
        }
        BirthDate::Year(year) => Date::new(year, 12, 31).ok(),
    };
    let majority = last.and_then(|day| day.checked_add(MAJORITY.years()).ok());
    majority.is_some_and(|day| web::dates::today(now) < day)
}

impl View for Policy {
    const VOLUME: Volume = Volume::Policy;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        let body = entry.body()?;
        match entry.kind {
            kinds::PATIENT => {
                self.patient = Some(serde_json::from_slice(&body).map_err(|_| BadEntry)?)
            }
            kinds::SPACE => self.space = own(&body)?,
            kinds::SETTINGS => self.settings = own(&body)?,
            kinds::GRANT => replace(&mut self.grants, entry.id, own(&body)?),
            kinds::BLOCK => replace(&mut self.blocks, entry.id, own(&body)?),
            kinds::SHARE => replace(&mut self.shares, entry.id, own(&body)?),
            kinds::REPRESENTATION => replace(&mut self.representations, entry.id, own(&body)?),
            // What this version does not know could forbid what it would allow.
            _ => return Err(BadEntry),
        }
        Ok(())
    }

    fn weight(&self) -> usize {
        let small = self.grants.len() + self.blocks.len() + self.representations.len();
        let shares = self
            .shares
            .iter()
            .map(|(_, share)| 500 + share.items.len() * 16);
        3_000 + small * 250 + shares.sum::<usize>()
    }
}

#[derive(Serialize, Deserialize)]
struct Own<T> {
    v: u8,
    #[serde(flatten)]
    body: T,
}

/// Reads an entry of ours; another format is [`BadEntry`].
pub(crate) fn own<T: DeserializeOwned>(body: &[u8]) -> Result<T, BadEntry> {
    match serde_json::from_slice(body) {
        Ok(Own { v: FORMAT, body }) => Ok(body),
        _ => Err(BadEntry),
    }
}

/// Drafts an entry of ours.
pub fn draft<T: Serialize>(volume: Volume, kind: Kind, id: Id, body: &T) -> Draft {
    let body = serde_json::to_vec(&Own { v: FORMAT, body }).expect("our own entries are JSON");
    Draft::new(volume, kind, id, body)
}

fn replace<T>(all: &mut Vec<(Id, T)>, id: Id, value: T) {
    match all.iter_mut().find(|(known, _)| *known == id) {
        Some((_, old)) => *old = value,
        None => all.push((id, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minor_comes_of_age_at_the_first_minute_of_the_day_in_paris() {
        let at = |instant: &str| instant.parse::<Timestamp>().expect("an instant");
        let minor = |born: &str, now| is_minor(born.parse().expect("a birth date"), at(now));
        assert!(minor("2008-06-12", "2026-06-11T21:59:59Z"));
        assert!(!minor("2008-06-12", "2026-06-11T22:00:00Z"));
        assert!(minor("2008-02-29", "2026-02-27T12:00:00Z"));
        assert!(!minor("2008-02-29", "2026-03-01T12:00:00Z"));
        assert!(minor("2008-06", "2026-06-29T12:00:00Z"));
        assert!(minor("2008", "2026-12-30T12:00:00Z") && !minor("2007", "2026-01-01T12:00:00Z"));
    }
}
