//! `POST /documents/ensemble`: one thing done with several documents, and what became of each.
//!
//! What can be done is done, in one step; what cannot is named with its reason.

use std::collections::BTreeSet;

use access::{Act, ErasedThing, Person, Plan, Refused, Scope};
use ambient::Id;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use vault::{Draft, RecordId, With};
use web::{Confirm, Fields, Html, Link, Problem, Shell};

use crate::{Documents, delete, file_away::there, hide::changed, id_of};

/// Documents at once: more than a page shows.
const MOST: usize = 200;
/// Titles that the question before a deletion names.
const NAMED: usize = 10;

/// What is to be done with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Job {
    Hide(bool),
    Pin(bool),
    File(Option<Id>),
    Delete,
}

impl Job {
    fn of(fields: &Fields) -> Option<Self> {
        Some(match fields.get("action") {
            "masquer" => Self::Hide(true),
            "afficher" => Self::Hide(false),
            "epingler" => Self::Pin(true),
            "desepingler" => Self::Pin(false),
            "supprimer" => Self::Delete,
            "ranger" => Self::File(match fields.get("dossier") {
                "aucun" => None,
                folder => Some(folder.parse().ok()?),
            }),
            _ => return None,
        })
    }

    fn act(self) -> Act {
        match self {
            Self::Hide(true) => Act::Hide,
            Self::Hide(false) => Act::Show,
            Self::Pin(_) | Self::File(_) => Act::Arrange,
            Self::Delete => Act::Delete,
        }
    }

    /// The key of « 3 documents sont masqués ».
    fn done_key(self) -> &'static str {
        match self {
            Self::Hide(true) => "documents-bulk-hidden",
            Self::Hide(false) => "documents-bulk-shown",
            Self::Pin(true) => "documents-bulk-pinned",
            Self::Pin(false) => "documents-bulk-unpinned",
            Self::File(_) => "documents-bulk-filed",
            Self::Delete => "documents-bulk-deleted",
        }
    }
}

/// A document that stays as it was, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Left {
    title: String,
    id: Option<Id>,
    /// The key of the reason.
    why: &'static str,
}

impl Left {
    /// A document that cannot be changed.
    pub fn cannot(document: &crate::Document) -> Self {
        Self {
            title: document.title.to_string(),
            id: Some(document.id()),
            why: "documents-bulk-why-no",
        }
    }
}

#[derive(Template)]
#[template(path = "bulk_report.html")]
struct Report {
    shell: Shell,
    trail: [Link; 2],
    /// « 3 documents sont masqués. »; empty for none.
    done: String,
    left: Vec<Left>,
    back: String,
}

/// Does it: back to the list when all is done, else the report.
pub(crate) async fn submit(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let back = list_address(fields.get("retour"));
    let chosen: BTreeSet<Id> = fields
        .all("document")
        .into_iter()
        .map(id_of)
        .collect::<Result<_, _>>()?;
    if chosen.is_empty() || chosen.len() > MOST {
        let key = match chosen.is_empty() {
            true => "documents-bulk-none",
            false => "documents-bulk-many",
        };
        return Err(Problem::BadRequest(person.shell.t1(key, "count", MOST)));
    }
    let Some(job) = Job::of(&fields) else {
        let sentence = person.shell.t("documents-bulk-what");
        return Err(Problem::BadRequest(sentence));
    };
    if job == Job::Delete && !fields.has("oui") {
        let titles = deletable(&person, &chosen).await?;
        // Where nothing can be deleted there is nothing to ask: the report says why.
        if !titles.is_empty() {
            return Ok(ask(person.shell, &titles, &chosen, back));
        }
    }
    let (done, left) = perform(&person, job, &chosen).await?;
    let said = match done {
        0 => String::new(),
        done => person.shell.t1(job.done_key(), "count", done),
    };
    if left.is_empty() {
        person.say(said).await?;
        return Ok(Redirect::to(&back).into_response());
    }
    Ok(report(person.shell, said, left, back))
}

/// Says what was done and what was not.
pub(crate) fn report(shell: Shell, done: String, left: Vec<Left>, back: String) -> Response {
    let title = shell.t("documents-bulk-title");
    Html(Report {
        trail: [
            Link::new("/documents", shell.t("documents-title")),
            Link::new("", &*title),
        ],
        shell: shell.titled(title),
        done,
        left,
        back,
    })
    .into_response()
}

/// Why nothing is written.
enum Stop {
    /// Nothing of it could be done.
    Left(Vec<Left>),
    Problem(Problem),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Problem(refused.into())
    }
}

async fn perform(
    person: &Person,
    job: Job,
    chosen: &BTreeSet<Id>,
) -> Result<(usize, Vec<Left>), Problem> {
    let gate = &person.app.gate;
    let clearance = person.enter(job.act()).await?;
    let record = clearance.record();
    let done = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            if let Job::File(Some(folder)) = job {
                there(scope, folder)?;
            }
            let (mut done, mut left) = (Vec::new(), Vec::new());
            let (mut written, mut drafts) = (BTreeSet::new(), Vec::new());
            let (mut erased, mut work) = (Vec::new(), With::nothing());
            for id in chosen {
                match one(scope, job, record, *id) {
                    Ok(Next { next, gone }) => {
                        done.push(*id);
                        let next = next.into_iter();
                        drafts.extend(next.filter(|draft| written.insert(draft.id)));
                        if let Some(gone) = gone {
                            work = work.and(gate.erasing(&gone));
                            erased.push(gone);
                        }
                    }
                    Err(Refused::Failed(error)) => return Err(Refused::Failed(error).into()),
                    Err(refused) => left.push(why(scope, *id, &refused)),
                }
            }
            if done.is_empty() {
                return Err(Stop::Left(left));
            }
            let count = done.len();
            let plan = Plan::new((count, left, erased))
                .writing(drafts)
                .beside(work);
            let mut written = written.into_iter();
            let plan = match written.next() {
                Some(first) => plan.about(first),
                None => plan,
            };
            Ok(written.fold(plan, Plan::and_about))
        })
        .await;
    let (count, left, erased) = match done {
        Ok(done) => done,
        Err(Stop::Left(left)) => return Ok((0, left)),
        Err(Stop::Problem(problem)) => return Err(problem),
    };
    for gone in &erased {
        // They are gone for everybody already; the job does what a failing disk leaves.
        if gate.erased(gone).await.is_err() {
            tracing::error!("the erasure of a document is not finished yet");
        }
    }
    Ok((count, left))
}

/// What is written of one document, and what is erased with it.
struct Next {
    next: Vec<Draft>,
    gone: Option<ErasedThing>,
}

fn one(scope: &Scope<'_, Documents>, job: Job, record: RecordId, id: Id) -> Result<Next, Refused> {
    if job == Job::Delete {
        let (remains, gone) = delete::erase_one(scope, record, id)?;
        return Ok(Next {
            next: vec![remains],
            gone: Some(gone),
        });
    }
    let next = changed(scope, id, |own| match job {
        Job::Hide(hidden) => own.flags.professionals = hidden,
        Job::Pin(pinned) => own.arranged.pinned = pinned,
        Job::File(folder) => own.arranged.folder = folder,
        Job::Delete => {}
    })?;
    Ok(Next { next, gone: None })
}

fn why(scope: &Scope<'_, Documents>, id: Id, refused: &Refused) -> Left {
    let seen = scope.thing_to(Act::Read, id).ok();
    Left {
        title: seen.map_or_else(String::new, |document| document.title.to_string()),
        id: seen.map(|_| id),
        why: match (refused, scope.act()) {
            (Refused::NotFound, _) => "documents-bulk-why-gone",
            (_, Act::Delete) => "documents-why-not-delete",
            _ => "documents-bulk-why-no",
        },
    }
}

/// The titles of those that can be deleted: looking for them is looking at a list of them.
async fn deletable(person: &Person, chosen: &BTreeSet<Id>) -> Result<Vec<String>, Problem> {
    let clearance = person.enter(Act::List).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let there = chosen.iter().filter_map(|id| scope.thing(*id).ok());
            let mine = there.filter(|document| scope.may(Act::Delete, document));
            let titles: Vec<_> = mine.map(|document| document.title.to_string()).collect();
            let count = titles.len();
            Ok::<_, Problem>(Plan::new(titles).counting(count))
        })
        .await
}

/// The question before a deletion.
fn ask(shell: Shell, titles: &[String], chosen: &BTreeSet<Id>, back: String) -> Response {
    let others = chosen.len() - titles.len();
    let question = shell.t1("documents-bulk-question", "count", titles.len());
    let named = titles.iter().take(NAMED);
    let mut consequences: Vec<String> = named
        .map(|title| shell.t1("documents-delete-named", "title", title))
        .collect();
    let more = titles.len().saturating_sub(NAMED);
    if more > 0 {
        consequences.push(shell.t1("documents-bulk-more", "count", more));
    }
    if others > 0 {
        consequences.push(shell.t1("documents-bulk-others", "count", others));
    }
    consequences.push(shell.t("documents-bulk-consequence"));
    let fixed = [("action", "supprimer"), ("oui", "oui"), ("retour", &*back)];
    let fixed = fixed.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let ids = chosen
        .iter()
        .map(|id| ("document".to_owned(), id.to_string()));
    Html(Confirm {
        consequences,
        action: "/documents/ensemble".to_owned(),
        hidden: fixed.into_iter().chain(ids).collect(),
        button: shell.t("documents-delete"),
        danger: true,
        cancel_href: back,
        shell: shell.titled(&*question),
        question,
    })
    .into_response()
}

/// An address of the list, as a form of ours gave it; the list itself for anything else.
fn list_address(given: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "=&-".contains(c);
    let query = given.strip_prefix("/documents?");
    match query.filter(|query| query.chars().all(plain)) {
        Some(_) => given.to_owned(),
        None => "/documents".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_returns_to_the_list_and_nowhere_else() {
        for (given, to) in [
            ("/documents?tri=titre&page=2", "/documents?tri=titre&page=2"),
            ("/documents", "/documents"),
            ("https://ailleurs.test", "/documents"),
            ("/documents?x=//ailleurs", "/documents"),
            ("/documents?a\nSet-Cookie: x", "/documents"),
        ] {
            assert_eq!(list_address(given), to);
        }
    }
}
