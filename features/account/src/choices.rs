//! What a person chooses once and may change any day: default visibility, and emergencies.

use access::policy::Settings;
use web::{Choice, Fields, Shell};

/// The two visibilities, with what each means.
pub fn visibilities(shell: &Shell) -> Vec<Choice> {
    ["visible", "masque"]
        .map(|value| {
            let key = format!("account-visibility-{value}");
            Choice::new(value, shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
        })
        .into()
}

/// The value of the visibility in force.
pub fn visibility(settings: &Settings) -> &'static str {
    match settings.hidden_by_default {
        true => "masque",
        false => "visible",
    }
}

/// Whether a posted visibility hides; `None` when it was not chosen.
pub fn read_visibility(fields: &Fields) -> Option<bool> {
    match fields.get("visibilite") {
        "visible" => Some(false),
        "masque" => Some(true),
        _ => None,
    }
}

/// The three consents for emergencies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Emergency {
    /// The doctor of the SAMU on the telephone.
    pub dispatch: bool,
    /// A professional at the bedside.
    pub break_glass: bool,
    /// What is hidden too; nothing without one of the two others.
    pub hidden: bool,
}

impl Emergency {
    /// What is in force.
    pub fn of(settings: &Settings) -> Self {
        Self {
            dispatch: settings.dispatch,
            break_glass: settings.break_glass,
            hidden: settings.hidden_in_emergency,
        }
    }

    /// What was posted: a box that is not ticked says no.
    pub fn read(fields: &Fields) -> Self {
        let ticked = |name| !fields.get(name).is_empty();
        let (dispatch, break_glass) = (ticked("samu"), ticked("urgence"));
        Self {
            dispatch,
            break_glass,
            hidden: ticked("masques") && (dispatch || break_glass),
        }
    }

    /// Writes it down.
    pub fn put(self, settings: &mut Settings) {
        settings.dispatch = self.dispatch;
        settings.break_glass = self.break_glass;
        settings.hidden_in_emergency = self.hidden;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_documents_are_opened_by_no_emergency_that_is_refused() {
        let read = |ticked: &[&str]| {
            let pairs = ticked
                .iter()
                .map(|name| ((*name).to_owned(), "oui".to_owned()));
            Emergency::read(&Fields::new(pairs.collect()))
        };
        assert_eq!(read(&["masques"]), Emergency::default());
        assert!(read(&["samu", "masques"]).hidden);
        assert!(!read(&["samu", "urgence"]).hidden);
    }
}
