//! The table of settings for people to read: sample file, reference page, help.

use std::fmt::Write as _;

use super::{ALL, Setting};

/// Titles for people who read the table, and the first words of the names under each.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Where things are kept",
        &[
            "data",
            "store",
            "blobs",
            "keys",
            "erasures",
            "checkpoints",
            "cache",
            "search",
            "antivirus",
        ],
    ),
    (
        "How it is reached",
        &["listen", "origin", "proxy", "stop", "admin"],
    ),
    ("Limits and lifetimes", &["limits"]),
    (
        "Identity and reference data",
        &["reference", "ins", "emergency", "archives", "imaging"],
    ),
    ("Registers of accounts", &["audit"]),
    ("Mail", &["mail", "sms", "push", "letters"]),
    ("Sign-in of professionals", &["psc"]),
    ("Calls to other machines", &["net"]),
    ("Legal pages", &["legal", "security"]),
];

/// Settings of each group, in order: what is before the dot of a name leads to its group.
fn grouped() -> impl Iterator<Item = (&'static str, Vec<&'static Setting>)> {
    GROUPS.iter().map(|(title, prefixes)| {
        let of = |setting: &&Setting| prefixes.contains(&prefix(setting.name));
        (*title, ALL.iter().filter(of).collect())
    })
}

fn prefix(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The environment variable that says a setting.
pub fn variable(name: &str) -> String {
    format!("CARNET_{}", name.to_uppercase().replace('.', "_"))
}

/// A settings file with every setting, its default and what it is for.
pub fn sample() -> String {
    let mut text = String::from("# Settings of Carnet. A line that begins with # is not read.\n");
    for (title, settings) in grouped() {
        let _ = write!(text, "\n\n## {title}\n");
        for setting in settings {
            let Setting {
                name,
                default,
                doc,
                kind,
                ..
            } = setting;
            let _ = write!(
                text,
                "\n# {doc}\n# Expected: {kind}.\n#{name} = \"{default}\"\n"
            );
        }
    }
    text
}

/// The reference page, `docs/settings.md`.
pub fn reference() -> String {
    let mut text = String::from(
        "# Settings\n\n\
         <!-- Written by `carnet settings --reference`; a test compares. -->\n\n\
         A setting is said in the file given by `--config` (one `name = \"value\"` a line) or in the\n\
         environment, which wins. `carnet settings` prints a file with all of them. A value that is not\n\
         what is expected stops the program at its start, with the setting's name and what is expected.\n\
         Where the default is empty, the setting may stay empty. Secrets are never printed.\n",
    );
    for (title, settings) in grouped() {
        let _ = write!(text, "\n## {title}\n");
        for setting in settings {
            let default = match setting.default {
                "" => "empty".to_owned(),
                value => format!("`{value}`"),
            };
            let secret = if setting.secret { " Secret." } else { "" };
            let _ = write!(
                text,
                "\n### `{}`\n\n{}{secret}\n\n- Expected: {}\n- Default: {default}\n- Environment: `{}`\n",
                setting.name,
                setting.doc,
                setting.kind,
                variable(setting.name),
            );
        }
    }
    text
}

/// What `carnet help settings` says below the options.
pub fn help() -> String {
    let mut text = String::from("Settings, with their defaults (docs/settings.md says more):\n");
    for (title, settings) in grouped() {
        let _ = write!(text, "\n{title}:\n");
        for setting in settings {
            let Setting {
                name, default, doc, ..
            } = setting;
            let _ = write!(text, "  {name} = \"{default}\"\n      {doc}\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_setting_has_its_place() {
        let shown: usize = grouped().map(|(_, settings)| settings.len()).sum();
        assert_eq!(
            shown,
            ALL.len(),
            "each name begins with a prefix of one group"
        );
        let (sample, reference, help) = (sample(), reference(), help());
        for setting in ALL {
            let name = setting.name;
            assert!(sample.contains(&format!("\n#{name} = ")), "{name}");
            assert!(reference.contains(&format!("\n### `{name}`\n")), "{name}");
            assert!(help.contains(&format!("\n  {name} = ")), "{name}");
            assert!(setting.doc.ends_with('.'), "{name}");
        }
    }

    #[test]
    fn the_reference_page_is_the_table() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/settings.md");
        let written = std::fs::read_to_string(path).expect("docs/settings.md");
        assert!(
            written == reference(),
            "write it again: carnet settings --reference > docs/settings.md"
        );
    }
}
