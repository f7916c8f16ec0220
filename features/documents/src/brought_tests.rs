use super::*;
use crate::samples;

fn read(name: &str, bytes: &[u8]) -> Result<Brought, Unfit> {
    let rules = samples::rules();
    Brought::read(name.to_owned(), bytes.to_vec(), 5_000_000, &rules.types)
}

#[test]
fn every_offered_category_has_a_type_and_a_class() {
    let rules = samples::rules();
    let offered: Vec<_> = categories(&rules.types).collect();
    assert_eq!(offered.len(), TYPES.len());
    for category in offered {
        let kind = type_of(&rules.types, &category.code).expect("a type");
        assert_eq!(kind.category, category.code, "{}", kind.code);
        assert!(rules.types.class(&kind.class).is_some());
    }
    assert!(type_of(&rules.types, "DIR_ANT").is_none());
    assert!(type_of(&rules.types, "").is_none());
}

#[test]
fn a_file_says_what_it_can_of_itself() {
    let photo = read("IMG_2034.png", b"\xFF\xD8\xFF\xE0").expect("fit");
    assert_eq!(
        (photo.kind, photo.title.as_str()),
        (FileKind::Jpeg, "IMG 2034")
    );
    let cda = cda::write::Cda {
        id: cda::InstanceId::root("1.2.250.1.999.1"),
        code: cda::Code::new("11502-2", "2.16.840.1.113883.6.1", "CR de biologie"),
        title: "Bilan  sanguin".to_owned(),
        time: cda::PointInTime::new("20260312"),
        ..Default::default()
    };
    let cda = read("doc.xml", &cda.to_xml()).expect("fit");
    assert_eq!(cda.title, "Bilan sanguin");
    assert_eq!(cda.category.as_deref(), Some("BIOLOGIE"));
    let date = dates::today(cda.date.expect("a date"));
    assert_eq!(date.to_string(), "2026-03-12");
    assert!(cda.says && !photo.says);
    let mut pdf = read("scan_12.pdf", b"%PDF-1.4").expect("fit");
    pdf.on_cover("untitled", None);
    assert!(!pdf.says && pdf.title == "Scan 12" && pdf.date.is_none());
    pdf.on_cover(
        "Lettre de sortie",
        Some("2026-03-12".parse().expect("a day")),
    );
    assert!(pdf.says && pdf.title == "Lettre de sortie" && pdf.date.is_some());
    let broken = b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\">";
    assert_eq!(read("doc.xml", broken).unwrap_err(), Unfit::Cda);
}

#[test]
fn the_day_typed_wins_and_nothing_is_of_the_future() {
    let now = samples::now();
    let day = |text: &str| Some(text.parse::<Date>().expect("a day"));
    let own = "2026-03-12T10:00:00Z".parse().ok();
    let later = "2027-01-01T10:00:00Z".parse().ok();
    assert_eq!(made(None, None, now), now);
    assert_eq!(made(None, own, now), own.expect("an instant"));
    assert_eq!(made(None, later, now), now);
    assert_eq!(made(day("2026-06-12"), own, now), now);
    let typed = made(day("2024-02-29"), own, now);
    assert_eq!(dates::today(typed).to_string(), "2024-02-29");
}

#[test]
fn what_is_stored_passes_the_door_and_says_who_may_see() {
    let rules = samples::rules();
    let patient = serde_json::json!({
        "resourceType": "Patient",
        "identifier": [{"system": "urn:oid:1.2.250.1.213.1.4.10", "value": "279035121518989"}],
        "name": [{"family": "FICTIVE", "given": ["CAMILLE"]}],
        "gender": "female",
        "birthDate": "1979-03-04",
    });
    let policy = Policy {
        patient: Some(patient),
        ..Policy::default()
    };
    let now = samples::now();
    let viewer = Viewer {
        acting: Acting::Holder(vault::RecordId(Id([5; 16]))),
        ..Viewer::system(access::Purpose::Open, now)
    };
    let described = Described {
        title: "Analyse d’urine : 12/03".to_owned(),
        made: now,
        kind: type_of(&rules.types, "BIOLOGIE").expect("a type").clone(),
        flags: Flags {
            professionals: true,
            ..Flags::default()
        },
    };
    let file = read("a.pdf", b"%PDF-1.4").expect("fit");
    let stored = stored(
        &file,
        &described,
        samples::own("x").blob,
        By::Person(&viewer),
        (&policy, &rules.types),
        (Id([0xFF; 16]), now, "https://carnet.example"),
    )
    .expect("stored");
    let json = stored.resource.to_string();
    fhir::check(json.as_bytes()).expect("a FHIR resource");
    assert!(json.contains("MASQUE_PS") && json.contains("DOCPAT05"));
    let own = &stored.own;
    assert!(own.by_holder && own.flags.professionals);
    assert_eq!(
        own.unique_id,
        "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff"
    );
    let identifier = fhir::Identifier {
        system: Some(system::URI),
        value: &own.unique_id,
    };
    assert_eq!(identifier.canonical(), own.unique_id);
    assert!(!own.author.is_empty());
}
