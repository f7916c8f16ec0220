//! The one extractor of pages: who is visiting, in which language, with which page around.

use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Redirect, Response},
};
use http::request::Parts;
use jiff::SignedDuration;
use vault::{Later, RecordId};
use web::{Audience, Csrf, Fields, Flash, Idle, Lang, Link, NavItem, Problem, Shell, Tone, Who};

use crate::{Act, App, Clearance, Refusal, Refused, Session, SignedIn, Situation, Viewer};

/// Anyone, signed in or not.
pub struct Anyone {
    /// The page around.
    pub shell: Shell,
    /// Their session, if they have one.
    pub session: Option<Session>,
    /// The installation.
    pub app: App,
    /// A name for where the request comes from, for limits only: never stored in clear.
    pub source: String,
}

/// A person in a space: their own, or that of someone they represent.
pub struct Person {
    /// The page around.
    pub shell: Shell,
    /// Their session.
    pub session: Session,
    /// Who asks.
    pub viewer: Viewer,
    /// The space.
    pub record: RecordId,
    /// The installation.
    pub app: App,
}

/// A professional at work in a situation that they chose.
pub struct Professional {
    /// The page around.
    pub shell: Shell,
    /// Their session.
    pub session: Session,
    /// Who asks.
    pub viewer: Viewer,
    /// Where they are at work.
    pub situation: Situation,
    /// Their own record.
    pub own: RecordId,
    /// The installation.
    pub app: App,
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Self::of(parts, app).await
    }
}

impl Anyone {
    fn of<'a>(parts: &'a mut Parts, app: &'a App) -> Later<'a, Result<Self, Response>> {
        Box::pin(async move {
            let lang = Lang::of(&parts.headers);
            let mut shell = app.site.shell(lang, Audience::Public).at(parts.uri.path());
            let session = match app.session_cookie().read(&parts.headers) {
                Some(token) => app
                    .session(&token)
                    .await
                    .map_err(|error| Problem::from(error).into_response())?,
                None => None,
            };
            if let Some(session) = &session {
                shell.csrf = Csrf::of(session.secret()).token().to_owned();
            }
            shell.way_in = way_in(&shell, session.as_ref());
            Ok(Self {
                shell,
                session,
                app: app.clone(),
                source: source(parts),
            })
        })
    }
}

impl FromRequestParts<App> for Person {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Self::of(parts, app).await
    }
}

impl Person {
    fn of<'a>(parts: &'a mut Parts, app: &'a App) -> Later<'a, Result<Self, Response>> {
        Box::pin(async move {
            let Anyone {
                mut shell,
                session,
                app,
                ..
            } = Anyone::of(parts, app).await?;
            let person =
                session.filter(|session| matches!(session.body.who, SignedIn::Person { .. }));
            let Some(session) = person else {
                return Err(Redirect::to("/connexion").into_response());
            };
            let seen = session
                .viewer()
                .and_then(|viewer| Some((viewer.space()?, viewer)));
            let Some((record, viewer)) = seen else {
                return Err(Problem::Expired.into_response());
            };
            shell.audience = Audience::Citizen;
            person_page(&app, &mut shell, &session, &viewer, record)
                .await
                .map_err(IntoResponse::into_response)?;
            Ok(Self {
                shell,
                session,
                viewer,
                record,
                app,
            })
        })
    }
}

impl FromRequestParts<App> for Professional {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Self::of(parts, app).await
    }
}

impl Professional {
    fn of<'a>(parts: &'a mut Parts, app: &'a App) -> Later<'a, Result<Self, Response>> {
        Box::pin(async move {
            let Anyone {
                mut shell,
                session,
                app,
                ..
            } = Anyone::of(parts, app).await?;
            let Some(session) = session else {
                return Err(Redirect::to("/pro/connexion").into_response());
            };
            let SignedIn::Professional {
                own,
                situations,
                chosen,
            } = &session.body.who
            else {
                return Err(Redirect::to("/pro/connexion").into_response());
            };
            let situation = chosen.and_then(|at| situations.get(at)).cloned();
            let (Some(situation), Some(viewer)) = (situation, session.viewer()) else {
                return Err(Redirect::to("/pro/situation").into_response());
            };
            let own = *own;
            shell.audience = Audience::Professional;
            shell.nav = vec![NavItem::new("/pro", shell.t("nav-pro-patients"), "users")];
            shell.menu = vec![NavItem::new(
                "/pro/situation",
                shell.t("nav-pro-situation"),
                "stethoscope",
            )];
            shell.who = Some(Who {
                name: situation.name.clone(),
                acting_label: situation.facility.clone(),
            });
            shell.sign_out = "/deconnexion".to_owned();
            shell.idle = idle(app.limits.professional_idle);
            Ok(Self {
                shell,
                session,
                viewer,
                situation,
                own,
                app,
            })
        })
    }
}

impl Person {
    /// Asks to do something in the space.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn enter(&self, act: Act) -> Result<Clearance<'_>, Refused> {
        self.app.gate.enter(&self.viewer, self.record, act).await
    }

    /// Refuses a form that our own page did not make, or that was made in another space.
    ///
    /// # Errors
    /// [`Problem::Expired`].
    pub fn check(&self, fields: &Fields) -> Result<(), Problem> {
        fields.check(&Csrf::of(self.session.secret()))
    }

    /// Notes that a factor was shown just now: for the rest of this step and those that follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn freshen(&mut self) -> Result<(), Problem> {
        let now = self.app.now();
        self.session.body.authenticated.at = now;
        self.viewer.authenticated.at = now;
        Ok(self.app.save_session(&self.session).await?)
    }

    /// Says a sentence on the next page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn say(mut self, sentence: String) -> Result<(), Problem> {
        self.session.body.flash = Some(sentence);
        Ok(self.app.save_session(&self.session).await?)
    }
}

impl Professional {
    /// Asks to do something on a person's record.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn enter(&self, record: RecordId, act: Act) -> Result<Clearance<'_>, Refused> {
        self.app.gate.enter(&self.viewer, record, act).await
    }

    /// Refuses a form that our own page did not make.
    ///
    /// # Errors
    /// [`Problem::Expired`].
    pub fn check(&self, fields: &Fields) -> Result<(), Problem> {
        fields.check(&Csrf::of(self.session.secret()))
    }
}

/// On a page without navigation: back to one's space, or to the sign-in, unless one is on the way there.
fn way_in(shell: &Shell, session: Option<&Session>) -> Option<Link> {
    let gates = ["/connexion", "/activation", "/pro"];
    let (href, key) = match session.map(|session| &session.body.who) {
        Some(SignedIn::Person { .. }) => ("/accueil", "nav-own-space"),
        Some(SignedIn::Professional { .. }) => ("/pro", "nav-own-work"),
        None if shell.path == "/" || gates.iter().any(|gate| shell.path.starts_with(gate)) => {
            return None;
        }
        None => ("/connexion", "nav-sign-in"),
    };
    Some(Link::new(href, shell.t(key)))
}

async fn person_page(
    app: &App,
    shell: &mut Shell,
    session: &Session,
    viewer: &Viewer,
    record: RecordId,
) -> Result<(), Problem> {
    let clearance = app.gate.enter(viewer, record, Act::ReadSettings).await?;
    let nav = [
        ("/accueil", "nav-home", "home"),
        ("/documents", "nav-documents", "document"),
        ("/acces", "nav-access", "shield"),
        ("/historique", "nav-history", "history"),
        ("/parametres", "nav-settings", "settings"),
    ];
    shell.nav = nav
        .map(|(href, key, icon)| NavItem::new(href, shell.t(key), icon))
        .into();
    shell.menu = [
        ("/mesures", "nav-measures", "chart"),
        ("/proches", "nav-relatives", "users"),
        ("/parametres", "nav-settings", "settings"),
        ("/aide", "shell-help", "help"),
    ]
    .map(|(href, key, icon)| NavItem::new(href, shell.t(key), icon))
    .into();
    shell.notices_href = "/notifications".to_owned();
    let new = clearance.unread().await?;
    (shell.notices_count, shell.notices_more) = (new.count, new.more);
    let name = clearance.policy().name();
    shell.who = Some(match &session.body.who {
        SignedIn::Person {
            name: own,
            acting_for: Some(_),
            ..
        } => Who {
            name: own.clone(),
            acting_label: shell.t1("acting-for", "name", name),
        },
        _ => Who::new(name),
    });
    shell.sign_out = "/deconnexion".to_owned();
    shell.idle = idle(app.limits.person_idle);
    if let Some(sentence) = &session.body.flash {
        shell.flash = Some(Flash {
            tone: Tone::Success,
            text: sentence.clone(),
        });
        let mut said = session.clone();
        said.body.flash = None;
        app.save_session(&said).await?;
    }
    Ok(())
}

/// How long a page may stay without use, and what it calls to stay.
fn idle(after: SignedDuration) -> Option<Idle> {
    let seconds = u32::try_from(after.as_secs()).ok()?;
    Some(Idle {
        seconds,
        stay: "/rester".to_owned(),
    })
}

/// Where a person shows their password again before a sensitive step; a page of `account`.
pub const VERIFY: &str = "/verification";

/// The address of the peer, as the server or a trusted proxy gives it.
fn source(parts: &Parts) -> String {
    let peer = parts.extensions.get::<Source>();
    peer.map_or_else(String::new, |source| source.0.clone())
}

/// Where a request comes from; put in the request's extensions by the server.
#[derive(Debug, Clone)]
pub struct Source(pub String);

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::No(Refusal::Stale) => Self::First(VERIFY),
            Refused::No(_) => Self::Forbidden,
            Refused::NotFound => Self::NotFound,
            Refused::Taken => Self::BadRequest(String::new()),
            Refused::Failed(error) => Self::Internal(error),
        }
    }
}
