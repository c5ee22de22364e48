//! A realistic report with a table of 235 rows. Units, people and figures are invented.

use plenum_papers::{Align, Cell, CivilDate, Column, OfficialDocument, Row, Section, Table};

pub fn day(year: i16, month: u8, day: u8) -> CivilDate {
    CivilDate::new(year, month, day).expect("a day of the calendar")
}

const FAMILIES: [&str; 10] = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Tôn Nữ",
];
const MIDDLES: [&str; 8] = [
    "Thị Thanh",
    "Văn",
    "Hữu",
    "Ngọc Bảo",
    "Đức",
    "Thị Mỹ",
    "Quốc",
    "Xuân",
];
const GIVEN: [&str; 12] = [
    "Ánh",
    "Bình",
    "Cường",
    "Dũng",
    "Giang",
    "Hằng",
    "Khuê",
    "Nghĩa",
    "Phượng",
    "Quỳnh",
    "Thịnh",
    "Yến",
];
const UNITS: [&str; 7] = [
    "Chi bộ Tổ dân phố số",
    "Chi bộ Trường Trung học cơ sở Nguyễn Văn Linh, cơ sở",
    "Chi bộ Công ty trách nhiệm hữu hạn một thành viên Vệ sinh môi trường và Cây xanh đô thị, xí nghiệp",
    "Chi bộ Quân sự phường",
    "Chi bộ Trạm Y tế",
    "Chi bộ Hợp tác xã nông nghiệp",
    "Đảng bộ bộ phận Khu dân cư",
];

/// Every share and number of the table follows from the row's number, so that tests can predict it.
pub fn units_table(rows: i64) -> Table {
    let column = |title: &str, width_weight, align| Column {
        title: title.to_owned(),
        width_weight,
        align,
    };
    let pick =
        |list: &[&'static str], i: i64| list[usize::try_from(i).expect("small") % list.len()];
    let mut table = Table {
        caption: Some("Tiến độ đại hội các chi bộ trực thuộc".to_owned()),
        columns: vec![
            column("TT", 10, Align::Center),
            column("Tên tổ chức đảng", 52, Align::Left),
            column("Bí thư", 38, Align::Left),
            column("Ngày đại hội", 25, Align::Center),
            column("Đảng viên dự", 28, Align::Right),
            column("Tỷ lệ", 20, Align::Right),
        ],
        rows: Vec::new(),
    };
    for i in 1..=rows {
        let name = format!(
            "{} {} {}",
            pick(&FAMILIES, i * 7),
            pick(&MIDDLES, i * 3),
            pick(&GIVEN, i * 5)
        );
        let total = 12 + (i * 37) % 61;
        let done = total - (i * 5) % 9;
        let date = day(
            2020,
            1 + u8::try_from(i % 3).expect("small"),
            1 + u8::try_from(i % 28).expect("small"),
        );
        table.rows.push(Row {
            cells: vec![
                Cell::Count(i),
                Cell::Text(format!("{} {i}", pick(&UNITS, i))),
                Cell::Text(name),
                if i % 11 == 0 {
                    Cell::Empty
                } else {
                    Cell::Day(date)
                },
                Cell::Ratio { done, total },
                Cell::Percent { done, total },
            ],
            emphasis: false,
        });
    }
    table.rows.push(Row {
        cells: vec![
            Cell::Empty,
            Cell::Text("Tổng cộng".to_owned()),
            Cell::Empty,
            Cell::Empty,
            Cell::Ratio {
                done: 9_421,
                total: 10_307,
            },
            Cell::Percent {
                done: 9_421,
                total: 10_307,
            },
        ],
        emphasis: true,
    });
    table
}

fn section(title: &str, paragraphs: &[&str], table: Option<Table>) -> Section {
    let paragraphs = paragraphs.iter().map(|&text| text.to_owned()).collect();
    Section {
        title: Some(title.to_owned()),
        paragraphs,
        table,
    }
}

pub fn report(rows: i64) -> OfficialDocument {
    OfficialDocument {
        heading: "ĐẢNG CỘNG SẢN VIỆT NAM".to_owned(),
        superior_body: "Đảng bộ thành phố Đà Nẵng".to_owned(),
        issuing_body: "Quận ủy Cẩm Lệ".to_owned(),
        number: "Số      -BC/QU".to_owned(),
        place: "Cẩm Lệ".to_owned(),
        date: day(2020, 3, 2),
        kind: "Báo cáo".to_owned(),
        abstract_line:
            "tiến độ và kết quả đại hội các chi bộ, đảng bộ cơ sở trực thuộc tiến tới Đại hội \
                        đại biểu Đảng bộ quận lần thứ IV, nhiệm kỳ 2020 – 2025"
                .to_owned(),
        sections: vec![
            section(
                "I. TÌNH HÌNH CHUNG",
                &[
                    "Thực hiện Chỉ thị số 35-CT/TW, ngày 30/5/2019 của Bộ Chính trị khóa XII về đại hội đảng bộ các \
                     cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIII của Đảng, Ban Thường vụ Quận ủy báo cáo tiến \
                     độ và kết quả đại hội các chi bộ, đảng bộ cơ sở trực thuộc như sau:",
                    "Tính đến ngày 02-3-2020, 121/235 chi bộ đã đại hội (51,5\u{a0}%), với 2.457 đảng viên dự. Việc \
                     chuẩn bị văn kiện, nhân sự và cơ sở vật chất được các cấp ủy tiến hành chặt chẽ, dân chủ, đúng \
                     nguyên tắc; không khí đại hội nghiêm túc, thẳng thắn, trách nhiệm.",
                ],
                None,
            ),
            section(
                "II. KẾT QUẢ CỤ THỂ",
                &[
                    "Kết quả đại hội của từng tổ chức đảng trực thuộc được tổng hợp trong biểu dưới đây.",
                ],
                Some(units_table(rows)),
            ),
            section(
                "III. NHIỆM VỤ THỜI GIAN TỚI",
                &[
                    "1. Các đồng chí cấp ủy viên phụ trách tiếp tục theo dõi, chỉ đạo những chi bộ chưa đại hội, bảo đảm \
                     hoàn thành trước ngày 31-3-2020.",
                    "2. Ban Tổ chức Quận ủy chủ trì, phối hợp với Văn phòng Quận ủy tổng hợp ý kiến đóng góp vào dự \
                     thảo văn kiện, báo cáo Ban Thường vụ Quận ủy xem xét, quyết định.",
                ],
                None,
            ),
        ],
        authority: "T/M BAN THƯỜNG VỤ".to_owned(),
        post: "PHÓ BÍ THƯ THƯỜNG TRỰC".to_owned(),
        signer: "Tôn Nữ Ngọc Bảo Khuê".to_owned(),
        recipients: vec![
            "Ban Thường vụ Thành ủy (để báo cáo)".to_owned(),
            "Ban Tổ chức Thành ủy".to_owned(),
            "Các đồng chí ủy viên Ban Chấp hành Đảng bộ quận".to_owned(),
            "Các chi bộ, đảng bộ cơ sở trực thuộc".to_owned(),
            "Lưu Văn phòng Quận ủy".to_owned(),
        ],
    }
}
