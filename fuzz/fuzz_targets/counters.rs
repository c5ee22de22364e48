//! Stored counters: any bytes are read or refused, and what is read is
//! written the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_rules::Day;
use plenum_rules::progress::Tally;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(mut tally) = Tally::decode(bytes) {
        tally.settle();
        let again = Tally::decode(&tally.encode()).expect("what was written can be read");
        assert_eq!(again, tally);
    }
    if let Ok(day) = Day::from_number(18_000) {
        let _ = Tally::read_on(bytes, day);
    }
});
