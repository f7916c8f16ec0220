use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};

/// A cookie of ours: `HttpOnly`, `SameSite=Lax`, for the whole site, and over
/// https `Secure` with the `__Host-` prefix, which no other host can set.
#[derive(Debug, Clone, Copy)]
pub struct Cookie {
    name: &'static str,
    https: bool,
}

impl Cookie {
    /// A cookie that carries a secret; `https` says whether people reach the site so.
    pub const fn new(name: &'static str, https: bool) -> Cookie {
        Cookie { name, https }
    }

    /// A cookie without a secret (a display choice), under the same name everywhere.
    pub const fn plain(name: &'static str) -> Cookie {
        Cookie { name, https: false }
    }

    /// The name as sent.
    pub fn name(&self) -> String {
        format!("{}{}", self.prefix(), self.name)
    }

    fn prefix(&self) -> &'static str {
        if self.https { "__Host-" } else { "" }
    }

    /// The value that the browser sent, if any; when it sent several, the first one.
    pub fn read(&self, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| name.strip_prefix(self.prefix()) == Some(self.name))
            .map(|(_, value)| value.to_owned())
    }

    /// The `Set-Cookie` header: kept `lifetime`, or until the browser closes.
    ///
    /// `value` must be made of cookie characters (base64url, hexadecimal): any
    /// other gives a header that clears the cookie instead.
    pub fn set(&self, value: &str, lifetime: Option<Duration>) -> HeaderValue {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        if !value.chars().all(allowed) {
            return self.clear();
        }
        self.header(value, lifetime.map(|duration| duration.as_secs()))
    }

    /// The `Set-Cookie` header that removes the cookie.
    pub fn clear(&self) -> HeaderValue {
        self.header("", Some(0))
    }

    fn header(&self, value: &str, max_age: Option<u64>) -> HeaderValue {
        let mut text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax", self.name());
        if self.https {
            text.push_str("; Secure");
        }
        if let Some(seconds) = max_age {
            text.push_str(&format!("; Max-Age={seconds}"));
        }
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_to_the_host_over_https() {
        let day = Some(Duration::from_secs(86_400));
        let cookie = Cookie::new("session", true);
        let expected = "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=86400";
        assert_eq!(cookie.set("abc", day), expected);
        let local = Cookie::new("session", false);
        assert_eq!(
            local.set("abc", None),
            "session=abc; Path=/; HttpOnly; SameSite=Lax"
        );
        assert_eq!(local.set("a; Domain=x", None), local.clear());
    }

    #[test]
    fn a_cookie_is_read_by_its_full_name_only() {
        let headers = |text: &'static str| {
            HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(text))])
        };
        let cookie = Cookie::new("session", true);
        assert_eq!(
            cookie
                .read(&headers("a=1; __Host-session=x=y; b=2"))
                .as_deref(),
            Some("x=y")
        );
        assert_eq!(
            cookie.read(&headers("session=stolen; __Host-sessions=z")),
            None
        );
        assert_eq!(
            Cookie::plain("langue")
                .read(&headers("langue=en"))
                .as_deref(),
            Some("en")
        );
    }
}
