//! What a setting may be, checked at start.

use std::fmt;

use jiff::SignedDuration;

/// What a setting may be. Where the default is empty, so may be the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A file or folder.
    Path,
    /// Where a database is: `postgres://…`, `sqlite:PATH` or a path.
    Database,
    /// A bucket of an S3: `s3://BUCKET/PREFIX`.
    Bucket,
    /// An address to listen on: `ADDRESS:PORT`.
    Listen,
    /// Another machine: `HOST:PORT`.
    HostPort,
    /// How a site is reached: `https://HOST`, without a path.
    Origin,
    /// A web address.
    Url,
    /// Hosts, separated by commas.
    Hosts,
    /// The same, where `*.` stands for whatever is below a name.
    Services,
    /// The sender of e-mails: `Name <address>`.
    Mailbox,
    /// An OID: numbers and dots.
    Oid,
    /// Where to write: `mailto:…`, `https://…`, `tel:…`.
    Contact,
    /// A day: `2026-12-31`.
    Day,
    /// `yes` or `no`.
    YesNo,
    /// A whole number, from … to ….
    Number(u64, u64),
    /// A time such as `30s`, `15m`, `12h`, `15d`, from … to … seconds.
    Duration(i64, i64),
}

impl Kind {
    /// Whether a value is one of this kind.
    pub fn takes(self, value: &str) -> bool {
        let plain = !value.chars().any(char::is_control);
        plain
            && match self {
                Self::Text | Self::Path => true,
                Self::Database => value.parse::<vault::DatabaseUrl>().is_ok(),
                Self::Bucket => bucket(value).is_some(),
                Self::Listen => value.parse::<std::net::SocketAddr>().is_ok(),
                Self::HostPort => host_port(value),
                Self::Origin => is_url(value) && value.matches('/').count() == 2,
                Self::Url => is_url(value),
                Self::Hosts => value.split(',').all(|host| is_host(host.trim())),
                Self::Services => value.split(',').all(|host| {
                    let host = host.trim();
                    let below = host.strip_prefix("*.");
                    is_host(host.strip_prefix("*.").unwrap_or(host))
                        && below.is_none_or(|below| below.contains('.'))
                }),
                Self::Mailbox => value.parse::<lettre::message::Mailbox>().is_ok(),
                Self::Oid => value
                    .split('.')
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())),
                Self::Contact => {
                    let ours = ["mailto:", "https://", "tel:"];
                    ours.iter()
                        .any(|scheme| value.len() > scheme.len() && value.starts_with(scheme))
                }
                Self::Day => value.parse::<jiff::civil::Date>().is_ok() && value.len() == 10,
                Self::YesNo => matches!(value, "yes" | "no"),
                Self::Number(least, most) => {
                    value.parse().is_ok_and(|n| (least..=most).contains(&n))
                }
                Self::Duration(least, most) => {
                    duration(value).is_some_and(|time| (least..=most).contains(&time.as_secs()))
                }
            }
    }
}

impl fmt::Display for Kind {
    /// What is expected, to follow « is not ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a line of text",
            Self::Path => "a file or folder",
            Self::Database => "a database on this machine: postgres://…, sqlite:PATH or a path",
            Self::Bucket => "a bucket of an S3, such as s3://carnet/files",
            Self::Listen => "an address to listen on, such as 127.0.0.1:8080",
            Self::HostPort => "a machine and its port, such as mail.example:25",
            Self::Origin => "an address without path, such as https://carnet.example",
            Self::Url => "an address such as https://idp.example/path",
            Self::Hosts => "a list of hosts, such as idp.example, sms.example",
            Self::Services => "a list of hosts, such as push.example, *.push.example",
            Self::Mailbox => "a sender, such as Carnet <carnet@example.org>",
            Self::Oid => "an OID, such as 1.2.250.1.213.1.4.8",
            Self::Contact => "a contact such as mailto:securite@example.org or https://…",
            Self::Day => "a day, such as 2026-12-31",
            Self::YesNo => "yes or no",
            Self::Number(least, most) => return write!(f, "a number from {least} to {most}"),
            Self::Duration(least, most) => {
                let (least, most) = (told(*least), told(*most));
                return write!(
                    f,
                    "a time such as 30s, 15m, 12h or 2d, from {least} to {most}"
                );
            }
        })
    }
}

/// The bucket and the prefix in `s3://BUCKET/PREFIX`; the prefix may be absent.
pub fn bucket(text: &str) -> Option<(&str, &str)> {
    let place = text.strip_prefix("s3://")?;
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    let named = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    let sound = bucket.len() >= 3 && bucket.bytes().all(named);
    let parted = prefix.is_empty() || prefix.split('/').all(|part| !part.is_empty());
    (sound && parted).then_some((bucket, prefix))
}

/// `30s`, `15m`, `12h`, `15d`.
pub(super) fn duration(text: &str) -> Option<SignedDuration> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    let number: i64 = number.parse::<u32>().ok()?.into();
    Some(SignedDuration::from_secs(number * seconds))
}

/// Seconds in their largest whole unit.
fn told(seconds: i64) -> String {
    let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm')];
    let unit = units.iter().find(|(unit, _)| seconds % unit == 0);
    let (unit, letter) = unit.copied().unwrap_or((1, 's'));
    format!("{}{letter}", seconds / unit)
}

fn is_url(value: &str) -> bool {
    let rest = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(host, port)| {
            if port.parse::<u16>().is_ok() {
                host
            } else {
                ""
            }
        });
        is_host(host) && rest.bytes().all(|b| b.is_ascii_graphic())
    })
}

fn host_port(value: &str) -> bool {
    let parts = value.rsplit_once(':');
    parts.is_some_and(|(host, port)| {
        is_host(host.trim_matches(['[', ']'])) && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

fn is_host(host: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
    !host.is_empty() && host.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_takes_its_own() {
        use Kind as K;
        let rows: [(Kind, &[&str], &[&str]); 16] = [
            (
                K::Contact,
                &["mailto:a@example.org", "https://x"],
                &["a@example.org", "mailto:"],
            ),
            (K::Text, &["a b"], &["a\nb", "a\0"]),
            (
                K::Database,
                &["/var/x.db", "sqlite:x", "postgres:///carnet"],
                &["mysql://x", "postgres://x@far.example/y"],
            ),
            (
                K::Bucket,
                &["s3://carnet", "s3://carnet.files/one/two"],
                &[
                    "carnet",
                    "s3://",
                    "s3://Carnet/x",
                    "s3://carnet/a//b",
                    "s3://carnet/a/",
                ],
            ),
            (
                K::Listen,
                &["127.0.0.1:80", "[::1]:8080"],
                &["8080", "localhost", "1.2.3.4"],
            ),
            (
                K::HostPort,
                &["mail.example:25", "localhost:1025"],
                &["mail.example", "a b:25", "x:0", "x:99999"],
            ),
            (
                K::Origin,
                &["https://carnet.example", "http://127.0.0.1:8080"],
                &[
                    "carnet.example",
                    "https://x/",
                    "https://x/y",
                    "ftp://x",
                    "https://a b",
                ],
            ),
            (
                K::Url,
                &["https://idp.example/a/b"],
                &["//x", "https://", "https://x/\u{e9}", "https://u@x"],
            ),
            (K::Hosts, &["a.example, b.example"], &["a,,b", "https://a"]),
            (
                K::Services,
                &["a.example", "a.example, *.b.example"],
                &["*", "*.example", "a.*.b", "https://a", ""],
            ),
            (K::Mailbox, &["Carnet <a@example.org>"], &["Carnet", "<a@>"]),
            (K::Oid, &["1.2.250"], &["1..2", "a.b"]),
            (K::Day, &["2026-12-31"], &["31/12/2026", "2026-02-30"]),
            (K::YesNo, &["yes", "no"], &["oui", "true", "YES"]),
            (
                K::Number(1, 10),
                &["1", "10"],
                &["0", "11", "-1", "1e1", "cinq"],
            ),
            (
                K::Duration(60, 3_600),
                &["60s", "1m", "1h"],
                &["59s", "2h", "1", "m", "1w", "-5m", "\u{e9}"],
            ),
        ];
        for (kind, good, bad) in rows {
            for value in good {
                assert!(kind.takes(value), "{kind:?} takes {value}");
            }
            for value in bad {
                assert!(!kind.takes(value), "{kind:?} does not take {value}");
            }
        }
    }

    #[test]
    fn a_time_is_told_in_its_largest_unit() {
        let kind = Kind::Duration(60, 86_400 * 15);
        assert!(kind.to_string().ends_with("from 1m to 15d"), "{kind}");
    }
}
