//! Tables as files for spreadsheets.

use crate::Lang;

/// A file of CSV (RFC 4180): UTF-8 with its mark, semicolons in French, as spreadsheets there expect.
#[derive(Debug)]
pub struct Csv {
    text: String,
    separator: char,
}

impl Csv {
    /// A file with its first line.
    pub fn new(lang: Lang, head: &[String]) -> Self {
        let separator = match lang {
            Lang::Fr => ';',
            Lang::En => ',',
        };
        let text = String::from("\u{feff}");
        let mut file = Self { text, separator };
        file.line(head);
        file
    }

    /// One more line. A cell that a spreadsheet would run gets a quote before it.
    pub fn line(&mut self, cells: &[String]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(self.separator);
            }
            let cell = cell.replace('\u{a0}', " ");
            let runs = cell.starts_with(['=', '+', '@', '\t', '\r'])
                || cell.starts_with('-') && cell.parse::<f64>().is_err();
            let cell = if runs { format!("'{cell}") } else { cell };
            match cell.contains([self.separator, '"', '\n', '\r']) {
                true => self.text.extend(["\"", &cell.replace('"', "\"\""), "\""]),
                false => self.text.push_str(&cell),
            }
        }
        self.text.push_str("\r\n");
    }

    /// The whole file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_run() {
        let cells = ["a;b", "say \"1\"", "=1+1", "-3", "-x", "1\u{a0}g"].map(str::to_owned);
        let bytes = Csv::new(Lang::Fr, &cells).into_bytes();
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(
            text,
            "\u{feff}\"a;b\";\"say \"\"1\"\"\";'=1+1;-3;'-x;1 g\r\n"
        );
    }
}
