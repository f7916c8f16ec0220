//! What the database may see of an entry.

use std::fmt;

use ambient::Id;
use serde::{Deserialize, Serialize};

/// Names one sealed record: random, and linked to a person only inside seals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(pub Id);

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A part of a record that is opened, chained and cached on its own.
///
/// The numbers are stored: they never change meaning and are never reused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Volume {
    /// Grants, blocks, settings, identity: what a decision needs.
    Policy = 1,
    /// The documents and other resources themselves.
    Clinical = 2,
    /// Values measured over time.
    Measures = 3,
    /// Messages.
    Mail = 4,
    /// Appointments and reminders.
    Agenda = 5,
    /// Who did what; written in arrival order, packed later.
    Journal = 6,
    /// Text drawn from documents, opened only by a search; can be rebuilt.
    Text = 7,
    /// What a minor keeps from their representatives, traces included.
    Secret = 8,
}

impl Volume {
    /// Every volume, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Policy,
        Self::Clinical,
        Self::Measures,
        Self::Mail,
        Self::Agenda,
        Self::Journal,
        Self::Text,
        Self::Secret,
    ];

    /// The number kept in the database.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The volume of a stored number, if this version knows it.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|volume| i64::from(volume.number()) == number)
    }
}

/// What an entry holds, as a number that the layer above gives out.
///
/// Numbers are stored in clear, so they name a *shape* (a FHIR resource type, a
/// setting), never a medical subject.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Kind(pub u16);

impl Kind {
    /// Marks what was erased: the thing existed, its bytes are gone.
    pub const TOMBSTONE: Self = Self(0);
}

/// The clear part of an entry. It is bound to the sealed bytes: changing it makes them unreadable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Layout of the sealed bytes; 2 today.
    pub format: u8,
    /// What the entry holds.
    pub kind: Kind,
    /// Which compiled-in dictionary compressed it; 0 is none.
    pub dictionary: u8,
    /// Which generation of the record's key sealed it.
    pub generation: u16,
}

impl Header {
    /// Bytes of an encoded header.
    pub const LEN: usize = 6;

    /// The layout that this version writes.
    pub const FORMAT: u8 = 2;

    /// The bytes that are stored, chained and bound to the seal.
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[0] = self.format;
        bytes[1..3].copy_from_slice(&self.kind.0.to_be_bytes());
        bytes[3] = self.dictionary;
        bytes[4..].copy_from_slice(&self.generation.to_be_bytes());
        bytes
    }

    /// Reads what [`Header::encode`] wrote; `None` for another length.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::LEN] = bytes.try_into().ok()?;
        Some(Self {
            format: bytes[0],
            kind: Kind(u16::from_be_bytes([bytes[1], bytes[2]])),
            dictionary: bytes[3],
            generation: u16::from_be_bytes([bytes[4], bytes[5]]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_reads_back() {
        let header = Header {
            format: 1,
            kind: Kind(513),
            dictionary: 2,
            generation: 770,
        };
        assert_eq!(Header::decode(&header.encode()), Some(header));
        assert_eq!(Header::decode(&[0; 7]), None);
    }

    #[test]
    fn volume_numbers_read_back() {
        for volume in Volume::ALL {
            assert_eq!(
                Volume::from_number(i64::from(volume.number())),
                Some(volume)
            );
        }
        assert_eq!(Volume::from_number(9), None);
    }
}
