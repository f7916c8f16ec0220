//! How much one voice may write into what every decision opens: so many authorisations in force, so
//! many blocks, whatever is clicked. Once many authorisations are over, a new one takes the place of
//! the oldest of them: the journal keeps what they were.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use vault::{Draft, Volume};

use crate::{
    Policy, Scope, kinds,
    policy::{Block, Grant, GrantKind, draft},
};

/// Authorisations that are over, of which so many are kept.
const KEPT: usize = 100;
/// What is counted by the day.
pub(crate) const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Policy {
    /// Whether the person may give one more, with `most` in force at once.
    pub(crate) fn gives_more(&self, most: usize, now: Timestamp) -> bool {
        let given = |grant: &&Grant| {
            let by_hand = matches!(
                grant.kind,
                GrantKind::Proved | GrantKind::TreatingDoctor | GrantKind::Administrator
            );
            by_hand && grant.in_force(now)
        };
        self.grants.iter().map(|(_, one)| one).filter(given).count() < most
    }

    /// Whether a professional of that name may collect one more colleague's consent.
    pub fn passes_more(&self, name: &str, most: usize, now: Timestamp) -> bool {
        let theirs = |grant: &&Grant| grant.via.as_deref() == Some(name) && grant.in_force(now);
        self.grants
            .iter()
            .map(|(_, one)| one)
            .filter(theirs)
            .count()
            < most
    }

    /// Whether a professional may begin one more secret consultation on that day.
    pub fn keeps_more_secrets(&self, national_id: &str, most: usize, now: Timestamp) -> bool {
        let begun = self.secrets_of(national_id);
        begun.filter(|one| is_of_the_day(one.since, now)).count() < most
    }

    /// Whether the person, or the administrator of that number, may block one more.
    pub(crate) fn blocks_more(&self, by: Option<&str>, most: usize) -> bool {
        let voice = |block: &Block| {
            let author = block.by.as_ref();
            author.map(|one| one.national_id.as_str()) == by
        };
        self.blocks.iter().filter(|(_, one)| voice(one)).count() < most
    }
}

/// Whether something was within a day of `now`.
pub(crate) fn is_of_the_day(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) < DAY
}

/// The numbers of authorisations that are over and may be written over, the oldest first. Of a
/// minor's secret consultations none: they say which lines stay secret.
fn spare(policy: &Policy, now: Timestamp) -> Vec<Id> {
    let is_over = |grant: &Grant| {
        let until = grant.until.is_some_and(|until| until <= now);
        !grant.secret && (grant.ended || until)
    };
    let over = policy.grants.iter().filter(|(_, grant)| is_over(grant));
    let mut over: Vec<(Timestamp, Id)> = over.map(|(id, grant)| (grant.since, *id)).collect();
    over.sort_unstable();
    let spare = (over.len() + 1).saturating_sub(KEPT);
    over.into_iter().take(spare).map(|(_, id)| id).collect()
}

impl<S> Scope<'_, S> {
    /// The entries of new authorisations.
    pub fn giving(&self, new: impl IntoIterator<Item = Grant>, id: impl Fn() -> Id) -> Vec<Draft> {
        let mut spare = spare(self.whole_policy(), self.now).into_iter();
        let entry = |grant: Grant| match spare.next() {
            Some(known) => self.over(draft(Volume::Policy, kinds::GRANT, known, &grant)),
            None => draft(Volume::Policy, kinds::GRANT, id(), &grant),
        };
        new.into_iter().map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{BlockedBy, Grantee};

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    fn policy(grants: impl IntoIterator<Item = Grant>) -> Policy {
        let ids = (0..).map(|n: u128| Id(n.to_be_bytes()));
        Policy {
            grants: ids.zip(grants).collect(),
            ..Policy::default()
        }
    }

    fn grant(kind: GrantKind, since: i64) -> Grant {
        let to = Grantee::Professional("a".to_owned());
        Grant::new(to, kind, "A", at(since), None)
    }

    #[test]
    fn what_is_over_is_kept_up_to_a_number_and_then_written_over() {
        let over = |n: i64| Grant {
            ended: true,
            ..grant(GrantKind::Proved, n)
        };
        let now = at(1_000);
        assert!(spare(&policy((0..98).map(over)), now).is_empty());
        let first = Id(0_u128.to_be_bytes());
        assert_eq!(spare(&policy((0..100).map(over)), now), [first]);
        // What holds, and what says which lines are secret, is never written over.
        let holds = (0..300).map(|n| grant(GrantKind::Proved, n));
        assert!(spare(&policy(holds), now).is_empty());
        let secret = (0..300).map(|n| Grant {
            secret: true,
            ..over(n)
        });
        assert!(spare(&policy(secret), now).is_empty());
    }

    #[test]
    fn each_voice_is_counted_by_itself() {
        let now = at(30);
        let proved = policy((0..3).map(|_| grant(GrantKind::Proved, 0)));
        assert!(!proved.gives_more(3, now) && proved.gives_more(4, now));
        // What others declare takes nothing from the person.
        let declared = policy((0..3).map(|_| Grant {
            via: Some("Dr Martin".to_owned()),
            ..grant(GrantKind::Declared, 0)
        }));
        assert!(declared.gives_more(1, now));
        assert!(!declared.passes_more("Dr Martin", 3, now));
        assert!(declared.passes_more("Dr Nguyen", 3, now));
        let secrets = policy([0, 10, 20].map(|since| Grant {
            secret: true,
            ended: true,
            ..grant(GrantKind::Declared, since)
        }));
        assert!(!secrets.keeps_more_secrets("a", 2, now));
        assert!(secrets.keeps_more_secrets("a", 3, now) && secrets.keeps_more_secrets("b", 1, now));
    }

    #[test]
    fn blocks_are_counted_with_who_blocks_lifted_ones_too() {
        let by = |id: &str| BlockedBy {
            national_id: id.to_owned(),
            name: String::new(),
            reason: String::new(),
        };
        let block = |by: Option<BlockedBy>| Block {
            national_id: "x".to_owned(),
            name: String::new(),
            since: at(0),
            lifted: true,
            by,
        };
        let blocks = [block(None), block(Some(by("a"))), block(Some(by("a")))];
        let ids = (0..).map(|n: u128| Id(n.to_be_bytes()));
        let policy = Policy {
            blocks: ids.zip(blocks).collect(),
            ..Policy::default()
        };
        assert!(policy.blocks_more(None, 2) && !policy.blocks_more(None, 1));
        assert!(policy.blocks_more(Some("b"), 1) && !policy.blocks_more(Some("a"), 2));
    }
}
