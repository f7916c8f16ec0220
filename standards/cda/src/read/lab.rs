//! The coded results of a laboratory report.
//!
//! A chapter (section) holds an act, which holds batteries, clusters (one for
//! each isolate) and observations; a procedure beside them says what was
//! sampled. An observation is known by its model, so that nothing else in a
//! document passes for a result.

use std::collections::HashMap;

use super::xml::{V3, Xml, at, attribute, children, code, time_at};
use crate::lab::{
    Earlier, Interpretation, Interval, LabResult, LabValue, Quantity, of_loinc_label,
};
use crate::{Code, PointInTime};

/// Models of a laboratory observation: IHE, then CI-SIS.
const MODELS: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.1.6", "1.2.250.1.213.1.1.3.80"];
/// CI-SIS comment.
const COMMENT: &str = "48767-8";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Most results of one document.
const MOST: usize = 5_000;
/// Most older results of one result.
const MOST_EARLIER: usize = 50;
/// Longest name, value or comment, in characters.
const LONGEST: usize = 300;

/// All results of a body, in its order.
pub(super) fn read<'a>(body: Xml<'a, '_>) -> Vec<LabResult> {
    let mut results = Vec::new();
    if !body.descendants().any(is_result) {
        return results;
    }
    let reader = Reader::of(body);
    for component in children(body, "component") {
        if let Some(section) = at(component, "section") {
            reader.section(section, &Place::default(), &mut results);
        }
    }
    results
}

pub(super) struct Reader<'a, 'i> {
    /// Pieces of the narratives by their `ID`: what entries point at.
    texts: HashMap<&'a str, Xml<'a, 'i>>,
}

/// Where a result stands.
#[derive(Debug, Clone, Default)]
struct Place {
    chapter: Option<String>,
    group: Option<String>,
    specimen: Option<String>,
    sampled: Option<PointInTime>,
}

impl Place {
    /// Inside something that has a name, which is not said twice.
    fn within(&self, name: Option<String>) -> Place {
        let mut place = self.clone();
        let said = |known: &Option<String>, name: &str| {
            known
                .as_deref()
                .is_some_and(|known| same_words(known, name))
        };
        match name {
            None => {}
            Some(name) if said(&place.chapter, &name) || said(&place.group, &name) => {}
            Some(name) if place.chapter.is_none() => place.chapter = Some(name),
            Some(name) => {
                place.group = Some(match place.group.take() {
                    Some(group) => shortened(&format!("{group} – {name}")),
                    None => name,
                });
            }
        }
        place
    }
}

impl<'a, 'i> Reader<'a, 'i> {
    /// Of a body.
    pub(super) fn of(body: Xml<'a, 'i>) -> Self {
        Self { texts: texts(body) }
    }
}

impl<'a> Reader<'a, '_> {
    fn section(&self, section: Xml<'a, '_>, place: &Place, results: &mut Vec<LabResult>) {
        let named = || code_label(at(section, "code")?);
        let name = super::xml::text_at(section, "title").or_else(named);
        let name = name.map(|name| shortened(name.trim_end_matches([' ', ':', '\u{A0}'])));
        let place = place.within(name);
        for entry in children(section, "entry") {
            self.statements(entry, &place, results);
        }
        for component in children(section, "component") {
            if let Some(inner) = at(component, "section") {
                self.section(inner, &place, results);
            }
        }
    }

    /// What is inside an entry, an act, or an organizer.
    fn statements(&self, parent: Xml<'a, '_>, place: &Place, results: &mut Vec<LabResult>) {
        let mut place = place.clone();
        for child in parent.children().filter(Xml::is_element) {
            if results.len() >= MOST {
                return;
            }
            match child.tag_name().name() {
                "component" | "entryRelationship" => {
                    // A sample is said before what was found in it.
                    if let Some(procedure) = at(child, "procedure") {
                        self.sample(procedure, &mut place);
                    }
                    self.statements(child, &place, results);
                }
                "act" => self.statements(child, &place, results),
                "organizer" => {
                    let isolate = at(child, "specimen/specimenRole/specimenPlayingEntity/code");
                    let name = isolate.or_else(|| at(child, "code"));
                    let name = name.and_then(|code| self.label(code));
                    self.statements(child, &place.within(name), results);
                }
                "observation" if is_result(child) => {
                    results.push(self.result(child, &place));
                }
                _ => {}
            }
        }
    }

    fn sample(&self, procedure: Xml<'a, '_>, place: &mut Place) {
        let sampled = at(procedure, "effectiveTime");
        let sampled = sampled.and_then(|time| {
            let alone = attribute(time, "value").map(PointInTime::new);
            time_at(time, "high")
                .or_else(|| time_at(time, "low"))
                .or(alone)
        });
        let specimen = children(procedure, "participant")
            .filter_map(|participant| at(participant, "participantRole/playingEntity/code"))
            .find_map(|code| self.label(code));
        place.sampled = sampled.or(place.sampled.take());
        place.specimen = specimen.or(place.specimen.take());
    }

    fn result(&self, observation: Xml<'a, '_>, place: &Place) -> LabResult {
        let coded = at(observation, "code");
        let code = coded.and_then(code);
        let label = code.as_ref().and_then(|code| code.display.as_deref());
        let (short, examined) = label.map_or(("", None), of_loinc_label);
        let value = self.value(observation);
        let own_words = coded.and_then(|node| self.reference(node));
        // Some point at the result where its name was meant.
        let own_words = own_words.filter(|name| !value.says(name));
        let name = own_words.unwrap_or_else(|| match (short, &code) {
            ("", Some(code)) => code.code.clone(),
            ("", None) => "Analyse sans nom".to_owned(),
            (short, _) => shortened(short),
        });
        let interpretations = children(observation, "interpretationCode")
            .filter_map(|node| Interpretation::of_code(&attribute(node, "code")?));
        let ranges = children(observation, "referenceRange")
            .filter_map(|range| at(range, "observationRange/value"))
            .filter_map(interval);
        let time = time_at(observation, "effectiveTime").or_else(|| {
            let when = at(observation, "effectiveTime")?;
            attribute(when, "value").map(PointInTime::new)
        });
        LabResult {
            chapter: place.chapter.clone(),
            group: place.group.clone(),
            name: value.without_unit(name),
            value,
            interpretation: { interpretations }.next(),
            range: { ranges }.next(),
            time: time.or_else(|| place.sampled.clone()),
            specimen: place.specimen.clone().or_else(|| examined.map(shortened)),
            comment: self.comment(observation),
            earlier: self.earlier(observation),
            code,
        }
    }

    fn earlier(&self, observation: Xml<'a, '_>) -> Vec<Earlier> {
        children(observation, "entryRelationship")
            .filter(|related| related.attribute("typeCode") == Some("REFR"))
            .filter_map(|related| at(related, "observation"))
            .take(MOST_EARLIER)
            .map(|older| Earlier {
                time: at(older, "effectiveTime")
                    .and_then(|time| attribute(time, "value"))
                    .map(PointInTime::new),
                value: self.value(older),
            })
            .collect()
    }

    fn comment(&self, observation: Xml<'a, '_>) -> Option<String> {
        children(observation, "entryRelationship")
            .filter_map(|related| at(related, "act"))
            .filter(|act| {
                let code = at(*act, "code").and_then(|code| code.attribute("code"));
                code == Some(COMMENT)
            })
            .find_map(|act| {
                let text = at(act, "text")?;
                self.referenced(text).or_else(|| words(text))
            })
    }

    fn value(&self, observation: Xml<'a, '_>) -> LabValue {
        let Some(value) = at(observation, "value") else {
            return LabValue::Absent;
        };
        let kind = value.attribute((XSI, "type")).unwrap_or_default();
        let kind = kind.rsplit(':').next().unwrap_or_default();
        let found = match kind {
            "PQ" | "INT" | "REAL" => quantity(value).map(LabValue::Quantity),
            "IVL_PQ" | "IVL_INT" | "IVL_REAL" => interval(value).map(LabValue::Interval),
            "BL" => match value.attribute("value") {
                Some("true") => Some(LabValue::Words("oui".to_owned())),
                Some("false") => Some(LabValue::Words("non".to_owned())),
                _ => None,
            },
            _ => None,
        };
        let said = || {
            let text = self.label(value).or_else(|| self.referenced(value));
            text.or_else(|| words(value)).map(LabValue::Words)
        };
        found.or_else(said).unwrap_or_default()
    }

    /// The words of a coded thing: those of the narrative it points at, else
    /// its own, else those of a translation.
    pub(super) fn label(&self, node: Xml<'a, '_>) -> Option<String> {
        let translated = || children(node, "translation").find_map(code_label);
        self.reference(node)
            .or_else(|| code_label(node))
            .or_else(translated)
            .map(|label| shortened(&label))
    }

    /// `originalText`: the narrative that it points at, or its own words.
    fn reference(&self, node: Xml<'a, '_>) -> Option<String> {
        let original = at(node, "originalText")?;
        self.referenced(original).or_else(|| words(original))
    }

    fn referenced(&self, node: Xml<'a, '_>) -> Option<String> {
        let name = at(node, "reference")?.attribute("value")?;
        let name = name.strip_prefix('#').unwrap_or(name);
        words(*self.texts.get(name)?)
    }
}

impl LabValue {
    fn says(&self, words: &str) -> bool {
        match self {
            LabValue::Words(said) => said == words,
            LabValue::Quantity(quantity) => quantity.number == words,
            LabValue::Interval(_) | LabValue::Absent => false,
        }
    }

    /// « Albumine (g/L) » is a name with a unit that is said beside it.
    fn without_unit(&self, name: String) -> String {
        let LabValue::Quantity(quantity) = self else {
            return name;
        };
        let unit = format!("({})", quantity.unit);
        match name.strip_suffix(unit.as_str()) {
            Some(short) if !short.trim().is_empty() => short.trim().to_owned(),
            _ => name,
        }
    }
}

fn is_result(node: Xml<'_, '_>) -> bool {
    node.has_tag_name((V3, "observation"))
        && children(node, "templateId").any(|id| {
            id.attribute("root")
                .is_some_and(|root| MODELS.contains(&root))
        })
}

/// Pieces of narratives that have an `ID`.
fn texts<'a, 'i>(body: Xml<'a, 'i>) -> HashMap<&'a str, Xml<'a, 'i>> {
    let identified = body
        .descendants()
        .filter_map(|node| Some((node.attribute("ID")?, node)));
    let mut texts = HashMap::new();
    for (id, node) in identified {
        texts.entry(id).or_insert(node);
    }
    texts
}

fn code_label(node: Xml<'_, '_>) -> Option<String> {
    let Code { code, display, .. } = code(node)?;
    Some(display.unwrap_or(code))
}

fn quantity(node: Xml<'_, '_>) -> Option<Quantity> {
    let unit = node.attribute("unit").filter(|unit| *unit != "1");
    let mut quantity = Quantity::new(node.attribute("value")?, unit.unwrap_or_default())?;
    let translated = children(node, "translation").take(4);
    quantity.also = translated
        .filter_map(|also| {
            let unit = also.attribute("code").or_else(|| also.attribute("unit"))?;
            Quantity::new(also.attribute("value")?, unit)
        })
        .map(|also| (also.number, also.unit))
        .collect();
    Some(quantity)
}

fn interval(node: Xml<'_, '_>) -> Option<Interval> {
    let included = |bound: Option<Xml<'_, '_>>| {
        bound.and_then(|bound| bound.attribute("inclusive")) != Some("false")
    };
    let (low, high) = (at(node, "low"), at(node, "high"));
    let interval = Interval {
        low: low.and_then(quantity),
        low_included: included(low),
        high: high.and_then(quantity),
        high_included: included(high),
    };
    (interval.low.is_some() || interval.high.is_some()).then_some(interval)
}

/// The text inside on one line, no longer than is useful: a file may point at
/// a long text thousands of times.
fn words(node: Xml<'_, '_>) -> Option<String> {
    let mut text = String::new();
    let pieces = node.descendants().filter(Xml::is_text);
    for piece in pieces.filter_map(|piece| piece.text()).take(LONGEST) {
        text.extend(piece.chars().take(LONGEST));
        if text.len() > 4 * LONGEST {
            break;
        }
    }
    let text = super::xml::collapse(&text);
    Some(shortened(&text)).filter(|text| !text.is_empty())
}

pub(super) fn shortened(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn same_words(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
