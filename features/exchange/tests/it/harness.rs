//! An installation in a temporary folder, with one open space and one client.

use std::{
    path::PathBuf,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use access::{
    AccessMatrix, Act, Antivirus, App, Carnet, DocumentTypes, Gate, Limits, Message, Post, Purpose,
    Rules, Verdict, Viewer, kinds, policy,
};
use ambient::{HandClock, Id, SeededRandom};
use axum::{Router, body::Body};
use documents::Documents;
use exchange::{Client, SCOPES};
use fhir::{Code, pdsm, system};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use ins::{Sex, Traits};
use jiff::Timestamp;
use oauth::{
    assertion,
    client::{ClientAuth, Registration},
    http::HttpError,
    jwk::{KeySet, SigningKey},
};
use practice::ProSanteConnect;
use serde_json::Value;
use tower::ServiceExt as _;
use vault::{Draft, RecordId, Volume, keys::FileKeys, store::NewInsured};
use web::{OWN_TEXTS, Site, Texts};

static NEXT: AtomicU32 = AtomicU32::new(0);

pub const ORIGIN: &str = "https://carnet.test";
pub const CLIENT: &str = "embruns";
pub const AURORE: &str = "279035121518989";
/// Another space, of a person with other traits.
pub const BASILE: &str = "185059999999953";
/// Registered, without a space.
pub const NOBODY_YET: &str = "185052A99999979";

const TYPES: &str = r#"{"classes": [{"code": "10", "label": "Compte rendu"}], "categories": [
    {"code": "CPT_REND", "label": "Comptes rendus", "icon": "document"},
    {"code": "AUTR_DOC", "label": "Autres documents", "icon": "folder"}],
    "types": [{"code": "11488-4", "system": "http://loinc.org", "label": "CR de consultation",
               "class": "10", "category": "CPT_REND"}]}"#;

struct NoPost;

impl Post for NoPost {
    fn send(&self, _: Message) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Finds a file harmful, or does not answer, by what the file says.
struct Examiner;

impl Antivirus for Examiner {
    fn examine<'a>(
        &'a self,
        bytes: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Verdict>> + Send + 'a>> {
        let says = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
        Box::pin(std::future::ready(match () {
            () if says(b"harmful") => Ok(Verdict::Infected),
            () if says(b"unanswered") => Err(anyhow::anyhow!("no antivirus")),
            () => Ok(Verdict::Clean),
        }))
    }
}

pub struct House {
    pub app: App,
    pub clock: Arc<HandClock>,
    pub key: SigningKey,
    pub aurore: RecordId,
    pub basile: RecordId,
    routes: Router,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("JSON")
    }

    /// A refusal is an `OperationOutcome` of an error, and valid FHIR.
    pub fn refused(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        assert_eq!(self.status.as_u16(), status, "{text}");
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/fhir+json");
        let outcome = fhir::check(&self.bytes).expect("valid FHIR");
        assert_eq!(outcome["resourceType"], "OperationOutcome");
        assert_eq!(outcome["issue"][0]["severity"], "error");
        outcome
    }
}

/// A provider that does not answer: no professional comes here.
fn nobody() -> Arc<ProSanteConnect> {
    let registration = Registration {
        issuer: "https://idp.test".to_owned(),
        discovery_url: None,
        client_id: "carnet".to_owned(),
        auth: ClientAuth::Public,
        signed_userinfo: false,
    };
    let silent = |_| std::future::ready(Err(HttpError("silent".to_owned())));
    Arc::new(ProSanteConnect::new(registration, silent))
}

impl House {
    pub async fn new() -> Self {
        Self::with(Limits::default(), false).await
    }

    pub async fn with(limits: Limits, strict: bool) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("carnet-exchange-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let random = Arc::new(SeededRandom::new(n.into()));
        let clock = Arc::new(HandClock::at(now()));
        let keys = FileKeys::create(&folder.join("keys"), random.clone()).expect("keys");
        let config = vault::Config {
            database: folder.join("main.db").into(),
            key_store: folder.join("keys.db").into(),
            blobs: folder.join("blobs").into(),
            register: folder.join("erasures"),
            cache: 1 << 20,
            suite: vault::Suite::default(),
        };
        let (store, opener) =
            vault::start(&config, Arc::new(keys), random.clone()).expect("starts");
        let store = Arc::new(store);
        let rules = Rules {
            matrix: AccessMatrix::default(),
            types: DocumentTypes::read(TYPES).expect("types"),
            ..Rules::default()
        };
        let site = Site {
            texts: Arc::new(Texts::load(&OWN_TEXTS).expect("texts")),
            clock: clock.clone(),
            random,
            origin: ORIGIN.to_owned(),
            form_origins: vec![],
            demo: false,
        };
        let app = Arc::new(Carnet {
            site: Arc::new(site),
            store: store.clone(),
            gate: Gate::new(opener, store, clock.clone(), rules).examined_by(Arc::new(Examiner)),
            post: Arc::new(NoPost),
            scribe: Arc::new(access::NoScribe),
            limits,
        });
        let key = SigningKey::generate();
        let aurore = open_space(&app, AURORE, &traits(), policy::SpaceState::Opened, false).await;
        let basile = open_space(&app, BASILE, &basile(), policy::SpaceState::Opened, false).await;
        insure(&app, NOBODY_YET).await;
        let house = Self {
            routes: exchange::routes(nobody()).with_state(app.clone()),
            app,
            clock,
            key,
            aurore,
            basile,
            folder,
        };
        house
            .register(CLIENT, "Clinique des Embruns", &SCOPES, strict)
            .await;
        house
    }

    pub async fn register(&self, id: &str, name: &str, scopes: &[&str], strict: bool) {
        let client = Client {
            name: name.to_owned(),
            jwks: KeySet::new([self.key.public().clone()]).to_json(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            strict,
            people: vec![],
            signs_in_as: vec![],
        };
        client
            .register(&self.app.store, id)
            .await
            .expect("registered");
    }

    pub fn assertion(&self, client: &str) -> String {
        let audience = format!("{ORIGIN}/oauth/token");
        let jti = self.app.random().id();
        assertion::sign(&self.key, client, &audience, jti, self.app.now())
    }

    pub async fn ask_token(&self, assertion: &str, more: &str) -> Answer {
        let form = format!(
            "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A\
             client-assertion-type%3Ajwt-bearer&client_assertion={assertion}{more}"
        );
        let request = Request::post("/oauth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a request");
        self.send(request).await
    }

    pub async fn token_of(&self, client: &str) -> String {
        let answer = self.ask_token(&self.assertion(client), "").await;
        assert_eq!(answer.status, 200);
        let token = answer.json()["access_token"].as_str().map(str::to_owned);
        token.expect("a token")
    }

    /// How many are due to be told of something; files to read are no notice.
    pub async fn notices(&self) -> usize {
        let lane = vault::store::Lane::AllBut([documents::search::DRAW, ""]);
        let lease = jiff::SignedDuration::ZERO;
        let due = self.app.store.claim_in(lane, self.app.now(), lease, 100);
        due.await.expect("counted").len()
    }

    pub async fn post(&self, path: &str, token: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/fhir+json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(body.into())
            .expect("a request");
        self.send(request).await
    }

    /// Deposits a document alone, with a fresh token of the client.
    pub async fn deposit(&self, document: &pdsm::NewDocument<'_>) -> Answer {
        let token = self.token_of(CLIENT).await;
        let body = pdsm::simplified(document).to_string();
        self.post("/fhir/DocumentReference", &token, body).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .routes
            .clone()
            .oneshot(request)
            .await
            .expect("answered");
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: body.collect().await.expect("a body").to_bytes().to_vec(),
        }
    }

    /// Everything that a refused deposit could have left: entries of both records, and bytes of
    /// files.
    pub async fn kept(&self) -> (u64, u64, usize) {
        let mut entries = [0; 2];
        for (place, record) in [self.aurore, self.basile].into_iter().enumerate() {
            let verdict = self.app.gate.verify(record).await.expect("verified");
            assert!(verdict.findings.is_empty(), "{:?}", verdict.findings);
            entries[place] = verdict.entries;
        }
        let files = testing::stored_bytes(&self.folder.join("blobs"));
        (entries[0], entries[1], files)
    }

    /// What is stored of the documents of a record.
    pub async fn documents(&self, record: RecordId) -> Vec<(Id, documents::Own)> {
        let viewer = Viewer::system(Purpose::Deposit, self.app.now());
        let clearance = self.app.gate.enter(&viewer, record, Act::List).await;
        let clearance = clearance.expect("entered");
        let all = clearance.recognise::<Documents, _>(|scope| {
            let all = scope.things();
            all.map(|d| (d.id(), d.stored().expect("readable").own))
                .collect()
        });
        all.await.expect("opened")
    }
}

async fn insure(app: &App, number: &str) {
    let row = NewInsured {
        number: number.to_owned(),
        card: "1".to_owned(),
        body: vec![],
        traits: None,
    };
    app.store.put_insured(&[row]).await.expect("insured");
}

pub async fn open_space(
    app: &App,
    number: &str,
    traits: &Traits,
    state: policy::SpaceState,
    hidden_by_default: bool,
) -> RecordId {
    insure(app, number).await;
    app.gate
        .open_space(space(traits, state, hidden_by_default), |record| {
            app.store.link_insured(number, record)
        })
        .await
        .expect("opened")
}

/// The first policy entries of a space.
fn space(traits: &Traits, state: policy::SpaceState, hidden_by_default: bool) -> Vec<Draft> {
    let patient = fhir::patient("patient", &[], traits).to_string();
    let space = policy::Space::new(state, now());
    let settings = policy::Settings {
        hidden_by_default,
        ..policy::Settings::default()
    };
    vec![
        Draft::new(
            Volume::Policy,
            kinds::PATIENT,
            kinds::only::PATIENT,
            patient.into_bytes(),
        ),
        policy::draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, &space),
        policy::draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &settings,
        ),
    ]
}

pub fn now() -> Timestamp {
    "2026-06-12T08:00:00Z".parse().expect("an instant")
}

pub fn traits() -> Traits {
    Traits {
        birth_family_name: "ZÉPHYR".to_owned(),
        birth_given_names: vec!["AURORE".to_owned(), "LUNE".to_owned()],
        first_given_name: Some("AURORE".to_owned()),
        birth_date: "1979-03-04".parse().expect("a date"),
        sex: Sex::Female,
        birth_place: Some("51215".to_owned()),
    }
}

pub fn basile() -> Traits {
    Traits {
        birth_family_name: "MISTRAL".to_owned(),
        birth_given_names: vec!["BASILE".to_owned()],
        first_given_name: Some("BASILE".to_owned()),
        birth_date: "1985-05-05".parse().expect("a date"),
        sex: Sex::Male,
        birth_place: Some("99999".to_owned()),
    }
}

fn clinic() -> pdsm::Organization {
    pdsm::Organization {
        name: "Clinique des Embruns".to_owned(),
        identifier: "1990000001".to_owned(),
    }
}

fn author() -> pdsm::Author {
    pdsm::Author::Professional {
        family: "Brise".to_owned(),
        given: "Camille".to_owned(),
        identifier: "899900000001".to_owned(),
        specialty: None,
        organization: Some(clinic()),
    }
}

pub fn subject(number: &str) -> ins::Identifier {
    let token = format!("urn:oid:{}|{number}", ins::oid::TEST);
    ins::Identifier::from_token(&token).expect("an identifier")
}

/// A document about Aurore; `number` makes its `uniqueId`.
pub fn document(number: usize, bytes: &[u8]) -> pdsm::NewDocument<'_> {
    pdsm::NewDocument {
        unique_id: format!("urn:oid:1.2.3.4.{number}"),
        kind: Code::new(system::LOINC, "11488-4", "CR de consultation"),
        class: pdsm::Class {
            code: "10".to_owned(),
            label: "Compte rendu".to_owned(),
        },
        title: "Compte rendu de consultation".to_owned(),
        description: None,
        created: "2026-06-12T07:30:00Z".parse().expect("an instant"),
        care_start: "2026-06-12T07:00:00Z".parse().expect("an instant"),
        format: Code::new(system::FORMAT, "urn:ihe:iti:xds-sd:pdf:2008", ""),
        facility: Code::new(system::FACILITY, "SA01", "Établissement public de santé"),
        practice_setting: Code::new(system::PRACTICE_SETTING, "ETABLISSEMENT", ""),
        labels: vec![],
        author: author(),
        custodian: clinic(),
        subject: subject(AURORE),
        traits: traits(),
        replaces: None,
        url: None,
        content_type: "application/pdf".to_owned(),
        bytes,
    }
}

pub fn bundle(documents: &[pdsm::NewDocument<'_>]) -> Value {
    let set = pdsm::NewSubmission {
        unique_id: "urn:oid:1.2.3.4.100".to_owned(),
        source: "urn:oid:1.2.3.4".to_owned(),
        designation: Code::new(system::DOCUMENT_CLASS, "10", "Compte rendu"),
        date: now(),
        author: author(),
        subject: documents[0].subject.clone(),
        traits: documents[0].traits.clone(),
        title: None,
    };
    pdsm::bundle(&set, documents)
}
