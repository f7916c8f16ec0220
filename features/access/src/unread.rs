//! The number at the bell: how many notices are new, said so that it is always true.

use std::collections::HashSet;

use ambient::Id;

use crate::desk::Seen;

/// Beyond so many the bell says « 99+ ».
const MOST: u32 = 99;

/// How many notices are new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unread {
    /// So many, at least.
    pub count: u32,
    /// There are more, or may be.
    pub more: bool,
}

/// What the next line of the journal is to who counts, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It was read.
    Read,
    /// It was not.
    New,
    /// Nothing from here on changes the number.
    Over,
}

/// Counting lines, newest first.
pub(crate) struct Counting<'a> {
    seen: &'a Seen,
    /// Marked one by one, and not met yet.
    turned: HashSet<Id>,
    /// The last line that was met.
    at: u64,
    count: u32,
}

impl<'a> Counting<'a> {
    pub fn new(seen: &'a Seen) -> Self {
        Self {
            seen,
            turned: seen.turned.iter().copied().collect(),
            at: u64::MAX,
            count: 0,
        }
    }

    pub fn next(&mut self, seq: u64, line: Id) -> Next {
        if self.count > MOST || (seq <= self.seen.upto && self.turned.is_empty()) {
            self.at = self.at.min(self.seen.upto);
            return Next::Over;
        }
        self.at = seq;
        let turned = self.turned.remove(&line);
        match (seq <= self.seen.upto) == turned {
            true => Next::New,
            false => Next::Read,
        }
    }

    /// The line is one that they are told of.
    pub fn add(&mut self) {
        self.count += 1;
    }

    /// The number; `whole` when no line is left that could be counted.
    pub fn done(self, whole: bool) -> Unread {
        let reached = whole || self.at <= self.seen.upto;
        let older = match whole {
            true => 0,
            // Marked as not read, and older than the lines that are at hand.
            false => u32::try_from(self.turned.len()).unwrap_or(MOST),
        };
        let count = self.count.saturating_add(if reached { older } else { 0 });
        Unread {
            count: count.min(MOST),
            more: count > MOST || (!reached && count > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use vault::RecordId;

    use super::*;

    fn line(n: u64) -> Id {
        Id(u128::from(n).to_be_bytes())
    }

    fn seen(upto: u64, turned: &[u64]) -> Seen {
        Seen {
            turned: turned.iter().map(|n| line(*n)).collect(),
            ..Seen::up_to(RecordId(Id([1; 16])), upto)
        }
    }

    /// Counts lines from `newest` down to `oldest`; also how many were looked at.
    fn count(seen: &Seen, newest: u64, oldest: u64) -> (Unread, u64) {
        let mut counting = Counting::new(seen);
        for (looked, seq) in (oldest..=newest).rev().enumerate() {
            match counting.next(seq, line(seq)) {
                Next::Over => return (counting.done(true), looked as u64),
                Next::New => counting.add(),
                Next::Read => {}
            }
        }
        (counting.done(oldest == 1), newest + 1 - oldest)
    }

    #[test]
    fn the_number_is_true_and_reads_no_more_than_it_needs() {
        let exactly = |count| Unread { count, more: false };
        let over = |count| Unread { count, more: true };
        for (upto, turned, newest, oldest, told, looked) in [
            // All read: nothing is looked at.
            (500, &[][..], 500, 261, exactly(0), 0),
            (497, &[], 500, 261, exactly(3), 3),
            (0, &[], 60, 1, exactly(60), 60),
            (0, &[], 99, 1, exactly(99), 99),
            (0, &[], 100, 1, over(99), 100),
            (0, &[], 5_000, 4_761, over(99), 100),
            // What is at hand does not reach what was read: so many at least.
            (10, &[], 90, 40, over(51), 51),
            // Marked one by one, either way.
            (95, &[90, 98], 100, 1, exactly(5), 11),
            // Marked as not read, before what is at hand.
            (500, &[7], 500, 261, exactly(1), 240),
        ] {
            let seen = seen(upto, turned);
            assert_eq!(
                count(&seen, newest, oldest),
                (told, looked),
                "{upto} {turned:?}"
            );
        }
    }
}
