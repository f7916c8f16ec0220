//! Helvetica, one of the fonts that every PDF reader has: its encoding and widths.

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// Widths of the characters from space to tilde, in thousandths of the size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// The byte of a character in WinAnsiEncoding (ISO 32000-1, annex D.2).
pub(super) fn win_ansi(c: char) -> Option<u8> {
    Some(match c {
        ' '..='~' => c as u8,
        '\u{A0}'..='ÿ' => c as u8,
        '\u{202F}' => 0xA0,
        '€' => 0x80,
        '…' => 0x85,
        'Œ' => 0x8C,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        'œ' => 0x9C,
        'Ÿ' => 0x9F,
        _ => return None,
    })
}

/// A text as a PDF string: ASCII, everything else escaped. What the font lacks becomes `?`.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::from("(");
    for byte in text.chars().map(|c| win_ansi(c).unwrap_or(b'?')) {
        match byte {
            b'(' | b')' | b'\\' => {
                out.push('\\');
                out.push(byte as char);
            }
            b' '..=b'~' => out.push(byte as char),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push(')');
    out
}

/// Width of a text in points.
pub(super) fn width(text: &str, face: Face, size: f32) -> f32 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c, face))).sum();
    thousandths as f32 * size / 1000.0
}

fn advance(c: char, face: Face) -> u16 {
    let ascii = match c {
        ' '..='~' => c,
        '\u{A0}' | '\u{202F}' => ' ',
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ò'..='Ö' => 'O',
        'Ù'..='Ü' => 'U',
        'Ÿ' => 'Y',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ÿ' => 'y',
        '°' => return 400,
        '²' | '³' | '¹' => return 333,
        '·' | '‘' | '’' => return if face == Face::Bold { 278 } else { 222 },
        '•' => return 350,
        'œ' => return 944,
        '×' | '±' => return 584,
        'Œ' | '—' | '…' => return 1000,
        _ => return 556,
    };
    let table = if face == Face::Bold { &BOLD } else { &REGULAR };
    table.get(ascii as usize - 32).copied().unwrap_or(556)
}

/// Breaks a text into lines no wider than that, at spaces. A word alone may be wider.
pub(super) fn wrap(text: &str, face: Face, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if line.is_empty() || width(&longer, face, size) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_measured() {
        assert_eq!(literal("(a\\é’)"), r"(\(a\\\351\222\))");
        assert_eq!(literal("☂"), "(?)");
        assert_eq!(width("Hé", Face::Regular, 10.0), 12.78);
        assert!(width("Hé", Face::Bold, 10.0) >= 12.78);
    }

    #[test]
    fn lines_fit() {
        let lines = wrap("un deux trois quatre cinq", Face::Regular, 10.0, 45.0);
        assert_eq!(lines, ["un deux", "trois", "quatre", "cinq"]);
        assert_eq!(wrap("", Face::Regular, 10.0, 50.0), [""]);
        assert_eq!(
            wrap("anticonstitutionnellement", Face::Regular, 10.0, 5.0).len(),
            1
        );
    }

    /// What we write has no sign that the font lacks.
    #[test]
    fn the_stories_can_be_printed() {
        let stories = [
            include_str!("../stories/adolescent.rs"),
            include_str!("../stories/asthma.rs"),
            include_str!("../stories/back_pain.rs"),
            include_str!("../stories/common.rs"),
            include_str!("../stories/diabetes.rs"),
            include_str!("../stories/fibrillation.rs"),
            include_str!("../stories/hypertension.rs"),
            include_str!("../stories/infant.rs"),
            include_str!("../stories/pregnancy.rs"),
            include_str!("../stories/thyroid.rs"),
            include_str!("../names.rs"),
            include_str!("../professional.rs"),
        ];
        for text in stories {
            let lost = text.chars().find(|&c| c != '\n' && win_ansi(c).is_none());
            assert_eq!(lost, None);
        }
    }
}
