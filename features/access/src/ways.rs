//! Authorisations as they are given, from data alone: what a professional declares or proves, and
//! what they collect for a colleague.

use jiff::Timestamp;

use crate::{
    Lasting, Policy, Situation,
    decide::passing_on,
    policy::{Grant, GrantKind, Grantee},
};

/// The person agreed to a professional and, where they agreed to that too, to the team at work in
/// the same place.
pub fn consent(
    situation: &Situation,
    kind: GrantKind,
    lasting: Lasting,
    team: bool,
    now: Timestamp,
) -> Vec<Grant> {
    let to = Grantee::Professional(situation.national_id.clone());
    let own = Grant::new(to, kind, &situation.name, now, lasting.until(now));
    let place = situation.facility_id.as_ref().filter(|_| team);
    let team = place.map(|place| Grant {
        to: Grantee::Team {
            lead: situation.national_id.clone(),
            facility: place.clone(),
        },
        name: match situation.facility.as_str() {
            "" => situation.name.clone(),
            place => format!("{} ({place})", situation.name),
        },
        ..own.clone()
    });
    [own].into_iter().chain(team).collect()
}

/// A minor agreed to one consultation that is kept from who represents them.
pub fn secret(situation: &Situation, now: Timestamp) -> Grant {
    let to = Grantee::Professional(situation.national_id.clone());
    let until = Lasting::Consultation.until(now);
    Grant {
        secret: true,
        ..Grant::new(to, GrantKind::Declared, &situation.name, now, until)
    }
}

/// A colleague for whom consent is collected.
#[derive(Debug, Clone)]
pub struct Colleague<'a> {
    /// National identifier.
    pub number: &'a str,
    /// Name as the directory has it.
    pub name: &'a str,
}

/// The person told a professional that they agree to a colleague too. No longer than to the
/// professional who says so; `None` when nothing allows them to, or the colleague is themselves.
pub fn for_colleague(
    policy: &Policy,
    situation: &Situation,
    colleague: &Colleague<'_>,
    lasting: Lasting,
    reason: &str,
    now: Timestamp,
) -> Option<Grant> {
    if colleague.number == situation.national_id {
        return None;
    }
    let (_, until) = passing_on(policy, &situation.national_id, now)?;
    let ends = [lasting.until(now), until].into_iter().flatten().min();
    let to = Grantee::Professional(colleague.number.to_owned());
    Some(Grant {
        via: Some(situation.name.clone()),
        reason: Some(reason.to_owned()),
        ..Grant::new(to, GrantKind::Declared, colleague.name, now, ends)
    })
}
