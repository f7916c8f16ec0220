//! Photos of the pages of one paper, sent together: one document, in their order.
//!
//! The same whether a browser's script has turned and cropped the pages first or not
//! (`docs/decisions/0019-pages-are-bound-by-the-server.md`).

use web::Upload;

use crate::{FileKind, sniff, title};

/// A file that cannot be a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoPage {
    /// Its name.
    pub name: String,
    /// The key of what is wrong with it.
    pub key: &'static str,
}

/// One file of all the photos, where the first of them stood; the other files stay what they are.
pub(crate) fn gather(files: Vec<Upload>) -> Result<Vec<Upload>, NoPage> {
    let kind = |file: &Upload| sniff(&file.bytes, usize::MAX).ok();
    let other = |file: &&Upload| matches!(kind(file), Some(FileKind::Png | FileKind::Tiff));
    if let Some(file) = files.iter().find(other) {
        return Err(NoPage {
            name: file.name.clone(),
            key: "documents-page-not-jpeg",
        });
    }
    let is_photo = |file: &Upload| kind(file) == Some(FileKind::Jpeg);
    let at = files.iter().position(is_photo);
    let (photos, mut rest): (Vec<_>, Vec<_>) = files.into_iter().partition(is_photo);
    let (Some(at), Some(first)) = (at, photos.first()) else {
        return Ok(rest);
    };
    let bytes: Vec<_> = photos.iter().map(|photo| &photo.bytes).collect();
    let made = pdf::of_photos(&bytes).map_err(|pdf::NoPage(number)| NoPage {
        name: photos[number].name.clone(),
        key: "documents-page-damaged",
    })?;
    let bound = Upload {
        field: first.field.clone(),
        name: title::file_name(&title::of_file_name(&first.name), "pdf"),
        claimed_type: FileKind::Pdf.media_type().to_owned(),
        bytes: made.into(),
    };
    rest.insert(at.min(rest.len()), bound);
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTO: &[u8] = include_bytes!("../../../server/tests/it/scan.jpg");

    fn file(name: &str, bytes: &[u8]) -> Upload {
        Upload {
            field: "fichier".to_owned(),
            name: name.to_owned(),
            claimed_type: String::new(),
            bytes: bytes.to_vec().into(),
        }
    }

    #[test]
    fn photos_become_one_file_and_others_stay() {
        let files = vec![
            file("lettre.pdf", b"%PDF-1.4"),
            file("IMG_1.jpg", PHOTO),
            file("note.txt", b"mot"),
            file("IMG_2.jpg", PHOTO),
        ];
        let made = gather(files).expect("pages");
        let names: Vec<_> = made.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["lettre.pdf", "IMG 1.pdf", "note.txt"]);
        assert!(
            made[1].bytes.starts_with(b"%PDF-") && made[1].bytes.len() > 2 * PHOTO.len() - 5_000
        );
        let none = vec![file("lettre.pdf", b"%PDF-1.4")];
        assert_eq!(gather(none).expect("nothing to do").len(), 1);
    }

    #[test]
    fn what_is_no_page_is_named_with_its_reason() {
        let table: [(&[u8], &str); 2] = [
            (b"\x89PNG\r\n\x1A\n", "documents-page-not-jpeg"),
            (&PHOTO[..300], "documents-page-damaged"),
        ];
        for (bytes, key) in table {
            let wrong = gather(vec![file("1.jpg", PHOTO), file("2.jpg", bytes)]);
            let wrong = wrong.expect_err("no page");
            assert_eq!((wrong.name.as_str(), wrong.key), ("2.jpg", key));
        }
    }
}
