//! Three stations key 348 ballots x 63 names in two passes, by a model of
//! typing (keystroke-level model; performance.md §5.2 and §5.3), through the
//! real grammar, comparison and resolution.

use plenum_rules::Actor;
use plenum_rules::voting::ballot::{Ballot, BallotKind, Layout, Marks, Names, Number};
use plenum_rules::voting::keying::{BundleId, Entry, Keying, Patterns, Pressed, Resolution};
use plenum_rules::voting::profile::ElectionRules;

use super::Dice;

const BALLOTS: u64 = 348;
const NAMES: u8 = 63;
const SEATS: u8 = 55;
const BUNDLE: usize = 58;
const STATIONS: usize = 3;

/// Milliseconds of the model.
const THINK: u64 = 1_350;
const PAPER: u64 = 2_000;
/// Taking a bundle, logging it, tying it again.
const BUNDLE_HANDLING: u64 = 15_000;
/// Finding one paper in a bundle and keying it anew.
const RESOLVE: u64 = 20_000;
/// The committee looks at a flagged ballot and rules: while others key, but for
/// the bundles keyed last.
const RULE: u64 = 15_000;
/// A bundle is counted by hand and tied, per paper: while others key, but for
/// the first ones.
const COUNT_PAPER: u64 = 1_000;
/// Two people read and confirm; the minutes are printed.
const FINISH: u64 = 2 * 20_000 + 60_000;

/// How people vote, in percent of ballots.
struct Voters {
    text: &'static str,
    /// Strike exactly one of three common choices.
    common: u64,
    /// One of them with one name exchanged.
    near: u64,
}

const VOTERS: [Voters; 4] = [
    Voters {
        text: "two thirds of the ballots alike (three choices), a quarter one name off",
        common: 67,
        near: 25,
    },
    Voters {
        text: "half alike, a third one name off",
        common: 50,
        near: 33,
    },
    Voters {
        text: "a quarter alike, half one name off",
        common: 25,
        near: 50,
    },
    Voters {
        text: "no two alike (the worst case)",
        common: 0,
        near: 0,
    },
];

/// Who sits at a station.
#[derive(Clone, Copy)]
enum Crew {
    /// One person turns papers, reads and types.
    One,
    /// One turns papers and reads, another types meanwhile.
    Two,
}

impl Crew {
    /// Milliseconds for a ballot of so many keys.
    fn ballot(self, key: u64, keys: u64) -> u64 {
        match self {
            Self::One => PAPER + THINK + key * keys,
            Self::Two => PAPER.max(THINK + key * keys),
        }
    }
}

/// A typist: milliseconds a key, wrong ballots in ten thousand.
struct Typist {
    text: &'static str,
    key: u64,
    wrong: u64,
}

const TYPISTS: [Typist; 3] = [
    Typist {
        text: "0.28 s a key, 0.29 % wrong",
        key: 280,
        wrong: 29,
    },
    Typist {
        text: "0.28 s a key, 1 % wrong",
        key: 280,
        wrong: 100,
    },
    Typist {
        text: "0.20 s a key (skilled), 0.29 % wrong",
        key: 200,
        wrong: 29,
    },
];

pub fn print(rules: &ElectionRules) {
    println!();
    println!(
        "Simulated: {BALLOTS} ballots x {NAMES} names for {SEATS} seats, two passes, {STATIONS} stations."
    );
    println!("Published (Thái Nguyên 2010, 348 ballots, 55 seats, three computers): 40 min.");
    for voters in &VOTERS {
        println!("Voters: {}.", voters.text);
        for (crew, text) in [
            (Crew::One, "one person a station"),
            (Crew::Two, "two a station, one reads, one types"),
        ] {
            println!("  {text}:");
            for typist in &TYPISTS {
                simulate(rules, voters, (crew, typist));
            }
        }
    }
}

fn number(dice: &mut Dice) -> Number {
    let place = u8::try_from(dice.below(NAMES.into())).unwrap();
    Number::new(place + 1).unwrap()
}

/// Strikes until so many names are struck.
fn strike(mut struck: Names, count: u32, dice: &mut Dice) -> Names {
    while struck.count() < count {
        struck = struck.with(number(dice));
    }
    struck
}

fn vote(voters: &Voters, common: &[Names; 3], dice: &mut Dice) -> Ballot {
    let least = u32::from(NAMES - SEATS);
    let choice = dice.below(100);
    let known = match dice.below(10) {
        0..6 => common[0],
        6..9 => common[1],
        _ => common[2],
    };
    let struck = if dice.below(100) < 2 {
        // Two in a hundred vote for too many.
        strike(Names::NONE, least - 1, dice)
    } else if choice < voters.common {
        known
    } else if choice < voters.common + voters.near {
        let spared = known
            .iter()
            .nth(usize::try_from(dice.below(least.into())).unwrap());
        let one: Names = spared.into_iter().collect();
        strike(known.without(one), least, dice)
    } else {
        let more = u32::try_from(dice.below(3)).unwrap();
        strike(Names::NONE, least + more, dice)
    };
    Ballot::struck(struck)
}

/// What somebody keys for a paper: seldom another name, more seldom nothing.
fn read(ballot: &Ballot, typist: &Typist, dice: &mut Dice) -> Option<Ballot> {
    if dice.below(10_000) >= typist.wrong {
        return Some(ballot.clone());
    }
    if dice.below(10) == 0 {
        return None;
    }
    let Marks::Struck(struck) = ballot.marks else {
        return None;
    };
    let one: Names = struck.iter().take(1).collect();
    Some(Ballot::struck(strike(
        struck.without(one),
        struck.count(),
        dice,
    )))
}

fn simulate(rules: &ElectionRules, voters: &Voters, (crew, typist): (Crew, &Typist)) {
    // The same votes for everybody who types.
    let dice = &mut Dice(348);
    let layout = Layout {
        kind: BallotKind::StrikeOut,
        names: NAMES,
        seats: SEATS,
    };
    let least = u32::from(NAMES - SEATS);
    let common = [(); 3].map(|()| strike(Names::NONE, least, dice));
    let papers: Vec<Ballot> = (0..BALLOTS).map(|_| vote(voters, &common, dice)).collect();
    let mut keying = Keying::new(layout, 2).unwrap();
    let mut busy = [0_u64; STATIONS];
    let mut patterns = [const { None::<Patterns> }; STATIONS];
    let mut keys: Vec<u64> = Vec::new();
    let mut resolved = 0_u64;
    let mut flagged = 0_u64;
    for (place, bundle) in papers.chunks(BUNDLE).enumerate() {
        let id = BundleId(u16::try_from(place + 1).unwrap());
        keying
            .tie_bundle(id, u32::try_from(bundle.len()).unwrap())
            .unwrap();
        for pass in 1..=2_u8 {
            let station = (place + usize::from(pass)) % STATIONS;
            let by = Actor(format!("station {station}"));
            keying.begin(id, pass, by.clone()).unwrap();
            let known = patterns[station].take().unwrap_or_default();
            let mut entry = Entry::new(layout, known).unwrap();
            busy[station] += BUNDLE_HANDLING;
            for paper in bundle {
                let Some(seen) = read(paper, typist, dice) else {
                    busy[station] += PAPER;
                    continue;
                };
                let pressed = entry.fewest_keys(&seen);
                keys.push(pressed.len() as u64);
                busy[station] += crew.ballot(typist.key, pressed.len() as u64);
                for key in pressed {
                    let did = entry.press(rules, key, 0).unwrap();
                    if let Pressed::Accepted { flagged: code, .. } = did {
                        flagged += u64::from(code.is_some() && pass == 1);
                    }
                }
            }
            patterns[station] = Some(Patterns::known(entry.patterns().slots()));
            keying
                .finish(id, pass, &by, entry.ballots().to_vec())
                .unwrap();
        }
        let third = place % STATIONS;
        for (slot, _) in keying.bundles[&id].open() {
            busy[third] += RESOLVE;
            resolved += 1;
            // The paper itself: both passes laid side by side have every paper.
            let entered = bundle.get(slot as usize).cloned();
            let by = Actor(format!("station {third}"));
            keying
                .resolve(id, slot, Resolution { by, entered })
                .unwrap();
        }
    }
    keys.sort_unstable();
    let longest = busy.into_iter().max().unwrap_or_default();
    let total = longest + BUNDLE as u64 * COUNT_PAPER + flagged / 2 * RULE + FINISH;
    let settled = keying.ballots().unwrap();
    let wrong = settled
        .iter()
        .zip(&papers)
        .filter(|(keyed, paper)| keyed != paper)
        .count();
    println!(
        "    {:<36} {:>2} min {:02} s in all; keying {:>2} min {:02} s; keys a ballot: median {}, mean {}.{}; {resolved} looked at again, {flagged} ruled on, {wrong} wrong at the end",
        typist.text,
        total / 60_000,
        total / 1_000 % 60,
        longest / 60_000,
        longest / 1_000 % 60,
        keys[keys.len() / 2],
        keys.iter().sum::<u64>() / keys.len() as u64,
        keys.iter().sum::<u64>() * 10 / keys.len() as u64 % 10,
    );
}
