//! A small installation: two professionals and one person with three documents.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use access::{
    AccessMatrix, Act, Acting, Antivirus, App, Authenticated, Carnet, DocumentTypes, Flags, Gate,
    Level, Limits, Message, Plan, Post, Refused, Rules, Situation, Verdict, Viewer, kinds,
    policy::{Block, Grant, GrantKind, Grantee, Settings, Space, SpaceState, draft},
};
use ambient::{HandClock, Id, SeededRandom};
use axum::Router;
use demo_identity::{DemoIdentity, Identity};
use documents::{Arranged, Documents, Own, Stored};
use ins::{Identifier, Matricule, Sex, Traits};
use jiff::{SignedDuration, Timestamp};
use oauth::{
    client::{ClientAuth, Registration},
    provider::{RegisteredAuth, RegisteredClient},
};
use practice::ProSanteConnect;
use serde_json::{Value, json};
use testing::{Page, Visitor};
use vault::{Config, Draft, RecordId, Suite, Volume, keys::FileKeys, store::NewInsured};
use web::{Site, Texts};

pub const ORIGIN: &str = "http://carnet.test";
const ISSUER: &str = "http://carnet.test/demo/identite";
/// Two situations.
pub const ANNE: &str = "899900000017";
/// A nurse, with one.
pub const PAUL: &str = "899900000025";
/// An occupational physician.
pub const LISE: &str = "899900000041";

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct World {
    pub app: App,
    pub clock: Arc<HandClock>,
    pub identity: DemoIdentity,
    pub router: Router,
    pub number: Matricule,
    pub person: RecordId,
    /// A report, a psychological assessment (not for nurses), and one that is hidden.
    pub documents: [Id; 3],
    folder: PathBuf,
}

/// Finds what says that it is harmful, and does not answer about what says so.
struct Examiner;

impl Antivirus for Examiner {
    fn examine<'a>(
        &'a self,
        bytes: &'a [u8],
    ) -> std::pin::Pin<Box<dyn Future<Output = anyhow::Result<Verdict>> + Send + 'a>> {
        let says = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        Box::pin(std::future::ready(match () {
            () if says(b"harmful") => Ok(Verdict::Infected),
            () if says(b"unanswered") => Err(anyhow::anyhow!("no antivirus")),
            () => Ok(Verdict::Clean),
        }))
    }
}

struct NoPost;

impl Post for NoPost {
    fn send(
        &self,
        _: Message,
    ) -> std::pin::Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(async { Ok(()) })
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    pub async fn new() -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("carnet-practice-{}-{n}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let clock = Arc::new(HandClock::at(
            "2026-06-12T08:30:00Z".parse().expect("an instant"),
        ));
        let app = installation(&folder, clock.clone(), n.into());
        let identity = provider(&app);
        let registration = Registration {
            issuer: ISSUER.to_owned(),
            discovery_url: Some(format!("{ISSUER}/.well-known/wallet-openid-configuration")),
            client_id: "carnet".to_owned(),
            auth: ClientAuth::Public,
            signed_userinfo: false,
        };
        let psc = ProSanteConnect::new(registration, identity.http()).asking_on_phones(true);
        let psc = Arc::new(psc);
        let pages = practice::routes(psc)
            .with_state(app.clone())
            .nest("/demo/identite", identity.routes());
        let router = app.site.clone().pages(pages);
        let number = Matricule::from_body("2740399215042").expect("a number");
        let person = open_space(&app, number).await;
        let mut world = Self {
            app,
            clock,
            identity,
            router,
            number,
            person,
            documents: [Id([0; 16]); 3],
            folder,
        };
        world.documents = [
            world
                .add("Compte rendu de consultation", "11488-4", false)
                .await,
            world.add("Bilan psychologique", "75496-0", false).await,
            world.add("Échographie", "11488-4", true).await,
        ];
        world
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone(), ORIGIN)
    }

    /// Signs in and ends on the first page after it.
    pub async fn sign_in(&self, visitor: &Visitor, key: &str) -> Page {
        self.sign_in_by(visitor, ("identite", key)).await
    }

    /// Goes to the provider, answers there as said, and comes back.
    pub async fn sign_in_by(&self, visitor: &Visitor, said: (&str, &str)) -> Page {
        visitor.get("/pro/connexion").await.expect("a page");
        let choose = visitor.post("/pro/connexion", &[]).await.expect("a page");
        let action = choose.between("action=\"/demo/identite", "\"");
        let action = action.unwrap_or_else(|| panic!("who is it? {}", choose.words()));
        let action = format!(
            "/demo/identite{}",
            action.replace("&amp;", "&").replace("&#38;", "&")
        );
        let back = visitor.post(&action, &[said]).await;
        back.expect("a page")
    }

    /// The person does something in their own space.
    async fn as_holder(&self, act: Act, drafts: impl Fn() -> Vec<Draft>) {
        self.as_holder_of(self.person, act, drafts).await;
    }

    async fn as_holder_of(&self, person: RecordId, act: Act, drafts: impl Fn() -> Vec<Draft>) {
        let viewer = self.acting(person.0, Acting::Holder(person));
        let clearance = self.app.gate.enter(&viewer, person, act).await;
        let step = clearance.expect("allowed");
        step.act::<_, Refused>(|_| Ok(Plan::new(()).writing(drafts())))
            .await
            .expect("written");
    }

    /// What the person decides about emergencies: the SAMU, broken glass, what is hidden.
    pub async fn emergencies(&self, dispatch: bool, break_glass: bool, hidden: bool) {
        let viewer = self.holder();
        let gate = &self.app.gate;
        let clearance = gate.enter(&viewer, self.person, Act::ChangeSettings).await;
        let step = clearance.expect("allowed").act::<_, Refused>(|scope| {
            let settings = Settings {
                dispatch,
                break_glass,
                hidden_in_emergency: hidden,
                ..scope.policy().settings.clone()
            };
            let id = kinds::only::SETTINGS;
            let entry = draft(Volume::Policy, kinds::SETTINGS, id, &settings);
            let current = scope.policy_entry(id).expect("settings");
            Ok(Plan::new(()).writing(vec![entry.replacing(current)]))
        });
        step.await.expect("written");
    }

    /// Every authorisation of the person.
    pub async fn grants(&self) -> Vec<Grant> {
        let viewer = self.holder();
        let gate = &self.app.gate;
        let clearance = gate.enter(&viewer, self.person, Act::ReadSettings).await;
        let grants = clearance.expect("allowed").policy().grants.clone();
        grants.into_iter().map(|(_, grant)| grant).collect()
    }

    fn holder(&self) -> Viewer {
        self.acting(self.person.0, Acting::Holder(self.person))
    }

    /// Another person, in the nurse's list; `until` when they let the nurse in, and until when.
    pub async fn patient(&self, n: u32, until: Option<Option<Timestamp>>) {
        let number = Matricule::from_body(&format!("2740399216{n:03}")).expect("a number");
        let record = open_space(&self.app, number).await;
        let now = self.app.now();
        if let Some(until) = until {
            let to = Grantee::Professional(PAUL.to_owned());
            let grant = Grant::new(to, GrantKind::Proved, "X", now, until);
            let id = self.app.gate.id();
            let drafts = || vec![draft(Volume::Policy, kinds::GRANT, id, &grant)];
            self.as_holder_of(record, Act::Authorise, drafts).await;
        }
        let paul = Situation {
            national_id: PAUL.to_owned(),
            name: "X".to_owned(),
            profession: "60".to_owned(),
            profession_label: "X".to_owned(),
            specialty: None,
            specialty_code: None,
            facility_id: None,
            facility: String::new(),
            sector: None,
            software: None,
        };
        let own = self.app.store.professional(PAUL).await;
        let own = own.expect("read").expect("signed in before");
        let paul = self.acting(own.0, Acting::Professional(Arc::new(paul)));
        let before = now - SignedDuration::from_hours(24 + i64::from(n));
        let noted = self.app.gate.opened(&paul, record, before).await;
        noted.expect("noted");
    }

    fn acting(&self, account: Id, acting: Acting) -> Viewer {
        Viewer {
            account,
            acting,
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: self.app.now(),
            },
        }
    }

    pub async fn block(&self, national_id: &str) {
        let id = self.app.gate.id();
        let block = Block {
            national_id: national_id.to_owned(),
            name: "X".to_owned(),
            since: self.app.now(),
            lifted: false,
            by: None,
        };
        let drafts = || vec![draft(Volume::Policy, kinds::BLOCK, id, &block)];
        self.as_holder(Act::Block, drafts).await;
    }

    /// The person authorises somebody by that kind of authorisation.
    pub async fn give(&self, to: Grantee, kind: GrantKind) {
        let grant = Grant::new(to, kind, "X", self.app.now(), None);
        let id = self.app.gate.id();
        let drafts = || vec![draft(Volume::Policy, kinds::GRANT, id, &grant)];
        self.as_holder(Act::Authorise, drafts).await;
    }

    pub async fn add(&self, title: &str, type_code: &str, hidden: bool) -> Id {
        let id = self.app.gate.id();
        let text = format!("{title} : rien à signaler.");
        let blob = self.app.gate.keep_file(text.into_bytes()).await;
        let rules = self.app.gate.rules();
        let class = rules.types.get(type_code).map(|kind| kind.class.clone());
        let own = Own {
            type_code: type_code.to_owned(),
            class,
            title: title.to_owned(),
            date: self.app.now(),
            received: self.app.now(),
            media_type: "text/plain".to_owned(),
            hash: String::new(),
            blob: blob.expect("kept"),
            flags: Flags {
                professionals: hidden,
                ..Flags::default()
            },
            authors: vec![],
            author: "Dr Sophie Leclerc".to_owned(),
            organization: "Centre du Port".to_owned(),
            depositor: None,
            by_holder: false,
            unique_id: format!("urn:uuid:{id}"),
            stated_type: None,
            reach: access::Reach::Everyone,
            disclosed: None,
            withdrawn: false,
            withdrawn_at: None,
            astray: None,
            archived: false,
            replaced_by: None,
            wishes: None,
            arranged: Arranged::default(),
        };
        let stored = Stored::new(json!({}), own);
        self.as_holder(Act::Add, || vec![stored.draft(id)]).await;
        id
    }

    /// How many lines of the person's journal are about an act.
    pub async fn lines(&self, act: Act) -> usize {
        let viewer = Viewer {
            account: self.person.0,
            acting: Acting::Holder(self.person),
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: self.app.now(),
            },
        };
        let gate = &self.app.gate;
        let clearance = gate.enter(&viewer, self.person, Act::ReadSettings).await;
        let page = clearance.expect("allowed").notices(100).await;
        let page = page.expect("read");
        page.iter().filter(|(_, trace)| trace.act == act).count()
    }
}

fn installation(folder: &std::path::Path, clock: Arc<HandClock>, seed: u64) -> App {
    std::fs::create_dir_all(folder.join("blobs")).expect("a folder");
    let random = Arc::new(SeededRandom::new(seed));
    let keys = FileKeys::create(&folder.join("keys"), random.clone()).expect("keys");
    let config = Config {
        database: folder.join("main.db").into(),
        key_store: folder.join("keys.db").into(),
        blobs: folder.join("blobs").into(),
        register: folder.join("erasures"),
        cache: 1 << 22,
        suite: Suite::default(),
    };
    let (store, opener) = vault::start(&config, Arc::new(keys), random.clone()).expect("starts");
    let store = Arc::new(store);
    let read = |name| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/");
        std::fs::read_to_string(format!("{folder}{name}")).expect("reference data")
    };
    let rules = Rules {
        matrix: AccessMatrix::read(&read("access-matrix.json")).expect("a matrix"),
        types: DocumentTypes::read(&read("document-types.json")).expect("types"),
        ..Rules::default()
    };
    let texts = [
        web::OWN_TEXTS,
        access::TEXTS,
        documents::TEXTS,
        practice::TEXTS,
        demo_identity::TEXTS,
    ];
    let site = Site {
        texts: Arc::new(Texts::load(&texts.concat()).expect("texts")),
        clock: clock.clone(),
        random,
        origin: ORIGIN.to_owned(),
        form_origins: vec![],
        demo: true,
    };
    Arc::new(Carnet {
        site: Arc::new(site),
        gate: Gate::new(opener, store.clone(), clock, rules)
            .over::<Documents>()
            .examined_by(Arc::new(Examiner)),
        store,
        post: Arc::new(NoPost),
        scribe: Arc::new(access::NoScribe),
        limits: Limits {
            first_openings_an_hour: 2,
            ..Limits::default()
        },
    })
}

fn provider(app: &App) -> DemoIdentity {
    let client = RegisteredClient {
        id: "carnet".to_owned(),
        redirect_uris: vec![format!("{ORIGIN}/pro/retour")],
        scopes: vec!["openid".to_owned(), "scope_all".to_owned()],
        auth: RegisteredAuth::Public,
    };
    let place =
        |finess: &str, name: &str| json!({"numeroFinessSite": finess, "raisonSocialeSite": name});
    let anne = vec![
        place("990000001", "Cabinet des Tilleuls"),
        place("990000002", "Hôpital de Valbrume"),
    ];
    let identities = vec![
        who("anne", ANNE, "LEBRUN", "10", "DR", anne),
        who(
            "paul",
            PAUL,
            "ROCHE",
            "60",
            "M",
            vec![place("990000001", "Cabinet des Tilleuls")],
        ),
        who(
            "lise",
            LISE,
            "FORGE",
            "10",
            "DR",
            vec![place("990000001", "Cabinet des Tilleuls")],
        ),
        who("nul", "899900000033", "RIEN", "", "", vec![]),
    ];
    DemoIdentity::new(ISSUER, identities, vec![client], false, app.site.clone())
}

fn who(
    key: &str,
    id: &str,
    family: &str,
    profession: &str,
    title: &str,
    places: Vec<Value>,
) -> Identity {
    let specialty = match (key, profession) {
        ("lise", _) => "SM25",
        (_, "10") => "SM04",
        _ => "",
    };
    let exercises = match profession {
        "" => json!([]),
        _ => json!([{"codeProfession": profession, "codeCiviliteDexercice": title,
            "codeSavoirFaire": specialty, "activities": places}]),
    };
    Identity {
        key: key.to_owned(),
        label: family.to_owned(),
        description: String::new(),
        subject: format!("f:0:{id}"),
        userinfo: json!({
            "SubjectNameID": id, "given_name": key.to_uppercase(), "family_name": family,
            "SubjectRefPro": {"exercices": exercises},
        }),
    }
}

async fn open_space(app: &App, number: Matricule) -> RecordId {
    let traits = Traits {
        birth_family_name: "FICTIVE".to_owned(),
        birth_given_names: vec!["CAMILLE".to_owned(), "ODILE".to_owned()],
        first_given_name: None,
        birth_date: "1974-03-12".parse().expect("a date"),
        sex: Sex::Female,
        birth_place: Some("75056".to_owned()),
    };
    let row = NewInsured {
        number: number.as_str().to_owned(),
        card: "1".to_owned(),
        body: vec![],
        traits: traits.strict(),
    };
    app.store.put_insured(&[row]).await.expect("written");
    let patient = fhir::patient("p", &[Identifier::nir(number)], &traits);
    let space = Space::new(SpaceState::Activated, Timestamp::UNIX_EPOCH);
    let only = |kind, id, body| Draft::new(Volume::Policy, kind, id, body);
    let drafts = vec![
        only(
            kinds::PATIENT,
            kinds::only::PATIENT,
            patient.to_string().into_bytes(),
        ),
        draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, &space),
        draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &Settings::default(),
        ),
    ];
    let link = |record| app.store.link_insured(number.as_str(), record);
    app.gate.open_space(drafts, link).await.expect("a space")
}
