//! Puts an installation together from its settings.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use access::{
    AccessMatrix, App, Carnet, Disclosure, DocumentTypes, Gate, ImageViewers, Limits, NoticeKinds,
    Post, Rules, Scribe, Topics, watch::Watch,
};
use ambient::{Clock, Random, Secret};
use anyhow::{Context, bail};
use documents::Documents;
use vault::{BlobPlace, BucketAddress, Config, DatabaseUrl, Suite, keys::FileKeys};
use web::{Site, Texts};

use crate::{
    antivirus::Clamd,
    features,
    settings::{self, Settings},
};

const MATRIX: &str = include_str!("../../reference/access-matrix.json");
const TYPES: &str = include_str!("../../reference/document-types.json");
const DISCLOSURE: &str = include_str!("../../reference/disclosure.json");
const TOPICS: &str = include_str!("../../reference/sensitive-topics.json");
const WATCH: &str = include_str!("../../reference/watch.json");
const NOTICES: &str = include_str!("../../reference/notice-kinds.json");

/// Marks a data folder that holds fictional people only.
pub const DEMO_MARK: &str = "demo";

/// What an installation takes from outside.
pub struct Surroundings {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Arc<dyn Random>,
    /// Takes messages out.
    pub post: Arc<dyn Post>,
    /// Reads the text of files.
    pub scribe: Arc<dyn Scribe>,
    /// Numbers.
    pub limits: Limits,
    /// Fictional people only.
    pub demo: bool,
    /// How bytes are sealed.
    pub suite: Suite,
}

/// Opens the stores and puts the installation together.
///
/// # Errors
/// When a store or the keys cannot be opened, or reference data cannot be read.
pub fn install(settings: &Settings, around: Surroundings) -> anyhow::Result<App> {
    let data = settings.path("data");
    std::fs::create_dir_all(&data).context("the data folder")?;
    let keys = open_keys(settings, &data, &around)?;
    let config = places(settings, around.suite)?;
    let (store, mut opener) = vault::start(&config, Arc::new(keys), Arc::clone(&around.random))?;
    opener.hold_texts(settings.number("search.bytes")?);
    let store = Arc::new(store);
    let rules = rules(settings, &around.limits)?;
    let mut gate =
        Gate::new(opener, Arc::clone(&store), Arc::clone(&around.clock), rules).over::<Documents>();
    if let Some(clamd) = Clamd::of(settings) {
        gate = gate.examined_by(Arc::new(clamd));
    }
    if !gate.tail_intact() {
        tracing::error!("the journal was altered outside Carnet: run « carnet audit verify »");
    }
    let site = Site {
        texts: Arc::new(Texts::load(&features::texts())?),
        clock: around.clock,
        random: around.random,
        origin: settings.get("origin").to_owned(),
        form_origins: form_origins(settings),
        demo: around.demo,
    };
    Ok(Arc::new(Carnet {
        site: Arc::new(site),
        store,
        gate,
        post: around.post,
        scribe: around.scribe,
        limits: around.limits,
    }))
}

/// Where an installation keeps what.
///
/// # Errors
/// When a setting cannot be read.
pub fn places(settings: &Settings, suite: Suite) -> anyhow::Result<Config> {
    let data = settings.path("data");
    Ok(Config {
        database: match settings.get("store.url") {
            "" => data.join("carnet.db").into(),
            other => url(other, "store.url")?,
        },
        key_store: url(settings.get("keys.store"), "keys.store")?,
        blobs: files(settings, &data)?,
        register: settings.path("erasures"),
        cache: settings.number("cache.bytes")?,
        suite,
    })
}

fn url(text: &str, name: &str) -> anyhow::Result<DatabaseUrl> {
    if !text.starts_with("postgres")
        && let Some(folder) = Path::new(text.trim_start_matches("sqlite:")).parent()
    {
        std::fs::create_dir_all(folder).with_context(|| format!("the folder of {name}"))?;
    }
    text.parse().with_context(|| format!("setting {name}"))
}

/// Where sealed files are kept.
fn files(settings: &Settings, data: &Path) -> anyhow::Result<BlobPlace> {
    let (bucket, prefix) = match settings.get("blobs.url") {
        "" => return Ok(data.join("blobs").into()),
        url => settings::bucket(url).context("setting blobs.url")?,
    };
    Ok(BlobPlace::Bucket(BucketAddress {
        endpoint: settings.get("blobs.endpoint").to_owned(),
        region: settings.get("blobs.region").to_owned(),
        bucket: bucket.to_owned(),
        prefix: prefix.to_owned(),
        key: settings.get("blobs.key").to_owned(),
        secret: Secret::new(settings.get("blobs.secret").to_owned()),
    }))
}

fn open_keys(settings: &Settings, data: &Path, around: &Surroundings) -> anyhow::Result<FileKeys> {
    let path = settings.path("keys.file");
    if !around.demo {
        // A backup of the data must never hold what opens it.
        if place(&path).starts_with(place(data)) {
            bail!(
                "the key file {} lies under the data folder: move it elsewhere",
                path.display()
            );
        }
    }
    if path.exists() {
        return Ok(FileKeys::read(&path, Arc::clone(&around.random))?);
    }
    if data.join("carnet.db").exists() {
        bail!(
            "the key file {} is missing, and without it this data folder cannot be read",
            path.display()
        );
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).context("the folder of the key file")?;
    }
    Ok(FileKeys::create(&path, Arc::clone(&around.random))?)
}

/// Where a path leads, links followed as far as it exists.
pub(crate) fn place(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = whole
        .ancestors()
        .find_map(|above| Some((above, above.canonicalize().ok()?)));
    match known {
        Some((above, real)) => match whole.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => whole,
    }
}

fn rules(settings: &Settings, limits: &Limits) -> anyhow::Result<Rules> {
    let read = |name: &str, compiled: &str| match settings.get("reference") {
        "" => Ok(compiled.to_owned()),
        folder => {
            let path = Path::new(folder).join(name);
            std::fs::read_to_string(&path).with_context(|| format!("{}", path.display()))
        }
    };
    // A folder that was made for an earlier version has fewer files.
    let optional = |name: &str, compiled: &str| {
        let there = Path::new(settings.get("reference")).join(name).exists();
        match there && !settings.get("reference").is_empty() {
            true => read(name, compiled),
            false => Ok(compiled.to_owned()),
        }
    };
    Ok(Rules {
        matrix: AccessMatrix::read(&read("access-matrix.json", MATRIX)?)
            .context("the access matrix")?,
        types: DocumentTypes::read(&read("document-types.json", TYPES)?)
            .context("the document types")?,
        disclosure: Disclosure::read(&optional("disclosure.json", DISCLOSURE)?)
            .context("when documents that wait are shown")?,
        topics: Topics::read(&optional("sensitive-topics.json", TOPICS)?)
            .context("the sensitive topics")?,
        notices: NoticeKinds::read(&optional("notice-kinds.json", NOTICES)?)
            .context("the kinds of notices")?,
        fresh_factor: limits.fresh_factor,
        registers_kept: limits.registers,
        watch: Watch::read(&optional("watch.json", WATCH)?).context("the watch")?,
        emergency_call_centres: settings
            .get("emergency.centres")
            .split(',')
            .map(|centre| centre.trim().to_owned())
            .filter(|centre| !centre.is_empty())
            .collect(),
        trusted_archives: settings
            .get("archives.trusted")
            .split(',')
            .map(|key| key.trim().to_lowercase())
            .filter(|key| !key.is_empty())
            .collect(),
        viewers: ImageViewers::read(settings.get("imaging.viewers"))
            .map_err(anyhow::Error::msg)
            .context("setting imaging.viewers")?,
        ..Rules::default()
    })
}

/// The origin of the identity provider, which sign-in forms lead to.
fn form_origins(settings: &Settings) -> Vec<String> {
    let issuer = settings.get("psc.issuer");
    let mut parts = issuer.splitn(4, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(scheme), Some(""), Some(host)) => vec![format!("{scheme}//{host}")],
        _ => vec![],
    }
}
