//! The numbers of the watch, as data.

use serde::Deserialize;

/// What is usual in a kind of place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Names it.
    pub kind: String,
    /// For people.
    pub label: String,
    /// Sectors of activity (TRE_R02) that are of this kind.
    pub sectors: Vec<String>,
    /// First openings an hour by all accounts of one organisation.
    pub an_hour: u32,
    /// The same a day.
    pub a_day: u32,
    /// First openings that are usual for one account in a day.
    pub account_a_day: u32,
    /// People that one account goes to in an hour, by whatever right.
    #[serde(default = "people_an_hour")]
    pub people_an_hour: u32,
    /// From which hour to which nobody works there, in Paris; empty where somebody always does.
    pub night: Vec<i8>,
}

/// Of a table that was written before people were counted.
fn people_an_hour() -> u32 {
    60
}

/// The same, of who answers the 15.
fn regulation_an_hour() -> u32 {
    90
}

/// From which numbers a signal is one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signals {
    /// People before a lack of links says anything.
    pub unlinked_from: u32,
    /// Of a hundred, those without a link.
    pub unlinked_percent: u32,
    /// People at night.
    pub night_from: u32,
    /// Many of them.
    pub night_many: u32,
    /// The last so many are looked at for an order.
    pub row_of: u32,
    /// In order: unlikely by chance (one in some thousands).
    pub row_long: u32,
    /// In order: never by chance (one in some millions).
    pub row_certain: u32,
}

/// From how many points on.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Slowed.
    pub slow: u32,
    /// The card again.
    pub card: u32,
    /// Suspended.
    pub suspend: u32,
}

/// All of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// The day of the table.
    pub version: String,
    /// What it is.
    pub note: String,
    /// The kinds of place.
    pub kinds: Vec<Place>,
    /// Of a place whose sector is unknown or named by none: the most careful.
    pub otherwise: Place,
    /// People that a doctor of the 15 goes to in an hour.
    #[serde(default = "regulation_an_hour")]
    pub regulation_an_hour: u32,
    /// From which numbers a signal is one.
    pub signals: Signals,
    /// From how many points on.
    pub points: Points,
}

/// A table that contradicts itself.
#[derive(Debug, thiserror::Error)]
pub enum BadWatch {
    /// It is no table of the watch.
    #[error("not a table of the watch: {0}")]
    Shape(#[from] serde_json::Error),
    /// A number or a sector is wrong.
    #[error("{0}")]
    Wrong(String),
}

impl Watch {
    /// Reads a table.
    ///
    /// # Errors
    /// When it is none, or contradicts itself.
    pub fn read(text: &str) -> Result<Self, BadWatch> {
        let watch: Self = serde_json::from_str(text)?;
        let mut sectors = vec![];
        for place in watch.kinds.iter().chain([&watch.otherwise]) {
            let wrong = |what: &str| Err(BadWatch::Wrong(format!("{}: {what}", place.kind)));
            if place.an_hour == 0 || place.a_day < place.an_hour || place.account_a_day == 0 {
                return wrong("the budgets are not numbers of people in an hour and a day");
            }
            if place.people_an_hour == 0 {
                return wrong("people_an_hour is the people that one account goes to in an hour");
            }
            let is_hour = |hour: &i8| (0..24).contains(hour);
            if !matches!(place.night.len(), 0 | 2) || !place.night.iter().all(is_hour) {
                return wrong("the night is two hours, or none");
            }
            for sector in &place.sectors {
                if sectors.contains(&sector) {
                    return wrong(&format!("the sector {sector} is of two kinds"));
                }
                sectors.push(sector);
            }
        }
        if watch.regulation_an_hour == 0 {
            return Err(BadWatch::Wrong(
                "regulation_an_hour: people in an hour".to_owned(),
            ));
        }
        let Points {
            slow,
            card,
            suspend,
        } = watch.points;
        if !(0 < slow && slow <= card && card < suspend) {
            return Err(BadWatch::Wrong(
                "points: slow, card, suspend in order".to_owned(),
            ));
        }
        Ok(watch)
    }

    /// What is usual where a professional is at work.
    pub fn place(&self, sector: Option<&str>) -> &Place {
        let of = |place: &&Place| {
            sector.is_some_and(|sector| place.sectors.iter().any(|one| one == sector))
        };
        self.kinds.iter().find(of).unwrap_or(&self.otherwise)
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::read(include_str!("../../../../reference/watch.json")).expect("our own table")
    }
}

impl Place {
    /// Whether nobody works there at that hour.
    pub fn is_shut(&self, hour: i8) -> bool {
        match self.night[..] {
            [from, to] if from > to => hour >= from || hour < to,
            [from, to] => (from..to).contains(&hour),
            _ => false,
        }
    }
}
