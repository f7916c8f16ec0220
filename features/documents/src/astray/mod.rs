//! A document that stands in the wrong record: it leaves at once, and goes back to who deposited it.
//!
//! The step that says so hides the document from everybody and enqueues the work that takes it to
//! its depositor's quarantine ([`job`]). Who deposited it says whose it is; [`give`] puts it there,
//! once. So it is never in the records of two people.

mod give;
mod job;
mod recall;

use access::{
    App, Plan, Refused, Scope,
    aside::{Cause, Owner},
};
use ambient::Id;
use serde_json::json;
use vault::{Draft, RecordId, With, store::NewJob};

pub use give::{Given, give};
pub use job::{END_HELD, SET_ASIDE, discard, end_held, set_aside};
pub use recall::recall;

use crate::{Document, Documents, Own, copies::copies};
use job::Setting;

/// The number of what is done about a document: one for each document, that leads to nobody.
pub fn operation(app: &App, document: Id) -> Id {
    Id(app.store.short("set aside", &document.0))
}

/// The step by which the person, or who represents them, says that a document is not theirs. Its
/// copies and earlier versions go with it: they are about the same person.
///
/// # Errors
/// As [`Scope::thing`].
pub fn disown(
    app: &App,
    scope: &Scope<'_, Documents>,
    record: RecordId,
    id: Id,
) -> Result<Plan<usize>, Refused> {
    let document = scope.thing(id)?;
    let mut all: Vec<&Document> = vec![document];
    all.extend(copies(scope, document).filter(|copy| scope.thing(copy.id()).is_ok()));
    let mut at = 0;
    while let Some(newer) = all.get(at).map(|one| one.id()) {
        let older = scope.things().filter(|one| one.replaced_by == Some(newer));
        let older: Vec<&Document> = older.filter(|one| scope.thing(one.id()).is_ok()).collect();
        for one in older {
            if !all.iter().any(|known| known.id() == one.id()) {
                all.push(one);
            }
        }
        at += 1;
    }
    let mut plan = Plan::new(all.len());
    for (n, one) in all.into_iter().enumerate() {
        let (draft, work) = leaving(app, scope, record, one, Cause::Reported)?;
        plan = plan.writing(vec![draft]).beside(work);
        plan = match n {
            0 => plan.about(one.id()),
            _ => plan.and_about(one.id()),
        };
    }
    Ok(plan)
}

/// The next version of a document that leaves, which nobody sees any more, and the work that takes
/// it to its depositor.
pub(crate) fn leaving(
    app: &App,
    scope: &Scope<'_, Documents>,
    record: RecordId,
    document: &Document,
    cause: Cause,
) -> Result<(Draft, With), Refused> {
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    stored.own.withdrawn = true;
    stored.own.withdrawn_at = Some(scope.now);
    stored.own.astray = Some(cause);
    stored.resource["status"] = json!("entered-in-error");
    let setting = Setting {
        record,
        document: document.id(),
        owner: owner(&stored.own),
        cause,
        at: scope.now,
    };
    let work = app.store.enqueue(NewJob {
        name: SET_ASIDE,
        dedup: Some(&document.id().0),
        due: scope.now,
        payload: serde_json::to_vec(&setting).expect("names are JSON"),
    });
    Ok((stored.draft(document.id()).replacing(current), work))
}

/// Whose a document is to set right.
pub(crate) fn owner(own: &Own) -> Owner {
    Owner::of(own.depositor.as_deref(), &own.authors)
}

/// What may not remain of a document in a record where it never belonged: what it was, whose work,
/// when, and the name by which it could be found elsewhere.
pub(crate) fn forget(own: &mut Own) {
    own.type_code.clear();
    own.class = None;
    own.stated_type = None;
    own.authors.clear();
    own.depositor = None;
    own.unique_id.clear();
    own.date = own.withdrawn_at.unwrap_or(own.received);
}

/// What a record's person, or its depositor, decided of a document holds there alone: it is as its
/// depositor first said.
fn afresh(own: &mut Own, resource: &serde_json::Value, now: jiff::Timestamp) {
    let labels = resource.get("securityLabel").and_then(|all| all.as_array());
    let codings = labels.into_iter().flatten().flat_map(|label| {
        let codings = label.get("coding").and_then(|all| all.as_array());
        codings.into_iter().flatten()
    });
    let codes = codings.filter_map(|coding| coding.get("code")?.as_str());
    own.flags = access::Flags::of_codes(codes);
    own.reach = access::Reach::Everyone;
    own.arranged = crate::Arranged::default();
    own.received = now;
    own.disclosed = None;
    own.withdrawn = false;
    own.withdrawn_at = None;
    own.astray = None;
    own.archived = false;
    own.replaced_by = None;
    if let Some(stated) = own.stated_type.take() {
        own.type_code = stated;
        own.class = None;
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{Stored, samples};

    #[test]
    fn nothing_of_it_remains_where_it_never_belonged() {
        let mut own = samples::own("Bilan");
        own.depositor = Some("labo-du-port".to_owned());
        own.authors = vec!["810000000001".to_owned()];
        own.withdrawn_at = Some(samples::now());
        forget(&mut own);
        let text = serde_json::to_string(&own).expect("JSON");
        for word in ["labo-du-port", "810000000001", "1.2.3", "11488"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert_eq!(own.date, samples::now());
    }

    #[test]
    fn what_one_person_decided_is_not_laid_over_the_others() {
        let mut own = samples::own("Bilan");
        own.flags.professionals = true;
        own.arranged.pinned = true;
        own.withdrawn = true;
        own.astray = Some(Cause::Reported);
        own.replaced_by = Some(Id([3; 16]));
        own.disclosed = Some(Timestamp::UNIX_EPOCH);
        let label = json!({"coding": [{"system": "s", "code": "INVISIBLE_PATIENT"}]});
        let resource = json!({"securityLabel": [label, {"coding": [{"code": "N"}]}]});
        let stored = Stored::new(resource, own);
        let mut own = stored.own;
        afresh(&mut own, &stored.resource, samples::now());
        assert!(own.flags.patient && !own.flags.professionals);
        assert!(!own.withdrawn && own.astray.is_none() && own.replaced_by.is_none());
        assert_eq!((own.received, own.disclosed), (samples::now(), None));
        assert!(!own.arranged.pinned);
    }
}
