//! A sporting adolescent: injuries, vaccines, and something to keep to oneself.

use super::common::{prescription, vaccine};
use crate::document::Flag;
use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, section};

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let (anne, marc, e) = (staff.anne.here(), staff.marc.here(), life.e());
    life.add(note(1_820, anne, "59283-2", "Examen de santé de l’enfant", vec![
        section("Examen", &["Vision et audition normales. Discrète attitude scoliotique, disparaissant en flexion."]),
        section("Conclusion", &["Bonne santé. Contrôle du dos dans un an."]),
    ]));
    life.add(vaccine(
        life,
        1_815,
        "Vaccination HPV, première dose",
        "papillomavirus humains, première de deux doses",
        "FICT-9088",
    ));
    life.add(vaccine(
        life,
        1_620,
        "Vaccination HPV, deuxième dose",
        "papillomavirus humains, deuxième dose",
        "FICT-9093",
    ));
    life.add(letter(1_390, staff.anne.elsewhere(), "15507-7", "Passage aux urgences – cheville", vec![
        section("Motif", &[&format!("{}, torsion de la cheville droite à l’entraînement.", life.patient(1_390))]),
        section("Examen", &["Œdème de la malléole externe, appui douloureux mais possible. Critères d’Ottawa positifs."]),
        section("Conclusion", &["Entorse du ligament latéral externe, sans fracture. Attelle trois semaines, pas de sport six semaines."]),
    ]));
    life.add(note(1_390, marc, "18748-4", "Radiographie de la cheville droite", vec![
        section("Indication", &["Traumatisme en varus, douleur de la malléole externe."]),
        section("Résultats", &["Face et profil : pas de trait de fracture visible. Interligne articulaire conservé. Cartilages de croissance en place."]),
        section("Conclusion", &["Pas de lésion osseuse décelée."]),
    ]));
    life.add(letter(
        1_385,
        anne,
        "PRESC-KINE",
        "Rééducation de la cheville",
        vec![list(
            "Soins",
            false,
            &[
                "Rééducation de la cheville droite après entorse, quinze séances",
                "Travail proprioceptif, reprise progressive de la course",
            ],
        )],
    ));
    life.add(photo(1_200, "DOCPAT03", "Ordonnance de l’orthodontiste"));
    let who = life.patient(900);
    life.add(note(
        900,
        anne,
        "11488-4",
        "Consultation – acné",
        vec![
            section(
                "Motif",
                &[&format!(
                    "{who}, gêné{e} par une acné du visage depuis un an."
                )],
            ),
            section(
                "Examen",
                &["Comédons du front et du menton, quelques papules, pas de cicatrice."],
            ),
            section(
                "Conclusion",
                &["Acné légère à moyenne. Traitement local ; l’effet se juge à trois mois."],
            ),
        ],
    ));
    life.add(prescription(
        life,
        900,
        "Ordonnance – soins de la peau",
        &[
            "Peroxyde de benzoyle 5 %, gel : une application le soir – trois mois",
            "Adapalène 0,1 %, crème : une application un soir sur deux, puis chaque soir",
        ],
    ));
    life.add(lab::report(
        life,
        640,
        "Bilan de fatigue",
        &[Panel::Count(None), Panel::Iron(34.0), Panel::Tsh(None)],
        "Bilan sans anomalie.",
    ));
    life.add(note(630, anne, "11488-4", "Consultation – fatigue et sommeil", vec![
        section("Motif", &["Fatigue depuis la rentrée, endormissement après une heure du matin."]),
        section("Conclusion", &["Bilan normal. Dette de sommeil : téléphone hors de la chambre, lever à heure fixe, agenda du sommeil pendant deux semaines."]),
    ]));
    life.add(letter(300, anne, "CERT_DECL", "Certificat de sport en compétition", vec![
        section("Examen", &["Auscultation normale. Pression artérielle 116/68 mmHg. Électrocardiogramme de repos sans particularité."]),
        section("Conclusion", &["Pas de contre-indication décelée à la pratique de l’aviron en compétition. Certificat fictif."]),
    ]));
    life.add(vaccine(
        life,
        210,
        "Vaccination méningocoques ACWY",
        "méningocoques A, C, W et Y, rattrapage de l’adolescent",
        "FICT-4410",
    ));
    life.add(note(55, anne, "11488-4", "Consultation confidentielle", vec![
        section("Motif", &[&format!("{}, venu{e} seul{e}, demande que ses parents n’en soient pas informés.", life.patient(55))]),
        section("Commentaire", &["Questions sur la première relation et la protection. Informations données, préservatifs remis, dépistage proposé et accepté."]),
        section("Conclusion", &["Secret demandé et expliqué (article L. 1111-5 du code de la santé publique). Revoir à sa demande."]),
    ]).hidden_from(Flag::Representatives));
    life.add(lab::report(life, 50, "Dépistage demandé par le patient", &[Panel::Count(None)],
        "Sérologies VIH et hépatite B négatives, recherche de chlamydia négative. Résultats à remettre en main propre.")
        .hidden_from(Flag::Representatives));
    life.add(upload(20, "DOCPAT09", "Licence sportive", vec![
        section("Club", &["Société nautique fictive de Valbrume – licence de la saison en cours, catégorie junior."]),
    ]));
}
