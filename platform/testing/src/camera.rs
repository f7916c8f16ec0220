//! A camera: reads the square code that a page draws.

use rqrr::PreparedImage;

/// Pixels of a module.
const SCALE: usize = 4;
/// Light modules around the code.
const QUIET: usize = 4;

/// What the square code of a page says; `None` when it has none that a camera can read.
pub fn scan(page: &str) -> Option<String> {
    let svg = page.split("class=\"qr\"").nth(1)?;
    let path = svg.split("<path d=\"").nth(1)?.split('"').next()?;
    let mut dark = vec![];
    // « M3 0h7v1h-7z »: where a run begins, and how long it is.
    for run in path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ')?;
        let (y, rest) = rest.split_once('h')?;
        let (length, _) = rest.split_once('v')?;
        let (x, y, length) = (x.parse().ok()?, y.parse().ok()?, length.parse().ok()?);
        dark.push((x, y, length));
    }
    let size = dark
        .iter()
        .map(|(x, _, length): &(usize, usize, usize)| x + length)
        .max()?;
    let side = (size + 2 * QUIET) * SCALE;
    let is_dark = |x: usize, y: usize| {
        dark.iter()
            .any(|(from, row, length)| *row == y && (*from..from + length).contains(&x))
    };
    let mut image = PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        let (x, y) = (x / SCALE, y / SCALE);
        match x >= QUIET && y >= QUIET && is_dark(x - QUIET, y - QUIET) {
            true => 0,
            false => 255,
        }
    });
    let grid = image.detect_grids().into_iter().next()?;
    grid.decode().ok().map(|(_, said)| said)
}
