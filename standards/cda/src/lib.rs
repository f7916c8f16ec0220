//! CDA R2 documents as French software writes them (CI-SIS): reading the
//! header, showing the body as safe and accessible HTML, and writing.
//!
//! Everything here is a pure function on bytes. Nothing is fetched, no style
//! sheet of a document is ever run, and no element or attribute of a document
//! reaches the HTML: the writer only knows its own.
//!
//! ```
//! # let id = cda::InstanceId::root("1.2.250.1.999.1");
//! # let bytes = cda::write::Cda { id, ..Default::default() }.to_xml();
//! let document = cda::read(&bytes)?;
//! let html = document.to_html(&cda::HtmlOptions::default());
//! # Ok::<(), cda::Error>(())
//! ```

mod document;
mod encoding;
mod error;
mod facts;
mod header;
mod html;
mod lab;
mod limits;
mod markup;
mod media;
mod narrative;
mod person;
mod read;
mod rtf;
mod time;
mod values;
pub mod write;

pub use document::{Body, BodyKind, Document, Section, Statements};
pub use error::Error;
pub use facts::{FactKind, HealthFact};
pub use header::{Encounter, Header, Order, RelatedDocument, ServiceEvent};
pub use html::HtmlOptions;
pub use lab::{Earlier, Interpretation, Interval, LabResult, LabValue, Quantity, VitalSign};
pub use limits::{MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_NAMESPACES, MAX_NODES};
pub use media::Media;
pub use narrative::{Element, Node};
pub use person::{Organization, Participant, Patient, PersonName};
pub use read::{looks_like_cda, read, read_facts, read_results, read_vital_signs};
pub use rtf::rtf_text;
pub use time::PointInTime;
pub use values::{Code, InstanceId};
