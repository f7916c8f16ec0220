//! What the data-protection officer gets: the facts of a breach, from the register of the account.

use access::{
    Why,
    warrant::{Asked, Operator, Whose},
};
use ambient::SeededRandom;
use carnet::{
    dpo::{Account, Facts, report},
    settings::Settings,
};
use jiff::SignedDuration;
use vault::keys::PersonalKey;

use super::bed::Bed;

const MARTIN: &str = "899900000011";

fn facts(bed: &Bed, account: Option<Account>) -> Facts {
    Facts {
        found: bed.demo.app.now() - SignedDuration::from_hours(2),
        what: "Compte d’un professionnel utilisé par un tiers".to_owned(),
        account,
        people: None,
        measures: vec![],
        told: false,
    }
}

#[tokio::test]
async fn a_breach_is_reported_from_the_register_of_the_account() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    // Of somebody else, only the name is seen.
    bed.find(&doctor, "Karim").await;
    bed.work().await;
    let keys = [1, 2].map(|seed| {
        let text = PersonalKey::draw(&SeededRandom::new(seed));
        PersonalKey::read(text.expose()).expect("a key")
    });
    let mut settings = bed.settings.clone();
    let [alix, bruno] = [&keys[0], &keys[1]].map(PersonalKey::public);
    settings.set("audit.operators", format!("Alix {alix}, Bruno {bruno}"));
    settings.set("legal.dpo", "dpo@carnet.test");
    let asked = Asked {
        at: app.now(),
        whose: Whose::Professional(MARTIN.to_owned()),
        from: app.now() - SignedDuration::from_hours(1),
        to: app.now(),
        letters: false,
        reason: "plainte".to_owned(),
        alert: false,
        approvals: vec![],
        readings: vec![],
    };
    let id = app.gate.ask_register(asked.clone()).await.expect("asked");
    let account = || Some(Account::Asked(id.to_string()));
    let refused = report(app, &settings, facts(&bed, account())).await;
    assert!(refused.is_err(), "nobody approved");
    let declared = [("Alix", alix), ("Bruno", bruno)].map(|(name, key)| Operator {
        name: name.to_owned(),
        key,
    });
    for key in &keys {
        let signature = key.sign(asked.text(id).as_bytes());
        let approved = app
            .gate
            .approve_register(id, &declared, &signature, app.now());
        approved.await.expect("written").expect("theirs");
    }
    let breach = report(app, &settings, facts(&bed, account())).await;
    let breach = breach.expect("gathered");
    assert_eq!((breach.people, breach.only_identity), (Some(2), Some(1)));
    assert_eq!(breach.hours_left, 70);
    assert_eq!(breach.data.len(), 3, "{:?}", breach.data);
    let text = breach.markdown();
    for said in [
        "il reste 70 heures",
        "dpo@carnet.test",
        "Personnes concernées : 2",
        "Reste à dire",
    ] {
        assert!(text.contains(said), "« {said} » in {text}");
    }
    assert!(
        !text.contains("Camille") && !text.contains(MARTIN),
        "{text}"
    );
}

#[tokio::test]
async fn without_an_account_it_says_what_is_missing() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let settings = Settings::default();
    let late = Facts {
        found: app.now() - SignedDuration::from_hours(100),
        ..facts(&bed, None)
    };
    let breach = report(app, &settings, late).await.expect("gathered");
    let text = breach.markdown();
    assert_eq!(breach.people, None);
    assert_eq!(breach.missing.len(), 4, "{:?}", breach.missing);
    assert!(text.contains("délai dépassé de 28 heures"), "{text}");
    // An account that is not suspended is not read by one alone.
    let alone = facts(&bed, Some(Account::Suspended(MARTIN.to_owned())));
    assert!(report(app, &settings, alone).await.is_err());
    // Once it is, the report says so, and what it opened.
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    bed.work().await;
    let who = fiction::staff().anne;
    let situation = access::Situation {
        national_id: who.national_id(),
        name: who.name(),
        profession: who.profession.to_owned(),
        profession_label: who.profession_label.to_owned(),
        specialty: None,
        specialty_code: None,
        facility_id: None,
        facility: String::new(),
        sector: None,
        software: None,
    };
    let own = app.store.professional(MARTIN).await.expect("read");
    let own = own.expect("signed in").0;
    let why = (Why::Unusual, vec![]);
    let suspended = app.gate.suspend(&situation, own, why, app.now()).await;
    assert!(suspended.expect("written"));
    let alone = facts(&bed, Some(Account::Suspended(MARTIN.to_owned())));
    let breach = report(app, &settings, alone).await.expect("gathered");
    assert_eq!(breach.people, Some(1));
    assert!(breach.measures[0].contains("suspendu"));
}
