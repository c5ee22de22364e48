//! The forms of a result: what is confirmed, decided, drawn and taken back.

use plenum_rules::Actor;
use plenum_rules::voting::Unconfirmed;
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::count::{Decision, Next, Outcome};
use plenum_rules::voting::machine::Resulted;

use super::super::actions::count::mark_of;
use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::maker::{Can, Forms, Maker};
use super::rule_said::rule_said;

/// A result waits for what decides it and for two people.
pub fn result(maker: &Maker<'_>, can: &Can, resulted: &Resulted, me: &Actor, forms: &mut Forms) {
    let settling = settling(maker, resulted);
    let waits = settling.is_some();
    if can.run {
        forms.next.extend(settling.map(FormView::main));
        for next in &resulted.outcome.next {
            lots(maker, next, forms);
        }
    }
    if can.count && !waits && resulted.confirmed_by.as_ref() != Some(me) {
        forms.next.push(confirming(maker, &resulted.outcome));
    }
}

/// The rules that decided a result and wait for somebody who confirms them.
fn settling(maker: &Maker<'_>, resulted: &Resulted) -> Option<FormView> {
    let asked = resulted.outcome.next.iter().filter_map(|next| match next {
        Next::Confirm(one) => Some(one.clone()),
        _ => None,
    });
    let asked: Vec<Unconfirmed> = asked.collect();
    let field = to_confirm(maker, &asked)?;
    let form = maker.form(Verb::Settle);
    Some(
        form.field(Field::hidden("decision", "confirm"))
            .field(field),
    )
}

/// Of the rules that decide a list or its paper, those nobody has confirmed for it.
pub fn to_confirm_first(maker: &Maker<'_>, mut decided: Vec<Unconfirmed>) -> Option<Field> {
    let confirmed = &maker.seen.ballot.facts.confirmed;
    decided.retain(|one| confirmed.iter().all(|known| known.field != one.field));
    to_confirm(maker, &decided)
}

/// Rules that decide something and that nobody has seen in writing, each to be
/// ticked; what was confirmed at this convocation is ticked already.
pub fn to_confirm(maker: &Maker<'_>, asked: &[Unconfirmed]) -> Option<Field> {
    let seen = maker.seen;
    let said = |one: &Unconfirmed| {
        let said = rule_said(maker.words, &seen.ballot.rules, &one.field);
        let values = [("field", said.into()), ("source", (&one.source).into())];
        let said = maker.words.say_with("voting-note-parameter", &values);
        (one.field.clone(), said)
    };
    let mut field = maker
        .field("ticks", "confirm")
        .options(asked.iter().map(said).collect());
    field.chosen = seen.hall.confirmed.iter().cloned().collect();
    (!asked.is_empty()).then_some(field)
}

/// Where a lot is to be drawn, what was drawn.
fn lots(maker: &Maker<'_>, next: &Next, forms: &mut Forms) {
    let Next::DrawLot { tied, .. } = next else {
        return;
    };
    forms.next.push(
        maker
            .form(Verb::Settle)
            .field(Field::hidden("decision", "lot"))
            .field(Field::hidden("tied", numbers(tied)))
            .field(maker.field("text", "drawn"))
            .keyed("lot"),
    );
}

fn confirming(maker: &Maker<'_>, outcome: &Outcome) -> FormView {
    maker
        .form(Verb::Confirm)
        .field(Field::hidden("seen", mark_of(outcome)))
        .main()
}

/// What the congress decides on hearing the result.
pub fn decisions(maker: &Maker<'_>, resulted: &Resulted, forms: &mut Forms) {
    let body = resulted.ruled.closed.open.paper.definition.body;
    let present = maker.seen.hall.attendance(body).present;
    let named = |code: &'static str, key: &str| {
        let mut form = maker
            .form(Verb::Decide)
            .field(Field::hidden("decision", code))
            .fields(maker.cards("decide", present))
            .keyed(code);
        form.title = maker.words.say(key);
        form.button.clone_from(&form.title);
        form
    };
    let decision = |code: &'static str| named(code, &format!("voting-decide-{code}"));
    for next in &resulted.outcome.next {
        match next {
            Next::RunOff { .. }
            | Next::HoldFurtherBallot(_)
            | Next::AlternatesRunOff { .. }
            | Next::HoldAlternatesBallot(_) => {
                forms.next.push(maker.form(Verb::Further).main());
            }
            Next::DecideTie { .. } | Next::DecideOpenSeats(_) => {
                forms.next.push(decision("further").main());
                forms.next.push(decision("stop"));
            }
            Next::DecideMoreAlternates(_) | Next::DecideAlternatesTie { .. } => {
                forms
                    .next
                    .push(named("further", "voting-decide-further-alternates").main());
                forms
                    .next
                    .push(named("stop", "voting-decide-fewer-alternates"));
            }
            Next::DrawLot { .. } => lots(maker, next, forms),
            Next::DecideAlternates(_) => {
                forms.next.push(decision("take").main());
                forms.next.push(decision("leave"));
            }
            _ => {}
        }
    }
}

/// The papers are counted again, with the reason.
pub fn counting_again(maker: &Maker<'_>) -> FormView {
    maker
        .form(Verb::CountAgain)
        .field(maker.field("area", "reason"))
}

/// Numbers as a form sends them.
fn numbers(numbers: &[Number]) -> String {
    let all: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    all.join(" ")
}

/// What the congress was noted to have decided, to be taken back where nobody did.
pub fn undeciding(maker: &Maker<'_>, resulted: &Resulted, forms: &mut Forms) {
    for decision in &resulted.decisions {
        let code = match decision {
            Decision::FurtherBallot => "further",
            Decision::Stop => "stop",
            Decision::TakeAlternates => "take",
            Decision::LeaveAlternates => "leave",
            Decision::Lot(_) => "lot",
            Decision::Confirm(_) => continue,
        };
        let mut form = maker
            .form(Verb::Undecide)
            .field(Field::hidden("decision", code))
            .field(maker.field("area", "reason"))
            .keyed(code);
        if let Decision::Lot(lot) = decision {
            form = form
                .field(Field::hidden("tied", numbers(&lot.tied)))
                .field(Field::hidden("drawn", numbers(&lot.drawn)));
        }
        let said = maker.words.say(&format!("voting-decide-{code}"));
        form.title = maker.words.say1("voting-undecide-title", "decision", said);
        forms.other.push(form);
    }
}
