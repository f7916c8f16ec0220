use ambient::Id;

use super::*;
use crate::samples;

fn asked(categorie: &str, montrer: &str, page: &str) -> Asked {
    Asked {
        categorie: categorie.into(),
        montrer: montrer.into(),
        page: page.into(),
    }
}

pub(crate) fn rendered(found: Found, asked: &Asked) -> String {
    let rules = samples::rules();
    let filter = Filter::of(asked, &rules.types);
    let page = ListPage::of(samples::shell("/documents"), &filter, &rules.types, found);
    page.render().expect("renders")
}

fn row(n: u8) -> Row {
    let document = samples::document(n, samples::own("Bilan <sanguin>"));
    Row::of(&document, &samples::rules(), samples::now(), web::Lang::Fr)
}

#[test]
fn an_address_says_its_filter_and_nothing_it_does_not_know() {
    let rules = samples::rules();
    let address = |asked: Asked, page| Filter::of(&asked, &rules.types).address(page);
    assert_eq!(address(Asked::default(), 1), "/documents");
    assert_eq!(
        address(asked("BIOLOGIE", "masques", "2"), 3),
        "/documents?categorie=BIOLOGIE&montrer=masques&page=3"
    );
    assert_eq!(address(asked("<script>", "tout", "-4"), 1), "/documents");
    let shell = samples::shell("/documents");
    let filter = Filter::of(&asked("BIOLOGIE", "miens", ""), &rules.types);
    let words = "Analyses et biologie · Ajoutés par moi";
    assert_eq!(filter.words(&shell).as_deref(), Some(words));
    let all = Filter::of(&asked("", "", "999999999999999999999"), &rules.types);
    assert_eq!((all.words(&shell), all.page), (None, 1));
}

#[test]
fn a_filter_keeps_what_it_says() {
    let rules = samples::rules();
    let mut own = samples::own("Bilan");
    own.by_holder = true;
    let document = samples::document(1, own.clone());
    let keeps = |asked: Asked, document: &Document| {
        Filter::of(&asked, &rules.types).keeps(document, &rules.types)
    };
    assert!(keeps(asked("BIOLOGIE", "miens", ""), &document));
    assert!(!keeps(asked("CPT_REND", "", ""), &document));
    assert!(!keeps(asked("", "masques", ""), &document));
    own.type_code = "nobody knows".into();
    assert!(keeps(
        asked("AUTR_DOC", "", ""),
        &samples::document(2, own.clone())
    ));
    own.replaced_by = Some(Id([2; 16]));
    assert!(!keeps(asked("", "", ""), &samples::document(3, own)));
}

#[test]
fn a_page_of_many_leads_to_the_others() {
    let found = Found {
        rows: (1..=50).map(row).collect(),
        first: 51,
        total: 312,
        all: 400,
    };
    let html = rendered(found, &asked("BIOLOGIE", "", "2"));
    assert!(html.contains("51 à 100 sur 312"));
    assert!(html.contains(r#"href="/documents?categorie=BIOLOGIE""#) || html.contains("&#38;"));
    assert!(html.contains("page=3"));
    assert!(html.contains(r#"<h2 class="month" id="annee-2026">2026</h2>"#));
    assert!(html.contains("Bilan &#60;sanguin&#62;") && !html.contains("⟦"));
    assert_eq!(html.matches(r#"<li class="item">"#).count(), 50);
}

#[test]
fn an_empty_list_says_why_and_what_to_do() {
    let none = Found {
        rows: vec![],
        first: 1,
        total: 0,
        all: 0,
    };
    let html = rendered(none.clone(), &Asked::default());
    assert!(html.contains("Aucun document pour l’instant") && !html.contains("class=\"filters\""));
    let narrowed = Found { all: 3, ..none };
    let html = rendered(narrowed, &asked("", "miens", "7"));
    assert!(html.contains("Aucun document ne correspond") && html.contains("class=\"filters\""));
    assert!(!html.contains("⟦"));
}
