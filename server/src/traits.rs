//! Once after each start: traits of people who were imported before the registry kept them.

use std::time::Duration;

use access::App;
use account::fill_traits;

/// Between two batches, so that nobody waits for it.
const PAUSE: Duration = Duration::from_millis(200);
/// After a failure of the database.
const AGAIN: Duration = Duration::from_secs(60);

/// Goes through them until all that can be filled is.
pub async fn run(app: App) {
    loop {
        let each = |done: account::Filled| {
            tracing::info!(
                read = done.read,
                filled = done.filled,
                "traits of the registry"
            );
            tokio::time::sleep(PAUSE)
        };
        match fill_traits(&app.store, each).await {
            Ok(done) if done.unreadable == 0 => return,
            Ok(done) => {
                tracing::error!(rows = done.unreadable, "rows of the registry do not open");
                return;
            }
            Err(error) => tracing::error!(?error, "traits of the registry"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
