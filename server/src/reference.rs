//! Reference data that is replaced while the program runs: document types, access matrix,
//! when documents that wait are shown, sensitive topics, kinds of notices.
//!
//! `carnet import reference FILE` checks a file and puts it in the database; every server that
//! shares it takes the new rules within seconds, none is built or started again.

use access::{
    AccessMatrix, App, Disclosure, DocumentTypes, NoticeKinds, Pairs, Rules, Topics, watch::Watch,
};
use anyhow::{Context, anyhow, bail};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

const TYPES: &str = "document-types";
const MATRIX: &str = "access-matrix";
const DISCLOSURE: &str = "disclosure";
const TOPICS: &str = "sensitive-topics";
const WATCH: &str = "watch";
const NOTICES: &str = "notice-kinds";

/// What an import changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    /// Which table.
    pub table: &'static str,
    /// Rows of it now.
    pub rows: usize,
    /// Codes that it did not have.
    pub added: Vec<String>,
    /// Codes that it no longer has: documents of these types keep the class that they had.
    pub removed: Vec<String>,
    /// What an access matrix opens and closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Pairs>,
}

/// Follows the tables of the database.
#[derive(Debug, Default)]
pub struct Followed(i64);

impl Followed {
    /// Puts the tables in force that were put in place since the last time.
    ///
    /// # Errors
    /// When the database fails, or holds a table that this version cannot read: the rules in
    /// force stay.
    pub async fn follow(&mut self, app: &App) -> anyhow::Result<()> {
        let version = app.store.reference_version().await?;
        if version == self.0 {
            return Ok(());
        }
        let mut rules = Rules::clone(&app.gate.rules());
        for (name, body) in app.store.references().await? {
            let text = String::from_utf8(body).context("a table is text")?;
            match name.as_str() {
                TYPES => rules.types = DocumentTypes::read(&text)?,
                MATRIX => rules.matrix = AccessMatrix::read(&text).context("the access matrix")?,
                DISCLOSURE => {
                    rules.disclosure = Disclosure::read(&text).context("the disclosure table")?;
                }
                TOPICS => rules.topics = Topics::read(&text).context("the topics")?,
                WATCH => rules.watch = Watch::read(&text).context("the watch")?,
                NOTICES => {
                    rules.notices = NoticeKinds::read(&text).context("the kinds of notices")?;
                }
                // A later version of the program put it there.
                _ => {}
            }
        }
        // Whom another task suspends meanwhile stays suspended.
        app.gate.change_rules(|held| {
            let suspended = std::mem::take(&mut held.suspended);
            *held = Rules { suspended, ..rules };
        });
        self.0 = version;
        tracing::info!(version, "reference data in force");
        Ok(())
    }
}

/// Checks a file of reference data and puts it in place; what it is shows in its members. A matrix that
/// closes a fifth of what was open is taken only when `fewer` says that it is meant.
///
/// # Errors
/// When it is no table that we know, contradicts itself, or closes so much: nothing is changed then.
pub async fn import(app: &App, text: &str, fewer: bool) -> anyhow::Result<Changed> {
    let rules = app.gate.rules();
    let matrix = match text.trim_start().starts_with('{') {
        true => None,
        false => Some(rows(&rules, text, app.now())?),
    };
    let text = matrix.as_deref().unwrap_or(text);
    let file: Value = serde_json::from_str(text).context("le fichier n’est pas du JSON")?;
    let changed = if file.get("types").is_some() && file.get("categories").is_some() {
        let new = DocumentTypes::read(text)?;
        let codes = |types: &DocumentTypes| types.all().map(|kind| kind.code.clone()).collect();
        compared(TYPES, codes(&rules.types), codes(&new))
    } else if file.get("rows").is_some() {
        let new = AccessMatrix::read(text).context("the access matrix")?;
        let codes = |matrix: &AccessMatrix| {
            let all = matrix.professions();
            all.map(|(code, _)| code.to_owned()).collect()
        };
        let pairs = new.pairs(&rules.matrix, &rules.types);
        if pairs.is_cut_short() && !fewer {
            bail!(
                "rien n’est changé : ce fichier fermerait {} des {} couples profession–type permis, et ce \
                 qu’une matrice ne dit pas est non. Est-il entier ? Si c’est bien voulu : --fewer",
                pairs.closed,
                pairs.before
            );
        }
        Changed {
            pairs: Some(pairs),
            ..compared(MATRIX, codes(&rules.matrix), codes(&new))
        }
    } else if file.get("disclosure").is_some() {
        let new = Disclosure::read(text).context("the disclosure table")?;
        let codes = |table: &Disclosure| table.types().map(str::to_owned).collect();
        compared(DISCLOSURE, codes(&rules.disclosure), codes(&new))
    } else if file.get("topics").is_some() {
        let new = Topics::read(text).context("the topics")?;
        let codes = |topics: &Topics| {
            let all = topics.all().iter();
            all.map(|topic| topic.code.clone()).collect()
        };
        compared(TOPICS, codes(&rules.topics), codes(&new))
    } else if file.get("kinds").is_some() && file.get("points").is_some() {
        let new = Watch::read(text).context("the watch")?;
        let codes = |watch: &Watch| {
            let all = watch.kinds.iter();
            all.map(|place| place.kind.clone()).collect()
        };
        compared(WATCH, codes(&rules.watch), codes(&new))
    } else if file.get("kinds").is_some() {
        let new = NoticeKinds::read(text).context("the kinds of notices")?;
        let codes = |kinds: &NoticeKinds| {
            let all = kinds.all().iter();
            all.map(|kind| kind.code.clone()).collect()
        };
        compared(NOTICES, codes(&rules.notices), codes(&new))
    } else {
        bail!(
            "ce fichier n’est aucune table que Carnet connaisse : voyez le dossier « reference »"
        );
    };
    if changed.rows == 0 {
        bail!("la table est vide");
    }
    app.store
        .put_reference(changed.table, text.as_bytes())
        .await?;
    Ok(changed)
}

/// A matrix from rows « profession, class, type, yes or no », as a table; its version is the day.
fn rows(rules: &Rules, text: &str, now: Timestamp) -> anyhow::Result<String> {
    let matrix = rules.matrix.with_rows(text, &rules.types);
    let matrix = matrix.map_err(|faults| {
        let reasons = faults.iter().take(20);
        let reasons = reasons.map(|one| format!("ligne {} : {}", one.line, one.reason));
        let reasons = reasons.collect::<Vec<_>>().join("\n  ");
        anyhow!(
            "rien n’est changé, {} lignes sont à corriger :\n  {reasons}",
            faults.len()
        )
    })?;
    Ok(matrix.to_json(&now.strftime("%Y-%m-%d").to_string()))
}

fn compared(table: &'static str, old: Vec<String>, new: Vec<String>) -> Changed {
    let missing = |from: &[String], codes: &[String]| {
        let missing = codes.iter().filter(|code| !from.contains(code));
        missing.cloned().collect()
    };
    Changed {
        table,
        rows: new.len(),
        added: missing(&old, &new),
        removed: missing(&new, &old),
        pairs: None,
    }
}

impl Changed {
    /// Says it on the screen.
    pub fn print(&self) {
        let Self {
            table,
            rows,
            added,
            removed,
            pairs,
        } = self;
        println!(
            "{table} : {rows} lignes en vigueur, {} nouvelles, {} retirées.",
            added.len(),
            removed.len()
        );
        if let Some(Pairs {
            now,
            opened,
            closed,
            ..
        }) = pairs
        {
            println!(
                "Couples profession–type permis : {now} en vigueur, {opened} ouverts, {closed} fermés."
            );
        }
        for code in removed {
            println!("  retirée : {code}");
        }
    }
}
