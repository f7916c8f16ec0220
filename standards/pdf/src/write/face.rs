//! The typeface: Atkinson Hyperlegible in two weights, as on our pages.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};

const REGULAR: &[u8] = include_bytes!("../../fonts/atkinson-400.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/atkinson-700.ttf");

/// One weight.
struct Face {
    font: Font,
    table: FontRef<'static>,
    units: f32,
}

/// Both weights.
pub struct Faces {
    regular: Face,
    bold: Face,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Self {
        let font = Font::new(bytes.into(), 0).expect("a typeface of ours");
        let units = font.units_per_em();
        Self {
            table: FontRef::new(bytes).expect("a typeface of ours"),
            font,
            units,
        }
    }

    fn advance(&self, character: char) -> f32 {
        let glyph = self.table.charmap().map(character).unwrap_or_default();
        let metrics = self
            .table
            .glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.advance_width(glyph).unwrap_or_default() / self.units
    }
}

/// What stands for a character that is written in another way on paper.
fn alike(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{202f}' | '\u{2009}' => '\u{a0}',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2015}' => '—',
        other => other,
    }
}

impl Faces {
    /// Ours.
    pub fn ours() -> Self {
        Self {
            regular: Face::of(REGULAR),
            bold: Face::of(BOLD),
        }
    }

    fn has(&self, character: char) -> bool {
        let found = |face: &Face| face.table.charmap().map(character);
        !character.is_control() && found(&self.regular).is_some() && found(&self.bold).is_some()
    }

    /// The first character that is in neither, but for the ends of lines.
    pub fn lacks(&self, text: &str) -> Option<char> {
        let mut all = text.chars().filter(|one| !matches!(one, '\r' | '\n'));
        all.find(|one| !self.has(alike(*one)))
    }

    /// A line as it can be set.
    pub fn plain(&self, text: &str) -> String {
        let set = |one: char| match alike(one) {
            one if self.has(one) => one,
            _ => '?',
        };
        text.chars().map(set).collect()
    }

    fn face(&self, bold: bool) -> &Face {
        match bold {
            true => &self.bold,
            false => &self.regular,
        }
    }

    /// How wide a plain line is at size 1.
    pub fn width(&self, text: &str, bold: bool) -> f32 {
        let face = self.face(bold);
        text.chars().map(|one| face.advance(one)).sum()
    }

    /// The glyphs of a plain line.
    pub fn set(&self, text: &str, bold: bool) -> (Vec<KrillaGlyph>, Font) {
        let face = self.face(bold);
        let glyph = |(at, one): (usize, char)| {
            let id = face.table.charmap().map(one).unwrap_or_default();
            KrillaGlyph {
                glyph_id: GlyphId::new(id.to_u32()),
                text_range: at..at + one.len_utf8(),
                x_advance: face.advance(one),
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            }
        };
        let glyphs = text.char_indices().map(glyph).collect();
        (glyphs, face.font.clone())
    }
}
