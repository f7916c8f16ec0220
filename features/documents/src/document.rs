//! A document as it is stored, and as it is held in memory.

use access::{Flags, Item, Reach, aside::Cause, kinds};
use ambient::Id;
use base64::Engine as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use vault::{BadEntry, BlobRef, Draft, Entry, RecordId, Store, Volume, With, inflate};

const FORMAT: u8 = 1;

/// What is stored: the FHIR `DocumentReference` as received, and our corrections beside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stored {
    v: u8,
    /// The resource as it came; its author's words are never changed.
    pub resource: Value,
    /// What we found or decided, which wins over the resource.
    pub own: Own,
}

/// Our corrections: computed from the bytes and the tables, never trusted from outside.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Own {
    /// Document type.
    pub type_code: String,
    /// The type that its author stated, when the person chose another in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_type: Option<String>,
    /// Class of the type; `None` when the type is unknown.
    pub class: Option<String>,
    /// Title on screen.
    pub title: String,
    /// When the document was made.
    pub date: Timestamp,
    /// When it arrived.
    pub received: Timestamp,
    /// Media type found in the bytes.
    pub media_type: String,
    /// SHA-1 of the bytes, base64 (what FHIR and XDS use).
    pub hash: String,
    /// Where the bytes are.
    pub blob: BlobRef,
    /// From whom it is hidden.
    pub flags: Flags,
    /// To which professionals the person shows it.
    #[serde(default, skip_serializing_if = "Reach::is_everyone")]
    pub reach: Reach,
    /// When it was shown to the person, having waited to be explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<Timestamp>,
    /// National identifiers of the authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Author on screen.
    #[serde(default)]
    pub author: String,
    /// Organisation on screen.
    #[serde(default)]
    pub organization: String,
    /// Client that deposited it.
    #[serde(default)]
    pub depositor: Option<String>,
    /// Brought by the person or their representative.
    #[serde(default)]
    pub by_holder: bool,
    /// Its `uniqueId`, in the canonical spelling of [`fhir::Identifier::canonical`].
    pub unique_id: String,
    /// Withdrawn or deleted.
    #[serde(default)]
    pub withdrawn: bool,
    /// When its author withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
    /// Why it left: it stood in the wrong record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub astray: Option<Cause>,
    /// Archived by its author: out of the list, and still there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// The document that replaced it.
    #[serde(default)]
    pub replaced_by: Option<Id>,
    /// Where the person keeps it.
    #[serde(default, skip_serializing_if = "Arranged::is_nowhere")]
    pub arranged: Arranged,
    /// What the person said of it since, when it is their advance directives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wishes: Option<Wishes>,
}

/// What a person said of their advance directives since they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wishes {
    /// When they last said that they still hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Timestamp>,
    /// When they revoked them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
}

/// Where the person keeps a document, for their own eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Arranged {
    /// Pinned: it comes first.
    #[serde(default)]
    pub pinned: bool,
    /// The folder that it is in.
    #[serde(default)]
    pub folder: Option<Id>,
}

impl Arranged {
    fn is_nowhere(&self) -> bool {
        *self == Self::default()
    }
}

/// A document in memory: what lists and decisions need, and the compressed body.
#[derive(Debug, Clone)]
pub struct Document {
    /// What a decision needs.
    pub item: Item,
    /// Title on screen.
    pub title: Box<str>,
    /// Author on screen.
    pub author: Box<str>,
    /// Organisation on screen.
    pub organization: Box<str>,
    /// When it was made.
    pub date: Timestamp,
    /// When it arrived.
    pub received: Timestamp,
    /// Since when the person may know of it.
    pub known: Timestamp,
    /// Media type of its bytes.
    pub media_type: Box<str>,
    /// Its size in bytes.
    pub size: u64,
    /// Version of its metadata.
    pub version: u32,
    /// The document that replaced it.
    pub replaced_by: Option<Id>,
    /// Archived by its author.
    pub archived: bool,
    /// Revoked by the person: it holds no longer.
    pub revoked: bool,
    /// Where the person keeps it: for pages of theirs alone.
    pub arranged: Arranged,
    /// The beginning of the hash of its bytes; 0 when they are gone.
    pub digest: u64,
    dictionary: u8,
    compressed: Box<[u8]>,
}

impl Stored {
    /// A document to store.
    pub fn new(resource: Value, own: Own) -> Self {
        Self {
            v: FORMAT,
            resource,
            own,
        }
    }

    /// The entry of a document, to append.
    pub fn draft(&self, id: Id) -> Draft {
        self.own.draft_with(&self.resource, id)
    }

    /// Claims a new document's name from outside: refused when its `uniqueId` is taken.
    pub fn claims(&self, store: &Store, record: RecordId) -> With {
        self.own.claims(store, record)
    }

    /// Reads what is stored.
    ///
    /// # Errors
    /// When it is of a format that this version does not know.
    pub fn read(body: &[u8]) -> Result<Self, BadEntry> {
        match serde_json::from_slice(body) {
            Ok(stored @ Self { v: FORMAT, .. }) => Ok(stored),
            _ => Err(BadEntry),
        }
    }
}

impl Own {
    /// The entry of a document with this resource, to append.
    pub fn draft_with(&self, resource: &Value, id: Id) -> Draft {
        #[derive(Serialize)]
        struct Both<'a> {
            v: u8,
            resource: &'a Value,
            own: &'a Own,
        }
        let both = Both {
            v: FORMAT,
            resource,
            own: self,
        };
        let body = serde_json::to_vec(&both).expect("a document is JSON");
        Draft::new(Volume::Clinical, kinds::DOCUMENT, id, body)
    }

    /// Claims a new document's name from outside: refused when its `uniqueId` is taken.
    pub fn claims(&self, store: &Store, record: RecordId) -> With {
        store.claim(BY_UNIQUE_ID, &self.unique_id, record)
    }

    /// Reads our corrections alone: what lists and decisions need, without the resource.
    fn read(body: &[u8]) -> Result<Self, BadEntry> {
        #[derive(Deserialize)]
        struct Beside {
            v: u8,
            own: Own,
        }
        match serde_json::from_slice(body) {
            Ok(Beside { v: FORMAT, own }) => Ok(own),
            _ => Err(BadEntry),
        }
    }
}

/// The first eight bytes of a hash in base64.
fn digest(hash: &str) -> u64 {
    let bytes = base64::prelude::BASE64_STANDARD.decode(hash);
    let first = bytes.ok().and_then(|bytes| bytes.first_chunk().copied());
    first.map_or(0, u64::from_be_bytes)
}

/// Names documents by `uniqueId` in the locator.
pub const BY_UNIQUE_ID: &str = "uniqueId";

impl Document {
    pub(crate) fn of(entry: Entry) -> Result<Self, BadEntry> {
        let own = Own::read(&entry.body()?)?;
        let item = Item {
            id: entry.id,
            type_code: own.type_code.into(),
            class: own.class.map(Into::into),
            type_chosen: own.stated_type.is_some(),
            flags: own.flags,
            reach: own.reach,
            authors: own.authors.into_iter().map(Into::into).collect(),
            depositor: own.depositor.map(Into::into),
            by_holder: own.by_holder,
            withdrawn: own.withdrawn,
        };
        Ok(Self {
            item,
            title: own.title.into(),
            author: own.author.into(),
            organization: own.organization.into(),
            date: own.date,
            received: own.received,
            known: own.disclosed.unwrap_or(own.received),
            media_type: own.media_type.into(),
            size: own.blob.size,
            version: entry.version,
            replaced_by: own.replaced_by,
            archived: own.archived,
            revoked: own.wishes.is_some_and(|wishes| wishes.revoked.is_some()),
            arranged: own.arranged,
            digest: digest(&own.hash),
            dictionary: entry.dictionary,
            compressed: entry.compressed,
        })
    }

    /// Its public identifier.
    pub fn id(&self) -> Id {
        self.item.id
    }

    /// The whole of what is stored: inflated when asked for, in about a microsecond.
    ///
    /// # Errors
    /// Never on what was opened by this version.
    pub fn stored(&self) -> Result<Stored, BadEntry> {
        Stored::read(&inflate(&self.compressed, self.dictionary).map_err(|_| BadEntry)?)
    }

    /// The FHIR resource as it came, as text: without building it in memory.
    ///
    /// # Errors
    /// Never on what was opened by this version.
    pub fn resource(&self) -> Result<Box<RawValue>, BadEntry> {
        #[derive(Deserialize)]
        struct Beside {
            resource: Box<RawValue>,
        }
        let body = inflate(&self.compressed, self.dictionary).map_err(|_| BadEntry)?;
        let beside: Beside = serde_json::from_slice(&body).map_err(|_| BadEntry)?;
        Ok(beside.resource)
    }

    /// Bytes of memory it holds.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + self.compressed.len() + self.title.len() + self.author.len() + 120
    }
}
