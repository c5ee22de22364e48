//! The chain of elections: R29, R30, R44 to R46.

use super::*;
use crate::Actor;
use crate::PersonId;
use crate::congress::{Contents, Form};
use crate::voting::chain::{Chain, Occasion, Pause, Recorded, StepState, fits_members};
use crate::voting::preliminary::Held;
use crate::voting::profile::Shape;

fn occasion(shape: Shape, official_members: u32) -> Occasion {
    Occasion {
        shape,
        form: match shape {
            Shape::Branch => Form::Members,
            Shape::Committee => Form::Delegates,
        },
        contents: Contents::FOUR,
        official_members,
        trial: false,
    }
}

fn branch(members: u32) -> Chain {
    Chain::plan(&party(), &occasion(Shape::Branch, members)).unwrap()
}

fn offices(chain: &Chain) -> Vec<&str> {
    let steps = chain.steps.iter();
    steps.map(|step| step.office.0.as_str()).collect()
}

fn ready(chain: &Chain) -> Vec<String> {
    chain.ready().into_iter().map(|office| office.0).collect()
}

/// An election held and filled.
fn held(chain: Chain, code: &str, elected: &[u128]) -> Chain {
    let elected: Vec<PersonId> = elected.iter().copied().map(PersonId).collect();
    let chain = chain.begin(&office(code)).unwrap();
    chain.finish(&office(code), &elected, 0).unwrap()
}

#[test]
fn r29_members_convened_elect_by_the_chain_of_their_number() {
    let (rules, small) = (party(), occasion(Shape::Branch, 8));
    assert_eq!(fits_members(&rules, &small, 7), Ok(()));
    let refused = fits_members(&rules, &small, 9).unwrap_err();
    let (convened, members) = (9, 8);
    assert_eq!(refused, Refusal::OtherChain { convened, members });
    let large = occasion(Shape::Branch, 31);
    assert_eq!(fits_members(&rules, &large, 9), Ok(()));
    assert_eq!(
        fits_members(&rules, &large, 8).unwrap_err().code(),
        "E-VOT-131"
    );
}

#[test]
fn r29_nine_official_members_elect_a_committee() {
    assert_eq!(
        offices(&branch(9)),
        [
            "branch_committee",
            "branch_secretary",
            "branch_deputy",
            "delegates"
        ]
    );
    let small = branch(8);
    assert_eq!(
        offices(&small),
        ["branch_secretary", "branch_deputy", "delegates"]
    );
    assert_eq!(
        small.begin(&office("branch_committee")),
        Err(Refusal::NoSuchElection {
            office: office("branch_committee")
        })
    );
}

#[test]
fn a_branch_elects_committee_then_secretary_then_deputy() {
    let chain = branch(30);
    assert_eq!(ready(&chain), ["branch_committee", "delegates"]);
    // "The highest vote becomes secretary" is no step of it.
    assert_eq!(
        chain.clone().begin(&office("branch_secretary")),
        Err(Refusal::Waits {
            before: office("branch_committee")
        })
    );
    let chain = held(chain, "branch_committee", &[1, 2, 3]);
    assert_eq!(ready(&chain), ["branch_secretary", "delegates"]);
    let chain = held(chain, "branch_secretary", &[1]);
    let chain = chain.skip(&office("branch_deputy")).unwrap();
    assert_eq!(
        chain.clone().skip(&office("delegates")).unwrap_err().code(),
        "E-VOT-01"
    );
    let chain = held(chain, "delegates", &[1, 4]);
    assert_eq!(ready(&chain), Vec::<String>::new());
    assert_eq!(chain.elected().len(), 3);
}

#[test]
fn a_committee_elects_its_leaders_at_its_first_meeting() {
    let rules = party();
    let chain = Chain::plan(&rules, &occasion(Shape::Committee, 993)).unwrap();
    let chain = held(chain, "committee", &[1, 2, 3, 4, 5]);
    assert_eq!(
        chain.waits_for(&office("secretary")),
        [office("standing_committee")]
    );
    let chain = held(chain, "standing_committee", &[1, 2, 3]);
    let chain = held(chain, "secretary", &[1]);
    assert_eq!(
        chain.clone().begin(&office("inspection_commission")),
        Err(Refusal::Waits {
            before: office("deputy_secretaries")
        })
    );
    let chain = held(chain, "deputy_secretaries", &[2]);
    let chain = held(chain, "inspection_commission", &[4, 6]);
    let chain = held(chain, "inspection_chair", &[4]);
    assert_eq!(ready(&chain), ["delegates"]);
}

#[test]
fn the_trial_needs_an_introduction_ballot() {
    let trial = Occasion {
        trial: true,
        ..occasion(Shape::Committee, 993)
    };
    let chain = Chain::plan(&party(), &trial).unwrap();
    let direct = office("direct_secretary");
    assert_eq!(
        chain.clone().introduce(&direct, held_on_paper()),
        Err(Refusal::Waits {
            before: office("committee")
        })
    );
    let chain = held(chain, "committee", &[1, 2]);
    assert_eq!(
        chain.clone().begin(&direct),
        Err(Refusal::PreliminaryBallotMissing {
            office: direct.clone()
        })
    );
    let introduced = chain.introduce(&direct, held_on_paper()).unwrap();
    let again = introduced.clone().introduce(&direct, held_on_paper());
    assert_eq!(again.unwrap_err().code(), "E-VOT-01");
    assert!(introduced.clone().begin(&direct).is_ok());
    // What turns out void is held again, before the election only.
    let void = introduced.clone().introduce_again(&direct).unwrap();
    assert_eq!(void.begin(&direct).unwrap_err().code(), "E-VOT-40");
    let begun = introduced.begin(&direct).unwrap();
    assert_eq!(
        begun.introduce_again(&direct).unwrap_err().code(),
        "E-VOT-01"
    );
    assert_eq!(Held::on_paper("  "), Err(Refusal::ReasonNeeded));
}

fn held_on_paper() -> Held {
    Held::on_paper("Biên bản kiểm phiếu giới thiệu").unwrap()
}

#[test]
fn a_by_election_is_of_offices_filled_by_secret_ballot() {
    let unit = occasion(Shape::Committee, 400);
    let chain = Chain::by_election(
        &party(),
        &unit,
        &[office("standing_committee"), office("secretary")],
    );
    let chain = chain.unwrap();
    assert_eq!(ready(&chain), ["standing_committee"]);
    for offices in [
        vec!["presidium"],
        vec!["king"],
        vec!["secretary", "secretary"],
    ] {
        let offices: Vec<Office> = offices.into_iter().map(office).collect();
        let refused = Chain::by_election(&party(), &unit, &offices).unwrap_err();
        assert_eq!(refused.code(), "E-VOT-25");
    }
    // A branch has no standing committee, and a small one no committee (R29).
    for (members, missing) in [(30, "standing_committee"), (8, "branch_committee")] {
        let branch = occasion(Shape::Branch, members);
        let refused = Chain::by_election(&party(), &branch, &[office(missing)]).unwrap_err();
        assert_eq!(refused.code(), "E-VOT-25", "{missing}");
    }
}

#[test]
fn r46_whoever_is_planned_after_failing_makes_the_chain_wait_as_well() {
    let (committee, secretary) = (office("branch_committee"), office("branch_secretary"));
    let elected = held(branch(30), &committee.0, &[1]);
    assert_eq!(elected.may_begin(&secretary), Ok(()));
    let failed = elected.clone().approve(&secretary, PersonId(2)).unwrap();
    assert_eq!(failed.may_begin(&secretary).unwrap_err().code(), "E-VOT-27");
    let planned = elected.approve(&secretary, PersonId(1)).unwrap();
    assert_eq!(planned.may_begin(&secretary), Ok(()));
    // Once the committee is elected, only the superior's answer changes it.
    let late = planned.unplan(&secretary, PersonId(1));
    assert_eq!(late.unwrap_err().code(), "E-VOT-01");
    let early = branch(30).approve(&secretary, PersonId(2)).unwrap();
    assert_eq!(early.unplan(&secretary, PersonId(2)), Ok(branch(30)));
    let unknown = branch(30).unplan(&secretary, PersonId(2));
    assert_eq!(unknown.unwrap_err().code(), "E-VOT-01");
}

#[test]
fn what_was_skipped_by_mistake_is_held_until_something_stands_on_it() {
    let deputy = office("branch_deputy");
    let skipped = branch(30).skip(&deputy).unwrap();
    assert_eq!(skipped.hold(&deputy), Ok(branch(30)));
    assert_eq!(branch(30).hold(&deputy).unwrap_err().code(), "E-VOT-01");
    let rules = party();
    let standing = office("standing_committee");
    let chain = Chain::plan(&rules, &occasion(Shape::Committee, 400)).unwrap();
    let skipped = held(chain, "committee", &[1]).skip(&standing).unwrap();
    let begun = skipped.begin(&office("secretary")).unwrap();
    assert_eq!(begun.hold(&standing).unwrap_err().code(), "E-VOT-01");
}

#[test]
fn a_branch_elects_its_secretary_directly_anyway() {
    let trial = Occasion {
        trial: true,
        ..occasion(Shape::Branch, 30)
    };
    assert_eq!(Chain::plan(&party(), &trial), Ok(branch(30)));
    let nowhere = Chain::plan(&rules("association"), &trial);
    assert_eq!(nowhere, Err(Refusal::NoChain));
}

#[test]
fn r30_the_superior_appoints_after_the_third_ballot() {
    let rules = party();
    let secretary = office("branch_secretary");
    let mut chain = branch(8).begin(&secretary).unwrap();
    let early = chain.clone().appoint(&rules, &secretary, PersonId(1));
    assert_eq!(early.unwrap_err().code(), "E-VOT-01");
    for _ in 0..2 {
        chain = chain.further_ballot(&rules, &secretary).unwrap();
    }
    assert_eq!(
        chain.clone().further_ballot(&rules, &secretary),
        Err(Refusal::RoundsOver { most: 3 })
    );
    // The congress stopped after the first, or the last failed as well.
    let stopped = branch(8).begin(&secretary).unwrap();
    let stopped = stopped.finish(&secretary, &[], 1).unwrap();
    let early = stopped.appoint(&rules, &secretary, PersonId(1));
    assert_eq!(early.unwrap_err().code(), "E-VOT-01");
    let failed = chain.clone().finish(&secretary, &[], 1).unwrap();
    assert!(failed.appoint(&rules, &secretary, PersonId(1)).is_ok());
    let chain = chain.appoint(&rules, &secretary, PersonId(1)).unwrap();
    assert_eq!(chain.step(&secretary).unwrap().state, StepState::Appointed);
    assert_eq!(ready(&chain), ["branch_deputy", "delegates"]);
}

#[test]
fn r44_a_congress_of_two_contents_elects_nobody() {
    let two = Occasion {
        contents: Contents::TWO,
        ..occasion(Shape::Committee, 993)
    };
    let chain = Chain::plan(&party(), &two).unwrap();
    assert_eq!(chain.steps, []);
    assert_eq!(
        chain.begin(&office("committee")),
        Err(Refusal::NoSuchElection {
            office: office("committee")
        })
    );
    // Three contents: no delegates.
    let three = Occasion {
        contents: Contents {
            delegates: false,
            ..Contents::FOUR
        },
        ..occasion(Shape::Branch, 30)
    };
    let chain = Chain::plan(&party(), &three).unwrap();
    assert_eq!(
        offices(&chain),
        ["branch_committee", "branch_secretary", "branch_deputy"]
    );
}

fn superior() -> Recorded {
    let who = Actor("tinh-uy".to_owned());
    Recorded::BySuperior { who }
}

#[test]
fn r46_a_unit_records_the_answer_from_the_document_that_is_it() {
    let chain = Chain::plan(&party(), &occasion(Shape::Committee, 993)).unwrap();
    let chain = chain.approve(&office("secretary"), PersonId(9)).unwrap();
    let chain = held(chain, "committee", &[1, 2, 3]);
    let from = |number: &str| Recorded::FromDocument {
        number: number.to_owned(),
        date: crate::Day::of(2025, 1, 10).unwrap(),
        who: Actor("quan-uy".to_owned()),
    };
    assert_eq!(
        chain.clone().record_reply("đồng ý", None, from(" ")),
        Err(Refusal::DecisionNeeded)
    );
    let chain = chain
        .record_reply("đồng ý", None, from("12-CV/TU"))
        .unwrap();
    assert_eq!(chain.replies[0].recorded, from("12-CV/TU"));
}

#[test]
fn r46_a_planned_secretary_who_fails_stops_the_chain() {
    let secretary = office("secretary");
    let chain = Chain::plan(&party(), &occasion(Shape::Committee, 993)).unwrap();
    let chain = chain.approve(&secretary, PersonId(9)).unwrap();
    let chain = held(chain, "committee", &[1, 2, 3]);
    assert_eq!(
        chain.pause,
        Some(Pause {
            office: secretary.clone(),
            failed_in: office("committee"),
            person: PersonId(9),
        })
    );
    let waits = Err(Refusal::WaitsForSuperior {
        office: secretary.clone(),
    });
    assert_eq!(chain.clone().begin(&office("standing_committee")), waits);
    assert_eq!(ready(&chain), Vec::<String>::new());
    assert_eq!(
        chain.clone().record_reply("  ", None, superior()),
        Err(Refusal::ReasonNeeded)
    );
    let chain = chain
        .record_reply(
            "12-CV/TU, 10/01/2025: giới thiệu đồng chí khác",
            Some(PersonId(2)),
            superior(),
        )
        .unwrap();
    assert_eq!(chain.replies.len(), 1);
    // The new one must be elected as well.
    let chain = held(chain, "standing_committee", &[1, 3]);
    assert_eq!(
        chain.pause.as_ref().unwrap().failed_in,
        office("standing_committee")
    );
    let chain = chain.record_reply("13-CV/TU", None, superior()).unwrap();
    assert!(chain.begin(&secretary).is_ok());
}

#[test]
fn r46_each_planned_person_who_fails_needs_an_answer() {
    let chain = Chain::plan(&party(), &occasion(Shape::Committee, 993)).unwrap();
    let chain = chain.approve(&office("secretary"), PersonId(8)).unwrap();
    let chain = chain
        .approve(&office("deputy_secretaries"), PersonId(9))
        .unwrap();
    let chain = held(chain, "committee", &[1, 2]);
    let chain = chain
        .record_reply("12-CV/TU", Some(PersonId(1)), superior())
        .unwrap();
    assert_eq!(chain.pause.as_ref().unwrap().person, PersonId(9));
    let chain = chain.record_reply("13-CV/TU", None, superior()).unwrap();
    assert_eq!(chain.pause, None);
    // Failing in the office itself stops it too.
    let chain = held(chain, "standing_committee", &[1, 2]);
    let chain = held(chain, "secretary", &[2]);
    assert_eq!(chain.pause.as_ref().unwrap().failed_in, office("secretary"));
    let chain = chain
        .record_reply("14-CV/TU", Some(PersonId(2)), superior())
        .unwrap();
    assert_eq!(ready(&chain), ["delegates", "deputy_secretaries"]);
}

#[test]
fn a_by_election_has_its_own_chain() {
    let rules = party();
    let unit = occasion(Shape::Committee, 400);
    let of = |offices: &[Office]| Chain::by_election(&rules, &unit, offices);
    let chain = of(&["committee", "secretary"].map(office)).unwrap();
    assert_eq!(ready(&chain), ["committee"]);
    assert!(of(&["committee", "committee"].map(office)).is_err());
    assert!(of(&[office("king")]).is_err());
}

#[test]
fn r46_whoever_is_named_instead_of_somebody_not_elected_has_not_failed() {
    let secretary = office("branch_secretary");
    let chain = branch(31).approve(&secretary, PersonId(1)).unwrap();
    let chain = held(chain, "branch_committee", &[1, 2, 3]);
    // The office itself elected nobody, and its ballots are over.
    let chain = chain.begin(&secretary).unwrap();
    let chain = chain.finish(&secretary, &[], 1).unwrap();
    assert!(chain.pause.is_some());
    let chain = chain
        .record_reply("Giới thiệu đồng chí khác", Some(PersonId(2)), superior())
        .unwrap();
    assert_eq!(chain.pause, None);
}
