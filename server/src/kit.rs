//! `carnet keys kit FILE` and `carnet keys from-kit`: the key file on paper, and back.

use std::{
    fs::OpenOptions,
    io::{BufRead, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use ambient::{Clock, Secret};
use anyhow::{Context, bail};
use askama::Template;
use vault::keys::{
    KeyFile,
    kit::{self, BadRow, Row},
};
use web::Qr;

use crate::settings::Settings;

/// What the rows of the paper are called: one key of each is on it.
const NAMES: [&str; 2] = ["index", "checkpoint"];

#[derive(Template)]
#[template(path = "kit.html")]
struct Paper {
    origin: String,
    operator: String,
    made: String,
    generation: u32,
    fingerprint: String,
    rows: Vec<Row>,
    square: Qr,
}

/// Writes the page to `to`, which must not exist yet; gives the fingerprint that is on it.
///
/// # Errors
/// When the key file cannot be read, a rotation is under way, or the page cannot be written.
pub fn print(settings: &Settings, to: &Path, clock: &dyn Clock) -> anyhow::Result<String> {
    let file = KeyFile::read(&settings.path("keys.file"))?;
    let [generation] = file.generations()[..] else {
        bail!("un changement de clé est en cours : finissez-le d’abord (« carnet keys rotate »)");
    };
    let paper = Paper {
        origin: settings.get("origin").to_owned(),
        operator: settings.get("legal.operator").to_owned(),
        made: clock.now().strftime("%d/%m/%Y").to_string(),
        generation,
        fingerprint: grouped(&file.fingerprint()),
        rows: kit::rows(&file),
        square: Qr::of(file.text().expose()).context("the key file is too long for a square")?,
    };
    let page = Secret::new(paper.render()?);
    // Who can read it can read everything, with both stores.
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .with_context(|| to.display().to_string())?;
    out.write_all(page.expose().as_bytes())?;
    out.sync_all()?;
    Ok(paper.fingerprint)
}

/// Reads the paper back, row by row as it is typed, or the text of its square; writes the key file,
/// which must not exist yet. Gives its fingerprint.
///
/// # Errors
/// When what is typed is not what was printed, ends early, or the file exists.
pub fn read_back(
    settings: &Settings,
    typed: &mut dyn BufRead,
    asks: &mut dyn Write,
) -> anyhow::Result<String> {
    let path = settings.path("keys.file");
    if path.exists() {
        bail!(
            "{} existe déjà : rien n’est écrit par-dessus",
            path.display()
        );
    }
    let file = read(&mut Typed { typed, asks })?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).context("the folder of the key file")?;
    }
    file.create(&path)?;
    Ok(grouped(&file.fingerprint()))
}

/// Where the rows come from.
struct Typed<'a> {
    typed: &'a mut dyn BufRead,
    asks: &'a mut dyn Write,
}

impl Typed<'_> {
    fn ask(&mut self, question: &str) -> anyhow::Result<Secret<String>> {
        write!(self.asks, "{question} ")?;
        self.asks.flush()?;
        self.next()
    }

    fn next(&mut self) -> anyhow::Result<Secret<String>> {
        let mut line = String::new();
        if self.typed.read_line(&mut line)? == 0 {
            bail!("la saisie s’est arrêtée avant la fin : rien n’est écrit");
        }
        Ok(Secret::new(line))
    }

    fn say(&mut self, sentence: &str) -> anyhow::Result<()> {
        Ok(writeln!(self.asks, "{sentence}")?)
    }
}

fn read(typed: &mut Typed<'_>) -> anyhow::Result<KeyFile> {
    let (generation, scanned) = generation(typed)?;
    if let Some(file) = scanned {
        return Ok(file);
    }
    let mut names = vec![format!("kek {generation}")];
    names.extend(NAMES.map(str::to_owned));
    let mut halves = Vec::new();
    while halves.len() < 2 * names.len() {
        let row = halves.len();
        let line = typed.ask(&format!("Ligne {} :", row + 1))?;
        match kit::read_row(line.expose(), row) {
            Ok(half) => halves.push(half),
            Err(BadRow::Count(count)) => {
                typed.say(&format!(
                    "  {count} groupes lus, il en faut 4. Recommencez cette ligne."
                ))?;
            }
            Err(BadRow::Group(group)) => typed.say(&format!(
                "  Le groupe {group} n’est pas celui de la feuille. Recommencez cette ligne."
            ))?,
        }
    }
    let file = kit::assemble(&names, &halves).context("ce ne sont pas des clés de Carnet")?;
    let told = typed.ask("Empreinte :")?;
    let told: String = told.expose().split_whitespace().collect();
    if !told.eq_ignore_ascii_case(&file.fingerprint()) {
        bail!(
            "l’empreinte est {}, pas celle qui est tapée : rien n’est écrit. Vérifiez la \
             génération et chaque ligne",
            grouped(&file.fingerprint())
        );
    }
    Ok(file)
}

/// The generation, or the whole file where the text of the square is given instead.
fn generation(typed: &mut Typed<'_>) -> anyhow::Result<(u32, Option<KeyFile>)> {
    loop {
        let line = typed.ask("Génération (ou le texte du carré) :")?;
        if line.expose().trim_end() == kit::TITLE {
            let mut text = format!("{}\n", kit::TITLE);
            loop {
                let next = typed.next()?;
                text.push_str(next.expose());
                if let Some(file) = KeyFile::parse(&text) {
                    return Ok((0, Some(file)));
                }
                if text.lines().count() > 8 {
                    bail!("ce n’est pas le texte du carré : rien n’est écrit");
                }
            }
        }
        match line.expose().trim().parse() {
            Ok(generation) if generation > 0 => return Ok((generation, None)),
            _ => typed.say("  C’est le nombre écrit en haut de la feuille, souvent 1.")?,
        }
    }
}

fn grouped(fingerprint: &str) -> String {
    let groups = fingerprint.as_bytes().chunks(4);
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(" ")
}
