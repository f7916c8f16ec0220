//! Coded vital signs: weight, height… as CI-SIS and IHE PCC write them.

use super::xml::{V3, Xml, at, attribute, children, code, time_at};
use crate::lab::{Quantity, VitalSign};

/// Models of a vital sign that was observed: IHE PCC, then CI-SIS.
const MODELS: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.4.13.2", "1.2.250.1.213.1.1.3.50"];

/// Most of one document.
const MOST: usize = 500;

/// All vital signs of a body that are numbers, in its order; those of somebody else than the
/// patient (a child in its mother's record, a relative) are not.
pub(super) fn read(body: Xml<'_, '_>) -> Vec<VitalSign> {
    let observed = body.descendants().filter(is_vital_sign);
    observed.filter_map(sign).take(MOST).collect()
}

fn is_vital_sign(node: &Xml<'_, '_>) -> bool {
    let of_model = |id: Xml<'_, '_>| {
        id.attribute("root")
            .is_some_and(|root| MODELS.contains(&root))
    };
    node.has_tag_name((V3, "observation"))
        && node.attribute("moodCode") == Some("EVN")
        && node.attribute("negationInd") != Some("true")
        && children(*node, "templateId").any(of_model)
        && !node.ancestors().any(|above| at(above, "subject").is_some())
}

fn sign(node: Xml<'_, '_>) -> Option<VitalSign> {
    let value = at(node, "value")?;
    let unit = attribute(value, "unit").unwrap_or_default();
    let time = |node| time_at(node, "effectiveTime").or_else(|| time_at(node, "effectiveTime/low"));
    let around = || {
        let all = node.ancestors().skip(1);
        all.take_while(|above| !above.has_tag_name((V3, "section")))
            .find_map(time)
    };
    Some(VitalSign {
        code: code(at(node, "code")?)?,
        value: Quantity::new(&attribute(value, "value")?, &unit)?,
        time: time(node).or_else(around),
    })
}

#[cfg(test)]
mod tests {
    use crate::read_vital_signs;

    fn document(inside: &str) -> String {
        format!(
            r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><structuredBody><component><section><entry>{inside}</entry></section></component></structuredBody></component></ClinicalDocument>"#
        )
    }

    fn weight(more: &str) -> String {
        format!(
            r#"<organizer classCode="CLUSTER" moodCode="EVN"><effectiveTime value="20260502"/><component><observation classCode="OBS" moodCode="EVN"><templateId root="1.2.250.1.213.1.1.3.50"/><code code="29463-7" codeSystem="2.16.840.1.113883.6.1"/>{more}</observation></component></organizer>"#
        )
    }

    #[test]
    fn a_vital_sign_has_its_own_time_or_that_of_its_group() {
        let read =
            |more: &str| read_vital_signs(document(&weight(more)).as_bytes()).expect("reads");
        let value = r#"<value xsi:type="PQ" value="3900" unit="g"/>"#;
        let found = read(value);
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!((one.value.value(), one.value.unit.as_str()), (3_900.0, "g"));
        assert_eq!(one.code.loinc(), Some("29463-7"));
        let day = |signs: &[crate::VitalSign]| {
            signs[0].time.as_ref().map(|time| time.as_str().to_owned())
        };
        assert_eq!(day(&read(value)).as_deref(), Some("20260502"));
        let own = read(&format!(r#"<effectiveTime value="20260601"/>{value}"#));
        assert_eq!(day(&own).as_deref(), Some("20260601"));
        let unknown = read(&format!(r#"<effectiveTime nullFlavor="NASK"/>{value}"#));
        assert_eq!(day(&unknown).as_deref(), Some("20260502"));
        assert!(read(r#"<value nullFlavor="UNK"/>"#).is_empty());
    }

    #[test]
    fn what_is_said_of_somebody_else_is_not_the_patients() {
        let value = r#"<value xsi:type="PQ" value="3900" unit="g"/>"#;
        let child = weight(&format!("{value}<subject/>"));
        let read = |inside: &str| read_vital_signs(document(inside).as_bytes()).expect("reads");
        assert!(read(&child).is_empty());
        let group = weight(value).replace("<component>", "<subject/><component>");
        assert!(read(&group).is_empty());
    }
}
