//! The header of a document: what indexes, rights and lists need.

use crate::{Code, InstanceId, Organization, Participant, Patient, PointInTime};

/// The header (CI-SIS « structuration minimale »). Only `id` is sure to be
/// there: the reader takes what it finds, and whoever files the document
/// decides what is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Identifier of this version of the document.
    pub id: InstanceId,
    /// Identifier common to all versions.
    pub set_id: Option<InstanceId>,
    /// Number of this version, from 1.
    pub version: Option<u32>,
    /// Type of document.
    pub code: Option<Code>,
    /// Title.
    pub title: Option<String>,
    /// When the document was made.
    pub effective_time: Option<PointInTime>,
    /// Confidentiality: `N`, `R` or `V`.
    pub confidentiality: Option<String>,
    /// Language tag: `fr-FR`.
    pub language: Option<String>,
    /// Models that the document declares to follow.
    pub template_ids: Vec<InstanceId>,
    /// Whom it is about: one in France; see [`Header::patient`].
    pub patients: Vec<Patient>,
    /// Authors, in order.
    pub authors: Vec<Participant>,
    /// Who answers for the document.
    pub legal_authenticator: Option<Participant>,
    /// The organization that keeps the original.
    pub custodian: Option<Organization>,
    /// What was done and is documented; the main act comes first.
    pub service_events: Vec<ServiceEvent>,
    /// The stay or visit during which it was done.
    pub encounter: Option<Encounter>,
    /// Other documents, with what this one does to them.
    pub related: Vec<RelatedDocument>,
    /// Orders that the document fulfils.
    pub orders: Vec<Order>,
}

impl Header {
    /// XDS `uniqueId`: `root^extension`, or the root alone.
    pub fn unique_id(&self) -> String {
        self.id.to_string()
    }

    /// The person the document is about; none when it names nobody or several.
    pub fn patient(&self) -> Option<&Patient> {
        match self.patients.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Identifiers of the documents that this one replaces (`RPLC`).
    pub fn replaces(&self) -> impl Iterator<Item = &InstanceId> {
        let replacing = self.related.iter().filter(|other| other.kind == "RPLC");
        replacing.flat_map(|other| &other.ids)
    }

    /// XDS `practiceSettingCode`: that of the organization performing the
    /// first act that names one.
    pub fn practice_setting(&self) -> Option<&Code> {
        self.service_events.iter().find_map(|event| {
            let organization = event.performer.as_ref()?.organization.as_ref()?;
            organization.setting.as_ref()
        })
    }
}

/// An act that the document reports (`documentationOf/serviceEvent`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceEvent {
    /// Identifiers; for imaging, the DICOM study.
    pub ids: Vec<InstanceId>,
    /// What was done.
    pub code: Option<Code>,
    /// Start.
    pub low: Option<PointInTime>,
    /// End.
    pub high: Option<PointInTime>,
    /// Who did it.
    pub performer: Option<Participant>,
}

/// The care during which the act took place
/// (`componentOf/encompassingEncounter`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Encounter {
    /// Kind of care.
    pub code: Option<Code>,
    /// Start.
    pub low: Option<PointInTime>,
    /// End.
    pub high: Option<PointInTime>,
    /// Category of facility (XDS `healthcareFacilityTypeCode`).
    pub facility: Option<Code>,
    /// Name of the place.
    pub place: Option<String>,
}

/// Another document, and the link to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelatedDocument {
    /// `RPLC` replaces, `APND` adds to, `XFRM` is a transformation of.
    pub kind: String,
    /// Identifiers of the other document.
    pub ids: Vec<InstanceId>,
}

/// An order that the document answers (`inFulfillmentOf/order`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Order numbers.
    pub ids: Vec<InstanceId>,
    /// Imaging accession numbers (DICOM PS3.20 extension).
    pub accession_numbers: Vec<InstanceId>,
}
