//! The tree from the terminal: what `plenum import` and `plenum export` print
//! and write.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use std::path::Path;
use std::process::{Command, Output};

const HEADER: &str = "Mã,Tên,Mã cấp trên,Cấp,Loại hình,Số đảng viên,Từ ngày\n";
const UNITS: &str = "CL,Đảng bộ quận Cẩm Lệ,,Đảng bộ quận,Quận,0,\n\
                     KT,Đảng bộ phường Khuê Trung,CL,Đảng bộ cơ sở,Phường,0,\n\
                     KT-1,Chi bộ 1,KT,Chi bộ,Khu dân cư,28,\n\
                     KT-2,Chi bộ 2,KT,Chi bộ,Cơ quan,9,\n";

fn plenum(folder: &Path, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(line.split_whitespace())
        .env("PLENUM_DATABASE", "sqlite:units.db")
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_tree_goes_in_and_comes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("units.csv"), format!("{HEADER}{UNITS}")).unwrap();
    let shown = plenum(at, "import units.csv --on 2020-01-01");
    assert!(shown.status.success(), "{}", said(&shown));
    assert!(
        said(&shown).contains("4 new") && said(&shown).contains("add --yes"),
        "{}",
        said(&shown)
    );
    assert!(
        said(&plenum(at, "export --on 2020-03-02 --out none.csv")).contains("none.csv: 0"),
        "nothing was written"
    );

    assert!(
        plenum(at, "import units.csv --on 2020-01-01 --yes")
            .status
            .success()
    );
    for file in ["units.xlsx", "again.csv"] {
        assert!(
            plenum(at, &format!("export --on 2020-03-02 --out {file}"))
                .status
                .success()
        );
        let again = plenum(at, &format!("import {file} --on 2020-03-02 --yes"));
        assert!(
            said(&again).contains("0 new · 0 changed · 4 same"),
            "{}",
            said(&again)
        );
    }
    let part = plenum(at, "export --on 2020-03-02 --root KT --out part.csv");
    assert!(said(&part).contains("part.csv: 3"), "{}", said(&part));
    let again = plenum(at, "import part.csv --on 2020-03-02 --root KT --yes");
    assert!(
        said(&again).contains("0 changed · 3 same"),
        "{}",
        said(&again)
    );
}

#[test]
fn what_is_wrong_is_named_by_cell_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let wrong = UNITS.replace("Chi bộ,Cơ quan,9", "Chi hội,Cơ quan,=1+8");
    std::fs::write(at.join("wrong.csv"), format!("{HEADER}{wrong}")).unwrap();
    let refused = plenum(at, "import wrong.csv --on 2020-01-01 --yes");
    assert!(!refused.status.success());
    let text = said(&refused);
    assert!(
        text.contains("E-IMP-15 D5:")
            && text.contains("F5:")
            && text.contains("Nothing was written"),
        "{text}"
    );
    std::fs::write(at.join("broken.xlsx"), b"PK\x03\x04 not a workbook").unwrap();
    let refused = plenum(at, "import broken.xlsx --yes");
    assert!(
        !refused.status.success() && said(&refused).contains("E-SHEET-08"),
        "{}",
        said(&refused)
    );
    let unknown = plenum(at, "import wrong.csv --root ZZ --yes");
    assert!(!unknown.status.success() && said(&unknown).contains("ZZ"));
    assert!(said(&plenum(at, "export --on 2020-03-02 --out none.csv")).contains("none.csv: 0"));
}
