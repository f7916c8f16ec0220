//! What people are told: in the space, and outside it as they chose; each event once to each.

use access::{Act, Channel, Message, Plan, Refused, kinds, notices, policy::draft};
use jiff::SignedDuration;
use testing::{Page, Visitor};
use vault::{RecordId, Volume, store::Lane};

use super::bed::{Bed, holder};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

/// What was sent to somebody since the outbox was emptied.
fn sent_to(bed: &Bed, to: &str) -> Vec<Message> {
    let all = bed.demo.outbox.messages().into_iter();
    let to: Vec<char> = to.chars().collect();
    let same = |one: &Message| one.to.chars().filter(|c| *c != ' ').eq(to.iter().copied());
    all.map(|(_, message)| message).filter(same).collect()
}

async fn deposit(bed: &Bed, name: &str, n: u32) {
    let (software, token) = bed.software("labo", "Laboratoire (fictif)").await;
    let bundle = bed.deposit_for(name, n, |_| {});
    software.deposit(&token, &bundle).await.expect("deposited");
}

/// Chooses for some kinds; the rest as the table has it.
async fn choose(visitor: &Visitor, fields: &[(&str, &str)]) {
    get(visitor, "/notifications/choix").await;
    let rest = [
        ("quand-documents", "aussitot"),
        ("email-documents", "oui"),
        ("quand-lectures", "jamais"),
        ("quand-reponses", "aussitot"),
        ("email-reponses", "oui"),
        ("quand-rappels", "aussitot"),
        ("email-rappels", "oui"),
        ("quand-partages", "aussitot"),
        ("email-partages", "oui"),
    ];
    let rest = rest
        .iter()
        .filter(|(name, _)| fields.iter().all(|(one, _)| one != name));
    let fields: Vec<(&str, &str)> = fields.iter().chain(rest).copied().collect();
    let page = post(visitor, "/notifications/choix", &fields).await;
    assert!(page.has("Vos choix sont enregistrés"), "{}", page.words());
}

/// As if they had confirmed a number.
async fn with_phone(bed: &Bed, name: &str, phone: &str) {
    let app = &bed.demo.app;
    let row = app.store.insured(&bed.persona(name).number, "").await;
    let record = row.expect("read").and_then(|row| row.record);
    let record = record.expect("a space");
    let viewer = holder(app, record);
    let clearance = app.gate.enter(&viewer, record, Act::ChangeSettings).await;
    let step = clearance.expect("allowed").act::<_, Refused>(|scope| {
        let mut settings = scope.policy().settings.clone();
        settings.phone = Some(phone.to_owned());
        let only = kinds::only::SETTINGS;
        let entry = draft(Volume::Policy, kinds::SETTINGS, only, &settings);
        Ok(Plan::new(()).writing(vec![scope.over(entry)]))
    });
    step.await.expect("written");
}

/// Each event gives one message to each recipient and channel, however often its job runs.
#[tokio::test]
async fn one_event_is_told_once_to_each_however_often_its_job_runs() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let camille = fiction::cast(app.now()).camille;
    let visitor = bed.sign_in("Camille").await;
    let phone = camille.mobile.clone().expect("a number");
    with_phone(&bed, "Camille", &phone).await;
    choose(
        &visitor,
        &[
            ("quand-documents", "aussitot"),
            ("email-documents", "oui"),
            ("sms-documents", "oui"),
        ],
    )
    .await;
    bed.work().await;
    bed.demo.outbox.clear();
    for n in 1..=3 {
        deposit(&bed, "Camille", n).await;
    }
    // Whoever claims them stops before the end of it; then each is done, and again by a straggler.
    let lane = Lane::AllBut([documents::search::DRAW, takeaway::PACK]);
    let mut events = vec![];
    for _ in 0..2 {
        let lease = SignedDuration::ZERO;
        let jobs = app.store.claim_in(lane, app.now(), lease, 100).await;
        let jobs = jobs.expect("claimed").into_iter();
        events.extend(jobs.filter(|job| job.name == notices::NOTIFY));
    }
    assert_eq!(events.len(), 6, "three events, claimed twice");
    for _ in 0..2 {
        for event in &events {
            notices::tell(app, event).await.expect("told");
        }
    }
    bed.work().await;
    let mails = sent_to(&bed, camille.email.as_deref().expect("an address"));
    let texts = sent_to(&bed, &phone);
    assert_eq!((mails.len(), texts.len()), (3, 3), "{mails:?} {texts:?}");
    for text in texts {
        assert_eq!(text.channel, Channel::Sms);
        assert!(
            text.body
                .starts_with("Carnet : du nouveau dans votre espace.")
        );
    }
    // In the space: three lines, all new, each leading to its document.
    let page = get(&visitor, "/notifications?voir=non-lues").await;
    let led = page.links("/documents/");
    let led = led.iter().filter(|to| to.len() == "/documents/".len() + 32);
    assert_eq!(led.count(), 3, "{}", page.words());
}

#[tokio::test]
async fn a_day_s_events_leave_in_one_message_and_alerts_do_not_wait() {
    let bed = Bed::new().await;
    let address = fiction::cast(bed.demo.app.now()).camille.email;
    let address = address.expect("an address");
    let visitor = bed.sign_in("Camille").await;
    choose(
        &visitor,
        &[
            ("quand-documents", "jour"),
            ("email-documents", "oui"),
            ("quand-lectures", "jour"),
            ("email-lectures", "oui"),
            // What a form does not offer changes nothing.
            ("quand-securite", "jamais"),
        ],
    )
    .await;
    bed.demo.outbox.clear();
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    deposit(&bed, "Camille", 1).await;
    deposit(&bed, "Camille", 2).await;
    let open = get(&doctor, &record.path)
        .await
        .links(&format!("{}/documents/", record.path));
    get(&doctor, open.first().expect("a document")).await;
    bed.work().await;
    let sent = sent_to(&bed, &address);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].body.contains("a obtenu l’accès"), "{sent:?}");
    bed.advance(DAY);
    bed.work().await;
    let sent = sent_to(&bed, &address);
    assert_eq!(sent.len(), 2, "{sent:?}");
    let digest = &sent[0];
    assert!(digest.subject.starts_with("Résumé"), "{digest:?}");
    assert!(
        digest
            .body
            .contains("– Un élément a été ajouté dans votre espace. (2 fois)\n")
    );
    assert!(
        digest
            .body
            .contains("– Un élément de votre espace a été consulté.")
    );
    bed.advance(DAY);
    bed.work().await;
    assert_eq!(sent_to(&bed, &address).len(), 2, "nothing is told twice");
}

#[tokio::test]
async fn each_parent_is_told_as_they_chose_and_never_of_what_they_did() {
    let bed = Bed::new().await;
    let cast = fiction::cast(bed.demo.app.now());
    let (camille, thomas) = (&cast.camille, &cast.thomas);
    let [mother, father] = [camille, thomas].map(|one| one.email.clone().expect("an address"));
    let dad = bed.visitor();
    carnet::demo::activate(&bed.demo, &dad, thomas, "thomas.demo")
        .await
        .expect("activated");
    let mum = bed.sign_in("Camille").await;
    for parent in [&mum, &dad] {
        let page = get(parent, "/proches").await;
        let jade = page.text();
        let jade = jade.split("Jade").nth(1).expect("Jade");
        let jade = jade
            .split("name=\"profil\" value=\"")
            .nth(1)
            .expect("her space");
        let jade = jade.split('"').next().expect("a name");
        post(parent, "/proches", &[("profil", jade)]).await;
    }
    // He wants none of it; she keeps what there is.
    choose(&dad, &[("quand-documents", "jamais")]).await;
    bed.work().await;
    let told = sent_to(&bed, &mother);
    assert!(told[0].body.contains("Un réglage") && told[0].body.contains("que vous représentez"));
    let own = sent_to(&bed, &father);
    assert!(
        own.iter().all(|one| !one.body.contains("Un réglage")),
        "he did it: {own:?}"
    );
    bed.demo.outbox.clear();
    let (software, token) = bed.software("labo", "Laboratoire (fictif)").await;
    let document = fiction::documents(
        &cast.jade,
        &fiction::staff(),
        &ambient::SeededRandom::new(9),
        bed.demo.app.now(),
    );
    let mut document = document
        .into_iter()
        .find(|one| one.author.is_some() && one.replaces.is_none())
        .expect("one");
    document.unique_id = "urn:oid:1.2.250.1.213.99.77".to_owned();
    document.media_type = "text/plain";
    document.format = "urn:ihe:iti:xds:2017:mimeTypeSufficient";
    document.bytes = b"Texte fictif.".to_vec();
    document.flags.clear();
    software
        .deposit(&token, &document.to_pdsm_bundle(&cast.jade))
        .await
        .expect("deposited");
    bed.work().await;
    assert_eq!(sent_to(&bed, &mother).len(), 1);
    assert_eq!(sent_to(&bed, &father).len(), 0);
    // Both find it in her space; what one has read the other has not.
    let bell = async |parent: &Visitor| get(parent, "/notifications?voir=non-lues").await;
    assert!(bell(&mum).await.has("Laboratoire") && bell(&dad).await.has("Laboratoire"));
    post(&mum, "/notifications/lues", &[]).await;
    assert!(bell(&mum).await.has("Tout est lu"));
    assert!(bell(&dad).await.has("Laboratoire"));
}

#[tokio::test]
async fn a_notice_is_marked_and_stays_behind_hundreds_of_one_s_own_acts() {
    let bed = Bed::new().await;
    let visitor = bed.sign_in("Camille").await;
    post(&visitor, "/notifications/lues", &[]).await;
    bed.advance(SignedDuration::from_mins(1));
    deposit(&bed, "Camille", 1).await;
    bed.advance(SignedDuration::from_mins(1));
    for _ in 0..150 {
        get(&visitor, "/documents").await;
    }
    let page = get(&visitor, "/notifications?voir=non-lues").await;
    assert!(page.has("Laboratoire"), "{}", page.words());
    let at = page
        .attribute("name=\"ligne\" value=\"", "\"")
        .expect("a name");
    let marked = post(
        &visitor,
        "/notifications/marquer",
        &[("ligne", &at), ("lue", "oui"), ("voir", "non-lues")],
    )
    .await;
    assert!(marked.has("Tout est lu"), "{}", marked.words());
    let page = post(
        &visitor,
        "/notifications/marquer",
        &[("ligne", &at), ("lue", "non")],
    )
    .await;
    assert!(page.has("Nouveau"), "{}", page.words());
    let refused = post(&visitor, "/notifications/marquer", &[("ligne", "hier")]).await;
    assert_eq!(refused.status, 404);
    // A choice that cannot be is shown again as it was made.
    get(&visitor, "/notifications/choix").await;
    let fields = [
        ("quand-documents", "semaine"),
        ("quand-partages", "jamais"),
        ("quand-lectures", "jamais"),
        ("quand-reponses", "jamais"),
    ];
    let page = post(&visitor, "/notifications/choix", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.has("choisissez au moins un moyen"), "{}", page.words());
    assert!(page.text().contains("value=\"semaine\" selected"));
}

#[tokio::test]
async fn what_is_read_is_cleared_from_the_list_and_stays_in_the_history() {
    let bed = Bed::new().await;
    let visitor = bed.sign_in("Camille").await;
    post(&visitor, "/notifications/lues", &[]).await;
    bed.advance(SignedDuration::from_mins(1));
    deposit(&bed, "Camille", 1).await;
    let page = get(&visitor, "/notifications").await;
    assert!(page.has("Laboratoire") && page.has("id=\"effacer-lues\""));
    let page = post(&visitor, "/notifications/effacer", &[]).await;
    assert!(
        page.has("Laboratoire"),
        "what is new stays: {}",
        page.words()
    );
    assert!(page.has("sont effacées"), "{}", page.words());
    assert!(!page.has("id=\"effacer-lues\""), "{}", page.words());
    let history = get(&visitor, "/historique?qui=logiciels").await;
    assert!(history.has("Laboratoire"), "{}", history.words());
    // Read later, it is on the list until it is cleared too.
    post(&visitor, "/notifications/lues", &[]).await;
    post(&visitor, "/notifications/effacer", &[]).await;
    let page = get(&visitor, "/notifications").await;
    assert!(page.has("Aucune notification"), "{}", page.words());
}

/// The job of a space that is gone, or of nobody, is done.
#[tokio::test]
async fn a_notice_of_a_space_that_is_gone_is_told_to_nobody() {
    let bed = Bed::new().await;
    let nobody = RecordId(ambient::Id([9; 16]));
    let payload = serde_json::json!({"record": nobody, "notice": "added"});
    let job = vault::store::NewJob {
        name: notices::NOTIFY,
        dedup: None,
        due: bed.demo.app.now(),
        payload: payload.to_string().into_bytes(),
    };
    let store = &bed.demo.app.store;
    store.apply(store.enqueue(job)).await.expect("enqueued");
    bed.work().await;
    let lane = Lane::Of(notices::NOTIFY);
    let left = store.claim_in(lane, bed.demo.app.now(), DAY, 9).await;
    assert!(left.expect("claimed").is_empty());
}

/// Many documents of one depositor, one after the other.
async fn deposit_many(bed: &Bed, name: &str, many: u32) {
    let (software, token) = bed.software("labo", "Laboratoire (fictif)").await;
    let (cast, staff) = (fiction::cast(bed.demo.app.now()), fiction::staff());
    let mut people = cast.all().into_iter();
    let person = people.find(|person| person.name().starts_with(name));
    let person = person.expect("a person").clone();
    let random = ambient::SeededRandom::new(7);
    let lived = fiction::documents(&person, &staff, &random, bed.demo.app.now());
    let mut lived = lived.into_iter();
    let one = lived.find(|one| one.author.is_some() && one.replaces.is_none());
    let one = one.expect("a document");
    for n in 0..many {
        let mut document = one.clone();
        document.flags.clear();
        document.unique_id = format!("urn:oid:1.2.250.1.213.97.{n}");
        document.title = format!("Courrier fictif {n}");
        document.media_type = "text/plain";
        document.format = "urn:ihe:iti:xds:2017:mimeTypeSufficient";
        document.bytes = format!("Texte fictif du courrier {n}.").into();
        let bundle = document.to_pdsm_bundle(&person);
        software.deposit(&token, &bundle).await.expect("deposited");
        // Some come at the same instant.
        if n % 3 == 0 {
            bed.advance(SignedDuration::from_millis(200));
        }
    }
}

/// The centre goes on, page after page, as far as there is something to tell.
#[tokio::test]
async fn three_hundred_notices_are_read_page_after_page() {
    const MANY: u32 = 310;
    let bed = Bed::new().await;
    let visitor = bed.sign_in("Camille").await;
    let lines = |page: &Page| -> Vec<String> {
        let text = page.text();
        let lines = text.split("name=\"ligne\" value=\"").skip(1);
        let line = |rest: &str| rest.split('"').next().expect("a line").to_owned();
        lines.map(line).collect()
    };
    // What the demo's own documents told, before.
    let walk = async |from: &str| {
        let (mut pages, mut at) = (vec![], Some(from.to_owned()));
        while let Some(here) = at {
            let page = get(&visitor, &here).await;
            assert!(lines(&page).len() <= 30, "{}", lines(&page).len());
            at = page.attribute("rel=\"next\" href=\"", "\"");
            if let Some(next) = &at {
                assert_eq!(next.contains("voir=non-lues"), from.contains("non-lues"));
            }
            pages.push(page);
            assert!(pages.len() < 40, "pages without end");
        }
        pages
    };
    let all = |pages: &[Page]| pages.iter().flat_map(lines).collect::<Vec<_>>();
    let before = all(&walk("/notifications").await).len();
    deposit_many(&bed, "Camille", MANY).await;
    for from in ["/notifications", "/notifications?voir=non-lues"] {
        let pages = walk(from).await;
        let shown = all(&pages);
        let distinct: std::collections::BTreeSet<&String> = shown.iter().collect();
        assert_eq!(distinct.len(), shown.len(), "{from}: each once");
        assert!(shown.len() >= MANY as usize, "{from}: {}", shown.len());
        let whole = shown.len() == before + MANY as usize;
        assert!(whole || from.contains("non-lues"), "{}", shown.len());
        let back = pages[3].attribute("rel=\"prev\" href=\"", "\"");
        let back = get(&visitor, &back.expect("a way back")).await;
        assert_eq!(lines(&back), lines(&pages[0]));
    }
    // One of the last page is marked read: it leaves the list of what is new, and no other does.
    let new = all(&walk("/notifications?voir=non-lues").await);
    let oldest = new.last().expect("a line");
    let fields = [
        ("ligne", oldest.as_str()),
        ("lue", "oui"),
        ("voir", "non-lues"),
    ];
    post(&visitor, "/notifications/marquer", &fields).await;
    let left = all(&walk("/notifications?voir=non-lues").await);
    assert_eq!(left, new[..new.len() - 1]);
}
