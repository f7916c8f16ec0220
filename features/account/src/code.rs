//! Codes that reach a person by e-mail or SMS, and the answers to them.

use access::{App, Channel, Message};
use ambient::Random;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// No 0 and O, no 1, I and L: what is read on a screen is typed without doubt.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const PROVISIONAL: usize = 8;
const ONE_TIME: usize = 6;

/// By which means a person is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// E-mail.
    Email,
    /// SMS.
    Sms,
}

impl Means {
    /// The value that forms post: `email`, `sms`.
    pub fn value(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// Reads what a form posted.
    pub fn of(value: &str) -> Option<Self> {
        [Self::Email, Self::Sms]
            .into_iter()
            .find(|means| means.value() == value)
    }

    /// The channel of the post.
    pub fn channel(self) -> Channel {
        match self {
            Self::Email => Channel::Email,
            Self::Sms => Channel::Sms,
        }
    }

    /// A contact as typed, in the form in which it is kept: an address whose parts are not empty,
    /// or a French mobile number as ten digits (mainland `06`, `07` and the overseas `069x`).
    pub fn read(self, typed: &str) -> Option<String> {
        match self {
            Self::Email => {
                let address = typed.trim();
                let (name, host) = address.split_once('@')?;
                let plain =
                    |c: char| !c.is_whitespace() && !c.is_control() && !"<>\",;@".contains(c);
                let whole = !name.is_empty()
                    && host.contains('.')
                    && host.split('.').all(|label| !label.is_empty())
                    && name.chars().chain(host.chars()).all(plain)
                    && address.len() <= 254;
                whole.then(|| address.to_owned())
            }
            Self::Sms => {
                let digits: String = typed
                    .chars()
                    .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'))
                    .collect();
                let national = digits
                    .strip_prefix("+33")
                    .or_else(|| digits.strip_prefix("0033"))
                    .map_or_else(|| digits.clone(), |rest| format!("0{rest}"));
                let mobile = national.len() == 10
                    && national.bytes().all(|b| b.is_ascii_digit())
                    && matches!(national.get(..2), Some("06" | "07"));
                mobile.then_some(national)
            }
        }
    }
}

/// A code on its way, kept until it is answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sent {
    /// The code.
    code: String,
    /// When it was made.
    pub at: Timestamp,
    /// By which means.
    pub by: Means,
}

/// What a typed code is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The code.
    Right,
    /// Another one.
    Wrong,
    /// Every try was used.
    Spent,
    /// It came too late.
    Late,
}

impl Sent {
    /// A one-time code: 6 digits.
    pub fn one_time(random: &dyn Random, at: Timestamp, by: Means) -> Self {
        let code = (0..ONE_TIME)
            .map(|_| char::from_digit(random.below(10), 10).unwrap_or('0'))
            .collect();
        Self { code, at, by }
    }

    /// A provisional code: 8 letters and digits.
    pub fn provisional(random: &dyn Random, at: Timestamp, by: Means) -> Self {
        let letter = |_| char::from(LETTERS[random.below(LETTERS.len() as u32) as usize]);
        let code = (0..PROVISIONAL).map(letter).collect();
        Self { code, at, by }
    }

    /// The code, to be sent.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether another one may be asked for.
    pub fn may_repeat(&self, app: &App) -> bool {
        app.now().duration_since(self.at) >= app.limits.between_codes
    }

    /// Judges what was typed. `counted` says whether a try was left.
    pub fn judge(
        &self,
        typed: &str,
        counted: bool,
        life: SignedDuration,
        now: Timestamp,
    ) -> Answer {
        if now.duration_since(self.at) > life {
            return Answer::Late;
        }
        if !counted {
            return Answer::Spent;
        }
        let typed: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if same(self.code.as_bytes(), typed.as_bytes()) {
            Answer::Right
        } else {
            Answer::Wrong
        }
    }
}

/// Whether two texts are equal, in a time that says nothing of where they differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

/// Hands a message over without making the page wait: how long that takes would tell a stranger
/// whether there was anything to send.
pub fn send(app: &App, message: Message) {
    let post = app.post.clone();
    tokio::spawn(async move {
        if let Err(error) = post.send(message).await {
            tracing::error!(error = format!("{error:#}"), "a code could not be sent");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use ambient::SeededRandom;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_code_is_answered_in_time_and_within_its_tries() {
        let random = SeededRandom::new(1);
        let sent = Sent::provisional(&random, at(0), Means::Email);
        assert_eq!(sent.code().len(), 8);
        assert!(sent.code().bytes().all(|b| LETTERS.contains(&b)));
        let life = SignedDuration::from_mins(30);
        let judge = |typed: &str, counted, after| sent.judge(typed, counted, life, at(after));
        let typed = format!(
            " {} {} ",
            &sent.code()[..4].to_lowercase(),
            &sent.code()[4..]
        );
        assert_eq!(judge(&typed, true, 1800), Answer::Right);
        assert_eq!(judge(&typed, true, 1801), Answer::Late);
        assert_eq!(judge(&typed, false, 5), Answer::Spent);
        assert_eq!(judge("", true, 5), Answer::Wrong);
        let six = Sent::one_time(&random, at(0), Means::Sms);
        assert!(six.code().len() == 6 && six.code().bytes().all(|b| b.is_ascii_digit()));
    }

    #[test]
    fn contacts_are_read_as_people_write_them() {
        let email = |typed| Means::Email.read(typed);
        assert_eq!(
            email(" zoe@example.org ").as_deref(),
            Some("zoe@example.org")
        );
        for bad in [
            "",
            "zoe",
            "zoe@",
            "@example.org",
            "zoe@example",
            "z oe@example.org",
            "a@b@c.fr",
            "zoe@.fr",
            "a@b.fr\nBcc:c@d.fr",
        ] {
            assert_eq!(email(bad), None, "{bad}");
        }
        for good in [
            "06 39 98 00 01",
            "+33639980001",
            "0033 6.39.98.00.01",
            "0639980001",
        ] {
            assert_eq!(Means::Sms.read(good).as_deref(), Some("0639980001"));
        }
        for bad in [
            "",
            "0139980001",
            "063998000",
            "06 39 98 00 0A",
            "é639980001",
        ] {
            assert_eq!(Means::Sms.read(bad), None, "{bad}");
        }
    }
}
