use std::{error::Error, fmt, io::ErrorKind};

/// The disk is full: nothing of what was asked was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSpace;

impl fmt::Display for NoSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no space is left on the disk")
    }
}

impl Error for NoSpace {}

impl NoSpace {
    /// Whether a full disk, or a quota that is used up, is what caused an error.
    pub fn caused(error: &(dyn Error + 'static)) -> bool {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if error.is::<Self>() || error.downcast_ref().is_some_and(is_full) {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

/// An error of the system, or what another one was wrapped in.
fn is_full(error: &std::io::Error) -> bool {
    let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded];
    let wrapped = error.get_ref();
    full.contains(&error.kind()) || wrapped.is_some_and(|inner| NoSpace::caused(inner))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_full_disk_is_found_behind_other_errors() {
        assert!(NoSpace::caused(&io::Error::other(NoSpace)));
        assert!(NoSpace::caused(&io::Error::from(ErrorKind::StorageFull)));
        assert!(!NoSpace::caused(&io::Error::from(ErrorKind::NotFound)));
    }
}
