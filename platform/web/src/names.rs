//! Names and quantities as people write them; and what a name from outside may not hide.

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

/// A text of any origin as it may be shown on a line: nothing in it changes the direction of reading,
/// and nothing stands in it unseen. Spaces take the place of what divides.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match hides(out.chars().next_back(), c) {
            false => out.push(c),
            true if has_no_width(c) => {}
            true => out.push(' '),
        }
    }
    out
}

/// Whether a text holds what [`plain`] takes out.
pub fn misleads(text: &str) -> bool {
    let before = std::iter::once(None).chain(text.chars().map(Some));
    before.zip(text.chars()).any(|(before, c)| hides(before, c))
}

/// Control characters, marks that change the direction of reading, and those that are not seen.
fn hides(before: Option<char>, c: char) -> bool {
    match c {
        // They shape the letters of many scripts, and join images into one.
        '\u{200c}' | '\u{200d}' => !before.is_some_and(|c| c >= '\u{590}' && !c.is_whitespace()),
        _ => {
            c.is_control()
                || has_no_width(c)
                || matches!(
                    c,
                    '\u{61c}'
                        | '\u{115f}'..='\u{1160}'
                        | '\u{200e}'..='\u{200f}'
                        | '\u{2028}'..='\u{202e}'
                        | '\u{2065}'..='\u{206f}'
                        | '\u{2800}'
                        | '\u{3164}'
                        | '\u{ffa0}'
                        | '\u{fff9}'..='\u{fffb}'
                )
        }
    }
}

/// Those that stand within a word, and are not missed there.
fn has_no_width(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
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
    fn nothing_in_a_name_is_unseen_or_turns_it_round() {
        for (text, shown) in [
            ("bilan\u{202e}fdp.exe", "bilan fdp.exe"),
            ("bi\u{200b}l\u{ad}an\u{feff}", "bilan"),
            ("a\u{1}b\u{85}c\u{7f}", "a b c "),
            ("pdf\u{200d}.exe", "pdf.exe"),
            ("\u{200c}a\u{e0041}", "a"),
            ("a\u{2067}b\u{61c}c\u{3164}", "a b c "),
            // What people write stays as it is.
            (
                "L’Haÿ « été » a\u{301} ❤\u{fe0f}",
                "L’Haÿ « été » a\u{301} ❤\u{fe0f}",
            ),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}⚕\u{fe0f}", "👩\u{200d}⚕\u{fe0f}"),
        ] {
            assert_eq!(plain(text), shown);
            assert_eq!(misleads(text), text != shown, "{text:?}");
            assert!(!misleads(&plain(text)), "{text:?}");
        }
    }

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
