//! `POST /fhir/DocumentReference/_search`: the documents of a person that the professional may see
//! (PDSm, ITI-67).
//!
//! The search is posted, and the pages that follow have addresses with a random word: neither a number
//! nor what was sought is ever in an address. Whoever is unknown, or closed to this professional, has no
//! documents.

use access::{Act, Plan, Scope};
use ambient::Id;
use axum::{body::Body, extract::RawQuery, response::Response};
use documents::{Document, Documents, in_force, known, newest_first, on_page};
use fhir::{Issue, Problem, SearchEntry, Searchset, searchset};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vault::RecordId;

use super::{
    Reader,
    enter::{allowed, enter, looked},
    project::{Beside, project},
    query::{self, Query, Whose},
};
use crate::{
    body,
    client::FIND,
    outcome::{Outcome, resource},
};

/// The longest form.
const MOST: usize = 16 * 1024;
/// Keeps searches under way, for the pages that follow.
const SEARCH: &str = "search of software";
/// The persons that software found, by the words that stand for them.
const FOUND: &str = "person of software";

/// A search as it is kept for its pages.
#[derive(Serialize, Deserialize)]
struct Kept {
    word: String,
    said: String,
}

/// A page of what was found.
struct Page {
    entries: Vec<(Id, Value)>,
    /// Documents in all.
    all: usize,
    /// Those on this page that the person and who represents them may know of.
    told: usize,
}

/// `POST /fhir/DocumentReference/_search`
pub(crate) async fn posted(
    reader: Reader,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Outcome> {
    reader.needs(FIND)?;
    if body::media_type(&headers) != "application/x-www-form-urlencoded" {
        let told = "Le contenu attendu est un formulaire (application/x-www-form-urlencoded).";
        let problem = Problem::error(Issue::NotSupported, "", told);
        return Err(Outcome::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem));
    }
    let bytes = axum::body::to_bytes(body, MOST).await;
    let bytes = bytes.map_err(|_| bad(Problem::invalid("La demande est trop longue.")))?;
    let asked = query::read(&String::from_utf8_lossy(&bytes), false).map_err(bad)?;
    let record = match &asked.whose {
        Whose::Number(number) => {
            let row = reader.app.store.insured(&number.value, "").await?;
            row.and_then(|row| row.record)
        }
        Whose::Word(word) => found(&reader, word).await?,
    };
    give(&reader, record, &asked, 1).await
}

/// `GET /fhir/DocumentReference`: a page that follows, or a search by the word for a person.
pub(crate) async fn got(reader: Reader, RawQuery(query): RawQuery) -> Result<Response, Outcome> {
    reader.needs(FIND)?;
    let text = query.unwrap_or_default();
    let part = |name: &str| {
        let mut parts = text.split('&').filter_map(|part| part.split_once('='));
        parts
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    };
    let Some(page) = part("_page") else {
        let asked = query::read(&text, true).map_err(bad)?;
        let Whose::Word(word) = &asked.whose else {
            return Err(bad(Problem::invalid("")));
        };
        let record = found(&reader, word).await?;
        return give(&reader, record, &asked, 1).await;
    };
    let unknown = || {
        let told = "Ce lien de page n’est plus lisible. Reprenez la recherche.";
        bad(Problem::error(Issue::Value, "_page", told))
    };
    let (name, number) = page.split_once('-').ok_or_else(unknown)?;
    let number: usize = number.parse().ok().filter(|n| *n > 0).ok_or_else(unknown)?;
    let kept = reader.kept(SEARCH, name).await?.ok_or_else(unknown)?;
    let Kept { word, said } = serde_json::from_slice(&kept).map_err(|_| unknown())?;
    let asked = query::read(&format!("patient={word}&{said}"), true).map_err(bad)?;
    let record = found(&reader, &word).await?;
    give(&reader, record, &asked, number).await
}

fn bad(problem: Problem) -> Outcome {
    Outcome::new(StatusCode::BAD_REQUEST, problem)
}

/// Whom a word stands for.
async fn found(reader: &Reader, word: &str) -> Result<Option<RecordId>, Outcome> {
    let bytes = reader.kept(FOUND, word).await?;
    let id = bytes.and_then(|bytes| bytes.try_into().ok());
    Ok(id.map(|id| RecordId(Id(id))))
}

async fn give(
    reader: &Reader,
    record: Option<RecordId>,
    asked: &Query,
    number: usize,
) -> Result<Response, Outcome> {
    let base = reader.base();
    let found = match record {
        Some(record) => look(reader, record, asked, number).await?,
        None => None,
    };
    let mut set = Searchset {
        total: Some(0),
        self_link: format!("{base}/DocumentReference"),
        ..Searchset::default()
    };
    if let (Some(page), Some(record)) = (found, record) {
        let word = reader.word_for(record);
        reader.keep(FOUND, &word, &record.0.0).await?;
        set.total = u64::try_from(page.all).ok();
        if page.all > number.saturating_mul(asked.count) {
            let said = asked.said.clone();
            let kept = serde_json::to_vec(&Kept { word, said }).map_err(anyhow::Error::from)?;
            let name = reader.app.random().id().to_string();
            reader.keep(SEARCH, &name, &kept).await?;
            let next = format!("{base}/DocumentReference?_page={name}-{}", number + 1);
            set.next_link = Some(next);
        }
        set.entries = page
            .entries
            .into_iter()
            .map(|(id, resource)| SearchEntry::Match {
                full_url: format!("{base}/DocumentReference/{id}"),
                resource,
            })
            .collect();
    }
    Ok(resource(StatusCode::OK, &searchset(set)))
}

/// One look at a person's documents; `None` where the answer is no, whatever the reason.
async fn look(
    reader: &Reader,
    record: RecordId,
    asked: &Query,
    number: usize,
) -> Result<Option<Page>, Outcome> {
    let Some(clearance) = enter(reader, record, Act::List).await? else {
        return Ok(None);
    };
    let (word, base) = (reader.word_for(record), reader.base());
    let about = match &asked.whose {
        Whose::Number(number) => Some(number),
        Whose::Word(_) => None,
    };
    let rules = reader.app.gate.rules();
    let found = clearance.act_on::<Documents, _, access::Refused>(|scope| {
        let current: Vec<&Document> = in_force(scope).collect();
        let holds = |one: &Document| current.iter().any(|held| held.id() == one.id());
        let wanted = |one: &&Document| match holds(one) {
            true => asked.current,
            // Revoked by the person: it is nowhere.
            false => asked.superseded && !one.revoked,
        };
        let mut all: Vec<&Document> = match (asked.current, asked.superseded) {
            (true, false) => current.clone(),
            _ => scope.things().filter(wanted).collect(),
        };
        all.retain(|one| asked.spans(one.date));
        newest_first(&mut all);
        let shown = |document: &Document| {
            let stored = document.stored().map_err(anyhow::Error::from);
            let stored = stored.map_err(access::Refused::Failed)?;
            let beside = Beside {
                superseded: !holds(document),
                replaces: replaced_by(scope, document.id()),
                patient: &word,
                number: about,
                base: &base,
            };
            Ok::<_, access::Refused>(project(document, stored, &beside, &rules))
        };
        if asked.looks_within() {
            let mut kept = Vec::new();
            for document in all {
                if asked.keeps(&shown(document)?) {
                    kept.push(document);
                }
            }
            all = kept;
        }
        let before = (number - 1).saturating_mul(asked.count);
        let part = all.iter().skip(before).take(asked.count);
        let entries: Result<Vec<_>, access::Refused> =
            part.map(|one| Ok((one.id(), shown(one)?))).collect();
        // By its place in the list that the person may know of: a line that is missing says nothing.
        let told = on_page(known(all.iter().copied()), number, asked.count);
        let page = Page {
            entries: entries?,
            all: all.len(),
            told,
        };
        let told = page.told;
        Ok(Plan::new(page).counting(told))
    });
    let page = allowed(found.await)?;
    if page.is_some() {
        looked(reader, record).await?;
    }
    Ok(page)
}

/// What a document replaced, of what this reader may know of.
pub(super) fn replaced_by(scope: &Scope<'_, Documents>, id: Id) -> Vec<Id> {
    let older = scope.things().filter(|one| one.replaced_by == Some(id));
    older.map(Document::id).collect()
}
