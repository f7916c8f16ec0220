//! Settings, each declared once: name, default, what it may be and what it is for.
//!
//! They come from a TOML file of `name = "value"` lines (`--config FILE`), then
//! from the environment (`CARNET_` and the name in capitals, dots as
//! underscores). Every value is checked at start. The sample file, the reference
//! page and `carnet help settings` are made from this table.

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

pub use kind::{Kind, bucket};
pub use page::{help, reference, sample, variable};
pub use setting::Setting;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

use Kind::{Duration, Number};
use setting::{secret, setting};

/// Every setting.
pub const ALL: &[Setting] = &[
    setting(
        "data",
        Kind::Path,
        "/var/lib/carnet",
        "Folder of the database and of the sealed files.",
    ),
    secret(
        "store.url",
        Kind::Database,
        "",
        "Main database: postgres://… ; empty for SQLite in the data folder.",
    ),
    setting(
        "blobs.url",
        Kind::Bucket,
        "",
        "Where sealed files go: s3://BUCKET/PREFIX; empty for a folder in the data folder.",
    ),
    setting(
        "blobs.endpoint",
        Kind::Origin,
        "",
        "Address of the S3; empty for Amazon's in the region.",
    ),
    setting(
        "blobs.region",
        Kind::Text,
        "eu-west-3",
        "Region that requests to the S3 are signed for.",
    ),
    setting("blobs.key", Kind::Text, "", "Access key of the S3."),
    secret("blobs.secret", Kind::Text, "", "Secret key of the S3."),
    setting(
        "antivirus.clamd",
        Kind::Text,
        "",
        "ClamAV that examines every file: host:port, or the path of its socket; empty for none.",
    ),
    setting(
        "keys.file",
        Kind::Path,
        "/etc/carnet/keys",
        "Key file: mode 0600, outside the data folder.",
    ),
    secret(
        "keys.store",
        Kind::Database,
        "/var/lib/carnet-keys/keys.db",
        "Store of wrapped record keys: another disk, another backup.",
    ),
    setting(
        "keys.retention",
        Number(1, 3_650),
        "30",
        "Days after which a backup of the key store must be destroyed.",
    ),
    setting(
        "erasures",
        Kind::Path,
        "/var/lib/carnet-register/erasures",
        "Register of erasures: apart from data, keys and their backups; one file for all servers.",
    ),
    setting(
        "checkpoints.folder",
        Kind::Path,
        "/var/lib/carnet-checkpoints",
        "Folder of the signed checkpoints: apart from all of these; copy it away often.",
    ),
    setting(
        "checkpoints.every",
        Duration(1, DAY),
        "1h",
        "Time from one checkpoint of what was written to the next.",
    ),
    setting(
        "cache.bytes",
        Number(0, 1 << 40),
        "134217728",
        "Bytes of opened records held in memory.",
    ),
    setting(
        "search.bytes",
        Number(0, 1 << 40),
        "67108864",
        "Bytes of documents' texts held in memory while somebody searches; dropped after a minute or two.",
    ),
    setting(
        "search.tesseract",
        Kind::Text,
        "",
        "Tesseract that reads new scans and photos for search, such as /usr/bin/tesseract; empty for none.",
    ),
    setting(
        "listen",
        Kind::Listen,
        "127.0.0.1:8080",
        "Address and port that the server listens on.",
    ),
    setting(
        "origin",
        Kind::Origin,
        "http://127.0.0.1:8080",
        "Where people reach the site, without a final slash.",
    ),
    setting(
        "proxy",
        Kind::YesNo,
        "no",
        "« yes » when a trusted proxy gives the visitor's address in X-Forwarded-For.",
    ),
    setting(
        "stop.within",
        Duration(1, HOUR),
        "20s",
        "When asked to stop, how long requests under way may take to end.",
    ),
    setting(
        "admin.listen",
        Kind::Listen,
        "",
        "Address and port of /metrics, for the operator's network alone; empty for none.",
    ),
    setting(
        "limits.activations_a_day",
        Number(1, 1_000),
        "5",
        "Tries a day at activation and recovery, per national number, per card and per source.",
    ),
    setting(
        "limits.sign_ins_a_day",
        Number(1, 1_000),
        "20",
        "Tries of a password a day, per login and per source.",
    ),
    setting(
        "limits.provisional_code",
        Duration(MINUTE, DAY),
        "30m",
        "Life of the provisional code that opens activation or recovery.",
    ),
    setting(
        "limits.letter_code",
        Duration(DAY, 60 * DAY),
        "15d",
        "Life of the provisional code that leaves by letter.",
    ),
    setting(
        "limits.between_codes",
        Duration(1, HOUR),
        "30s",
        "Least time between two codes.",
    ),
    setting(
        "limits.one_time_code",
        Duration(MINUTE, HOUR),
        "10m",
        "Life of a one-time code.",
    ),
    setting(
        "limits.code_tries",
        Number(1, 10),
        "3",
        "Tries of one code.",
    ),
    setting(
        "limits.person_idle",
        Duration(MINUTE, DAY),
        "15m",
        "A person's session ends after this long without use.",
    ),
    setting(
        "limits.person_session",
        Duration(MINUTE, 30 * DAY),
        "12h",
        "A person's session ends after this long in any case.",
    ),
    setting(
        "limits.professional_idle",
        Duration(MINUTE, DAY),
        "10m",
        "A professional's session ends after this long without use.",
    ),
    setting(
        "limits.professional_session",
        Duration(MINUTE, 30 * DAY),
        "4h",
        "A professional's session ends after this long in any case.",
    ),
    setting(
        "limits.fresh_factor",
        Duration(1, DAY),
        "5m",
        "Before a sensitive step, a password shown within this time need not be shown again.",
    ),
    setting(
        "limits.inactive_refused",
        Kind::YesNo,
        "yes",
        "Professionals who are not in the last extraction of the directory do not get in; « no » only logs it.",
    ),
    setting(
        "limits.first_openings_an_hour",
        Number(1, 10_000),
        "30",
        "First openings of one professional in an hour, before they must show their card for more.",
    ),
    setting(
        "limits.first_openings_at_most",
        Number(1, 10_000),
        "45",
        "First openings in an hour beyond which the account is suspended (carnet suspensions).",
    ),
    setting(
        "limits.counter_code",
        Duration(MINUTE, HOUR),
        "10m",
        "Life of the code that a person shows at a counter.",
    ),
    setting(
        "limits.counter_tries",
        Number(1, 10),
        "5",
        "Tries of the digits of that code.",
    ),
    setting(
        "limits.share_tries",
        Number(1, 10),
        "5",
        "Tries of the code of a share, before it opens no more.",
    ),
    setting(
        "limits.share_session",
        Duration(MINUTE, HOUR),
        "30m",
        "How long who opened a share may read without opening it again.",
    ),
    setting(
        "limits.share_openings_an_hour",
        Number(1, 10_000),
        "30",
        "Openings of shares that are tried in an hour, per source.",
    ),
    setting(
        "limits.phone_asks_an_hour",
        Number(1, 1_000),
        "5",
        "Times an hour that somebody is asked on their phone to sign in, by national identifier.",
    ),
    setting(
        "limits.phone_asks_by_source_an_hour",
        Number(1, 10_000),
        "30",
        "The same, per source.",
    ),
    setting(
        "limits.archive_bytes",
        Number(1_000_000, 2_000_000_000),
        "100000000",
        "Bytes of an archive that is brought back; it is held in memory while it is read.",
    ),
    setting(
        "limits.archive_link",
        Duration(HOUR, 30 * DAY),
        "7d",
        "How long an archive of everything can be fetched.",
    ),
    setting(
        "limits.opposition",
        Duration(DAY, 366 * DAY),
        "42d",
        "Time to oppose, from the notice to the opening of a space (six weeks: R.1111-28 CSP).",
    ),
    setting(
        "limits.archive",
        Duration(DAY, 36_600 * DAY),
        "3653d",
        "How long a closed space is kept before it is erased (ten years: R.1111-36 CSP).",
    ),
    setting(
        "limits.before_erasure",
        Duration(DAY, 90 * DAY),
        "30d",
        "How long who closes a space and asks for its erasure may think again (three months at most).",
    ),
    setting(
        "limits.break_glass",
        Duration(MINUTE, 12 * HOUR),
        "12h",
        "How long broken glass opens a record.",
    ),
    setting(
        "limits.dispatch",
        Duration(MINUTE, DAY),
        "24h",
        "How long a record is open to a doctor who answers the 15.",
    ),
    setting(
        "limits.withdrawn_kept",
        Duration(MINUTE, 366 * DAY),
        "30d",
        "How long a document that its author withdrew is kept, unseen, before its bytes are destroyed.",
    ),
    setting(
        "limits.registers",
        Duration(90 * DAY, 1_827 * DAY),
        "1096d",
        "How long the registers of accounts are kept at most, which records each opened (three years).",
    ),
    setting(
        "limits.document_bytes",
        Number(1, 1 << 30),
        "5000000",
        "Bytes of one document.",
    ),
    setting(
        "limits.documents_at_once",
        Number(1, 200),
        "20",
        "Documents that a person adds at once.",
    ),
    setting(
        "limits.deposit_bytes",
        Number(1, 1 << 32),
        "20000000",
        "Bytes of one request by which software deposits documents.",
    ),
    setting(
        "limits.access_token",
        Duration(1, HOUR),
        "5m",
        "Life of a machine's access token.",
    ),
    setting(
        "limits.body_pause",
        Duration(1, HOUR),
        "20s",
        "A request whose sender says nothing for this long is refused.",
    ),
    setting(
        "reference",
        Kind::Path,
        "",
        "Folder of reference data that replaces what is compiled in.",
    ),
    setting(
        "ins.oid",
        Kind::Oid,
        "1.2.250.1.213.1.4.10",
        "OID of national numbers: …4.8 in production, …4.10 for tests.",
    ),
    setting(
        "emergency.centres",
        Kind::Text,
        "",
        "Facilities that answer the 15, separated by commas: 1 and the FINESS number.",
    ),
    setting(
        "archives.trusted",
        Kind::Text,
        "",
        "Public keys of installations whose archives are believed, separated by commas.",
    ),
    setting(
        "imaging.viewers",
        Kind::Text,
        "",
        "Viewers of images, separated by commas: the host that keeps them, =, where they are seen (https, with {study}).",
    ),
    setting(
        "audit.operators",
        Kind::Text,
        "",
        "Who approves the reading of an account's register, two at least: name and public key (carnet audit operator-key), separated by commas.",
    ),
    setting(
        "mail.relay",
        Kind::HostPort,
        "",
        "SMTP relay as host:port; empty to send nothing.",
    ),
    setting(
        "mail.from",
        Kind::Mailbox,
        "Carnet <ne-pas-repondre@localhost>",
        "Sender of e-mails.",
    ),
    setting(
        "sms.url",
        Kind::Url,
        "",
        "Address of an SMS gateway, to which each SMS is posted as JSON; its host is to be among net.hosts. Empty to send none.",
    ),
    setting(
        "sms.body",
        Kind::Text,
        r#"{"to": "{to}", "text": "{text}"}"#,
        "What is posted there: JSON in which {to} (+33…), {national} (06…) and {text} are filled in.",
    ),
    secret(
        "sms.authorization",
        Kind::Text,
        "",
        "The Authorization header for the gateway, such as « Bearer … »; empty for none.",
    ),
    secret(
        "push.key",
        Kind::Text,
        "",
        "Key that notices are sent to browsers with (Web Push): « carnet keys push » makes one. Empty to offer none; another one asks every device to subscribe again.",
    ),
    setting(
        "push.hosts",
        Kind::Services,
        "fcm.googleapis.com, updates.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com",
        "Push services of browsers that may be called.",
    ),
    setting(
        "letters.folder",
        Kind::Path,
        "",
        "Folder where letters wait to be printed, posted and removed; empty to send none.",
    ),
    setting(
        "psc.issuer",
        Kind::Url,
        "",
        "Issuer of Pro Santé Connect; empty when professionals do not sign in.",
    ),
    setting(
        "psc.discovery",
        Kind::Url,
        "",
        "Its discovery address; empty for the standard one below the issuer.",
    ),
    setting("psc.client", Kind::Text, "", "Our client identifier there."),
    secret("psc.secret", Kind::Text, "", "Our client secret there."),
    setting(
        "psc.signed_userinfo",
        Kind::YesNo,
        "no",
        "« yes » to refuse what it says of a professional unless it is signed.",
    ),
    setting(
        "psc.phones",
        Kind::YesNo,
        "no",
        "« yes » to let professionals confirm on their phone instead (CIBA, poll mode): Pro Santé Connect allows that client by client.",
    ),
    setting(
        "net.hosts",
        Kind::Hosts,
        "",
        "Hosts that the server may call, separated by commas.",
    ),
    setting(
        "net.connect_within",
        Duration(1, MINUTE),
        "5s",
        "How long another machine may take to accept a connection.",
    ),
    setting(
        "net.answer_within",
        Duration(1, MINUTE),
        "15s",
        "How long a call to another machine may take in all.",
    ),
    setting(
        "net.loopback",
        Kind::YesNo,
        "no",
        "« yes » to allow calls to this machine: tests only.",
    ),
    setting(
        "legal.operator",
        Kind::Text,
        "",
        "Who runs this installation: name, legal form, address.",
    ),
    setting(
        "legal.director",
        Kind::Text,
        "",
        "Director of the publication.",
    ),
    setting(
        "legal.host",
        Kind::Text,
        "",
        "Certified host of health data (HDS): name, address.",
    ),
    setting(
        "legal.contact",
        Kind::Text,
        "",
        "How to reach the operator: address, telephone or e-mail.",
    ),
    setting(
        "legal.dpo",
        Kind::Text,
        "",
        "How to reach the data protection officer.",
    ),
    setting(
        "security.contact",
        Kind::Contact,
        "",
        "Where to report a vulnerability, as mailto:… or https://… ; empty for the help page.",
    ),
    setting(
        "security.expires",
        Kind::Day,
        "",
        "Until when /.well-known/security.txt holds; empty for half a year from each reading.",
    ),
];

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
