//! The link itself: `shlink:/` and a payload.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

const SCHEME: &str = "shlink:/";
/// Characters of an address, of a label, and of a key, at the most or exactly.
const URL: usize = 128;
const LABEL: usize = 80;
const KEY: usize = 43;

/// What a link says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where its manifest is: at most 128 characters, and as hard to guess as 256 bits.
    pub url: String,
    /// The key of its files: 32 bytes in base64url.
    pub key: String,
    /// When it ends, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    /// Letters in order: `L` it may be asked again, `P` a passcode is needed, `U` one file and no
    /// manifest.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flag: String,
    /// What people read of it before it opens: at most 80 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Version of this layout.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub v: u32,
}

fn first() -> u32 {
    1
}

// The shape that serde asks for.
fn is_first(version: &u32) -> bool {
    *version == 1
}

/// It is no link that this version reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no SMART Health Link")]
pub struct BadLink;

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link")
    }
}

impl Link {
    /// A link to a manifest that asks for a passcode.
    pub fn with_passcode(url: String, key: String, exp: i64, label: &str) -> Self {
        Self {
            url,
            key,
            exp: Some(exp),
            flag: "P".to_owned(),
            label: label.chars().take(LABEL).collect(),
            v: 1,
        }
    }

    /// The link as it is written.
    pub fn to_uri(&self) -> String {
        let json = serde_json::to_vec(self).expect("a link is JSON");
        format!("{SCHEME}{}", BASE64_URL_SAFE_NO_PAD.encode(json))
    }

    /// The link behind the address of a page that shows it to people without a reader of their own.
    pub fn behind(&self, viewer: &str) -> String {
        format!("{viewer}#{}", self.to_uri())
    }

    /// Reads a link, with or without a page before it.
    ///
    /// # Errors
    /// [`BadLink`].
    pub fn read(text: &str) -> Result<Self, BadLink> {
        let bare = text.rsplit('#').next().unwrap_or(text);
        let payload = bare.strip_prefix(SCHEME).ok_or(BadLink)?;
        let json = BASE64_URL_SAFE_NO_PAD
            .decode(payload)
            .map_err(|_| BadLink)?;
        let link: Self = serde_json::from_slice(&json).map_err(|_| BadLink)?;
        let whole = link.v == 1
            && link.url.len() <= URL
            && link.key.len() == KEY
            && link.label.chars().count() <= LABEL;
        let ordered = link.flag.bytes().is_sorted() && !link.flag.contains("PU");
        match whole && ordered {
            true => Ok(link),
            false => Err(BadLink),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link() -> Link {
        let key = BASE64_URL_SAFE_NO_PAD.encode([7; 32]);
        Link::with_passcode(
            "https://carnet.test/partage/abc/manifeste".to_owned(),
            key,
            1_800_000_000,
            "Documents partagés",
        )
    }

    #[test]
    fn a_link_is_read_as_it_was_written() {
        let link = link();
        let uri = link.to_uri();
        assert!(uri.starts_with("shlink:/ey"), "{uri}");
        assert_eq!(Link::read(&uri), Ok(link.clone()));
        let shown = link.behind("https://carnet.test/partage/abc");
        assert_eq!(Link::read(&shown), Ok(link));
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let json = format!(r#"{{"url":"https://x.test/m","key":"{}"}}"#, "A".repeat(43));
        let uri = format!("shlink:/{}", BASE64_URL_SAFE_NO_PAD.encode(json));
        let link = Link::read(&uri).expect("a link");
        assert_eq!((link.exp, link.flag.as_str(), link.v), (None, "", 1));
    }

    #[test]
    fn a_link_of_another_kind_is_refused() {
        let with = |change: fn(&mut Link)| {
            let mut link = link();
            change(&mut link);
            Link::read(&link.to_uri())
        };
        assert!(with(|link| link.url = "x".repeat(129)).is_err());
        assert!(with(|link| link.key.truncate(42)).is_err());
        assert!(with(|link| link.flag = "PU".to_owned()).is_err());
        assert!(with(|link| link.flag = "PL".to_owned()).is_err());
        assert!(with(|link| link.v = 2).is_err());
        assert!(with(|link| link.flag = "LP".to_owned()).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in ".{0,200}") {
            let _ = Link::read(&text);
            let _ = Link::read(&format!("shlink:/{text}"));
        }
    }
}
