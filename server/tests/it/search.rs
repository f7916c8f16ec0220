//! Searching over PDFs, read in a process of its own; hostile ones harm nobody.

use std::time::{Duration, Instant};

use access::{Cover, Read, Scribe};
use carnet::scribe::Readers;

use super::bed::Bed;

fn reader() -> Readers {
    Readers::new(env!("CARGO_BIN_EXE_carnet"))
}

#[tokio::test]
async fn the_stories_are_read_and_found() {
    let bed = Bed::new().await;
    bed.read().await;
    let camille = bed.sign_in("Camille").await;
    camille.get("/documents/recherche").await.expect("page");
    let seek = async |typed: &str| {
        let page = camille.post("/documents/recherche", &[("q", typed)]).await;
        page.expect("a page")
    };
    let page = seek("traitement").await;
    assert!(page.has("<mark>") && page.has("trouvé"), "{}", page.words());
    assert!(!page.has("pas encore lu"), "{}", page.words());
    let none = seek("introuvablement").await;
    assert!(none.has("Aucun document trouvé"));
}

#[tokio::test]
async fn a_pdf_of_ours_is_read() {
    let now = "2026-06-12T08:00:00Z".parse().expect("an instant");
    let cast = fiction::cast(now);
    let documents = fiction::documents(
        &cast.camille,
        &fiction::staff(),
        &ambient::SeededRandom::new(1),
        now,
    );
    let pdf = documents
        .iter()
        .find(|document| document.media_type == "application/pdf")
        .expect("a PDF");
    let cover = reader().look_at_pdf(pdf.bytes.to_vec()).await;
    let Ok(Cover::Open {
        pages, has_text, ..
    }) = cover
    else {
        panic!("{cover:?}");
    };
    assert!(pages >= 1 && has_text);
    let read = reader().read_pdf(pdf.bytes.to_vec()).await.expect("read");
    let Read::Text { pages, text } = read else {
        panic!("protected");
    };
    assert!(pages >= 1 && text.len() > 100, "{text}");
    assert!(text.contains(' ') && text.contains('\n'), "{text}");
}

/// A PDF of one page, all image, as scanners write them.
fn scanned(image: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 420]/Contents 5 0 R\
        /Resources<</XObject<</Im0 4 0 R>>>>>>endobj\n"
        .to_vec();
    let length = image.len();
    file.extend(
        format!(
            "4 0 obj<</Type/XObject/Subtype/Image/Width 900/Height 420/ColorSpace/DeviceRGB\
             /BitsPerComponent 8/Filter/DCTDecode/Length {length}>>stream\n"
        )
        .bytes(),
    );
    file.extend(image);
    file.extend(
        b"\nendstream endobj\n5 0 obj<</Length 30>>stream\nq 900 0 0 420 0 0 cm /Im0 Do Q\n\
          endstream endobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF",
    );
    file
}

#[tokio::test]
async fn scans_and_photos_are_read_where_somebody_does() {
    const PHOTO: &[u8] = include_bytes!("scan.jpg");
    const TESSERACT: &str = "/usr/bin/tesseract";
    let nobody = reader();
    assert_eq!(
        nobody.read_image(PHOTO.to_vec()).await.ok(),
        Some("".into())
    );
    if !std::path::Path::new(TESSERACT).exists() {
        println!("skipped: Tesseract is not installed");
        return;
    }
    let somebody = reader().with_tesseract(TESSERACT);
    let photo = somebody.read_image(PHOTO.to_vec()).await.expect("read");
    assert!(photo.contains("Amoxicilline 500 mg"), "{photo}");
    let scan = scanned(PHOTO);
    let cover = nobody.look_at_pdf(scan.clone()).await;
    let Ok(Cover::Open {
        pages: 1,
        has_text: false,
        ..
    }) = cover
    else {
        panic!("{cover:?}");
    };
    let Ok(Read::Text { pages: 1, text }) = somebody.read_pdf(scan.clone()).await else {
        panic!("a page");
    };
    assert!(text.contains("Document fictif de démonstration"), "{text}");
    // Without Tesseract the scan has no text; and what is no image is an error, not a text.
    let none = nobody.read_pdf(scan).await.expect("read");
    assert!(matches!(none, Read::Text { text, .. } if text.is_empty()));
    assert!(somebody.read_image(b"no image".to_vec()).await.is_err());
}

/// A file whose page is inflated from a few bytes to very many.
fn bomb(times: usize) -> Vec<u8> {
    // ASCIIHex over run lengths: each stage is small to write and large to read.
    let run = "81 20 ".replace(' ', "").repeat(times);
    let stream = format!("{run}80>");
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>".to_owned(),
        format!(
            "<</Length {}/Filter[/ASCIIHexDecode/RunLengthDecode]>>stream\n{stream}\nendstream",
            stream.len()
        ),
    ];
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = file.len();
    file.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    file
}

#[tokio::test]
async fn hostile_files_end_within_limits() {
    let nested = |open: &str, times: usize| {
        let mut file = b"%PDF-1.4\n1 0 obj\n".to_vec();
        file.extend(open.repeat(times).bytes());
        file.extend(b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF");
        file
    };
    let cycle = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj\n\
        trailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF";
    let files = [
        nested("[", 3_000_000),
        nested("<</A", 500_000),
        cycle.to_vec(),
        bomb(400_000),
        b"%PDF-1.7\n".repeat(100_000),
        vec![],
    ];
    for (number, file) in files.into_iter().enumerate() {
        let began = Instant::now();
        // Whatever comes of it, it comes, and this process goes on.
        let cover = reader().look_at_pdf(file.clone()).await;
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{number}: {cover:?}"
        );
        let read = reader().read_pdf(file).await;
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "{number}: {read:?}"
        );
    }
}

#[tokio::test]
async fn who_reads_files_has_no_rights() {
    // A reader that is no reader: its silence is an error, not a text.
    let read = Readers::new("/bin/true").read_pdf(vec![1, 2, 3]).await;
    assert!(read.is_err(), "{read:?}");
    let read = Readers::new("/nowhere").read_pdf(vec![]).await;
    assert!(read.is_err(), "{read:?}");
}
