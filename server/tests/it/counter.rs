//! The code at the counter: scanned or typed, once, in time, by whom it is for.

use jiff::SignedDuration;
use testing::{Page, Visitor, scan};

use super::bed::{Bed, ORIGIN};

/// Makes a code and gives the page that shows it.
pub async fn make(person: &Visitor, profession: &str, lasting: &str) -> Page {
    let form = person.get("/acces/code").await.expect("page");
    assert!(form.has("id=\"creer\""), "{}", form.words());
    let fields = [("profession", profession), ("duree", lasting)];
    let page = person.post("/acces/code", &fields).await.expect("page");
    assert!(page.has("id=\"chiffres\""), "{}", page.words());
    page
}

fn digits(page: &Page) -> String {
    let shown = page.between("id=\"chiffres\">", "<").expect("digits");
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 6, "{shown}");
    digits
}

/// Other digits.
fn wrong(digits: &str) -> String {
    let first = if digits.starts_with('1') { "2" } else { "1" };
    format!("{first}{}", &digits[1..])
}

/// Looks the person up and gives the address where their code is typed.
async fn at_code(bed: &Bed, professional: &Visitor, name: &str) -> String {
    let found = bed.find(professional, name).await;
    let here = found.path.replace("/acces", "/code");
    let page = professional.get(&here).await.expect("page");
    assert!(page.has("id=\"code\""), "{}", page.words());
    here
}

#[tokio::test]
async fn a_square_is_scanned_and_consent_is_proved() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let page = make(&camille, "10", "trois-mois").await;
    let said = scan(&page.text()).expect("a square that a camera reads");
    let path = said
        .strip_prefix(ORIGIN)
        .expect("an address of ours")
        .to_owned();
    assert!(!said.contains(&digits(&page)));
    // Shown again as long as it can be used; the page is the same.
    let again = camille.get("/acces/code").await.expect("page");
    assert_eq!(scan(&again.text()).as_deref(), Some(&*said));

    // Whose profession is another opens nothing, and uses nothing up.
    let pharmacist = bed.professional("Nguyen").await;
    let page = pharmacist.get(&path).await.expect("page");
    let here = page
        .attribute("action=\"/pro/patients/", "\"")
        .expect("a form");
    let token = page
        .attribute("name=\"jeton\" value=\"", "\"")
        .expect("what was scanned");
    let form = format!("/pro/patients/{here}");
    let page = pharmacist
        .post(&form, &[("jeton", &token)])
        .await
        .expect("page");
    assert_eq!(page.status, 422, "{}", page.words());

    // A doctor sees whose it is first, then opens.
    let doctor = bed.professional("Martin").await;
    let page = doctor.get(&path).await.expect("page");
    assert!(
        page.has("Desrosiers") && page.has("id=\"ouvrir\""),
        "{}",
        page.words()
    );
    let here = page
        .attribute("action=\"/pro/patients/", "\"")
        .expect("a form");
    let form = format!("/pro/patients/{here}");
    let record = form.replace("/code", "");
    let page = doctor.get(&record).await.expect("page");
    assert_eq!(page.status, 404, "looking is not opening");
    doctor.get(&path).await.expect("page");
    let page = doctor
        .post(&form, &[("jeton", &token)])
        .await
        .expect("page");
    assert_eq!(page.path, record, "{}", page.words());
    assert!(
        page.has("Consentement donné par la personne"),
        "{}",
        page.words()
    );
    // Once.
    let page = doctor.get(&path).await.expect("page");
    let here = page
        .attribute("action=\"/pro/patients/", "\"")
        .expect("a form");
    let page = doctor
        .post(&format!("/pro/patients/{here}"), &[("jeton", &token)])
        .await;
    assert_eq!(page.expect("page").status, 422);
    let page = camille.get("/acces/code").await.expect("page");
    assert!(page.has("id=\"creer\""), "used: {}", page.words());

    // The person: told, a line, an access that says how it came about.
    bed.work().await;
    let told = bed.demo.outbox.messages();
    assert!(
        told.iter()
            .any(|(_, sent)| sent.body.contains("a obtenu l’accès"))
    );
    let page = camille.get("/acces").await.expect("page");
    assert!(page.has("Accord donné par vous"), "{}", page.words());
    let page = camille.get("/historique").await.expect("page");
    assert!(
        page.has("Utilisation du code") && page.has("Création d’un code"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn six_digits_are_for_whom_was_found_and_five_tries() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let right = digits(&make(&camille, "", "consultation").await);
    let doctor = bed.professional("Martin").await;
    // At somebody else's: no code there.
    let here = at_code(&bed, &doctor, "Karim").await;
    let page = doctor.post(&here, &[("code", &right)]).await.expect("page");
    assert_eq!(page.status, 422, "{}", page.words());
    let here = at_code(&bed, &doctor, "Camille").await;
    for typed in ["", "12345", "abcdef", "1234567"] {
        let page = doctor.post(&here, &[("code", typed)]).await.expect("page");
        assert!(
            page.has("Saisissez les six chiffres"),
            "no try used: {}",
            page.words()
        );
    }
    for _ in 0..4 {
        let page = doctor
            .post(&here, &[("code", &wrong(&right))])
            .await
            .expect("page");
        assert!(page.has("pas le code"), "{}", page.words());
    }
    // The person reads that theirs was tried.
    let history = camille.get("/historique").await.expect("page");
    assert_eq!(
        history
            .text()
            .matches("Le code saisi n’était pas le bon")
            .count(),
        4,
        "{}",
        history.words()
    );
    // The fifth, with spaces as it is read out.
    let spaced = format!(" {} {} ", &right[..3], &right[3..]);
    let page = doctor
        .post(&here, &[("code", &spaced)])
        .await
        .expect("page");
    assert_eq!(page.path, here.replace("/code", ""), "{}", page.words());

    // Five wrong ones, from anybody: over, even for the right one.
    let right = digits(&make(&camille, "", "consultation").await);
    for _ in 0..5 {
        doctor
            .post(&here, &[("code", &wrong(&right))])
            .await
            .expect("page");
    }
    let nurse = bed.professional("Nguyen").await;
    let there = at_code(&bed, &nurse, "Camille").await;
    let page = nurse.post(&there, &[("code", &right)]).await.expect("page");
    assert!(page.has("plus valable"), "{}", page.words());
    // A new one counts its own tries.
    let page = camille
        .post("/acces/code", &[("annuler", "oui")])
        .await
        .expect("page");
    assert!(page.has("est annulé"), "{}", page.words());
    let right = digits(&make(&camille, "", "consultation").await);
    let page = nurse.post(&there, &[("code", &right)]).await.expect("page");
    assert_eq!(page.path, there.replace("/code", ""), "{}", page.words());
}

#[tokio::test]
async fn a_code_ends_with_its_minutes_its_withdrawal_or_a_newer_one() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let first = make(&camille, "", "consultation").await;
    let scanned = scan(&first.text()).expect("a square");
    camille
        .post("/acces/code", &[("annuler", "oui")])
        .await
        .expect("page");
    let second = make(&camille, "", "consultation").await;
    // An older square names the person still, and opens nothing.
    let path = scanned.strip_prefix(ORIGIN).expect("ours");
    let page = doctor.get(path).await.expect("page");
    let token = page
        .attribute("name=\"jeton\" value=\"", "\"")
        .expect("a form");
    let form = page
        .attribute("action=\"/pro/patients/", "\"")
        .expect("a form");
    let page = doctor
        .post(&format!("/pro/patients/{form}"), &[("jeton", &token)])
        .await;
    assert_eq!(page.expect("page").status, 422);
    // One that we did not sign names nobody.
    let forged = format!("{}A", &path[..path.len() - 1]);
    let forged = if forged == path {
        format!("{}B", &path[..path.len() - 1])
    } else {
        forged
    };
    for path in [forged.as_str(), "/pro/code/x", "/pro/code/%00"] {
        let page = doctor.get(path).await.expect("page");
        assert_eq!(page.status, 404, "{path} {}", page.words());
    }
    bed.advance(SignedDuration::from_mins(9) + SignedDuration::from_secs(59));
    let page = camille.get("/acces/code").await.expect("page");
    assert_eq!(
        page.path,
        "/verification",
        "a factor is shown again: {}",
        page.words()
    );
    bed.advance(SignedDuration::from_secs(1));
    let typed = digits(&second);
    let doctor = bed.professional("Martin").await;
    let here = at_code(&bed, &doctor, "Camille").await;
    let page = doctor.post(&here, &[("code", &typed)]).await.expect("page");
    assert!(
        page.has("plus valable"),
        "ten minutes later: {}",
        page.words()
    );
}

#[tokio::test]
async fn a_code_takes_the_place_of_what_was_declared_and_a_block_wins_over_it() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let right = digits(&make(&camille, "", "consultation").await);
    let here = format!("{}/code", record.path);
    doctor.get(&here).await.expect("page");
    let page = doctor.post(&here, &[("code", &right)]).await.expect("page");
    assert_eq!(page.path, record.path, "{}", page.words());
    // Taken back once, it is taken back.
    let access = camille.get("/acces").await.expect("page");
    let ends = access
        .links("/acces/")
        .into_iter()
        .filter(|link| link.ends_with("/retirer"));
    let [end] = ends
        .collect::<Vec<_>>()
        .try_into()
        .expect("one authorisation");
    camille.get(&end).await.expect("page");
    camille.post(&end, &[]).await.expect("page");
    let page = doctor.get(&record.path).await.expect("page");
    assert_eq!(page.status, 404);
    // Blocked: even with a code.
    let right = digits(&make(&camille, "", "consultation").await);
    let again = bed.consent(&doctor, "Camille").await;
    let access = camille.get("/acces").await.expect("page");
    let blocks = access
        .links("/acces/")
        .into_iter()
        .find(|link| link.ends_with("/bloquer") && link != "/acces/bloquer");
    let block = blocks.expect("a link");
    camille.get(&block).await.expect("page");
    camille.post(&block, &[]).await.expect("page");
    doctor.get("/pro").await.expect("page");
    let page = doctor
        .post(&format!("{}/code", again.path), &[("code", &right)])
        .await;
    assert_eq!(page.expect("page").status, 404);
}
