//! Opened volumes in memory, bounded in bytes.
//!
//! Two generations: what is used moves to the young one; when that is full it
//! becomes the old one, and what nobody asked for since is dropped.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::record::{RecordId, Volume};

type Key = (RecordId, Volume);
type Held = (Arc<dyn Any + Send + Sync>, usize);

#[derive(Default)]
struct Generations {
    young: HashMap<Key, Held>,
    old: HashMap<Key, Held>,
    young_bytes: usize,
}

pub(crate) struct Cache {
    half: usize,
    generations: Mutex<Generations>,
}

impl Cache {
    /// A cache of about `bytes`.
    pub fn new(bytes: usize) -> Self {
        Self {
            half: bytes / 2,
            generations: Mutex::default(),
        }
    }

    pub fn get(&self, record: RecordId, volume: Volume) -> Option<Arc<dyn Any + Send + Sync>> {
        let mut all = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let key = (record, volume);
        if let Some((held, _)) = all.young.get(&key) {
            return Some(Arc::clone(held));
        }
        let (held, weight) = all.old.remove(&key)?;
        self.insert(&mut all, key, (Arc::clone(&held), weight));
        Some(held)
    }

    pub fn put(
        &self,
        record: RecordId,
        volume: Volume,
        held: Arc<dyn Any + Send + Sync>,
        weight: usize,
    ) {
        let mut all = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let key = (record, volume);
        all.old.remove(&key);
        self.insert(&mut all, key, (held, weight));
    }

    /// How many volumes are held, and the bytes that they take.
    pub fn held(&self) -> (usize, usize) {
        let all = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let old: usize = all.old.values().map(|(_, weight)| weight).sum();
        (all.young.len() + all.old.len(), all.young_bytes + old)
    }

    /// Drops what was not asked for since the last time.
    pub fn age(&self) {
        let mut all = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.old = std::mem::take(&mut all.young);
        all.young_bytes = 0;
    }

    /// Drops all that is held of a record.
    pub fn forget(&self, record: RecordId) {
        let mut all = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for volume in Volume::ALL {
            all.old.remove(&(record, volume));
            if let Some((_, weight)) = all.young.remove(&(record, volume)) {
                all.young_bytes -= weight;
            }
        }
    }

    fn insert(&self, all: &mut Generations, key: Key, held: Held) {
        let weight = held.1;
        if let Some((_, replaced)) = all.young.insert(key, held) {
            all.young_bytes -= replaced;
        }
        all.young_bytes += weight;
        if all.young_bytes > self.half {
            all.old = std::mem::take(&mut all.young);
            all.young_bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use ambient::Id;

    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let cache = Cache::new(8);
        let record = |n| RecordId(Id([n; 16]));
        let put = |n| cache.put(record(n), Volume::Policy, Arc::new(n), 1);
        (0..5).for_each(put);
        assert!(
            cache.get(record(0), Volume::Policy).is_some(),
            "used: young again"
        );
        (5..9).for_each(put);
        assert!(cache.get(record(0), Volume::Policy).is_some());
        assert!(cache.get(record(1), Volume::Policy).is_none());
        let (volumes, bytes) = cache.held();
        assert!(
            volumes == bytes && (4..=9).contains(&volumes),
            "{volumes} {bytes}"
        );
    }

    #[test]
    fn what_nobody_asks_for_ages_out() {
        let cache = Cache::new(100);
        let record = |n| RecordId(Id([n; 16]));
        for n in 0..2 {
            cache.put(record(n), Volume::Text, Arc::new(n), 1);
        }
        cache.age();
        assert!(cache.get(record(0), Volume::Text).is_some());
        cache.age();
        assert_eq!(cache.held(), (1, 1));
        cache.age();
        assert_eq!(cache.held(), (0, 0));
    }
}
