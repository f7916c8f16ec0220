//! Every component on one page, for those who write pages; mounted in development only.

use std::sync::Arc;

use askama::Template;
use axum::{Router, routing::get};

use crate::{Audience, Choice, Errors, Html, Lang, Link, NavItem, Shell, Site, Tone, Who, icon};

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    shell: Shell,
    errors: Errors,
    choices: Vec<Choice>,
    trail: Vec<Link>,
    steps: [&'static str; 4],
    icons: Vec<&'static str>,
}

/// The gallery at `/galerie`, and as someone at work sees it at `/galerie/pro`.
pub fn routes(site: &Arc<Site>) -> Router {
    let page = |site: Arc<Site>, audience, path: &'static str| {
        get(async move |lang: Lang| Html(sample(&site, lang, audience, path)))
    };
    Router::new()
        .route(
            "/galerie",
            page(site.clone(), Audience::Citizen, "/galerie"),
        )
        .route(
            "/galerie/pro",
            page(site.clone(), Audience::Professional, "/galerie/pro"),
        )
}

fn sample(site: &Site, lang: Lang, audience: Audience, path: &str) -> Gallery {
    let mut shell = site
        .shell(lang, audience)
        .titled("Galerie")
        .at(path)
        .flashing(Tone::Success, "Votre choix est enregistré.");
    shell.who = Some(Who {
        name: "Camille Fictive".into(),
        acting_label: "Profil de Noé".into(),
    });
    shell.nav = vec![
        NavItem::new("/accueil", "Accueil", "home"),
        NavItem::new("/galerie", "Galerie", "folder"),
        NavItem {
            count: 2,
            ..NavItem::new("/messagerie", "Messages", "mail")
        },
        NavItem::new("/agenda", "Agenda", "calendar"),
        NavItem::new("/proches", "Proches", "users"),
        NavItem::new("/historique", "Historique", "history"),
    ];
    shell.menu = vec![NavItem::new("/parametres", "Paramètres", "settings")];
    (shell.notices_count, shell.notices_href) = (3, "/notifications".into());
    let mut errors = Errors::new();
    errors.add(
        "adresse",
        "Saisissez une adresse électronique complète, par exemple nom@exemple.fr.",
    );
    errors.add("moyen", "Choisissez un moyen de vous joindre.");
    Gallery {
        errors,
        choices: vec![
            Choice::new("courriel", "Courriel").explained("Le plus rapide."),
            Choice::new("sms", "SMS"),
            Choice::new("lettre", "Lettre").explained("Comptez cinq jours."),
        ],
        trail: vec![Link::new("/accueil", "Accueil"), Link::new("", "Galerie")],
        steps: ["Identité", "Coordonnées", "Mot de passe", "Fin"],
        icons: icon::names().collect(),
        shell,
    }
}
