//! What an author changes of a document that they deposited: withdraws it, archives it, lifts or
//! adds to what hides it. And the end of what was withdrawn: its bytes are destroyed after a time.

use access::{
    Act, App, DocumentType, DocumentTypes, ErasedThing, Flags, Plan, Purpose, Refused, Scope,
    Viewer,
};
use ambient::Id;
use anyhow::Context;
use fhir::{Code, pdsm::Class};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::{Draft, RecordId, With, store::NewJob};

use crate::{Documents, Own, Stored, delete, disclosing};

/// The name of the job that destroys what was withdrawn.
pub const PURGE: &str = "purge";

/// Which document it is about.
#[derive(Debug, Serialize, Deserialize)]
struct Withdrawn {
    record: RecordId,
    document: Id,
}

/// What its author wants of a document.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// Withdraw it.
    pub withdrawn: bool,
    /// Archive it, or take it out of the archive.
    pub archived: Option<bool>,
    /// What hides it; what the person hid stays hidden.
    pub flags: Option<Flags>,
    /// What it is, said again.
    pub restated: Option<Restated>,
}

/// What an author says again of their own document.
#[derive(Debug, Clone)]
pub struct Restated {
    /// Title.
    pub title: String,
    /// When it was made; `None` leaves it.
    pub made: Option<Timestamp>,
    /// Its type.
    pub kind: DocumentType,
}

impl Restated {
    fn apply(&self, stored: &mut Stored, types: &DocumentTypes) {
        let own = &mut stored.own;
        own.title.clone_from(&self.title);
        own.date = self.made.unwrap_or(own.date);
        // The person's choice stood for what its author had not said.
        own.stated_type = None;
        own.type_code.clone_from(&self.kind.code);
        own.class = Some(self.kind.class.clone());
        let kind = &self.kind;
        fhir::pdsm::restate(
            &mut stored.resource,
            &Code::new(&*kind.system, &*kind.code, &*kind.label),
            &Class {
                code: kind.class.clone(),
                label: types.class(&kind.class).unwrap_or_default().to_owned(),
            },
            &self.title,
            self.made,
        );
    }
}

/// Why a correction is not made.
#[derive(Debug)]
pub enum Uncorrected {
    /// There is no such document of this author here.
    Refused(Refused),
    /// It was withdrawn already.
    Gone,
    /// The person knows of it: it cannot be kept from them any more.
    Known,
}

impl From<Refused> for Uncorrected {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Whether a document waits for a consultation, so that to correct its flags is to show it.
///
/// # Errors
/// As [`Scope::thing_to`].
pub fn waits(scope: &Scope<'_, Documents>, id: Id) -> Result<bool, Refused> {
    let document = scope.thing_to(Act::Withdraw, id)?;
    Ok(document.item.flags.patient)
}

/// The step that corrects a document; the person is told of a withdrawal, of what they could see.
///
/// # Errors
/// See [`Uncorrected`].
pub fn correct(
    app: &App,
    scope: &Scope<'_, Documents>,
    record: RecordId,
    id: Id,
    wanted: &Correction,
) -> Result<Plan<Value>, Uncorrected> {
    let document = scope.thing_to(Act::Withdraw, id)?;
    if document.item.withdrawn {
        return Err(Uncorrected::Gone);
    }
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    let before = stored.own.flags;
    let hides = |own: &Own| {
        let topics = &app.gate.rules().topics;
        scope.policy().settings.hides(topics, &own.type_code)
    };
    if let Some(flags) = wanted.flags {
        if flags.patient && !before.patient {
            return Err(Uncorrected::Known);
        }
        let own = &mut stored.own;
        if before.patient && !flags.patient {
            own.flags.patient = false;
            own.disclosed = Some(scope.now);
            own.flags.professionals |= hides(own);
        }
        // The person, or its author before, may have wanted it so.
        own.flags.professionals |= flags.professionals;
        own.flags.representatives |= flags.representatives;
    }
    if let Some(restated) = &wanted.restated {
        restated.apply(&mut stored, &app.gate.rules().types);
    }
    let mut work = With::nothing();
    if wanted.restated.is_some()
        && let Some(shown) = disclosing(app, record, id, &stored.own)
    {
        work = shown;
    }
    if let Some(archived) = wanted.archived {
        stored.own.archived = archived;
    }
    if wanted.withdrawn {
        stored.own.withdrawn = true;
        stored.own.withdrawn_at = Some(scope.now);
        stored.resource["status"] = json!("entered-in-error");
        work = purging(app, record, id, scope.now);
    }
    let answer = answer(&stored, id);
    let plan = Plan::new(answer)
        .writing(vec![stored.draft(id).replacing(current)])
        .beside(work)
        .about(id);
    let told = match scope.act() {
        Act::Disclose => !before.representatives,
        _ => wanted.withdrawn && !before.keeps_quiet(),
    };
    Ok(plan.quietly_if(!told))
}

/// What the author said of it, and what they have changed: never what the person did.
fn answer(stored: &Stored, id: Id) -> Value {
    let mut resource = stored.resource.clone();
    resource["id"] = json!(id);
    resource
}

fn purging(app: &App, record: RecordId, document: Id, now: Timestamp) -> With {
    let payload = serde_json::to_vec(&Withdrawn { record, document }).expect("names are JSON");
    let due = now.saturating_add(app.limits.withdrawn_kept).unwrap_or(now);
    app.store.enqueue(NewJob {
        name: PURGE,
        dedup: Some(&document.0),
        due,
        payload,
    })
}

/// Destroys a document that was withdrawn long enough ago; nothing, where it is gone.
///
/// # Errors
/// When the record does not open or a store fails.
pub async fn purge(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Withdrawn { record, document } = serde_json::from_slice(payload).context("a document")?;
    let viewer = Viewer::system(Purpose::Erase, app.now());
    let clearance = match app.gate.enter(&viewer, record, Act::Delete).await {
        Ok(clearance) => clearance,
        Err(Refused::NotFound) => return Ok(()),
        Err(refused) => anyhow::bail!("a record does not open: {refused:?}"),
    };
    let step = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let there = scope.thing(document)?;
        if !there.item.withdrawn || there.digest == 0 {
            return Err(Refused::NotFound);
        }
        let (remains, erased): (Draft, ErasedThing) = delete::erase_one(scope, record, document)?;
        let work = app.gate.erasing(&erased);
        Ok(Plan::new(erased)
            .about(document)
            .beside(work)
            .writing(vec![remains]))
    });
    match step.await {
        Ok(erased) => {
            let done = app.gate.erased(&erased).await;
            done.map_err(|refused| anyhow::anyhow!("an erasure is not finished: {refused:?}"))
        }
        Err(Refused::NotFound) => Ok(()),
        Err(refused) => anyhow::bail!("a document is not destroyed: {refused:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn what_an_author_says_again_stands_in_both_and_loses_nothing_else() {
        let types = samples::rules().types;
        let mut stored = Stored::new(
            json!({"resourceType": "DocumentReference", "date": "2026-03-12T09:00:00Z",
                "content": [{"attachment": {"title": "Bilan", "hash": "x", "url": "u"}}]}),
            samples::own("Bilan"),
        );
        stored.own.stated_type = Some("X-1".to_owned());
        let kind = types.get("11488-4").expect("a type").clone();
        let said = |made| Restated {
            title: "Consultation".to_owned(),
            made,
            kind: kind.clone(),
        };
        let before = stored.own.date;
        said(None).apply(&mut stored, &types);
        let own = &stored.own;
        assert_eq!((own.title.as_str(), own.date), ("Consultation", before));
        assert_eq!(
            (
                own.type_code.as_str(),
                own.class.as_deref(),
                &own.stated_type
            ),
            ("11488-4", Some("10"), &None)
        );
        let attachment = &stored.resource["content"][0]["attachment"];
        assert_eq!(
            *attachment,
            json!({"title": "Consultation", "hash": "x", "url": "u"})
        );
        assert_eq!(stored.resource["date"], "2026-03-12T09:00:00Z");
        assert_eq!(stored.resource["type"]["coding"][0]["code"], "11488-4");
        said(Some(samples::now())).apply(&mut stored, &types);
        assert_eq!(stored.own.date, samples::now());
        assert_eq!(stored.resource["date"], "2026-06-12T08:30:00Z");
        // A resource without content is left as it is.
        let mut bare = Stored::new(json!({}), samples::own("x"));
        said(None).apply(&mut bare, &types);
        assert!(bare.resource.get("content").is_none());
    }
}
