//! The first months: dates are counted from birth.

use super::common::{prescription, vaccine};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, section, table};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, maternity, ines, e) = (
        staff.anne.here(),
        staff.ines.elsewhere(),
        staff.ines.here(),
        life.e(),
    );
    let lived = life.days_lived();
    let at = |day: i32| lived - day;
    life.add(letter(at(1), maternity, "57075-4", "Synthèse de salle de naissance", vec![
        table("Résultats", &["Mesure", "Valeur"], vec![
            vec!["Terme".into(), "39 semaines d’aménorrhée et 5 jours".into()],
            vec!["Poids".into(), "3 420 g".into()],
            vec!["Taille".into(), "50,5 cm".into()],
            vec!["Périmètre crânien".into(), "35 cm".into()],
            vec!["Apgar".into(), "10 à une minute, 10 à cinq minutes".into()],
        ]),
        section("Conclusion", &["Adaptation immédiate à la vie extra-utérine. Vitamine K donnée. Peau à peau, première tétée à vingt minutes."]),
    ]));
    life.add(note(at(3), maternity, "75492-9", "Dépistages du nouveau-né", vec![
        section("Résultats", &["Prélèvement au talon effectué à soixante heures de vie. Otoémissions acoustiques présentes des deux côtés."]),
        section("Conclusion", &["Audition : dépistage normal. Le résultat du prélèvement n’est transmis qu’en cas d’anomalie."]),
    ]));
    life.add(letter(at(4), maternity, "78489-2", "Synthèse du séjour en maternité", vec![
        section("Séjour", &[&format!("Nouveau-né{e} examiné{e} à trois reprises. Ictère simple, sans traitement. Perte de poids de 6 %, reprise amorcée. Allaitement maternel.")]),
        section("Conduite à tenir", &["Vitamine D chaque jour. Pesée à une semaine. Couchage sur le dos, dans son propre lit."]),
    ]));
    life.add(letter(at(8), ines, "CERT_DECL", "Certificat de santé du huitième jour", vec![
        section("Examen", &["Examen clinique complet normal. Hanches stables. Réflexes archaïques présents. Poids de naissance repris."]),
        section("Conclusion", &["Aucune anomalie décelée. Certificat fictif établi pour la démonstration."]),
    ]));
    life.add(photo(at(10), "DOCPAT09", "Photo du carnet de santé"));
    for (day, title, weight, height, words) in [
        (
            31,
            "Examen du premier mois",
            "4 350 g",
            "54 cm",
            "Suit du regard, sourit aux anges. Coliques du soir sans gravité : portage et patience.",
        ),
        (
            62,
            "Examen du deuxième mois",
            "5 300 g",
            "57 cm",
            "Sourire-réponse acquis, tient sa tête quelques secondes. Courbe de poids régulière.",
        ),
        (
            93,
            "Examen du troisième mois",
            "6 050 g",
            "60 cm",
            "Gazouille, joue avec ses mains. Hanches libres. Reprise du travail des parents évoquée.",
        ),
        (
            122,
            "Examen du quatrième mois",
            "6 700 g",
            "63 cm",
            "Attrape un objet, rit aux éclats. Diversification à commencer entre quatre et six mois.",
        ),
        (
            275,
            "Examen du neuvième mois",
            "8 900 g",
            "71 cm",
            "Tient assis seul, prononce des syllabes redoublées. Pince pouce-index en cours.",
        ),
        (
            730,
            "Examen du vingt-quatrième mois",
            "12 200 g",
            "87 cm",
            "Court, associe deux mots, comprend les consignes simples.",
        ),
    ] {
        life.add(note(
            at(day),
            anne,
            "59283-2",
            title,
            vec![
                table(
                    "Constantes",
                    &["Mesure", "Valeur"],
                    vec![
                        vec!["Poids".into(), weight.into()],
                        vec!["Taille".into(), height.into()],
                    ],
                ),
                section("Examen", &[words]),
                section("Conclusion", &["Développement normal pour l’âge."]),
            ],
        ));
    }
    life.add(prescription(life, at(31), "Ordonnance de vitamine D", &[
        "Vitamine D3, solution buvable : 400 à 800 UI chaque jour, donnée directement dans la bouche",
    ]));
    for (day, title, against, batch) in [
        (
            62,
            "Vaccins des deux mois",
            "hexavalent et pneumocoque, première dose, face antérieure de la cuisse",
            "FICT-6201",
        ),
        (
            93,
            "Vaccin contre le méningocoque B",
            "méningocoque B, première dose",
            "FICT-6203",
        ),
        (
            122,
            "Vaccins des quatre mois",
            "hexavalent et pneumocoque, deuxième dose",
            "FICT-6207",
        ),
        (
            335,
            "Vaccins des onze mois",
            "hexavalent et pneumocoque, rappel",
            "FICT-6212",
        ),
        (
            366,
            "Vaccin rougeole, oreillons et rubéole",
            "rougeole, oreillons et rubéole, première dose",
            "FICT-6215",
        ),
        (
            500,
            "Vaccin ROR, deuxième dose",
            "rougeole, oreillons et rubéole, deuxième dose",
            "FICT-6219",
        ),
    ] {
        life.add(vaccine(life, at(day), title, against, batch));
    }
    let who = life.patient(at(102));
    life.add(note(at(102), anne, "11488-4", "Consultation – rhume et toux", vec![
        section("Motif", &[&format!("{who}, nez bouché et toux depuis trois jours, température 37,9 °C, boit les trois quarts de ses tétées.")]),
        section("Examen", &["Bon tonus. Fréquence respiratoire 42/min, pas de tirage. Auscultation : quelques râles transmis. Tympans normaux. Saturation 98 %."]),
        list("Conduite à tenir", false, &["Désobstruction du nez au sérum physiologique avant chaque repas", "Fractionner les tétées", "Consulter sans attendre si la respiration devient rapide ou si les prises diminuent de moitié"]),
    ]));
    life.add(upload(at(110), "DOCPAT09", "Contrat de la crèche", vec![
        section("Accueil", &["Crèche fictive des Coquelicots : certificat de vaccination demandé avant l’entrée, période d’adaptation de deux semaines."]),
    ]));
}
