//! Quận Cẩm Lệ, season 2020–2025: 121/235 branches as of 02/3/2020.

use plenum_rules::Day;
use plenum_rules::congress::{Contents, Form, Planned};
use plenum_rules::season::{InstrumentKind, Mark};
use plenum_store::season::{Season, WorkArea};

use super::branch_12;
use super::cam_le_units::COMMITTEES;
use super::people;
use super::stage::{Days, Frame, Paper, Stage, day, numbers};
use crate::shell::problem::Result;

/// Branches that had met by 02/3/2020, by committee (39 more: Khuê Trung 36
/// and Quân sự 3).
const HELD: [(&str, u32); 11] = [
    ("CL-HP", 14),
    ("CL-HA", 13),
    ("CL-TT", 11),
    ("CL-TD", 12),
    ("CL-HX", 15),
    ("CL-CA", 5),
    ("CL-DM", 6),
    ("CL-DD", 2),
    ("CL-CQ", 2),
    ("CL-YT", 1),
    ("CL-GD", 1),
];

/// Sets the season up.
pub async fn season(stage: &mut Stage<'_>) -> Result<()> {
    let plan_day = day(2019, 11, 15)?;
    let season = stage
        .open(&Frame {
            id: "cam-le-2020",
            name: "Đại hội đảng các cấp quận Cẩm Lệ, nhiệm kỳ 2020–2025",
            root: "CL",
            opens: plan_day,
            last: day(2020, 3, 2)?,
            levels: &[
                ("district", (2020, 2025)),
                ("grassroots", (2020, 2025)),
                ("branch", (2020, 2022)),
            ],
            counted: "branch",
            contents: Contents::FOUR,
        })
        .await?;
    let plan = instruments(stage, &season).await?;
    windows(stage, &season, plan).await?;
    marks_and_people(stage, &season).await?;
    works(stage, &season).await?;
    khue_trung(stage, &season).await?;
    for (code, _, _, branches, _) in COMMITTEES {
        let held = HELD
            .iter()
            .find(|(held, _)| *held == code)
            .map_or(0, |(_, count)| *count);
        let held = if code == "CL-QS" { branches } else { held };
        committee(stage, &season, code, branches, held).await?;
    }
    Ok(())
}

async fn instruments(stage: &mut Stage<'_>, season: &Season) -> Result<u128> {
    let directive = stage
        .instrument(season, &Paper {
            kind: InstrumentKind::Directive,
            issuer: "Bộ Chính trị",
            unit: None,
            number: "35-CT/TW",
            day: day(2019, 5, 30)?,
            title: "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
            from: None,
        })
        .await?;
    let plan = stage
        .instrument(season, &Paper {
            kind: InstrumentKind::Plan,
            issuer: "Quận ủy Cẩm Lệ",
            unit: Some("CL"),
            number: "86-KH/QU",
            day: day(2019, 11, 15)?,
            title: "Tổ chức đại hội đảng các cấp và Đại hội Đảng bộ quận Cẩm Lệ lần thứ IV, nhiệm kỳ 2020–2025",
            from: Some(directive),
        })
        .await?;
    for (number, title) in [
        ("12-HD/BTG", "Hướng dẫn nội dung đại hội đảng bộ các cấp"),
        ("13-HD/BTC", "Hướng dẫn công tác nhân sự cấp ủy"),
        (
            "14-HD/BTC",
            "Hướng dẫn một số vấn đề về bảo vệ chính trị nội bộ phục vụ đại hội",
        ),
    ] {
        stage
            .instrument(
                season,
                &Paper {
                    kind: InstrumentKind::Guidance,
                    issuer: "Quận ủy Cẩm Lệ",
                    unit: Some("CL"),
                    number,
                    day: day(2019, 12, 2)?,
                    title,
                    from: Some(plan),
                },
            )
            .await?;
    }
    let mut addressed = vec!["CL-KT", "CL-TA"];
    addressed.extend(COMMITTEES.iter().map(|(code, ..)| *code));
    let all = addressed.len();
    stage
        .address(plan, &addressed, all - 1, day(2019, 11, 20)?)
        .await?;
    let groups = [
        "Ủy viên Ban Chấp hành Đảng bộ quận",
        "Bí thư, phó bí thư cấp ủy cơ sở",
        "Trưởng các đoàn thể",
    ];
    let title = "Hội nghị quán triệt, triển khai Chỉ thị 35-CT/TW và Kế hoạch 86-KH/QU";
    stage
        .briefing(
            season,
            "CL",
            day(2019, 11, 22)?,
            title,
            &groups,
            &[directive, plan],
        )
        .await?;
    Ok(plan)
}

async fn windows(stage: &mut Stage<'_>, season: &Season, plan: u128) -> Result<()> {
    let all = Days {
        issuer: "CL",
        level: "branch",
        mark: None,
        first: Some(day(2019, 12, 15)?),
        last: day(2020, 3, 31)?,
        plan_of: day(2019, 11, 15)?,
        instrument: Some(plan),
    };
    stage.window(season, all).await?;
    // "Before 10/6" ends the day before.
    let grassroots = Days {
        level: "grassroots",
        first: Some(day(2020, 4, 1)?),
        last: day(2020, 6, 9)?,
        ..all
    };
    stage.window(season, grassroots).await?;
    let district = Days {
        level: "district",
        first: Some(day(2020, 7, 15)?),
        last: day(2020, 7, 31)?,
        ..all
    };
    stage.window(season, district).await
}

async fn marks_and_people(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let from = day(2019, 11, 15)?;
    let basis = ("CL", "Kế hoạch 86-KH/QU ngày 15/11/2019");
    for unit in ["CL-KT", "CL-TA"] {
        stage
            .mark(season, unit, Mark::Pilot, basis, "Đại hội điểm cơ sở", from)
            .await?;
    }
    for unit in ["CL-CA", "CL-DM"] {
        stage
            .mark(
                season,
                unit,
                Mark::Trial,
                basis,
                "Bầu trực tiếp bí thư tại đại hội",
                from,
            )
            .await?;
    }
    let follows: [&[&str]; 6] = [
        &["CL-KT", "CL-TA"],
        &["CL-HP", "CL-HA", "CL-VK"],
        &["CL-TT", "CL-TD", "CL-TH"],
        &["CL-HX", "CL-YT", "CL-GD", "CL-KB"],
        &["CL-CA", "CL-QS", "CL-TK"],
        &["CL-DM", "CL-DD", "CL-CQ", "CL-TM", "CL-BH"],
    ];
    for (number, units) in follows.into_iter().enumerate() {
        let post = "Ủy viên Ban Thường vụ Quận ủy";
        stage
            .charge(season, &people::name(number * 11 + 2), post, units, from)
            .await?;
    }
    Ok(())
}

async fn works(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    use WorkArea::{Delegates, Documents, Logistics, Personnel};
    let set_up = day(2019, 11, 25)?;
    for (area, title) in [
        (Documents, "Thành lập Tiểu ban Văn kiện"),
        (Logistics, "Thành lập Tiểu ban Tổ chức phục vụ"),
        (Personnel, "Thành lập Tiểu ban Nhân sự"),
    ] {
        stage
            .work(season, "CL", area, title, Some(1), &[(set_up, 1, "")])
            .await?;
    }
    let first_round = [(
        day(2020, 2, 20)?,
        1,
        "Ban Thường vụ, Ban Chấp hành cho ý kiến lần 1",
    )];
    stage
        .work(
            season,
            "CL",
            Documents,
            "Dự thảo báo cáo chính trị",
            None,
            &first_round,
        )
        .await?;
    stage
        .work(
            season,
            "CL",
            Documents,
            "Dự thảo báo cáo kiểm điểm của Ban Chấp hành khóa III",
            None,
            &first_round,
        )
        .await?;
    let sent = "Hoàn thiện trước 31/3/2020 và gửi các tổ chức cơ sở đảng góp ý tại đại hội";
    stage
        .work(season, "CL", Documents, sent, Some(1), &[])
        .await?;
    let plan = [(day(2020, 1, 10)?, 1, "Ban hành kế hoạch quy trình nhân sự")];
    stage
        .work(
            season,
            "CL",
            Personnel,
            "Kế hoạch quy trình nhân sự đại hội",
            Some(1),
            &plan,
        )
        .await?;
    let moved = [
        (day(2020, 1, 15)?, 2, "Điều động, phân công"),
        (day(2020, 2, 17)?, 1, "Điều động, phân công"),
    ];
    stage
        .work(
            season,
            "CL",
            Personnel,
            "Điều động, phân công cấp ủy viên phục vụ nhân sự đại hội",
            None,
            &moved,
        )
        .await?;
    let fixed = [(
        day(2020, 2, 24)?,
        275,
        "Thống nhất số đại biểu và phân bổ cho các tổ chức cơ sở đảng",
    )];
    stage
        .work(
            season,
            "CL",
            Delegates,
            "Đại biểu dự Đại hội Đảng bộ quận lần thứ IV",
            Some(275),
            &fixed,
        )
        .await
}

async fn khue_trung(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let dated = day(2019, 12, 10)?;
    for number in 1..=26_u32 {
        let held = working_day(day(2019, 12, 20)?, number * 2)?;
        let code = format!("CL-KT-{number:02}");
        stage
            .held(
                season,
                &code,
                dated,
                held,
                numbers(26 + number % 5, number % 3, 3, 4, 6 + number % 7),
            )
            .await?;
    }
    for number in 1..=10_u32 {
        let held = working_day(day(2020, 1, 6)?, number * 4)?;
        let code = format!("CL-KT-H{number:02}");
        stage
            .held(season, &code, dated, held, numbers(24, number % 2, 3, 4, 5))
            .await?;
    }
    let met = working_day(day(2019, 12, 20)?, 12 * 2)?;
    branch_12::elections(stage, season, met).await?;
    let planned = Planned {
        first: day(2020, 4, 14)?,
        last: day(2020, 4, 15)?,
        preparatory_half_days: 0,
    };
    let on = day(2020, 2, 10)?;
    stage
        .settle(season, "CL-KT", on, (Form::Delegates, 4), 993)
        .await?;
    stage
        .congress(season, "CL-KT", |congress| congress.date(on, planned, None))
        .await?;
    let court = (day(2020, 4, 7)?, day(2020, 4, 7)?);
    stage.date(season, "CL-TA", on, court).await?;
    stage
        .settle(season, "CL", on, (Form::Delegates, 4), 5_402)
        .await
}

/// The first `held` branches have met, the others are dated for March; one of
/// them was to meet on 29/02 and has not reported.
async fn committee(
    stage: &mut Stage<'_>,
    season: &Season,
    code: &str,
    branches: u32,
    held: u32,
) -> Result<()> {
    let dated = day(2020, 1, 3)?;
    let stride = u32::try_from(code.bytes().map(usize::from).sum::<usize>() % 5).unwrap_or(0);
    for number in 1..=branches {
        let unit = format!("{code}-{number:02}");
        if number <= held {
            let on = working_day(day(2020, 1, 8)?, number * 3 + stride)?.min(day(2020, 3, 2)?);
            stage
                .held(
                    season,
                    &unit,
                    dated,
                    on,
                    numbers(22 + number % 9, number % 4, 3, 3, 4 + number % 6),
                )
                .await?;
        } else {
            let waits = number - held;
            let on = working_day(day(2020, 3, 3)?, waits + stride)?.min(day(2020, 3, 28)?);
            let on = if code == "CL-HP" && waits == 1 {
                day(2020, 2, 29)?
            } else {
                on
            };
            stage.date(season, &unit, dated, (on, on)).await?;
        }
    }
    if branches > 0 && code != "CL-CA" && code != "CL-DM" {
        let meets = working_day(day(2020, 5, 4)?, stride * 4 + branches % 7)?;
        stage
            .date(season, code, day(2020, 2, 25)?, (meets, meets.next()))
            .await?;
    }
    Ok(())
}

/// So many days later, Sundays and the days of Tết left out.
fn working_day(from: Day, days: u32) -> Result<Day> {
    let (tet, after) = (day(2020, 1, 22)?, day(2020, 1, 30)?);
    let mut on = from.plus(i32::try_from(days).unwrap_or(0));
    if on >= tet && on < after {
        on = after.plus(on.since(tet) % 3);
    }
    Ok(if on.date().weekday() == jiff::civil::Weekday::Sunday {
        on.plus(-1)
    } else {
        on
    })
}

/// The branch whose secretary has a log-in in the demo: planned for 29/02/2020
/// and not yet reported.
pub const WAITING_BRANCH: &str = "CL-HP-15";
