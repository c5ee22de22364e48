//! Rules of elections from anybody are read or refused without a fault; what
//! passes the check answers for every size of list.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_rules::congress::{Contents, Form};
use plenum_rules::voting::chain::{Chain, Occasion, fits_members};
use plenum_rules::voting::profile::{ElectionRules, Shape};

fuzz_target!(|text: &str| {
    let Ok(rules) = toml::from_str::<ElectionRules>(text) else {
        return;
    };
    if !rules.check().is_empty() {
        return;
    }
    for seats in 1..=60 {
        let _ = (rules.surplus_cap(seats), rules.preparation_band(seats));
        for names in 1..=80 {
            let _ = rules.ballot_kind(names, seats);
        }
    }
    let offices: Vec<_> = rules.offices.iter().map(|rule| rule.code.clone()).collect();
    for (shape, form) in [(Shape::Branch, Form::Members), (Shape::Committee, Form::Delegates)] {
        for official_members in [0, 1, 8, 9, 100, u32::MAX] {
            let occasion = Occasion {
                shape,
                form,
                contents: Contents::FOUR,
                official_members,
                trial: official_members == 100,
            };
            let _ = fits_members(&rules, &occasion, 9);
            let _ = Chain::by_election(&rules, &occasion, &offices);
            let Ok(mut chain) = Chain::plan(&rules, &occasion) else {
                continue;
            };
            // Every chain that passes the check can be led to its end.
            for _ in 0..chain.steps.len() {
                for office in chain.ready() {
                    let begun = chain.clone().begin(&office);
                    chain = begun.and_then(|begun| begun.finish(&office, &[], 0)).unwrap_or(chain);
                }
            }
        }
    }
});
