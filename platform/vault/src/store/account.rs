//! Who may sign in as whom: a login name (keyed), a password hash, a record.

use ambient::Id;
use jiff::Timestamp;

use super::{Store, With};
use crate::{
    db::{DbError, Statements, Step},
    record::RecordId,
};

const BY_LOGIN: &str = "SELECT account_id, record_id, password FROM account WHERE login_key = ?1";
const BY_RECORD: &str = "SELECT account_id, record_id, password FROM account WHERE record_id = ?1";
const INSERT: &str = "INSERT INTO account (login_key, account_id, record_id, password, created_at) \
    VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
const SET_PASSWORD: &str = "UPDATE account SET password = ?2 WHERE record_id = ?1";
const REMOVE: &str = "DELETE FROM account WHERE record_id = ?1";

pub(super) const STATEMENTS: Statements = &[BY_LOGIN, BY_RECORD, INSERT, SET_PASSWORD, REMOVE];

/// A person's means of signing in.
#[derive(Debug, Clone)]
pub struct Account {
    /// Names the account in sessions.
    pub id: Id,
    /// The record of the person themself.
    pub record: RecordId,
    /// Password hash (PHC string).
    pub password: String,
}

impl Store {
    /// The account of a login name, exactly as written (the caller folds case).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, login: &str) -> Result<Option<Account>, DbError> {
        let key = self.blind("login", login.as_bytes());
        self.one_account(BY_LOGIN, (&key).into()).await
    }

    /// The account of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of(&self, record: RecordId) -> Result<Option<Account>, DbError> {
        self.one_account(BY_RECORD, record.into()).await
    }

    /// Adds an account; refused when the login name is taken or the person has one.
    pub fn add_account(&self, login: &str, account: &Account, now: Timestamp) -> With {
        let key = self.blind("login", login.as_bytes());
        let params = vec![
            (&key).into(),
            account.id.into(),
            account.record.into(),
            account.password.as_str().into(),
            now.into(),
        ];
        With(vec![Step::expecting(INSERT, params, 1)])
    }

    /// Changes the password of a person's account; refused when there is none.
    pub fn set_password(&self, record: RecordId, password: &str) -> With {
        With(vec![Step::expecting(
            SET_PASSWORD,
            vec![record.into(), password.into()],
            1,
        )])
    }

    /// Removes a person's account, if there is one.
    pub fn remove_account(&self, record: RecordId) -> With {
        With(vec![Step::new(REMOVE, vec![record.into()])])
    }

    async fn one_account(
        &self,
        sql: &'static str,
        key: crate::db::Value,
    ) -> Result<Option<Account>, DbError> {
        let rows = self.db.query(sql, vec![key]).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let missing = || DbError::Engine("an account without its record".to_owned());
        Ok(Some(Account {
            id: Id(row.array(0)?.ok_or_else(missing)?),
            record: row.record(1)?.ok_or_else(missing)?,
            password: row.text(2)?.to_owned(),
        }))
    }
}
