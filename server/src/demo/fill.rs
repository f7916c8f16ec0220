//! Fills a demo through the same doors as everyone: the registry is imported,
//! software deposits over HTTP, people activate their space on its pages.

use std::fmt;

use account::Told;
use anyhow::{Context, bail};
use fiction::{Doc, Person};
use jiff::Timestamp;
use testing::{Page, Visitor};

use super::{Demo, Software};
use crate::jobs;

const PASSWORD: &str = "Cahier-Bleu-2026";

/// Who can be played.
#[derive(Debug, Clone)]
pub struct Persona {
    /// Name on screen.
    pub name: String,
    /// What makes their story.
    pub story: &'static str,
    /// Login, when the space is already activated.
    pub login: Option<&'static str>,
    /// Its password.
    pub password: &'static str,
    /// National number.
    pub number: String,
    /// Serial of the card.
    pub card: String,
    /// Birth date, as people write it.
    pub birth: String,
    person: Person,
}

impl fmt::Display for Persona {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.login {
            Some(login) => write!(f, "{} : {login} / {}", self.name, self.password),
            None => write!(
                f,
                "{} (à activer) : n° {}, carte {}, née ou né le {}",
                self.name, self.number, self.card, self.birth
            ),
        }
    }
}

/// The people of the demo.
pub fn personas(now: Timestamp) -> Vec<Persona> {
    let cast = fiction::cast(now);
    let persona = |person: Person, story, login| Persona {
        name: person.name(),
        story,
        login,
        password: PASSWORD,
        number: person.number().to_owned(),
        card: person.card.clone(),
        birth: person.birth().strftime("%d/%m/%Y").to_string(),
        person,
    };
    let mut personas = vec![
        persona(
            cast.camille,
            "37 ans, deux enfants. Son espace est activé.",
            Some("camille.demo"),
        ),
        persona(
            cast.karim,
            "Diabète suivi depuis des années : beaucoup de documents.",
            Some("karim.demo"),
        ),
        persona(
            cast.yvette,
            "82 ans. Son espace reçoit déjà des documents ; elle ne l’a pas encore activé.",
            None,
        ),
        persona(
            cast.julien,
            "Un résultat attend qu’un médecin le lui explique.",
            None,
        ),
    ];
    personas.push(persona(
        cast.jade,
        "11 ans. Son espace s’ouvre depuis celui de ses parents.",
        None,
    ));
    let told = announced(now).map(|person| {
        let story = "Vient d’être prévenu de l’ouverture d’un espace ; peut la refuser.";
        persona(person, story, None)
    });
    personas.extend(told);
    personas
}

/// Somebody whose space will open in six weeks.
fn announced(now: Timestamp) -> Option<Person> {
    let people = fiction::people(&ambient::SeededRandom::new(29), 20, now);
    let mut adults = people.into_iter().filter(|person| person.age(now) > 20);
    adults.find(|person| person.email.is_some() && person.mobile.is_some())
}

/// Loads the fictional people and their documents.
///
/// # Errors
/// When a step is refused: the product and its demo no longer agree.
pub async fn fill(demo: &Demo) -> anyhow::Result<()> {
    let app = &demo.app;
    let now = app.now();
    let cast = fiction::cast(now);
    let registry = fiction::insured_csv(cast.all());
    // They were told before the demo begins, and did not oppose.
    let told = Told::At(now.checked_sub(app.limits.opposition)?);
    let report = account::import(app, ins::oid::TEST, told, registry.as_bytes(), |_| {}).await?;
    if report.refused > 0 {
        bail!("the registry was refused: {:?}", report.reasons);
    }

    let hospital = Software::register(
        &app.store,
        &demo.router,
        &app.site.origin,
        "demo-hopital",
        "Centre hospitalier des Tilleuls (fictif)",
        true,
    )
    .await?;
    let token = hospital.token(app.random(), now).await?;
    let staff = fiction::staff();
    let random = ambient::SeededRandom::new(7);
    let mut brought = Vec::new();
    for person in cast.all() {
        let mut documents = fiction::documents(person, &staff, &random, now);
        if person.number() == cast.karim.number() {
            documents.extend(fiction::lately(person, &staff, &random, now));
        }
        for document in documents {
            if document.by_holder() {
                brought.push((person.number().to_owned(), document));
            } else {
                let bundle = document.to_pdsm_bundle(person);
                hospital
                    .deposit(&token, &bundle)
                    .await
                    .with_context(|| document.title.clone())?;
            }
        }
    }
    // Nobody has a confirmed address yet, so these notices wait in the spaces.
    while jobs::work(app).await? > 0 {}

    for persona in &demo.personas {
        let Some(login) = persona.login else { continue };
        let visitor = Visitor::new(demo.router.clone(), &app.site.origin);
        activate(demo, &visitor, &persona.person, login)
            .await
            .with_context(|| persona.name.clone())?;
        for (_, document) in brought
            .iter()
            .filter(|(number, _)| *number == persona.number)
        {
            bring(&visitor, document)
                .await
                .with_context(|| document.title.clone())?;
        }
        visitor.get("/notifications").await?;
        visitor.post("/notifications/lues", &[]).await?;
    }
    while jobs::work(app).await? > 0 {}
    demo.outbox.clear();
    let registry = fiction::insured_csv(&announced(now));
    account::import(app, ins::oid::TEST, Told::ByUs, registry.as_bytes(), |_| {}).await?;
    while jobs::work(app).await? > 0 {}
    Ok(())
}

/// Takes in the public directory of those who do not exist; again is the same.
///
/// # Errors
/// When it is refused.
pub async fn list_everybody(demo: &Demo) -> anyhow::Result<()> {
    let (mut professionals, mut facilities) = (Vec::new(), Vec::new());
    fiction::rpps(400, &mut professionals)?;
    fiction::finess_stock(40, &mut facilities)?;
    for file in [professionals, facilities] {
        let name = vault::chain::hash(&file);
        let reader = std::io::Cursor::new(file);
        let report = access::directory::import(&demo.app, &name, false, reader, |_| {}).await?;
        if report.refused > 0 {
            bail!("the directory was refused: {:?}", report.reasons);
        }
    }
    Ok(())
}

/// Adds a document as its person does.
async fn bring(visitor: &Visitor, document: &Doc) -> anyhow::Result<()> {
    visitor.get("/documents/ajouter").await?;
    let date = document.date.strftime("%Y-%m-%d").to_string();
    let name = if document.media_type == "image/png" {
        "photo.png"
    } else {
        "document.pdf"
    };
    let fields = [
        ("titre", document.title.as_str()),
        ("date", date.as_str()),
        ("categorie", "AUTR_DOC"),
        ("visibilite", "visible"),
    ];
    let page = visitor
        .upload(
            "/documents/ajouter",
            &fields,
            &[("fichier", name, &document.bytes)],
        )
        .await?;
    expect(&page, "/documents")
}

/// Activates a space on its pages, as its person does.
///
/// # Errors
/// When a step is refused.
pub async fn activate(
    demo: &Demo,
    visitor: &Visitor,
    person: &Person,
    login: &str,
) -> anyhow::Result<()> {
    let birth = person.birth();
    let (day, month, year) = (
        birth.day().to_string(),
        birth.month().to_string(),
        birth.year().to_string(),
    );
    visitor.get("/activation").await?;
    let fields = [
        ("nir", person.number()),
        ("serie", person.card.as_str()),
        ("jour", day.as_str()),
        ("mois", month.as_str()),
        ("annee", year.as_str()),
    ];
    let page = visitor.post("/activation", &fields).await?;
    expect(&page, "/activation/moyen")?;
    let page = visitor
        .post("/activation/moyen", &[("moyen", "email")])
        .await?;
    expect(&page, "/activation/code")?;
    let page = visitor
        .post(
            "/activation/code",
            &[("code", &sent_code(demo, person).await?)],
        )
        .await?;
    expect(&page, "/activation/identifiants")?;
    let fields = [
        ("identifiant", login),
        ("mot-de-passe", PASSWORD),
        ("confirmation", PASSWORD),
    ];
    let page = visitor.post("/activation/identifiants", &fields).await?;
    expect(&page, "/activation/conditions")?;
    let page = visitor
        .post("/activation/conditions", &[("accord", "oui")])
        .await?;
    expect(&page, "/premiers-choix")?;
    let fields = [
        ("visibilite", "visible"),
        ("samu", "oui"),
        ("urgence", "oui"),
    ];
    let page = visitor.post("/premiers-choix", &fields).await?;
    expect(&page, "/accueil")
}

/// The provisional code in the newest message to that person.
async fn sent_code(demo: &Demo, person: &Person) -> anyhow::Result<String> {
    let address = person
        .email
        .as_deref()
        .context("a person with an address")?;
    // Messages leave in the background, so that pages do not wait for them.
    for _ in 0..200 {
        if let Some(message) = demo.outbox.last_to(address) {
            let mut words = message.body.split(|c: char| !c.is_alphanumeric());
            let is_code = |word: &&str| {
                word.len() == 8
                    && word
                        .chars()
                        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            };
            if let Some(code) = words.find(is_code) {
                return Ok(code.to_owned());
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    bail!("no code was sent to {address}")
}

fn expect(page: &Page, path: &str) -> anyhow::Result<()> {
    if page.status.is_success() && page.path.starts_with(path) {
        return Ok(());
    }
    bail!("{} {}: {}", page.status, page.path, page.words())
}
