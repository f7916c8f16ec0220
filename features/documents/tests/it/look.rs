//! Reading: one look, one line.

use access::Act;
use http::header;
use jiff::SignedDuration;

use crate::house::House;

const PDF: &[u8] = b"%PDF-1.4 labo";

#[tokio::test]
async fn a_page_and_what_it_embeds_are_one_line() {
    let house = House::new().await;
    let id = house.deposit(PDF, "application/pdf", |_| {}).await;
    let page = house.get(&format!("/documents/{id}")).await;
    let src = page.between("<iframe class=\"document-frame\" src=\"", "\"");
    let src = src.expect("a frame");
    let file = house.get(&src).await;
    assert_eq!((file.status.as_u16(), &file.body[..]), (200, PDF));
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
    let policy = file.headers[header::CONTENT_SECURITY_POLICY].to_str();
    assert!(policy.is_ok_and(|policy| policy.starts_with("sandbox;")));
    assert_eq!(house.acts().await, [Act::Read, Act::Add]);
    assert_eq!(house.lines().await[0].subject, Some(id));

    // The look is over: what is shown again leaves a line of its own.
    house.clock.advance(SignedDuration::from_mins(3));
    assert_eq!(house.get(&src).await.body, PDF);
    assert_eq!(house.acts().await, [Act::Read, Act::Read, Act::Add]);
    assert_eq!(
        house.get(&format!("/documents/{id}/contenu")).await.body,
        PDF
    );
    assert_eq!(house.acts().await.len(), 4);
}

#[tokio::test]
async fn a_look_is_good_for_one_document_only() {
    let house = House::new().await;
    let one = house.deposit(PDF, "application/pdf", |_| {}).await;
    let two = house
        .deposit(b"%PDF-1.4 two", "application/pdf", |_| {})
        .await;
    let page = house.get(&format!("/documents/{one}")).await;
    let src = page.between("src=\"/documents/", "\"").expect("a frame");
    let stolen = format!(
        "/documents/{}",
        src.replace(&one.to_string(), &two.to_string())
    );
    assert_eq!(house.get(&stolen).await.status, 200);
    assert_eq!(
        house.lines().await[0].subject,
        Some(two),
        "it left its own line"
    );
    for look in ["", "x", "7fffffffffffffff-", "-", "zz-00", "é-é"] {
        let path = format!("/documents/{two}/vue/{look}/contenu");
        let before = house.lines().await.len();
        let Ok(page) = house.visitor.get(&path).await else {
            continue;
        };
        let lines = house.lines().await.len();
        assert!(page.status != 200 || lines == before + 1, "{look}");
    }
}

#[tokio::test]
async fn what_is_hidden_from_the_person_is_not_there_by_any_address() {
    let house = House::new().await;
    let id = house
        .deposit(PDF, "application/pdf", |own| own.flags.patient = true)
        .await;
    for end in [
        "",
        "/contenu",
        "/media/1",
        "/original",
        "/fichier",
        "/supprimer",
        "/vue/0-0/contenu",
    ] {
        let page = house.get(&format!("/documents/{id}{end}")).await;
        assert_eq!(page.status, 404, "{end}");
    }
    assert!(!house.get("/documents").await.has("Bilan sanguin"));
    assert_eq!(house.get("/documents/nothing").await.status, 404);
}

#[tokio::test]
async fn hiding_and_showing_change_one_flag() {
    let house = House::new().await;
    let id = house.deposit(PDF, "application/pdf", |_| {}).await;
    let path = format!("/documents/{id}");
    house.get(&path).await;
    let post = async |end: &str| {
        let sent = house.visitor.post(&format!("{path}/{end}"), &[]).await;
        sent.expect("an answer")
    };
    let hidden = post("masquer").await;
    assert!(
        hidden.has("Le document est masqué aux professionnels.") && hidden.has("id=\"afficher\"")
    );
    let shown = post("afficher").await;
    assert!(shown.has("de nouveau visible") && shown.has("id=\"masquer\""));
    let acts = house.acts().await;
    assert_eq!(acts[..4], [Act::Read, Act::Show, Act::Read, Act::Hide]);
    let forged = house
        .visitor
        .post(&format!("{path}/masquer"), &[("csrf", "x")])
        .await;
    // The visitor's own token comes first, and is right.
    assert_eq!(forged.expect("an answer").status, 200);
}

#[tokio::test]
async fn a_download_is_named_and_is_a_line_of_its_own() {
    let house = House::new().await;
    let change = |own: &mut documents::Own| own.title = "Résultats : « fer »".into();
    let id = house.deposit(PDF, "application/pdf", change).await;
    let file = house.get(&format!("/documents/{id}/original")).await;
    assert_eq!(file.body, PDF);
    let name = file.headers[header::CONTENT_DISPOSITION]
        .to_str()
        .expect("ASCII");
    assert!(name.starts_with("attachment; ") && name.contains("filename*=UTF-8''R%C3%A9sultats"));
    assert_eq!(house.acts().await[0], Act::Download);
    assert_eq!(
        house.get(&format!("/documents/{id}/fichier")).await.status,
        404
    );
}

#[tokio::test]
async fn a_wrapped_pdf_is_shown_and_kept_as_a_pdf() {
    let house = House::new().await;
    let cda = cda::write::Cda {
        id: cda::InstanceId::root("1.2.250.1.999.1"),
        body: cda::write::WriteBody::Pdf(PDF.to_vec()),
        ..Default::default()
    };
    let id = house.deposit(&cda.to_xml(), "text/xml", |_| {}).await;
    let page = house.get(&format!("/documents/{id}")).await;
    let src = page.between("<iframe class=\"document-frame\" src=\"", "\"");
    assert_eq!(house.get(&src.expect("a frame")).await.body, PDF);
    let file = house.get(&format!("/documents/{id}/fichier")).await;
    assert_eq!(file.body, PDF);
    assert!(
        file.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .is_ok_and(|name| name.contains(".pdf"))
    );
    assert_eq!(house.acts().await, [Act::Download, Act::Read, Act::Add]);
    assert_eq!(
        house.get(&format!("/documents/{id}/media/2")).await.status,
        404
    );
}

#[tokio::test]
async fn versions_lead_to_each_other() {
    let house = House::new().await;
    let newer = house
        .deposit(b"%PDF-1.4 newer", "application/pdf", |_| {})
        .await;
    let older = house
        .deposit(PDF, "application/pdf", |own| own.replaced_by = Some(newer))
        .await;
    let page = house.get(&format!("/documents/{older}")).await;
    assert!(page.has("Une version plus récente existe") && page.has(&newer.to_string()));
    let page = house.get(&format!("/documents/{newer}")).await;
    assert!(page.has("Voir la version précédente") && page.has(&older.to_string()));
    let list = house.get("/documents").await;
    assert!(list.has(&newer.to_string()) && !list.has(&older.to_string()));
}
