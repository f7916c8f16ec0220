//! A study of images, as the document that points to it shows it.

use dicom::{Kos, Series, write};

use crate::house::House;

fn kos() -> Vec<u8> {
    let kos = Kos {
        study: "1.2.250.1.999.7".to_owned(),
        date: Some(jiff::civil::date(2026, 6, 2)),
        title: "Scanner <b>thoracique</b>".to_owned(),
        regions: vec!["Thorax".to_owned()],
        series: vec![Series {
            uid: "1.2.250.1.999.7.1".to_owned(),
            modality: "CT".to_owned(),
            title: "Axial".to_owned(),
            images: 3,
        }],
        retrieve: "https://pacs.port.fr/dicom-web".to_owned(),
        ..Kos::default()
    };
    write::file(&kos, write::Encoding::Explicit)
}

#[tokio::test]
async fn a_study_is_shown_with_its_viewer_where_one_is_trusted() {
    let house = House::new().await;
    let id = house
        .deposit(&kos(), "application/dicom", |own| {
            (own.type_code, own.class) = ("IMG-KOS".into(), Some("31".into()));
            own.title = "Scanner <b>thoracique</b>".into();
        })
        .await;
    let address = format!("/documents/{id}");
    let page = house.get(&address).await;
    // Its card does not say again what the page is called.
    assert!(!page.has("<dt>Examen</dt>"), "{}", page.text());
    for said in [
        "Scanner",
        "Thorax",
        "2\u{a0}juin\u{a0}2026",
        "là où elles ont été faites",
    ] {
        assert!(page.has(said), "{said} in {}", page.words());
    }
    assert!(!page.has("<b>thoracique") && !page.has("pacs.port.fr"));
    let viewers = access::ImageViewers::read("pacs.port.fr=https://voir.fr/{study}");
    let viewers = viewers.expect("read");
    house.app.gate.change_rules(|rules| rules.viewers = viewers);
    let page = house.get(&address).await;
    assert!(
        page.has("href=\"https://voir.fr/1.2.250.1.999.7\""),
        "{}",
        page.text()
    );
    // Images themselves are not taken, and one says why.
    let mut images = kos();
    let class = dicom::KOS.as_bytes();
    while let Some(at) = images.windows(class.len()).position(|part| part == class) {
        images[at + class.len() - 1] = b'8';
    }
    let refused = house.add(&[], &[("scan.dcm", &images)]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.has("restent là où elles ont été faites"),
        "{}",
        refused.words()
    );
    // Deposited under the name of a study, what is none can still be downloaded.
    let broken = house
        .deposit(b"no images", "application/dicom", |_| {})
        .await;
    assert_eq!(house.get(&format!("/documents/{broken}")).await.status, 200);
}
