//! The SMART Health Link of a share: its manifest, and its files under the link's own key.
//!
//! The key lies sealed in the person's policy, and serves the length of a request. What is not
//! open, whatever the reason, is 404.

use access::{Act, App, Bearer, Opening, Plan, Refused, Scope, Source, Viewer};
use ambient::Id;
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use documents::{Document, Documents};
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shl::{File, JOSE, Manifest, Request, WrongPasscode};
use vault::RecordId;
use web::Problem;

use crate::{
    choices::PROGRAM,
    door,
    file::{self, Given},
    opener::{self, Held},
};

/// Characters that files may take in a manifest, all together.
const EMBEDDED: usize = 2_000_000;
/// After how many seconds a source may try again.
const LATER: &str = "3600";

/// Why there is no answer of the usual kind.
pub(crate) enum Refusal {
    Status(StatusCode),
    Wrong(u32),
    Bad(String),
    Later,
    Failed(Problem),
}

impl<E: Into<Problem>> From<E> for Refusal {
    fn from(error: E) -> Self {
        match error.into() {
            Problem::NotFound | Problem::Forbidden | Problem::Gone => {
                Self::Status(StatusCode::NOT_FOUND)
            }
            other => Self::Failed(other),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let outcome = |status: StatusCode, words: &str| {
            let problem = fhir::Problem::error(fhir::Issue::Invalid, "", words);
            let body = fhir::operation_outcome(&[problem]).to_string();
            (status, [(header::CONTENT_TYPE, shl::FHIR)], body).into_response()
        };
        let answer = match self {
            Self::Status(status) => outcome(status, "no such link, or no longer"),
            Self::Bad(words) => outcome(StatusCode::BAD_REQUEST, &words),
            Self::Wrong(left) => json(
                StatusCode::UNAUTHORIZED,
                &WrongPasscode {
                    remaining_attempts: left,
                },
            ),
            Self::Later => {
                let status = StatusCode::TOO_MANY_REQUESTS;
                (status, [(header::RETRY_AFTER, LATER)]).into_response()
            }
            Self::Failed(problem) => problem.into_response(),
        };
        open_to_all(answer)
    }
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let body = serde_json::to_string(body).expect("an answer is JSON");
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, body).into_response()
}

/// Readers are pages of other sites: what they may ask needs no cookie, so any may.
fn open_to_all(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    let set = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
        (
            http::HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// What a browser asks before a page of another site asks.
pub(crate) async fn preflight() -> Response {
    open_to_all(StatusCode::NO_CONTENT.into_response())
}

/// `POST /partage/{jeton}/manifeste`.
pub(crate) async fn answer(
    State(app): State<App>,
    Path(token): Path<String>,
    source: Option<Extension<Source>>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let asked = Request::read(&body).map_err(|bad| Refusal::Bad(bad.to_string()))?;
    let gone = || Refusal::Status(StatusCode::NOT_FOUND);
    let source = source.map(|Extension(source)| source.0).unwrap_or_default();
    if !door::counted(&app, &source).await? {
        return Err(Refusal::Later);
    }
    let bearer = Bearer {
        share: Id([0; 16]),
        name: asked.recipient,
        purpose: PROGRAM.to_owned(),
        situation: None,
    };
    let found = door::found(&app, &token, bearer).await?;
    let (record, bearer) = found.ok_or_else(gone)?;
    match door::open(&app, record, &bearer, &asked.passcode).await? {
        Some(Opening::Opened) => {}
        Some(Opening::Wrong { left }) => return Err(Refusal::Wrong(left)),
        None => return Err(gone()),
    }
    let listed = listed(&app, record, &bearer).await?;
    let secret = opener::fresh(&app);
    let (base, mut room) = (
        format!("{}/partage/{token}/fichier/{secret}", app.site.origin),
        EMBEDDED,
    );
    let mut files = Vec::new();
    for (id, size, at) in listed {
        let length = file::length_of(size);
        let fits = asked
            .embedded_at_most
            .is_some_and(|most| length <= most.min(room));
        let (embedded, location) = match fits {
            true => {
                room -= length;
                (Some(encrypted(&app, record, &bearer, id).await?), None)
            }
            false => (None, Some(format!("{base}/{id}"))),
        };
        files.push(File {
            content_type: shl::FHIR.to_owned(),
            location,
            embedded,
            last_updated: Some(at.to_string()),
        });
    }
    let held = Held {
        record,
        bearer,
        token,
    };
    opener::keep(&app, &secret, &held).await?;
    let manifest = Manifest {
        status: "finalized".to_owned(),
        files,
    };
    Ok(open_to_all(json(StatusCode::OK, &manifest)))
}

/// What the link gives: its number, its size, when it came.
async fn listed(
    app: &App,
    record: RecordId,
    bearer: &Bearer,
) -> Result<Vec<(Id, u64, Timestamp)>, Problem> {
    let viewer = Viewer::bearer(bearer.clone(), app.now());
    let clearance = app.gate.enter(&viewer, record, Act::List).await?;
    let listed = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let mut all: Vec<&Document> = scope.things().collect();
        documents::once(&mut all);
        documents::newest_first(&mut all);
        let given = all.iter().map(|one| (one.id(), one.size, one.received));
        let given: Vec<_> = given.collect();
        let count = given.len();
        Ok::<_, Refused>(Plan::new(given).counting(count))
    });
    Ok(listed.await?)
}

/// One document, encrypted for the link: a download, with its line.
async fn encrypted(
    app: &App,
    record: RecordId,
    bearer: &Bearer,
    id: Id,
) -> Result<String, Problem> {
    let viewer = Viewer::bearer(bearer.clone(), app.now());
    let clearance = app.gate.enter(&viewer, record, Act::Download).await?;
    let rules = app.gate.rules();
    let (given, stored, key) = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.thing(id)?;
            let stored = document.stored()?;
            let share = scope
                .policy()
                .share(bearer.share)
                .ok_or(Problem::NotFound)?;
            let given = Given::of(scope.policy(), &stored, &rules.types, scope.now);
            Ok::<_, Problem>(Plan::new((given, stored, share.key.clone())).about(id))
        })
        .await?;
    let key = BASE64_URL_SAFE_NO_PAD.decode(key).ok();
    let key: [u8; 32] = key
        .and_then(|key| key.try_into().ok())
        .ok_or(Problem::NotFound)?;
    let blob = &stored.own.blob;
    let bytes = app.gate.read_file(blob, 0..blob.size).await?;
    let mut nonce = [0; 12];
    app.random().fill(&mut nonce);
    let work = move || shl::encrypt(&key, nonce, shl::FHIR, given.bundle(&bytes));
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|stopped| Problem::Internal(stopped.into()))
}

/// A file of the link.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    jeton: String,
    vue: String,
    id: String,
}

/// `GET /partage/{jeton}/fichier/{vue}/{id}`.
pub(crate) async fn file(
    State(app): State<App>,
    Path(part): Path<Part>,
) -> Result<Response, Refusal> {
    let gone = || Refusal::Status(StatusCode::NOT_FOUND);
    let id: Id = part.id.parse().map_err(|_| gone())?;
    let held = opener::held(&app, &part.vue).await?;
    let held = held
        .filter(|held| held.token == part.jeton)
        .ok_or_else(gone)?;
    let text = encrypted(&app, held.record, &held.bearer, id).await?;
    let answer = ([(header::CONTENT_TYPE, JOSE)], text).into_response();
    Ok(open_to_all(answer))
}
