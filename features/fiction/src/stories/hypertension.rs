//! High blood pressure, and the screenings of that age: one result is not told yet.

use super::common::{self, prescription, vaccine};
use crate::document::Flag;
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo};
use crate::sheet::{list, section, table};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, hugo, e) = (staff.anne.here(), staff.hugo.here(), life.e());
    common::adult(life);
    let who = life.patient(1_980);
    life.add(note(
        1_980,
        anne,
        "11488-4",
        "Consultation – pression artérielle",
        vec![
            section(
                "Motif",
                &[&format!(
                    "{who}, pression artérielle élevée mesurée à la pharmacie."
                )],
            ),
            section(
                "Constantes",
                &["158/94 mmHg au bras droit, 154/92 mmHg au bras gauche, pouls 76/min."],
            ),
            section(
                "Conclusion",
                &["Hypertension à confirmer par une mesure sur vingt-quatre heures."],
            ),
        ],
    ));
    life.add(note(
        1_960,
        hugo,
        "70004-7",
        "Mesure de pression sur 24 heures",
        vec![
            table(
                "Résultats",
                &["Période", "Moyenne", "Seuil"],
                vec![
                    vec!["Jour".into(), "146/88 mmHg".into(), "135/85 mmHg".into()],
                    vec!["Nuit".into(), "128/76 mmHg".into(), "120/70 mmHg".into()],
                ],
            ),
            section(
                "Conclusion",
                &["Hypertension artérielle permanente, baisse nocturne conservée."],
            ),
        ],
    ));
    life.add(prescription(
        life,
        1_950,
        "Ordonnance d’antihypertenseur",
        &["Périndopril 5 mg, comprimé : 1 le matin – trois mois"],
    ));
    for (ago, ldl, creatinine) in [(1_940, 1.78, 82.0), (1_230, 1.42, 85.0), (480, 1.24, 88.0)] {
        life.add(lab::report(
            life,
            ago,
            "Bilan cardiovasculaire",
            &[
                Panel::Kidney {
                    creatinine,
                    rate: 170.0 - creatinine,
                },
                Panel::Lipids(Some(ldl)),
                Panel::Glucose(None),
            ],
            "",
        ));
    }
    life.add(prescription(
        life,
        1_225,
        "Ordonnance – renouvellement",
        &[
            "Périndopril 5 mg, comprimé : 1 le matin – six mois",
            "Amlodipine 5 mg, comprimé : 1 le soir – six mois",
        ],
    ));
    life.add(note(820, staff.paul.here(), "60593-1", "Dispensation à la pharmacie", vec![
        section("Traitement", &["Périndopril 5 mg et amlodipine 5 mg, un mois chacun. Conseil : signaler un gonflement des chevilles."]),
    ]));
    life.add(vaccine(
        life,
        241,
        "Vaccination contre la grippe",
        "grippe saisonnière",
        "FICT-2025-150",
    ));
    life.add(note(110, staff.claire.here(), "75492-9", "Dépistage du cancer colorectal", vec![
        section("Résultats", &["Test immunologique de recherche de sang dans les selles : positif."]),
        section("Conclusion", &["Ce test n’est pas un diagnostic. Une coloscopie est à réaliser ; prendre rendez-vous avec le médecin traitant."]),
    ]));
    life.add(letter(100, anne, "96349-6", "Lettre pour une coloscopie", vec![
        section("Motif", &[&format!("{}, test de dépistage positif, sans symptôme.", life.patient(100))]),
        section("Antécédents", &["Hypertension artérielle traitée. Pas d’antécédent familial de cancer colorectal. Pas d’anticoagulant."]),
    ]));
    life.add(note(24, staff.louis.here(), "70004-7", "Compte rendu de coloscopie", vec![
        section("Indication", &["Test de dépistage positif."]),
        section("Résultats", &["Préparation de bonne qualité, examen complet jusqu’au cæcum. Polype pédiculé de 12 mm du sigmoïde, retiré en totalité à l’anse. Reste du côlon normal."]),
        section("Conclusion", &[&format!("Polypectomie sans incident, sorti{e} le jour même. Résultat de l’analyse attendu sous quinze jours, à remettre en consultation.")]),
    ]));
    life.add(note(9, staff.claire.here(), "60568-3", "Analyse du polype du sigmoïde", vec![
        section("Résultats", &["Adénome tubuleux en dysplasie de bas grade, 12 mm. Marges saines. Pas de foyer de cancer."]),
        section("Conclusion", &["Exérèse complète. Coloscopie de contrôle dans trois ans."]),
    ]).hidden_from(Flag::Patient).described("À remettre en consultation"));
    life.add(photo(5, "DOCPAT03", "Relevé de tension à la maison"));
    life.add(letter(
        16,
        anne,
        "83869-8",
        "Plan personnalisé de prévention",
        vec![list(
            "Ce que nous avons décidé",
            false,
            &[
                "Marche rapide quatre fois par semaine",
                "Moins de sel : pas de salière à table",
                "Mesure de la pression trois jours de suite chaque trimestre",
                "Arrêt du cigare du dimanche",
            ],
        )],
    ));
}
