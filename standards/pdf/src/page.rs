//! Goes through what a page draws, and writes down its text.

use std::{collections::HashMap, rc::Rc};

use hayro_syntax::{
    content::UntypedIter,
    object::{Dict, Name, Object, Stream},
    page::{Page, Resources},
};

use crate::{font::Font, place::Matrix};

/// Forms drawn within forms.
const DEPTH: usize = 8;
/// Instructions of a file: far more than people print.
const STEPS: usize = 5_000_000;

/// Writes down the text of pages.
pub(crate) struct Writer {
    text: String,
    most: usize,
    steps: usize,
    /// Where the last word ended, and how large it was.
    end: Option<(f64, f64, f64)>,
}

/// What governs how text is shown.
#[derive(Clone)]
struct State {
    page: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    leading: f64,
    between: f64,
    between_words: f64,
    stretch: f64,
}

impl State {
    fn new(page: Matrix) -> Self {
        Self {
            page,
            text: Matrix::ONE,
            line: Matrix::ONE,
            font: None,
            size: 1.0,
            leading: 0.0,
            between: 0.0,
            between_words: 0.0,
            stretch: 1.0,
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}

impl Writer {
    pub fn new(most: usize) -> Self {
        Self {
            text: String::new(),
            most,
            steps: 0,
            end: None,
        }
    }

    pub fn is_full(&self) -> bool {
        self.text.len() >= self.most || self.steps >= STEPS
    }

    pub fn into_text(self) -> String {
        self.text.trim().to_owned()
    }

    pub fn page(&mut self, page: &Page<'_>) {
        self.end = None;
        self.new_line();
        let state = State::new(Matrix::ONE);
        self.run(page.operations(), page.resources(), state, 0);
    }

    fn run(
        &mut self,
        mut instructions: UntypedIter<'_>,
        resources: &Resources<'_>,
        mut state: State,
        depth: usize,
    ) {
        let mut kept: Vec<State> = Vec::new();
        let mut fonts: HashMap<Vec<u8>, Option<Rc<Font>>> = HashMap::new();
        while let Some(instruction) = instructions.next() {
            self.steps += 1;
            if self.is_full() {
                return;
            }
            let given: Vec<&Object<'_>> = instruction.operands().collect();
            let number = |at: usize| given.get(at).map_or(0.0, |given| value(given));
            match &**instruction.operator {
                b"q" if kept.len() < 100 => kept.push(state.clone()),
                b"Q" => state = kept.pop().unwrap_or(state),
                b"cm" => state.page = matrix(&given).then(state.page),
                b"BT" => (state.text, state.line) = (Matrix::ONE, Matrix::ONE),
                b"Tf" => {
                    state.size = number(1);
                    if let Some(Object::Name(name)) = given.first() {
                        let known = fonts.entry(name.to_vec());
                        let known = known.or_insert_with(|| {
                            resources.get_font(name).map(|f| Rc::new(Font::of(&f)))
                        });
                        state.font.clone_from(known);
                    }
                }
                b"TL" => state.leading = number(0),
                b"Tc" => state.between = number(0),
                b"Tw" => state.between_words = number(0),
                b"Tz" => state.stretch = number(0) / 100.0,
                b"Tm" => {
                    state.line = matrix(&given);
                    state.text = state.line;
                }
                b"Td" => state.move_line(number(0), number(1)),
                b"TD" => {
                    state.leading = -number(1);
                    state.move_line(number(0), number(1));
                }
                b"T*" => state.move_line(0.0, -state.leading),
                b"Tj" => self.show(&mut state, given.first().copied()),
                b"'" => {
                    state.move_line(0.0, -state.leading);
                    self.show(&mut state, given.first().copied());
                }
                b"\"" => {
                    (state.between_words, state.between) = (number(0), number(1));
                    state.move_line(0.0, -state.leading);
                    self.show(&mut state, given.get(2).copied());
                }
                b"TJ" => {
                    if let Some(Object::Array(parts)) = given.first() {
                        for part in parts.iter::<Object<'_>>() {
                            self.show(&mut state, Some(&part));
                        }
                    }
                }
                b"Do" if depth < DEPTH => {
                    if let Some(Object::Name(name)) = given.first()
                        && let Some(form) = resources.get_x_object(name)
                    {
                        self.form(&form, resources, &state, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn form(&mut self, form: &Stream<'_>, around: &Resources<'_>, state: &State, depth: usize) {
        let dict = form.dict();
        let is_form = dict.get::<Name<'_>>("Subtype");
        if is_form.is_none_or(|name| &*name != b"Form") {
            return;
        }
        let Ok(content) = form.decoded() else { return };
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut state = state.clone();
        if let Some(place) = dict.get::<hayro_syntax::object::Array<'_>>("Matrix") {
            let numbers: Vec<Object<'_>> = place.iter::<Object<'_>>().collect();
            state.page = matrix(&numbers.iter().collect::<Vec<_>>()).then(state.page);
        }
        let instructions = UntypedIter::new(&content);
        self.run(
            instructions,
            own.as_ref().unwrap_or(around),
            state,
            depth + 1,
        );
    }

    /// Shows a string, or moves by what stands between two of them.
    fn show(&mut self, state: &mut State, given: Option<&Object<'_>>) {
        let string = match given {
            Some(Object::String(string)) => string,
            Some(Object::Number(number)) => {
                let by = -number.as_f64() / 1000.0 * state.size * state.stretch;
                state.text = Matrix::shift(by, 0.0).then(state.text);
                return;
            }
            _ => return,
        };
        let Some(font) = state.font.clone() else {
            return;
        };
        for glyph in font.glyphs(string.as_bytes()) {
            let place = state.text.then(state.page);
            if glyph.text.chars().all(char::is_whitespace) {
                self.space();
            } else {
                self.apart(place, state.size);
                self.text.push_str(&glyph.text);
            }
            let mut by = glyph.width * state.size + state.between;
            if glyph.is_space {
                by += state.between_words;
            }
            state.text = Matrix::shift(by * state.stretch, 0.0).then(state.text);
            let end = state.text.then(state.page).origin();
            self.end = Some((end.0, end.1, place.scale() * state.size.abs()));
            if self.text.len() >= self.most {
                return;
            }
        }
    }

    /// Begins a word or a line when what follows stands apart from what is written.
    fn apart(&mut self, place: Matrix, size: f64) {
        let Some((x, y, last)) = self.end else { return };
        let (to_x, to_y) = place.origin();
        let (along_x, along_y) = place.direction();
        let (dx, dy) = (to_x - x, to_y - y);
        let along = dx * along_x + dy * along_y;
        let across = (dy * along_x - dx * along_y).abs();
        let size = (place.scale() * size.abs()).max(last).max(1e-6);
        if across > 0.6 * size || along < -1.5 * size {
            self.new_line();
        } else if along > 0.2 * size {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn new_line(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

fn value(object: &Object<'_>) -> f64 {
    match object {
        Object::Number(number) => number.as_f64(),
        _ => 0.0,
    }
}

fn matrix(given: &[&Object<'_>]) -> Matrix {
    let mut six = [0.0; 6];
    for (place, object) in six.iter_mut().zip(given) {
        *place = value(object);
    }
    Matrix(six)
}
