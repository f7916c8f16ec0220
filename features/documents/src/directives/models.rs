//! The two models (order of 3 August 2016): for somebody who is seriously ill, and for somebody who
//! is not. What is asked follows their parts; the words are ours, in `texts/`.

/// A model: the pages that it asks.
#[derive(Debug)]
pub struct Model {
    /// Names it in forms and texts.
    pub code: &'static str,
    /// Its pages, in order.
    pub steps: &'static [Step],
}

/// A page of questions.
#[derive(Debug)]
pub struct Step {
    /// Names it in addresses and texts.
    pub code: &'static str,
    /// What it asks.
    pub questions: &'static [Question],
}

/// A question.
#[derive(Debug)]
pub struct Question {
    /// Names its field and its texts.
    pub code: &'static str,
    /// How it is answered.
    pub kind: Kind,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// As many words as one wants.
    Text,
    /// One of these.
    Pick(&'static [&'static str]),
    /// One of these, and words in a field of their own.
    Wish(&'static [&'static str]),
}

/// What is chosen when one says nothing.
pub const SILENT: &str = "rien";

const WISH: Kind = Kind::Wish(&["oui", "non", "confier", SILENT]);
const STOP: Kind = Kind::Wish(&["poursuivre", "arreter", "confier", SILENT]);

const fn question(code: &'static str, kind: Kind) -> Question {
    Question { code, kind }
}

const WHO: Step = Step {
    code: "vous",
    questions: &[
        question("lieu", Kind::Line),
        question("tutelle", Kind::Pick(&["aucune", "juge", "conseil"])),
        question("confiance", Kind::Text),
    ],
};

const LIFE: Step = Step {
    code: "maintien",
    questions: &[question("maintien", WISH), question("sedation", WISH)],
};

/// Both.
pub const MODELS: [Model; 2] = [
    Model {
        code: "bonne-sante",
        steps: &[
            WHO,
            Step {
                code: "situation",
                questions: &[
                    question("contexte", Kind::Text),
                    question("important", Kind::Text),
                ],
            },
            LIFE,
            Step {
                code: "soins",
                questions: &[
                    question("soins-coeur", WISH),
                    question("soins-machines", WISH),
                    question("soins-operation", WISH),
                    question("soins-autre", Kind::Text),
                ],
            },
        ],
    },
    Model {
        code: "maladie-grave",
        steps: &[
            WHO,
            Step {
                code: "maladie",
                questions: &[
                    question("contexte-maladie", Kind::Text),
                    question("important", Kind::Text),
                ],
            },
            LIFE,
            Step {
                code: "commencer",
                questions: &[
                    question("commencer-coeur", WISH),
                    question("commencer-machines", WISH),
                    question("commencer-operation", WISH),
                    question("commencer-autre", Kind::Text),
                ],
            },
            Step {
                code: "arreter",
                questions: &[
                    question("arreter-coeur", STOP),
                    question("arreter-machines", STOP),
                    question("arreter-operation", STOP),
                    question("arreter-autre", Kind::Text),
                ],
            },
            Step {
                code: "particulier",
                questions: &[
                    question("particulier-coeur", Kind::Text),
                    question("particulier-machines", Kind::Text),
                    question("particulier-operation", Kind::Text),
                    question("particulier-autre", Kind::Text),
                ],
            },
        ],
    },
];

/// The field of the words that go with a choice.
pub fn words(code: &str) -> String {
    format!("{code}-mots")
}

impl Model {
    /// The model of that name.
    pub fn of(code: &str) -> Option<&'static Self> {
        MODELS.iter().find(|model| model.code == code)
    }

    /// The place of a page, from 0.
    pub fn place(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|known| known.code == step)
    }
}

impl Step {
    /// Its fields.
    pub fn fields(&self) -> impl Iterator<Item = String> {
        let of = |question: &Question| {
            let words = matches!(question.kind, Kind::Wish(_)).then(|| words(question.code));
            std::iter::once(question.code.to_owned()).chain(words)
        };
        self.questions.iter().flat_map(of)
    }
}

impl Question {
    /// Whether it asks what the person wants: the page about who they are does not.
    pub fn is_wish(&self) -> bool {
        WHO.questions.iter().all(|one| one.code != self.code)
    }

    /// An answer that is one of its choices; nothing for any other question.
    pub fn chosen(&self, answer: &str) -> Option<&'static str> {
        match self.kind {
            Kind::Pick(choices) | Kind::Wish(choices) => {
                choices.iter().find(|one| **one == answer).copied()
            }
            Kind::Line | Kind::Text => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use web::{Lang, Texts};

    use super::*;

    #[test]
    fn every_question_has_its_words_in_both_languages_and_a_field_of_its_own() {
        let texts = Texts::load(&crate::TEXTS).expect("texts");
        for model in &MODELS {
            let fields: Vec<String> = model.steps.iter().flat_map(Step::fields).collect();
            let once: BTreeSet<&String> = fields.iter().collect();
            assert_eq!(once.len(), fields.len(), "{}", model.code);
            let mut keys = vec![format!("directives-model-{}", model.code)];
            for step in model.steps {
                assert_ne!(step.code, "relire");
                keys.push(format!("directives-step-{}", step.code));
                for question in step.questions {
                    keys.push(format!("directives-q-{}", question.code));
                    if let Kind::Pick(all) | Kind::Wish(all) = question.kind {
                        keys.extend(all.iter().map(|one| format!("directives-choice-{one}")));
                    }
                }
            }
            for (key, lang) in keys
                .iter()
                .flat_map(|key| [(key, Lang::Fr), (key, Lang::En)])
            {
                assert!(!texts.get(lang, key).contains('⟦'), "{key} {lang:?}");
            }
        }
    }
}
