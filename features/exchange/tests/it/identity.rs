//! Whose document it is: one answer for everything that is not confirmed.

use access::policy::SpaceState;
use fhir::pdsm;
use ins::{Sex, Traits};

use crate::harness::{
    AURORE, BASILE, CLIENT, House, NOBODY_YET, bundle, document, open_space, subject, traits,
};

const PDF: &[u8] = b"%PDF-1.4 consultation";

fn about(number: &str, traits: Traits) -> pdsm::NewDocument<'static> {
    pdsm::NewDocument {
        subject: subject(number),
        traits,
        ..document(1, PDF)
    }
}

#[tokio::test]
async fn unknown_opposed_closed_and_other_traits_are_answered_alike() {
    let house = House::new().await;
    let states = [
        ("279035121518494", SpaceState::Notified),
        ("279035121518890", SpaceState::Opposed),
        ("279035121518791", SpaceState::Closed),
        ("279035121518692", SpaceState::Suspended),
        ("279035121518593", SpaceState::Deceased),
    ];
    let mut refused = vec![
        about("185052B99999906", traits()),
        about(NOBODY_YET, traits()),
        about("000000000000000", traits()),
        about(BASILE, traits()),
        about(
            AURORE,
            Traits {
                birth_family_name: "SIROCCO".to_owned(),
                ..traits()
            },
        ),
        about(
            AURORE,
            Traits {
                sex: Sex::Male,
                ..traits()
            },
        ),
        about(
            AURORE,
            Traits {
                birth_date: "1979-03-05".parse().expect("a date"),
                ..traits()
            },
        ),
        about(
            AURORE,
            Traits {
                birth_place: Some("75056".to_owned()),
                ..traits()
            },
        ),
        about(
            AURORE,
            Traits {
                first_given_name: Some("LUNE".to_owned()),
                ..traits()
            },
        ),
    ];
    for (body, state) in states {
        let number = ins::Matricule::from_body(&body[..13]).expect("a number");
        open_space(&house.app, number.as_str(), &traits(), state, false).await;
        refused.push(about(number.as_str(), traits()));
    }
    let before = house.kept().await;
    let token = house.token_of(CLIENT).await;
    let mut answers = Vec::new();
    for document in &refused {
        let simple = pdsm::simplified(document).to_string();
        let answer = house.post("/fhir/DocumentReference", &token, simple).await;
        let outcome = answer.refused(422);
        assert_eq!(outcome["issue"][0]["code"], "business-rule");
        answers.push(answer.bytes);
        let set = bundle(std::slice::from_ref(document)).to_string();
        answers.push(house.post("/fhir", &token, set).await.bytes);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "one answer, to the byte");
    assert_eq!(house.kept().await, before, "and nothing is kept");
}

#[tokio::test]
async fn a_deposit_that_says_too_little_is_told_so() {
    let house = House::new().await;
    let token = house.token_of(CLIENT).await;
    let mut without_traits = pdsm::simplified(&document(1, PDF));
    without_traits["contained"][0]
        .as_object_mut()
        .expect("the patient")
        .remove("birthDate");
    let mut local_number = pdsm::simplified(&document(1, PDF));
    local_number["subject"]["identifier"]["system"] = "urn:oid:1.2.3".into();
    for (body, place) in [
        (
            without_traits,
            "DocumentReference.context.sourcePatientInfo",
        ),
        (local_number, "DocumentReference.subject"),
    ] {
        let answer = house
            .post("/fhir/DocumentReference", &token, body.to_string())
            .await;
        let outcome = answer.refused(422);
        assert_eq!(outcome["issue"][0]["expression"][0], place);
    }
}

/// A CDA document about Aurore, with one thing changed.
fn cda_about(change: impl FnOnce(&mut cda::Patient)) -> Vec<u8> {
    let mut patient = cda::Patient {
        ids: vec![cda::InstanceId::new(ins::oid::TEST, AURORE)],
        birth_family: Some("ZEPHYR".to_owned()),
        birth_given: Some("AURORE".to_owned()),
        given_names: vec!["AURORE LUNE".to_owned()],
        birth_date: Some(cda::PointInTime::new("19790304")),
        sex: Some("F".to_owned()),
        birth_place_code: Some("51215".to_owned()),
        ..cda::Patient::default()
    };
    change(&mut patient);
    cda::write::Cda {
        id: cda::InstanceId::root("1.2.3.4.1"),
        patient,
        ..cda::write::Cda::default()
    }
    .to_xml()
}

#[tokio::test]
async fn the_header_of_a_cda_must_be_about_the_same_person() {
    let house = House::new().await;
    let deposit = async |bytes: &[u8]| {
        let document = pdsm::NewDocument {
            content_type: "text/xml".to_owned(),
            bytes,
            ..document(1, bytes)
        };
        house.deposit(&document).await
    };
    let before = house.kept().await;
    let unknown = house.deposit(&about("185052B99999906", traits())).await;
    let others = [
        cda_about(|patient| patient.ids[0].extension = Some(BASILE.to_owned())),
        cda_about(|patient| patient.birth_family = Some("MISTRAL".to_owned())),
        cda_about(|patient| patient.sex = Some("M".to_owned())),
        cda_about(|patient| patient.birth_date = Some(cda::PointInTime::new("19790305"))),
    ];
    for bytes in others {
        let answer = deposit(&bytes).await;
        answer.refused(422);
        assert_eq!(answer.bytes, unknown.bytes);
    }
    for bytes in [
        cda_about(|patient| patient.ids.clear()),
        cda_about(|patient| patient.birth_date = None),
        cda_about(|_| ())[..400].to_vec(),
    ] {
        deposit(&bytes).await.refused(422);
    }
    assert_eq!(house.kept().await, before);

    let good = cda_about(|_| ());
    let answer = deposit(&good).await;
    assert_eq!(
        answer.status,
        201,
        "{}",
        String::from_utf8_lossy(&answer.bytes)
    );
    assert_eq!(
        house.documents(house.aurore).await[0].1.media_type,
        "text/xml"
    );
}

#[tokio::test]
async fn two_persons_in_one_set_are_refused() {
    let house = House::new().await;
    let before = house.kept().await;
    let token = house.token_of(CLIENT).await;
    let other = pdsm::NewDocument {
        unique_id: "urn:oid:1.2.3.4.2".to_owned(),
        ..about(BASILE, crate::harness::basile())
    };
    let set = bundle(&[document(1, PDF), other]).to_string();
    house.post("/fhir", &token, set).await.refused(422);
    assert_eq!(house.kept().await, before);
}
