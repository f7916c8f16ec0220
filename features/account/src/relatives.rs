//! `/proches`: whom a person represents, and going into their space and back.

use access::{
    Act, Acting, Person, Plan, Refused, SignedIn, Unread, Viewer,
    policy::{Space, SpaceState},
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use vault::RecordId;
use web::{Fields, Html, Problem, Shell};

use crate::{closing, insured, journey::with_cookie, opening};

/// Somebody whom the person represents.
#[derive(Debug, Clone)]
pub struct Relative {
    /// Their record.
    pub record: RecordId,
    /// Their name.
    pub name: String,
    /// Their age in words.
    pub age: String,
    /// Whether the person is in their space now.
    pub current: bool,
    /// Why it cannot be entered yet, in words; empty when it can.
    pub waiting: String,
    /// Notices of theirs that the person has not read.
    pub new: Unread,
}

impl Relative {
    /// The sentence that says how many notices are new.
    pub fn told(&self) -> &'static str {
        match self.new.more {
            true => "account-relatives-new-more",
            false => "account-relatives-new",
        }
    }
}

#[derive(Template)]
#[template(path = "relatives.html")]
struct Page {
    shell: Shell,
    relatives: Vec<Relative>,
    acting: bool,
}

/// The list.
pub async fn show(person: Person) -> Result<Response, Problem> {
    let page = Page {
        relatives: of(&person).await?,
        acting: crate::home::is_acting(&person),
        shell: person
            .shell
            .clone()
            .titled(person.shell.t("account-relatives-title")),
    };
    Ok(Html(page).into_response())
}

/// Goes into the space `profil`, or back to one's own when it is empty; with a fresh session.
pub async fn switch(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let (app, session) = (&person.app, &person.session);
    let SignedIn::Person { own, .. } = &session.body.who else {
        return Err(Problem::Forbidden);
    };
    let wanted = fields.get("profil");
    let acting_for = match wanted.parse() {
        Ok(id) => Some(RecordId(id)),
        Err(_) if wanted.is_empty() => None,
        Err(_) => return Err(Problem::NotFound),
    };
    let mut body = session.body.clone();
    body.flash = None;
    let mut chosen = true;
    if let Some(of) = acting_for {
        let viewer = representative(&person, *own, of);
        let clearance = app
            .gate
            .enter(&viewer, of, Act::SignIn)
            .await
            .map_err(hidden)?;
        chosen = clearance.policy().settings.chosen;
        let name = clearance.act(|scope| Ok::<_, Refused>(Plan::new(scope.policy().name())));
        body.flash = Some(
            person
                .shell
                .t1("account-relatives-now", "name", name.await?),
        );
    }
    if let SignedIn::Person {
        acting_for: now, ..
    } = &mut body.who
    {
        *now = acting_for;
    }
    let token = app.start_session(own.0, &body, Some(session)).await?;
    let cookie = app.session_cookie().set(&token, None);
    let to = match fields.get("vers") {
        // What is asked once comes before anything else.
        "notifications" if chosen => "/notifications",
        _ => "/accueil",
    };
    Ok(with_cookie(cookie, Redirect::to(to)))
}

/// Those whom the person represents at present, by the registry and by their own records.
///
/// # Errors
/// When the store fails.
pub async fn of(person: &Person) -> Result<Vec<Relative>, Problem> {
    let SignedIn::Person {
        own, acting_for, ..
    } = person.session.body.who
    else {
        return Ok(vec![]);
    };
    let Some(me) = myself(person).await? else {
        return Ok(vec![]);
    };
    let app = &person.app;
    let mut relatives = vec![];
    let mut people = vec![];
    for number in me.children.iter().map(|child| child.number.as_str()) {
        let Some((child, Some(record))) = find(person, number).await? else {
            continue;
        };
        let viewer = representative(person, own, record);
        // The record decides, not the registry: who is of age is no longer here.
        let (waiting, new) = match app.gate.enter(&viewer, record, Act::ReadSettings).await {
            Ok(clearance) => (String::new(), clearance.unread().await?),
            Err(_) => match shut(person, &viewer, record).await {
                Some((_, space)) => (waits(&person.shell, &space), Unread::default()),
                None => continue,
            },
        };
        let today = web::dates::today(app.now());
        let birth = child.traits.birth_date.day();
        relatives.push(Relative {
            record,
            name: child.name(),
            age: birth.map_or_else(String::new, |birth| {
                web::dates::age(birth, today, person.shell.lang)
            }),
            current: acting_for == Some(record),
            waiting,
            new,
        });
        people.push(child);
    }
    // Of two with one name, neither is taken for the other.
    let names: Vec<String> = relatives.iter().map(|one| one.name.clone()).collect();
    let apart = insured::apart(&people, person.shell.lang);
    for (relative, label) in relatives.iter_mut().zip(apart) {
        if names.iter().filter(|name| **name == relative.name).count() > 1 {
            relative.name = label;
        }
    }
    Ok(relatives)
}

/// The space of a child that cannot be entered, and the act that opens it.
async fn shut(person: &Person, viewer: &Viewer, record: RecordId) -> Option<(Act, Space)> {
    for act in [Act::OpenSpace, Act::Reopen] {
        if let Ok(clearance) = person.app.gate.enter(viewer, record, act).await {
            return Some((act, clearance.policy().space.clone()));
        }
    }
    None
}

/// Why a child's space cannot be entered.
fn waits(shell: &Shell, space: &Space) -> String {
    let day = |at| web::dates::day(web::dates::local(at).date(), shell.lang);
    match (space.state, space.opens, space.erases) {
        (SpaceState::Opposed, _, _) => shell.t("account-relatives-opposed"),
        (SpaceState::Closed, _, Some(erases)) => {
            shell.t1("account-relatives-closed", "day", day(erases))
        }
        (_, Some(opens), _) => shell.t1("account-relatives-announced", "day", day(opens)),
        (_, None, _) => shell.t("account-relatives-announced-later"),
    }
}

/// `POST /proches/ouvrir`: opens the space `profil` of a child, announced, refused or closed, at
/// once.
pub async fn open(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let SignedIn::Person { own, .. } = person.session.body.who else {
        return Err(Problem::Forbidden);
    };
    let of = fields.get("profil").parse().map(RecordId);
    let of = of.map_err(|_| Problem::NotFound)?;
    let viewer = representative(&person, own, of);
    let (act, _) = shut(&person, &viewer, of).await.ok_or(Problem::NotFound)?;
    let clearance = person.app.gate.enter(&viewer, of, act).await;
    let opened = clearance.map_err(hidden)?.act(|scope| {
        let space = Space::new(SpaceState::Opened, scope.now);
        let plan = Plan::new(()).writing(vec![opening::over(scope, &space)]);
        Ok::<_, Refused>(plan.beside(closing::reopening(&person.app, of)))
    });
    opened.await.map_err(hidden)?;
    let sentence = person.shell.t("account-relatives-opened");
    person.say(sentence).await?;
    Ok(Redirect::to("/proches").into_response())
}

/// What the registry knows of who signed in, whichever space they are in.
///
/// # Errors
/// When the store fails.
pub async fn myself(person: &Person) -> Result<Option<insured::Person>, Problem> {
    let SignedIn::Person { own, .. } = person.session.body.who else {
        return Ok(None);
    };
    let holder = Viewer {
        acting: Acting::Holder(own),
        ..person.viewer.clone()
    };
    let mine = person
        .app
        .gate
        .enter(&holder, own, Act::ReadSettings)
        .await?;
    let number = mine.policy().identity().and_then(|me| me.main_identifier());
    match number {
        Some(number) => Ok(find(person, &number.value).await?.map(|(me, _)| me)),
        None => Ok(None),
    }
}

async fn find(
    person: &Person,
    number: &str,
) -> Result<Option<(insured::Person, Option<RecordId>)>, Problem> {
    let row = person.app.store.insured(number, "").await?;
    row.map(|row| Ok((serde_json::from_slice(&row.body)?, row.record)))
        .transpose()
}

fn representative(person: &Person, own: RecordId, of: RecordId) -> Viewer {
    let name = match &person.session.body.who {
        SignedIn::Person { name, .. } => name.clone(),
        SignedIn::Professional { .. } => String::new(),
    };
    Viewer {
        acting: Acting::Representative { own, of, name },
        ..person.viewer.clone()
    }
}

/// A record that one does not represent might as well not exist.
fn hidden(refused: Refused) -> Problem {
    match refused {
        Refused::No(_) => Problem::NotFound,
        other => other.into(),
    }
}
