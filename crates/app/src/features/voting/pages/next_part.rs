//! What can be done now to a ballot, as forms; the next thing first.

use plenum_rules::voting::ballot::BallotKind;
use plenum_rules::voting::machine::{Closed, Election};
use plenum_rules::{Actor, Day};

use super::super::actions::counters::is_counted;
use super::super::forms::FormView;
use super::super::verbs::Verb;
use super::Seen;
use super::count_part::{closing, correcting};
use super::custody_part::after;
use super::decided_part::{counting_again, decisions, result, undeciding};
use super::draft_part::{drafting, handing_out, other_counters};
use super::maker::{Can, Forms, Maker};
use super::preliminary_part::{asking, is_asked, naming};
use super::sheets_part::sheet;
use crate::shell::Words;
use crate::shell::elections::elects;

/// What can be done now.
pub fn forms(
    words: Words,
    seen: &Seen,
    (base, can, today): (&str, &Can, Day),
    (me, pile): (&Actor, Option<u16>),
) -> Forms {
    let maker = Maker::new(words, seen, base, today);
    let mut forms = Forms::default();
    match &seen.ballot.facts.election {
        Election::Draft(draft) if can.run && draft.purpose.elects() => {
            drafting(&maker, draft, &mut forms);
            asking(&maker, draft, &mut forms);
        }
        Election::Draft(draft) if can.run => naming(&maker, draft, &mut forms),
        Election::ListApproved(_) if can.run => {
            forms.next.push(
                maker
                    .form(Verb::Print)
                    .field(maker.field("number", "printed"))
                    .main(),
            );
            forms.other.push(reopening(&maker));
        }
        Election::Printed(_) if can.run => {
            forms.next.push(handing_out(&maker));
            forms.other.push(reopening(&maker));
        }
        Election::Open(_) if can.count => forms.next.push(closing(&maker)),
        Election::Counting(counting) if can.count => {
            forms.next.extend(sheet(&maker, me, pile));
            forms.other.push(correcting(&maker, &counting.closed));
        }
        Election::Compared(_) if can.count => forms.other.push(counting_again(&maker)),
        Election::Resulted(resulted) => {
            result(&maker, can, resulted, me, &mut forms);
            if can.run {
                undeciding(&maker, resulted, &mut forms);
            }
            if can.count {
                forms.other.push(counting_again(&maker));
            }
        }
        Election::Confirmed(_) if can.run => forms.next.push(maker.form(Verb::Announce).main()),
        Election::Announced(announced) if can.run && seen.later.is_none() => {
            decisions(&maker, &announced.confirmed.resulted, &mut forms);
            undeciding(&maker, &announced.confirmed.resulted, &mut forms);
        }
        _ => {}
    }
    after(&maker, can, &mut forms);
    if can.run && is_counted(&seen.ballot.facts.election) {
        forms.other.push(other_counters(&maker));
    }
    let election = &seen.ballot.facts.election;
    let void = election.is_void();
    let begun = election.papers_are_out();
    let stands = matches!(
        election,
        Election::Confirmed(_) | Election::Announced(_) | Election::Ratified(_)
    );
    let stands = stands || !elects(&seen.ballot) && election.resulted().is_some();
    let list = matches!(election, Election::Draft(_));
    if !begun && !void && can.run && (list || !elects(&seen.ballot)) {
        forms.other.push(dropping(&maker));
    }
    if begun && !void && can.run && (!stands || can.approve) {
        let form = maker
            .form(Verb::Annul)
            .field(maker.field("area", "reason"))
            .grave();
        forms.other.push(form);
    }
    forms
}

/// A ballot nobody has voted in is not held.
fn dropping(maker: &Maker<'_>) -> FormView {
    let mut form = maker
        .form(Verb::Annul)
        .field(maker.field("area", "reason"))
        .grave();
    form.title = maker.words.say("voting-do-drop");
    form.button.clone_from(&form.title);
    form.note = maker.words.say("voting-note-drop");
    form
}

fn reopening(maker: &Maker<'_>) -> FormView {
    maker
        .form(Verb::Reopen)
        .field(maker.field("area", "reason"))
}

fn is_ranked(closed: &Closed) -> bool {
    closed.open.paper.definition.layout.kind == BallotKind::Ranked
}

/// Where the ballot stands, in a sentence.
pub fn sentence(words: Words, seen: &Seen, keyed: bool) -> String {
    let facts = &seen.ballot.facts;
    match (&facts.election, facts.election.resulted()) {
        (
            Election::Confirmed(_) | Election::Announced(_) | Election::Ratified(_),
            Some(resulted),
        ) => super::result_part::answer(words, resulted),
        (election, _) => {
            let returned = election.closed().map_or(0, |closed| closed.papers.returned);
            let state = match election {
                Election::Counting(_) if keyed => "keyed".to_owned(),
                Election::Draft(_) | Election::ListApproved(_) if !elects(&seen.ballot) => {
                    let state = election.state().replace('_', "-");
                    format!("{state}-{}", seen.ballot.purpose)
                }
                Election::Draft(_) if is_asked(seen) => "draft-asked".to_owned(),
                Election::Counting(counting) if is_ranked(&counting.closed) => "ranked".to_owned(),
                other => other.state().replace('_', "-"),
            };
            words.say_with(
                &format!("voting-now-{state}"),
                &[
                    (
                        "names",
                        facts
                            .nominations
                            .iter()
                            .filter(|one| one.stands())
                            .count()
                            .into(),
                    ),
                    ("seats", i64::from(facts.seats).into()),
                    ("returned", i64::from(returned).into()),
                    ("sheets", facts.sheets.len().into()),
                ],
            )
        }
    }
}
