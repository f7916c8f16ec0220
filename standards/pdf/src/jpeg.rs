//! What a JPEG file says of its image (ITU-T T.81, annex B), and the file without what a telephone
//! writes beside it: where it was taken, with what, and small copies.

/// The image of a JPEG file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Photo {
    pub width: u32,
    pub height: u32,
    /// 1 grey, 3 colours, 4 inks.
    pub components: u8,
    /// Its inks are written the other way round.
    pub inverted: bool,
    /// Degrees by which it is to be turned clockwise to be upright.
    pub turn: u32,
    /// The file, bare.
    pub bytes: Vec<u8>,
}

/// Dots of an image: what no camera that one holds makes, and memory that no reader has.
const DOTS: u64 = 120_000_000;

const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const EXIF: u8 = 0xE1;
const ADOBE: u8 = 0xEE;

impl Photo {
    /// Reads a file to its end; `None` when it is cut off, too large, or of a kind that documents do
    /// not hold (lossless, arithmetic).
    pub fn read(file: &[u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(b"\xFF\xD8")?;
        let mut photo = Self {
            width: 0,
            height: 0,
            components: 0,
            inverted: false,
            turn: 0,
            bytes: b"\xFF\xD8".to_vec(),
        };
        loop {
            // Any number of filling bytes stands before a marker.
            let (marker, after) = match rest {
                [0xFF, 0xFF, ..] => {
                    rest = &rest[1..];
                    continue;
                }
                [0xFF, marker, after @ ..] => (*marker, after),
                _ => return None,
            };
            if marker == END {
                photo.bytes.extend([0xFF, END]);
                return (photo.width > 0).then_some(photo);
            }
            let (length, _) = after.split_first_chunk()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (segment, after) = after.split_at_checked(length)?;
            let said = segment.get(2..)?;
            photo.take(marker, said)?;
            let beside = matches!(marker, 0xE1..=0xEF | 0xFE) && marker != ADOBE && marker != 0xE2;
            if !beside {
                photo.bytes.extend([0xFF, marker]);
                photo.bytes.extend(segment);
            }
            rest = after;
            if marker == SCAN {
                let end = scan_end(rest)?;
                photo.bytes.extend(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }

    fn take(&mut self, marker: u8, said: &[u8]) -> Option<()> {
        match marker {
            0xC0..=0xC2 => {
                let [8, h1, h2, w1, w2, components, ..] = *said else {
                    return None;
                };
                self.height = u16::from_be_bytes([h1, h2]).into();
                self.width = u16::from_be_bytes([w1, w2]).into();
                self.components = components;
                let dots = u64::from(self.width) * u64::from(self.height);
                let fits = dots > 0 && dots <= DOTS && matches!(components, 1 | 3 | 4);
                return fits.then_some(());
            }
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return None,
            EXIF => {
                self.turn = said
                    .strip_prefix(b"Exif\0\0")
                    .and_then(turn)
                    .unwrap_or(self.turn)
            }
            ADOBE if said.starts_with(b"Adobe") => self.inverted = true,
            _ => {}
        }
        Some(())
    }
}

/// Where the dots of a scan end: at the next marker that is no part of them.
fn scan_end(dots: &[u8]) -> Option<usize> {
    let is_marker = |two: &[u8]| two[0] == 0xFF && !matches!(two[1], 0 | 0xFF | 0xD0..=0xD7);
    dots.windows(2).position(is_marker)
}

/// The orientation that a camera noted (TIFF 6.0 within Exif 2.3, tag 274), as degrees. What is
/// mirrored is only turned.
fn turn(tiff: &[u8]) -> Option<u32> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    };
    let long = |at: usize| {
        let (a, b) = (short(at)?, short(at.checked_add(2)?)?);
        let (low, high) = if little { (a, b) } else { (b, a) };
        usize::try_from(u32::from(high) << 16 | u32::from(low)).ok()
    };
    let table = long(4)?;
    let entries = usize::from(short(table)?).min(200);
    let entry = |n: usize| table.checked_add(2 + 12 * n);
    let found = (0..entries)
        .filter_map(entry)
        .find(|at| short(*at) == Some(274))?;
    Some(match short(found.checked_add(8)?)? {
        3 | 4 => 180,
        5 | 6 => 90,
        7 | 8 => 270,
        _ => 0,
    })
}
