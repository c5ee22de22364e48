//! The page a unit reports on: one form for a phone, or what became of the
//! report.

use askama::Template;
use axum::response::Response;
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, Fact, Form, Numbers, State as Stage, form_by_members};
use plenum_rules::org::UnitVersion;
use plenum_store::{board, org};

use super::actions::{At, Subject, subject};
use super::history::History;
use super::typed::Typed;
use crate::shell::page::render;
use crate::shell::place::report_address;
use crate::shell::sentence::{chip, days, state_word};
use crate::shell::visitor::secret;
use crate::shell::{App, Chrome, Problem, Visitor, Words, look};

/// What the page says of a report that stands.
struct Standing {
    chip: &'static str,
    state: String,
    held: String,
    numbers: Vec<(String, String)>,
    difficulties: String,
    by: String,
    at: String,
    confirmed_by: String,
    confirmed_at: String,
}

/// What the page says of a report that went back.
struct Returned {
    reason: String,
    by: String,
    at: String,
}

/// Which fields the report asks for.
pub struct Asks {
    /// Whether it can take several days.
    several_days: bool,
    /// Whether a committee is elected.
    committee: bool,
    /// Whether delegates are elected.
    delegates: bool,
    /// Whether opinions are gathered.
    opinions: bool,
}

#[derive(Template)]
#[template(path = "congress/report.html")]
struct ReportPage {
    p: Chrome,
    above: String,
    action: String,
    scope: String,
    key: String,
    sent: bool,
    returned: Option<Returned>,
    standing: Option<Standing>,
    ended: String,
    asks: Asks,
    today: String,
    opens: String,
    typed: Typed,
    errors: Vec<(&'static str, String)>,
}

impl ReportPage {
    fn error(&self, field: &str) -> String {
        self.errors
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, text)| text.clone())
            .unwrap_or_default()
    }
}

/// Everything the page and a report look at.
pub struct Scene {
    /// The congress.
    pub subject: Subject,
    /// The unit directly above.
    above: Option<UnitVersion>,
    /// Who recorded what.
    pub history: History,
    /// Today.
    pub today: Day,
}

/// Loads it, for somebody who may report for the unit.
///
/// # Errors
/// Not found, forbidden.
pub async fn scene(app: &App, visitor: &Visitor, at: &At) -> Result<Scene, Problem> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let today = look.today;
    let subject = subject(&mut look.tx, today, at).await?;
    look.must(Permission::ReportCongress, subject.unit.unit)
        .await?;
    let day = subject.season.shape.pages_open_on.unwrap_or(today);
    let path = org::path_versions(&mut look.tx, subject.unit.unit, day).await?;
    let history = History::load(&mut look.tx, &subject.season.id, subject.unit.unit).await?;
    Ok(Scene {
        above: path.into_iter().rev().nth(1),
        subject,
        history,
        today,
    })
}

impl Scene {
    fn congress(&self) -> &Congress {
        &self.subject.congress
    }

    /// How many reports went back before this one.
    fn returns(&self) -> usize {
        let entries = self.congress().entries().iter();
        entries
            .filter(|entry| matches!(entry.fact, Fact::Returned { .. }))
            .count()
    }

    /// The report made before the latest return.
    fn before_return(&self) -> Option<Typed> {
        let entries = self.congress().entries();
        let (numbers, difficulties) = entries.iter().rev().find_map(|entry| match &entry.fact {
            Fact::Reported {
                numbers,
                difficulties,
            } => Some((numbers, difficulties)),
            _ => None,
        })?;
        let days = entries.iter().rev().find_map(|entry| match entry.fact {
            Fact::Held { first } => Some((first, entry.on)),
            _ => None,
        });
        Some(Typed::again(days, numbers, difficulties))
    }

    /// The form as it opens: what was said before, the planned day where it
    /// has come, and the members as those convened.
    #[must_use]
    pub fn prefilled(&self) -> Typed {
        if self.congress().state() == Stage::Returned
            && let Some(typed) = self.before_return()
        {
            return typed;
        }
        let planned = self.congress().planned();
        let planned = planned.on(plenum_rules::day::LAST).cloned().flatten();
        let (first, last) = self
            .congress()
            .held()
            .or_else(|| {
                planned
                    .map(|planned| (planned.first, planned.last))
                    .filter(|(_, last)| *last <= self.today)
            })
            .unwrap_or((self.subject.recorded, self.subject.recorded));
        let meets_whole = match self.congress().settled() {
            Some((form, _, _)) => form == Form::Members,
            None => self.subject.bound(first).is_none_or(|bound| {
                form_by_members(self.subject.unit.members, bound) == Form::Members
            }),
        };
        let members = self.subject.unit.members;
        Typed {
            first: first.to_string(),
            last: if first == last {
                String::new()
            } else {
                last.to_string()
            },
            convened: if meets_whole && members > 0 {
                members.to_string()
            } else {
                String::new()
            },
            ..Typed::default()
        }
    }

    fn returned(&self, app: &App, words: Words) -> Option<Returned> {
        if self.congress().state() != Stage::Returned {
            return None;
        }
        let reason = self.congress().reason_on(plenum_rules::day::LAST)?;
        let (by, at) = self.last(app, words, "congress.returned");
        Some(Returned {
            reason: reason.to_owned(),
            by,
            at,
        })
    }

    fn last(&self, app: &App, words: Words, event: &str) -> (String, String) {
        self.history
            .last(event)
            .map(|(row, name)| (name.to_owned(), moment(app, words, row.at)))
            .unwrap_or_default()
    }

    fn standing(&self, app: &App, words: Words) -> Option<Standing> {
        let (_, numbers, difficulties) = self.congress().report()?;
        let stands = board::standing(self.congress(), None, plenum_rules::day::LAST);
        let (by, at) = self.last(app, words, "congress.reported");
        let (confirmed_by, confirmed_at) = self.last(app, words, "congress.confirmed");
        let confirmed = matches!(stands.state, Stage::Confirmed | Stage::Ratified);
        Some(Standing {
            chip: chip(&stands, self.today),
            state: state_word(words, &stands, self.today),
            held: stands
                .held
                .map(|(first, last)| days(words, first, last))
                .unwrap_or_default(),
            numbers: numbers_said(words, numbers, &asks(&self.subject)),
            difficulties: difficulties.to_owned(),
            by,
            at,
            confirmed_by: if confirmed {
                confirmed_by
            } else {
                String::new()
            },
            confirmed_at,
        })
    }
}

/// Which fields the report of a congress asks for.
#[must_use]
pub fn asks(subject: &Subject) -> Asks {
    let contents = subject.contents();
    let lowest = subject
        .season
        .shape
        .levels
        .last()
        .is_some_and(|level| level.level == subject.unit.level);
    let planned = subject.congress.planned();
    let several = planned
        .on(plenum_rules::day::LAST)
        .cloned()
        .flatten()
        .is_some_and(|planned| planned.first != planned.last);
    Asks {
        several_days: !lowest || several,
        committee: contents.committee,
        delegates: contents.delegates,
        opinions: contents.opinions,
    }
}

/// "14:05 02/03/2020", where the organisation is.
#[must_use]
pub fn moment(app: &App, words: Words, micros: i64) -> String {
    let day = words.day(app.clock.day_of(micros));
    format!("{} {day}", app.clock.time_of(micros))
}

/// A report's numbers, each with what it counts.
#[must_use]
pub fn numbers_said(words: Words, numbers: &Numbers, asks: &Asks) -> Vec<(String, String)> {
    let count = |number: u32| words.count(i64::from(number));
    let mut said = vec![(
        words.say("congress-present"),
        format!("{}/{}", count(numbers.present), count(numbers.convened)),
    )];
    if asks.committee {
        let secretary = if numbers.elected_secretary {
            "congress-yes"
        } else {
            "congress-no"
        };
        said.extend([
            (
                words.say("congress-elected-committee"),
                count(numbers.elected_committee),
            ),
            (
                words.say("congress-elected-secretary"),
                words.say(secretary),
            ),
            (
                words.say("congress-elected-deputies"),
                count(numbers.elected_deputies),
            ),
        ]);
    }
    if asks.delegates {
        said.push((
            words.say("congress-elected-delegates"),
            count(numbers.elected_delegates),
        ));
    }
    if asks.opinions {
        said.push((words.say("congress-opinions"), count(numbers.opinions)));
    }
    said
}

/// The page, with what is wrong where something is.
pub fn page(
    app: &App,
    visitor: &Visitor,
    scene: &Scene,
    (typed, problems): (Typed, Vec<Problem>),
    sent: bool,
) -> Response {
    let words = visitor.words;
    let subject = &scene.subject;
    let unit = &subject.unit;
    let errors: Vec<(&'static str, String)> = problems
        .iter()
        .map(|problem| (problem.field.unwrap_or(""), problem.text(words)))
        .collect();
    let state = subject.congress.state();
    let standing = scene.standing(app, words);
    let ended = if state.is_expected_of_unit() {
        String::new()
    } else {
        words.say(&format!(
            "congress-state-{}",
            state.code().replace('_', "-")
        ))
    };
    let returns = scene.returns();
    let mut scope = format!("{}/{}", subject.season.id, unit.code);
    if returns > 0 {
        // A corrected report is another one: the phone's memory of the first,
        // sent and received, says nothing about it.
        scope.push_str(&format!("/{}", returns + 1));
    }
    let title = words.say1("congress-report-title", "unit", &unit.name);
    let mut chrome = Chrome::new(visitor, title);
    subject.season.id.as_str().clone_into(&mut chrome.season);
    chrome.season_name.clone_from(&subject.season.name);
    let page = ReportPage {
        p: chrome,
        above: scene
            .above
            .as_ref()
            .map(|above| above.name.clone())
            .unwrap_or_default(),
        action: report_address(subject.season.id.as_str(), &unit.code),
        scope,
        key: secret().unwrap_or_default(),
        sent: sent && standing.is_some(),
        returned: scene.returned(app, words),
        standing,
        ended,
        asks: asks(subject),
        today: scene.today.to_string(),
        opens: subject.season.opens.to_string(),
        typed,
        errors,
    };
    let mut response = render(&page);
    if let Some(problem) = problems.first() {
        *response.status_mut() = problem.status;
    }
    response
}
