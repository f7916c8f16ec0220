//! An under-active thyroid, well followed, in a busy life.

use super::common::{self, prescription};
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, upload};
use crate::sheet::{list, no_allergy, section, stating, treatments};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, marc, ines) = (staff.anne.here(), staff.marc.here(), staff.ines.here());
    common::adult(life);
    let who = life.patient(1_900);
    life.add(note(
        1_900,
        anne,
        "11488-4",
        "Consultation – fatigue et frilosité",
        vec![
            section(
                "Motif",
                &[&format!(
                    "{who}, fatiguée depuis six mois, frilosité, prise de 4 kg, constipation."
                )],
            ),
            section(
                "Examen",
                &["Peau sèche, pouls à 58/min, réflexes lents. Thyroïde palpable, indolore."],
            ),
            section("Conclusion", &["Hypothyroïdie à rechercher."]),
        ],
    ));
    life.add(lab::report(
        life,
        1_890,
        "Bilan thyroïdien",
        &[
            Panel::Tsh(Some(14.6)),
            Panel::Count(None),
            Panel::Lipids(Some(1.74)),
        ],
        "Anticorps anti-thyroperoxydase : 420 UI/mL (positifs). Aspect de thyroïdite auto-immune.",
    ));
    life.add(note(1_870, marc, "18748-4", "Échographie de la thyroïde", vec![
        section("Indication", &["TSH élevée, anticorps positifs."]),
        section("Résultats", &["Glande de volume normal (13 mL), hypoéchogène et hétérogène, sans nodule. Pas d’adénopathie."]),
        section("Conclusion", &["Aspect de thyroïdite chronique."]),
    ]));
    life.add(prescription(life, 1_865, "Ordonnance de lévothyroxine", &[
        "Lévothyroxine 50 µg, comprimé : 1 le matin à jeun, trente minutes avant le petit déjeuner – six semaines",
    ]));
    for (ago, tsh, words) in [
        (1_820, 6.2, "Dose à augmenter."),
        (1_740, 2.4, "Dose adaptée."),
        (1_100, 3.1, "Dose adaptée."),
        (410, 1.9, "Dose adaptée, contrôle dans un an."),
        (35, 2.2, "Dose adaptée, contrôle dans un an."),
    ] {
        life.add(lab::report(
            life,
            ago,
            "Contrôle de la TSH",
            &[Panel::Tsh(Some(tsh))],
            words,
        ));
    }
    life.add(prescription(
        life,
        1_735,
        "Lévothyroxine – dose stable",
        &["Lévothyroxine 75 µg, comprimé : 1 le matin à jeun – douze mois"],
    ));
    life.add(letter(1_250, anne, "PRESC-AAT", "Avis d’arrêt de travail", vec![
        section("Motif", &["Syndrome grippal."]),
        section("Conclusion", &["Arrêt de travail de trois jours, sorties autorisées. Document fictif, sans effet auprès d’un employeur."]),
    ]));
    life.add(note(
        980,
        ines,
        "75492-9",
        "Frottis de dépistage",
        vec![
            section("Résultats", &["Test HPV négatif."]),
            section("Conclusion", &["Prochain test dans cinq ans."]),
        ],
    ));
    life.add(note(340, marc, "18748-4", "Mammographie et échographie", vec![
        section("Indication", &["Mastodynies, antécédent chez une tante."]),
        section("Résultats", &["Seins denses (type C). Pas de masse ni de microcalcification suspecte. Kyste simple de 6 mm à gauche."]),
        section("Conclusion", &["ACR 2 des deux côtés. Surveillance habituelle."]),
    ]));
    life.add(note(
        30,
        anne,
        "60591-5",
        "Synthèse médicale",
        vec![
            stating(
                section(
                    "Problèmes actifs",
                    &[&format!(
                        "{}. Hypothyroïdie d’origine auto-immune, équilibrée.",
                        life.patient(30)
                    )],
                ),
                &["Hypothyroïdie d’origine auto-immune"],
            ),
            no_allergy(),
            treatments(&["Lévothyroxine 75 µg le matin"]),
            section("Vaccinations", &["dTP à jour."]),
        ],
    ));
    life.add(upload(
        12,
        "EXPPAT_2",
        "Notes pour accompagner ma mère",
        vec![list(
            "À demander au prochain rendez-vous",
            false,
            &[
                "Renouvellement des séances de kinésithérapie",
                "Téléalarme : qui la prescrit ?",
                "Relais infirmier pendant les vacances",
            ],
        )],
    ));
}
