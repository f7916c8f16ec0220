//! The registry of persons whom the installation may open a space for.
//!
//! Keyed by HMAC of the national number. The card's serial is kept only as a
//! keyed hash; the rest is sealed. Neither the number nor the name can be read
//! from the table.

use super::{Store, With};
use crate::{
    chain,
    db::{DbError, Statements, Step, Value},
    record::RecordId,
};

const PUT: &str = "INSERT INTO insured (nir_key, card_key, record_id, sealed, traits_key) \
    VALUES (?1, ?2, NULL, ?3, ?4) ON CONFLICT (nir_key) DO UPDATE SET \
    card_key = excluded.card_key, sealed = excluded.sealed, traits_key = excluded.traits_key";
const WITH: &str = "SELECT record_id FROM insured WHERE traits_key = ?1 LIMIT 2";
const GET: &str = "SELECT card_key, record_id, sealed FROM insured WHERE nir_key = ?1";
const UPDATE: &str = "UPDATE insured SET sealed = ?2 WHERE nir_key = ?1";
const LINK: &str = "UPDATE insured SET record_id = ?2 WHERE nir_key = ?1 AND record_id IS NULL";
const REMOVE: &str = "DELETE FROM insured WHERE record_id = ?1";

pub(super) const STATEMENTS: Statements = &[PUT, GET, UPDATE, LINK, REMOVE, WITH];

/// A row to import.
#[derive(Debug, Clone)]
pub struct NewInsured {
    /// National number, 15 characters.
    pub number: String,
    /// Serial of the card.
    pub card: String,
    /// What the layer above knows of the person (traits, contacts), as bytes.
    pub body: Vec<u8>,
    /// All that tells the person from others without the number, in one text: kept as a keyed
    /// hash. `None` when something of it is missing.
    pub traits: Option<String>,
}

/// A row of the registry.
#[derive(Debug, Clone)]
pub struct Insured {
    card_key: [u8; 32],
    asked_card: [u8; 32],
    /// The person's record, once opened.
    pub record: Option<RecordId>,
    /// What the layer above knows of the person.
    pub body: Vec<u8>,
}

impl Insured {
    /// Whether the card asked for is the one that the registry knows; in constant time.
    pub fn card_matches(&self) -> bool {
        chain::same(&self.card_key, &self.asked_card)
    }
}

impl Store {
    /// Adds or brings up to date rows of the registry, in one transaction.
    ///
    /// # Errors
    /// When the database fails; then none is written.
    pub async fn put_insured(&self, rows: &[NewInsured]) -> Result<(), DbError> {
        let steps = rows.iter().map(|row| {
            let key = self.number_key(&row.number);
            let sealed = self.seal("insured", &key, &row.body);
            let card = self.card_key(&row.number, &row.card);
            let traits = row.traits.as_deref().map(|traits| self.traits_key(traits));
            let traits = traits.map_or(Value::Null, |traits| (&traits).into());
            let params = vec![(&key).into(), (&card).into(), sealed.into(), traits];
            Step::new(PUT, params)
        });
        self.db.write(steps.collect()).await.map(drop)
    }

    /// The row of a national number; `card` is compared, never stored.
    ///
    /// # Errors
    /// When the database fails, or the row was altered.
    pub async fn insured(&self, number: &str, card: &str) -> Result<Option<Insured>, DbError> {
        let key = self.number_key(number);
        let rows = self.db.query(GET, vec![(&key).into()]).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let missing = || DbError::Engine("a registry row without its card".to_owned());
        Ok(Some(Insured {
            card_key: row.array(0)?.ok_or_else(missing)?,
            asked_card: self.card_key(number, card),
            record: row.record(1)?,
            body: self.unseal("insured", &key, row.bytes(2)?)?,
        }))
    }

    /// The record of the one person with these traits: nobody's, when two have them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insured_with(&self, traits: &str) -> Result<Option<RecordId>, DbError> {
        let key = self.traits_key(traits);
        let rows = self.db.query(WITH, vec![(&key).into()]).await?;
        match rows.as_slice() {
            [one] => one.record(0),
            _ => Ok(None),
        }
    }

    /// Changes what is known of a person, leaving card and record as they are; refused when
    /// there is no such row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_insured(&self, number: &str, body: &[u8]) -> Result<(), DbError> {
        let key = self.number_key(number);
        let sealed = self.seal("insured", &key, body);
        let params = vec![(&key).into(), sealed.into()];
        self.db
            .write(vec![Step::expecting(UPDATE, params, 1)])
            .await
            .map(drop)
    }

    /// Links a person to their record; refused when they already have one.
    pub fn link_insured(&self, number: &str, record: RecordId) -> With {
        let params = vec![(&self.number_key(number)).into(), record.into()];
        With(vec![Step::expecting(LINK, params, 1)])
    }

    /// Takes the owner of a record out of the registry.
    pub fn remove_insured(&self, record: RecordId) -> With {
        With(vec![Step::new(REMOVE, vec![record.into()])])
    }

    fn number_key(&self, number: &str) -> [u8; 32] {
        self.blind("insured number", number.as_bytes())
    }

    pub(super) fn traits_key(&self, traits: &str) -> [u8; 32] {
        self.blind("insured traits", traits.as_bytes())
    }

    fn card_key(&self, number: &str, card: &str) -> [u8; 32] {
        self.blind("insured card", format!("{number}\0{card}").as_bytes())
    }
}
