//! The job: packs what whoever asked may see, a document at a time.

use access::{Act, App, Asked, Clearance, DocumentTypes, Plan, Refused, Scope, Stage, Viewer};
use ambient::Id;
use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use documents::{Document, Documents, FileKind, Stored, newest_first, results};
use jiff::Timestamp;
use measures::Months;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vault::{BlobRef, With, store::NewJob};
use web::{Audience, Lang, Shell, dates, names};
use xdm::{Coded, Entry, Submission};

use crate::{
    bundle::{self, Bundle},
    manifest::{self, Listed, MANIFEST, Manifest, SIGNATURE},
    parts::{Parts, failed},
    site::{Index, Item, Page},
};

/// Makes an archive.
pub const PACK: &str = "pack archive";
/// Destroys one whose time is over.
pub const UNPACK: &str = "drop archive";

/// Hundredths between two notes of how far it is.
const STEP: usize = 5;

/// What is wanted of the installation for a request.
pub(crate) fn enqueue(app: &App, asked: &Asked) -> With {
    app.store.enqueue(NewJob {
        name: PACK,
        dedup: None,
        due: asked.asked,
        payload: serde_json::to_vec(asked).expect("a request is JSON"),
    })
}

/// What is destroyed when its time is over, whatever became of the record meanwhile.
#[derive(Serialize, Deserialize)]
struct Ending {
    asked: Asked,
    /// Without their keys.
    parts: Vec<BlobRef>,
}

fn ending(app: &App, asked: &Asked, parts: &[BlobRef], due: Timestamp) -> With {
    let ending = Ending {
        asked: asked.clone(),
        parts: parts.iter().map(BlobRef::without_key).collect(),
    };
    app.store.enqueue(NewJob {
        name: UNPACK,
        dedup: None,
        due,
        payload: serde_json::to_vec(&ending).expect("an ending is JSON"),
    })
}

/// Does the job [`UNPACK`].
///
/// # Errors
/// When the payload is not one, or a store fails.
pub async fn unpack(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Ending { asked, parts } = serde_json::from_slice(payload).context("an ending")?;
    app.gate.end_take_away(&asked).await.map_err(failed)?;
    for part in parts {
        app.gate.drop_file(&part).await.map_err(failed)?;
    }
    Ok(())
}

/// Does the job [`PACK`]; done again from the start when it was stopped.
///
/// # Errors
/// When the payload is not one, or a store fails.
pub async fn pack(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let asked: Asked = serde_json::from_slice(payload).context("a request")?;
    let Some(viewer) = asked.viewer() else {
        return Ok(());
    };
    // Who may no longer look gets nothing; so does who asked again since.
    let Some(clearance) = enter(app, &viewer, &asked).await? else {
        return Ok(());
    };
    if !note(&clearance, &asked, 0).await? {
        return Ok(());
    }
    let patient = clearance.policy().patient.clone();
    let mut archive = Archive::new(app, &asked, clearance.policy(), patient.as_ref());
    let (all, measured) = everything(clearance).await?;
    for observation in &measured {
        archive.bundle.add(observation);
    }
    let (count, mut parts) = (all.len(), Parts::new());
    let mut said = 0;
    for (number, document) in (1..).zip(&all) {
        archive.document(app, &mut parts, number, document).await?;
        let percent = number * 95 / count;
        if percent >= said + STEP {
            said = percent;
            let Some(clearance) = enter(app, &viewer, &asked).await? else {
                parts.drop(&app.gate).await;
                return Ok(());
            };
            if !note(&clearance, &asked, percent).await? {
                parts.drop(&app.gate).await;
                return Ok(());
            }
        }
    }
    let Some(clearance) = enter(app, &viewer, &asked).await? else {
        return Ok(());
    };
    for seen in results::gather(&app.gate, clearance)
        .await
        .map_err(failed)?
    {
        if !seen.repeated {
            archive.bundle.observation(&seen);
        }
    }
    archive.end(app, &mut parts, asked.asked).await?;
    let kept = parts.end(&app.gate).await?;
    let now = app.now();
    let until = now.checked_add(app.limits.archive_link)?;
    let done = match enter(app, &viewer, &asked).await? {
        Some(clearance) => {
            let ready = clearance.note_take_away(&asked, |one| {
                (one.stage, one.percent, one.count) = (Stage::Ready, 100, count);
                (one.parts, one.until) = (kept.clone(), Some(until));
            });
            ready.await.map_err(failed)?
        }
        None => false,
    };
    if !done {
        for part in &kept {
            app.gate.drop_file(part).await.map_err(failed)?;
        }
        return Ok(());
    }
    let tell = app.gate.telling_take_away(&asked, now);
    let end = ending(app, &asked, &kept, until);
    Ok(app.store.apply(tell.and(end)).await?)
}

async fn enter<'a>(
    app: &'a App,
    viewer: &'a Viewer,
    asked: &Asked,
) -> anyhow::Result<Option<Clearance<'a>>> {
    match app.gate.enter(viewer, asked.record, Act::Gather).await {
        Ok(clearance) => Ok(Some(clearance)),
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(other) => Err(failed(other)),
    }
}

async fn note(clearance: &Clearance<'_>, asked: &Asked, percent: usize) -> anyhow::Result<bool> {
    let percent = u8::try_from(percent).unwrap_or(100);
    let noted = clearance.note_take_away(asked, |one| one.percent = percent);
    noted.await.map_err(failed)
}

/// Every document that whoever asked may see, newest first, and what was measured: one look, one
/// line.
async fn everything(clearance: Clearance<'_>) -> anyhow::Result<(Vec<Document>, Vec<Value>)> {
    let all = clearance.act_on_both::<Documents, Months, _, _>(
        |scope: &Scope<'_, Documents>, months: Option<&Months>| {
            let readings = months.into_iter().flat_map(Months::readings);
            let measured: Vec<Value> = readings.map(|reading| reading.resource()).collect();
            let mut all: Vec<&Document> = scope.things().collect();
            newest_first(&mut all);
            let all: Vec<Document> = all.into_iter().cloned().collect();
            let count = all.len();
            Ok::<_, Refused>(Plan::new((all, measured)).counting(count))
        },
    );
    all.await.map_err(failed)
}

/// What is gathered beside the files themselves: some hundred bytes of each document.
struct Archive {
    /// Names the set: from the request alone, so that the same request makes the same archive.
    set: Id,
    shell: Shell,
    whose: String,
    patient: String,
    origin: String,
    bundle: Bundle,
    entries: Vec<Entry>,
    items: Vec<Item>,
    listed: Vec<Listed>,
}

impl Archive {
    fn new(app: &App, asked: &Asked, policy: &access::Policy, patient: Option<&Value>) -> Self {
        let request = [
            &asked.record.0.0[..],
            &asked.asked.as_microsecond().to_be_bytes(),
        ]
        .concat();
        let identifier = policy.identity().and_then(|one| one.main_identifier());
        Self {
            set: Id(app.store.short("archive set", &request)),
            shell: app.site.shell(Lang::Fr, Audience::Public),
            whose: policy.name(),
            patient: identifier.map_or_else(String::new, |one| {
                format!("{}^^^&{}&ISO", one.value, one.oid)
            }),
            origin: app.site.origin.clone(),
            bundle: Bundle::new(patient),
            entries: vec![],
            items: vec![],
            listed: vec![],
        }
    }

    async fn document(
        &mut self,
        app: &App,
        parts: &mut Parts,
        number: usize,
        document: &Document,
    ) -> anyhow::Result<()> {
        let stored = document.stored().context("a stored document")?;
        let own = &stored.own;
        let gate = &app.gate;
        let bytes = gate.read_file(&own.blob, 0..own.blob.size).await;
        let bytes = bytes.map_err(failed)?;
        let kind = FileKind::of_media_type(&own.media_type);
        let name = xdm::document_name(number, kind.map_or("bin", FileKind::extension));
        let file = format!("{}/{name}", xdm::SUBSET);
        let mut reading = String::new();
        if kind == Some(FileKind::Cda) {
            for (name, bytes) in self.readable(number, &own.title, &bytes) {
                parts.add(gate, &name, &bytes).await?;
                reading = name;
            }
        }
        parts.add(gate, &file, &bytes).await?;
        let rules = gate.rules();
        self.items
            .push(self.item(document, &rules.types, &file, reading));
        self.entries
            .push(entry(document.id(), &stored, &rules.types, name));
        self.bundle
            .document(&document.id().to_string(), &stored, &file);
        self.listed.push(Listed {
            sha256: manifest::hex(&manifest::sha256(&bytes)),
            size: own.blob.size,
            title: own.title.clone(),
            date: own.date,
            type_code: own.type_code.clone(),
            class: own.class.clone(),
            media_type: own.media_type.clone(),
            author: own.author.clone(),
            organization: own.organization.clone(),
            by_holder: own.by_holder,
            hidden: own.flags.professionals,
            unique_id: own.unique_id.clone(),
            file,
        });
        Ok(())
    }

    /// A clinical document for people: the page, or the file that it wraps, comes last.
    fn readable(&self, number: usize, title: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        let Ok(document) = cda::read(bytes) else {
            return vec![];
        };
        let stem = format!("DOC{number:05}");
        if let cda::Body::Level1(file) = &document.body {
            let kind = FileKind::of_media_type(file.media_type);
            let ending = kind.map_or("bin", FileKind::extension);
            let ending: String = ending.chars().take(3).collect();
            let name = format!("LECTURE/{stem}.{}", ending.to_uppercase());
            return vec![(name, file.bytes.clone())];
        }
        let media = document.media().iter();
        let mut files: Vec<_> = media
            .map(|file| (format!("LECTURE/{stem}/{}", file.id), file.bytes.clone()))
            .collect();
        let html = document.to_html(&cda::HtmlOptions {
            media_base: stem.clone(),
            ..cda::HtmlOptions::default()
        });
        let page = Page {
            lang: self.shell.lang,
            title,
            back: self.shell.t("archive-back"),
            html: &html,
        };
        if let Ok(page) = askama::Template::render(&page) {
            files.push((format!("LECTURE/{stem}.HTM"), page.into_bytes()));
        }
        files
    }

    fn item(
        &self,
        document: &Document,
        types: &DocumentTypes,
        file: &str,
        reading: String,
    ) -> Item {
        let made = dates::today(document.date);
        let category = types.category_of(&document.item.type_code);
        let line = match document.item.by_holder {
            true => self.shell.t("archive-brought"),
            false => {
                let mut by = vec![&*document.author, &*document.organization];
                by.retain(|part| !part.is_empty());
                by.dedup();
                by.join(" · ")
            }
        };
        Item {
            title: document.title.to_string(),
            day: dates::day(made, self.shell.lang),
            year: made.year(),
            category: category
                .map_or_else(|| self.shell.t("archive-other"), |one| one.label.clone()),
            line,
            file: file.to_owned(),
            reading,
            size: names::size(document.size, self.shell.lang),
        }
    }

    /// What comes last: it needs everything else.
    async fn end(self, app: &App, parts: &mut Parts, asked: Timestamp) -> anyhow::Result<()> {
        let (gate, now) = (&app.gate, app.now());
        let set = Submission {
            id: uuid(self.set),
            unique_id: format!("2.25.{}", u128::from_be_bytes(self.set.0)),
            source_id: source_id(&self.origin),
            at: compact(asked),
            title: self.shell.t1("archive-title", "name", &*self.whose),
            patient: self.patient.clone(),
            content: Coded {
                code: "34133-9".to_owned(),
                system: "2.16.840.1.113883.6.1".to_owned(),
                display: "Synthèse".to_owned(),
            },
        };
        let metadata = xdm::metadata(&set, &self.entries);
        parts.add(gate, xdm::METADATA, metadata.as_bytes()).await?;
        parts.add(gate, bundle::FILE, &self.bundle.end()).await?;
        let made = dates::moment(now, now, self.shell.lang);
        let made = format!(
            "{} ({made})",
            dates::day(dates::today(now), self.shell.lang)
        );
        let index = Index::of(
            &self.shell,
            self.whose.clone(),
            made,
            &self.origin,
            &self.items,
        );
        let index = askama::Template::render(&index)?;
        parts.add(gate, xdm::INDEX, index.as_bytes()).await?;
        let readme = self.shell.t("archive-readme");
        parts.add(gate, xdm::README, readme.as_bytes()).await?;
        let manifest = Manifest {
            format: manifest::FORMAT.to_owned(),
            origin: self.origin.clone(),
            made: now,
            documents: self.listed,
        };
        let (manifest, signature) = manifest.written(gate);
        parts.add(gate, MANIFEST, &manifest).await?;
        parts.add(gate, SIGNATURE, &signature).await
    }
}

fn entry(id: Id, stored: &Stored, types: &DocumentTypes, file: String) -> Entry {
    let own = &stored.own;
    let said = |pointer: &str| {
        let value = stored.resource.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let kind = types.get(&own.type_code);
    let class = own.class.clone().unwrap_or_default();
    let sha1 = BASE64_STANDARD.decode(&own.hash).unwrap_or_default();
    let codes = own.flags.codes().into_iter();
    Entry {
        file,
        id: uuid(id),
        unique_id: own.unique_id.trim_start_matches("urn:oid:").to_owned(),
        title: own.title.clone(),
        media_type: own.media_type.clone(),
        created: compact(own.date),
        sha1: manifest::hex(&sha1),
        size: own.blob.size,
        author: match own.by_holder {
            true => String::new(),
            false => own.author.clone(),
        },
        institution: own.organization.clone(),
        kind: Coded {
            code: own.type_code.clone(),
            system: kind.map_or_else(String::new, |kind| kind.system.clone()),
            display: kind.map_or_else(String::new, |kind| kind.label.clone()),
        },
        class: Coded {
            display: types.class(&class).unwrap_or_default().to_owned(),
            system: "1.2.250.1.213.1.1.4.1".to_owned(),
            code: class,
        },
        format: Coded {
            code: said("/content/0/format/code"),
            system: said("/content/0/format/system"),
            display: said("/content/0/format/display"),
        },
        confidentiality: codes
            .map(|code| Coded {
                code: code.to_owned(),
                system: "2.16.840.1.113883.5.25".to_owned(),
                display: String::new(),
            })
            .collect(),
    }
}

/// The installation among those that hand over: an OID made of its address.
fn source_id(origin: &str) -> String {
    let mut half = [0; 16];
    half.copy_from_slice(&manifest::sha256(origin.as_bytes())[..16]);
    format!("2.25.{}", u128::from_be_bytes(half))
}

/// `20260312110000`, UTC.
fn compact(at: Timestamp) -> String {
    at.strftime("%Y%m%d%H%M%S").to_string()
}

/// An identifier as a UUID (RFC 9562, version 8: ours).
fn uuid(Id(mut bytes): Id) -> String {
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex = Id(bytes).to_string();
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &hex[range]);
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_identifiers_are_written_as_xds_asks() {
        let at: Timestamp = "2026-03-12T11:00:05Z".parse().expect("an instant");
        assert_eq!(compact(at), "20260312110005");
        let text = uuid(Id([0xAB; 16]));
        assert_eq!(text, "urn:uuid:abababab-abab-8bab-abab-abababababab");
        assert!(source_id("https://carnet.test").starts_with("2.25."));
    }
}
