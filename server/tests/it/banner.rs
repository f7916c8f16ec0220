//! Whoever works in a person's record sees on every page whose it is (design §7).

use super::{access_table::routes, bed::Bed};

#[tokio::test]
async fn every_page_in_a_patients_record_says_whose_it_is() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let handle = record.path.split('/').nth(3).expect("a handle");
    let document = record.links(&format!("{}/documents/", record.path));
    let document = document
        .iter()
        .find_map(|link| link.split('/').nth(5))
        .expect("a document");
    let camille = bed.persona("Camille");
    let mut pages = 0;
    for route in routes() {
        if !route.shows() || !route.path.starts_with("/pro/patients/") {
            continue;
        }
        let path = route
            .path
            .replace("{handle}", handle)
            .replace("{id}", document);
        let page = doctor.get(&path).await.expect("an answer");
        let kind = page.headers.get("content-type").map(|kind| kind.as_bytes());
        // The file itself is shown inside a page that says whose it is.
        let embedded = path.contains("/vue/");
        if embedded || page.status != 200 || !kind.is_some_and(|it| it.starts_with(b"text/html")) {
            continue;
        }
        let banner = page.between("<section class=\"patient\"", "</section>");
        let banner = banner.unwrap_or_else(|| panic!("{path}: {}", page.words()));
        assert!(banner.contains(&camille.name), "{path}: {banner}");
        assert!(banner.contains("INS"), "{path}: {banner}");
        pages += 1;
    }
    assert!(pages >= 3, "{pages} pages");
}
