//! What an append does to a record, independent of the engine.
//!
//! The engine gives the heads that it read; this module checks the conditions,
//! goes on with the chains and says which statements to run. The heads themselves
//! are written once per group by the engine.

use std::{collections::HashMap, sync::Arc};

use aws_lc_rs::hmac;

use super::{DbError, Step, Value};
use crate::{
    chain::{self, Hash, Head, Row},
    record::{Header, RecordId, Volume},
    seal::RecordKeys,
};

const INSERT_ENTRY: &str = "INSERT INTO entry \
    (record_id, volume, seq, blind, header, sealed, is_current) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)";

/// Keeps the hash of what may be destroyed from now on.
const SUPERSEDE: &str = "UPDATE entry SET is_current = 0, hash = ?5 \
    WHERE record_id = ?1 AND volume = ?2 AND seq = ?3 AND blind = ?4 AND is_current = 1";

const DESTROY: &str = "UPDATE entry SET sealed = NULL \
    WHERE record_id = ?1 AND volume = ?2 AND blind = ?3 AND seq < ?4";

/// The bytes of all that a record holds; its chains keep their hashes.
const ERASE: &str = "UPDATE entry SET sealed = NULL WHERE record_id = ?1 AND sealed IS NOT NULL";

/// Lines of a journal that are not packed: few, whatever the engine.
const ERASE_TAIL: &str =
    "UPDATE tail SET sealed = NULL WHERE record_id = ?1 AND sealed IS NOT NULL";
const ERASE_PACKED: &str = "DELETE FROM segment WHERE record_id = ?1";

pub(super) const INSERT_TAIL: &str = "INSERT INTO tail \
    (record_id, seq, header, hash, mac, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(super) const STATEMENTS: &[&str] = &[
    INSERT_ENTRY,
    SUPERSEDE,
    DESTROY,
    ERASE,
    ERASE_TAIL,
    ERASE_PACKED,
    INSERT_TAIL,
    PUT_HEAD,
];

/// One sealed entry on its way in.
#[derive(Clone, Debug)]
pub(crate) struct NewEntry {
    pub volume: Volume,
    pub blind: [u8; 16],
    pub header: Header,
    pub sealed: Vec<u8>,
    /// The current version that this one replaces: refused when it is no longer current.
    pub supersedes: Option<Superseded>,
    /// Destroy the bytes of every earlier version.
    pub destroy: bool,
}

/// The stored columns of the version that is replaced.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Superseded {
    pub seq: u64,
    pub header: [u8; Header::LEN],
    pub hash: Hash,
}

/// The append happens only while this volume still ends at `last`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    pub volume: Volume,
    pub last: u64,
}

/// Entries for one record, all or none.
#[derive(Clone, Debug)]
pub(crate) struct Append {
    pub keys: Arc<RecordKeys>,
    pub entries: Vec<NewEntry>,
    pub conditions: Vec<Condition>,
    /// Statements on index tables that belong to the same transaction.
    pub with: Vec<Step>,
    /// Destroy the bytes of all that the record holds, and mark it for every server.
    pub erase: bool,
}

/// Where the entries went.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// Volume and sequence of each entry, in the order given.
    pub places: Vec<(Volume, u64)>,
    /// The heads after the append.
    pub heads: Vec<(Volume, u64, u64)>,
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppendRefused {
    /// A condition no longer holds, or a replaced version is no longer current.
    #[error("the record has moved on")]
    Moved,
    /// A guarded statement beside the entries was refused: its place in `with`.
    #[error("step {0} beside the entries was refused")]
    Step(usize),
    /// The record was erased.
    #[error("the record was erased")]
    Erased,
    /// The stored head was not made by who holds the record's key.
    #[error("the record was altered from outside")]
    Tampered,
    /// The engine failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What an engine must do for one append.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub steps: Vec<Step>,
    /// How many of the steps, from the end, are the caller's own.
    pub own: usize,
    pub written: Written,
}

/// Heads by record and volume, as they will be after the group.
pub(super) type Heads = HashMap<(RecordId, Volume), Head>;

/// The volumes whose heads [`plan`] needs.
pub(super) fn volumes(append: &Append) -> impl Iterator<Item = Volume> {
    let entries = append.entries.iter().map(|entry| entry.volume);
    let conditions = append.conditions.iter().map(|condition| condition.volume);
    entries
        .chain(conditions)
        .chain(append.erase.then_some(Volume::Policy))
}

/// Plans an append on heads that were read and verified; changes them when it succeeds.
pub(super) fn plan(append: Append, heads: &mut Heads) -> Result<Plan, AppendRefused> {
    let record = append.keys.record;
    let key = append.keys.head();
    let mut touched: HashMap<Volume, Head> = HashMap::new();
    let head_of = |volume| heads.get(&(record, volume)).copied().unwrap_or_default();
    if head_of(Volume::Policy).is_erased() {
        return Err(AppendRefused::Erased);
    }
    for condition in &append.conditions {
        if head_of(condition.volume).last != condition.last {
            return Err(AppendRefused::Moved);
        }
    }

    let mut plan = Plan::default();
    for entry in append.entries {
        let volume = entry.volume;
        let head = touched.entry(volume).or_insert_with(|| head_of(volume));
        let header = entry.header.encode();
        let hash = chain::hash(&entry.sealed);
        let seq = head.last + 1;
        if let Some(old) = entry.supersedes {
            let row = Row {
                seq: old.seq,
                blind: &entry.blind,
                header: &old.header,
                hash: &old.hash,
            };
            head.retire(key, volume, &row);
            plan.steps.push(Step::expecting(
                SUPERSEDE,
                vec![
                    record.into(),
                    volume.into(),
                    old.seq.into(),
                    (&entry.blind).into(),
                    (&old.hash).into(),
                ],
                1,
            ));
        }
        if entry.destroy {
            head.epoch += 1;
            plan.steps.push(Step::new(
                DESTROY,
                vec![
                    record.into(),
                    volume.into(),
                    (&entry.blind).into(),
                    seq.into(),
                ],
            ));
        }
        // A trace has no blind name: its MAC stands in its place.
        let name = match volume {
            Volume::Journal => chain::tail_mac(key, seq, &header, &hash),
            _ => entry.blind,
        };
        let row = Row {
            seq,
            blind: &name,
            header: &header,
            hash: &hash,
        };
        head.push(key, volume, &row);
        plan.steps.push(if volume == Volume::Journal {
            Step::new(
                INSERT_TAIL,
                vec![
                    record.into(),
                    seq.into(),
                    (&header).into(),
                    (&hash).into(),
                    (&name).into(),
                    entry.sealed.into(),
                ],
            )
        } else {
            Step::new(
                INSERT_ENTRY,
                vec![
                    record.into(),
                    volume.into(),
                    seq.into(),
                    (&name).into(),
                    (&header).into(),
                    entry.sealed.into(),
                ],
            )
        });
        plan.written.places.push((volume, seq));
    }
    if append.erase {
        touched
            .entry(Volume::Policy)
            .or_insert_with(|| head_of(Volume::Policy))
            .epoch = Head::ERASED;
        let all = [ERASE, ERASE_TAIL, ERASE_PACKED];
        let erase = all.map(|sql| Step::new(sql, vec![record.into()]));
        plan.steps.extend(erase);
    }
    plan.own = append.with.len();
    plan.steps.extend(append.with);
    for (volume, head) in touched {
        plan.written.heads.push((volume, head.epoch, head.last));
        heads.insert((record, volume), head);
    }
    Ok(plan)
}

/// Turns a refused step into what it means for the caller.
pub(super) fn refusal(error: DbError, steps: usize, own: usize) -> AppendRefused {
    match error {
        DbError::Refused(step) if step >= steps - own => AppendRefused::Step(step + own - steps),
        DbError::Refused(_) => AppendRefused::Moved,
        other => AppendRefused::Db(other),
    }
}

/// The heads of one record, to put back when its append is refused.
pub(super) fn heads_of(heads: &Heads, record: RecordId) -> Vec<((RecordId, Volume), Head)> {
    let of_record = Volume::ALL.into_iter().map(|volume| (record, volume));
    of_record
        .filter_map(|key| heads.get(&key).map(|head| (key, *head)))
        .collect()
}

/// The statement that stores a head.
const PUT_HEAD: &str = "INSERT INTO head \
    (record_id, volume, epoch, last_seq, chain, digest, mac, moved) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1) \
    ON CONFLICT (record_id, volume) DO UPDATE SET epoch = excluded.epoch, \
    last_seq = excluded.last_seq, chain = excluded.chain, digest = excluded.digest, \
    mac = excluded.mac, moved = 1";

/// The step that stores a head under a MAC of `key`.
pub(crate) fn put_head(record: RecordId, volume: Volume, head: &Head, key: &hmac::Key) -> Step {
    let params: Vec<Value> = vec![
        record.into(),
        volume.into(),
        head.epoch.into(),
        head.last.into(),
        (&head.chain).into(),
        (&head.digest).into(),
        (&head.mac(key, volume)).into(),
    ];
    Step::new(PUT_HEAD, params)
}
