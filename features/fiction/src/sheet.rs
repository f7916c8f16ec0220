//! A sheet of paper before it becomes a PDF or a CDA: the same sections for both.

use cda::write::{Block, LOINC, WriteSection};
use cda::{FactKind, HealthFact};

/// What a printed document holds.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Who writes: the place first, then its address and the author.
    pub letterhead: Vec<String>,
    /// Whom it is about: the name first.
    pub person: Vec<String>,
    /// Title.
    pub title: String,
    /// Place and date, under the title.
    pub date: String,
    /// What it says.
    pub sections: Vec<WriteSection>,
    /// Name under the text; empty for none.
    pub signature: String,
}

/// A section of paragraphs.
pub(crate) fn section(title: &str, paragraphs: &[&str]) -> WriteSection {
    let paragraphs = paragraphs
        .iter()
        .map(|&text| Block::Paragraph(text.to_owned()));
    of_blocks(title, paragraphs.collect())
}

/// A section that is a list.
pub(crate) fn list(title: &str, ordered: bool, items: &[&str]) -> WriteSection {
    let items = items.iter().map(|&item| item.to_owned()).collect();
    of_blocks(title, vec![Block::List { ordered, items }])
}

/// A section that is a table.
pub(crate) fn table(title: &str, head: &[&str], rows: Vec<Vec<String>>) -> WriteSection {
    let head = head.iter().map(|&cell| cell.to_owned()).collect();
    let caption = String::new();
    of_blocks(
        title,
        vec![Block::Table {
            caption,
            head,
            rows,
        }],
    )
}

/// A section of anything; its texts get their non-breaking spaces.
fn of_blocks(title: &str, mut narrative: Vec<Block>) -> WriteSection {
    for block in &mut narrative {
        match block {
            Block::Paragraph(text) => bind(text),
            Block::List { items, .. } => items.iter_mut().for_each(bind),
            Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(bind),
        }
    }
    let (code, label) = code(title);
    WriteSection {
        code: cda::Code::new(code, LOINC, label),
        title: title.to_owned(),
        narrative,
        ..WriteSection::default()
    }
}

/// A section that says the same as data; the kind of its facts is that of its title.
pub(crate) fn stating(mut section: WriteSection, facts: &[&str]) -> WriteSection {
    let kind = match section.title.as_str() {
        "Allergies" => FactKind::Allergy,
        "Vaccinations" => FactKind::Vaccination,
        "Traitement" | "Traitements au long cours" => FactKind::Treatment,
        _ => FactKind::Problem,
    };
    let facts = facts.iter().map(|&words| HealthFact::new(kind, words));
    section.facts = facts.collect();
    section
}

/// « Aucune allergie connue », said as data too.
pub(crate) fn no_allergy() -> WriteSection {
    let mut said = section("Allergies", &["Aucune allergie connue."]);
    let mut fact = HealthFact::new(FactKind::Allergy, "Allergie");
    fact.negated = true;
    said.facts = vec![fact];
    said
}

/// The treatments that somebody takes all the time, as a list and as data.
pub(crate) fn treatments(items: &[&str]) -> WriteSection {
    stating(list("Traitements au long cours", false, items), items)
}

/// Puts a non-breaking space where French typography keeps two signs together.
fn bind(text: &mut String) {
    for sign in [':', ';', '?', '!', '%', '»', '°'] {
        *text = text.replace(&format!(" {sign}"), &format!("\u{A0}{sign}"));
    }
    *text = text.replace("« ", "«\u{A0}");
}

/// The LOINC code of the sections that we write.
fn code(title: &str) -> (&'static str, &'static str) {
    match title {
        "Motif" | "Indication" => ("29299-5", "Motif de la consultation"),
        "Antécédents" => ("11348-0", "Antécédents"),
        "Allergies" => ("48765-2", "Allergies et intolérances"),
        "Traitement" | "Traitements au long cours" => ("10160-0", "Traitements"),
        "Vaccinations" => ("11369-6", "Vaccinations"),
        "Constantes" => ("8716-3", "Signes vitaux"),
        "Examen" => ("29545-1", "Examen clinique"),
        "Problèmes actifs" => ("11450-4", "Problèmes"),
        "Séjour" => ("8648-8", "Évolution pendant le séjour"),
        "Conduite à tenir" => ("18776-5", "Plan de soins"),
        "Conclusion" => ("51848-0", "Évaluation"),
        _ if title.starts_with("Résultats") => ("30954-2", "Résultats"),
        _ => ("48767-8", "Commentaire"),
    }
}
