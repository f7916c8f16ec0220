//! `/mesures/{mesure}/{valeur}/…`: corrects or deletes what was added.

use access::{Act, Person, Plan, Refused, Scope};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use fhir::measure::{Measure, Reading};
use web::{Confirm, Fields, Html, Problem, dates};

use crate::{
    Months,
    add::over,
    address, entered,
    form::{self, For, Form},
    months::Full,
    typed::{self, Wrong},
    words,
};

/// What was added, as it stands.
async fn found(
    person: &Person,
    (word, id): &(String, String),
) -> Result<(&'static Measure, Reading), Problem> {
    let measure = entered(person, word)?;
    let clearance = person.enter(Act::ReadMeasures).await?;
    let reading = clearance
        .act_on(|scope: &Scope<'_, Months>| Ok::<_, Refused>(Plan::new(known(scope, measure, id)?)))
        .await?;
    Ok((measure, reading))
}

fn known(scope: &Scope<'_, Months>, measure: &Measure, id: &str) -> Result<Reading, Refused> {
    let reading = scope.beside().and_then(|months| months.get(id));
    let reading = reading.filter(|one| one.measure.id == measure.id);
    reading.cloned().ok_or(Refused::NotFound)
}

/// Shows the form with what is there.
pub(crate) async fn page(
    person: Person,
    Path(which): Path<(String, String)>,
) -> Result<Html<impl Template>, Problem> {
    let (measure, reading) = found(&person, &which).await?;
    let fields = form::filled(&reading, &person);
    let to = For::Correction(&reading.id);
    Ok(Html(Form::of(&person, measure, to, fields)))
}

/// Puts what was typed in the place of what was there.
pub(crate) async fn submit(
    person: Person,
    Path((word, id)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let measure = entered(&person, &word)?;
    let clearance = person.enter(Act::CorrectMeasure).await?;
    let when = (form::born(clearance.policy()), person.app.now());
    let again = |fields, wrong| {
        let form = Form::of(&person, measure, For::Correction(&id), fields);
        Ok(form.again(measure, wrong))
    };
    let reading = match typed::read(&fields, measure, id.clone(), when) {
        Ok(reading) => reading,
        Err(wrong) => return again(fields, wrong),
    };
    let kept = clearance
        .act_on(|scope: &Scope<'_, Months>| {
            known(scope, measure, &id)?;
            let months = scope.beside().ok_or(Refused::NotFound)?;
            match months.with(&reading) {
                Ok(drafts) => Ok(Plan::new(true).writing(over(scope, drafts)?)),
                Err(Full) => Ok::<_, Refused>(Plan::new(false)),
            }
        })
        .await?;
    if !kept {
        let wrong = ("date".to_owned(), Wrong::Key("measures-wrong-full"));
        return again(fields, vec![wrong]);
    }
    let back = address(&person, measure);
    let said = person.shell.t("measures-corrected");
    person.say(said).await?;
    Ok(Redirect::to(&back).into_response())
}

/// The question.
pub(crate) async fn ask(
    person: Person,
    Path(which): Path<(String, String)>,
) -> Result<Html<Confirm>, Problem> {
    let (measure, reading) = found(&person, &which).await?;
    let (shell, back) = (&person.shell, address(&person, measure));
    let amount = words::amount(measure, &reading.values, shell.lang);
    let day = dates::day(dates::today(reading.at), shell.lang);
    let question = shell.t2("measures-delete-question", "value", amount, "day", day);
    Ok(Html(Confirm {
        consequences: vec![shell.t("measures-delete-consequence")],
        action: format!("{back}/{}/supprimer", reading.id),
        hidden: vec![],
        button: shell.t("measures-delete"),
        danger: true,
        cancel_href: back,
        shell: shell.clone().titled(&*question),
        question,
    }))
}

/// Deletes it.
pub(crate) async fn delete(
    person: Person,
    Path((word, id)): Path<(String, String)>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let measure = entered(&person, &word)?;
    let clearance = person.enter(Act::DeleteMeasure).await?;
    clearance
        .act_on(|scope: &Scope<'_, Months>| {
            known(scope, measure, &id)?;
            let months = scope.beside().ok_or(Refused::NotFound)?;
            let drafts = months.without(&id);
            Ok::<_, Refused>(Plan::new(()).writing(over(scope, drafts)?))
        })
        .await?;
    let back = address(&person, measure);
    let said = person.shell.t("measures-deleted");
    person.say(said).await?;
    Ok(Redirect::to(&back))
}
