//! Opening a record in an emergency (L.1111-17 I CSP): broken glass, and the doctor who answers
//! the 15. The person may oppose either; a block wins over both; everybody concerned is told.

use std::sync::LazyLock;

use access::{
    Act, Emergency, Plan, Professional, Refusal, Refused, Right,
    policy::{Grant, GrantKind, Grantee},
};
use askama::Template;
use axum::{
    extract::Path,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{StatusCode, header};
use jiff::SignedDuration;
use serde::Deserialize;
use vault::RecordId;
use web::{Choice, Errors, Fields, Flash, Html, Lang, Problem, Shell, Tone};

use crate::{
    budget::{self, Budget, Haste},
    handle,
    patient::{Patient, no_access},
    sign_in, situation, verify,
};

/// A reason to choose.
#[derive(Debug, Deserialize)]
struct Reason {
    code: String,
    fr: String,
    en: String,
}

static REASONS: LazyLock<Vec<Reason>> = LazyLock::new(|| {
    let list = include_str!("../../../reference/emergency-reasons.json");
    serde_json::from_str(list).expect("a list of reasons")
});

/// Characters of a written reason.
const SHORTEST: usize = 20;
const LONGEST: usize = 500;

/// Which emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    BreakGlass,
    Dispatch,
}

impl Which {
    fn act(self) -> Act {
        match self {
            Self::BreakGlass => Act::BreakGlass,
            Self::Dispatch => Act::Dispatch,
        }
    }

    fn right(self) -> Right {
        match self {
            Self::BreakGlass => Right::BreakGlass,
            Self::Dispatch => Right::Dispatch,
        }
    }

    fn kind(self) -> GrantKind {
        match self {
            Self::BreakGlass => GrantKind::BreakGlass,
            Self::Dispatch => GrantKind::Dispatch,
        }
    }

    /// The last word of its address.
    fn word(self) -> &'static str {
        match self {
            Self::BreakGlass => "urgence",
            Self::Dispatch => "regulation",
        }
    }

    /// The stem of its texts.
    fn key(self, part: &str) -> String {
        match self {
            Self::BreakGlass => format!("practice-glass-{part}"),
            Self::Dispatch => format!("practice-dispatch-{part}"),
        }
    }

    fn lasts(self, who: &Professional) -> SignedDuration {
        match self {
            Self::BreakGlass => who.app.limits.break_glass,
            Self::Dispatch => who.app.limits.dispatch,
        }
    }
}

#[derive(Template)]
#[template(path = "emergency.html")]
struct Page {
    shell: Shell,
    at_work: String,
    patient: Patient,
    /// Where the form goes.
    here: String,
    back: String,
    lead: String,
    certify: String,
    lasts: String,
    button: String,
    reasons: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

/// `GET /pro/patients/{handle}/urgence`
pub(crate) async fn glass(
    who: Professional,
    Path(word): Path<String>,
) -> Result<Response, Problem> {
    page(who, word, Which::BreakGlass).await
}

/// `POST /pro/patients/{handle}/urgence`
pub(crate) async fn break_glass(
    who: Professional,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    open(who, word, Which::BreakGlass, fields).await
}

/// `GET /pro/patients/{handle}/regulation`
pub(crate) async fn call(who: Professional, Path(word): Path<String>) -> Result<Response, Problem> {
    page(who, word, Which::Dispatch).await
}

/// `POST /pro/patients/{handle}/regulation`
pub(crate) async fn regulate(
    who: Professional,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    open(who, word, Which::Dispatch, fields).await
}

async fn page(who: Professional, word: String, which: Which) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    match who.enter(record, which.act()).await {
        Ok(_) => {}
        Err(refused) => return sent_away(who, refused),
    }
    let typed = verify::kept(&who, &address(&word, which)).await?;
    show(
        who,
        record,
        &word,
        which,
        typed.unwrap_or_default(),
        Errors::new(),
    )
    .await
}

async fn open(
    who: Professional,
    word: String,
    which: Which,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let (reason, errors) = read(&fields, which, &who.shell);
    let clearance = match who.enter(record, which.act()).await {
        Ok(clearance) => clearance,
        Err(Refused::No(Refusal::Stale)) => {
            verify::keep(&who, &address(&word, which), &fields).await?;
            return Err(Problem::First(verify::PATH));
        }
        Err(refused) => return sent_away(who, refused),
    };
    let Some(reason) = reason.filter(|_| errors.is_empty()) else {
        drop(clearance);
        return show(who, record, &word, which, fields, errors).await;
    };
    // The 15 opens a record a minute: only broken glass counts.
    if which == Which::BreakGlass {
        let spent = budget::spend(&who, clearance.policy(), Haste::CannotWait);
        if spent.await? == Budget::Suspended {
            return Ok(sign_in::suspended(&who));
        }
    }
    let situation = &who.situation;
    let done = clearance
        .act(|scope| {
            let grant = Grant {
                to: Grantee::Professional(situation.national_id.clone()),
                kind: which.kind(),
                name: situation.name.clone(),
                since: scope.now,
                until: scope.now.saturating_add(which.lasts(&who)).ok(),
                via: None,
                reason: Some(reason.clone()),
                ended: false,
                secret: false,
            };
            let mut theirs = scope
                .policy()
                .grants_to(&situation.national_id, None, scope.now);
            // Pressed twice: one emergency.
            if theirs.any(|(_, grant)| grant.kind == which.kind()) {
                return Ok(Plan::new(()));
            }
            let emergency = Emergency {
                at: scope.now,
                right: which.right(),
                by: situation.national_id.clone(),
                name: situation.name.clone(),
                role: situation::line(situation),
                reason: reason.clone(),
                person: String::new(),
                reviewed: None,
                note: String::new(),
            };
            Ok::<_, Refused>(
                Plan::new(())
                    .writing(scope.giving([grant], || who.app.gate.id()))
                    .beside(who.app.gate.tell_of(scope.policy(), &emergency)),
            )
        })
        .await;
    if let Err(refused) = done {
        return sent_away(who, refused);
    }
    let left = Flash::leave(Tone::Warning, "practice-emergency-done");
    let set = AppendHeaders([(header::SET_COOKIE, left)]);
    Ok((set, Redirect::to(&format!("/pro/patients/{word}"))).into_response())
}

fn address(word: &str, which: Which) -> String {
    format!("/pro/patients/{word}/{}", which.word())
}

fn sent_away(who: Professional, refused: Refused) -> Result<Response, Problem> {
    match refused {
        Refused::No(Refusal::Stale) => Err(Problem::First(verify::PATH)),
        Refused::No(_) | Refused::NotFound => Ok(no_access(who)),
        other => Err(other.into()),
    }
}

/// The reason in words, or what is missing.
fn read(fields: &Fields, which: Which, shell: &Shell) -> (Option<String>, Errors) {
    let mut errors = Errors::new();
    if fields.get("danger") != "oui" {
        errors.add("danger", shell.t(&which.key("certify-missing")));
    }
    let reason = REASONS
        .iter()
        .find(|one| one.code == fields.get("motif"))
        .filter(|_| which == Which::BreakGlass);
    if reason.is_none() && which == Which::BreakGlass {
        errors.add("motif", shell.t("practice-emergency-reason-missing"));
    }
    let written = fields.get("precision");
    if !(SHORTEST..=LONGEST).contains(&written.chars().count()) {
        errors.add("precision", shell.t("practice-emergency-written-wrong"));
    }
    // What the person reads in their history is in French.
    let said = reason.map_or_else(String::new, |one| format!("{} : ", one.fr));
    (Some(format!("{said}{written}")), errors)
}

/// The page; looking at who it is leaves its line in the journal.
async fn show(
    who: Professional,
    record: RecordId,
    word: &str,
    which: Which,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Problem> {
    let seen = match who.enter(record, Act::FindPerson).await {
        Ok(clearance) => {
            let look = |scope: &access::Scope<'_, access::Nothing>| {
                let patient = Patient::of(scope.policy(), &who, scope.now);
                Ok::<_, Refused>(Plan::new(patient))
            };
            clearance.act(look).await
        }
        Err(refused) => Err(refused),
    };
    let patient = match seen {
        Ok(patient) => patient,
        Err(refused) => return sent_away(who, refused),
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shell = &who.shell;
    let reasons = REASONS.iter().map(|one| {
        let label = match shell.lang {
            Lang::Fr => &one.fr,
            Lang::En => &one.en,
        };
        Choice::new(&one.code, label)
    });
    let page = Page {
        at_work: situation::line(&who.situation),
        here: address(word, which),
        back: format!("/pro/patients/{word}/acces"),
        lead: shell.t(&which.key("lead")),
        certify: shell.t(&which.key("certify")),
        lasts: shell.t1(
            "practice-emergency-lasts",
            "hours",
            which.lasts(&who).as_hours(),
        ),
        button: shell.t(&which.key("open")),
        reasons: match which {
            Which::BreakGlass => reasons.collect(),
            Which::Dispatch => vec![],
        },
        patient,
        fields,
        errors,
        shell: shell.clone().titled(shell.t(&which.key("title"))),
    };
    Ok((status, Html(page)).into_response())
}
