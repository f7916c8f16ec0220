//! `/documents/recevoir`: another application of the phone hands files over (the share sheet). They
//! are held apart until the person says, at `/documents/recus`, that they want them; then they are
//! added as by the form.
//!
//! A share sheet shows no form of ours, so that no token can come with it: it is taken only where the
//! browser says that no page brought it about (`Sec-Fetch-Site: none`) and with a session; and what
//! comes so is nowhere before the form, with its token, is sent.

use access::{Act, Anyone, Person, ReceivedFile};
use askama::Template;
use axum::{
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;
use web::{Fields, Html, Problem, Shell, Upload, names};

use crate::{
    FileKind, Unfit,
    add::{AddPage, add_all},
    uploads::{self, FIELD, RefusedFile, sentence},
};

/// Where the form is.
pub(crate) const HERE: &str = "/documents/recus";

#[derive(Template)]
#[template(path = "received_out.html")]
struct SignedOut {
    shell: Shell,
}

/// `GET /application.webmanifest`: what the installed application is, and what it takes.
pub(crate) async fn application(anyone: Anyone) -> Response {
    let icon = anyone.shell.asset("favicon.svg");
    let kinds = FileKind::ACCEPT.split(',').filter(|one| *one != ".xml");
    let accept: Vec<&str> = kinds
        .chain(["application/pdf", "image/jpeg", "image/png"])
        .collect();
    let said = json!({
        "id": "/accueil",
        "name": "Carnet",
        "short_name": "Carnet",
        "lang": anyone.shell.lang.tag(),
        "start_url": "/accueil",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf7f0",
        "theme_color": "#0f5c5a",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        "share_target": {
            "action": "/documents/recevoir",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": FIELD, "accept": accept}]},
        },
    });
    let head = [(header::CONTENT_TYPE, "application/manifest+json")];
    (head, said.to_string()).into_response()
}

/// `POST /documents/recevoir`
pub(crate) async fn receive(
    headers: HeaderMap,
    anyone: Anyone,
    person: Result<Person, Response>,
    request: Request,
) -> Result<Response, Problem> {
    let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    if site != Some(b"none") {
        return Err(Problem::Forbidden);
    }
    let Ok(person) = person else {
        // What came is let go of unread.
        let shell = anyone.shell.clone();
        let title = shell.t("documents-received-out-title");
        let page = SignedOut {
            shell: shell.titled(title),
        };
        return Ok((StatusCode::FORBIDDEN, Html(page)).into_response());
    };
    let clearance = person.enter(Act::Add).await?;
    let (_, files) = uploads::receive(&person.app, request).await?;
    let mut page = AddPage::of(&person, Fields::default());
    if let Some(sentence) = uploads::counted(&person.app, &person.shell, &files) {
        page.errors.add(FIELD, sentence);
        return Ok(page.answer());
    }
    let (most, mut held) = (person.app.limits.document_bytes, vec![]);
    for file in files {
        let unfit = match file.bytes.len() > most {
            true => Unfit::TooLarge,
            false => match person.app.gate.keep_file(file.bytes.to_vec()).await {
                Ok(blob) => {
                    let name = file.name;
                    held.push(ReceivedFile { name, blob });
                    continue;
                }
                Err(not) => Unfit::of(not)?,
            },
        };
        page.refused.push(RefusedFile {
            sentence: sentence(&person.shell, unfit, most),
            name: file.name,
            is: None,
        });
    }
    if held.is_empty() {
        return Ok(page.answer());
    }
    clearance.hold_received(held).await?;
    if !page.refused.is_empty() {
        let all = page.refused.iter();
        let all = all.map(|one| format!("{}\u{a0}: {}", one.name, one.sentence));
        let said = all.collect::<Vec<_>>().join(" ");
        person.say(said).await?;
    }
    Ok(Redirect::to(HERE).into_response())
}

/// `GET /documents/recevoir`: the page was asked for again.
pub(crate) async fn again(_: Person) -> Redirect {
    Redirect::to(HERE)
}

/// `GET /documents/recus`: what waits, and the form that keeps it.
pub(crate) async fn page(person: Person) -> Result<Response, Problem> {
    let clearance = person.enter(Act::Add).await?;
    let hidden = clearance.policy().settings.hidden_by_default;
    let Some(received) = clearance.received().await? else {
        return Ok(Redirect::to("/documents/ajouter").into_response());
    };
    let mut fields = Fields::default();
    fields.push("visibilite", if hidden { "masque" } else { "visible" });
    let mut page = AddPage::of(&person, fields);
    page.received = lines(&received.files, &person.shell);
    Ok(Html(page).into_response())
}

/// `POST /documents/recus`: keeps what waits.
pub(crate) async fn submit(person: Person, request: Request) -> Result<Response, Problem> {
    let (fields, _) = uploads::receive(&person.app, request).await?;
    person.check(&fields)?;
    let clearance = person.enter(Act::Add).await?;
    let Some(received) = clearance.received().await? else {
        let said = person.shell.t("documents-received-gone");
        person.say(said).await?;
        return Ok(Redirect::to("/documents/ajouter").into_response());
    };
    let mut files = vec![];
    for file in &received.files {
        let bytes = person.app.gate.read_file(&file.blob, 0..file.blob.size);
        files.push(Upload {
            field: FIELD.to_owned(),
            name: file.name.clone(),
            claimed_type: String::new(),
            bytes: bytes.await?.into(),
        });
    }
    let mut page = AddPage::of(&person, fields);
    page.received = lines(&received.files, &person.shell);
    let (app, viewer, record) = (person.app.clone(), person.viewer.clone(), person.record);
    let added = add_all(person, page, files).await?;
    if added.taken {
        let clearance = app.gate.enter(&viewer, record, Act::Add).await?;
        clearance.drop_received().await?;
    }
    Ok(added.response)
}

/// `POST /documents/recus/abandonner`: they are not wanted.
pub(crate) async fn abandon(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    person.enter(Act::Add).await?.drop_received().await?;
    let said = person.shell.t("documents-received-dropped");
    person.say(said).await?;
    Ok(Redirect::to("/documents"))
}

/// « photo.jpg · 1,2 Mo ».
fn lines(files: &[ReceivedFile], shell: &Shell) -> Vec<String> {
    let line = |file: &ReceivedFile| {
        let size = names::size(file.blob.size, shell.lang);
        match file.name.as_str() {
            "" => size,
            name => format!("{name} · {size}"),
        }
    };
    files.iter().map(line).collect()
}
