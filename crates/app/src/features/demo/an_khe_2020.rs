//! Thị xã An Khê, season 2020–2025, as of 04/6/2020: branches 129/129, the
//! remaining grassroots organisations due before 20/6.

use plenum_rules::Day;
use plenum_rules::congress::{Contents, Form, Planned};
use plenum_rules::season::{InstrumentKind, Mark};
use plenum_store::season::{Season, WorkArea};

use super::an_khe_units::{COMMITTEES, SINGLES, single};
use super::people;
use super::stage::{Days, Frame, Paper, Stage, day, numbers};
use crate::shell::problem::Result;

/// Committees that had yet to meet on 04/6/2020, each with its day in June.
const WAITING: [(&str, i8); 7] = [
    ("AK-TS", 9),
    ("AK-AP", 11),
    ("AK-SA", 5),
    ("AK-TU", 12),
    ("AK-XA", 8),
    ("AK-DU", 16),
    ("AK-YT", 18),
];

/// Sets the season up.
pub async fn season(stage: &mut Stage<'_>) -> Result<()> {
    let opens = day(2019, 7, 1)?;
    let season = stage
        .open(&Frame {
            id: "an-khe-2020",
            name: "Đại hội đảng các cấp thị xã An Khê, nhiệm kỳ 2020–2025",
            root: "AK",
            opens,
            last: day(2020, 6, 4)?,
            levels: &[
                ("district", (2020, 2025)),
                ("grassroots", (2020, 2025)),
                ("branch", (2020, 2022)),
            ],
            counted: "grassroots",
            contents: Contents::FOUR,
        })
        .await?;
    papers(stage, &season).await?;
    branches(stage, &season).await?;
    grassroots(stage, &season).await?;
    town(stage, &season).await
}

async fn papers(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let directive = Paper {
        kind: InstrumentKind::Directive,
        issuer: "Bộ Chính trị",
        unit: None,
        number: "35-CT/TW",
        day: day(2019, 5, 30)?,
        title: "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
        from: None,
    };
    stage.instrument(season, &directive).await?;
    let branches = Days {
        issuer: "AK",
        level: "branch",
        mark: None,
        first: None,
        last: day(2019, 12, 31)?,
        plan_of: day(2019, 7, 1)?,
        instrument: None,
    };
    stage.window(season, branches).await?;
    // "Before 20/6" ends the day before; pilots and trials by the end of February.
    let grassroots = Days {
        level: "grassroots",
        last: day(2020, 6, 19)?,
        ..branches
    };
    stage.window(season, grassroots).await?;
    for mark in [Mark::Pilot, Mark::Trial] {
        stage
            .window(
                season,
                Days {
                    mark: Some(mark),
                    last: day(2020, 2, 29)?,
                    ..grassroots
                },
            )
            .await?;
    }
    stage
        .window(
            season,
            Days {
                level: "district",
                first: Some(day(2020, 7, 20)?),
                last: day(2020, 8, 20)?,
                ..branches
            },
        )
        .await?;
    let basis = ("AK", "Ban Thường vụ Thị ủy chọn");
    stage
        .mark(
            season,
            "AK-AB",
            Mark::Pilot,
            basis,
            "Đại hội điểm cơ sở",
            day(2019, 9, 1)?,
        )
        .await?;
    stage
        .mark(
            season,
            "AK-CA",
            Mark::Trial,
            basis,
            "Bầu trực tiếp bí thư tại đại hội",
            day(2019, 9, 1)?,
        )
        .await
}

async fn branches(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let dated = day(2019, 8, 20)?;
    for (place, (code, _, _, count, _)) in (0_i32..).zip(COMMITTEES) {
        for number in 1..=count {
            let number_days = i32::try_from(number).unwrap_or(0);
            let held = weekday(day(2019, 10, 1)?.plus(place * 3 + number_days * 4))?;
            stage
                .held(
                    season,
                    &format!("{code}-{number:02}"),
                    dated,
                    held,
                    numbers(10 + number % 8, number % 2, 3, 3, 5),
                )
                .await?;
        }
    }
    Ok(())
}

async fn grassroots(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let dated = day(2020, 2, 3)?;
    for (place, (code, _, _, _, members)) in (0_u32..).zip(COMMITTEES) {
        let form = if members < 200 {
            Form::Members
        } else {
            Form::Delegates
        };
        let on = match WAITING.iter().find(|(waits, _)| *waits == code) {
            Some((_, june)) => {
                let first = day(2020, 6, *june)?;
                stage
                    .settle(season, code, dated, (form, 12), members)
                    .await?;
                stage
                    .date(season, code, dated, (first, first.next()))
                    .await?;
                continue;
            }
            None if code == "AK-AB" => day(2020, 2, 18)?,
            None if code == "AK-CA" => day(2020, 2, 25)?,
            None => weekday(day(2020, 4, 22)?.plus(i32::try_from(place * 2).unwrap_or(0)))?,
        };
        stage
            .settle(season, code, dated, (form, 12), members)
            .await?;
        let convened = if form == Form::Members { members } else { 120 };
        stage
            .held(
                season,
                code,
                dated.min(on.plus(-10)),
                on,
                numbers(convened, 3, 13, 9, 24),
            )
            .await?;
    }
    for number in 1..=u32::try_from(SINGLES.len()).unwrap_or(0) {
        let held = weekday(day(2020, 3, 9)?.plus(i32::try_from(number * 2).unwrap_or(0)))?;
        stage
            .held(
                season,
                &single(number),
                dated,
                held,
                numbers(14, number % 2, 3, 2, 6),
            )
            .await?;
    }
    Ok(())
}

async fn town(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    use WorkArea::{Documents, Information, Personnel};
    let on = day(2020, 5, 15)?;
    stage
        .settle(season, "AK", on, (Form::Delegates, 17), 2_457)
        .await?;
    let planned = Planned {
        first: day(2020, 7, 29)?,
        last: day(2020, 7, 31)?,
        preparatory_half_days: 1,
    };
    stage.congress(season, "AK", |congress| {
        congress.date(on, planned, None)?;
        let review = "Cơ bản thống nhất với các văn kiện; rà soát các chỉ tiêu so với kết quả nhiệm kỳ trước.";
        congress.review(Day::of(2020, 6, 3).unwrap_or(on), review)
    })
    .await?;
    let findings = [
        "Cơ bản thống nhất các văn kiện trình đại hội",
        "Đối chiếu từng chỉ tiêu với kết quả thực hiện nhiệm kỳ qua",
    ];
    let visitors = "Tổ công tác của Ban Thường vụ Tỉnh ủy";
    stage
        .visit(
            season,
            "AK",
            visitors,
            day(2020, 6, 3)?,
            "Duyệt nội dung Đại hội đại biểu Đảng bộ thị xã lần thứ XVII",
            &findings,
        )
        .await?;
    let drafts = [
        (day(2020, 3, 20)?, 1, "Dự thảo lần 1"),
        (day(2020, 5, 20)?, 1, "Dự thảo lần 2"),
    ];
    stage
        .work(season, "AK", Documents, "Báo cáo chính trị", None, &drafts)
        .await?;
    for title in [
        "Báo cáo kiểm điểm của Ban Chấp hành",
        "Nghị quyết đại hội",
        "Chương trình hành động",
    ] {
        stage
            .work(
                season,
                "AK",
                Documents,
                title,
                None,
                &[(day(2020, 5, 20)?, 1, "Hoàn chỉnh dự thảo")],
            )
            .await?;
    }
    let lessons = [(
        day(2020, 3, 2)?,
        1,
        "Rút kinh nghiệm từ khâu chuẩn bị đến tổ chức, gửi các tổ chức cơ sở đảng",
    )];
    stage
        .work(
            season,
            "AK",
            Information,
            "Bài học kinh nghiệm sau đại hội điểm, thí điểm",
            Some(1),
            &lessons,
        )
        .await?;
    let steps = [(day(2020, 5, 28)?, 1, "Hoàn thành các bước tái cử")];
    stage
        .work(
            season,
            "AK",
            Personnel,
            "Quy trình nhân sự tái cử",
            Some(1),
            &steps,
        )
        .await?;
    stage
        .work(
            season,
            "AK",
            Personnel,
            "Quy trình giới thiệu nhân sự lần đầu",
            Some(1),
            &[],
        )
        .await?;
    conclusions(stage, season).await?;
    for (number, units) in [
        &["AK-TS", "AK-AP", "AK-SA"][..],
        &["AK-TU", "AK-XA"],
        &["AK-DU", "AK-YT", "AK-NM"],
    ]
    .into_iter()
    .enumerate()
    {
        let post = "Ủy viên Ban Thường vụ Thị ủy";
        stage
            .charge(
                season,
                &people::name(400 + number * 13),
                post,
                units,
                day(2019, 7, 1)?,
            )
            .await?;
    }
    Ok(())
}

/// A work, how many there are, and its batches.
type Counted = (&'static str, u32, [(Day, i64, &'static str); 3]);

/// Conclusions on political background: 52/52, 97/111 and 58/58, in batches.
async fn conclusions(stage: &mut Stage<'_>, season: &Season) -> Result<()> {
    let (march, april, may) = (day(2020, 3, 25)?, day(2020, 4, 24)?, day(2020, 5, 29)?);
    let works: [Counted; 3] = [
        (
            "Kết luận lịch sử chính trị cán bộ chủ chốt xã, phường",
            52,
            [
                (march, 20, "Đợt 1"),
                (april, 20, "Đợt 2"),
                (may, 12, "Đợt 3"),
            ],
        ),
        (
            "Kết luận lịch sử chính trị cán bộ diện Ban Thường vụ Thị ủy quản lý",
            111,
            [
                (march, 30, "Đợt 1"),
                (april, 41, "Đợt 2"),
                (may, 26, "Đợt 3"),
            ],
        ),
        (
            "Kết luận lịch sử chính trị quy hoạch Ban Chấp hành",
            58,
            [
                (march, 25, "Đợt 1"),
                (april, 18, "Đợt 2"),
                (may, 15, "Đợt 3"),
            ],
        ),
    ];
    for (title, total, steps) in works {
        stage
            .work(
                season,
                "AK",
                WorkArea::Personnel,
                title,
                Some(total),
                &steps,
            )
            .await?;
    }
    Ok(())
}

/// That day, or the Saturday before a Sunday.
fn weekday(on: Day) -> Result<Day> {
    Ok(if on.date().weekday() == jiff::civil::Weekday::Sunday {
        on.plus(-1)
    } else {
        on
    })
}
