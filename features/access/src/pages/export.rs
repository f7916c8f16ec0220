//! « Exporter l’historique »: the lines that were asked for, as a table or as FHIR.

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::json;
use web::{Choice, Errors, Fields, Html, Problem, Shell, streamed};

use super::{
    history_query::{self, Typed},
    words::Line,
};
use crate::{Act, Audited, Person, journal::Trace, patient_reference};

/// Lines of a file at the most: beyond, dates part them.
const MOST: usize = 50_000;
/// Lines written at once.
const PIECE: usize = 64;

#[derive(Debug, Template)]
#[template(path = "history-export.html")]
struct Page {
    shell: Shell,
    errors: Errors,
    typed: Typed,
    formats: Vec<Choice>,
    format: String,
}

/// Says what there is, before the file is made.
pub(super) async fn page(
    person: Person,
    Query(typed): Query<Typed>,
) -> Result<impl IntoResponse, Problem> {
    person.enter(Act::Prove).await?;
    let shell = &person.shell;
    let (_, errors) = history_query::read(&typed, shell);
    Ok(Html(show(shell, errors, typed, "csv")))
}

fn show(shell: &Shell, errors: Errors, typed: Typed, format: &str) -> Page {
    Page {
        formats: ["csv", "fhir"]
            .map(|format| {
                let key = format!("history-export-{format}");
                Choice::new(format, shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
            })
            .into(),
        format: format.to_owned(),
        typed,
        errors,
        shell: shell.clone().titled(shell.t("history-export-title")),
    }
}

/// Makes the file; its line is durable before the first byte leaves.
pub(super) async fn download(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let of = |name| fields.get(name).to_owned();
    let typed = Typed {
        qui: of("qui"),
        quoi: of("quoi"),
        droit: of("droit"),
        du: of("du"),
        au: of("au"),
        de: of("de"),
        avant: None,
    };
    let format = of("format");
    let shell = person.shell.clone();
    let (asked, mut errors) = history_query::read(&typed, &shell);
    if !matches!(format.as_str(), "csv" | "fhir") {
        errors.add("format", shell.t("history-export-missing"));
    }
    let clearance = person.enter(Act::Prove).await?;
    let audited = Audited {
        patient: patient_reference(&person.app.store, person.record),
        name: clearance.policy().name(),
        origin: person.app.site.origin.clone(),
    };
    let lines = match errors.is_empty() {
        true => clearance.export(&asked, &format, MOST).await?,
        false => None,
    };
    let Some(lines) = lines else {
        if errors.is_empty() {
            errors.add("du", shell.t1("history-export-long", "count", MOST));
        }
        let page = show(&shell, errors, typed, &format);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let now = person.app.now();
    let day = now.strftime("%Y-%m-%d");
    let (kind, extension, body) = match format.as_str() {
        "csv" => (
            "text/csv; charset=utf-8",
            "csv",
            streamed(csv(lines, shell, now)),
        ),
        _ => (
            "application/fhir+json",
            "json",
            streamed(bundle(lines, audited, now)),
        ),
    };
    // Names no person: it may lie about in a folder of downloads.
    let disposition = format!("attachment; filename=\"carnet-historique-{day}.{extension}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body).into_response())
}

/// A table that a French spreadsheet opens as it is.
fn csv(
    lines: Vec<Trace>,
    shell: Shell,
    now: jiff::Timestamp,
) -> impl Iterator<Item = String> + Send + Unpin {
    let columns = ["when", "who", "role", "what", "why", "refused", "document"];
    let head = columns.map(|column| cell(&shell.t(&format!("history-column-{column}"))));
    let head = format!("\u{feff}{}\r\n", head.join(";"));
    let (yes, no) = (shell.t("history-yes"), shell.t("history-no"));
    let row = move |trace: &Trace| {
        let line = Line::of(trace, &shell, now);
        let at = web::dates::local(trace.at).strftime("%Y-%m-%d %H:%M:%S");
        let refused = if line.refused { &yes } else { &no };
        let document = trace.subject.map_or_else(String::new, |id| id.to_string());
        let cells = [
            &at.to_string(),
            &line.who,
            &line.role,
            &line.what,
            &line.why,
            refused,
            &document,
        ];
        let cells = cells.map(|text| cell(text));
        format!("{}\r\n", cells.join(";"))
    };
    std::iter::once(head).chain(pieces(lines, row))
}

/// One cell: quoted, and never a formula, whatever somebody is called.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// A `Bundle` of `AuditEvent`, newest first.
fn bundle(
    lines: Vec<Trace>,
    audited: Audited,
    now: jiff::Timestamp,
) -> impl Iterator<Item = String> + Send + Unpin {
    let empty = lines.is_empty();
    let head = json!({
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": fhir::instant(now),
    })
    .to_string();
    let head = head.trim_end_matches('}').to_owned();
    let (open, close) = if empty {
        ("", "}")
    } else {
        (",\"entry\":[", "]}")
    };
    let head = format!("{head}{open}");
    let mut first = true;
    let entry = move |trace: &Trace| {
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        let url = format!("{}/fhir/AuditEvent/{}", audited.origin, trace.id);
        let entry = json!({"fullUrl": url, "resource": audited.event(trace)});
        format!("{comma}{entry}")
    };
    let end = std::iter::once(close.to_owned());
    std::iter::once(head).chain(pieces(lines, entry)).chain(end)
}

/// Some lines at once, each piece written when it is sent.
fn pieces(
    lines: Vec<Trace>,
    mut write: impl FnMut(&Trace) -> String + Send + Unpin,
) -> impl Iterator<Item = String> + Send + Unpin {
    let mut at = 0;
    std::iter::from_fn(move || {
        let piece = lines.get(at..)?;
        let piece = piece.get(..PIECE.min(piece.len()))?;
        at += piece.len();
        (!piece.is_empty()).then(|| piece.iter().map(&mut write).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_is_in_it() {
        assert_eq!(cell("Dr « A »; \"B\""), "\"Dr « A »; \"\"B\"\"\"");
        for text in ["=1+1", "+33", "-1", "@x"] {
            assert_eq!(cell(text), format!("\"'{text}\""));
        }
    }
}
