//! « Qui peut voir quoi »: the matrix in plain words, profession by profession.

use askama::Template;
use axum::{extract::Query, response::IntoResponse};
use serde::Deserialize;
use web::{Choice, Html, Link, Problem, Shell};

use crate::{Act, Person, Rules};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    profession: String,
}

#[derive(Debug, Template)]
#[template(path = "matrix.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    /// Where this matrix comes from.
    origin: String,
    proposed: bool,
    professions: Vec<Choice>,
    profession: String,
    /// « Infirmier : 124 types de documents sur 132 »; empty before one is chosen.
    sum: String,
    classes: Vec<Class>,
}

#[derive(Debug)]
struct Class {
    title: String,
    yes: Vec<String>,
    no: Vec<String>,
}

pub(super) async fn page(
    person: Person,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    person.enter(Act::ReadSettings).await?;
    let shell = &person.shell;
    let rules = person.app.gate.rules();
    let imported = rules.matrix.imported();
    let mut professions: Vec<Choice> = rules
        .matrix
        .professions()
        .map(|(code, label)| Choice::new(code, label))
        .collect();
    professions.sort_by(|a, b| a.label.cmp(&b.label));
    let chosen = rules.matrix.profession(&asked.profession);
    let classes = match chosen {
        Some(_) => classes(&rules, &asked.profession, shell),
        None => vec![],
    };
    let sum = chosen.map_or_else(String::new, |label| {
        let yes: usize = classes.iter().map(|class| class.yes.len()).sum();
        let said = shell.t2("matrix-sum", "count", yes, "all", rules.types.all().count());
        format!("{label} : {said}")
    });
    let title = shell.t("matrix-title");
    Ok(Html(Page {
        trail: [
            Link::new("/acces", shell.t("grants-title")),
            Link::new("", &*title),
        ],
        origin: match imported {
            Some("") => shell.t("matrix-imported"),
            Some(version) => shell.t1("matrix-imported-version", "version", version),
            None => shell.t("matrix-proposed"),
        },
        proposed: imported.is_none(),
        professions,
        profession: match chosen {
            Some(_) => asked.profession,
            None => String::new(),
        },
        sum,
        classes,
        shell: shell.clone().titled(title),
    }))
}

fn classes(rules: &Rules, profession: &str, shell: &Shell) -> Vec<Class> {
    let class = |(code, label): (&str, &str)| {
        let all = rules.types.all().filter(|kind| kind.class == code);
        let (yes, no): (Vec<_>, Vec<_>) =
            all.partition(|kind| rules.matrix.allows(profession, Some(code), &kind.code));
        let labels = |kinds: Vec<&crate::DocumentType>| {
            let mut labels: Vec<_> = kinds.into_iter().map(|kind| kind.label.clone()).collect();
            labels.sort();
            labels
        };
        let count = shell.t2("matrix-of", "count", yes.len(), "all", yes.len() + no.len());
        Class {
            title: format!("{label} : {count}"),
            yes: labels(yes),
            no: labels(no),
        }
    };
    let classes = rules.types.classes().map(class);
    classes
        .filter(|class| !class.yes.is_empty() || !class.no.is_empty())
        .collect()
}
