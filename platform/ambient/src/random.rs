use std::{
    cell::RefCell,
    sync::atomic::{AtomicU64, Ordering},
};

use aws_lc_rs::{digest, rand};
use zeroize::Zeroize;

use crate::Id;

/// Where random bytes come from.
pub trait Random: Send + Sync + 'static {
    /// Fills `bytes` with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]);

    /// A fresh random identifier (128 bits).
    fn id(&self) -> Id {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        Id(bytes)
    }

    /// A fresh random key (256 bits).
    fn key(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }

    /// An evenly spread number in `0..below`; `below` must not be zero.
    fn below(&self, below: u32) -> u32 {
        let limit = u64::from(below);
        // Draws in the last, incomplete slice of the range would favour low numbers.
        let fair = u64::MAX - u64::MAX % limit;
        loop {
            let mut bytes = [0; 8];
            self.fill(&mut bytes);
            let drawn = u64::from_le_bytes(bytes);
            if drawn < fair {
                return u32::try_from(drawn % limit).expect("less than a u32");
            }
        }
    }
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        DRAWN.with_borrow_mut(|drawn| drawn.give(bytes));
    }
}

thread_local! {
    static DRAWN: RefCell<Drawn> = const { RefCell::new(Drawn::NOTHING) };
}

/// Bytes drawn ahead: a call costs 300 ns, and most ask for 12 or 16 bytes.
struct Drawn {
    bytes: [u8; Drawn::AHEAD],
    given: usize,
}

impl Drawn {
    const AHEAD: usize = 1024;
    const NOTHING: Self = Self {
        bytes: [0; Self::AHEAD],
        given: Self::AHEAD,
    };

    /// Gives each byte once, and keeps none that it gave.
    fn give(&mut self, wanted: &mut [u8]) {
        if wanted.len() > Self::AHEAD / 8 {
            return draw(wanted);
        }
        if Self::AHEAD - self.given < wanted.len() {
            draw(&mut self.bytes);
            self.given = 0;
        }
        let fresh = &mut self.bytes[self.given..self.given + wanted.len()];
        wanted.copy_from_slice(fresh);
        fresh.zeroize();
        self.given += wanted.len();
    }
}

fn draw(bytes: &mut [u8]) {
    // Without randomness nothing may go on: a predictable key is worse than a stopped server.
    rand::fill(bytes).expect("the operating system gives random bytes");
}

/// A generator that repeats itself for a given seed: tests and generated data only.
#[derive(Debug)]
pub struct SeededRandom {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededRandom {
    /// The sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: AtomicU64::new(0),
        }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let n = self.drawn.fetch_add(1, Ordering::Relaxed);
            let mut input = self.seed.to_le_bytes().to_vec();
            input.extend_from_slice(&n.to_le_bytes());
            let block = digest::digest(&digest::SHA256, &input);
            chunk.copy_from_slice(&block.as_ref()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_replays_its_sequence() {
        let (a, b) = (SeededRandom::new(7), SeededRandom::new(7));
        assert_eq!(a.key(), b.key());
        assert_ne!(a.key(), a.key());
        assert_ne!(SeededRandom::new(8).key(), SeededRandom::new(7).key());
    }

    #[test]
    fn what_is_drawn_ahead_is_given_once() {
        let mut drawn = Drawn::NOTHING;
        let mut given = std::collections::HashSet::new();
        for _ in 0..1_000 {
            let mut id = [0; 16];
            drawn.give(&mut id);
            assert!(given.insert(id));
            assert!(drawn.bytes[..drawn.given].iter().all(|byte| *byte == 0));
        }
        let mut long = [0; 4096];
        drawn.give(&mut long);
        assert!(long.iter().any(|byte| *byte != 0));
    }

    #[test]
    fn below_stays_below_and_reaches_every_value() {
        let random = SeededRandom::new(1);
        let mut seen = [false; 10];
        for _ in 0..500 {
            seen[random.below(10) as usize] = true;
        }
        assert_eq!(seen, [true; 10]);
    }
}
