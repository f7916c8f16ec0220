//! What to do with a sick-leave notice: to whom it goes, how long there is to send it, and where to
//! keep it.
//!
//! A person off work sends it within two days (R.321-2 CSS); the help stays on the document's page for
//! five, as people come to it late.

use std::collections::BTreeSet;

use access::{Plan, Refused, Scope};
use ambient::Id;
use jiff::{ToSpan, civil::Date};
use vault::Draft;
use web::{Shell, dates};

use crate::{
    Documents,
    hide::{changed, of},
    in_force,
};

/// The type of such notices (TRE_A05).
const NOTICE: &str = "PRESC-AAT";
/// Days to send it.
const TO_SEND: i64 = 2;
/// Days for which the help is shown.
const SHOWN: i64 = 5;

/// How long there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Help {
    /// « Vous avez jusqu’au 3 décembre 2026 ».
    pub sentence: String,
    /// It is late.
    pub late: bool,
}

impl Help {
    /// How loud it is said.
    pub fn tone(&self) -> &'static str {
        match self.late {
            true => "warning",
            false => "info",
        }
    }
}

/// Days since the notice was made, while the help is shown.
fn since(type_code: &str, made: Date, today: Date) -> Option<i64> {
    if type_code != NOTICE {
        return None;
    }
    let days = i64::from(made.until(today).ok()?.get_days());
    (0..=SHOWN).contains(&days).then_some(days)
}

/// The help of a document of that type; `None` for others, and when it is long past.
pub(crate) fn help(type_code: &str, made: Date, today: Date, shell: &Shell) -> Option<Help> {
    let days = since(type_code, made, today)?;
    let last = made.checked_add(TO_SEND.days()).ok()?;
    let day = dates::day(last, shell.lang);
    Some(Help {
        sentence: match TO_SEND - days {
            ..0 => shell.t("sick-leave-late"),
            0 => shell.t("sick-leave-today"),
            left => shell.t2("sick-leave-left", "count", left, "day", day),
        },
        late: days > TO_SEND,
    })
}

/// Puts a notice, and those that are in no folder yet, into one folder: that of this name, or a new one.
pub(crate) fn gather(
    scope: &Scope<'_, Documents>,
    id: Id,
    (new, name): (Id, &str),
) -> Result<Plan<()>, Refused> {
    let folders = scope.beside().ok_or(Refused::NotFound)?;
    let (folder, made) = match folders.named(name) {
        Some(there) => (there.id, None),
        None => {
            let more = folders.with(new, name).map_err(|_| Refused::NotFound)?;
            (new, scope.over_beside(more.draft()))
        }
    };
    if &*scope.thing(id)?.item.type_code != NOTICE {
        return Err(Refused::NotFound);
    }
    let others = in_force(scope)
        .filter(|one| &*one.item.type_code == NOTICE && one.arranged.folder.is_none())
        .map(|one| one.id());
    let (mut written, mut drafts) = (BTreeSet::new(), Vec::<Draft>::new());
    for one in std::iter::once(id).chain(others) {
        let next = changed(scope, one, |own| own.arranged.folder = Some(folder));
        match next {
            Ok(next) => drafts.extend(next.into_iter().filter(|draft| written.insert(draft.id))),
            // Another that may not be arranged stays where it is.
            Err(Refused::Failed(error)) => return Err(Refused::Failed(error)),
            Err(refused) if one == id => return Err(refused),
            Err(_) => {}
        }
    }
    Ok(of(drafts, id).writing(made.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::samples;

    #[test]
    fn it_helps_for_five_days_and_says_how_many_are_left() {
        let made = date(2026, 11, 30);
        let shell = samples::shell("/documents");
        let said =
            |day: Date| help(NOTICE, made, day, &shell).map(|help| (help.late, help.sentence));
        let words = |day| said(day).map(|(_, sentence)| sentence.replace('\u{a0}', " "));
        assert_eq!(said(date(2026, 11, 29)), None, "of tomorrow");
        let first = words(date(2026, 11, 30)).expect("help");
        assert!(
            first.contains("2 jours") && first.contains("2 décembre 2026"),
            "{first}"
        );
        assert!(words(date(2026, 12, 1)).expect("help").contains("1 jour"));
        assert!(
            words(date(2026, 12, 2))
                .expect("help")
                .contains("aujourd’hui")
        );
        assert!(said(date(2026, 12, 3)).expect("help").0);
        assert!(said(date(2026, 12, 5)).is_some());
        assert_eq!(said(date(2026, 12, 6)), None);
        assert_eq!(help("PRESC-BIO", made, made, &shell), None);
    }
}
