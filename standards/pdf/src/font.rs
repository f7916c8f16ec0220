//! What the bytes of a string stand for in a font, and how wide they are.

use hayro_cmap::{BfString, CMap, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use crate::encoding::{Base, named};

/// A width that is usual where a font says nothing.
const USUAL: f64 = 0.5;

/// A font, as far as its text goes.
pub(crate) struct Font {
    /// Two bytes a letter.
    wide: bool,
    unicode: Option<CMap>,
    base: Base,
    /// What `Differences` says: code and text.
    differences: Vec<(u8, String)>,
    first: u32,
    widths: Vec<f64>,
    /// Of a font of two bytes: first code, and widths from there on.
    wide_widths: Vec<(u32, Vec<f64>)>,
    otherwise: f64,
}

/// A letter as it is shown.
pub(crate) struct Glyph {
    pub text: String,
    /// In parts of the size.
    pub width: f64,
    /// The one to which the space between words is added.
    pub is_space: bool,
}

impl Font {
    pub fn of(dict: &Dict<'_>) -> Self {
        let subtype = dict.get::<Name<'_>>("Subtype");
        let wide = subtype.is_some_and(|name| &*name == b"Type0");
        let below = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let described = below.as_ref().unwrap_or(dict);
        let encoding = dict.get::<Dict<'_>>("Encoding");
        let base = dict
            .get::<Name<'_>>("Encoding")
            .or_else(|| encoding.as_ref()?.get::<Name<'_>>("BaseEncoding"));
        let widths = dict.get::<Array<'_>>("Widths");
        let unit = match dict.get::<Array<'_>>("FontMatrix") {
            // Widths of a font of drawings are in its own units.
            Some(matrix) => matrix
                .iter::<Object<'_>>()
                .next()
                .map_or(0.001, |a| number(&a)),
            None => 0.001,
        };
        Self {
            wide,
            unicode: dict
                .get::<Stream<'_>>("ToUnicode")
                .and_then(|stream| CMap::parse(&stream.decoded().ok()?, load_embedded)),
            base: Base::of(base.as_deref()),
            differences: encoding
                .and_then(|encoding| encoding.get::<Array<'_>>("Differences"))
                .map_or_else(Vec::new, |array| differences(&array)),
            first: dict.get::<u32>("FirstChar").unwrap_or(0),
            widths: widths.map_or_else(Vec::new, |widths| {
                let each = widths.iter::<Object<'_>>();
                each.take(256).map(|width| number(&width) * unit).collect()
            }),
            wide_widths: described
                .get::<Array<'_>>("W")
                .map_or_else(Vec::new, |array| wide_widths(&array)),
            otherwise: match wide {
                true => described
                    .get::<f32>("DW")
                    .map_or(1.0, |w| f64::from(w) / 1000.0),
                false => USUAL,
            },
        }
    }

    /// The letters of a string.
    pub fn glyphs<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Glyph> + 'a {
        bytes.chunks(if self.wide { 2 } else { 1 }).map(|code| {
            let number = code.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            Glyph {
                text: self.text(number),
                width: self.width(number),
                is_space: code == b" ",
            }
        })
    }

    fn text(&self, code: u32) -> String {
        let mapped = self
            .unicode
            .as_ref()
            .and_then(|map| map.lookup_bf_string(code));
        match mapped {
            Some(BfString::Char(c)) if c != '\0' => return c.to_string(),
            Some(BfString::String(text)) => return text,
            _ if self.wide => return String::new(),
            _ => {}
        }
        let Ok(code) = u8::try_from(code) else {
            return String::new();
        };
        let own = self.differences.iter().find(|(at, _)| *at == code);
        match own {
            Some((_, text)) => text.clone(),
            None => self
                .base
                .letter(code)
                .map_or_else(String::new, String::from),
        }
    }

    fn width(&self, code: u32) -> f64 {
        if self.wide {
            let run = self.wide_widths.iter().find(|(first, widths)| {
                let last = u64::from(*first) + widths.len() as u64;
                (u64::from(*first)..last).contains(&u64::from(code))
            });
            return run.map_or(self.otherwise, |(first, widths)| {
                widths[(code - first) as usize]
            });
        }
        let at = code.checked_sub(self.first);
        let width = at.and_then(|at| self.widths.get(at as usize));
        width.copied().unwrap_or(self.otherwise)
    }
}

fn differences(array: &Array<'_>) -> Vec<(u8, String)> {
    let (mut all, mut code) = (Vec::new(), 0_u32);
    for object in array.iter::<Object<'_>>().take(1_000) {
        match object {
            Object::Number(number) => code = u32::try_from(number.as_i64()).unwrap_or(0),
            Object::Name(name) => {
                if let Ok(at) = u8::try_from(code) {
                    all.push((at, named(&name)));
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    all
}

/// `c [w1 w2 …]` and `first last w`, in any order (ISO 32000-1, 9.7.4.3).
fn wide_widths(array: &Array<'_>) -> Vec<(u32, Vec<f64>)> {
    let mut all: Vec<(u32, Vec<f64>)> = Vec::new();
    let (mut first, mut last) = (None::<u32>, None::<u32>);
    for object in array.iter::<Object<'_>>().take(10_000) {
        match (object, first, last) {
            (Object::Array(widths), Some(from), _) => {
                let widths = widths.iter::<Object<'_>>().take(65_536);
                all.push((from, widths.map(|width| number(&width) / 1000.0).collect()));
                (first, last) = (None, None);
            }
            (Object::Number(width), Some(from), Some(to)) => {
                let count = (to.saturating_sub(from) as usize + 1).min(65_536);
                all.push((from, vec![width.as_f64() / 1000.0; count]));
                (first, last) = (None, None);
            }
            (Object::Number(code), None, _) => first = u32::try_from(code.as_i64()).ok(),
            (Object::Number(code), Some(_), None) => last = u32::try_from(code.as_i64()).ok(),
            _ => {}
        }
        if all.len() > 4_096 {
            break;
        }
    }
    all
}

fn number(object: &Object<'_>) -> f64 {
    match object {
        Object::Number(number) => number.as_f64(),
        _ => 0.0,
    }
}
