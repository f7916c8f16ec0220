//! The file that `carnet import insured` takes.

use ins::Sex;

use crate::Person;

/// Columns of the file.
const HEADER: &str = "nir;serie;nom_naissance;prenoms;prenom;nom_usage;date_naissance;sexe;\
    lieu_naissance;email;mobile;representants;adresse";

/// The insured persons as a file, in UTF-8, fields separated by semicolons. Sex
/// is `F`, `M` or `I`; given names are separated by spaces, representatives (by
/// number) by commas.
pub fn insured_csv<'a>(people: impl IntoIterator<Item = &'a Person>) -> String {
    let mut csv = String::from(HEADER);
    for person in people {
        let traits = &person.traits;
        let fields = [
            person.number().to_owned(),
            person.card.clone(),
            traits.birth_family_name.clone(),
            traits.birth_given_names.join(" "),
            person.given.clone(),
            person.used_family.clone().unwrap_or_default(),
            traits.birth_date.to_string(),
            match traits.sex {
                Sex::Female => "F",
                Sex::Male => "M",
                Sex::Unknown => "I",
            }
            .to_owned(),
            traits.birth_place.clone().unwrap_or_default(),
            person.email.clone().unwrap_or_default(),
            person.mobile.clone().unwrap_or_default(),
            person.representatives.join(","),
            "1 rue de l’Exemple, 99999 Villefictive".to_owned(),
        ];
        csv.push('\n');
        csv.push_str(&fields.join(";"));
    }
    csv.push('\n');
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_each_and_no_field_breaks_the_file() {
        let cast = crate::cast("2026-06-12T08:00:00Z".parse().unwrap());
        let csv = insured_csv(cast.all());
        let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(';').collect()).collect();
        assert_eq!(rows.len(), 10);
        assert!(rows.iter().all(|row| row.len() == 13));
        assert!(!csv.contains('"'));
        assert_eq!(rows[2][2..4], ["Bouvier", "Léo Gabin"]);
        assert_eq!(
            rows[2][11],
            format!("{},{}", cast.camille.number(), cast.thomas.number())
        );
    }
}
