//! A minor's secret: what a professional does in a consultation that is kept from who represents
//! the minor (L.1111-5, L.1111-5-1, R.1111-50 CSP), and which lines of the journal they may know of.
//!
//! The consultation is an authorisation of its own ([`Grant::secret`]). While it is in force, all
//! that this professional does is secret, whichever other right they have; and what they look for or
//! are refused later, for it would tell that they had been there. So nobody has to remember in which
//! tab they are. See `docs/decisions/0017-a-minors-secret.md`.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::{
    Act, Acting, Policy, Refusal, Right, Viewer,
    journal::{Trace, Who},
    policy::{Grant, Grantee},
};

/// How long a look for who somebody is stays unknown to who represents them: time for the
/// consultation that it begins to be declared secret.
const UNSAID: SignedDuration = SignedDuration::from_hours(24);

impl Policy {
    pub(crate) fn secrets_of<'a>(
        &'a self,
        national_id: &'a str,
    ) -> impl Iterator<Item = &'a Grant> {
        let theirs = move |grant: &&Grant| match &grant.to {
            Grantee::Professional(id) => grant.secret && id == national_id,
            Grantee::Facility(_) | Grantee::Team { .. } => false,
        };
        self.grants.iter().map(|(_, grant)| grant).filter(theirs)
    }

    /// Until when a professional's secret consultation lasts, when there is one at `now`.
    pub fn secret_until(&self, national_id: &str, now: Timestamp) -> Option<Timestamp> {
        let in_force = self
            .secrets_of(national_id)
            .filter(|grant| grant.in_force(now));
        in_force.filter_map(|grant| grant.until).max()
    }

    /// As who represents the person may know of it; `None` where nothing is kept from them.
    fn without_secrets(&self) -> Option<Self> {
        self.grants
            .iter()
            .any(|(_, grant)| grant.secret)
            .then(|| Self {
                grants: self
                    .grants
                    .iter()
                    .filter(|(_, grant)| !grant.secret)
                    .cloned()
                    .collect(),
                ..self.clone()
            })
    }
}

/// What a viewer sees of the policy, where that is less than all of it.
pub(crate) fn seen(viewer: &Viewer, policy: &Policy) -> Option<Arc<Policy>> {
    match viewer.acting {
        Acting::Representative { .. } => policy.without_secrets().map(Arc::new),
        _ => None,
    }
}

/// Whether the line of what a viewer does, or is refused, is secret.
pub(crate) fn keeps(
    viewer: &Viewer,
    policy: &Policy,
    act: Act,
    refused: bool,
    now: Timestamp,
) -> bool {
    let Some(situation) = viewer.professional() else {
        return false;
    };
    match act {
        Act::KeepSecret => true,
        // These leave an authorisation that everybody sees, and an emergency is told to everybody.
        Act::BreakGlass | Act::Dispatch | Act::UseCode | Act::ConsentForColleague if !refused => {
            false
        }
        // What is done to a document is known to whoever knows of the document.
        Act::Withdraw | Act::Disclose => false,
        _ => {
            let mut theirs = policy.secrets_of(&situation.national_id);
            let later = refused || matches!(act, Act::FindPerson | Act::ListOwn);
            theirs.any(|grant| later || grant.in_force(now))
        }
    }
}

/// Whether who represents the person may not know of a line.
///
/// A professional looks for who somebody is before they can say that the consultation is secret. So
/// such a look is told a day later, and never when a secret consultation followed.
pub(crate) fn hides(trace: &Trace, policy: &Policy, now: Timestamp) -> bool {
    if trace.secret {
        return true;
    }
    let Who::Professional { id, .. } = &trace.who else {
        return false;
    };
    let looked = trace.act == Act::FindPerson && trace.right == Some(Right::Search);
    if !(looked || trace.refused == Some(Refusal::NoWayIn)) || !policy.is_represented_minor(now) {
        return false;
    }
    let told = trace.at.saturating_add(UNSAID).unwrap_or(Timestamp::MAX);
    let mut followed = policy.secrets_of(id);
    now < told || followed.any(|grant| trace.at <= grant.since && grant.since <= told)
}

#[cfg(test)]
mod tests {
    use ambient::Id;
    use serde_json::json;
    use vault::RecordId;

    use super::*;
    use crate::{
        Authenticated, Level, Situation,
        policy::{GrantKind, Representation},
    };

    const DOCTOR: &str = "810000000001";

    fn at(hours: i64) -> Timestamp {
        let start: Timestamp = "2026-06-12T08:00:00Z".parse().expect("an instant");
        start + SignedDuration::from_hours(hours)
    }

    fn doctor() -> Viewer {
        Viewer {
            account: Id([7; 16]),
            acting: Acting::Professional(Arc::new(Situation {
                national_id: DOCTOR.into(),
                name: "Dr Martin".into(),
                profession: "10".into(),
                profession_label: "Médecin".into(),
                specialty: None,
                specialty_code: None,
                facility_id: None,
                facility: String::new(),
                sector: None,
                software: None,
            })),
            authenticated: Authenticated {
                level: Level::Substantial,
                at: at(0),
            },
        }
    }

    /// A girl of 15 with a parent; with an authorisation from hour 1 to hour 25.
    fn policy(secret: bool) -> Policy {
        let to = Grantee::Professional(DOCTOR.into());
        let grant = Grant {
            secret,
            ..Grant::new(to, GrantKind::Declared, "Dr Martin", at(1), Some(at(25)))
        };
        let parent = Representation {
            by: RecordId(Id([2; 16])),
            name: "Camille".into(),
            since: at(-1_000),
            until: None,
        };
        Policy {
            patient: Some(json!({"resourceType": "Patient", "birthDate": "2011-03-04"})),
            grants: vec![(Id([1; 16]), grant)],
            representations: vec![(Id([3; 16]), parent)],
            ..Policy::default()
        }
    }

    fn line(act: Act, decision: crate::Decision, hours: i64) -> Trace {
        Trace::new(&doctor(), act, decision, at(hours))
    }

    #[test]
    fn all_is_secret_while_it_lasts_and_later_what_would_tell_of_it() {
        let (secret, plain) = (policy(true), policy(false));
        let kept = |act, refused, hours| keeps(&doctor(), &secret, act, refused, at(hours));
        for act in [
            Act::List,
            Act::Read,
            Act::Add,
            Act::FindPerson,
            Act::ReadResults,
        ] {
            assert!(kept(act, false, 2), "{act:?}");
            assert!(!keeps(&doctor(), &plain, act, false, at(2)), "{act:?}");
        }
        for act in [Act::BreakGlass, Act::Withdraw, Act::Disclose, Act::UseCode] {
            assert!(!kept(act, false, 2), "{act:?}");
        }
        assert!(!kept(Act::Read, false, 26), "by another right, a day later");
        assert!(kept(Act::Read, true, 26) && kept(Act::FindPerson, false, 26));
        assert!(kept(Act::KeepSecret, false, 0));
        assert_eq!(secret.secret_until(DOCTOR, at(2)), Some(at(25)));
        assert_eq!(secret.secret_until(DOCTOR, at(26)), None);
        assert_eq!(plain.secret_until(DOCTOR, at(2)), None);
    }

    #[test]
    fn a_look_is_told_a_day_later_and_never_when_a_secret_followed() {
        let look = line(Act::FindPerson, Ok(Right::Search), 0);
        let refused = line(Act::List, Err(Refusal::NoWayIn), 0);
        for line in [&look, &refused] {
            assert!(hides(line, &policy(false), at(23)));
            assert!(!hides(line, &policy(false), at(24)));
            assert!(hides(line, &policy(true), at(10_000)));
        }
        let mut adult = policy(false);
        adult.patient = Some(json!({"resourceType": "Patient", "birthDate": "1990-03-04"}));
        assert!(!hides(&look, &adult, at(0)));
        let read = line(Act::Read, Ok(Right::DeclaredConsent), 2);
        assert!(
            !hides(&read, &policy(true), at(3)),
            "it says itself whether it is secret"
        );
        let mut said = read;
        said.secret = true;
        assert!(hides(&said, &policy(true), at(3)));
    }

    #[test]
    fn who_represents_the_person_sees_a_policy_without_it() {
        let parent = Viewer {
            acting: Acting::Representative {
                own: RecordId(Id([2; 16])),
                of: RecordId(Id([9; 16])),
                name: "Camille".into(),
            },
            ..doctor()
        };
        assert!(seen(&parent, &policy(false)).is_none());
        assert!(
            seen(&parent, &policy(true))
                .expect("less")
                .grants
                .is_empty()
        );
        assert!(seen(&doctor(), &policy(true)).is_none());
    }
}
