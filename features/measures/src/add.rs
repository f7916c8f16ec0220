//! `/mesures/{mesure}/ajouter`: a value, when, and what goes with it.

use access::{Act, Person, Plan, Refused, Scope};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use web::{Fields, Html, Problem};

use crate::{
    Months, address, entered,
    form::{self, For, Form},
    months::Full,
    typed::{self, Wrong},
    words,
};

/// Shows the form.
pub(crate) async fn page(
    person: Person,
    Path(word): Path<String>,
) -> Result<Html<impl Template>, Problem> {
    let measure = entered(&person, &word)?;
    person.enter(Act::AddMeasure).await?;
    let fields = form::fresh(person.app.now());
    Ok(Html(Form::of(&person, measure, For::New, fields)))
}

/// Keeps what was typed; the same twice is there once.
pub(crate) async fn submit(
    person: Person,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let measure = entered(&person, &word)?;
    let clearance = person.enter(Act::AddMeasure).await?;
    let when = (form::born(clearance.policy()), person.app.now());
    let id = person.app.gate.id().to_string();
    let reading = match typed::read(&fields, measure, id, when) {
        Ok(reading) => reading,
        Err(wrong) => {
            let form = Form::of(&person, measure, For::New, fields);
            return Ok(form.again(measure, wrong));
        }
    };
    let kept = clearance
        .act_on(|scope: &Scope<'_, Months>| {
            let months = scope.beside().ok_or(Refused::NotFound)?;
            let drafts = match months.readings().any(|one| one.says_as(&reading)) {
                true => Ok(vec![]),
                false => months.with(&reading),
            };
            let drafts = match drafts {
                Ok(drafts) => drafts,
                Err(Full) => return Ok(Plan::new(false)),
            };
            Ok::<_, Refused>(Plan::new(true).writing(over(scope, drafts)?))
        })
        .await?;
    if !kept {
        let form = Form::of(&person, measure, For::New, fields);
        let wrong = ("date".to_owned(), Wrong::Key("measures-wrong-full"));
        return Ok(form.again(measure, vec![wrong]));
    }
    let back = address(&person, measure);
    let amount = words::amount(measure, &reading.values, person.shell.lang);
    let said = person.shell.t1("measures-added", "value", amount);
    person.say(said).await?;
    Ok(Redirect::to(&back).into_response())
}

/// These months in the place of those that are there, of which no bytes stay: what was corrected or
/// deleted is gone.
pub(crate) fn over(
    scope: &Scope<'_, Months>,
    drafts: Vec<vault::Draft>,
) -> Result<Vec<vault::Draft>, Refused> {
    let over = drafts.into_iter().map(|draft| {
        let mut draft = scope.over_beside(draft)?;
        draft.destroy = draft.replaces.is_some();
        Some(draft)
    });
    over.collect::<Option<_>>().ok_or(Refused::NotFound)
}
