//! Packs the journal from time to time, so that a start reads a short tail.

use std::time::Duration;

use access::App;

const EVERY: Duration = Duration::from_secs(10);
/// Lines that a start may read and count: some 30 ms.
const KEPT: usize = 20_000;

/// Packs until the task is dropped.
pub async fn run(app: App) {
    loop {
        tokio::time::sleep(EVERY).await;
        match app.gate.pack(KEPT).await {
            Ok(packed) if packed.lines + packed.left == 0 => {}
            Ok(packed) => tracing::info!(lines = packed.lines, left = packed.left, "packed"),
            Err(error) => tracing::error!(?error, "packing the journal"),
        }
    }
}
