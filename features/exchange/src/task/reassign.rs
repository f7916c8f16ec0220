//! `POST /fhir/Task/{id}/$reassign`: a depositor says whose a document is that was set aside.
//!
//! `Parameters` with `patient` (the person, with their national number and strict traits) and, where
//! the file itself names the first person, `content` (an `Attachment` with the corrected file). The
//! person is confirmed as at a deposit, with the same answer; what follows is done in the background
//! and read in the task.

use access::{
    App, NotKept,
    aside::{Cause, Held, Stage},
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use base64::Engine as _;
use documents::{FileKind, Stored, Unfit};
use fhir::{Issue, Patient, Problem};
use http::StatusCode;
use serde_json::{Value, json};

use super::{
    give::giving,
    no_longer, one, owner,
    readdress::{Words, readdress},
    task,
};
use crate::{
    bearer::Software,
    body,
    client::UPDATE,
    file::{Found, refusal},
    identity::{self, Claimed, not_received, unconfirmed},
    outcome::{Outcome, resource},
};

/// Where the corrected file stands in the request.
const CONTENT: &str = "Parameters.parameter.where(name = 'content').value";
/// Where the person does.
const PATIENT: &str = "Parameters.parameter.where(name = 'patient').resource";

/// Names the right person.
pub(crate) async fn reassign(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let bytes = body::read(&app, request).await?;
    let (id, held) = one(&app, &software, &id).await?;
    let (Stage::Waiting, Some(body)) = (held.stage, &held.body) else {
        return Err(no_longer().into());
    };
    let asked = fhir::check(&bytes)?;
    let mut stored = Stored::read(body.as_bytes()).map_err(anyhow::Error::from)?;
    let named = Named::of(&asked)?;
    let words = Words::of(&stored.resource, &named.traits);
    if held.cause == Cause::Reported && words.are_of(&named.subject.value) {
        return Err(Problem::error(
            Issue::BusinessRule,
            PATIENT,
            "C’est de chez cette personne que le document est venu\u{a0}: elle a signalé qu’il n’est pas à elle.",
        )
        .into());
    }
    let words = words.but(&named.subject.value);
    readdress(&mut stored.resource, &words, &named.subject, &named.traits)?;
    let mut claimed = Claimed {
        number: named.subject.value.clone(),
        traits: vec![named.traits.clone()],
    };
    let before = stored.own.blob.clone();
    let file = file(&app, &asked, &stored).await?;
    look(&file.bytes, file.kind, &words, &mut claimed)?;
    let record = identity::confirm(&app, &claimed).await?;
    if file.new {
        keep(&app, &mut stored, &file).await?;
    }
    let body = serde_json::to_string(&stored).map_err(anyhow::Error::from)?;
    let now = app.now();
    let next = |held: &Held| {
        let named = Held {
            body: Some(body.clone()),
            ..held.then(Stage::Named { record }, now)
        };
        (held.stage == Stage::Waiting).then_some(named)
    };
    let work = || giving(&app, &software, id, now);
    let done = app
        .gate
        .change_held(&owner(&software), id, next, work)
        .await;
    if !done.map_err(not_received)? {
        return Err(no_longer().into());
    }
    if file.new && app.gate.drop_file(&before).await.is_err() {
        tracing::warn!("a file that no entry names was left");
    }
    let (id, held) = one(&app, &software, &id.to_string()).await?;
    Ok(resource(StatusCode::ACCEPTED, &task(id, &held)))
}

/// Whom the request names.
struct Named {
    subject: ins::Identifier,
    traits: ins::Traits,
}

impl Named {
    fn of(asked: &Value) -> Result<Self, Problem> {
        let patient = parameter(asked, "patient").and_then(|one| one.get("resource"));
        let required = |text| Problem::error(Issue::Required, PATIENT, text);
        let patient = patient.and_then(Patient::of).ok_or_else(|| {
            required("Le paramètre «\u{a0}patient\u{a0}» est attendu, avec une ressource Patient.")
        })?;
        let subject = patient.main_identifier().filter(ins::Identifier::is_ins);
        let subject = subject
            .ok_or_else(|| required("La personne doit être désignée par son matricule INS."))?;
        // A wrong key is told apart by the traits, as at a deposit.
        if matches!(subject.matricule(), Err(error) if error != ins::MatriculeError::Key) {
            return Err(unconfirmed());
        }
        let traits = patient.traits().ok_or_else(|| {
            required(
                "Les traits d’identité sont absents ou incomplets\u{a0}: nom de naissance, prénoms, date de naissance et sexe.",
            )
        })?;
        Ok(Self { subject, traits })
    }
}

fn parameter<'a>(asked: &'a Value, name: &str) -> Option<&'a Value> {
    let mut all = asked.get("parameter")?.as_array()?.iter();
    all.find(|one| one.get("name").and_then(Value::as_str) == Some(name))
}

/// The file that is to go to the right person.
struct File {
    bytes: Vec<u8>,
    kind: Option<FileKind>,
    /// The request brought it.
    new: bool,
}

async fn file(app: &App, asked: &Value, stored: &Stored) -> Result<File, Outcome> {
    let Some(content) = parameter(asked, "content") else {
        let blob = &stored.own.blob;
        let bytes = app.gate.read_file(blob, 0..blob.size).await;
        return Ok(File {
            bytes: bytes.map_err(not_received)?,
            kind: FileKind::of_media_type(&stored.own.media_type),
            new: false,
        });
    };
    let data = content.pointer("/valueAttachment/data");
    let data = data.and_then(Value::as_str).unwrap_or_default();
    let bytes = base64::prelude::BASE64_STANDARD.decode(data);
    let bytes = bytes.map_err(|_| {
        Problem::error(
            Issue::Value,
            CONTENT,
            "Le fichier (data) n’est pas en base64.",
        )
    })?;
    let found = Found::of(&bytes, app.limits.document_bytes, CONTENT)?;
    Ok(File {
        kind: Some(found.kind),
        bytes,
        new: true,
    })
}

/// Looks for the first person in a file, as far as it can be read as text.
fn look(
    bytes: &[u8],
    kind: Option<FileKind>,
    words: &Words,
    claimed: &mut Claimed,
) -> Result<(), Problem> {
    let text = String::from_utf8_lossy(bytes);
    if words.are_in(&text) {
        return Err(Problem::error(
            Issue::BusinessRule,
            CONTENT,
            "Le fichier nomme lui-même l’autre personne\u{a0}: joignez-en une version corrigée \
             (paramètre «\u{a0}content\u{a0}»), ou faites-le détruire ($discard) et déposez-le de nouveau.",
        ));
    }
    if kind == Some(FileKind::Cda) {
        let cda = cda::read(bytes).map_err(|_| refusal(Unfit::Cda, 0, CONTENT))?;
        claimed.add_cda(&cda.header, CONTENT)?;
    }
    Ok(())
}

/// Keeps the corrected file in the place of the first.
async fn keep(app: &App, stored: &mut Stored, file: &File) -> Result<(), Outcome> {
    let hash = fhir::pdsm::sha1(&file.bytes);
    let kept = app.gate.keep_file(file.bytes.clone()).await;
    let blob = kept.map_err(|not: NotKept| match Unfit::of(not) {
        Ok(unfit) => Outcome::from(refusal(unfit, 0, CONTENT)),
        Err(refused) => not_received(refused),
    })?;
    let own = &mut stored.own;
    if let Some(kind) = file.kind {
        own.media_type = kind.media_type().to_owned();
    }
    (own.hash, own.blob) = (hash, blob);
    if let Some(attachment) = stored.resource.pointer_mut("/content/0/attachment") {
        attachment["contentType"] = json!(stored.own.media_type);
        attachment["hash"] = json!(stored.own.hash);
        attachment["size"] = json!(stored.own.blob.size);
    }
    Ok(())
}
