//! A stolen account opens people in a row: it is stopped before the fiftieth, even with the card.

use std::sync::Arc;

use account::Told;
use ambient::SeededRandom;
use carnet::{
    audit,
    metrics::{self, Metrics},
};
use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::{Bed, ORIGIN};

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

/// A town of people whose spaces are open: their numbers.
async fn town(bed: &Bed, count: usize) -> Vec<String> {
    let app = &bed.demo.app;
    let people = fiction::people(&SeededRandom::new(4_711), count, app.now());
    let told = Told::At(app.now() - app.limits.opposition);
    let file = fiction::insured_csv(&people);
    let report = account::import(app, ins::oid::TEST, told, file.as_bytes(), |_| {}).await;
    let report = report.expect("imported");
    assert_eq!(report.refused, 0, "{report:?}");
    let numbers = people.iter().map(|person| person.number().to_owned());
    numbers.collect()
}

/// Finds somebody and says that they agreed.
async fn declare(thief: &Visitor, number: &str) -> Page {
    thief.get("/pro").await.expect("a page");
    let page = post(thief, "/pro", &[("ins", number)]).await;
    if !page.path.ends_with("/acces") {
        return page;
    }
    let agreed = [("accord", "oui"), ("duree", "consultation")];
    post(thief, &page.path, &agreed).await
}

/// Shows the card again, as who holds it can.
async fn show_card(thief: &Visitor, page: &Page) -> Page {
    let back = page.attribute("name=\"retour\" value=\"", "\"");
    let back = back.expect("the way back");
    let page = post(thief, "/pro/verification", &[("retour", back.as_str())]).await;
    let action = page.attribute("action=\"", "\"").expect("a form");
    let staff = fiction::staff();
    let martin = staff
        .all()
        .into_iter()
        .find(|who| who.name().contains("Martin"));
    let rpps = martin.expect("a professional").rpps;
    post(thief, &action, &[("identite", rpps)]).await
}

/// How many records were opened, and where it ended.
async fn go_through(bed: &Bed, numbers: &[String], with_card: bool) -> (usize, Page) {
    let thief = bed.professional("Martin").await;
    // The card was shown a while ago, at sign-in.
    bed.advance(SignedDuration::from_mins(6));
    let mut opened = 0;
    for number in numbers {
        // A script is quick; the clock goes on all the same.
        bed.advance(SignedDuration::from_secs(5));
        let mut page = declare(&thief, number).await;
        if page.path == "/pro/verification" {
            if !with_card {
                return (opened, page);
            }
            let page_of_form = show_card(&thief, &page).await;
            // What was declared waits there; it is sent once more.
            assert!(page_of_form.has("checked"), "{}", page_of_form.words());
            let agreed = [("accord", "oui"), ("duree", "consultation")];
            page = post(&thief, &page_of_form.path, &agreed).await;
        }
        let is_open = page.path.starts_with("/pro/patients/") && !page.path.ends_with("/acces");
        if !is_open {
            return (opened, page);
        }
        opened += 1;
    }
    panic!("nobody stopped it: {opened} opened");
}

#[tokio::test]
async fn without_the_card_it_stops_at_thirty() {
    let bed = Bed::new().await;
    let numbers = town(&bed, 60).await;
    let (opened, page) = go_through(&bed, &numbers, false).await;
    assert_eq!((opened, page.path.as_str()), (30, "/pro/verification"));
    assert!(
        bed.demo
            .app
            .gate
            .suspensions()
            .await
            .expect("read")
            .is_empty()
    );
}

#[tokio::test]
async fn with_the_card_it_is_suspended_before_the_fiftieth_and_the_operator_knows() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let numbers = town(&bed, 60).await;
    let (opened, page) = go_through(&bed, &numbers, true).await;
    assert_eq!((opened, page.path.as_str()), (45, "/pro/connexion"));
    assert!(page.has("Votre accès est suspendu"), "{}", page.words());
    let list = app.gate.suspensions().await.expect("read");
    assert!(
        list.len() == 1 && list[0].name.contains("Martin"),
        "{list:?}"
    );
    // One operator has the answer at once: whose records, and that it was the first time.
    bed.work().await;
    let who = list[0].who.clone();
    let alert = app.gate.warrant_of_alert(&who, true, app.now()).await;
    let alert = alert.expect("looked").expect("the account is suspended");
    let lines = app.gate.read_register(&alert).await.expect("read");
    let first = lines.iter().filter(|line| line.first).count();
    assert_eq!(first, opened, "each record once");
    let seen = Arc::<Metrics>::default();
    let admin = Visitor::new(metrics::routes(app, &seen, vec![]), ORIGIN);
    let text = admin.get("/metrics").await.expect("an answer").text();
    assert!(text.contains("carnet_suspended_accounts 1"), "{text}");
    // Nor by the card: no session, and no record either.
    let staff = fiction::staff();
    let martin = staff
        .all()
        .into_iter()
        .find(|who| who.name().contains("Martin"));
    let rpps = martin.expect("a professional").rpps;
    let visitor = bed.visitor();
    visitor.get("/pro/connexion").await.expect("a page");
    let page = post(&visitor, "/pro/connexion", &[]).await;
    let action = page.attribute("action=\"", "\"").expect("a form");
    let page = post(&visitor, &action, &[("identite", rpps)]).await;
    assert!(
        page.status == 403 && page.has("Votre accès est suspendu"),
        "{}",
        page.words()
    );
    // Colleagues go on; the operator lifts it, and it holds no more.
    let other = bed.professional("Nguyen").await;
    assert!(
        declare(&other, &numbers[0])
            .await
            .path
            .starts_with("/pro/patients/")
    );
    let who = list[0].who.as_str();
    audit::suspensions(app, true, Some(who))
        .await
        .expect("lifted");
    assert!(
        audit::suspensions(app, true, Some(who)).await.is_err(),
        "lifted once"
    );
    bed.professional("Martin").await;
}
