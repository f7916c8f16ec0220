use askama::Template;

use crate::Shell;

/// The one question before a step that cannot be undone; its button has the id `confirmer`.
#[derive(Debug, Template)]
#[template(path = "confirm.html")]
pub struct Confirm {
    /// The page around it; its title is the question's.
    pub shell: Shell,
    /// The question: « Supprimer ce document ? ».
    pub question: String,
    /// What will happen, a sentence per paragraph.
    pub consequences: Vec<String>,
    /// Where the form posts.
    pub action: String,
    /// What it posts besides the token: name and value.
    pub hidden: Vec<(String, String)>,
    /// The button's words, which say what it does: « Supprimer ».
    pub button: String,
    /// Whether something is lost: the button is then red.
    pub danger: bool,
    /// Where « Annuler » leads.
    pub cancel_href: String,
}
