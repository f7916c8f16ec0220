use std::sync::LazyLock;

use aws_lc_rs::digest;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};

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
    include_str!("../assets/style/photos.css"),
    include_str!("../assets/style/tables.css"),
    include_str!("../assets/style/document.css"),
    include_str!("../assets/style/chart.css"),
    include_str!("../assets/style/work.css"),
    include_str!("../assets/style/summary.css"),
    include_str!("../assets/style/dialogs.css"),
    include_str!("../assets/style/gallery.css"),
    include_str!("../assets/style/paper.css"),
);

const FILES: [Asset; 9] = [
    ("carnet.css", "text/css; charset=utf-8", STYLE.as_bytes()),
    (
        "carnet.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/carnet.js"),
    ),
    (
        "keys.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/keys.js"),
    ),
    (
        "photos.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/photos.js"),
    ),
    (
        "devices.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/devices.js"),
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

/// The files that gain by it, compressed once; fonts are compressed already.
static SMALLER: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    let texts = FILES
        .iter()
        .filter(|(_, kind, _)| !kind.starts_with("font/"));
    texts
        .filter_map(|(name, _, bytes)| Some((*name, zstd::bulk::compress(bytes, 19).ok()?)))
        .collect()
});

/// Whether a browser reads zstd.
fn reads_zstd(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    accepted.is_some_and(|value| value.split(',').any(|one| one.trim() == "zstd"))
}

/// The address of a file; it changes with the files, so browsers keep it for ever.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// Serves a file. While two versions run side by side an older address still
/// answers, but is not kept.
pub(crate) async fn serve(
    Path((version, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some((_, kind, bytes)) = FILES.iter().find(|(known, _, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kept = if version == *VERSION {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let head = [
        (header::CONTENT_TYPE, *kind),
        (header::CACHE_CONTROL, kept),
        (header::VARY, "accept-encoding"),
    ];
    let smaller = SMALLER.iter().find(|(known, _)| *known == name);
    match smaller.filter(|_| reads_zstd(&headers)) {
        Some((_, bytes)) => {
            let coded = [(header::CONTENT_ENCODING, "zstd")];
            (head, coded, bytes.as_slice()).into_response()
        }
        None => (head, *bytes).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_page_needs_stays_small() {
        let sent = |file: &&Asset| {
            let smaller = SMALLER.iter().find(|(name, _)| *name == file.0);
            smaller.map_or(file.2.len(), |(_, bytes)| bytes.len())
        };
        let needed = FILES.iter().filter(|file| file.0 != "OFL.txt");
        let total: usize = needed.map(|file| sent(&file)).sum();
        assert!(
            total < 55_000,
            "{total} bytes of assets leave too little for the page"
        );
        let script = FILES.iter().find(|file| file.0 == "carnet.js").unwrap();
        assert!(script.2.len() < 4_096);
    }

    #[tokio::test]
    async fn a_browser_that_reads_zstd_gets_it_smaller() {
        let get = async |accepted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::ACCEPT_ENCODING,
                http::HeaderValue::from_static(accepted),
            );
            let path = Path((VERSION.clone(), "carnet.css".to_owned()));
            let answer = serve(path, headers).await;
            let coded = answer.headers().get(header::CONTENT_ENCODING).cloned();
            let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await;
            (coded, body.unwrap())
        };
        let (coded, bytes) = get("gzip, deflate, br, zstd").await;
        assert_eq!(coded.unwrap(), "zstd");
        assert_eq!(
            zstd::bulk::decompress(&bytes, 1 << 20).unwrap(),
            STYLE.as_bytes()
        );
        let (coded, bytes) = get("gzip").await;
        assert_eq!((coded, &*bytes), (None, STYLE.as_bytes()));
    }
}
