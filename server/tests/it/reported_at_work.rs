//! A professional says that something is wrong with a document that they read: the person and whoever
//! deposited it are told, and one of them takes it out where it is somebody else's.

use serde_json::{Value, json};
use testing::{Page, Visitor};

use super::{
    bed::{Bed, link},
    differential::{same, unnamed, walk, written},
    reported::tasks,
};

const TITLE: &str = "Bilan à revoir";
const WORDS: &str = "Le prénom est un autre";
const DOUBT: &str = "n’est peut-être pas celui de ce patient";

/// By somebody who is neither of those who read it here.
fn by_another(document: &mut fiction::Doc) {
    document.title = TITLE.into();
    if let Some(author) = &mut document.author {
        let staff = fiction::staff();
        let others = staff.all().into_iter();
        let others = others.filter(|one| !one.name().contains("Martin"));
        let mut others = others.filter(|one| !one.name().contains("Garcia"));
        author.who = others.next().expect("a colleague").clone();
    }
}

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("page")
}

/// Where somebody at work reads the document.
async fn at_work(visitor: &Visitor, record: &str) -> String {
    link(&get(visitor, &format!("{record}/documents")).await, TITLE)
}

/// Reports a document from its page.
async fn report(visitor: &Visitor, address: &str, motif: &str, words: &str) -> Page {
    let form = format!("{address}/signaler");
    get(visitor, &form).await;
    post(visitor, &form, &[("motif", motif), ("precisions", words)]).await
}

#[tokio::test]
async fn that_it_is_somebody_elses_is_told_and_stands_on_it_until_the_person_answers() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, by_another);
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let nurse = bed.professional("Garcia").await;
    let mine = bed.consent(&doctor, "Karim").await.path;
    let theirs = bed.consent(&nurse, "Karim").await.path;
    let mine = at_work(&doctor, &mine).await;
    let theirs = at_work(&nurse, &theirs).await;
    bed.work().await;
    bed.demo.outbox.clear();

    assert!(get(&doctor, &mine).await.has("Signaler un problème"));
    let form = format!("{mine}/signaler");
    let page = get(&doctor, &form).await;
    assert!(page.has("Il n’est pas celui de ce patient") && page.has(TITLE));
    assert!(page.has("votre profession, pas votre nom"));
    // Nothing of what was typed is lost.
    for (motif, words) in [
        ("", WORDS),
        ("erreur", &*"x".repeat(501)),
        ("pas-a-moi", WORDS),
    ] {
        let page = report(&doctor, &mine, motif, words).await;
        assert_eq!(page.status, 422, "{}", page.words());
        assert!(page.text().contains(words), "{motif}");
    }
    let page = report(&doctor, &mine, "autre-personne", WORDS).await;
    assert_eq!(page.path, mine, "{}", page.words());
    assert!(page.has("Vous avez signalé que ce document n’est pas") && page.has(WORDS));
    assert!(page.has(DOUBT) && page.has("Pas encore de réponse"));
    let again = report(&doctor, &mine, "erreur", WORDS).await;
    assert!(
        again.status == 422 && again.has("déjà signalé"),
        "{}",
        again.words()
    );
    assert!(again.text().contains(WORDS));
    // Who else reads it is warned, and learns neither who says so nor in which words.
    let page = get(&nurse, &theirs).await;
    assert!(page.status == 200 && page.has(DOUBT), "{}", page.words());
    assert!(!page.has("Martin") && !page.has(WORDS) && !page.has("Vous avez signalé"));

    // The person reads who, by which right, and what; the notice says nothing of it.
    bed.work().await;
    let sent = bed.demo.outbox.messages();
    let sent: Vec<_> = sent.iter().map(|(_, one)| one.body.clone()).collect();
    assert!(
        sent.iter().any(|one| one.contains("signalement")),
        "{sent:?}"
    );
    assert!(
        !sent
            .iter()
            .any(|one| one.contains(TITLE) || one.contains(WORDS))
    );
    let karim = bed.sign_in("Karim").await;
    let address = link(&get(&karim, "/documents").await, TITLE);
    let page = get(&karim, &address).await;
    assert!(
        page.has("Martin pense que ce document n’est pas à vous"),
        "{}",
        page.words()
    );
    assert!(page.has("Vous lui avez donné votre accord") && page.has(WORDS));
    let history = get(&karim, "/historique").await;
    assert!(history.has("Document signalé à celui qui l’a déposé"));

    // Its depositor learns the profession, and no more.
    let asked = tasks(&bed, &token).await;
    let [task] = asked.as_slice() else {
        panic!("one task, not {asked:?}")
    };
    assert_eq!(task["reasonCode"]["coding"][0]["code"], "other-patient");
    assert_eq!(task["requester"]["display"], "Médecin");
    assert!(!task.to_string().contains("Martin"), "{task}");

    let said = page.attribute("name=\"signalement\" value=\"", "\"");
    let said = said.expect("a report");
    let answer = format!("{address}/signalement");
    let unknown = post(&karim, &answer, &[("signalement", &"0".repeat(32))]).await;
    assert_eq!(unknown.status, 404);
    get(&karim, &address).await;
    let page = post(&karim, &answer, &[("signalement", &said)]).await;
    assert!(
        page.has("est bien à elle") && !page.has("Il est bien à moi"),
        "{}",
        page.words()
    );
    let page = get(&nurse, &theirs).await;
    assert!(page.status == 200 && !page.has(DOUBT), "{}", page.words());
    let page = get(&doctor, &mine).await;
    assert!(
        page.has("est bien à elle") && !page.has(DOUBT),
        "{}",
        page.words()
    );
    bed.work().await;
    assert_eq!(tasks(&bed, &token).await[0]["status"], "cancelled");

    // Blocked, they see nothing of it any more, and say nothing.
    let access = get(&karim, "/acces").await;
    let block = access.links("/acces/").into_iter();
    for block in block.filter(|link| link.ends_with("/bloquer") && link != "/acces/bloquer") {
        get(&karim, &block).await;
        post(&karim, &block, &[]).await;
    }
    get(&doctor, "/pro").await;
    for page in [
        get(&doctor, &mine).await,
        get(&doctor, &form).await,
        post(&doctor, &form, &[("motif", "erreur")]).await,
    ] {
        assert!(!page.status.is_success() && !page.has(WORDS) && !page.has(TITLE));
    }
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn a_depositor_that_agrees_takes_it_out() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, by_another);
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await.path;
    let mine = at_work(&doctor, &record).await;
    let karim = bed.sign_in("Karim").await;
    let address = link(&get(&karim, "/documents").await, TITLE);
    report(&doctor, &mine, "autre-personne", "").await;
    bed.work().await;
    let id = tasks(&bed, &token).await[0]["id"].clone();
    let path = format!("/fhir/Task/{}/$complete", id.as_str().expect("an id"));
    let done = software.post(&token, &path, &json!({})).await;
    assert_eq!(done.expect("an answer").status, 200);
    assert_eq!(get(&doctor, &mine).await.status, 404);
    let gone = get(&karim, &address).await;
    assert!(
        gone.status == 410 && gone.has("l’a rappelé"),
        "{}",
        gone.words()
    );
    bed.work().await;
    let asked = tasks(&bed, &token).await;
    let code = |one: &Value| one["code"]["coding"][0]["code"].clone();
    assert!(
        asked.iter().any(|one| code(one) == "name-patient"),
        "{asked:?}"
    );
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn a_colleague_who_deposited_it_by_hand_reads_which_profession_and_takes_it_out() {
    let bed = Bed::new().await;
    let author = bed.professional("Garcia").await;
    let record = bed.consent(&author, "Karim").await.path;
    let form = format!("{record}/deposer");
    let page = get(&author, &form).await;
    let kind = page.between("name=\"type\"", "</select>").expect("types");
    let kind = kind.split("<option value=\"").nth(2).expect("a type");
    let kind = kind.split('"').next().expect("a code");
    let fields = [
        ("type", kind),
        ("titre", TITLE),
        ("moment", "tout-de-suite"),
    ];
    let file = ("fichier", "a.txt", b"Texte fictif".as_slice());
    author.upload(&form, &fields, &[file]).await.expect("page");
    // Not one's own: that one corrects.
    let own = at_work(&author, &record).await;
    assert!(!get(&author, &own).await.has("Signaler un problème"));
    assert_eq!(get(&author, &format!("{own}/signaler")).await.status, 403);

    let doctor = bed.professional("Martin").await;
    let theirs = bed.consent(&doctor, "Karim").await.path;
    let theirs = at_work(&doctor, &theirs).await;
    report(&doctor, &theirs, "autre-personne", WORDS).await;
    // The oldest comes first.
    bed.advance(jiff::SignedDuration::from_mins(1));
    let karim = bed.sign_in("Karim").await;
    let address = link(&get(&karim, "/documents").await, TITLE);
    let form = format!("{address}/signaler");
    get(&karim, &form).await;
    post(&karim, &form, &[("motif", "illisible")]).await;
    bed.work().await;
    let first = get(&author, "/pro").await;
    let told = first.links("/pro/signalements/");
    assert_eq!(told.len(), 2, "{}", first.words());
    let list = get(&author, &told[0]).await;
    let own = link(&list, TITLE);
    let page = get(&author, &own).await;
    assert!(
        page.has("Un professionnel (Médecin) signale que"),
        "{}",
        page.words()
    );
    assert!(page.has("La personne ne peut pas lire ce document") && page.has(WORDS));
    assert!(!page.has("Martin"), "{}", page.words());
    // An answer is to the report that was read.
    let said = page.attribute("name=\"signalement\" value=\"", "\"");
    let said = said.expect("a report");
    let answer = format!("{own}/signalement");
    let fields = [("reponse", "corrige"), ("signalement", &*"0".repeat(32))];
    assert_eq!(post(&author, &answer, &fields).await.status, 404);
    get(&author, &own).await;
    let fields = [("reponse", "corrige"), ("signalement", said.as_str())];
    let done = post(&author, &answer, &fields).await;
    assert!(
        done.has("Le document est retiré de ce dossier"),
        "{}",
        done.words()
    );
    assert_eq!(get(&karim, &address).await.status, 410);
    bed.work().await;
    let first = get(&author, "/pro").await;
    assert!(
        first.links("/pro/signalements/").is_empty(),
        "{}",
        first.words()
    );
}

/// What is out of reach cannot be reported, whether it is there or not.
#[tokio::test]
async fn a_document_out_of_reach_is_not_there_to_be_reported() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, by_another);
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await.path;
    let mine = at_work(&doctor, &record).await;
    report(&doctor, &mine, "autre-personne", WORDS).await;
    let karim = bed.sign_in("Karim").await;
    let address = link(&get(&karim, "/documents").await, TITLE);
    get(&karim, &address).await;
    post(&karim, &format!("{address}/masquer"), &[]).await;
    let (id, never) = (mine.rsplit('/').next().expect("an id"), "0".repeat(32));
    let never = mine.replace(id, &never);
    for path in ["", "/signaler"] {
        let hidden = get(&doctor, &format!("{mine}{path}")).await;
        let unknown = get(&doctor, &format!("{never}{path}")).await;
        assert_eq!(hidden.status, 404, "{path} {}", hidden.words());
        let plain = |page: &Page| written(page).replace(&page.path, "");
        assert_eq!(
            unnamed(&plain(&hidden)),
            unnamed(&plain(&unknown)),
            "{path}"
        );
    }
    for address in [&mine, &never] {
        let page = report(&doctor, address, "erreur", WORDS).await;
        assert_eq!(page.status, 404, "{}", page.words());
    }
}

/// The walk of a person, whose doctor reads and reports a document that waits to be explained.
async fn waits(with: bool) -> std::collections::BTreeMap<String, String> {
    let bed = Bed::seeded(46).await;
    let karim = bed.sign_in("Karim").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await.path;
    if with {
        let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
        let bundle = bed.deposit_for("Karim", 1, |document| {
            by_another(document);
            document.flags = vec![fiction::Flag::Patient];
        });
        software.deposit(&token, &bundle).await.expect("deposited");
    }
    let list = get(&doctor, &format!("{record}/documents")).await;
    if with {
        let mine = link(&list, TITLE);
        let page = report(&doctor, &mine, "autre-personne", WORDS).await;
        assert!(page.has("Pas encore de réponse"), "{}", page.words());
    }
    bed.work().await;
    let starts = [
        "/accueil",
        "/documents",
        "/acces",
        "/historique",
        "/notifications",
    ];
    let mut pages = walk(&karim, &starts).await;
    let sent = bed.demo.outbox.messages();
    pages.insert("messages".to_owned(), sent.len().to_string());
    pages
}

#[tokio::test]
async fn what_waits_to_be_explained_stays_unknown_when_it_is_reported() {
    same(&waits(false).await, &waits(true).await);
}
