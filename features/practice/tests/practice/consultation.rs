//! Find, ask, read: and what happens when the person says no.

use access::{
    Act,
    policy::{GrantKind, Grantee},
};
use http::StatusCode;
use jiff::SignedDuration;
use testing::{Page, Visitor};

use crate::world::{LISE, PAUL, World};

async fn find(world: &World, visitor: &Visitor) -> Page {
    visitor.get("/pro").await.expect("a page");
    let number = world.number.grouped();
    let fields = [("ins", number.as_str()), ("naissance", "12/03/1974")];
    visitor.post("/pro", &fields).await.expect("a page")
}

async fn declare(visitor: &Visitor, at: &str) -> Page {
    let fields = [("accord", "oui"), ("duree", "consultation")];
    visitor.post(at, &fields).await.expect("a page")
}

/// A page but for its token, which is the session's.
fn without_token(page: &Page) -> String {
    let token = page
        .between("name=\"csrf\" value=\"", "\"")
        .expect("a form");
    page.text().replace(&token, "")
}

#[tokio::test]
async fn a_nurse_reads_what_the_matrix_and_the_person_leave_them() {
    let world = World::new().await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let who = find(&world, &visitor).await;
    assert!(
        who.has("Fictive") && who.has("Camille Odile"),
        "{}",
        who.words()
    );
    assert!(!who.has(world.number.as_str()) && !who.has(&world.number.grouped()));
    assert!(!who.path.contains(world.number.as_str()));
    assert!(!who.path.contains(&world.person.to_string()));
    // Not before the person was informed.
    let record = who.path.trim_end_matches("/acces").to_owned();
    let early = visitor.get(&record).await.expect("a page");
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    visitor.get(&who.path).await.expect("a page");
    let unsaid = visitor.post(&who.path, &[("duree", "consultation")]).await;
    assert_eq!(
        unsaid.expect("a page").status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let list = declare(&visitor, &who.path).await;
    assert_eq!(
        (list.path.as_str(), list.status),
        (record.as_str(), StatusCode::OK)
    );
    assert!(list.has("Compte rendu de consultation"), "{}", list.words());
    assert!(list.has("Consentement déclaré le 12"), "{}", list.words());
    assert!(!list.has("Bilan psychologique") && !list.has("Échographie"));
    assert!(list.has("Fictive"), "the banner");
    let [report, assessment, hidden] = world.documents;
    let shown = visitor.get(&format!("{record}/documents/{report}")).await;
    let shown = shown.expect("a page");
    assert!(shown.has("rien à signaler"), "{}", shown.words());
    assert_eq!(world.lines(Act::Read).await, 1);
    for out_of_reach in [assessment, hidden] {
        for end in ["", "/contenu", "/original"] {
            let address = format!("{record}/documents/{out_of_reach}{end}");
            let page = visitor.get(&address).await.expect("a page");
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{end}");
        }
    }
    let kept = visitor
        .get(&format!("{record}/documents/{report}/original"))
        .await;
    assert!(
        kept.expect("a file")
            .headers
            .contains_key("content-disposition")
    );
    let here = format!("{record}/recherche");
    let seek = async |typed: &str| visitor.post(&here, &[("q", typed)]).await.expect("a page");
    let none = seek("radio").await;
    assert!(!none.has("Compte rendu de consultation"));
    let some = seek("COMPTE léclerc").await;
    assert!(some.has(&report.to_string()), "{}", some.words());
    assert!(some.has("Fictive"), "the banner");
    assert!(!some.path.contains("COMPTE"), "{}", some.path);
    for hidden in ["psychologique", "échographie"] {
        let page = seek(hidden).await;
        assert!(page.has("Aucun document trouvé"), "{}", page.words());
    }
    assert_eq!(seek(" ,").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.lines(Act::DeclareConsent).await, 1);
}

#[tokio::test]
async fn a_day_later_the_consultation_is_over() {
    let world = World::new().await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let who = find(&world, &visitor).await;
    let list = declare(&visitor, &who.path).await;
    world.clock.advance(SignedDuration::from_hours(24));
    let page = visitor.get(&list.path).await.expect("a page");
    assert_eq!(page.path, "/pro/connexion", "so is the session");
    world.sign_in(&visitor, "paul").await;
    let who = find(&world, &visitor).await;
    assert!(who.has("id=\"declarer\""), "{}", who.words());
}

#[tokio::test]
async fn nobody_looks_the_same_whoever_they_are() {
    let world = World::new().await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let ask = async |number: &str, born: &str| {
        let fields = [("ins", number), ("naissance", born)];
        let page = visitor.post("/pro", &fields).await.expect("a page");
        assert_eq!((page.path.as_str(), page.status), ("/pro", StatusCode::OK));
        let typed = |value: &str| format!("value=\"{value}\"");
        without_token(&page)
            .replace(&typed(number), "")
            .replace(&typed(born), "")
    };
    let unknown = ins::Matricule::from_body("2740399215043").expect("a number");
    let number = world.number.as_str();
    let nobody = ask(unknown.as_str(), "12/03/1974").await;
    assert!(nobody.contains("Aucun dossier accessible"));
    assert_eq!(
        ask(number, "13/03/1974").await,
        nobody,
        "another birth date"
    );
    world.block(PAUL).await;
    assert_eq!(ask(number, "12/03/1974").await, nobody, "blocked");
    let wrong = visitor
        .post("/pro", &[("ins", "123")])
        .await
        .expect("a page");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_block_shuts_every_page_and_says_nothing_of_why() {
    let world = World::new().await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let who = find(&world, &visitor).await;
    let list = declare(&visitor, &who.path).await;
    let record = list.path;
    let never = format!("/pro/patients/{}", "0".repeat(32));
    let never = without_token(&visitor.get(&never).await.expect("a page"));
    world.block(PAUL).await;
    let report = format!("{record}/documents/{}", world.documents[0]);
    for address in [&record, &report, &who.path] {
        let page = visitor.get(address).await.expect("a page");
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(without_token(&page), never, "{address}");
    }
}

#[tokio::test]
async fn a_handle_is_worth_nothing_in_another_session() {
    let world = World::new().await;
    let (visitor, colleague) = (world.visitor(), world.visitor());
    world.sign_in(&visitor, "paul").await;
    world.sign_in(&colleague, "paul").await;
    let who = find(&world, &visitor).await;
    let list = declare(&visitor, &who.path).await;
    let page = colleague.get(&list.path).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    // With the same right, they find the person themselves, and need not ask again.
    let who = find(&world, &colleague).await;
    assert!(who.has("id=\"ouvrir\""), "{}", who.words());
}

/// L.1111-17 IV CSP: by express consent alone, whatever others say or are.
#[tokio::test]
async fn an_occupational_physician_is_in_by_express_consent_only() {
    let world = World::new().await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "lise").await;
    let who = find(&world, &visitor).await;
    assert!(who.has("Accord exprès de la personne"), "{}", who.words());
    assert!(!who.has("id=\"declarer\""), "{}", who.words());
    assert_eq!(
        declare(&visitor, &who.path).await.status,
        StatusCode::NOT_FOUND
    );
    let record = who.path.trim_end_matches("/acces").to_owned();
    let place = Grantee::Facility("1990000001".to_owned());
    world.give(place, GrantKind::Proved).await;
    let lise = || Grantee::Professional(LISE.to_owned());
    world.give(lise(), GrantKind::Declared).await;
    let page = visitor.get(&record).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.words());
    world.give(lise(), GrantKind::Proved).await;
    let page = visitor.get(&record).await.expect("a page");
    assert!(page.has("Compte rendu de consultation"), "{}", page.words());
}

#[tokio::test]
async fn declared_for_the_team_too_it_opens_to_who_works_in_the_same_place() {
    let world = World::new().await;
    let (visitor, nurse) = (world.visitor(), world.visitor());
    world.sign_in(&visitor, "anne").await;
    visitor.get("/pro/situation").await.expect("a page");
    visitor
        .post("/pro/situation", &[("situation", "0")])
        .await
        .expect("a page");
    let who = find(&world, &visitor).await;
    assert!(
        who.has("équipe de soins : Cabinet des Tilleuls"),
        "{}",
        who.words()
    );
    let fields = [
        ("accord", "oui"),
        ("duree", "consultation"),
        ("equipe", "oui"),
    ];
    visitor.post(&who.path, &fields).await.expect("a page");
    world.sign_in(&nurse, "paul").await;
    let theirs = find(&world, &nurse).await;
    assert!(theirs.has("Vous avez déjà accès"), "{}", theirs.words());
    let record = theirs.path.trim_end_matches("/acces").to_owned();
    let page = nurse.get(&record).await.expect("a page");
    assert!(
        page.has("Équipe de soins") && page.has("Compte rendu"),
        "{}",
        page.words()
    );
    assert!(
        !page.has("Bilan psychologique"),
        "each by their own profession"
    );
    // Elsewhere, the same doctor is in; the team is not asked.
    world.block(PAUL).await;
    let page = nurse.get(&record).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}
