//! The connections that read: a few, kept, and opened anew when one has failed.

use std::sync::{Mutex, PoisonError};

use tokio::{runtime::Handle, sync::Semaphore};
use tokio_postgres::{Config, Error};

use super::{DbError, Link, Row, Value, is_passing, row};

const READERS: usize = 4;

#[derive(Debug)]
pub(super) struct Readers {
    config: Config,
    /// Drives the connections.
    runtime: Handle,
    seats: Semaphore,
    idle: Mutex<Vec<Link>>,
}

impl Readers {
    pub fn new(config: Config, runtime: Handle) -> Self {
        Self {
            config,
            runtime,
            seats: Semaphore::new(READERS),
            idle: Mutex::default(),
        }
    }

    /// Asks on one connection, all questions at once.
    pub async fn ask(
        &self,
        questions: &[(&'static str, &[Value])],
    ) -> Result<Vec<Vec<Row>>, DbError> {
        let _seat = self.seats.acquire().await.map_err(|_| DbError::Closed)?;
        let idle = self.idle().pop();
        if let Some(link) = idle {
            match self.ask_on(link, questions).await {
                // It had died while nobody asked: a read may be asked twice.
                Err(error) if is_passing(&error) => {}
                answer => return Ok(answer?),
            }
        }
        let config = self.config.clone();
        let opened = self.runtime.spawn(async move { Link::open(&config).await });
        let link = opened.await.map_err(|_| DbError::Closed)??;
        Ok(self.ask_on(link, questions).await?)
    }

    /// A link that failed, or whose asker went away, is not used again.
    async fn ask_on(
        &self,
        mut link: Link,
        questions: &[(&'static str, &[Value])],
    ) -> Result<Vec<Vec<Row>>, Error> {
        let questions: Vec<_> = questions
            .iter()
            .map(|(sql, params)| (*sql, params.iter().map(|value| value as _).collect()))
            .collect();
        let answers = link.rows(&questions).await?;
        self.idle().push(link);
        answers
            .iter()
            .map(|rows| rows.iter().map(row).collect())
            .collect()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
