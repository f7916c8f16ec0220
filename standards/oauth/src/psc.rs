//! What Pro Santé Connect says about a professional: the claims of its userinfo.
//!
//! One professional has several *exercices* (a profession, a speciality) and in
//! each several *activités* (a place, a role). Each pair is a [`Situation`], and
//! the person chooses one at sign-in: it gives author, role and facility to all
//! that they do. Codes are those of the national directory (nomenclatures of the
//! ANS, such as TRE-G15 for professions), kept as received.
//!
//! Everything but the national identifier may be missing; a member of a wrong
//! type counts as missing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A professional, as Pro Santé Connect knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Professional {
    /// Their name at the provider (opaque). The test data lacks it, the service never does.
    pub subject: Option<String>,
    /// National identifier (*IdNat_PS*): a digit for the scheme, then the number; see [`Self::rpps`].
    pub national_id: String,
    /// Family name in the civil register.
    pub family_name: Option<String>,
    /// Given name in the civil register.
    pub given_name: Option<String>,
    /// Civility, such as `M` or `MME`.
    pub civility: Option<String>,
    /// How they authenticated, such as `APPPRIP3` (e-CPS) — without the OID.
    pub level: Option<String>,
    /// Whether they regulate emergency calls (`Acces_Regulation_Medicale`); unknown is no.
    pub medical_regulation: bool,
    /// What they may choose to act as; empty when the directory gives no profession.
    pub situations: Vec<Situation>,
}

/// One *situation d'exercice*: as what, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// Profession, such as `10` (physician).
    pub profession_code: Option<String>,
    /// Category: `C` civil, `M` military, `E` student.
    pub category: Option<String>,
    /// Civility in practice, such as `DR`.
    pub civility: Option<String>,
    /// Family name in practice.
    pub family_name: Option<String>,
    /// Given name in practice.
    pub given_name: Option<String>,
    /// Kind of know-how: `S` speciality, `C` competence, `CEX` exclusive competence…
    pub specialty_type: Option<String>,
    /// Speciality or competence, such as `SM54`.
    pub specialty_code: Option<String>,
    /// Mode: `L` self-employed, `S` employed, `B` volunteer.
    pub mode: Option<String>,
    /// Sector of activity, such as `SA07`.
    pub sector: Option<String>,
    /// Role in the facility.
    pub role: Option<String>,
    /// Kind of activity, such as `GENR01`.
    pub activity_kind: Option<String>,
    /// A pharmacist's section in their order, such as `A`.
    pub pharmacist_section: Option<String>,
    /// The facility's identifier, the most official of those given.
    pub facility_id: Option<FacilityId>,
    /// The facility's name: corporate, else trading.
    pub facility_name: Option<String>,
    /// The facility's post office or town, as written.
    pub city: Option<String>,
    /// The facility's postal code.
    pub postal_code: Option<String>,
}

/// What names a facility, and in which scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityId {
    /// Who gives such names.
    pub scheme: FacilityScheme,
    /// The name itself.
    pub value: String,
}

/// Schemes of facility identifiers, the most official first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityScheme {
    /// FINESS number of the site.
    Finess,
    /// SIRET number of the site.
    Siret,
    /// The directory's own technical identifier.
    Technical,
}

/// The userinfo names nobody: neither `SubjectNameID` nor `otherIds`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the userinfo holds no national identifier")]
pub struct NoNationalId;

/// More situations than anybody has.
const MAX_SITUATIONS: usize = 200;

impl Professional {
    /// Reads the claims of a userinfo.
    ///
    /// # Errors
    /// [`NoNationalId`]: without it, a professional cannot be told from another.
    pub fn from_userinfo(claims: &Value) -> Result<Self, NoNationalId> {
        let profile = &claims["SubjectRefPro"];
        Ok(Self {
            subject: text(claims, "sub"),
            national_id: text(claims, "SubjectNameID")
                .or_else(|| other_id(claims))
                .ok_or(NoNationalId)?,
            family_name: text(claims, "family_name"),
            given_name: text(claims, "given_name"),
            civility: text(profile, "codeCivilite"),
            level: code(claims, "Palier_Authentification"),
            medical_regulation: text(claims, "Acces_Regulation_Medicale")
                .is_some_and(|word| word == "VRAI"),
            situations: situations(claims, profile),
        })
    }

    /// The RPPS number (11 digits), when the national identifier holds one (scheme digit 8).
    pub fn rpps(&self) -> Option<&str> {
        let number = self.national_id.strip_prefix('8')?;
        (number.len() == 11 && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
    }
}

fn situations(claims: &Value, profile: &Value) -> Vec<Situation> {
    let mut situations: Vec<_> = items(profile, "exercices")
        .flat_map(of_exercise)
        .take(MAX_SITUATIONS)
        .collect();
    if situations.is_empty() {
        // No reference profile at all: the flat claims tell at least the professions.
        situations = items(claims, "SubjectRole")
            .filter_map(|role| before_caret(role.as_str()?))
            .map(|profession| Situation {
                profession_code: Some(profession),
                ..Situation::default()
            })
            .take(MAX_SITUATIONS)
            .collect();
    }
    // The flat claims describe one place: they may complete a single situation, never one of several.
    if let [only] = situations.as_mut_slice() {
        only.sector = only
            .sector
            .take()
            .or_else(|| code(claims, "Secteur_Activite"));
        only.facility_name = only
            .facility_name
            .take()
            .or_else(|| text(claims, "SubjectOrganization"));
    }
    situations
}

/// One situation for each activity; an exercise without activities is one by itself.
fn of_exercise(exercise: &Value) -> Vec<Situation> {
    let common = Situation {
        profession_code: text(exercise, "codeProfession"),
        category: text(exercise, "codeCategorieProfessionnelle"),
        civility: text(exercise, "codeCiviliteDexercice"),
        family_name: text(exercise, "nomDexercice"),
        given_name: text(exercise, "prenomDexercice"),
        specialty_type: text(exercise, "codeTypeSavoirFaire"),
        specialty_code: text(exercise, "codeSavoirFaire"),
        ..Situation::default()
    };
    let places: Vec<_> = items(exercise, "activities")
        .filter(|activity| activity.is_object())
        .map(|activity| Situation {
            mode: text(activity, "codeModeExercice"),
            sector: text(activity, "codeSecteurDactivite"),
            role: text(activity, "codeRole"),
            activity_kind: text(activity, "codeGenreActivite"),
            pharmacist_section: text(activity, "codeSectionPharmacien"),
            facility_id: facility_id(activity),
            facility_name: text(activity, "raisonSocialeSite")
                .or_else(|| text(activity, "enseigneCommercialeSite")),
            city: text(activity, "bureauCedex"),
            postal_code: text(activity, "codePostal"),
            ..common.clone()
        })
        .collect();
    match places.is_empty() {
        false => places,
        true if common == Situation::default() => Vec::new(),
        true => vec![common],
    }
}

fn facility_id(activity: &Value) -> Option<FacilityId> {
    [
        (FacilityScheme::Finess, "numeroFinessSite"),
        (FacilityScheme::Siret, "numeroSiretSite"),
        (
            FacilityScheme::Technical,
            "identifiantTechniqueDeLaStructure",
        ),
    ]
    .into_iter()
    .find_map(|(scheme, name)| {
        Some(FacilityId {
            scheme,
            value: text(activity, name)?,
        })
    })
}

/// The first of `otherIds`, an RPPS number before any other.
fn other_id(claims: &Value) -> Option<String> {
    let ids = || {
        items(claims, "otherIds")
            .filter_map(|id| Some((text(id, "origine"), text(id, "identifiant")?)))
    };
    ids()
        .find(|(origin, _)| origin.as_deref() == Some("RPPS"))
        .or_else(|| ids().next())
        .map(|(_, id)| id)
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// A text member, trimmed; an empty one is missing.
fn text(value: &Value, name: &str) -> Option<String> {
    value
        .get(name)?
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A member of the form `code^OID`: its code.
fn code(value: &Value, name: &str) -> Option<String> {
    before_caret(&text(value, name)?)
}

fn before_caret(text: &str) -> Option<String> {
    text.split('^')
        .next()
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fixture() -> Value {
        json!({
            "sub": "f:0:1", "SubjectNameID": "810000000018",
            "family_name": "MARTIN", "given_name": "Claire",
            "Palier_Authentification": "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
            "Acces_Regulation_Medicale": "VRAI",
            "Secteur_Activite": "SA01^1.2.250.1.71.4.2.4", "SubjectOrganization": "NOT USED",
            "SubjectRefPro": { "codeCivilite": "MME", "exercices": [
                { "codeProfession": "10", "codeCategorieProfessionnelle": "C",
                  "codeTypeSavoirFaire": "S", "codeSavoirFaire": "SM26", "nomDexercice": "MARTIN-DUPUIS",
                  "activities": [
                    { "codeModeExercice": "S", "codeSecteurDactivite": "SA01", "codeRole": "R1",
                      "numeroFinessSite": "010000024", "numeroSiretSite": "12345678900011",
                      "raisonSocialeSite": "HOPITAL", "codePostal": "01000", "bureauCedex": "BOURG" },
                    { "codeModeExercice": "L", "numeroSiretSite": "98765432100011",
                      "raisonSocialeSite": "", "enseigneCommercialeSite": "CABINET" },
                    { "identifiantTechniqueDeLaStructure": "R10000000000001" } ] },
                { "codeProfession": "21", "activities": [{ "codeSectionPharmacien": "A" }] } ] }
        })
    }

    #[test]
    fn every_activity_is_a_situation() {
        let professional = Professional::from_userinfo(&fixture()).expect("named");
        assert_eq!(professional.rpps(), Some("10000000018"));
        assert_eq!(professional.level.as_deref(), Some("APPPRIP3"));
        assert!(professional.medical_regulation);
        let [hospital, practice, technical, pharmacy] = professional.situations.as_slice() else {
            panic!("four situations, not {:?}", professional.situations)
        };
        assert_eq!(
            hospital.facility_id,
            Some(FacilityId {
                scheme: FacilityScheme::Finess,
                value: "010000024".into()
            })
        );
        assert_eq!(hospital.family_name.as_deref(), Some("MARTIN-DUPUIS"));
        assert_eq!(hospital.city.as_deref(), Some("BOURG"));
        assert_eq!(practice.facility_name.as_deref(), Some("CABINET"));
        assert_eq!(
            practice.facility_id.as_ref().map(|id| id.scheme),
            Some(FacilityScheme::Siret)
        );
        assert_eq!(
            practice.sector, None,
            "the flat sector belongs to nobody knows which place"
        );
        assert_eq!(
            technical.facility_id.as_ref().map(|id| id.scheme),
            Some(FacilityScheme::Technical)
        );
        assert_eq!(pharmacy.pharmacist_section.as_deref(), Some("A"));
        assert_eq!(pharmacy.profession_code.as_deref(), Some("21"));
    }

    #[test]
    fn without_a_profile_the_flat_claims_serve() {
        let professional = Professional::from_userinfo(&json!({
            "otherIds": [{"identifiant": "X", "origine": "EDIT"}, {"identifiant": "810000000018", "origine": "RPPS"}],
            "SubjectRole": ["10^1.2.250.1.213.1.1.5.5"], "Secteur_Activite": "SA07^x", "SubjectOrganization": "CABINET",
        }))
        .expect("named");
        assert_eq!(professional.national_id, "810000000018");
        assert!(!professional.medical_regulation);
        let [only] = professional.situations.as_slice() else {
            panic!("one situation")
        };
        assert_eq!(only.profession_code.as_deref(), Some("10"));
        assert_eq!(only.sector.as_deref(), Some("SA07"));
        assert_eq!(only.facility_name.as_deref(), Some("CABINET"));
    }

    #[test]
    fn nobody_is_refused_and_wrong_types_are_missing() {
        assert_eq!(
            Professional::from_userinfo(&json!({"SubjectNameID": " "})),
            Err(NoNationalId)
        );
        assert_eq!(Professional::from_userinfo(&json!([])), Err(NoNationalId));
        let odd = json!({"SubjectNameID": "é8", "SubjectRefPro": {"exercices": [1, null, {"activities": {}}]}});
        let professional = Professional::from_userinfo(&odd).expect("named");
        assert!(professional.situations.is_empty());
        assert_eq!(professional.rpps(), None);
    }

    #[test]
    fn the_published_samples_are_read() {
        let sample = |name: &str| {
            let folder = concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/reference/psc/"
            );
            let text = std::fs::read_to_string(format!("{folder}{name}")).ok()?;
            Some(
                Professional::from_userinfo(&serde_json::from_str(&text).expect("JSON"))
                    .expect("named"),
            )
        };
        let (Some(several), Some(minimal)) = (
            sample("userinfo-medecin-multi-activites.json"),
            sample("userinfo-minimal.json"),
        ) else {
            return println!("skipped: the reference samples are not here");
        };
        assert_eq!(several.situations.len(), 5);
        assert!(
            several
                .situations
                .iter()
                .all(|s| s.specialty_code.as_deref() == Some("SM54"))
        );
        assert_eq!(
            several
                .situations
                .iter()
                .filter(|s| s.facility_id.is_some())
                .count(),
            2
        );
        assert!(!several.medical_regulation);
        assert_eq!(several.rpps(), None, "a test identity");
        assert_eq!(minimal.situations.len(), 1);
        assert_eq!(minimal.situations[0].sector.as_deref(), Some("SA07"));
        assert!(minimal.rpps().is_some());
        assert_eq!(minimal.subject, None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(name in "[A-Za-z^0-9é ]{0,14}", number in 0_i64..9, which in 0_usize..6) {
            let odd = [json!(name), json!(number), json!([name]), json!({"exercices": name}), json!(null), json!([{}])];
            let members = ["SubjectNameID", "SubjectRefPro", "SubjectRole", "otherIds", "Palier_Authentification"];
            for member in members {
                let mut claims = fixture();
                claims[member] = odd[which].clone();
                let _ = Professional::from_userinfo(&claims);
            }
            let mut claims = fixture();
            claims["SubjectRefPro"]["exercices"][0]["activities"] = odd[which].clone();
            let professional = Professional::from_userinfo(&claims).expect("named");
            let _ = professional.rpps();
        }
    }
}
