//! What a search shows: one look, one line of the journal that says how much was found, and never
//! for what.

use access::{App, Clearance, Drawn, Plan, Refused, Rules, Scope, journal};
use vault::{RecordId, With};
use web::{Lang, Shell};

use super::{
    draw::{drawing_afresh, is_read},
    keep::Asked,
    needle::Query,
    passage::{Part, Passage},
    rank::{Hit, rank},
    volume::Texts,
};
use crate::{
    Document, Documents, Row, in_force, row,
    shelf::{is_known, on_page},
};

/// Lines of a page.
const PAGE: usize = 20;
/// Documents whose text is asked for afresh by one search.
const AFRESH: usize = 200;

/// A document that was found; `search_found.html` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As in a list.
    pub row: Row,
    /// Its title, with the words that were sought marked.
    pub title: Vec<Part>,
    /// What kind of document it is; empty when the title says it.
    pub kind: String,
    /// Where its text says it.
    pub passage: Option<Passage>,
}

/// What is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The lines of this page.
    pub lines: Vec<Line>,
    /// Place of the first one, from 1.
    pub first: usize,
    /// How many there are in all.
    pub total: usize,
    /// No document has all the words: these have the most of them.
    pub partly: bool,
    /// Some word was found only with another letter.
    pub slipped: bool,
    /// Documents whose text is not read: they are found by what the list says of them.
    pub unread: usize,
    /// The page before; 0 for none.
    pub previous: usize,
    /// The page after; 0 for none.
    pub next: usize,
}

impl Found {
    /// « 21 à 40 sur 312 ».
    pub fn position(&self, shell: &Shell) -> String {
        let last = (self.first + self.lines.len()).saturating_sub(1);
        row::position(self.first, last, self.total, shell)
    }
}

/// Searches the record that this clearance (to list) leaves.
///
/// # Errors
/// See [`Refused`].
pub async fn look(
    app: &App,
    clearance: Clearance<'_>,
    query: &Query,
    asked: &Asked,
    lang: Lang,
) -> Result<Found, Refused> {
    let rules = app.gate.rules();
    let record = clearance.record();
    clearance
        .search(|scope: &Scope<'_, Documents>, texts: &Drawn<'_, Texts>| {
            let all: Vec<&Document> = in_force(scope).collect();
            let unread: Vec<&Document> = all
                .iter()
                .filter(|one| is_read(app, &one.media_type) && texts.of::<Documents>(one).is_none())
                .copied()
                .collect();
            let ranked = rank(&all, texts, query, &rules.types);
            let total = ranked.hits.len();
            let page = asked.page.clamp(1, total.div_ceil(PAGE).max(1));
            let shown = ranked.hits.iter().skip((page - 1) * PAGE).take(PAGE);
            // What a hidden document answers changes how others do: asked of the others alone.
            let open: Vec<&Document> = all.iter().copied().filter(is_known).collect();
            let told = match open.len() == all.len() {
                true => total,
                false => rank(&open, texts, query, &rules.types).hits.len(),
            };
            let told = on_page(told, page, PAGE);
            let found = Found {
                lines: shown
                    .map(|hit| Line::of(hit, query, &rules, scope.now, lang))
                    .collect(),
                first: (page - 1) * PAGE + 1,
                total,
                partly: ranked.partly,
                slipped: ranked.slipped,
                unread: unread.len(),
                previous: page - 1,
                next: if page * PAGE < total { page + 1 } else { 0 },
            };
            let work = afresh(app, record, &unread, scope.now);
            let plan = Plan::new(found).counting(told).noting(journal::SEARCH);
            Ok::<_, Refused>(plan.beside(work))
        })
        .await
}

/// The work to read what is not read: what came before texts were drawn, or was lost.
fn afresh(app: &App, record: RecordId, unread: &[&Document], now: jiff::Timestamp) -> With {
    let work = unread.iter().take(AFRESH);
    let work = work.map(|one| drawing_afresh(&app.store, record, one.id(), now));
    work.fold(With::nothing(), With::and)
}

impl Line {
    fn of(hit: &Hit<'_>, query: &Query, rules: &Rules, now: jiff::Timestamp, lang: Lang) -> Self {
        let document = hit.document;
        let kind = rules.types.get(&document.item.type_code);
        let kind = kind.map_or("", |kind| kind.label.as_str());
        let text = hit.text.and_then(super::Text::text);
        Self {
            row: Row::of(document, rules, now, lang),
            title: Passage::marked(&document.title, query),
            kind: match kind == &*document.title {
                true => String::new(),
                false => kind.to_owned(),
            },
            passage: text.and_then(|text| Passage::of(&text, query)),
        }
    }
}
