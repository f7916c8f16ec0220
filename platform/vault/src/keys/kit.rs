//! The key file on paper: groups of letters that find a slip of the pen, and how they are read back.
//!
//! A key of 32 bytes is eight groups. A group is four bytes and a check, in eight letters of 32
//! that are not mistaken for each other (Crockford's: no I, L, O, U). The check is a CRC-8 mixed
//! with the place of the group, so that one wrong letter in it, or a group at another's place, is
//! always found; a last line names all of the keys, and finds what two slips hid.

use ambient::Secret;

use super::{KeyFile, KeyLine};

/// The first line of a key file.
pub const TITLE: &str = super::file::TITLE;

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Groups on a row, as they are printed and typed: half a key.
pub const ON_A_ROW: usize = 4;

/// What cannot be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadRow {
    /// Not four groups: how many there are.
    #[error("{0} groups where there are four")]
    Count(usize),
    /// A group that is not what was printed: its place in the row, from 1.
    #[error("group {0} is not what was printed")]
    Group(usize),
}

/// One row of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key that it is half of, such as `kek 1`.
    pub name: String,
    /// Four groups of eight letters.
    pub groups: [String; ON_A_ROW],
}

/// The rows of a key file, two for each key, in its order.
pub fn rows(file: &KeyFile) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in file.lines() {
        for half in line.key.expose().chunks(4 * ON_A_ROW) {
            let at = rows.len() * ON_A_ROW;
            let mut groups = [const { String::new() }; ON_A_ROW];
            for (n, (group, bytes)) in groups.iter_mut().zip(half.chunks(4)).enumerate() {
                *group = write(bytes, at + n);
            }
            rows.push(Row {
                name: line.name.clone(),
                groups,
            });
        }
    }
    rows
}

/// Reads a row back, as it was typed; `row` counts from 0. Case, spaces and dashes do not count,
/// O is read as 0, I and L as 1.
///
/// # Errors
/// Which group is wrong.
pub fn read_row(typed: &str, row: usize) -> Result<Secret<[u8; 4 * ON_A_ROW]>, BadRow> {
    let letters = Secret::new(letters(typed));
    let groups: Vec<&[u8]> = letters.expose().chunks(8).collect();
    if letters.expose().len() != 8 * ON_A_ROW {
        // The first group that does not check is where a letter is missing or too many.
        let wrong = groups
            .iter()
            .enumerate()
            .position(|(n, group)| read(group, row * ON_A_ROW + n).is_none());
        return Err(match wrong {
            Some(at) if at < ON_A_ROW => BadRow::Group(at + 1),
            _ => BadRow::Count(groups.len()),
        });
    }
    let mut half = [0; 4 * ON_A_ROW];
    for (n, group) in groups.iter().enumerate() {
        let bytes = read(group, row * ON_A_ROW + n).ok_or(BadRow::Group(n + 1))?;
        half[4 * n..4 * n + 4].copy_from_slice(&bytes);
    }
    Ok(Secret::new(half))
}

/// The key file of rows that were read back; `None` when they are not those of an installation.
pub fn assemble(names: &[String], halves: &[Secret<[u8; 4 * ON_A_ROW]>]) -> Option<KeyFile> {
    let (pairs, []) = halves.as_chunks::<2>() else {
        return None;
    };
    if pairs.len() != names.len() {
        return None;
    }
    let lines = names.iter().zip(pairs).map(|(name, [first, second])| {
        let mut key = [0; 32];
        key[..16].copy_from_slice(first.expose());
        key[16..].copy_from_slice(second.expose());
        KeyLine {
            name: name.clone(),
            key: Secret::new(key),
        }
    });
    KeyFile::of(lines.collect())
}

/// Four bytes and their check as eight letters.
fn write(bytes: &[u8], place: usize) -> String {
    let mut all = 0_u64;
    for byte in bytes.iter().chain([&check(bytes, place)]) {
        all = all << 8 | u64::from(*byte);
    }
    (0..8)
        .rev()
        .map(|n| LETTERS[(all >> (5 * n)) as usize % LETTERS.len()] as char)
        .collect()
}

fn read(letters: &[u8], place: usize) -> Option<[u8; 4]> {
    if letters.len() != 8 {
        return None;
    }
    let mut all = 0_u64;
    for letter in letters {
        let value = LETTERS.iter().position(|known| known == letter)?;
        all = all << 5 | value as u64;
    }
    let bytes = all.to_be_bytes();
    let (data, [sum]) = (&bytes[3..7], &bytes[7..]) else {
        return None;
    };
    (check(data, place) == *sum).then(|| data.try_into().ok())?
}

fn letters(typed: &str) -> Vec<u8> {
    let letter = |letter: char| match letter.to_ascii_uppercase() {
        'O' => Some(b'0'),
        'I' | 'L' => Some(b'1'),
        other if other.is_ascii_alphanumeric() => u8::try_from(other).ok(),
        // Anything else that is no space or dash is no letter: it makes the group wrong.
        ' ' | '\t' | '-' | '–' | '.' | '\u{a0}' => None,
        _ => Some(b'?'),
    };
    typed.trim().chars().filter_map(letter).collect()
}

/// CRC-8 (polynomial 0x07): finds every slip within eight bits, so any one wrong letter.
fn check(bytes: &[u8], place: usize) -> u8 {
    let sum = bytes.iter().fold(0_u8, |sum, byte| {
        (0..8).fold(sum ^ byte, |sum, _| {
            (sum << 1) ^ if sum & 0x80 == 0 { 0 } else { 0x07 }
        })
    });
    // Places are few: a key file has three keys, or a few more in the middle of a rotation.
    sum ^ place.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;
    use proptest::prelude::*;

    use super::*;

    fn typed(row: &Row) -> String {
        row.groups.join(" ")
    }

    #[test]
    fn what_is_printed_reads_back_whatever_the_hand() {
        let file = KeyFile::draw(&SeededRandom::new(4));
        let rows = rows(&file);
        assert_eq!(rows.len(), 6);
        let hand = |text: String| text.to_lowercase().replace('0', "o").replace('1', "l");
        let halves: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(n, row)| read_row(&hand(typed(row)).replace(' ', " - "), n).expect("reads"))
            .collect();
        let names: Vec<_> = file.lines().iter().map(|line| line.name.clone()).collect();
        let again = assemble(&names, &halves).expect("a key file");
        assert_eq!(again.text().expose(), file.text().expose());
        assert!(assemble(&names[1..], &halves).is_none());
        assert!(assemble(&names, &halves[1..]).is_none());
    }

    #[test]
    fn a_group_at_anothers_place_is_found() {
        let rows = rows(&KeyFile::draw(&SeededRandom::new(4)));
        assert_eq!(read_row(&typed(&rows[1]), 0).err(), Some(BadRow::Group(1)));
        let mut swapped = rows[2].clone();
        swapped.groups.swap(1, 2);
        assert_eq!(read_row(&typed(&swapped), 2).err(), Some(BadRow::Group(2)));
    }

    proptest! {
        #[test]
        fn one_wrong_missing_or_added_letter_is_found_in_its_group(
            seed: u64, row in 0_usize..6, at in 0_usize..32, other in 0_usize..31,
        ) {
            let text = typed(&rows(&KeyFile::draw(&SeededRandom::new(seed)))[row]).replace(' ', "");
            let place = LETTERS.iter().position(|letter| *letter == text.as_bytes()[at]);
            let wrong = LETTERS[(place.expect("a letter") + 1 + other) % 32] as char;
            let replaced = format!("{}{wrong}{}", &text[..at], &text[at + 1..]);
            let group = Some(BadRow::Group(at / 8 + 1));
            prop_assert_eq!(read_row(&replaced, row).err(), group);
            let missing = format!("{}{}", &text[..at], &text[at + 1..]);
            let added = format!("{}{wrong}{}", &text[..at], &text[at..]);
            prop_assert!(read_row(&missing, row).is_err());
            prop_assert!(read_row(&added, row).is_err());
        }
    }
}
