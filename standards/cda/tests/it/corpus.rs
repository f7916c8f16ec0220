//! The national examples, when they are beside the repository: each file is
//! read, its facts are those of the manifest, and its HTML is safe. They have
//! no licence to copy, so only counts and hashes are kept here (`expected.toml`,
//! ours): a change of what is shown must be looked at before it is taken over.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use cda::{BodyKind, InstanceId, PointInTime, Statements};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/cda");

#[test]
fn every_example_is_read_and_shown() {
    let folder = Path::new(FOLDER);
    let Ok(manifest) = std::fs::read(folder.join("manifest.json")) else {
        println!("skipped: no examples at {FOLDER}");
        return;
    };
    let manifest: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
    let mut found = BTreeMap::new();
    for expected in &manifest {
        let file = expected["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(file)).unwrap();
        assert!(cda::looks_like_cda(&bytes), "{file}");
        let document = cda::read(&bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
        check_header(file, expected, &document.header);
        check_body(file, expected, &document);
        let html = document.to_html(&cda::HtmlOptions::default());
        crate::safe::check(&html);
        for harm in ["<script", " style=", "src=\"http", "javascript:"] {
            assert!(!html.contains(harm), "{file}: {harm}");
        }
        assert_eq!(
            cda::read_results(&bytes).unwrap(),
            document.results,
            "{file}"
        );
        check_html(file, &document, &html);
        found.insert(file.to_owned(), counted(&document, &html));
    }
    let expected: BTreeMap<String, String> = toml::from_str(include_str!("expected.toml")).unwrap();
    if found != expected {
        for (file, line) in &found {
            println!("{file:?} = {line:?}");
        }
    }
    assert_eq!(found.len(), 42);
    assert_eq!(found, expected, "what was found stands above, to be read");
}

/// The page has the title, the type, and every heading.
fn check_html(file: &str, document: &cda::Document, html: &str) {
    let tree = roxmltree::Document::parse(html).unwrap();
    let texts = |names: &[&str]| -> Vec<String> {
        let named = tree
            .descendants()
            .filter(|node| names.contains(&node.tag_name().name()));
        named
            .map(|node| {
                node.descendants()
                    .filter_map(|inner| inner.text().filter(|_| inner.is_text()))
                    .collect()
            })
            .collect()
    };
    let (facts, headings) = (texts(&["dd"]), texts(&["h2", "h3", "h4", "h5", "h6"]));
    let header = &document.header;
    let kind = header.code.as_ref().and_then(|code| code.display.clone());
    for fact in [header.title.clone(), kind].into_iter().flatten() {
        assert!(facts.contains(&fact), "{file}: {fact}");
    }
    let sections = document.sections();
    let expected = sections.iter().filter_map(|section| section.heading());
    assert!(
        headings.iter().map(String::as_str).eq(expected),
        "{file}: {headings:?}"
    );
}

fn counted(document: &cda::Document, html: &str) -> String {
    let count = |tag: &str| html.matches(tag).count();
    format!(
        "{} sections, {} tables, {} headers, {} images, {} links, {} notes, {} media, {} results, text {:016x}, html {:016x}, results {:016x}",
        document.sections().len(),
        count("<table"),
        count("<th "),
        count("<img "),
        count("<a "),
        count(r#"<ol class="cda-notes""#),
        document.media().len(),
        document.results.len(),
        hash(&document.text()),
        hash(html),
        hash(&results(document)),
    )
}

/// Every result on a line, in a form that does not change with our types.
fn results(document: &cda::Document) -> String {
    let mut lines = String::new();
    for result in &document.results {
        let code = result.code.as_ref().map(|code| &code.code);
        let range = result.range.as_ref().map(|range| (&range.low, &range.high));
        writeln!(
            lines,
            "{:?} {:?} {code:?} {} {:?} {range:?} {:?} {:?} {:?} {}",
            result.chapter,
            result.group,
            result.name,
            result.value,
            result.judged(),
            result.time,
            result.specimen,
            result.earlier.len(),
        )
        .unwrap();
    }
    lines
}

/// FNV-1a: recognises a change, and nothing more.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn check_header(file: &str, expected: &Value, header: &cda::Header) {
    let text = |key: &str| expected[key].as_str();
    let id = |value: &Value| InstanceId {
        root: value["root"].as_str().unwrap().to_owned(),
        extension: value["extension"].as_str().map(str::to_owned),
    };
    let ids = |key: &str| -> Vec<InstanceId> {
        expected[key].as_array().unwrap().iter().map(id).collect()
    };
    assert_eq!(header.id, id(&expected["documentId"]), "{file}");
    assert_eq!(header.set_id, Some(id(&expected["setId"])), "{file}");
    assert_eq!(
        header.version.map(|n| n.to_string()).as_deref(),
        text("version"),
        "{file}"
    );
    let code = header.code.as_ref().unwrap();
    assert_eq!(
        Some(code.code.as_str()),
        expected["code"]["code"].as_str(),
        "{file}"
    );
    assert_eq!(
        code.system.as_deref(),
        expected["code"]["system"].as_str(),
        "{file}"
    );
    assert_eq!(header.title, text("title").map(one_line), "{file}");
    let made = header.effective_time.as_ref().unwrap();
    assert_eq!(Some(made.as_str()), text("effectiveTime"), "{file}");
    assert!(made.instant().is_some(), "{file}");
    assert_eq!(
        header.confidentiality.as_deref(),
        text("confidentiality"),
        "{file}"
    );
    assert_eq!(header.language.as_deref(), text("language"), "{file}");
    let templates = header.template_ids.iter().map(|id| id.root.as_str());
    let expected_templates = expected["templateIds"].as_array().unwrap();
    assert!(
        templates.eq(expected_templates.iter().map(|v| v.as_str().unwrap())),
        "{file}"
    );
    let patient = header.patient().unwrap();
    assert_eq!(patient.ids, ids("patientIds"), "{file}");
    assert_eq!(
        patient.birth_date.as_ref().map(PointInTime::as_str),
        text("birthTime"),
        "{file}"
    );
    assert_eq!(patient.sex.as_deref(), text("gender"), "{file}");
    for trait_ in [
        &patient.birth_family,
        &patient.birth_given,
        &patient.birth_place_code,
    ] {
        assert!(trait_.is_some(), "{file}");
    }
    let authors: Vec<_> = header
        .authors
        .iter()
        .flat_map(|author| author.ids.clone())
        .collect();
    assert_eq!(authors, ids("authorIds"), "{file}");
    let related: Vec<_> = header
        .related
        .iter()
        .map(|other| other.kind.as_str())
        .collect();
    let expected_related = expected["relatedDocument"].as_array().unwrap();
    assert!(
        related.iter().eq(expected_related
            .iter()
            .map(|v| v.as_str().unwrap())
            .collect::<Vec<_>>()
            .iter()),
        "{file}"
    );
    assert!(
        header.legal_authenticator.is_some() && header.custodian.is_some(),
        "{file}"
    );
    assert!(header.practice_setting().is_some(), "{file}");
    assert!(header.service_events[0].low.is_some(), "{file}");
    assert!(
        header
            .encounter
            .as_ref()
            .is_some_and(|e| e.facility.is_some()),
        "{file}"
    );
}

fn check_body(file: &str, expected: &Value, document: &cda::Document) {
    let level = match document.body_kind() {
        BodyKind::Level1 => "N1",
        BodyKind::Level2 => "N2",
        BodyKind::Level3 => "N3",
        BodyKind::Empty => "none",
    };
    assert_eq!(Some(level), expected["bodyLevel"].as_str(), "{file}");
    if let Some(kind) = expected["embedded"]["mediaType"].as_str() {
        assert_eq!(document.media()[0].media_type, kind, "{file}");
    }
    let found = match &document.body {
        cda::Body::Structured(sections) => sections.as_slice(),
        _ => &[],
    };
    let sections = expected["sections"].as_array().unwrap();
    assert_eq!(found.len(), sections.len(), "{file}");
    for (found, expected) in found.iter().zip(sections) {
        let code = found.code.as_ref().map(|code| code.code.as_str());
        assert_eq!(code, expected["code"].as_str(), "{file}");
        assert_eq!(
            found.title,
            expected["title"].as_str().map(one_line),
            "{file}"
        );
    }
    let counts = expected["counts"].as_object().unwrap();
    let counted = |name: &str| {
        let count = counts.get(name).map_or(0, |count| count.as_u64().unwrap());
        usize::try_from(count).unwrap()
    };
    let statements = Statements {
        observations: counted("observation"),
        acts: counted("act"),
        organizers: counted("organizer"),
        procedures: counted("procedure"),
        administrations: counted("substanceAdministration"),
        supplies: counted("supply"),
        encounters: counted("encounter"),
        media: counted("observationMedia"),
    };
    assert_eq!(document.statements, statements, "{file}");
    let text = document.text();
    assert!(
        found
            .iter()
            .all(|s| s.heading().is_none_or(|heading| text.contains(heading)))
    );
}

fn one_line(text: &str) -> String {
    text.split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
