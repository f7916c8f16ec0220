//! Where each line of a paper stands.

use super::{Block, Faces, Paper};

/// Width of A4, in points.
pub const WIDTH: f32 = 595.28;
/// Its height.
pub const HEIGHT: f32 = 841.89;
/// What stays white around the text.
pub const MARGIN: f32 = 64.0;

/// A line of a paper.
#[derive(Debug)]
pub struct Line {
    /// Page, from 0.
    pub page: usize,
    /// Left end of its baseline.
    pub x: f32,
    /// Its baseline, from the top.
    pub y: f32,
    /// Size of its letters.
    pub size: f32,
    /// In bold.
    pub bold: bool,
    /// As it can be set.
    pub text: String,
    /// What it belongs to: 0 is the title, then the blocks from 1.
    pub of: usize,
    /// The first line of that.
    pub first: bool,
    /// Where a rule to write on begins.
    pub rule: Option<f32>,
}

/// How a block is set.
struct Style {
    size: f32,
    bold: bool,
    before: f32,
    /// Room that is kept with it on the page: so that a heading is not left alone.
    keeps: f32,
}

const fn style(size: f32, bold: bool, before: f32, keeps: f32) -> Style {
    Style {
        size,
        bold,
        before,
        keeps,
    }
}

const TITLE: Style = style(22.0, true, 0.0, 60.0);
const HEADING: Style = style(15.0, true, 22.0, 60.0);
const QUESTION: Style = style(11.5, true, 12.0, 40.0);
const TEXT: Style = style(11.5, false, 5.0, 0.0);
const BLANK: Style = style(11.5, false, 22.0, 0.0);

/// Room of a line, by the size of its letters.
const LEADING: f32 = 1.45;

struct Pen<'a> {
    faces: &'a Faces,
    lines: Vec<Line>,
    page: usize,
    y: f32,
}

impl Pen<'_> {
    fn put(&mut self, of: usize, text: &str, style: &Style, rule: bool) {
        self.y += style.before;
        let room = style.size * LEADING + style.keeps;
        if self.y + room > HEIGHT - MARGIN && self.y > MARGIN {
            (self.page, self.y) = (self.page + 1, MARGIN);
        }
        let most = (WIDTH - 2.0 * MARGIN) / style.size;
        let mut first = self.lines.last().is_none_or(|line| line.of != of);
        for text in wrap(self.faces, &self.faces.plain(text), style.bold, most) {
            self.y += style.size * LEADING;
            if self.y > HEIGHT - MARGIN {
                (self.page, self.y) = (self.page + 1, MARGIN + style.size * LEADING);
            }
            let end = MARGIN + self.faces.width(&text, style.bold) * style.size + 6.0;
            self.lines.push(Line {
                page: self.page,
                x: MARGIN,
                y: self.y,
                size: style.size,
                bold: style.bold,
                text,
                of,
                first,
                rule: (rule && end < WIDTH - 2.0 * MARGIN).then_some(end),
            });
            first = false;
        }
    }
}

/// The lines of a paper, and how many pages they take.
pub fn lay(paper: &Paper, faces: &Faces) -> (Vec<Line>, usize) {
    let mut pen = Pen {
        faces,
        lines: Vec::new(),
        page: 0,
        y: MARGIN,
    };
    pen.put(0, &paper.title, &TITLE, false);
    for (of, block) in (1..).zip(&paper.blocks) {
        match block {
            Block::Heading(text) => pen.put(of, text, &HEADING, false),
            Block::Question(text) => pen.put(of, text, &QUESTION, false),
            Block::Text(text) => {
                for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
                    pen.put(of, paragraph, &TEXT, false);
                }
            }
            Block::Fact(name, value) => pen.put(of, &format!("{name} {value}"), &TEXT, false),
            Block::Blank(text) => pen.put(of, text, &BLANK, true),
        }
    }
    (pen.lines, pen.page + 1)
}

/// A text in lines of at most that width at size 1; a word that is longer is cut. What is not the
/// last keeps its space, so that words stay apart when they are read.
fn wrap(faces: &Faces, text: &str, bold: bool, most: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut wide) = (String::new(), 0.0);
    for word in text.split_inclusive(' ') {
        let width = faces.width(word, bold);
        if wide + faces.width(word.trim_end(), bold) > most && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            wide = 0.0;
        }
        if width <= most {
            line.push_str(word);
            wide += width;
            continue;
        }
        for character in word.chars() {
            let width = faces.width(character.encode_utf8(&mut [0; 4]), bold);
            if wide + width > most {
                lines.push(std::mem::take(&mut line));
                wide = 0.0;
            }
            line.push(character);
            wide += width;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line);
    }
    lines
}
