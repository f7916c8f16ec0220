//! Titles: anything that people write, and a good one when they write nothing.

pub use web::names::misleads;
use web::names::plain;

/// The longest title, in characters.
pub const MAX_CHARS: usize = 100;

/// Why a title is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadTitle {
    /// Over [`MAX_CHARS`].
    TooLong,
    /// It holds a character that is no letter, sign or space.
    Control,
}

impl BadTitle {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooLong => "documents-title-too-long",
            Self::Control => "documents-title-control",
        }
    }
}

/// Checks a typed title. Apostrophes, quotation marks, `%`, `:` and all scripts are welcome.
///
/// # Errors
/// See [`BadTitle`].
pub fn check(title: &str) -> Result<(), BadTitle> {
    if misleads(title) {
        Err(BadTitle::Control)
    } else if title.chars().count() > MAX_CHARS {
        Err(BadTitle::TooLong)
    } else {
        Ok(())
    }
}

/// A title from a file's name: « bilan_sanguin%202024.PDF » gives « Bilan sanguin 2024 ». May be empty.
pub fn of_file_name(name: &str) -> String {
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => stem,
        _ => name,
    };
    clean(&stem.replace('_', " ").replace("%20", " "))
}

/// A title that a PDF carries; `None` for those that programs put there by themselves.
pub fn of_cover(words: &str) -> Option<String> {
    const BY_PROGRAMS: [&str; 8] = [
        "untitled",
        "sans titre",
        "document",
        "scan",
        "image",
        "print",
        "impression",
        "about:blank",
    ];
    let words = words.trim();
    let words = ["Microsoft Word - ", "Microsoft PowerPoint - "]
        .iter()
        .find_map(|program| words.strip_prefix(program))
        .unwrap_or(words);
    let title = of_file_name(words);
    let bare = title.to_lowercase();
    let bare = bare.trim_end_matches(|c: char| !c.is_alphabetic());
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 2 && !BY_PROGRAMS.contains(&bare)).then_some(title)
}

/// A title fit to store from a text of any origin: one line, no control character, not too long.
pub fn clean(text: &str) -> String {
    let spaced = plain(text);
    let words: Vec<&str> = spaced.split_whitespace().collect();
    // A capital may be several signs, of which the last is no letter.
    let mut letters = plain(&capitalised(&words.join(" ")));
    if letters.chars().count() > MAX_CHARS {
        letters = letters.chars().take(MAX_CHARS - 1).collect();
        letters.truncate(letters.trim_end().len());
        letters.push('…');
    }
    letters
}

/// With a capital first letter, which may be several: « ῆ » becomes « Η͂ ».
fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(rest).collect(),
        _ => text.to_owned(),
    }
}

/// The title of one of several documents that share a typed title: « Bilan (2/3) ».
pub fn numbered(title: &str, number: usize, of: usize) -> String {
    if of < 2 {
        return title.to_owned();
    }
    let mark = format!(" ({number}/{of})");
    let room = MAX_CHARS.saturating_sub(mark.len());
    let kept: String = title.chars().take(room).collect();
    format!("{}{mark}", kept.trim_end())
}

/// The name of a downloaded file: the title, without what file systems refuse.
pub fn file_name(title: &str, extension: &str) -> String {
    let safe: String = plain(title)
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c => c,
        })
        .collect();
    let safe = safe.trim().trim_matches('.').trim();
    let stem = if safe.is_empty() { "document" } else { safe };
    format!("{stem}.{extension}")
}

/// `inline` or `attachment` with a name, in ASCII for old programs and in full (RFC 6266, RFC 5987).
pub fn disposition(kind: &str, file_name: &str) -> String {
    let ascii: String = file_name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' | ';' => '_',
            c if c.is_ascii_graphic() || c == ' ' => c,
            _ => '_',
        })
        .collect();
    let mut full = String::new();
    for byte in file_name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{full}")
}

fn is_ending(ending: &str) -> bool {
    let letters = ending.chars().any(|c| c.is_ascii_alphabetic());
    letters && ending.len() <= 4 && ending.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_write_is_accepted() {
        for title in [
            "Bilan d'Alzheimer",
            "Hôpital de L’Haÿ-les-Roses : « sortie »",
            "Saturation 95 % (repos) / effort ?",
            "Œdème & suites… §2 ~ 50 µg",
            "报告 — отчёт",
            "a\u{301}",
        ] {
            assert_eq!(check(title), Ok(()), "{title}");
        }
        assert_eq!(check("a\nb"), Err(BadTitle::Control));
        for typed in [
            "fdp\u{202e}exe",
            "bi\u{200b}lan",
            "bilan\u{200d}",
            "bi\u{ad}lan",
        ] {
            assert_eq!(check(typed), Err(BadTitle::Control), "{typed:?}");
        }
        assert_eq!(check("می\u{200c}خواهم"), Ok(()));
        assert_eq!(check(&"é".repeat(100)), Ok(()));
        assert_eq!(check(&"é".repeat(101)), Err(BadTitle::TooLong));
    }

    #[test]
    fn a_file_name_becomes_a_title() {
        let table = [
            ("bilan_sanguin%202024.PDF", "Bilan sanguin 2024"),
            ("IMG_2034.jpeg", "IMG 2034"),
            ("Dr. Martin", "Dr. Martin"),
            ("résultats 12.03", "Résultats 12.03"),
            ("archive.tar.gz", "Archive.tar"),
            ("  .pdf", ""),
            ("élan\u{202e}fdp.txt", "Élan fdp"),
            ("or\u{ad}don\u{200b}nance\u{1}2.pdf", "Ordonnance 2"),
            ("", ""),
        ];
        for (name, title) in table {
            assert_eq!(of_file_name(name), title, "{name}");
        }
    }

    #[test]
    fn what_programs_write_by_themselves_is_no_title() {
        for (words, title) in [
            ("Bilan de printemps", Some("Bilan de printemps")),
            ("Microsoft Word - CR_opératoire.docx", Some("CR opératoire")),
            ("Microsoft Word - Document1", None),
            ("Untitled-1", None),
            ("scan_0012.pdf", None),
            ("12/03", None),
            ("", None),
        ] {
            assert_eq!(of_cover(words).as_deref(), title, "{words}");
        }
    }

    #[test]
    fn a_title_stays_short_when_its_capital_is_longer() {
        let longest = format!("ῆ{}", "a".repeat(MAX_CHARS - 1));
        assert_eq!(check(&clean(&longest)), Ok(()));
    }

    #[test]
    fn documents_that_share_a_title_are_told_apart() {
        assert_eq!(numbered("Bilan", 1, 1), "Bilan");
        assert_eq!(numbered("Bilan", 2, 3), "Bilan (2/3)");
        assert_eq!(
            numbered(&"é".repeat(100), 12, 20).chars().count(),
            MAX_CHARS
        );
    }

    #[test]
    fn a_download_is_named_after_its_title() {
        let name = file_name("Analyse d’urine : 12/03 ?", "pdf");
        assert_eq!(name, "Analyse d’urine - 12-03 -.pdf");
        assert_eq!(file_name("..", "txt"), "document.txt");
        let header = disposition("attachment", "L’Haÿ \"100 %\".pdf");
        assert_eq!(
            header,
            "attachment; filename=\"L_Ha_ _100 __.pdf\"; \
             filename*=UTF-8''L%E2%80%99Ha%C3%BF%20%22100%20%25%22.pdf"
        );
    }

    proptest! {
        #[test]
        fn what_is_cleaned_is_a_title(text in "\\PC{0,140}|.{0,140}") {
            prop_assert_eq!(check(&clean(&text)), Ok(()));
            prop_assert_eq!(check(&of_file_name(&text)), Ok(()));
            prop_assert!(disposition("inline", &file_name(&text, "pdf")).is_ascii());
        }
    }
}
