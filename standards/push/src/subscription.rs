//! What a browser gives whoever may wake it.

use aws_lc_rs::agreement::{ECDH_P256, ParsedPublicKey, UnparsedPublicKey};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// Longest endpoint that is taken, in bytes; browsers give 200 to 400.
const LONGEST: usize = 1_000;

/// One browser's subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Where messages are posted: whoever knows it and the sender's key may post there.
    pub endpoint: String,
    /// The browser's public key: a point of P-256, base64url.
    pub p256dh: String,
    /// Its secret of 16 bytes, base64url.
    pub auth: String,
}

/// It is no subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSubscription {
    /// The endpoint is no web address.
    #[error("no endpoint")]
    Endpoint,
    /// The keys are none.
    #[error("no keys")]
    Keys,
}

/// What the keys are, decoded.
pub(crate) struct Keys {
    pub public: Vec<u8>,
    pub auth: [u8; 16],
}

impl Subscription {
    /// Reads what a browser gave.
    ///
    /// # Errors
    /// [`BadSubscription`]: nothing of it may be kept.
    pub fn read(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, BadSubscription> {
        // Some browsers pad.
        let plain = |text: &str| text.trim().trim_end_matches('=').to_owned();
        let read = Self {
            endpoint: endpoint.trim().to_owned(),
            p256dh: plain(p256dh),
            auth: plain(auth),
        };
        read.parts()?;
        read.keys()?;
        Ok(read)
    }

    /// Scheme, host and port of the endpoint.
    fn parts(&self) -> Result<(&'static str, String), BadSubscription> {
        let uri: http::Uri = match self.endpoint.len() <= LONGEST {
            true => self
                .endpoint
                .parse()
                .map_err(|_| BadSubscription::Endpoint)?,
            false => return Err(BadSubscription::Endpoint),
        };
        let scheme = match uri.scheme_str() {
            Some("https") => "https",
            Some("http") => "http",
            _ => return Err(BadSubscription::Endpoint),
        };
        let host = uri.authority().map(|all| all.as_str().to_ascii_lowercase());
        match host {
            Some(host) if !host.is_empty() && !host.contains('@') => Ok((scheme, host)),
            _ => Err(BadSubscription::Endpoint),
        }
    }

    /// Host and port of the push service; empty when it has none.
    pub fn host(&self) -> String {
        self.parts().map(|(_, host)| host).unwrap_or_default()
    }

    /// The push service, for whom a sender's identity is made; empty when it is none.
    pub fn origin(&self) -> String {
        let parts = self.parts();
        parts.map_or_else(
            |_| String::new(),
            |(scheme, host)| format!("{scheme}://{host}"),
        )
    }

    pub(crate) fn keys(&self) -> Result<Keys, BadSubscription> {
        let bytes = |text: &str| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(text);
            bytes.map_err(|_| BadSubscription::Keys)
        };
        let public = bytes(&self.p256dh)?;
        let auth = bytes(&self.auth)?.try_into();
        let auth = auth.map_err(|_| BadSubscription::Keys)?;
        // 4: both coordinates follow. A point that is not on the curve would give its sender a
        // secret of their choosing.
        let parsed = ParsedPublicKey::try_from(UnparsedPublicKey::new(&ECDH_P256, &public)).ok();
        match parsed.filter(|_| public.len() == 65 && public[0] == 4) {
            Some(_) => Ok(Keys { public, auth }),
            None => Err(BadSubscription::Keys),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POINT: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    #[test]
    fn a_browser_s_own_words_are_taken_and_nothing_else() {
        let read = Subscription::read("https://Push.example:8443/a/b?c", POINT, AUTH);
        let read = read.expect("a subscription");
        assert_eq!(read.host(), "push.example:8443");
        assert_eq!(read.origin(), "https://push.example:8443");
        let padded = format!("{AUTH}==");
        assert!(Subscription::read("https://push.example/a", POINT, &padded).is_ok());
        let long = format!("https://push.example/{}", "a".repeat(LONGEST));
        for endpoint in ["", "/a", "ftp://a/", "https://a@b/", "javascript:1", &long] {
            let read = Subscription::read(endpoint, POINT, AUTH);
            assert_eq!(read, Err(BadSubscription::Endpoint), "{endpoint}");
        }
        // Cut short; another curve's length; a point that lies beside the curve; no base64.
        let beside = POINT.replace("iw4", "iw8");
        for point in ["", &POINT[..40], "BCVx!", &beside] {
            let read = Subscription::read("https://a.example/", point, AUTH);
            assert_eq!(read, Err(BadSubscription::Keys), "{point}");
        }
        for auth in ["", "BTBZ", "a b"] {
            let read = Subscription::read("https://a.example/", POINT, auth);
            assert_eq!(read, Err(BadSubscription::Keys), "{auth}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(a in ".{0,60}", b in "[A-Za-z0-9_=-]{0,90}", c in ".{0,30}") {
            let _ = Subscription::read(&a, &b, &c);
            let _ = Subscription::read(&format!("https://{a}"), POINT, &c);
        }
    }
}
