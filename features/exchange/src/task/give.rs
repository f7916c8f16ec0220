//! The work that puts a document that was set aside into the record that its depositor named.

use std::sync::Arc;

use access::{Acting, App, Authenticated, Depositor, Level, Viewer, aside::Owner};
use ambient::Id;
use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{With, store::NewJob};

use crate::bearer::{Software, account};

/// The name of the job.
pub const GIVE: &str = "give to the right person";

#[derive(Debug, Serialize, Deserialize)]
struct Giving {
    depositor: Depositor,
    operation: Id,
}

/// That work, to be enqueued with the name of the person.
pub(super) fn giving(app: &App, software: &Software, operation: Id, now: Timestamp) -> With {
    let giving = Giving {
        depositor: Depositor::clone(&software.depositor),
        operation,
    };
    app.store.enqueue(NewJob {
        name: GIVE,
        // Another person may be named when the first one's space takes nothing.
        dedup: None,
        due: now,
        payload: serde_json::to_vec(&giving).expect("names are JSON"),
    })
}

/// Does the job [`GIVE`]; twice is once.
///
/// # Errors
/// When a record does not open or a store fails.
pub async fn give(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let giving: Giving = serde_json::from_slice(payload).context("a document")?;
    let client = giving.depositor.client_id.clone();
    let viewer = Viewer {
        account: account(app, &client),
        acting: Acting::Depositor(Arc::new(giving.depositor)),
        authenticated: Authenticated {
            level: Level::Machine,
            at: app.now(),
        },
    };
    let owner = Owner::Software(client);
    let given = documents::astray::give(app, &viewer, &owner, giving.operation);
    given.await.map(drop)
}
