//! Results of laboratories, from the documents that a viewer may see.
//!
//! What a report says as data is read when it is looked at, and kept nowhere
//! (`docs/decisions/0008-results-are-read-when-looked-at.md`): what is hidden,
//! replaced or deleted is gone from here at once. [`Panel`] is the table on a
//! report's page; [`gather`] reads every report of a record for [`Overview`] (all
//! analyses) and [`Trend`] (one of them). In an address an analysis is a word
//! that means nothing outside its record.

mod analytes;
mod by_hand;
mod gather;
mod latest;
mod list;
mod one;
mod panel;
mod series;
mod words;

pub use gather::gather;
pub use latest::Latest;
pub use list::Overview;
pub use one::{Trend, file};
pub use panel::{Chapter, Panel, Row};
pub use series::{Observed, Origin, Series, series};

pub(crate) use by_hand::{page as by_hand_page, submit as by_hand_submit};
pub(crate) use gather::{LABORATORY, Report, newest as newest_reports};
pub(crate) use list::{addresses, page as list_page};
pub(crate) use one::{csv as one_csv, page as one_page};
pub(crate) use words::value as value_in_words;

use ambient::Id;
use vault::{RecordId, Store};
use web::Lang;

/// What people call a result: in its author's words, and in ours.
pub(crate) fn names(result: &cda::LabResult, lang: Lang) -> Vec<String> {
    let ours = analytes::Analytes::ours().of(result);
    let ours = ours.map(|analyte| analyte.label(lang).to_owned());
    let code = result.code.as_ref();
    let coded = code.and_then(|code| code.display.clone());
    let all = [Some(result.name.clone()), coded, ours];
    all.into_iter().flatten().collect()
}

/// The LOINC codes under which an analysis goes: its own first.
pub(crate) fn analyte_codes(result: &cda::LabResult) -> impl Iterator<Item = &str> {
    let own = result.code.as_ref().and_then(cda::Code::loinc);
    let same = analytes::Analytes::ours().of(result);
    let same = same.into_iter().flat_map(analytes::Analyte::loinc);
    own.into_iter().chain(same)
}

/// How addresses name the analyses of a record.
pub struct Addresses<'a> {
    /// Where the key is.
    pub store: &'a Store,
    /// Whose.
    pub record: RecordId,
    /// The address below which they are, without a final slash.
    pub base: String,
    /// Language of the reader.
    pub lang: Lang,
}

impl Addresses<'_> {
    /// The word for an analysis: keyed, and other in another record.
    pub fn word(&self, key: &str) -> Id {
        let name = [&self.record.0.0[..], key.as_bytes()].concat();
        Id(self.store.short("analysis", &name))
    }

    /// The address of its page.
    pub fn of(&self, key: &str) -> String {
        format!("{}/{}", self.base, self.word(key))
    }
}
