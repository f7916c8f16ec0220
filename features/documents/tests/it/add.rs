//! What a person brings, and what becomes of it.

use access::{Act, Limits};

use crate::house::House;

const PDF: &[u8] = b"%PDF-1.4 bilan";

#[tokio::test]
async fn a_document_is_added_and_opens_with_what_was_said_of_it() {
    let house = House::new().await;
    let fields = [
        ("titre", "Bilan d'Alzheimer : « L’Haÿ » 100 %"),
        ("date", "12/03/2026"),
        ("visibilite", "masque"),
    ];
    let page = house.add(&fields, &[("scan.pdf", PDF)]).await;
    assert_eq!(page.status, 200, "{}", page.words());
    assert!(page.path.starts_with("/documents/"), "{}", page.path);
    for words in [
        "Bilan d&#39;Alzheimer : « L’Haÿ » 100 %",
        "12\u{a0}mars\u{a0}2026",
        "Votre document est ajouté.",
        "CR de biologie déposé par le patient",
        "Masqué aux professionnels",
        "par vous",
    ] {
        assert!(page.has(words), "{words} in {}", page.words());
    }
    assert_eq!(house.acts().await[..2], [Act::Read, Act::Add]);
    let list = house.get("/documents?montrer=masques").await;
    assert!(list.has("1 document correspond."));
    let last = &house.lines().await[0];
    assert_eq!((last.act, last.count), (Act::List, Some(1)));
    assert_eq!(last.detail.as_deref(), Some("Masqués aux professionnels"));
}

#[tokio::test]
async fn what_the_file_says_of_itself_is_shown_for_the_person_to_look_at() {
    let house = House::new().await;
    let cover = b"%PDF-1.4 couverture";
    let page = house.add(&[], &[("scan.pdf", cover)]).await;
    assert!(page.path.contains("/modifier"), "{}", page.path);
    for words in [
        "Vérifiez ce que dit le fichier",
        r#"value="Lettre de sortie""#,
        r#"value="2026-03-12""#,
        "C’est juste",
    ] {
        assert!(page.has(words), "{words} in {}", page.words());
    }
    let address = page.path.split("/modifier").next().unwrap_or_default();
    let fields = [
        ("titre", "Sortie du service"),
        ("date", "2026-03-11"),
        ("categorie", "CPT_REND"),
    ];
    let form = format!("{address}/modifier");
    let page = house.visitor.post(&form, &fields).await.expect("a page");
    assert!(page.has("Sortie du service") && page.has("11\u{a0}mars\u{a0}2026"));
    assert!(
        page.has("3\u{a0}pages") || page.has("3 pages"),
        "{}",
        page.words()
    );
    assert!(page.has("Ce PDF est une image") && !page.has("Ce PDF est protégé"));

    // Who typed a title and a date is not asked again, and what a CDA document says is shown.
    let typed = [("titre", "Lettre"), ("date", "2026-03-10")];
    let again = b"%PDF-1.4 couverture, autre";
    let page = house.add(&typed, &[("scan.pdf", again)]).await;
    assert!(!page.path.contains("/modifier") && page.has("10\u{a0}mars\u{a0}2026"));
    let cda = cda::write::Cda {
        id: cda::InstanceId::root("1.2.250.1.999.1"),
        code: cda::Code::new("11502-2", "2.16.840.1.113883.6.1", "CR de biologie"),
        title: "Bilan sanguin".to_owned(),
        time: cda::PointInTime::new("20260312"),
        author: cda::Participant {
            name: Some(cda::PersonName {
                family: Some("<Leclerc>".to_owned()),
                ..Default::default()
            }),
            ..Default::default()
        },
        ..Default::default()
    };
    let page = house
        .add(&[("categorie", "")], &[("doc.xml", &cda.to_xml())])
        .await;
    assert!(page.has(r#"value="Bilan sanguin""#) && page.has(r#"value="BIOLOGIE" selected"#));
    assert!(page.has("Leclerc&#62;"), "{}", page.words());
}

#[tokio::test]
async fn photos_of_one_paper_become_one_document() {
    const PHOTO: &[u8] = include_bytes!("../../../../server/tests/it/scan.jpg");
    let house = House::new().await;
    let fields = [("ensemble", "oui"), ("titre", "Ordonnance de deux pages")];
    let photos = [("IMG_1.jpg", PHOTO), ("IMG_2.jpg", PHOTO)];
    let page = house.add(&fields, &photos).await;
    assert!(page.path.starts_with("/documents/"), "{}", page.words());
    assert!(page.has("Ordonnance de deux pages") && page.has("Votre document est ajouté."));
    let made = house.get(&format!("{}/original", page.path)).await;
    assert_eq!(made.text().matches("/Type/Page/").count(), 2);

    // One that is no page: it is named, and nothing of the others is kept.
    let before = house.acts().await.len();
    let cut = &PHOTO[..PHOTO.len() - 40];
    for (name, bytes, why) in [
        ("coupée.jpg", cut, "cette photo est abîmée"),
        (
            "ecran.png",
            b"\x89PNG\r\n\x1A\n".as_slice(),
            "seules des photos JPEG",
        ),
    ] {
        let page = house.add(&fields, &[photos[0], (name, bytes)]).await;
        assert_eq!(page.status, 422);
        assert!(page.has(name) && page.has(why), "{}", page.words());
        assert!(page.has("Ordonnance de deux pages") && page.has("value=\"oui\" checked"));
    }
    assert_eq!(house.acts().await.len(), before);

    // Together they may weigh more than a document does.
    let limits = Limits {
        document_bytes: 20_000,
        ..Limits::default()
    };
    let house = House::with(limits).await;
    let page = house.add(&fields, &photos).await;
    assert!(
        page.has("ce fichier dépasse 20\u{a0}ko"),
        "{}",
        page.words()
    );
    assert!(house.stores(&[]));
}

#[tokio::test]
async fn a_protected_pdf_is_explained() {
    let house = House::new().await;
    let id = house
        .deposit(b"%PDF-1.4 secret", "application/pdf", |_| {})
        .await;
    let page = house.get(&format!("/documents/{id}")).await;
    assert!(page.has("Ce PDF est protégé") && !page.has("Ce PDF est une image"));
    let plain = house
        .deposit(b"%PDF-1.4 plain", "application/pdf", |_| {})
        .await;
    let page = house.get(&format!("/documents/{plain}")).await;
    assert!(!page.has("Ce PDF est") && page.has("<iframe"));
}

#[tokio::test]
async fn fit_files_are_kept_and_each_other_is_named_with_its_reason() {
    let house = House::new().await;
    let files: [(&str, &[u8]); 7] = [
        ("bilan_1.pdf", PDF),
        ("bilan_2.pdf", b"%PDF-1.4 other"),
        ("encore.pdf", PDF),
        ("facture.pdf", b"MZ\x90\0"),
        ("page.jpg", b"<html><script>"),
        ("ver.pdf", b"%PDF-1.4 harmful"),
        ("muet.pdf", b"%PDF-1.4 unanswered"),
    ];
    let page = house.add(&[("date", "")], &files).await;
    assert_eq!(page.status, 422);
    for words in [
        "Vos 2 documents sont ajoutés.",
        "5 fichiers n’ont pas été ajoutés",
        "encore.pdf",
        "déjà présent dans vos documents, sous le titre « Bilan 1 »",
        "c’est un programme",
        "c’est une page web",
        "ce fichier contient un virus",
        "ce fichier n’a pas pu être vérifié",
    ] {
        assert!(page.has(words), "{words} in {}", page.words());
    }
    assert!(
        house.stores(&[files[0].1, files[1].1]),
        "a refused file leaves nothing"
    );
    let acts = house.acts().await;
    assert_eq!(acts.iter().filter(|act| **act == Act::Add).count(), 2);
}

#[tokio::test]
async fn a_wrong_field_keeps_what_was_typed_and_adds_nothing() {
    let house = House::new().await;
    let fields = [
        ("titre", "Bilan \"été\""),
        ("date", "2030-01-01"),
        ("categorie", ""),
    ];
    let page = house.add(&fields, &[("scan.pdf", PDF)]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("ne peut pas être dans le futur"));
    assert!(page.has("Bilan &#34;été&#34;") && page.has("choisissez de nouveau vos fichiers"));
    let page = house.add(&[("categorie", "")], &[("scan.pdf", PDF)]).await;
    assert!(page.has("Choisissez la catégorie de vos documents."));
    let page = house.add(&[], &[]).await;
    assert!(page.has("Choisissez au moins un fichier"));
    assert!(house.stores(&[]));
    assert!(house.acts().await.is_empty());
}

#[tokio::test]
async fn limits_are_those_of_the_settings() {
    let limits = Limits {
        document_bytes: 1_000,
        documents_at_once: 2,
        ..Limits::default()
    };
    let house = House::with(limits).await;
    let large = [b"%PDF-1.4 ".as_slice(), &[b' '; 1_200]].concat();
    let page = house.add(&[], &[("grand.pdf", &large)]).await;
    assert!(page.has("ce fichier dépasse 1\u{a0}ko"), "{}", page.words());
    let page = house.add(&[], &[("1", PDF), ("2", PDF), ("3", PDF)]).await;
    assert!(page.has("Choisissez 2 fichiers au plus"));
    let huge = vec![b' '; 400_000];
    let page = house.add(&[], &[("immense.pdf", &huge)]).await;
    assert_eq!(page.status, 413);
    assert!(house.stores(&[]));
}

#[tokio::test]
async fn a_form_of_another_session_is_refused() {
    let house = House::new().await;
    let sent = house
        .visitor
        .upload("/documents/ajouter", &[], &[("fichier", "scan.pdf", PDF)])
        .await;
    assert_eq!(sent.expect("an answer").status, 403);
    assert!(house.stores(&[]));
}

#[tokio::test]
async fn what_one_brought_is_erased_and_nothing_else() {
    let house = House::new().await;
    let theirs = house
        .deposit(b"%PDF-1.4 labo", "application/pdf", |_| {})
        .await;
    let page = house
        .add(&[("titre", "Test de grossesse")], &[("scan.pdf", PDF)])
        .await;
    let mine = page.path.clone();
    assert!(page.has("id=\"supprimer\""));
    assert!(
        !house
            .get(&format!("/documents/{theirs}"))
            .await
            .has("id=\"supprimer\"")
    );
    let ask = format!("/documents/{theirs}/supprimer");
    assert_eq!(house.get(&ask).await.status, 403);

    let asked = house.get(&format!("{mine}/supprimer")).await;
    assert!(asked.has("id=\"confirmer\"") && asked.has("Test de grossesse"));
    let refused = house.visitor.post(&ask, &[]).await.expect("an answer");
    assert_eq!(refused.status, 403);
    house.get(&format!("{mine}/supprimer")).await;
    let gone = house.visitor.post(&format!("{mine}/supprimer"), &[]).await;
    let gone = gone.expect("an answer");
    assert_eq!(gone.path, "/documents");
    assert!(gone.has("Le document est supprimé.") && !gone.has("Test de grossesse"));
    let gone = house.get(&mine).await;
    assert_eq!(gone.status, 410);
    assert!(gone.has("Ce document a été supprimé") && !gone.has("grossesse"));
    assert!(house.stores(&[b"%PDF-1.4 labo"]));
    let again = house.add(&[], &[("scan.pdf", PDF)]).await;
    assert_eq!(again.status, 200, "it may be brought again");
}
