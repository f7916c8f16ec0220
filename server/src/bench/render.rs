//! Rendering a large clinical document, beside the plain parse of its XML.

use std::time::{Duration, Instant};

use cda::write::{Block, Cda, LOINC, WriteBody, WriteSection};
use cda::{Code, HtmlOptions, InstanceId, LabResult, LabValue, Quantity};

use super::{
    Scale,
    meter::{Baseline, Figures, Latencies, Meter},
};

/// Rows of the tables of one section.
const ROWS: usize = 200;

/// Reads a document and writes its page, one at a time, on one core.
///
/// # Errors
/// Never on a document of ours.
pub fn render(scale: &Scale) -> anyhow::Result<Figures> {
    let bytes = large(scale.render);
    let plain = std::str::from_utf8(&bytes)?;
    let meter = Meter::start();
    let mut shown = 0;
    let times = again(scale.time, || {
        let document = cda::read(&bytes)?;
        shown += document.to_html(&HtmlOptions::default()).len();
        Ok(())
    })?;
    let what = "a CDA of 3 MB, all tables and results: read and written as a page, on one core";
    let mut figures = meter.stop("render", what, Latencies(times), Duration::ZERO);
    let started = Instant::now();
    let parsed = again(scale.time, || {
        shown += roxmltree::Document::parse(plain)?
            .root_element()
            .range()
            .len();
        Ok(())
    })?;
    let seconds = started.elapsed().as_secs_f64();
    anyhow::ensure!(shown > 0, "nothing was shown");
    figures.aim = "≥ 0.33 of the parse";
    figures.baseline = Some(Baseline {
        what: "plain parse of the same XML",
        rate: parsed.len() as f64 / seconds,
    });
    Ok(figures)
}

/// How long each of those took that began within the time.
fn again(
    time: Duration,
    mut work: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Duration>> {
    let (started, mut times) = (Instant::now(), Vec::new());
    while times.is_empty() || started.elapsed() < time {
        let began = Instant::now();
        work()?;
        times.push(began.elapsed());
    }
    Ok(times)
}

/// A report of about that many bytes.
fn large(bytes: usize) -> Vec<u8> {
    let row = |n: usize| {
        let cells = [
            format!("Analyse fictive numéro {n}"),
            format!("{n},{}", n % 10),
            "mmol/L".to_owned(),
            "3,9 à 6,1".to_owned(),
            "commentaire d’une longueur ordinaire, avec des mots".to_owned(),
        ];
        cells.to_vec()
    };
    let result = |n: usize| LabResult {
        code: Some(Code::new("40193-5", LOINC, "Analyse fictive")),
        name: format!("Analyse fictive numéro {n}"),
        value: Quantity::new(&n.to_string(), "mmol/L").map_or(LabValue::Absent, LabValue::Quantity),
        ..LabResult::default()
    };
    let section = WriteSection {
        code: Code::new("18719-5", LOINC, "Biochimie"),
        title: "Biochimie".to_owned(),
        narrative: vec![Block::Table {
            caption: "Résultats".to_owned(),
            head: ["Analyse", "Résultat", "Unité", "Référence", "Note"]
                .map(str::to_owned)
                .to_vec(),
            rows: (0..ROWS).map(row).collect(),
        }],
        results: (0..20).map(result).collect(),
        ..WriteSection::default()
    };
    let report = |sections| {
        let cda = Cda {
            id: InstanceId::root("2.25.1"),
            body: WriteBody::Structured(vec![section.clone(); sections]),
            ..Cda::default()
        };
        cda.to_xml()
    };
    report((bytes / report(1).len()).max(1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_document_is_as_large_as_asked() {
        let bytes = super::large(300_000).len();
        assert!((250_000..350_000).contains(&bytes), "{bytes}");
    }
}
