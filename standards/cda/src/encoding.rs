//! From bytes to text, for the encodings that French software declares.

use std::borrow::Cow;

use crate::Error;

/// Decodes a file by its byte order mark, else by its XML declaration, else
/// as UTF-8. ISO-8859-1 is read as Windows-1252, which holds it and is what
/// the software that declares it writes.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [b'<', 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, b'<', ..] => utf16(bytes, u16::from_be_bytes),
        _ => match declared(bytes).as_deref() {
            // UTF-16 declared on bytes that are not: the text was transcoded.
            None | Some("utf-8" | "utf8" | "us-ascii" | "ascii" | "utf-16") => utf8(bytes),
            Some("iso-8859-1" | "latin1" | "windows-1252" | "cp1252") => {
                Ok(single(bytes, windows_1252))
            }
            Some("iso-8859-15" | "latin-9" | "latin9") => Ok(single(bytes, latin_9)),
            Some(_) => Err(Error::Encoding),
        },
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    std::str::from_utf8(bytes)
        .map(Cow::Borrowed)
        .map_err(|_| Error::Encoding)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, Error> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() {
        return Err(Error::Encoding);
    }
    char::decode_utf16(pairs.iter().map(|&pair| unit(pair)))
        .collect::<Result<String, _>>()
        .map(Cow::Owned)
        .map_err(|_| Error::Encoding)
}

fn single(bytes: &[u8], character: fn(u8) -> char) -> Cow<'static, str> {
    Cow::Owned(bytes.iter().map(|&byte| character(byte)).collect())
}

/// The encoding named by `<?xml … encoding="…"?>`, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|&byte| byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|&c| c == '"' || c == '\'')?;
    let (name, _) = value[1..].split_once(quote)?;
    Some(name.to_ascii_lowercase())
}

/// Windows-1252: Latin-1 but for 0x80 to 0x9F. The five unassigned bytes stay
/// the control characters that they are in Latin-1.
pub(crate) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// ISO-8859-15: Latin-1 with eight letters replaced, the euro sign among them.
fn latin_9(byte: u8) -> char {
    match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<a>é’œ</a>";

    #[test]
    fn unicode_forms_give_the_same_text() {
        let with_mark = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        assert_eq!(decode(&with_mark).unwrap(), TEXT);
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&little).unwrap(), TEXT);
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big).unwrap(), TEXT);
        assert_eq!(decode(&[&b"\xFE\xFF"[..], &big].concat()).unwrap(), TEXT);
    }

    #[test]
    fn declared_single_byte_encodings_are_followed() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9\x92\x9C</a>";
        assert!(decode(latin).unwrap().ends_with(TEXT));
        let ninth = b"<?xml version='1.0' encoding = \"ISO-8859-15\"?><a>\xA4\xBD</a>";
        assert!(decode(ninth).unwrap().ends_with("<a>€œ</a>"));
    }

    #[test]
    fn what_cannot_be_decoded_is_an_error() {
        for bad in [
            &b"<a>\xE9</a>"[..],
            b"<?xml version='1.0' encoding='EBCDIC'?><a/>",
            b"<\0a",
            b"\xFF\xFE\x00\xD8",
        ] {
            assert_eq!(decode(bad), Err(Error::Encoding));
        }
    }
}
