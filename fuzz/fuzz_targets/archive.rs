//! An archive of an election from anybody is counted or refused without a
//! fault, and what counts gives the same result again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_rules::voting::archive::{Archive, recount};

fuzz_target!(|bytes: &[u8]| {
    let Ok(archive) = serde_json::from_slice::<Archive>(bytes) else {
        return;
    };
    if let Ok(outcome) = recount(&archive) {
        assert_eq!(outcome, archive.outcome);
        let written = serde_json::to_vec(&archive).expect("what was read can be written");
        let again: Archive = serde_json::from_slice(&written).expect("and read again");
        assert_eq!(recount(&again), Ok(outcome));
    }
});
