//! Files that went bad, for readers that must say so and go on.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many files are made of each good one; `./test --long` asks for more.
#[expect(clippy::disallowed_methods, reason = "says how long to try")]
fn rounds() -> u64 {
    let asked = std::env::var("CARNET_TEST_SPOILT").ok();
    asked
        .and_then(|asked| asked.parse().ok())
        .unwrap_or_default()
}

/// Gives `read` each good file, many that were spoilt from them, and each of `kept`: those that once did
/// harm. The same seed spoils alike; `rounds` files are made unless `CARNET_TEST_SPOILT` asks for more.
///
/// # Panics
/// When `read` does, with the seed of the file; the file itself is then in the folder for temporary files.
pub fn spoil(name: &str, rounds_at_least: u64, good: &[Vec<u8>], read: impl Fn(&[u8])) {
    let marks = marks(good);
    good.iter().for_each(|file| read(file));
    for seed in 0..rounds().max(rounds_at_least) {
        let file = spoilt(good, &marks, seed);
        if catch_unwind(AssertUnwindSafe(|| read(&file))).is_err() {
            let path = std::env::temp_dir().join(format!("spoilt-{name}-{seed}"));
            let written = std::fs::write(&path, &file);
            panic!("{name}: seed {seed}: {} {written:?}", path.display());
        }
    }
}

/// Draws numbers; nothing depends on their quality (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((n ^ (n >> 31)) % most.max(1) as u64).unwrap_or_default()
    }
}

/// Words of the good files: what a format is made of, and worth putting where it does not belong.
fn marks(good: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"/<>:=\"_-".contains(byte);
    let words = good
        .iter()
        .flat_map(|file| file.split(|byte| !inside(byte)));
    let words: std::collections::BTreeSet<&[u8]> =
        words.filter(|word| (2..40).contains(&word.len())).collect();
    words.into_iter().map(<[u8]>::to_vec).collect()
}

fn spoilt(good: &[Vec<u8>], marks: &[Vec<u8>], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut file = good[dice.below(good.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(file.len());
        let end = (at + dice.below(64)).min(file.len());
        match dice.below(9) {
            // A bit, a byte, a number at its edges.
            0 if !file.is_empty() => file[at] ^= 1 << dice.below(8),
            1 if !file.is_empty() => file[at] = [0, 0xFF, 0x80, b'<', b'9', b'-'][dice.below(6)],
            2 => drop(file.splice(at..end, *b"-99999999999999999999")),
            // Something is gone: a passage, the end.
            3 => drop(file.drain(at..end)),
            4 => file.truncate(at),
            // Something is there too often, or where it does not belong.
            5 => {
                let part = file[at..end].repeat(1 + dice.below(400));
                drop(file.splice(at..at, part));
            }
            6 if !marks.is_empty() => {
                let mark = marks[dice.below(marks.len())].clone();
                drop(file.splice(at..at, mark));
            }
            7 if !marks.is_empty() => {
                let mark = marks[dice.below(marks.len())].clone();
                drop(file.splice(at..end, mark));
            }
            _ => {
                let other = &good[dice.below(good.len())];
                let from = dice.below(other.len());
                let until = (from + dice.below(4_000)).min(other.len());
                drop(file.splice(at..end, other[from..until].iter().copied()));
            }
        }
    }
    file
}
