//! What can be done now to a ballot, as forms; the next thing first.

use plenum_rules::voting::Unconfirmed;
use plenum_rules::voting::ballot::{BallotKind, Number};
use plenum_rules::voting::count::{Decision, Next, Outcome};
use plenum_rules::voting::list::{Person, Withdrawal, candidates_from, may_be_voted};
use plenum_rules::voting::machine::{Closed, Draft, Election, Resulted};
use plenum_rules::voting::profile::SeatsBy;
use plenum_rules::{Actor, Day, PersonId};

use super::super::actions::count::mark_of;
use super::super::actions::papers::{counting, marked};
use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::Seen;
use super::count_part::{closing, correcting};
use super::custody_part::after;
use super::hall_forms::people_options;
use super::preliminary_part::{asking, is_asked, naming};
use super::rule_said::rule_said;
use super::sheets_part::sheet;
use crate::shell::Words;
use crate::shell::elections::elects;

/// What whoever looks may do with this ballot.
#[derive(Clone, Copy, Debug)]
pub struct Can {
    /// Lead it.
    pub run: bool,
    /// Count it.
    pub count: bool,
    /// Approve it for the level above.
    pub approve: bool,
}

/// The forms of the page.
#[derive(Default)]
pub struct Forms {
    /// What comes next.
    pub next: Vec<FormView>,
    /// What else can be done.
    pub other: Vec<FormView>,
    /// What follows the vote.
    pub after: Vec<FormView>,
}

/// Makes forms of one ballot.
pub struct Maker<'a> {
    pub words: Words,
    pub seen: &'a Seen,
    base: &'a str,
    today: Day,
}

impl<'a> Maker<'a> {
    /// Makes forms that are sent below an address.
    pub fn new(words: Words, seen: &'a Seen, base: &'a str, today: Day) -> Self {
        Self {
            words,
            seen,
            base,
            today,
        }
    }

    /// A form of a verb.
    pub fn form(&self, verb: Verb) -> FormView {
        let action = format!("{}/{}", self.base, verb.code());
        FormView::new(self.words, verb.code(), action)
    }

    /// A field with its own label.
    pub fn field(&self, kind: &'static str, name: &str) -> Field {
        Field::new(self.words, kind, name)
    }

    /// A field with another's label.
    pub fn labelled(&self, kind: &'static str, name: &str, key: &str) -> Field {
        self.field(kind, name).label(self.words.say(key))
    }

    /// A form of a day and a text.
    pub fn keep(&self, verb: Verb, label: &str, area: bool) -> FormView {
        self.form(verb)
            .field(self.field("date", "on").value(self.today))
            .field(self.labelled(if area { "area" } else { "text" }, "reason", label))
    }
}

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
    let election = &seen.ballot.facts.election;
    let void = matches!(election, Election::Annulled(_));
    let begun = election.papers_are_out();
    let stands = matches!(
        election,
        Election::Confirmed(_) | Election::Announced(_) | Election::Ratified(_)
    );
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

/// Papers are handed out: who of those marked counts them, and who heads them.
fn handing_out(maker: &Maker<'_>) -> FormView {
    let (ballot, hall) = (&maker.seen.ballot, &maker.seen.hall);
    let (marked, people) = (marked(ballot, hall), counting(ballot, hall));
    let form = maker.form(Verb::HandOut).main();
    let (Some(first), [_, _, ..]) = (people.first(), &marked[..]) else {
        return form;
    };
    let options = people_options(hall, |person| marked.iter().any(|one| one.id == person.id));
    let mut counts = maker.field("people", "counts").options(options.clone());
    counts.chosen = people.iter().map(|person| person.id.to_string()).collect();
    let mut head = maker
        .field("select", "head")
        .options(options)
        .value(first.id);
    if ballot.purpose == "opinion" {
        head.label = maker.words.say("voting-field-head-of-team");
    }
    form.field(counts).field(head)
}

fn drafting(maker: &Maker<'_>, draft: &Draft, forms: &mut Forms) {
    let (words, seen) = (maker.words, maker.seen);
    let facts = &seen.ballot.facts;
    let rule = seen.ballot.rules.office(&draft.office);
    let by = rule.map_or(SeatsBy::Vote, |rule| rule.seats);
    if by != SeatsBy::One && draft.round == 1 {
        let mut form = maker
            .form(Verb::Seats)
            .field(maker.field("number", "seats").value(if facts.seats > 0 {
                facts.seats.to_string()
            } else {
                String::new()
            }));
        let alternates = seen.ballot.rules.alternates.as_ref();
        if alternates.is_some_and(|rule| rule.office == draft.office) {
            form = form.field(maker.field("number", "alternates").value(facts.alternates));
        }
        if facts.seats == 0 {
            forms.next.push(form.main());
        } else {
            forms.other.push(form);
        }
    }
    let nominated = |person: &Person| facts.nominations.iter().any(|one| one.person == person.id);
    let from = rule.and_then(|rule| candidates_from(rule, &seen.hall.people));
    let eligible = |person: &Person| {
        !nominated(person) && from.is_none_or(|body| person.bodies.contains(body))
    };
    let source = maker.field("choice", "source").value("convening").options(
        ["convening", "floor", "own"]
            .map(|code| (code.to_owned(), words.say(&format!("voting-source-{code}"))))
            .into(),
    );
    let mut nominators = vec![(String::new(), "–".to_owned())];
    nominators.extend(people_options(&seen.hall, |_| true));
    let mut people = maker
        .field("people", "person")
        .options(people_options(&seen.hall, eligible));
    people.label = words.say("voting-field-people-to-nominate");
    let mut nominate = maker
        .form(Verb::Nominate)
        .field(people)
        .field(source)
        .field(maker.field("select", "nominator").options(nominators));
    nominate.open = facts.nominations.is_empty();
    if facts.nominations.is_empty() {
        forms.next.push(nominate);
        return;
    }
    let wishes = facts.nominations.iter();
    for wish in wishes.filter(|one| one.withdrawal == Some(Withdrawal::Asked)) {
        forms.next.push(deciding_on(maker, wish.person));
    }
    if facts.seats > 0 {
        let mut form = approving(maker, draft, by);
        // What blocks comes first, and stands below.
        form.main &= !blocked(maker, draft);
        form.open = form.main;
        forms.next.push(form);
    }
    forms.other.insert(0, nominate);
}

/// Whether something found in the list blocks it.
fn blocked(maker: &Maker<'_>, draft: &Draft) -> bool {
    let seen = maker.seen;
    let found = seen
        .ballot
        .facts
        .findings(&seen.ballot.rules, &seen.hall, draft);
    found.is_ok_and(|found| may_be_voted(&found).is_err())
}

/// The congress decides by raised cards on somebody's wish to withdraw.
fn deciding_on(maker: &Maker<'_>, person: PersonId) -> FormView {
    let mut form =
        maker
            .form(Verb::Nomination)
            .field(Field::hidden("person", person.to_string()))
            .field(Field::hidden("change", "decide"))
            .fields(["agree", "disagree", "abstain"].map(|name| {
                maker.labelled("number", name, &format!("voting-field-withdraw-{name}"))
            }))
            .keyed(person.to_string());
    let name = maker.seen.hall.name(person);
    form.title = maker.words.say1("voting-withdraw-title", "name", name);
    form
}

fn approving(maker: &Maker<'_>, draft: &Draft, by: SeatsBy) -> FormView {
    let mut form = maker.form(Verb::Approve).main();
    let votes_on_number =
        by == SeatsBy::Vote && draft.purpose == plenum_rules::voting::count::Purpose::Election;
    if votes_on_number {
        form = form.fields(
            ["number_agree", "number_disagree", "number_abstain"]
                .map(|name| maker.field("number", name)),
        );
    }
    if !votes_on_number {
        form.note = maker.words.say("voting-note-approve-list");
    }
    form.fields(
        ["list_agree", "list_disagree", "list_abstain"].map(|name| maker.field("number", name)),
    )
}

fn result(maker: &Maker<'_>, can: &Can, resulted: &Resulted, me: &Actor, forms: &mut Forms) {
    let mut waits = false;
    if can.run {
        for next in &resulted.outcome.next {
            match next {
                Next::Confirm(one) => {
                    waits = true;
                    forms.next.push(confirming_rule(maker, one).main());
                }
                other => lots(maker, other, forms),
            }
        }
    }
    if can.count && !waits && resulted.confirmed_by.as_ref() != Some(me) {
        forms.next.push(confirming(maker, &resulted.outcome));
    }
}

/// A rule that decided something and that nobody has seen in writing.
fn confirming_rule(maker: &Maker<'_>, one: &Unconfirmed) -> FormView {
    let mut form = maker
        .form(Verb::Settle)
        .field(Field::hidden("decision", "confirm"))
        .field(Field::hidden("parameter", &one.field))
        .keyed(&one.field);
    let said = rule_said(maker.words, &maker.seen.ballot.rules, &one.field);
    form.note = maker.words.say_with(
        "voting-note-parameter",
        &[("field", said.into()), ("source", (&one.source).into())],
    );
    form
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
fn decisions(maker: &Maker<'_>, resulted: &Resulted, forms: &mut Forms) {
    let named = |code: &'static str, key: &str| {
        let mut form = maker
            .form(Verb::Decide)
            .field(Field::hidden("decision", code))
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
            Next::Confirm(one) => forms.next.push(confirming_rule(maker, one)),
            _ => {}
        }
    }
}

/// The papers are counted again, with the reason.
fn counting_again(maker: &Maker<'_>) -> FormView {
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
fn undeciding(maker: &Maker<'_>, resulted: &Resulted, forms: &mut Forms) {
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
