//! Sessions: an opaque token in a cookie, its hash in the store.

use std::sync::Arc;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{DbError, RecordId};
use web::Cookie;

use crate::{Acting, Authenticated, Carnet, Situation, Viewer};

/// What a session holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionBody {
    /// Who signed in.
    pub who: SignedIn,
    /// How surely, and when a factor was last shown.
    pub authenticated: Authenticated,
    /// The browser, in words, for the list of devices.
    pub device: String,
    /// Said once on the next page.
    #[serde(default)]
    pub flash: Option<String>,
}

/// Who signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedIn {
    /// A person, in their own space or in that of someone they represent.
    Person {
        /// Their own record.
        own: RecordId,
        /// Their name.
        name: String,
        /// The space they are in, when it is not their own.
        acting_for: Option<RecordId>,
    },
    /// A professional.
    Professional {
        /// Their own record.
        own: RecordId,
        /// Every situation the identity provider vouched for.
        situations: Vec<Situation>,
        /// The one they work in now; `None` until they chose.
        chosen: Option<usize>,
    },
}

/// A live session.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its secret token.
    token: String,
    /// SHA-256 of the token, which names it.
    pub hash: [u8; 32],
    /// When the person signed in.
    pub created: Timestamp,
    /// What it holds.
    pub body: SessionBody,
}

/// The longest time between two notes of use, so that a page costs no write.
const NOTE_EVERY: i64 = 60;

impl SignedIn {
    fn is_professional(&self) -> bool {
        matches!(self, Self::Professional { .. })
    }
}

impl Session {
    /// The secret that form tokens are made of.
    pub fn secret(&self) -> &[u8] {
        self.token.as_bytes()
    }

    /// Who asks, in the capacity that the session is in; `None` until a situation is chosen.
    pub fn viewer(&self) -> Option<Viewer> {
        let (account, acting) = match &self.body.who {
            SignedIn::Person {
                own,
                acting_for: None,
                ..
            } => (own.0, Acting::Holder(*own)),
            SignedIn::Person {
                own,
                name,
                acting_for: Some(of),
            } => (
                own.0,
                Acting::Representative {
                    own: *own,
                    of: *of,
                    name: name.clone(),
                },
            ),
            SignedIn::Professional {
                own,
                situations,
                chosen,
            } => {
                let situation = situations.get((*chosen)?)?;
                (own.0, Acting::Professional(Arc::new(situation.clone())))
            }
        };
        Some(Viewer {
            account,
            acting,
            authenticated: self.body.authenticated,
        })
    }
}

impl Carnet {
    /// The cookie that carries a session.
    pub fn session_cookie(&self) -> Cookie {
        self.site.cookie("session")
    }

    /// Starts a session and gives its token. Any older session of the same browser is ended first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start_session(
        &self,
        account: Id,
        body: &SessionBody,
        replacing: Option<&Session>,
    ) -> Result<String, DbError> {
        if let Some(old) = replacing {
            self.store.end_session(&old.hash).await?;
        }
        let token = format!("{}{}", self.random().id(), self.random().id());
        let now = self.now();
        // Renamed without a new factor, a session is no younger.
        let created = replacing
            .filter(|old| old.body.authenticated.at == body.authenticated.at)
            .map_or(now, |old| old.created);
        let ends = self.session_end(&body.who, created, now);
        let json = serde_json::to_vec(body).expect("a session is JSON");
        self.store
            .start_session(token.as_bytes(), account, created, ends, &json)
            .await?;
        Ok(token)
    }

    /// The session of a token, noting that it was used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, DbError> {
        let now = self.now();
        let Some(found) = self.store.session(token.as_bytes(), now).await? else {
            return Ok(None);
        };
        // A body that this version cannot read is a session that has ended.
        let Ok(body) = serde_json::from_slice::<SessionBody>(&found.body) else {
            return Ok(None);
        };
        if now.duration_since(found.seen).as_secs() >= NOTE_EVERY {
            let ends = self.session_end(&body.who, found.created, now);
            match self.store.touch_session(&found.hash, now, ends).await {
                // A full disk keeps nobody from what can still be read; the session only ends
                // earlier.
                Err(error @ DbError::Full(_)) => tracing::error!(%error, "a session"),
                noted => noted?,
            }
        }
        Ok(Some(Session {
            token: token.to_owned(),
            hash: found.hash,
            created: found.created,
            body,
        }))
    }

    /// Changes what a session holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_session(&self, session: &Session) -> Result<(), DbError> {
        let json = serde_json::to_vec(&session.body).expect("a session is JSON");
        self.store.update_session(&session.hash, &json).await
    }

    fn session_end(&self, who: &SignedIn, created: Timestamp, now: Timestamp) -> Timestamp {
        let limits = &self.limits;
        let (idle, whole) = if who.is_professional() {
            (limits.professional_idle, limits.professional_session)
        } else {
            (limits.person_idle, limits.person_session)
        };
        let after = |from: Timestamp, by| from.saturating_add(by).unwrap_or(Timestamp::MAX);
        after(now, idle).min(after(created, whole))
    }
}
