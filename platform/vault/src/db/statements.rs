//! Every statement of the vault, by the file that holds it.
//!
//! SQL is a constant in the file that uses it and is listed there: a test
//! prepares each one on both engines, and a debug build refuses to run one that
//! is not listed.

use super::{append, moved, pack, rows};
use crate::{keys, store};

/// The statements of one file.
pub(crate) type Statements = &'static [&'static str];

/// The statements on the main database that both engines run.
fn main() -> impl Iterator<Item = &'static str> {
    let files = [
        append::STATEMENTS,
        moved::STATEMENTS,
        pack::STATEMENTS,
        rows::STATEMENTS,
    ]
    .into_iter();
    files.chain(store::STATEMENTS).flatten().copied()
}

/// The statements on the key store.
fn keys() -> impl Iterator<Item = &'static str> {
    let files = keys::STATEMENTS.iter().copied();
    files.chain([store::KEY_STATEMENTS]).flatten().copied()
}

/// Stops a debug build that runs a statement which no test prepares.
pub(super) fn assert_listed(sql: &str) {
    debug_assert!(
        main().chain(keys()).any(|listed| listed == sql),
        "not in STATEMENTS: {sql}"
    );
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Schema, postgres, sqlite},
        *,
    };

    #[test]
    fn each_statement_is_listed_once_and_numbers_its_parameters() {
        let all: Vec<_> = main().chain(keys()).collect();
        for sql in &all {
            let same = all.iter().filter(|other| *other == sql).count();
            assert_eq!(same, 1, "{sql}");
            let marks = sql.split('?').skip(1);
            assert!(
                marks
                    .into_iter()
                    .all(|after| after.starts_with(|c: char| c.is_ascii_digit())),
                "{sql}"
            );
        }
    }

    #[test]
    fn sqlite_prepares_each_statement() {
        let own = sqlite::STATEMENTS.iter().copied();
        sqlite::prepare_all(Schema::MAIN, main().chain(own)).expect("the main database");
        sqlite::prepare_all(Schema::KEYS, keys()).expect("the key store");
    }

    #[tokio::test]
    async fn postgres_prepares_each_statement() {
        #[expect(clippy::disallowed_methods, reason = "says where the tests' server is")]
        let Ok(url) = std::env::var("CARNET_TEST_POSTGRES") else {
            return println!("skipped: CARNET_TEST_POSTGRES is not set");
        };
        let url = url.parse().expect("an address");
        let own = postgres::STATEMENTS.into_iter().flatten().copied();
        let prepared = postgres::prepare_all(&url, Schema::MAIN, main().chain(own)).await;
        prepared.expect("the main database");
        let prepared = postgres::prepare_all(&url, Schema::KEYS, keys()).await;
        prepared.expect("the key store");
    }
}
