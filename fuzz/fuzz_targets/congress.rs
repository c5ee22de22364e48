//! The machine of a congress: any verbs on any days leave facts that can be
//! read on any day, and a report counts at most once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_rules::Day;
use plenum_rules::congress::{Congress, Numbers, Planned};

fuzz_target!(|steps: Vec<(u8, u8, u8)>| {
    let mut congress = Congress::default();
    for (verb, on, other) in steps.into_iter().take(64) {
        let (Ok(on), Ok(other)) = (Day::from_number(18_000 + i64::from(on)), Day::from_number(18_000 + i64::from(other)))
        else {
            return;
        };
        let numbers = Numbers { convened: 9, present: 8, ..Numbers::default() };
        let planned = Planned { first: other, last: other.next(), preparatory_half_days: 0 };
        let before = congress.clone();
        let done = match verb % 10 {
            0 => congress.date(on, planned, Some("why".into())),
            1 => congress.postpone(on, "why"),
            2 => congress.prepare(on),
            3 => congress.review(on, ""),
            4 => congress.hold(on, (other, other)),
            5 => congress.submit_report(on, (other, other), numbers, ""),
            6 => congress.confirm(on),
            7 => congress.return_for_rework(on, "why"),
            8 => congress.ratify(on, ""),
            _ => congress.cancel(on, "why"),
        };
        assert!(done.is_ok() || congress == before, "what is refused changes nothing");
    }
    for number in 17_990..18_300 {
        if let Ok(day) = Day::from_number(number) {
            let _ = (congress.state_on(day), congress.reason_on(day));
        }
    }
    let _ = (congress.held(), congress.report(), congress.planned());
});
