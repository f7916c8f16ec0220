//! The coded entries of the sections that a doctor looks at first: problems, allergies,
//! treatments, vaccinations (CI-SIS, from IHE PCC).

use super::lab::{Reader, shortened};
use super::xml::{V3, Xml, at, attribute, children, code, collapse, text_at, time_at};
use crate::{FactKind, HealthFact, PointInTime};

/// Sections and what their entries are about; what stands in the history is over.
const SECTIONS: [(&str, FactKind, bool); 7] = [
    ("11450-4", FactKind::Problem, false),
    ("11348-0", FactKind::Problem, true),
    ("48765-2", FactKind::Allergy, false),
    ("10160-0", FactKind::Treatment, false),
    // Treatments when a person leaves a hospital; a prescription.
    ("10183-2", FactKind::Treatment, false),
    ("57828-6", FactKind::Treatment, false),
    ("11369-6", FactKind::Vaccination, false),
];

/// Clinical status of a problem or an allergy.
const STATUS: &str = "33999-4";
/// Codes of that status for what is over.
const OVER: [&str; 4] = ["inactive", "resolved", "remission", "completed"];

/// Most facts of one document.
const MOST: usize = 500;

/// All facts of a body, in its order.
pub(super) fn read<'a>(body: Xml<'a, '_>) -> Vec<HealthFact> {
    let reader = Reader::of(body);
    let sections = body
        .descendants()
        .filter(|node| node.has_tag_name((V3, "section")));
    let mut facts = Vec::new();
    for section in sections {
        let named = at(section, "code").and_then(|code| code.attribute("code"));
        let known = SECTIONS
            .iter()
            .find(|(section, ..)| Some(*section) == named);
        let Some((_, kind, past)) = known else {
            continue;
        };
        for entry in children(section, "entry") {
            let found = match kind {
                FactKind::Problem | FactKind::Allergy => concern(&reader, entry, *kind, *past),
                FactKind::Treatment | FactKind::Vaccination => {
                    let given = at(entry, "substanceAdministration");
                    given
                        .and_then(|given| administration(&reader, given, *kind))
                        .into_iter()
                        .collect()
                }
            };
            facts.extend(found);
            if facts.len() >= MOST {
                facts.truncate(MOST);
                return facts;
            }
        }
    }
    facts
}

/// The observations of a concern (an act), or one that stands alone.
fn concern<'a>(
    reader: &Reader<'a, '_>,
    entry: Xml<'a, '_>,
    kind: FactKind,
    past: bool,
) -> Vec<HealthFact> {
    let act = at(entry, "act");
    let observed = act.into_iter().flat_map(|act| {
        children(act, "entryRelationship").filter_map(|related| at(related, "observation"))
    });
    let alone = at(entry, "observation");
    let ended = act
        .and_then(|act| at(act, "statusCode"))
        .and_then(|status| status.attribute("code"))
        .is_some_and(|status| matches!(status, "completed" | "aborted"));
    observed
        .chain(alone)
        .filter_map(|observation| observed_fact(reader, observation, kind, past || ended))
        .collect()
}

fn observed_fact<'a>(
    reader: &Reader<'a, '_>,
    observation: Xml<'a, '_>,
    kind: FactKind,
    past: bool,
) -> Option<HealthFact> {
    let agent = at(observation, "participant/participantRole/playingEntity");
    let named = |agent: Xml<'a, '_>| {
        let coded = at(agent, "code");
        let words = coded.and_then(|coded| reader.label(coded));
        let words = words.or_else(|| text_at(agent, "name"));
        Some((words?, coded.and_then(code)))
    };
    let valued = || {
        let value = at(observation, "value")?;
        Some((reader.label(value)?, code(value)))
    };
    // « Aucune allergie connue » is a code of its own, without an agent.
    let coded = || {
        let coded = at(observation, "code")?;
        Some((reader.label(coded)?, code(coded)))
    };
    let found = match kind {
        FactKind::Allergy => agent.and_then(named).or_else(valued).or_else(coded),
        _ => valued(),
    };
    let (words, code) = found?;
    let (since, until) = super::xml::interval(observation);
    let status = related(observation, |inner| {
        let code = at(inner, "code").and_then(|code| code.attribute("code"));
        code == Some(STATUS)
    });
    let status = status.and_then(|status| at(status, "value")?.attribute("code"));
    let shown = || {
        let mut manifestations = children(observation, "entryRelationship");
        let how = manifestations.find(|one| one.attribute("typeCode") == Some("MFST"))?;
        reader.label(at(how, "observation/value")?)
    };
    Some(HealthFact {
        kind,
        code,
        words: shortened(&words),
        detail: match kind {
            FactKind::Allergy => shown(),
            _ => None,
        },
        since,
        over: match status {
            Some(status) => OVER.contains(&status),
            None => past || until.is_some(),
        },
        until,
        negated: is_negated(observation),
    })
}

/// A medicine or a vaccine.
fn administration<'a>(
    reader: &Reader<'a, '_>,
    given: Xml<'a, '_>,
    kind: FactKind,
) -> Option<HealthFact> {
    let product = at(given, "consumable/manufacturedProduct/manufacturedMaterial")?;
    let coded = at(product, "code");
    let name = || text_at(product, "name");
    let label = || reader.label(coded?);
    // A medicine's name is short, its label says the form and the box; a vaccine's says against what.
    let words = match kind {
        FactKind::Vaccination => label().or_else(name),
        _ => name().or_else(label),
    }?;
    let times = || children(given, "effectiveTime");
    let bounds = times().find(|time| at(*time, "low").is_some() || at(*time, "high").is_some());
    let once = || {
        let mut values = times().filter_map(|time| attribute(time, "value"));
        values.next().map(PointInTime::new)
    };
    let reason = || {
        let mut reasons = children(given, "entryRelationship");
        let why = reasons.find(|one| one.attribute("typeCode") == Some("RSON"))?;
        let inner = at(why, "act").or_else(|| at(why, "observation"))?;
        reader.label(at(inner, "code")?)
    };
    Some(HealthFact {
        kind,
        code: coded.and_then(code),
        words: shortened(&collapse(&words)),
        detail: match kind {
            FactKind::Vaccination => text_at(product, "lotNumberText"),
            _ => reason(),
        },
        since: bounds.and_then(|time| time_at(time, "low")).or_else(once),
        until: bounds.and_then(|time| time_at(time, "high")),
        over: false,
        negated: is_negated(given),
    })
}

/// The first observation inside that is so.
fn related<'a, 'i: 'a>(
    observation: Xml<'a, 'i>,
    is: impl Fn(Xml<'a, 'i>) -> bool,
) -> Option<Xml<'a, 'i>> {
    children(observation, "entryRelationship")
        .filter_map(|inner| at(inner, "observation"))
        .find(|inner| is(*inner))
}

fn is_negated(node: Xml<'_, '_>) -> bool {
    node.attribute("negationInd") == Some("true")
}
