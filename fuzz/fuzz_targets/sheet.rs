//! Spreadsheets: any bytes are read or refused within their limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_papers::sheet::{Limits, read};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, unpacked_bytes: 1 << 22, rows: 2_000, ..Limits::default() };
    if let Ok(sheet) = read(bytes, &limits) {
        assert!(sheet.rows.len() <= 2_000);
    }
});
