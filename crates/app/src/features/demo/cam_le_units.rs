//! Units of quận Cẩm Lệ: 235 branches under grassroots committees, 36 of them
//! in phường Khuê Trung after the merger of its residential branches.

use plenum_rules::org::Change;

use super::stage::{Stage, Unit, day};
use crate::shell::problem::Result;

/// A committee with branches below: code, name, kind, branches, members.
pub const COMMITTEES: [(&str, &str, &str, u32, u32); 13] = [
    ("CL-HP", "Đảng bộ phường Hòa Phát", "territorial", 28, 702),
    ("CL-HA", "Đảng bộ phường Hòa An", "territorial", 27, 689),
    (
        "CL-TT",
        "Đảng bộ phường Hòa Thọ Tây",
        "territorial",
        24,
        561,
    ),
    (
        "CL-TD",
        "Đảng bộ phường Hòa Thọ Đông",
        "territorial",
        27,
        664,
    ),
    ("CL-HX", "Đảng bộ phường Hòa Xuân", "territorial", 30, 718),
    ("CL-QS", "Đảng bộ Quân sự quận", "armed_forces", 3, 41),
    ("CL-CA", "Đảng bộ Công an quận", "armed_forces", 12, 205),
    (
        "CL-DM",
        "Đảng bộ Tổng Công ty CP Dệt may Hòa Thọ",
        "enterprise",
        20,
        338,
    ),
    ("CL-DD", "Đảng bộ các cơ quan Đảng quận", "agency", 6, 92),
    (
        "CL-CQ",
        "Đảng bộ các cơ quan chính quyền quận",
        "agency",
        12,
        187,
    ),
    ("CL-YT", "Đảng bộ Trung tâm Y tế quận", "health", 5, 64),
    ("CL-GD", "Đảng bộ ngành Giáo dục quận", "school", 4, 71),
    (
        "CL-TM",
        "Đảng bộ Trung tâm Hành chính phường",
        "agency",
        1,
        12,
    ),
];

/// Grassroots organisations that are a single branch.
const SINGLE: [(&str, &str, &str, u32); 6] = [
    ("CL-TA", "Chi bộ Tòa án nhân dân quận", "agency", 14),
    ("CL-VK", "Chi bộ Viện kiểm sát nhân dân quận", "agency", 13),
    (
        "CL-TH",
        "Chi bộ Chi cục Thi hành án dân sự quận",
        "agency",
        11,
    ),
    ("CL-KB", "Chi bộ Kho bạc Nhà nước quận", "agency", 9),
    ("CL-TK", "Chi bộ Chi cục Thống kê quận", "agency", 6),
    ("CL-BH", "Chi bộ Bảo hiểm xã hội quận", "agency", 12),
];

/// Institutions of the ward whose branches the merger did not touch.
const AGENCIES: [&str; 10] = [
    "Chi bộ Cơ quan phường",
    "Chi bộ Công an phường",
    "Chi bộ Quân sự phường",
    "Chi bộ Trạm Y tế phường",
    "Chi bộ Trường Mầm non Hoa Ngọc Lan",
    "Chi bộ Trường Mầm non Bình Minh",
    "Chi bộ Trường Tiểu học Ngô Quyền",
    "Chi bộ Trường Tiểu học Tôn Đức Thắng",
    "Chi bộ Trường THCS Nguyễn Văn Linh",
    "Chi bộ Hợp tác xã Khuê Trung",
];

/// Sets the units up as of 2018 and merges Khuê Trung's in 2019.
pub async fn units(stage: &mut Stage<'_>) -> Result<()> {
    let from = day(2018, 1, 1)?;
    let district = [
        Unit {
            code: "DN",
            name: "Đảng bộ thành phố Đà Nẵng",
            above: None,
            level: "province",
            kind: "territorial",
            members: 58_000,
        },
        Unit {
            code: "CL",
            name: "Đảng bộ quận Cẩm Lệ",
            above: Some("DN"),
            level: "district",
            kind: "territorial",
            members: 5_402,
        },
        Unit {
            code: "CL-KT",
            name: "Đảng bộ phường Khuê Trung",
            above: Some("CL"),
            level: "grassroots",
            kind: "territorial",
            members: 993,
        },
    ];
    stage.found(from, &district).await?;
    for (code, name, kind, branches, members) in COMMITTEES {
        stage
            .found(
                from,
                &[Unit {
                    code,
                    name,
                    above: Some("CL"),
                    level: "grassroots",
                    kind,
                    members,
                }],
            )
            .await?;
        let below = if kind == "territorial" {
            "residential"
        } else {
            kind
        };
        let prefix = format!("{code}-");
        let named = |number: u32| format!("Chi bộ {number}");
        stage
            .branches(from, (code, &prefix, below), &named, (1, branches), members)
            .await?;
    }
    for (code, name, kind, members) in SINGLE {
        stage
            .found(
                from,
                &[Unit {
                    code,
                    name,
                    above: Some("CL"),
                    level: "grassroots",
                    kind,
                    members,
                }],
            )
            .await?;
    }
    khue_trung(stage).await
}

/// 46 branches until the merger; 36 after it: twenty of the 36 residential
/// branches became ten, sixteen were renamed, the ten of institutions stayed.
/// 993 members before and after.
async fn khue_trung(stage: &mut Stage<'_>) -> Result<()> {
    let from = day(2018, 1, 1)?;
    let old = |number: u32| format!("Chi bộ khu dân cư {number}");
    stage
        .branches(
            from,
            ("CL-KT", "CL-KT-K", "residential"),
            &old,
            (1, 36),
            744,
        )
        .await?;
    let agency = |number: u32| {
        let place = usize::try_from(number - 1).unwrap_or(0);
        AGENCIES.get(place).copied().unwrap_or("Chi bộ").to_owned()
    };
    stage
        .branches(from, ("CL-KT", "CL-KT-H", "agency"), &agency, (1, 10), 249)
        .await?;
    let merged_on = day(2019, 10, 1)?;
    let mut tree = stage.tree().await?;
    for number in 1..=10_u32 {
        let pair = [
            stage.id(&format!("CL-KT-K{:02}", number * 2 - 1))?,
            stage.id(&format!("CL-KT-K{:02}", number * 2))?,
        ];
        let members = pair
            .iter()
            .filter_map(|unit| tree.on(*unit, merged_on))
            .map(|version| version.members)
            .sum();
        let code = format!("CL-KT-{number:02}");
        let name = format!("Chi bộ {number}");
        let unit = Unit {
            code: &code,
            name: &name,
            above: Some("CL-KT"),
            level: "branch",
            kind: "residential",
            members,
        };
        let into = stage.new_unit(&unit)?;
        stage
            .change(
                &mut tree,
                merged_on,
                &Change::Merge {
                    units: pair.to_vec(),
                    into,
                },
            )
            .await?;
    }
    for number in 11..=26_u32 {
        let unit = stage.id(&format!("CL-KT-K{:02}", number + 10))?;
        let change = Change::Rename {
            unit,
            name: format!("Chi bộ {number}"),
            code: Some(format!("CL-KT-{number:02}")),
        };
        stage.change(&mut tree, merged_on, &change).await?;
    }
    Ok(())
}
