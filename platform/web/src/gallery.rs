//! Every component in every state on one page, each under the name that templates call it by;
//! mounted in the demo only.

use std::sync::Arc;

use askama::Template;
use axum::{Router, routing::get};

use crate::{
    Audience, Choice, Confirm, Errors, Html, Lang, Link, NavItem, Qr, Shell, Site, Tone, Who, icon,
};

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    shell: Shell,
    errors: Errors,
    none: Errors,
    choices: Vec<Choice>,
    chips: Vec<(Link, bool)>,
    trail: Vec<Link>,
    steps: [&'static str; 4],
    qr: Option<Qr>,
    colours: [&'static str; 12],
    icons: Vec<&'static str>,
}

const HOME: &str = "/demo/galerie";
const WORK: &str = "/demo/galerie/pro";
const QUESTION: &str = "/demo/galerie/question";

/// The gallery, the same as someone at work sees it, and the page that asks before a step.
pub fn routes(site: &Arc<Site>) -> Router {
    let page = |audience, path: &'static str| {
        let site = site.clone();
        get(async move |lang: Lang| Html(sample(&site, lang, audience, path)))
    };
    let asks = site.clone();
    Router::new()
        .route(HOME, page(Audience::Citizen, HOME))
        .route(WORK, page(Audience::Professional, WORK))
        .route(QUESTION, get(async move |lang: Lang| question(&asks, lang)))
}

fn question(site: &Site, lang: Lang) -> Html<Confirm> {
    Html(Confirm {
        shell: shell(site, lang, Audience::Citizen, QUESTION),
        question: "Supprimer ce document ?".into(),
        consequences: vec!["« Compte rendu » sera effacé pour tout le monde.".into()],
        action: HOME.into(),
        hidden: Vec::new(),
        button: "Supprimer".into(),
        cancel_href: HOME.into(),
        danger: true,
    })
}

fn shell(site: &Site, lang: Lang, audience: Audience, path: &str) -> Shell {
    let mut shell = site.shell(lang, audience).titled("Galerie").at(path);
    shell.who = Some(Who {
        name: "Camille Fictive".into(),
        acting_label: "Espace de Noé".into(),
    });
    shell.nav = vec![
        NavItem::new("/accueil", "Accueil", "home"),
        NavItem::new(HOME, "Galerie", "folder"),
        NavItem {
            count: 2,
            ..NavItem::new("/messagerie", "Messages", "mail")
        },
        NavItem::new("/agenda", "Agenda", "calendar"),
        NavItem::new("/proches", "Proches", "users"),
        NavItem::new("/historique", "Historique", "history"),
    ];
    shell.menu = vec![NavItem::new("/parametres", "Réglages", "settings")];
    (shell.notices_count, shell.notices_href) = (3, "/notifications".into());
    shell
}

fn sample(site: &Site, lang: Lang, audience: Audience, path: &str) -> Gallery {
    let mut errors = Errors::new();
    errors.add(
        "adresse-fausse",
        "Saisissez une adresse électronique complète, par exemple nom@exemple.fr.",
    );
    errors.add("moyen", "Choisissez un moyen de vous joindre.");
    Gallery {
        errors,
        none: Errors::new(),
        choices: vec![
            Choice::new("courriel", "Courriel").explained("Le plus rapide."),
            Choice::new("sms", "SMS"),
            Choice::new("lettre", "Lettre").explained("Comptez cinq jours."),
        ],
        chips: vec![
            (Link::new("#tout", "Tout"), true),
            (Link::new("#professionnels", "Professionnels"), false),
            (Link::new("#logiciels", "Logiciels"), false),
        ],
        trail: vec![
            Link::new("/demo", "Démonstration"),
            Link::new("", "Galerie"),
        ],
        qr: Qr::of("https://carnet.example/pro/code/exemple"),
        steps: ["Identité", "Code", "Identifiants", "Conditions"],
        colours: [
            "paper", "surface", "sunken", "ink", "muted", "accent", "coral", "info", "success",
            "warning", "danger", "focus",
        ],
        icons: icon::names().collect(),
        shell: shell(site, lang, audience, path)
            .flashing(Tone::Success, "Votre choix est enregistré."),
    }
}
