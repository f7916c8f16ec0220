//! Traces as FHIR's `AuditEvent`, after the patterns of IHE Basic Audit (BALP).

use crate::{element::Code, time::instant};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde_json::{Value, json};

const PROFILES: &str = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/";
const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const ENTITY: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const SUBTYPE: &str = "http://hl7.org/fhir/restful-interaction";

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
    /// Came in: an application's sign-in.
    Login,
    /// Left.
    Logout,
}

impl AuditAction {
    /// Every action.
    pub const ALL: [Self; 7] = [
        Self::Create,
        Self::Read,
        Self::Update,
        Self::Delete,
        Self::Search,
        Self::Login,
        Self::Logout,
    ];

    /// The code of `AuditEvent.action`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Create => "C",
            Self::Read => "R",
            Self::Update => "U",
            Self::Delete => "D",
            Self::Search | Self::Login | Self::Logout => "E",
        }
    }

    /// System and code of `AuditEvent.type`.
    pub fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Login | Self::Logout => (DICOM, "110114"),
            _ => (
                "http://terminology.hl7.org/CodeSystem/audit-event-type",
                "rest",
            ),
        }
    }

    /// System and code of the first `AuditEvent.subtype`.
    pub fn subtype(self) -> (&'static str, &'static str) {
        match self {
            Self::Create => (SUBTYPE, "create"),
            Self::Read => (SUBTYPE, "read"),
            Self::Update => (SUBTYPE, "update"),
            Self::Delete => (SUBTYPE, "delete"),
            Self::Search => (SUBTYPE, "search-type"),
            Self::Login => (DICOM, "110122"),
            Self::Logout => (DICOM, "110123"),
        }
    }

    /// The profile of BALP for what a person did to a record.
    fn profile(self) -> Option<&'static str> {
        match self {
            Self::Create => Some("IHE.BasicAudit.PatientCreate"),
            Self::Read => Some("IHE.BasicAudit.PatientRead"),
            Self::Update => Some("IHE.BasicAudit.PatientUpdate"),
            Self::Delete => Some("IHE.BasicAudit.PatientDelete"),
            Self::Search => Some("IHE.BasicAudit.PatientQuery"),
            Self::Login | Self::Logout => None,
        }
    }

    /// What the person is in it: who receives, or who makes.
    fn participation(self) -> (&'static str, &'static str) {
        match self {
            Self::Create | Self::Update => ("AUT", "author (originator)"),
            Self::Delete => ("CST", "custodian"),
            _ => ("IRCP", "information recipient"),
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
    /// The code of `AuditEvent.outcome`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Success => "0",
            Self::Refused => "4",
            Self::Failed => "8",
        }
    }
}

/// Who asked.
#[derive(Debug, Clone)]
pub enum AuditAgent<'a> {
    /// Somebody, on our pages or with software of their own.
    Human {
        /// Name, as shown to the holder.
        name: &'a str,
        /// System and value.
        identifier: Option<(&'a str, &'a str)>,
        /// In which role, in words.
        role: &'a str,
        /// Where they were at work; empty for none.
        place: &'a str,
        /// The software that they used; empty for our pages.
        software: &'a str,
    },
    /// Software of an organisation.
    Software {
        /// Of which one.
        name: &'a str,
    },
    /// The service itself.
    Ourselves,
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
    /// The same in our own words, beside it.
    pub act: Option<Code>,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// Why it ended so; empty for nothing to say.
    pub reason: &'a str,
    /// Who asked.
    pub agent: AuditAgent<'a>,
    /// For which purpose of use.
    pub purpose: Option<Code>,
    /// The rule that allowed it, as a URI.
    pub policy: Option<&'a str>,
    /// What it was done to, such as `DocumentReference/12`.
    pub entity: Option<&'a str>,
    /// What a search was, as an address relative to the service.
    pub query: Option<&'a str>,
    /// Whose record, such as `Patient/34`.
    pub patient: &'a str,
    /// Name of the service that writes the trace.
    pub observer: &'a str,
    /// Its address.
    pub server: &'a str,
}

/// Writes the `AuditEvent` of a trace. It names the profile of BALP when it meets it.
pub fn audit_event(audit: &Audit<'_>) -> Value {
    let entities = entities(audit);
    let (system, code) = audit.action.kind();
    let mut subtypes = vec![{
        let (system, code) = audit.action.subtype();
        json!({"system": system, "code": code})
    }];
    subtypes.extend(audit.act.as_ref().map(Code::coding));
    let mut event = json!({
        "resourceType": "AuditEvent",
        "id": audit.id,
        "type": {"system": system, "code": code},
        "subtype": subtypes,
        "action": audit.action.code(),
        "recorded": instant(audit.recorded),
        "outcome": audit.outcome.code(),
        "agent": agents(audit),
        "source": {
            "observer": {"display": audit.observer},
            "type": [{"system": "http://terminology.hl7.org/CodeSystem/security-source-type",
                "code": "4", "display": "Application Server"}],
        },
        "entity": entities,
    });
    if let Some(profile) = audit.action.profile().filter(|_| conforms(audit)) {
        event["meta"] = json!({"profile": [format!("{PROFILES}{profile}")]});
    }
    if !audit.reason.is_empty() {
        event["outcomeDesc"] = audit.reason.into();
    }
    if let Some(purpose) = &audit.purpose {
        event["purposeOfEvent"] = json!([purpose.concept()]);
    }
    event
}

/// A success, by somebody on our pages (of other software the network is not known), on something
/// that has a name.
fn conforms(audit: &Audit<'_>) -> bool {
    let known = match audit.action {
        AuditAction::Search => audit.query.is_some(),
        _ => audit.entity.is_some(),
    };
    let here = matches!(audit.agent, AuditAgent::Human { software: "", .. });
    here && known && audit.outcome == AuditOutcome::Success
}

fn agents(audit: &Audit<'_>) -> Vec<Value> {
    let ours = json!({"address": audit.server, "type": "5"});
    let role = |code: &str, display: &str| json!({"coding": [{"system": DICOM, "code": code, "display": display}]});
    let (source, destination) = (
        role("110153", "Source Role ID"),
        role("110152", "Destination Role ID"),
    );
    // What is read flows to who asked; all else flows from them.
    let (client, server) = match audit.action {
        AuditAction::Read => (destination, source),
        _ => (source, destination),
    };
    let server = json!({"type": server, "who": {"display": audit.observer}, "requestor": false,
        "network": ours});
    let mut client = json!({"type": client, "who": {"display": audit.observer}, "requestor": false,
        "network": ours});
    let mut agents = vec![];
    match &audit.agent {
        AuditAgent::Human {
            name,
            identifier,
            role,
            place,
            software,
        } => {
            let (code, display) = audit.action.participation();
            let kind = json!([{"system": PARTICIPATION, "code": code, "display": display}]);
            let mut who = json!({"display": name});
            if let Some((system, value)) = identifier {
                who["identifier"] = json!({"system": system, "value": value});
            }
            let mut user = json!({"type": {"coding": kind}, "who": who, "name": name,
                "requestor": true});
            if !role.is_empty() {
                user["role"] = json!([{"text": role}]);
            }
            if let Some(purpose) = &audit.purpose {
                user["purposeOfUse"] = json!([purpose.concept()]);
            }
            if let Some(policy) = audit.policy {
                user["policy"] = json!([policy]);
            }
            agents.push(user);
            if !place.is_empty() {
                let kind = json!([{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleClass",
                    "code": "PROV", "display": "healthcare provider"}]);
                agents.push(json!({"type": {"coding": kind}, "who": {"display": place},
                    "requestor": false}));
            }
            if !software.is_empty() {
                client = elsewhere(client, software);
            }
        }
        AuditAgent::Software { name } => {
            client = elsewhere(client, name);
            client["requestor"] = json!(true);
        }
        AuditAgent::Ourselves => client["requestor"] = json!(true),
    }
    agents.extend([client, server]);
    agents
}

/// Software that is not ours: of it the network is not known.
fn elsewhere(mut client: Value, name: &str) -> Value {
    client["who"] = json!({"display": name});
    client["name"] = json!(name);
    if let Some(members) = client.as_object_mut() {
        members.remove("network");
    }
    client
}

fn entities(audit: &Audit<'_>) -> Vec<Value> {
    let coded = |what: Value, kind: &str, role: &str| {
        let mut entity = what;
        entity["type"] = json!({"system": ENTITY, "code": kind});
        entity["role"] = json!({"system": ROLE, "code": role});
        entity
    };
    let reference = |reference: &str| json!({"what": {"reference": reference}});
    let mut entities = vec![coded(reference(audit.patient), "1", "1")];
    entities.extend(
        audit
            .entity
            .map(|entity| coded(reference(entity), "2", "4")),
    );
    if let (AuditAction::Search, Some(query)) = (audit.action, audit.query) {
        let query = json!({"query": STANDARD.encode(query), "description": query});
        entities.push(coded(query, "2", "24"));
    }
    entities
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Audit<'static> {
        Audit {
            id: "t1",
            recorded: "2026-06-12T08:00:00Z".parse().unwrap(),
            action: AuditAction::Read,
            act: Some(Code::new("urn:x", "read", "Lecture")),
            outcome: AuditOutcome::Success,
            reason: "",
            agent: AuditAgent::Human {
                name: "Dr Sophie Leclerc",
                identifier: Some((crate::system::PROFESSIONAL, "810000000001")),
                role: "Médecin",
                place: "Cabinet des Tilleuls",
                software: "",
            },
            purpose: Some(Code::new(
                "http://terminology.hl7.org/CodeSystem/v3-ActReason",
                "TREAT",
                "",
            )),
            policy: Some("urn:x:right"),
            entity: Some("DocumentReference/12"),
            query: None,
            patient: "Patient/34",
            observer: "Carnet",
            server: "https://carnet.example",
        }
    }

    #[test]
    fn traces_are_valid_fhir() {
        let agents = [
            AuditAgent::Human {
                name: "Camille",
                identifier: None,
                role: "",
                place: "",
                software: "",
            },
            AuditAgent::Human {
                name: "Dr Sophie Leclerc",
                identifier: None,
                role: "",
                place: "Cabinet des Tilleuls",
                software: "Tilleul Médical",
            },
            AuditAgent::Software { name: "CHU" },
            AuditAgent::Ourselves,
        ];
        for action in AuditAction::ALL {
            for agent in agents.clone() {
                for entity in [None, Some("DocumentReference/12")] {
                    let audit = Audit {
                        action,
                        agent: agent.clone(),
                        entity,
                        query: Some("DocumentReference?patient=Patient/34"),
                        outcome: AuditOutcome::Refused,
                        reason: "blocked",
                        policy: None,
                        purpose: None,
                        act: None,
                        ..full()
                    };
                    crate::check(audit_event(&audit).to_string().as_bytes()).unwrap();
                }
            }
        }
        crate::check(audit_event(&full()).to_string().as_bytes()).unwrap();
    }

    #[test]
    fn software_that_somebody_used_is_named_beside_them() {
        let mut audit = full();
        if let AuditAgent::Human { software, .. } = &mut audit.agent {
            *software = "Tilleul Médical";
        }
        let event = audit_event(&audit);
        assert_eq!(
            event["meta"],
            Value::Null,
            "of its network nothing is known"
        );
        let agents = event["agent"].as_array().expect("agents");
        let named = |name: &str| agents.iter().find(|agent| agent["name"] == name);
        assert_eq!(named("Tilleul Médical").expect("named")["requestor"], false);
        assert_eq!(
            named("Dr Sophie Leclerc").expect("named")["requestor"],
            true
        );
    }

    /// The rules of the profiles, as their text has them.
    #[test]
    fn what_a_person_did_meets_the_profile_that_it_names() {
        for (action, name, client, user) in [
            (AuditAction::Read, "PatientRead", "110152", "IRCP"),
            (AuditAction::Search, "PatientQuery", "110153", "IRCP"),
            (AuditAction::Create, "PatientCreate", "110153", "AUT"),
            (AuditAction::Update, "PatientUpdate", "110153", "AUT"),
            (AuditAction::Delete, "PatientDelete", "110153", "CST"),
        ] {
            let query = Some("DocumentReference?patient=Patient/34");
            let query = query.filter(|_| action == AuditAction::Search);
            let entity = Some("DocumentReference/12").filter(|_| query.is_none());
            let event = audit_event(&Audit {
                action,
                query,
                entity,
                ..full()
            });
            let profile = format!("{PROFILES}IHE.BasicAudit.{name}");
            assert_eq!(event["meta"]["profile"], json!([profile]));
            assert_eq!(event["outcome"], "0");
            let agents = event["agent"].as_array().unwrap();
            let of = |code: &str| {
                let is = |agent: &&Value| agent["type"]["coding"][0]["code"] == code;
                let found: Vec<&Value> = agents.iter().filter(is).collect();
                assert_eq!(found.len(), 1, "{code} in {event}");
                found[0].clone()
            };
            let server = if client == "110152" {
                "110153"
            } else {
                "110152"
            };
            for code in [client, server] {
                assert_eq!(of(code)["requestor"], false);
                assert_eq!(of(code)["network"]["address"], "https://carnet.example");
            }
            assert_eq!(of(user)["requestor"], true);
            assert_eq!(of(user)["purposeOfUse"][0]["coding"][0]["code"], "TREAT");
            let entities = event["entity"].as_array().unwrap();
            assert_eq!(entities[0]["what"]["reference"], "Patient/34");
            assert_eq!(entities[1]["type"]["code"], "2");
            match action {
                AuditAction::Search => {
                    assert_eq!(entities[1]["role"]["code"], "24");
                    assert!(entities[1]["query"].is_string() && entities[1]["what"].is_null());
                }
                _ => assert_eq!(entities[1]["role"]["code"], "4"),
            }
            let refused = audit_event(&Audit {
                outcome: AuditOutcome::Refused,
                ..full()
            });
            assert!(refused["meta"].is_null(), "failures are recorded otherwise");
        }
    }
}
