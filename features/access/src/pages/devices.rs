//! The devices that notices are shown on: adding this one, removing one.

use ambient::Id;
use axum::response::{IntoResponse, Redirect, Response};
use http::header;
use push::Subscription;
use vault::Volume;
use web::{Errors, Fields, Problem};

use super::notice_choices::{Typed, show};
use crate::{
    Act, Person, Plan, Refused, kinds,
    policy::{Device, draft},
};

/// The page that shows them.
const PATH: &str = "/notifications/choix";

/// Longest name of a device, in characters.
const NAME: usize = 40;

/// The program that a browser runs when a message comes. It stands at an address that does not
/// change with versions: a subscription belongs to it.
pub(super) async fn worker() -> impl IntoResponse {
    let head = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (head, include_str!("../../assets/watch.js"))
}

pub(super) async fn add(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let by = person.viewer.at_home().ok_or(Problem::Forbidden)?;
    if by != person.record || person.app.post.push_key().is_none() {
        return Err(Problem::NotFound);
    }
    let name = fields.get("appareil").to_owned();
    let refused = async |key: &str| {
        let mut errors = Errors::new();
        errors.add("appareil", person.shell.t(key));
        let typed = Typed {
            device: name.chars().take(4 * NAME).collect(),
            ..Typed::default()
        };
        show(&person, errors, typed).await
    };
    let plain = !web::names::misleads(&name);
    if name.is_empty() || name.chars().count() > NAME || !plain {
        return refused("devices-name-missing").await;
    }
    let [endpoint, point, auth] = ["endpoint", "p256dh", "auth"].map(|one| fields.get(one));
    let Ok(push) = Subscription::read(endpoint, point, auth) else {
        return refused("devices-broken").await;
    };
    if !person.app.post.reaches(&push) {
        return refused("devices-foreign").await;
    }
    let device = Device {
        id: person.app.gate.id(),
        name: name.clone(),
        since: person.app.now(),
        push,
    };
    let known = &person.app.gate.rules().notices;
    let clearance = person.enter(Act::ChangeSettings).await?;
    let added = clearance.act::<_, Refused>(|scope| {
        let mut settings = scope.policy().settings.clone();
        if !settings.add_device(by, device.clone(), known) {
            return Err(Refused::Taken);
        }
        let entry = draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &settings,
        );
        Ok(Plan::new(()).writing(vec![scope.over(entry)]))
    });
    match added.await {
        Err(Refused::Taken) => return refused("devices-full").await,
        added => added?,
    }
    let sentence = person.shell.t1("devices-added", "name", name.as_str());
    person.say(sentence).await?;
    Ok(Redirect::to(PATH).into_response())
}

pub(super) async fn drop(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let by = person.viewer.at_home().ok_or(Problem::Forbidden)?;
    let id: Id = fields
        .get("appareil")
        .parse()
        .map_err(|_| Problem::NotFound)?;
    if by != person.record {
        return Err(Problem::NotFound);
    }
    let clearance = person.enter(Act::DropDevice).await?;
    let dropped = clearance.act::<_, Problem>(|scope| {
        let mut settings = scope.policy().settings.clone();
        let at = settings.devices.iter().position(|one| one.id == id);
        let gone = settings.devices.remove(at.ok_or(Problem::NotFound)?);
        let entry = draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &settings,
        );
        Ok(Plan::new(gone.name.clone())
            .writing(vec![scope.over(entry)])
            .noting(gone.name))
    });
    let name = dropped.await?;
    let sentence = person.shell.t1("devices-dropped", "name", name.as_str());
    person.say(sentence).await?;
    Ok(Redirect::to(PATH))
}
