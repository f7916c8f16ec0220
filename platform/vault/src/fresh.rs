//! What was read of the database and has not been written since.
//!
//! Only where one process has the database for itself. A reader takes a
//! [`Mark`] before it reads and keeps what it read under it; whoever writes
//! forgets after the commit and before the answer. What was read before a write
//! and would be kept after it is not kept, so that nothing older than an
//! acknowledged write is ever given.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Keys share a count of writes with others of their shard: enough shards, and
/// a reader rarely meets a write of somebody else's.
const SHARDS: usize = 64;

/// When a reading began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark(u64);

#[derive(Debug)]
struct Shard<K, V> {
    known: HashMap<K, V>,
    /// How many times something of this shard was written.
    writes: u64,
}

/// Values by key, at most about as many as it was made for.
#[derive(Debug)]
pub(crate) struct Fresh<K, V> {
    shards: Vec<Mutex<Shard<K, V>>>,
    hasher: RandomState,
    /// Values of one shard; beyond this many, all of it are dropped and read again.
    most: usize,
}

impl<K: Hash + Eq, V: Clone> Fresh<K, V> {
    pub fn new(most: usize) -> Self {
        let shard = || {
            Mutex::new(Shard {
                known: HashMap::new(),
                writes: 0,
            })
        };
        Self {
            shards: (0..SHARDS).map(|_| shard()).collect(),
            hasher: RandomState::new(),
            most: most.div_ceil(SHARDS),
        }
    }

    /// The value as it is in the database now, when it is known.
    pub fn get(&self, key: &K) -> Option<V> {
        self.shard(key).known.get(key).cloned()
    }

    /// To be taken before reading.
    pub fn mark(&self, key: &K) -> Mark {
        Mark(self.shard(key).writes)
    }

    /// Keeps what was read since `mark`, unless it may have been written meanwhile.
    pub fn keep(&self, mark: Mark, key: K, value: V) {
        let mut shard = self.shard(&key);
        if shard.writes != mark.0 {
            return;
        }
        if shard.known.len() >= self.most {
            shard.known.clear();
        }
        shard.known.insert(key, value);
    }

    /// Forgets what is written: after the commit, before the answer.
    pub fn forget(&self, key: &K) {
        let mut shard = self.shard(key);
        shard.writes += 1;
        shard.known.remove(key);
    }

    /// Forgets everything.
    pub fn forget_all(&self) {
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.writes += 1;
            shard.known.clear();
        }
    }

    fn shard(&self, key: &K) -> MutexGuard<'_, Shard<K, V>> {
        // Below SHARDS, so the cut loses nothing.
        let place = (self.hasher.hash_one(key) % SHARDS as u64) as usize;
        self.shards[place]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_forgotten_and_what_was_read_before_is_not_kept() {
        let fresh = Fresh::new(100);
        let mark = fresh.mark(&1);
        fresh.keep(mark, 1, "old");
        assert_eq!(fresh.get(&1), Some("old"));
        let before = fresh.mark(&1);
        fresh.forget(&1);
        assert_eq!(fresh.get(&1), None);
        fresh.keep(before, 1, "old");
        assert_eq!(fresh.get(&1), None, "read before the write");
        fresh.keep(fresh.mark(&1), 1, "new");
        assert_eq!(fresh.get(&1), Some("new"));
        fresh.forget_all();
        assert_eq!(fresh.get(&1), None);
    }

    #[test]
    fn it_does_not_grow_for_ever() {
        let fresh = Fresh::new(128);
        for key in 0..10_000 {
            fresh.keep(fresh.mark(&key), key, ());
        }
        let held = (0..10_000).filter(|key| fresh.get(key).is_some()).count();
        assert!(held <= 128, "{held}");
    }
}
