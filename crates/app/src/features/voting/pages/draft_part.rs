//! The forms of a list on its way to the vote, and of its papers handed out.

use plenum_rules::voting::list::{Person, Withdrawal, candidates_from, may_be_voted};
use plenum_rules::voting::machine::Draft;
use plenum_rules::voting::profile::SeatsBy;
use plenum_rules::{Actor, PersonId};

use super::super::actions::counters::{Holder, stands, suggested};
use super::super::actions::papers::{counting, marked, voted_on};
use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::decided_part::to_confirm_first;
use super::hall_forms::people_options;
use super::maker::{Forms, Maker};
use super::papers_part::cards_said;
use crate::shell::elections::Committee;

/// Papers are handed out: who of those marked counts them, and who heads them.
pub fn handing_out(maker: &Maker<'_>) -> FormView {
    let (ballot, hall) = (&maker.seen.ballot, &maker.seen.hall);
    let (marked, people) = (marked(ballot, hall), counting(ballot, hall));
    let form = maker.form(Verb::HandOut).main();
    let mut after = committee_cards(maker);
    after.extend(accounts(maker, &suggested(ballot, &maker.seen.holders)));
    let (Some(first), [_, _, ..]) = (people.first(), &marked[..]) else {
        return form.fields(after);
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
    form.field(counts).field(head).fields(after)
}

/// The cards by which those who count are approved; the same people were, once.
fn committee_cards(maker: &Maker<'_>) -> Vec<Field> {
    let (ballot, hall) = (&maker.seen.ballot, &maker.seen.hall);
    let Some(draft) = ballot.facts.draft().filter(|_| voted_on(ballot)) else {
        return Vec::new();
    };
    let approved = |people: &[PersonId]| {
        let same = |one: &&Committee| one.body == draft.body && one.people == people;
        hall.committees.iter().find(same).map(|one| one.cards)
    };
    let people: Vec<PersonId> = counting(ballot, hall).iter().map(|one| one.id).collect();
    let present = hall.attendance(draft.body).present;
    let mut fields = maker.cards("committee", present);
    if let Some((first, cards)) = fields.first_mut().zip(approved(&people)) {
        // A vote of its own: what is typed is of the people ticked then.
        let cards = cards_said(maker.words, &cards);
        let before = maker.words.say1("voting-cards-before", "cards", cards);
        first.hint = format!("{} {before}", first.hint);
    }
    fields
}

/// With which accounts the ballot is counted: of those who may and do not stand.
fn accounts(maker: &Maker<'_>, chosen: &[Actor]) -> Vec<Field> {
    let seen = maker.seen;
    let named = |holder: &Holder| stands(&seen.ballot, holder);
    let label = |holder: &Holder| {
        let name = format!("{} ({})", holder.name, holder.who.0);
        if named(holder) {
            maker.words.say1("voting-account-namesake", "name", name)
        } else {
            name
        }
    };
    let holders = &seen.holders;
    let options = holders
        .iter()
        .map(|holder| (holder.who.0.clone(), label(holder)));
    let mut field = maker.field("ticks", "account").options(options.collect());
    field.chosen = chosen.iter().map(|who| who.0.clone()).collect();
    let namesakes = holders.iter().any(named);
    let namesakes = namesakes.then(|| maker.field("check", "namesakes"));
    [field].into_iter().chain(namesakes).collect()
}

/// Other accounts count than were named.
pub fn other_counters(maker: &Maker<'_>) -> FormView {
    let now = &maker.seen.ballot.facts.counters;
    maker
        .form(Verb::Counters)
        .fields(accounts(maker, now))
        .field(maker.field("area", "reason"))
}

/// The list is made: seats, nominations, wishes to withdraw, its approval.
pub fn drafting(maker: &Maker<'_>, draft: &Draft, forms: &mut Forms) {
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
    let source = maker.field("choice", "source").value("convening").options(
        ["convening", "floor", "own"]
            .map(|code| (code.to_owned(), words.say(&format!("voting-source-{code}"))))
            .into(),
    );
    let mut nominators = vec![(String::new(), "–".to_owned())];
    nominators.extend(people_options(&seen.hall, |_| true));
    let people = to_nominate(maker, draft, "voting-field-people-to-nominate");
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
        let decided = facts.decided_by(&seen.ballot.rules, &seen.hall, draft);
        let form = approving(maker, draft, by);
        let mut form = form.fields(to_confirm_first(maker, decided.unwrap_or_default()));
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

/// Whom to nominate: those who belong to the body candidates come from, and are
/// not nominated yet.
pub fn to_nominate(maker: &Maker<'_>, draft: &Draft, label: &str) -> Field {
    let seen = maker.seen;
    let rule = seen.ballot.rules.office(&draft.office);
    let from = rule.and_then(|rule| candidates_from(rule, &seen.hall.people));
    let eligible = |person: &Person| {
        let nominations = &seen.ballot.facts.nominations;
        let named = nominations.iter().any(|one| one.person == person.id);
        !named && from.is_none_or(|body| person.bodies.contains(body))
    };
    let mut field = maker
        .field("people", "person")
        .options(people_options(&seen.hall, eligible));
    field.label = maker.words.say(label);
    field
}
