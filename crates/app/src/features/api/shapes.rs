//! What is sent and answered.

use plenum_rules::Day;
use plenum_rules::org::UnitVersion;
use plenum_store::board::Standing;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A unit by code and name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct UnitRef {
    /// The code.
    #[schema(example = "CL-KT")]
    pub code: String,
    /// The name on the day.
    #[schema(example = "Đảng bộ phường Khuê Trung")]
    pub name: String,
}

impl From<&UnitVersion> for UnitRef {
    fn from(version: &UnitVersion) -> Self {
        Self {
            code: version.code.clone(),
            name: version.name.clone(),
        }
    }
}

/// A unit as it was on a day.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Unit {
    /// The code, used in addresses.
    #[schema(example = "CL-KT")]
    pub code: String,
    /// The name.
    #[schema(example = "Đảng bộ phường Khuê Trung")]
    pub name: String,
    /// The level.
    #[schema(example = "grassroots")]
    pub level: String,
    /// The kind.
    #[schema(example = "territorial")]
    pub kind: String,
    /// Members.
    #[schema(example = 993)]
    pub members: u32,
    /// The unit above; absent at the top.
    pub parent: Option<UnitRef>,
    /// The first day on which all this was so.
    #[schema(value_type = String, format = Date, example = "2020-01-01")]
    pub from: Day,
    /// The first day on which it no longer was; absent while it goes on.
    #[schema(value_type = Option<String>, format = Date, example = "2025-07-01")]
    pub until: Option<Day>,
}

impl Unit {
    /// Of a version and the unit above.
    #[must_use]
    pub fn of(version: &UnitVersion, parent: Option<&UnitVersion>) -> Self {
        Self {
            code: version.code.clone(),
            name: version.name.clone(),
            level: version.level.0.clone(),
            kind: version.kind.0.clone(),
            members: version.members,
            parent: parent.map(Into::into),
            from: version.from,
            until: version.until,
        }
    }
}

/// Units on a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Units {
    /// The day.
    #[schema(value_type = String, format = Date, example = "2020-03-02")]
    pub on: Day,
    /// The units.
    pub units: Vec<Unit>,
}

/// A unit with those above it and all it ever was.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct UnitWhole {
    /// The unit on the day.
    pub unit: Unit,
    /// The units above it, topmost first.
    pub above: Vec<UnitRef>,
    /// Everything it was, oldest first.
    pub versions: Vec<UnitThen>,
}

/// What a unit was for some days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct UnitThen {
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2020-01-01")]
    pub from: Day,
    /// The first day on which it was otherwise.
    #[schema(value_type = Option<String>, format = Date, example = "2025-07-01")]
    pub until: Option<Day>,
    /// The code then.
    #[schema(example = "CL-KT")]
    pub code: String,
    /// The name then.
    #[schema(example = "Đảng bộ phường Khuê Trung")]
    pub name: String,
    /// Members then.
    #[schema(example = 993)]
    pub members: u32,
}

/// A level that holds a congress in a season.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SeasonLevel {
    /// The level.
    #[schema(example = "branch")]
    pub level: String,
    /// The term its congress begins.
    #[schema(example = "2020–2022")]
    pub term: String,
}

/// A season.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SeasonBody {
    /// The name in addresses.
    #[schema(example = "cam-le-2020")]
    pub id: String,
    /// The name on screen.
    #[schema(example = "Đại hội đảng bộ các cấp quận Cẩm Lệ 2020–2025")]
    pub name: String,
    /// The unit at its top.
    pub root: UnitRef,
    /// The first day on which congresses are expected.
    #[schema(value_type = String, format = Date, example = "2019-11-15")]
    pub opens: Day,
    /// The level its sentence counts.
    #[schema(example = "branch")]
    pub counted: String,
    /// The levels that hold a congress, from the top down.
    pub levels: Vec<SeasonLevel>,
}

/// Seasons.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Seasons {
    /// The newest first.
    pub seasons: Vec<SeasonBody>,
}

/// Two days, the first and the last.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Days {
    /// The first day.
    #[schema(value_type = String, format = Date, example = "2020-04-14")]
    pub first: Day,
    /// The last day.
    #[schema(value_type = String, format = Date, example = "2020-04-15")]
    pub last: Day,
}

/// What a unit reported of its congress.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Reported {
    /// People convened.
    pub convened: u32,
    /// Of these, present.
    pub present: u32,
    /// Elected to the committee, secretary and deputies among them.
    pub elected_committee: u32,
    /// Whether a secretary was elected.
    pub elected_secretary: bool,
    /// Deputy secretaries elected.
    pub elected_deputies: u32,
    /// Delegates elected to the congress above.
    pub elected_delegates: u32,
    /// Opinions gathered on the drafts.
    pub opinions: u32,
    /// Difficulties, in the unit's words.
    pub difficulties: String,
}

/// A unit's congress as it stood on a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CongressBody {
    /// Whose.
    pub unit: UnitRef,
    /// The unit's level.
    #[schema(example = "branch")]
    pub level: String,
    /// The unit's kind.
    #[schema(example = "residential")]
    pub kind: String,
    /// The unit above.
    pub above: Option<UnitRef>,
    /// Where it stands.
    #[schema(example = "confirmed")]
    pub state: String,
    /// When it is to meet, as far as known on the day.
    pub planned: Option<Days>,
    /// When it met.
    pub held: Option<Days>,
    /// Its deadline.
    #[schema(value_type = Option<String>, format = Date, example = "2020-03-31")]
    pub due: Option<Day>,
    /// Not met although the deadline has passed.
    pub late: bool,
    /// The reason given last for a change.
    pub reason: Option<String>,
    /// What was reported.
    pub report: Option<Reported>,
}

impl CongressBody {
    /// Of a unit, the one above, and how its congress stands.
    #[must_use]
    pub fn of(
        version: &UnitVersion,
        above: Option<&UnitVersion>,
        standing: &Standing,
        day: Day,
    ) -> Self {
        let days = |(first, last)| Days { first, last };
        Self {
            unit: version.into(),
            level: version.level.0.clone(),
            kind: version.kind.0.clone(),
            above: above.map(Into::into),
            state: standing.state.code().to_owned(),
            planned: standing
                .planned
                .as_ref()
                .map(|planned| days((planned.first, planned.last))),
            held: standing.held.map(days),
            due: standing.due,
            late: standing.is_late(day),
            reason: standing.reason.clone(),
            report: standing
                .report
                .as_ref()
                .map(|(numbers, difficulties)| Reported {
                    convened: numbers.convened,
                    present: numbers.present,
                    elected_committee: numbers.elected_committee,
                    elected_secretary: numbers.elected_secretary,
                    elected_deputies: numbers.elected_deputies,
                    elected_delegates: numbers.elected_delegates,
                    opinions: numbers.opinions,
                    difficulties: difficulties.clone(),
                }),
        }
    }
}

/// Some of the congresses below a unit.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Congresses {
    /// The day.
    #[schema(value_type = String, format = Date, example = "2020-03-02")]
    pub on: Day,
    /// The congresses, in the order of the tree. With `state` a page can hold fewer than `limit`, even none.
    pub congresses: Vec<CongressBody>,
    /// What to send as `after` for the next page; absent after the last.
    #[schema(example = "CL-KT-12")]
    pub next: Option<String>,
}

/// Something recorded of a congress.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactBody {
    /// The day it belongs to.
    #[schema(value_type = String, format = Date, example = "2020-02-20")]
    pub on: Day,
    /// What: `settled`, `dated`, `postponed`, `prepared`, `reviewed`, `held`, `reported`, `returned`, `confirmed`,
    /// `ratified`, `cancelled` or `handed_over`.
    #[schema(example = "reported")]
    pub fact: String,
}

/// A congress with its record.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CongressWhole {
    /// As it stood on the day.
    pub congress: CongressBody,
    /// What was recorded up to the day, oldest record first. Nothing is taken away: a report that was returned stays.
    pub record: Vec<FactBody>,
}

/// That a report was received.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// Always `received`.
    #[schema(example = "received")]
    pub state: String,
    /// When, in UTC; the same however often it is sent again under its key.
    #[schema(value_type = String, format = DateTime, example = "2020-03-02T07:05:00Z")]
    pub at: String,
    /// The unit.
    #[schema(example = "CL-KT-12")]
    pub unit: String,
    /// The season.
    #[schema(example = "cam-le-2020")]
    pub season: String,
}
