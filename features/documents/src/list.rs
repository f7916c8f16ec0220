//! `/documents`: one's documents, in the order and narrowed as one likes.

mod filter;
mod order;

use std::collections::{BTreeMap, BTreeSet};

use access::{Act, DocumentTypes, Person, Plan, Refused, Scope};
use askama::Template;
use axum::extract::Query;
use ins::fold;
use web::{Choice, Html, Link, Problem, Shell};

use crate::{
    Categories, Document, Documents, Folders, Row,
    copies::once,
    known,
    row::{is_new, position},
    shelf::{is_in_force, on_page},
};
use filter::{Asked, Filter, Meant, Which, Words};
use order::Order;

/// Documents on one page.
const PAGE: usize = 50;

/// What is asked, as a form shows it: each choice is there that leads to something.
#[derive(Debug, Clone, Default)]
struct Choices {
    categories: Vec<Choice>,
    authors: Vec<Choice>,
    places: Vec<Choice>,
}

/// Documents under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    /// Empty for none.
    heading: String,
    rows: Vec<Row>,
}

/// The rows of one page, and of how many documents it is a part.
#[derive(Debug, Clone, Default)]
struct Found {
    groups: Vec<Group>,
    /// Rows on the page.
    shown: usize,
    /// Place of the first row, from 1.
    first: usize,
    total: usize,
    /// Documents whatever the filter.
    all: usize,
    /// Those that somebody else added since the last visit.
    new: usize,
    narrow: bool,
    folders: Folders,
    choices: Choices,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct ListPage {
    shell: Shell,
    base: &'static str,
    asked: Asked,
    found: Found,
    which: Vec<Choice>,
    orders: Vec<Choice>,
    folders: Vec<(Link, bool)>,
    /// Folders to file in, when several documents are chosen.
    shelves: Vec<Choice>,
    choosing: bool,
    choose: String,
    /// The same list without choosing.
    list: String,
    everything: String,
    only_new: String,
    previous: String,
    next: String,
    position: String,
}

/// Shows the list; one line in the history, with the filter and the count.
pub(crate) async fn page(
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<Html<impl Template>, Problem> {
    let rules = person.app.gate.rules();
    let filter = Filter::of(asked);
    let shell = &person.shell;
    let words = Words {
        store: &person.app.store,
        record: person.record,
    };
    let clearance = person.enter(Act::List).await?;
    let visit = clearance.visit(person.app.now()).await?;
    let found = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let folders = scope.beside().cloned().unwrap_or_default();
            let mut all: Vec<&Document> = scope.things().collect();
            // A replaced version is reached from the one that replaced it.
            // What its author archived has a filter of its own.
            let archived = filter.which == Which::Archived;
            all.retain(|document| is_in_force(scope, document) && document.archived == archived);
            let categories = Categories::among(&rules.types, &all);
            once(&mut all);
            let of = (&rules.types, &categories);
            let (choices, meant) = choices(&all, of, &filter.asked, &words);
            let seen = (visit, scope.now);
            let new = |document: &&&Document| is_new(document, visit, scope.now);
            let mut found = Found {
                all: all.len(),
                // On a first visit nothing came since the last one.
                new: visit.map_or(0, |_| all.iter().filter(new).count()),
                narrow: filter.is_narrow(&meant),
                choices,
                ..Found::default()
            };
            all.retain(|document| filter.keeps(document, &meant, &categories, seen));
            filter.order.sort(&mut all, &categories, &rules.types);
            let before = (filter.page - 1).saturating_mul(PAGE).min(all.len());
            let shown = all.get(before..).unwrap_or_default();
            let shown = shown.get(..PAGE).unwrap_or(shown);
            let told = on_page(known(all.iter().copied()), filter.page, PAGE);
            (found.first, found.total, found.shown) = (before + 1, all.len(), shown.len());
            found.groups = groups(shown, |document| {
                let row = Row::of(document, &rules, scope.now, shell.lang);
                let heading = filter.order.heading(document, &categories, shell);
                let new = is_new(document, visit, scope.now);
                (heading, Row { new, ..row })
            });
            let noted = filter.words(&meant, &folders, shell);
            found.folders = folders;
            let plan = Plan::new(found).counting(told);
            Ok::<_, Refused>(match noted {
                Some(noted) => plan.noting(noted),
                None => plan,
            })
        })
        .await?;
    Ok(Html(ListPage::of(shell.clone(), &filter, found)))
}

/// What there is to choose from among `documents`, and what the keyed words asked for mean.
fn choices(
    documents: &[&Document],
    (types, of): (&DocumentTypes, &Categories<'_>),
    asked: &Asked,
    words: &Words<'_>,
) -> (Choices, Meant) {
    let (mut authors, mut places) = (BTreeMap::new(), BTreeMap::new());
    let mut categories = BTreeSet::new();
    for document in documents {
        // Who brought a document is no author of it.
        if !document.item.by_holder {
            authors.insert(fold(&document.author), &*document.author);
        }
        places.insert(fold(&document.organization), &*document.organization);
        if let Some(category) = of.of(document) {
            categories.insert(category.code.as_str());
        }
    }
    let mut meant = Meant::default();
    let named = |kind: &str, found: BTreeMap<String, &str>, asked: &str| {
        let mut is = None;
        let named = found.into_iter().filter(|(folded, _)| !folded.is_empty());
        let choices = named.map(|(folded, name)| {
            let word = words.word(kind, &folded);
            if word == asked {
                is = Some(folded);
            }
            Choice::new(word, name)
        });
        (choices.collect::<Vec<_>>(), is)
    };
    let (authors, author) = named("author", authors, &asked.auteur);
    let (places, place) = named("place", places, &asked.lieu);
    (meant.author, meant.place) = (author, place);
    let in_order = types.categories().iter();
    let there = in_order.filter(|category| categories.contains(category.code.as_str()));
    let categories = there.map(|category| {
        let word = words.word("category", &category.code);
        if word == asked.categorie {
            meant.category = Some(category.code.clone());
        }
        Choice::new(word, &*category.label)
    });
    let choices = Choices {
        categories: categories.collect(),
        authors,
        places,
    };
    (choices, meant)
}

/// Rows under their headings, in the order given.
fn groups(documents: &[&Document], row: impl Fn(&Document) -> (String, Row)) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for document in documents {
        let (heading, row) = row(document);
        match groups.last_mut() {
            Some(last) if last.heading == heading => last.rows.push(row),
            _ => groups.push(Group {
                heading,
                rows: vec![row],
            }),
        }
    }
    groups
}

impl ListPage {
    fn of(shell: Shell, filter: &Filter, found: Found) -> Self {
        let last = found.first + found.shown - usize::from(found.shown > 0);
        let spelled = |(name, key): (&str, &str)| Choice::new(name, shell.t(key));
        let which = Which::SPELLED.map(|(_, name, key)| spelled((name, key)));
        let orders = Order::SPELLED.map(|(_, name, key)| spelled((name, key)));
        let everywhere = Link::new(filter.with("dossier", ""), shell.t("documents-folder-all"));
        let folders = found.folders.all().iter().map(|folder| {
            let id = folder.id.to_string();
            let link = Link::new(filter.with("dossier", &id), &*folder.name);
            (link, filter.folder == Some(folder.id))
        });
        let folders: Vec<_> = std::iter::once((everywhere, filter.folder.is_none()))
            .chain(folders)
            .collect();
        let kept = found.folders.all().iter();
        Self {
            position: position(found.first, last, found.total, &shell),
            which: which.into(),
            orders: orders.into(),
            shelves: kept
                .map(|folder| Choice::new(folder.id.to_string(), &*folder.name))
                .collect(),
            folders,
            choosing: filter.choosing,
            choose: filter.with("choisir", "oui"),
            list: filter.with("choisir", ""),
            everything: match filter.folder {
                Some(id) => format!("/documents?dossier={id}"),
                None => "/documents".to_owned(),
            },
            only_new: "/documents?montrer=nouveaux".to_owned(),
            previous: match filter.page {
                ..=1 => String::new(),
                page => filter.address(page.min(found.total.div_ceil(PAGE) + 1) - 1),
            },
            next: match last < found.total {
                true => filter.address(filter.page + 1),
                false => String::new(),
            },
            asked: filter.asked.clone(),
            base: "/documents",
            shell: titled(shell),
            found,
        }
    }
}

fn titled(shell: Shell) -> Shell {
    let title = shell.t("documents-title");
    shell.titled(title)
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
