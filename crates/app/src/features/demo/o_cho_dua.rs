//! Phường Ô Chợ Dừa, August 2024: the chain of instruments reaches the
//! branches, nothing has been held yet.

use plenum_rules::congress::{Contents, Form};
use plenum_rules::season::{InstrumentKind, Mark};
use plenum_store::season::{Season, WorkArea};

use super::people;
use super::stage::{Days, Frame, Paper, Stage, Unit, day};
use crate::shell::problem::Result;

const AGENCIES: [&str; 4] = [
    "Chi bộ Cơ quan phường",
    "Chi bộ Công an phường",
    "Chi bộ Quân sự phường",
    "Chi bộ Trường Tiểu học",
];

/// Sets units and season up. How many branches the ward has is ours to invent.
pub async fn season(stage: &mut Stage<'_>) -> Result<()> {
    let from = day(2018, 1, 1)?;
    let above = [
        Unit {
            code: "DD",
            name: "Đảng bộ quận Đống Đa",
            above: None,
            level: "district",
            kind: "territorial",
            members: 26_000,
        },
        Unit {
            code: "OCD",
            name: "Đảng bộ phường Ô Chợ Dừa",
            above: Some("DD"),
            level: "grassroots",
            kind: "territorial",
            members: 1_482,
        },
    ];
    stage.found(from, &above).await?;
    stage
        .branches(
            from,
            ("OCD", "OCD-", "residential"),
            &|number| format!("Chi bộ khu dân cư {number}"),
            (1, 22),
            1_391,
        )
        .await?;
    let agency = |number: u32| {
        AGENCIES
            .get(usize::try_from(number - 23).unwrap_or(0))
            .copied()
            .unwrap_or("Chi bộ")
            .to_owned()
    };
    stage
        .branches(from, ("OCD", "OCD-", "agency"), &agency, (23, 26), 91)
        .await?;
    let opens = day(2024, 8, 22)?;
    let season = stage
        .open(&Frame {
            id: "o-cho-dua-2024",
            name: "Đại hội các chi bộ, tiến tới Đại hội Đảng bộ phường Ô Chợ Dừa lần thứ XIV",
            root: "OCD",
            opens,
            last: day(2024, 8, 23)?,
            levels: &[("grassroots", (2025, 2030)), ("branch", (2025, 2027))],
            counted: "branch",
            contents: Contents::FOUR,
        })
        .await?;
    let plan = papers(stage, &season).await?;
    let pilot = Days {
        issuer: "OCD",
        level: "branch",
        mark: Some(Mark::Pilot),
        first: Some(day(2024, 12, 1)?),
        last: day(2024, 12, 31)?,
        plan_of: opens,
        instrument: Some(plan),
    };
    stage.window(&season, pilot).await?;
    // After the pilot, and done before February.
    let others = Days {
        mark: None,
        first: Some(day(2025, 1, 1)?),
        last: day(2025, 1, 31)?,
        ..pilot
    };
    stage.window(&season, others).await?;
    let ward = Days {
        level: "grassroots",
        first: Some(day(2025, 4, 1)?),
        last: day(2025, 6, 30)?,
        ..others
    };
    stage.window(&season, ward).await?;
    let basis = (
        "OCD",
        "Kế hoạch tổ chức đại hội các chi bộ của Đảng ủy phường",
    );
    stage
        .mark(
            &season,
            "OCD-07",
            Mark::Pilot,
            basis,
            "Đại hội chi bộ điểm",
            opens,
        )
        .await?;
    stage
        .settle(&season, "OCD", opens, (Form::Delegates, 14), 1_482)
        .await?;
    works(stage, &season).await
}

async fn papers(stage: &mut Stage<'_>, season: &Season) -> Result<u128> {
    let directive = Paper {
        kind: InstrumentKind::Directive,
        issuer: "Bộ Chính trị",
        unit: None,
        number: "35-CT/TW",
        day: day(2024, 6, 14)?,
        title: "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIV của Đảng",
        from: None,
    };
    let directive = stage.instrument(season, &directive).await?;
    let district = Paper {
        kind: InstrumentKind::Plan,
        issuer: "Quận ủy Đống Đa",
        unit: Some("DD"),
        number: "323-KH/QU",
        day: day(2024, 8, 8)?,
        title: "Tổ chức đại hội đảng các cấp tiến tới Đại hội đại biểu Đảng bộ quận Đống Đa lần thứ XXIX",
        from: Some(directive),
    };
    let district = stage.instrument(season, &district).await?;
    stage
        .address(district, &["OCD"], 1, day(2024, 8, 12)?)
        .await?;
    let ward = Paper {
        kind: InstrumentKind::Plan,
        issuer: "Đảng ủy phường Ô Chợ Dừa",
        unit: Some("OCD"),
        number: "157-KH/ĐU",
        day: day(2024, 8, 20)?,
        title: "Tổ chức đại hội các chi bộ nhiệm kỳ 2025–2027, tiến tới Đại hội Đảng bộ phường lần thứ XIV",
        from: Some(district),
    };
    let ward = stage.instrument(season, &ward).await?;
    let codes: Vec<String> = (1..=26).map(|number| format!("OCD-{number:02}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    stage.address(ward, &codes, 19, day(2024, 8, 22)?).await?;
    let groups = [
        "Đảng ủy viên",
        "Bí thư, phó bí thư các chi bộ",
        "Chi ủy viên",
        "Trưởng các tổ chức chính trị - xã hội",
    ];
    let title =
        "Hội nghị quán triệt, triển khai Chỉ thị 35-CT/TW và Kế hoạch tổ chức đại hội các chi bộ";
    stage
        .briefing(
            season,
            "OCD",
            day(2024, 8, 22)?,
            title,
            &groups,
            &[directive, ward],
        )
        .await?;
    Ok(ward)
}

async fn works(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    use WorkArea::{Documents, Logistics, Personnel};
    let on = day(2024, 8, 22)?;
    for (area, title) in [
        (Personnel, "Thành lập Tiểu ban Nhân sự"),
        (Documents, "Thành lập Tiểu ban Văn kiện"),
        (Logistics, "Thành lập Tiểu ban Hậu cần"),
    ] {
        stage
            .work(season, "OCD", area, title, Some(1), &[(on, 1, "")])
            .await?;
    }
    let outline = [(on, 1, "Đang xây dựng đề cương")];
    stage
        .work(
            season,
            "OCD",
            Documents,
            "Báo cáo chính trị",
            None,
            &outline,
        )
        .await?;
    for (number, first) in [1_u32, 8, 15, 22].into_iter().enumerate() {
        let codes: Vec<String> = (first..first + 7)
            .take_while(|number| *number <= 26)
            .map(|number| format!("OCD-{number:02}"))
            .collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        stage
            .charge(
                season,
                &people::name(1_100 + number * 23),
                "Đảng ủy viên phụ trách",
                &codes,
                on,
            )
            .await?;
    }
    Ok(())
}
