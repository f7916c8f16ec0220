//! Every reader of what others send, given files that went bad: each says so and goes on.
//! `./test --long` gives them a thousand times more.

use ambient::SeededRandom;
use fhir::pdsm::{self, Intake, Mode};

/// Documents of some of our people, by what they are.
fn documents(media_type: &str) -> Vec<Vec<u8>> {
    let now = "2026-06-12T08:00:00Z".parse().expect("a time");
    let staff = fiction::staff();
    let random = SeededRandom::new(4);
    let people = fiction::people(&random, 6, now);
    let all = people
        .iter()
        .flat_map(|person| fiction::documents(person, &staff, &random, now));
    let mut files: Vec<Vec<u8>> = all
        .filter(|document| document.media_type == media_type)
        .map(|document| document.bytes)
        .collect();
    files.sort_by_key(Vec::len);
    files.truncate(40);
    assert!(files.len() > 5, "{}", files.len());
    files
}

#[test]
fn a_spoilt_cda_is_read_or_refused_and_shows_nothing_that_runs() {
    testing::spoil("cda", 400, &documents("text/xml"), |bytes| {
        let _ = (cda::looks_like_cda(bytes), cda::rtf_text(bytes));
        let _ = (cda::read_results(bytes), cda::read_facts(bytes));
        let Ok(document) = cda::read(bytes) else {
            return;
        };
        let html = document.to_html(&cda::HtmlOptions::default());
        let tree = roxmltree::Document::parse(&html).expect("well formed");
        for element in tree.descendants().filter(roxmltree::Node::is_element) {
            let name = element.tag_name().name();
            assert!(!matches!(name, "script" | "style" | "iframe" | "form"));
            for attribute in element.attributes() {
                let (name, value) = (attribute.name(), attribute.value());
                assert!(!name.starts_with("on") && name != "style", "{name}");
                let value = value.trim_start().to_lowercase();
                assert!(!value.starts_with("javascript:"), "{name}={value}");
                assert!(name != "src" || !value.contains("//"), "{name}={value}");
            }
        }
    });
}

/// What draws the text is a library in a process of its own; here the process is the test.
#[test]
fn a_spoilt_pdf_is_read_or_refused() {
    testing::spoil("pdf", 400, &documents("application/pdf"), |bytes| {
        let _ = pdf::cover(bytes.to_vec());
        if let Ok(read) = pdf::read(bytes.to_vec(), 20_000) {
            assert!(read.text.len() <= 100_000, "{}", read.text.len());
        }
        let _ = pdf::photographs(bytes.to_vec(), 3, 100);
    });
}

#[test]
fn a_spoilt_deposit_is_understood_or_refused_with_its_place() {
    let now = "2026-06-12T08:00:00Z".parse().expect("a time");
    let staff = fiction::staff();
    let random = SeededRandom::new(4);
    let person = &fiction::people(&random, 1, now)[0];
    let lived = fiction::documents(person, &staff, &random, now);
    let bodies = lived.iter().take(4).flat_map(|document| {
        [
            document.to_pdsm_bundle(person),
            document.to_pdsm_simplified(person),
        ]
    });
    let good: Vec<Vec<u8>> = bodies.map(|body| body.to_string().into_bytes()).collect();
    let intake = Intake {
        mode: Mode::Strict,
        class_of: &|_| None,
        now,
        source: "urn:oid:1.2.250.1.999.1",
    };
    testing::spoil("deposit", 300, &good, |bytes| {
        let Ok(body) = fhir::check(bytes) else {
            return;
        };
        for read in [
            pdsm::read_transaction(&body, &intake),
            pdsm::read_simplified(&body, &intake),
        ] {
            if let Err(problems) = read {
                assert!(!problems.is_empty());
                let _ = fhir::operation_outcome(&problems);
            }
        }
    });
}

#[test]
fn a_spoilt_pointer_to_images_is_read_or_refused_and_leads_nowhere_else() {
    let kos = dicom::Kos {
        study: "2.25.1".to_owned(),
        title: "Radiographie".to_owned(),
        regions: vec!["Épaule".to_owned()],
        series: vec![dicom::Series {
            uid: "2.25.1.1".to_owned(),
            modality: "DX".to_owned(),
            images: 2,
            ..dicom::Series::default()
        }],
        retrieve: "https://images.example.org/dicom-web".to_owned(),
        ..dicom::Kos::default()
    };
    use dicom::write::Encoding::{Explicit, ExplicitUndefined, Implicit};
    let good = [Explicit, Implicit, ExplicitUndefined].map(|how| dicom::write::file(&kos, how));
    testing::spoil("kos", 400, &good, |bytes| {
        let Ok(read) = dicom::read(bytes) else {
            return;
        };
        assert!(read.study.chars().all(|c| c.is_ascii_digit() || c == '.'));
        assert!(read.retrieve.is_empty() || read.retrieve.starts_with("https://"));
        let words = [&read.title, &read.institution, &read.accession];
        assert!(!words.iter().any(|text| text.contains(char::is_control)));
    });
}
