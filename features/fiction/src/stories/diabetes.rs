//! Type 2 diabetes: found by chance, then followed for years.

use super::common::{prescription, vaccine};
use crate::document::Flag;
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, no_allergy, section, stating, table, treatments};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, e) = (staff.anne.here(), life.e());
    life.add(lab::report(
        life,
        2_060,
        "Bilan sanguin annuel",
        &[
            Panel::Count(None),
            Panel::Glucose(Some(1.46)),
            Panel::Hba1c(7.8),
            Panel::Lipids(Some(1.72)),
        ],
        "Glycémie à jeun supérieure à 1,26 g/L : à contrôler sur un second prélèvement.",
    ));
    let who = life.patient(2_045);
    life.add(note(2_045, anne, "11488-4", "Consultation – découverte de diabète", vec![
        section("Motif", &[&format!("{who}, adressé{e} par son laboratoire pour une glycémie à jeun à 1,46 g/L, confirmée à 1,41 g/L dix jours plus tard.")]),
        section("Antécédents", &["Mère diabétique depuis l’âge de 60 ans. Surpoids ancien. Tabac arrêté il y a huit ans."]),
        section("Examen", &["Poids 94 kg pour 1,76 m, tour de taille 108 cm. Pression artérielle 138/84 mmHg. Pouls pédieux perçus, monofilament senti aux deux pieds."]),
        section("Conclusion", &["Diabète de type 2 sans complication connue. Objectif d’HbA1c inférieur à 7 %."]),
        list("Conduite à tenir", false, &[
            "Metformine en doses progressives",
            "Marche de trente minutes cinq jours par semaine ; conseils alimentaires remis par écrit",
            "Fond d’œil, électrocardiogramme, albuminurie et bilan dentaire dans l’année",
            "Demande de prise en charge en affection de longue durée",
        ]),
    ]));
    life.add(prescription(life, 2_045, "Ordonnance de metformine", &[
        "Metformine 500 mg, comprimé : 1 le soir pendant 10 jours, puis 1 matin et soir – trois mois",
        "Lecteur de glycémie et 100 bandelettes, 1 autopiqueur, 100 lancettes",
    ]));
    life.add(letter(2_010, anne, "PROT_ALD", "Protocole de soins – diabète de type 2", vec![
        section("Affection", &["Diabète de type 2, demande d’exonération du ticket modérateur (ALD 8)."]),
        list("Soins et suivi prévus", false, &[
            "Consultation du médecin traitant tous les trois mois",
            "HbA1c tous les trois à six mois ; créatinine, albuminurie et bilan lipidique chaque année",
            "Fond d’œil tous les deux ans, examen dentaire annuel",
            "Séances d’éducation thérapeutique ; podologie selon le grade du pied",
        ]),
    ]));
    life.add(note(1_960, staff.sofia.here(), "11506-3", "Éducation thérapeutique – première séance", vec![
        section("Motif", &["Apprentissage de l’autosurveillance et repères alimentaires."]),
        section("Commentaire", &["Maîtrise la lecture de la glycémie capillaire. Reconnaît les signes d’hypoglycémie et sait y répondre. Se dit surpris par le sucre des jus de fruits.", "Objectif choisi : remplacer le soda du midi par de l’eau pendant un mois."]),
    ]));
    for (ago, hba1c, words) in [
        (1_680, 6.9, "Objectif atteint."),
        (1_320, 7.2, "Équilibre correct, à surveiller."),
        (960, 7.7, "Équilibre insuffisant."),
        (610, 7.1, "Amélioration depuis le dernier contrôle."),
        (70, 6.8, "Objectif atteint."),
    ] {
        let creatinine = 84.0 + f64::from(life.between(0, 9));
        life.add(lab::report(
            life,
            ago,
            "Suivi du diabète – biologie",
            &[
                Panel::Glucose(Some(hba1c * 0.19)),
                Panel::Hba1c(hba1c),
                Panel::Kidney {
                    creatinine,
                    rate: 168.0 - creatinine,
                },
                Panel::Albuminuria(f64::from(life.between(8, 24))),
                Panel::Lipids(Some(0.98)),
            ],
            words,
        ));
    }
    life.add(note(1_540, staff.alma.here(), "78513-9", "Fond d’œil par rétinographie", vec![
        section("Indication", &["Dépistage de la rétinopathie diabétique, deux champs par œil après dilatation."]),
        section("Résultats", &["Œil droit et œil gauche : papilles de coloration normale, maculas saines, aucun microanévrisme ni exsudat."]),
        section("Conclusion", &["Absence de rétinopathie diabétique. Contrôle dans deux ans."]),
    ]));
    let who = life.patient(945);
    life.add(note(945, anne, "11488-4", "Consultation – diabète déséquilibré", vec![
        section("Motif", &[&format!("{who}. HbA1c remontée à 7,7 % après un changement d’horaires de travail.")]),
        section("Examen", &["Poids 91 kg. Pression artérielle 142/86 mmHg, confirmée au second appareil. Pieds : peau sèche, pas de plaie, grade 0."]),
        section("Conclusion", &["Déséquilibre lié au travail de nuit et à l’arrêt de la marche. Metformine portée à 2 g par jour, ramipril 2,5 mg pour la pression artérielle. Téléconsultation dans six semaines."]),
    ]));
    life.add(prescription(
        life,
        945,
        "Ordonnance – renouvellement adapté",
        &[
            "Metformine 1 000 mg, comprimé : 1 le matin et 1 le soir au cours du repas – six mois",
            "Ramipril 2,5 mg, comprimé : 1 le matin – six mois",
            "Atorvastatine 10 mg, comprimé : 1 le soir – six mois",
        ],
    ));
    life.add(note(
        930,
        staff.paul.here(),
        "60593-1",
        "Dispensation à la pharmacie",
        vec![table(
            "Traitement",
            &["Médicament délivré", "Quantité", "Observation"],
            vec![
                vec![
                    "Metformine 1 000 mg".into(),
                    "60 comprimés".into(),
                    "Générique accepté".into(),
                ],
                vec![
                    "Ramipril 2,5 mg".into(),
                    "30 comprimés".into(),
                    "Première délivrance : conseil sur les vertiges".into(),
                ],
                vec![
                    "Atorvastatine 10 mg".into(),
                    "30 comprimés".into(),
                    String::new(),
                ],
            ],
        )],
    ));
    life.add(note(880, staff.anne.here(), "85208-7", "Téléconsultation de suivi", vec![
        section("Motif", &["Contrôle six semaines après l’augmentation de la metformine."]),
        section("Conclusion", &["Bonne tolérance digestive. Glycémies du matin entre 1,10 et 1,30 g/L. Pression artérielle à domicile : 128/78 mmHg en moyenne sur trois jours. Traitement inchangé."]),
    ]));
    life.add(note(720, staff.marc.here(), "18748-4", "Écho-doppler des artères des jambes", vec![
        section("Indication", &["Diabète de type 2, recherche d’artériopathie."]),
        section("Technique", &["Étude bidimensionnelle et doppler couleur des deux membres inférieurs."]),
        section("Résultats", &["Athérome débutant, non sténosant, des fémorales communes. Flux triphasiques jusqu’aux artères tibiales. Index de pression systolique : 1,05 à droite, 1,02 à gauche."]),
        section("Conclusion", &["Pas de sténose significative."]),
    ]));
    let vsm = summary(life, 700, None);
    life.add(note(520, staff.paul.here(), "78601-2", "Entretien pharmaceutique", vec![
        section("Commentaire", &["Prend ses comprimés tous les jours, oublie parfois la dose du soir le week-end : pilulier hebdomadaire conseillé.", "Aucune automédication par anti-inflammatoire. A compris l’intérêt de la statine."]),
    ]));
    life.add(photo(430, "DOCPAT05", "Mon carnet de glycémie"));
    life.add(
        upload(
            400,
            "EXPPAT_2",
            "Questions pour ma consultation",
            vec![list(
                "",
                false,
                &[
                    "Puis-je faire le jeûne cette année ?",
                    "Les fourmillements aux pieds du soir sont-ils normaux ?",
                    "Faut-il changer de lecteur ?",
                ],
            )],
        )
        .hidden_from(Flag::Professionals),
    );
    life.add(vaccine(
        life,
        236,
        "Vaccination contre la grippe",
        "grippe saisonnière",
        "FICT-2025-118",
    ));
    summary(life, 60, Some(vsm));
    life.add(prescription(
        life,
        60,
        "Ordonnance – renouvellement six mois",
        &[
            "Metformine 1 000 mg, comprimé : 1 le matin et 1 le soir – six mois",
            "Ramipril 2,5 mg, comprimé : 1 le matin – six mois",
            "Atorvastatine 10 mg, comprimé : 1 le soir – six mois",
        ],
    ));
    life.add(letter(
        58,
        anne,
        "PRESC-BIO",
        "Prescription de biologie",
        vec![list(
            "Analyses",
            false,
            &[
                "HbA1c dans trois mois",
                "Créatinine, albuminurie sur échantillon",
                "Bilan lipidique",
            ],
        )],
    ));
}

/// The summary of the general practitioner, which a later one replaces.
fn summary(life: &mut Life<'_>, ago: i32, replaces: Option<String>) -> String {
    let hba1c = if replaces.is_some() { "6,8 %" } else { "7,7 %" };
    let who = life.patient(ago);
    let paper = note(
        ago,
        life.staff.anne.here(),
        "SYNTH",
        "Synthèse médicale",
        vec![
            stating(
                section(
                    "Problèmes actifs",
                    &[&format!(
                        "{who}. Diabète de type 2 sans complication (dernière HbA1c : {hba1c}). Hypertension artérielle. Hypercholestérolémie."
                    )],
                ),
                &[
                    "Diabète de type 2 sans complication",
                    "Hypertension artérielle",
                    "Hypercholestérolémie",
                ],
            ),
            stating(
                section(
                    "Antécédents",
                    &["Appendicectomie dans l’enfance. Tabac arrêté. Mère diabétique."],
                ),
                &["Appendicectomie", "Tabac, arrêté"],
            ),
            no_allergy(),
            treatments(&[
                "Metformine 1 000 mg matin et soir",
                "Ramipril 2,5 mg le matin",
                "Atorvastatine 10 mg le soir",
            ]),
            section(
                "Vaccinations",
                &["dTP et grippe à jour. Vaccination contre le pneumocoque à proposer."],
            ),
            section(
                "Points de vigilance",
                &[
                    "Arrêter la metformine avant une injection de produit de contraste iodé. Fond d’œil à prévoir.",
                ],
            ),
        ],
    );
    life.add(match replaces {
        Some(old) => paper.replacing(old).described("Mise à jour annuelle"),
        None => paper,
    })
}
