//! What the page of a document says of its PDF: how many pages, whether it opens, whether it can be
//! read aloud; and the text that was recognised in what is an image.

use access::{Act, App, Cover, Person};
use ambient::Id;
use web::Problem;

use crate::{
    Documents,
    reading::{Body, shorten},
    search::{Text, Texts},
    sniff::pdf_is_encrypted,
};

/// What there is to know of a PDF before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paper {
    /// It asks for a password, or may.
    pub locked: bool,
    /// How many pages it has; 0 when nobody knows.
    pub pages: u32,
    /// It is all images: nothing in it can be selected, or read aloud.
    pub image: bool,
}

impl Paper {
    /// Looks at the cover of a file; one that cannot be looked at is shown without.
    pub(crate) async fn look(app: &App, bytes: Vec<u8>) -> Self {
        let encrypted = pdf_is_encrypted(&bytes);
        match app.scribe.look_at_pdf(bytes).await {
            Ok(Cover::Open {
                pages, has_text, ..
            }) => Self {
                locked: false,
                pages,
                image: !has_text && pages > 0,
            },
            Ok(Cover::Protected) => Self {
                locked: true,
                ..Self::default()
            },
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), "a PDF without cover");
                Self {
                    locked: encrypted,
                    ..Self::default()
                }
            }
        }
    }
}

/// The text that was recognised in a document that is an image, for who has just opened it; empty
/// where there is none. Of the `text` volume it opens nothing more than this.
pub(crate) async fn recognised(
    person: &Person,
    (id, look): (Id, &str),
    body: &Body,
) -> Result<(String, bool), Problem> {
    let image = match body {
        Body::Frame { paper, .. } => paper.image,
        Body::Image { .. } => true,
        _ => false,
    };
    if !image || !person.app.scribe.reads_images() {
        return Ok((String::new(), false));
    }
    let clearance = person.enter(Act::Read).await?;
    let text = clearance.go_on_drawn::<Documents, Texts, _>(id, look, |drawn| {
        drawn.and_then(Text::text).unwrap_or_default()
    });
    Ok(shorten(text.await?))
}
