//! What each who reads a space chose: of which kinds they are told, when, and how.

use jiff::{SignedDuration, Timestamp, civil::Weekday};
use serde::{Deserialize, Serialize};
use vault::RecordId;

use super::NoticeKind;
use crate::{Channel, policy::Settings};

/// When something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// As it happens.
    Now,
    /// With the rest of the day.
    Daily,
    /// With the rest of the week.
    Weekly,
    /// In the space alone.
    Never,
}

/// The hour in Paris at which gathered notices leave.
const HOUR: i8 = 8;

impl When {
    /// In the order of the screen.
    pub const ALL: [Self; 4] = [Self::Now, Self::Daily, Self::Weekly, Self::Never];

    /// As forms post it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Now => "aussitot",
            Self::Daily => "jour",
            Self::Weekly => "semaine",
            Self::Never => "jamais",
        }
    }

    /// Reads what a form posted.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// When what happens at `now` leaves with other events; `None` when it leaves alone, or not.
    pub fn gathered(self, now: Timestamp) -> Option<Timestamp> {
        let of_the_week = |at: Timestamp| web::dates::local(at).weekday() == Weekday::Monday;
        let next = (0..9).filter_map(|days| {
            let day = now
                .checked_add(SignedDuration::from_hours(24 * days))
                .ok()?;
            web::dates::at_hour(web::dates::local(day).date(), HOUR)
        });
        let mut next = next.filter(|at| *at > now);
        match self {
            Self::Now | Self::Never => None,
            Self::Daily => next.next(),
            Self::Weekly => next.find(|at| of_the_week(*at)),
        }
    }
}

/// What somebody chose for one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The kind, by its code.
    pub kind: String,
    /// When.
    pub when: When,
    /// How.
    pub channels: Vec<Channel>,
}

/// What somebody who reads a space chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Who, by their own record.
    pub by: RecordId,
    /// What, by kind; of a kind that is not here, what the table says.
    pub kinds: Vec<Choice>,
}

impl Settings {
    /// When and how somebody is told of a kind in this space. Of what is about security, always, at
    /// once, and at least as the table says.
    pub fn told(&self, by: RecordId, kind: &NoticeKind) -> (When, Vec<Channel>) {
        let own = self.notices.iter().find(|choices| choices.by == by);
        let chosen = own.and_then(|own| own.kinds.iter().find(|one| one.kind == kind.code));
        let (when, mut channels) = match chosen {
            Some(chosen) => (chosen.when, chosen.channels.clone()),
            None => (kind.when, kind.channels.clone()),
        };
        if !kind.security {
            return (when, channels);
        }
        let missing = kind.channels.iter().filter(|one| !channels.contains(one));
        channels.extend(missing.copied().collect::<Vec<_>>());
        (When::Now, channels)
    }

    /// Notes what somebody chose, in the place of what they chose before.
    pub fn choose(&mut self, choices: Choices) {
        self.notices.retain(|known| known.by != choices.by);
        self.notices.push(choices);
    }
}

#[cfg(test)]
mod tests {
    use ambient::Id;
    use proptest::prelude::*;

    use super::*;
    use crate::NoticeKinds;

    #[test]
    fn a_digest_leaves_at_eight_in_the_morning_in_paris() {
        let next = |when: When, now: &str| {
            let at = when.gathered(now.parse().expect("an instant"));
            at.map(|at| at.to_string())
        };
        // Friday 12 June 2026, in summer time.
        assert_eq!(
            next(When::Daily, "2026-06-12T05:59:59Z").as_deref(),
            Some("2026-06-12T06:00:00Z")
        );
        assert_eq!(
            next(When::Daily, "2026-06-12T06:00:00Z").as_deref(),
            Some("2026-06-13T06:00:00Z")
        );
        assert_eq!(
            next(When::Weekly, "2026-06-12T08:00:00Z").as_deref(),
            Some("2026-06-15T06:00:00Z")
        );
        assert_eq!(
            next(When::Weekly, "2026-11-30T07:00:00Z").as_deref(),
            Some("2026-12-07T07:00:00Z")
        );
        assert_eq!(next(When::Now, "2026-06-12T08:00:00Z"), None);
        assert_eq!(next(When::Never, "2026-06-12T08:00:00Z"), None);
    }

    proptest! {
        #[test]
        fn what_is_about_security_cannot_be_switched_off(
            when in prop::sample::select(&When::ALL[..]),
            sms: bool, email: bool, mine: bool,
        ) {
            let me = RecordId(Id([1; 16]));
            let other = RecordId(Id([2; 16]));
            let kinds = NoticeKinds::default();
            let channels = [(sms, Channel::Sms), (email, Channel::Email)];
            let channels = channels.into_iter().filter(|(on, _)| *on).map(|(_, one)| one);
            let channels: Vec<Channel> = channels.collect();
            let mut settings = Settings::default();
            settings.choose(Choices {
                by: if mine { me } else { other },
                kinds: kinds.all().iter().map(|kind| Choice {
                    kind: kind.code.clone(),
                    when,
                    channels: channels.clone(),
                }).collect(),
            });
            for kind in kinds.all() {
                let (then, how) = settings.told(me, kind);
                if kind.security {
                    prop_assert_eq!(then, When::Now);
                    prop_assert!(kind.channels.iter().all(|one| how.contains(one)));
                } else if mine {
                    prop_assert_eq!((then, how), (when, channels.clone()));
                } else {
                    // What the other parent chose is theirs.
                    prop_assert_eq!((then, how), (kind.when, kind.channels.clone()));
                }
            }
        }
    }
}
