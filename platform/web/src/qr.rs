//! A square code that a camera reads, as a path of an SVG: no image, no style, no script.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// A square code, drawn by the component `ui::qr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side, without the quiet zone.
    pub size: i32,
    /// The dark modules as the `d` of an SVG path, one unit each.
    pub path: String,
}

/// Light modules on each side, without which cameras find nothing.
const QUIET: i32 = 4;

impl Qr {
    /// The code of a text; `None` when it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let size = code.size();
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let run = (x..size).take_while(|x| code.get_module(*x, y)).count();
                let run = i32::try_from(run).unwrap_or(size);
                if run > 0 {
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        Some(Self { size, path })
    }

    /// The `viewBox` of its SVG, quiet zone included.
    pub fn view_box(&self) -> String {
        let side = self.size + 2 * QUIET;
        format!("-{QUIET} -{QUIET} {side} {side}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "http://carnet.test/pro/code/abc";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("short");
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let drawn = Qr::of(text).expect("short");
        let runs = drawn.path.split('h').skip(1).step_by(2);
        let runs = runs.filter_map(|part| part.split('v').next()?.parse::<usize>().ok());
        assert_eq!(runs.sum::<usize>(), dark);
        assert_eq!(Qr::of(&"x".repeat(3_000)), None);
    }
}
