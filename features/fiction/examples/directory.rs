//! Writes an RPPS extraction of so many activities, to measure an import:
//! `cargo run -p fiction --example directory -- 2000000 > /tmp/rpps.txt`.

use std::{
    env,
    io::{self, BufWriter},
};

fn main() -> io::Result<()> {
    let count = env::args().nth(1).and_then(|count| count.parse().ok());
    let Some(count) = count else {
        eprintln!("usage: directory COUNT");
        return Ok(());
    };
    fiction::rpps(count, BufWriter::new(io::stdout().lock()))
}
