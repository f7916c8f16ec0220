//! What one actor's clicks could grow without end: each has a number in the settings, says in French
//! what to do when it is reached, and loses nothing of what was typed.

use access::Limits;
use testing::{Page, Visitor};

use super::{
    bad_input::PDF,
    bed::{Bed, holder},
    ways::{authorise, listed_in, number},
};

/// As many as the demo itself brings for one person, and some more.
const DOCUMENTS: usize = 8;

fn one_of_each() -> Limits {
    Limits {
        documents_a_day: DOCUMENTS,
        grants: 1,
        blocks: 1,
        shares_a_day: 1,
        contests_a_day: 1,
        secrets_a_day: 1,
        ..Limits::default()
    }
}

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("page")
}

/// Entries of the policy: authorisations, blocks, shares.
async fn written(bed: &Bed, name: &str) -> [usize; 3] {
    let store = &bed.demo.app.store;
    let row = store.insured(&bed.persona(name).number, "").await;
    let record = row.expect("searched").expect("known").record;
    let record = record.expect("has a space");
    let viewer = holder(&bed.demo.app, record);
    let act = access::Act::ReadSettings;
    let clearance = bed.demo.app.gate.enter(&viewer, record, act).await;
    let clearance = clearance.expect("entered");
    let policy = clearance.policy();
    [
        policy.grants.len(),
        policy.blocks.len(),
        policy.shares.len(),
    ]
}

#[tokio::test]
async fn a_person_authorises_blocks_shares_and_contests_within_numbers() {
    let bed = listed_in(Bed::within(one_of_each()).await).await;
    let camille = bed.sign_in("Camille").await;
    // Two lines to contest.
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await.path;
    bed.advance(jiff::SignedDuration::from_secs(2));
    get(&doctor, &record).await;
    let given = [("duree", "trois-mois")];
    let page = authorise(&camille, "professionnel", &number("Sarrazin"), &given).await;
    assert_eq!(page.path, "/acces", "{}", page.words());
    let before = written(&bed, "Camille").await;
    let page = authorise(&camille, "professionnel", &number("Lefèvre"), &given).await;
    assert_eq!(page.status, 422, "{}", page.words());
    assert!(
        page.has("déjà 1 autorisations en cours"),
        "{}",
        page.words()
    );
    assert_eq!(written(&bed, "Camille").await, before);

    let block = async |name: &str| {
        get(&camille, "/acces/bloquer").await;
        let whom = number(name);
        let fields = [("numero", whom.as_str()), ("confirme", "oui")];
        post(&camille, "/acces/bloquer/choisir", &fields).await
    };
    let page = block("Nguyen").await;
    assert!(
        page.path == "/acces" && page.has("bloqué"),
        "{}",
        page.words()
    );
    let before = written(&bed, "Camille").await;
    let page = block("Garcia").await;
    assert_eq!(page.status, 400, "{}", page.words());
    assert!(page.has("masquer tous vos documents"), "{}", page.words());
    assert_eq!(written(&bed, "Camille").await, before);
    // One that was lifted comes back in its own place.
    let access = get(&camille, "/acces").await;
    let lift = access.links("/acces/blocages/");
    get(&camille, &lift[0]).await;
    post(&camille, &lift[0], &[]).await;
    let page = block("Nguyen").await;
    assert!(
        page.path == "/acces" && page.has("bloqué"),
        "{}",
        page.words()
    );
    assert_eq!(written(&bed, "Camille").await, before);

    let share = async || {
        let form = get(&camille, "/partages/nouveau").await;
        let document = form.attribute("name=\"documents\" value=\"", "\"");
        let fields = [
            ("documents", &*document.expect("a document")),
            ("pour", "code"),
            ("duree", "24h"),
            ("fois", "3"),
            ("nom", "Mon dentiste"),
        ];
        post(&camille, "/partages/nouveau", &fields).await
    };
    let page = share().await;
    assert!(page.has("id=\"code-de-partage\""), "{}", page.words());
    let before = written(&bed, "Camille").await;
    let page = share().await;
    assert_eq!(page.status, 422, "{}", page.words());
    assert!(
        page.has("1 partages en vingt-quatre heures"),
        "{}",
        page.words()
    );
    assert!(
        page.text().contains("Mon dentiste"),
        "what was typed is lost"
    );
    assert_eq!(written(&bed, "Camille").await, before);

    let history = get(&camille, "/historique?qui=professionnels").await;
    let text = history.text();
    let lines = text.split("name=\"quand\" value=\"").skip(1);
    let lines: Vec<&str> = lines.filter_map(|rest| rest.split('"').next()).collect();
    let (first, other) = (lines[0], lines.iter().find(|line| **line != lines[0]));
    let page = post(&camille, "/acces/contester", &[("quand", first)]).await;
    assert!(
        page.has("Votre contestation est envoyée"),
        "{}",
        page.words()
    );
    let other = other.expect("another line");
    get(&camille, "/acces").await;
    let page = post(&camille, "/acces/contester", &[("quand", other)]).await;
    assert_eq!(page.status, 400, "{}", page.words());
    assert!(page.has("revenez demain"), "{}", page.words());
}

#[tokio::test]
async fn documents_by_hand_and_secret_consultations_are_so_many_a_day() {
    let bed = Bed::within(one_of_each()).await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await.path;
    let brought = [
        ("titre", "Un papier"),
        ("categorie", "AUTR_DOC"),
        ("visibilite", "visible"),
    ];
    let deposited = [
        ("titre", "Un papier"),
        ("type", "11488-4"),
        ("moment", "tout-de-suite"),
    ];
    let doors = [
        (&camille, "/documents/ajouter".to_owned(), &brought),
        (&doctor, format!("{record}/deposer"), &deposited),
    ];
    for (who, form, fields) in doors {
        // The demo may have brought some already.
        let mut full = false;
        for n in 0..=DOCUMENTS {
            get(who, &form).await;
            let bytes = [PDF, format!("% {form} {n}\n").as_bytes()].concat();
            let file = ("fichier", "a.pdf", bytes.as_slice());
            let page = who.upload(&form, fields, &[file]).await.expect("page");
            full = page.status == 422 && page.has("Revenez demain");
            assert!(full || page.status == 200, "{form} {n}: {}", page.words());
            if full {
                assert!(n > 0, "{form} takes none");
                assert!(page.has("Un papier"), "what was typed is lost");
                break;
            }
        }
        assert!(full, "{form} takes more than {DOCUMENTS}");
    }

    let who = bed.find(&doctor, "Jade").await;
    let secret = who.path.replace("/acces", "/secret");
    get(&doctor, &secret).await;
    let begin = post(&doctor, &secret, &[("accord", "oui")]).await;
    assert!(
        begin.has("Consultation secrète, jusqu’à"),
        "{}",
        begin.words()
    );
    get(&doctor, &secret).await;
    post(&doctor, &secret, &[("action", "terminer")]).await;
    get(&doctor, &secret).await;
    let again = post(&doctor, &secret, &[("accord", "oui")]).await;
    assert_eq!(again.status, 422, "{}", again.words());
    assert!(again.has("Revenez demain"), "{}", again.words());
    bed.advance(jiff::SignedDuration::from_hours(25));
    let doctor = bed.professional("Martin").await;
    let who = bed.find(&doctor, "Jade").await;
    let secret = who.path.replace("/acces", "/secret");
    get(&doctor, &secret).await;
    let begin = post(&doctor, &secret, &[("accord", "oui")]).await;
    assert!(
        begin.has("Consultation secrète, jusqu’à"),
        "{}",
        begin.words()
    );
}

#[tokio::test]
async fn an_administrator_blocks_and_a_professional_collects_within_numbers() {
    let bed = listed_in(Bed::within(one_of_each()).await).await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await.path;
    let named = [("qualite", "administrateur"), ("duree", "toujours")];
    let page = authorise(&camille, "professionnel", &number("Martin"), &named).await;
    assert_eq!(page.path, "/acces", "{}", page.words());
    let form = format!("{record}/bloquer");
    let why = ("motif", "N’est plus au cabinet.");
    let block = async |name: &str| {
        get(&doctor, &form).await;
        let whom = number(name);
        post(
            &doctor,
            &form,
            &[("numero", &whom), ("confirme", "oui"), why],
        )
        .await
    };
    let page = block("Lefèvre").await;
    assert!(page.has("est bloqué"), "{}", page.words());
    let before = written(&bed, "Camille").await;
    let page = block("Garcia").await;
    assert_eq!(page.status, 422, "{}", page.words());
    assert!(page.has("La personne peut en bloquer d’autres") && page.has(why.1));
    assert_eq!(written(&bed, "Camille").await, before);

    let form = format!("{record}/collegue");
    let collect = async |name: &str| {
        get(&doctor, &form).await;
        let whom = number(name);
        let fields = [
            ("numero", whom.as_str()),
            ("confirme", "oui"),
            ("accord", "oui"),
            ("duree", "consultation"),
            ("motif", "Avis demandé pour cette personne."),
        ];
        post(&doctor, &form, &fields).await
    };
    let page = collect("Sarrazin").await;
    assert_eq!(page.path, record, "{}", page.words());
    let before = written(&bed, "Camille").await;
    let page = collect("Nguyen").await;
    assert_eq!(page.status, 422, "{}", page.words());
    assert!(
        page.has("pour 1 collègues") && page.has("Avis demandé"),
        "{}",
        page.words()
    );
    assert_eq!(written(&bed, "Camille").await, before);
}

/// Given and taken back again and again, an authorisation does not make the policy grow.
#[tokio::test]
async fn what_is_given_and_taken_back_does_not_pile_up() {
    let bed = listed_in(Bed::new().await).await;
    let camille = bed.sign_in("Camille").await;
    let given = [("duree", "trois-mois")];
    let mut most = 0;
    for _ in 0..115 {
        let page = authorise(&camille, "professionnel", &number("Sarrazin"), &given).await;
        assert_eq!(page.path, "/acces", "{}", page.words());
        most = most.max(written(&bed, "Camille").await[0]);
    }
    let before = most;
    for _ in 0..10 {
        authorise(&camille, "professionnel", &number("Sarrazin"), &given).await;
    }
    assert_eq!(written(&bed, "Camille").await[0], before);
    let page = get(&camille, "/acces").await;
    let links = page.links("/acces/").into_iter();
    assert_eq!(links.filter(|link| link.ends_with("/retirer")).count(), 1);
}
