//! What Pro Santé Connect would say of a fictional professional.

use serde_json::{Value, json};

use crate::professional::{POST_CODE, Professional, Situation, TOWN};

/// The userinfo of a professional, in the shape of Pro Santé Connect: one
/// exercise, with an activity for each place where they work.
pub fn userinfo(professional: &Professional) -> Value {
    let usual = &professional.situations[0];
    let regulates = usual.facility.is_call_centre();
    let activities: Vec<Value> = professional
        .situations
        .iter()
        .map(|s| activity(professional, s))
        .collect();
    json!({
        "sub": format!("f:00000000-0000-4000-8000-{:0>12}:{}", professional.rpps, professional.national_id()),
        "SubjectNameID": professional.national_id(),
        "preferred_username": professional.national_id(),
        "given_name": professional.given,
        "family_name": professional.family,
        "email_verified": false,
        "SubjectRole": [format!("{}^1.2.250.1.213.1.1.5.5", professional.profession)],
        "SubjectOrganization": usual.facility.name,
        "SubjectOrganizationID": usual.facility.national_id(),
        "Secteur_Activite": format!("{}^1.2.250.1.71.4.2.4", usual.facility.sector),
        "Palier_Authentification": "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
        "Mode_Acces_Raison": "",
        "Acces_Regulation_Medicale": if regulates { "VRAI" } else { "FAUX" },
        "UITVersion": "1.0",
        "PSI_Locale": "1.2.250.1.213.1.3.1.1",
        "otherIds": [{"identifiant": professional.national_id(), "origine": "RPPS", "qualite": 1}],
        "SubjectRefPro": {
            "codeCivilite": professional.civility,
            "exercices": [{
                "codeProfession": professional.profession,
                "codeCategorieProfessionnelle": "C",
                "codeCiviliteDexercice": professional.title.unwrap_or(professional.civility),
                "nomDexercice": professional.family,
                "prenomDexercice": professional.given,
                "codeTypeSavoirFaire": if professional.specialty.is_some() { "S" } else { "" },
                "codeSavoirFaire": professional.specialty.map_or("", |specialty| specialty.code),
                "activities": activities,
            }],
        },
    })
}

fn activity(professional: &Professional, situation: &Situation) -> Value {
    let facility = &situation.facility;
    let (number, street) = facility
        .street
        .split_once(' ')
        .unwrap_or(("", facility.street));
    json!({
        "codeModeExercice": situation.mode,
        "codeSecteurDactivite": facility.sector,
        "codeSectionPharmacien": if professional.profession == "21" { "A" } else { "" },
        "codeRole": "",
        "codeGenreActivite": "GENR01",
        "numeroSiretSite": "",
        "numeroFinessSite": facility.finess,
        "identifiantTechniqueDeLaStructure": facility.national_id(),
        "raisonSocialeSite": facility.name,
        "enseigneCommercialeSite": "",
        "numeroVoie": number,
        "libelleVoie": street,
        "bureauCedex": TOWN,
        "codePostal": POST_CODE,
        "codeCommune": POST_CODE,
        "telephone": facility.phone.replace(' ', ""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff;

    #[test]
    fn our_client_reads_what_we_say() {
        for professional in staff().all() {
            let read = oauth::psc::Professional::from_userinfo(&userinfo(professional))
                .expect("an identifier");
            assert_eq!(read.rpps(), Some(professional.rpps));
            assert_eq!(read.situations.len(), professional.situations.len());
            for (read, ours) in read.situations.iter().zip(&professional.situations) {
                assert_eq!(
                    read.profession_code.as_deref(),
                    Some(professional.profession)
                );
                assert_eq!(
                    read.specialty_code.as_deref(),
                    professional.specialty.map(|s| s.code)
                );
                assert_eq!(read.facility_name.as_deref(), Some(ours.facility.name));
                assert_eq!(
                    read.facility_id.as_ref().map(|id| id.value.as_str()),
                    Some(ours.facility.finess)
                );
            }
        }
        assert_eq!(
            userinfo(&staff().anne)["SubjectRefPro"]["exercices"][0]["activities"][1]["codeSecteurDactivite"],
            "SA01"
        );
    }
}
