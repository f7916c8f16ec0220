//! `carnet import records` on a file made for it.

use std::{
    io::Cursor,
    time::{Duration, Instant},
};

use anyhow::bail;
use fiction::Doc;

use super::{
    meter::{Figures, Latencies, Meter},
    works::{Bench, Bodies, CREATED, NUMBER_OF, Template},
};

/// Documents of each person in the file, one after the other.
const EACH: usize = 20;

impl Bench<'_> {
    /// Documents with a small file inside, a line each, through every check of a deposit.
    pub async fn import(&self) -> anyhow::Result<Figures> {
        let file = self.file();
        let meter = Meter::start();
        let started = Instant::now();
        let reader = Cursor::new(file);
        let done = exchange::import(&self.world.app, "Banc d’essai", reader, |_| {}).await?;
        if done.refused > 0 {
            bail!("refused: {:?}", done.reasons.first());
        }
        let kept = usize::try_from(done.kept)?;
        let each = started.elapsed() / u32::try_from(kept.max(1))?;
        let latencies = Latencies(vec![each; kept]);
        let what = "import records: checks, file, resource, name; one line for a person's batch";
        let mut figures = meter.stop("import", what, latencies, Duration::ZERO);
        figures.aim = "≥ 15 000/s";
        figures.baseline = self.plain(&CREATED[..3], EACH)?;
        Ok(figures)
    }

    fn file(&self) -> Vec<u8> {
        let (staff, random) = (fiction::staff(), ambient::SeededRandom::new(19));
        let now = self.world.app.now();
        let mut file = Vec::new();
        for (at, guest) in self.guests().iter().enumerate() {
            let life = fiction::documents(&guest.person, &staff, &random, now);
            let Some(doc) = life.into_iter().find(|doc| !doc.by_holder()) else {
                continue;
            };
            let doc = Doc {
                media_type: "application/pdf",
                format: "urn:ihe:iti:xds-sd:pdf:2008",
                bytes: b"%PDF-1.4\n% fictif".to_vec(),
                unique_id: NUMBER_OF.to_owned(),
                replaces: None,
                flags: vec![],
                ..doc
            };
            let line = doc.to_pdsm_simplified(&guest.person).to_string();
            let bodies = Bodies(vec![Template::of(&line)]);
            for n in 0..EACH {
                file.extend(bodies.fresh("6", at, n));
                file.push(b'\n');
            }
        }
        file
    }
}
