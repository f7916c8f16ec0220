//! What is written is read back.

use cda::write::{Block, Cda, LOINC, WriteBody, WriteSection};
use cda::{
    Body, Code, InstanceId, Organization, Participant, Patient, PersonName, PointInTime, read,
};
use proptest::prelude::*;

/// Words with all that needs escaping, apart by single spaces.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zéœ’&<>\"'-](\u{A0}?[A-Za-zéœ’&<>\"']){0,6}( [A-Za-zéœ’&<>\"']{1,8}){0,3}"
}

fn id() -> impl Strategy<Value = InstanceId> {
    (
        "1\\.2\\.250(\\.[1-9][0-9]{0,3}){1,4}",
        prop::option::of(words()),
    )
        .prop_map(|(root, extension)| InstanceId { root, extension })
}

fn code() -> impl Strategy<Value = Code> {
    ("[0-9]{4,5}-[0-9]", words()).prop_map(|(code, display)| Code::new(code, LOINC, display))
}

fn patient() -> impl Strategy<Value = Patient> {
    let given = prop::collection::vec("[A-Z]{1,8}", 0..4);
    (id(), words(), words(), given).prop_map(|(id, birth, used, given_names)| Patient {
        ids: vec![id],
        birth_family: Some(birth),
        used_family: Some(used),
        birth_given: given_names.first().cloned(),
        used_given: None,
        given_names,
        birth_date: Some(PointInTime::new("19790328")),
        sex: Some("F".to_owned()),
        birth_place_code: Some("51215".to_owned()),
        birth_place: Some("DOMPREMY".to_owned()),
    })
}

fn participant() -> impl Strategy<Value = Participant> {
    let name = (words(), words()).prop_map(|(given, family)| PersonName {
        prefix: Some("MME".to_owned()),
        given: vec![given],
        family: Some(family),
        suffix: Some("DR".to_owned()),
    });
    let place = (id(), words()).prop_map(|(id, name)| Organization {
        id: Some(id),
        name: Some(name),
        setting: None,
    });
    (id(), name, code(), place).prop_map(|(id, name, specialty, place)| Participant {
        time: Some(PointInTime::new("20240106")),
        ids: vec![id],
        name: Some(name),
        device: None,
        specialty: Some(specialty),
        organization: Some(place),
    })
}

fn section() -> impl Strategy<Value = WriteSection> {
    let row = || prop::collection::vec(words(), 1..4);
    let block = prop_oneof![
        words().prop_map(Block::Paragraph),
        (any::<bool>(), prop::collection::vec(words(), 1..4))
            .prop_map(|(ordered, items)| Block::List { ordered, items }),
        (words(), row(), prop::collection::vec(row(), 1..3)).prop_map(|(caption, head, rows)| {
            Block::Table {
                caption,
                head,
                rows,
            }
        }),
    ];
    (code(), words(), prop::collection::vec(block, 1..4)).prop_map(|(code, title, narrative)| {
        WriteSection {
            code,
            title,
            narrative,
            ..WriteSection::default()
        }
    })
}

fn body() -> impl Strategy<Value = WriteBody> {
    let pdf = prop::collection::vec(any::<u8>(), 0..200)
        .prop_map(|bytes| WriteBody::Pdf([&b"%PDF-1.7\n"[..], &bytes].concat()));
    let sections = prop::collection::vec(section(), 0..4).prop_map(WriteBody::Structured);
    prop_oneof![pdf, sections]
}

fn cda() -> impl Strategy<Value = Cda> {
    let ids = (
        id(),
        id(),
        prop::option::of(id()),
        prop::option::of(id()),
        1..99_u32,
    );
    let words = (code(), words(), prop::option::of(code()), code(), code());
    (ids, words, patient(), participant(), body()).prop_map(
        |(ids, words, patient, author, body)| Cda {
            id: ids.0,
            set_id: ids.1,
            replaces: ids.2,
            template: ids.3,
            version: ids.4,
            code: words.0,
            title: words.1,
            service: words.2,
            facility_type: words.3,
            practice_setting: words.4,
            time: PointInTime::new("20240106113623+0100"),
            service_date: PointInTime::new("202401051000+0100"),
            confidentiality: "N".to_owned(),
            custodian: author.organization.clone().unwrap_or_default(),
            patient,
            author,
            body,
        },
    )
}

proptest! {
    #[test]
    fn a_written_document_is_read_back_whole(written in cda()) {
        let bytes = written.to_xml();
        prop_assert!(cda::looks_like_cda(&bytes));
        let document = read(&bytes).unwrap();
        let header = &document.header;
        prop_assert_eq!(&header.id, &written.id);
        prop_assert_eq!(header.set_id.as_ref(), Some(&written.set_id));
        prop_assert_eq!(header.version, Some(written.version));
        prop_assert_eq!(header.code.as_ref(), Some(&written.code));
        prop_assert_eq!(header.title.as_ref(), Some(&written.title));
        prop_assert_eq!(header.effective_time.as_ref(), Some(&written.time));
        prop_assert_eq!(header.patient(), Some(&written.patient));
        prop_assert_eq!(&header.authors, std::slice::from_ref(&written.author));
        let signer = header.legal_authenticator.as_ref().unwrap();
        prop_assert_eq!(&signer.name, &written.author.name);
        prop_assert_eq!(header.custodian.as_ref(), Some(&written.custodian));
        prop_assert_eq!(header.practice_setting(), Some(&written.practice_setting));
        let encounter = header.encounter.as_ref().unwrap();
        prop_assert_eq!(encounter.facility.as_ref(), Some(&written.facility_type));
        prop_assert_eq!(&header.service_events[0].code, &written.service);
        prop_assert_eq!(header.service_events[0].low.as_ref(), Some(&written.service_date));
        prop_assert_eq!(header.replaces().next(), written.replaces.as_ref());
        for template in ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"] {
            prop_assert!(header.template_ids.contains(&InstanceId::root(template)));
        }
        crate::safe::check(&document.to_html(&cda::HtmlOptions::default()));
        match (&document.body, &written.body) {
            (Body::Level1(file), WriteBody::Pdf(bytes)) => {
                prop_assert_eq!(file.media_type, "application/pdf");
                prop_assert_eq!(&file.bytes, bytes);
            }
            (Body::Structured(read), WriteBody::Structured(written)) => {
                prop_assert_eq!(read.len(), written.len());
                for (read, written) in read.iter().zip(written) {
                    prop_assert_eq!(read.code.as_ref(), Some(&written.code));
                    prop_assert_eq!(read.title.as_ref(), Some(&written.title));
                    let text = read.narrative.as_ref().unwrap().text();
                    prop_assert_eq!(text, plain(&written.narrative));
                }
            }
            other => prop_assert!(false, "another body: {:?}", other),
        }
    }
}

fn plain(blocks: &[Block]) -> String {
    let lines = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(text) => vec![text.clone()],
        Block::List { items, .. } => items.clone(),
        Block::Table {
            caption,
            head,
            rows,
        } => {
            let rows = std::iter::once(head).chain(rows).map(|row| row.join("\t"));
            std::iter::once(caption.clone()).chain(rows).collect()
        }
    });
    let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
    lines.join("\n")
}
