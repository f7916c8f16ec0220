//! Made-up documents for the tests of this crate.

use std::sync::Arc;

use access::{DocumentTypes, Flags, Rules};
use ambient::Id;
use jiff::Timestamp;
use serde_json::json;
use vault::{BlobRef, Entry};
use web::{Audience, Lang, NavItem, OWN_TEXTS, Shell, Texts, Who};

use crate::{Arranged, Document, Own, Stored, TEXTS};

pub fn now() -> Timestamp {
    "2026-06-12T08:30:00Z".parse().expect("an instant")
}

pub fn rules() -> Rules {
    let table = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../reference/document-types.json"
    );
    let json = std::fs::read_to_string(table).expect("the table of types");
    Rules {
        types: DocumentTypes::read(&json).expect("reads"),
        ..Rules::default()
    }
}

pub fn shell(path: &str) -> Shell {
    let texts = Texts::load(&[OWN_TEXTS, TEXTS].concat()).expect("the texts");
    let mut shell = Shell::new(Arc::new(texts), Lang::Fr, Audience::Citizen).at(path);
    shell.nav = vec![
        NavItem::new("/accueil", "Accueil", "home"),
        NavItem::new("/documents", "Documents", "document"),
        NavItem::new("/acces", "Accès", "shield"),
        NavItem::new("/historique", "Historique", "history"),
        NavItem::new("/parametres", "Réglages", "settings"),
    ];
    shell.notices_href = "/notifications".into();
    shell.who = Some(Who::new("Camille Fictive"));
    shell
}

pub fn own(title: &str) -> Own {
    let blob = json!({ "id": Id([9; 16]), "key": [Id([7; 16]), Id([7; 16])], "size": 48_200 });
    Own {
        type_code: "11502-2".into(),
        class: Some("10".into()),
        title: title.into(),
        date: "2026-03-12T09:00:00Z".parse().expect("an instant"),
        received: "2026-03-13T06:12:00Z".parse().expect("an instant"),
        media_type: "application/pdf".into(),
        hash: "2jmj7l5rSw0yVb/vlWAYkK/YBwk=".into(),
        blob: serde_json::from_value::<BlobRef>(blob).expect("a reference"),
        flags: Flags::default(),
        authors: vec![],
        author: "Dr Sophie Leclerc".into(),
        organization: "Laboratoire du Port".into(),
        depositor: Some("labo-port".into()),
        by_holder: false,
        unique_id: "urn:oid:1.2.3".into(),
        stated_type: None,
        reach: access::Reach::Everyone,
        disclosed: None,
        withdrawn: false,
        withdrawn_at: None,
        astray: None,
        archived: false,
        replaced_by: None,
        wishes: None,
        arranged: Arranged::default(),
    }
}

pub fn document(id: u8, own: Own) -> Document {
    let resource = json!({ "resourceType": "DocumentReference" });
    document_of(id, &Stored::new(resource, own))
}

pub fn document_of(id: u8, stored: &Stored) -> Document {
    let draft = stored.draft(Id([id; 16]));
    Document::of(Entry {
        id: draft.id,
        version: 1,
        kind: draft.kind,
        seq: id.into(),
        dictionary: 0,
        compressed: zstd_of(&draft.body),
    })
    .expect("reads back")
}

/// A zstd frame of one raw block (RFC 8878 §3.1): the vault reads it as any other.
fn zstd_of(body: &[u8]) -> Box<[u8]> {
    let size = u32::try_from(body.len()).expect("small");
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0xA0];
    frame.extend(size.to_le_bytes());
    let block = size << 3 | 1;
    frame.extend(&block.to_le_bytes()[..3]);
    frame.extend(body);
    frame.into()
}
