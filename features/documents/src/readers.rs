//! `/documents/{id}/visibilite`: to which professionals a document is shown, and whether who
//! represents one sees it. Its copies with it.

use std::{collections::BTreeMap, sync::LazyLock};

use access::{Act, Acting, Person, Policy, Reach, Refused, Scope, Whom, policy::Grantee};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell};

use crate::{
    Document, Documents, Own, hide, id_of,
    named::{named, trail},
};

/// Specialities by code, in French (JDV_J01).
static SPECIALTIES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table = include_str!("../../../reference/specialties.json");
    serde_json::from_str(table).expect("the table of specialities is JSON")
});

#[derive(Template)]
#[template(path = "readers.html")]
struct ReadersPage {
    shell: Shell,
    trail: [Link; 3],
    address: String,
    readers: Vec<Choice>,
    chosen: String,
    /// Professionals to tick: value, name, whether ticked.
    people: Vec<(String, String, bool)>,
    specialties: Vec<Choice>,
    /// Specialities chosen already: value and label.
    kept: Vec<(String, String)>,
    /// Whether the page asks about representatives, and what holds.
    relatives: Option<bool>,
    errors: Errors,
}

/// What holds now.
struct Known {
    title: String,
    hidden: bool,
    reach: Reach,
    relatives: bool,
    represented: bool,
    people: BTreeMap<String, String>,
}

impl Known {
    fn of(document: &Document, policy: &Policy) -> Self {
        let item = &document.item;
        let given = policy
            .grants
            .iter()
            .filter_map(|(_, grant)| match &grant.to {
                Grantee::Professional(id) => Some((id.clone(), grant.name.clone())),
                Grantee::Facility(_) | Grantee::Team { .. } => None,
            });
        let named = item.reach.whom().iter().filter_map(|one| match one {
            Whom::Professional { id, name } => Some((id.clone(), name.clone())),
            _ => None,
        });
        Self {
            title: document.title.to_string(),
            hidden: item.flags.professionals,
            reach: item.reach.clone(),
            relatives: item.flags.representatives,
            represented: !policy.representations.is_empty(),
            people: given.chain(named).collect(),
        }
    }

    fn chosen(&self) -> &'static str {
        match (self.hidden, &self.reach) {
            (true, _) | (_, Reach::Nobody) => "personne",
            (_, Reach::Everyone) => "tous",
            (_, Reach::Except { .. }) => "sauf",
            (_, Reach::Only { .. }) => "seulement",
        }
    }
}

async fn known(person: &Person, id: Id) -> Result<Known, Problem> {
    named(person, id, Act::ChooseReaders, |scope, document| {
        Known::of(document, scope.policy())
    })
    .await
}

/// `GET /documents/{id}/visibilite`.
pub(crate) async fn page(
    person: Person,
    Path(id): Path<String>,
) -> Result<Html<impl Template>, Problem> {
    let id = id_of(&id)?;
    let known = known(&person, id).await?;
    Ok(Html(ReadersPage::of(&person, id, &known, None)))
}

impl ReadersPage {
    fn of(person: &Person, id: Id, known: &Known, again: Option<(&Fields, Errors)>) -> Self {
        let shell = person.shell.clone();
        let title = shell.t("documents-readers-title");
        let address = format!("/documents/{id}");
        let choice = |value, key: &str| Choice::new(value, shell.t(key));
        let typed = again.as_ref().map(|(fields, _)| *fields);
        let ticked = |id: &str| match typed {
            Some(fields) => fields.all("qui").contains(&id),
            None => known
                .reach
                .whom()
                .iter()
                .any(|one| matches!(one, Whom::Professional { id: other, .. } if other == id)),
        };
        let kept = known.reach.whom().iter().filter_map(|one| match one {
            Whom::Specialty { label } => code_of(label).map(|code| (code, label.clone())),
            _ => None,
        });
        let people = known.people.iter();
        Self {
            trail: trail(&shell, id, &known.title, &title),
            readers: vec![
                choice("tous", "documents-readers-all"),
                choice("sauf", "documents-readers-except"),
                choice("seulement", "documents-readers-only"),
                choice("personne", "documents-readers-none"),
            ],
            chosen: match typed {
                Some(fields) => fields.get("lecteurs").to_owned(),
                None => known.chosen().to_owned(),
            },
            people: people
                .map(|(id, name)| (id.clone(), name.clone(), ticked(id)))
                .collect(),
            specialties: SPECIALTIES
                .iter()
                .map(|(code, label)| Choice::new(&**code, &**label))
                .collect(),
            kept: kept.collect(),
            relatives: (known.represented && is_holder(person)).then_some(known.relatives),
            errors: again.map(|(_, errors)| errors).unwrap_or_default(),
            shell: shell.titled(title),
            address,
        }
    }
}

fn is_holder(person: &Person) -> bool {
    matches!(person.viewer.acting, Acting::Holder(_))
}

fn code_of(label: &str) -> Option<String> {
    let mut all = SPECIALTIES.iter();
    let found = all.find(|(_, known)| *known == label);
    found.map(|(code, _)| code.clone())
}

/// What is chosen: hidden or not, and to whom it is shown.
fn chosen(fields: &Fields, known: &Known) -> Result<(bool, Reach), (&'static str, &'static str)> {
    let people = fields.all("qui").into_iter().filter_map(|id| {
        let name = known.people.get(id)?;
        Some(Whom::Professional {
            id: id.to_owned(),
            name: name.clone(),
        })
    });
    let codes = fields.all("specialite").into_iter();
    let specialties = codes.filter_map(|code| {
        let label = SPECIALTIES.get(code)?.clone();
        Some(Whom::Specialty { label })
    });
    let mut whom: Vec<Whom> = Vec::new();
    for one in people.chain(specialties) {
        if !whom.contains(&one) {
            whom.push(one);
        }
    }
    let reach = match fields.get("lecteurs") {
        "tous" => return Ok((false, Reach::Everyone)),
        "personne" => return Ok((true, Reach::Everyone)),
        "sauf" => Reach::Except { whom },
        "seulement" => Reach::Only { whom },
        _ => return Err(("lecteurs", "documents-visibility-missing")),
    };
    if reach.whom().is_empty() {
        return Err(("lecteurs", "documents-readers-missing"));
    }
    Ok((false, reach))
}

/// `POST /documents/{id}/visibilite`.
pub(crate) async fn submit(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let known = known(&person, id).await?;
    let (hidden, reach) = match chosen(&fields, &known) {
        Ok(chosen) => chosen,
        Err((field, key)) => {
            let mut errors = Errors::new();
            errors.add(field, person.shell.t(key));
            let page = ReadersPage::of(&person, id, &known, Some((&fields, errors)));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
        }
    };
    // Only who is represented keeps things from who represents them.
    let relatives = is_holder(&person).then(|| fields.has("proches"));
    let change = |own: &mut Own| {
        own.flags.professionals = hidden;
        own.reach.clone_from(&reach);
        if let Some(relatives) = relatives.filter(|_| known.represented) {
            own.flags.representatives = relatives;
        }
    };
    let clearance = person.enter(Act::ChooseReaders).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let changed = hide::changed(scope, id, change)?;
            Ok::<_, Refused>(hide::of(changed, id))
        })
        .await?;
    let said = person.shell.t("documents-readers-done");
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_choice_is_read_and_an_empty_one_is_refused() {
        let document = samples::document(1, samples::own("Bilan"));
        let mut known = Known::of(&document, &Policy::default());
        assert_eq!(known.chosen(), "tous");
        known.people.insert("8100".into(), "Dr Martin".into());
        let read = |pairs: &[(&str, &str)]| {
            let mut fields = Fields::default();
            for (name, value) in pairs {
                fields.push(*name, *value);
            }
            chosen(&fields, &known)
        };
        assert_eq!(read(&[("lecteurs", "tous")]), Ok((false, Reach::Everyone)));
        assert_eq!(
            read(&[("lecteurs", "personne")]),
            Ok((true, Reach::Everyone))
        );
        assert!(read(&[]).is_err() && read(&[("lecteurs", "sauf")]).is_err());
        assert!(read(&[("lecteurs", "sauf"), ("qui", "somebody")]).is_err());
        let (hidden, reach) = read(&[
            ("lecteurs", "sauf"),
            ("qui", "8100"),
            ("specialite", "SM01"),
            ("specialite", "SM01"),
            ("specialite", "nonsense"),
        ])
        .expect("read");
        assert!(!hidden && reach.whom().len() == 2, "{reach:?}");
    }
}
