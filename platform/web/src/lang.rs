use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::{HeaderMap, header, request::Parts};

use crate::cookies::Cookie;

/// The language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// French: complete, and the default.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Every language that screens exist in.
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    /// The cookie that keeps a choice; no secret, so the same name over http and https.
    pub(crate) const COOKIE: Cookie = Cookie::plain("langue");

    /// The BCP 47 tag: `fr` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// The language in its own words.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::Fr => "Français",
            Lang::En => "English",
        }
    }

    /// The language of a tag such as `fr`, `fr-CA` or `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split('-').next().unwrap_or(tag).trim();
        Lang::ALL
            .into_iter()
            .find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The same sentence with the spaces that must not break a line: in French, those that
    /// stand before « ? ! ; : » and inside quotation marks.
    pub fn typeset(self, text: String) -> String {
        const TIGHT: [(&str, &str); 6] = [
            (" ?", "\u{a0}?"),
            (" !", "\u{a0}!"),
            (" ;", "\u{a0};"),
            (" :", "\u{a0}:"),
            (" »", "\u{a0}»"),
            ("« ", "«\u{a0}"),
        ];
        if self != Lang::Fr || !text.contains(['?', '!', ';', ':', '«', '»']) {
            return text;
        }
        let tight = |text: String, (loose, tight): (&str, &str)| text.replace(loose, tight);
        TIGHT.into_iter().fold(text, tight)
    }

    /// The language asked for: the cookie's, else the best of `Accept-Language`, else French.
    pub fn of(headers: &HeaderMap) -> Lang {
        if let Some(chosen) = Lang::COOKIE
            .read(headers)
            .and_then(|tag| Lang::from_tag(&tag))
        {
            return chosen;
        }
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        accepted.and_then(preferred).unwrap_or_default()
    }
}

/// The known language of highest weight; the first one wins a tie (RFC 9110 §12.5.4).
fn preferred(accepted: &str) -> Option<Lang> {
    let mut best: Option<(Lang, f32)> = None;
    for range in accepted.split(',').take(20) {
        let mut parts = range.split(';');
        let Some(lang) = parts.next().and_then(Lang::from_tag) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
        if weight > best.map_or(0.0, |(_, w)| w) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Lang::of(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(http::HeaderName, &'static str)]) -> Lang {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.clone(), value.parse().unwrap()));
        Lang::of(&headers.collect())
    }

    #[test]
    fn the_cookie_then_the_browser_then_french() {
        let browser = |value| asked(&[(header::ACCEPT_LANGUAGE, value)]);
        assert_eq!(asked(&[]), Lang::Fr);
        assert_eq!(browser("de-DE, de"), Lang::Fr);
        assert_eq!(browser("en-GB,en;q=0.9,fr;q=0.8"), Lang::En);
        assert_eq!(browser("en;q=0.5, fr-CA;q=0.8"), Lang::Fr);
        assert_eq!(browser("en;q=0, de"), Lang::Fr);
        assert_eq!(browser("en;q=beaucoup"), Lang::Fr);
        let both = [
            (header::COOKIE, "a=b; langue=fr"),
            (header::ACCEPT_LANGUAGE, "en"),
        ];
        assert_eq!(asked(&both), Lang::Fr);
    }
}
