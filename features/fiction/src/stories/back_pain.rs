//! Low-back pain: an ordinary one, told to the end.

use super::common::{self, prescription};
use crate::life::{Life, letter, note, upload};
use crate::sheet::{list, section};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, marc, e) = (staff.anne.here(), staff.marc.here(), life.e());
    common::adult(life);
    let who = life.patient(1_010);
    life.add(note(1_010, anne, "11488-4", "Consultation – lumbago", vec![
        section("Motif", &[&format!("{who}, douleur lombaire brutale en soulevant un carton, sans irradiation.")]),
        section("Examen", &["Contracture paravertébrale, Lasègue négatif, force et sensibilité normales. Aucun signe d’alerte."]),
        section("Conclusion", &["Lumbago commun. Pas d’imagerie. Rester actif, chaleur, antalgiques quelques jours."]),
    ]));
    life.add(prescription(life, 1_010, "Ordonnance d’antalgiques", &[
        "Paracétamol 1 g, comprimé : 1 toutes les six heures si besoin, 3 g par jour au plus – cinq jours",
        "Ibuprofène 400 mg, comprimé : 1 matin et soir au repas – trois jours",
    ]));
    life.add(letter(1_009, anne, "PRESC-AAT", "Avis d’arrêt de travail", vec![
        section("Motif", &["Lombalgie aiguë."]),
        section("Conclusion", &["Arrêt de travail de quatre jours, sorties autorisées. Document fictif, sans effet auprès d’un employeur."]),
    ]));
    life.add(note(480, anne, "11488-4", "Consultation – douleur de la jambe", vec![
        section("Motif", &[&format!("Récidive de lombalgie, avec douleur de la fesse à la cheville gauche depuis sept semaines. Se dit découragé{e}.")]),
        section("Examen", &["Lasègue positif à gauche à 45°. Réflexe achilléen gauche diminué, force conservée. Pas de trouble sphinctérien."]),
        section("Conclusion", &["Sciatique S1 gauche persistante : imagerie et kinésithérapie."]),
    ]));
    life.add(letter(
        480,
        anne,
        "55115-0",
        "Demande d’IRM lombaire",
        vec![section(
            "Indication",
            &["Sciatique S1 gauche depuis plus de six semaines malgré un traitement bien conduit."],
        )],
    ));
    life.add(note(455, marc, "18748-4", "IRM du rachis lombaire", vec![
        section("Technique", &["Séquences sagittales T1 et T2, axiales T2 sur les trois derniers disques, sans injection."]),
        section("Résultats", &["L4-L5 : discopathie modérée sans conflit. L5-S1 : hernie discale paramédiane gauche de 6 mm, refoulant la racine S1. Canal de dimensions normales."]),
        section("Conclusion", &["Hernie discale L5-S1 gauche, concordante avec la clinique."]),
    ]));
    life.add(letter(
        450,
        anne,
        "PRESC-KINE",
        "Rééducation du dos",
        vec![list(
            "Soins",
            false,
            &[
                "Rééducation du rachis lombaire, vingt séances",
                "Gainage, étirements, apprentissage d’un programme à domicile",
            ],
        )],
    ));
    life.add(note(360, anne, "11488-4", "Consultation – évolution favorable", vec![
        section("Commentaire", &["Douleur de la jambe disparue. Marche une heure par jour, exercices trois fois par semaine."]),
        section("Conclusion", &["Guérison clinique. Reprise du vélo. Pas d’indication chirurgicale."]),
    ]));
    life.add(note(
        215,
        anne,
        "96173-0",
        "Test rapide angine",
        vec![section(
            "Résultats",
            &["Test rapide d’orientation diagnostique du streptocoque : négatif."],
        )],
    ));
    life.add(upload(
        80,
        "DOCPAT03",
        "Programme du kinésithérapeute",
        vec![list(
            "Chaque matin",
            true,
            &[
                "Dos rond, dos creux : dix fois",
                "Planche sur les coudes : trois fois trente secondes",
                "Étirement des ischio-jambiers : deux fois une minute",
            ],
        )],
    ));
}
