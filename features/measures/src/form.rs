//! The form of a reading: to add one, to correct one.

use access::Person;
use askama::Template;
use axum::response::{IntoResponse, Response};
use fhir::measure::{Measure, Reading};
use http::StatusCode;
use jiff::{Timestamp, civil::Date};
use web::{Choice, Errors, Fields, Html, Link, Shell, dates};

use crate::{address, typed, typed::Wrong, words};

/// The page of the form.
#[derive(Template)]
#[template(path = "measure_form.html")]
pub(crate) struct Form {
    shell: Shell,
    trail: [Link; 3],
    action: String,
    back: String,
    button: String,
    numbers: Vec<Number>,
    /// The unit, when there is only one.
    unit: String,
    units: Vec<Choice>,
    /// What is asked, and its answers.
    asked: Option<(String, Vec<Choice>)>,
    most: String,
    fields: Fields,
    errors: Errors,
}

struct Number {
    name: String,
    label: String,
}

/// What the form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For<'a> {
    /// A new reading.
    New,
    /// Another version of the one of that name.
    Correction(&'a str),
}

impl Form {
    pub fn of(person: &Person, measure: &Measure, to: For<'_>, fields: Fields) -> Self {
        let (shell, back) = (&person.shell, address(person, measure));
        let label = words::label(measure, shell.lang).to_owned();
        let (title, button, action) = match to {
            For::New => ("measures-add", "measures-keep", format!("{back}/ajouter")),
            For::Correction(id) => (
                "measures-correct",
                "measures-keep-correction",
                format!("{back}/{id}/corriger"),
            ),
        };
        let title = shell.t1(title, "measure", &*label);
        let unit = words::unit(measure, shell.lang);
        let numbers = (0..measure.numbers()).map(|at| {
            let label = measure.parts().get(at).map_or_else(
                || shell.t("measures-value"),
                |part| words::part(part, shell.lang).to_owned(),
            );
            Number {
                name: typed::field(at),
                label,
            }
        });
        let others = measure.also_in.iter();
        let others = others.map(|also| Choice::new(&*also.unit, words::written(&also.unit)));
        let own = Choice::new(&*measure.unit, &*unit);
        let units: Vec<Choice> = std::iter::once(own).chain(others).collect();
        let asked = measure.ask().map(|ask| {
            let answers = ask.options.iter();
            let answers =
                answers.map(|one| Choice::new(&*one.code, words::answer(one, shell.lang)));
            (words::ask(ask, shell.lang).to_owned(), answers.collect())
        });
        Self {
            trail: [
                Link::new("/mesures", shell.t("measures-title")),
                Link::new(&*back, label),
                Link::new("", &*title),
            ],
            action,
            button: shell.t(button),
            numbers: numbers.collect(),
            unit: if units.len() > 1 { String::new() } else { unit },
            units: if units.len() > 1 { units } else { vec![] },
            asked,
            most: typed::REMARK.to_string(),
            fields,
            errors: Errors::new(),
            shell: shell.clone().titled(title),
            back,
        }
    }

    /// The form again, with what is wrong.
    pub fn again(mut self, measure: &Measure, wrong: Vec<(String, Wrong)>) -> Response {
        for (field, bad) in wrong {
            let sentence = bad.sentence(measure, &self.shell);
            self.errors.add(&field, sentence);
        }
        (StatusCode::UNPROCESSABLE_ENTITY, Html(self)).into_response()
    }
}

/// The fields of a new reading: now.
pub(crate) fn fresh(now: Timestamp) -> Fields {
    let mut fields = Fields::default();
    when(&mut fields, now);
    fields
}

/// The fields of a reading that is there.
pub(crate) fn filled(reading: &Reading, person: &Person) -> Fields {
    let (mut fields, measure) = (Fields::default(), reading.measure);
    for (at, value) in reading.values.iter().enumerate() {
        let said = words::number(*value, measure.decimals, person.shell.lang);
        fields.push(typed::field(at), said);
    }
    fields.push("unite", &*measure.unit);
    when(&mut fields, reading.at);
    if let Some(answer) = reading.answer {
        fields.push("precision", &*answer.code);
    }
    fields.push("remarque", &*reading.reason);
    fields
}

fn when(fields: &mut Fields, at: Timestamp) {
    let at = dates::local(at);
    fields.push("date", at.date().to_string());
    fields.push("heure", format!("{:02}:{:02}", at.hour(), at.minute()));
}

/// The day of birth of who the space is about, as far as it is known.
pub(crate) fn born(policy: &access::Policy) -> Option<Date> {
    policy.identity()?.birth_date()?.day()
}
