//! The password, shown again before a sensitive step: in its own form, or on `/verification`.

use access::Person;
use jiff::SignedDuration;
use vault::store::Account;
use web::{Errors, Problem};

use super::page::own;
use crate::Passwords;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Judges the password typed in the field `mot-de-passe`; gives the account when it is right.
///
/// # Errors
/// When the store fails.
pub async fn check(
    person: &Person,
    passwords: &Passwords,
    typed: &str,
    errors: &mut Errors,
) -> Result<Option<Account>, Problem> {
    judge(person, passwords, typed, "mot-de-passe", errors).await
}

/// The same, for a password typed in another field.
///
/// # Errors
/// When the store fails.
pub async fn judge(
    person: &Person,
    passwords: &Passwords,
    typed: &str,
    field: &str,
    errors: &mut Errors,
) -> Result<Option<Account>, Problem> {
    let (app, record) = (&person.app, own(person));
    let (limit, now) = (app.limits.sign_ins_a_day, app.now());
    let within = app
        .store
        .attempt("password again", &record.0.0, limit, DAY, now)
        .await?;
    let account = app.store.account_of(record).await?;
    let known = account.as_ref().map(|account| account.password.as_str());
    let right = passwords.verify(typed, known).await?;
    if !within {
        errors.add(field, person.shell.t("account-sign-in-locked"));
    } else if !right {
        errors.add(field, person.shell.t("account-password-wrong"));
    } else {
        app.store
            .forget_attempts("password again", &record.0.0)
            .await?;
    }
    Ok(account.filter(|_| within && right))
}
