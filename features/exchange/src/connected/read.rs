//! `GET /fhir/DocumentReference/{id}` and `GET /fhir/Binary/{id}`: what is said of a document, and its
//! file (PDSm, ITI-68), as on our pages: the line is durable before anything leaves.

use access::{Act, Plan, Refused, Scope};
use ambient::Id;
use axum::{extract::Path, response::Response};
use documents::{Document, Documents, in_force, reading};
use fhir::{Issue, Problem};
use http::{HeaderMap, StatusCode, header};

use super::{
    Reader,
    enter::{allowed, enter, looked},
    project::{Beside, project},
    search::replaced_by,
};
use crate::{
    client::{BYTES, FIND},
    outcome::{Outcome, resource},
};

/// `GET /fhir/DocumentReference/{id}`
pub(crate) async fn metadata(reader: Reader, Path(id): Path<String>) -> Result<Response, Outcome> {
    reader.needs(FIND)?;
    let id: Id = id.parse().map_err(|_| Problem::not_found())?;
    let (base, rules) = (reader.base(), reader.app.gate.rules());
    for record in reader.app.store.records_of(id).await? {
        let Some(clearance) = enter(&reader, record, Act::Read).await? else {
            continue;
        };
        let word = reader.word_for(record);
        let shown = clearance.open(
            id,
            |scope: &Scope<'_, Documents>, document: &Document, _| {
                let stored = document.stored().map_err(anyhow::Error::from);
                let beside = Beside {
                    superseded: !in_force(scope).any(|held| held.id() == id),
                    replaces: replaced_by(scope, id),
                    patient: &word,
                    number: None,
                    base: &base,
                };
                let stored = stored.map_err(Refused::Failed)?;
                Ok::<_, Refused>(project(document, stored, &beside, &rules))
            },
        );
        if let Some(shown) = allowed(shown.await)? {
            looked(&reader, record).await?;
            return Ok(resource(StatusCode::OK, &shown));
        }
    }
    Err(Problem::not_found().into())
}

/// `GET /fhir/Binary/{id}`
pub(crate) async fn bytes(
    reader: Reader,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Outcome> {
    reader.needs(BYTES)?;
    let id: Id = id.parse().map_err(|_| Problem::not_found())?;
    for record in reader.app.store.records_of(id).await? {
        let Some(clearance) = enter(&reader, record, Act::Download).await? else {
            continue;
        };
        let stored = clearance.act_on(|scope: &Scope<'_, Documents>| {
            let stored = scope.thing(id)?.stored().map_err(anyhow::Error::from);
            let stored = stored.map_err(Refused::Failed)?;
            Ok::<_, Refused>(Plan::new(stored).about(id))
        });
        let Some(stored) = allowed(stored.await)? else {
            continue;
        };
        looked(&reader, record).await?;
        if !accepts(&headers, &stored.own.media_type) {
            let told = "L’en-tête Accept n’admet pas le type de ce document.";
            let problem = Problem::error(Issue::NotSupported, "", told);
            return Err(Outcome::new(StatusCode::NOT_ACCEPTABLE, problem));
        }
        let file = reading::original(&reader.app.gate, &stored).await;
        return allowed(file)?.ok_or_else(|| Problem::not_found().into());
    }
    Err(Problem::not_found().into())
}

/// Whether a file of that kind is wanted; whoever says nothing takes anything.
fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let all = headers.get_all(header::ACCEPT).iter();
    let said: Vec<String> = all
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(|part| {
            part.split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase()
        })
        .filter(|part| !part.is_empty())
        .collect();
    let family = kind.split('/').next().unwrap_or_default();
    let takes = |said: &String| *said == "*/*" || said == kind || *said == format!("{family}/*");
    said.is_empty() || said.iter().any(takes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_given_to_who_takes_it() {
        for (said, kind, taken) in [
            ("", "application/pdf", true),
            ("*/*", "application/pdf", true),
            (
                "application/xml, application/pdf;q=0.9",
                "application/pdf",
                true,
            ),
            ("image/*", "image/jpeg", true),
            ("application/fhir+json", "application/pdf", false),
            ("text/*", "application/pdf", false),
        ] {
            let mut headers = HeaderMap::new();
            if !said.is_empty() {
                headers.insert(header::ACCEPT, said.parse().expect("a value"));
            }
            assert_eq!(accepts(&headers, kind), taken, "{said} {kind}");
        }
    }
}
