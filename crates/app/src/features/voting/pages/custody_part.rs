//! What follows the vote, on the page of a ballot.

use plenum_rules::Day;
use plenum_rules::voting::custody::{Custody, Deed};
use plenum_rules::voting::machine::Election;

use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::Seen;
use super::maker::{Can, Forms, Maker};
use crate::shell::{Words, profiles};

/// Custody, report, ratification.
pub fn after(maker: &Maker<'_>, can: &Can, forms: &mut Forms) {
    let Some(custody) = &maker.seen.ballot.facts.custody else {
        return;
    };
    let announced = matches!(maker.seen.ballot.facts.election, Election::Announced(_));
    let kept = custody.sealed.is_some() && custody.destroyed.is_none();
    let mut add = |form: FormView| forms.after.push(form);
    if can.run && custody.sealed.is_none() {
        add(maker.keep(Verb::Seal, "voting-field-handed-to", false));
    }
    let settled = custody.ratified.is_some() && custody.received.is_some();
    if can.run && !settled && !custody.elected_nobody {
        let reported = custody
            .reported
            .map_or_else(String::new, |day| day.to_string());
        let received = custody
            .received
            .map_or_else(String::new, |day| day.to_string());
        let form = maker
            .form(Verb::Report)
            .field(maker.field("date", "reported").value(reported))
            .field(maker.field("date", "received").value(received));
        let why = custody.reported.map(|_| maker.field("area", "why"));
        add(form.fields(why));
    }
    if can.approve && announced && !custody.elected_nobody {
        add(maker.keep(Verb::Ratify, "voting-field-instrument", false));
    }
    if can.run && custody.destroyed.is_none() {
        add(maker.keep(Verb::Complain, "voting-field-complaint-text", true));
    }
    for (place, complaint) in custody.complaints.iter().enumerate() {
        if can.approve && complaint.settled.is_none() {
            let mut form = maker
                .keep(Verb::Answer, "voting-field-settled-how", true)
                .field(Field::hidden("complaint", place.to_string()))
                .keyed(place.to_string());
            form.note.clone_from(&complaint.text);
            add(form);
        }
    }
    if can.approve && kept {
        add(maker.keep(Verb::Unseal, "voting-field-decision", false));
    }
    if can.run && kept {
        add(maker
            .keep(Verb::Destroy, "voting-field-decision", false)
            .grave());
    }
    put_right(maker, can, custody, forms);
}

/// What was noted of the sealing and the ratification can be put right.
fn put_right(maker: &Maker<'_>, can: &Can, custody: &Custody, forms: &mut Forms) {
    let again = |verb, label, on: Day, said: &str| {
        maker
            .form(verb)
            .field(maker.field("date", "on").value(on))
            .field(maker.labelled("text", "reason", label).value(said))
            .field(maker.labelled("area", "why", "voting-field-reason"))
    };
    let sealed = custody.sealed.as_ref();
    let kept = custody.destroyed.is_none() && custody.openings.is_empty();
    if let Some(sealed) = sealed.filter(|_| can.run && kept) {
        let (verb, label) = (Verb::SealAgain, "voting-field-handed-to");
        forms
            .other
            .push(again(verb, label, sealed.on, &sealed.decision));
    }
    if let Election::Ratified(ratified) = &maker.seen.ballot.facts.election
        && can.approve
    {
        let (verb, label) = (Verb::RatifyAgain, "voting-field-instrument");
        let before = &ratified.instrument;
        forms.other.push(again(verb, label, ratified.on, before));
    }
}

/// What became of the ballots after the vote, with the days of the rules.
pub fn custody_said(words: Words, seen: &Seen, today: Day) -> Vec<(String, String)> {
    let Some(custody) = &seen.ballot.facts.custody else {
        return Vec::new();
    };
    let (rules, calendar) = (&seen.ballot.rules, profiles::holidays());
    let mut said = Vec::new();
    let mut add = |key: &str, value: String| said.push((words.say(key), value));
    let deed = |deed: &Deed| format!("{}, {}", words.day(deed.on), deed.decision);
    let until = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| words.day(day));
    add(
        "voting-custody-sealed",
        custody
            .sealed
            .as_ref()
            .map_or_else(|| words.say("voting-custody-not-yet"), deed),
    );
    add("voting-custody-keep", words.day(custody.kept_until(rules)));
    add(
        "voting-custody-complaints",
        until(custody.complaints_until(rules, calendar)),
    );
    for complaint in &custody.complaints {
        let how = complaint.settled.as_ref().map_or_else(
            || words.say("voting-custody-open"),
            |(day, how)| format!("{}, {how}", words.day(*day)),
        );
        add(
            "voting-custody-complaint",
            format!("{}: {} — {how}", words.day(complaint.on), complaint.text),
        );
    }
    // Nobody was elected in an opinion or introduction ballot, or a void one.
    if !custody.elected_nobody {
        approval(words, seen, custody, &mut add);
    }
    for opening in &custody.openings {
        add("voting-custody-opened", deed(opening));
    }
    if let Some(destroyed) = &custody.destroyed {
        add("voting-custody-destroyed", deed(destroyed));
    }
    for finding in custody.check(rules, calendar, today) {
        let text = words.say1(
            &format!("finding-{}", finding.code.code().to_lowercase()),
            "limit",
            until(finding.limit),
        );
        add(
            "voting-custody-finding",
            format!("{} {text}", finding.code.code()),
        );
    }
    said
}

/// Report and ratification.
fn approval(words: Words, seen: &Seen, custody: &Custody, add: &mut impl FnMut(&str, String)) {
    let (rules, calendar) = (&seen.ballot.rules, profiles::holidays());
    let until = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| words.day(day));
    add(
        "voting-custody-report",
        match custody.reported {
            Some(day) => words.day(day),
            None => words.say1(
                "voting-custody-by",
                "day",
                until(custody.report_until(rules, calendar)),
            ),
        },
    );
    if let Some(day) = custody.received {
        add("voting-custody-received", words.day(day));
    }
    add(
        "voting-custody-ratified",
        match &seen.ballot.facts.election {
            Election::Ratified(ratified) => {
                format!("{}, {}", words.day(ratified.on), ratified.instrument)
            }
            _ => match custody.ratify_until(rules, calendar) {
                Some(day) => words.say1("voting-custody-by", "day", words.day(day)),
                None => words.say("voting-custody-not-yet"),
            },
        },
    );
}
