use super::*;
use crate::{reading::Why, samples};

fn rendered(own: crate::Own, body: Body, can: Can) -> String {
    let stored = Stored::new(serde_json::json!({}), own);
    let shell = samples::shell("/documents/1");
    let facts = facts(&stored, &samples::rules(), samples::now(), &shell);
    let document = samples::document(1, stored.own.clone());
    let row = Row::of(&document, &samples::rules(), samples::now(), shell.lang);
    let seen = Seen {
        measured: None,
        row,
        stored,
        can,
        newer: Some(Id([3; 16])),
        older: None,
        copies: vec![],
        folders: Folders::default(),
        look: String::new(),
        reported: vec![],
    };
    let page = DocumentPage::of(shell, "/documents/1".to_owned(), seen, facts, body);
    let html = page.render().expect("renders");
    assert!(!html.contains("⟦"), "a text is missing");
    html
}

const ALL: Can = Can {
    hide: true,
    show: false,
    download: true,
    delete: true,
    arrange: true,
    disown: true,
    report: true,
    describe: true,
    readers: true,
    disclose: false,
};

const NOTHING: Can = Can {
    hide: false,
    show: false,
    download: false,
    delete: false,
    arrange: false,
    disown: false,
    report: false,
    describe: false,
    readers: false,
    disclose: false,
};

fn cda(html: &str) -> Body {
    Body::Cda {
        html: html.to_owned(),
        panel: crate::results::Panel::default(),
    }
}

#[test]
fn the_page_offers_what_one_may_do_and_no_more() {
    let frame = || Body::Frame {
        src: "/documents/1/vue/x/contenu".to_owned(),
        paper: crate::Paper {
            locked: true,
            pages: 3,
            image: true,
        },
    };
    let html = rendered(samples::own("L’Haÿ & <b>"), frame(), ALL);
    assert!(html.contains("L’Haÿ &#38; &#60;b&#62;") && !html.contains("<b>"));
    for id in ["masquer", "telecharger", "supprimer"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(html.contains("<iframe") && html.contains("Ce PDF est protégé"));
    assert!(html.contains("3\u{a0}pages") || html.contains("3 pages"));
    assert!(html.contains("Ce PDF est une image"));
    let frame = html
        .split("<iframe")
        .nth(1)
        .and_then(|tag| tag.split('>').next());
    // The attribute would keep Chromium's viewer from starting: the answer says it instead.
    assert!(frame.is_some_and(|tag| !tag.contains("sandbox")));
    let html = rendered(samples::own("Bilan"), Body::Download(Why::Kind), NOTHING);
    for id in ["masquer", "afficher", "telecharger", "supprimer"] {
        assert!(!html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(html.contains("ne peut pas être affiché ici"));
}

#[test]
fn text_is_escaped_and_clinical_html_is_ours() {
    let text = Body::Text {
        text: "a < b & <script>".to_owned(),
        cut: true,
    };
    let html = rendered(samples::own("Note"), text, ALL);
    assert!(html.contains("a &#60; b &#38; &#60;script&#62;"));
    assert!(html.contains("seul le début"));
    let cda = cda("<div class=\"cda\"><p>Rien</p></div>");
    let html = rendered(samples::own("CR"), cda, ALL);
    assert!(html.contains("<div class=\"cda\"><p>Rien</p></div>"));
}

#[test]
fn a_wrapped_file_is_offered_first() {
    let mut own = samples::own("Lettre");
    own.media_type = "text/xml".into();
    let src = "/documents/1/vue/x/media/1".to_owned();
    let html = rendered(own.clone(), Body::Image { src }, ALL);
    assert!(html.contains("/documents/1/fichier") && html.contains("/documents/1/original"));
    let html = rendered(own, cda(""), ALL);
    assert!(!html.contains("/documents/1/fichier"));
}
