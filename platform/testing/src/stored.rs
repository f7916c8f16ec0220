use std::path::Path;

/// A stretch of zeroes this long was erased, or never written: sealed bytes look random.
const GONE: usize = 8;

/// How many bytes of sealed files a folder holds, without those that were erased.
///
/// # Panics
/// When the folder cannot be read.
pub fn stored_bytes(folder: &Path) -> usize {
    let inside = std::fs::read_dir(folder).expect("a folder").flatten();
    inside
        .map(|entry| match entry.path() {
            path if path.is_dir() => stored_bytes(&path),
            path => kept(&std::fs::read(path).expect("a file")),
        })
        .sum()
}

fn kept(bytes: &[u8]) -> usize {
    let mut gone = 0;
    let mut run = 0;
    for byte in bytes.iter().chain(&[1]) {
        if *byte == 0 {
            run += 1;
        } else {
            gone += if run >= GONE { run } else { 0 };
            run = 0;
        }
    }
    bytes.len() - gone
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn erased_stretches_do_not_count() {
        assert_eq!(kept(b""), 0);
        assert_eq!(kept(&[0; 20]), 0);
        assert_eq!(kept(&[1, 0, 0, 2]), 4);
        assert_eq!(kept(&[&[7; 5][..], &[0; 9], &[7; 5]].concat()), 10);
    }
}
