//! Drawing the text of a document, so that it can be searched: a job that comes with the document.
//!
//! A reader that fails leaves the document as it is: the job is tried again, then set aside.

use access::{Act, App, Purpose, Read, Refused, Scope, Viewer};
use ambient::Id;
use anyhow::{Context, anyhow};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{
    RecordId, Store, With,
    store::{Job, NewJob},
};
use web::Lang;

use super::volume::{self, Texts};
use crate::{Documents, FileKind, Stored, reading::blocking, results, text};

/// The name of the job.
pub const DRAW: &str = "text";

/// Bytes of a document's text that are searched.
const MOST: usize = 400_000;
/// Files inside a document that are read.
const INSIDE: usize = 3;

#[derive(Serialize, Deserialize)]
struct Work {
    record: RecordId,
    id: Id,
    /// It may have been drawn before.
    #[serde(default)]
    afresh: bool,
}

/// The work to draw a new document's text, to be enqueued with the document.
pub fn drawing(store: &Store, record: RecordId, id: Id, now: Timestamp) -> With {
    enqueue(store, record, id, now, false)
}

/// The same for a document that came before it was drawn, or whose text was lost.
pub(super) fn drawing_afresh(store: &Store, record: RecordId, id: Id, now: Timestamp) -> With {
    enqueue(store, record, id, now, true)
}

fn enqueue(store: &Store, record: RecordId, id: Id, due: Timestamp, afresh: bool) -> With {
    let work = Work { record, id, afresh };
    store.enqueue(NewJob {
        name: DRAW,
        // While the first waits, a second is the same.
        dedup: Some(&id.0),
        due,
        payload: serde_json::to_vec(&work).expect("names are JSON"),
    })
}

/// Whether documents of this kind have text that is drawn here.
pub(super) fn is_read(app: &App, media_type: &str) -> bool {
    use FileKind::{Cda, Jpeg, Kos, Pdf, Png, Rtf, Text, Tiff};
    match FileKind::of_media_type(media_type) {
        Some(Pdf | Text | Rtf | Cda) => true,
        Some(Jpeg | Png | Tiff) => app.scribe.reads_images(),
        Some(Kos) | None => false,
    }
}

/// Does that work.
///
/// # Errors
/// When the file cannot be read, or a store fails; the job is tried again.
pub async fn draw(app: &App, job: &Job) -> anyhow::Result<()> {
    let Work { record, id, .. } = serde_json::from_slice(&job.payload).context("a text")?;
    let viewer = Viewer::system(Purpose::Extract, app.now());
    let enter = || app.gate.enter(&viewer, record, Act::List);
    let find = |scope: &Scope<'_, Documents>| {
        let document = scope.thing(id).ok()?;
        (!document.item.withdrawn).then(|| document.stored())
    };
    let found = match enter().await {
        Ok(clearance) => clearance.recognise(find).await.map_err(failed)?,
        // A space that was closed meanwhile is not searched.
        Err(Refused::No(_) | Refused::NotFound) => return Ok(()),
        Err(refused) => return Err(failed(refused)),
    };
    let Some(stored) = found.transpose()? else {
        return Ok(());
    };
    write(app, job, text_of(app, &stored).await?).await
}

/// Writes the text that a job asked for.
///
/// # Errors
/// When a store fails.
pub async fn write(app: &App, job: &Job, text: String) -> anyhow::Result<()> {
    let Work { record, id, afresh } = serde_json::from_slice(&job.payload).context("a text")?;
    let viewer = Viewer::system(Purpose::Extract, app.now());
    let drafts = blocking(move || volume::drafts(id, cut(&text))).await;
    let drafts = drafts.map_err(failed)?;
    let clearance = app.gate.enter(&viewer, record, Act::List).await;
    let clearance = clearance.map_err(failed)?;
    let drawn = clearance.draw::<Documents, Texts>(id, &drafts, job, afresh);
    drawn.await.map_err(failed)
}

fn failed(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow!("a text is not drawn: {other:?}"),
    }
}

/// A file that another process reads.
enum Inside {
    Pdf(Vec<u8>),
    Image(Vec<u8>),
}

/// The text of a document's file; empty when nobody reads such files.
async fn text_of(app: &App, stored: &Stored) -> anyhow::Result<String> {
    let own = &stored.own;
    if !is_read(app, &own.media_type) {
        return Ok(String::new());
    }
    let read = app.gate.read_file(&own.blob, 0..own.blob.size).await;
    let bytes = read.map_err(failed)?;
    let (mut text, files) = match FileKind::of_media_type(&own.media_type) {
        Some(FileKind::Pdf) => (String::new(), vec![Inside::Pdf(bytes)]),
        Some(FileKind::Jpeg | FileKind::Png | FileKind::Tiff) => {
            (String::new(), vec![Inside::Image(bytes)])
        }
        Some(FileKind::Text) => (text::decode(&bytes), vec![]),
        Some(FileKind::Rtf) => (cda::rtf_text(&bytes).unwrap_or_default(), vec![]),
        Some(FileKind::Cda) => blocking(move || clinical(&bytes)).await.map_err(failed)??,
        Some(FileKind::Kos) | None => (String::new(), vec![]),
    };
    for file in files {
        let more = match file {
            Inside::Pdf(bytes) => match app.scribe.read_pdf(bytes).await? {
                Read::Text { text, .. } => text,
                Read::Protected => continue,
            },
            Inside::Image(bytes) => app.scribe.read_image(bytes).await?,
        };
        text.push('\n');
        text.push_str(&more);
    }
    Ok(text)
}

/// What a clinical document says, how people call what it measures, and the files inside.
fn clinical(bytes: &[u8]) -> anyhow::Result<(String, Vec<Inside>)> {
    let document = cda::read(bytes).context("a clinical document")?;
    let mut lines = vec![document.text()];
    let mut names: Vec<String> = Vec::new();
    for name in document
        .results
        .iter()
        .flat_map(|result| results::names(result, Lang::Fr))
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        lines.push(names.join(", "));
    }
    let inside = document.media().iter().filter_map(|file| {
        let bytes = || file.bytes.clone();
        match FileKind::of_media_type(file.media_type)? {
            FileKind::Pdf => Some(Inside::Pdf(bytes())),
            FileKind::Jpeg | FileKind::Png | FileKind::Tiff => Some(Inside::Image(bytes())),
            _ => None,
        }
    });
    Ok((lines.join("\n"), inside.take(INSIDE).collect()))
}

fn cut(text: &str) -> &str {
    let end = (0..=MOST.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    text[..end.unwrap_or(0)].trim()
}
