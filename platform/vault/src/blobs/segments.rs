//! Files in a folder: appended to *segments*, with one sync for all that were waiting.
//!
//! One thread writes. While it waits for the disk others queue, and the next
//! group is theirs: no timer. A file's place (segment, offset) is its name, so
//! that nothing but the entry that names it needs to be kept, and after a crash
//! there is nothing to repair: bytes that no entry names are noise, and the
//! next ones go behind them.
//!
//! A segment belongs to one process, by a lock on it: servers may share a folder.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    ops::Range,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    thread::JoinHandle,
};

use ambient::Id;
use rustix::{
    fs::{FallocateFlags, fallocate},
    io::Errno,
};
use tokio::sync::{mpsc, oneshot};

use super::BlobError;

/// A segment that is longer takes no more.
const FULL: u64 = 1 << 30;
/// About how many bytes share one sync at the most.
const GROUP: usize = 16 << 20;
/// How many files may wait before callers wait too.
const QUEUE: usize = 256;

/// A folder of segments.
#[derive(Debug)]
pub(super) struct Segments {
    folder: PathBuf,
    waiting: Option<mpsc::Sender<Write>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Write {
    sealed: Vec<u8>,
    reply: oneshot::Sender<Result<Id, BlobError>>,
}

impl Segments {
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        sync_folder(folder)?;
        // Its own name, too.
        folder.parent().map_or(Ok(()), sync_folder)?;
        let (waiting, queue) = mpsc::channel(QUEUE);
        let writer = Writer {
            folder: folder.to_owned(),
            segment: None,
        };
        let thread = std::thread::Builder::new()
            .name("files".to_owned())
            .spawn(move || writer.run(queue))?;
        Ok(Self {
            folder: folder.to_owned(),
            waiting: Some(waiting),
            thread: Some(thread),
        })
    }

    /// Appends; durable when this returns.
    pub async fn put(&self, sealed: Vec<u8>) -> Result<Id, BlobError> {
        let (reply, answer) = oneshot::channel();
        let waiting = self.waiting.as_ref().ok_or(BlobError::Closed)?;
        let sent = waiting.send(Write { sealed, reply }).await;
        sent.map_err(|_| BlobError::Closed)?;
        answer.await.map_err(|_| BlobError::Closed)?
    }

    pub fn read(&self, id: Id, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let place = Place::of(id);
        let length = usize::try_from(range.end - range.start).map_err(|_| BlobError::Damaged)?;
        let start = place.offset.checked_add(range.start);
        let read = File::open(path(&self.folder, place.segment)).and_then(|file| {
            let mut bytes = vec![0; length];
            let start = start.ok_or(ErrorKind::UnexpectedEof)?;
            file.read_exact_at(&mut bytes, start).map(|()| bytes)
        });
        read.map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::UnexpectedEof => BlobError::Damaged,
            _ => error.into(),
        })
    }

    /// Gives the bytes back to the disk, or writes zeroes over them where it takes none back.
    pub fn erase(&self, id: Id, length: u64) -> Result<(), BlobError> {
        let Place { segment, offset } = Place::of(id);
        if length == 0 {
            return Ok(());
        }
        let file = match fs::OpenOptions::new()
            .write(true)
            .open(path(&self.folder, segment))
        {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            file => file?,
        };
        let hole = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
        match fallocate(&file, hole, offset, length) {
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => overwrite(&file, offset, length)?,
            done => done.map_err(io::Error::from)?,
        }
        Ok(file.sync_data()?)
    }
}

impl Drop for Segments {
    /// Waits for what was accepted to be written.
    fn drop(&mut self) {
        self.waiting = None;
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has already refused its callers.
            let _ = thread.join();
        }
    }
}

/// Where a file lies; its name is these two numbers.
#[derive(Clone, Copy)]
struct Place {
    segment: u64,
    offset: u64,
}

impl Place {
    fn of(id: Id) -> Self {
        let number = u128::from_be_bytes(id.0);
        let [segment, offset] = [number >> 64, number & u128::from(u64::MAX)];
        let half = |part| u64::try_from(part).expect("half of 128 bits");
        Self {
            segment: half(segment),
            offset: half(offset),
        }
    }

    fn id(self) -> Id {
        let number = u128::from(self.segment) << 64 | u128::from(self.offset);
        Id(number.to_be_bytes())
    }
}

struct Writer {
    folder: PathBuf,
    segment: Option<Segment>,
}

/// A segment that this process writes to.
struct Segment {
    number: u64,
    file: File,
    end: u64,
}

impl Writer {
    fn run(mut self, mut queue: mpsc::Receiver<Write>) {
        while let Some(first) = queue.blocking_recv() {
            let mut bytes = first.sealed.len();
            let mut group = vec![first];
            while bytes < GROUP
                && let Ok(next) = queue.try_recv()
            {
                bytes += next.sealed.len();
                group.push(next);
            }
            let written = self.write(&group);
            if written.is_err() {
                // What is in the file now is anybody's guess: go on behind it.
                self.segment = None;
            }
            for (at, write) in group.into_iter().enumerate() {
                let answer = match &written {
                    Ok(ids) => Ok(ids[at]),
                    Err(error) => Err(io::Error::new(error.kind(), error.to_string()).into()),
                };
                // A caller that went away gets no answer; what it wrote is noise.
                drop(write.reply.send(answer));
            }
        }
    }

    fn write(&mut self, group: &[Write]) -> io::Result<Vec<Id>> {
        let segment = match self.segment.take() {
            Some(segment) if segment.end < FULL => segment,
            _ => Segment::take(&self.folder)?,
        };
        let segment = self.segment.insert(segment);
        let mut ids = Vec::with_capacity(group.len());
        for write in group {
            segment.file.write_all_at(&write.sealed, segment.end)?;
            let place = Place {
                segment: segment.number,
                offset: segment.end,
            };
            ids.push(place.id());
            segment.end += write.sealed.len() as u64;
        }
        segment.file.sync_data()?;
        Ok(ids)
    }
}

impl Segment {
    /// The newest segment that nobody writes to and that is not full, or a new one.
    fn take(folder: &Path) -> io::Result<Self> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix("segment-"));
            numbers.extend(number.and_then(|number| u64::from_str_radix(number, 16).ok()));
        }
        numbers.sort_unstable();
        for number in numbers.iter().rev() {
            let path = path(folder, *number);
            let file = fs::OpenOptions::new().write(true).open(path)?;
            if file.try_lock().is_ok() {
                let end = file.metadata()?.len();
                if end < FULL {
                    return Ok(Self {
                        number: *number,
                        file,
                        end,
                    });
                }
            }
        }
        Self::make(folder, numbers.last().map_or(1, |last| last + 1))
    }

    fn make(folder: &Path, first: u64) -> io::Result<Self> {
        for number in first.. {
            let mut options = fs::OpenOptions::new();
            let options = options.write(true).create_new(true);
            let file = match options.open(path(folder, number)) {
                // Another server was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            if file.try_lock().is_err() {
                continue;
            }
            file.sync_all()?;
            // The name is durable only once its folder is.
            sync_folder(folder)?;
            return Ok(Self {
                number,
                file,
                end: 0,
            });
        }
        Err(ErrorKind::StorageFull.into())
    }
}

fn path(folder: &Path, segment: u64) -> PathBuf {
    folder.join(format!("segment-{segment:08x}"))
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    match folder.as_os_str().is_empty() {
        true => Ok(()),
        false => File::open(folder)?.sync_all(),
    }
}

fn overwrite(file: &File, mut offset: u64, mut length: u64) -> io::Result<()> {
    let zeroes = [0; 4096];
    while length > 0 {
        let some = length.min(zeroes.len() as u64);
        let few = usize::try_from(some).expect("a page at the most");
        file.write_all_at(&zeroes[..few], offset)?;
        offset += some;
        length -= some;
    }
    Ok(())
}
