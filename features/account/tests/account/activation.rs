//! Activation: one page and one effort until the right code, then what helps.

use crate::house::{CARD, House, headers, number, plain, registry, tom, zoe};

#[tokio::test]
async fn a_space_is_activated_from_the_card_to_the_first_choices() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    // A second time says so, after the right code only.
    house.later(60);
    let other = house.visitor();
    house
        .claim(&other, &zoe(), CARD, ["12", "05", "1985"], "sms")
        .await;
    let (to, code) = house.code().await;
    assert_eq!(to, "0639980001");
    let page = other
        .post("/activation/code", &[("code", &code.to_lowercase())])
        .await
        .unwrap();
    assert!(page.has("déjà activé"), "{}", page.words());
}

#[tokio::test]
async fn who_has_no_address_confirms_one() {
    let house = House::new().await;
    let visitor = house.visitor();
    let max = number(1, "1950-12-01", 3);
    house
        .claim(&visitor, &max, "99000000003", ["1", "12", "1950"], "sms")
        .await;
    let (_, code) = house.code().await;
    visitor
        .post("/activation/code", &[("code", &code)])
        .await
        .unwrap();
    let password = "Trois tulipes & 2 lys";
    let fields = [
        ("identifiant", "vieux.loup"),
        ("mot-de-passe", password),
        ("confirmation", password),
    ];
    visitor
        .post("/activation/identifiants", &fields)
        .await
        .unwrap();
    let page = visitor.post("/activation/conditions", &[]).await.unwrap();
    assert!(page.status == 422 && page.has("Cochez la case"));
    let page = visitor
        .post("/activation/conditions", &[("accord", "oui")])
        .await
        .unwrap();
    assert_eq!(page.path, "/activation/contact");
    let page = visitor
        .post("/activation/contact", &[("email", "max@")])
        .await
        .unwrap();
    assert!(page.has("adresse complète"));
    visitor
        .post("/activation/contact", &[("email", "max@example.org")])
        .await
        .unwrap();
    let (to, code) = house.code().await;
    assert_eq!(to, "max@example.org");
    let page = visitor
        .post("/activation/contact/code", &[("code", &code)])
        .await
        .unwrap();
    assert_eq!(page.path, "/premiers-choix", "{}", page.words());
    let page = visitor.get("/accueil").await.unwrap();
    assert_eq!(page.path, "/premiers-choix", "the choice comes first");
    let page = visitor
        .post("/premiers-choix", &[("samu", "oui")])
        .await
        .unwrap();
    assert!(page.status == 422 && page.has("visibles ou masqués"));
}

/// What a stranger sees and what it cost, from the card's form to a wrong code.
async fn stranger(
    house: &House,
    number: &str,
    card: &str,
    birth: [&str; 3],
    by: &str,
) -> (Vec<String>, u64, u64) {
    let visitor = house.visitor();
    let (runs, calls) = (house.passwords.runs(), house.app.store.calls());
    let page = house.claim(&visitor, number, card, birth, by).await;
    assert_eq!(page.path, "/activation/code");
    let wrong = visitor
        .post("/activation/code", &[("code", "AAAAAAAA")])
        .await
        .unwrap();
    let means = visitor.get("/activation/moyen").await.unwrap();
    let soon = visitor
        .post("/activation/moyen", &[("moyen", by)])
        .await
        .unwrap();
    let pages = [page, wrong, means, soon];
    let seen = pages
        .iter()
        .map(|page| format!("{} {:?} {}", page.status, headers(page), plain(page)));
    let effort = (
        house.passwords.runs() - runs,
        house.app.store.calls() - calls,
    );
    (seen.collect(), effort.0, effort.1)
}

#[tokio::test]
async fn a_stranger_sees_the_same_whatever_they_type() {
    let house = House::new().await;
    house.activate_zoe(&house.visitor()).await;
    let right = ["12", "05", "1985"];
    let nobody = number(2, "1985-05-12", 9);
    let seen = stranger(&house, &zoe(), CARD, right, "email").await;
    assert_eq!(house.mail().await.len(), 1);
    house.later(86_401);
    for (number, card, birth, by) in [
        (nobody.clone(), CARD, right, "email"),
        (zoe(), "99000000009", right, "email"),
        (zoe(), CARD, ["13", "05", "1985"], "email"),
        (tom(), "99000000002", ["3", "2", "2018"], "email"),
    ] {
        assert!(
            seen == stranger(&house, &number, card, birth, by).await,
            "{card} {birth:?}"
        );
        assert!(house.mail().await.is_empty(), "{card} {birth:?}");
    }
    // Locked out: the same again, and the person is told once.
    house.later(86_401);
    for n in 0..8 {
        assert!(seen == stranger(&house, &zoe(), "99000000009", right, "email").await);
        let told = house.mail().await;
        assert_eq!(told.len(), usize::from(n == 5), "{n} {told:?}");
    }
    assert!(seen == stranger(&house, &zoe(), CARD, right, "email").await);
    assert!(house.mail().await.is_empty());
}

/// Everybody with a postal address, which for Max is all that is known.
fn by_post() -> String {
    let lines = registry().replace("0639980003", "");
    let mut lines = lines.lines();
    let head = format!("{};adresse\n", lines.next().unwrap());
    let with = |line: &str| format!("{line};1 rue de l’Exemple, 99999 Villefictive\n");
    head + &lines.map(with).collect::<String>()
}

#[tokio::test]
async fn who_has_only_a_postal_address_gets_a_letter() {
    let house = House::empty();
    house.import_told(&by_post()).await;
    let max = number(1, "1950-12-01", 3);
    let birth = ["1", "12", "1950"];
    let visitor = house.visitor();
    house
        .claim(&visitor, &max, "99000000003", birth, "email")
        .await;
    let (to, code) = house.code().await;
    assert_eq!(to, "Max Fictif\n1 rue de l’Exemple\n99999 Villefictive");
    // No other the same day, however often it is asked for.
    house.later(60);
    let again = [("moyen", "courrier")];
    let page = visitor.post("/activation/moyen", &again).await.unwrap();
    assert!(page.has("un courrier part"), "{}", page.words());
    assert!(house.mail().await.is_empty());
    house.later(10 * 86_400);
    let back = house.visitor();
    let page = house.claim(&back, &max, "99000000003", birth, "recu").await;
    assert!(
        page.has("le code écrit dans le courrier"),
        "{}",
        page.words()
    );
    let typed = [("code", code.as_str())];
    let page = back.post("/activation/code", &typed).await.unwrap();
    assert_eq!(page.path, "/activation/identifiants", "{}", page.words());
}

#[tokio::test]
async fn who_has_only_a_postal_address_can_refuse_by_letter() {
    let house = House::empty();
    house.import(&by_post(), account::Told::ByUs).await;
    let max = number(1, "1950-12-01", 3);
    let ask = async |way: &str| {
        let visitor = house.visitor();
        visitor.get("/opposition").await.unwrap();
        let fields = [
            ("nir", max.as_str()),
            ("serie", "99000000003"),
            ("naissance", "1950-12-01"),
            ("moyen", way),
        ];
        let page = visitor.post("/opposition", &fields).await.unwrap();
        assert_eq!(page.path, "/opposition/code", "{}", page.words());
        visitor
    };
    ask("courrier").await;
    let (to, code) = house.code().await;
    assert!(to.starts_with("Max Fictif\n"), "{to}");
    house.later(5 * 86_400);
    let visitor = ask("recu").await;
    let wrong = [("code", "22222222")];
    let page = visitor.post("/opposition/code", &wrong).await.unwrap();
    assert!(page.has("il vaut 15 jours"), "{}", page.words());
    let typed = [("code", code.as_str())];
    let page = visitor.post("/opposition/code", &typed).await.unwrap();
    assert_eq!(page.path, "/opposition/choix", "{}", page.words());
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_letters() {
    let house = House::empty();
    house.import_told(&by_post()).await;
    let right = ["12", "05", "1985"];
    for way in ["courrier", "recu"] {
        let known = stranger(&house, &zoe(), CARD, right, way).await;
        let left = house.mail().await;
        assert_eq!(left.len(), usize::from(way == "courrier"), "{left:?}");
        let mut efforts = vec![];
        for (number, card, birth) in [
            (number(2, "1985-05-12", 9), CARD, right),
            (zoe(), "99000000009", right),
            (zoe(), CARD, ["13", "05", "1985"]),
        ] {
            house.later(86_401);
            let seen = stranger(&house, &number, card, birth, way).await;
            assert!(seen.0 == known.0, "{way} {card} {birth:?}");
            efforts.push((seen.1, seen.2));
            assert!(house.mail().await.is_empty(), "{way} {card} {birth:?}");
        }
        // A letter leaves behind the page; what has come is judged by the same effort.
        let known = (known.1, known.2);
        assert!(efforts.iter().all(|effort| *effort == efforts[0]));
        assert!(
            way == "courrier" || efforts[0] == known,
            "{efforts:?} {known:?}"
        );
        house.later(86_401);
    }
}

#[tokio::test]
async fn a_code_counts_once_in_time_and_within_three_tries() {
    let house = House::new().await;
    let visitor = house.visitor();
    house
        .claim(&visitor, &zoe(), CARD, ["12", "05", "1985"], "email")
        .await;
    let (_, code) = house.code().await;
    for _ in 0..3 {
        let page = visitor
            .post("/activation/code", &[("code", "22222222")])
            .await
            .unwrap();
        assert!(page.has("pas le bon"));
    }
    let page = visitor
        .post("/activation/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(page.has("Trop d’essais"), "{}", page.words());
    house.later(31);
    visitor
        .post("/activation/moyen", &[("moyen", "email")])
        .await
        .unwrap();
    let (_, code) = house.code().await;
    house.later(31 * 60);
    let page = visitor
        .post("/activation/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(page.has("a expiré"), "{}", page.words());
    house.later(3_600);
    let page = visitor
        .post("/activation/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(
        page.path == "/activation" && page.has("trop longtemps"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn errors_name_the_field() {
    let house = House::new().await;
    let visitor = house.visitor();
    visitor.get("/activation").await.unwrap();
    let fields = [
        ("nir", "2 85 05"),
        ("serie", "12"),
        ("jour", "31"),
        ("mois", "2"),
        ("annee", "1985"),
    ];
    let page = visitor.post("/activation", &fields).await.unwrap();
    assert_eq!(page.status, 422);
    for id in ["#nir", "#serie", "#jour"] {
        assert!(page.links(id).len() == 1, "{id}");
    }
    let page = house.visitor().post("/activation", &fields).await.unwrap();
    assert_eq!(page.status, 403, "a form of nobody");
}

#[tokio::test]
async fn a_minor_is_sent_to_who_represents_them_and_a_taken_login_finds_others() {
    let house = House::empty();
    let csv = crate::house::registry().replace(
        "ESSAI;TOM;Tom;;2018-02-03;M;99999;;",
        "ESSAI;TOM;Tom;;2018-02-03;M;99999;tom@example.org;",
    );
    house.import_told(&csv).await;
    let visitor = house.visitor();
    house
        .claim(&visitor, &tom(), "99000000002", ["3", "2", "2018"], "email")
        .await;
    let (_, code) = house.code().await;
    let page = visitor
        .post("/activation/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(page.has("celui d’un mineur"), "{}", page.words());

    house.activate_zoe(&house.visitor()).await;
    let max = number(1, "1950-12-01", 3);
    house
        .claim(&visitor, &max, "99000000003", ["1", "12", "1950"], "sms")
        .await;
    let (_, code) = house.code().await;
    visitor
        .post("/activation/code", &[("code", &code)])
        .await
        .unwrap();
    let fields = [
        ("identifiant", "petit.navire"),
        ("mot-de-passe", "x"),
        ("confirmation", ""),
    ];
    let page = visitor
        .post("/activation/identifiants", &fields)
        .await
        .unwrap();
    assert!(
        page.has("déjà pris") && page.text().matches("<li><strong>").count() >= 3,
        "{}",
        page.words()
    );
}
