//! Another professional, sought in the directory and chosen (`peer-*.html`): to let them in, or to
//! keep them out.

use access::{
    Professional,
    directory::{self, Candidate},
};
use vault::store::Source;
use web::Problem;

/// How many are shown; more are asked to say more.
const SHOWN: usize = 20;

/// What a page shows of the search.
#[derive(Default)]
pub(crate) struct Sought {
    /// Somebody was sought.
    pub searched: bool,
    /// There are more than are shown.
    pub more: bool,
    pub found: Vec<Candidate>,
    /// The one who was chosen.
    pub chosen: Option<Candidate>,
}

impl Sought {
    /// What a search found, as far as it is shown.
    pub fn found(mut found: Vec<Candidate>) -> Self {
        let more = found.len() > SHOWN;
        found.truncate(SHOWN);
        Self {
            searched: true,
            more,
            found,
            chosen: None,
        }
    }
}

/// Those whom these words may mean, at work or not; never oneself.
pub(crate) async fn search(who: &Professional, words: &str) -> Result<Vec<Candidate>, Problem> {
    let asked: String = words.chars().take(100).collect();
    let lines = directory::search(&who.app.store, Source::Professionals, &asked).await?;
    let mut found = directory::candidates(lines);
    found.retain(|one| one.number != who.situation.national_id);
    Ok(found)
}

/// The professional of a number, at work or not; never oneself.
pub(crate) async fn named(who: &Professional, number: &str) -> Result<Candidate, Problem> {
    let lines = who.app.store.listed(Source::Professionals, number).await?;
    let named = directory::candidates(lines).into_iter().next();
    let named = named.filter(|one| one.number != who.situation.national_id);
    named.ok_or(Problem::NotFound)
}
