//! Viewers of images that the installation trusts: by the host that keeps the images, where people
//! see them. An address that a document brings is never followed, only its host is looked up.

/// The viewers (setting `imaging.viewers`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageViewers(Vec<(String, String)>);

/// What stands for the number of the study in the address of a viewer.
const STUDY: &str = "{study}";

impl ImageViewers {
    /// One viewer, of a demonstration, whose address may be any.
    pub fn of_demo(host: &str, address: String) -> Self {
        Self(vec![(host.to_owned(), address)])
    }

    /// Reads « host=https://viewer/{study} », separated by commas.
    ///
    /// # Errors
    /// Which of them is wrong, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        let all = text.split(',').map(str::trim);
        let all = all.filter(|one| !one.is_empty()).map(|one| {
            let (host, address) = one
                .split_once('=')
                .ok_or_else(|| format!("« {one} »: a host, =, and the address of its viewer"))?;
            let named = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
            if host.is_empty() || !host.chars().all(named) {
                return Err(format!("« {host} » is no host"));
            }
            let sound = address.starts_with("https://") && address.matches(STUDY).count() == 1;
            match sound {
                true => Ok((host.to_ascii_lowercase(), address.to_owned())),
                false => Err(format!("« {address} »: https://, and {STUDY} once")),
            }
        });
        Ok(Self(all.collect::<Result<_, _>>()?))
    }

    /// Where a study that is kept at a host is seen; `None` when nobody here trusts one for it, or
    /// the number of the study is none.
    pub fn address(&self, host: &str, study: &str) -> Option<String> {
        let sound = |c: char| c.is_ascii_digit() || c == '.';
        if study.is_empty() || !study.chars().all(sound) {
            return None;
        }
        let host = host.to_ascii_lowercase();
        let (_, address) = self.0.iter().find(|(known, _)| *known == host)?;
        Some(address.replace(STUDY, study))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_is_seen_where_the_installation_says_and_nowhere_else() {
        let viewers = ImageViewers::read(
            "pacs.port.fr=https://voir.port.fr/?etude={study}, pacs.parc.fr:8443=https://parc.fr/{study}/voir",
        )
        .expect("read");
        let address = |host, study| viewers.address(host, study);
        let port = Some("https://voir.port.fr/?etude=1.2.3".to_owned());
        assert_eq!(address("PACS.port.fr", "1.2.3"), port);
        assert_eq!(
            address("pacs.parc.fr:8443", "1.2"),
            Some("https://parc.fr/1.2/voir".to_owned())
        );
        for (host, study) in [
            ("pacs.parc.fr", "1.2"),
            ("voir.port.fr", "1.2"),
            ("", "1.2"),
            ("pacs.port.fr", ""),
            ("pacs.port.fr", "1.2&x=<b>"),
        ] {
            assert_eq!(address(host, study), None, "{host} {study}");
        }
        assert_eq!(ImageViewers::read(" , "), Ok(ImageViewers::default()));
        for wrong in [
            "pacs.port.fr",
            "=https://x/{study}",
            "pacs=http://x/{study}",
            "pacs=javascript:{study}",
            "pacs=https://x/",
            "a b=https://x/{study}",
        ] {
            assert!(ImageViewers::read(wrong).is_err(), "{wrong}");
        }
    }
}
