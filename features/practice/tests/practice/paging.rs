//! Long lists: every line stands on one page and on one only, whatever the list is narrowed to.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use testing::{Page, Visitor};

use crate::{deposit::at_work, world::World};

/// A page and those after it, as their links lead.
async fn pages(visitor: &Visitor, first: &str) -> Vec<Page> {
    let mut all = vec![visitor.get(first).await.expect("a page")];
    while let Some(next) = linked(&all[all.len() - 1], "next") {
        assert!(all.len() < 60, "pages without end");
        let page = visitor.get(&next).await.expect("a page");
        assert_eq!(page.status, 200, "{next} {}", page.words());
        all.push(page);
    }
    all
}

/// Where a link of the pagination leads.
fn linked(page: &Page, rel: &str) -> Option<String> {
    page.attribute(&format!("rel=\"{rel}\" href=\""), "\"")
}

/// The titles of the documents under their categories, those that come first beside.
fn titles(page: &Page) -> Vec<String> {
    let text = page.text();
    let shelves = text.split("class=\"shelf\"").skip(1);
    let lines = shelves.flat_map(|shelf| shelf.split("<tr class=\"line\">").skip(1));
    let title = |line: &str| {
        let link = line.split("/documents/").nth(1).expect("a link");
        link.split(['>', '<']).nth(1).expect("a title").to_owned()
    };
    lines.map(title).collect()
}

#[tokio::test]
async fn a_long_record_is_read_page_after_page() {
    let world = World::new().await;
    for n in 0..320 {
        let (title, kind) = match n % 16 {
            0 => (format!("Prescription {n:03}"), "52063-5"),
            _ => (format!("Examen {n:03}"), "11488-4"),
        };
        world.add(&title, kind, n % 50 == 7).await;
    }
    let (anne, record) = at_work(&world, "anne").await;
    let here = format!("{record}/documents");
    let all = pages(&anne, &here).await;
    let shown: Vec<Vec<String>> = all.iter().map(titles).collect();
    let counts: Vec<usize> = shown.iter().map(Vec::len).collect();
    // Seven are hidden; two of the three that were there are not.
    assert_eq!(counts, [100, 100, 100, 15], "{}", all[0].words());
    let distinct: BTreeSet<&String> = shown.iter().flatten().collect();
    assert_eq!(distinct.len(), 315, "each once");
    for (page, position) in all.iter().zip([
        "1 à 100 sur 315",
        "101 à 200 sur 315",
        "201 à 300 sur 315",
        "301 à 315 sur 315",
    ]) {
        assert!(page.has(position), "{position}: {}", page.words());
    }
    // The first page begins with the newest; a category that goes on says so.
    assert!(all[0].has("Les plus récents") && !all[1].has("Les plus récents"));
    assert!(all[1].has("Comptes rendus (suite)"), "{}", all[1].words());
    assert_eq!(linked(&all[0], "prev"), None);
    assert_eq!(linked(&all[1], "prev").as_deref(), Some(here.as_str()));
    // From any page, each category is where its link leads, with how many it holds.
    for page in &all {
        let chips = page
            .between("class=\"chips strip\"", "</nav>")
            .expect("an index");
        assert!(chips.contains(">20<") && chips.contains(">295<"), "{chips}");
        for chip in chips.split("href=\"").skip(1) {
            let to = chip
                .split('"')
                .next()
                .expect("an address")
                .replace("&#38;", "&");
            let (path, mark) = to.split_once('#').expect("a mark");
            let led = match path {
                "" => page.clone(),
                path => anne.get(path).await.expect("a page"),
            };
            assert!(led.has(&format!("id=\"{mark}\"")), "{to}");
        }
    }
    // Narrowed, and still narrowed on the next page.
    let narrowed = pages(&anne, &format!("{here}?categorie=CPT_REND")).await;
    let shown: Vec<String> = narrowed.iter().flat_map(titles).collect();
    assert_eq!((narrowed.len(), shown.len()), (3, 295));
    assert!(shown.iter().all(|title| !title.starts_with("Prescription")));
    let next = linked(&narrowed[0], "next");
    let wanted = format!("{here}?categorie=CPT_REND&page=2");
    assert_eq!(next.as_deref(), Some(wanted.as_str()));
    let short = anne.get(&format!("{here}?categorie=ORD_SOIN")).await;
    let short = short.expect("a page");
    assert_eq!(titles(&short).len(), 20);
    assert!(!short.has("class=\"pagination\""), "one page is no part");
    // What no page is, is the nearest.
    for (asked, position) in [
        ("9999", "301 à 315"),
        ("0", "1 à 100"),
        ("-3", "1 à 100"),
        ("99999999999999999999999", "1 à 100"),
        ("deux", "1 à 100"),
    ] {
        let page = anne.get(&format!("{here}?page={asked}")).await;
        let page = page.expect("a page");
        assert!(page.has(position), "{asked}: {}", page.words());
    }
    let strange = anne
        .get(&format!("{here}?categorie=%22%3E%3Cxyz&page=2"))
        .await;
    let strange = strange.expect("a page");
    assert_eq!(strange.status, 200);
    assert!(!strange.has("<xyz"), "{}", strange.words());
}

#[tokio::test]
async fn a_long_list_of_patients_goes_on_and_marks_who_is_soon_lost() {
    let world = World::new().await;
    let now = world.app.now();
    let soon = now + SignedDuration::from_hours(24 * 6);
    let later = now + SignedDuration::from_hours(24 * 30);
    let paul = world.visitor();
    world.sign_in(&paul, "paul").await;
    let (mut listed, mut marked) = (0, 0);
    for n in 0..310 {
        // Of who never said yes, no line is shown.
        let until = match n % 5 {
            0 => None,
            1 => Some(Some(soon)),
            2 => Some(None),
            _ => Some(Some(later)),
        };
        listed += usize::from(until.is_some());
        marked += usize::from(until == Some(Some(soon)));
        world.patient(n, until).await;
    }
    let all = pages(&paul, "/pro").await;
    let mut lines = BTreeSet::new();
    let mut seen = 0;
    for page in &all {
        let here = page.links("/pro/liste/");
        assert!(here.len() <= 20, "{}", here.len());
        assert!(!page.has("Votre liste est vide"), "{}", page.words());
        seen += here.len();
        lines.extend(here);
    }
    assert_eq!((seen, lines.len()), (listed, listed), "each once");
    let marks: usize = all
        .iter()
        .map(|page| page.text().matches("Accès jusqu").count())
        .sum();
    assert_eq!(marks, marked);
    // Back from the last to the first.
    let mut page = all[all.len() - 1].clone();
    let mut back = 0;
    while let Some(previous) = linked(&page, "prev") {
        page = paul.get(&previous).await.expect("a page");
        back += 1;
        assert!(back < 40, "pages without end");
    }
    assert_eq!(page.links("/pro/liste/"), all[0].links("/pro/liste/"));
    // Six days later who ends soon is no longer there.
    world.clock.advance(SignedDuration::from_hours(24 * 6 + 1));
    let paul = world.visitor();
    world.sign_in(&paul, "paul").await;
    let left: usize = pages(&paul, "/pro")
        .await
        .iter()
        .map(|page| page.links("/pro/liste/").len())
        .sum();
    assert_eq!(left, listed - marked);
}
