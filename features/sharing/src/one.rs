//! `/partages/{partage}`: the code, the square and the link of a share, to show, send or print.

use access::{Act, Person, Plan, Refused, Scope, Share};
use ambient::Id;
use askama::Template;
use axum::extract::Path;
use documents::{Document, Documents};
use shl::Link as HealthLink;
use web::{Html, Link, Problem, Qr, Shell, dates};

use crate::{id_of, list::Line};

#[derive(Template)]
#[template(path = "sharing-one.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    line: Line,
    /// What can be shown while it opens.
    shown: Option<Shown>,
    whom: String,
    until: String,
    /// Titles of what it gives now.
    titles: Vec<String>,
    /// Documents that it gives no more.
    missing: usize,
}

struct Shown {
    qr: Option<Qr>,
    digits: String,
    address: String,
    /// The SMART Health Link; empty when it is for one professional.
    link: String,
}

/// `GET /partages/{partage}`.
pub(crate) async fn page(
    person: Person,
    Path(id): Path<String>,
) -> Result<Html<impl Template>, Problem> {
    let id = id_of(&id)?;
    let clearance = person.enter(Act::Share).await?;
    let known = clearance
        .shares()
        .into_iter()
        .find(|(known, _)| *known == id);
    let (_, share) = known.ok_or(Problem::NotFound)?;
    let titles = titles(&person, &share.items).await?;
    let (shell, now) = (&person.shell, person.app.now());
    let line = Line::of(id, &share, now, shell);
    let shown = share.may_open(now).then(|| Shown::of(&share, &person));
    Ok(Html(Page {
        trail: [
            Link::new("/partages", shell.t("sharing-title")),
            Link::new("", &*line.label),
        ],
        whom: match &share.to {
            Some(to) => to.name.clone(),
            None => shell.t("sharing-whom-code"),
        },
        until: dates::moment(share.until, now, shell.lang),
        missing: share.items.len() - titles.len(),
        titles,
        shown,
        shell: shell.clone().titled(&*line.label),
        line,
    }))
}

/// The titles of what may still be shared; naming them counts as a list.
async fn titles(person: &Person, items: &[Id]) -> Result<Vec<String>, Problem> {
    let clearance = person.enter(Act::List).await?;
    let titles = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let given = scope.things_to(Act::Share);
        let given = given.filter(|one: &&Document| items.contains(&one.id()));
        let titles: Vec<String> = given.map(|one| one.title.to_string()).collect();
        let count = titles.len();
        Ok::<_, Refused>(Plan::new(titles).counting(count))
    });
    Ok(titles.await?)
}

impl Shown {
    fn of(share: &Share, person: &Person) -> Self {
        let address = format!("{}/partage/{}", person.app.site.origin, share.token);
        let link = HealthLink::with_passcode(
            format!("{address}/manifeste"),
            share.key.clone(),
            share.until.as_second(),
            &person.shell.t("sharing-link-label"),
        );
        // One code for both: a camera opens the page, a reader of such links finds its own behind it.
        let (square, link) = match &share.to {
            None => (link.behind(&address), link.to_uri()),
            Some(_) => (address.clone(), String::new()),
        };
        let (first, last) = share.code.split_at_checked(3).unwrap_or((&share.code, ""));
        Self {
            qr: Qr::of(&square),
            digits: format!("{first}\u{a0}{last}"),
            address,
            link,
        }
    }
}
