//! A pregnancy, a birth four months ago, and the years before.

use super::common;
use crate::document::Flag;
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, section, table};

/// Days between today and the birth: the same as in the life of the child.
const BIRTH: i32 = 130;

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, ines, marc) = (staff.anne.here(), staff.ines.here(), staff.marc.here());
    let maternity = staff.ines.elsewhere();
    common::adult(life);
    life.add(note(1_720, ines, "75492-9", "Frottis de dépistage", vec![
        section("Indication", &["Dépistage organisé du cancer du col de l’utérus."]),
        section("Résultats", &["Prélèvement sans difficulté, col d’aspect normal. Test HPV négatif (résultat reçu à dix jours)."]),
        section("Conclusion", &["Prochain test dans cinq ans."]),
    ]));
    let who = life.patient(1_080);
    life.add(note(1_080, anne, "11488-4", "Consultation – migraine", vec![
        section("Motif", &[&format!("{who}, quatre crises par mois de douleur pulsatile d’un côté de la tête, avec nausées et gêne à la lumière.")]),
        section("Examen", &["Examen neurologique normal. Pression artérielle 118/72 mmHg."]),
        section("Conclusion", &["Migraine sans aura. Agenda des crises, ibuprofène dès le début de la crise, triptan en second recours. Pas de contraception œstroprogestative."]),
    ]));
    let week = |weeks: i32| BIRTH + (40 - weeks) * 7;
    life.add(lab::report(life, week(8), "Bilan de début de grossesse", &[
        Panel::Count(Some(12.9)),
        Panel::Glucose(Some(0.84)),
    ], "Groupe A, Rhésus positif, agglutinines irrégulières absentes. Toxoplasmose : non immunisée, contrôle mensuel. Rubéole : immunisée."));
    life.add(note(week(9), ines, "11488-4", "Première consultation de grossesse", vec![
        section("Motif", &[&format!("{}, deuxième grossesse, terme prévu dans sept mois.", life.patient(week(9)))]),
        section("Constantes", &["Poids 62 kg pour 1,67 m. Pression artérielle 112/68 mmHg."]),
        section("Conclusion", &["Grossesse d’évolution normale à neuf semaines d’aménorrhée. Déclaration remise, entretien prénatal précoce proposé. Supplément d’acide folique poursuivi."]),
    ]));
    for (weeks, title, finding, end) in [
        (
            12,
            "Échographie du premier trimestre",
            "Longueur cranio-caudale 62 mm, clarté nucale 1,4 mm. Activité cardiaque régulière.",
            "Grossesse unique évolutive, datation concordante.",
        ),
        (
            22,
            "Échographie du deuxième trimestre",
            "Biométrie au 48e percentile. Morphologie étudiée sans anomalie décelée. Placenta antérieur, normalement inséré.",
            "Examen morphologique sans particularité.",
        ),
        (
            32,
            "Échographie du troisième trimestre",
            "Présentation céphalique. Poids estimé 1 850 g, 52e percentile. Quantité de liquide normale.",
            "Croissance harmonieuse.",
        ),
    ] {
        life.add(note(
            week(weeks),
            marc,
            "18748-4",
            title,
            vec![
                section("Indication", &["Suivi de grossesse."]),
                section("Résultats", &[finding]),
                section("Conclusion", &[end]),
            ],
        ));
    }
    life.add(
        photo(week(22) - 1, "DOCPAT04", "Image souvenir de l’échographie")
            .described("Photo prise à la sortie de l’examen"),
    );
    life.add(lab::report(life, week(25), "Test de tolérance au glucose", &[Panel::Glucose(Some(0.86))],
        "Après 75 g de glucose : 1,42 g/L à une heure, 1,18 g/L à deux heures. Pas de diabète gestationnel."));
    life.add(lab::report(
        life,
        week(28),
        "Numération du sixième mois",
        &[Panel::Count(Some(10.6)), Panel::Iron(9.0)],
        "Anémie par carence en fer.",
    ));
    life.add(letter(
        week(28) - 2,
        ines,
        "57833-6",
        "Ordonnance de fer",
        vec![list(
            "Traitement",
            true,
            &["Sulfate ferreux 80 mg, comprimé : 1 le matin à distance du thé – trois mois"],
        )],
    ));
    life.add(upload(
        week(34),
        "EXPPAT_2",
        "Mon projet de naissance",
        vec![list(
            "Ce qui compte pour moi",
            false,
            &[
                "Bouger pendant le travail, ballon si possible",
                "Péridurale à ma demande, pas d’emblée",
                "Peau à peau dès la naissance, le père présent",
                "Allaitement maternel",
            ],
        )],
    ));
    life.add(note(week(36), staff.nour.here(), "34749-2", "Consultation d’anesthésie", vec![
        section("Antécédents", &["Migraine sans aura. Un accouchement sous péridurale sans incident. Pas de trouble de la coagulation."]),
        section("Allergies", &["Aucune allergie connue."]),
        section("Conclusion", &["Pas de contre-indication à une analgésie péridurale. ASA 2. Numération à renouveler le mois du terme."]),
    ]));
    life.add(note(BIRTH - 1, maternity, "15508-5", "Compte rendu d’accouchement", vec![
        section("Séjour", &["Entrée en travail spontanée. Péridurale à 5 cm. Naissance par voie basse d’un enfant vivant, Apgar 10 à une et cinq minutes, poids 3 420 g."]),
        table("Résultats", &["Moment", "Constat"], vec![
            vec!["Durée du travail".into(), "6 h 20".into()],
            vec!["Délivrance".into(), "Naturelle, complète".into()],
            vec!["Pertes sanguines".into(), "300 mL".into()],
            vec!["Périnée".into(), "Éraillure suturée".into()],
        ]),
        section("Conclusion", &["Suites immédiates simples. Peau à peau et première tétée en salle de naissance."]),
    ]));
    life.add(letter(BIRTH - 4, maternity, "89235-6", "Synthèse des suites de couches", vec![
        section("Séjour", &["Trois jours en maternité, sans fièvre ni saignement anormal. Allaitement exclusif bien conduit. Hémoglobine de contrôle 10,9 g/dL."]),
        list("Conduite à tenir", false, &["Fer poursuivi deux mois", "Visites de la sage-femme à domicile", "Consultation postnatale entre six et huit semaines"]),
    ]));
    life.add(note(BIRTH - 9, ines, "11488-4", "Visite à domicile de la sage-femme", vec![
        section("Examen", &["Utérus bien involué, cicatrisation du périnée correcte. Crevasse du sein gauche : position corrigée, lanoline conseillée."]),
        section("Conclusion", &["Fatigue attendue, humeur bonne. Le sommeil de l’enfant s’organise."]),
    ]));
    life.add(note(BIRTH - 52, ines, "11488-4", "Consultation postnatale", vec![
        section("Constantes", &["Poids 65 kg. Pression artérielle 114/70 mmHg."]),
        section("Conclusion", &["Examen normal. Contraception par progestatif compatible avec l’allaitement. Échelle d’Édimbourg à 6 : pas de signe de dépression du post-partum, en reparler si besoin."]),
    ]).hidden_from(Flag::Professionals));
    life.add(letter(
        BIRTH - 53,
        ines,
        "PRESC-KINE",
        "Rééducation périnéale",
        vec![list(
            "Soins",
            false,
            &[
                "Rééducation abdominale et périnéale, dix séances",
                "À commencer après la consultation postnatale",
            ],
        )],
    ));
    life.add(lab::report(
        life,
        BIRTH - 90,
        "Contrôle après grossesse",
        &[Panel::Count(Some(12.8)), Panel::Iron(28.0)],
        "Anémie corrigée.",
    ));
}
