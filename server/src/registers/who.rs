//! `carnet audit who`: which records did this account open?

use std::{collections::BTreeSet, fmt::Write as _};

use access::{
    Act, App, Right, directory,
    warrant::{Line, Operator, Warrant, Whose},
};
use jiff::Timestamp;
use serde::Serialize;
use vault::RecordId;
use web::{Lang, dates};

use super::{failed, sign::read_number};

/// What was read, with the right to read names when it was given.
#[derive(Debug)]
pub struct Table {
    /// What is shown.
    pub read: Read,
    /// By which right.
    pub warrant: Warrant,
}

/// The lines of a register.
#[derive(Debug, Serialize)]
pub struct Read {
    /// When it was read.
    pub at: Timestamp,
    /// People whose record was opened, or whose name was shown.
    pub people: usize,
    /// Of these, those whose record had never been opened by the account before.
    pub first: usize,
    /// Newest first.
    pub lines: Vec<Shown>,
}

/// A line, with the names that the public directory has.
#[derive(Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    line: Line,
    name: String,
    place_name: String,
}

/// Reads what two operators approved.
///
/// # Errors
/// When they did not, or the store fails.
pub async fn approved(app: &App, operators: &[Operator], number: &str) -> anyhow::Result<Table> {
    let id = read_number(number)?;
    let warrant = app.gate.warrant(id, operators, app.now()).await;
    read(app, warrant.map_err(failed)??).await
}

/// Reads what the alert of a suspension allows.
///
/// # Errors
/// When there is none, or the store fails.
pub async fn alerted(app: &App, whose: Whose, letters: bool) -> anyhow::Result<Table> {
    let Whose::Professional(number) = whose else {
        anyhow::bail!(
            "les comptes d’une organisation se lisent avec l’accord de deux exploitants : \
             carnet audit ask --organisation"
        );
    };
    let warrant = app.gate.warrant_of_alert(&number, letters, app.now()).await;
    read(app, warrant.map_err(failed)??).await
}

/// Reads a register.
///
/// # Errors
/// When the store fails.
pub async fn read(app: &App, warrant: Warrant) -> anyhow::Result<Table> {
    let all = app.gate.read_register(&warrant).await.map_err(failed)?;
    let mut names = std::collections::HashMap::new();
    let mut lines = vec![];
    for line in all {
        let opening = &line.opening;
        for number in [&opening.by, &opening.place] {
            if !number.is_empty() && !names.contains_key(number) {
                names.insert(number.clone(), named(app, number).await?);
            }
        }
        let name = |number: &String| names.get(number).cloned().unwrap_or_default();
        lines.push(Shown {
            name: name(&opening.by),
            place_name: name(&opening.place),
            line,
        });
    }
    let mut read = Read {
        at: app.now(),
        people: 0,
        first: 0,
        lines,
    };
    read.count();
    Ok(Table { read, warrant })
}

/// The name that the public directory has for an account or a place; nothing when it has none.
async fn named(app: &App, number: &str) -> anyhow::Result<String> {
    let found = directory::listed(&app.store, number).await?;
    Ok(found
        .into_iter()
        .next()
        .map(|one| one.name)
        .unwrap_or_default())
}

impl Read {
    fn count(&mut self) {
        let people = |which: fn(&Line) -> bool| {
            let lines = self.lines.iter().map(|shown| &shown.line);
            let records = lines.filter(|line| which(line));
            let records = records.map(|line| line.opening.record);
            records.collect::<BTreeSet<RecordId>>().len()
        };
        let (all, first) = (people(|_| true), people(|line| line.first));
        (self.people, self.first) = (all, first);
    }

    /// Keeps the lines of a stretch of time alone.
    pub fn keep(&mut self, since: Option<Timestamp>, before: Option<Timestamp>) {
        self.lines.retain(|shown| {
            let at = shown.line.opening.at;
            since.is_none_or(|since| since <= at) && before.is_none_or(|before| at < before)
        });
        self.count();
    }

    /// The records, each once, oldest opening first.
    pub fn records(&self) -> Vec<RecordId> {
        let mut seen = BTreeSet::new();
        let oldest_first = self.lines.iter().rev();
        let records = oldest_first.map(|shown| shown.line.opening.record);
        records.filter(|record| seen.insert(*record)).collect()
    }

    /// The lines about a record, oldest first.
    pub(super) fn about(&self, record: RecordId) -> impl Iterator<Item = &Line> {
        let lines = self.lines.iter().rev().map(|shown| &shown.line);
        lines.filter(move |line| line.opening.record == record)
    }

    /// Whether nothing was seen of a record but whose it is.
    pub fn only_identity(&self, record: RecordId) -> bool {
        let mut all = self.about(record);
        all.all(|line| line.opening.act == Act::FindPerson)
    }

    /// Whether documents, results or the summary were opened.
    pub fn has_documents(&self) -> bool {
        let is_content = |act| {
            matches!(
                act,
                Act::ReadSummary | Act::Read | Act::ReadResults | Act::Download
            )
        };
        let mut all = self.lines.iter();
        all.any(|shown| is_content(shown.line.opening.act))
    }

    /// From the first line to the last.
    pub fn period(&self) -> Option<(Timestamp, Timestamp)> {
        let at = |shown: &Shown| shown.line.opening.at;
        let (last, first) = (self.lines.first()?, self.lines.last()?);
        Some((at(first), at(last)))
    }

    /// To read.
    pub fn print(&self) {
        for shown in &self.lines {
            let Line { opening, first } = &shown.line;
            println!(
                "{}  dossier {}  {}{}",
                instant(opening.at),
                opening.record,
                act(opening.act),
                if *first { " — premier accès" } else { "" }
            );
            println!(
                "    {} ({}){} · {}",
                or(&shown.name, "professionnel"),
                opening.by,
                match opening.place.as_str() {
                    "" => String::new(),
                    place => format!(", {} ({place})", or(&shown.place_name, "lieu")),
                },
                right(opening.right)
            );
        }
        println!(
            "{} lignes, {} personnes, dont {} pour la première fois.",
            self.lines.len(),
            self.people,
            self.first
        );
    }

    /// For a table.
    pub fn csv(&self) -> String {
        let mut text =
            String::from("date;compte;nom;lieu;nom du lieu;dossier;acte;droit;premier accès\n");
        for shown in &self.lines {
            let Line { opening, first } = &shown.line;
            let cells = [
                opening.at.to_string(),
                opening.by.clone(),
                shown.name.clone(),
                opening.place.clone(),
                shown.place_name.clone(),
                opening.record.to_string(),
                act(opening.act).to_owned(),
                right(opening.right).to_owned(),
                if *first { "oui" } else { "non" }.to_owned(),
            ];
            let cells: Vec<String> = cells.iter().map(|cell| cell_of(cell)).collect();
            let _ = writeln!(text, "{}", cells.join(";"));
        }
        text
    }
}

/// A cell that no spreadsheet takes for a formula.
fn cell_of(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = format!("{}{text}", if formula { "'" } else { "" });
    match guarded.contains([';', '"', '\n', '\r']) {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

/// « 12 juin 2026, 10 h 05 ».
pub fn instant(at: Timestamp) -> String {
    let day = dates::day(dates::local(at).date(), Lang::Fr);
    format!("{day} {}", dates::time(at, Lang::Fr))
}

/// What was done, for who did not do it.
pub(crate) fn act(act: Act) -> &'static str {
    match act {
        Act::FindPerson => "a vu qui c’est",
        Act::DeclareConsent => "a déclaré l’accord de la personne",
        Act::ConsentForColleague => "a déclaré l’accord pour un confrère",
        Act::UseCode => "a montré le code de la personne",
        Act::BreakGlass => "bris de glace",
        Act::Dispatch => "régulation du 15",
        Act::List => "a ouvert le dossier",
        Act::Read => "a ouvert des documents",
        Act::ReadResults => "a consulté des résultats",
        Act::ReadSummary => "a consulté la synthèse du dossier",
        Act::Download => "a téléchargé des documents",
        _ => "autre",
    }
}

/// By which right, in a few words.
fn right(right: Right) -> &'static str {
    match right {
        Right::DeclaredConsent => "accord déclaré",
        Right::ProvedConsent => "accord prouvé",
        Right::Establishment => "accord donné à l’établissement",
        Right::CareTeam => "équipe de soins",
        Right::TreatingDoctor => "médecin traitant",
        Right::Administrator => "administrateur",
        Right::BreakGlass => "bris de glace",
        Right::Dispatch => "régulation du 15",
        Right::Author => "auteur",
        Right::Search => "avant l’accès",
        _ => "autre droit",
    }
}

#[cfg(test)]
mod tests {
    use super::cell_of;

    #[test]
    fn no_cell_is_a_formula_or_breaks_the_table() {
        assert_eq!(cell_of("=1+1"), "'=1+1");
        assert_eq!(cell_of("a;b"), "\"a;b\"");
        assert_eq!(cell_of("dit \"oui\""), "\"dit \"\"oui\"\"\"");
        assert_eq!(cell_of("Valbrume"), "Valbrume");
    }
}
