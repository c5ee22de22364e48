//! Papers as forms on the page of a ballot.

use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::machine::{Closed, Election};

use super::super::forms::FormView;
use super::super::verbs::Verb;
use super::maker::Maker;

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
    let form = maker.form(Verb::Correct).fields([
        maker
            .field("number", "present")
            .value(closed.attendance.present),
        maker.field("number", "printed").value(printed),
        maker.field("number", "issued").value(papers.issued),
        maker.field("number", "spoiled").value(papers.spoiled),
        maker.field("number", "returned").value(papers.returned),
        maker.field("area", "reason"),
    ]);
    // Recorded otherwise since, it counts here only where somebody says so.
    let now = maker.seen.hall.attendance(closed.attendance.body);
    let same = |one: &Attendance| (one.convened, one.groups.clone());
    if same(&now) == same(&closed.attendance) {
        return form;
    }
    let figures = [&closed.attendance, &now].map(|attendance| {
        let off = attendance
            .groups
            .iter()
            .map(|group| group.people - group.counted);
        i64::from(attendance.convened) - i64::from(off.sum::<u32>())
    });
    let label = maker.words.say_with(
        "voting-field-anew",
        &[("before", figures[0].into()), ("now", figures[1].into())],
    );
    form.field(
        maker
            .labelled("check", "anew", "voting-field-reason")
            .label(label),
    )
}
