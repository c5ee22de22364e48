//! Xã An Thanh, August 2022: a season of branches only; 3/8 as of 04/8/2022.

use plenum_rules::congress::Contents;
use plenum_rules::season::InstrumentKind;
use plenum_store::season::WorkArea;

use super::people;
use super::stage::{Days, Frame, Paper, Stage, Unit, day, numbers};
use crate::shell::problem::Result;

const AGENCIES: [&str; 4] = [
    "Chi bộ Cơ quan xã",
    "Chi bộ Trường Mầm non",
    "Chi bộ Trường Tiểu học",
    "Chi bộ Trường THCS",
];

/// Sets units and season up.
pub async fn season(stage: &mut Stage<'_>) -> Result<()> {
    let from = day(2018, 1, 1)?;
    let commune = Unit {
        code: "AT",
        name: "Đảng bộ xã An Thanh",
        above: None,
        level: "grassroots",
        kind: "territorial",
        members: 214,
    };
    stage.found(from, &[commune]).await?;
    stage
        .branches(
            from,
            ("AT", "AT-T", "village"),
            &|number| format!("Chi bộ thôn {number}"),
            (1, 4),
            150,
        )
        .await?;
    let agency = |number: u32| {
        AGENCIES
            .get(usize::try_from(number - 1).unwrap_or(0))
            .copied()
            .unwrap_or("Chi bộ")
            .to_owned()
    };
    stage
        .branches(from, ("AT", "AT-C", "agency"), &agency, (1, 4), 64)
        .await?;
    let opens = day(2022, 7, 1)?;
    let season = stage
        .open(&Frame {
            id: "an-thanh-2022",
            name: "Đại hội các chi bộ xã An Thanh, nhiệm kỳ 2022–2025",
            root: "AT",
            opens,
            last: day(2022, 8, 4)?,
            levels: &[("branch", (2022, 2025))],
            counted: "branch",
            contents: Contents {
                delegates: false,
                ..Contents::FOUR
            },
        })
        .await?;
    let guidance = Paper {
        kind: InstrumentKind::Guidance,
        issuer: "Đảng ủy xã An Thanh",
        unit: Some("AT"),
        number: "05-HD/ĐU",
        day: day(2022, 7, 4)?,
        title: "Hướng dẫn chuẩn bị và tiến hành đại hội chi bộ nhiệm kỳ 2022–2025",
        from: None,
    };
    let guidance = stage.instrument(&season, &guidance).await?;
    let codes = [
        "AT-T01", "AT-T02", "AT-T03", "AT-T04", "AT-C01", "AT-C02", "AT-C03", "AT-C04",
    ];
    stage.address(guidance, &codes, 8, day(2022, 7, 8)?).await?;
    let window = Days {
        issuer: "AT",
        level: "branch",
        mark: None,
        first: Some(day(2022, 7, 25)?),
        last: day(2022, 8, 7)?,
        plan_of: day(2022, 7, 4)?,
        instrument: Some(guidance),
    };
    stage.window(&season, window).await?;
    for (number, code) in codes.into_iter().enumerate() {
        let person = people::name(900 + number / 2 * 19);
        stage
            .charge(
                &season,
                &person,
                "Cấp ủy viên phụ trách",
                &[code],
                day(2022, 7, 4)?,
            )
            .await?;
    }
    let dated = day(2022, 7, 11)?;
    for (code, held) in [("AT-C01", 2), ("AT-C02", 3), ("AT-C03", 4)] {
        let elected = numbers(16, 1, 3, 0, 7);
        stage
            .held(&season, code, dated, day(2022, 8, held)?, elected)
            .await?;
    }
    for (code, planned) in [
        ("AT-C04", 5),
        ("AT-T01", 5),
        ("AT-T02", 6),
        ("AT-T03", 6),
        ("AT-T04", 7),
    ] {
        let on = day(2022, 8, planned)?;
        stage.date(&season, code, dated, (on, on)).await?;
    }
    let set_up = [(day(2022, 7, 20)?, 8, "Các chi bộ đã thành lập tiểu ban")];
    stage
        .work(
            &season,
            "AT",
            WorkArea::Logistics,
            "Tiểu ban phục vụ đại hội của các chi bộ",
            Some(8),
            &set_up,
        )
        .await?;
    let told = [(day(2022, 8, 4)?, 82, "Lượt xem trang tin")];
    stage
        .work(
            &season,
            "AT",
            WorkArea::Information,
            "Tuyên truyền về đại hội: lượt xem trang tin",
            None,
            &told,
        )
        .await
}
