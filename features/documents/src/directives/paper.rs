//! What was typed, as a paper to keep and to sign.

use std::collections::BTreeMap;

use access::Policy;
use ins::BirthDate;
use jiff::civil::Date;
use pdf::write::{Block, Paper};
use web::{Lang, Texts, dates};

use super::models::{Kind, Model, Question, SILENT, words};

/// Whose they are, as the law wants them named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Given names and name.
    pub name: String,
    /// Birth date in words.
    pub born: String,
}

impl Author {
    /// The person of a space.
    pub fn of(policy: &Policy) -> Self {
        let born = policy.identity().and_then(|patient| patient.birth_date());
        Self {
            name: policy.name(),
            born: match born {
                Some(BirthDate::Day(day)) => dates::day(day, Lang::Fr),
                Some(BirthDate::Month { year, month }) => match Date::new(year, month, 1) {
                    Ok(first) => dates::month(first, Lang::Fr),
                    Err(_) => year.to_string(),
                },
                Some(BirthDate::Year(year)) => year.to_string(),
                None => String::new(),
            },
        }
    }
}

/// One answer in words; nothing when nothing was said.
pub fn answer(
    question: &Question,
    answers: &BTreeMap<String, String>,
    t: impl Fn(&str) -> String,
) -> String {
    let typed = |field: &str| answers.get(field).map_or("", |text| text.trim()).to_owned();
    let first = typed(question.code);
    let chosen = question.chosen(&first).filter(|one| *one != SILENT);
    let chosen = chosen.map(|one| t(&format!("directives-choice-{one}")));
    match question.kind {
        Kind::Line | Kind::Text => first,
        Kind::Pick(_) => chosen.unwrap_or_default(),
        Kind::Wish(_) => {
            let own = typed(&words(question.code));
            let parts = chosen.into_iter().chain(Some(own));
            let said: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            said.join("\n")
        }
    }
}

/// Whether anything was said of what the person wants.
pub fn says_something(model: &Model, answers: &BTreeMap<String, String>) -> bool {
    let mut all = model.steps.iter().flat_map(|step| step.questions);
    all.any(|one| one.is_wish() && !answer(one, answers, str::to_owned).is_empty())
}

/// The paper: in French, the language of those who are to follow it.
pub fn paper(
    model: &Model,
    answers: &BTreeMap<String, String>,
    author: &Author,
    today: Date,
    texts: &Texts,
) -> Paper {
    let t = |key: &str| texts.get(Lang::Fr, key);
    let day = dates::day(today, Lang::Fr);
    let fact = |key: &str, value: &str| Block::Fact(t(key), value.to_owned());
    let mut blocks = vec![
        Block::Text(t(&format!("directives-paper-{}", model.code))),
        fact("directives-paper-name", &author.name),
        fact("directives-paper-born", &author.born),
        fact("directives-paper-day", &day),
    ];
    let mut silent = Vec::new();
    for step in model.steps {
        let mut said = Vec::new();
        for question in step.questions {
            let label = t(&format!("directives-q-{}", question.code));
            match answer(question, answers, t) {
                words if words.is_empty() => {
                    if question.is_wish() {
                        silent.push(label);
                    }
                }
                words => said.extend([Block::Question(label), Block::Text(words)]),
            }
        }
        if !said.is_empty() {
            blocks.push(Block::Heading(t(&format!("directives-step-{}", step.code))));
            blocks.extend(said);
        }
    }
    if !silent.is_empty() {
        blocks.push(Block::Heading(t("directives-paper-silent")));
        blocks.push(Block::Text(silent.join("\n")));
    }
    blocks.extend([
        Block::Heading(t("directives-paper-signature")),
        Block::Text(t("directives-paper-law")),
        Block::Blank(t("directives-paper-done")),
        Block::Blank(t("directives-paper-sign")),
        Block::Heading(t("directives-paper-witnesses")),
        Block::Text(t("directives-paper-witnesses-text")),
        Block::Blank(t("directives-paper-witness-one")),
        Block::Blank(t("directives-paper-witness-two")),
    ]);
    Paper {
        title: t("directives-title"),
        lang: "fr".to_owned(),
        author: author.name.clone(),
        foot: format!("{} – {day}", author.name),
        blocks,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::directives::models::MODELS;

    fn texts() -> Texts {
        Texts::load(&crate::TEXTS).expect("texts")
    }

    fn author() -> Author {
        Author {
            name: "Jeanne Moreau".to_owned(),
            born: "3 mars 1941".to_owned(),
        }
    }

    fn answers(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        let pair = |(field, text): &(&str, &str)| ((*field).to_owned(), (*text).to_owned());
        all.iter().map(pair).collect()
    }

    #[test]
    fn the_paper_says_what_was_said_and_names_what_was_not() {
        let model = Model::of("maladie-grave").expect("a model");
        let said = answers(&[
            ("lieu", "Brest"),
            ("maintien", "non"),
            ("maintien-mots", "Ni sonde, ni machine."),
            ("sedation", SILENT),
            ("arreter-machines", "confier"),
        ]);
        let today = jiff::civil::date(2026, 11, 30);
        let paper = paper(model, &said, &author(), today, &texts());
        let bytes = pdf::write::write(&paper).expect("writes");
        let text = pdf::read(bytes, 1 << 20).expect("reads").text;
        let text = text.replace(['\u{a0}', '\n'], " ");
        for word in [
            "Jeanne Moreau",
            "3 mars 1941",
            "Brest",
            "Ni sonde, ni machine.",
        ] {
            assert!(text.contains(word), "{word}: {text}");
        }
        let t = |key: &str| texts().get(Lang::Fr, key).replace('\u{a0}', " ");
        let silent = text.find(&t("directives-paper-silent")).expect("there");
        let at = |key: &str| {
            text.find(t(key).split(' ').nth(1).expect("words"))
                .expect("there")
        };
        assert!(at("directives-q-maintien") < silent && silent < at("directives-q-sedation"));
    }

    #[test]
    fn who_one_is_says_nothing_of_what_one_wants() {
        let model = Model::of("bonne-sante").expect("a model");
        assert!(!says_something(
            model,
            &answers(&[("lieu", "Brest"), ("tutelle", "juge")])
        ));
        assert!(!says_something(model, &answers(&[("maintien", SILENT)])));
        assert!(!says_something(
            model,
            &answers(&[("maintien", "whatever")])
        ));
        assert!(says_something(
            model,
            &answers(&[("maintien-mots", "Non.")])
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_was_typed_becomes_a_paper(
            which in 0..2_usize,
            typed in prop::collection::vec("(\\PC|\n){0,60}", 40),
        ) {
            let model = &MODELS[which];
            let fields = model.steps.iter().flat_map(|step| step.fields());
            let answers = fields.zip(typed).collect();
            let today = jiff::civil::date(2026, 11, 30);
            let paper = paper(model, &answers, &author(), today, &texts());
            prop_assert!(pdf::write::write(&paper).is_ok());
        }
    }
}
