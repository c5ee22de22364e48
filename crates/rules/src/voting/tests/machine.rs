//! An election from draft to ratification, by example and at random against
//! the table of `docs/machines/election.md`.

use proptest::prelude::*;

use super::*;
use crate::PersonId;
use crate::voting::archive::recount;
use crate::voting::ballot::{Remark, Verdict};
use crate::voting::count::{Lot, Next, Sheet};
use crate::voting::list::{Finding, Row};
use crate::voting::machine::{CardVote, Draft, Election, Listed, RulingRecord, SheetCount};
use crate::{Actor, Day};

fn actor(name: &str) -> Actor {
    Actor(name.to_owned())
}

fn day(month: i8, day: i8) -> Day {
    Day::of(2025, month, day).unwrap()
}

fn draft(code: &str) -> Draft {
    Draft {
        office: office(code),
        body: Body::MemberCongress,
        purpose: Purpose::Election,
        round: 1,
    }
}

fn cards() -> CardVote {
    CardVote {
        agree: 20,
        disagree: 0,
        abstain: 0,
    }
}

fn listed(code: &str, names: u8, seats: u8) -> Listed {
    Listed {
        draft: draft(code),
        seats,
        alternates: 0,
        rows: (1..=names)
            .map(|number| Row {
                number: no(number),
                person: PersonId(number.into()),
                name: format!("Người {number}"),
                birth: None,
            })
            .collect(),
        number_vote: Some(cards()),
        list_vote: Some(cards()),
    }
}

fn papers(returned: u32) -> Papers {
    Papers {
        printed: None,
        issued: 20,
        spoiled: 0,
        returned,
    }
}

/// A branch committee election of 20, counting: 4 names for 3 seats.
pub(super) fn counting(returned: u32) -> Election {
    Election::Draft(draft("branch_committee"))
        .approve_list(&party(), listed("branch_committee", 4, 3), &[])
        .unwrap()
        .print(&party(), Some(25))
        .unwrap()
        .open(party(), vec![PersonId(90)])
        .unwrap()
        .close(attending(Body::MemberCongress, 20, &[]), papers(returned))
        .unwrap()
        .begin_count()
        .unwrap()
}

fn many(ballot: &Ballot, times: usize) -> Vec<Ballot> {
    vec![ballot.clone(); times]
}

fn record(place: u32, valid: bool, code: &str) -> RulingRecord {
    RulingRecord {
        place,
        ruling: ruled(valid, code).unwrap(),
        note: String::new(),
        by: actor("chi"),
    }
}

/// The result of 18 ballots, one of them an over-vote.
fn resulted() -> Election {
    let mut ballots = many(&struck(&[4]), 17);
    ballots.push(struck(&[]));
    counting(18)
        .compare(ballots)
        .unwrap()
        .rule(&[record(17, false, "I2")])
        .unwrap()
        .find_result()
        .unwrap()
}

fn outcome(election: &Election) -> Outcome {
    election.resulted().unwrap().outcome.clone()
}

fn confirmed() -> Election {
    let seen = outcome(&resulted());
    let first = resulted().confirm(actor("an"), &seen).unwrap();
    first.confirm(actor("binh"), &seen).unwrap()
}

#[test]
fn a_branch_committee_is_elected_from_list_to_ratification() {
    let election = resulted();
    let found = outcome(&election);
    assert_eq!(found.elected, [no(1), no(2), no(3)]);
    assert_eq!(found.papers.unused, Some(5));
    assert_eq!(found.papers.not_returned, 2);
    let election = confirmed().announce(day(1, 10)).unwrap();
    let archive = election
        .resulted()
        .unwrap()
        .archive("Chi bộ 12", day(1, 10), None);
    assert_eq!(recount(&archive), Ok(found));
    let early = election.clone().ratify(day(1, 9), "7-QĐ/ĐU");
    assert_eq!(early, Err(Refusal::DaysReversed));
    assert_eq!(
        election.clone().ratify(day(1, 20), " "),
        Err(Refusal::ReasonNeeded)
    );
    let election = election.ratify(day(1, 20), "7-QĐ/ĐU, 20/01/2025").unwrap();
    assert_eq!(election.state(), "ratified");
    assert_eq!(
        election.annul("cấp trên hủy kết quả").unwrap().state(),
        "annulled"
    );
}

#[test]
fn r16_an_election_with_more_papers_back_than_out_does_not_close() {
    let open = Election::Draft(draft("branch_committee"))
        .approve_list(&party(), listed("branch_committee", 4, 3), &[])
        .and_then(|election| election.print(&party(), None))
        .and_then(|election| election.open(party(), vec![]))
        .unwrap();
    let attendance = attending(Body::MemberCongress, 20, &[]);
    assert_eq!(
        open.clone().close(attendance.clone(), papers(21)),
        Err(Refusal::MoreReturnedThanIssued {
            issued: 20,
            returned: 21
        })
    );
    let delegates = attending(Body::DelegateCongress, 20, &[]);
    assert_eq!(
        open.close(delegates, papers(20)),
        Err(Refusal::NoDenominator)
    );
}

#[test]
fn papers_counted_wrongly_are_put_right_with_a_reason() {
    let ballots = || many(&struck(&[4]), 17);
    let counting = counting(18);
    assert_eq!(
        counting.clone().compare(ballots()),
        Err(Refusal::PapersDoNotAddUp {
            returned: 18,
            counted: 17
        })
    );
    let attendance = attending(Body::MemberCongress, 20, &[]);
    let correct = |returned, reason| {
        counting
            .clone()
            .correct_papers(attendance.clone(), papers(returned), reason)
    };
    assert_eq!(correct(17, " "), Err(Refusal::ReasonNeeded));
    assert_eq!(correct(21, "đếm lại").unwrap_err().code(), "E-VOT-02");
    let corrected = correct(17, "hai tờ dính nhau").unwrap();
    assert_eq!(
        corrected.closed().unwrap().corrections,
        ["hai tờ dính nhau"]
    );
    assert!(corrected.compare(ballots()).is_ok());
}

#[test]
fn r27_a_teller_on_the_list_keeps_an_election_from_opening() {
    let printed = Election::Draft(draft("branch_committee"))
        .approve_list(&party(), listed("branch_committee", 4, 3), &[])
        .and_then(|election| election.print(&party(), None))
        .unwrap();
    assert_eq!(
        printed.open(party(), vec![PersonId(2)]),
        Err(Refusal::TellerStands)
    );
}

#[test]
fn r51_two_accounts_confirm_the_same_result() {
    let seen = outcome(&resulted());
    let first = resulted().confirm(actor("an"), &seen).unwrap();
    assert_eq!(first.state(), "resulted");
    assert_eq!(
        first.clone().confirm(actor("an"), &seen),
        Err(Refusal::SamePerson { who: actor("an") })
    );
    let mut other = seen.clone();
    other.lines[0].votes -= 1;
    assert_eq!(
        first.clone().confirm(actor("binh"), &other),
        Err(Refusal::CountsDiffer)
    );
    assert_eq!(
        first.confirm(actor("binh"), &seen).unwrap().state(),
        "confirmed"
    );
}

#[test]
fn r51_sheets_are_filled_independently_and_must_be_identical() {
    let sheet = |votes: &[u32]| Sheet {
        ballots: 18,
        valid: 17,
        invalid: [(criterion("I2"), 1)].into(),
        votes: votes.to_vec(),
        against: vec![],
    };
    let by = |who: &str, votes: &[u32]| SheetCount {
        by: actor(who),
        piles: [(1, sheet(votes))].into(),
    };
    let votes = [17, 17, 16, 1];
    let compared = |counts: &[SheetCount]| counting(18).compare_sheets(counts);
    assert_eq!(
        compared(&[by("an", &votes)]),
        Err(Refusal::SecondPersonNeeded)
    );
    assert_eq!(
        compared(&[by("an", &votes), by("an", &votes)]),
        Err(Refusal::SamePerson { who: actor("an") })
    );
    assert_eq!(
        compared(&[by("an", &votes), by("binh", &[17, 17, 15, 2])]),
        Err(Refusal::CountsDiffer)
    );
    let bad = [17, 17, 17, 1];
    assert_eq!(
        compared(&[by("an", &bad), by("binh", &bad)])
            .unwrap_err()
            .code(),
        "E-VOT-05"
    );
    let agreed = compared(&[by("an", &votes), by("binh", &votes)]).unwrap();
    let election = agreed.find_result().unwrap();
    assert_eq!(outcome(&election).elected, [no(1), no(2), no(3)]);
}

#[test]
fn every_doubtful_ballot_is_ruled_on() {
    let mut ballots = many(&struck(&[4]), 16);
    ballots.push(struck(&[]));
    ballots.push(struck(&[4]).with(Remark::WrittenOn));
    let compared = counting(18).compare(ballots).unwrap();
    let Election::Compared(state) = &compared else {
        panic!("{}", compared.state());
    };
    assert_eq!(
        state.flagged(),
        [
            (16, Verdict::Invalid(criterion("I2"))),
            (17, Verdict::Doubtful(criterion("I6"))),
        ]
    );
    assert_eq!(
        compared.clone().rule(&[]),
        Err(Refusal::RulingMissing { ballots: 2 })
    );
    let over = [record(16, true, "I2"), record(17, true, "I6")];
    assert_eq!(
        compared.clone().rule(&over),
        Err(Refusal::RulingAgainstRule {
            criterion: criterion("I2")
        })
    );
    let ruled = compared
        .rule(&[record(16, false, "I2"), record(17, true, "I6")])
        .unwrap();
    let found = outcome(&ruled.find_result().unwrap());
    assert_eq!(found.papers.valid, 17);
    // I6 is from memory: a person confirms it before the result stands.
    assert!(
        found
            .next
            .iter()
            .any(|next| matches!(next, Next::Confirm(_)))
    );
}

#[test]
fn a_ruling_is_changed_until_two_people_confirmed() {
    let mut ballots = many(&struck(&[4]), 17);
    ballots.push(struck(&[4]).with(Remark::WrittenOn));
    let found = counting(18)
        .compare(ballots.clone())
        .and_then(|election| election.rule(&[record(17, false, "I6")]))
        .and_then(Election::find_result)
        .unwrap();
    let field = outcome(&found).unconfirmed[0].field.clone();
    let found = found.decide(Decision::Confirm(field)).unwrap();
    let seen = outcome(&found);
    assert_eq!(seen.papers.valid, 17);
    let first = found.confirm(actor("an"), &seen).unwrap();
    // The last ruling on a ballot is the one that counts.
    let rulings = [record(17, false, "I6"), record(17, true, "I6")];
    let other = many(&struck(&[1]), 18);
    assert_eq!(
        first.clone().rule_again(other, &rulings),
        Err(Refusal::CountsDiffer)
    );
    let again = first.rule_again(ballots.clone(), &rulings).unwrap();
    let after = again.resulted().unwrap();
    assert_eq!(after.outcome.papers.valid, 18);
    assert_eq!(
        after.confirmed_by, None,
        "another result is looked at again"
    );
    // What was confirmed of the rules stays confirmed.
    assert_eq!(after.outcome.next, []);
    let late = confirmed().rule_again(ballots, &rulings);
    assert_eq!(late.unwrap_err().code(), "E-VOT-01");
}

#[test]
fn an_unconfirmed_number_holds_the_result_until_somebody_confirms_it() {
    let mut ballots = many(&struck(&[4]), 17);
    ballots.push(struck(&[1, 2, 3, 4]));
    let election = counting(18)
        .compare(ballots)
        .and_then(|election| election.rule(&[record(17, false, "I3")]))
        .and_then(Election::find_result)
        .unwrap();
    let field = outcome(&election).unconfirmed[0].field.clone();
    assert_eq!(
        election.clone().confirm(actor("an"), &outcome(&election)),
        Err(Refusal::Unconfirmed {
            field: field.clone()
        })
    );
    // A number that decided nothing is not confirmed, nor one nobody knows.
    for field in ["tie", "so what"] {
        let other = election.clone().decide(Decision::Confirm(field.to_owned()));
        assert_eq!(other, Err(Refusal::NotAsked), "{field}");
    }
    let election = election.decide(Decision::Confirm(field)).unwrap();
    let seen = outcome(&election);
    assert!(election.confirm(actor("an"), &seen).is_ok());
}

#[test]
fn rules_edited_during_a_count_have_no_effect() {
    let election = counting(18);
    let mut edited = party();
    edited.threshold.value.numerator = 2;
    edited.threshold.value.denominator = 3;
    assert_eq!(election.check_rules(&edited), Err(Refusal::RulesChanged));
    assert_eq!(election.check_rules(&party()), Ok(()));
    assert_eq!(election.rules(), Some(&party()));
    // A paper laid out by other rules does not open.
    let printed = Election::Draft(draft("branch_committee"))
        .approve_list(&party(), listed("branch_committee", 4, 3), &[])
        .and_then(|election| election.print(&party(), None))
        .unwrap();
    edited.ballot.with_surplus.value = BallotKind::AgreeDisagree;
    assert_eq!(printed.open(edited, vec![]), Err(Refusal::RulesChanged));
}

#[test]
fn number_and_list_are_voted_on_as_the_rules_say() {
    let rules = party();
    let approve = |code: &str, list: Listed, findings: &[Finding]| {
        Election::Draft(draft(code)).approve_list(&rules, list, findings)
    };
    assert_eq!(
        approve("delegates", listed("delegates", 4, 3), &[]),
        Err(Refusal::NumberIsAllocated),
        "R58"
    );
    let mut unvoted = listed("branch_committee", 4, 3);
    unvoted.number_vote = None;
    assert_eq!(
        approve("branch_committee", unvoted, &[]),
        Err(Refusal::DecisionNeeded)
    );
    let blocked = Finding {
        code: crate::voting::list::FindingCode::TellerStands,
        person: None,
        found: None,
        limit: None,
        unconfirmed: None,
    };
    assert_eq!(
        approve(
            "branch_committee",
            listed("branch_committee", 4, 3),
            &[blocked]
        ),
        Err(Refusal::ListBlocked { findings: 1 })
    );
    assert!(approve("king", listed("king", 4, 3), &[]).is_err());
    // A list of another office is no list for this one.
    assert!(approve("branch_committee", listed("committee", 4, 3), &[]).is_err());
    let mut long = listed("branch_committee", 100, 3);
    long.rows.extend(long.rows.clone());
    let long = approve("branch_committee", long, &[]).unwrap();
    assert_eq!(long.print(&rules, None).unwrap_err().code(), "E-VOT-09");
}

#[test]
fn a_tie_is_run_off_in_a_further_ballot() {
    let mut ballots = many(&struck(&[3, 4]), 6);
    ballots.extend(many(&struck(&[4]), 6));
    ballots.extend(many(&struck(&[3]), 6));
    let first = counting(18)
        .compare(ballots)
        .and_then(|election| election.rule(&[]))
        .and_then(Election::find_result)
        .unwrap();
    let found = outcome(&first);
    // 18, 18, 6, 6 of 20: nobody else passes, and the two are not tied above half.
    assert_eq!(found.elected, [no(1), no(2)]);
    assert_eq!(found.next, [Next::DecideOpenSeats(1)]);
    let mut ballots = many(&struck(&[4]), 6);
    ballots.extend(many(&struck(&[3]), 6));
    ballots.extend(many(&struck(&[1]), 6));
    let first = counting(18)
        .compare(ballots)
        .and_then(|election| election.rule(&[]))
        .and_then(Election::find_result)
        .unwrap();
    let tied = vec![no(1), no(3), no(4)];
    assert_eq!(outcome(&first).elected, [no(2)]);
    assert_eq!(outcome(&first).next[0], Next::RunOff { tied, seats: 2 });
    let again = Draft {
        purpose: Purpose::RunOff,
        round: 2,
        ..draft("branch_committee")
    };
    let list = Listed {
        draft: again.clone(),
        number_vote: None,
        ..listed("branch_committee", 3, 2)
    };
    let printed = Election::Draft(again)
        .approve_list(&party(), list, &[])
        .and_then(|election| election.print(&party(), None))
        .unwrap();
    assert_eq!(printed.state(), "printed");
}

#[test]
fn a_lot_is_drawn_before_anybody_confirms() {
    let rules = rules("association");
    let body = Body::MemberCongress;
    let draft = Draft {
        purpose: Purpose::Election,
        ..draft("chair")
    };
    let list = Listed {
        draft: draft.clone(),
        number_vote: None,
        ..listed("chair", 2, 1)
    };
    let mut ballots = many(&ranking(&[1]), 9);
    ballots.extend(many(&ranking(&[2]), 9));
    let election = Election::Draft(draft)
        .approve_list(&rules, list, &[])
        .and_then(|election| election.print(&rules, None))
        .and_then(|election| election.open(rules.clone(), vec![]))
        .and_then(|election| election.close(attending(body, 20, &[]), papers(18)))
        .and_then(Election::begin_count)
        .and_then(|election| election.compare(ballots))
        .and_then(|election| election.rule(&[]))
        .and_then(Election::find_result)
        .unwrap();
    let seen = outcome(&election);
    assert_eq!(
        election.clone().confirm(actor("an"), &seen),
        Err(Refusal::DecisionNeeded)
    );
    let lot = Lot {
        tied: vec![no(1), no(2)],
        drawn: vec![no(2)],
    };
    let lot = Decision::Lot(lot);
    let election = election.decide(lot.clone()).unwrap();
    assert_eq!(outcome(&election).elected, [no(2)]);
    // Written down wrongly, it is drawn anew until two have confirmed.
    let back = election.clone().take_back(&lot).unwrap();
    assert_eq!(outcome(&back), seen);
    let seen = outcome(&election);
    let announced = election
        .confirm(actor("an"), &seen)
        .and_then(|election| election.confirm(actor("binh"), &seen))
        .and_then(|election| election.announce(day(1, 10)))
        .unwrap();
    assert_eq!(announced.take_back(&lot).unwrap_err().code(), "E-VOT-01");
}

#[test]
fn what_everybody_misread_is_counted_again_until_two_have_confirmed() {
    let found = resulted();
    assert_eq!(found.clone().count_again(" "), Err(Refusal::ReasonNeeded));
    let again = found.clone().count_again("đọc sót một nét gạch").unwrap();
    assert_eq!(again.state(), "counting");
    let why = &again.closed().unwrap().corrections;
    assert_eq!(*why, ["đọc sót một nét gạch"], "the minutes say why");
    let other = again.compare(many(&struck(&[1, 2]), 18)).unwrap();
    assert_eq!(other.state(), "compared");
    assert_eq!(other.count_again("đọc lại").unwrap().state(), "counting");
    let seen = outcome(&found);
    let confirmed = found
        .confirm(actor("an"), &seen)
        .and_then(|election| election.confirm(actor("binh"), &seen))
        .unwrap();
    assert_eq!(
        confirmed.count_again("muộn").unwrap_err().code(),
        "E-VOT-01"
    );
}

#[test]
fn the_congress_decides_on_open_seats_when_it_hears_the_result() {
    let mut ballots = many(&struck(&[3, 4]), 17);
    ballots.push(struck(&[4]));
    let election = counting(18)
        .compare(ballots)
        .and_then(|election| election.rule(&[]))
        .and_then(Election::find_result)
        .unwrap();
    let seen = outcome(&election);
    let announced = election
        .confirm(actor("an"), &seen)
        .and_then(|election| election.confirm(actor("binh"), &seen))
        .and_then(|election| election.announce(day(1, 10)))
        .unwrap();
    let stopped = announced.decide(Decision::Stop).unwrap();
    let after = stopped.resulted().unwrap();
    assert_eq!(after.outcome.next, []);
    assert_eq!(after.confirmed_by, Some(actor("an")));
    // What is decided is decided: taken twice it is once, otherwise refused.
    assert_eq!(stopped.clone().decide(Decision::Stop), Ok(stopped.clone()));
    for other in [Decision::FurtherBallot, Decision::TakeAlternates] {
        assert_eq!(stopped.clone().decide(other), Err(Refusal::NotAsked));
    }
    // Entered by mistake, it is taken back: the result is as they heard it.
    let decided = stopped.clone().take_back(&Decision::Stop).unwrap();
    assert_eq!(outcome(&decided), seen);
    assert_eq!(decided.resulted().unwrap().decisions, []);
    let nothing = decided.clone().take_back(&Decision::Stop);
    assert_eq!(nothing, Err(Refusal::NotAsked));
    assert!(decided.decide(Decision::FurtherBallot).is_ok());
    // Nothing that could change who is elected comes after the confirmation.
    let late = stopped.clone().decide(Decision::Confirm("tie".to_owned()));
    assert_eq!(late.unwrap_err().code(), "E-VOT-01");
}

/// What can be tried, in the order of the table.
const VERBS: [&str; 19] = [
    "approve_list",
    "print",
    "reopen_list",
    "open",
    "close",
    "begin_count",
    "correct_papers",
    "compare",
    "rule",
    "rule_again",
    "find_result",
    "decide",
    "take_back",
    "count_again",
    "confirm",
    "announce",
    "ratify",
    "ratify_again",
    "annul",
];

/// The table of `docs/machines/election.md`.
fn table(state: &str, verb: &str) -> Option<&'static str> {
    match (state, verb) {
        ("draft", "approve_list") => Some("list_approved"),
        ("list_approved", "print") => Some("printed"),
        ("list_approved" | "printed", "reopen_list") => Some("draft"),
        ("printed", "open") => Some("open"),
        ("open", "close") => Some("closed"),
        ("closed", "correct_papers") => Some("closed"),
        ("closed", "begin_count") | ("counting", "correct_papers") => Some("counting"),
        ("counting", "compare") => Some("compared"),
        ("compared", "rule") => Some("ruled"),
        ("ruled", "find_result") | ("resulted", "rule_again") => Some("resulted"),
        ("resulted", "confirm") => Some("confirmed"),
        ("confirmed", "announce") | ("announced", "decide") => Some("announced"),
        ("announced", "take_back") => Some("announced"),
        ("compared" | "ruled" | "resulted", "count_again") => Some("counting"),
        ("announced", "ratify") | ("ratified", "ratify_again") => Some("ratified"),
        ("draft" | "list_approved" | "printed" | "annulled", "annul") => None,
        (_, "annul") => Some("annulled"),
        _ => None,
    }
}

/// Tries a verb with arguments that fit.
fn attempt(election: Election, verb: &str) -> Result<Election, Refusal> {
    match verb {
        "approve_list" => election.approve_list(&party(), listed("branch_committee", 4, 3), &[]),
        "print" => election.print(&party(), None),
        "reopen_list" => election.reopen_list("người rút tên"),
        "open" => election.open(party(), vec![]),
        "close" => election.close(attending(Body::MemberCongress, 20, &[]), papers(18)),
        "begin_count" => election.begin_count(),
        "correct_papers" => {
            let attendance = attending(Body::MemberCongress, 20, &[]);
            election.correct_papers(attendance, papers(18), "đếm lại")
        }
        // One seat stays open, so that there is something to decide.
        "compare" => election.compare(many(&struck(&[3, 4]), 18)),
        "rule" => election.rule(&[]),
        "rule_again" => election.rule_again(many(&struck(&[3, 4]), 18), &[]),
        "find_result" => election.find_result(),
        "decide" => election.decide(Decision::Stop),
        "take_back" => {
            let decided = election.clone().decide(Decision::Stop);
            decided.unwrap_or(election).take_back(&Decision::Stop)
        }
        "count_again" => election.count_again("đọc sót một phiếu"),
        "confirm" => {
            let Some(seen) = election.resulted().map(|resulted| resulted.outcome.clone()) else {
                let seen = outcome(&resulted());
                return election.confirm(actor("an"), &seen);
            };
            let once = election.confirm(actor("an"), &seen)?;
            once.confirm(actor("binh"), &seen)
        }
        "announce" => election.announce(day(1, 10)),
        "ratify" => election.ratify(day(1, 20), "7-QĐ/ĐU"),
        "ratify_again" => election.ratify_again(day(1, 21), "8-QĐ/ĐU"),
        _ => election.annul("sai danh sách"),
    }
}

#[test]
fn the_drawing_has_every_state_and_verb() {
    let drawing = include_str!("../../../../../docs/machines/election.md");
    for word in Election::STATES.into_iter().chain(VERBS) {
        assert!(drawing.contains(word), "{word}");
    }
}

proptest! {
    #[test]
    fn the_machine_follows_its_table(steps in proptest::collection::vec(0..VERBS.len(), 0..40)) {
        let mut election = Election::Draft(draft("branch_committee"));
        for step in steps {
            // Half of the steps go forward, or few walks would get anywhere.
            let forward = VERBS.iter().find(|verb| {
                table(election.state(), verb).is_some_and(|next| {
                    let back = ["reopen_list", "count_again", "annul"];
                    next != election.state() && !back.contains(verb)
                })
            });
            let verb = if step % 2 == 0 { forward.unwrap_or(&VERBS[step]) } else { &VERBS[step] };
            let state = election.state();
            match (attempt(election.clone(), verb), table(state, verb)) {
                (Ok(next), Some(expected)) => {
                    prop_assert_eq!(next.state(), expected, "{} from {}", verb, state);
                    election = next;
                }
                (Err(Refusal::NotNow { verb: told, state: from }), None) => {
                    prop_assert_eq!((told, from), (*verb, state));
                }
                (got, expected) => prop_assert!(false, "{verb} from {state}: {got:?}, {expected:?}"),
            }
            let text = serde_json::to_string(&election).unwrap();
            let read: Election = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, &election);
        }
    }
}
