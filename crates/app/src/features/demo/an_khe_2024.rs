//! Thị xã An Khê, autumn 2024: a pilot, a trial, an outside event, and plans
//! that must fit between them.

use plenum_rules::congress::{Contents, Form, Planned};
use plenum_rules::season::{InstrumentKind, Mark};
use plenum_store::season::{Season, WorkArea};

use super::people;
use super::stage::{Days, Frame, Paper, Stage, day};
use crate::shell::problem::Result;

/// Sets the season up.
pub async fn season(stage: &mut Stage<'_>) -> Result<()> {
    let opens = day(2024, 9, 26)?;
    let season = stage
        .open(&Frame {
            id: "an-khe-2024",
            name: "Đại hội đảng các cấp thị xã An Khê, nhiệm kỳ 2025–2030",
            root: "AK",
            opens,
            last: day(2024, 11, 13)?,
            levels: &[
                ("district", (2025, 2030)),
                ("grassroots", (2025, 2030)),
                ("branch", (2025, 2027)),
            ],
            counted: "branch",
            contents: Contents::FOUR,
        })
        .await?;
    papers(stage, &season).await?;
    ngo_may(stage, &season).await?;
    thanh_an(stage, &season).await
}

async fn papers(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let directive = Paper {
        kind: InstrumentKind::Directive,
        issuer: "Bộ Chính trị",
        unit: None,
        number: "35-CT/TW",
        day: day(2024, 6, 14)?,
        title: "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIV của Đảng",
        from: None,
    };
    let directive_id = stage.instrument(season, &directive).await?;
    let decision = Paper {
        kind: InstrumentKind::Decision,
        issuer: "Ban Thường vụ Thị ủy An Khê",
        unit: Some("AK"),
        number: "1434-QĐ/TU",
        day: day(2024, 9, 26)?,
        title: "Lập Tổ công tác chỉ đạo đại hội điểm, đại hội thí điểm bầu trực tiếp bí thư cấp ủy tại đại hội",
        from: Some(directive_id),
    };
    let decision_id = stage.instrument(season, &decision).await?;
    stage
        .address(decision_id, &["AK-NM", "AK-TA"], 2, day(2024, 9, 30)?)
        .await?;
    let basis = ("AK", "Quyết định số 1434 ngày 26/9/2024");
    let from = day(2024, 9, 26)?;
    stage
        .mark(season, "AK-NM", Mark::Pilot, basis, "Đại hội điểm", from)
        .await?;
    stage
        .mark(
            season,
            "AK-TA",
            Mark::Trial,
            basis,
            "Bầu trực tiếp bí thư cấp ủy tại đại hội",
            from,
        )
        .await?;
    for (number, unit) in ["AK-NM", "AK-TA"].into_iter().enumerate() {
        let post = "Ủy viên Ban Thường vụ Thị ủy";
        stage
            .charge(
                season,
                &people::name(700 + number * 17),
                post,
                &[unit],
                from,
            )
            .await?;
    }
    Ok(())
}

/// Phường Ngô Mây: pilot congress, the 9th, on 09–10/01/2025; its branches
/// must be done before.
async fn ngo_may(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let on = day(2024, 10, 25)?;
    let planned = Planned {
        first: day(2025, 1, 9)?,
        last: day(2025, 1, 10)?,
        preparatory_half_days: 0,
    };
    stage
        .settle(season, "AK-NM", on, (Form::Members, 9), 131)
        .await?;
    stage
        .congress(season, "AK-NM", |congress| congress.date(on, planned, None))
        .await?;
    let branches = Days {
        issuer: "AK-NM",
        level: "branch",
        mark: None,
        first: Some(day(2024, 12, 10)?),
        last: day(2025, 1, 8)?,
        plan_of: on,
        instrument: None,
    };
    stage.window(season, branches).await?;
    for number in 1..=8_u32 {
        let held = day(2024, 12, 12)?.plus(i32::try_from(number * 2).unwrap_or(0));
        stage
            .date(season, &format!("AK-NM-{number:02}"), on, (held, held))
            .await?;
    }
    let group = "Tổ công tác chỉ đạo đại hội điểm của tỉnh";
    let findings = [
        "Quy hoạch cấp ủy các chi bộ đã rà soát, bổ sung xong",
        "Quy hoạch chức danh lãnh đạo, quản lý đã được Ban Thường vụ Thị ủy phê duyệt",
        "Tiểu ban Văn kiện tiếp tục rà soát mục tiêu, nhiệm vụ của Nghị quyết đại hội lần thứ 8",
    ];
    stage
        .visit(
            season,
            "AK-NM",
            group,
            day(2024, 11, 13)?,
            "Kiểm tra công tác chuẩn bị đại hội điểm",
            &findings,
        )
        .await?;
    let reviewed = [(day(2024, 11, 8)?, 9, "Rà soát, bổ sung quy hoạch xong")];
    let title = "Quy hoạch cấp ủy các chi bộ nhiệm kỳ 2025–2027";
    stage
        .work(
            season,
            "AK-NM",
            WorkArea::Personnel,
            title,
            Some(9),
            &reviewed,
        )
        .await?;
    let approved = [(day(2024, 11, 11)?, 1, "Ban Thường vụ Thị ủy phê duyệt")];
    let title = "Quy hoạch chức danh lãnh đạo, quản lý nhiệm kỳ 2025–2030, 2026–2031";
    stage
        .work(
            season,
            "AK-NM",
            WorkArea::Personnel,
            title,
            Some(1),
            &approved,
        )
        .await?;
    stage
        .work(
            season,
            "AK-NM",
            WorkArea::Documents,
            "Rà soát Nghị quyết đại hội lần thứ 8",
            Some(1),
            &[],
        )
        .await
}

/// Xã Thành An: village heads are elected everywhere on 15/12/2024; the pilot
/// branch meets before 05/01/2025, the others 07–15/01/2025.
async fn thanh_an(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let on = day(2024, 11, 4)?;
    stage
        .event(
            season,
            "AK-TA",
            "Bầu cử trưởng thôn",
            day(2024, 12, 15)?,
            "branch",
        )
        .await?;
    let basis = (
        "AK-TA",
        "Kế hoạch đại hội các chi bộ của Đảng ủy xã Thành An",
    );
    stage
        .mark(
            season,
            "AK-TA-06",
            Mark::Pilot,
            basis,
            "Đại hội chi bộ điểm",
            on,
        )
        .await?;
    let pilot = Days {
        issuer: "AK-TA",
        level: "branch",
        mark: Some(Mark::Pilot),
        first: None,
        last: day(2025, 1, 4)?,
        plan_of: on,
        instrument: None,
    };
    stage.window(season, pilot).await?;
    let others = Days {
        mark: None,
        first: Some(day(2025, 1, 7)?),
        last: day(2025, 1, 15)?,
        ..pilot
    };
    stage.window(season, others).await?;
    let meets = day(2025, 1, 3)?;
    stage.date(season, "AK-TA-06", on, (meets, meets)).await?;
    for (number, january) in [(1, 7), (2, 8), (3, 9), (4, 10), (5, 13), (7, 14)] {
        let held = day(2025, 1, january)?;
        stage
            .date(season, &format!("AK-TA-{number:02}"), on, (held, held))
            .await?;
    }
    let group = "Tổ công tác chỉ đạo đại hội điểm của tỉnh";
    let findings = [
        "Thường xuyên báo cáo Thường trực Thị ủy và Tổ công tác",
        "Bầu trưởng thôn xong mới tổ chức đại hội chi bộ",
    ];
    stage
        .visit(
            season,
            "AK-TA",
            group,
            day(2024, 11, 13)?,
            "Kiểm tra công tác chuẩn bị đại hội thí điểm",
            &findings,
        )
        .await
}
