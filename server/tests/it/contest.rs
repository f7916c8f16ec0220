//! An access that the person does not recognise: contested in one click, answered in a thread.

use super::bed::Bed;

#[tokio::test]
async fn an_access_is_explained_contested_and_answered() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    let camille = bed.sign_in("Camille").await;
    let page = camille
        .get("/historique?qui=professionnels")
        .await
        .expect("page");
    // Every line says why, and each of a professional's can be contested.
    let lines = page.text().matches("class=\"event ").count();
    assert!(lines >= 3, "{}", page.words());
    let why = page.text().matches("class=\"disclosure\"").count();
    assert_eq!(why, lines, "{}", page.words());
    assert!(
        page.has("C’était permis parce qu’il a déclaré"),
        "{}",
        page.words()
    );
    let when = page
        .attribute("name=\"quand\" value=\"", "\"")
        .expect("a line");
    let thread = camille
        .post("/acces/contester", &[("quand", &when)])
        .await
        .expect("page");
    assert!(
        thread.has("Votre contestation est envoyée"),
        "{}",
        thread.words()
    );
    assert!(thread.has("Anne Martin"), "{}", thread.words());
    // Twice is once; what never was is not there.
    let again = camille
        .post("/acces/contester", &[("quand", &when)])
        .await
        .expect("page");
    assert_eq!(again.path, thread.path);
    for never in ["2026-01-01T00:00:00Z", "hier", ""] {
        let page = camille.post("/acces/contester", &[("quand", never)]).await;
        assert_eq!(page.expect("page").status, 404, "{never}");
    }
    let empty = camille
        .post(&thread.path, &[("message", " ")])
        .await
        .expect("page");
    assert_eq!(empty.status, 422);
    let said = "Je n’ai jamais rencontré cette personne.";
    let page = camille
        .post(&thread.path, &[("message", said)])
        .await
        .expect("page");
    assert!(page.has(said), "{}", page.words());
    // Somebody else's is nobody's.
    let karim = bed.sign_in("Karim").await;
    assert_eq!(karim.get(&thread.path).await.expect("page").status, 404);
    assert_eq!(karim.get("/historique").await.expect("page").status, 200);
    let page = karim
        .post(&thread.path, &[("message", "x")])
        .await
        .expect("page");
    assert_eq!(page.status, 404);

    // The operator: who, when and what was said; not whose record, nor which document.
    bed.work().await;
    let gate = &bed.demo.app.gate;
    let all = gate.contested().await.expect("the list");
    let [(id, one)] = all.as_slice() else {
        panic!("one thread, not {all:?}")
    };
    assert_eq!(one.contest.said[0].text, said);
    let answer = "Ce médecin remplaçait le vôtre ce jour-là.";
    let now = bed.demo.app.now();
    gate.answer_contest(*id, answer, now)
        .await
        .expect("answered");
    assert!(gate.answer_contest(gate.id(), answer, now).await.is_err());
    carnet::audit::contests(&bed.demo.app, true, None)
        .await
        .expect("printed");
    bed.work().await;
    let told = bed.demo.outbox.messages();
    let told = told
        .iter()
        .filter(|(_, sent)| sent.body.contains("une réponse"));
    assert_eq!(told.count(), 1);
    assert!(
        bed.demo
            .outbox
            .messages()
            .iter()
            .all(|(_, sent)| !sent.body.contains("remplaçait"))
    );
    let page = camille.get(&thread.path).await.expect("page");
    assert!(
        page.has(answer) && page.has("L’exploitant"),
        "{}",
        page.words()
    );
    let page = camille.get("/acces").await.expect("page");
    assert!(page.has("Accès que vous contestez"), "{}", page.words());
    let page = camille
        .get("/historique?qui=professionnels")
        .await
        .expect("page");
    assert!(page.has("Voir la contestation"), "{}", page.words());

    // The operator's copy ends like the registers of its day.
    bed.advance(jiff::SignedDuration::from_hours(24 * 1_097));
    bed.work().await;
    assert!(gate.contested().await.expect("the list").is_empty());
}
