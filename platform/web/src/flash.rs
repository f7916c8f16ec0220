use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::{Cookie, Lang, Texts};

/// The kind of a message; also the name of its style and icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It is done.
    Success,
    /// Look before going on.
    Warning,
    /// Something is wrong or cannot be undone.
    Danger,
}

impl Tone {
    const ALL: [Tone; 4] = [Tone::Info, Tone::Success, Tone::Warning, Tone::Danger];

    /// The class name used by the style sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        }
    }
}

/// A message shown once at the top of the page, announced by screen readers.
#[derive(Debug, Clone)]
pub struct Flash {
    /// Its kind.
    pub tone: Tone,
    /// Its sentence.
    pub text: String,
}

/// Names a sentence, never holds one: nothing about a person may lie in a cookie.
const LEFT: Cookie = Cookie::plain("message");

impl Flash {
    /// The `Set-Cookie` header that leaves the sentence `key` (without arguments)
    /// to the page after a redirection; shown once, within a minute.
    ///
    /// ```
    /// use axum::response::{IntoResponse, Redirect};
    /// use web::{Flash, Tone};
    /// let left = Flash::leave(Tone::Success, "document-added");
    /// let response = ([(http::header::SET_COOKIE, left)], Redirect::to("/documents")).into_response();
    /// # assert_eq!(response.status(), 303);
    /// ```
    pub fn leave(tone: Tone, key: &str) -> HeaderValue {
        LEFT.set(
            &format!("{}.{key}", tone.name()),
            Some(Duration::from_secs(60)),
        )
    }

    /// The message that was left; `None` when there is none, or none that we know.
    pub(crate) fn left(headers: &HeaderMap, texts: &Texts, lang: Lang) -> Option<Flash> {
        let value = LEFT.read(headers)?;
        let (tone, key) = value.split_once('.')?;
        let tone = Tone::ALL.into_iter().find(|known| known.name() == tone)?;
        let text = texts.has(lang, key).then(|| texts.get(lang, key))?;
        Some(Flash { tone, text })
    }

    /// The `Set-Cookie` header that takes the message away, if `headers` brought one.
    pub(crate) fn taken(headers: &HeaderMap) -> Option<HeaderValue> {
        LEFT.read(headers).map(|_| LEFT.clear())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_left_by_its_key() {
        let texts = Texts::load(&crate::OWN_TEXTS).unwrap();
        let left = |value: &str| {
            let pair = (
                http::header::COOKIE,
                format!("message={value}").parse().unwrap(),
            );
            Flash::left(&HeaderMap::from_iter([pair]), &texts, Lang::En)
        };
        let set = Flash::leave(Tone::Success, "form-cancel");
        assert!(
            set.to_str()
                .unwrap()
                .starts_with("message=success.form-cancel;")
        );
        let flash = left("success.form-cancel").unwrap();
        assert_eq!((flash.tone, flash.text.as_str()), (Tone::Success, "Cancel"));
        for unknown in ["", "success", "loud.form-cancel", "success.never-written"] {
            assert!(left(unknown).is_none(), "{unknown}");
        }
    }
}
