//! Units as the sheet that an import takes.

use super::import::{InputCell, InputRow, SheetInput};
use super::tree::Tree;
use crate::{Day, UnitId};

/// The header of an export, as [`super::plan_import`] recognises it.
pub const HEADER: [&str; 7] = [
    "Mã",
    "Tên",
    "Mã cấp trên",
    "Cấp",
    "Loại hình",
    "Số đảng viên",
    "Từ ngày",
];

/// The unit and all below it (everything for `None`) as they are on the day:
/// parents before children, siblings by code as people count, levels and kinds
/// by their codes. Importing it on the same day changes nothing.
///
/// The column for the day is there and left empty: who changes a cell and
/// takes the sheet back in means the day of that import, not the day on which
/// the version that was exported happened to begin. The topmost row names no
/// unit above, which is outside what is exported.
#[must_use]
pub fn export_rows(tree: &Tree, root: Option<UnitId>, day: Day) -> SheetInput {
    let mut rows = Vec::new();
    // The header stands in line 1.
    for (line, version) in (2..).zip(tree.subtree_on(root, day)) {
        let parent = version.parent.filter(|_| Some(version.unit) != root);
        let parent_code = parent
            .and_then(|parent| tree.on(parent, day))
            .map(|parent| parent.code.clone());
        rows.push(InputRow {
            line,
            cells: vec![
                InputCell::Text(version.code.clone()),
                InputCell::Text(version.name.clone()),
                parent_code.map_or(InputCell::Empty, InputCell::Text),
                InputCell::Text(version.level.0.clone()),
                InputCell::Text(version.kind.0.clone()),
                InputCell::Number(version.members.to_string()),
                InputCell::Empty,
            ],
        });
    }
    SheetInput {
        header: HEADER.iter().map(|word| (*word).to_owned()).collect(),
        rows,
    }
}
