//! What every feature works with: one value, shared by all requests.

use std::sync::Arc;

use ambient::{Clock, Random};
use jiff::Timestamp;
use vault::Store;
use web::Site;

use crate::{Gate, Limits, Post, Scribe};

/// The running installation.
pub struct Carnet {
    /// Pages: texts, origin, cookies.
    pub site: Arc<Site>,
    /// Index tables.
    pub store: Arc<Store>,
    /// The way into records.
    pub gate: Gate,
    /// Takes messages out of the house.
    pub post: Arc<dyn Post>,
    /// Reads the text of files, apart.
    pub scribe: Arc<dyn Scribe>,
    /// Numbers.
    pub limits: Limits,
}

/// Shared by all requests.
pub type App = Arc<Carnet>;

impl Carnet {
    /// The current instant.
    pub fn now(&self) -> Timestamp {
        self.site.clock.now()
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.site.clock
    }

    /// Random bytes.
    pub fn random(&self) -> &dyn Random {
        &*self.site.random
    }
}
