//! The numbers of design §7, by a moved clock: one second before, and one after.

use std::net::IpAddr;

use access::Limits;
use ins::Matricule;
use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::Bed;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn seconds(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

async fn is_in(visitor: &Visitor, home: &str) -> bool {
    get(visitor, home).await.path == home
}

/// A session lives while it is used, up to a whole.
async fn ends(bed: &Bed, professional: bool, idle: i64, whole: i64) {
    let home = if professional { "/pro" } else { "/accueil" };
    let enter = async || match professional {
        true => bed.professional("Martin").await,
        false => bed.sign_in("Camille").await,
    };
    let unused = enter().await;
    bed.advance(seconds(idle - 1));
    assert!(is_in(&unused, home).await, "used within {idle} s");
    bed.advance(seconds(idle + 1));
    assert!(!is_in(&unused, home).await, "left for {idle} s");
    let busy = enter().await;
    let (mut lived, step) = (0, idle - 61);
    while lived + step < whole {
        bed.advance(seconds(step));
        lived += step;
        assert!(is_in(&busy, home).await, "in use, after {lived} s");
    }
    bed.advance(seconds(whole - lived - 1));
    assert!(is_in(&busy, home).await, "just before {whole} s");
    bed.advance(seconds(2));
    assert!(!is_in(&busy, home).await, "in use, but over {whole} s");
}

#[tokio::test]
async fn a_persons_session_ends_after_15_minutes_unused_or_12_hours() {
    ends(&Bed::new().await, false, 15 * 60, 12 * 3_600).await;
}

#[tokio::test]
async fn a_professionals_session_ends_after_10_minutes_unused_or_4_hours() {
    ends(&Bed::new().await, true, 10 * 60, 4 * 3_600).await;
}

async fn password(bed: &Bed, visitor: &Visitor) -> Page {
    let camille = bed.persona("Camille");
    get(visitor, "/connexion").await;
    let login = camille.login.expect("a login");
    let fields = [("identifiant", login), ("mot-de-passe", camille.password)];
    post(visitor, "/connexion", &fields).await
}

#[tokio::test]
async fn a_one_time_code_has_6_digits_10_minutes_and_3_tries() {
    let bed = Bed::new().await;
    for (after, wrong, taken) in [(600, 0, true), (601, 0, false), (0, 2, true), (0, 3, false)] {
        let visitor = bed.visitor();
        assert_eq!(password(&bed, &visitor).await.path, "/connexion/code");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        let code = bed.code();
        let other = if code == "000000" { "000001" } else { "000000" };
        bed.advance(seconds(after));
        for _ in 0..wrong {
            post(&visitor, "/connexion/code", &[("code", other)]).await;
        }
        let page = post(&visitor, "/connexion/code", &[("code", &code)]).await;
        let went = page.path == "/accueil";
        assert_eq!(
            went,
            taken,
            "after {after} s and {wrong} wrong: {}",
            page.words()
        );
    }
    let visitor = bed.visitor();
    password(&bed, &visitor).await;
    bed.advance(seconds(29));
    let page = post(&visitor, "/connexion/renvoyer", &[("moyen", "email")]).await;
    assert_eq!(page.status, 422, "another code after 30 seconds only");
    bed.advance(seconds(1));
    let page = post(&visitor, "/connexion/renvoyer", &[("moyen", "email")]).await;
    assert_eq!(page.status, 200, "{}", page.words());
}

/// Who claims to be whom, from where.
struct Claim<'a> {
    from: u8,
    number: &'a str,
    card: &'a str,
}

/// A provisional code, when one left.
fn provisional(bed: &Bed, before: usize) -> Option<String> {
    let messages = bed.demo.outbox.messages();
    let new = messages.len().checked_sub(before)?;
    let code = |text: &str| {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let is_code = |word: &&str| {
            word.len() == 8
                && word
                    .chars()
                    .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        };
        words.find(is_code).map(ToOwned::to_owned)
    };
    messages
        .iter()
        .take(new)
        .find_map(|(_, message)| code(&message.body))
}

/// Asks for a provisional code; gives it when one left.
async fn claim(bed: &Bed, claim: Claim<'_>) -> (Visitor, Option<String>) {
    let visitor = bed.visitor().at(IpAddr::from([192, 0, 2, claim.from]));
    let birth = &bed.persona("Yvette").birth;
    let mut parts = birth.split('/');
    let mut next = || parts.next().unwrap_or_default();
    let (day, month, year) = (next(), next(), next());
    let naissance = format!("{year}-{month}-{day}");
    get(&visitor, "/activation").await;
    let fields = [
        ("nir", claim.number),
        ("serie", claim.card),
        ("naissance", &naissance),
    ];
    let page = post(&visitor, "/activation", &fields).await;
    assert_eq!(page.path, "/activation/moyen", "{}", page.words());
    let before = bed.demo.outbox.messages().len();
    let page = post(&visitor, "/activation/moyen", &[("moyen", "email")]).await;
    assert_eq!(page.path, "/activation/code", "{}", page.words());
    // Messages leave in the background.
    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    (visitor, provisional(bed, before))
}

/// A number of nobody.
fn number(n: u8) -> String {
    let body = format!("2440699999{n:03}");
    Matricule::from_body(&body)
        .expect("a number")
        .as_str()
        .to_owned()
}

#[tokio::test]
async fn a_provisional_code_has_8_characters_30_minutes_and_3_tries() {
    let bed = Bed::new().await;
    let yvette = bed.persona("Yvette");
    for (from, (after, wrong, taken)) in (1..).zip([
        (1_800, 0, true),
        (1_801, 0, false),
        (0, 2, true),
        (0, 3, false),
    ]) {
        let right = Claim {
            from,
            number: &yvette.number,
            card: &yvette.card,
        };
        let (visitor, code) = claim(&bed, right).await;
        let code = code.expect("a code");
        bed.advance(seconds(after));
        for _ in 0..wrong {
            post(&visitor, "/activation/code", &[("code", "22222222")]).await;
        }
        let page = post(&visitor, "/activation/code", &[("code", &code)]).await;
        let went = page.path == "/activation/identifiants";
        assert_eq!(
            went,
            taken,
            "after {after} s and {wrong} wrong: {}",
            page.words()
        );
        bed.advance(DAY);
    }
}

/// From the card to the page of the code of a letter: asked for, or received.
async fn letter(bed: &Bed, from: u8, way: &str) -> (Visitor, Option<String>) {
    let visitor = bed.visitor().at(IpAddr::from([192, 0, 2, from]));
    let yvette = bed.persona("Yvette");
    let mut birth = yvette.birth.rsplit('/');
    let mut part = || birth.next().unwrap_or_default();
    let naissance = format!("{}-{}-{}", part(), part(), part());
    get(&visitor, "/activation").await;
    let fields = [
        ("nir", yvette.number.as_str()),
        ("serie", yvette.card.as_str()),
        ("naissance", &naissance),
    ];
    post(&visitor, "/activation", &fields).await;
    let before = bed.demo.outbox.messages().len();
    let page = post(&visitor, "/activation/moyen", &[("moyen", way)]).await;
    assert_eq!(page.path, "/activation/code", "{}", page.words());
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    (visitor, provisional(bed, before))
}

#[tokio::test]
async fn a_provisional_code_by_letter_has_15_days_and_3_tries() {
    let bed = Bed::new().await;
    let days = DAY * 15;
    for (from, (after, wrong, taken)) in (1..).zip([
        (days, 0, true),
        (days + seconds(1), 0, false),
        (DAY, 2, true),
        (DAY, 3, false),
    ]) {
        let (_, code) = letter(&bed, from, "courrier").await;
        let code = code.expect("a letter");
        bed.advance(after);
        // Another browser, days later.
        let (mut visitor, none) = letter(&bed, from + 100, "recu").await;
        assert_eq!(none, None, "no other letter leaves");
        for _ in 0..wrong {
            post(&visitor, "/activation/code", &[("code", "22222222")]).await;
        }
        if wrong == 3 {
            // Tries are the letter's, whatever the browser.
            visitor = letter(&bed, from + 50, "recu").await.0;
        }
        let page = post(&visitor, "/activation/code", &[("code", &code)]).await;
        let went = page.path == "/activation/identifiants";
        assert_eq!(
            went,
            taken,
            "after {after:?} and {wrong} wrong: {}",
            page.words()
        );
        if taken {
            // It counts once.
            let (visitor, _) = letter(&bed, from + 50, "recu").await;
            let page = post(&visitor, "/activation/code", &[("code", &code)]).await;
            assert!(page.has("Ce code n’est pas le bon"), "{}", page.words());
        }
        bed.advance(DAY * 2);
    }
}

#[tokio::test]
async fn five_claims_a_day_by_number_by_card_and_by_source() {
    let bed = Bed::new().await;
    let yvette = bed.persona("Yvette");
    let (own, card) = (yvette.number.as_str(), yvette.card.as_str());
    let cards: Vec<String> = (0..9).map(|n| format!("9900000009{n}")).collect();
    let numbers: Vec<String> = (0..9).map(number).collect();
    let mut next = 10;
    for by in ["number", "card", "source"] {
        for (wrong, sent) in [(4, true), (5, false)] {
            let mut from = || {
                next += u8::from(by != "source");
                next
            };
            for n in 0..wrong {
                let (number, card) = match by {
                    "number" => (own, cards[n].as_str()),
                    "card" => (numbers[n].as_str(), card),
                    _ => (numbers[n].as_str(), cards[n].as_str()),
                };
                let from = from();
                let (_, code) = claim(&bed, Claim { from, number, card }).await;
                assert_eq!(code, None);
            }
            let from = from();
            let right = || Claim {
                from,
                number: own,
                card,
            };
            let (_, code) = claim(&bed, right()).await;
            assert_eq!(code.is_some(), sent, "by {by}, after {wrong} wrong ones");
            bed.advance(DAY + seconds(1));
            let (_, code) = claim(&bed, right()).await;
            assert!(code.is_some(), "by {by}, the day after");
            bed.advance(DAY + seconds(1));
        }
    }
}

#[tokio::test]
async fn lifting_a_block_takes_a_password_shown_within_5_minutes() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    let access = get(&camille, "/acces").await;
    let grant = access.links("/acces/");
    let block = grant
        .iter()
        .find(|link| link.ends_with("/bloquer"))
        .expect("a grant");
    bed.advance(seconds(400));
    get(&camille, block).await;
    let page = post(&camille, block, &[]).await;
    assert_eq!(
        page.path,
        "/acces",
        "blocking never waits: {}",
        page.words()
    );
    let lift = page
        .links("/acces/blocages/")
        .first()
        .expect("a block")
        .clone();
    // Straight to the form, past its page: nothing is lifted.
    let page = post(&camille, &lift, &[]).await;
    assert_eq!(page.path, "/verification", "{}", page.words());
    assert_eq!(
        get(&camille, "/acces").await.links(&lift).len(),
        1,
        "still in force"
    );
    let page = get(&camille, &lift).await;
    assert_eq!(page.path, "/verification", "{}", page.words());
    let fields = [
        ("retour", lift.as_str()),
        ("mot-de-passe", bed.persona("Camille").password),
    ];
    let page = post(&camille, "/verification", &fields).await;
    assert_eq!(page.path, lift, "{}", page.words());
    bed.advance(seconds(300));
    let page = post(&camille, &lift, &[]).await;
    assert!(
        page.path == "/acces" && page.links(&lift).is_empty(),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn a_machines_token_lives_5_minutes() {
    let bed = Bed::new().await;
    let (software, token) = bed.software("labo", "Laboratoire fictif").await;
    bed.advance(seconds(299));
    let bundle = bed.deposit_for("Camille", 1, |_| {});
    let page = software
        .post(&token, "/fhir", &bundle)
        .await
        .expect("an answer");
    assert_eq!(page.status, 200, "{}", page.text());
    bed.advance(seconds(2));
    let page = software
        .post(&token, "/fhir", &bundle)
        .await
        .expect("an answer");
    assert_eq!(page.status, 401);
}

/// What the other tests hold by behaviour, and those of crates with numbers of their own
/// (first openings, sizes), in one look.
#[test]
fn the_numbers_are_those_of_the_design() {
    let minutes = SignedDuration::from_mins;
    let hours = SignedDuration::from_hours;
    let expected = Limits {
        activations_a_day: 5,
        sign_ins_a_day: 20,
        provisional_code: minutes(30),
        letter_code: hours(24 * 15),
        between_codes: seconds(30),
        one_time_code: minutes(10),
        code_tries: 3,
        person_idle: minutes(15),
        person_session: hours(12),
        professional_idle: minutes(10),
        professional_session: hours(4),
        fresh_factor: minutes(5),
        inactive_refused: true,
        first_openings_an_hour: 30,
        first_openings_at_most: 45,
        break_glass: hours(12),
        dispatch: hours(24),
        withdrawn_kept: hours(24 * 30),
        registers: hours(24 * 1_096),
        document_bytes: 5_000_000,
        documents_at_once: 20,
        documents_a_day: 300,
        grants: 200,
        blocks: 500,
        shares_a_day: 30,
        contests_a_day: 20,
        secrets_a_day: 10,
        deposit_bytes: 20_000_000,
        professional_token: SignedDuration::from_mins(5),
        access_token: minutes(5),
        opposition: hours(24 * 42),
        counter_code: minutes(10),
        counter_tries: 5,
        share_tries: 5,
        share_session: minutes(30),
        share_openings_an_hour: 30,
        phone_asks_an_hour: 5,
        phone_asks_by_source_an_hour: 30,
        archive_bytes: 100_000_000,
        archive_link: hours(24 * 7),
        archive: hours(24 * 3_653),
        before_erasure: hours(24 * 30),
        key_retention: hours(24 * 30),
    };
    assert_eq!(Limits::default(), expected);
}
