//! The code at the counter: what a person shows, and what it opens to whom.
//!
//! A code opens one record, once, within minutes, to a professional of the kind that the person
//! chose. What is scanned says who it is about to us alone, and is signed, so that a made-up one
//! costs no look into a table. Six digits are few: they are compared only with the code of the
//! person whom the professional has already found, and five times at most.

use ambient::Id;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{DbError, RecordId, With};

use crate::{
    Act, Carnet, Lasting, Nothing, Plan, Professional, Refusal, Refused, Scope,
    policy::{GrantKind, Grantee},
    ways,
};

const CODE: &str = "counter code";
const SCANNED: &str = "counter code to scan";
/// Bytes of a signature: enough for what lives minutes.
const SIGNED: usize = 12;

/// A code that a person made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CounterCode {
    /// Names it in what is scanned.
    id: Id,
    /// What is typed.
    pub digits: String,
    /// Profession that it is for (TRE_G15); `None` for any.
    pub profession: Option<String>,
    /// How long what it opens stays open.
    pub lasting: Lasting,
    /// For the care team of who uses it, too.
    #[serde(default)]
    pub team: bool,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// What a professional shows us of a code.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'a> {
    /// Digits that the person said.
    Digits(&'a str),
    /// What was scanned, as [`Carnet::scanned`] named it.
    Scanned(Id),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// The record is open.
    Opened,
    /// Other digits, or for another profession.
    Wrong,
    /// There is no code, or no longer: used, too late, tried too often.
    Over,
}

impl CounterCode {
    pub fn new(
        app: &Carnet,
        profession: Option<String>,
        lasting: Lasting,
        team: bool,
        now: Timestamp,
    ) -> Self {
        let until = now.saturating_add(app.limits.counter_code);
        Self {
            id: app.random().id(),
            digits: format!("{:06}", app.random().below(1_000_000)),
            profession,
            lasting,
            team,
            until: until.unwrap_or(Timestamp::MAX),
        }
    }

    /// The tables' part of making it: it takes the place of the one before.
    pub fn kept(&self, app: &Carnet, record: RecordId) -> With {
        let body = serde_json::to_vec(self).expect("a code is JSON");
        let store = &app.store;
        let code = store.keeping_pending(CODE, &record.0.0, self.until, &body);
        code.and(store.keeping_pending(SCANNED, &self.id.0, self.until, &record.0.0))
    }

    /// The address that is scanned.
    pub fn address(&self, app: &Carnet) -> String {
        let said = [&self.id.0[..], &self.until.as_second().to_be_bytes()].concat();
        let token = [&said[..], &signature(app, &said)].concat();
        let token = BASE64_URL_SAFE_NO_PAD.encode(token);
        format!("{}/pro/code/{token}", app.site.origin)
    }

    fn is(&self, app: &Carnet, shown: Shown<'_>) -> bool {
        // Compared under a key, so that time says nothing of how near it was.
        let blind = |digits: &str| app.store.blind("digits compared", digits.as_bytes());
        match shown {
            Shown::Digits(digits) => blind(digits) == blind(&self.digits),
            Shown::Scanned(id) => id == self.id,
        }
    }
}

fn signature(app: &Carnet, said: &[u8]) -> [u8; SIGNED] {
    let mut signature = [0; SIGNED];
    signature.copy_from_slice(&app.store.blind("counter code signed", said)[..SIGNED]);
    signature
}

impl Carnet {
    /// The code that the person can show now.
    pub(crate) async fn counter_code(
        &self,
        record: RecordId,
    ) -> Result<Option<CounterCode>, DbError> {
        let body = self.store.pending(CODE, &record.0.0, self.now()).await?;
        Ok(body.and_then(|body| serde_json::from_slice(&body).ok()))
    }

    /// Withdraws the code that the person can show.
    pub(crate) async fn drop_counter_code(&self, record: RecordId) -> Result<(), DbError> {
        let taken = self.store.take_pending(CODE, &record.0.0, self.now());
        taken.await.map(drop)
    }

    /// Whose code was scanned, and which; `None` when we did not sign it, or it is too late.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn scanned(&self, token: &str) -> Result<Option<(RecordId, Id)>, DbError> {
        let Ok(token) = BASE64_URL_SAFE_NO_PAD.decode(token) else {
            return Ok(None);
        };
        let Some((said, signed)) = token.split_at_checked(24) else {
            return Ok(None);
        };
        let blind = |signed: &[u8]| self.store.blind("signatures compared", signed);
        if blind(signed) != blind(&signature(self, said)) {
            return Ok(None);
        }
        let mut id = Id([0; 16]);
        id.0.copy_from_slice(&said[..16]);
        let record = self.store.pending(SCANNED, &id.0, self.now()).await?;
        let record = record.and_then(|bytes| bytes.try_into().ok());
        Ok(record.map(|bytes| (RecordId(Id(bytes)), id)))
    }
}

impl Professional {
    /// Opens a record by the code that its person shows: a consent that is proved, and takes the
    /// place of what this professional had declared.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn use_code(&self, record: RecordId, shown: Shown<'_>) -> Result<Used, Refused> {
        let clearance = self.enter(record, Act::UseCode).await?;
        let (app, now) = (&self.app, self.app.now());
        let tries = app.limits.counter_tries;
        if matches!(shown, Shown::Digits(_))
            && !app.store.try_pending(CODE, &record.0.0, tries, now).await?
        {
            return Ok(Used::Over);
        }
        let Some(code) = app.counter_code(record).await? else {
            return Ok(Used::Over);
        };
        let profession = &self.situation.profession;
        let for_them = code.profession.as_ref().is_none_or(|one| one == profession);
        if !for_them || !code.is(app, shown) {
            // The person reads that it was tried.
            let tried = |_: &Scope<'_, Nothing>| {
                let wrong = Plan::new(()).refusing(Refusal::WrongCode);
                Ok::<_, Refused>(wrong)
            };
            clearance.act(tried).await?;
            return Ok(match shown {
                Shown::Digits(_) => Used::Wrong,
                // An older one than the person shows now.
                Shown::Scanned(_) if for_them => Used::Over,
                Shown::Scanned(_) => Used::Wrong,
            });
        }
        let done = clearance.act::<_, Refused>(|scope| {
            let drafts = self.proved(scope, &code)?;
            let spent = app.store.spending_pending(CODE, &record.0.0);
            let name = self.situation.name.clone();
            Ok(Plan::new(()).writing(drafts).beside(spent).noting(name))
        });
        match done.await {
            Ok(()) => Ok(Used::Opened),
            // Somebody else used it meanwhile.
            Err(Refused::Taken) => Ok(Used::Over),
            Err(other) => Err(other),
        }
    }

    fn proved(
        &self,
        scope: &Scope<'_, Nothing>,
        code: &CounterCode,
    ) -> Result<Vec<vault::Draft>, Refused> {
        let given = ways::consent(
            &self.situation,
            GrantKind::Proved,
            code.lasting,
            code.team,
            scope.now,
        );
        let own = Grantee::Professional(self.situation.national_id.clone());
        let mut drafts = scope.end_consents(&own)?;
        drafts.extend(scope.giving(given, || self.app.gate.id()));
        Ok(drafts)
    }
}
