//! A record opened in an emergency: everybody concerned is told at once, and the operator reviews.

use access::{
    Act, Acting, Authenticated, Level, Plan, Refused, Viewer, kinds,
    policy::{Grant, GrantKind, Grantee, draft},
};
use jiff::SignedDuration;
use testing::Visitor;
use vault::{RecordId, Volume};

use super::bed::{Bed, holder};

const WRITTEN: &str = "Trouvée inanimée devant la gare du Tournesol.";

async fn break_glass(doctor: &Visitor, number: &str) -> testing::Page {
    doctor.get("/pro").await.expect("page");
    let found = doctor.post("/pro", &[("ins", number)]).await;
    let found = found.expect("page");
    let here = found.path.replace("/acces", "/urgence");
    let form = doctor.get(&here).await.expect("page");
    assert!(form.has("id=\"ouvrir-en-urgence\""), "{}", form.words());
    let fields = [
        ("danger", "oui"),
        ("motif", "inconscience"),
        ("precision", WRITTEN),
    ];
    doctor.post(&here, &fields).await.expect("page")
}

async fn name_treating_doctor(bed: &Bed, name: &str, national_id: &str) {
    let app = &bed.demo.app;
    let number = &bed.persona(name).number;
    let row = app.store.insured(number, "").await.expect("read");
    let record: RecordId = row.and_then(|row| row.record).expect("a space");
    let viewer = holder(app, record);
    let grant = Grant {
        to: Grantee::Professional(national_id.to_owned()),
        kind: GrantKind::TreatingDoctor,
        name: "Dr".to_owned(),
        since: app.now(),
        until: None,
        via: None,
        reason: None,
        ended: false,
        secret: false,
    };
    let clearance = app.gate.enter(&viewer, record, Act::ChangeSettings).await;
    let step = clearance.expect("allowed").act::<_, Refused>(|_| {
        let id = app.gate.id();
        Ok(Plan::new(()).writing(vec![draft(Volume::Policy, kinds::GRANT, id, &grant)]))
    });
    step.await.expect("written");
}

#[tokio::test]
async fn everybody_concerned_is_told_and_the_operator_reviews() {
    let bed = Bed::new().await;
    let staff = fiction::staff();
    let usual = staff
        .all()
        .into_iter()
        .find(|who| who.profession == "10" && !who.name().contains("Martin"));
    let usual = usual.expect("another doctor").clone();
    name_treating_doctor(&bed, "Camille", &usual.national_id()).await;
    let doctor = bed.professional("Martin").await;
    let record = break_glass(&doctor, &bed.persona("Camille").number).await;
    assert!(record.has("encore 12 h 0 min"), "{}", record.words());
    bed.work().await;

    // The person: an e-mail without a word of why, a notice, a line, the authorisation and its reason.
    let mail = bed.demo.outbox.messages();
    let told = mail
        .iter()
        .filter(|(_, sent)| sent.body.contains("en urgence"));
    assert_eq!(told.count(), 1);
    assert!(
        mail.iter()
            .all(|(_, sent)| !sent.body.contains("Tournesol"))
    );
    let camille = bed.sign_in("Camille").await;
    let notices = camille.get("/notifications").await.expect("page");
    assert!(notices.has("bris de glace"), "{}", notices.words());
    let access = camille.get("/acces").await.expect("page");
    assert!(access.has(WRITTEN), "{}", access.words());

    // Their treating doctor, on their own first page; nobody else.
    let theirs = bed.professional(&usual.name()).await;
    let page = theirs.get("/pro").await.expect("page");
    assert!(
        page.has(WRITTEN) && page.has("Desrosiers"),
        "{}",
        page.words()
    );
    let page = doctor.get("/pro").await.expect("page");
    assert!(!page.has("Tournesol"), "{}", page.words());

    // The operator: who, when, why; not whose record.
    let gate = &bed.demo.app.gate;
    let all = gate.emergencies().await.expect("the list");
    let [(id, one)] = all.as_slice() else {
        panic!("one emergency, not {all:?}")
    };
    assert!(one.name.contains("Martin") && one.reason.contains(WRITTEN));
    assert_eq!((one.reviewed, one.person.as_str()), (None, ""));
    // The operator learns that it waits, and notes who looked at it and what came of it.
    let seen = std::sync::Arc::<carnet::metrics::Metrics>::default();
    let admin = carnet::metrics::routes(&bed.demo.app, &seen, vec![]);
    let admin = Visitor::new(admin, super::bed::ORIGIN);
    let waits = || async {
        let text = admin.get("/metrics").await.expect("an answer").text();
        let mut lines = text.lines();
        let line = lines.find(|line| line.starts_with("carnet_emergencies_to_review "));
        line.expect("a gauge").to_owned()
    };
    assert_eq!(waits().await, "carnet_emergencies_to_review 1");
    let (number, note) = (id.to_string(), "Dr Roy : justifié, dossier clos");
    let noted = Some((number.as_str(), note));
    carnet::audit::break_glass(&bed.demo.app, true, noted)
        .await
        .expect("noted");
    let all = gate.emergencies().await.expect("the list");
    assert_eq!(all[0].1.reviewed, Some(bed.demo.app.now()));
    assert_eq!(all[0].1.note, note);
    assert_eq!(waits().await, "carnet_emergencies_to_review 0");
    let nobody = gate.review(gate.id(), note, bed.demo.app.now()).await;
    assert!(nobody.is_err());

    // Thirty days later the treating doctor's copy no longer says whose it was.
    let app = &bed.demo.app;
    let own = app.store.professional(&usual.national_id()).await;
    let own = own.expect("read").expect("a record of their own");
    let viewer = Viewer {
        account: own.0,
        acting: Acting::Professional(std::sync::Arc::new(access::Situation {
            national_id: usual.national_id(),
            name: usual.name(),
            profession: usual.profession.to_owned(),
            profession_label: usual.profession_label.to_owned(),
            specialty: None,
            specialty_code: None,
            facility_id: None,
            facility: String::new(),
            sector: None,
            software: None,
        })),
        authenticated: Authenticated {
            level: Level::Substantial,
            at: app.now(),
        },
    };
    let told = async || gate.told_of(&viewer).await.expect("told");
    assert!(told().await[0].person.contains("Desrosiers"));
    bed.advance(access::TOLD_FOR);
    bed.work().await;
    assert_eq!(
        (told().await.len(), told().await[0].person.as_str()),
        (1, "")
    );
    assert!(gate.verify(own).await.expect("read").findings.is_empty());

    // And as long as registers nobody has any.
    bed.advance(SignedDuration::from_hours(24 * 1_097));
    bed.work().await;
    assert!(told().await.is_empty());
    assert!(gate.emergencies().await.expect("the list").is_empty());
    assert!(gate.verify(own).await.expect("read").findings.is_empty());
}

#[tokio::test]
async fn who_represents_the_person_is_told() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let cast = fiction::cast(bed.demo.app.now());
    break_glass(&doctor, cast.jade.number()).await;
    bed.work().await;
    let mail = bed.demo.outbox.messages();
    let told = mail
        .iter()
        .filter(|(_, sent)| sent.body.contains("que vous représentez"));
    assert!(told.count() >= 1, "{mail:?}");
    assert!(
        mail.iter()
            .all(|(_, sent)| !sent.body.contains("Tournesol"))
    );
}

#[tokio::test]
async fn the_doctor_who_answers_the_15_opens_the_record_for_the_call() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Kerbrat").await;
    let found = bed.find(&doctor, "Camille").await;
    let here = found.path.replace("/acces", "/regulation");
    assert!(found.has(&here), "{}", found.words());
    let form = doctor.get(&here).await.expect("page");
    assert!(form.has("id=\"ouvrir-en-urgence\""), "{}", form.words());
    let written = [("precision", WRITTEN)];
    let page = doctor.post(&here, &written).await.expect("page");
    assert_eq!(page.status, 422, "{}", page.words());
    assert!(page.has(WRITTEN), "nothing typed is lost");
    let fields = [("danger", "oui"), ("precision", WRITTEN)];
    let record = doctor.post(&here, &fields).await.expect("page");
    assert!(record.path.starts_with("/pro/patients/"), "{}", record.path);
    bed.work().await;

    // The person is told, and reads why.
    let notices = camille.get("/notifications").await.expect("page");
    assert!(notices.has("Kerbrat"), "{}", notices.words());
    let access = camille.get("/acces").await.expect("page");
    assert!(access.has(WRITTEN), "{}", access.words());
    // The operator reviews it like any emergency.
    let all = bed.demo.app.gate.emergencies().await.expect("the list");
    assert_eq!(all.len(), 1);

    // Over with the call.
    bed.clock.advance(bed.demo.app.limits.dispatch);
    bed.clock.advance(SignedDuration::from_secs(1));
    let again = bed.professional("Kerbrat").await;
    let found = bed.find(&again, "Camille").await;
    let record = again
        .get(found.path.trim_end_matches("/acces"))
        .await
        .expect("page");
    assert_eq!(record.status, 404, "{}", record.words());

    // Who opposed it is opened by no call; who is of another place is not offered it.
    let elsewhere = bed.professional("Sarrazin").await;
    let found = bed.find(&elsewhere, "Camille").await;
    assert!(!found.has("/regulation"), "{}", found.words());
}
