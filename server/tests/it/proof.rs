//! A person takes a proof of their history home, and checks it without the installation.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use carnet::checkpoints::{self, Plan};
use fiction::Flag;
use jiff::SignedDuration;
use serde_json::Value;
use testing::Visitor;
use vault::check_proof;

use super::bed::Bed;

const ADDRESS: &str = "/historique/preuve";

pub async fn take(visitor: &Visitor) -> String {
    let page = visitor.get(ADDRESS).await.expect("page");
    assert!(page.has("Ce qu’elle montre"), "{}", page.words());
    let file = visitor.post(ADDRESS, &[]).await.expect("file");
    let named = file.headers["content-disposition"].to_str().expect("text");
    assert!(named.contains("carnet-preuve-2026-06-1"), "{named}");
    file.text()
}

pub async fn sign(bed: &Bed) {
    let plan = Plan::of(&bed.settings).expect("settings");
    let taken = checkpoints::take(&bed.demo.app, &plan).await;
    taken.expect("signed");
}

/// The program on another machine: no setting, no installation.
fn verify(arguments: &[&Path], more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(["audit", "verify"]).args(arguments).args(more);
    command.env_clear().output().expect("the program runs")
}

fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&both).into_owned()
}

#[tokio::test]
async fn a_proof_is_checked_with_the_public_key_and_beside_an_older_one() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let early = take(&camille).await;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    sign(&bed).await;
    let late = take(&camille).await;
    let page = camille.get(ADDRESS).await.expect("page");
    let key = page.between("--key ", "<").expect("the key");

    let at = |name: &str, text: &str| -> PathBuf {
        let path = bed.folder().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let (early, kept) = (at("ancienne.txt", &early), at("preuve.txt", &late));
    let fine = verify(&[&kept], &["--key", &key]);
    let told = said(&fine);
    assert!(fine.status.success(), "{told}");
    for words in [
        "lignes d’historique",
        "couvert par le point de contrôle n° 1",
        "Elle ne montre pas",
        "ce que vous ne pouvez pas voir n’y est pas",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(late.contains("Martin") && late.contains("declare-consent"));
    let both = verify(&[&kept], &["--against", &early.to_string_lossy()]);
    assert!(both.status.success(), "{}", said(&both));
    assert!(
        said(&both).contains("y est encore, inchangée"),
        "{}",
        said(&both)
    );

    // Rewritten, cut, of another key; and a history that lost what an older proof had.
    let rewritten = at("b.txt", &late.replacen("Martin", "Marnin", 1));
    let end = late.trim_end().rfind('\n').expect("lines");
    let cut = at("c.txt", &late[..=end]);
    for (file, more, words) in [
        (&rewritten, vec![], "a été changée"),
        (&cut, vec![], "la fin du fichier a été coupée"),
        (
            &kept,
            vec!["--key".to_owned(), "ab".repeat(32)],
            "signature",
        ),
    ] {
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        let refused = verify(&[file], &more);
        assert!(!refused.status.success());
        assert!(
            said(&refused).contains(words),
            "{words}: {}",
            said(&refused)
        );
    }
    let lost = verify(&[&early], &["--against", &kept.to_string_lossy()]);
    assert!(!lost.status.success());
    assert!(said(&lost).contains("n’y sont plus"), "{}", said(&lost));
    let history = camille.get("/historique").await.expect("page");
    let line = "Téléchargement d’une preuve de l’historique";
    assert!(history.has(line), "{}", history.words());
}

#[tokio::test]
async fn it_asks_for_the_password_again_after_five_minutes() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    bed.advance(SignedDuration::from_mins(6));
    let page = camille.get(ADDRESS).await.expect("page");
    assert!(page.has("mot-de-passe"), "{}", page.words());
    let refused = camille.post(ADDRESS, &[]).await.expect("page");
    assert!(
        !refused.text().contains("carnet proof"),
        "{}",
        refused.words()
    );
}

/// What a proof says, without hashes, which are drawn anew each time.
pub fn told(proof: &str) -> Vec<Value> {
    let lines = check_proof(proof, None).expect("a proof").lines;
    assert_eq!(proof.lines().count(), lines.len() + 2);
    lines.into_iter().map(|line| line.value).collect()
}

/// The proof of somebody, with or without a document that they may not know of.
async fn with(name: &str, child: bool, flag: Option<Flag>) -> Vec<Value> {
    let bed = Bed::seeded(42).await;
    let visitor = bed.sign_in("Camille").await;
    if child {
        let cast = fiction::cast(bed.demo.app.now());
        let mut all = cast.all().into_iter();
        let child = all.find(|person| person.name().starts_with(name));
        let number = child.expect("a child").number();
        let row = bed.demo.app.store.insured(number, "").await;
        let record = row.expect("searched").expect("known").record;
        let record = record.expect("has a space").to_string();
        visitor.get("/proches").await.expect("page");
        let inside = visitor.post("/proches", &[("profil", &record)]).await;
        inside.expect("page");
    }
    if let Some(flag) = flag {
        let (software, token) = bed.software("demo-labo", "Laboratoire fictif").await;
        let bundle = bed.deposit_for(name, 1, |document| document.flags = vec![flag]);
        software.deposit(&token, &bundle).await.expect("deposited");
        bed.work().await;
    }
    sign(&bed).await;
    told(&take(&visitor).await)
}

#[tokio::test]
async fn what_awaits_disclosure_is_not_to_be_guessed_from_it() {
    let without = with("Camille", false, None).await;
    assert_eq!(without, with("Camille", false, Some(Flag::Patient)).await);
    assert_ne!(
        without,
        with("Camille", false, Some(Flag::Professionals)).await
    );
}

#[tokio::test]
async fn a_minors_secret_is_not_to_be_guessed_from_the_proof_of_a_parent() {
    let without = with("Jade", true, None).await;
    let secret = with("Jade", true, Some(Flag::Representatives)).await;
    assert_eq!(without, secret);
    assert_ne!(without, with("Jade", true, Some(Flag::Professionals)).await);
}
