//! Messages that would have left.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use access::{Message, Post};
use ambient::Clock;
use jiff::Timestamp;

/// How many messages are kept.
const KEPT: usize = 200;

/// Keeps messages instead of sending them.
#[derive(Clone)]
pub struct Outbox {
    clock: Arc<dyn Clock>,
    kept: Arc<Mutex<Vec<(Timestamp, Message)>>>,
}

impl Outbox {
    /// An empty outbox.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            kept: Arc::default(),
        }
    }

    /// The messages, newest first.
    pub fn messages(&self) -> Vec<(Timestamp, Message)> {
        let mut all = self
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        all.reverse();
        all
    }

    /// The newest message to an address.
    pub fn last_to(&self, to: &str) -> Option<Message> {
        self.messages()
            .into_iter()
            .map(|(_, message)| message)
            .find(|message| message.to == to)
    }

    /// Forgets everything: what was only needed to set the demo up.
    pub fn clear(&self) {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Post for Outbox {
    fn send(
        &self,
        message: Message,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(async move {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push((self.clock.now(), message));
            Ok(())
        })
    }
}
