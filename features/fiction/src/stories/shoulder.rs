//! A fall, these days: what a person comes to look at soon after.

use crate::life::{Life, images, letter, note};
use crate::sheet::section;

pub(super) fn tell(life: &mut Life<'_>) {
    let staff = life.staff;
    let marc = staff.marc.here();
    life.add(note(
        2,
        marc,
        "18748-4",
        "Radiographie de l’épaule droite",
        vec![
            section(
                "Technique",
                &["Épaule droite de face en trois rotations, et profil de la coiffe."],
            ),
            section(
                "Résultats",
                &["Pas de fracture ni de luxation. Interlignes conservés. Pas de calcification."],
            ),
            section("Conclusion", &["Radiographies normales après une chute."]),
        ],
    ));
    let series = [("Face", "DX", 3), ("Profil de la coiffe", "DX", 1)];
    life.add(images(
        2,
        marc,
        "Images de l’épaule droite",
        "Épaule droite",
        &series,
    ));
    life.add(letter(1, staff.anne.here(), "PRESC-AAT", "Avis d’arrêt de travail", vec![
        section("Motif", &["Contusion de l’épaule droite."]),
        section("Conclusion", &["Arrêt de travail de cinq jours, sorties autorisées. Document fictif, sans effet auprès d’un employeur."]),
    ]));
}
