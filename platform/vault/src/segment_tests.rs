use ambient::{Id, Secret, SeededRandom};

use super::*;
use crate::{
    cipher::Suite,
    record::{Kind, RecordId},
};

fn keys(record: u8) -> RecordKeys {
    let master = Secret::new([7; 32]);
    RecordKeys::derive(Suite::Aes256Gcm, RecordId(Id([record; 16])), 1, &master)
}

fn lines(keys: &RecordKeys, places: std::ops::RangeInclusive<u64>) -> Vec<StoredRow> {
    let random = SeededRandom::new(1);
    let line = |seq: u64| {
        let text = format!("line {seq}");
        let id = Id(u128::from(seq).to_be_bytes());
        let sealed = keys.seal(&random, Kind(2), id, 1, text.as_bytes());
        let (header, hash) = (sealed.header.encode(), chain::hash(&sealed.bytes));
        StoredRow {
            seq,
            blind: chain::tail_mac(keys.head(), seq, &header, &hash),
            header,
            hash,
            sealed: Some(sealed.bytes),
            current: true,
        }
    };
    places.map(line).collect()
}

fn parts(row: &StoredRow) -> (u64, [u8; 16], [u8; Header::LEN], chain::Hash, &[u8]) {
    let sealed = row.sealed.as_deref().expect("is there");
    (row.seq, row.blind, row.header, row.hash, sealed)
}

#[test]
fn lines_come_back_as_they_were() {
    let keys = keys(1);
    let rows = lines(&keys, 65..=128);
    let packed = pack(&keys, &SeededRandom::new(2), &rows).expect("packs");
    assert_eq!((packed.first, packed.last), (65, 128));
    let back = unpack(&keys, &packed).expect("opens");
    assert!(back.iter().map(parts).eq(rows.iter().map(parts)));
}

#[test]
fn a_segment_opens_only_where_it_belongs() {
    let packed = pack(&keys(1), &SeededRandom::new(2), &lines(&keys(1), 1..=3)).expect("packs");
    assert!(unpack(&keys(2), &packed).is_err(), "another record");
    let moved = StoredSegment {
        first: 2,
        last: 4,
        ..packed.clone()
    };
    assert!(unpack(&keys(1), &moved).is_err(), "another place");
    let shorter = StoredSegment {
        last: 2,
        ..packed.clone()
    };
    assert!(unpack(&keys(1), &shorter).is_err(), "fewer lines");
    let mut flipped = packed.clone();
    flipped.sealed[40] ^= 1;
    assert!(unpack(&keys(1), &flipped).is_err(), "a flipped bit");
    let future = StoredSegment {
        header: [2, 0, 1],
        ..packed
    };
    assert!(unpack(&keys(1), &future).is_err(), "an unknown layout");
    assert!(pack(&keys(1), &SeededRandom::new(2), &[]).is_err());
}

/// What an older version packed opens for ever.
#[test]
fn the_golden_segment_opens() {
    let golden = StoredSegment {
        first: 1,
        last: 3,
        header: [1, 0, 1],
        sealed: include_bytes!("../golden/segment-1").to_vec(),
    };
    let rows = unpack(&keys(1), &golden).expect("opens");
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| {
        let header = Header::decode(&row.header).expect("a header");
        let sealed = row.sealed.as_deref().expect("is there");
        let opened = keys(1).unseal(&header, sealed).expect("opens");
        opened.id == Id(u128::from(row.seq).to_be_bytes())
    }));
}

/// Run once when a layout is added; never writes over a file.
#[test]
#[ignore = "writes a golden file"]
fn write_the_golden_segment() {
    let name = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/segment-1");
    if std::fs::metadata(name).map_or(0, |file| file.len()) == 0 {
        let rows = lines(&keys(1), 1..=3);
        let packed = pack(&keys(1), &SeededRandom::new(2), &rows).expect("packs");
        std::fs::write(name, packed.sealed).expect("written");
    }
}
