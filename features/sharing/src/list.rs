//! `/partages`: what one shares, what was, and the notes that readers left.

use access::{Act, Note, Person, Share, journal::Who};
use ambient::Id;
use askama::Template;
use jiff::Timestamp;
use web::{Html, Problem, Shell, dates};

/// Shares that are over, as many as are shown.
const OVER: usize = 20;

#[derive(Template)]
#[template(path = "sharing-list.html")]
struct Page {
    shell: Shell,
    notes: Vec<Waiting>,
    open: Vec<Line>,
    over: Vec<Line>,
}

/// A share as one line.
#[derive(Debug)]
pub(crate) struct Line {
    pub id: Id,
    pub label: String,
    /// « 2 documents · pour Dr Martin ».
    pub what: String,
    /// « Ouvert 1 fois sur 3 · jusqu’au 12 mars à 10 h 05 ».
    pub state: String,
}

/// A note as the person reads it before they decide.
struct Waiting {
    id: Id,
    who: String,
    when: String,
    text: String,
}

/// `GET /partages`.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let now = person.app.now();
    let notes = clearance.left_notes().await?;
    let (open, over): (Vec<_>, Vec<_>) = clearance
        .shares()
        .into_iter()
        .partition(|(_, share)| share.in_force(now));
    let title = person.shell.t("sharing-title");
    let shell = person.shell.clone().titled(title);
    let line = |(id, share): &(Id, Share)| Line::of(*id, share, now, &shell);
    Ok(Html(Page {
        notes: notes
            .iter()
            .map(|(id, note)| Waiting::of(*id, note, now, &shell))
            .collect(),
        open: open.iter().map(line).collect(),
        over: over.iter().take(OVER).map(line).collect(),
        shell,
    }))
}

impl Line {
    pub fn of(id: Id, share: &Share, now: Timestamp, shell: &Shell) -> Self {
        let count = shell.t1("sharing-count", "count", share.items.len());
        let whom = match &share.to {
            Some(to) => shell.t1("sharing-for", "name", to.name.as_str()),
            None => shell.t("sharing-for-code"),
        };
        let times = shell.t2(
            "sharing-opened",
            "count",
            share.opened,
            "of",
            share.openings,
        );
        let until = dates::moment(share.until, now, shell.lang);
        let state = match share {
            one if one.ended => shell.t("sharing-ended"),
            one if now >= one.until => shell.t1("sharing-expired", "when", until),
            one if one.wrong >= one.tries => shell.t("sharing-locked"),
            _ => shell.t1("sharing-until", "when", until),
        };
        Self {
            id,
            label: match share.label.as_str() {
                "" => {
                    let day = dates::day(dates::today(share.since), shell.lang);
                    shell.t1("sharing-of-day", "day", day)
                }
                label => label.to_owned(),
            },
            what: format!("{count} · {whom}"),
            state: format!("{times} · {state}"),
        }
    }
}

impl Waiting {
    fn of(id: Id, note: &Note, now: Timestamp, shell: &Shell) -> Self {
        Self {
            id,
            who: author(&note.who, shell),
            when: dates::moment(note.at, now, shell.lang),
            text: note.text.clone(),
        }
    }
}

/// Who left a note; « identité non vérifiée » unless a session vouched for them.
pub(crate) fn author(who: &Who, shell: &Shell) -> String {
    match who {
        Who::Professional { name, role, .. } => format!("{name}, {role}"),
        Who::Bearer { name, .. } => shell.t1("sharing-unverified", "name", name.as_str()),
        _ => shell.t("sharing-somebody"),
    }
}
