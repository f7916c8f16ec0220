//! What a viewer may do with a document: one answer, for pages, for several at once and for
//! programs alike. Each is the decision itself, so that what is offered is what is obeyed.

use access::{Act, Scope};

use crate::{Document, Documents};

/// What may be done with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Can {
    /// Hide it from professionals.
    pub hide: bool,
    /// Show it to them again.
    pub show: bool,
    /// Choose to whom it is shown.
    pub readers: bool,
    /// Keep the file.
    pub download: bool,
    /// Delete it.
    pub delete: bool,
    /// Pin it, or put it in a folder.
    pub arrange: bool,
    /// Say that it is somebody else's.
    pub disown: bool,
    /// Say that something is wrong with it.
    pub report: bool,
    /// Say what it is: title, date, type.
    pub describe: bool,
    /// Show it to the person, whom it was kept from.
    pub disclose: bool,
}

impl Can {
    /// What the viewer of a scope may do with a document that they see.
    pub fn of(scope: &Scope<'_, Documents>, document: &Document) -> Self {
        Self::by(document, |act| scope.may(act, document))
    }

    /// The same, of any answer to « may they? ».
    fn by(document: &Document, may: impl Fn(Act) -> bool) -> Self {
        let flags = document.item.flags;
        Self {
            hide: !flags.professionals && may(Act::Hide),
            show: flags.professionals && may(Act::Show),
            readers: may(Act::ChooseReaders),
            download: may(Act::Download),
            delete: may(Act::Delete),
            arrange: may(Act::Arrange),
            disown: may(Act::Disown),
            report: may(Act::Report),
            describe: may(Act::Describe),
            disclose: flags.patient && may(Act::Disclose),
        }
    }
}

#[cfg(test)]
mod tests {
    use access::{Acting, Authenticated, Level, Policy, Viewer, decide, policy::SpaceState};
    use ambient::Id;
    use vault::RecordId;

    use super::*;
    use crate::{Own, samples};

    /// What the holder may do with a document, by the decision.
    fn holder(change: impl FnOnce(&mut Own)) -> Can {
        let mut own = samples::own("Bilan");
        change(&mut own);
        let document = samples::document(1, own);
        let mut policy = Policy::default();
        policy.space.state = SpaceState::Activated;
        let record = RecordId(Id([1; 16]));
        let now = samples::now();
        let viewer = Viewer {
            account: record.0,
            acting: Acting::Holder(record),
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: now,
            },
        };
        let rules = samples::rules();
        let may = |act| decide(&viewer, &policy, act, Some(&document.item), &rules, now).is_ok();
        Can::by(&document, may)
    }

    #[test]
    fn a_person_changes_or_deletes_what_they_brought_and_hides_pins_keeps_anything() {
        let theirs = holder(|_| {});
        let all = Can {
            hide: true,
            show: false,
            readers: true,
            download: true,
            delete: false,
            arrange: true,
            disown: true,
            report: true,
            describe: false,
            disclose: false,
        };
        assert_eq!(theirs, all);
        let mine = holder(|own| own.by_holder = true);
        assert!(mine.delete && mine.describe && !mine.disown && !mine.report);
        let hidden = holder(|own| own.flags.professionals = true);
        assert!(hidden.show && !hidden.hide);
        let unknown = holder(|own| (own.type_code, own.class) = ("X".into(), None));
        assert!(unknown.describe && !unknown.delete);
        let nothing = Can {
            hide: false,
            readers: false,
            download: false,
            arrange: false,
            disown: false,
            report: false,
            ..all
        };
        assert_eq!(holder(|own| own.withdrawn = true), nothing);
        assert_eq!(holder(|own| own.flags.patient = true), nothing);
    }
}
