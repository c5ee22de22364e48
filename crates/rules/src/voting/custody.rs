//! What follows the vote: sealed ballots, complaints, the days for reporting
//! and ratifying (§1.10; R39 to R41).

use jiff::Span;
use serde::{Deserialize, Serialize};

use super::profile::ElectionRules;
use super::refusal::{Refusal, said};
use crate::Day;
use crate::season::HolidayCalendar;

/// A complaint about the election.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint {
    /// When it came in.
    pub on: Day,
    /// What it says.
    pub text: String,
    /// When and how it was settled; `None`: open.
    pub settled: Option<(Day, String)>,
}

/// Something done with the sealed ballots, by decision.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deed {
    /// When.
    pub on: Day,
    /// By which decision: instrument and date. Empty where none is needed.
    pub decision: String,
}

/// The ballots after the vote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// The day of the vote: the papers are sealed, and complaints come in, from
    /// then on. `None`, as written before it was kept: the congress's last day.
    #[serde(default)]
    pub voted: Option<Day>,
    /// The last day of the congress: every term counts from it.
    pub closed: Day,
    /// When they were sealed and handed over, and to whom.
    pub sealed: Option<Deed>,
    /// Complaints, in the order in which they came.
    pub complaints: Vec<Complaint>,
    /// Openings of the seal.
    pub openings: Vec<Deed>,
    /// Their destruction.
    pub destroyed: Option<Deed>,
    /// When the result was reported to the superior.
    pub reported: Option<Day>,
    /// When the superior received the report.
    pub received: Option<Day>,
    /// When the superior ratified.
    pub ratified: Option<Day>,
    /// Of an opinion or introduction ballot, or one that is void: nobody was
    /// elected, so there is nothing to report or ratify.
    #[serde(default)]
    pub elected_nobody: bool,
}

/// What can be wrong with the days after a vote. Closed: every code has a line
/// in `docs/rulebook/voting.md`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustodyCode {
    /// Ratified while a complaint was open (R40).
    RatifiedUnderComplaint,
    /// The result is reported late or not yet (R39).
    ReportLate,
    /// It is ratified late or not yet (R39).
    RatificationLate,
    /// The ballots are not sealed.
    NotSealed,
}

impl CustodyCode {
    /// Every code, in the order of the rulebook.
    pub const ALL: [Self; 4] = [
        Self::RatifiedUnderComplaint,
        Self::ReportLate,
        Self::RatificationLate,
        Self::NotSealed,
    ];

    /// The code shown to people and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::RatifiedUnderComplaint => "W-VOT-81",
            Self::ReportLate => "W-VOT-82",
            Self::RatificationLate => "W-VOT-83",
            Self::NotSealed => "W-VOT-84",
        }
    }
}

/// Something found, with the day it should have been done by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustodyFinding {
    /// What.
    pub code: CustodyCode,
    /// The last day, where there is one.
    pub limit: Option<Day>,
}

impl Custody {
    /// The ballots of an election voted on one day at a congress that closed on
    /// the same or a later one.
    #[must_use]
    pub fn new(voted: Day, closed: Day) -> Self {
        Self {
            voted: Some(voted),
            closed,
            sealed: None,
            complaints: Vec::new(),
            openings: Vec::new(),
            destroyed: None,
            reported: None,
            received: None,
            ratified: None,
            elected_nobody: false,
        }
    }

    /// After a ballot that elected nobody: an opinion or introduction ballot, or
    /// one that is void.
    #[must_use]
    pub fn of_nobody(voted: Day, closed: Day) -> Self {
        Self {
            elected_nobody: true,
            ..Self::new(voted, closed)
        }
    }

    /// The same papers, where the congress was held on other days than were
    /// known when they were written down.
    #[must_use]
    pub fn held(self, voted: Day, closed: Day) -> Self {
        Self {
            voted: Some(voted),
            closed,
            ..self
        }
    }

    /// The ballot is void: its papers are kept, and there is nothing to report
    /// or ratify any more.
    #[must_use]
    pub fn void(self) -> Self {
        Self {
            elected_nobody: true,
            ..self
        }
    }

    /// The first day on which the ballots may be destroyed (R41: closed on
    /// 10/01/2025 and six months give 10/07/2025).
    #[must_use]
    pub fn kept_until(&self, rules: &ElectionRules) -> Day {
        let months = Span::new().try_months(i64::from(rules.custody.keep_months.value));
        months
            .and_then(|months| self.closed.date().checked_add(months))
            .map_or(crate::day::LAST, Day::from)
    }

    /// The last day on which one may complain (R40); `None`: no limit.
    #[must_use]
    pub fn complaints_until(
        &self,
        rules: &ElectionRules,
        calendar: &HolidayCalendar,
    ) -> Option<Day> {
        let days = rules.custody.complaint_working_days.as_ref()?.value;
        Some(calendar.working_days_after(self.closed, days))
    }

    /// The last day for reporting the result (R39); `None`: no limit.
    #[must_use]
    pub fn report_until(&self, rules: &ElectionRules, calendar: &HolidayCalendar) -> Option<Day> {
        let days = rules.custody.report_working_days.as_ref()?.value;
        (!self.elected_nobody).then(|| calendar.working_days_after(self.closed, days))
    }

    /// The last day for ratifying (R39), once the report was received.
    #[must_use]
    pub fn ratify_until(&self, rules: &ElectionRules, calendar: &HolidayCalendar) -> Option<Day> {
        let days = rules.custody.ratify_working_days.as_ref()?.value;
        let received = self.received.filter(|_| !self.elected_nobody)?;
        Some(calendar.working_days_after(received, days))
    }

    /// Whether a complaint is open.
    #[must_use]
    pub fn has_open_complaint(&self) -> bool {
        self.complaints
            .iter()
            .any(|complaint| complaint.settled.is_none())
    }

    /// The ballots are sealed and handed over.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] a second time; [`Refusal::ReasonNeeded`] where
    /// nobody is named; [`Refusal::DaysReversed`] before the vote.
    pub fn seal(mut self, on: Day, handed_to: &str) -> Result<Self, Refusal> {
        if self.sealed.is_some() {
            return Err(not_now("seal", "sealed"));
        }
        let decision = said(handed_to)?;
        in_order(self.first_day(), on)?;
        self.sealed = Some(Deed { on, decision });
        Ok(self)
    }

    /// The note of the sealing was wrong and is put right, while nobody has
    /// opened the seal.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where nothing is sealed, or it was opened or
    /// destroyed since; as [`Custody::seal`].
    pub fn seal_again(mut self, on: Day, handed_to: &str) -> Result<Self, Refusal> {
        let _ = self.sealed_on("seal_again")?;
        if !self.openings.is_empty() {
            return Err(not_now("seal_again", "opened"));
        }
        self.sealed = None;
        self.seal(on, handed_to)
    }

    /// A complaint comes in (R40).
    ///
    /// # Errors
    /// [`Refusal::ComplaintTooLate`]; [`Refusal::ReasonNeeded`];
    /// [`Refusal::NotNow`] once the ballots are destroyed;
    /// [`Refusal::DaysReversed`] before the vote.
    pub fn complain(
        mut self,
        rules: &ElectionRules,
        calendar: &HolidayCalendar,
        on: Day,
        text: &str,
    ) -> Result<Self, Refusal> {
        if self.destroyed.is_some() {
            return Err(not_now("complain", "destroyed"));
        }
        if let Some(last) = self.complaints_until(rules, calendar)
            && on > last
        {
            return Err(Refusal::ComplaintTooLate { last });
        }
        let text = said(text)?;
        in_order(self.first_day(), on)?;
        self.complaints.push(Complaint {
            on,
            text,
            settled: None,
        });
        Ok(self)
    }

    /// A complaint is settled.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where there is no such open complaint;
    /// [`Refusal::DaysReversed`]; [`Refusal::ReasonNeeded`].
    pub fn settle(mut self, place: usize, on: Day, how: &str) -> Result<Self, Refusal> {
        let how = said(how)?;
        let complaint = self
            .complaints
            .get_mut(place)
            .filter(|complaint| complaint.settled.is_none())
            .ok_or(not_now("settle", "not open"))?;
        if on < complaint.on {
            return Err(Refusal::DaysReversed);
        }
        complaint.settled = Some((on, how));
        Ok(self)
    }

    /// The seal is opened: by decision only (Điều 35).
    ///
    /// # Errors
    /// [`Refusal::DecisionNeeded`]; [`Refusal::NotNow`] where nothing is sealed;
    /// [`Refusal::DaysReversed`] before it was.
    pub fn open_seal(mut self, on: Day, decision: &str) -> Result<Self, Refusal> {
        in_order(self.sealed_on("open_seal")?, on)?;
        let decision = said(decision).map_err(|_| Refusal::DecisionNeeded)?;
        self.openings.push(Deed { on, decision });
        Ok(self)
    }

    /// The ballots are destroyed (R41): after the months of keeping, by
    /// decision, with no complaint open.
    ///
    /// # Errors
    /// [`Refusal::KeptUntil`], [`Refusal::ComplaintOpen`],
    /// [`Refusal::DecisionNeeded`]; [`Refusal::NotNow`] where nothing is sealed;
    /// [`Refusal::DaysReversed`] before anything else that was done with them.
    pub fn destroy(
        mut self,
        rules: &ElectionRules,
        on: Day,
        decision: &str,
    ) -> Result<Self, Refusal> {
        in_order(self.sealed_on("destroy")?, on)?;
        let day = self.kept_until(rules);
        if on < day {
            return Err(Refusal::KeptUntil { day });
        }
        if self.has_open_complaint() {
            return Err(Refusal::ComplaintOpen);
        }
        let settled = self
            .complaints
            .iter()
            .filter_map(|one| one.settled.as_ref());
        let days = settled.map(|(day, _)| *day);
        for day in days.chain(self.openings.iter().map(|opening| opening.on)) {
            in_order(day, on)?;
        }
        let decision = decision.trim();
        if decision.is_empty() && rules.custody.destruction_by_decision.value {
            return Err(Refusal::DecisionNeeded);
        }
        self.destroyed = Some(Deed {
            on,
            decision: decision.to_owned(),
        });
        Ok(self)
    }

    /// What is wrong with the days, as of `today`.
    #[must_use]
    pub fn check(
        &self,
        rules: &ElectionRules,
        calendar: &HolidayCalendar,
        today: Day,
    ) -> Vec<CustodyFinding> {
        let late = |limit: Option<Day>, done: Option<Day>| {
            limit.filter(|limit| done.unwrap_or(today) > *limit)
        };
        let mut findings = Vec::new();
        let mut add = |code, limit| findings.push(CustodyFinding { code, limit });
        if let Some(ratified) = self.ratified {
            let open = self.complaints.iter().any(|complaint| {
                let settled = complaint.settled.as_ref().map(|(day, _)| *day);
                complaint.on <= ratified && settled.is_none_or(|day| day > ratified)
            });
            if open {
                add(CustodyCode::RatifiedUnderComplaint, None);
            }
        }
        if let Some(limit) = late(self.report_until(rules, calendar), self.reported) {
            add(CustodyCode::ReportLate, Some(limit));
        }
        if let Some(limit) = late(self.ratify_until(rules, calendar), self.ratified) {
            add(CustodyCode::RatificationLate, Some(limit));
        }
        if self.sealed.is_none() && today > self.closed {
            add(CustodyCode::NotSealed, Some(self.closed));
        }
        findings
    }

    /// The result is reported to the superior, or the superior has the report
    /// (R39).
    ///
    /// # Errors
    /// [`Refusal::DaysReversed`] before the vote, received before reported, or
    /// after it was ratified; [`Refusal::NotNow`] where nobody was elected, or it
    /// was reported and ratified.
    pub fn report(mut self, reported: Day, received: Option<Day>) -> Result<Self, Refusal> {
        self.elected_somebody("report")?;
        if self.ratified.is_some() && self.received.is_some() {
            return Err(not_now("report", "ratified"));
        }
        let last = received.unwrap_or(reported);
        in_order(self.closed, reported)?;
        in_order(reported, last)?;
        in_order(last, self.ratified.unwrap_or(last))?;
        self.reported = Some(reported);
        self.received = received;
        Ok(self)
    }

    /// The superior ratified the result (R39). That it was reported is not asked
    /// here: the superior may have it from elsewhere, and
    /// [`CustodyCode::ReportLate`] is shown until it is noted.
    ///
    /// # Errors
    /// [`Refusal::DaysReversed`] before the vote, or before the superior had the
    /// report; [`Refusal::NotNow`] where nobody was elected.
    pub fn ratify(mut self, on: Day) -> Result<Self, Refusal> {
        self.elected_somebody("ratify")?;
        for day in [Some(self.closed), self.reported, self.received] {
            in_order(day.unwrap_or(on), on)?;
        }
        self.ratified = Some(on);
        Ok(self)
    }

    /// The first day on which anything can be done with the papers.
    fn first_day(&self) -> Day {
        self.voted.unwrap_or(self.closed)
    }

    fn elected_somebody(&self, verb: &'static str) -> Result<(), Refusal> {
        if self.elected_nobody {
            return Err(not_now(verb, "elected nobody"));
        }
        Ok(())
    }

    fn sealed_on(&self, verb: &'static str) -> Result<Day, Refusal> {
        match (&self.sealed, &self.destroyed) {
            (Some(sealed), None) => Ok(sealed.on),
            (None, _) => Err(not_now(verb, "not sealed")),
            (_, Some(_)) => Err(not_now(verb, "destroyed")),
        }
    }
}

/// A day that is not before the one it follows.
fn in_order(first: Day, then: Day) -> Result<(), Refusal> {
    if then < first {
        return Err(Refusal::DaysReversed);
    }
    Ok(())
}

fn not_now(verb: &'static str, state: &'static str) -> Refusal {
    Refusal::NotNow { verb, state }
}
