//! `cargo bench -p plenum-rules --bench count`: the count's speed, and a
//! simulated count by keyboard beside the published times.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that finds no value has found a fault"
)]

mod operator;

use std::hint::black_box;
use std::time::{Duration, Instant};

use plenum_rules::Day;
use plenum_rules::voting::archive::{Archive, Counted, FORMAT, Listed, ballots_of, recount};
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::ballot::{Ballot, BallotKind, Layout, Names};
use plenum_rules::voting::count::{
    Ballots, Definition, Input, Outcome, Papers, Purpose, Votes, count,
};
use plenum_rules::voting::profile::{Body, ElectionRules, Office};

/// Numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// Below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }
}

fn rules() -> ElectionRules {
    toml::from_str(include_str!("../../profiles/elections/vn-party-190.toml")).unwrap()
}

/// An election with ballots on which about a quarter of the names are struck:
/// some are over-votes.
struct Election {
    rules: ElectionRules,
    definition: Definition,
    attendance: Attendance,
    papers: Papers,
    ballots: Ballots,
}

impl Election {
    fn random(names: u8, seats: u8, voters: u32, dice: &mut Dice) -> Self {
        let layout = Layout {
            kind: BallotKind::StrikeOut,
            names,
            seats,
        };
        let mut ballots = Ballots::new(layout).unwrap();
        for _ in 0..voters {
            let struck = Names::from_bits(u128::from(dice.roll() & dice.roll()));
            let ballot = Ballot::struck(struck.and(layout.all()));
            ballots.add(ballot, None, 1).unwrap();
        }
        let body = Body::DelegateCongress;
        Self {
            rules: rules(),
            definition: Definition {
                office: Office("committee".to_owned()),
                body,
                purpose: Purpose::Election,
                round: 1,
                layout,
                alternates: 0,
            },
            attendance: Attendance {
                body,
                convened: voters,
                present: voters,
                groups: vec![],
            },
            papers: Papers {
                printed: None,
                issued: voters,
                spoiled: 0,
                returned: voters,
            },
            ballots,
        }
    }

    fn count(&self) -> Outcome {
        let input = Input {
            rules: &self.rules,
            definition: &self.definition,
            attendance: &self.attendance,
            papers: self.papers,
            votes: Votes::Ballots(&self.ballots),
        };
        count(&input, &[]).unwrap()
    }

    fn archive(&self) -> Archive {
        Archive {
            format: FORMAT.to_owned(),
            title: String::new(),
            day: Day::of(2025, 1, 10).unwrap(),
            rules: self.rules.clone(),
            definition: self.definition.clone(),
            list: (0..self.definition.layout.names)
                .map(|_| Listed {
                    name: String::new(),
                    birth: None,
                })
                .collect(),
            template: None,
            attendance: self.attendance.clone(),
            papers: self.papers,
            counted: Counted::Ballots(ballots_of(&self.ballots)),
            decisions: vec![],
            outcome: self.count(),
        }
    }
}

/// The best of several runs.
fn best(runs: u32, mut run: impl FnMut()) -> Duration {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn main() {
    let mut dice = Dice(2026);
    let nation = Election::random(60, 52, 5_000_000, &mut dice);
    let time = best(9, || {
        black_box(nation.count());
    });
    let outcome = nation.count();
    println!(
        "5,000,000 ballots x 60 names, all rules, one core: {time:?} (limit 50 ms); {} valid, {} awaiting a ruling",
        outcome.papers.valid,
        outcome.papers.awaiting.values().sum::<u64>()
    );
    drop(nation);
    let congress = Election::random(63, 55, 348, &mut dice);
    let time = best(200, || {
        black_box(congress.count());
    });
    println!("348 ballots x 63 names recomputed: {time:?} (limit 1 ms)");
    let archive = congress.archive();
    let time = best(200, || {
        black_box(recount(&archive).unwrap());
    });
    println!("348 ballots x 63 names recounted from the archive: {time:?}");
    let large = Election::random(60, 52, 5_000_000, &mut dice).archive();
    let layout = large.definition.layout;
    let time = best(3, || {
        black_box(large.counted.ballots(layout).unwrap());
    });
    println!("5,000,000 different ballots x 60 names taken up from the archive's rows: {time:?}");
    let time = best(3, || {
        black_box(recount(&large).unwrap());
    });
    println!("the same recounted and held against the archive's result: {time:?}");
    drop(large);
    operator::print(&rules());
}
