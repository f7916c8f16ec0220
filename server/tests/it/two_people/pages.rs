//! What a page leads to: its addresses, and its forms with what they would send.

use std::collections::BTreeMap;

use testing::{Page, Visitor};

use crate::access_table::Route;

/// Parts of an address that say which page, not whose.
const WORDS: [&str; 5] = ["{moyen}", "{step}", "{number}", "{version}", "{*rest}"];

/// A form as somebody would send it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// The field of its file, when it takes one.
    pub file: Option<String>,
}

impl Form {
    /// Sent by somebody, with the token of their own last page.
    pub async fn send(&self, visitor: &Visitor) -> Page {
        let fields = self.fields.iter();
        let fields: Vec<(&str, &str)> = fields.map(|(name, value)| (&**name, &**value)).collect();
        let sent = match &self.file {
            Some(name) => {
                let file = (name.as_str(), "a.txt", b"Texte fictif.".as_slice());
                visitor.upload(&self.action, &fields, &[file]).await
            }
            None => visitor.post(&self.action, &fields).await,
        };
        sent.unwrap_or_else(|error| panic!("{}: {error}", self.action))
    }
}

/// Whether an address is somebody's: it holds more than words.
pub fn is_personal(route: &str) -> bool {
    let mut parts = route.split('/');
    parts.any(|part| part.starts_with('{') && !WORDS.contains(&part))
}

/// The route that an address reaches: as the router does, what is written out comes first.
pub fn route_of<'a>(routes: &'a [Route], path: &str) -> Option<&'a str> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let matches = routes.iter().filter(|route| reaches(&route.path, path));
    let written = |route: &&Route| -> Vec<bool> {
        let parts = route.path.split('/');
        parts.map(|part| part.starts_with('{')).collect()
    };
    matches.min_by_key(written).map(|route| route.path.as_str())
}

fn reaches(route: &str, path: &str) -> bool {
    let (route, path) = (route.split('/'), path.split('/'));
    route.clone().count() == path.clone().count()
        && route
            .zip(path)
            .all(|(wanted, part)| match wanted.starts_with('{') {
                true => !part.is_empty(),
                false => wanted == part,
            })
}

/// What stands for each parameter of a route in an address that reaches it.
pub fn parameters<'a>(route: &'a str, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let both = route.split('/').zip(path.split('/'));
    both.filter(|(name, _)| name.starts_with('{'))
}

/// Addresses of ours on a page: what it links to, shows within it, or sends to.
pub fn addresses(page: &Page) -> Vec<String> {
    let text = page.text();
    let mut all = vec![];
    for mark in ["href=\"", "src=\"", "action=\"", "data-href=\""] {
        let found = text
            .split(mark)
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let found = found.filter(|path| path.starts_with('/'));
        all.extend(found.map(plain));
    }
    let skipped = ["/assets", "/demo", "/langue", "/deconnexion"];
    all.retain(|path| !skipped.iter().any(|skip| path.starts_with(skip)));
    all
}

fn plain(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
}

/// The forms of a page that post, each once for every button that says something. Those that ask
/// for a password say nothing of anybody else.
pub fn forms(page: &Page) -> Vec<Form> {
    let text = page.text();
    let mut all = vec![];
    for part in text.split("<form").skip(1) {
        let form = part.split("</form>").next().unwrap_or(part);
        let head = form.split('>').next().unwrap_or_default();
        if !head.contains("method=\"post\"") || form.contains("type=\"password\"") {
            continue;
        }
        let Some(action) = attribute(head, "action") else {
            continue;
        };
        if action.starts_with("/deconnexion") {
            continue;
        }
        let (fields, buttons, file) = fields(form);
        let mut sent = vec![fields];
        for button in buttons {
            let mut with = sent[0].clone();
            with.push(button);
            sent.push(with);
        }
        all.extend(sent.into_iter().map(|fields| Form {
            action: action.clone(),
            fields,
            file: file.clone(),
        }));
    }
    all
}

type Fields = Vec<(String, String)>;

/// What a form sends, what its buttons add, and its field for a file.
fn fields(form: &str) -> (Fields, Fields, Option<String>) {
    let (mut fields, mut buttons, mut file) = (vec![], vec![], None);
    let mut chosen: BTreeMap<String, bool> = BTreeMap::new();
    for tag in form.split('<').skip(1) {
        let head = tag.split('>').next().unwrap_or_default();
        let kind = head.split_whitespace().next().unwrap_or_default();
        if !["input", "button", "select", "textarea"].contains(&kind) {
            continue;
        }
        let Some(name) = attribute(head, "name").filter(|name| name != "csrf") else {
            continue;
        };
        let value = attribute(head, "value");
        let of_kind = attribute(head, "type").unwrap_or_default();
        match (kind, of_kind.as_str()) {
            ("button", _) => buttons.push((name, value.unwrap_or_default())),
            ("input", "file") => file = Some(name),
            ("input", "radio") if chosen.insert(name.clone(), true).is_some() => {}
            ("select", _) => {
                let options = form.split(&format!("name=\"{name}\"")).nth(1);
                let options = options.and_then(|rest| rest.split("</select>").next());
                let mut options = options.unwrap_or_default().split("<option").skip(1);
                let value = options.find_map(|one| {
                    let value = attribute(one.split('>').next().unwrap_or_default(), "value");
                    value.filter(|value| !value.is_empty())
                });
                fields.push((name, value.unwrap_or_default()));
            }
            // A code that is wrong counts as a try, and is asked of whom it was shown to.
            _ => {
                let typed = if name == "code" { "" } else { "Texte" };
                let value = value.filter(|value| !value.is_empty());
                fields.push((name, value.unwrap_or_else(|| typed.to_owned())));
            }
        }
    }
    (fields, buttons, file)
}

fn attribute(head: &str, name: &str) -> Option<String> {
    let value = head.split(&format!(" {name}=\"")).nth(1)?;
    value.split('"').next().map(plain)
}
