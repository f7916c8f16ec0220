//! What a professional may not know of is absent from what their software is told, to the byte.

use std::collections::BTreeMap;

use fiction::Flag;

use super::{
    bed::Bed,
    connected_read::{OURS, entries, path, search, whose},
    differential::{same, written},
    lps::Lps,
};

/// Everything that software reads of a person, on an installation with or without the thing.
async fn software_reads(
    who: &str,
    with: Option<fn(&mut fiction::Doc)>,
) -> BTreeMap<String, String> {
    let bed = Bed::seeded(51).await;
    let pages = bed.professional(who).await;
    bed.consent(&pages, "Karim").await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let token = lps.token(&bed, who).await;
    if let Some(change) = with {
        let (software, own) = bed.software("demo-labo", "Laboratoire (fictif)").await;
        let bundle = bed.deposit_for("Karim", 1, change);
        software.deposit(&own, &bundle).await.expect("deposited");
        bed.work().await;
    }
    let karim = whose(&bed, "Karim");
    let mut met = BTreeMap::new();
    let all = search(&lps, &token, &karim, &[("status", "current,superseded")]).await;
    for one in entries(&all) {
        let id = one["id"].as_str().expect("an id");
        for address in [
            format!("/fhir/DocumentReference/{id}"),
            path(&one["content"][0]["attachment"]["url"]),
        ] {
            let page = lps.get(&token, &address).await;
            met.insert(address, written(&page));
        }
    }
    for (name, value) in [
        ("status", "current"),
        ("status", "superseded"),
        ("type", "11488-4"),
        ("type", "68599-0"),
        ("identifier", "urn:oid:1.2.250.1.213.99.1"),
        ("date", "ge2026-06-12"),
        ("_count", "200"),
    ] {
        let page = search(&lps, &token, &karim, &[(name, value)]).await;
        met.insert(format!("{name}={value}"), written(&page));
    }
    met.insert("all".to_owned(), written(&all));
    met
}

fn masked(document: &mut fiction::Doc) {
    document.flags = vec![Flag::Professionals];
}

/// A type that the matrix keeps from nurses.
fn psychiatric(document: &mut fiction::Doc) {
    document.type_code = "68599-0";
    document.class = "11".to_owned();
}

#[tokio::test]
async fn hidden_from_professionals_or_from_a_profession_software_reads_nothing_of_it() {
    for (who, change) in [
        ("Martin", masked as fn(&mut fiction::Doc)),
        ("Garcia", psychiatric),
    ] {
        same(
            &software_reads(who, None).await,
            &software_reads(who, Some(change)).await,
        );
    }
}

/// The test can fail: a plain deposit is read.
#[tokio::test]
async fn a_plain_deposit_is_read_by_software_too() {
    let plain: fn(&mut fiction::Doc) = |_| {};
    let (without, with) = (
        software_reads("Martin", None),
        software_reads("Martin", Some(plain)),
    );
    assert_ne!(without.await, with.await);
}
