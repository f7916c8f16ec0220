use std::{collections::BTreeMap, fmt, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast;
use unic_langid::LanguageIdentifier;

use crate::Lang;

/// The texts of web's own pages and components, for [`Texts::load`].
pub const OWN_TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// Every sentence that screens show, in every language, from many Fluent files.
///
/// A key that is missing shows as `⟦key⟧` and is logged as an error, so that it is
/// seen in review and never stops a page.
pub struct Texts {
    bundles: [FluentBundle<Arc<FluentResource>>; Lang::ALL.len()],
    keys: [BTreeMap<String, Vec<String>>; Lang::ALL.len()],
}

/// A text file that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TextsError {
    /// The file's language is none of [`Lang::ALL`].
    #[error("no screen is in the language « {0} »")]
    UnknownLanguage(String),
    /// Fluent cannot read the file: language and message.
    #[error("{0}: {1}")]
    Syntax(&'static str, String),
    /// Two files define the same key: language and key.
    #[error("{0}: « {1} » is defined twice")]
    Twice(&'static str, String),
}

/// A named value of a sentence (`{ $count }`): texts and whole numbers.
pub trait Argument {
    /// The value as Fluent wants it; numbers choose plurals.
    fn value(&self) -> FluentValue<'static>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'static> {
        self.as_str().value()
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )*};
}
whole_numbers!(u8 u16 u32 u64 usize i32 i64);

impl Texts {
    /// Merges files given as (language tag, Fluent text).
    ///
    /// # Errors
    /// When a file cannot be read, or defines a key that another one has.
    pub fn load(files: &[(&str, &str)]) -> Result<Texts, TextsError> {
        let mut bundles = Lang::ALL.map(|lang| {
            let language: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Isolation marks would end up in copied text and in snapshots; both languages read left to right.
            bundle.set_use_isolating(false);
            bundle
        });
        let mut keys = Lang::ALL.map(|_| BTreeMap::new());
        for (tag, text) in files {
            let lang = Lang::from_tag(tag)
                .ok_or_else(|| TextsError::UnknownLanguage((*tag).to_owned()))?;
            let resource = FluentResource::try_new((*text).to_owned()).map_err(|(_, errors)| {
                let all: Vec<_> = errors.iter().map(ToString::to_string).collect();
                TextsError::Syntax(lang.tag(), all.join("; "))
            })?;
            for entry in resource.entries() {
                let ast::Entry::Message(message) = entry else {
                    continue;
                };
                let mut arguments = Vec::new();
                if let Some(pattern) = &message.value {
                    pattern_arguments(pattern, &mut arguments);
                }
                arguments.sort_unstable();
                arguments.dedup();
                keys[lang as usize].insert(message.id.name.to_owned(), arguments);
            }
            bundles[lang as usize]
                .add_resource(Arc::new(resource))
                .map_err(|errors| {
                    let first = errors.into_iter().next().map(|error| match error {
                        fluent_bundle::FluentError::Overriding { id, .. } => id,
                        other => other.to_string(),
                    });
                    TextsError::Twice(lang.tag(), first.unwrap_or_default())
                })?;
        }
        Ok(Texts { bundles, keys })
    }

    /// The sentence `key`, without arguments.
    pub fn get(&self, lang: Lang, key: &str) -> String {
        self.format(lang, key, &[])
    }

    /// The sentence `key` with its arguments.
    pub fn format(&self, lang: Lang, key: &str, arguments: &[(&str, &dyn Argument)]) -> String {
        let bundle = &self.bundles[lang as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = lang.tag(), "a text is missing");
            return format!("⟦{key}⟧");
        };
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set((*name).to_owned(), argument.value());
        }
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&values), &mut errors)
            .into_owned();
        if let Some(error) = errors.first() {
            tracing::error!(key, lang = lang.tag(), %error, "a text lacks an argument");
        }
        text
    }

    /// Whether `key` exists in `lang`.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.keys[lang as usize].contains_key(key)
    }

    /// What keeps the languages from being in parity; a test asserts that it is empty.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (here, there) in [(Lang::Fr, Lang::En), (Lang::En, Lang::Fr)] {
            for (key, arguments) in &self.keys[here as usize] {
                match self.keys[there as usize].get(key) {
                    None => problems.push(format!("{key}: missing in {}", there.tag())),
                    Some(others) if here == Lang::Fr && others != arguments => {
                        problems.push(format!("{key}: {arguments:?} in fr, {others:?} in en"));
                    }
                    Some(_) => {}
                }
            }
        }
        problems
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = Lang::ALL.map(|lang| self.keys[lang as usize].len());
        f.debug_struct("Texts").field("keys", &counts).finish()
    }
}

fn pattern_arguments(pattern: &ast::Pattern<&str>, found: &mut Vec<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_arguments(expression, found);
        }
    }
}

fn expression_arguments(expression: &ast::Expression<&str>, found: &mut Vec<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_arguments(inline, found),
        ast::Expression::Select { selector, variants } => {
            inline_arguments(selector, found);
            for variant in variants {
                pattern_arguments(&variant.value, found);
            }
        }
    }
}

fn inline_arguments(inline: &ast::InlineExpression<&str>, found: &mut Vec<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => found.push(id.name.to_owned()),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_arguments(argument, found);
            }
        }
        ast::InlineExpression::Placeable { expression } => expression_arguments(expression, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "bonjour = Bonjour { $name }\nn = { $n ->\n    [one] { $n } page\n   *[other] { $n } pages\n }\n";

    #[test]
    fn our_own_texts_are_in_parity() {
        let texts = Texts::load(&OWN_TEXTS).unwrap();
        assert_eq!(texts.problems(), Vec::<String>::new());
    }

    #[test]
    fn sentences_take_arguments_and_plurals_without_isolation_marks() {
        let texts = Texts::load(&[("fr", FR)]).unwrap();
        let say = |key, name, value: &dyn Argument| texts.format(Lang::Fr, key, &[(name, value)]);
        assert_eq!(say("bonjour", "name", &"Anne"), "Bonjour Anne");
        assert_eq!(say("n", "n", &0u32), "0 page");
        assert_eq!(say("n", "n", &1u32), "1 page");
        assert_eq!(say("n", "n", &2u32), "2 pages");
        assert_eq!(texts.get(Lang::Fr, "rien"), "⟦rien⟧");
        assert_eq!(texts.get(Lang::Fr, "bonjour"), "Bonjour {$name}");
    }

    #[test]
    fn problems_name_missing_keys_and_differing_arguments() {
        let texts = Texts::load(&[
            ("fr", FR),
            ("en", "bonjour = Hello { $who }\nextra = More\n"),
        ]);
        insta::assert_debug_snapshot!(texts.unwrap().problems(), @r#"
        [
            "bonjour: [\"name\"] in fr, [\"who\"] in en",
            "n: missing in en",
            "extra: missing in fr",
        ]
        "#);
    }

    #[test]
    fn files_that_clash_or_cannot_be_read_are_refused() {
        let load = |files| Texts::load(files).unwrap_err();
        assert_eq!(
            load(&[("de", "")]),
            TextsError::UnknownLanguage("de".into())
        );
        assert_eq!(
            load(&[("fr", "a = 1\n"), ("fr", "a = 2\n")]),
            TextsError::Twice("fr", "a".into())
        );
        assert!(matches!(
            load(&[("fr", "a = { $")]),
            TextsError::Syntax("fr", _)
        ));
    }
}
