//! The two public extractions, as they are published, a line at a time.
//!
//! RPPS: « PS_LibreAcces_Personne_activite », `|` between columns that its first line names, one
//! line for each activity. FINESS: the stock of etalab, `;` between columns that no line names,
//! Latin-1 or UTF-8.

use std::collections::HashMap;

use vault::store::{Entered, Listed, Source};

use super::fold;

/// Columns of the RPPS extraction that are used, by the name in its first line.
const COLUMNS: [&str; 10] = [
    "Identification nationale PP",
    "Libellé civilité d'exercice",
    "Nom d'exercice",
    "Prénom d'exercice",
    "Code profession",
    "Libellé profession",
    "Libellé savoir-faire",
    "Numéro FINESS site",
    "Raison sociale site",
    "Libellé commune (coord. structure)",
];

/// How much of a word is indexed; folded words are plain letters and digits, a byte each.
pub const LONGEST: usize = 40;

/// How the lines of a file are to be read.
#[derive(Debug)]
pub enum Layout {
    /// Where the columns of [`COLUMNS`] stand.
    Professionals([usize; 10]),
    /// Columns are where they are.
    Facilities,
}

/// What a line holds.
#[derive(Debug)]
pub enum Line {
    /// Somebody.
    Entry(Box<Entered>),
    /// Nothing for us: where a facility stands on the map.
    Other,
}

impl Layout {
    /// Reads the first line.
    ///
    /// # Errors
    /// What is wrong with it, in French.
    pub fn of(first: &str) -> Result<Self, String> {
        let first = first.trim_start_matches('\u{feff}');
        if first.starts_with("finess;etalab") {
            return Ok(Self::Facilities);
        }
        let names: HashMap<String, usize> = first
            .split('|')
            .enumerate()
            .map(|(at, name)| (clean(name).replace('’', "'"), at))
            .collect();
        let mut places = [0; 10];
        for (place, name) in places.iter_mut().zip(COLUMNS) {
            *place = *names
                .get(name)
                .ok_or_else(|| format!("la première ligne ne nomme pas la colonne « {name} »"))?;
        }
        Ok(Self::Professionals(places))
    }

    /// Which extraction it is.
    pub fn source(&self) -> Source {
        match self {
            Self::Professionals(_) => Source::Professionals,
            Self::Facilities => Source::Facilities,
        }
    }

    /// Reads another line.
    ///
    /// # Errors
    /// What is wrong with it, in French.
    pub fn read(&self, line: &str) -> Result<Line, String> {
        if line.contains('\0') {
            return Err("la ligne n’est pas du texte".to_owned());
        }
        match self {
            Self::Professionals(places) => professional(places, line),
            Self::Facilities => facility(line),
        }
    }
}

fn professional(places: &[usize; 10], line: &str) -> Result<Line, String> {
    let columns: Vec<&str> = line.split('|').map(clean).collect();
    let mut found = [""; 10];
    for (value, place) in found.iter_mut().zip(places) {
        *value = columns.get(*place).ok_or("il manque des colonnes")?;
    }
    let [
        number,
        title,
        family,
        given,
        code,
        profession,
        skill,
        finess,
        place,
        town,
    ] = found;
    if !(2..=32).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err("l’identification nationale n’est pas valable".to_owned());
    }
    if family.is_empty() {
        return Err("le nom manque".to_owned());
    }
    let title = if title == "Docteur" { "Dr" } else { "" };
    let label = if skill.is_empty() {
        profession.to_owned()
    } else {
        format!("{profession}, {skill}")
    };
    Ok(entry(
        Listed {
            number: number.to_owned(),
            name: joined(&[title, given, family]),
            profession: code.to_owned(),
            label,
            place_id: if finess.is_empty() {
                String::new()
            } else {
                format!("1{finess}")
            },
            place: place.to_owned(),
            town: town.to_owned(),
            active: true,
        },
        &joined(&[family, given]),
    ))
}

fn facility(line: &str) -> Result<Line, String> {
    let columns: Vec<&str> = line.split(';').map(clean).collect();
    match columns[0] {
        "structureet" => {}
        "geolocalisation" => return Ok(Line::Other),
        _ => return Err("le début de la ligne n’est pas connu".to_owned()),
    }
    let column = |at: usize| columns.get(at).copied().ok_or("il manque des colonnes");
    let (number, short, long) = (column(1)?, column(3)?, column(4)?);
    let (town, category, label) = (column(15)?, column(18)?, column(19)?);
    if number.len() != 9 || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err("le numéro FINESS n’est pas valable".to_owned());
    }
    let name = if long.is_empty() { short } else { long };
    if name.is_empty() {
        return Err("le nom manque".to_owned());
    }
    // « 69003 LYON CEDEX 03 »: the town between its post code and its sorting office.
    let town = town.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    let town = town.split(" CEDEX").next().unwrap_or(town);
    let number = format!("1{number}");
    Ok(entry(
        Listed {
            place_id: number.clone(),
            number,
            name: name.to_owned(),
            profession: category.to_owned(),
            label: label.to_owned(),
            place: String::new(),
            town: town.to_owned(),
            active: true,
        },
        name,
    ))
}

/// An entry that is found by `name` and by its town; what it does and where only narrow a search.
fn entry(listed: Listed, name: &str) -> Line {
    let mut words = fold::words(&listed.town);
    words.retain(|word| word.len() > 2);
    words.truncate(2);
    words.splice(0..0, fold::words(name).into_iter().take(4));
    words.iter_mut().for_each(|word| word.truncate(LONGEST));
    let all = [name, &listed.label, &listed.place, &listed.town].map(fold::words);
    let folded = all
        .iter()
        .flatten()
        .map(|word| format!(" {word}"))
        .collect();
    Line::Entry(Box::new(Entered {
        listed,
        words,
        folded,
    }))
}

fn clean(column: &str) -> &str {
    column.trim().trim_matches('"').trim()
}

fn joined(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(layout: &Layout, line: &str) -> Entered {
        match layout.read(line) {
            Ok(Line::Entry(entry)) => *entry,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn columns_are_found_by_name() {
        let header = format!("Type d'identifiant PP|{}|", COLUMNS.join("|"));
        let layout = Layout::of(&header).expect("a header");
        let line = "8|899700000017|Docteur|LEFÈVRE|Marc|10|Médecin|Radio-diagnostic|990000058|Imagerie du Lac|Valbrume|";
        let entry = entered(&layout, line);
        assert_eq!(entry.listed.name, "Dr Marc LEFÈVRE");
        assert_eq!(entry.listed.place_id, "1990000058");
        assert_eq!(entry.words, ["lefevre", "marc", "valbrume"]);
        assert!(entry.folded.contains(" radio diagnostic imagerie"));
        for bad in [
            "8|899700000017|Docteur",
            "8||Docteur|A|B|10|C|D|E|F|G|",
            "8\0",
        ] {
            assert!(layout.read(bad).is_err(), "{bad}");
        }
        assert!(Layout::of("nom;prenom").is_err());
    }

    #[test]
    fn a_facility_is_read_with_its_town() {
        let layout = Layout::of("finess;etalab;94;2026-11-01").expect("a header");
        let line = "structureet;990000025;990000001;HOP VALBRUME;HÔPITAL DE VALBRUME;;;12;AV;DU LAC;;;001;99;NULLE PART;99999 VALBRUME CEDEX 09;;;355;Centre hospitalier";
        let entry = entered(&layout, line);
        assert_eq!(entry.listed.number, "1990000025");
        assert_eq!(entry.listed.town, "VALBRUME");
        assert!(matches!(
            layout.read("geolocalisation;990000025;1;2;x;y"),
            Ok(Line::Other)
        ));
        assert!(layout.read("structureet;99").is_err());
        assert!(layout.read("").is_err());
    }
}
