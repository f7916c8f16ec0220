//! A process that writes and says what was acknowledged: others watch it, or kill it.
//!
//! It is this very test program, started again for the one test here.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use super::*;
use jiff::{SignedDuration, Timestamp};
use vault::store::{NewInsured, NewJob};

/// Where the child works; how it works; what it begins with.
const FOLDER: &str = "CARNET_TEST_CHILD";
const WORK: &str = "CARNET_TEST_CHILD_WORK";
const FROM: &str = "CARNET_TEST_CHILD_FROM";

pub const NOTE: Kind = Kind(1);
const WORKERS: usize = 8;

#[expect(clippy::disallowed_methods, reason = "how a test speaks to its child")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A command that starts a child on a folder.
pub fn command(folder: &Folder, work: &str, from: u32) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["child::works", "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, &folder.path)
        .env(WORK, work)
        .env(FROM, from.to_string());
    command
}

/// Starts one; what it says comes line by line.
pub fn start_child(folder: &Folder, from: u32) -> (Child, BufReader<ChildStdout>) {
    let mut child = command(folder, "busy", from)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let said = child.stdout.take().expect("piped");
    (child, BufReader::new(said))
}

/// The lines that are for the parent, as words; the test program says other things too.
pub fn said(lines: impl BufRead) -> Vec<(String, u32)> {
    let lines = lines.lines().map_while(Result::ok);
    let words = lines.filter_map(|line| {
        let at = ["ack ", "trying ", "done "].map(|word| line.find(word));
        let at = at.into_iter().flatten().min()?;
        let (word, n) = line[at..].split_once(' ')?;
        Some((word.to_owned(), n.parse().ok()?))
    });
    words.collect()
}

/// One write to the pipe, so that a line is whole or absent.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| out.flush())
        .expect("the parent listens");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by other tests"]
async fn works() {
    let (Some(folder), Some(work), Some(from)) = (told(FOLDER), told(WORK), told(FROM)) else {
        return;
    };
    let from = from.parse().expect("a number");
    let folder = Folder::given(folder.into(), u64::from(from) + 1_000_000);
    let (store, opener) = folder.start();
    match work.as_str() {
        "busy" => busy(Arc::new((store, opener)), from).await,
        _ => one_by_one(&store, &opener).await,
    }
}

/// Each way to write, one after the other.
async fn one_by_one(store: &Store, opener: &Opener) {
    let record = opener.create(1).await.expect("made")[0];
    say("ack record");
    let with = async |drafts, with| {
        let done = opener.append(record, drafts, None, with).await;
        done.expect("appended");
    };
    for round in 0..3_u8 {
        with(vec![note(round, "un")], With::nothing()).await;
        say("ack entry");
        with(vec![trace(round)], With::nothing()).await;
        say("ack trace");
        let beside = store
            .claim("Document", &format!("urn:oid:{round}"), record)
            .and(job(store, round.into()));
        with(vec![note(100 + round, "deux"), trace(round)], beside).await;
        say("ack entry with its name and its job");
        with(vec![policy(round)], With::nothing()).await;
        say("ack policy");
        let blob = opener
            .put_blob(bytes(1 + u32::from(round)))
            .await
            .expect("written");
        say("ack file");
        opener.delete_blob(&blob).await.expect("erased");
        say("ack erased file");
        store
            .apply(job(store, 100 + u32::from(round)))
            .await
            .expect("enqueued");
        say("ack job");
        let now = at(0);
        let jobs = store.claim_jobs(now, SignedDuration::from_mins(1), 1).await;
        say("ack claimed job");
        store
            .job_done(&jobs.expect("claimed")[0])
            .await
            .expect("done");
        say("ack done job");
        let row = NewInsured {
            number: format!("{round:015}"),
            card: "1".to_owned(),
            body: b"traits".to_vec(),
            traits: Some(format!("{round}")),
        };
        store.put_insured(&[row]).await.expect("imported");
        say("ack registry");
        let token = [round];
        let begun = store.start_session(&token, Id([1; 16]), now, at(900), b"one");
        begun.await.expect("begun");
        say("ack session");
        opener.create(1).await.expect("made");
        say("ack another record");
    }
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).expect("an instant")
}

/// What thing number `n` is called.
pub fn id(n: u32) -> Id {
    Id(u128::from(n).to_be_bytes())
}

/// The bytes of file number `n`: up to three chunks.
pub fn bytes(n: u32) -> Vec<u8> {
    let length = n.wrapping_mul(7919) % 150_000;
    (0..length).map(|at| (at ^ n).to_le_bytes()[0]).collect()
}

fn job(store: &Store, n: u32) -> With {
    store.enqueue(NewJob {
        name: "tell",
        dedup: Some(&n.to_be_bytes()),
        due: at(0),
        payload: n.to_be_bytes().to_vec(),
    })
}

fn policy(n: u8) -> Draft {
    Draft::new(Volume::Policy, Kind(3), Id([n; 16]), b"not them".to_vec())
}

/// Writes as much as it can until it is killed.
async fn busy(house: Arc<(Store, Opener)>, from: u32) {
    let records = house.1.records().await.expect("records");
    let next = Arc::new(AtomicU32::new(from));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..WORKERS {
        let (house, next, records) = (Arc::clone(&house), Arc::clone(&next), records.clone());
        workers.spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let record = records[n as usize % records.len()];
                if write(&house, record, n).await.is_none() {
                    break;
                }
            }
        });
    }
    workers.join_all().await;
}

/// What number `n` writes: a document, a line, a change of policy, or a job done.
async fn write((store, opener): &(Store, Opener), record: RecordId, n: u32) -> Option<()> {
    let line = Draft::new(Volume::Journal, Kind(2), id(n), b"looked".to_vec());
    let (drafts, with) = match n / 4 % 4 {
        0 => {
            let blob = opener.put_blob(bytes(n)).await.ok()?;
            let body = serde_json::to_vec(&blob).expect("JSON");
            let note = Draft::new(Volume::Clinical, NOTE, id(n), body);
            let name = store.claim("Document", &n.to_string(), record);
            (vec![note, line], name.and(job(store, n)))
        }
        1 => (vec![line], With::nothing()),
        2 => {
            let block = Draft::new(Volume::Policy, Kind(3), id(n), b"not them".to_vec());
            (vec![block, line], With::nothing())
        }
        _ => {
            let lease = SignedDuration::from_mins(1);
            let claimed = store.claim_jobs(at(0), lease, 1).await.ok()?;
            for job in claimed {
                let n = u32::from_be_bytes(job.payload.as_slice().try_into().expect("a number"));
                say(&format!("trying {n}"));
                store.job_done(&job).await.ok()?;
                say(&format!("done {n}"));
            }
            return Some(());
        }
    };
    opener.append(record, drafts, None, with).await.ok()?;
    say(&format!("ack {n}"));
    Some(())
}
