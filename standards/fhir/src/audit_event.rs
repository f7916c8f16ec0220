//! Traces as FHIR's `AuditEvent`, after the patterns of IHE Basic Audit (BALP).

use crate::{element::Code, time::instant};
use jiff::Timestamp;
use serde_json::{Value, json};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditAction {
    /// Made something.
    Create,
    /// Read one thing.
    Read,
    /// Changed something.
    Update,
    /// Removed something.
    Delete,
    /// Searched or listed.
    Search,
}

impl AuditAction {
    fn code(self) -> &'static str {
        match self {
            Self::Create => "C",
            Self::Read => "R",
            Self::Update => "U",
            Self::Delete => "D",
            Self::Search => "E",
        }
    }

    fn interaction(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Search => "search-type",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditOutcome {
    /// Done.
    Success,
    /// Refused, or failed for a reason of the request.
    Refused,
    /// Failed for a reason of ours.
    Failed,
}

impl AuditOutcome {
    fn code(self) -> &'static str {
        match self {
            Self::Success => "0",
            Self::Refused => "4",
            Self::Failed => "8",
        }
    }
}

/// Parts of a trace, already in words fit for who will read it.
#[derive(Debug, Clone)]
pub struct Audit<'a> {
    /// Id of the trace.
    pub id: &'a str,
    /// When.
    pub recorded: Timestamp,
    /// What was done.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// Name of who did it, as shown to the holder.
    pub who: &'a str,
    /// Identifier of who did it: system and value.
    pub who_identifier: Option<(&'a str, &'a str)>,
    /// In which role.
    pub role: Option<Code>,
    /// Why (a purpose of use).
    pub purpose: Option<Code>,
    /// What it was done to, such as `DocumentReference/12`.
    pub entity: Option<&'a str>,
    /// Whose record, such as `Patient/34`.
    pub patient: Option<&'a str>,
    /// Name of the service that writes the trace.
    pub observer: &'a str,
}

/// Writes the `AuditEvent` of a trace.
pub fn audit_event(audit: &Audit<'_>) -> Value {
    let mut who = json!({"display": audit.who});
    if let Some((system, value)) = audit.who_identifier {
        who["identifier"] = json!({"system": system, "value": value});
    }
    let mut agent = json!({"who": who, "requestor": true});
    if let Some(role) = &audit.role {
        agent["role"] = json!([role.concept()]);
    }
    let mut event = json!({
        "resourceType": "AuditEvent",
        "id": audit.id,
        "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest",
            "display": "RESTful Operation"},
        "subtype": [{"system": "http://hl7.org/fhir/restful-interaction",
            "code": audit.action.interaction()}],
        "action": audit.action.code(),
        "recorded": instant(audit.recorded),
        "outcome": audit.outcome.code(),
        "agent": [agent],
        "source": {"observer": {"display": audit.observer}},
    });
    if let Some(purpose) = &audit.purpose {
        event["purposeOfEvent"] = json!([purpose.concept()]);
    }
    let entities: Vec<Value> = [(audit.patient, "1", "1"), (audit.entity, "2", "4")]
        .into_iter()
        .filter_map(|(reference, kind, role)| {
            Some(json!({
                "what": {"reference": reference?},
                "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-entity-type", "code": kind},
                "role": {"system": "http://terminology.hl7.org/CodeSystem/object-role", "code": role},
            }))
        })
        .collect();
    if !entities.is_empty() {
        event["entity"] = Value::Array(entities);
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_are_valid_fhir() {
        let full = Audit {
            id: "t1",
            recorded: "2026-06-12T08:00:00Z".parse().unwrap(),
            action: AuditAction::Read,
            outcome: AuditOutcome::Success,
            who: "Dr Sophie Leclerc",
            who_identifier: Some((crate::system::PROFESSIONAL, "810000000001")),
            role: Some(Code::new("urn:oid:1.2.250.1.71.1.2.7", "10", "Médecin")),
            purpose: Some(Code::new(
                "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                "TREAT",
                "",
            )),
            entity: Some("DocumentReference/12"),
            patient: Some("Patient/34"),
            observer: "Carnet",
        };
        let bare = Audit {
            who_identifier: None,
            role: None,
            purpose: None,
            entity: None,
            patient: None,
            ..full.clone()
        };
        for audit in [full, bare] {
            crate::check(audit_event(&audit).to_string().as_bytes()).unwrap();
        }
    }
}
