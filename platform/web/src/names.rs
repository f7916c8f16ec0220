//! Names and quantities as people write them.

use crate::Lang;

/// « Anne-Marie Lebrun » from registers that shout: `("ANNE-MARIE", "LEBRUN")`.
///
/// A part that already has small letters is kept as given (« McDonald », « de Gaulle »).
pub fn full(given: &str, family: &str) -> String {
    [given, family]
        .map(|part| written(part.trim()))
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn written(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut starts = true;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if starts {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        starts = !c.is_alphabetic();
    }
    out
}

/// « 1,2 Mo », « 340 ko », « 12 octets »: thousands, as disks and browsers count.
pub fn size(bytes: u64, lang: Lang) -> String {
    let units = match lang {
        Lang::Fr => ["ko", "Mo", "Go"],
        Lang::En => ["kB", "MB", "GB"],
    };
    if bytes < 1000 {
        let plural = if bytes < 2 { "" } else { "s" };
        let word = if lang == Lang::Fr { "octet" } else { "byte" };
        return format!("{bytes}\u{a0}{word}{plural}");
    }
    // Tenths, rounded once; the unit changes where the rounding would say a thousand.
    let (mut unit, mut scale) = (0, 1_000);
    while unit < 2 && bytes >= scale * 1_000 - scale / 2 {
        (unit, scale) = (unit + 1, scale * 1_000);
    }
    let tenths = (bytes / scale) * 10 + ((bytes % scale) * 10 + scale / 2) / scale;
    let comma = if lang == Lang::Fr { ',' } else { '.' };
    if tenths >= 100 || tenths.is_multiple_of(10) {
        format!(
            "{}\u{a0}{}",
            (bytes / scale) + (bytes % scale + scale / 2) / scale,
            units[unit]
        )
    } else {
        format!("{}{comma}{}\u{a0}{}", tenths / 10, tenths % 10, units[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_shout() {
        let table = [
            ("ANNE-MARIE", "LEBRUN", "Anne-Marie Lebrun"),
            ("ÉLODIE", "D’ARTAGNAN", "Élodie D’Artagnan"),
            ("Charles", "de Gaulle", "Charles de Gaulle"),
            ("", "LE GOFF", "Le Goff"),
            ("Zoé", "", "Zoé"),
        ];
        for (given, family, expected) in table {
            assert_eq!(full(given, family), expected);
        }
    }

    #[test]
    fn sizes_are_rounded_to_what_a_reader_needs() {
        let table = [
            (0, "0 octet"),
            (999, "999 octets"),
            (1_000, "1 ko"),
            (1_240, "1,2 ko"),
            (340_400, "340 ko"),
            (999_499, "999 ko"),
            (999_500, "1 Mo"),
            (1_249_999, "1,2 Mo"),
            (25_000_000, "25 Mo"),
            (3_400_000_000, "3,4 Go"),
        ];
        for (bytes, expected) in table {
            assert_eq!(size(bytes, Lang::Fr).replace('\u{a0}', " "), expected);
        }
        assert_eq!(size(1_240_000, Lang::En), "1.2\u{a0}MB");
        assert!(size(u64::MAX / 2, Lang::Fr).ends_with("Go"));
    }
}
