use ambient::Id;
use jiff::Timestamp;

use super::*;
use crate::samples;

fn asked(change: impl FnOnce(&mut Asked)) -> Asked {
    let mut asked = Asked::default();
    change(&mut asked);
    asked
}

pub(crate) fn rendered(found: Found, asked: Asked) -> String {
    let filter = Filter::of(asked);
    let page = ListPage::of(samples::shell("/documents"), &filter, found);
    let html = page.render().expect("renders");
    let missing = html.split('⟦').nth(1);
    assert_eq!(missing.map(|rest| rest.split('⟧').next()), None);
    html
}

fn row(n: u8) -> Row {
    let document = samples::document(n, samples::own("Bilan <sanguin>"));
    Row::of(&document, &samples::rules(), samples::now(), web::Lang::Fr)
}

const WORD: &str = "0123456789abcdef";

#[test]
fn an_address_says_its_filter_and_nothing_it_does_not_know() {
    let address = |asked, page| Filter::of(asked).address(page);
    assert_eq!(address(Asked::default(), 1), "/documents");
    let narrow = asked(|asked| {
        (asked.categorie, asked.montrer) = (WORD.into(), "masques".into());
        (asked.tri, asked.page) = ("titre".into(), "2".into());
        (asked.du, asked.au) = ("31/12/2025".into(), "2025-01-01".into());
    });
    assert_eq!(
        address(narrow, 3),
        "/documents?categorie=0123456789abcdef&du=2025-01-01&au=2025-12-31\
         &montrer=masques&tri=titre&page=3",
        "a period is put in order"
    );
    let nonsense = asked(|asked| {
        (asked.categorie, asked.auteur) = ("<script>".into(), "BIOLOGIE".into());
        (asked.montrer, asked.tri) = ("tout".into(), "x".into());
        (asked.dossier, asked.page) = ("y".into(), "-4".into());
    });
    assert_eq!(address(nonsense, 1), "/documents");
    let far = Filter::of(asked(|asked| asked.page = "999999999999999999999".into()));
    assert_eq!(far.page, 1);
}

#[test]
fn the_history_says_which_filter_and_no_name() {
    let shell = samples::shell("/documents");
    let filter = Filter::of(asked(|asked| asked.montrer = "miens".into()));
    let meant = Meant {
        category: Some("BIOLOGIE".into()),
        author: Some("dr leclerc".into()),
        ..Meant::default()
    };
    let words = filter.words(&meant, &Folders::default(), &shell);
    let expected = "Catégorie choisie · Auteur choisi · Ajoutés par moi";
    assert_eq!(words.as_deref(), Some(expected));
    let all = Filter::of(Asked::default());
    assert_eq!(
        all.words(&Meant::default(), &Folders::default(), &shell),
        None
    );
}

#[test]
fn a_filter_keeps_what_it_says() {
    let rules = samples::rules();
    let seen = (None, samples::now());
    let keeps = |asked: Asked, meant: &Meant, document: &Document| {
        let categories = Categories::among(&rules.types, &[]);
        Filter::of(asked).keeps(document, meant, &categories, seen)
    };
    let mut own = samples::own("Bilan");
    own.by_holder = true;
    own.arranged.folder = Some(Id([5; 16]));
    let document = samples::document(1, own.clone());
    let all = Meant::default();
    let show = |what: &str| asked(|asked| asked.montrer = what.into());
    for (what, kept) in [
        ("", true),
        ("miens", true),
        ("masques", false),
        ("epingles", false),
        ("nouveaux", false),
        ("chiffres", false),
    ] {
        assert_eq!(keeps(show(what), &all, &document), kept, "{what}");
    }
    for (from, to, kept) in [
        ("2026-03-12", "2026-03-12", true),
        ("2026-03-13", "", false),
        ("", "2026-03-11", false),
        ("31/02/2026", "", true),
    ] {
        let period = asked(|asked| (asked.du, asked.au) = (from.into(), to.into()));
        assert_eq!(keeps(period, &all, &document), kept, "{from} {to}");
    }
    for (folder, kept) in [(5, true), (6, false)] {
        let folder = asked(|asked| asked.dossier = Id([folder; 16]).to_string());
        assert_eq!(keeps(folder, &all, &document), kept);
    }
    let of = |category: &str, author: &str| Meant {
        category: Some(category.into()).filter(|code: &String| !code.is_empty()),
        author: Some(author.into()).filter(|name: &String| !name.is_empty()),
        place: None,
    };
    assert!(keeps(
        show(""),
        &of("BIOLOGIE", "dr sophie leclerc"),
        &document
    ));
    assert!(!keeps(show(""), &of("CPT_REND", ""), &document));
    assert!(!keeps(show(""), &of("", "dr martin"), &document));
    own.type_code = "nobody knows".into();
    let unknown = samples::document(2, own);
    assert!(keeps(show(""), &of("AUTR_DOC", ""), &unknown));
}

#[test]
fn what_came_since_the_last_visit_is_new() {
    let mut own = samples::own("Bilan");
    let document = samples::document(1, own.clone());
    let at = |text: &str| -> Timestamp { text.parse().expect("an instant") };
    let now = samples::now();
    let before = Some(at("2026-03-13T06:00:00Z"));
    assert!(is_new(&document, before, now), "however long ago it came");
    let after = Some(at("2026-03-13T07:00:00Z"));
    assert!(!is_new(&document, after, now));
    assert!(
        !is_new(&document, None, now),
        "a first visit: the last days"
    );
    own.by_holder = true;
    assert!(!is_new(&samples::document(1, own), before, now));
}

#[test]
fn a_list_stands_in_the_order_asked_for() {
    let types = samples::rules().types;
    let categories = Categories::among(&types, &[]);
    let document = |id: u8, title: &str, author: &str, date: &str| {
        let mut own = samples::own(title);
        (own.author, own.date) = (author.into(), date.parse().expect("a date"));
        own.by_holder = author.is_empty();
        own.arranged.pinned = id == 3;
        samples::document(id, own)
    };
    let all = [
        document(1, "Écho", "Dr Zoé", "2026-01-01T10:00:00Z"),
        document(2, "bilan", "Dr Ange", "2025-01-01T10:00:00Z"),
        document(3, "Zona", "", "2024-01-01T10:00:00Z"),
    ];
    let order = |spelled: &str| {
        let mut listed: Vec<&Document> = all.iter().collect();
        let order = Order::of(spelled);
        assert_eq!(order.spelled(), spelled);
        order.sort(&mut listed, &categories, &types);
        listed.iter().map(|one| one.id().0[0]).collect::<Vec<_>>()
    };
    assert_eq!(order(""), [3, 1, 2], "what is pinned comes first");
    assert_eq!(order("ancien"), [3, 2, 1]);
    assert_eq!(order("titre"), [2, 1, 3]);
    assert_eq!(order("titre-z"), [3, 1, 2]);
    assert_eq!(order("auteur"), [2, 1, 3]);
    assert_eq!(order("categorie"), [1, 2, 3]);
    let shell = samples::shell("/documents");
    let heading = |order: Order, at: usize| order.heading(&all[at], &categories, &shell);
    assert_eq!(heading(Order::Newest, 2), "Épinglés");
    assert_eq!(heading(Order::Oldest, 2), "2024");
    assert_eq!(heading(Order::Author, 2), "Ajouté par vous");
    assert_eq!(heading(Order::Category, 0), "Analyses et biologie");
}

fn many() -> Found {
    Found {
        groups: vec![Group {
            heading: "2026".into(),
            rows: (1..=50).map(row).collect(),
        }],
        shown: 50,
        first: 51,
        total: 312,
        all: 400,
        narrow: true,
        ..Found::default()
    }
}

#[test]
fn a_page_of_many_leads_to_the_others() {
    let narrow = asked(|asked| (asked.categorie, asked.page) = (WORD.into(), "2".into()));
    let html = rendered(many(), narrow);
    assert!(html.contains("51 à 100 sur 312"));
    assert!(html.contains("categorie=0123456789abcdef") && html.contains("page=3"));
    assert!(html.contains(r#"<h2 class="month">2026</h2>"#));
    assert!(html.contains("Bilan &#60;sanguin&#62;"));
    assert_eq!(html.matches(r#"<li class="item">"#).count(), 50);
    assert!(html.len() < 100_000, "{} bytes", html.len());
}

#[test]
fn several_are_chosen_by_ticking_them() {
    let html = rendered(many(), asked(|asked| asked.choisir = "oui".into()));
    assert_eq!(html.matches(r#"name="document""#).count(), 50);
    assert!(html.contains(r#"action="/documents/ensemble""#));
    assert!(html.len() < 100_000, "{} bytes", html.len());
}

#[test]
fn an_empty_list_says_why_and_what_to_do() {
    let html = rendered(Found::default(), Asked::default());
    assert!(html.contains("Aucun document pour l’instant") && !html.contains("class=\"filters\""));
    let narrowed = Found {
        all: 3,
        narrow: true,
        ..Found::default()
    };
    let html = rendered(narrowed.clone(), asked(|asked| asked.page = "7".into()));
    assert!(html.contains("Aucun document ne correspond") && html.contains("class=\"filters\""));
    let folder = Found {
        narrow: false,
        ..narrowed
    };
    let html = rendered(
        folder,
        asked(|asked| asked.dossier = Id([5; 16]).to_string()),
    );
    assert!(html.contains("Ce dossier est vide"));
}
