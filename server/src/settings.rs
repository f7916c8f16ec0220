//! Settings, each declared once: name, default and what it is for.
//!
//! They come from a TOML file of `name = "value"` lines (`--config FILE`), then
//! from the environment (`CARNET_` and the name in capitals, dots as
//! underscores). The sample file, the reference page and `carnet settings` are
//! made from this table.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it is when nobody says otherwise; empty when it must be said.
    pub default: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Never printed.
    pub secret: bool,
}

const fn setting(name: &'static str, default: &'static str, doc: &'static str) -> Setting {
    Setting {
        name,
        default,
        doc,
        secret: false,
    }
}

/// Every setting.
pub const ALL: &[Setting] = &[
    setting(
        "data",
        "/var/lib/carnet",
        "Folder of the database and of the sealed files.",
    ),
    setting(
        "store.url",
        "",
        "Main database: postgres://… ; empty for SQLite in the data folder.",
    ),
    setting(
        "keys.file",
        "/etc/carnet/keys",
        "Key file: mode 0600, outside the data folder.",
    ),
    setting(
        "keys.store",
        "/var/lib/carnet-keys/keys.db",
        "Store of wrapped record keys: another disk, another backup.",
    ),
    setting(
        "cache.bytes",
        "134217728",
        "Bytes of opened records held in memory.",
    ),
    setting(
        "listen",
        "127.0.0.1:8080",
        "Address and port that the server listens on.",
    ),
    setting(
        "origin",
        "http://127.0.0.1:8080",
        "Where people reach the site, without a final slash.",
    ),
    setting(
        "proxy",
        "no",
        "« yes » when a trusted proxy gives the visitor's address in X-Forwarded-For.",
    ),
    setting(
        "reference",
        "",
        "Folder of reference data that replaces what is compiled in.",
    ),
    setting(
        "ins.oid",
        "1.2.250.1.213.1.4.10",
        "OID of national numbers: …4.8 in production, …4.10 for tests.",
    ),
    setting(
        "mail.relay",
        "",
        "SMTP relay as host:port; empty to send nothing.",
    ),
    setting(
        "mail.from",
        "Carnet <ne-pas-repondre@localhost>",
        "Sender of e-mails.",
    ),
    setting(
        "psc.issuer",
        "",
        "Issuer of Pro Santé Connect; empty when professionals do not sign in.",
    ),
    setting(
        "psc.discovery",
        "",
        "Its discovery address; empty for the standard one below the issuer.",
    ),
    setting("psc.client", "", "Our client identifier there."),
    Setting {
        name: "psc.secret",
        default: "",
        doc: "Our client secret there.",
        secret: true,
    },
    setting(
        "net.hosts",
        "",
        "Hosts that the server may call, separated by commas.",
    ),
    setting(
        "net.loopback",
        "no",
        "« yes » to allow calls to this machine: tests only.",
    ),
];

/// Settings with their values.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    values: BTreeMap<&'static str, String>,
}

impl Settings {
    /// Reads the file (if any), then the given environment.
    ///
    /// # Errors
    /// When a line cannot be read, or names a setting that does not exist.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> anyhow::Result<Self> {
        let mut settings = Self::default();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("settings file {}", path.display()))?;
            for (number, line) in (1..).zip(text.lines()) {
                settings
                    .line(line)
                    .with_context(|| format!("{}, line {number}", path.display()))?;
            }
        }
        let environment: BTreeMap<String, String> = environment.into_iter().collect();
        for setting in ALL {
            let variable = format!("CARNET_{}", setting.name.to_uppercase().replace('.', "_"));
            if let Some(value) = environment.get(&variable) {
                settings.values.insert(setting.name, value.clone());
            }
        }
        Ok(settings)
    }

    fn line(&mut self, line: &str) -> anyhow::Result<()> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (name, value) = line.split_once('=').context("expected name = \"value\"")?;
        let name = name.trim();
        let Some(known) = ALL.iter().find(|setting| setting.name == name) else {
            bail!("there is no setting « {name} »");
        };
        let value = value.trim();
        let value = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .unwrap_or(value);
        self.values.insert(known.name, value.to_owned());
        Ok(())
    }

    /// Says a setting, as a command-line option does.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let known = ALL
            .iter()
            .find(|setting| setting.name == name)
            .expect("a declared setting");
        self.values.insert(known.name, value.into());
    }

    /// A setting's value.
    pub fn get(&self, name: &str) -> &str {
        let known = ALL
            .iter()
            .find(|setting| setting.name == name)
            .expect("a declared setting");
        self.values.get(name).map_or(known.default, String::as_str)
    }

    /// A path.
    pub fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(self.get(name))
    }

    /// « yes » or « no ».
    ///
    /// # Errors
    /// When it is neither.
    pub fn is_on(&self, name: &str) -> anyhow::Result<bool> {
        match self.get(name) {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => bail!("setting {name}: « {other} » is neither yes nor no"),
        }
    }

    /// A number.
    ///
    /// # Errors
    /// When it is not one.
    pub fn number(&self, name: &str) -> anyhow::Result<usize> {
        self.get(name)
            .parse()
            .with_context(|| format!("setting {name} is a number"))
    }
}

/// A settings file with every setting, its default and what it is for.
pub fn sample() -> String {
    ALL.iter().fold(
        String::from("# Settings of Carnet. A line that begins with # is not read.\n"),
        |text, setting| {
            format!(
                "{text}\n# {}\n#{} = \"{}\"\n",
                setting.doc, setting.name, setting.default
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_then_environment_then_default() {
        let path = std::env::temp_dir().join(format!("carnet-settings-{}", std::process::id()));
        std::fs::write(&path, "# a comment\nlisten = \"0.0.0.0:1\"\nproxy = yes\n")
            .expect("written");
        let environment = [("CARNET_LISTEN".to_owned(), "0.0.0.0:2".to_owned())];
        let settings = Settings::read(Some(&path), environment).expect("read");
        assert_eq!(settings.get("listen"), "0.0.0.0:2");
        assert!(settings.is_on("proxy").expect("yes"));
        assert_eq!(settings.get("ins.oid"), "1.2.250.1.213.1.4.10");
        std::fs::write(&path, "lissen = 1\n").expect("written");
        let error = Settings::read(Some(&path), []).expect_err("a typing mistake");
        assert!(format!("{error:#}").contains("line 1"), "{error:#}");
        std::fs::remove_file(&path).expect("removed");
    }

    #[test]
    fn the_sample_names_every_setting() {
        let sample = sample();
        assert!(
            ALL.iter()
                .all(|setting| sample.contains(&format!("\n#{} = ", setting.name)))
        );
    }
}
