//! The proof of a history: the lines that the viewer may know of, signed, to take home.

use std::{collections::HashMap, sync::Arc};

use vault::Shown;

use super::{Clearance, Plan, Refused};

impl Clearance<'_> {
    /// Makes a proof of all lines that the viewer may know of, oldest first; leaves a line of its
    /// own, which is not in it.
    ///
    /// What the viewer may not know of is as absent as from their history: no line, no count,
    /// no sequence number.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn prove(self) -> Result<String, Refused> {
        let mut lines = Vec::new();
        let mut walk = self.walk();
        while let Some((seq, trace)) = walk.next().await? {
            lines.push((seq, Arc::unwrap_or_clone(trace)));
        }
        let (gate, record) = (self.gate, self.record);
        let prints: HashMap<u64, _> = gate.opener.prints(record).await?.into_iter().collect();
        let shown: Vec<Shown> = lines
            .iter()
            .rev()
            .map(|(seq, trace)| Shown {
                value: serde_json::to_value(trace).expect("a line is JSON"),
                print: prints.get(seq).copied().unwrap_or_default(),
            })
            .collect();
        self.act::<_, Refused>(|_| Ok(Plan::new(()))).await?;
        let proof = gate.opener.prove(record, &shown, gate.clock.now()).await;
        proof.map_err(|error| Refused::Failed(error.into()))
    }
}
