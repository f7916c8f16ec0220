//! Messages that would have left.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use access::{Channel, Gone, Message, Post};
use ambient::Clock;
use jiff::Timestamp;
use push::{Subscription, Vapid};

/// How many messages are kept.
const KEPT: usize = 200;

/// Keeps messages instead of sending them.
#[derive(Clone)]
pub struct Outbox {
    clock: Arc<dyn Clock>,
    kept: Arc<Mutex<Vec<(Timestamp, Message)>>>,
    gone: Arc<Mutex<Vec<String>>>,
    vapid: Arc<Vapid>,
}

impl Outbox {
    /// An empty outbox.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            kept: Arc::default(),
            gone: Arc::default(),
            // Nothing is sent with it.
            vapid: Arc::new(Vapid::of(&[7; 32]).expect("a key")),
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

    /// From now on nobody is at that endpoint, as a push service says of a browser that is gone.
    pub fn lose(&self, endpoint: &str) {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        gone.push(endpoint.to_owned());
    }

    fn is_lost(&self, message: &Message) -> bool {
        let to = serde_json::from_str::<Subscription>(&message.to);
        let gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        to.is_ok_and(|to| gone.contains(&to.endpoint))
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
            if message.channel == Channel::Push && self.is_lost(&message) {
                return Err(Gone.into());
            }
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push((self.clock.now(), message));
            Ok(())
        })
    }

    fn push_key(&self) -> Option<&str> {
        Some(self.vapid.public())
    }

    fn reaches(&self, to: &Subscription) -> bool {
        to.endpoint.starts_with("https://")
    }
}
