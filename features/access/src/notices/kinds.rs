//! The kinds of notices that people choose by: data.

use serde::Deserialize;

use super::When;
use crate::{Channel, journal::Notice};

const SHIPPED: &str = include_str!("../../../../reference/notice-kinds.json");

/// The kinds (`reference/notice-kinds.json`).
#[derive(Debug, Clone)]
pub struct NoticeKinds(Vec<NoticeKind>);

/// Some notices that go together.
#[derive(Debug, Clone, Deserialize)]
pub struct NoticeKind {
    /// Names it in settings and forms.
    pub code: String,
    /// Its French name.
    pub fr: String,
    /// Its English name.
    pub en: String,
    /// What it holds, in French.
    pub fr_hint: String,
    /// What it holds, in English.
    pub en_hint: String,
    notices: Vec<Notice>,
    /// Always told, and at once.
    #[serde(default)]
    pub security: bool,
    /// When it is told unless somebody chose otherwise.
    pub when: When,
    /// How it is told unless somebody chose otherwise.
    pub channels: Vec<Channel>,
}

#[derive(Deserialize)]
struct File {
    kinds: Vec<NoticeKind>,
}

impl NoticeKinds {
    /// Reads the table.
    ///
    /// # Errors
    /// When it is not JSON of that shape.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(json)?;
        Ok(Self(file.kinds))
    }

    /// All of them, in the order of the screen.
    pub fn all(&self) -> &[NoticeKind] {
        &self.0
    }

    /// The kind of a notice; `None` when the table forgot it.
    pub fn of(&self, notice: Notice) -> Option<&NoticeKind> {
        self.0.iter().find(|kind| kind.notices.contains(&notice))
    }
}

impl Default for NoticeKinds {
    fn default() -> Self {
        Self::read(SHIPPED).expect("the table that is shipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_notice_is_of_one_kind_and_emergencies_are_security() {
        let kinds = NoticeKinds::default();
        for notice in Notice::ALL {
            let all = kinds.all().iter();
            let of = all.filter(|kind| kind.notices.contains(&notice)).count();
            assert_eq!(of, 1, "{notice:?}");
        }
        for notice in [
            Notice::Opened,
            Notice::Emergency,
            Notice::EmergencyOfRelative,
            Notice::BlockedAttempt,
            Notice::Changed,
        ] {
            assert!(kinds.of(notice).is_some_and(|kind| kind.security));
        }
        for kind in kinds.all().iter().filter(|kind| kind.security) {
            assert_eq!(kind.when, When::Now);
            assert!(!kind.channels.is_empty());
        }
    }
}
