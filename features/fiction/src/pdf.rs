//! A small writer of PDF: A4 sheets in Helvetica with titles, paragraphs, lists
//! and tables. Enough for a letter; not a typesetter.

mod file;
mod font;

use std::fmt::Write as _;

use cda::write::{Block, WriteSection};

pub use crate::sheet::Sheet;
use font::{Face, literal, width, wrap};

const LEFT: f32 = 56.0;
const RIGHT: f32 = 539.0;
const BOTTOM: f32 = 778.0;
const TEXT: f32 = 10.5;
const LEADING: f32 = 15.0;
const CELL: f32 = 9.0;

const INK: &str = "0.13 0.16 0.18";
const GREY: &str = "0.42 0.46 0.49";
const TEAL: &str = "0.04 0.36 0.40";
const MIST: &str = "0.93 0.97 0.97";
const LINE: &str = "0.80 0.86 0.87";

/// At the foot of each page.
const NOTICE: &str = "Document fictif, produit pour la démonstration\u{A0}: sans valeur médicale.";

/// The sheet as a PDF file.
pub fn render(sheet: &Sheet) -> Vec<u8> {
    let mut painter = Painter::new();
    painter.first_head(sheet);
    for section in &sheet.sections {
        painter.section(section);
    }
    if !sheet.signature.is_empty() {
        painter.need(56.0);
        painter.y += 40.0;
        let x = RIGHT - width(&sheet.signature, Face::Bold, TEXT);
        painter.text(x, &sheet.signature, Face::Bold, TEXT, INK);
    }
    let running = sheet
        .person
        .first()
        .map_or_else(String::new, |name| format!("{} – {name}", sheet.title));
    file::assemble(&sheet.title, &painter.finish(&running))
}

/// Draws downwards from the top; a page break comes by itself.
struct Painter {
    pages: Vec<String>,
    /// Distance from the top of the page to the line being written.
    y: f32,
}

impl Painter {
    fn new() -> Self {
        Self {
            pages: vec![String::new()],
            y: 56.0,
        }
    }

    fn draw(&mut self, operators: std::fmt::Arguments<'_>) {
        if let Some(page) = self.pages.last_mut() {
            // Writing to a String cannot fail.
            let _ = page.write_fmt(operators);
        }
    }

    fn text(&mut self, x: f32, text: &str, face: Face, size: f32, colour: &str) {
        let font = if face == Face::Bold { "F2" } else { "F1" };
        let (y, text) = (842.0 - self.y, literal(text));
        self.draw(format_args!(
            "BT {colour} rg /{font} {size} Tf {x:.1} {y:.1} Td {text} Tj ET\n"
        ));
    }

    fn fill(&mut self, x: f32, top: f32, wide: f32, high: f32, colour: &str) {
        let y = 842.0 - top - high;
        self.draw(format_args!(
            "{colour} rg {x:.1} {y:.1} {wide:.1} {high:.1} re f\n"
        ));
    }

    /// Begins a page when less than that is left.
    fn need(&mut self, high: f32) {
        if self.y + high > BOTTOM {
            self.pages.push(String::new());
            self.y = 72.0;
        }
    }

    fn first_head(&mut self, sheet: &Sheet) {
        const BOX: f32 = 322.0;
        self.fill(0.0, 0.0, 595.0, 7.0, TEAL);
        self.y = 34.0;
        let mark = "DOCUMENT FICTIF";
        self.text(
            RIGHT - width(mark, Face::Bold, 7.5),
            mark,
            Face::Bold,
            7.5,
            TEAL,
        );
        self.y = 58.0;
        for (i, line) in sheet.letterhead.iter().enumerate() {
            let (face, size, colour) = if i == 0 {
                (Face::Bold, 12.0, TEAL)
            } else {
                (Face::Regular, 9.0, GREY)
            };
            for line in wrap(line, face, size, BOX - LEFT - 16.0) {
                self.text(LEFT, &line, face, size, colour);
                self.y += size + 4.0;
            }
        }
        let below = self.y;
        let high = 14.0 * sheet.person.len() as f32 + 14.0;
        if !sheet.person.is_empty() {
            self.fill(BOX, 44.0, RIGHT - BOX, high, MIST);
            self.fill(BOX, 44.0, 3.0, high, TEAL);
        }
        self.y = 62.0;
        for (i, line) in sheet.person.iter().enumerate() {
            let (face, size) = if i == 0 {
                (Face::Bold, 11.0)
            } else {
                (Face::Regular, 9.0)
            };
            self.text(BOX + 14.0, line, face, size, INK);
            self.y += 14.0;
        }
        self.y = below.max(44.0 + high) + 34.0;
        for line in wrap(&sheet.title, Face::Bold, 18.0, RIGHT - LEFT) {
            self.text(LEFT, &line, Face::Bold, 18.0, INK);
            self.y += 22.0;
        }
        self.y -= 5.0;
        self.text(LEFT, &sheet.date, Face::Regular, 9.5, GREY);
        self.y += 10.0;
    }

    fn section(&mut self, section: &WriteSection) {
        self.need(64.0);
        self.y += 27.0;
        if !section.title.is_empty() {
            self.text(LEFT, &section.title, Face::Bold, 11.5, TEAL);
            self.fill(LEFT, self.y + 5.0, RIGHT - LEFT, 0.7, LINE);
            self.y += 7.0;
        }
        for block in &section.narrative {
            match block {
                Block::Paragraph(text) => {
                    self.y += 4.0;
                    self.lines(LEFT, text);
                }
                Block::List { ordered, items } => {
                    for (i, item) in items.iter().enumerate() {
                        self.y += 4.0;
                        self.need(LEADING);
                        let mark = if *ordered {
                            format!("{}.", i + 1)
                        } else {
                            "•".to_owned()
                        };
                        self.y += LEADING;
                        self.text(LEFT + 4.0, &mark, Face::Bold, TEXT, TEAL);
                        self.y -= LEADING;
                        self.lines(LEFT + 22.0, item);
                    }
                }
                Block::Table {
                    caption,
                    head,
                    rows,
                } => self.table(caption, head, rows),
            }
        }
    }

    fn lines(&mut self, x: f32, text: &str) {
        for line in wrap(text, Face::Regular, TEXT, RIGHT - x) {
            self.need(LEADING);
            self.y += LEADING;
            self.text(x, &line, Face::Regular, TEXT, INK);
        }
    }

    fn table(&mut self, caption: &str, head: &[String], rows: &[Vec<String>]) {
        if !caption.is_empty() {
            self.lines(LEFT, caption);
        }
        let columns = columns(head, rows);
        self.y += 8.0;
        if !head.is_empty() {
            self.row(head, &columns, Face::Bold);
        }
        for row in rows {
            let page = self.pages.len();
            self.need(height(row, &columns, Face::Regular));
            if self.pages.len() > page && !head.is_empty() {
                self.row(head, &columns, Face::Bold);
            }
            self.row(row, &columns, Face::Regular);
        }
    }

    fn row(&mut self, cells: &[String], columns: &[f32], face: Face) {
        let high = height(cells, columns, face);
        let top = self.y;
        match face {
            Face::Bold => self.fill(LEFT, top, RIGHT - LEFT, high, MIST),
            Face::Regular => self.fill(LEFT, top + high, RIGHT - LEFT, 0.5, LINE),
        }
        let mut x = LEFT + 6.0;
        for (cell, wide) in cells.iter().zip(columns) {
            self.y = top + 3.5;
            for line in wrap(cell, face, CELL, wide - 12.0) {
                self.y += 12.0;
                self.text(x, &line, face, CELL, INK);
            }
            x += wide;
        }
        self.y = top + high;
    }

    /// Adds what stands on every page, once their number is known.
    fn finish(mut self, running: &str) -> Vec<String> {
        let mut pages = std::mem::take(&mut self.pages);
        let count = pages.len();
        for (i, page) in pages.iter_mut().enumerate() {
            self.pages = vec![std::mem::take(page)];
            if i > 0 {
                self.y = 44.0;
                self.text(LEFT, running, Face::Regular, 8.5, GREY);
                self.fill(LEFT, 51.0, RIGHT - LEFT, 0.7, LINE);
            }
            self.fill(LEFT, 797.0, RIGHT - LEFT, 0.7, LINE);
            self.y = 811.0;
            self.text(LEFT, NOTICE, Face::Regular, 8.0, GREY);
            let number = format!("Page {} / {count}", i + 1);
            self.text(
                RIGHT - width(&number, Face::Regular, 8.0),
                &number,
                Face::Regular,
                8.0,
                GREY,
            );
            *page = self.pages.concat();
        }
        pages
    }
}

/// Widths of columns: what the cells want, made to fill the page exactly.
fn columns(head: &[String], rows: &[Vec<String>]) -> Vec<f32> {
    let count = rows
        .iter()
        .map(Vec::len)
        .chain([head.len()])
        .max()
        .unwrap_or(0);
    let mut wanted = vec![24.0_f32; count];
    let cells = rows
        .iter()
        .map(|row| (row.as_slice(), Face::Regular))
        .chain([(head, Face::Bold)]);
    for (row, face) in cells {
        for (wide, cell) in wanted.iter_mut().zip(row) {
            *wide = wide.max(width(cell, face, CELL) + 14.0);
        }
    }
    let scale = (RIGHT - LEFT) / wanted.iter().sum::<f32>().max(1.0);
    wanted.iter().map(|wide| wide * scale).collect()
}

fn height(cells: &[String], columns: &[f32], face: Face) -> f32 {
    let lines = cells
        .iter()
        .zip(columns)
        .map(|(cell, wide)| wrap(cell, face, CELL, wide - 12.0).len());
    lines.max().unwrap_or(1) as f32 * 12.0 + 8.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{list, section, table};

    fn sample() -> Vec<u8> {
        let row = |i: usize| {
            vec![
                format!("Analyse {i}"),
                "12 (g/L)".to_owned(),
                "Une remarque assez longue pour passer à la ligne".to_owned(),
            ]
        };
        render(&Sheet {
            letterhead: vec!["Cabinet fictif".to_owned(), "1 rue du Lac".to_owned()],
            person: vec![
                "Élise Œuvrard".to_owned(),
                "Née le 1er janvier 1980".to_owned(),
            ],
            title: "Compte rendu d’essai".to_owned(),
            date: "Valbrume, le 12 juin 2026".to_owned(),
            sections: vec![
                section("Motif", &[&"Une phrase qui se répète. ".repeat(20)]),
                list("Traitement", true, &["Le matin", "Le soir"]),
                table(
                    "Résultats",
                    &["Analyse", "Valeur", "Remarque"],
                    (0..60).map(row).collect(),
                ),
            ],
            signature: "Dr Anne Martin".to_owned(),
        })
    }

    /// Every offset of the table leads to the object of that number, and every
    /// stream is as long as it says.
    #[test]
    fn the_file_is_well_formed() {
        let file = sample();
        let find = |needle: &[u8], from: usize| {
            file[from..]
                .windows(needle.len())
                .position(|w| w == needle)
                .map(|at| at + from)
        };
        let text = String::from_utf8_lossy(&file);
        let start: usize = text
            .rsplit("startxref\n")
            .next()
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(file[start..].starts_with(b"xref\n0 "));
        let table = String::from_utf8_lossy(&file[start..]);
        let mut lines = table.lines().skip(1);
        let count: usize = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        for (number, line) in lines.take(count).enumerate().skip(1) {
            assert_eq!(line.len(), 19, "20 bytes with the line end");
            let offset: usize = line[..10].parse().unwrap();
            assert!(
                file[offset..].starts_with(format!("{number} 0 obj\n").as_bytes()),
                "object {number}"
            );
        }
        let mut at = 0;
        let mut streams = 0;
        while let Some(length) = find(b"/Length ", at) {
            let digits: String = file[length + 8..]
                .iter()
                .map(|&b| b as char)
                .take_while(char::is_ascii_digit)
                .collect();
            let body = find(b"stream\n", length).unwrap() + 7;
            at = body + digits.parse::<usize>().unwrap();
            assert!(file[at..].starts_with(b"\nendstream"));
            streams += 1;
        }
        assert!(streams >= 3, "a long table takes several pages");
        assert_eq!(text.matches("Document fictif, produit").count(), streams);
        assert!(file.starts_with(b"%PDF-1.7\n") && file.ends_with(b"%%EOF\n"));
    }
}
