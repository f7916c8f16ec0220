//! Counting within whatever hour, or day: it begins at each of its quarters, so that no instant is far
//! behind the beginning of one.

use jiff::SignedDuration;
use vault::DbError;

use crate::Carnet;

const BEGIN: i64 = 4;
/// Seconds of an hour.
pub const HOUR: i64 = 3_600;
/// Seconds of a day.
pub const DAY: i64 = 24 * HOUR;

impl Carnet {
    /// Counts once for an account, in every hour that the instant belongs to; `false` when one of
    /// them is full.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counts(&self, what: &str, account: &str, limit: u32) -> Result<bool, DbError> {
        let now = self.now();
        let mut within = true;
        for whom in windows(account.as_bytes(), now.as_second(), HOUR) {
            let window = SignedDuration::from_secs(HOUR);
            within &= self.store.attempt(what, &whom, limit, window, now).await?;
        }
        Ok(within)
    }
}

/// Names whom it is counted for in each window of that length that an instant belongs to.
pub fn windows(whom: &[u8], second: i64, length: i64) -> impl Iterator<Item = Vec<u8>> {
    (0..BEGIN).map(move |begin| [whom, &window(second, begin, length)].concat())
}

/// Names the window of an instant among those that begin a part of one later than the clock's.
fn window(second: i64, begin: i64, length: i64) -> [u8; 9] {
    let number = (second + begin * length / BEGIN).div_euclid(length);
    let mut name = [0; 9];
    name[0] = begin.to_le_bytes()[0];
    name[1..].copy_from_slice(&number.to_le_bytes());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_quarters_of_an_hour_are_always_within_one_of_the_hours() {
        for length in [HOUR, DAY] {
            for start in (0..2 * length).step_by(60) {
                let end = start + length - length / BEGIN;
                let one = |begin| window(start, begin, length) == window(end, begin, length);
                assert!((0..BEGIN).any(one), "{start}");
            }
        }
        let hour = |second, begin| window(second, begin, HOUR);
        let names = [hour(0, 0), hour(0, 1), hour(HOUR, 0), hour(-1, 0)];
        for (n, one) in names.iter().enumerate() {
            assert!(!names[n + 1..].contains(one), "{n}");
        }
    }
}
