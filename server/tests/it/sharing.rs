//! Sharing once: by a code, in its time, so often; and what is no longer served.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::{Bed, ORIGIN};

/// A share as the person holds it.
pub struct Shared {
    pub page: Page,
    pub code: String,
    /// The path of its address.
    pub path: String,
}

pub const ANYBODY: [(&str, &str); 3] = [("pour", "code"), ("duree", "24h"), ("fois", "3")];

/// Numbers of the documents that may be shared, with their titles.
pub async fn offered(person: &Visitor) -> Vec<(String, String)> {
    let page = person.get("/partages/nouveau").await.expect("page");
    assert!(page.has("id=\"creer\""), "{}", page.words());
    let text = page.text();
    let boxes = text.split("name=\"documents\" value=\"").skip(1);
    let read = boxes.map(|part| {
        let id = part.split('"').next().expect("an id").to_owned();
        let label = part.split("<label").nth(1).expect("a label");
        let title = label.split(['>', '<']).nth(1).expect("a title").to_owned();
        (id, title)
    });
    read.collect()
}

pub async fn share(person: &Visitor, items: &[&str], more: &[(&str, &str)]) -> Shared {
    offered(person).await;
    let mut fields: Vec<(&str, &str)> = items.iter().map(|id| ("documents", *id)).collect();
    fields.extend(more);
    let page = person
        .post("/partages/nouveau", &fields)
        .await
        .expect("page");
    assert!(page.has("id=\"code-de-partage\""), "{}", page.words());
    let code = page
        .between("id=\"code-de-partage\">", "<")
        .expect("a code");
    let address = page.between("id=\"lien\">", "<").expect("an address");
    Shared {
        code: code.chars().filter(char::is_ascii_digit).collect(),
        path: address.strip_prefix(ORIGIN).expect("of ours").to_owned(),
        page,
    }
}

/// Opens a share as somebody without an account.
pub async fn open(reader: &Visitor, shared: &Shared, code: &str) -> Page {
    reader.get(&shared.path).await.expect("page");
    let fields = [
        ("code", code),
        ("nom", "Dr Smith, Dublin"),
        ("motif", "consultation"),
        ("soins", "oui"),
    ];
    reader.post(&shared.path, &fields).await.expect("page")
}

pub fn wrong(code: &str) -> String {
    let first = if code.starts_with('1') { "2" } else { "1" };
    format!("{first}{}", &code[1..])
}

fn is_closed(page: &Page) -> bool {
    page.status == StatusCode::NOT_FOUND && page.has("Ce partage n’est pas ouvert")
}

#[tokio::test]
async fn a_person_shares_two_documents_and_reads_who_opened_them() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let all = offered(&camille).await;
    let (one, two) = (&all[0], &all[1]);
    let shared = share(&camille, &[&one.0, &two.0], &ANYBODY).await;
    assert!(shared.page.has("ni assureur, ni banque, ni employeur"));
    assert!(shared.page.has(&one.1) && shared.page.has(&two.1));

    let reader = bed.visitor();
    let door = reader.get(&shared.path).await.expect("page");
    assert!(
        door.has("ni assureur, ni banque, ni employeur"),
        "{}",
        door.words()
    );
    // Before the code nothing says whose it is.
    assert!(!door.has("Camille") && !door.has("Desrosiers") && !door.has(&one.1));
    // What is missing is said, and costs no try.
    let page = reader
        .post(&shared.path, &[("code", &wrong(&shared.code))])
        .await;
    let page = page.expect("page");
    assert_eq!(page.status, 422);
    assert!(
        page.has("Dites qui vous êtes") && page.has("confirmez-le"),
        "{}",
        page.words()
    );
    let page = open(&reader, &shared, &wrong(&shared.code)).await;
    assert!(
        page.has("Il reste 4 essais") && page.has("Dr Smith"),
        "{}",
        page.words()
    );

    let page = open(&reader, &shared, &shared.code).await;
    assert_eq!(page.path, "/partage/documents", "{}", page.words());
    assert!(page.has("Desrosiers") && page.has("ne peut pas être reprise"));
    assert!(page.has(&one.1) && page.has(&two.1), "{}", page.words());
    assert_eq!(page.links("/partage/documents/").len(), 2);
    let document = format!("/partage/documents/{}", one.0);
    let page = reader.get(&document).await.expect("page");
    assert_eq!(page.status, 200, "{}", page.words());
    assert!(page.links("/documents/").is_empty() && page.links("/acces/").is_empty());
    for src in page.text().split("src=\"/partage/").skip(1) {
        let src = format!("/partage/{}", src.split('"').next().expect("an address"));
        assert_eq!(reader.get(&src).await.expect("a part").status, 200, "{src}");
    }
    let file = reader
        .get(&format!("{document}/original"))
        .await
        .expect("file");
    assert_eq!(file.status, 200);
    // Nothing that was not chosen.
    let other = reader
        .get(&format!("/partage/documents/{}", all[2].0))
        .await;
    assert_eq!(other.expect("page").status, 404);
    for path in ["/documents", "/accueil", "/historique", "/partages"] {
        assert_eq!(reader.get(path).await.expect("page").path, "/connexion");
    }

    // A note waits, and enters only if she takes it in.
    reader.get("/partage/documents").await.expect("page");
    let note = [("note", "Reprendre dans trois mois.\n<b>gras</b>")];
    let page = reader.post("/partage/note", &note).await.expect("page");
    assert!(page.has("Votre note est transmise"), "{}", page.words());
    bed.work().await;
    let sent = bed.demo.outbox.messages();
    let told = |words: &str| sent.iter().any(|(_, one)| one.body.contains(words));
    assert!(told("a ouvert un partage") && told("a laissé une note"));
    assert!(!told("Smith") && !told("Reprendre"));
    let history = camille.get("/historique").await.expect("page");
    for words in [
        "Dr Smith, Dublin (identité non vérifiée)",
        "motif : consultation",
        "Ouverture d’un partage",
        "Le code saisi n’était pas le bon",
        "Création d’un partage",
    ] {
        assert!(history.has(words), "{words}: {}", history.words());
    }
    assert!(
        !camille
            .get("/documents")
            .await
            .expect("page")
            .has("Note de Dr Smith")
    );
    let page = camille.get("/partages").await.expect("page");
    assert!(
        page.has("Ouvert 1 fois sur 3") && page.has("identité non vérifiée"),
        "{}",
        page.words()
    );
    assert!(page.has("&#60;b&#62;gras"), "a note is plain text");
    let action = page.links("/partages/notes/");
    assert!(action.is_empty());
    let action = page
        .attribute("action=\"/partages/notes/", "\"")
        .expect("a form");
    let action = format!("/partages/notes/{action}");
    let page = camille
        .post(&action, &[("action", "garder")])
        .await
        .expect("page");
    assert!(
        page.has("La note est parmi vos documents"),
        "{}",
        page.words()
    );
    assert!(!page.has("Reprendre"), "it waits no more");
    let list = camille.get("/documents").await.expect("page");
    assert!(
        list.has("Note de Dr Smith, Dublin (identité non vérifiée)"),
        "{}",
        list.words()
    );
    assert_eq!(
        camille
            .post(&action, &[("action", "garder")])
            .await
            .expect("page")
            .status,
        404
    );
}

#[tokio::test]
async fn used_late_ended_locked_or_never_made_are_one_answer() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let all = offered(&camille).await;
    let once = [("pour", "code"), ("duree", "1h"), ("fois", "1")];
    let items = [all[0].0.as_str()];
    let used = share(&camille, &items, &once).await;
    let late = share(&camille, &items, &once).await;
    let ended = share(&camille, &items, &once).await;
    let locked = share(&camille, &items, &once).await;
    assert_ne!(used.path, late.path);

    let first = bed.visitor();
    assert_eq!(
        open(&first, &used, &used.code).await.path,
        "/partage/documents"
    );
    let page = camille.get("/partages").await.expect("page");
    let end = page.links("/partages/");
    let end = end.iter().filter(|link| link.ends_with("/terminer"));
    let here = ended.page.path.clone();
    let end = end
        .clone()
        .find(|link| link.starts_with(&here))
        .expect("a way to end it");
    let ask = camille.get(end).await.expect("page");
    assert!(ask.has("id=\"confirmer\""), "{}", ask.words());
    let held = bed.visitor();
    let reading = open(&held, &ended, &ended.code).await;
    assert_eq!(reading.path, "/partage/documents");
    let page = camille.post(end, &[]).await.expect("page");
    assert!(page.has("Le partage est terminé"), "{}", page.words());
    // A reading under way stops too.
    assert!(is_closed(
        &held.get("/partage/documents").await.expect("page")
    ));
    let liar = bed.visitor();
    for _ in 0..4 {
        let page = open(&liar, &locked, &wrong(&locked.code)).await;
        assert_eq!(page.status, 422, "{}", page.words());
    }
    assert!(is_closed(&open(&liar, &locked, &wrong(&locked.code)).await));

    let reader = bed.visitor();
    let mut answers = vec![];
    let never = format!("/partage/{}", "A".repeat(43));
    for path in [&used.path, &ended.path, &locked.path, &never] {
        let page = reader.get(path).await.expect("page");
        assert!(is_closed(&page), "{path}: {}", page.words());
        answers.push(page.text().replace(path.as_str(), "/here"));
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{path}/manifeste"))
            .body(Body::from(r#"{"recipient":"x","passcode":"1"}"#));
        let answer = reader
            .send(request.expect("a request"))
            .await
            .expect("an answer");
        assert_eq!(answer.status, 404);
    }
    bed.advance(SignedDuration::from_mins(61));
    let page = reader.get(&late.path).await.expect("page");
    assert!(is_closed(&page));
    answers.push(page.text().replace(late.path.as_str(), "/here"));
    assert!(answers.windows(2).all(|two| two[0] == two[1]));
}

#[tokio::test]
async fn what_is_hidden_or_deleted_later_is_no_longer_served() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let all = offered(&camille).await;
    let items = [all[0].0.as_str(), all[1].0.as_str()];
    let shared = share(&camille, &items, &ANYBODY).await;
    let reader = bed.visitor();
    open(&reader, &shared, &shared.code).await;
    camille.get("/documents").await.expect("page");
    let hide = format!("/documents/{}/masquer", all[0].0);
    camille.post(&hide, &[]).await.expect("page");
    let page = reader.get("/partage/documents").await.expect("page");
    assert!(
        !page.has(&all[0].1) && page.has(&all[1].1),
        "{}",
        page.words()
    );
    for part in ["", "/original"] {
        let gone = reader
            .get(&format!("/partage/documents/{}{part}", all[0].0))
            .await;
        assert_eq!(gone.expect("page").status, 404);
    }
    // It cannot be shared either, by a form made by hand.
    let mut fields = vec![("documents", all[0].0.as_str())];
    fields.extend(ANYBODY);
    offered(&camille).await;
    let page = camille
        .post("/partages/nouveau", &fields)
        .await
        .expect("page");
    assert_eq!(page.status, 422, "{}", page.words());
}

#[tokio::test]
async fn a_share_for_one_professional_opens_to_them_alone_until_they_are_blocked() {
    let bed = Bed::new().await;
    let listed = carnet::demo::list_everybody(&bed.demo).await;
    listed.expect("a directory");
    let camille = bed.sign_in("Camille").await;
    let all = offered(&camille).await;
    let doctor = bed.professional("Martin").await;
    let staff = fiction::staff();
    let all_staff = staff.all();
    let martin = all_staff.iter().find(|who| who.name().contains("Martin"));
    let martin = martin.expect("a doctor");
    let name = format!("{} {}", martin.family, martin.given);
    // Found by name first, then chosen.
    let mut fields = vec![
        ("documents", all[0].0.as_str()),
        ("pour", "professionnel"),
        ("duree", "7j"),
        ("fois", "3"),
        ("qui", name.as_str()),
    ];
    let page = camille
        .post("/partages/nouveau", &fields)
        .await
        .expect("page");
    assert_eq!(page.status, 422);
    assert!(page.has("Lequel ?"), "{}", page.words());
    let text = page.text();
    let offered = text.split("name=\"numero\" value=\"").skip(1);
    let numbers: Vec<String> = offered
        .map(|part| part.split('"').next().expect("a number").to_owned())
        .collect();
    let number = numbers.iter().find(|number| number.ends_with(&martin.rpps));
    let number = number.expect("listed").clone();
    fields.push(("numero", &number));
    let page = camille
        .post("/partages/nouveau", &fields)
        .await
        .expect("page");
    assert!(page.has("id=\"code-de-partage\""), "{}", page.words());
    assert!(!page.has("shlink:/"), "a program cannot show who it is");
    let code = page
        .between("id=\"code-de-partage\">", "<")
        .expect("a code");
    let address = page.between("id=\"lien\">", "<").expect("an address");
    let shared = Shared {
        code: code.chars().filter(char::is_ascii_digit).collect(),
        path: address.strip_prefix(ORIGIN).expect("of ours").to_owned(),
        page,
    };
    assert!(is_closed(
        &bed.visitor().get(&shared.path).await.expect("page")
    ));
    let pharmacist = bed.professional("Nguyen").await;
    assert!(is_closed(
        &pharmacist.get(&shared.path).await.expect("page")
    ));
    let door = doctor.get(&shared.path).await.expect("page");
    assert!(door.has("Vous ouvrez en tant que"), "{}", door.words());
    let page = open(&doctor, &shared, &shared.code).await;
    assert_eq!(page.path, "/partage/documents", "{}", page.words());
    assert!(page.has(&all[0].1), "{}", page.words());
    let history = camille.get("/historique").await.expect("page");
    assert!(
        history.has("Vous avez partagé ces documents"),
        "{}",
        history.words()
    );
}
