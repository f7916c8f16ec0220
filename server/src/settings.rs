//! Settings, each declared once: name, default, what it may be and what it is for.
//!
//! They come from a TOML file of `name = "value"` lines (`--config FILE`), then
//! from the environment (`CARNET_` and the name in capitals, dots as
//! underscores). Every value is checked at start. The sample file, the reference
//! page and `carnet help settings` are made from this table.

mod all;
mod kind;
mod limits;
mod page;
mod setting;

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use ambient::Secret;
use anyhow::{Context, bail, ensure};
use jiff::SignedDuration;

pub use all::ALL;
pub use kind::{Kind, bucket};
pub use page::{help, reference, sample, variable};
pub use setting::Setting;

/// Settings with their values.
#[derive(Clone, Default)]
pub struct Settings {
    values: BTreeMap<&'static str, String>,
}

impl fmt::Debug for Settings {
    /// Every setting that was said; of a secret, only that it was.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): (&&'static str, &String)| match declared(name).secret {
            true => (*name, "[secret]".to_owned()),
            false => (*name, value.clone()),
        };
        f.debug_map()
            .entries(self.values.iter().map(shown))
            .finish()
    }
}

/// The setting of a name that the program itself writes.
fn declared(name: &str) -> &'static Setting {
    let known = ALL.iter().find(|setting| setting.name == name);
    known.expect("a declared setting")
}

impl Settings {
    /// Reads the file (if any), then the given environment, and checks every value.
    ///
    /// # Errors
    /// When a line cannot be read, names a setting that does not exist, or gives it a value that it
    /// cannot have. Says which setting and what is expected; never the value of a secret.
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
            let variable = variable(setting.name);
            if let Some(value) = environment.get(&variable) {
                settings
                    .say(setting, value)
                    .with_context(|| format!("the variable {variable}"))?;
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
        self.say(known, value)
    }

    fn say(&mut self, setting: &'static Setting, value: &str) -> anyhow::Result<()> {
        let Setting { name, kind, .. } = setting;
        let left_empty = value.is_empty() && setting.default.is_empty();
        let shown = if setting.secret { "its value" } else { value };
        ensure!(
            left_empty || kind.takes(value),
            "setting {name}: « {shown} » is not {kind}"
        );
        self.values.insert(name, value.to_owned());
        Ok(())
    }

    /// Says a setting, as a command-line option does.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(declared(name).name, value.into());
    }

    /// A setting's value; for a secret, [`Settings::secret`].
    pub fn get(&self, name: &str) -> &str {
        let known = declared(name);
        self.values.get(name).map_or(known.default, String::as_str)
    }

    /// A secret, in a wrapping that does not print.
    pub fn secret(&self, name: &str) -> Secret<String> {
        Secret::new(self.get(name).to_owned())
    }

    /// A path.
    pub fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(self.get(name))
    }

    /// « yes » or « no ».
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    /// A number.
    ///
    /// # Errors
    /// When it is not one.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> anyhow::Result<T> {
        let number = self.get(name).parse().ok();
        number.with_context(|| format!("setting {name} is not {}", declared(name).kind))
    }

    /// A time.
    ///
    /// # Errors
    /// When it is not one.
    pub fn duration(&self, name: &str) -> anyhow::Result<SignedDuration> {
        let time = kind::duration(self.get(name));
        time.with_context(|| format!("setting {name} is not {}", declared(name).kind))
    }
}

#[cfg(test)]
mod tests;
