//! « Preuve de l’historique »: a file that shows, without Carnet, that history was not rewritten.

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use web::{Fields, Html, Problem, Shell};

use crate::{Act, Person};

#[derive(Debug, Template)]
#[template(path = "proof.html")]
struct Page {
    shell: Shell,
    /// The public key, in groups that a person can compare.
    key: Vec<String>,
    command: String,
}

/// Says what the file is for, before it is made.
pub(super) async fn page(person: Person) -> Result<impl IntoResponse, Problem> {
    person.enter(Act::Prove).await?;
    let key = person.app.gate.public_key();
    let groups = key.as_bytes().chunks(4);
    let title = person.shell.t("proof-title");
    Ok(Html(Page {
        key: groups
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect(),
        command: format!("carnet audit verify {} --key {key}", file(&person)),
        shell: person.shell.titled(title),
    }))
}

/// Makes the file.
pub(super) async fn download(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let proof = person.enter(Act::Prove).await?.prove().await?;
    let disposition = format!("attachment; filename=\"{}\"", file(&person));
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, proof).into_response())
}

/// Names no person: it may lie about in a folder of downloads.
fn file(person: &Person) -> String {
    format!(
        "carnet-preuve-{}.txt",
        person.app.now().strftime("%Y-%m-%d")
    )
}
