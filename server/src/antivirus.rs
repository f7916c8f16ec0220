//! Has a ClamAV daemon examine files (`antivirus.clamd`): its `INSTREAM` command, over TCP or a
//! socket of this machine. The file travels as it is: that link is the operator's to keep inside.

use std::{future::Future, path::PathBuf, pin::Pin, time::Duration};

use access::{Antivirus, Verdict};
use anyhow::{Context, bail};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use crate::settings::Settings;

/// What every antivirus calls harmful, for trying whether one works; harmless.
pub const EICAR: &str = concat!(
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$",
    "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
);

/// How long a file may take: what takes longer is not known to be clean.
const WITHIN: Duration = Duration::from_secs(20);
/// Bytes of a file that are sent at once.
const CHUNK: usize = 64 * 1024;
/// Bytes of an answer that are read.
const ANSWER: u64 = 1_000;

/// A ClamAV daemon.
#[derive(Debug)]
pub struct Clamd {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Host(String),
    Socket(PathBuf),
}

impl Clamd {
    /// The one of the settings.
    pub fn of(settings: &Settings) -> Option<Self> {
        let place = match settings.get("antivirus.clamd") {
            "" => return None,
            path if path.starts_with('/') => Place::Socket(path.into()),
            host => Place::Host(host.to_owned()),
        };
        Some(Self { place })
    }

    async fn ask(&self, bytes: &[u8]) -> anyhow::Result<Verdict> {
        match &self.place {
            Place::Host(host) => converse(TcpStream::connect(host).await?, bytes).await,
            Place::Socket(path) => converse(UnixStream::connect(path).await?, bytes).await,
        }
    }
}

impl Antivirus for Clamd {
    fn examine<'a>(
        &'a self,
        bytes: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Verdict>> + Send + 'a>> {
        Box::pin(async {
            let asked = timeout(WITHIN, self.ask(bytes)).await;
            asked.context("it is too slow")?.context("ClamAV")
        })
    }
}

/// Sends the file in chunks, each after its length, and an empty one; reads what is said of it.
async fn converse(
    mut clamd: impl AsyncRead + AsyncWrite + Unpin,
    bytes: &[u8],
) -> anyhow::Result<Verdict> {
    clamd.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        clamd.write_u32(u32::try_from(chunk.len())?).await?;
        clamd.write_all(chunk).await?;
    }
    clamd.write_u32(0).await?;
    let mut said = String::new();
    clamd.take(ANSWER).read_to_string(&mut said).await?;
    // « stream: OK », « stream: NAME FOUND », « … ERROR ».
    match said.trim_end_matches('\0').rsplit(' ').next() {
        Some("OK") => Ok(Verdict::Clean),
        Some("FOUND") => Ok(Verdict::Infected),
        _ => bail!("it could not examine a file"),
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// A daemon that answers one question, and says what it was sent.
    async fn daemon(answer: &'static [u8]) -> (Clamd, tokio::task::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let place = Place::Host(listener.local_addr().expect("an address").to_string());
        let served = tokio::spawn(async move {
            let (mut guest, _) = listener.accept().await.expect("a guest");
            let mut command = [0; 10];
            guest.read_exact(&mut command).await.expect("a command");
            assert_eq!(&command, b"zINSTREAM\0");
            let mut sent = Vec::new();
            loop {
                let length = guest.read_u32().await.expect("a length");
                if length == 0 {
                    break;
                }
                let at = sent.len();
                sent.resize(at + length as usize, 0);
                guest.read_exact(&mut sent[at..]).await.expect("a chunk");
            }
            guest.write_all(answer).await.expect("said");
            sent
        });
        (Clamd { place }, served)
    }

    #[tokio::test]
    async fn a_file_is_sent_whole_and_what_is_said_of_it_is_understood() {
        let file: Vec<u8> = (0..150_000_u32).map(|n| (n % 251) as u8).collect();
        let said: [(&[u8], Option<Verdict>); 5] = [
            (b"stream: OK\0", Some(Verdict::Clean)),
            (b"stream: Eicar-Signature FOUND\0", Some(Verdict::Infected)),
            (b"INSTREAM size limit exceeded. ERROR\0", None),
            (b"", None),
            (b"\xff\xfe", None),
        ];
        for (answer, verdict) in said {
            let (clamd, served) = daemon(answer).await;
            assert_eq!(clamd.examine(&file).await.ok(), verdict, "{answer:?}");
            assert_eq!(served.await.expect("served"), file);
        }
    }

    #[tokio::test]
    async fn a_daemon_that_is_not_there_is_an_error() {
        let place = Place::Socket("/nowhere/clamd.ctl".into());
        assert!(Clamd { place }.examine(b"a file").await.is_err());
    }
}
