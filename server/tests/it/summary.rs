//! The summary that a professional sees first: what is known, the last results, what is new; and
//! what the person reads of it in their history.

use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::Bed;

async fn page(visitor: &Visitor, path: &str) -> Page {
    let page = visitor.get(path).await.expect("page");
    assert_eq!(page.status, 200, "{path} {}", page.words());
    page
}

/// Enough minutes later that the next look is another visit; the session goes on.
async fn later(bed: &Bed, visitor: &Visitor) {
    for _ in 0..5 {
        bed.advance(SignedDuration::from_mins(9));
        visitor.get("/pro/situation").await.expect("page");
    }
}

#[tokio::test]
async fn a_doctor_sees_first_what_is_known_and_where_it_stands() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    for known in [
        "Diabète de type 2 sans complication",
        "Antécédents (2)",
        "Déclaré absent : Allergie",
        "Metformine 1 000 mg matin et soir",
        "grippe saisonnière",
        "lot FICT-2025-118",
        "Hémoglobine glyquée",
    ] {
        assert!(record.has(known), "{known}: {}", record.words());
    }
    // Each says in which document it stands, and that one opens.
    let said = record.text();
    let (_, treatments) = said.split_once("summary-treatments").expect("a block");
    let source = treatments
        .split_once("class=\"source\"")
        .expect("a source")
        .1;
    let source = source.split('"').nth(1).expect("an address").to_owned();
    assert!(page(&doctor, &source).await.has("Synthèse médicale"));
    // First visit: everything is new, so nothing is called so.
    assert!(!record.has("Depuis votre dernière visite"));
    let list = page(&doctor, &format!("{}/documents", record.path)).await;
    assert!(list.has("Synthèse médicale"), "{}", list.words());

    let karim = bed.sign_in("Karim").await;
    let history = page(&karim, "/historique?qui=professionnels").await;
    let seen = "Consultation de la synthèse du dossier";
    // One line: its words, and the name of the link that contests it.
    assert_eq!(
        history.text().matches(seen).count(),
        2,
        "{}",
        history.words()
    );
}

#[tokio::test]
async fn what_came_since_the_last_visit_is_named_and_no_more() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    later(&bed, &doctor).await;
    let again = page(&doctor, &record.path).await;
    assert!(again.has("Rien de nouveau"), "{}", again.words());
    let (software, token) = bed
        .software("demo-labo", "Laboratoire des Érables (fictif)")
        .await;
    let hidden = bed.deposit_for("Karim", 8, |document| {
        document.flags = vec![fiction::Flag::Professionals];
    });
    for bundle in [bed.deposit_for("Karim", 7, |_| {}), hidden] {
        software.deposit(&token, &bundle).await.expect("deposited");
    }
    // The same visit goes on: its beginning does not move.
    let still = page(&doctor, &record.path).await;
    assert!(still.has("1 nouveau document"), "{}", still.words());
    assert!(still.has("Compte rendu fictif 7") && !still.has("Compte rendu fictif 8"));
    later(&bed, &doctor).await;
    let next = page(&doctor, &record.path).await;
    assert!(next.has("Rien de nouveau"), "{}", next.words());
}

/// What a person's list of patients says of somebody.
async fn listed(doctor: &Visitor) -> Page {
    page(doctor, "/pro").await
}

#[tokio::test]
async fn a_doctor_lists_who_let_them_in_and_each_line_is_decided_again() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    assert!(listed(&doctor).await.has("Votre liste est vide"));
    let record = bed.consent(&doctor, "Karim").await;
    let list = listed(&doctor).await;
    assert!(list.has("Karim Benali"), "{}", list.words());
    assert!(!list.has("nouveau document"), "{}", list.words());
    // An address of the list leads there, in this session alone.
    let link = list
        .links("/pro/liste/")
        .into_iter()
        .next()
        .expect("a link");
    let there = page(&doctor, &link).await;
    assert!(there.path.starts_with("/pro/patients/") && there.has("Synthèse"));
    let other = bed.professional("Martin").await;
    let stranger = other.get(&link).await.expect("page");
    assert_eq!(stranger.status, 404, "{}", stranger.words());

    later(&bed, &doctor).await;
    let (software, token) = bed
        .software("demo-labo", "Laboratoire des Érables (fictif)")
        .await;
    let hidden = bed.deposit_for("Karim", 8, |document| {
        document.flags = vec![fiction::Flag::Professionals];
    });
    for bundle in [bed.deposit_for("Karim", 7, |_| {}), hidden] {
        software.deposit(&token, &bundle).await.expect("deposited");
    }
    let list = listed(&doctor).await;
    assert!(list.has("1 nouveau document"), "{}", list.words());
    let karim = bed.sign_in("Karim").await;
    let told = "Votre nom dans sa liste de patients, avec 1 nouveau document";
    let lines = async || {
        let history = page(&karim, "/historique?qui=professionnels").await;
        history.text().matches(&format!("{told}<")).count()
    };
    let once = lines().await;
    assert!(once >= 1, "the person reads of it");
    listed(&doctor).await;
    assert_eq!(lines().await, once, "the same number is no other look");

    // Blocked: gone from the list, without a word and without a line.
    let block = page(&karim, "/acces").await;
    let block = block
        .links("/acces/")
        .into_iter()
        .find(|link| link.ends_with("/bloquer"));
    let block = block.expect("a way to block");
    page(&karim, &block).await;
    karim.post(&block, &[]).await.expect("page");
    let list = listed(&doctor).await;
    assert!(!list.has("Karim Benali"), "{}", list.words());
    let gone = doctor.get(&record.path).await.expect("page");
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn who_is_entrusted_a_record_finds_it_in_their_list_before_any_look() {
    let bed = Bed::new().await;
    let staff = fiction::staff();
    let place = |who: &fiction::Professional| who.situations[0].facility.name;
    let of_place = |name: &str, same: bool| {
        let all = staff.all();
        let who = all.iter().find(|who| who.name().contains(name));
        let there = place(who.expect("one"));
        let mut others = all.into_iter().filter(|who| !who.name().contains(name));
        others.find(|who| (place(who) == there) == same)
    };
    let doctor = bed.professional("Martin").await;
    let access = bed.find(&doctor, "Karim").await.path;
    let fields = [
        ("accord", "oui"),
        ("duree", "trois-mois"),
        ("equipe", "oui"),
    ];
    doctor.post(&access, &fields).await.expect("page");
    bed.work().await;
    for same in [true, false] {
        let Some(other) = of_place("Martin", same) else {
            continue;
        };
        let visitor = bed.professional(&other.name()).await;
        let list = page(&visitor, "/pro").await;
        assert_eq!(list.has("Karim Benali"), same, "{}", list.words());
        assert_eq!(list.has("jamais ouvert"), same, "{}", list.words());
    }
}

#[tokio::test]
async fn all_strict_traits_find_one_person_or_nobody() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let cast = fiction::cast(bed.demo.app.now());
    let all = cast.all();
    let karim = all
        .iter()
        .find(|one| one.name().starts_with("Karim"))
        .expect("Karim");
    let traits = &karim.traits;
    let born = traits
        .birth_date
        .day()
        .expect("a day")
        .strftime("%d/%m/%Y")
        .to_string();
    let sex = if traits.sex == ins::Sex::Female {
        "F"
    } else {
        "M"
    };
    let place = traits.birth_place.clone().expect("a place");
    let ask = async |family: &str, given: &str, born: &str, place: &str| {
        doctor.get("/pro/traits").await.expect("page");
        let fields = [
            ("nom-naissance", family),
            ("prenom", given),
            ("naissance", born),
            ("sexe", sex),
            ("lieu", place),
        ];
        doctor.post("/pro/traits", &fields).await.expect("page")
    };
    let (family, given) = (
        traits.birth_family_name.as_str(),
        traits.birth_given_names[0].as_str(),
    );
    let found = ask(&family.to_lowercase(), given, &born, &place).await;
    assert!(
        found.path.ends_with("/acces") && found.has("Karim"),
        "{}",
        found.words()
    );
    assert!(!found.has(karim.number()), "the number is masked");
    for (family, given, born, place) in [
        ("Benalie", given, born.as_str(), place.as_str()),
        (family, "Kari", &born, &place),
        (family, given, "01/01/1950", &place),
        (family, given, &born, "75119"),
    ] {
        let nobody = ask(family, given, born, place).await;
        assert!(nobody.has("Aucun dossier accessible"), "{}", nobody.words());
    }
    let wrong = ask(family, given, &born, "Paris").await;
    assert_eq!(wrong.status, 422, "{}", wrong.words());
    assert!(
        wrong.has("code INSEE") && wrong.text().contains(given),
        "nothing typed is lost"
    );

    // As many as first openings, and no more without the card.
    for _ in 0..40 {
        let page = ask("Personne", given, &born, &place).await;
        if page.path == "/pro/verification" {
            return;
        }
        bed.advance(SignedDuration::from_secs(20));
    }
    panic!("names are gone through without end");
}
