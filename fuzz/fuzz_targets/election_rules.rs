//! Rules of elections from anybody are read or refused without a fault; what
//! passes the check answers for every size of list.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_rules::voting::profile::ElectionRules;

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
});
