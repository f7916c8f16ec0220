//! Changing the default visibility and the consents for emergencies.

use access::{Act, Person};
use axum::response::Redirect;
use web::{Fields, Problem};

use super::page;
use crate::{
    choices::{Emergency, read_visibility},
    terms::change_settings,
};

/// `POST /parametres/visibilite`.
pub async fn visibility(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let hidden = read_visibility(&fields)
        .ok_or_else(|| Problem::BadRequest(person.shell.t("account-visibility-missing")))?;
    change_settings(&person, Act::ChangeSettings, |settings| {
        settings.hidden_by_default = hidden;
        settings.chosen = true;
    })
    .await?;
    let sentence = person.shell.t("account-choices-kept");
    person.say(sentence).await?;
    Ok(Redirect::to(page::PATH))
}

/// `POST /parametres/urgence`.
pub async fn emergency(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let emergency = Emergency::read(&fields);
    change_settings(&person, Act::ChangeSettings, |settings| {
        emergency.put(settings)
    })
    .await?;
    let sentence = person.shell.t("account-choices-kept");
    person.say(sentence).await?;
    Ok(Redirect::to(page::PATH))
}
