//! The public directory of professionals and facilities, in clear: it is about nobody's health.
//!
//! An extraction is written beside the one in use and takes its place in one transaction. Who is
//! not in it any more is carried over as inactive. What was read of the file is noted with each
//! batch, so that an import that was stopped goes on where it was.

use super::Store;
use crate::db::{DbError, Row, Statements, Step, Value};

const STATE: &str = "SELECT current, building, file, position, line FROM directory_source \
    WHERE source = ?1";
const BEGIN: &str = "INSERT INTO directory_source (source, current, building, file, position, line) \
    VALUES (?1, 0, ?2, ?3, 0, 0) ON CONFLICT (source) DO UPDATE \
    SET building = excluded.building, file = excluded.file, position = 0, line = 0";
const ADVANCE: &str = "UPDATE directory_source SET position = ?3, line = ?4 \
    WHERE source = ?1 AND building = ?2";
const PUT: &str = "INSERT INTO directory (version, number, activity, name, profession, label, \
    place_id, place, town, folded, is_active) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1) \
    ON CONFLICT (version, number, activity) DO NOTHING";
const PUT_WORDS: &str = "INSERT INTO directory_word (version, word, number) VALUES \
    (?1, ?3, ?2), (?1, ?4, ?2), (?1, ?5, ?2), (?1, ?6, ?2), (?1, ?7, ?2), (?1, ?8, ?2) \
    ON CONFLICT (version, word, number) DO NOTHING";
const CARRY: &str = "INSERT INTO directory (version, number, activity, name, profession, label, \
    place_id, place, town, folded, is_active) \
    SELECT CAST(?2 AS BIGINT), number, activity, name, profession, label, place_id, place, town, \
    folded, 0 FROM directory AS former WHERE version = ?1 AND NOT EXISTS \
    (SELECT 1 FROM directory AS latest WHERE latest.version = ?2 AND latest.number = former.number) \
    ON CONFLICT (version, number, activity) DO NOTHING";
const CARRY_WORDS: &str = "INSERT INTO directory_word (version, word, number) \
    SELECT CAST(?2 AS BIGINT), word, number FROM directory_word AS former WHERE version = ?1 \
    AND number IN (SELECT number FROM directory WHERE version = ?2 AND is_active = 0) \
    ON CONFLICT (version, word, number) DO NOTHING";
/// Who was there and is not any more; who was there.
const LOST: &str = "SELECT COUNT(*) FROM (SELECT DISTINCT number FROM directory AS former \
    WHERE version = ?1 AND is_active = 1 AND NOT EXISTS \
    (SELECT 1 FROM directory AS latest WHERE latest.version = ?2 AND latest.number = former.number)\
    ) AS lost";
const ACTIVE: &str = "SELECT COUNT(*) FROM (SELECT DISTINCT number FROM directory \
    WHERE version = ?1 AND is_active = 1) AS active";
const SWAP: &str = "UPDATE directory_source SET current = building, building = 0, file = NULL \
    WHERE source = ?1 AND building = ?2";
const ANY: &str = "SELECT version FROM directory WHERE version = ?1 LIMIT 1";
const ANY_WORD: &str = "SELECT version FROM directory_word WHERE version = ?1 LIMIT 1";
const DROP: &str = "DELETE FROM directory WHERE version = ?1 AND number IN \
    (SELECT number FROM directory WHERE version = ?1 ORDER BY number LIMIT 5000)";
const DROP_WORDS: &str = "DELETE FROM directory_word WHERE version = ?1 AND word IN \
    (SELECT word FROM directory_word WHERE version = ?1 ORDER BY word LIMIT 5000)";
const GET: &str = "SELECT number, name, profession, label, place_id, place, town, is_active \
    FROM directory WHERE version = (SELECT current FROM directory_source WHERE source = ?1) \
    AND number = ?2";
const COUNT: &str = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM directory_word WHERE version = \
    (SELECT current FROM directory_source WHERE source = ?1) AND word >= ?2 AND word < ?3 \
    LIMIT 5000) AS counted";
const NEAR: &str = "SELECT DISTINCT word FROM directory_word WHERE version = \
    (SELECT current FROM directory_source WHERE source = ?1) AND word IN \
    (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
    ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)";
const FIND: &str = "SELECT d.number, d.name, d.profession, d.label, d.place_id, d.place, d.town, \
    d.is_active FROM (SELECT version, number FROM directory_word WHERE version = \
    (SELECT current FROM directory_source WHERE source = ?1) AND word >= ?2 AND word < ?3 \
    LIMIT 20000) AS w JOIN directory AS d ON d.version = w.version AND d.number = w.number \
    WHERE d.folded LIKE ?4 AND d.folded LIKE ?5 AND d.folded LIKE ?6 AND d.folded LIKE ?7 \
    ORDER BY d.is_active DESC, d.name, d.number LIMIT 60";

pub(super) const STATEMENTS: Statements = &[
    STATE,
    BEGIN,
    ADVANCE,
    PUT,
    PUT_WORDS,
    CARRY,
    CARRY_WORDS,
    LOST,
    ACTIVE,
    SWAP,
    ANY,
    ANY_WORD,
    DROP,
    DROP_WORDS,
    GET,
    COUNT,
    NEAR,
    FIND,
];

/// How many words of an entry are indexed at the most.
const WORDS: usize = 6;
/// How many spellings are asked for at once.
const NEARBY: usize = 32;

/// Which extraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Professionals (RPPS).
    Professionals,
    /// Facilities (FINESS).
    Facilities,
}

impl Source {
    /// Odd versions are of professionals, even ones of facilities.
    fn number(self) -> i64 {
        match self {
            Self::Professionals => 1,
            Self::Facilities => 2,
        }
    }
}

/// An import under way, and how far it came.
#[derive(Debug, Clone)]
pub struct Building {
    source: Source,
    version: i64,
    former: i64,
    /// Bytes of the file that are done.
    pub position: u64,
    /// Lines of the file that are done.
    pub line: u64,
}

/// An entry as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// National identifier, with the digit of its kind.
    pub number: String,
    /// Name as shown.
    pub name: String,
    /// Code of the profession, or category of the facility.
    pub profession: String,
    /// Profession and speciality in words.
    pub label: String,
    /// National identifier of the place, or nothing.
    pub place_id: String,
    /// Name of the place.
    pub place: String,
    /// Town.
    pub town: String,
    /// Still in the last extraction.
    pub active: bool,
}

/// An entry to write: one activity of somebody.
#[derive(Debug, Clone)]
pub struct Entered {
    /// What is shown.
    pub listed: Listed,
    /// Words under which it is found, folded; those beyond six are not indexed.
    pub words: Vec<String>,
    /// All its words, folded, each after a space: what the other words of a search are sought in.
    pub folded: String,
}

impl Store {
    /// Begins to take in a file, or goes on where the import of the same `file` stopped; what a
    /// stopped import of another file left is removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_directory(
        &self,
        source: Source,
        file: &[u8; 32],
    ) -> Result<Building, DbError> {
        let rows = self.db.query(STATE, vec![source.number().into()]).await?;
        let mut former = 0;
        if let Some(row) = rows.first() {
            former = row.int(0)?;
            let building = row.int(1)?;
            if building != 0 && row.optional_bytes(2)? == Some(file) {
                return Ok(Building {
                    source,
                    version: building,
                    former,
                    position: row.int(3)?.unsigned_abs(),
                    line: row.int(4)?.unsigned_abs(),
                });
            }
        }
        let version = match former {
            0 => source.number(),
            former => former + 2,
        };
        // Versions of a source are two apart: what a stop left can only be one of these.
        for left in [version - 4, version] {
            self.forget_directory(left).await?;
        }
        let params = vec![source.number().into(), version.into(), file.into()];
        self.db.write(vec![Step::new(BEGIN, params)]).await?;
        Ok(Building {
            source,
            version,
            former,
            position: 0,
            line: 0,
        })
    }

    /// Writes entries, and how far the file was read, in one transaction.
    ///
    /// # Errors
    /// [`DbError::Refused`] when another import took the place of this one.
    pub async fn put_directory(
        &self,
        building: &Building,
        entries: &[Entered],
    ) -> Result<(), DbError> {
        let mut steps = Vec::with_capacity(entries.len() * 2 + 1);
        for entry in entries {
            let listed = &entry.listed;
            let activity = [
                &listed.profession,
                &listed.label,
                &listed.place_id,
                &listed.place,
            ];
            let activity = activity.map(String::as_str).join("\0");
            let hash = crate::chain::hash(activity.as_bytes());
            let version: Value = building.version.into();
            steps.push(Step::new(
                PUT,
                vec![
                    version.clone(),
                    listed.number.as_str().into(),
                    hash[..8].into(),
                    listed.name.as_str().into(),
                    listed.profession.as_str().into(),
                    listed.label.as_str().into(),
                    listed.place_id.as_str().into(),
                    listed.place.as_str().into(),
                    listed.town.as_str().into(),
                    entry.folded.as_str().into(),
                ],
            ));
            let Some(first) = entry.words.first() else {
                continue;
            };
            let words = entry.words.iter().chain(std::iter::repeat(first));
            let words = words.take(WORDS).map(|word| word.as_bytes().into());
            let params = [version, listed.number.as_str().into()];
            steps.push(Step::new(
                PUT_WORDS,
                params.into_iter().chain(words).collect(),
            ));
        }
        let params = vec![
            building.source.number().into(),
            building.version.into(),
            building.position.into(),
            building.line.into(),
        ];
        steps.push(Step::expecting(ADVANCE, params, 1));
        self.db.write(steps).await
    }

    /// How many active ones what is being built would lose, of how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn directory_lost(&self, building: &Building) -> Result<(i64, i64), DbError> {
        let count = async |sql, params| {
            let rows = self.db.query(sql, params).await?;
            rows.first().map_or(Ok(0), |row| row.int(0))
        };
        let both = vec![building.former.into(), building.version.into()];
        let former = vec![building.former.into()];
        Ok((count(LOST, both).await?, count(ACTIVE, former).await?))
    }

    /// Puts what was built in the place of what was there, carries over as inactive who is not in
    /// it, and then removes the former version.
    ///
    /// # Errors
    /// [`DbError::Refused`] when another import took the place of this one.
    pub async fn finish_directory(&self, building: Building) -> Result<(), DbError> {
        let Building {
            source,
            version,
            former,
            ..
        } = building;
        let both = || vec![former.into(), version.into()];
        let swap = vec![source.number().into(), version.into()];
        self.db
            .write(vec![
                Step::new(CARRY, both()),
                Step::new(CARRY_WORDS, both()),
                Step::expecting(SWAP, swap, 1),
            ])
            .await?;
        self.forget_directory(former).await
    }

    /// Removes a version that nobody reads, a piece at a time.
    async fn forget_directory(&self, version: i64) -> Result<(), DbError> {
        for (any, drop) in [(ANY_WORD, DROP_WORDS), (ANY, DROP)] {
            while !self.db.query(any, vec![version.into()]).await?.is_empty() {
                let step = Step::new(drop, vec![version.into()]);
                self.db.write(vec![step]).await?;
            }
        }
        Ok(())
    }

    /// The activities of a professional, or a facility, by national identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listed(&self, source: Source, number: &str) -> Result<Vec<Listed>, DbError> {
        let params = vec![source.number().into(), number.into()];
        let rows = self.db.query(GET, params).await?;
        rows.iter().map(listed).collect()
    }

    /// How many entries have a word that begins so; counted up to a few thousand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listed_under(&self, source: Source, prefix: &str) -> Result<i64, DbError> {
        let (from, to) = range(prefix);
        let params = vec![source.number().into(), from, to];
        let rows = self.db.query(COUNT, params).await?;
        rows.first().map_or(Ok(0), |row| row.int(0))
    }

    /// Which of these spellings are words of the directory.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listed_words(
        &self,
        source: Source,
        spellings: &[String],
    ) -> Result<Vec<String>, DbError> {
        let mut found = Vec::new();
        for some in spellings.chunks(NEARBY) {
            let first = &some[0];
            let padded = some.iter().chain(std::iter::repeat(first)).take(NEARBY);
            let padded = padded.map(|word| word.as_bytes().into());
            let params = [source.number().into()].into_iter().chain(padded);
            for row in self.db.query(NEAR, params.collect()).await? {
                found.push(String::from_utf8_lossy(row.bytes(0)?).into_owned());
            }
        }
        Ok(found)
    }

    /// Entries with an indexed word that begins with `lead`, and any words that begin with the
    /// `others` (folded; four at the most), active ones first. Of a word that very many have,
    /// some are looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_listed(
        &self,
        source: Source,
        lead: &str,
        others: &[&str],
    ) -> Result<Vec<Listed>, DbError> {
        let (from, to) = range(lead);
        let mut params = vec![source.number().into(), from, to];
        let patterns = others.iter().map(|word| format!("% {word}%"));
        let padded = patterns.chain(std::iter::repeat("%".to_owned()));
        params.extend(padded.take(4).map(Value::Text));
        let rows = self.db.query(FIND, params).await?;
        let mut all = rows.iter().map(listed).collect::<Result<Vec<_>, _>>()?;
        all.dedup();
        Ok(all)
    }
}

/// From a prefix to the first word that is beyond it; folded words are letters and digits.
fn range(prefix: &str) -> (Value, Value) {
    let to = [prefix.as_bytes(), &[0xff]].concat();
    (prefix.as_bytes().into(), to.into())
}

fn listed(row: &Row) -> Result<Listed, DbError> {
    let text = |column| row.text(column).map(str::to_owned);
    Ok(Listed {
        number: text(0)?,
        name: text(1)?,
        profession: text(2)?,
        label: text(3)?,
        place_id: text(4)?,
        place: text(5)?,
        town: text(6)?,
        active: row.int(7)? == 1,
    })
}
