//! Reading a document: what its page shows of it, for whoever may.
//!
//! A page that opened a document (with [`access::Clearance::open`]) calls
//! [`read_body`] and includes `document_body.html`; the files that this shows
//! come from [`content`] and [`media`], under the same look. Nothing of a file
//! runs: frames have the sandbox of [`EMBEDDED`], and text and CDA are written
//! as HTML of our own.

use access::{App, Gate, Refused};
use axum::{
    body::Body as Bytes,
    response::{IntoResponse, Response},
};
use cda::BodyKind;
use http::{HeaderValue, header};
use web::{Lang, names};

use crate::{
    FileKind, Paper, Stored,
    imaging::Study,
    results::{Addresses, Panel},
    text, title,
};

/// What is shown of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A PDF in a frame.
    Frame {
        /// Address of the bytes.
        src: String,
        /// What is known of it.
        paper: Paper,
    },
    /// An image.
    Image {
        /// Address of the bytes.
        src: String,
    },
    /// Plain text.
    Text {
        /// The text, or its beginning.
        text: String,
        /// It goes on in the file.
        cut: bool,
    },
    /// Safe HTML of ours, made of a CDA document.
    Cda {
        /// The text.
        html: String,
        /// The results of a laboratory, as a table.
        panel: Panel,
    },
    /// A study of images, which are elsewhere.
    Study(Box<Study>),
    /// Nothing: the file can only be downloaded.
    Download(Why),
}

/// Why a document is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Browsers do not show that kind of file.
    Kind,
    /// It is not written as its kind should be.
    Unreadable,
    /// It is too long for a page.
    TooLong,
}

impl Why {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kind => "documents-body-kind",
            Self::Unreadable => "documents-body-unreadable",
            Self::TooLong => "documents-body-too-long",
        }
    }
}

/// The policy of whatever a page embeds: nothing runs, nothing is fetched, only we frame it.
///
/// `sandbox` gives the file an origin of its own. Chromium's PDF viewer needs no
/// more; it would not start under the attribute of the same name on the frame.
pub const EMBEDDED: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// The longest text of a page, in characters.
const TEXT_CHARS: usize = 200_000;

/// The longest CDA document of a page, in bytes of HTML.
const CDA_BYTES: usize = 2_000_000;

/// What the page of a document shows of its file; `base` is the address, without a final
/// slash, under which `contenu` and `media/{n}` are served, `analyses` names where the
/// trends of its results are.
///
/// # Errors
/// [`Refused::Failed`] when the stored file was altered or the disk fails.
pub async fn read_body(
    app: &App,
    stored: &Stored,
    base: &str,
    analyses: &Addresses<'_>,
) -> Result<Body, Refused> {
    let (gate, src) = (&app.gate, format!("{base}/contenu"));
    Ok(match FileKind::of_media_type(&stored.own.media_type) {
        Some(FileKind::Pdf) => Body::Frame {
            paper: Paper::look(app, bytes(gate, stored).await?).await,
            src,
        },
        Some(FileKind::Jpeg | FileKind::Png) => Body::Image { src },
        Some(FileKind::Text) => plain(&bytes(gate, stored).await?),
        Some(FileKind::Cda) => {
            let (bytes, media) = (bytes(gate, stored).await?, format!("{base}/media"));
            let (body, results) = blocking(move || clinical(&bytes, media)).await?;
            match body {
                Shown::Body(body) => body.with(Panel::of(&results, analyses)),
                Shown::Pdf(src, bytes) => Body::Frame {
                    paper: Paper::look(app, bytes).await,
                    src,
                },
            }
        }
        Some(FileKind::Rtf) => match cda::rtf_text(&bytes(gate, stored).await?) {
            Some(text) if !text.is_empty() => shortened(text),
            _ => Body::Download(Why::Kind),
        },
        Some(FileKind::Kos) => match dicom::read(&bytes(gate, stored).await?) {
            Ok(kos) => {
                let study = Study::of(kos, &stored.resource, &gate.rules().viewers);
                Body::Study(Box::new(study))
            }
            Err(_) => Body::Download(Why::Unreadable),
        },
        Some(FileKind::Tiff) | None => Body::Download(Why::Kind),
    })
}

/// The bytes of a document for the frame or image that [`read_body`] named.
///
/// # Errors
/// [`Refused::NotFound`] for a kind that no page embeds; see [`read_body`].
pub async fn content(gate: &Gate, stored: &Stored) -> Result<Response, Refused> {
    let kind = FileKind::of_media_type(&stored.own.media_type);
    let kind = kind.filter(|kind| embeds(kind.media_type()));
    let kind = kind.ok_or(Refused::NotFound)?;
    let name = title::file_name(&stored.own.title, kind.extension());
    let bytes = bytes(gate, stored).await?;
    Ok(answer(kind.media_type(), "inline", &name, bytes))
}

/// A file inside a CDA document: an image of its text, the wrapped PDF, an attachment.
///
/// # Errors
/// [`Refused::NotFound`] when there is none of that number; see [`read_body`].
pub async fn media(gate: &Gate, stored: &Stored, number: &str) -> Result<Response, Refused> {
    let (number, stem) = (number.to_owned(), stored.own.title.clone());
    let document = cda_of(gate, stored).await?.ok_or(Refused::NotFound)?;
    let file = document.media().iter().find(|file| file.id == number);
    let file = file.ok_or(Refused::NotFound)?;
    let shown = if embeds(file.media_type) {
        "inline"
    } else {
        "attachment"
    };
    Ok(given(shown, &format!("{stem} - {number}"), file))
}

/// The document as it was received, to keep.
///
/// # Errors
/// See [`read_body`].
pub async fn original(gate: &Gate, stored: &Stored) -> Result<Response, Refused> {
    let kind = FileKind::of_media_type(&stored.own.media_type);
    let extension = kind.map_or("bin", FileKind::extension);
    let name = title::file_name(&stored.own.title, extension);
    let kind = kind.map_or(OCTETS, FileKind::media_type);
    let bytes = bytes(gate, stored).await?;
    Ok(answer(kind, "attachment", &name, bytes))
}

/// The file that a CDA document of level 1 wraps, to keep: what people can open at home.
///
/// # Errors
/// [`Refused::NotFound`] when the document wraps none; see [`read_body`].
pub async fn wrapped(gate: &Gate, stored: &Stored) -> Result<Response, Refused> {
    let document = cda_of(gate, stored).await?.ok_or(Refused::NotFound)?;
    match document.body_kind() {
        BodyKind::Level1 => {
            let file = document.media().first().ok_or(Refused::NotFound)?;
            Ok(given("attachment", &stored.own.title, file))
        }
        _ => Err(Refused::NotFound),
    }
}

/// « PDF, 340 ko »; the kind as people know it.
pub fn description(media_type: &str, size: u64, lang: Lang) -> String {
    let kind = match FileKind::of_media_type(media_type) {
        Some(FileKind::Pdf) => "PDF",
        Some(FileKind::Jpeg) => "JPEG",
        Some(FileKind::Png) => "PNG",
        Some(FileKind::Tiff) => "TIFF",
        Some(FileKind::Rtf) => "RTF",
        Some(FileKind::Text) => "TXT",
        Some(FileKind::Cda) => "CDA",
        Some(FileKind::Kos) => "DICOM",
        None => return names::size(size, lang),
    };
    format!("{kind}, {}", names::size(size, lang))
}

const OCTETS: &str = "application/octet-stream";

/// The kinds that every browser shows, and that cannot act.
fn embeds(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/pdf" | "image/jpeg" | "image/png" | "image/gif"
    )
}

async fn bytes(gate: &Gate, stored: &Stored) -> Result<Vec<u8>, Refused> {
    let blob = &stored.own.blob;
    gate.read_file(blob, 0..blob.size).await
}

fn plain(bytes: &[u8]) -> Body {
    shortened(text::decode(bytes))
}

fn shortened(text: String) -> Body {
    let (text, cut) = shorten(text);
    Body::Text { text, cut }
}

/// The beginning that a page shows, and whether the text goes on.
pub(crate) fn shorten(mut text: String) -> (String, bool) {
    let end = text.char_indices().nth(TEXT_CHARS).map(|(at, _)| at);
    text.truncate(end.unwrap_or(text.len()));
    (text, end.is_some())
}

impl Body {
    /// With the results that the document says as data.
    fn with(self, results: Panel) -> Self {
        match self {
            Self::Cda { html, .. } => Self::Cda {
                html,
                panel: results,
            },
            other => other,
        }
    }
}

/// What a CDA document shows: our HTML of it, or the PDF that it wraps, at its address.
#[derive(Debug, PartialEq, Eq)]
enum Shown {
    Body(Body),
    Pdf(String, Vec<u8>),
}

fn clinical(bytes: &[u8], media_base: String) -> (Shown, Vec<cda::LabResult>) {
    let Ok(document) = cda::read(bytes) else {
        return (Shown::Body(Body::Download(Why::Unreadable)), Vec::new());
    };
    let shown = match &document.body {
        cda::Body::Level1(file) if file.media_type == "application/pdf" => {
            Shown::Pdf(format!("{media_base}/{}", file.id), file.bytes.clone())
        }
        _ => Shown::Body(clinical_body(&document, media_base)),
    };
    (shown, document.results)
}

fn clinical_body(document: &cda::Document, media_base: String) -> Body {
    if let cda::Body::Level1(file) = &document.body {
        let src = format!("{media_base}/{}", file.id);
        match file.media_type {
            _ if file.is_image() => return Body::Image { src },
            "text/plain" => return plain(&file.bytes),
            "text/rtf" => {
                if let Some(text) = document.wrapped_text().filter(|text| !text.is_empty()) {
                    return shortened(text);
                }
            }
            _ => {}
        }
    }
    let html = document.to_html(&cda::HtmlOptions {
        media_base,
        ..cda::HtmlOptions::default()
    });
    match html.len() {
        ..=CDA_BYTES => Body::Cda {
            html,
            panel: Panel::default(),
        },
        _ => Body::Download(Why::TooLong),
    }
}

/// The document of a stored file; `None` when it is no CDA.
async fn cda_of(gate: &Gate, stored: &Stored) -> Result<Option<cda::Document>, Refused> {
    if FileKind::of_media_type(&stored.own.media_type) != Some(FileKind::Cda) {
        return Ok(None);
    }
    let bytes = bytes(gate, stored).await?;
    blocking(move || cda::read(&bytes).ok()).await
}

/// Runs long work beside the threads that answer requests.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|stopped| Refused::Failed(stopped.into()))
}

/// A file inside a document, under a name of ours.
fn given(disposition: &str, stem: &str, file: &cda::Media) -> Response {
    let extension = match file.media_type {
        "image/gif" => "gif",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "application/dicom" => "dcm",
        other => FileKind::of_media_type(other).map_or("bin", FileKind::extension),
    };
    let name = title::file_name(stem, extension);
    answer(file.media_type, disposition, &name, file.bytes.clone())
}

fn answer(media_type: &'static str, disposition: &str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = Bytes::from(bytes).into_response();
    let headers = response.headers_mut();
    let plain = HeaderValue::from_static("attachment");
    let disposition =
        HeaderValue::from_str(&title::disposition(disposition, name)).unwrap_or(plain);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    let policy = HeaderValue::from_static(EMBEDDED);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
