//! An installation in a temporary folder, with a small registry of nobody.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use access::{App, Carnet, Gate, Limits, Message, Post, Rules};
use account::{Cost, Passwords, Report, Told};
use ambient::{HandClock, Random, SeededRandom};
use axum::Router;
use ins::Matricule;
use jiff::{SignedDuration, Timestamp};
use testing::{Page, Visitor};
use vault::keys::FileKeys;
use web::{OWN_TEXTS, Site, Texts};

static NEXT: AtomicU32 = AtomicU32::new(0);

pub const ORIGIN: &str = "https://carnet.test";
pub const PASSWORD: &str = "Cerisier-29 en fleur";
pub const CARD: &str = "99000000001";

/// Keeps what would have left.
#[derive(Default)]
pub struct Box_(Mutex<Vec<Message>>);

impl Post for Box_ {
    fn send(
        &self,
        message: Message,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        self.0.lock().unwrap().push(message);
        Box::pin(std::future::ready(Ok(())))
    }
}

pub struct House {
    pub app: App,
    pub clock: Arc<HandClock>,
    pub router: Router,
    pub passwords: Arc<Passwords>,
    post: Arc<Box_>,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A number of nobody.
pub fn number(first: u32, birth: &str, order: u32) -> String {
    let (year, month) = (&birth[2..4], &birth[5..7]);
    let body = format!("{first}{year}{month}99999{order:03}");
    Matricule::from_body(&body).unwrap().as_str().to_owned()
}

/// Zoé, 41, who has a mobile and an address.
pub fn zoe() -> String {
    number(2, "1985-05-12", 1)
}

/// Tom, 8, whom Zoé represents.
pub fn tom() -> String {
    number(1, "2018-02-03", 2)
}

pub fn registry() -> String {
    let (zoe, tom) = (zoe(), tom());
    let max = number(1, "1950-12-01", 3);
    format!(
        "nir;serie;nom_naissance;prenoms;prenom;nom_usage;date_naissance;sexe;lieu_naissance;email;mobile;representants\n\
         {tom};99000000002;ESSAI;TOM;Tom;;2018-02-03;M;99999;;;{zoe}\n\
         {zoe};{CARD};ESSAI;ZOE MARIE;Zoé;;1985-05-12;F;99999;zoe@example.org;0639980001;\n\
         {max};99000000003;FICTIF;MAX;Max;;1950-12-01;M;99999;;0639980003;\n"
    )
}

impl House {
    pub async fn new() -> Self {
        let house = Self::empty();
        let report = house.import_told(&registry()).await;
        assert_eq!((report.opened, report.refused), (3, 0), "{report:?}");
        house
    }

    pub fn empty() -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("carnet-account-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(n.into()));
        let clock = Arc::new(HandClock::at("2026-06-12T08:30:00Z".parse().unwrap()));
        let keys = FileKeys::create(&folder.join("keys"), random.clone()).unwrap();
        let config = vault::Config {
            database: folder.join("main.db").into(),
            key_store: folder.join("keys.db").into(),
            blobs: folder.join("blobs").into(),
            register: folder.join("erasures"),
            cache: 1 << 20,
            suite: vault::Suite::default(),
        };
        let (store, opener) = vault::start(&config, Arc::new(keys), random.clone()).unwrap();
        let store = Arc::new(store);
        let texts = [OWN_TEXTS, access::TEXTS, account::TEXTS].concat();
        let site = Arc::new(Site {
            texts: Arc::new(Texts::load(&texts).unwrap()),
            clock: clock.clone(),
            random: random.clone(),
            origin: ORIGIN.to_owned(),
            form_origins: vec![],
            demo: false,
        });
        let post = Arc::new(Box_::default());
        let app = Arc::new(Carnet {
            site: site.clone(),
            store: store.clone(),
            gate: Gate::new(opener, store, clock.clone(), Rules::default()),
            post: post.clone(),
            scribe: Arc::new(access::NoScribe),
            limits: Limits::default(),
        });
        let passwords = Passwords::new(Cost::light(), &*random).unwrap();
        let router = site.pages(account::routes(passwords.clone()).with_state(app.clone()));
        Self {
            app,
            clock,
            router,
            passwords,
            post,
            folder,
        }
    }

    /// Takes in a registry whose persons were told long ago: spaces open at once.
    pub async fn import_told(&self, csv: &str) -> Report {
        let long = self.app.limits.opposition;
        let then = self.now().checked_sub(long).unwrap();
        self.import(csv, Told::At(then)).await
    }

    pub async fn import(&self, csv: &str, told: Told) -> Report {
        let oid = ins::oid::TEST;
        account::import(&self.app, oid, told, csv.as_bytes(), |_| {})
            .await
            .unwrap()
    }

    /// Does the background work that is due.
    pub async fn work(&self) {
        loop {
            let lease = SignedDuration::from_mins(2);
            let jobs = self.app.store.claim_jobs(self.now(), lease, 50).await;
            let jobs = jobs.unwrap();
            if jobs.is_empty() {
                return;
            }
            for job in jobs {
                if let Some(done) = account::opening::perform(&self.app, &job).await {
                    done.unwrap();
                }
                self.app.store.job_done(&job).await.unwrap();
            }
        }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone(), ORIGIN)
    }

    pub fn later(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// What left since the last call, oldest first.
    pub async fn mail(&self) -> Vec<Message> {
        // Messages leave in the background.
        tokio::time::sleep(Duration::from_millis(30)).await;
        std::mem::take(&mut *self.post.0.lock().unwrap())
    }

    /// The code in the only message that left, and where it went.
    pub async fn code(&self) -> (String, String) {
        let mail = self.mail().await;
        assert_eq!(mail.len(), 1, "{mail:?}");
        let words = mail[0].body.split(|c: char| !c.is_ascii_alphanumeric());
        let is_code = |word: &&str| {
            matches!(word.len(), 6 | 8)
                && word
                    .chars()
                    .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        };
        let code = { words }.find(is_code).expect("a code").to_owned();
        (mail[0].to.clone(), code)
    }

    /// Types an identity and asks for a code.
    pub async fn claim(
        &self,
        visitor: &Visitor,
        number: &str,
        card: &str,
        birth: [&str; 3],
        by: &str,
    ) -> Page {
        visitor.get("/activation").await.unwrap();
        let [day, month, year] = birth;
        let fields = [
            ("nir", number),
            ("serie", card),
            ("jour", day),
            ("mois", month),
            ("annee", year),
        ];
        let page = visitor.post("/activation", &fields).await.unwrap();
        assert_eq!(page.path, "/activation/moyen", "{}", page.words());
        visitor
            .post("/activation/moyen", &[("moyen", by)])
            .await
            .unwrap()
    }

    /// Zoé activates her space: by e-mail, to the end.
    pub async fn activate_zoe(&self, visitor: &Visitor) {
        let page = self
            .claim(visitor, &zoe(), CARD, ["12", "05", "1985"], "email")
            .await;
        assert_eq!(page.path, "/activation/code");
        let (_, code) = self.code().await;
        let page = visitor
            .post("/activation/code", &[("code", &code)])
            .await
            .unwrap();
        assert_eq!(page.path, "/activation/identifiants", "{}", page.words());
        let fields = [
            ("identifiant", "petit.navire"),
            ("mot-de-passe", PASSWORD),
            ("confirmation", PASSWORD),
        ];
        let page = visitor
            .post("/activation/identifiants", &fields)
            .await
            .unwrap();
        assert_eq!(page.path, "/activation/conditions", "{}", page.words());
        let page = visitor
            .post("/activation/conditions", &[("accord", "oui")])
            .await
            .unwrap();
        assert_eq!(page.path, "/premiers-choix", "{}", page.words());
        let fields = [
            ("visibilite", "visible"),
            ("samu", "oui"),
            ("urgence", "oui"),
        ];
        let page = visitor.post("/premiers-choix", &fields).await.unwrap();
        assert_eq!(page.path, "/accueil", "{}", page.words());
        assert!(page.has("Bonjour Zoé"), "{}", page.words());
    }

    /// Zoé signs in.
    pub async fn sign_in_zoe(&self, visitor: &Visitor) -> Page {
        visitor.get("/connexion").await.unwrap();
        let fields = [("identifiant", "petit.navire"), ("mot-de-passe", PASSWORD)];
        let page = visitor.post("/connexion", &fields).await.unwrap();
        assert_eq!(page.path, "/connexion/code", "{}", page.words());
        let (_, code) = self.code().await;
        visitor
            .post("/connexion/code", &[("code", &code)])
            .await
            .unwrap()
    }
}

/// A page without what differs by chance: form tokens.
pub fn plain(page: &Page) -> String {
    let text = page.text();
    let mut plain = String::new();
    for (at, part) in text.split("name=\"csrf\" value=\"").enumerate() {
        plain.push_str(if at == 0 {
            part
        } else {
            part.split_once('"').map_or("", |(_, rest)| rest)
        });
    }
    plain
}

/// Headers without cookies.
pub fn headers(page: &Page) -> BTreeMap<String, String> {
    let own = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap_or("?").to_owned())
    };
    page.headers
        .iter()
        .filter(|(name, _)| *name != http::header::SET_COOKIE)
        .map(own)
        .collect()
}
