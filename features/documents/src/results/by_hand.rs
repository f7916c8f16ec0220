//! `/documents/analyses/ajouter`: copies results from paper.
//!
//! What is typed becomes a document like any other that a person brings: a
//! clinical document (CDA) of the type « CR de biologie déposé par le patient »,
//! with its results as data. So it is listed, hidden, deleted, read by
//! professionals and taken away as everything else, and its author is the person.

use access::{Act, Person, Policy};
use ambient::Id;
use askama::Template;
use axum::{
    Form,
    response::{IntoResponse, Redirect, Response},
};
use cda::{
    Code, InstanceId, Interval, LabResult, LabValue, PointInTime, Quantity,
    write::{Block, Cda, LOINC, WriteBody, WriteSection},
};
use http::StatusCode;
use jiff::civil::Date;
use web::{Choice, Errors, Fields, Html, Lang, Link, Problem, Shell, dates};

use super::{analytes::Analytes, words};
use crate::{
    add::{self, Kept},
    brought::{self, Brought, Described},
    title, uploads,
};

/// Results of one form: what fits on most reports that people copy.
const ROWS: usize = 6;

/// The category of what is brought.
const CATEGORY: &str = "BIOLOGIE";

/// Longest name, value or unit that is typed, in characters.
const LONGEST: usize = 80;

#[derive(Template)]
#[template(path = "results_by_hand.html")]
struct Page {
    shell: Shell,
    trail: [Link; 3],
    fields: Fields,
    errors: Errors,
    rows: std::ops::RangeInclusive<usize>,
    analyses: Vec<Choice>,
    visibilities: Vec<Choice>,
}

/// Shows the form.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::Add).await?;
    let hidden = clearance.policy().settings.hidden_by_default;
    let mut fields = Fields::default();
    fields.push("visibilite", if hidden { "masque" } else { "visible" });
    Ok(Html(Page::of(&person.shell, fields, Errors::new())))
}

/// Keeps what was typed.
pub(crate) async fn submit(
    person: Person,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = Fields::new(pairs);
    person.check(&fields)?;
    let today = dates::today(person.app.now());
    let typed = match Typed::read(&fields, today) {
        Ok(typed) => typed,
        Err(wrong) => {
            let mut errors = Errors::new();
            for (field, key) in wrong {
                errors.add(&field, person.shell.t(key));
            }
            return Ok(again(&person, fields, errors));
        }
    };
    let rules = person.app.gate.rules();
    let kind = brought::type_of(&rules.types, CATEGORY).cloned();
    let kind = kind.ok_or_else(|| anyhow::anyhow!("no type for results that a person brings"))?;
    let clearance = person.enter(Act::Add).await?;
    let id = person.app.gate.id();
    let kind_code = Code::new(&*kind.code, oid(&kind.system), &*kind.label);
    let bytes = typed
        .document(clearance.policy(), id, kind_code, today)
        .to_xml();
    let file = Brought::read(String::new(), bytes, usize::MAX, &rules.types)
        .map_err(|_| anyhow::anyhow!("a document of ours is not fit"))?;
    let described = Described {
        title: typed.title(),
        made: brought::made(Some(typed.date), None, person.app.now()),
        kind,
        flags: add::hiding(typed.hidden),
    };
    let kept = match add::keep(&person, &file, &described).await? {
        Kept::New(id) | Kept::Already(id, _) => id,
        Kept::Not(unfit) => {
            let mut errors = Errors::new();
            errors.add("date", uploads::sentence(&person.shell, unfit, 0));
            return Ok(again(&person, fields, errors));
        }
    };
    let count = typed.results.len();
    let said = person.shell.t1("results-hand-done", "count", count);
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{kept}")).into_response())
}

/// The form again, with what was typed.
fn again(person: &Person, fields: Fields, errors: Errors) -> Response {
    let page = Html(Page::of(&person.shell, fields, errors));
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

impl Page {
    fn of(shell: &Shell, fields: Fields, errors: Errors) -> Self {
        let title = shell.t("results-hand-title");
        let table = Analytes::ours().all().iter();
        let known = table.map(|one| Choice::new(one.id(), one.label(shell.lang)));
        let other = Choice::new("autre", shell.t("results-hand-other"));
        let choice = |value, key: &str, hint: &str| {
            Choice::new(value, shell.t(key)).explained(shell.t(hint))
        };
        Self {
            trail: [
                Link::new("/documents", shell.t("documents-title")),
                Link::new("/documents/analyses", shell.t("results-title")),
                Link::new("", &*title),
            ],
            analyses: known.chain([other]).collect(),
            visibilities: vec![
                choice("visible", "documents-visible", "documents-visible-hint"),
                choice("masque", "documents-masked", "documents-masked-hint"),
            ],
            rows: 1..=ROWS,
            fields,
            errors,
            shell: shell.clone().titled(title),
        }
    }
}

/// What was typed, and is well formed.
#[derive(Debug)]
struct Typed {
    date: Date,
    /// The laboratory, as typed; may be empty.
    laboratory: String,
    hidden: bool,
    results: Vec<LabResult>,
}

/// A field and the key of what is wrong with it.
type Wrong = (String, &'static str);

impl Typed {
    fn read(fields: &Fields, today: Date) -> Result<Self, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let date = match add::read_date(fields.get("date")) {
            Some(date) if date <= today => Some(date),
            Some(_) => {
                wrong.push(("date".to_owned(), "documents-date-future"));
                None
            }
            None => {
                wrong.push(("date".to_owned(), "results-hand-date"));
                None
            }
        };
        let laboratory = fields.get("laboratoire").to_owned();
        if title::check(&laboratory).is_err() {
            wrong.push(("laboratoire".to_owned(), "results-hand-long"));
        }
        let mut results = Vec::new();
        for row in 1..=ROWS {
            match read_row(fields, row) {
                Ok(result) => results.extend(result),
                Err(bad) => wrong.extend(bad),
            }
        }
        if results.is_empty() && wrong.is_empty() {
            wrong.push(("analyse-1".to_owned(), "results-hand-none"));
        }
        let hidden = fields.get("visibilite") == "masque";
        if !hidden && fields.get("visibilite") != "visible" {
            wrong.push(("visibilite".to_owned(), "documents-visibility-missing"));
        }
        match date.filter(|_| wrong.is_empty()) {
            Some(date) => Ok(Self {
                date,
                laboratory,
                hidden,
                results: results
                    .into_iter()
                    .map(|one: LabResult| dated(one, date))
                    .collect(),
            }),
            None => Err(wrong),
        }
    }

    /// « Résultats recopiés du 12 mars 2026 ».
    fn title(&self) -> String {
        let day = dates::day(self.date, Lang::Fr).replace('\u{a0}', " ");
        format!("Résultats recopiés du {day}")
    }

    /// What is kept: the results as text and as data.
    fn document(&self, policy: &Policy, id: Id, kind: Code, today: Date) -> Cda {
        let uuid = format!("2.25.{}", u128::from_be_bytes(id.0));
        let person = policy.identity();
        let traits = person.and_then(|person| person.traits());
        let number = person.and_then(|person| person.main_identifier());
        let given = traits
            .as_ref()
            .map(|traits| traits.birth_given_names.clone());
        let who = cda::PersonName {
            given: given.clone().unwrap_or_default(),
            family: traits
                .as_ref()
                .map(|traits| traits.birth_family_name.clone()),
            ..cda::PersonName::default()
        };
        let row = |result: &LabResult| {
            let range = result.range.as_ref();
            vec![
                result.name.clone(),
                words::value(&result.value, Lang::Fr),
                range.map_or_else(String::new, |range| words::interval(range, Lang::Fr)),
            ]
        };
        let from = match self.laboratory.as_str() {
            "" => "Résultats recopiés par la personne à partir d’un compte rendu sur papier."
                .to_owned(),
            name => format!(
                "Résultats recopiés par la personne à partir d’un compte rendu sur papier. Laboratoire : {name}."
            ),
        };
        let head = ["Analyse", "Résultat", "Valeurs de référence"];
        let section = WriteSection {
            code: Code::new("30954-2", LOINC, "Résultats"),
            title: "Résultats recopiés".to_owned(),
            narrative: vec![
                Block::Paragraph(from),
                Block::Table {
                    caption: String::new(),
                    head: head.map(str::to_owned).to_vec(),
                    rows: self.results.iter().map(row).collect(),
                },
            ],
            results: self.results.clone(),
            ..WriteSection::default()
        };
        Cda {
            id: InstanceId::root(&*uuid),
            set_id: InstanceId::root(uuid),
            version: 1,
            code: kind,
            title: self.title(),
            time: time(today),
            confidentiality: "N".to_owned(),
            patient: cda::Patient {
                ids: number
                    .into_iter()
                    .map(|number| InstanceId::new(number.oid, number.value))
                    .collect(),
                birth_family: who.family.clone(),
                birth_given: given.as_ref().and_then(|all| all.first().cloned()),
                given_names: given.unwrap_or_default(),
                ..cda::Patient::default()
            },
            author: cda::Participant {
                name: Some(who),
                ..cda::Participant::default()
            },
            service_date: time(self.date),
            body: WriteBody::Structured(vec![section]),
            ..Cda::default()
        }
    }
}

fn time(date: Date) -> PointInTime {
    PointInTime::new(date.strftime("%Y%m%d").to_string())
}

fn dated(result: LabResult, date: Date) -> LabResult {
    LabResult {
        time: Some(time(date)),
        ..result
    }
}

/// One row: none when nothing is typed in it.
fn read_row(fields: &Fields, row: usize) -> Result<Option<LabResult>, Vec<Wrong>> {
    let named = |part: &str| format!("{part}-{row}");
    let typed = |part: &str| fields.get(&named(part)).to_owned();
    let (analysis, other, value) = (typed("analyse"), typed("nom"), typed("valeur"));
    let (unit, low, high) = (typed("unite"), typed("de"), typed("a"));
    let all = [&analysis, &other, &value, &unit, &low, &high];
    if all.iter().all(|text| text.is_empty()) {
        return Ok(None);
    }
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut check = |bad: bool, part: &str, key| {
        if bad {
            wrong.push((named(part), key));
        }
    };
    for (part, text) in [("nom", &other), ("valeur", &value), ("unite", &unit)] {
        let unfit = text.chars().count() > LONGEST || text.chars().any(char::is_control);
        check(unfit, part, "results-hand-long");
    }
    let known = Analytes::ours().get(&analysis);
    check(
        known.is_none() && analysis != "autre",
        "analyse",
        "results-hand-analysis",
    );
    check(
        analysis == "autre" && other.is_empty(),
        "nom",
        "results-hand-name",
    );
    check(value.is_empty(), "valeur", "results-hand-value");
    let unit = ucum::typed(&unit).unwrap_or(unit);
    let value = match quantity(&value, &unit) {
        Some(quantity) => LabValue::Quantity(quantity),
        None => LabValue::Words(value),
    };
    let wants_unit = known.is_some_and(|known| !ucum::written(&known.unit).is_empty());
    let is_number = matches!(value, LabValue::Quantity(_));
    check(
        is_number && wants_unit && unit.is_empty(),
        "unite",
        "results-hand-unit",
    );
    let bounds = [quantity(&low, &unit), quantity(&high, &unit)];
    check(
        !low.is_empty() && bounds[0].is_none(),
        "de",
        "results-hand-number",
    );
    check(
        !high.is_empty() && bounds[1].is_none(),
        "a",
        "results-hand-number",
    );
    let [low, high] = bounds;
    let crossed = low
        .as_ref()
        .zip(high.as_ref())
        .is_some_and(|(low, high)| low.value() >= high.value());
    check(crossed, "a", "results-hand-crossed");
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let range = (low.is_some() || high.is_some()).then_some(Interval {
        low,
        low_included: true,
        high,
        high_included: true,
    });
    Ok(Some(LabResult {
        name: known.map_or(other, |known| known.label(Lang::Fr).to_owned()),
        value,
        range,
        ..LabResult::default()
    }))
}

/// « 1 234,5 » as a quantity; none when it is no number.
fn quantity(text: &str, unit: &str) -> Option<Quantity> {
    let number: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Quantity::new(&number.replace(',', "."), unit)
}

/// The OID of a code system, as CDA names it.
fn oid(system: &str) -> String {
    match system {
        fhir::system::LOINC => LOINC.to_owned(),
        other => other
            .strip_prefix("urn:oid:")
            .unwrap_or("1.2.250.1.213.1.1.4.12")
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 6, 12);

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let always = [("date", "2026-03-12"), ("visibilite", "visible")];
        let all = always.iter().chain(pairs);
        Fields::new(
            all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_row_becomes_a_result_as_it_is_on_paper() {
        let typed = Typed::read(
            &fields(&[
                ("analyse-1", "glucose-fasting"),
                ("valeur-1", "0,92"),
                ("unite-1", "g/l"),
                ("de-1", "0,70"),
                ("a-1", "1,10"),
                ("analyse-3", "autre"),
                ("nom-3", "Anticorps X"),
                ("valeur-3", "négatif"),
            ]),
            TODAY,
        )
        .expect("well formed");
        let [glucose, other] = typed.results.as_slice() else {
            panic!("{typed:?}")
        };
        assert_eq!(glucose.name, "Glycémie à jeun");
        assert_eq!(words::value(&glucose.value, Lang::Fr), "0,92\u{a0}g/L");
        assert_eq!(glucose.judged(), Some(cda::Interpretation::Normal));
        assert_eq!(
            Analytes::ours().of(glucose).map(|one| one.id()),
            Some("glucose-fasting")
        );
        assert_eq!(other.value, LabValue::Words("négatif".to_owned()));
        assert_eq!(typed.title(), "Résultats recopiés du 12 mars 2026");
    }

    #[test]
    fn what_is_wrong_is_said_of_its_field() {
        let wrong = |pairs: &[(&str, &str)]| -> Vec<String> {
            let wrong = Typed::read(&fields(pairs), TODAY).expect_err("wrong");
            wrong.into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(wrong(&[]), ["analyse-1"]);
        assert_eq!(
            wrong(&[("analyse-1", "tsh"), ("valeur-1", "2")]),
            ["unite-1"]
        );
        assert_eq!(wrong(&[("valeur-2", "2")]), ["analyse-2"]);
        assert_eq!(
            wrong(&[("analyse-1", "autre"), ("valeur-1", "2"), ("de-1", "x")]),
            ["nom-1", "de-1"]
        );
        assert_eq!(
            wrong(&[
                ("analyse-1", "inr"),
                ("valeur-1", "2"),
                ("de-1", "3"),
                ("a-1", "2")
            ]),
            ["a-1"]
        );
    }

    #[test]
    fn what_is_kept_says_the_same_as_data_and_as_text() {
        let typed = Typed::read(
            &fields(&[
                ("analyse-1", "hba1c"),
                ("valeur-1", "7,1"),
                ("unite-1", "%"),
                ("laboratoire", "Labo <du> Port"),
            ]),
            TODAY,
        )
        .expect("well formed");
        let kind = Code::new("DOCPAT05", "1.2.250.1.213.1.1.4.12", "CR");
        let bytes = typed
            .document(&Policy::default(), Id([7; 16]), kind, TODAY)
            .to_xml();
        let document = cda::read(&bytes).expect("a document");
        assert_eq!(document.results[0].name, "Hémoglobine glyquée (HbA1c)");
        let text = document.text();
        assert!(
            text.contains("7,1\u{a0}%") && text.contains("Labo <du> Port"),
            "{text}"
        );
    }
}
