//! Canonical addresses of the code systems and extensions that we read or write.

/// Type of an identifier that is itself a URI (`urn:oid:…`, `urn:uuid:…`).
pub const URI: &str = "urn:ietf:rfc:3986";
/// LOINC.
pub const LOINC: &str = "http://loinc.org";
/// TRE_A05: document types that LOINC lacks.
pub const DOCUMENT_TYPE: &str = "https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire";
/// TRE_A03: document classes.
pub const DOCUMENT_CLASS: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument";
/// TRE_A07: who may see a document.
pub const VISIBILITY: &str = "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument";
/// HL7's confidentiality levels (N, R, V).
pub const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
/// TRE_A11: document formats.
pub const FORMAT: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_A11-IheFormatCode/FHIR/TRE-A11-IheFormatCode";
/// TRE_R02: kinds of facility.
pub const FACILITY: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite";
/// TRE_A01: practice settings.
pub const PRACTICE_SETTING: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice";
/// Professional identifiers of the national directory (8 followed by the RPPS number…).
pub const PROFESSIONAL: &str = "urn:oid:1.2.250.1.71.4.2.1";
/// Facility identifiers of the national directory (1 followed by the FINESS number…).
pub const STRUCTURE: &str = "urn:oid:1.2.250.1.71.4.2.2";
/// Kinds of List in IHE MHD: `submissionset`, `folder`.
pub const LIST_TYPE: &str = "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes";

/// Extension: content type of a submission set.
pub const DESIGNATION_TYPE: &str =
    "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType";
/// Extension: identifier of the depositing system.
pub const SOURCE_ID: &str = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId";
/// Extension: organization of a submission set's author.
pub const AUTHOR_ORG: &str = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-authorOrg";
/// Extension: archived by its author (a boolean).
pub const IS_ARCHIVED: &str =
    "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";
/// Extension: all given names of the birth certificate, in one text.
pub const BIRTH_GIVEN_NAMES: &str =
    "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name";
/// Extension: place of birth (an address).
pub const BIRTH_PLACE: &str = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
/// Extension: INSEE code of an address.
pub const INSEE_CODE: &str =
    "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code";
/// TRE_R13: French towns, by INSEE code.
pub const TOWN: &str = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
