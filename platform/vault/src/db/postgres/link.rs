//! One connection: prepared statements, and questions sent together.

use std::{collections::HashMap, pin::Pin, task::Poll};

use tokio_postgres::{Client, Config, Error, NoTls, Row, Statement, types::ToSql};

/// Durability is what this server promises its callers, whatever the default of the database; a
/// stalled server must not keep the others waiting for its locks.
const SESSION: &str = "\
    SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') IN ('off', 'local'); \
    SET idle_in_transaction_session_timeout = '15s'; \
    SET client_min_messages = 'warning'";

/// A statement and what fills its places.
pub(in crate::db) type Question<'a> = (&'static str, Vec<&'a (dyn ToSql + Sync)>);

pub(in crate::db) struct Link {
    pub client: Client,
    prepared: HashMap<&'static str, Statement>,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link")
    }
}

impl Link {
    /// Connects; to be called on the runtime that drives the connection.
    pub async fn open(config: &Config) -> Result<Self, Error> {
        let (client, connection) = config.connect(NoTls).await?;
        // It ends with the client; what goes wrong before is told to who waits for an answer.
        tokio::spawn(async move { drop(connection.await) });
        client.batch_execute(SESSION).await?;
        Ok(Self {
            client,
            prepared: HashMap::new(),
        })
    }

    /// The rows that answer each question.
    pub async fn rows(&mut self, questions: &[Question<'_>]) -> Result<Vec<Vec<Row>>, Error> {
        self.prepare(questions).await?;
        let asked = questions
            .iter()
            .map(|(sql, params)| self.client.query(&self.prepared[sql], params));
        together(asked).await.into_iter().collect()
    }

    /// How many rows each statement touched.
    pub async fn run(&mut self, questions: &[Question<'_>]) -> Result<Vec<u64>, Error> {
        self.prepare(questions).await?;
        let asked = questions
            .iter()
            .map(|(sql, params)| self.client.execute(&self.prepared[sql], params));
        together(asked).await.into_iter().collect()
    }

    async fn prepare(&mut self, questions: &[Question<'_>]) -> Result<(), Error> {
        for (sql, _) in questions {
            if !self.prepared.contains_key(sql) {
                let statement = self.client.prepare(&numbered(sql)).await?;
                self.prepared.insert(sql, statement);
            }
        }
        Ok(())
    }
}

/// Places are written `?1` in our statements, `$1` in PostgreSQL's.
pub(super) fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

/// Sends every question before waiting for an answer: answers come in the order of questions.
///
/// When one fails inside a transaction, those after it fail because of it: the first error counts.
async fn together<F: Future>(questions: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut asked = Vec::new();
    for question in questions {
        let mut question = Box::pin(question);
        let early = once(question.as_mut()).await;
        asked.push((question, early));
    }
    let mut answers = Vec::with_capacity(asked.len());
    for (question, early) in asked {
        answers.push(match early {
            Some(answer) => answer,
            None => question.await,
        });
    }
    answers
}

/// Polls once: that is when the client sends.
async fn once<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        Poll::Ready(match future.as_mut().poll(context) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        })
    })
    .await
}
