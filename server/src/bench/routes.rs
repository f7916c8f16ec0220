//! Bare routes of the bench: the way of every request (session or token, decision,
//! record, line in the journal) with nothing around it. The product has no such
//! routes yet; its pages are measured beside them.

use access::{Act, App, Plan, Refused, Scope, Viewer};
use ambient::Id;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use documents::{Document, Documents, newest_first};
use exchange::Software;
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use vault::{BlobRef, RecordId};

use super::world::stored;

const JSON: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "application/fhir+json")];

/// The routes; `blob` stands for the file of every document that is created.
pub fn routes(app: &App, blob: BlobRef) -> Router {
    Router::new()
        .route("/bench/nothing", get(async || (JSON, "{}")))
        .route("/bench/read/{id}", get(read))
        .route("/bench/list", get(list))
        .route(
            "/bench/create/{record}",
            post(move |state, software, path, body| {
                create(state, software, path, body, blob.clone())
            }),
        )
        .with_state(App::clone(app))
}

/// Why a request was not answered.
struct Failed(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{:#}", self.0)).into_response()
    }
}

fn refused(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow::anyhow!("{other:?}"),
    }
}

/// The holder of the session.
async fn holder(app: &App, headers: &HeaderMap) -> anyhow::Result<(Viewer, RecordId)> {
    let token = app.session_cookie().read(headers);
    let token = token.ok_or_else(|| anyhow::anyhow!("no session"))?;
    let session = app.session(&token).await?;
    let viewer = session.and_then(|session| session.viewer());
    let viewer = viewer.ok_or_else(|| anyhow::anyhow!("the session has ended"))?;
    let record = viewer.space();
    Ok((viewer, record.ok_or_else(|| anyhow::anyhow!("no space"))?))
}

/// One document's metadata, as FHIR JSON.
async fn read(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let (viewer, record) = holder(&app, &headers).await?;
    let json = read_one(&app, &viewer, record, &id).await?;
    Ok((JSON, json).into_response())
}

/// Decides, opens, leaves the line, gives the document.
pub async fn read_one(
    app: &App,
    viewer: &Viewer,
    record: RecordId,
    id: &str,
) -> anyhow::Result<Vec<u8>> {
    let id: Id = id.parse()?;
    let clearance = app.gate.enter(viewer, record, Act::Read).await;
    let read = clearance
        .map_err(refused)?
        .act_on(|scope: &Scope<'_, Documents>| {
            let resource = scope.thing(id)?.resource();
            let resource = resource.map_err(|error| Refused::Failed(error.into()))?;
            Ok::<_, Refused>(Plan::new(resource.get().as_bytes().to_vec()).about(id))
        });
    read.await.map_err(refused)
}

/// A line of the list: what a screen of documents shows.
#[derive(Serialize)]
struct Line<'a> {
    id: Id,
    title: &'a str,
    author: &'a str,
    organization: &'a str,
    date: jiff::Timestamp,
    #[serde(rename = "type")]
    type_code: &'a str,
    hidden: bool,
}

impl<'a> Line<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            id: document.id(),
            title: &document.title,
            author: &document.author,
            organization: &document.organization,
            date: document.date,
            type_code: &document.item.type_code,
            hidden: document.item.flags.professionals,
        }
    }
}

/// The documents of the holder, as lines.
async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failed> {
    let (viewer, record) = holder(&app, &headers).await?;
    let json = list_all(&app, &viewer, record).await?;
    Ok((JSON, json).into_response())
}

/// Decides, opens, leaves the line, gives the lines of all the documents.
pub async fn list_all(app: &App, viewer: &Viewer, record: RecordId) -> anyhow::Result<Vec<u8>> {
    let clearance = app.gate.enter(viewer, record, Act::List).await;
    let listed = clearance
        .map_err(refused)?
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut documents: Vec<&Document> = scope.things().collect();
            newest_first(&mut documents);
            let lines: Vec<Line<'_>> = documents.into_iter().map(Line::of).collect();
            let json = serde_json::to_vec(&lines);
            let json = json.map_err(|error| Refused::Failed(error.into()))?;
            Ok::<_, Refused>(Plan::new(json).counting(lines.len()))
        });
    listed.await.map_err(refused)
}

/// Keeps the metadata of one document: entry, names, line and job in one append.
async fn create(
    State(app): State<App>,
    software: Software,
    Path(record): Path<String>,
    body: Bytes,
    blob: BlobRef,
) -> Result<StatusCode, Failed> {
    let record = RecordId(record.parse()?);
    create_one(&app, &software.viewer, record, &body, blob).await?;
    Ok(StatusCode::CREATED)
}

/// Reads the JSON, decides, appends.
pub async fn create_one(
    app: &App,
    viewer: &Viewer,
    record: RecordId,
    body: &[u8],
    blob: BlobRef,
) -> anyhow::Result<()> {
    let document = stored(serde_json::from_slice(body)?, blob, app.now());
    let id = app.store.name_in(record);
    let clearance = app.gate.enter(viewer, record, Act::Add).await;
    let done = clearance.map_err(refused)?.act::<_, Refused>(|_| {
        let names = document.claims(&app.store, record);
        let plan = Plan::new(()).writing(vec![document.draft(id)]);
        Ok(plan.beside(names).about(id))
    });
    done.await.map_err(refused)
}
