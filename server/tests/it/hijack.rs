//! A stolen account opens people in a row: it is stopped before the fiftieth, even with the card.

use std::sync::Arc;

use access::{
    Why,
    watch::{Signal, Watch},
};
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

/// Shows somebody's card again, as who holds it can.
async fn show_card(thief: &Visitor, page: &Page, name: &str) -> Page {
    let back = page.attribute("name=\"retour\" value=\"", "\"");
    let back = back.expect("the way back");
    let page = post(thief, "/pro/verification", &[("retour", back.as_str())]).await;
    let action = page.attribute("action=\"", "\"").expect("a form");
    let staff = fiction::staff();
    let who = staff
        .all()
        .into_iter()
        .find(|who| who.name().contains(name));
    let rpps = who.expect("a professional").rpps;
    post(thief, &action, &[("identite", rpps)]).await
}

/// A script that does whatever opens one more: waits when it is slowed, shows the card when asked.
struct Thief {
    name: &'static str,
    visitor: Visitor,
    with_card: bool,
}

impl Thief {
    async fn new(bed: &Bed, name: &'static str, with_card: bool) -> Self {
        Self {
            name,
            visitor: bed.professional(name).await,
            with_card,
        }
    }

    /// Whether one more was opened, or where it ended.
    async fn open(&self, bed: &Bed, number: &str) -> Result<(), Page> {
        let mut page = declare(&self.visitor, number).await;
        for _ in 0..3 {
            let agreed = [("accord", "oui"), ("duree", "consultation")];
            if page.has("Patientez une minute") {
                assert!(page.has("checked"), "what was typed is kept");
                bed.advance(SignedDuration::from_secs(60));
                page = post(&self.visitor, &page.path, &agreed).await;
            } else if page.path == "/pro/verification" && self.with_card {
                let form = show_card(&self.visitor, &page, self.name).await;
                // What was declared waits there; it is sent once more.
                assert!(form.has("checked"), "{}", form.words());
                page = post(&self.visitor, &form.path, &agreed).await;
            }
        }
        match page.path.starts_with("/pro/patients/") && !page.path.ends_with("/acces") {
            true => Ok(()),
            false => Err(page),
        }
    }
}

/// How many records were opened, and where it ended.
async fn go_through(bed: &Bed, numbers: &[String], with_card: bool) -> (usize, Page) {
    // A script is quick; the clock goes on all the same.
    go_slowly(bed, numbers, with_card, SignedDuration::from_secs(5)).await
}

async fn go_slowly(
    bed: &Bed,
    numbers: &[String],
    with_card: bool,
    pace: SignedDuration,
) -> (usize, Page) {
    let thief = Thief::new(bed, "Martin", with_card).await;
    // The card was shown a while ago, at sign-in.
    bed.advance(SignedDuration::from_mins(6));
    for (opened, number) in numbers.iter().enumerate() {
        // The session would end of itself if nothing were done for ten minutes.
        if opened > 0 {
            bed.advance(pace);
        }
        if let Err(page) = thief.open(bed, number).await {
            return (opened, page);
        }
    }
    panic!("nobody stopped it");
}

fn in_order(mut numbers: Vec<String>) -> Vec<String> {
    numbers.sort();
    numbers
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

#[tokio::test]
async fn nor_does_it_put_names_to_numbers() {
    let bed = Bed::new().await;
    let numbers = town(&bed, 60).await;
    let thief = Thief::new(&bed, "Martin", true).await;
    bed.advance(SignedDuration::from_mins(6));
    let mut named = 0;
    for number in &numbers {
        thief.visitor.get("/pro").await.expect("a page");
        let fields = [("ins", number.as_str())];
        let mut page = post(&thief.visitor, "/pro", &fields).await;
        if page.path == "/pro/verification" {
            assert_eq!(named, 32, "as many as a practice sees");
            page = show_card(&thief.visitor, &page, thief.name).await;
            // What was typed waits there.
            assert!(page.has(&format!("value=\"{number}\"")), "{}", page.text());
            page = post(&thief.visitor, "/pro", &fields).await;
        }
        if !page.path.ends_with("/acces") {
            assert!(page.has("Votre accès est suspendu"), "{}", page.words());
            break;
        }
        named += 1;
    }
    assert_eq!(named, 48);
}

#[tokio::test]
async fn slowly_it_is_suspended_before_the_fiftieth_too() {
    let bed = Bed::new().await;
    let numbers = town(&bed, 60).await;
    let pace = SignedDuration::from_mins(4);
    let (opened, page) = go_slowly(&bed, &numbers, true, pace).await;
    assert!(opened < 50, "{opened}");
    assert!(page.has("Votre accès est suspendu"), "{}", page.words());
    let list = bed.demo.app.gate.suspensions().await.expect("read");
    assert_eq!(list[0].why, Why::Unusual);
    let keys: Vec<_> = list[0].signals.iter().map(Signal::key).collect();
    assert!(
        keys.contains(&"watch-volume") && keys.contains(&"watch-unlinked"),
        "{keys:?}"
    );
    // What the operator reads; once lifted, what was before it is judged, and weighs no more.
    let lifted = audit::suspensions(&bed.demo.app, false, Some(list[0].who.as_str()));
    lifted.await.expect("lifted");
    let same = Thief::new(&bed, "Martin", true).await;
    same.open(&bed, &numbers[opened]).await.expect("opened");
    let list = bed.demo.app.gate.suspensions().await.expect("read");
    assert!(list[0].lifted.is_some());
    // Nobody keeps it longer than the registers of that day.
    bed.work().await;
    bed.advance(SignedDuration::from_hours(24 * 1_095));
    bed.work().await;
    assert_eq!(
        bed.demo.app.gate.suspensions().await.expect("read").len(),
        1
    );
    bed.advance(SignedDuration::from_hours(48));
    bed.work().await;
    let list = bed.demo.app.gate.suspensions().await.expect("read");
    assert!(list.is_empty(), "{list:?}");
}

#[tokio::test]
async fn who_is_asked_for_their_card_reads_why() {
    let bed = Bed::new().await;
    let numbers = town(&bed, 60).await;
    let pace = SignedDuration::from_mins(4);
    let (opened, page) = go_slowly(&bed, &numbers, false, pace).await;
    assert_eq!(page.path, "/pro/verification", "after {opened}");
    assert!(
        page.has("Pourquoi cette demande") && page.has("Votre compte ouvre pour la première fois"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn a_register_gone_through_ends_soon_however_slowly() {
    let bed = Bed::new().await;
    let numbers = in_order(town(&bed, 60).await);
    let pace = SignedDuration::from_mins(9);
    let (opened, page) = go_slowly(&bed, &numbers, true, pace).await;
    assert!(opened < 16, "{opened}");
    assert!(page.has("Votre accès est suspendu"), "{}", page.words());
}

#[tokio::test]
async fn through_several_accounts_of_one_hospital_it_ends_before_the_fiftieth() {
    let bed = Bed::new().await;
    let numbers = in_order(town(&bed, 60).await);
    let mut thieves = vec![];
    for name in ["Sarrazin", "Tessier", "Belkacem"] {
        thieves.push(Thief::new(&bed, name, true).await);
    }
    let mut opened = 0;
    for (n, number) in numbers.iter().enumerate() {
        bed.advance(SignedDuration::from_mins(2));
        let turn = n % thieves.len();
        match thieves[turn].open(&bed, number).await {
            Ok(()) => opened += 1,
            Err(page) => {
                assert!(page.has("suspendu"), "{}", page.words());
                thieves.remove(turn);
            }
        }
        if thieves.is_empty() {
            break;
        }
    }
    assert!(thieves.is_empty() && opened < 50, "{opened}");
}

#[tokio::test]
async fn an_organisation_is_slowed_then_asked_then_stopped() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let numbers = town(&bed, 40).await;
    // A hospital of eight people an hour.
    let table = include_str!("../../../reference/watch.json");
    let small = table.replace("\"an_hour\": 300", "\"an_hour\": 8");
    let small = Watch::read(&small).expect("a table");
    app.gate.change_rules(|rules| rules.watch = small);
    let mut thieves = vec![];
    for name in ["Sarrazin", "Tessier", "Belkacem"] {
        thieves.push(Thief::new(&bed, name, false).await);
    }
    bed.advance(SignedDuration::from_mins(6));
    let mut numbers = numbers.iter();
    let mut opened = 0;
    let asked = loop {
        bed.advance(SignedDuration::from_secs(5));
        let number = numbers.next().expect("stopped before");
        match thieves[opened % 3].open(&bed, number).await {
            Ok(()) => opened += 1,
            Err(page) => break page,
        }
    };
    assert_eq!((opened, asked.path.as_str()), (10, "/pro/verification"));
    assert!(
        asked.has("Les comptes de votre organisation"),
        "{}",
        asked.words()
    );
    // With a card two more, then whoever tries is suspended.
    let thief = Thief::new(&bed, "Sarrazin", true).await;
    for number in numbers.by_ref().take(2) {
        thief.open(&bed, number).await.expect("one more");
    }
    let number = numbers.next().expect("stopped before");
    let page = thief.open(&bed, number).await.expect_err("stopped");
    assert!(page.has("Votre accès est suspendu"), "{}", page.words());
    let list = app.gate.suspensions().await.expect("read");
    assert_eq!((list.len(), list[0].why), (1, Why::Organisation));
    // Elsewhere nobody is slowed.
    let other = bed.professional("Nguyen").await;
    let page = declare(&other, number).await;
    assert!(!page.path.ends_with("/acces"), "{}", page.words());
}
