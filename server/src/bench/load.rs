//! Clients that keep their connection and ask again as soon as they are answered.

use std::{
    future::Future,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use super::meter::{Latencies, thread_time};

/// How many clients, for how long.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Clients at once.
    pub clients: usize,
    /// How long new requests are made.
    pub time: Duration,
}

/// Writes the n-th request of a client into the buffer.
pub type Ask = Arc<dyn Fn(usize, usize, &mut Vec<u8>) + Send + Sync>;

impl Load {
    /// Asks over HTTP from one thread of its own; gives that thread's processor time too.
    ///
    /// # Errors
    /// When a connection breaks, or an answer is no success.
    pub async fn over_http(
        self,
        address: SocketAddr,
        ask: Ask,
    ) -> anyhow::Result<(Latencies, Duration)> {
        let thread = move || {
            let before = thread_time();
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let done = runtime.block_on(async move {
                let until = Instant::now() + self.time;
                let mut clients = JoinSet::new();
                for client in 0..self.clients {
                    clients.spawn(visit(address, client, Arc::clone(&ask), until));
                }
                gather(clients).await
            })?;
            Ok((done, thread_time().saturating_sub(before)))
        };
        tokio::task::spawn_blocking(thread).await?
    }

    /// Does a work in this process, as so many tasks at once.
    ///
    /// # Errors
    /// The first failure of the work.
    pub async fn in_process<F, W>(self, work: F) -> anyhow::Result<Latencies>
    where
        F: Fn(usize, usize) -> W + Clone + Send + 'static,
        W: Future<Output = anyhow::Result<()>> + Send,
    {
        let until = Instant::now() + self.time;
        let mut clients = JoinSet::new();
        for client in 0..self.clients {
            let work = work.clone();
            clients.spawn(async move {
                let mut times = Vec::new();
                let mut at = Instant::now();
                while times.is_empty() || at < until {
                    work(client, times.len()).await?;
                    let now = Instant::now();
                    times.push(now - at);
                    at = now;
                }
                Ok(times)
            });
        }
        gather(clients).await
    }
}

async fn gather(mut clients: JoinSet<anyhow::Result<Vec<Duration>>>) -> anyhow::Result<Latencies> {
    let mut all = Vec::new();
    while let Some(times) = clients.join_next().await {
        all.extend(times??);
    }
    Ok(Latencies(all))
}

async fn visit(
    address: SocketAddr,
    client: usize,
    ask: Ask,
    until: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut request, mut answer, mut times) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = Instant::now();
    while times.is_empty() || at < until {
        request.clear();
        ask(client, times.len(), &mut request);
        stream.write_all(&request).await?;
        take_answer(&mut stream, &mut answer).await?;
        let now = Instant::now();
        times.push(now - at);
        at = now;
    }
    Ok(times)
}

/// Reads one answer with a known length.
async fn take_answer(stream: &mut TcpStream, answer: &mut Vec<u8>) -> anyhow::Result<()> {
    answer.clear();
    let head = loop {
        if stream.read_buf(answer).await? == 0 {
            bail!("the server closed the connection");
        }
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = std::str::from_utf8(&answer[..head]).context("an answer that is not HTTP")?;
    let status = text.split(' ').nth(1).unwrap_or_default().to_owned();
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let length = name.eq_ignore_ascii_case("content-length");
        length.then(|| value.trim().parse::<usize>().ok())?
    });
    let whole = head + length.unwrap_or(0);
    while answer.len() < whole {
        if stream.read_buf(answer).await? == 0 {
            bail!("the server closed the connection");
        }
    }
    if !status.starts_with('2') {
        let body = String::from_utf8_lossy(answer.get(head..).unwrap_or_default());
        bail!("answered {status}: {body}");
    }
    Ok(())
}
