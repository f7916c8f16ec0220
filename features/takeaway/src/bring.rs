//! `/parametres/rapporter`: brings back an archive, into a space that holds nothing yet.
//!
//! What comes is what the person brings: under their name, unless an installation that this one trusts
//! vouches for it.

use access::{Act, Person, Plan, Refused, Scope};
use askama::Template;
use axum::{
    extract::{DefaultBodyLimit, Request},
    response::{IntoResponse, Response},
};
use documents::{Archived, Documents, Received};
use http::StatusCode;
use web::{Errors, Html, Link, Problem, Shell, multipart, names};

use crate::read::{Sound, Unfit};

/// Documents of an archive that is brought back.
const MOST: usize = 2_000;
/// Room for the frame of a form, in bytes.
const FRAME: usize = 64 * 1024;
/// Characters of a name in the report.
const NAME: usize = 100;

#[derive(Template)]
#[template(path = "bring-back.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    hint: String,
    /// The space holds documents already.
    full: bool,
    errors: Errors,
    report: Option<Report>,
}

/// What became of each document.
#[derive(Default)]
struct Report {
    added: usize,
    already: usize,
    /// Whether an installation that is trusted vouched for all of it.
    vouched: bool,
    /// Documents that were not taken: title and why.
    refused: Vec<(String, String)>,
    /// What became of what was measured.
    measures: measures::Brought,
}

/// `GET /parametres/rapporter`.
pub(crate) async fn page(person: Person) -> Result<Response, Problem> {
    person.enter(Act::Add).await?;
    let full = is_full(&person).await?;
    Ok(show(&person, full, Errors::new(), None))
}

/// `POST /parametres/rapporter`.
pub(crate) async fn submit(person: Person, request: Request) -> Result<Response, Problem> {
    let most = person.app.limits.archive_bytes;
    let (fields, bytes) = receive(request, most).await?;
    person.check(&fields)?;
    person.enter(Act::Add).await?;
    if is_full(&person).await? {
        return Ok(show(&person, true, Errors::new(), None));
    }
    let again = |key: &str| {
        let mut errors = Errors::new();
        let size = names::size(most as u64, person.shell.lang);
        errors.add("archive", person.shell.t1(key, "size", size));
        Ok(show(&person, false, errors, None))
    };
    let bytes = match bytes {
        None => return again("bring-missing"),
        Some(bytes) if bytes.len() > most => return again("bring-large"),
        Some(bytes) => bytes,
    };
    let sound = work(move || Sound::read(bytes, MOST)).await?;
    let mut sound = match sound {
        Ok(sound) => sound,
        Err(unfit) => return again(unfit.key()),
    };
    // Everything is looked at before anything is kept.
    let checked = work(move || {
        let listed = sound.manifest.documents.clone();
        for one in &listed {
            sound.document(one)?;
        }
        let measured = sound.observations()?;
        Ok::<_, Unfit>((sound, measured))
    });
    let (mut sound, measured) = match checked.await? {
        Ok(both) => both,
        Err(unfit) => return again(unfit.key()),
    };
    let vouched = is_trusted(&person, sound.signed_by.as_deref());
    // First of all: with documents the space is full, and takes no archive any more.
    let measures = measures::bring(&person, &measured).await?;
    let mut report = Report {
        vouched,
        measures,
        ..Report::default()
    };
    for listed in sound.manifest.documents.clone() {
        let bytes = sound
            .document(&listed)
            .map_err(|_| Problem::BadRequest(String::new()))?;
        let title: String = listed.title.chars().take(NAME).collect();
        let archived = Archived {
            bytes,
            title: listed.title,
            made: listed.date,
            type_code: listed.type_code,
            author: listed.author,
            organization: listed.organization,
            hidden: listed.hidden,
            by_author: vouched && !listed.by_holder,
        };
        match documents::bring_archived(&person, archived).await? {
            Received::New(_) => report.added += 1,
            Received::Already => report.already += 1,
            Received::Unfit(unfit) => {
                let size = names::size(person.app.limits.document_bytes as u64, person.shell.lang);
                report
                    .refused
                    .push((title, person.shell.t1(unfit.key(), "size", size)));
            }
        }
    }
    Ok(show(&person, true, Errors::new(), Some(report)))
}

/// Whether that key is one of ours, or of an installation that the operator trusts.
fn is_trusted(person: &Person, key: Option<&str>) -> bool {
    let gate = &person.app.gate;
    key.is_some_and(|key| {
        let (own, _) = gate.sign_archive(&[0; 32]);
        let trusted = &gate.rules().trusted_archives;
        key == own || trusted.iter().any(|one| one == key)
    })
}

/// Whether the space holds a document that the viewer may see.
async fn is_full(person: &Person) -> Result<bool, Problem> {
    let clearance = person.enter(Act::List).await?;
    let full = clearance.act_on(|scope: &Scope<'_, Documents>| {
        Ok::<_, Refused>(Plan::new(scope.things().next().is_some()).counting(0))
    });
    Ok(full.await?)
}

async fn receive(
    mut request: Request,
    most: usize,
) -> Result<(web::Fields, Option<Vec<u8>>), Problem> {
    let bytes = most.saturating_add(FRAME);
    DefaultBodyLimit::max(bytes).apply(&mut request);
    let limits = multipart::Limits {
        files: 1,
        file_bytes: bytes,
        fields: 8,
        field_bytes: 4_096,
    };
    let (fields, files) = multipart::read(request, limits).await?;
    let file = files.into_iter().find(|file| file.field == "archive");
    Ok((fields, file.map(|file| Vec::from(file.bytes))))
}

/// Long work beside the threads that answer requests.
async fn work<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|stopped| Problem::Internal(stopped.into()))
}

fn show(person: &Person, full: bool, errors: Errors, report: Option<Report>) -> Response {
    let shell = &person.shell;
    let title = shell.t("bring-title");
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let most = person.app.limits.archive_bytes as u64;
    let page = Page {
        trail: [
            Link::new("/parametres", shell.t("nav-settings")),
            Link::new("", &*title),
        ],
        hint: shell.t1("bring-hint", "size", names::size(most, shell.lang)),
        full,
        errors,
        report,
        shell: shell.clone().titled(title),
    };
    (status, Html(page)).into_response()
}
