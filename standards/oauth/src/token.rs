//! Opaque tokens: `carnet_at_` + 30 random characters + 6 of checksum.
//!
//! The prefix lets a secret scanner (and a person) recognise a leaked token; the
//! checksum keeps typing errors and guesses away from the store. Only
//! [`Token::hash`] is stored: 178 random bits need no slow hash.

use std::fmt;

use ambient::{Random, Secret};

use crate::sha256;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM: usize = 30;
const CHECKSUM: usize = 6;

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Opens the API.
    Access,
    /// Gives the next access token.
    Refresh,
    /// Exchanged once for tokens.
    Code,
    /// Names a sign-in that is confirmed on another device.
    Asked,
    /// Proves a client.
    ClientSecret,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Access => "carnet_at_",
            Self::Refresh => "carnet_rt_",
            Self::Code => "carnet_ac_",
            Self::Asked => "carnet_aq_",
            Self::ClientSecret => "carnet_cs_",
        }
    }
}

/// A token in clear: shown once to whom it is given.
#[derive(Clone)]
pub struct Token(Secret<String>);

/// The text is no token of the kind expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of this kind")]
pub struct BadToken;

impl Token {
    /// Draws a new token.
    pub fn mint(kind: Kind, random: &dyn Random) -> Self {
        let mut text = String::with_capacity(kind.prefix().len() + RANDOM + CHECKSUM);
        text.push_str(kind.prefix());
        text.extend((0..RANDOM).map(|_| digit(random.below(62))));
        let sum = checksum(&text);
        text.push_str(&sum);
        Self(Secret::new(text))
    }

    /// Reads a token of `kind` that somebody presents.
    ///
    /// # Errors
    /// [`BadToken`] for another kind, another length or a wrong checksum.
    pub fn parse(kind: Kind, text: &str) -> Result<Self, BadToken> {
        let body = text.strip_prefix(kind.prefix()).ok_or(BadToken)?;
        let formed =
            body.len() == RANDOM + CHECKSUM && body.bytes().all(|b| b.is_ascii_alphanumeric());
        let (front, sum) = text
            .split_at_checked(text.len().saturating_sub(CHECKSUM))
            .ok_or(BadToken)?;
        if formed && checksum(front) == sum {
            Ok(Self(Secret::new(text.to_owned())))
        } else {
            Err(BadToken)
        }
    }

    /// The text to hand over.
    pub fn reveal(&self) -> &str {
        self.0.expose()
    }

    /// What the store keeps: SHA-256 of the whole text.
    pub fn hash(&self) -> [u8; 32] {
        sha256(self.0.expose().as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[token]")
    }
}

/// CRC-32 of `text` as six base-62 digits (62⁶ is more than 2³²).
fn checksum(text: &str) -> String {
    let mut rest = crc32(text.as_bytes());
    let mut digits = [' '; CHECKSUM];
    for place in digits.iter_mut().rev() {
        *place = digit(rest % 62);
        rest /= 62;
    }
    digits.iter().collect()
}

fn digit(value: u32) -> char {
    char::from(DIGITS[value as usize % DIGITS.len()])
}

/// CRC-32 of IEEE 802.3, bit by bit: forty bytes need no table.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn a_minted_token_reads_back_under_its_own_kind_only() {
        let token = Token::mint(Kind::Access, &SeededRandom::new(1));
        assert!(token.reveal().starts_with("carnet_at_"));
        assert_eq!(token.reveal().len(), 46);
        let read = Token::parse(Kind::Access, token.reveal()).expect("sound");
        assert_eq!(read.hash(), token.hash());
        assert_eq!(
            Token::parse(Kind::Refresh, token.reveal()).err(),
            Some(BadToken)
        );
        assert_eq!(format!("{token:?}"), "[token]");
    }

    #[test]
    fn every_single_typing_error_is_seen() {
        let token = Token::mint(Kind::Code, &SeededRandom::new(2));
        for place in 0..token.reveal().len() {
            let mut bytes = token.reveal().as_bytes().to_vec();
            bytes[place] = if bytes[place] == b'x' { b'y' } else { b'x' };
            let typed = String::from_utf8(bytes).expect("ASCII");
            assert!(Token::parse(Kind::Code, &typed).is_err(), "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "(carnet_at_)?.{0,50}") {
            let _ = Token::parse(Kind::Access, &text);
        }
    }
}
