//! The two public extractions in their real layout, of people and places that do not exist: a
//! small one for the demonstration, and as many lines as a test asks for.

use std::io::{self, Write};

use crate::{
    professional::{POST_CODE, TOWN},
    staff,
};

/// The columns of « PS_LibreAcces_Personne_activite ».
const HEADER: &str = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|\
    Code civilité d'exercice|Libellé civilité d'exercice|Code civilité|Libellé civilité|\
    Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|\
    Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|\
    Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|Code mode exercice|\
    Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|Numéro FINESS site|\
    Numéro FINESS établissement juridique|Identifiant technique de la structure|\
    Raison sociale site|Enseigne commerciale site|\
    Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|\
    Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|\
    Code type de voie (coord. structure)|Libellé type de voie (coord. structure)|\
    Libellé Voie (coord. structure)|Mention distribution (coord. structure)|\
    Bureau cedex (coord. structure)|Code postal (coord. structure)|\
    Code commune (coord. structure)|Libellé commune (coord. structure)|\
    Code pays (coord. structure)|Libellé pays (coord. structure)|Téléphone (coord. structure)|\
    Téléphone 2 (coord. structure)|Télécopie (coord. structure)|\
    Adresse e-mail (coord. structure)|Code Département (structure)|\
    Libellé Département (structure)|Ancien identifiant de la structure|\
    Autorité d'enregistrement|Code secteur d'activité|Libellé secteur d'activité|\
    Code section tableau pharmaciens|Libellé section tableau pharmaciens|Code rôle|\
    Libellé rôle|Code genre activité|Libellé genre activité|";

const STARTS: [&str; 24] = [
    "Bel", "Cour", "Dan", "Fal", "Gran", "Har", "Jor", "Ker", "Lam", "Mar", "Nor", "Or", "Pel",
    "Quer", "Ros", "Sal", "Ter", "Ur", "Val", "Ver", "Yv", "Bra", "Clo", "Dré",
];
const MIDDLES: [&str; 20] = [
    "a", "ande", "ber", "ce", "di", "e", "fi", "gue", "i", "lan", "mon", "ne", "o", "pi", "ri",
    "sé", "ti", "u", "vé", "zi",
];
const ENDS: [&str; 16] = [
    "bois", "court", "dier", "fort", "gny", "land", "lin", "mard", "nay", "quet", "rel", "son",
    "teau", "tier", "val", "vin",
];
const GIVEN: [&str; 24] = [
    "Adèle", "Bruno", "Chloé", "Denis", "Élise", "Farid", "Gaëlle", "Hugo", "Inès", "Jules",
    "Karine", "Léa", "Malik", "Noémie", "Oscar", "Pauline", "Quentin", "Rose", "Samir", "Théo",
    "Ursule", "Victor", "Yasmine", "Zoé",
];
/// Code and label of a profession, of a speciality, and whether they are called doctor.
const TRADES: [(&str, &str, &str, &str, bool); 10] = [
    ("10", "Médecin", "SM54", "Médecine générale", true),
    ("60", "Infirmier", "", "", false),
    (
        "10",
        "Médecin",
        "SM04",
        "Cardiologie et maladies vasculaires",
        true,
    ),
    ("21", "Pharmacien", "", "", false),
    ("70", "Masseur-Kinésithérapeute", "", "", false),
    ("40", "Chirurgien-Dentiste", "", "", true),
    ("10", "Médecin", "SM40", "Pédiatrie", true),
    ("50", "Sage-Femme", "", "", false),
    ("60", "Infirmier", "", "", false),
    ("10", "Médecin", "SM42", "Psychiatrie", true),
];
const TOWNS: [&str; 12] = [
    TOWN,
    "Grimaux",
    "Saint-Aubret",
    "Lormeuil",
    "Port-Sauvin",
    "Hautefage-sur-Onde",
    "Mirecombe",
    "Les Essarts-Noirs",
    "Vaucelin",
    "Bréhoux",
    "Clairmare",
    "Montalbert",
];
const KINDS: [(&str, &str, &str); 5] = [
    ("355", "Centre Hospitalier", "HÔPITAL"),
    ("620", "Pharmacie d'Officine", "PHARMACIE"),
    ("124", "Centre de Santé", "CENTRE DE SANTÉ"),
    (
        "500",
        "Etablissement d'hébergement pour personnes âgées dépendantes",
        "RÉSIDENCE",
    ),
    ("611", "Laboratoire de Biologie Médicale", "LABORATOIRE"),
];

/// Writes the RPPS extraction: the staff of the demonstration, then `others` activities; every
/// third person has two.
///
/// # Errors
/// When it cannot be written.
pub fn rpps(others: u64, mut to: impl Write) -> io::Result<()> {
    writeln!(to, "{HEADER}")?;
    for who in staff().all() {
        for at in &who.situations {
            let skill = who.specialty.map_or(("", ""), |s| (s.code, s.label));
            let trade = (
                who.profession,
                who.profession_label,
                skill.0,
                skill.1,
                who.title.is_some(),
            );
            let place = (at.facility.finess, at.facility.name, TOWN);
            activity(&mut to, who.rpps, (who.family, who.given), trade, place)?;
        }
    }
    for n in 0..others {
        // Lines 0, 1, 2, 3 are of persons 0, 0, 1, 2.
        let person = n / 4 * 3 + (n % 4).saturating_sub(1);
        let pick = |of: usize, by: u64| usize::try_from(person / by).unwrap_or(0) % of;
        let family = [
            STARTS[pick(STARTS.len(), 1)],
            MIDDLES[pick(MIDDLES.len(), 7)],
            ENDS[pick(ENDS.len(), 3)],
        ];
        let place = n % 40;
        let (_, name, town) = facility(place);
        let name = format!("{name} {}", n % 997);
        activity(
            &mut to,
            &format!("998{person:08}"),
            (&family.concat(), GIVEN[pick(GIVEN.len(), 5)]),
            TRADES[pick(TRADES.len(), 1)],
            (&finess(place), &name, town),
        )?;
    }
    Ok(())
}

fn activity(
    to: &mut impl Write,
    rpps: &str,
    (family, given): (&str, &str),
    (code, profession, skill, skill_label, doctor): (&str, &str, &str, &str, bool),
    (finess, place, town): (&str, &str, &str),
) -> io::Result<()> {
    let (title, title_label) = if doctor { ("DR", "Docteur") } else { ("", "") };
    let kind = if skill.is_empty() {
        ("", "")
    } else {
        ("S", "Spécialité ordinale")
    };
    writeln!(
        to,
        "8|{rpps}|8{rpps}|{title}|{title_label}|||{}|{given}|{code}|{profession}|C|Civil|{}|{}|\
         {skill}|{skill_label}|L|Libéral|||{finess}||F{finess}|{place}||||1||R|Rue|du Lac|||\
         {POST_CODE}|99999|{town}|||||||99|Fiction||ARS/CPAM/CPAM|SA07|Cabinet individuel|||||||",
        family.to_uppercase(),
        kind.0,
        kind.1,
    )
}

/// Writes the FINESS stock of etalab: `count` facilities after those of the staff, with where
/// they stand on the map.
///
/// # Errors
/// When it cannot be written.
pub fn finess_stock(count: u64, mut to: impl Write) -> io::Result<()> {
    writeln!(to, "finess;etalab;94;2026-06-01")?;
    let mut known = Vec::new();
    for place in staff().all().iter().flat_map(|who| &who.situations) {
        let place = &place.facility;
        if !known.contains(&place.finess) {
            known.push(place.finess);
            structure(
                &mut to,
                place.finess,
                place.name,
                TOWN,
                ("603", "Maison de santé"),
            )?;
        }
    }
    for n in 0..count {
        let (kind, name, town) = facility(n);
        structure(&mut to, &finess(n), &name, town, kind)?;
    }
    for n in 0..count {
        writeln!(
            to,
            "geolocalisation;{};0;0;1,FICTION,1;2026-06-01",
            finess(n)
        )?;
    }
    Ok(())
}

fn structure(
    to: &mut impl Write,
    finess: &str,
    name: &str,
    town: &str,
    (category, label): (&str, &str),
) -> io::Result<()> {
    writeln!(
        to,
        "structureet;{finess};990000009;{name};{name};;;1;R;DU LAC;;;999;99;FICTION;\
         {POST_CODE} {};0199000000;;{category};{label};;;;;;;;;;;2026-06-01;",
        town.to_uppercase()
    )
}

fn finess(n: u64) -> String {
    format!("9910{n:05}")
}

fn facility(n: u64) -> ((&'static str, &'static str), String, &'static str) {
    let at = usize::try_from(n).unwrap_or(0);
    let (code, label, word) = KINDS[at % KINDS.len()];
    let saint = GIVEN[at / KINDS.len() % GIVEN.len()].to_uppercase();
    let town = TOWNS[at % TOWNS.len()];
    ((code, label), format!("{word} FICTIF {saint}"), town)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_the_columns_of_the_first_and_numbers_are_of_the_range_for_fiction() {
        let mut file = Vec::new();
        rpps(400, &mut file).expect("written");
        let text = String::from_utf8(file).expect("text");
        let columns = HEADER.split('|').count();
        assert_eq!(columns, 57, "56 columns, and what follows the last mark");
        let mut numbers = std::collections::BTreeSet::new();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split('|').collect();
            assert_eq!(cells.len(), columns, "{line}");
            assert!(
                cells[2].starts_with("899") && cells[2].len() == 12,
                "{line}"
            );
            numbers.insert(cells[2].to_owned());
        }
        assert_eq!(text.lines().count(), 1 + 13 + 400);
        assert_eq!(numbers.len(), 11 + 300, "persons");
    }

    #[test]
    fn facilities_are_of_department_99() {
        let mut file = Vec::new();
        finess_stock(40, &mut file).expect("written");
        let text = String::from_utf8(file).expect("text");
        let places = text
            .lines()
            .filter(|line| line.starts_with("structureet;99"));
        assert!(places.count() > 40);
    }
}
