//! A minor's secret: what a professional does in a consultation that is kept from who represents the
//! minor changes nothing of what these may reach, to the byte.
//!
//! As in `differential.rs`, two installations are made alike and walked alike; in one of them the
//! secret consultation took place.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::{
    bed::Bed,
    differential::{same, search, walk, written},
    proof::{sign, take, told},
};

/// What a parent may reach in the space of their child.
const STARTS: [&str; 9] = [
    "/accueil",
    "/documents",
    "/documents/analyses",
    "/documents/visibilite",
    "/acces",
    "/historique",
    "/notifications",
    "/parametres",
    "/proches",
];

async fn page(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("page")
}

/// A parent in the space of their child, whose first choices are made.
async fn parent(bed: &Bed, child: &str) -> Visitor {
    let parent = bed.sign_in("Camille").await;
    let row = bed
        .demo
        .app
        .store
        .insured(&bed.persona(child).number, "")
        .await;
    let record = row.expect("searched").expect("known").record;
    let record = record.expect("has a space").to_string();
    page(&parent, "/proches").await;
    let inside = parent.post("/proches", &[("profil", &record)]).await;
    let inside = inside.expect("page");
    if inside.path == "/premiers-choix" {
        let chosen = parent.post("/premiers-choix", &[("visibilite", "visible")]);
        assert_eq!(chosen.await.expect("page").path, "/accueil");
    }
    parent
}

/// How a consultation is begun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    Not,
    Secretly,
    Openly,
}

/// A doctor sees the child: reads, searches, deposits, corrects, replaces, withdraws.
async fn consultation(bed: &Bed, begun: Begun) {
    let doctor = bed.professional("Martin").await;
    // A look for who somebody is, with nothing after it, is told a day later: not even that.
    if begun == Begun::Not {
        return;
    }
    let who = bed.find(&doctor, "Jade").await;
    let record = who.path.trim_end_matches("/acces").to_owned();
    let begin = match begun {
        Begun::Secretly => (format!("{record}/secret"), vec![("accord", "oui")]),
        _ => (
            who.path.clone(),
            vec![("accord", "oui"), ("duree", "consultation")],
        ),
    };
    page(&doctor, &begin.0).await;
    let list = doctor.post(&begin.0, &begin.1).await.expect("page");
    assert_eq!(list.path, record, "{}", list.words());
    assert_eq!(
        list.has("Consultation secrète, jusqu’à"),
        begun == Begun::Secretly
    );
    let documents = list.links(&format!("{record}/documents/"));
    page(&doctor, documents.first().expect("a document")).await;
    page(&doctor, &format!("{}/original", documents[0])).await;
    let mut reported = false;
    for one in &documents {
        let form = format!("{one}/signaler");
        if !reported && page(&doctor, &form).await.status == 200 {
            let said = doctor.post(&form, &[("motif", "autre-personne")]).await;
            let said = said.expect("page");
            reported = said.has("Pas encore de réponse");
        }
    }
    assert!(reported, "a document is reported");
    page(&doctor, &format!("{record}/analyses")).await;
    let mut pages = BTreeMap::new();
    search(&mut pages, &doctor, &format!("{record}/recherche")).await;
    for (n, moment) in ["tout-de-suite", "annonce", "tout-de-suite"]
        .into_iter()
        .enumerate()
    {
        let here = format!("{record}/deposer");
        page(&doctor, &here).await;
        let title = format!("Compte rendu fictif {n}");
        let bytes = format!("Texte fictif du compte rendu {n}, sang, psychiatrie.");
        let fields = [("type", "11488-4"), ("titre", &title), ("moment", moment)];
        let file = ("fichier", "a.txt", bytes.as_bytes());
        let done = doctor.upload(&here, &fields, &[file]).await.expect("page");
        assert!(done.path.ends_with("/depots"), "{}", done.words());
        let secretly = done.has("Personne n’en est prévenu");
        assert_eq!(
            secretly,
            begun == Begun::Secretly || n == 1,
            "{}",
            done.words()
        );
    }
    let list = page(&doctor, &format!("{record}/depots")).await;
    let text = list.text();
    let before = text.split("Compte rendu fictif 0").next().expect("there");
    let first = before.rsplit("href=\"").next().expect("a link");
    let first = first.split('"').next().expect("a link");
    page(&doctor, first).await;
    let fields = [
        ("titre", "Autre titre"),
        ("type", "11488-4"),
        ("date", "2026-06-01"),
    ];
    doctor.post(first, &fields).await.expect("page");
    page(&doctor, first).await;
    let gone = doctor
        .post(&format!("{first}/retirer"), &[])
        .await
        .expect("page");
    assert!(gone.has("Le document est retiré"), "{}", gone.words());
    bed.work().await;
    bed.read().await;
    if begun == Begun::Secretly {
        page(&doctor, &format!("{record}/secret")).await;
        let end = [("action", "terminer")];
        let ended = doctor
            .post(&format!("{record}/secret"), &end)
            .await
            .expect("page");
        assert!(ended.has("est terminée"), "{}", ended.words());
        // What they try, and see of their own, once it is over.
        assert_eq!(page(&doctor, &record).await.status, 404);
        page(&doctor, &format!("{record}/depots")).await;
        bed.find(&doctor, "Jade").await;
    }
}

/// Pages without what is drawn at random: at each sign-in, and for each line of the history.
fn plain(pages: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let without = |text: String, mark: &str| {
        let mut parts = text.split(mark);
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (_, rest) = part.split_once('"').expect("a value");
            plain.push_str(rest);
        }
        plain
    };
    let marks = ["name=\"csrf\" value=\"", "name=\"ligne\" value=\""];
    let plain = |text: String| marks.iter().fold(text, |text, mark| without(text, mark));
    pages
        .into_iter()
        .map(|(path, text)| (path, plain(text)))
        .collect()
}

/// All that a parent meets, the messages that left, and what the proof of the history says.
async fn reached(bed: &Bed, parent: &Visitor) -> BTreeMap<String, String> {
    bed.work().await;
    bed.read().await;
    sign(bed).await;
    let mut pages = walk(parent, &STARTS).await;
    search(&mut pages, parent, "/documents/recherche").await;
    // What the directory finds of that doctor, to authorise or block them.
    for here in ["/acces/autoriser", "/acces/bloquer"] {
        page(parent, here).await;
        let found = parent.post(here, &[("qui", "Martin")]).await.expect("page");
        pages.insert(format!("{here} Martin"), written(&found));
    }
    let proof = told(&take(parent).await);
    pages.insert("proof".to_owned(), format!("{proof:#?}"));
    let sent = bed.demo.outbox.messages();
    // A code to sign in is drawn anew each time.
    let sent = sent.iter().map(|(_, sent)| format!("{sent:?}"));
    let sent: Vec<String> = sent
        .filter(|sent| !sent.contains("votre code est"))
        .collect();
    pages.insert("messages".to_owned(), sent.join("\n"));
    pages
}

/// The space as a parent reaches it on the day, and two days later.
async fn twin(begun: Begun) -> [BTreeMap<String, String>; 2] {
    let bed = Bed::seeded(45).await;
    let mother = parent(&bed, "Jade").await;
    let nurse = bed.professional("Garcia").await;
    let record = bed.consent(&nurse, "Jade").await.path;
    consultation(&bed, begun).await;
    // Texts are read in the background, whoever looks.
    bed.work().await;
    bed.read().await;
    // Somebody else, openly: what they count must not count the secret.
    let seen = page(&nurse, &record).await;
    let title = "Compte rendu fictif";
    assert_eq!(seen.has(title), begun != Begun::Not, "{}", seen.words());
    let mut pages = BTreeMap::new();
    search(&mut pages, &nurse, &format!("{}/recherche", seen.path)).await;
    page(&nurse, &format!("{}/analyses", seen.path)).await;
    let today = reached(&bed, &mother).await;

    bed.advance(SignedDuration::from_hours(49));
    if begun != Begun::Not {
        let doctor = bed.professional("Martin").await;
        let who = bed.find(&doctor, "Jade").await;
        let record = who.path.trim_end_matches("/acces").to_owned();
        if begun == Begun::Secretly {
            assert_eq!(page(&doctor, &record).await.status, 404);
        }
        let own = page(&doctor, &format!("{record}/depots")).await;
        assert!(own.has(title), "{}", own.words());
    }
    let mother = parent(&bed, "Jade").await;
    [plain(today), plain(reached(&bed, &mother).await)]
}

#[tokio::test]
async fn a_secret_consultation_changes_nothing_for_who_represents_the_minor() {
    let without = twin(Begun::Not).await;
    let with = twin(Begun::Secretly).await;
    for (without, with) in without.iter().zip(&with) {
        same(without, with);
    }
    // The test can fail: held openly, the same consultation is seen.
    assert_ne!(without, twin(Begun::Openly).await);
}

/// A document alone is kept secret, in an ordinary consultation.
#[tokio::test]
async fn one_document_is_kept_secret_and_the_rest_is_not() {
    let deposits = async |secret: bool| {
        let bed = Bed::seeded(46).await;
        let mother = parent(&bed, "Jade").await;
        let doctor = bed.professional("Martin").await;
        let record = bed.consent(&doctor, "Jade").await;
        if secret {
            let here = format!("{}/deposer", record.path);
            let form = page(&doctor, &here).await;
            assert!(form.has("L. 1111-5-1"), "{}", form.words());
            let fields = [
                ("type", "11488-4"),
                ("titre", "Compte rendu fictif"),
                ("moment", "tout-de-suite"),
                ("secret", "oui"),
            ];
            let file = ("fichier", "a.txt", b"Texte fictif".as_slice());
            let done = doctor.upload(&here, &fields, &[file]).await.expect("page");
            assert!(done.has("Caché aux représentants"), "{}", done.words());
        }
        page(&doctor, &record.path).await;
        plain(reached(&bed, &mother).await)
    };
    same(&deposits(false).await, &deposits(true).await);
}

/// Only a minor whom somebody represents has such secrets.
#[tokio::test]
async fn an_adult_has_no_secret_consultation() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let who = bed.find(&doctor, "Karim").await;
    assert!(!who.has("Consultation secrète"), "{}", who.words());
    let here = who.path.replace("/acces", "/secret");
    assert_eq!(page(&doctor, &here).await.status, 404);
    page(&doctor, &who.path).await;
    let asked = doctor
        .post(&here, &[("accord", "oui")])
        .await
        .expect("page");
    assert_eq!(asked.status, 404);
}
