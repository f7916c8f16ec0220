//! Those who write the documents, and where they work.

use fhir::{Code, pdsm, system};

/// A fictional facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facility {
    /// Name.
    pub name: &'static str,
    /// FINESS number: 9 digits, department 99.
    pub finess: &'static str,
    /// Sector of activity (TRE_R02): `SA07`…
    pub sector: &'static str,
    /// Practice setting (TRE_A01): `AMBULATOIRE`…
    pub setting: &'static str,
    /// Number and street.
    pub street: &'static str,
    /// Telephone, of the range kept for fiction.
    pub phone: &'static str,
}

/// Post code and town of every facility: there is none such.
pub(crate) const POST_CODE: &str = "99999";
/// FINESS number of the place that answers the 15.
const CALL_CENTRE: &str = "990000090";
/// Town of every facility.
pub(crate) const TOWN: &str = "Valbrume";

impl Facility {
    /// National identifier of the facility: `1` and the FINESS number.
    pub fn national_id(&self) -> String {
        format!("1{}", self.finess)
    }

    /// Where the 15 is answered.
    pub(crate) fn is_call_centre(&self) -> bool {
        self.finess == CALL_CENTRE
    }

    /// As the one who keeps a document.
    pub fn organization(&self) -> pdsm::Organization {
        pdsm::Organization {
            name: self.name.to_owned(),
            identifier: self.national_id(),
        }
    }
}

/// A speciality: code of the national directory, and label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Specialty {
    /// `SM54`…
    pub code: &'static str,
    /// « Médecine générale »…
    pub label: &'static str,
}

/// Where a professional works, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// The place.
    pub facility: Facility,
    /// Mode: `L` self-employed, `S` employed.
    pub mode: &'static str,
}

/// A fictional professional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Professional {
    /// Given name.
    pub given: &'static str,
    /// Family name.
    pub family: &'static str,
    /// Civility: `M` or `MME`.
    pub civility: &'static str,
    /// Title: `DR`.
    pub title: Option<&'static str>,
    /// RPPS number: 11 digits, beginning with 99.
    pub rpps: &'static str,
    /// Profession (TRE_G15): `10` physician, `21` pharmacist…
    pub profession: &'static str,
    /// Name of the profession.
    pub profession_label: &'static str,
    /// Speciality, of physicians.
    pub specialty: Option<Specialty>,
    /// Where they work; the first is the usual one.
    pub situations: Vec<Situation>,
}

impl Professional {
    /// National identifier: `8` and the RPPS number.
    pub fn national_id(&self) -> String {
        format!("8{}", self.rpps)
    }

    /// « Dr Anne Martin ».
    pub fn name(&self) -> String {
        let title = if self.title.is_some() { "Dr " } else { "" };
        format!("{title}{} {}", self.given, self.family)
    }

    /// The speciality, else the profession, in words.
    pub fn role(&self) -> &'static str {
        self.specialty
            .map_or(self.profession_label, |specialty| specialty.label)
    }

    /// Profession and speciality as documents code them (JDV_J01): `G15_10/SM54`.
    pub fn author_code(&self) -> String {
        match self.specialty {
            Some(specialty) => format!("G15_{}/{}", self.profession, specialty.code),
            None => format!("G15_{}", self.profession),
        }
    }

    /// As the author of a document written in that facility.
    pub fn author(&self, facility: &Facility) -> pdsm::Author {
        pdsm::Author::Professional {
            family: self.family.to_owned(),
            given: self.given.to_owned(),
            identifier: self.national_id(),
            specialty: Some(Code::new(
                format!("urn:oid:{AUTHOR_ROLE}"),
                self.author_code(),
                self.role(),
            )),
            organization: Some(facility.organization()),
        }
    }

    /// Where they usually work.
    pub fn facility(&self) -> &Facility {
        &self.situations[0].facility
    }
}

/// OID of the professions and specialities of authors (TRE_A02).
pub(crate) const AUTHOR_ROLE: &str = "1.2.250.1.213.1.1.4.5";

/// Kind of facility as FHIR codes it.
pub(crate) fn sector(facility: &Facility) -> Code {
    Code::new(system::FACILITY, facility.sector, "")
}

/// Practice setting as FHIR codes it.
pub(crate) fn setting(facility: &Facility) -> Code {
    Code::new(system::PRACTICE_SETTING, facility.setting, "")
}

/// The professionals of the demonstration.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Dr Anne Martin, general practitioner: a practice of her own, and shifts at the hospital.
    pub anne: Professional,
    /// Paul Nguyen, pharmacist.
    pub paul: Professional,
    /// Sofia Garcia, nurse.
    pub sofia: Professional,
    /// Dr Marc Lefèvre, radiologist.
    pub marc: Professional,
    /// Inès Haddad, midwife: a practice, and the maternity of the hospital.
    pub ines: Professional,
    /// Dr Claire Vidal, biologist.
    pub claire: Professional,
    /// Dr Hugo Sarrazin, physician of the hospital.
    pub hugo: Professional,
    /// Dr Alma Riou, ophthalmologist.
    pub alma: Professional,
    /// Dr Louis Tessier, gastroenterologist of the hospital.
    pub louis: Professional,
    /// Dr Nour Belkacem, anaesthetist of the hospital.
    pub nour: Professional,
    /// Dr Gwenn Kerbrat, who answers the 15.
    pub gwenn: Professional,
}

impl Staff {
    /// Everybody.
    pub fn all(&self) -> Vec<&Professional> {
        self.authors().into_iter().chain([&self.gwenn]).collect()
    }

    /// Those who write documents: who answers the 15 reads them.
    pub fn authors(&self) -> [&Professional; 10] {
        [
            &self.anne,
            &self.paul,
            &self.sofia,
            &self.marc,
            &self.ines,
            &self.claire,
            &self.hugo,
            &self.alma,
            &self.louis,
            &self.nour,
        ]
    }
}

/// The professionals of the demonstration, always the same.
pub fn staff() -> Staff {
    let practice = place(
        "Cabinet médical fictif des Glycines",
        "990000017",
        "SA07",
        "AMBULATOIRE",
        "3 rue des Glycines",
        "01 99 00 00 17",
    );
    let hospital = place(
        "Hôpital fictif de Valbrume",
        "990000025",
        "SA01",
        "ETABLISSEMENT",
        "12 avenue du Lac",
        "01 99 00 00 25",
    );
    let pharmacy = place(
        "Pharmacie fictive du Marché",
        "990000033",
        "SA33",
        "AMBULATOIRE",
        "1 place du Marché",
        "01 99 00 00 33",
    );
    let nurses = place(
        "Cabinet infirmier fictif des Tilleuls",
        "990000041",
        "SA08",
        "AMBULATOIRE",
        "8 allée des Tilleuls",
        "01 99 00 00 41",
    );
    let imaging = place(
        "Imagerie médicale fictive du Lac",
        "990000058",
        "SA08",
        "AMBULATOIRE",
        "14 avenue du Lac",
        "01 99 00 00 58",
    );
    let midwives = place(
        "Cabinet fictif de sages-femmes du Parc",
        "990000066",
        "SA08",
        "AMBULATOIRE",
        "5 rue du Parc",
        "01 99 00 00 66",
    );
    let laboratory = place(
        "Laboratoire fictif des Embruns",
        "990000074",
        "SA25",
        "AMBULATOIRE",
        "21 quai des Embruns",
        "01 99 00 00 74",
    );
    let eyes = place(
        "Cabinet fictif d’ophtalmologie du Phare",
        "990000082",
        "SA08",
        "AMBULATOIRE",
        "2 rue du Phare",
        "01 99 00 00 82",
    );
    let centre = place(
        "Centre 15 fictif de Valbrume",
        CALL_CENTRE,
        "SA01",
        "ETABLISSEMENT",
        "12 avenue du Lac",
        "01 99 00 00 90",
    );
    let at = |facility: &Facility, mode| Situation {
        facility: facility.clone(),
        mode,
    };
    let doctor = |given, family, civility, rpps, code, label, situations| Professional {
        given,
        family,
        civility,
        title: Some("DR"),
        rpps,
        profession: "10",
        profession_label: "Médecin",
        specialty: Some(Specialty { code, label }),
        situations,
    };
    let other =
        |given, family, civility, rpps, profession, profession_label, situations| Professional {
            given,
            family,
            civility,
            title: None,
            rpps,
            profession,
            profession_label,
            specialty: None,
            situations,
        };
    Staff {
        anne: doctor(
            "Anne",
            "Martin",
            "MME",
            "99900000011",
            "SM54",
            "Médecine générale",
            vec![at(&practice, "L"), at(&hospital, "S")],
        ),
        paul: other(
            "Paul",
            "Nguyen",
            "M",
            "99900000029",
            "21",
            "Pharmacien",
            vec![at(&pharmacy, "L")],
        ),
        sofia: other(
            "Sofia",
            "Garcia",
            "MME",
            "99900000037",
            "60",
            "Infirmière",
            vec![at(&nurses, "L")],
        ),
        marc: doctor(
            "Marc",
            "Lefèvre",
            "M",
            "99900000045",
            "SM44",
            "Radio-diagnostic",
            vec![at(&imaging, "L")],
        ),
        ines: other(
            "Inès",
            "Haddad",
            "MME",
            "99900000052",
            "50",
            "Sage-femme",
            vec![at(&midwives, "L"), at(&hospital, "S")],
        ),
        claire: doctor(
            "Claire",
            "Vidal",
            "MME",
            "99900000060",
            "SM03",
            "Biologie médicale",
            vec![at(&laboratory, "L")],
        ),
        hugo: doctor(
            "Hugo",
            "Sarrazin",
            "M",
            "99900000078",
            "SM27",
            "Médecine interne",
            vec![at(&hospital, "S")],
        ),
        alma: doctor(
            "Alma",
            "Riou",
            "MME",
            "99900000086",
            "SM38",
            "Ophtalmologie",
            vec![at(&eyes, "L")],
        ),
        louis: doctor(
            "Louis",
            "Tessier",
            "M",
            "99900000094",
            "SM24",
            "Gastro-entérologie et hépatologie",
            vec![at(&hospital, "S")],
        ),
        nour: doctor(
            "Nour",
            "Belkacem",
            "MME",
            "99900000102",
            "SM02",
            "Anesthésie-réanimation",
            vec![at(&hospital, "S")],
        ),
        gwenn: doctor(
            "Gwenn",
            "Kerbrat",
            "MME",
            "99900000110",
            "SM59",
            "Médecine d’urgence",
            vec![at(&centre, "S")],
        ),
    }
}

fn place(
    name: &'static str,
    finess: &'static str,
    sector: &'static str,
    setting: &'static str,
    street: &'static str,
    phone: &'static str,
) -> Facility {
    Facility {
        name,
        finess,
        sector,
        setting,
        street,
        phone,
    }
}
