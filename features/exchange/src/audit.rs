//! `GET /fhir/AuditEvent`: a person searches their own history, as the journal has it.
//!
//! Who asks is the person themself, by the session of their pages: no software reads a history.
//! Only what they may know of is there; what is anybody else's is as absent as what never was.

use access::{
    Act, App, Audited, Cursor, Refused, Session, SignedIn, Viewer, journal::Trace,
    patient_reference,
};
use axum::{
    extract::{FromRequestParts, Path, RawQuery},
    response::{IntoResponse, Response},
};
use fhir::{Problem, SearchEntry, Searchset, searchset};
use http::{StatusCode, header, request::Parts};
use ins::fold;
use vault::RecordId;

use crate::{
    audit_query::{self, Query},
    bearer::Software,
    outcome::{Outcome, resource},
};

/// A person at the API, in the space that they are in on the pages.
pub(crate) struct Own {
    app: App,
    viewer: Viewer,
    record: RecordId,
}

impl Own {
    async fn of(parts: &Parts, app: &App) -> Result<Self, Outcome> {
        // Another site may lead a browser here; what it would read is nothing of its own.
        let site = parts.headers.get("sec-fetch-site");
        if site.is_some_and(|site| site == "cross-site") {
            return Err(Problem::forbidden("Une autre page ne lit pas l’historique.").into());
        }
        let session = match app.session_cookie().read(&parts.headers) {
            Some(token) => app.session(&token).await?,
            None => None,
        };
        let is_person = |session: &Session| matches!(session.body.who, SignedIn::Person { .. });
        let viewer = session
            .filter(is_person)
            .and_then(|session| session.viewer());
        let Some((record, viewer)) = viewer.and_then(|viewer| Some((viewer.space()?, viewer)))
        else {
            return Err(Problem::login().into());
        };
        Ok(Self {
            app: App::clone(app),
            viewer,
            record,
        })
    }

    async fn enter(&self) -> Result<access::Clearance<'_>, Outcome> {
        let gate = &self.app.gate;
        let entered = gate
            .enter(&self.viewer, self.record, Act::ReadHistory)
            .await;
        entered.map_err(refused)
    }

    /// The person as these traces name them.
    fn patient(&self) -> String {
        patient_reference(&self.app.store, self.record)
    }

    fn audited(&self, name: String) -> Audited {
        Audited {
            patient: self.patient(),
            name,
            origin: self.app.site.origin.clone(),
        }
    }

    fn address(&self, line: &Trace) -> String {
        format!("{}/fhir/AuditEvent/{}", self.app.site.origin, line.id)
    }
}

impl FromRequestParts<App> for Own {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        // Software that shows a token is told what it may do.
        if parts.headers.contains_key(header::AUTHORIZATION) {
            Software::from_request_parts(parts, app).await?;
            let told = "Un logiciel ne consulte pas l’historique d’une personne.";
            return Err(Outcome::from(Problem::forbidden(told)).into_response());
        }
        Self::of(parts, app)
            .await
            .map_err(IntoResponse::into_response)
    }
}

/// Searches the person's own history.
pub(crate) async fn search(own: Own, RawQuery(query): RawQuery) -> Result<Response, Outcome> {
    let query = query.unwrap_or_default();
    let asked = audit_query::read(&query);
    let asked = asked.map_err(|problem| Outcome::new(StatusCode::BAD_REQUEST, problem))?;
    let clearance = own.enter().await?;
    let audited = own.audited(clearance.policy().name());
    let patient = own.patient();
    let about_them = asked.patients.iter().all(|one| *one == patient);
    let page = match about_them && asked.possible {
        true => {
            let keep = |line: &Trace| keeps(&asked, &audited, line);
            clearance
                .audit(&asked.span(), asked.after, asked.count, keep)
                .await
        }
        // Somebody else's, or nobody's: nothing, and no line of it.
        false => Ok(access::HistoryPage::default()),
    };
    let page = page.map_err(refused)?;
    let here = format!("{}/fhir/AuditEvent", own.app.site.origin);
    let address = |after: Option<Cursor>| {
        let mut parts = asked.said.clone();
        parts.extend(after.map(|after| format!("_cursor={after}")));
        match parts.is_empty() {
            true => here.clone(),
            false => format!("{here}?{}", parts.join("&")),
        }
    };
    let entries = page.lines.iter().map(|line| SearchEntry::Match {
        full_url: own.address(line),
        resource: audited.event(line),
    });
    let set = Searchset {
        // How many there are in all is not counted: a history is long.
        total: None,
        self_link: address(asked.after),
        next_link: page.next.map(|next| address(Some(next))),
        entries: entries.collect(),
    };
    Ok(resource(StatusCode::OK, &searchset(set)))
}

/// One line, by its name.
pub(crate) async fn read(own: Own, Path(id): Path<String>) -> Result<Response, Outcome> {
    let id = id
        .parse()
        .map_err(|_| Outcome::from(Problem::not_found()))?;
    let clearance = own.enter().await?;
    let audited = own.audited(clearance.policy().name());
    let line = clearance.audit_one(id).await.map_err(refused)?;
    Ok(resource(StatusCode::OK, &audited.event(&line)))
}

fn keeps(asked: &Query, audited: &Audited, line: &Trace) -> bool {
    let action = access::audit_action(line.act);
    let token = |wanted: &[audit_query::Token], all: &[(&str, &str)]| {
        wanted.is_empty()
            || wanted
                .iter()
                .any(|one| all.iter().any(|(s, c)| one.is(s, c)))
    };
    let outcome = if line.refused.is_some() { "4" } else { "0" };
    let act = access::audit_code(&line.act);
    let (name, identifier) = audited.named(&line.who);
    token(
        &asked.action,
        &[("http://hl7.org/fhir/audit-event-action", action.code())],
    ) && token(&asked.kind, &[action.kind()])
        && token(&asked.subtype, &[action.subtype(), (access::ACTS, &act)])
        && token(
            &asked.outcome,
            &[("http://hl7.org/fhir/audit-event-outcome", outcome)],
        )
        && token(&asked.agent, identifier.as_slice())
        && (asked.agent_name.is_empty()
            || asked.agent_name.iter().any(|part| {
                let name = fold(name);
                name.split(' ').any(|word| word.starts_with(part.as_str()))
                    || name.starts_with(part.as_str())
            }))
        && (asked.entity.is_empty()
            || line
                .subject
                .is_some_and(|id| asked.entity.contains(&format!("DocumentReference/{id}"))))
}

fn refused(refused: Refused) -> Outcome {
    match refused {
        Refused::NotFound => Problem::not_found().into(),
        Refused::No(_) => Problem::forbidden("Cet espace ne s’ouvre pas.").into(),
        Refused::Taken => Outcome::busy(),
        Refused::Failed(error) => error.into(),
    }
}
