//! Searching 2,000 documents of 20 kB of text each, beside a plain scan of the same text.

use std::time::{Duration, Instant};

use access::{Act, App};
use ambient::{Random, SeededRandom};
use anyhow::Context;
use documents::search::{self, Asked, Query};
use jiff::SignedDuration;
use vault::store::Lane;
use web::Lang;

use super::{
    Scale,
    meter::{Baseline, Figures, Meter},
    rest::said,
    works::alone,
    world::{self, Guest, House, failed},
};

/// Bytes of the text of a document.
const TEXT: usize = 20_000;
/// Different words of all texts.
const WORDS: u32 = 30_000;

/// A made-up word: syllables of its number.
fn word(number: u32) -> String {
    const PARTS: [&str; 20] = [
        "ba", "cé", "di", "fo", "gra", "hé", "li", "mo", "nu", "pra", "qui", "ré", "so", "ta",
        "vi", "xa", "ble", "cho", "dro", "ère",
    ];
    let mut rest = number + 20;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(PARTS[(rest % 20) as usize]);
        rest /= 20;
    }
    word
}

/// Text in which, as in any, few words are frequent and most are rare.
fn text(random: &dyn Random) -> String {
    let mut text = String::with_capacity(TEXT + 20);
    while text.len() < TEXT {
        let reach = 1 + random.below(WORDS);
        text.push_str(&word(random.below(reach)));
        text.push(if random.below(12) == 0 { '\n' } else { ' ' });
    }
    text
}

/// Gives each document of somebody a text.
///
/// # Errors
/// When a store fails.
pub async fn texts(app: &App, guest: &Guest) -> anyhow::Result<Vec<String>> {
    let random = SeededRandom::new(20);
    let mut all = Vec::new();
    let lease = SignedDuration::from_hours(1);
    for id in &guest.documents {
        let work = search::drawing(&app.store, guest.record, *id, app.now());
        app.store.apply(work).await?;
    }
    loop {
        let lane = Lane::Of(search::DRAW);
        let jobs = app.store.claim_in(lane, app.now(), lease, 100).await?;
        if jobs.is_empty() {
            return Ok(all);
        }
        for job in jobs {
            let text = text(&random);
            search::write(app, &job, text.clone()).await?;
            all.push(text);
        }
    }
}

/// One search, as the page does it.
async fn seek(app: &App, guest: &Guest, typed: &str) -> anyhow::Result<usize> {
    let viewer = guest.viewer();
    let clearance = app.gate.enter(&viewer, guest.record, Act::List).await;
    let query = Query::of(typed).context("words")?;
    let (clearance, asked) = (clearance.map_err(failed)?, Asked::default());
    let found = search::look(app, clearance, &query, &asked, Lang::Fr).await;
    Ok(found.map_err(failed)?.total)
}

/// What is sought: rare words, frequent ones, beginnings, and a slip.
fn asked(n: usize) -> String {
    let number = u32::try_from(n).unwrap_or(0) * 7 % WORDS;
    match n % 4 {
        0 => word(number),
        1 => format!("{} {}", word(number), word(number / 3)),
        2 => word(number).chars().take(5).collect(),
        _ => format!("{}z", word(number)),
    }
}

/// Searches in what is in memory, beside a plain scan; then what it leaves there.
///
/// # Errors
/// When a search fails.
pub async fn warm(
    app: &App,
    guest: &Guest,
    texts: &[String],
    scale: &Scale,
) -> anyhow::Result<Vec<Figures>> {
    seek(app, guest, "premier").await?;
    let held = app.gate.held_texts().1;
    let mut found = 0;
    let meter = Meter::start();
    let times = alone(scale.times, async |n| {
        found += seek(app, guest, &asked(n)).await?;
        Ok(())
    });
    let what = "2 000 documents of 20 kB of text searched, ranked, with passages and a line";
    let mut figures = meter.stop("search", what, times.await?, Duration::ZERO);
    anyhow::ensure!(found > 0, "nothing was found");
    figures.aim = "p50 ≤ 20 ms";
    let (began, mut scans, mut seen) = (Instant::now(), 0_usize, 0);
    while scans < scale.times.min(50) {
        let needle = asked(scans);
        seen += texts.iter().filter(|text| text.contains(&needle)).count();
        scans += 1;
    }
    anyhow::ensure!(seen > 0, "nothing was seen");
    figures.baseline = Some(Baseline {
        what: "plain substring scan of the same text",
        rate: scans as f64 / began.elapsed().as_secs_f64(),
    });
    app.gate.age_texts();
    app.gate.age_texts();
    let left = app.gate.held_texts().1;
    let bytes: usize = texts.iter().map(String::len).sum();
    let value = format!(
        "{:.1} MB held of {:.1} MB of text while searching, {left} B after",
        held as f64 / 1e6,
        bytes as f64 / 1e6
    );
    let memory = said("search-mem", "memory of the texts", "none after use", value);
    Ok(vec![figures, memory])
}

/// Searches in a record of which nothing is in memory.
///
/// # Errors
/// When a search fails.
pub async fn cold(house: &House, guest: &Guest, scale: &Scale) -> anyhow::Result<Figures> {
    let mut settings = world::settings(house, "0")?;
    settings.set("search.bytes", "0");
    let app = world::open(&settings)?;
    let meter = Meter::start();
    let times = alone(scale.times.min(50), async |n| {
        seek(&app, guest, &asked(n)).await.map(drop)
    });
    let what = "the same, opened cold: documents and texts";
    let mut figures = meter.stop("search-cold", what, times.await?, Duration::ZERO);
    figures.aim = "p50 ≤ 150 ms";
    world::release(app).await?;
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_long_as_told_and_hold_what_is_sought() {
        let text = text(&SeededRandom::new(1));
        assert!((TEXT..TEXT + 60).contains(&text.len()));
        assert!((0..40).map(asked).all(|typed| Query::of(&typed).is_some()));
    }
}
