//! In which of their practice situations a professional reads.

use access::Situation;
use oauth::answer::{ErrorCode, OAuthError};
use practice::{situation_key, situation_line};
use serde_json::{Value, json};

use crate::token::Refusal;

/// The one that is meant: by its name ([`situation_key`]) or its place, or the only one there is.
///
/// # Errors
/// When that is none, or several: with the names to choose from.
pub(super) fn choose(all: Vec<Situation>, asked: Option<&str>) -> Result<Situation, Refusal> {
    let is = |one: &Situation| match asked {
        None => true,
        Some(asked) => situation_key(one) == asked || one.facility_id.as_deref() == Some(asked),
    };
    let mut meant: Vec<&Situation> = all.iter().filter(|one| is(one)).collect();
    // The directory may say the same thing twice.
    meant.dedup_by_key(|one| situation_key(one));
    match meant.as_slice() {
        [one] => Ok(Situation::clone(one)),
        [] => Err(refused(
            &all,
            "the professional has no such practice situation",
        )),
        _ => Err(refused(
            &all,
            "several practice situations: name one of « situations » in the parameter « situation »",
        )),
    }
}

fn refused(all: &[Situation], why: &'static str) -> Refusal {
    let names: Vec<Value> = all
        .iter()
        .map(|one| json!({"situation": situation_key(one), "label": situation_line(one)}))
        .collect();
    let error = OAuthError::new(ErrorCode::InvalidRequest, why);
    Refusal::with(error, "situations", names.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(facility: &str, specialty: Option<&str>) -> Situation {
        Situation {
            national_id: "899900000017".to_owned(),
            name: "Dr Anne Lebrun".to_owned(),
            profession: "10".to_owned(),
            profession_label: "Médecin".to_owned(),
            specialty: None,
            specialty_code: specialty.map(str::to_owned),
            facility_id: Some(facility.to_owned()),
            facility: String::new(),
            sector: None,
            software: None,
        }
    }

    #[test]
    fn one_is_meant_or_the_answer_says_how_to_choose() {
        let all = || vec![at("1990000001", Some("SM04")), at("398765432100011", None)];
        let key = |asked| choose(all(), asked).map(|one| situation_key(&one)).ok();
        assert_eq!(
            key(Some("1990000001")).as_deref(),
            Some("10|SM04|1990000001")
        );
        assert_eq!(
            key(Some("10||398765432100011")).as_deref(),
            Some("10||398765432100011")
        );
        assert_eq!(
            (key(None), key(Some("10")), key(Some(""))),
            (None, None, None)
        );
        let only = choose(vec![at("1990000001", None)], None);
        assert_eq!(
            only.expect("the only one").facility_id.as_deref(),
            Some("1990000001")
        );
        // At one place in two capacities, and the same said twice.
        let both = vec![at("1990000001", None), at("1990000001", Some("SM04"))];
        assert!(choose(both, Some("1990000001")).is_err());
        let twice = vec![at("1990000001", None), at("1990000001", None)];
        assert!(choose(twice, None).is_ok());
        let told = format!("{:?}", choose(all(), None).expect_err("several"));
        assert!(
            told.contains("10|SM04|1990000001") && told.contains("« situation »"),
            "{told}"
        );
    }
}
