//! Photographs of the pages of a paper, made into one file: each as it is, on a page of its shape.

use std::fmt::Write as _;

use crate::jpeg::Photo;

/// The long and the short side of a sheet (A4), in points.
const SHEET: (f64, f64) = (842.0, 595.0);

/// Which photograph, counted from 0, cannot be a page: cut off, too large, or of a rare kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPage(pub usize);

/// Makes one PDF of JPEG files, a page each, in their order. Nothing is decoded: the dots stay those
/// of the camera, turned as it noted; where and with what they were taken is left out.
///
/// # Errors
/// See [`NoPage`].
pub fn of_photos(files: &[impl AsRef<[u8]>]) -> Result<Vec<u8>, NoPage> {
    let mut file = File::new();
    let first = |page: usize| 3 + 3 * page;
    let pages = (0..files.len()).map(|page| format!("{} 0 R", first(page)));
    let pages = pages.collect::<Vec<_>>().join(" ");
    file.object(b"<</Type/Catalog/Pages 2 0 R>>");
    let tree = format!("<</Type/Pages/Kids[{pages}]/Count {}>>", files.len());
    file.object(tree.as_bytes());
    for (number, bytes) in files.iter().enumerate() {
        let photo = Photo::read(bytes.as_ref()).ok_or(NoPage(number))?;
        file.page(first(number), &photo);
    }
    Ok(file.end())
}

struct File {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl File {
    fn new() -> Self {
        Self {
            // The second line tells programs that the file is no text.
            bytes: b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec(),
            places: Vec::new(),
        }
    }

    fn object(&mut self, body: &[u8]) {
        self.places.push(self.bytes.len());
        let number = self.places.len();
        self.bytes.extend(format!("{number} 0 obj\n").bytes());
        self.bytes.extend(body);
        self.bytes.extend(b"\nendobj\n");
    }

    fn stream(&mut self, dictionary: &str, bytes: &[u8]) {
        let length = bytes.len();
        let mut body = format!("<<{dictionary}/Length {length}>>stream\n").into_bytes();
        body.extend(bytes);
        body.extend(b"\nendstream");
        self.object(&body);
    }

    /// The page, what it draws, and the photograph.
    fn page(&mut self, number: usize, photo: &Photo) {
        let (wide, high) = (f64::from(photo.width), f64::from(photo.height));
        let (across, up) = match wide > high {
            true => SHEET,
            false => (SHEET.1, SHEET.0),
        };
        let scale = (across / wide).min(up / high);
        let (wide, high) = (wide * scale, high * scale);
        let (draws, image) = (number + 1, number + 2);
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide:.2} {high:.2}]/Rotate {}\
             /Contents {draws} 0 R/Resources<</XObject<</Im0 {image} 0 R>>>>>>",
            photo.turn
        );
        self.object(page.as_bytes());
        let draw = format!("q {wide:.2} 0 0 {high:.2} 0 0 cm /Im0 Do Q");
        self.stream("", draw.as_bytes());
        let colours = match photo.components {
            1 => "/DeviceGray",
            4 if photo.inverted => "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]",
            4 => "/DeviceCMYK",
            _ => "/DeviceRGB",
        };
        let (width, height) = (photo.width, photo.height);
        let dictionary = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
             /Filter/DCTDecode/ColorSpace{colours}"
        );
        self.stream(&dictionary, &photo.bytes);
    }

    fn end(mut self) -> Vec<u8> {
        let (start, size) = (self.bytes.len(), self.places.len() + 1);
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for place in &self.places {
            let _ = writeln!(table, "{place:010} 00000 n ");
        }
        let _ = write!(
            table,
            "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
        );
        self.bytes.extend(table.bytes());
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cover, cover, photographs};

    const PHOTO: &[u8] = include_bytes!("../../../server/tests/it/scan.jpg");

    /// With this beside its dots, as a camera writes it.
    fn taken(segment: &[u8]) -> Vec<u8> {
        let length = u16::try_from(segment.len() + 2)
            .expect("short")
            .to_be_bytes();
        [
            b"\xFF\xD8\xFF\xE1".as_slice(),
            &length,
            segment,
            &PHOTO[2..],
        ]
        .concat()
    }

    /// Orientation 6: to be turned to the right. And a place.
    const EXIF: &[u8] =
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 48.85 N 2.35 E";

    #[test]
    fn each_photo_is_a_page_as_it_is() {
        let made = of_photos(&[PHOTO, PHOTO, PHOTO]).expect("photos");
        let found = cover(made.clone()).expect("reads");
        let expected = Cover {
            pages: 3,
            ..Cover::default()
        };
        assert_eq!(found, expected);
        let bare = Photo::read(PHOTO).expect("a photo").bytes;
        assert_eq!(
            photographs(made, 9, 0),
            Ok(vec![bare.clone(), bare.clone(), bare])
        );
    }

    #[test]
    fn a_photo_is_turned_and_its_place_is_left_out() {
        let photo = Photo::read(&taken(EXIF)).expect("a photo");
        assert_eq!(photo.turn, 90);
        assert_eq!(photo.bytes, Photo::read(PHOTO).expect("a photo").bytes);
        let made = of_photos(&[taken(EXIF)]).expect("a photo");
        let has = |words: &[u8]| made.windows(words.len()).any(|part| part == words);
        assert!(has(b"/Rotate 90") && !has(b"48.85 N") && !has(b"Exif"));
    }

    #[test]
    fn what_is_no_page_is_named() {
        let huge = [
            b"\xFF\xD8\xFF\xC0\0\x11\x08\xFF\xFF\xFF\xFF\x03".as_slice(),
            &[0; 9],
            b"\xFF\xD9",
        ]
        .concat();
        let cut = &PHOTO[..PHOTO.len() / 2];
        for bad in [
            &huge[..],
            cut,
            b"",
            b"\xFF\xD8\xFF\xD9",
            b"\xFF\xD8\xFF\xE1\0\0",
            b"\x89PNG",
        ] {
            assert_eq!(of_photos(&[PHOTO, bad]), Err(NoPage(1)));
        }
    }

    #[test]
    fn many_pages_and_damaged_files_end() {
        assert!(of_photos(&vec![PHOTO; 200]).is_ok());
        let whole = taken(EXIF);
        for at in 0..whole.len().min(3_000) {
            let mut altered = whole.clone();
            altered[at] ^= 0x15;
            let _ = of_photos(&[&altered[..], &whole[..at]]);
        }
    }
}
