//! Query strings and forms, read as OAuth wants them.

use std::collections::BTreeMap;

/// Parameters of a query string or of an `application/x-www-form-urlencoded` body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(BTreeMap<String, String>);

/// A parameter stands twice (RFC 6749 §3.1 and §3.2 forbid it: which one would count?).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the parameter {0:?} stands twice")]
pub struct Repeated(pub String);

impl Params {
    /// Reads `text`, with or without its leading `?`. Bytes that are no UTF-8 become U+FFFD.
    ///
    /// # Errors
    /// [`Repeated`] when a parameter stands twice.
    pub fn parse(text: &str) -> Result<Self, Repeated> {
        let mut params = BTreeMap::new();
        let text = text.strip_prefix('?').unwrap_or(text);
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let name = name.into_owned();
            if params.insert(name.clone(), value.into_owned()).is_some() {
                return Err(Repeated(name));
            }
        }
        Ok(Self(params))
    }

    /// The parameter's value; an empty one counts as absent (RFC 6749 §3.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// A parameter that is a list of words parted by spaces, such as `scope`.
    pub fn words(&self, name: &str) -> Vec<String> {
        self.get(name)
            .unwrap_or_default()
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect()
    }
}

/// Writes pairs as a form body or query string.
pub(crate) fn encode(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// `url` with `pairs` added to whatever query it has.
pub(crate) fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let joint = match url.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{url}{joint}{}", encode(pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decoded_values_and_refuses_a_repetition() {
        let params = Params::parse("?a=%C3%A9+b&empty=&scope=openid++profile").expect("sound");
        assert_eq!(params.get("a"), Some("é b"));
        assert_eq!(params.get("empty"), None);
        assert_eq!(params.words("scope"), ["openid", "profile"]);
        assert_eq!(
            Params::parse("state=1&state=2"),
            Err(Repeated("state".into()))
        );
    }

    #[test]
    fn adds_to_a_query_that_is_there() {
        assert_eq!(
            with_query("https://a.example/x", &[("b", "c d")]),
            "https://a.example/x?b=c+d"
        );
        assert_eq!(
            with_query("https://a.example/x?y=1", &[("b", "&")]),
            "https://a.example/x?y=1&b=%26"
        );
        assert_eq!(
            with_query("https://a.example/x?", &[("b", "1")]),
            "https://a.example/x?b=1"
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,200}") {
            let _ = Params::parse(&text);
        }

        #[test]
        fn what_is_written_reads_back(value in ".{1,40}") {
            let params = Params::parse(&encode(&[("v", &value)])).expect("once");
            proptest::prop_assert_eq!(params.get("v"), Some(value.as_str()));
        }
    }
}
