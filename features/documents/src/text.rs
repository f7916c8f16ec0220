//! Plain text of unknown encoding.

/// Windows-1252 where it differs from Latin-1, from 0x80 (WHATWG Encoding Standard).
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-8 when it is, else Windows-1252, of which Latin-1 is a part.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
    }
}

fn windows(byte: u8) -> char {
    match byte
        .checked_sub(0x80)
        .and_then(|at| WINDOWS.get(usize::from(at)))
    {
        Some(special) => *special,
        None => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_read_as_written() {
        assert_eq!(decode("\u{feff}café — 12 €".as_bytes()), "café — 12 €");
        assert_eq!(
            decode(b"caf\xE9 \x97 12 \x80, l\x92\x9Cil"),
            "café — 12 €, l’œil"
        );
        assert_eq!(decode(b""), "");
    }
}
