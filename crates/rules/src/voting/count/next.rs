//! What must happen after a result, and what the congress decides.

use serde::{Deserialize, Serialize};

use super::elect;
use super::outcome::{Line, Outcome};
use super::{Decision, Input, Lot};
use crate::voting::ballot::Number;
use crate::voting::profile::{Exhausted, TieRule};
use crate::voting::refusal::Refusal;
use crate::voting::unconfirmed::{Unconfirmed, Uses};

/// What must happen before this is the end of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Next {
    /// The counting committee rules on so many ballots.
    RuleOn(u64),
    /// A further ballot among the tied; the most votes are enough (R20).
    RunOff {
        /// Between whom.
        tied: Vec<Number>,
        /// For how many seats.
        seats: u32,
    },
    /// The lot is drawn.
    DrawLot {
        /// Between whom.
        tied: Vec<Number>,
        /// How many are drawn.
        seats: u32,
    },
    /// Those who elect decide whether to go on with a tie: a ballot among the
    /// tied, or the seats stay open.
    DecideTie {
        /// Between whom.
        tied: Vec<Number>,
        /// For how many seats.
        seats: u32,
    },
    /// Those who elect decide: a further ballot, or so many seats stay open
    /// (R22).
    DecideOpenSeats(u32),
    /// The further ballot they decided on is held.
    HoldFurtherBallot(u32),
    /// No further ballot may be held: the superior appoints (R30).
    SuperiorAppoints(u32),
    /// No further ballot may be held: so many seats stay open.
    SeatsStayOpen(u32),
    /// The congress decides whether these become alternates (Điều 18).
    DecideAlternates(Vec<Number>),
    /// So many seats of alternates are open: the congress decides whether to
    /// elect more (Điều 18; from memory).
    DecideMoreAlternates(u32),
    /// Equal votes across the last place of the alternates. What the rules say of
    /// ties is about seats (R20): the congress decides between a further ballot
    /// of the tied, which elects alternates only, and fewer alternates.
    DecideAlternatesTie {
        /// Between whom.
        tied: Vec<Number>,
        /// For how many places.
        seats: u32,
    },
    /// The further ballot of those tied for alternates is held.
    AlternatesRunOff {
        /// Between whom.
        tied: Vec<Number>,
        /// For how many places.
        seats: u32,
    },
    /// The further ballot for so many places of alternates is held.
    HoldAlternatesBallot(u32),
    /// Somebody confirms a number of the rules that decided something.
    Confirm(Unconfirmed),
}

impl Next {
    /// Whether it waits for this decision.
    #[must_use]
    pub fn asks_for(&self, decision: &Decision) -> bool {
        match (self, decision) {
            (Self::Confirm(one), Decision::Confirm(field)) => one.field == *field,
            (Self::DrawLot { tied, .. }, Decision::Lot(lot)) => lot.is_among(tied),
            (
                Self::DecideTie { .. }
                | Self::DecideOpenSeats(_)
                | Self::DecideAlternatesTie { .. }
                | Self::DecideMoreAlternates(_),
                Decision::FurtherBallot | Decision::Stop,
            )
            | (Self::DecideAlternates(_), Decision::TakeAlternates | Decision::LeaveAlternates) => {
                true
            }
            _ => false,
        }
    }

    /// Whether another ballot for the office may follow, so that it is not over.
    #[must_use]
    pub fn keeps_open(&self) -> bool {
        !matches!(
            self,
            Self::RuleOn(_) | Self::SuperiorAppoints(_) | Self::SeatsStayOpen(_) | Self::Confirm(_)
        )
    }
}

/// Whether this is the last ballot the rules allow (R30).
fn is_last(input: &Input<'_>) -> bool {
    let rounds = input.rules.rounds_of(&input.definition.office);
    let most = rounds.most.as_ref();
    most.is_some_and(|most| input.definition.round >= most.value)
}

/// What follows from a tie and from open seats (R20, R22, R30).
pub(super) fn after_seats(
    input: &Input<'_>,
    decisions: &[Decision],
    outcome: &mut Outcome,
    uses: &mut Uses,
) {
    let last = is_last(input);
    let (stop, further) = (
        decisions.contains(&Decision::Stop),
        decisions.contains(&Decision::FurtherBallot),
    );
    let mut undecided = outcome.open;
    if let Some(tie) = &outcome.tie {
        let (tied, seats) = (tie.tied.clone(), tie.seats);
        uses.parameter("tie", &input.rules.tie);
        let again = input.definition.purpose.is_run_off();
        let next = match input.rules.tie.value {
            TieRule::Lot => Some(Next::DrawLot { tied, seats }),
            _ if last => None,
            TieRule::RunOff if !again => Some(Next::RunOff { tied, seats }),
            // Equal again, or left to those who elect: whether they go on.
            _ if further => Some(Next::RunOff { tied, seats }),
            _ if stop => None,
            _ => Some(Next::DecideTie { tied, seats }),
        };
        // Nobody else passed, or there were no tie: its seats are all the open ones.
        if next.is_some() || !last {
            undecided = undecided.saturating_sub(seats);
        }
        outcome.next.extend(next);
    }
    if undecided == 0 {
        return;
    }
    outcome.next.extend(if last {
        Some(exhausted(input, undecided, uses))
    } else if stop {
        None
    } else if further {
        Some(Next::HoldFurtherBallot(undecided))
    } else {
        Some(Next::DecideOpenSeats(undecided))
    });
}

/// What follows the last ballot where seats are open (R30).
fn exhausted(input: &Input<'_>, open: u32, uses: &mut Uses) -> Next {
    let office = &input.definition.office;
    let rounds = input.rules.rounds_of(office);
    let own = input
        .rules
        .offices
        .iter()
        .position(|rule| rule.code == *office && rule.rounds.is_some());
    let field = own.map_or_else(
        || "rounds".to_owned(),
        |place| format!("offices[{place}].rounds"),
    );
    if let Some(most) = &rounds.most {
        uses.parameter(&format!("{field}.most"), most);
    }
    uses.parameter(&format!("{field}.then"), &rounds.then);
    match rounds.then.value {
        Exhausted::SuperiorAppoints => Next::SuperiorAppoints(open),
        Exhausted::SeatsStayOpen => Next::SeatsStayOpen(open),
    }
}

/// Those who passed and found no seat, for the seats of alternates (Điều 18:
/// only when the official delegates are complete, or a run-off of the tied will
/// complete them: who loses it has more votes than those below, and comes
/// first). How many lots decided among them.
pub(super) fn alternates(
    input: &Input<'_>,
    decisions: &[Decision],
    lots: &[Lot],
    outcome: &mut Outcome,
    uses: &mut Uses,
) -> Result<usize, Refusal> {
    let definition = input.definition;
    let Some(rule) = &input.rules.alternates else {
        return Ok(0);
    };
    let mut places = u32::from(definition.alternates);
    let mut tied: &[Number] = &[];
    match &outcome.tie {
        None if outcome.open > 0 => return Ok(0),
        None => {}
        Some(tie)
            if outcome
                .next
                .iter()
                .any(|next| matches!(next, Next::RunOff { .. })) =>
        {
            tied = &tie.tied;
            let losers = u32::try_from(tied.len()).unwrap_or(u32::MAX) - tie.seats;
            places = places.saturating_sub(losers);
        }
        Some(_) => return Ok(0),
    }
    if rule.office != definition.office || places == 0 {
        return Ok(0);
    }
    let free = |number: &Number| !outcome.elected.contains(number) && !tied.contains(number);
    // Whoever is in a run-off passed in the ballot before it, however few votes
    // the run-off gave.
    let passed_before = definition.purpose.is_run_off();
    let passed: Vec<Line> = outcome
        .lines
        .iter()
        .filter(|line| (line.passes || passed_before) && free(&line.number))
        .map(|line| Line {
            passes: true,
            ..line.clone()
        })
        .collect();
    let run_off = !tied.is_empty();
    if run_off && passed.is_empty() {
        return Ok(0);
    }
    let order = elect::order(&passed);
    let asked = rule.by_decision.value && !passed.is_empty();
    if !passed.is_empty() {
        uses.parameter("alternates.by_decision", &rule.by_decision);
    }
    if decisions.contains(&Decision::LeaveAlternates) {
        return Ok(0);
    }
    if asked && !decisions.contains(&Decision::TakeAlternates) {
        outcome.next.push(Next::DecideAlternates(order));
        return Ok(0);
    }
    let most = usize::try_from(places).unwrap_or(usize::MAX);
    let seating = elect::seat(&passed, &order, most, lots)?;
    outcome.alternates = seating.elected;
    if run_off {
        // What stays open is asked about when the run-off is over.
        return Ok(seating.lots);
    }
    let taken = u32::try_from(outcome.alternates.len()).unwrap_or(u32::MAX);
    let missing = places.saturating_sub(taken);
    let tie = seating.tie.map(|tie| (tie.tied, tie.seats));
    let next = of_alternates(input, decisions, tie, missing);
    outcome.next.extend(next);
    Ok(seating.lots)
}

/// What follows a ballot that elected alternates alone.
pub(super) fn after_alternates_alone(
    input: &Input<'_>,
    decisions: &[Decision],
    outcome: &mut Outcome,
) {
    let tie = outcome
        .tie
        .as_ref()
        .map(|tie| (tie.tied.clone(), tie.seats));
    let next = of_alternates(input, decisions, tie, outcome.open);
    outcome.next.extend(next);
}

/// What follows where places of alternates are tied for or stay open.
fn of_alternates(
    input: &Input<'_>,
    decisions: &[Decision],
    tie: Option<(Vec<Number>, u32)>,
    missing: u32,
) -> Option<Next> {
    if let (TieRule::Lot, Some((tied, seats))) = (input.rules.tie.value, &tie) {
        let (tied, seats) = (tied.clone(), *seats);
        return Some(Next::DrawLot { tied, seats });
    }
    if is_last(input) || decisions.contains(&Decision::Stop) {
        return None;
    }
    let further = decisions.contains(&Decision::FurtherBallot);
    match (tie, missing) {
        (Some((tied, seats)), _) if further => Some(Next::AlternatesRunOff { tied, seats }),
        (Some((tied, seats)), _) => Some(Next::DecideAlternatesTie { tied, seats }),
        (None, 0) => None,
        (None, missing) if further => Some(Next::HoldAlternatesBallot(missing)),
        (None, missing) => Some(Next::DecideMoreAlternates(missing)),
    }
}
