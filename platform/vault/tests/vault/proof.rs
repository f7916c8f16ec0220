//! The proof that a person takes home: checked with the public key alone.

use super::*;
use jiff::Timestamp;
use serde_json::json;
use vault::{BadProof, Shown, check_proof};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

async fn shown(opener: &Opener, record: RecordId) -> Vec<Shown> {
    let prints = opener.prints(record).await.expect("reads");
    let shown = |(seq, print)| Shown {
        value: json!({"who": format!("Dr Fictif {seq}"), "what": "a consulté"}),
        print,
    };
    prints.into_iter().map(shown).collect()
}

#[tokio::test]
async fn what_is_altered_taken_out_or_cut_is_found_with_the_public_key_alone() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let records = opener.create(40).await.expect("made");
    for record in &records {
        append(&opener, *record, vec![trace(1), trace(2), trace(3)]).await;
    }
    opener.pack(0).await.expect("packed");
    append(&opener, records[0], vec![trace(4)]).await;
    let lines = shown(&opener, records[0]).await;
    let before = opener.prove(records[0], &lines, NOW).await.expect("made");
    let proved = check_proof(&before, None).expect("a proof");
    assert_eq!((proved.lines.len(), proved.checkpoint), (4, None));

    opener
        .checkpoint(NOW)
        .await
        .expect("signed")
        .expect("a line");
    let proof = opener.prove(records[0], &lines, NOW).await.expect("made");
    let key = vault::keys::public_key(&opener.public_key()).expect("a key");
    let proved = check_proof(&proof, Some(&key)).expect("a proof");
    assert_eq!(proved.checkpoint.expect("covered").records, 40);
    assert_eq!(proved.lines[3].value["who"], "Dr Fictif 4");

    // Any one bit, any one line, any cut.
    for at in 0..proof.len() {
        for bit in [0x01, 0x20] {
            let mut bytes = proof.clone().into_bytes();
            bytes[at] ^= bit;
            // The last line's end says nothing.
            if let Ok(text) = String::from_utf8(bytes)
                && at + 1 < proof.len()
            {
                assert!(check_proof(&text, Some(&key)).is_err(), "{at}: {text}");
            }
        }
    }
    let all: Vec<&str> = proof.lines().collect();
    for gone in 0..all.len() {
        let mut rest = all.clone();
        rest.remove(gone);
        assert!(check_proof(&rest.join("\n"), Some(&key)).is_err(), "{gone}");
    }
    for end in (0..proof.len() - 1).filter(|end| proof.is_char_boundary(*end)) {
        assert!(check_proof(&proof[..end], Some(&key)).is_err(), "{end}");
    }
    let cut = all[..4].join("\n");
    assert_eq!(check_proof(&cut, Some(&key)).err(), Some(BadProof::Cut));
    let twice = format!("{proof}{}\n", all[2]);
    assert!(
        check_proof(&twice, Some(&key)).is_err(),
        "added after the end"
    );

    // Another installation's.
    let other = Folder::new();
    let (_other_store, other) = other.start();
    let forged = other.prove(records[0], &lines, NOW).await.expect("made");
    assert!(check_proof(&forged, None).is_ok());
    let refused = check_proof(&forged, Some(&key)).err();
    assert_eq!(refused, Some(BadProof::Unsigned));
}

#[tokio::test]
async fn it_holds_no_sequence_number_and_no_record() {
    let folder = Folder::new();
    let (_store, opener) = folder.start();
    let record = opener.create(1).await.expect("made")[0];
    for n in 1..=9 {
        append(&opener, record, vec![trace(n)]).await;
    }
    opener.checkpoint(NOW).await.expect("signed");
    // The third line alone: the others are hidden from who asks.
    let one = &shown(&opener, record).await[2..3];
    let proof = opener.prove(record, one, NOW).await.expect("made");
    assert!(!proof.contains(&record.to_string()), "{proof}");
    let proved = check_proof(&proof, None).expect("a proof");
    assert_eq!(proved.lines.len(), 1);
    assert!(
        !proof.contains("\"seq\"") && !proof.contains("\"last\""),
        "{proof}"
    );
}
