//! The rule of the logs (`docs/logging.md`): no word of a person, of a document or of a secret, even
//! of what goes wrong, and even typed into the wrong field.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Body;
use http::{Request, header};
use testing::{Canary, Visitor};

use super::bed::Bed;

/// Where logs go in a test; each test has a process of its own.
#[derive(Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    /// Takes what this process logs, at the level that operators have.
    pub fn start() -> Self {
        let logs = Self::default();
        let writer = logs.clone();
        tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .with_env_filter("info")
            .try_init()
            .expect("each test has a process of its own");
        logs
    }

    /// What was logged so far.
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything goes wrong; gives the words that were typed and sent.
async fn mishaps(bed: &Bed) -> Vec<String> {
    let yvette = bed.persona("Yvette");
    let visitor = bed.visitor();
    let post = async |visitor: &Visitor, path: &str, fields: &[(&str, &str)]| {
        visitor.get(path).await.expect("a page");
        visitor.post(path, fields).await.expect("a page")
    };
    // A password in the field of the login; a login of nobody.
    for login in ["MotDePasse-Anemone", "petit.tournesol"] {
        let fields = [
            ("identifiant", login),
            ("mot-de-passe", "Secret-Jonquille-12"),
        ];
        post(&visitor, "/connexion", &fields).await;
    }
    let page = post(
        &visitor,
        "/connexion",
        &[
            ("identifiant", "camille.demo"),
            ("mot-de-passe", bed.persona("Camille").password),
        ],
    )
    .await;
    assert_eq!(page.path, "/connexion/code");
    let code = bed.code();
    for path in ["/activation", "/connexion/oubli"] {
        let fields = [
            ("nir", yvette.number.as_str()),
            ("serie", "99123456789"),
            ("naissance", "1944-06-07"),
            ("moyen", "email"),
        ];
        post(&visitor, path, &fields).await;
        visitor
            .post("/activation/moyen", &[("moyen", "email")])
            .await
            .expect("a page");
    }
    for path in [
        "/Inconnue-Pervenche",
        "/documents/Inconnue-Pervenche",
        "/documents?q=Requete-Violette",
        "/connexion?retour=Requete-Violette",
        "/pro/retour?code=Code-Glycine&state=Etat-Lavande&error=Erreur-Bruyere",
        "/langue/Inconnue-Pervenche",
    ] {
        visitor.get(path).await.expect("a page");
    }
    let camille = bed.sign_in("Camille").await;
    post(&camille, "/documents/recherche", &[("q", "Mot-Capucine")]).await;
    camille.get("/documents/ajouter").await.expect("a page");
    let fields = [
        ("titre", "Titre-Hortensia"),
        ("date", "Jour-Muguet"),
        ("visibilite", "visible"),
    ];
    let file: &[u8] = b"<html>Contenu-Primevere";
    camille
        .upload(
            "/documents/ajouter",
            &fields,
            &[("fichier", "Nom-Dahlia.pdf", file)],
        )
        .await
        .expect("a page");
    post(
        &camille,
        "/verification",
        &[
            ("mot-de-passe", "Secret-Jonquille-12"),
            ("retour", "/Retour-Orchidee"),
        ],
    )
    .await;
    post(
        &camille,
        "/parametres/contact/email",
        &[
            ("valeur", "adresse-pivoine@example.org"),
            ("mot-de-passe", "x"),
        ],
    )
    .await;
    let (software, token) = bed.software("labo-begonia", "Laboratoire Begonia").await;
    let mut bundle = bed.deposit_for("Camille", 7, |document| {
        document.title = "Titre-Hortensia".into()
    });
    bundle["type"] = "Type-Capucine".into();
    software
        .post(&token, "/fhir", &bundle)
        .await
        .expect("an answer");
    for (kind, body) in [
        ("application/fhir+json", "{\"Json-Glaieul\": "),
        ("Genre-Fuchsia/x", "{}"),
    ] {
        let request = Request::post("/fhir")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, kind)
            .header("x-request-id", "Entete-Lilas")
            .header(header::USER_AGENT, "Agent-Lupin")
            .body(Body::from(body));
        visitor
            .send(request.expect("a request"))
            .await
            .expect("an answer");
    }
    let stolen = Request::post("/fhir")
        .header(header::AUTHORIZATION, "Bearer Jeton-Mimosa")
        .body(Body::empty());
    visitor
        .send(stolen.expect("a request"))
        .await
        .expect("an answer");
    bed.work().await;
    let mut words: Vec<String> = [
        "Anemone",
        "petit.tournesol",
        "Jonquille",
        "99123456789",
        "Pervenche",
        "Violette",
        "Capucine",
        "Glycine",
        "Lavande",
        "Bruyere",
        "Hortensia",
        "Muguet",
        "Primevere",
        "Dahlia",
        "Orchidee",
        "pivoine",
        "Capucine",
        "Glaieul",
        "Fuchsia",
        "Lilas",
        "Lupin",
        "Mimosa",
        "Begonia",
        "camille.demo",
        "Camille",
        "Yvette",
    ]
    .map(ToOwned::to_owned)
    .into();
    words.extend([
        token,
        yvette.number.clone(),
        code,
        bed.persona("Camille").password.to_owned(),
    ]);
    words
}

#[tokio::test]
async fn what_goes_wrong_leaves_no_word_in_the_logs() {
    let logs = Logs::start();
    let bed = Bed::new().await;
    let words = mishaps(&bed).await;
    let text = logs.text();
    assert!(
        text.contains("status=422") && text.contains("status=404"),
        "{text}"
    );
    for word in words {
        let canary = Canary::new(word.as_str());
        // Without its time, whose microseconds may be the digits of a code.
        let said = |line: &str| {
            line.split_once(' ')
                .map_or(String::new(), |(_, said)| said.to_owned())
        };
        let line = text
            .lines()
            .find(|line| canary.is_in(said(line).as_bytes()));
        assert!(line.is_none(), "{word} in {line:?}");
    }
    // A line of a request: its number, method, route, status and time; nothing else.
    let lines = text.lines().filter(|line| line.contains(" request id="));
    let mut count = 0;
    for line in lines {
        let (_, fields) = line.split_once(" request ").expect("fields");
        let names = fields
            .split(' ')
            .filter_map(|field| field.split_once('='))
            .map(|(name, _)| name);
        assert_eq!(
            names.collect::<Vec<_>>(),
            ["id", "method", "route", "status", "ms"],
            "{line}"
        );
        count += 1;
    }
    assert!(count > 20, "{count} requests in\n{text}");
}
