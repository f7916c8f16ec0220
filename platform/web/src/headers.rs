use http::{HeaderMap, HeaderName, HeaderValue, header};

const CROSS_ORIGIN_OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// What every answer to a browser says, unless its handler said otherwise.
#[derive(Debug, Clone)]
pub(crate) struct SecurityHeaders(Vec<(HeaderName, HeaderValue)>);

impl SecurityHeaders {
    /// `form_origins`: the identity providers that a form may lead to by redirection,
    /// since Chromium applies `form-action` to redirects too.
    pub(crate) fn new(https: bool, form_origins: &[String]) -> SecurityHeaders {
        let fixed = |name, value| (name, HeaderValue::from_static(value));
        let mut headers = vec![
            (header::CONTENT_SECURITY_POLICY, policy(form_origins)),
            fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            fixed(header::REFERRER_POLICY, "no-referrer"),
            fixed(CROSS_ORIGIN_OPENER, "same-origin"),
            fixed(CROSS_ORIGIN_RESOURCE, "same-origin"),
            fixed(
                PERMISSIONS,
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            ),
            fixed(header::CACHE_CONTROL, "no-store"),
        ];
        if https {
            headers.push(fixed(
                header::STRICT_TRANSPORT_SECURITY,
                "max-age=63072000; includeSubDomains",
            ));
        }
        SecurityHeaders(headers)
    }

    /// For answers to programs: nothing to show, nothing to keep.
    pub(crate) fn machine(https: bool) -> SecurityHeaders {
        let mut headers = SecurityHeaders::new(https, &[]);
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.0[0] = (header::CONTENT_SECURITY_POLICY, nothing);
        headers
    }

    pub(crate) fn complete(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// Nothing from elsewhere, nothing inline.
fn policy(form_origins: &[String]) -> HeaderValue {
    let mut policy = String::from(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    let plain = |origin: &&String| {
        origin
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b';' && b != b',')
    };
    for origin in form_origins.iter().filter(plain) {
        policy.push(' ');
        policy.push_str(origin);
    }
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_us_and_the_named_providers_only() {
        let origins = [
            "https://idp.example".to_owned(),
            "https://x; script-src *".to_owned(),
        ];
        let policy = policy(&origins);
        assert!(
            policy
                .to_str()
                .unwrap()
                .ends_with("form-action 'self' https://idp.example")
        );
        assert!(!policy.to_str().unwrap().contains("unsafe"));
    }

    #[test]
    fn a_handler_has_the_last_word() {
        let mut headers =
            HeaderMap::from_iter([(header::CACHE_CONTROL, HeaderValue::from_static("private"))]);
        SecurityHeaders::new(true, &[]).complete(&mut headers);
        assert_eq!(headers[header::CACHE_CONTROL], "private");
        assert!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}
