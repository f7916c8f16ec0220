//! Measures in words: names, numbers, units.

use fhir::measure::{Answer, Ask, Measure, Part};
use web::Lang;

fn either<'a>(lang: Lang, fr: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// The name of a measure.
pub(crate) fn label(measure: &Measure, lang: Lang) -> &str {
    either(lang, &measure.label, &measure.label_en)
}

/// The name of one of its numbers.
pub(crate) fn part(part: &Part, lang: Lang) -> &str {
    either(lang, &part.label, &part.label_en)
}

/// What is asked beside it.
pub(crate) fn ask(ask: &Ask, lang: Lang) -> &str {
    either(lang, &ask.label, &ask.label_en)
}

/// What was answered.
pub(crate) fn answer(answer: &Answer, lang: Lang) -> &str {
    either(lang, &answer.label, &answer.label_en)
}

/// « 72,5 »: no more decimals than say something.
pub(crate) fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let text = format!("{value:.decimals$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    match lang {
        Lang::Fr => text.replace('.', ","),
        Lang::En => text.to_owned(),
    }
}

/// The unit of what is kept.
pub(crate) fn unit(measure: &Measure, lang: Lang) -> String {
    match &measure.shown {
        Some([fr, en]) => either(lang, fr, en).to_owned(),
        None => written(&measure.unit),
    }
}

/// A unit as people write it.
pub(crate) fn written(unit: &str) -> String {
    match unit {
        "kg/m2" => "kg/m²".to_owned(),
        other => ucum::written(other),
    }
}

/// « 124/79 ».
pub(crate) fn numbers(measure: &Measure, values: &[f64], lang: Lang) -> String {
    let each = values.iter();
    let each = each.map(|value| number(*value, measure.decimals, lang));
    each.collect::<Vec<_>>().join("/")
}

/// « 124/79 mmHg ».
pub(crate) fn amount(measure: &Measure, values: &[f64], lang: Lang) -> String {
    let numbers = numbers(measure, values, lang);
    match unit(measure, lang).as_str() {
        "" => numbers,
        unit => format!("{numbers}\u{a0}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use fhir::measure::Measures;

    use super::*;

    #[test]
    fn amounts_are_written_as_people_do() {
        let said = |id: &str, values: &[f64], lang| {
            let measure = Measures::ours().get(id).expect("in the table");
            amount(measure, values, lang).replace('\u{a0}', " ")
        };
        assert_eq!(said("weight", &[72.5], Lang::Fr), "72,5 kg");
        assert_eq!(said("weight", &[72.0], Lang::En), "72 kg");
        assert_eq!(said("weight", &[100.0], Lang::Fr), "100 kg");
        assert_eq!(
            said("blood-pressure", &[124.0, 79.0], Lang::Fr),
            "124/79 mmHg"
        );
        assert_eq!(said("temperature", &[38.2], Lang::Fr), "38,2 °C");
        assert_eq!(said("bmi", &[23.4], Lang::Fr), "23,4 kg/m²");
        assert_eq!(said("pain", &[0.0], Lang::Fr), "0 sur 10");
        assert_eq!(said("hba1c", &[7.1], Lang::Fr), "7,1 %");
        for one in Measures::ours().all() {
            assert!(!unit(one, Lang::Fr).is_empty(), "{}", one.id);
        }
    }
}
