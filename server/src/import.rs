//! `carnet import insured|records|directory|software FILE`: the registry of persons, the documents of
//! another system, the public directory, with progress; software that may call the API.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read as _, Seek as _},
    path::Path,
};

use access::App;
use account::Told;
use anyhow::Context;
use exchange::Client;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{civil::Date, tz::TimeZone};

/// Imports a registry file and prints what happened.
///
/// # Errors
/// When the file cannot be read or the database fails; a bad row is only reported.
pub async fn insured(app: &App, path: &Path, oid: &str, told: Told) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let bar = bar(file.metadata()?.len())?;
    let reader = bar.wrap_read(BufReader::new(file));
    let report = account::import(app, oid, told, reader, |_| {}).await?;
    bar.finish_and_clear();
    println!(
        "{} lignes lues : {} espaces annoncés, {} ouverts, {} personnes déjà connues, \
         {} lignes refusées.",
        report.read, report.announced, report.opened, report.known, report.refused
    );
    if report.unreached.0 > 0 {
        println!(
            "{} personnes sans courriel ni mobile : leur espace ne s’ouvrira pas avant qu’elles \
             soient prévenues par lettre. Importez ensuite leurs lignes avec --notified JOUR.",
            report.unreached.0
        );
        for line in &report.unreached.1 {
            println!("  ligne {line}");
        }
    }
    for refusal in &report.reasons {
        println!("  ligne {} : {}", refusal.line, refusal.reason);
    }
    Ok(())
}

/// When the persons of a file were told: on that day, whose end counts, or by us.
///
/// # Errors
/// When the day is out of range.
pub fn told(notified: Option<Date>) -> anyhow::Result<Told> {
    Ok(match notified {
        Some(day) => Told::At(day.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp()),
        None => Told::ByUs,
    })
}

/// Imports a file of FHIR resources, one a line, and prints what happened.
///
/// # Errors
/// When the file cannot be read or the database fails; a line that is refused is only reported.
pub async fn records(app: &App, path: &Path, source: &str, json: bool) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let bar = bar(file.metadata()?.len())?;
    let reader = BufReader::with_capacity(1 << 20, bar.wrap_read(file));
    let done = exchange::import(app, source, reader, |_| {}).await?;
    bar.finish_and_clear();
    if json {
        println!("{}", serde_json::to_string(&done)?);
        return Ok(());
    }
    println!(
        "{} lignes lues : {} documents ajoutés, {} déjà présents, {} lignes refusées.",
        done.read, done.kept, done.known, done.refused
    );
    for refusal in &done.reasons {
        let (line, code) = (refusal.line, refusal.code);
        println!(
            "  ligne {line} : {} ({code}) {}",
            refusal.reason, refusal.expression
        );
    }
    Ok(())
}

/// Registers software that may call the API and prints what each may do; all of the file or nothing.
///
/// # Errors
/// When the file cannot be read, names software that cannot be registered, or the database fails.
pub async fn software(app: &App, path: &Path, json: bool) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let all: BTreeMap<String, Client> =
        serde_json::from_str(&text).context("client identifier → client")?;
    for (id, client) in &all {
        client.check(id).with_context(|| id.clone())?;
    }
    for (id, client) in &all {
        let registered = client.register(&app.store, id).await;
        registered.with_context(|| id.clone())?;
    }
    if json {
        println!(
            "{}",
            serde_json::json!({"registered": all.keys().collect::<Vec<_>>()})
        );
        return Ok(());
    }
    for (id, client) in &all {
        println!("{id} : {}, {}", client.name, client.scopes.join(" "));
        if !client.signs_in_as.is_empty() {
            let with = client.signs_in_as.join(", ");
            println!(
                "  lit au nom de professionnels identifiés par Pro Santé Connect avec : {with}"
            );
        }
    }
    println!("{} logiciels enregistrés.", all.len());
    Ok(())
}

/// Imports the RPPS or the FINESS extraction and prints what happened.
///
/// # Errors
/// When the file cannot be read or the database fails; a line that is refused is only reported.
pub async fn directory(app: &App, path: &Path, fewer: bool, json: bool) -> anyhow::Result<()> {
    let mut file = File::open(path).with_context(|| path.display().to_string())?;
    let name = name_of(&mut file)?;
    let bar = bar(file.metadata()?.len())?;
    let reader = BufReader::with_capacity(1 << 20, file);
    let done =
        access::directory::import(app, &name, fewer, reader, |bytes| bar.set_position(bytes))
            .await?;
    bar.finish_and_clear();
    if json {
        println!("{}", serde_json::to_string(&done)?);
        return Ok(());
    }
    if done.resumed > 0 {
        println!("Reprise après la ligne {}.", done.resumed);
    }
    println!(
        "{} lignes lues : {} entrées prises, {} devenues inactives, {} lignes refusées.",
        done.read, done.taken, done.lost, done.refused
    );
    for refusal in &done.reasons {
        println!("  ligne {} : {}", refusal.line, refusal.reason);
    }
    Ok(())
}

/// A name for what a file holds, so that an import goes on with the same file alone.
fn name_of(file: &mut File) -> anyhow::Result<[u8; 32]> {
    let mut name = [0; 32];
    loop {
        let mut piece = name.to_vec();
        if file.by_ref().take(1 << 16).read_to_end(&mut piece)? == 0 {
            file.rewind()?;
            return Ok(name);
        }
        name = vault::chain::hash(&piece);
    }
}

/// A progress bar over bytes; nothing is drawn where nobody watches.
fn bar(bytes: u64) -> anyhow::Result<ProgressBar> {
    let style = "{bar:40} {percent} %  {bytes}/{total_bytes}  reste {eta}";
    Ok(ProgressBar::new(bytes).with_style(ProgressStyle::with_template(style)?))
}
