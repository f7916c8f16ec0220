//! `/documents/ajouter`: brings documents of one's own.
//!
//! Every file that is fit is kept; the page names those that are not, and says
//! why and how to mend it. When a field is wrong nothing is kept yet, and what
//! was typed stays: only the files must be chosen again, since a browser never
//! gives a file back.

use access::{Act, App, DocumentType, DocumentTypes, Flags, Person, Plan, Refused, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::{Query, Request},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Deserialize;
use vault::RecordId;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell, Upload, dates};

use crate::{
    Document, Documents, FileKind, Own, Stored, Unfit,
    brought::{self, Brought, By, Described},
    gather::gather,
    keep::Keeping,
    papers::PAPERS,
    reading::blocking,
    received, title,
    uploads::{self, RefusedFile, sentence},
};

#[derive(Template)]
#[template(path = "add_documents.html")]
pub(crate) struct AddPage {
    shell: Shell,
    trail: [Link; 2],
    fields: Fields,
    pub errors: Errors,
    pub refused: Vec<RefusedFile>,
    /// Files that wait already, in the place of those to be chosen.
    pub received: Vec<String>,
    added: usize,
    categories: Vec<Choice>,
    visibilities: Vec<Choice>,
    accept: &'static str,
    hint: String,
    /// Bytes of a file.
    most: usize,
    /// Files were sent and are to be chosen again.
    again: bool,
}

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Begun {
    /// An administrative paper: of no use to care, so that it begins hidden.
    papier: String,
}

/// Shows the form.
pub(crate) async fn page(
    person: Person,
    Query(begun): Query<Begun>,
) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::Add).await?;
    let paper = begun.papier == "oui";
    let hidden = paper || clearance.policy().settings.hidden_by_default;
    let mut fields = Fields::default();
    if paper {
        fields.push("categorie", PAPERS);
    }
    fields.push("visibilite", if hidden { "masque" } else { "visible" });
    Ok(Html(AddPage::of(&person, fields)))
}

impl AddPage {
    /// What the script says of a page.
    fn page_says(&self, what: &str) -> String {
        self.shell.t(&format!("documents-page-{what}"))
    }

    /// Where the form is sent.
    fn action(&self) -> &'static str {
        match self.received.is_empty() {
            true => "/documents/ajouter",
            false => received::HERE,
        }
    }

    pub fn of(person: &Person, fields: Fields) -> Self {
        let rules = person.app.gate.rules();
        let limits = &person.app.limits;
        let hint = uploads::hint(limits, &person.shell);
        Self {
            most: limits.document_bytes,
            ..Self::new(person.shell.clone(), hint, &rules.types, fields)
        }
    }

    fn new(shell: Shell, hint: String, types: &DocumentTypes, fields: Fields) -> Self {
        let choice = |value, key: &str, hint: &str| {
            Choice::new(value, shell.t(key)).explained(shell.t(hint))
        };
        let title = shell.t("documents-add-title");
        Self {
            trail: [
                Link::new("/documents", shell.t("documents-title")),
                Link::new("", &*title),
            ],
            errors: Errors::new(),
            refused: vec![],
            received: vec![],
            added: 0,
            categories: brought::categories(types)
                .map(|category| Choice::new(&*category.code, &*category.label))
                .collect(),
            visibilities: vec![
                choice("visible", "documents-visible", "documents-visible-hint"),
                choice("masque", "documents-masked", "documents-masked-hint"),
            ],
            accept: FileKind::ACCEPT,
            hint,
            most: 0,
            again: false,
            fields,
            shell: shell.titled(title),
        }
    }
}

/// What the form says of all its files.
struct Form {
    title: String,
    date: Option<Date>,
    category: Option<DocumentType>,
    hidden: bool,
}

impl Form {
    fn read(fields: &Fields, types: &DocumentTypes, today: Date) -> Result<Self, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let title = fields.get("titre").to_owned();
        if let Err(bad) = title::check(&title) {
            wrong.push(("titre", bad.key()));
        }
        let date = match fields.get("date") {
            "" => None,
            typed => match read_date(typed) {
                Some(date) if date > today => {
                    wrong.push(("date", "documents-date-future"));
                    None
                }
                Some(date) => Some(date),
                None => {
                    wrong.push(("date", "documents-date-bad"));
                    None
                }
            },
        };
        let category = brought::type_of(types, fields.get("categorie")).cloned();
        let hidden = fields.get("visibilite") == "masque";
        if !hidden && fields.get("visibilite") != "visible" {
            wrong.push(("visibilite", "documents-visibility-missing"));
        }
        let form = Self {
            title,
            date,
            category,
            hidden,
        };
        if wrong.is_empty() {
            Ok(form)
        } else {
            Err(wrong)
        }
    }
}

/// What a person's own « hide it » comes to.
pub(crate) fn hiding(hidden: bool) -> Flags {
    Flags {
        professionals: hidden,
        ..Flags::default()
    }
}

/// A field and the key of what is wrong with it.
type Wrong = (&'static str, &'static str);

/// A day as a browser sends it, or as it is typed where browsers have no calendar.
pub fn read_date(typed: &str) -> Option<Date> {
    let date = Date::strptime("%Y-%m-%d", typed)
        .or_else(|_| Date::strptime("%d/%m/%Y", typed))
        .ok()?;
    (date.year() >= 1900).then_some(date)
}

/// Adds what was sent.
pub(crate) async fn submit(person: Person, request: Request) -> Result<Response, Problem> {
    let (fields, uploads) = uploads::receive(&person.app, request).await?;
    person.check(&fields)?;
    let mut page = AddPage::of(&person, fields);
    page.again = !uploads.is_empty();
    Ok(add_all(person, page, uploads).await?.response)
}

/// What came of a form with its files.
pub(crate) struct Added {
    /// The page, or where it leads.
    pub response: Response,
    /// Each file was kept or refused: none is to be sent again.
    pub taken: bool,
}

/// Adds the files of a form that was read.
pub(crate) async fn add_all(
    person: Person,
    mut page: AddPage,
    uploads: Vec<Upload>,
) -> Result<Added, Problem> {
    let app = &person.app;
    let rules = app.gate.rules();
    let today = dates::today(app.now());
    let form = match Form::read(&page.fields, &rules.types, today) {
        Ok(form) => Some(form),
        Err(wrong) => {
            for (field, key) in wrong {
                page.errors.add(field, person.shell.t(key));
            }
            None
        }
    };
    if let Some(sentence) = uploads::counted(app, &person.shell, &uploads) {
        page.errors.add("fichier", sentence);
    }
    let Some(form) = form.filter(|_| page.errors.is_empty()) else {
        return Ok(page.again());
    };
    let uploads = match page.fields.get("ensemble") {
        "" => uploads,
        _ => match blocking(move || gather(uploads)).await? {
            Ok(uploads) => uploads,
            Err(wrong) => {
                let sentence = person.shell.t(wrong.key);
                page.refused.push(RefusedFile {
                    name: wrong.name,
                    sentence,
                    is: None,
                });
                return Ok(page.again());
            }
        },
    };
    let (fit, unfit) = uploads::look_at(app, &person.shell, uploads).await?;
    page.refused = unfit;
    if form.category.is_none() && fit.iter().any(|file| file.category.is_none()) {
        page.errors
            .add("categorie", person.shell.t("documents-category-missing"));
        return Ok(page.again());
    }
    page.received.clear();
    let (mut last, mut said) = (None, false);
    let of = fit.len();
    for (number, file) in (1..).zip(fit) {
        let known = file.category.as_deref();
        let kind = form.category.clone().or_else(|| {
            known.and_then(|category| brought::type_of(&rules.types, category).cloned())
        });
        let kind = kind.ok_or_else(|| anyhow::anyhow!("a document without category"))?;
        let typed = match form.title.as_str() {
            "" => file.title.clone(),
            typed => title::numbered(typed, number, of),
        };
        // What nobody typed is what the file says, or its name.
        said |= file.says && (form.title.is_empty() || form.date.is_none());
        let described = Described {
            title: if typed.is_empty() {
                kind.label.clone()
            } else {
                typed
            },
            made: brought::made(form.date, file.date, app.now()),
            kind,
            flags: hiding(form.hidden),
        };
        match keep(&person, &file, &described).await? {
            Kept::New(id) => (page.added, last) = (page.added + 1, Some(id)),
            Kept::Already(id, title) => page.refused.push(RefusedFile {
                name: file.file_name,
                sentence: person.shell.t1("documents-already", "title", title),
                is: Some(id),
            }),
            Kept::Not(unfit) => page.refused.push(RefusedFile {
                name: file.file_name,
                sentence: sentence(&person.shell, unfit, app.limits.document_bytes),
                is: None,
            }),
        }
    }
    match last {
        Some(id) if page.refused.is_empty() => Ok(Added {
            response: done(person, page.added, id, said).await?,
            taken: true,
        }),
        _ => Ok(Added {
            response: page.answer(),
            taken: true,
        }),
    }
}

impl AddPage {
    /// The page again, before anything was kept.
    fn again(self) -> Added {
        Added {
            response: self.answer(),
            taken: false,
        }
    }

    /// The page again: 422, with the files that were not added.
    pub fn answer(mut self) -> Response {
        if self.refused.iter().any(|file| file.is.is_none()) {
            let sentence = self.shell.t("documents-file-refused");
            self.errors.add("fichier", sentence);
        }
        (StatusCode::UNPROCESSABLE_ENTITY, Html(self)).into_response()
    }
}

/// Leads to what was added; to what the file says of itself first, so that the person looks at it.
async fn done(person: Person, added: usize, last: Id, said: bool) -> Result<Response, Problem> {
    let mut done = person.shell.t1("documents-added", "count", added);
    if said && added > 1 {
        done = format!("{done} {}", person.shell.t("documents-added-said"));
    }
    person.say(done).await?;
    let next = match added {
        1 if said => format!("/documents/{last}/modifier?verifier=oui"),
        1 => format!("/documents/{last}"),
        _ => "/documents".to_owned(),
    };
    Ok(Redirect::to(&next).into_response())
}

/// What became of a file.
pub(crate) enum Kept {
    New(Id),
    /// The record has these bytes already, as this document.
    Already(Id, String),
    /// It may not be kept.
    Not(Unfit),
}

/// Why nothing is written: it is there already, or a problem.
pub(crate) enum Stop {
    Already(Id, String),
    TooMany,
    Problem(Problem),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Problem(refused.into())
    }
}

/// Keeps the file, then the entry that names it: one line in the history for each document.
pub(crate) async fn keep(
    person: &Person,
    file: &Brought,
    described: &Described,
) -> Result<Kept, Problem> {
    let most = person.app.limits.documents_a_day;
    keep_by(person, Act::Add, file, described, |scope, new| {
        let own = &new.stored.own;
        let brought = scope.things().filter(|one| one.item.by_holder);
        if is_full(brought, most, scope.now) {
            return Err(Stop::TooMany);
        }
        match already(scope, &own.hash, own.blob.size) {
            Some((id, title)) => Err(Stop::Already(id, title)),
            None => Ok(new.keeping(&person.app, scope.now).plan()),
        }
    })
    .await
}

/// Whether as many of some documents came within a day as may.
pub fn is_full<'a>(
    documents: impl Iterator<Item = &'a Document>,
    most: usize,
    now: Timestamp,
) -> bool {
    let of_the_day = documents.filter(|one| now.duration_since(one.received) < DAY);
    of_the_day.count() >= most
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The same, with what is said of it changed, however many there are: an archive is one act.
pub(crate) async fn keep_as(
    person: &Person,
    file: &Brought,
    described: &Described,
    change: impl Fn(&mut Own),
) -> Result<Kept, Problem> {
    keep_by(person, Act::Add, file, described, |scope, new| {
        change(&mut new.stored.own);
        let own = &new.stored.own;
        match already(scope, &own.hash, own.blob.size) {
            Some((id, title)) => Err(Stop::Already(id, title)),
            None => Ok(new.keeping(&person.app, scope.now).plan()),
        }
    })
    .await
}

/// A document that is about to be written.
pub(crate) struct New {
    pub record: RecordId,
    pub id: Id,
    pub stored: Stored,
}

impl New {
    /// The beginning of its plan.
    pub fn keeping(&self, app: &App, now: Timestamp) -> Keeping {
        let here = (app, self.record, now);
        Keeping::new().with(here, self.id, &self.stored.resource, &self.stored.own)
    }
}

/// Keeps the file, then what `write` plans of it; the file is dropped again when nothing is written.
pub(crate) async fn keep_by(
    person: &Person,
    act: Act,
    file: &Brought,
    described: &Described,
    write: impl Fn(&Scope<'_, Documents>, &mut New) -> Result<Plan<()>, Stop>,
) -> Result<Kept, Problem> {
    let gate = &person.app.gate;
    let clearance = person.enter(act).await?;
    let record = clearance.record();
    let blob = match gate.keep_file(file.bytes.clone()).await {
        Ok(blob) => blob,
        Err(not) => return Ok(Kept::Not(Unfit::of(not)?)),
    };
    let (id, unique) = (person.app.store.name_in(record), gate.id());
    let rules = gate.rules();
    let kept = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let stored = brought::stored(
                file,
                described,
                blob.clone(),
                By::Person(&person.viewer),
                (scope.policy(), &rules.types),
                (unique, scope.now, &person.app.site.origin),
            )
            .map_err(|error| Stop::Problem(error.into()))?;
            write(scope, &mut New { record, id, stored })
        })
        .await;
    let stopped = match kept {
        Ok(()) => return Ok(Kept::New(id)),
        Err(stopped) => stopped,
    };
    gate.drop_file(&blob).await?;
    match stopped {
        Stop::Already(id, title) => Ok(Kept::Already(id, title)),
        Stop::TooMany => Ok(Kept::Not(Unfit::TooMany)),
        Stop::Problem(problem) => Err(problem),
    }
}

/// The document of the record that has the same bytes, among those that this viewer may see.
pub fn already(scope: &Scope<'_, Documents>, hash: &str, size: u64) -> Option<(Id, String)> {
    scope
        .things()
        .filter(|document| document.size == size)
        .find(|document| {
            document
                .stored()
                .is_ok_and(|stored| stored.own.hash == hash)
        })
        .map(|document| (document.id(), document.title.to_string()))
}

#[cfg(test)]
#[path = "add_tests.rs"]
mod tests;
