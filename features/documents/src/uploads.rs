//! A form with files: received within the limits, looked at, and each file that is unfit named
//! with its reason.

use std::time::Duration;

use access::{App, Cover, Limits};
use ambient::Id;
use axum::extract::{DefaultBodyLimit, Request};
use web::{Fields, Problem, Shell, Upload, multipart, names};

use crate::{Brought, FileKind, Unfit, reading::blocking};

/// Room for the fields and the frame of a form, in bytes.
const FRAME: usize = 256 * 1024;

/// Files read of one form before it is called too many: past that, the form is refused as a whole.
const FILES: usize = 200;

/// How long one looks at what PDFs say of themselves, while who sent them waits.
const COVERS: Duration = Duration::from_secs(6);

/// The field of the files.
pub(crate) const FIELD: &str = "fichier";

/// A file that was not kept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFile {
    /// Its name.
    pub name: String,
    /// What is wrong and how to mend it.
    pub sentence: String,
    /// The document that it already is.
    pub is: Option<Id>,
}

/// Reads the form, within what the settings let one send at once.
///
/// # Errors
/// When it is no form with files, or larger than all that may be sent at once.
pub async fn receive(app: &App, mut request: Request) -> Result<(Fields, Vec<Upload>), Problem> {
    let limits = &app.limits;
    let bytes = limits
        .document_bytes
        .saturating_mul(limits.documents_at_once);
    DefaultBodyLimit::max(bytes.saturating_add(FRAME)).apply(&mut request);
    // A file over its own limit is read, so that its sentence can name it.
    let limits = multipart::Limits {
        files: FILES,
        file_bytes: bytes,
        fields: 24,
        field_bytes: 4_096,
    };
    let (fields, mut files) = multipart::read(request, limits).await?;
    files.retain(|file| file.field == FIELD);
    Ok((fields, files))
}

/// What is wrong with how many files were chosen.
pub fn counted(app: &App, shell: &Shell, files: &[Upload]) -> Option<String> {
    let most = app.limits.documents_at_once;
    match files.len() {
        0 => Some(shell.t("documents-file-missing")),
        many if many > most => Some(shell.t1("documents-file-too-many", "count", most)),
        _ => None,
    }
}

/// Which files are taken, how large and how many: the hint of the field.
pub fn hint(limits: &Limits, shell: &Shell) -> String {
    let bytes = u64::try_from(limits.document_bytes).unwrap_or(u64::MAX);
    let size = names::size(bytes, shell.lang);
    shell.t2(
        "documents-file-hint",
        "size",
        size,
        "count",
        limits.documents_at_once,
    )
}

/// Sorts the files: what can be kept, and what is refused with its reason.
///
/// # Errors
/// When the thread that looks at them fails.
pub async fn look_at(
    app: &App,
    shell: &Shell,
    uploads: Vec<Upload>,
) -> Result<(Vec<Brought>, Vec<RefusedFile>), Problem> {
    let (rules, limit) = (app.gate.rules(), app.limits.document_bytes);
    let looked = blocking(move || {
        let read = |file: Upload| {
            let bytes = file.bytes.to_vec();
            let brought = Brought::read(file.name.clone(), bytes, limit, &rules.types);
            brought.map_err(|unfit| (file.name, unfit))
        };
        uploads.into_iter().map(read).collect::<Vec<_>>()
    })
    .await?;
    let (mut fit, mut refused) = (Vec::new(), Vec::new());
    for file in looked {
        match file {
            Ok(brought) => fit.push(brought),
            Err((name, unfit)) => refused.push(RefusedFile {
                sentence: sentence(shell, unfit, limit),
                name,
                is: None,
            }),
        }
    }
    look_at_covers(app, &mut fit).await;
    Ok((fit, refused))
}

/// What PDFs say of themselves; what there is no time for says nothing.
async fn look_at_covers(app: &App, files: &mut [Brought]) {
    let pdfs = files.iter_mut().filter(|file| file.kind == FileKind::Pdf);
    let look = async {
        for file in pdfs {
            let cover = app.scribe.look_at_pdf(file.bytes.clone()).await;
            if let Ok(Cover::Open { title, created, .. }) = cover {
                file.on_cover(&title, created);
            }
        }
    };
    let _ = tokio::time::timeout(COVERS, look).await;
}

/// What is said of a file of at most `limit` bytes that was not added.
pub fn sentence(shell: &Shell, unfit: Unfit, limit: usize) -> String {
    let bytes = u64::try_from(limit).unwrap_or(u64::MAX);
    shell.t1(unfit.key(), "size", names::size(bytes, shell.lang))
}
