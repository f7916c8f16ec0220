//! What leaves by e-mail, SMS, Web Push or letter: a code or a notice, never a word of health.

use std::{future::Future, pin::Pin};

use serde::{Deserialize, Serialize};

/// How something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// SMS.
    Sms,
    /// A letter on paper.
    Letter,
    /// On the screen of a device that its owner subscribed (Web Push).
    Push,
}

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How it is sent.
    pub channel: Channel,
    /// Address or number; of a letter, the name and the lines of the address; of a device, its
    /// subscription as JSON.
    pub to: String,
    /// Subject; empty for an SMS.
    pub subject: String,
    /// Text.
    pub body: String,
}

/// Takes messages out of the house.
pub trait Post: Send + Sync + 'static {
    /// Hands a message over; an error means that it may be tried again.
    fn send(
        &self,
        message: Message,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>>;

    /// Whether messages can leave that way: what cannot is not offered.
    fn takes(&self, _: Channel) -> bool {
        true
    }

    /// The key that browsers subscribe with, where Web Push is offered.
    fn push_key(&self) -> Option<&str> {
        None
    }

    /// Whether messages may be handed to the push service of that subscription.
    fn reaches(&self, _: &push::Subscription) -> bool {
        false
    }
}

/// Why a message was not handed over: nobody is at that address any more, so it is to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody is there any more")]
pub struct Gone;

/// What a person sees of an address that they must recognise: `c…e@example.org`, `06 •• •• •• 42`.
pub fn masked(channel: Channel, to: &str) -> String {
    match channel {
        Channel::Email => {
            let (name, host) = to.split_once('@').unwrap_or((to, ""));
            let first: String = name.chars().take(1).collect();
            let last: String = name.chars().skip(1).last().into_iter().collect();
            format!("{first}…{last}@{host}")
        }
        Channel::Sms => {
            let digits: Vec<char> = to.chars().filter(char::is_ascii_digit).collect();
            let last: String = digits.iter().rev().take(2).rev().collect();
            format!("•• •• •• •• {last}")
        }
        Channel::Letter => to.lines().last().unwrap_or_default().to_owned(),
        Channel::Push => {
            let subscription = serde_json::from_str::<push::Subscription>(to);
            subscription.map_or_else(|_| String::new(), |one| one.host())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_recognised_and_not_told() {
        assert_eq!(
            masked(Channel::Email, "camille@example.org"),
            "c…e@example.org"
        );
        assert_eq!(masked(Channel::Email, "x"), "x…@");
        assert_eq!(masked(Channel::Sms, "06 39 98 12 42"), "•• •• •• •• 42");
    }
}
