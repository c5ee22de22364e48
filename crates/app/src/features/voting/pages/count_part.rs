//! Papers and tally sheets as forms on the page of a ballot.

use plenum_rules::Actor;
use plenum_rules::voting::ballot::BallotKind;
use plenum_rules::voting::machine::{Closed, Election};
use plenum_rules::voting::profile::Effect;

use super::super::forms::FormView;
use super::super::verbs::Verb;
use super::next_part::Maker;
use crate::shell::Lang;

/// The boxes are opened.
pub fn closing(maker: &Maker<'_>) -> FormView {
    let seen = maker.seen;
    let (body, printed) = match &seen.ballot.facts.election {
        Election::Open(open) => (Some(open.paper.definition.body), open.paper.printed),
        _ => (None, None),
    };
    let present = body.map_or(0, |body| seen.hall.attendance(body).present);
    let printed = printed
        .map(|printed| printed.to_string())
        .unwrap_or_default();
    maker
        .form(Verb::Close)
        .field(maker.field("number", "present").value(present))
        .field(maker.field("number", "printed").value(printed))
        .field(maker.field("number", "issued").value(present))
        .field(maker.field("number", "spoiled"))
        .field(maker.field("number", "returned"))
        .main()
}

/// The figures are put right.
pub fn correcting(maker: &Maker<'_>, closed: &Closed) -> FormView {
    let papers = closed.papers;
    let said = |number: u32| number.to_string();
    let printed = papers.printed.map(said).unwrap_or_default();
    maker.form(Verb::Correct).fields([
        maker
            .field("number", "present")
            .value(closed.attendance.present),
        maker.field("number", "printed").value(printed),
        maker.field("number", "issued").value(papers.issued),
        maker.field("number", "spoiled").value(papers.spoiled),
        maker.field("number", "returned").value(papers.returned),
        maker.field("area", "reason"),
    ])
}

/// The tally sheet of whoever looks; nobody sees another's numbers.
pub fn sheet(maker: &Maker<'_>, me: &Actor) -> Option<FormView> {
    let words = maker.words;
    let facts = &maker.seen.ballot.facts;
    let closed = facts.election.closed()?;
    let layout = closed.open.paper.definition.layout;
    if layout.kind == BallotKind::Ranked {
        return None;
    }
    let own = facts
        .sheets
        .iter()
        .find(|sheet| sheet.by == *me)
        .and_then(|sheet| sheet.sheets.first());
    let said = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut form = maker.form(Verb::Sheet).field(
        maker
            .field("number", "valid")
            .value(said(own.map(|sheet| sheet.valid))),
    );
    for criterion in &closed.open.rules.criteria {
        if criterion.effect == Effect::NotCountedForPerson {
            continue;
        }
        let text = match words.0 {
            Lang::Vi => &criterion.text_vi,
            Lang::En => &criterion.text_en,
        };
        let value = own.and_then(|sheet| sheet.invalid.get(&criterion.code).copied());
        let label = words.say_with(
            "voting-field-invalid",
            &[("code", (&criterion.code.0).into()), ("text", text.into())],
        );
        let mut field = maker
            .labelled("number", "invalid", "voting-field-valid")
            .label(label)
            .value(said(value));
        field.name = format!("invalid_{}", criterion.code.0);
        form = form.field(field);
    }
    let boxes = matches!(
        layout.kind,
        BallotKind::AgreeDisagree | BallotKind::SingleName
    );
    for row in &closed.open.paper.listed.rows {
        let of = |numbers: Option<&Vec<u32>>| {
            said(numbers.and_then(|all| all.get(row.number.place()).copied()))
        };
        let mut field = maker
            .labelled("number", "votes", "voting-field-valid")
            .label(format!("{}. {}", row.number, row.name))
            .value(of(own.map(|sheet| &sheet.votes)));
        field.name = format!("votes_{}", row.number);
        if boxes {
            field.hint = words.say("voting-agree");
        }
        form = form.field(field);
        if boxes {
            let mut field = maker
                .labelled("number", "against", "voting-field-valid")
                .label(format!("{}. {}", row.number, row.name))
                .value(of(own.map(|sheet| &sheet.against)));
            field.hint = words.say("voting-disagree");
            field.name = format!("against_{}", row.number);
            form = form.field(field);
        }
    }
    Some(form.main())
}
