use std::sync::Arc;

use askama::filters::Safe;
use http::HeaderMap;

use crate::{Argument, Flash, Lang, Texts, Tone, assets, icon};

/// Whom a page is for; decides navigation and density.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Anyone, signed in or not: no navigation, one calm column.
    #[default]
    Public,
    /// A person in their own space: sidebar, or five entries at the bottom of a phone.
    Citizen,
    /// Someone at work: compact, with a banner that says whose record is open.
    Professional,
}

/// Everything around a page's content; page templates hold it as their field `shell`.
///
/// ```
/// # use web::{Audience, Lang, NavItem, OWN_TEXTS, Shell, Texts, Who};
/// # let texts = std::sync::Arc::new(Texts::load(&OWN_TEXTS).unwrap());
/// let mut shell = Shell::new(texts, Lang::Fr, Audience::Citizen);
/// shell.nav = vec![NavItem::new("/accueil", "Accueil", "home")];
/// shell.who = Some(Who::new("Anne Lebrun"));
/// let shell = shell.at("/accueil").titled("Accueil");
/// # assert!(shell.is_current("/accueil"));
/// ```
#[derive(Debug, Clone)]
pub struct Shell {
    /// Every sentence.
    pub texts: Arc<Texts>,
    /// The language of this page.
    pub lang: Lang,
    /// Whom the page is for.
    pub audience: Audience,
    /// What the browser's tab says before « — Carnet ».
    pub title: String,
    /// The main navigation; on a phone the first five stay at the bottom and the rest go to the menu.
    pub nav: Vec<NavItem>,
    /// Links of the profile menu.
    pub menu: Vec<NavItem>,
    /// The current path, without its query: marks the entry of the navigation.
    pub path: String,
    /// Who is signed in.
    pub who: Option<Who>,
    /// On a page without navigation, the way to sign in or back to one's space.
    pub way_in: Option<Link>,
    /// The token that every form posts back; see [`crate::Csrf`].
    pub csrf: String,
    /// Unread notices, shown on the bell.
    pub notices_count: u32,
    /// There are more than that.
    pub notices_more: bool,
    /// Where the bell leads; empty for no bell.
    pub notices_href: String,
    /// Where the form of the sign-out button posts.
    pub sign_out: String,
    /// When the session ends by itself: the page warns two minutes before.
    pub idle: Option<Idle>,
    /// What the last action did.
    pub flash: Option<Flash>,
    /// Whether this installation shows fictional people only.
    pub demo: bool,
}

/// A link of the navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
    /// Its drawing; see [`crate::icon`].
    pub icon: &'static str,
    /// Something waiting there, shown as a number; 0 for nothing.
    pub count: u32,
}

impl NavItem {
    /// A link with nothing waiting.
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: &'static str) -> NavItem {
        NavItem {
            href: href.into(),
            label: label.into(),
            icon,
            count: 0,
        }
    }
}

/// The person signed in.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// Their name as written on screen.
    pub name: String,
    /// In whose name they act, in words (« Profil de Léo »); empty for their own.
    pub acting_label: String,
}

impl Who {
    /// Somebody acting for themselves.
    pub fn new(name: impl Into<String>) -> Who {
        Who {
            name: name.into(),
            acting_label: String::new(),
        }
    }

    /// The first letters of the first and last words of the name, for the avatar; a title
    /// such as « Dr » or « Mme » is no name.
    pub fn initials(&self) -> String {
        let first = |word: &str| {
            word.chars()
                .next()
                .map(|c| c.to_uppercase().collect::<String>())
        };
        let title =
            |word: &&str| matches!(word.trim_end_matches('.'), "Dr" | "M" | "Me" | "Mme" | "Pr");
        let mut words = self.name.split_whitespace().skip_while(title);
        let start = words.next().and_then(first).unwrap_or_default();
        start + &words.last().and_then(first).unwrap_or_default()
    }
}

/// The end of a session by lack of activity.
#[derive(Debug, Clone)]
pub struct Idle {
    /// Seconds from this page to the end.
    pub seconds: u32,
    /// The address that a script gets to keep the session; reads nothing, so leaves no trace.
    pub stay: String,
}

/// One step of a trail, or one page of a list: where it leads and its words.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads; empty for the current page.
    pub href: String,
    /// Its words.
    pub label: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Link {
        Link {
            href: href.into(),
            label: label.into(),
        }
    }
}

/// One choice of a select or of a group of radio buttons.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A word of explanation under it (radio buttons only); may be empty.
    pub hint: String,
}

impl Choice {
    /// A choice without explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// The same with an explanation.
    pub fn explained(self, hint: impl Into<String>) -> Choice {
        Choice {
            hint: hint.into(),
            ..self
        }
    }
}

impl Shell {
    /// A bare page: no navigation, nobody signed in.
    pub fn new(texts: Arc<Texts>, lang: Lang, audience: Audience) -> Shell {
        Shell {
            texts,
            lang,
            audience,
            title: String::new(),
            nav: Vec::new(),
            menu: Vec::new(),
            path: String::from("/"),
            who: None,
            way_in: None,
            csrf: String::new(),
            notices_count: 0,
            notices_more: false,
            notices_href: String::new(),
            sign_out: String::from("/deconnexion"),
            idle: None,
            flash: None,
            demo: false,
        }
    }

    /// The same page with its title.
    pub fn titled(self, title: impl Into<String>) -> Shell {
        Shell {
            title: title.into(),
            ..self
        }
    }

    /// The same page at a path.
    pub fn at(self, path: impl Into<String>) -> Shell {
        Shell {
            path: path.into(),
            ..self
        }
    }

    /// The same page with a message.
    pub fn flashing(self, tone: Tone, text: impl Into<String>) -> Shell {
        Shell {
            flash: Some(Flash {
                tone,
                text: text.into(),
            }),
            ..self
        }
    }

    /// The same page with the message that the step before left, if any; see [`Flash::leave`].
    pub fn with_left_message(mut self, headers: &HeaderMap) -> Shell {
        self.flash = Flash::left(headers, &self.texts, self.lang).or(self.flash);
        self
    }

    /// The sentence `key` in the page's language.
    pub fn t(&self, key: &str) -> String {
        self.lang.typeset(self.texts.get(self.lang, key))
    }

    /// The sentence `key` with one argument, as templates need it.
    pub fn t1(&self, key: &str, name: &str, value: impl Argument) -> String {
        let text = self.texts.format(self.lang, key, &[(name, &value)]);
        self.lang.typeset(text)
    }

    /// The sentence `key` with two arguments.
    pub fn t2(
        &self,
        key: &str,
        a: &str,
        value_a: impl Argument,
        b: &str,
        value_b: impl Argument,
    ) -> String {
        let arguments: [(&str, &dyn Argument); 2] = [(a, &value_a), (b, &value_b)];
        self.lang
            .typeset(self.texts.format(self.lang, key, &arguments))
    }

    /// The address of a file of the visual foundation.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// Whether the page may be installed as an application: a person's own.
    pub fn installs(&self) -> bool {
        self.audience == Audience::Citizen
    }

    /// The drawing `name`, hidden from screen readers: words always stand beside it.
    pub fn icon(&self, name: &str) -> Safe<String> {
        Safe(icon::svg(name))
    }

    /// Whether `href` is the page, or the section it is in.
    pub fn is_current(&self, href: &str) -> bool {
        let rest = self.path.strip_prefix(href);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// In whose space a person is, when it is not their own: said at the top of every page.
    pub fn acting(&self) -> &str {
        let who = self
            .who
            .as_ref()
            .filter(|_| self.audience == Audience::Citizen);
        who.map_or("", |who| &who.acting_label)
    }

    /// The link that shows this page in another language.
    pub fn in_language(&self, lang: &Lang) -> String {
        let path = self
            .path
            .replace('%', "%25")
            .replace('&', "%26")
            .replace('+', "%2B");
        format!("/langue/{}?retour={path}", lang.tag())
    }

    /// The languages to choose from.
    pub fn languages(&self) -> [Lang; 2] {
        Lang::ALL
    }

    /// The class of the page's body.
    pub fn body_class(&self) -> &'static str {
        match self.audience {
            Audience::Public => "public",
            Audience::Citizen => "citizen",
            Audience::Professional => "pro",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_last_words() {
        let initials = |name| Who::new(name).initials();
        assert_eq!(initials("Anne Lebrun"), "AL");
        assert_eq!(initials("élodie de la Tour"), "ÉT");
        assert_eq!(initials("Zoé"), "Z");
        assert_eq!(initials("Dr Paul Martin"), "PM");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_section_is_current_on_its_pages_only() {
        let texts = Arc::new(Texts::load(&crate::OWN_TEXTS).unwrap());
        let shell = Shell::new(texts, Lang::Fr, Audience::Citizen).at("/documents/12");
        assert!(shell.is_current("/documents"));
        assert!(shell.is_current("/documents/12"));
        assert!(!shell.is_current("/doc"));
        assert!(!shell.is_current("/accueil"));
    }
}
