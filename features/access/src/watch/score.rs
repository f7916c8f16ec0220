//! What is unusual in how an account opens people for the first time: a pure function of what was
//! opened lately.

use jiff::tz::TimeZone;

use super::{Lately, Place, Seen, Signal, Step, Watch};

/// What is unusual, and how much.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Each, heaviest first.
    pub signals: Vec<Signal>,
    /// Of all together.
    pub points: u32,
}

/// Weighs what an account, and its place, opened within a day, the opening asked for included.
pub fn score(lately: &Lately, place: &Place, watch: &Watch) -> Score {
    let mut found = vec![];
    found.extend(volume(&lately.account, place));
    found.extend(unlinked(&lately.account, watch));
    found.extend(hours(&lately.account, place, watch));
    // An account's own row, else that of all accounts of the place together, if it has its part.
    let row = row(&lately.account, watch).or_else(|| {
        let by = &lately.account.last()?.by;
        let last = lately.place.iter().rev().take(of(watch));
        let own = last.filter(|one| one.by == *by).count();
        (own >= PART).then(|| row(&lately.place, watch)).flatten()
    });
    found.extend(row);
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    Score {
        points: found.iter().map(|(points, _)| points).sum(),
        signals: found.into_iter().map(|(_, signal)| signal).collect(),
    }
}

impl Score {
    /// What the opening takes.
    pub fn step(&self, watch: &Watch) -> Step {
        let points = watch.points;
        match self.points {
            few if few < points.slow => Step::Free,
            few if few < points.card => Step::Slowed,
            some if some < points.suspend => Step::Card,
            _ => Step::Full,
        }
    }
}

/// Who made so many of a row has their part in it.
const PART: usize = 3;

type Weighed = Option<(u32, Signal)>;

fn volume(seen: &[Seen], place: &Place) -> Weighed {
    let (count, usual) = (len(seen), place.account_a_day);
    let points = match count {
        few if few <= usual => return None,
        some if some <= usual + usual / 4 => 1,
        many if many <= usual + usual / 2 => 2,
        _ => 3,
    };
    Some((points, Signal::Volume { count, usual }))
}

fn unlinked(seen: &[Seen], watch: &Watch) -> Weighed {
    let of = len(seen);
    let count = len(&seen.iter().filter(|one| !one.linked).collect::<Vec<_>>());
    let signals = watch.signals;
    let nearly_all = count * 100 >= of * signals.unlinked_percent;
    (of >= signals.unlinked_from && nearly_all).then_some((1, Signal::Unlinked { count, of }))
}

fn hours(seen: &[Seen], place: &Place, watch: &Watch) -> Weighed {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let hour = |one: &&Seen| place.is_shut(zone.to_datetime(one.at).hour());
    let count = len(&seen.iter().filter(hour).collect::<Vec<_>>());
    let points = match count {
        few if few < watch.signals.night_from => return None,
        some if some < watch.signals.night_many => 1,
        _ => 2,
    };
    Some((points, Signal::Hours { count }))
}

/// People who come one after the other as in a list, up or down, even with some out of order.
fn row(seen: &[Seen], watch: &Watch) -> Weighed {
    let signals = watch.signals;
    let last: Vec<u32> = seen
        .iter()
        .rev()
        .take(of(watch))
        .filter(|one| one.order > 0)
        .map(|one| one.order)
        .collect();
    let back: Vec<u32> = last.iter().rev().copied().collect();
    let count = ordered(&last).max(ordered(&back));
    let points = match count {
        few if few < signals.row_long => return None,
        some if some < signals.row_certain => 2,
        _ => 4,
    };
    let of = len(&last);
    Some((points, Signal::Row { count, of }))
}

fn of(watch: &Watch) -> usize {
    usize::try_from(watch.signals.row_of).unwrap_or(usize::MAX)
}

/// How many can be kept so that they are in order: the longest run without a step back.
fn ordered(all: &[u32]) -> u32 {
    let mut ends: Vec<u32> = vec![];
    for one in all {
        let at = ends.partition_point(|end| end <= one);
        match ends.get_mut(at) {
            Some(end) => *end = *one,
            None => ends.push(*one),
        }
    }
    len(&ends)
}

fn len<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}
