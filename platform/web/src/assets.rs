use std::sync::LazyLock;

use aws_lc_rs::digest;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};

/// A file compiled in: name, content type, bytes.
type Asset = (&'static str, &'static str, &'static [u8]);

/// One file for browsers, one per subject for those who write it.
const STYLE: &str = concat!(
    include_str!("../assets/style/palette.css"),
    include_str!("../assets/style/ground.css"),
    include_str!("../assets/style/shell.css"),
    include_str!("../assets/style/layout.css"),
    include_str!("../assets/style/buttons.css"),
    include_str!("../assets/style/surfaces.css"),
    include_str!("../assets/style/words.css"),
    include_str!("../assets/style/wayfinding.css"),
    include_str!("../assets/style/forms.css"),
    include_str!("../assets/style/tables.css"),
    include_str!("../assets/style/document.css"),
    include_str!("../assets/style/work.css"),
    include_str!("../assets/style/dialogs.css"),
    include_str!("../assets/style/gallery.css"),
    include_str!("../assets/style/paper.css"),
);

const FILES: [Asset; 6] = [
    ("carnet.css", "text/css; charset=utf-8", STYLE.as_bytes()),
    (
        "carnet.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/carnet.js"),
    ),
    (
        "favicon.svg",
        "image/svg+xml",
        include_bytes!("../assets/favicon.svg"),
    ),
    (
        "atkinson-400.woff2",
        "font/woff2",
        include_bytes!("../assets/fonts/atkinson-400.woff2"),
    ),
    (
        "atkinson-700.woff2",
        "font/woff2",
        include_bytes!("../assets/fonts/atkinson-700.woff2"),
    ),
    (
        "OFL.txt",
        "text/plain; charset=utf-8",
        include_bytes!("../assets/fonts/OFL.txt"),
    ),
];

/// One hash for all the files: the style sheet names its fonts relatively.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = digest::Context::new(&digest::SHA256);
    FILES.iter().for_each(|(_, _, bytes)| hash.update(bytes));
    hash.finish()
        .as_ref()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

/// The address of a file; it changes with the files, so browsers keep it for ever.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// Serves a file. While two versions run side by side an older address still
/// answers, but is not kept.
pub(crate) async fn serve(Path((version, name)): Path<(String, String)>) -> Response {
    let Some((_, kind, bytes)) = FILES.iter().find(|(known, _, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kept = if version == *VERSION {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    (
        [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, kept)],
        *bytes,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_under_a_hundred_kilobytes_even_uncompressed() {
        let total: usize = FILES
            .iter()
            .filter(|file| file.0 != "OFL.txt")
            .map(|file| file.2.len())
            .sum();
        assert!(
            total < 90_000,
            "{total} bytes of assets leave too little for the page"
        );
        let script = FILES.iter().find(|file| file.0 == "carnet.js").unwrap();
        assert!(script.2.len() < 4_096);
    }
}
