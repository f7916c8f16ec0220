use std::net::IpAddr;

use http::Uri;

use crate::{NetError, address::is_public};

/// Where requests may go.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// `host`, on the usual port of https, or `host:port`. Each host by its whole name.
    pub hosts: Vec<String>,
    /// Whether the hosts named may be this very machine, which may then be called without TLS
    /// and by number (`127.0.0.1:8080`). For trials and tests. Other private addresses stay closed.
    pub loopback: bool,
}

/// An address that may be called, as far as its text tells.
#[derive(Debug)]
pub(crate) struct Target {
    /// Name or number; an IPv6 number without its brackets.
    pub host: String,
    pub port: u16,
    pub tls: bool,
    /// `host` or `host:port`, for the header of that name.
    pub authority: String,
}

impl Target {
    /// Where an absolute address leads.
    pub fn of(uri: &Uri) -> Result<Self, NetError> {
        let authority = uri
            .authority()
            .filter(|authority| !authority.as_str().contains('@'))
            .ok_or(NetError::Address)?;
        let (tls, usual) = match uri.scheme_str() {
            Some("https") => (true, 443),
            Some("http") => (false, 80),
            _ => return Err(NetError::Address),
        };
        let written = authority.host().to_ascii_lowercase();
        let port = authority.port_u16().unwrap_or(usual);
        Ok(Self {
            authority: match port == usual {
                true => written.clone(),
                false => format!("{written}:{port}"),
            },
            host: written.trim_matches(['[', ']']).to_owned(),
            port,
            tls,
        })
    }

    /// The host, as errors name it.
    pub fn name(&self) -> String {
        self.authority.clone()
    }
}

impl Allowed {
    /// Where `uri` leads, if it may be called at all.
    pub(crate) fn target(&self, uri: &Uri) -> Result<Target, NetError> {
        let target = Target::of(uri)?;
        let usual = target.port == if target.tls { 443 } else { 80 };
        let written = target.authority.as_str();
        let named = self.hosts.iter().any(|entry| {
            entry.eq_ignore_ascii_case(written)
                || (usual && entry.eq_ignore_ascii_case(&format!("{written}:{}", target.port)))
        });
        if !named {
            return Err(NetError::NotAllowed(target.name()));
        }
        if !target.tls && !self.loopback {
            return Err(NetError::Plain(target.name()));
        }
        if !self.loopback && target.host.parse::<IpAddr>().is_ok() {
            return Err(NetError::NotPublic(target.name()));
        }
        Ok(target)
    }

    /// Whether one of the target's addresses may be called.
    pub(crate) fn admits(&self, target: &Target, address: IpAddr) -> Result<(), NetError> {
        let here = self.loopback && address.to_canonical().is_loopback();
        if here || (target.tls && is_public(address)) {
            Ok(())
        } else if target.tls {
            Err(NetError::NotPublic(target.name()))
        } else {
            Err(NetError::Plain(target.name()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(hosts: &[&str], loopback: bool, url: &str) -> Result<Target, NetError> {
        let hosts = hosts.iter().map(ToString::to_string).collect();
        Allowed { hosts, loopback }.target(&url.parse().map_err(|_| NetError::Address)?)
    }

    #[test]
    fn a_host_is_named_whole_and_with_its_port() {
        let hosts = ["idp.example", "other.example:8443"];
        for url in [
            "https://idp.example/a",
            "https://IDP.example:443/",
            "https://other.example:8443/?q",
        ] {
            assert!(to(&hosts, false, url).is_ok(), "{url}");
        }
        for url in [
            "https://evil.example/",
            "https://idp.example.evil.example/",
            "https://sub.idp.example/",
            "https://idp.example./",
            "https://idp.example:8443/",
            "https://other.example/",
        ] {
            let refusal = to(&hosts, false, url).expect_err(url);
            assert!(matches!(refusal, NetError::NotAllowed(_)), "{url}");
        }
    }

    #[test]
    fn what_is_no_plain_https_address_is_refused() {
        let hosts = ["idp.example", "idp.example:80", "127.0.0.1", "[::1]"];
        for url in [
            "/a",
            "idp.example",
            "ftp://idp.example/",
            "https://user@idp.example/",
            "https://idp.example@evil.example/",
        ] {
            assert!(
                matches!(to(&hosts, false, url), Err(NetError::Address)),
                "{url}"
            );
        }
        let refused = |url| to(&hosts, false, url).expect_err(url);
        assert!(matches!(refused("http://idp.example/"), NetError::Plain(_)));
        for url in ["https://127.0.0.1/", "https://[::1]/"] {
            assert!(matches!(refused(url), NetError::NotPublic(_)), "{url}");
        }
    }

    #[test]
    fn this_machine_only_by_the_setting_and_no_other_private_one() {
        let by_name = to(&["intranet.example"], true, "https://intranet.example/").expect("named");
        let plain = to(&["intranet.example"], true, "http://intranet.example/").expect("named");
        let admits = |loopback, target: &Target, address: &str| {
            let allowed = Allowed {
                loopback,
                ..Allowed::default()
            };
            allowed.admits(target, address.parse().expect("an address"))
        };
        assert!(admits(true, &by_name, "127.0.0.1").is_ok());
        assert!(admits(true, &plain, "::ffff:127.0.0.1").is_ok());
        assert!(admits(false, &by_name, "1.1.1.1").is_ok());
        for (loopback, address) in [(false, "127.0.0.1"), (true, "10.0.0.1"), (true, "::")] {
            let refusal = admits(loopback, &by_name, address).expect_err(address);
            assert!(matches!(refusal, NetError::NotPublic(_)), "{address}");
        }
        let refusal = admits(true, &plain, "1.1.1.1").expect_err("another machine");
        assert!(matches!(refusal, NetError::Plain(_)));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(url in ".{0,60}", host in "[a-z0-9.:@\\[\\]]{0,30}") {
            let _ = to(&["a"], true, &url);
            let _ = to(&["a"], true, &format!("https://{host}/"));
        }
    }
}
