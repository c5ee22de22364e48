//! What a secretary typed, and the report it makes.

use plenum_rules::Day;
use plenum_rules::congress::{Contents, Numbers};
use plenum_store::season::Season;
use serde::{Deserialize, Serialize};

use crate::shell::Problem;
use crate::shell::reporting::Report;

/// The most a number of people can be: far above any congress, far below
/// what sums could overflow on.
const MOST: u32 = 1_000_000;
/// The longest text on difficulties, in characters.
const LONGEST: usize = 10_000;
/// A congress further back than this is not reported by phone: the day is a
/// slip of the finger. Seasons that are over are typed in afterwards.
const OLDEST_DAYS: i32 = 366;

/// The fields of the report as they were typed.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The day, or the first of several.
    pub first: String,
    /// The last of several days; empty for one.
    pub last: String,
    /// Convened.
    pub convened: String,
    /// Present.
    pub present: String,
    /// Elected to the committee.
    pub elected_committee: String,
    /// `yes` or `no`.
    pub elected_secretary: String,
    /// Deputy secretaries elected.
    pub elected_deputies: String,
    /// Delegates elected to the congress above.
    pub elected_delegates: String,
    /// Opinions gathered.
    pub opinions: String,
    /// Difficulties, in the unit's words.
    pub difficulties: String,
}

/// What the day and the numbers are held against.
pub struct Bounds<'a> {
    /// The season.
    pub season: &'a Season,
    /// Today.
    pub today: Day,
    /// What this congress contains.
    pub contents: Contents,
}

impl Typed {
    /// From JSON as phones and programs send it; whatever is not known is not
    /// read.
    pub fn of_json(value: &serde_json::Value) -> Option<Self> {
        let sent = value.as_object()?;
        let text = |name: &str| match sent.get(name) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            Some(serde_json::Value::Bool(true)) => "yes".to_owned(),
            Some(serde_json::Value::Bool(false)) => "no".to_owned(),
            _ => String::new(),
        };
        Some(Self {
            first: text("first"),
            last: text("last"),
            convened: text("convened"),
            present: text("present"),
            elected_committee: text("elected_committee"),
            elected_secretary: text("elected_secretary"),
            elected_deputies: text("elected_deputies"),
            elected_delegates: text("elected_delegates"),
            opinions: text("opinions"),
            difficulties: text("difficulties"),
        })
    }

    /// The values of a report made before, to be put right.
    pub fn again(days: Option<(Day, Day)>, numbers: &Numbers, difficulties: &str) -> Self {
        let several = days.filter(|(first, last)| first != last);
        Self {
            first: days.map(|(first, _)| first.to_string()).unwrap_or_default(),
            last: several
                .map(|(_, last)| last.to_string())
                .unwrap_or_default(),
            convened: numbers.convened.to_string(),
            present: numbers.present.to_string(),
            elected_committee: numbers.elected_committee.to_string(),
            elected_secretary: if numbers.elected_secretary {
                "yes"
            } else {
                "no"
            }
            .to_owned(),
            elected_deputies: numbers.elected_deputies.to_string(),
            elected_delegates: numbers.elected_delegates.to_string(),
            opinions: numbers.opinions.to_string(),
            difficulties: difficulties.to_owned(),
        }
    }

    /// The report, or everything that is wrong with it, each at its field.
    pub fn read(&self, bounds: &Bounds<'_>) -> Result<Report, Vec<Problem>> {
        let mut wrong = Vec::new();
        let first = day(&self.first, "first", bounds, &mut wrong);
        let last = if self.last.trim().is_empty() {
            first
        } else {
            day(&self.last, "last", bounds, &mut wrong)
        };
        let mut number = |text: &str, field, needed| count(text, field, needed, &mut wrong);
        let numbers = Numbers {
            convened: number(&self.convened, "convened", true),
            present: number(&self.present, "present", true),
            elected_committee: number(&self.elected_committee, "elected_committee", false),
            elected_secretary: self.elected_secretary == "yes",
            elected_deputies: number(&self.elected_deputies, "elected_deputies", false),
            elected_delegates: number(&self.elected_delegates, "elected_delegates", false),
            opinions: number(&self.opinions, "opinions", false),
        };
        if bounds.contents.committee && !matches!(self.elected_secretary.as_str(), "yes" | "no") {
            wrong.push(Problem::field("E-CON-19", "elected_secretary"));
        }
        if self.difficulties.chars().count() > LONGEST {
            wrong.push(Problem::field("E-REP-05", "difficulties"));
        }
        match (first, last) {
            (Some(first), Some(last)) if wrong.is_empty() => Ok(Report {
                first,
                last,
                numbers,
                difficulties: self.difficulties.trim().replace("\r\n", "\n"),
            }),
            _ => Err(wrong),
        }
    }
}

fn day(
    text: &str,
    field: &'static str,
    bounds: &Bounds<'_>,
    wrong: &mut Vec<Problem>,
) -> Option<Day> {
    let text = text.trim();
    if text.is_empty() {
        wrong.push(Problem::field("E-CON-19", field));
        return None;
    }
    let Ok(day) = Day::parse(text) else {
        wrong.push(Problem::field("E-DAY", field));
        return None;
    };
    let said = plenum_rules::words::day_table;
    let over = bounds.season.shape.pages_open_on.is_some();
    let problem = if day > bounds.today {
        Problem::field("E-CON-04", field).with("today", said(bounds.today))
    } else if day < bounds.season.opens {
        Problem::field("E-REP-03", field)
    } else if !over && bounds.today.since(day) > OLDEST_DAYS {
        Problem::field("E-CON-17", field)
    } else {
        return Some(day);
    };
    wrong.push(problem.with("held", said(day)));
    None
}

fn count(text: &str, field: &'static str, needed: bool, wrong: &mut Vec<Problem>) -> u32 {
    let text = text.trim();
    if text.is_empty() {
        if needed {
            wrong.push(Problem::field("E-CON-19", field));
        }
        return 0;
    }
    match text.parse::<u32>() {
        Ok(0) if needed => wrong.push(Problem::field("E-CON-19", field)),
        Ok(number) if number <= MOST => return number,
        _ => wrong.push(Problem::field("E-CON-18", field)),
    }
    0
}
