//! `/documents`: one's documents, the newest first.

use access::{Act, Category, DocumentTypes, Person, Plan, Refused, Scope};
use askama::Template;
use axum::extract::Query;
use serde::Deserialize;
use web::{Choice, Html, Problem, Shell};

use crate::{Document, Documents, Row, by_year, newest_first};

/// Documents on one page.
const PAGE: usize = 50;

/// What the address asks for; what it does not know counts as nothing asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    categorie: String,
    montrer: String,
    page: String,
}

/// Which documents, whatever their category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    Mine,
    Hidden,
}

impl Which {
    /// What the address says of it, and the key of its words.
    const SPELLED: [(Self, &str, &str); 3] = [
        (Self::All, "", "documents-which-all"),
        (Self::Mine, "miens", "documents-which-mine"),
        (Self::Hidden, "masques", "documents-which-hidden"),
    ];

    fn key(self) -> &'static str {
        let [all, mine, hidden] = Self::SPELLED;
        match self {
            Self::All => all.2,
            Self::Mine => mine.2,
            Self::Hidden => hidden.2,
        }
    }
}

/// What a list is narrowed to.
#[derive(Debug)]
struct Filter<'a> {
    category: Option<&'a Category>,
    which: Which,
    /// From 1.
    page: usize,
}

impl<'a> Filter<'a> {
    fn of(asked: &Asked, types: &'a DocumentTypes) -> Self {
        let category = types
            .categories()
            .iter()
            .find(|c| c.code == asked.categorie);
        let which = Which::SPELLED
            .iter()
            .find(|(_, name, _)| *name == asked.montrer);
        Self {
            category,
            which: which.map_or(Which::All, |(which, ..)| *which),
            page: asked.page.parse().unwrap_or(1).max(1),
        }
    }

    fn is_narrow(&self) -> bool {
        self.category.is_some() || self.which != Which::All
    }

    fn keeps(&self, document: &Document, types: &DocumentTypes) -> bool {
        let item = &document.item;
        let of_category = |wanted: &Category| {
            let category = types.category_of(&item.type_code);
            category.is_some_and(|category| category.code == wanted.code)
        };
        let of_kind = match self.which {
            Which::All => true,
            Which::Mine => item.by_holder,
            Which::Hidden => item.flags.professionals,
        };
        // A replaced version is reached from the one that replaced it.
        document.replaced_by.is_none() && of_kind && self.category.is_none_or(of_category)
    }

    /// The address of another page of the same list.
    fn address(&self, page: usize) -> String {
        let mut parts = Vec::new();
        if let Some(category) = self.category {
            parts.push(format!("categorie={}", category.code));
        }
        let spelled = Which::SPELLED
            .iter()
            .find(|(which, ..)| *which == self.which);
        if let Some((_, name, _)) = spelled.filter(|(_, name, _)| !name.is_empty()) {
            parts.push(format!("montrer={name}"));
        }
        if page > 1 {
            parts.push(format!("page={page}"));
        }
        match parts.is_empty() {
            true => "/documents".to_owned(),
            false => format!("/documents?{}", parts.join("&")),
        }
    }

    /// The filter in words, for the history.
    fn words(&self, shell: &Shell) -> Option<String> {
        let category = self.category.map(|category| category.label.clone());
        let which = (self.which != Which::All).then(|| shell.t(self.which.key()));
        let words: Vec<String> = category.into_iter().chain(which).collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }
}

/// The rows of one page, and of how many documents it is a part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    rows: Vec<Row>,
    /// Place of the first row, from 1.
    first: usize,
    total: usize,
    /// Documents whatever the filter.
    all: usize,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct ListPage {
    shell: Shell,
    base: &'static str,
    years: Vec<(i16, Vec<Row>)>,
    categories: Vec<Choice>,
    category: String,
    which: Vec<Choice>,
    shown: String,
    narrow: bool,
    all: usize,
    total: usize,
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
    let filter = Filter::of(&asked, &rules.types);
    let shell = &person.shell;
    let clearance = person.enter(Act::List).await?;
    let found = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut all: Vec<&Document> = scope.things().collect();
            all.retain(|document| document.replaced_by.is_none());
            let held = all.len();
            all.retain(|document| filter.keeps(document, &rules.types));
            newest_first(&mut all);
            let first = (filter.page - 1).saturating_mul(PAGE).min(all.len());
            let shown = all.iter().skip(first).take(PAGE);
            let row = |document: &&Document| Row::of(document, &rules, scope.now, shell.lang);
            let found = Found {
                rows: shown.map(row).collect(),
                first: first + 1,
                total: all.len(),
                all: held,
            };
            let plan = Plan::new(found.clone()).counting(found.rows.len());
            Ok::<_, Refused>(match filter.words(shell) {
                Some(words) => plan.noting(words),
                None => plan,
            })
        })
        .await?;
    Ok(Html(ListPage::of(
        shell.clone(),
        &filter,
        &rules.types,
        found,
    )))
}

impl ListPage {
    fn of(shell: Shell, filter: &Filter<'_>, types: &DocumentTypes, found: Found) -> Self {
        let Found {
            rows, first, total, ..
        } = found;
        let last = first + rows.len() - usize::from(!rows.is_empty());
        let word = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let range: [(&str, &dyn web::Argument); 3] = [
            ("first", &word(first)),
            ("last", &word(last)),
            ("total", &word(total)),
        ];
        let categories = types.categories().iter();
        let which = Which::SPELLED.iter();
        Self {
            position: shell.texts.format(shell.lang, "documents-position", &range),
            categories: categories
                .map(|category| Choice::new(&*category.code, &*category.label))
                .collect(),
            category: filter.category.map_or_else(String::new, |c| c.code.clone()),
            which: which
                .map(|(_, name, key)| Choice::new(*name, shell.t(key)))
                .collect(),
            shown: Which::SPELLED
                .iter()
                .find(|(which, ..)| *which == filter.which)
                .map_or_else(String::new, |(_, name, _)| (*name).to_owned()),
            narrow: filter.is_narrow(),
            all: found.all,
            total,
            previous: match filter.page {
                ..=1 => String::new(),
                page => filter.address(page.min(total.div_ceil(PAGE) + 1) - 1),
            },
            next: match last < total {
                true => filter.address(filter.page + 1),
                false => String::new(),
            },
            years: by_year(rows),
            base: "/documents",
            shell: titled(shell),
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
