//! Forms with files.

mod heads;

use axum::extract::{FromRequest as _, Multipart, Request};
use bytes::{Bytes, BytesMut};
use http::StatusCode;

use crate::{Fields, Problem, names};

/// What a form with files may hold; the route's `DefaultBodyLimit` bounds the whole.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Files, at most.
    pub files: usize,
    /// Bytes in one file.
    pub file_bytes: usize,
    /// Text fields, at most.
    pub fields: usize,
    /// Bytes in one text field.
    pub field_bytes: usize,
}

impl Limits {
    /// One file of at most `file_bytes`, and ordinary fields.
    pub const fn one_file(file_bytes: usize) -> Limits {
        Limits {
            files: 1,
            file_bytes,
            fields: 64,
            field_bytes: 16 * 1024,
        }
    }
}

/// A file as received.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The form's field.
    pub field: String,
    /// The last part of the name that the browser gave, fit to be shown; may be empty.
    pub name: String,
    /// The type that the browser guessed: a hint only, types are sniffed from bytes.
    pub claimed_type: String,
    /// The content; never empty.
    pub bytes: Bytes,
}

/// Reads a form with files. A file input left empty gives no file.
///
/// # Errors
/// [`Problem::TooLarge`] over a limit; [`Problem::BadRequest`] when the form is malformed.
pub async fn read(request: Request, limits: Limits) -> Result<(Fields, Vec<Upload>), Problem> {
    // A name may hold what no head of a part may: the rest of the form is not lost for it.
    let form = Multipart::from_request(heads::cleaned(request), &()).await;
    let mut form = form.map_err(|_| Problem::BadRequest(String::new()))?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(mut part) = form.next_field().await.map_err(refusal)? {
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(shown_name);
        let claimed_type = part.content_type().unwrap_or_default().to_owned();
        let limit = if file.is_some() {
            limits.file_bytes
        } else {
            limits.field_bytes
        };
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.map_err(refusal)? {
            if bytes.len() + chunk.len() > limit {
                return Err(Problem::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        match file {
            Some(_) if bytes.is_empty() => {}
            Some(name) if files.len() < limits.files => {
                files.push(Upload {
                    field,
                    name,
                    claimed_type,
                    bytes: bytes.freeze(),
                });
            }
            None if fields.len() < limits.fields => {
                let text = String::from_utf8(bytes.to_vec());
                fields.push((field, text.map_err(|_| Problem::BadRequest(String::new()))?));
            }
            _ => return Err(Problem::TooLarge),
        }
    }
    Ok((Fields::new(fields), files))
}

fn refusal(error: axum::extract::multipart::MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::BadRequest(String::new()),
    }
}

/// The name without folders, nor anything in it that is not seen or misleads.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let shown: String = names::plain(last).chars().take(200).collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(body: String, limits: Limits) -> Result<(Fields, Vec<Upload>), Problem> {
        let request = http::Request::post("/")
            .header("content-type", "multipart/form-data; boundary=X")
            .body(axum::body::Body::from(body))
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(read(request, limits))
    }

    fn part(head: &str, body: &str) -> String {
        format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    }

    #[test]
    fn fields_and_files_are_told_apart() {
        let body = part("name=titre", "Bilan")
            + &part(r#"name="fichier"; filename="C:\docs\bilan.pdf""#, "%PDF")
            + &part(r#"name="autre"; filename="""#, "")
            + "--X--\r\n";
        let (fields, files) = run(body, Limits::one_file(10)).unwrap();
        assert_eq!(fields.get("titre"), "Bilan");
        assert_eq!(files.len(), 1);
        assert_eq!(
            (files[0].name.as_str(), &files[0].bytes[..]),
            ("bilan.pdf", &b"%PDF"[..])
        );
    }

    #[test]
    fn more_than_the_limits_is_refused() {
        let file = part("name=f; filename=a", "12345");
        let one = |limits| run(format!("{file}--X--\r\n"), limits);
        assert!(matches!(one(Limits::one_file(4)), Err(Problem::TooLarge)));
        assert!(one(Limits::one_file(5)).is_ok());
        let two = run(format!("{file}{file}--X--\r\n"), Limits::one_file(5));
        assert!(matches!(two, Err(Problem::TooLarge)));
        assert!(matches!(
            run("--X\r\n".into(), Limits::one_file(5)),
            Err(Problem::BadRequest(_))
        ));
    }

    #[test]
    fn what_a_name_holds_costs_no_field() {
        for name in [
            "a\u{1}b", "a\nb", "a\rb", "a\u{7f}b", "a\u{0}b", "a\tb", "a\r\rb",
        ] {
            let body = part("name=titre", "Bilan")
                + &part(
                    &format!("name=\"f\"; filename=\"{name}.pdf\""),
                    "%PDF\r\n\u{1}\n",
                )
                + "--X--\r\n";
            let (fields, files) = run(body, Limits::one_file(20)).unwrap();
            assert_eq!(fields.get("titre"), "Bilan", "{name:?}");
            assert_eq!(files[0].name, "a b.pdf", "{name:?}");
            assert_eq!(&files[0].bytes[..], b"%PDF\r\n\x01\n", "as it came");
        }
    }

    #[test]
    fn names_cannot_lie_about_their_ending() {
        assert_eq!(shown_name("../../etc/a\u{202e}fdp.exe\n"), "a fdp.exe");
        assert_eq!(shown_name("C:\\x\\a\u{200b}.p\u{ad}df"), "a.pdf");
    }
}
