//! A small encoder of PNG, and « photographs » of paper to encode.

use ambient::Random;

/// An image of at most 256 colours.
#[derive(Debug, Clone)]
pub struct Image {
    /// Pixels in a line.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// Colours: red, green, blue.
    pub palette: Vec<[u8; 3]>,
    /// Index of the colour of each pixel, line by line: `width × height` of them.
    pub pixels: Vec<u8>,
}

/// The image as a PNG file (ISO 15948), its data stored without compression.
pub fn encode(image: &Image) -> Vec<u8> {
    let mut header = Vec::with_capacity(13);
    header.extend_from_slice(&image.width.to_be_bytes());
    header.extend_from_slice(&image.height.to_be_bytes());
    // Eight bits, a palette, the only compression and filters, not interlaced.
    header.extend_from_slice(&[8, 3, 0, 0, 0]);
    let mut lines = Vec::with_capacity(image.pixels.len() + image.height as usize);
    for line in image.pixels.chunks(image.width.max(1) as usize) {
        lines.push(0);
        lines.extend_from_slice(line);
    }
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"PLTE", image.palette.as_flattened());
    chunk(&mut file, b"tEXt", b"Comment\0Document fictif");
    chunk(&mut file, b"IDAT", &stored(&lines));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend_from_slice(&(data.len() as u32).to_be_bytes());
    let from = file.len();
    file.extend_from_slice(kind);
    file.extend_from_slice(data);
    let sum = crc32(&file[from..]);
    file.extend_from_slice(&sum.to_be_bytes());
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 §3.2.4).
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks = data.chunks(0xFFFF);
    let last = blocks.len().saturating_sub(1);
    for (i, block) in blocks.enumerate() {
        let length = block.len() as u16;
        out.push(u8::from(i == last));
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    out.extend_from_slice(&adler32(data).to_be_bytes());
    out
}

fn crc32(data: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut n = 0;
        while n < 256 {
            let (mut c, mut k) = (n as u32, 0);
            while k < 8 {
                c = if c & 1 == 1 {
                    0xEDB8_8320 ^ (c >> 1)
                } else {
                    c >> 1
                };
                k += 1;
            }
            table[n] = c;
            n += 1;
        }
        table
    };
    !data.iter().fold(!0, |sum, &byte| {
        TABLE[usize::from(sum as u8 ^ byte)] ^ (sum >> 8)
    })
}

fn adler32(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    for &byte in data {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    b << 16 | a
}

const WIDTH: i32 = 420;
const HEIGHT: i32 = 560;
/// Steps between shadow and light for each colour of the picture.
const STEPS: u8 = 48;
const DESK: u8 = 0;
const PAPER: u8 = STEPS;
const RULE: u8 = 2 * STEPS;
const INK: u8 = 3 * STEPS;

/// A photograph of a sheet of ruled paper on a desk: lines of writing that say
/// nothing, and « FICTIF » written large.
pub fn paper(random: &dyn Random) -> Vec<u8> {
    let palette = [
        [122, 88, 60],
        [250, 246, 236],
        [196, 212, 232],
        [38, 44, 92],
    ]
    .iter()
    .flat_map(|colour: &[u8; 3]| {
        (0..STEPS).map(move |step| {
            colour.map(|part| (u16::from(part) * (u16::from(step) + 58) / 105) as u8)
        })
    })
    .collect();
    let lines: Vec<(i32, i32)> = (0..16)
        .map(|_| (20 + random.below(24) as i32, 130 + random.below(150) as i32))
        .collect();
    let slant = 3 + random.below(5) as i32;
    let mut pixels = Vec::with_capacity((WIDTH * HEIGHT) as usize);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            // The sheet lies a little askew: shear stands for rotation.
            let (u, v) = (
                x - 40 + (y - 280) / (slant * 8),
                y - 36 - (x - 210) / (slant * 8),
            );
            let colour = surface(u, v, &lines);
            // Light falls from the upper left, the corners are darker.
            let light = 40 - (x + y) * 14 / (WIDTH + HEIGHT) - vignette(x, y);
            pixels.push(colour + light.clamp(0, i32::from(STEPS) - 1) as u8);
        }
    }
    encode(&Image {
        width: WIDTH as u32,
        height: HEIGHT as u32,
        palette,
        pixels,
    })
}

fn vignette(x: i32, y: i32) -> i32 {
    let (dx, dy) = (x - WIDTH / 2, y - HEIGHT / 2);
    (dx * dx + dy * dy) / 7_000
}

/// What is at that place of the sheet.
fn surface(u: i32, v: i32, lines: &[(i32, i32)]) -> u8 {
    const SHEET: (i32, i32) = (340, 488);
    if u < 0 || v < 0 || u >= SHEET.0 || v >= SHEET.1 {
        return DESK;
    }
    if fictif(u - 92, v - 38) {
        return INK;
    }
    let (line, within) = ((v - 92).div_euclid(24), (v - 92).rem_euclid(24));
    if let Some(&(from, long)) = usize::try_from(line).ok().and_then(|line| lines.get(line))
        && (from..from + long).contains(&u)
        && scribble(u, within, line)
    {
        return INK;
    }
    if within == 20 && v > 92 { RULE } else { PAPER }
}

/// Whether a pen went there: loops of uneven height, with gaps between words.
fn scribble(u: i32, within: i32, line: i32) -> bool {
    let word = (u + line * 17) % 43;
    if word > 36 {
        return false;
    }
    let wave = [0, 2, 5, 7, 5, 2, 0, 1][((u * 3 / 4 + line) % 8) as usize];
    let tall = if (u / 8 + line * 3) % 5 == 0 { 5 } else { 0 };
    let y = 18 - wave - tall;
    (y..y + 2).contains(&within)
}

/// « FICTIF » in letters of 5 × 7 squares.
fn fictif(u: i32, v: i32) -> bool {
    const F: [u8; 7] = [
        0b11111, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000, 0b10000,
    ];
    const I: [u8; 7] = [
        0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
    ];
    const C: [u8; 7] = [
        0b01111, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b01111,
    ];
    const T: [u8; 7] = [
        0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100,
    ];
    const SQUARE: i32 = 4;
    let (column, row) = (u.div_euclid(SQUARE), v.div_euclid(SQUARE));
    let (letter, column) = (column.div_euclid(6), column.rem_euclid(6));
    let letters = [F, I, C, T, I, F];
    let letter = usize::try_from(letter)
        .ok()
        .and_then(|letter| letters.get(letter));
    let row = letter.and_then(|letter| letter.get(usize::try_from(row).ok()?));
    row.is_some_and(|row| column < 5 && row >> (4 - column) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn chunks_hold_together() {
        let file = paper(&ambient::SeededRandom::new(1));
        let mut at = 8;
        let mut kinds = Vec::new();
        while at < file.len() {
            let length = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
            let (body, sum) = file[at + 4..at + 12 + length].split_at(4 + length);
            assert_eq!(crc32(body).to_be_bytes(), *sum);
            kinds.push(String::from_utf8_lossy(&body[..4]).into_owned());
            at += 12 + length;
        }
        assert_eq!(kinds, ["IHDR", "PLTE", "tEXt", "IDAT", "IEND"]);
        assert!(file.len() < 300_000);
    }
}
