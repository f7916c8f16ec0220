//! Notices on the screen of a device: subscribed by its owner, told once, forgotten when it is gone.

use access::{Channel, Message};
use testing::{Page, Visitor};

use super::bed::Bed;

const POINT: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const CHOICES: &str = "/notifications/choix";

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

pub async fn add(visitor: &Visitor, name: &str, endpoint: &str) -> Page {
    get(visitor, CHOICES).await;
    let fields = [
        ("appareil", name),
        ("endpoint", endpoint),
        ("p256dh", POINT),
        ("auth", AUTH),
    ];
    let added = visitor.post("/notifications/appareils", &fields).await;
    added.expect("a page")
}

async fn deposit(bed: &Bed, n: u32) {
    let (software, token) = bed.software("labo", "Laboratoire (fictif)").await;
    let bundle = bed.deposit_for("Camille", n, |_| {});
    software.deposit(&token, &bundle).await.expect("deposited");
    bed.work().await;
}

/// What was shown on a device, newest first.
fn shown(bed: &Bed, endpoint: &str) -> Vec<Message> {
    let all = bed.demo.outbox.messages().into_iter();
    let all = all.map(|(_, message)| message);
    all.filter(|one| one.channel == Channel::Push && one.to.contains(endpoint))
        .collect()
}

#[tokio::test]
async fn each_device_shows_once_that_there_is_something_and_never_what() {
    let bed = Bed::new().await;
    let visitor = bed.sign_in("Camille").await;
    let page = get(&visitor, CHOICES).await;
    assert!(page.has("Aucun appareil") && page.has("demande JavaScript"));
    assert!(page.text().contains("data-key=\"B"));
    let phone = "https://push.example/telephone";
    let page = add(&visitor, "Portable", phone).await;
    assert!(
        page.has("« Portable » affiche maintenant"),
        "{}",
        page.words()
    );
    // On the first device is shown what is told already; a reading is told of nowhere.
    let ticked = |page: &Page, kind: &str| {
        let name = format!("name=\"push-{kind}\"");
        let at = page.text();
        let field = at.split(&name).nth(1).expect("offered");
        field
            .split('>')
            .next()
            .is_some_and(|field| field.contains("checked"))
    };
    assert!(ticked(&page, "documents") && ticked(&page, "securite"));
    assert!(!ticked(&page, "lectures"));
    // The same browser again is the same device, under its new name.
    add(&visitor, "De poche", phone).await;
    add(&visitor, "Ordinateur", "https://push.example/ordinateur").await;
    let page = get(&visitor, CHOICES).await;
    assert!(!page.has("Portable") && page.has("Ordinateur"));
    bed.demo.outbox.clear();
    deposit(&bed, 1).await;
    for device in [phone, "https://push.example/ordinateur"] {
        let shown = shown(&bed, device);
        let [message] = &shown[..] else {
            panic!("{shown:?}")
        };
        assert_eq!(message.subject, "Carnet");
        assert_eq!(message.body, "Du nouveau dans votre espace.");
    }
    // What leaves is read nowhere as it stands: neither keys nor endpoint.
    let page = get(&visitor, "/demo/messages").await;
    assert!(page.has("push.example") && !page.text().contains(AUTH));
    assert!(!page.text().contains("/telephone"));
    // It is told on no device once that is not chosen, and on none that was removed.
    let fields = [
        ("quand-documents", "aussitot"),
        ("email-documents", "oui"),
        ("quand-lectures", "jamais"),
        ("quand-partages", "jamais"),
        ("quand-reponses", "jamais"),
        ("quand-rappels", "jamais"),
    ];
    get(&visitor, CHOICES).await;
    let page = visitor.post(CHOICES, &fields).await.expect("a page");
    assert!(page.has("Vos choix sont enregistrés"), "{}", page.words());
    bed.demo.outbox.clear();
    deposit(&bed, 2).await;
    assert!(shown(&bed, phone).is_empty());
}

#[tokio::test]
async fn a_device_that_is_gone_is_forgotten_and_the_others_are_still_told() {
    let bed = Bed::new().await;
    let visitor = bed.sign_in("Camille").await;
    let (lost, kept) = ("https://push.example/perdu", "https://push.example/garde");
    add(&visitor, "Perdu", lost).await;
    add(&visitor, "Gardé", kept).await;
    bed.demo.outbox.lose(lost);
    bed.demo.outbox.clear();
    deposit(&bed, 1).await;
    assert_eq!(shown(&bed, kept).len(), 1);
    let page = get(&visitor, CHOICES).await;
    assert!(!page.has("Perdu") && page.has("Gardé"), "{}", page.words());
    let page = get(&visitor, "/historique").await;
    assert!(page.has("Retrait d’un appareil"), "{}", page.words());
    // Removed by hand; a name of nothing is nothing.
    let page = get(&visitor, CHOICES).await;
    let id = page.attribute("name=\"appareil\" value=\"", "\"");
    let id = id.expect("a device");
    let drop = "/notifications/appareils/retirer";
    let page = visitor.post(drop, &[("appareil", &id)]).await;
    assert!(page.expect("a page").has("« Gardé » n’affiche plus"));
    for gone in [id.as_str(), "hier", ""] {
        let page = visitor.post(drop, &[("appareil", gone)]).await;
        assert_eq!(page.expect("a page").status, 404, "{gone}");
    }
    bed.demo.outbox.clear();
    deposit(&bed, 2).await;
    assert!(shown(&bed, kept).is_empty());
}

#[tokio::test]
async fn what_is_no_subscription_is_refused_and_its_name_not_lost() {
    let bed = Bed::new().await;
    let visitor = bed.sign_in("Camille").await;
    for (name, endpoint, said) in [
        ("", "https://push.example/a", "Donnez un nom"),
        (&"a".repeat(41), "https://push.example/a", "Donnez un nom"),
        ("Tablette", "", "recommencez"),
        ("Tablette", "javascript:alert(1)", "recommencez"),
        ("Tablette", "http://127.0.0.1:9/", "n’admet pas"),
    ] {
        let page = add(&visitor, name, endpoint).await;
        assert_eq!(page.status, 422, "{endpoint}");
        assert!(page.has(said), "{endpoint}: {}", page.words());
        assert!(page.text().contains(&format!("value=\"{name}\"")));
    }
    for n in 0..10 {
        add(&visitor, "Un", &format!("https://push.example/{n}")).await;
    }
    let page = add(&visitor, "Onzième", "https://push.example/11").await;
    assert_eq!(page.status, 422);
    assert!(page.has("retirez-en un"), "{}", page.words());
    // Another's devices are theirs; a visitor has none.
    let other = bed.visitor();
    let worker = get(&other, "/notifications/veille.js").await;
    assert!(worker.text().contains("showNotification"));
}
