//! Atrial fibrillation in old age: a fall, a stay in hospital, a home well surrounded.

use super::common::{prescription, vaccine};
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, section, stating, table, treatments};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, hugo, sofia, e) = (
        staff.anne.here(),
        staff.hugo.here(),
        staff.sofia.here(),
        life.e(),
    );
    let who = life.patient(2_000);
    life.add(note(2_000, anne, "11488-4", "Consultation – essoufflement", vec![
        section("Motif", &[&format!("{who}, essoufflé{e} en montant l’escalier depuis trois semaines, sans douleur thoracique.")]),
        section("Examen", &["Pouls irrégulier à 104/min. Pression artérielle 146/82 mmHg. Pas d’œdème des jambes, quelques crépitants aux bases."]),
        section("Conclusion", &["Arythmie à confirmer : électrocardiogramme et échographie cardiaque demandés sans attendre."]),
    ]));
    life.add(note(1_992, hugo, "70004-7", "Électrocardiogramme et écho cardiaque", vec![
        section("Indication", &["Pouls irrégulier, dyspnée d’effort."]),
        section("Résultats", &["Électrocardiogramme : fibrillation atriale à 98/min, QRS fins, pas de trouble de la repolarisation.", "Échographie : fraction d’éjection du ventricule gauche 58 %, oreillette gauche dilatée (44 mL/m²), insuffisance mitrale minime."]),
        section("Conclusion", &["Fibrillation atriale non valvulaire. Score CHA2DS2-VASc à 4 : anticoagulation indiquée."]),
    ]));
    life.add(prescription(
        life,
        1_990,
        "Ordonnance d’anticoagulant",
        &[
            "Apixaban 5 mg, comprimé : 1 le matin et 1 le soir – ne jamais interrompre sans avis",
            "Bisoprolol 2,5 mg, comprimé : 1 le matin",
            "Furosémide 20 mg, comprimé : 1 le matin",
        ],
    ));
    for (ago, creatinine, rate) in [
        (1_985, 78.0, 64.0),
        (1_420, 84.0, 58.0),
        (700, 92.0, 52.0),
        (45, 96.0, 49.0),
    ] {
        let haemoglobin = 12.2 + f64::from(life.between(0, 8)) / 10.0;
        life.add(lab::report(
            life,
            ago,
            "Surveillance sous anticoagulant",
            &[
                Panel::Count(Some(haemoglobin)),
                Panel::Kidney { creatinine, rate },
            ],
            "Adapter la dose de l’anticoagulant à la fonction rénale, au poids et à l’âge.",
        ));
    }
    life.add(note(
        1_600,
        staff.marc.here(),
        "18748-4",
        "Ostéodensitométrie",
        vec![
            section(
                "Indication",
                &["Chute de sa hauteur, recherche d’ostéoporose."],
            ),
            section(
                "Résultats",
                &["Rachis lombaire : T-score -2,1. Col fémoral : T-score -2,6."],
            ),
            section(
                "Conclusion",
                &["Ostéoporose densitométrique au col fémoral."],
            ),
        ],
    ));
    life.add(note(1_180, staff.alma.here(), "34874-8", "Opération de la cataracte, œil droit", vec![
        section("Indication", &["Baisse de vision de l’œil droit, acuité 4/10."]),
        section("Commentaire", &["Phacoémulsification sous anesthésie topique, implant de chambre postérieure. Suites simples, anticoagulant non interrompu."]),
        section("Conduite à tenir", &["Collyre associant antibiotique et corticoïde, une goutte quatre fois par jour pendant trois semaines. Contrôle à une semaine."]),
    ]));
    life.add(letter(410, hugo, "11490-0", "Lettre de liaison – sortie d’hospitalisation", vec![
        section("Motif", &[&format!("{}, hospitalisé{e} six jours après une chute à domicile avec station au sol de deux heures.", life.patient(410))]),
        section("Séjour", &["Scanner cérébral sans saignement. Radiographie du bassin sans fracture. Rhabdomyolyse modérée régressive sous hydratation. Hypotension orthostatique : furosémide arrêté.", "Bilan de la marche : appui d’une canne, test de lever de chaise en 18 secondes."]),
        list("Traitement", false, &["Apixaban 5 mg matin et soir : inchangé", "Bisoprolol 2,5 mg : réduit à 1,25 mg", "Furosémide : arrêté", "Vitamine D 100 000 UI tous les trois mois : ajoutée"]),
        list("Conduite à tenir", false, &["Revoir le médecin traitant dans la semaine, contrôle de la créatinine à quinze jours", "Kinésithérapie de la marche et de l’équilibre, vingt séances", "Passage infirmier deux fois par semaine pour le pilulier"]),
    ]));
    life.add(letter(409, hugo, "PRESC-INF", "Prescription de soins infirmiers", vec![
        list("Soins", false, &["Préparation du pilulier une fois par semaine", "Surveillance de la pression artérielle couché puis debout, deux fois par semaine pendant un mois"]),
    ]));
    for (ago, words) in [
        (
            402,
            "Pression artérielle 128/70 mmHg couchée, 118/66 mmHg debout, sans vertige. Pilulier préparé, deux oublis retrouvés la semaine passée.",
        ),
        (
            250,
            "Marche avec une canne dans l’appartement. Poids stable à 58 kg. Pas d’ecchymose récente. La fille passe le samedi.",
        ),
        (
            33,
            "Aucun oubli ce mois-ci. Hématome du bras droit en voie de résorption après une prise de sang. Tapis de la salle de bains retiré d’un commun accord.",
        ),
    ] {
        life.add(note(
            ago,
            sofia,
            "11506-3",
            "Passage infirmier",
            vec![section("Commentaire", &[words])],
        ));
    }
    life.add(letter(365, anne, "BIL_AUTO", "Évaluation de l’autonomie", vec![
        table("Résultats", &["Activité", "Constat"], vec![
            vec!["Toilette".into(), "Seule, aide pour le bain".into()],
            vec!["Repas".into(), "Cuisine seule, courses portées par la famille".into()],
            vec!["Déplacements".into(), "Canne dehors, ne prend plus le bus".into()],
            vec!["Médicaments".into(), "Pilulier préparé par l’infirmière".into()],
        ]),
        section("Conclusion", &["Autonomie partielle, groupe iso-ressources estimé à 4. Demande d’allocation personnalisée d’autonomie conseillée."]),
    ]));
    life.add(note(300, staff.paul.here(), "56445-0", "Bilan partagé de médication", vec![
        section("Commentaire", &["Six médicaments réguliers. Prise occasionnelle d’ibuprofène retrouvée dans l’armoire : contre-indiqué avec l’anticoagulant, rapporté à la pharmacie.", "Conseils remis : paracétamol en première intention, ne pas doubler une dose oubliée d’apixaban."]),
    ]));
    life.add(vaccine(
        life,
        238,
        "Vaccination contre la grippe",
        "grippe saisonnière, vaccin à haute dose",
        "FICT-2025-204",
    ));
    life.add(vaccine(
        life,
        225,
        "Vaccination contre le pneumocoque",
        "pneumocoque conjugué",
        "FICT-7710",
    ));
    life.add(upload(180, "EXPPAT_3", "Mes directives anticipées", vec![
        section("Ce que je souhaite", &["Si je ne peux plus m’exprimer et que mon état ne peut plus s’améliorer, je ne veux pas de réanimation prolongée ni d’alimentation artificielle.", &format!("Je souhaite être soulagé{e} de la douleur, même si cela abrège ma vie, et rester chez moi autant que possible.")]),
        section("Personne de confiance", &["Ma fille connaît ce texte et en garde un exemplaire. Texte fictif."]),
    ]));
    life.add(photo(150, "DOCPAT02", "Photo de mon pilulier"));
    life.add(note(90, anne, "74207-2", "Document de liaison d’urgence", vec![
        stating(section("Problèmes actifs", &["Fibrillation atriale sous apixaban. Ostéoporose. Hypotension orthostatique. Fonction rénale modérément diminuée."]),
            &["Fibrillation atriale", "Ostéoporose", "Hypotension orthostatique", "Insuffisance rénale modérée"]),
        stating(section("Allergies", &["Pénicilline : urticaire dans l’enfance."]), &["Pénicilline"]),
        section("Points de vigilance", &["Risque de saignement : rechercher une chute récente. Contacter la fille en premier. Directives anticipées déposées dans l’espace."]),
    ]));
    life.add(note(40, anne, "SYNTH", "Synthèse médicale", vec![
        stating(section("Problèmes actifs", &[&format!("{}. Fibrillation atriale permanente, ostéoporose, insuffisance rénale modérée.", life.patient(40))]),
            &["Fibrillation atriale", "Ostéoporose", "Insuffisance rénale modérée"]),
        stating(section("Antécédents", &["Cataracte opérée. Hospitalisation pour chute l’an passé."]), &["Cataracte opérée"]),
        treatments(&["Apixaban 5 mg matin et soir", "Bisoprolol 1,25 mg le matin", "Vitamine D, une ampoule tous les trois mois", "Acide alendronique 70 mg une fois par semaine"]),
        stating(section("Allergies", &["Pénicilline."]), &["Pénicilline"]),
        section("Vaccinations", &["Grippe, pneumocoque et dTP à jour."]),
    ]));
}
