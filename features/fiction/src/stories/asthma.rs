//! A child with asthma, from the first whistling to a project at school.

use super::common::{prescription, vaccine};
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, section, table};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, hugo, e) = (staff.anne.here(), staff.hugo.here(), life.e());
    let who = life.patient(1_950);
    life.add(note(1_950, anne, "11488-4", "Consultation – toux sifflante", vec![
        section("Motif", &[&format!("{who}. Troisième épisode de toux sifflante de l’hiver, gêne la nuit.")]),
        section("Antécédents", &["Eczéma du nourrisson. Rhinite allergique chez le père."]),
        section("Examen", &["Sibilants diffus à l’expiration, pas de tirage. Saturation 97 %. Nette amélioration après deux bouffées de salbutamol."]),
        section("Conclusion", &["Asthme du jeune enfant probable. Traitement de la crise remis, épreuves respiratoires dès que l’âge le permettra."]),
    ]));
    life.add(prescription(life, 1_950, "Ordonnance – traitement de la crise", &[
        "Salbutamol 100 µg, suspension pour inhalation : 2 à 4 bouffées avec chambre d’inhalation en cas de gêne",
        "Chambre d’inhalation avec masque : 1",
    ]));
    life.add(letter(1_610, hugo, "15507-7", "Passage aux urgences pédiatriques", vec![
        section("Motif", &[&format!("{}, crise d’asthme après un effort au froid.", life.patient(1_610))]),
        section("Examen", &["Fréquence respiratoire 36/min, tirage intercostal, saturation 92 % en air ambiant."]),
        section("Séjour", &["Trois nébulisations de salbutamol, prednisolone 1 mg/kg. Saturation 97 % après deux heures."]),
        section("Conclusion", &["Crise modérée résolutive. Sortie avec prednisolone trois jours et consultation du médecin traitant sous une semaine."]),
    ]));
    life.add(note(1_570, hugo, "70004-7", "Bilan allergologique", vec![
        table("Résultats", &["Allergène", "Papule", "Lecture"], vec![
            vec!["Témoin positif".into(), "6 mm".into(), "Valide".into()],
            vec!["Acariens".into(), "7 mm".into(), "Positif".into()],
            vec!["Pollens de graminées".into(), "4 mm".into(), "Positif".into()],
            vec!["Chat".into(), "0 mm".into(), "Négatif".into()],
        ]),
        section("Conclusion", &["Sensibilisation aux acariens et aux graminées. Housse anti-acariens, aération quotidienne de la chambre."]),
    ]));
    life.add(lab::report(
        life,
        1_560,
        "Numération de contrôle",
        &[Panel::Count(None), Panel::Crp(2.0)],
        "Discrète éosinophilie, fréquente en cas d’allergie.",
    ));
    life.add(note(
        1_180,
        hugo,
        "70004-7",
        "Épreuves fonctionnelles respiratoires",
        vec![
            table(
                "Résultats",
                &["Mesure", "Avant", "Après salbutamol"],
                vec![
                    vec!["VEMS".into(), "82 % de la théorique".into(), "97 %".into()],
                    vec!["Capacité vitale".into(), "98 %".into(), "101 %".into()],
                ],
            ),
            section(
                "Conclusion",
                &["Trouble obstructif léger, réversible. Aspect compatible avec un asthme."],
            ),
        ],
    ));
    life.add(prescription(life, 1_170, "Ordonnance – traitement de fond", &[
        "Fluticasone 50 µg, suspension pour inhalation : 1 bouffée matin et soir avec chambre – trois mois",
        "Salbutamol 100 µg : 2 bouffées en cas de gêne et avant l’effort",
    ]));
    life.add(letter(1_020, anne, "80771-9", "Projet d’accueil individualisé", vec![
        section("Situation", &[&format!("Enfant asthmatique, scolarisé{e}. Traitement de secours gardé dans la classe et à l’infirmerie.")]),
        list("En cas de gêne respiratoire", true, &["Rassurer, asseoir, faire cesser l’effort", "Quatre bouffées de salbutamol avec la chambre d’inhalation", "Recommencer après dix minutes si la gêne persiste", "Appeler le 15 puis les parents si les lèvres bleuissent ou si l’enfant ne peut plus parler"]),
    ]));
    life.add(photo(1_010, "DOCPAT07", "Projet signé par l’école"));
    for (ago, words) in [
        (
            800,
            "Deux réveils nocturnes en trois mois, une seule utilisation du salbutamol avant le sport.",
        ),
        (
            430,
            "Aucune crise depuis l’été. Bonne technique d’inhalation, vérifiée ce jour.",
        ),
        (
            66,
            "Asthme contrôlé. Dose de fluticasone diminuée de moitié, revoir dans trois mois.",
        ),
    ] {
        life.add(note(
            ago,
            anne,
            "11488-4",
            "Suivi de l’asthme",
            vec![
                section(
                    "Motif",
                    &[&format!(
                        "{}, consultation trimestrielle.",
                        life.patient(ago)
                    )],
                ),
                section("Commentaire", &[words]),
                section(
                    "Examen",
                    &["Auscultation libre. Croissance régulière sur ses courbes."],
                ),
            ],
        ));
    }
    life.add(note(620, anne, "59283-2", "Examen de santé de l’enfant", vec![
        section("Examen", &["Vision 10/10 aux deux yeux, audition normale. Dos droit. Dents soignées."]),
        section("Conclusion", &["Enfant en bonne santé, à l’aise à l’école. Écrans évoqués : pas le matin, pas au lit."]),
    ]));
    life.add(note(500, anne, "28617-9", "Bilan bucco-dentaire", vec![
        section("Conclusion", &["Bilan transmis par la famille et recopié : pas de carie, avis d’orthodontie à douze ans."]),
    ]));
    life.add(letter(280, anne, "CERT_DECL", "Certificat pour le sport", vec![
        section("Conclusion", &["Je soussignée, Dr Anne Martin, n’ai pas constaté ce jour de contre-indication à la pratique de la natation et du handball. Salbutamol autorisé avant l’effort. Certificat fictif."]),
    ]));
    life.add(vaccine(
        life,
        245,
        "Vaccination contre la grippe",
        "grippe saisonnière, recommandée en cas d’asthme",
        "FICT-2025-131",
    ));
    life.add(vaccine(
        life,
        95,
        "Vaccination HPV, première dose",
        "papillomavirus humains, première de deux doses",
        "FICT-9120",
    ));
    life.add(vaccine(
        life,
        94,
        "Rappel dTcaP",
        "diphtérie, tétanos, coqueluche et poliomyélite, rappel de onze ans",
        "FICT-9121",
    ));
    life.add(upload(40, "DOCPAT09", "Autorisation de voyage scolaire", vec![
        section("Classe de mer", &["Du 22 au 26 du mois : traitement de secours confié à l’enseignante, ordonnance jointe. Document fictif."]),
    ]));
}
