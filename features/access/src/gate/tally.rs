//! How many decisions came to what: for monitoring, about nobody.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::decide::{Decision, Refusal};

const REFUSALS: [(Refusal, &str); 10] = [
    (Refusal::State, "state"),
    (Refusal::Suspended, "suspended"),
    (Refusal::Blocked, "blocked"),
    (Refusal::Explicit, "explicit"),
    (Refusal::Opposed, "opposed"),
    (Refusal::NoWayIn, "no-way-in"),
    (Refusal::Hidden, "hidden"),
    (Refusal::Matrix, "matrix"),
    (Refusal::Withdrawn, "withdrawn"),
    (Refusal::Stale, "stale"),
];

/// Decisions so far, and documents of an unknown type.
#[derive(Debug, Default)]
pub(super) struct Tally {
    allowed: AtomicU64,
    refused: [AtomicU64; REFUSALS.len()],
    unknown_types: AtomicU64,
}

impl Tally {
    pub fn count(&self, decision: Decision) {
        let counter = match decision {
            Ok(_) => Some(&self.allowed),
            Err(refusal) => {
                let place = REFUSALS.iter().position(|(known, _)| *known == refusal);
                place.and_then(|place| self.refused.get(place))
            }
        };
        if let Some(counter) = counter {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub fn unknown_type(&self) {
        self.unknown_types.fetch_add(1, Ordering::Relaxed);
    }

    pub fn unknown_types(&self) -> u64 {
        self.unknown_types.load(Ordering::Relaxed)
    }

    pub fn all(&self) -> Vec<(&'static str, u64)> {
        let refused = REFUSALS.iter().zip(&self.refused);
        let refused = refused.map(|((_, name), count)| (*name, count.load(Ordering::Relaxed)));
        let allowed = [("allowed", self.allowed.load(Ordering::Relaxed))];
        allowed.into_iter().chain(refused).collect()
    }
}
