//! What happens to everybody.

use cda::{FactKind, HealthFact};

use crate::lab::{self, Panel};
use crate::life::{Life, letter, note, photo, upload};
use crate::sheet::{list, section};

/// A winter infection, a routine blood test, a vaccine, a paper from the insurer.
pub(super) fn adult(life: &mut Life<'_>) {
    let staff = life.staff;
    let ago = life.between(1_300, 1_500);
    let who = life.patient(ago);
    life.add(note(ago, staff.anne.here(), "11488-4", "Consultation pour angine", vec![
        section("Motif", &[&format!("{who}, mal de gorge et fièvre à 38,4 °C depuis deux jours, sans toux.")]),
        section("Examen", &["Amygdales rouges, sans exsudat. Ganglions cervicaux sensibles. Auscultation pulmonaire normale. Test rapide d’orientation diagnostique négatif."]),
        section("Conclusion", &["Angine d’allure virale. Pas d’antibiotique. Paracétamol si besoin, boissons fraîches ; reconsulter si la fièvre dépasse trois jours."]),
    ]));
    let ago = life.between(780, 900);
    life.add(lab::report(
        life,
        ago,
        "Bilan sanguin de routine",
        &[
            Panel::Count(None),
            Panel::Glucose(None),
            Panel::Lipids(None),
        ],
        "",
    ));
    let ago = life.between(560, 640);
    life.add(vaccine(
        life,
        ago,
        "Vaccination dTP",
        "diphtérie, tétanos et poliomyélite, rappel de l’adulte",
        "FICT-4471",
    ));
    life.add(upload(
        life.between(200, 330),
        "DOCPAT09",
        "Carte de mutuelle",
        vec![
            section(
                "Organisme",
                &["Mutuelle fictive des Deux Rives – contrat famille, tiers payant accepté."],
            ),
            list(
                "Garanties",
                false,
                &[
                    "Soins courants : 100 % du tarif de base",
                    "Optique : un équipement tous les deux ans",
                    "Dentaire : 200 % du tarif de base",
                ],
            ),
        ],
    ));
    life.add(photo(
        life.between(90, 120),
        "DOCPAT02",
        "Photo de mon ordonnance",
    ));
}

/// A note of vaccination.
pub(super) fn vaccine<'a>(
    life: &Life<'a>,
    ago: i32,
    title: &str,
    against: &str,
    batch: &str,
) -> crate::life::Paper<'a> {
    let mut said = section(
        "Vaccinations",
        &[
            &format!("Vaccin injecté ce jour : {against}."),
            &format!(
                "Voie intramusculaire, deltoïde gauche. Lot {batch} (fictif). Surveillance de quinze minutes sans incident."
            ),
        ],
    );
    let fact = HealthFact::new(FactKind::Vaccination, against);
    said.facts = vec![fact.with(batch).since(life.day(ago))];
    note(ago, life.staff.anne.here(), "87273-9", title, vec![said])
}

/// A prescription of medicines, printed.
pub(super) fn prescription<'a>(
    life: &Life<'a>,
    ago: i32,
    title: &str,
    lines: &[&str],
) -> crate::life::Paper<'a> {
    letter(
        ago,
        life.staff.anne.here(),
        "57833-6",
        title,
        vec![
            list("Traitement", true, lines),
            section(
                "",
                &[
                    "Substitution possible sauf mention contraire. Ordonnance fictive : aucun médicament ne peut être délivré.",
                ],
            ),
        ],
    )
}
