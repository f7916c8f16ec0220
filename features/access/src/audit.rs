//! Lines of the journal as FHIR's `AuditEvent`.

use ambient::Id;
use fhir::{Audit, AuditAction, AuditAgent, AuditOutcome, Code, system};
use serde_json::Value;
use vault::{RecordId, Store};

use crate::{
    Act, Right,
    journal::{Trace, Who},
};

/// Our own words for acts, beside the standard's.
pub const ACTS: &str = "urn:x-carnet:act";
const REASONS: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

/// Whose lines are written, and by which service.
#[derive(Debug, Clone)]
pub struct Audited {
    /// The person, such as `Patient/34`.
    pub patient: String,
    /// Their name, for what they did themself.
    pub name: String,
    /// The address of the service.
    pub origin: String,
}

/// The reference of a record's person on the wire: means nothing elsewhere.
pub fn patient_reference(store: &Store, record: RecordId) -> String {
    format!(
        "Patient/{}",
        Id(store.short("patient reference", &record.0.0))
    )
}

/// What an act is in FHIR's terms.
pub fn action(act: Act) -> AuditAction {
    match act {
        Act::List
        | Act::Gather
        | Act::ListOwn
        | Act::ReadSummary
        | Act::ReadResults
        | Act::ReadMeasures
        | Act::FindPerson
        | Act::ReadHistory => AuditAction::Search,
        Act::FetchArchive
        | Act::Remind
        | Act::OpenShare
        | Act::Read
        | Act::Download
        | Act::Prove
        | Act::ReadSettings => AuditAction::Read,
        Act::TakeAway
        | Act::Share
        | Act::LeaveNote
        | Act::Report
        | Act::Add
        | Act::AddMeasure
        | Act::WriteDirectives
        | Act::DeclareConsent
        | Act::KeepSecret
        | Act::ConsentForColleague
        | Act::Authorise
        | Act::GiveCode
        | Act::UseCode
        | Act::BreakGlass
        | Act::Dispatch
        | Act::Block
        | Act::Contest
        | Act::Announce
        | Act::OpenSpace => AuditAction::Create,
        Act::EndShare
        | Act::DropNote
        | Act::AnswerReport
        | Act::CorrectMeasure
        | Act::Hide
        | Act::Show
        | Act::ChooseReaders
        | Act::HideAll
        | Act::ShowAll
        | Act::Disclose
        | Act::Arrange
        | Act::Describe
        | Act::Withdraw
        | Act::ChangeSettings
        | Act::DropDevice
        | Act::ChangeContact
        | Act::Lift
        | Act::EndGrant
        | Act::Oppose
        | Act::Close
        | Act::Reopen => AuditAction::Update,
        Act::Delete | Act::Disown | Act::DeleteMeasure => AuditAction::Delete,
        Act::SignIn => AuditAction::Login,
        Act::SignOut => AuditAction::Logout,
    }
}

/// Why somebody may have done it, as the standard has it (v3 ActReason).
fn purpose(right: Right) -> &'static str {
    match right {
        Right::Own => "PATRQT",
        Right::Representation => "FAMRQT",
        Right::BreakGlass => "BTG",
        Right::Dispatch => "ETREAT",
        Right::DeclaredConsent
        | Right::ProvedConsent
        | Right::Establishment
        | Right::CareTeam
        | Right::TreatingDoctor
        | Right::Administrator
        | Right::Share
        | Right::Author
        | Right::Deposit
        | Right::Search => "TREAT",
        Right::System => "HSYSADMIN",
    }
}

/// The name that a code has in the journal.
pub fn code<T: serde::Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).ok();
    let code = value.as_ref().and_then(Value::as_str);
    code.unwrap_or_default().to_owned()
}

impl Audited {
    /// A line, as whoever may know of it reads it.
    pub fn event(&self, line: &Trace) -> Value {
        let action = action(line.act);
        let (outcome, reason) = match &line.refused {
            Some(refusal) => (AuditOutcome::Refused, code(refusal)),
            None => (AuditOutcome::Success, String::new()),
        };
        let policy = line
            .right
            .map(|right| format!("urn:x-carnet:right:{}", code(&right)));
        let entity = line.subject.map(|id| format!("DocumentReference/{id}"));
        // What was sought is kept nowhere: a list says whose it is, and no more.
        let query = match line.act {
            Act::ReadHistory => format!("AuditEvent?patient={}", self.patient),
            _ => format!("DocumentReference?patient={}", self.patient),
        };
        fhir::audit_event(&Audit {
            id: &line.id.to_string(),
            recorded: line.at,
            action,
            act: Some(Code::new(ACTS, code(&line.act), "")),
            outcome,
            reason: &reason,
            agent: self.agent(&line.who),
            purpose: line
                .right
                .map(|right| Code::new(REASONS, purpose(right), "")),
            policy: policy.as_deref(),
            entity: entity.as_deref(),
            query: (action == AuditAction::Search).then_some(query.as_str()),
            patient: &self.patient,
            observer: "Carnet",
            server: &self.origin,
        })
    }

    /// The name and the identifier of who did it, as the event has them.
    pub fn named<'a>(&'a self, who: &'a Who) -> (&'a str, Option<(&'static str, &'a str)>) {
        match who {
            Who::Holder => (&self.name, None),
            Who::Representative { name } | Who::Software { name } | Who::Bearer { name, .. } => {
                (name, None)
            }
            Who::Professional { id, name, .. } => (name, Some((system::PROFESSIONAL, id))),
            Who::System => ("Carnet", None),
        }
    }

    fn agent<'a>(&'a self, who: &'a Who) -> AuditAgent<'a> {
        let human = |name: &'a str| AuditAgent::Human {
            name,
            identifier: None,
            role: "",
            place: "",
            software: "",
        };
        match who {
            Who::Holder => human(&self.name),
            Who::Representative { name } => human(name),
            // They said so, and nobody checked it.
            Who::Bearer { name, purpose } => AuditAgent::Human {
                name,
                identifier: None,
                role: purpose,
                place: "",
                software: "",
            },
            Who::Professional {
                id,
                name,
                role,
                place,
                software,
            } => AuditAgent::Human {
                name,
                identifier: Some((system::PROFESSIONAL, id)),
                role,
                place,
                software: software.as_deref().unwrap_or_default(),
            },
            Who::Software { name } => AuditAgent::Software { name },
            Who::System => AuditAgent::Ourselves,
        }
    }
}
