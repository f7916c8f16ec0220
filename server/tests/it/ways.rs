//! Ways in other than a declared consent: from the directory, for a place, a team, a colleague.

use testing::{Page, Visitor};

use super::bed::Bed;

pub fn number(name: &str) -> String {
    let staff = fiction::staff();
    let who = staff
        .all()
        .into_iter()
        .find(|who| who.name().contains(name));
    who.expect("a professional").national_id()
}

/// The demo with the directory of everybody in it.
async fn listed() -> Bed {
    listed_in(Bed::new().await).await
}

pub async fn listed_in(bed: Bed) -> Bed {
    let listed = carnet::demo::list_everybody(&bed.demo).await;
    listed.expect("a directory");
    bed
}

const HOSPITAL: &str = "1990000025";

/// Looks the person up and tries to open the record.
async fn open(bed: &Bed, professional: &Visitor, name: &str) -> Page {
    let found = bed.find(professional, name).await;
    let record = found.path.trim_end_matches("/acces").to_owned();
    professional.get(&record).await.expect("page")
}

pub async fn authorise(person: &Visitor, genre: &str, number: &str, more: &[(&str, &str)]) -> Page {
    person.get("/acces/autoriser").await.expect("page");
    let mut fields = vec![("genre", genre), ("numero", number)];
    let form = person
        .post("/acces/autoriser", &fields)
        .await
        .expect("page");
    assert!(form.has("id=\"confirmer\""), "{}", form.words());
    fields.push(("confirme", "oui"));
    fields.extend(more);
    person
        .post("/acces/autoriser", &fields)
        .await
        .expect("page")
}

#[tokio::test]
async fn a_professional_and_those_who_work_with_them_are_let_in_ahead() {
    let bed = listed().await;
    let camille = bed.sign_in("Camille").await;
    camille.get("/acces/autoriser").await.expect("page");
    let fields = [("genre", "professionnel"), ("qui", "sarazin")];
    let page = camille
        .post("/acces/autoriser", &fields)
        .await
        .expect("page");
    assert!(page.has("SARRAZIN"), "a slip is forgiven: {}", page.words());
    let hugo = number("Sarrazin");
    let unsaid = authorise(&camille, "professionnel", &hugo, &[("duree", "toujours")]).await;
    assert_eq!(unsaid.status, 422, "{}", unsaid.words());
    let elsewhere = [("duree", "trois-mois"), ("lieu", "1990000033")];
    let page = authorise(&camille, "professionnel", &hugo, &elsewhere).await;
    assert_eq!(
        page.status,
        422,
        "a place where they do not work: {}",
        page.words()
    );
    let here = [
        ("qualite", "consulter"),
        ("duree", "trois-mois"),
        ("lieu", HOSPITAL),
    ];
    let page = authorise(&camille, "professionnel", &hugo, &here).await;
    assert_eq!(page.path, "/acces", "{}", page.words());
    assert!(page.has("Son équipe de soins") && page.has("Accords que vous avez donnés"));

    let doctor = bed.professional("Sarrazin").await;
    let page = open(&bed, &doctor, "Camille").await;
    assert!(
        page.has("Consentement donné par la personne"),
        "{}",
        page.words()
    );
    let colleague = bed.professional("Tessier").await;
    let page = open(&bed, &colleague, "Camille").await;
    assert!(page.has("Équipe de soins"), "{}", page.words());
    let elsewhere = bed.professional("Garcia").await;
    assert_eq!(open(&bed, &elsewhere, "Camille").await.status, 404);
    // The team is not where consent is passed on from.
    let found = bed.find(&colleague, "Camille").await;
    let page = colleague
        .get(&found.path.replace("/acces", "/collegue"))
        .await;
    assert_eq!(page.expect("page").status, 404);

    // The person's own history says by which right.
    let page = camille.get("/historique").await.expect("page");
    assert!(page.has("équipe de soins"), "{}", page.words());
    // Taken back from the one, taken back from all.
    let access = camille.get("/acces").await.expect("page");
    let ends = access.links("/acces/").into_iter();
    let ends: Vec<_> = ends.filter(|link| link.ends_with("/retirer")).collect();
    assert_eq!(ends.len(), 2, "{}", access.words());
    camille.get(&ends[0]).await.expect("page");
    let page = camille.post(&ends[0], &[]).await.expect("page");
    assert!(
        page.has("Aucun professionnel n’a accès"),
        "{}",
        page.words()
    );
    assert_eq!(open(&bed, &doctor, "Camille").await.status, 404);
    assert_eq!(open(&bed, &colleague, "Camille").await.status, 404);
}

/// Whoever comes from there, whatever they had; from elsewhere nothing changes; lifting gives nothing back.
#[tokio::test]
async fn a_place_that_is_blocked_shuts_out_whoever_is_at_work_there() {
    let bed = listed().await;
    let camille = bed.sign_in("Camille").await;
    let (hugo, anne) = (
        bed.professional("Sarrazin").await,
        bed.professional("Martin").await,
    );
    for doctor in [&hugo, &anne] {
        bed.consent(doctor, "Camille").await;
        assert_eq!(open(&bed, doctor, "Camille").await.status, 200);
    }
    camille.get("/acces/bloquer").await.expect("page");
    let asked = [("genre", "etablissement"), ("qui", "hopital valbrume")];
    let found = camille.post("/acces/bloquer", &asked).await.expect("page");
    assert!(found.has("Valbrume"), "{}", found.words());
    let fields = [
        ("genre", "etablissement"),
        ("numero", HOSPITAL),
        ("confirme", "oui"),
    ];
    let asked = camille
        .post("/acces/bloquer/choisir", &fields[..2])
        .await
        .expect("page");
    assert!(
        asked.has("personne n’y ouvrira votre dossier") && asked.has("peut encore être déposé"),
        "{}",
        asked.words()
    );
    let page = camille
        .post("/acces/bloquer/choisir", &fields)
        .await
        .expect("page");
    assert!(page.has("est bloqué"), "{}", page.words());
    let shut = open(&bed, &hugo, "Camille").await;
    assert!(!shut.has("Synthèse"), "{}", shut.words());
    let glass = bed.find(&hugo, "Camille").await;
    assert!(!glass.has("Ouvrir en urgence"), "{}", glass.words());
    assert_eq!(open(&bed, &anne, "Camille").await.status, 200);

    let access = camille.get("/acces").await.expect("page");
    let lift = access.links("/acces/blocages/").into_iter().next();
    let lift = lift.expect("a block");
    camille.get(&lift).await.expect("page");
    let page = camille.post(&lift, &[]).await.expect("page");
    assert!(page.has("n’est plus bloqué"), "{}", page.words());
    let shut = open(&bed, &hugo, "Camille").await;
    assert!(!shut.has("Synthèse"), "{}", shut.words());
    bed.advance(jiff::SignedDuration::from_secs(1));
    bed.consent(&hugo, "Camille").await;
    assert_eq!(open(&bed, &hugo, "Camille").await.status, 200);
}

#[tokio::test]
async fn a_whole_establishment_is_let_in_but_not_who_is_blocked() {
    let bed = listed().await;
    let camille = bed.sign_in("Camille").await;
    let louis = number("Tessier");
    camille.get("/acces/bloquer").await.expect("page");
    let fields = [("numero", louis.as_str()), ("confirme", "oui")];
    let page = camille
        .post("/acces/bloquer/choisir", &fields)
        .await
        .expect("page");
    assert!(page.has("est bloqué"), "{}", page.words());
    // Nor is one let in whom one blocked.
    let fields = [("genre", "professionnel"), ("numero", louis.as_str())];
    let page = camille
        .post("/acces/autoriser", &fields)
        .await
        .expect("page");
    assert!(page.has("Débloquez-le"), "{}", page.words());
    let page = authorise(
        &camille,
        "etablissement",
        HOSPITAL,
        &[("duree", "consultation")],
    )
    .await;
    assert!(
        page.has("Tous les professionnels de l’établissement"),
        "{}",
        page.words()
    );
    let doctor = bed.professional("Sarrazin").await;
    let page = open(&bed, &doctor, "Camille").await;
    assert!(page.has("à votre établissement"), "{}", page.words());
    let blocked = bed.professional("Tessier").await;
    blocked.get("/pro").await.expect("page");
    let page = bed.find(&blocked, "Camille").await;
    assert!(page.has("Aucun dossier accessible"), "{}", page.words());
    // A day later the consultation is over.
    bed.advance(jiff::SignedDuration::from_hours(24));
    let doctor = bed.professional("Sarrazin").await;
    assert_eq!(open(&bed, &doctor, "Camille").await.status, 404);
}

#[tokio::test]
async fn consent_is_collected_for_a_colleague_with_the_reason_and_not_passed_on() {
    let bed = listed().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await.path;
    let here = format!("{record}/collegue");
    let page = doctor.get(&here).await.expect("page");
    assert!(page.has("Recueillir l’accord"), "{}", page.words());
    let page = doctor
        .post(&here, &[("qui", "lefevre")])
        .await
        .expect("page");
    assert!(
        page.has("LEFÈVRE") || page.has("LEFEVRE"),
        "{}",
        page.words()
    );
    let marc = number("Lefèvre");
    let asked = [("numero", marc.as_str())];
    let page = doctor.post(&here, &asked).await.expect("page");
    assert!(page.has("id=\"declarer\""), "{}", page.words());
    let why = "Lecture de la radio du genou du mois dernier.";
    for (accord, motif) in [("", why), ("oui", "Avis"), ("oui", "")] {
        let fields = [
            ("numero", marc.as_str()),
            ("confirme", "oui"),
            ("accord", accord),
            ("motif", motif),
            ("duree", "jusqu-au-retrait"),
        ];
        let page = doctor.post(&here, &fields).await.expect("page");
        assert_eq!(page.status, 422, "{}", page.words());
        assert!(page.has(motif), "nothing typed is lost");
    }
    let fields = [
        ("numero", marc.as_str()),
        ("confirme", "oui"),
        ("accord", "oui"),
        ("motif", why),
        ("duree", "jusqu-au-retrait"),
    ];
    let page = doctor.post(&here, &fields).await.expect("page");
    assert_eq!(page.path, record, "{}", page.words());
    let radiologist = bed.professional("Lefèvre").await;
    let page = open(&bed, &radiologist, "Camille").await;
    // No longer than who collected it: three months.
    assert!(
        page.has("Consentement déclaré") && page.has("jusqu’à"),
        "{}",
        page.words()
    );
    let page = radiologist.get(&format!("{}/collegue", page.path)).await;
    assert_eq!(page.expect("page").status, 404, "not passed on");
    let page = camille.get("/acces").await.expect("page");
    assert!(
        page.has("Accord recueilli par Dr Anne Martin") && page.has(why),
        "{}",
        page.words()
    );
    // Once told, the person says no: nobody else is touched.
    bed.work().await;
    let told = bed.demo.outbox.messages();
    let told = told
        .iter()
        .filter(|(_, sent)| sent.body.contains("a obtenu l’accès"));
    assert_eq!(told.count(), 2);
    // Whom the person blocked gets nothing, and who asks sees no difference.
    let sofia = number("Garcia");
    camille.get("/acces/bloquer").await.expect("page");
    let block = [("numero", sofia.as_str()), ("confirme", "oui")];
    camille
        .post("/acces/bloquer/choisir", &block)
        .await
        .expect("page");
    let mut fields = fields;
    fields[0].1 = &sofia;
    doctor.get(&here).await.expect("page");
    let page = doctor.post(&here, &fields).await.expect("page");
    assert_eq!(page.path, record, "{}", page.words());
    let access = camille.get("/acces").await.expect("page");
    let lift = access
        .links("/acces/blocages/")
        .into_iter()
        .next()
        .expect("a block");
    camille.get(&lift).await.expect("page");
    camille.post(&lift, &[]).await.expect("page");
    let nurse = bed.professional("Garcia").await;
    assert_eq!(
        open(&bed, &nurse, "Camille").await.status,
        404,
        "nothing wakes"
    );
}

#[tokio::test]
async fn a_treating_doctor_is_one_and_a_doctor() {
    let bed = listed().await;
    let camille = bed.sign_in("Camille").await;
    let named = [("qualite", "medecin-traitant")];
    for name in ["Sarrazin", "Martin"] {
        let page = authorise(&camille, "professionnel", &number(name), &named).await;
        assert_eq!(page.path, "/acces", "{}", page.words());
    }
    let page = camille.get("/acces").await.expect("page");
    assert!(page.has("Médecin traitant depuis") && page.has("MARTIN") && !page.has("SARRAZIN"));
    let page = authorise(&camille, "professionnel", &number("Nguyen"), &named).await;
    assert_eq!(page.status, 422, "a pharmacist: {}", page.words());
    let doctor = bed.professional("Martin").await;
    let page = open(&bed, &doctor, "Camille").await;
    assert!(
        page.has("Vous êtes son médecin traitant"),
        "{}",
        page.words()
    );
    // An hour later, a password is asked for before anybody else is let in.
    bed.advance(jiff::SignedDuration::from_mins(6));
    let page = camille.get("/acces/autoriser").await.expect("page");
    assert_eq!(page.path, "/verification");
}

/// Whom the person named administrator blocks another; the person is told who, by whom and why.
#[tokio::test]
async fn an_administrator_blocks_another_and_the_person_alone_lifts_it() {
    let bed = listed().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let radiologist = bed.professional("Lefèvre").await;
    let theirs = bed.consent(&radiologist, "Camille").await.path;
    let record = bed.consent(&doctor, "Camille").await.path;
    let here = format!("{record}/bloquer");
    let lefevre = number("Lefèvre");
    let asked = [
        ("numero", lefevre.as_str()),
        ("confirme", "oui"),
        ("motif", "N’est plus au cabinet."),
    ];
    // Consent is not enough.
    assert_eq!(doctor.get(&here).await.expect("page").status, 404);
    assert_eq!(doctor.post(&here, &asked).await.expect("page").status, 404);
    let martin = number("Martin");
    let named = [("qualite", "administrateur"), ("duree", "toujours")];
    let page = authorise(&camille, "professionnel", &martin, &named).await;
    assert_eq!(page.path, "/acces", "{}", page.words());
    bed.work().await;
    bed.demo.outbox.clear();
    let page = doctor.get(&format!("{record}/acces")).await.expect("page");
    assert!(page.links(&record).contains(&here), "{}", page.words());
    let page = doctor.post(&here, &[("qui", "lefevre")]).await;
    assert!(page.expect("page").text().contains(&lefevre));
    let short = [asked[0], asked[1], ("motif", "Non.")];
    let page = doctor.post(&here, &short).await.expect("page");
    assert_eq!(page.status, 422);
    assert!(
        page.has("Non.") && page.has("Écrivez de 10"),
        "{}",
        page.words()
    );
    let own = [("numero", martin.as_str()), asked[1], asked[2]];
    assert_eq!(doctor.post(&here, &own).await.expect("page").status, 404);
    // Nor whom the person named beside them.
    let sarrazin = number("Sarrazin");
    let page = authorise(&camille, "professionnel", &sarrazin, &named).await;
    assert_eq!(page.path, "/acces", "{}", page.words());
    bed.work().await;
    bed.demo.outbox.clear();
    let beside = [("numero", sarrazin.as_str()), asked[1], asked[2]];
    let page = doctor.post(&here, &beside).await.expect("page");
    assert_eq!(page.status, 422);
    assert!(page.has("elle seule peut bloquer"), "{}", page.words());
    let page = doctor.post(&here, &asked).await.expect("page");
    assert!(page.has("est bloqué"), "{}", page.words());
    assert_eq!(radiologist.get(&theirs).await.expect("page").status, 404);
    bed.work().await;
    let told = bed.demo.outbox.messages();
    let told = told.iter().filter(|(_, one)| one.body.contains("réglage"));
    assert_eq!(told.count(), 1, "told once");
    let page = camille.get("/acces").await.expect("page");
    assert!(page.has("Anne Martin, que vous avez nommé") && page.has("N’est plus au cabinet."));
    let page = camille.get("/historique").await.expect("page");
    assert!(page.has("Blocage d’un professionnel"), "{}", page.words());
    // The person lifts it; that restores nothing.
    let page = camille.get("/acces").await.expect("page");
    let blocks = page.links("/acces/blocages/");
    let lift = blocks.first().expect("one block");
    let page = camille.post(lift, &[]).await.expect("page");
    assert!(page.path == "/acces" && page.links("/acces/blocages/").is_empty());
    assert_eq!(radiologist.get(&theirs).await.expect("page").status, 404);
    // Blocked in turn by the person, they block nobody any more.
    camille.get("/acces/bloquer").await.expect("page");
    let choice = [("numero", martin.as_str()), ("confirme", "oui")];
    camille
        .post("/acces/bloquer/choisir", &choice)
        .await
        .expect("page");
    assert_eq!(doctor.post(&here, &asked).await.expect("page").status, 404);
}
