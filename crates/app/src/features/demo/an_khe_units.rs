//! Units of thị xã An Khê: 48 grassroots organisations, 129 branches below
//! them, 2,457 members.

use super::stage::{Stage, Unit, day};
use crate::shell::problem::Result;

/// A committee: code, name, kind, branches, members.
pub const COMMITTEES: [(&str, &str, &str, u32, u32); 17] = [
    ("AK-TS", "Đảng bộ phường Tây Sơn", "territorial", 11, 262),
    ("AK-AP", "Đảng bộ phường An Phú", "territorial", 12, 271),
    ("AK-AB", "Đảng bộ phường An Bình", "territorial", 9, 148),
    ("AK-AF", "Đảng bộ phường An Phước", "territorial", 8, 117),
    ("AK-AT", "Đảng bộ phường An Tân", "territorial", 8, 109),
    ("AK-NM", "Đảng bộ phường Ngô Mây", "territorial", 9, 131),
    ("AK-TA", "Đảng bộ xã Thành An", "territorial", 8, 114),
    ("AK-SA", "Đảng bộ xã Song An", "territorial", 8, 121),
    ("AK-CA", "Đảng bộ xã Cửu An", "territorial", 8, 102),
    ("AK-TU", "Đảng bộ xã Tú An", "territorial", 9, 118),
    ("AK-XA", "Đảng bộ xã Xuân An", "territorial", 7, 93),
    ("AK-CQ", "Đảng bộ Công an thị xã", "armed_forces", 7, 129),
    ("AK-QS", "Đảng bộ Quân sự thị xã", "armed_forces", 4, 43),
    ("AK-YT", "Đảng bộ Trung tâm Y tế thị xã", "health", 6, 78),
    (
        "AK-DU",
        "Đảng bộ Công ty CP Đường An Khê",
        "enterprise",
        7,
        96,
    ),
    ("AK-GD", "Đảng bộ Trường THPT Quang Trung", "school", 4, 52),
    ("AK-DT", "Đảng bộ Trung tâm Dạy nghề", "school", 4, 37),
];

/// Grassroots organisations that are a single branch; with the committees 48.
pub const SINGLES: [&str; 31] = [
    "Chi bộ Văn phòng Thị ủy",
    "Chi bộ Ban Tổ chức Thị ủy",
    "Chi bộ Ban Tuyên giáo Thị ủy",
    "Chi bộ Ủy ban Kiểm tra Thị ủy",
    "Chi bộ Ban Dân vận – Mặt trận",
    "Chi bộ Hội Liên hiệp Phụ nữ",
    "Chi bộ Thị đoàn",
    "Chi bộ Hội Nông dân",
    "Chi bộ Liên đoàn Lao động",
    "Chi bộ Hội Cựu chiến binh",
    "Chi bộ Văn phòng HĐND và UBND",
    "Chi bộ Phòng Nội vụ",
    "Chi bộ Phòng Tài chính – Kế hoạch",
    "Chi bộ Phòng Kinh tế",
    "Chi bộ Phòng Quản lý đô thị",
    "Chi bộ Phòng Tài nguyên và Môi trường",
    "Chi bộ Phòng Giáo dục và Đào tạo",
    "Chi bộ Phòng Văn hóa và Thông tin",
    "Chi bộ Phòng Lao động – Thương binh và Xã hội",
    "Chi bộ Phòng Tư pháp – Thanh tra",
    "Chi bộ Tòa án nhân dân thị xã",
    "Chi bộ Viện kiểm sát nhân dân thị xã",
    "Chi bộ Chi cục Thi hành án dân sự",
    "Chi bộ Kho bạc Nhà nước An Khê",
    "Chi bộ Chi cục Thuế khu vực",
    "Chi bộ Bảo hiểm xã hội thị xã",
    "Chi bộ Chi cục Thống kê",
    "Chi bộ Trung tâm Bồi dưỡng chính trị",
    "Chi bộ Hạt Kiểm lâm",
    "Chi bộ Điện lực An Khê",
    "Chi bộ Bưu điện An Khê",
];

/// Sets the units up as of 2018. The seed documents give no count of one
/// committee's branches; that they add up to 129 is theirs, how is ours.
pub async fn units(stage: &mut Stage<'_>) -> Result<()> {
    let from = day(2018, 1, 1)?;
    let above = [
        Unit {
            code: "GL",
            name: "Đảng bộ tỉnh Gia Lai",
            above: None,
            level: "province",
            kind: "territorial",
            members: 59_000,
        },
        Unit {
            code: "AK",
            name: "Đảng bộ thị xã An Khê",
            above: Some("GL"),
            level: "district",
            kind: "territorial",
            members: 2_457,
        },
    ];
    stage.found(from, &above).await?;
    for (code, name, kind, branches, members) in COMMITTEES {
        stage
            .found(
                from,
                &[Unit {
                    code,
                    name,
                    above: Some("AK"),
                    level: "grassroots",
                    kind,
                    members,
                }],
            )
            .await?;
        let prefix = format!("{code}-");
        let below = if kind == "territorial" {
            "residential"
        } else {
            kind
        };
        stage
            .branches(
                from,
                (code, &prefix, below),
                &|number| format!("Chi bộ {number}"),
                (1, branches),
                members,
            )
            .await?;
    }
    // What the committees leave of the 2,457.
    let left = 2_457 - COMMITTEES.iter().map(|(.., members)| members).sum::<u32>();
    let count = u32::try_from(SINGLES.len()).unwrap_or(1);
    for (number, name) in (1_u32..).zip(SINGLES) {
        let code = single(number);
        let members = left / count + u32::from(number <= left % count);
        stage
            .found(
                from,
                &[Unit {
                    code: &code,
                    name,
                    above: Some("AK"),
                    level: "grassroots",
                    kind: "agency",
                    members,
                }],
            )
            .await?;
    }
    Ok(())
}

/// The code of a single branch.
pub fn single(number: u32) -> String {
    format!("AK-C{number:02}")
}
