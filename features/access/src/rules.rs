//! What holds for every record of the installation, beside what its person decided.

use jiff::SignedDuration;

use crate::{
    AccessMatrix, Disclosure, DocumentTypes, ImageViewers, Limits, NoticeKinds, Topics,
    viewer::Situation, watch::Watch,
};

/// Rules that hold for every record of the installation.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Profession × type.
    pub matrix: AccessMatrix,
    /// Document types.
    pub types: DocumentTypes,
    /// When what waits is shown, by type.
    pub disclosure: Disclosure,
    /// Topics that people may hide at one go.
    pub topics: Topics,
    /// Of what people are told outside their space, in the groups that they choose by.
    pub notices: NoticeKinds,
    /// Whether the treating doctor reads what is hidden from professionals.
    pub treating_doctor_reads_masked: bool,
    /// National identifiers of professionals, and client identifiers, that are suspended.
    pub suspended: Vec<String>,
    /// A factor shown within this time is fresh ([`crate::Act::needs_fresh_factor`]).
    pub fresh_factor: SignedDuration,
    /// Facilities that answer the 15, by identifier with its scheme prefix.
    pub emergency_call_centres: Vec<String>,
    /// Public keys of installations whose archives are believed (64 hexadecimal digits each).
    pub trusted_archives: Vec<String>,
    /// Where images are seen.
    pub viewers: ImageViewers,
    /// How long registers of accounts are kept.
    pub registers_kept: SignedDuration,
    /// What is usual where, and what is not.
    pub watch: Watch,
}

/// A doctor (TRE_G15).
pub(crate) const DOCTOR: &str = "10";

impl Rules {
    /// Whether that is a doctor at work where the 15 is answered.
    pub fn regulates(&self, situation: &Situation) -> bool {
        let place = situation.facility_id.as_ref();
        situation.profession == DOCTOR
            && place.is_some_and(|place| self.emergency_call_centres.contains(place))
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            matrix: AccessMatrix::default(),
            types: DocumentTypes::default(),
            disclosure: Disclosure::default(),
            topics: Topics::default(),
            notices: NoticeKinds::default(),
            treating_doctor_reads_masked: false,
            suspended: vec![],
            fresh_factor: Limits::default().fresh_factor,
            emergency_call_centres: vec![],
            trusted_archives: vec![],
            viewers: ImageViewers::default(),
            registers_kept: Limits::default().registers,
            watch: Watch::default(),
        }
    }
}
