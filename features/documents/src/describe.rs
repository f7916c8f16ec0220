//! `/documents/{id}/modifier`: says what a document is.
//!
//! Of a document that the person brought: its title, date and category. Of one whose type nobody
//! here knows: its type, so that professionals can read it. What its author stated is kept.

use access::{Act, DocumentType, DocumentTypes, Person, Plan, Refused, Rules, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use ins::fold;
use jiff::civil::Date;
use serde::Deserialize;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell, dates};

use crate::{
    Document, Documents, Own,
    add::read_date,
    brought, id_of,
    named::{named, trail},
    title,
};

#[derive(Template)]
#[template(path = "describe.html")]
struct DescribePage {
    shell: Shell,
    trail: [Link; 3],
    address: String,
    /// All of it, or the type alone.
    mine: bool,
    categories: Vec<Choice>,
    types: Vec<Choice>,
    typed: Fields,
    errors: Errors,
    /// It has just been added, and this is what its file says.
    check: bool,
    /// Who wrote it, as its file says.
    author: String,
}

/// Whether the page follows adding.
#[derive(Default, Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    verifier: String,
}

/// What stands there now.
struct Known {
    title: String,
    mine: bool,
    date: Date,
    category: String,
    type_code: String,
    author: String,
}

impl Known {
    fn of(document: &Document, types: &DocumentTypes) -> Self {
        let code = &document.item.type_code;
        let category = types.category_of(code);
        let stored = document.stored().ok();
        let said =
            stored.and_then(|stored| Some(stored.resource["description"].as_str()?.to_owned()));
        Self {
            author: said.unwrap_or_default(),
            title: document.title.to_string(),
            mine: document.item.by_holder,
            date: dates::today(document.date),
            category: category.map_or_else(String::new, |one| one.code.clone()),
            type_code: code.to_string(),
        }
    }

    fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.push("titre", &*self.title);
        fields.push("date", self.date.to_string());
        fields.push("categorie", &*self.category);
        fields.push("type", &*self.type_code);
        fields
    }
}

/// The document, when the person may say what it is.
async fn known(person: &Person, id: Id) -> Result<Known, Problem> {
    let rules = person.app.gate.rules();
    named(person, id, Act::Describe, |_, document| {
        Known::of(document, &rules.types)
    })
    .await
}

/// `GET /documents/{id}/modifier`.
pub(crate) async fn page(
    person: Person,
    Path(id): Path<String>,
    Query(after): Query<After>,
) -> Result<Html<impl Template>, Problem> {
    let id = id_of(&id)?;
    let known = known(&person, id).await?;
    let fields = known.fields();
    let rules = person.app.gate.rules();
    let mut page = DescribePage::of(person.shell, id, &rules, &known, fields, Errors::new());
    if known.mine && !after.verifier.is_empty() {
        page.check = true;
        page.author = known.author;
        page.shell.title = page.shell.t("documents-check-title");
    }
    Ok(Html(page))
}

impl DescribePage {
    fn of(
        shell: Shell,
        id: Id,
        rules: &Rules,
        known: &Known,
        typed: Fields,
        errors: Errors,
    ) -> Self {
        let title = match known.mine {
            true => shell.t("documents-describe-title"),
            false => shell.t("documents-describe-type-title"),
        };
        let address = format!("/documents/{id}");
        let categories = brought::categories(&rules.types);
        Self {
            trail: trail(&shell, id, &known.title, &title),
            shell: shell.titled(title),
            address,
            mine: known.mine,
            categories: categories
                .map(|one| Choice::new(&*one.code, &*one.label))
                .collect(),
            types: types(&rules.types, |_| true),
            typed,
            errors,
            check: false,
            author: String::new(),
        }
    }
}

/// Every type that one may choose, « Comptes rendus — CR opératoire », by category and name.
pub fn types(types: &DocumentTypes, may: impl Fn(&DocumentType) -> bool) -> Vec<Choice> {
    let place = |kind: &DocumentType| {
        let mut all = types.categories().iter();
        all.position(|one| one.code == kind.category)
    };
    // What goes with another document is none that a person has in hand.
    let own = types.all().filter(|kind| kind.class != access::TECHNICAL);
    let own = own.filter(|kind| may(kind));
    let mut all: Vec<&DocumentType> = own.collect();
    all.sort_by_cached_key(|kind| (place(kind), fold(&kind.label)));
    let choice = |kind: &&DocumentType| {
        let category = types.category_of(&kind.code);
        let category = category.map_or("", |one| one.label.as_str());
        Choice::new(&*kind.code, format!("{category} — {}", kind.label))
    };
    all.iter().map(choice).collect()
}

/// What the person says.
enum Said {
    All {
        title: String,
        date: Date,
        kind: DocumentType,
    },
    Type(DocumentType),
}

impl Said {
    fn read(
        fields: &Fields,
        known: &Known,
        types: &DocumentTypes,
        today: Date,
    ) -> Result<Self, Vec<(&'static str, &'static str)>> {
        if !known.mine {
            let kind = types.get(fields.get("type")).cloned();
            let missing = || vec![("type", "documents-describe-type-missing")];
            return kind.map(Self::Type).ok_or_else(missing);
        }
        let mut wrong = Vec::new();
        let title = fields.get("titre").to_owned();
        match title::check(&title) {
            Err(bad) => wrong.push(("titre", bad.key())),
            Ok(()) if title.is_empty() => wrong.push(("titre", "documents-describe-title-missing")),
            Ok(()) => {}
        }
        let date = read_date(fields.get("date"));
        match date {
            None => wrong.push(("date", "documents-date-bad")),
            Some(date) if date > today => wrong.push(("date", "documents-date-future")),
            Some(_) => {}
        }
        let kind = brought::type_of(types, fields.get("categorie"));
        if kind.is_none() {
            wrong.push(("categorie", "documents-category-missing"));
        }
        match (date, kind.cloned()) {
            (Some(date), Some(kind)) if wrong.is_empty() => Ok(Self::All { title, date, kind }),
            _ => Err(wrong),
        }
    }

    fn apply(&self, own: &mut Own, known: &Known, now: jiff::Timestamp) {
        match self {
            Self::Type(kind) => {
                let stated = std::mem::replace(&mut own.type_code, kind.code.clone());
                own.stated_type.get_or_insert(stated);
                own.class = Some(kind.class.clone());
            }
            Self::All { title, date, kind } => {
                own.title.clone_from(title);
                // The day that stands there keeps its hour.
                if *date != known.date {
                    own.date = brought::made(Some(*date), None, now);
                }
                if kind.category != known.category {
                    own.type_code.clone_from(&kind.code);
                    own.class = Some(kind.class.clone());
                }
            }
        }
    }
}

/// `POST /documents/{id}/modifier`.
pub(crate) async fn submit(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let rules = person.app.gate.rules();
    let known = known(&person, id).await?;
    let today = dates::today(person.app.now());
    let said = match Said::read(&fields, &known, &rules.types, today) {
        Ok(said) => said,
        Err(wrong) => {
            let mut errors = Errors::new();
            for (field, key) in wrong {
                errors.add(field, person.shell.t(key));
            }
            let page = DescribePage::of(person.shell, id, &rules, &known, fields, errors);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
        }
    };
    let clearance = person.enter(Act::Describe).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.thing(id)?;
            let current = scope.entry(document).ok_or(Refused::NotFound)?;
            let mut stored = document.stored()?;
            said.apply(&mut stored.own, &known, scope.now);
            let next = stored.draft(id).replacing(current);
            Ok::<_, Problem>(Plan::new(()).writing(vec![next]).about(id))
        })
        .await?;
    let done = person.shell.t("documents-describe-done");
    person.say(done).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn known(mine: bool) -> Known {
        let mut own = samples::own("Bilan");
        (own.by_holder, own.type_code) = (mine, "DOCPAT05".into());
        Known::of(&samples::document(1, own), &samples::rules().types)
    }

    fn read(
        known: &Known,
        pairs: &[(&str, &str)],
    ) -> Result<Said, Vec<(&'static str, &'static str)>> {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.push(*name, *value);
        }
        let today = dates::today(samples::now());
        Said::read(&fields, known, &samples::rules().types, today)
    }

    #[test]
    fn each_wrong_field_is_named_and_what_is_right_is_applied() {
        let mine = known(true);
        let wrong = read(&mine, &[("date", "2030-01-01"), ("categorie", "x")]).err();
        let fields: Vec<_> = wrong
            .expect("wrong")
            .iter()
            .map(|(field, _)| *field)
            .collect();
        assert_eq!(fields, ["titre", "date", "categorie"]);
        let fine = [
            ("titre", "Écho"),
            ("date", "12/03/2026"),
            ("categorie", "RADIO_SC"),
        ];
        let said = read(&mine, &fine)
            .map_err(|wrong| format!("{wrong:?}"))
            .expect("fine");
        let mut own = samples::own("Bilan");
        let date = own.date;
        said.apply(&mut own, &mine, samples::now());
        assert_eq!(
            (own.title.as_str(), own.type_code.as_str()),
            ("Écho", "DOCPAT04")
        );
        assert_eq!((own.date, own.class.as_deref()), (date, Some("31")));
        assert_eq!(own.stated_type, None);
    }

    #[test]
    fn a_chosen_type_keeps_the_one_that_was_stated() {
        let theirs = known(false);
        assert!(read(&theirs, &[("type", "nobody knows")]).is_err());
        let said = |code| {
            read(&theirs, &[("type", code)])
                .map_err(drop)
                .expect("fine")
        };
        let mut own = samples::own("Bilan");
        (own.type_code, own.class) = ("X-1".into(), None);
        said("34112-3").apply(&mut own, &theirs, samples::now());
        said("11502-2").apply(&mut own, &theirs, samples::now());
        assert_eq!(
            (own.type_code.as_str(), own.class.as_deref()),
            ("11502-2", Some("10"))
        );
        assert_eq!(own.stated_type.as_deref(), Some("X-1"));
        assert_eq!(own.title, "Bilan");
    }

    #[test]
    fn types_stand_by_category() {
        let all = types(&samples::rules().types, |_| true);
        assert!(all.len() > 120 && all.iter().all(|one| one.value != "E1762"));
        assert!(all[0].label.starts_with("Ma santé en résumé — "));
    }
}
