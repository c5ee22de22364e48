//! Ballot papers as a voter and a scanner see them: printed, turned into pixels, and read again.

use std::path::PathBuf;
use std::process::Command;

use plenum_papers::{
    Area, BallotLayout, BallotMarks, BallotName, BallotPaper, PaperError, ballot, layout,
};

const DPI: u32 = 200;

/// A list of so many names.
pub fn paper(names: usize, marks: BallotMarks) -> BallotPaper {
    let family = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Đặng", "Võ"];
    let middle = ["Thị Phương", "Văn", "Hồng", "Quang", "Ngọc Bảo"];
    let given = [
        "An", "Ánh", "Bình", "Dũng", "Đạt", "Hoà", "Khánh", "Nguyệt", "Thảo", "Yến", "Vỹ",
    ];
    let columns = match marks {
        BallotMarks::StrikeOut => vec!["Số TT", "Họ và tên"],
        BallotMarks::AgreeDisagree => vec!["Số TT", "Họ và tên", "Đồng ý", "Không đồng ý"],
        BallotMarks::Rank => vec!["Số TT", "Họ và tên", "Thứ tự"],
    };
    BallotPaper {
        organisation: vec!["ĐẢNG BỘ PHƯỜNG KHUÊ TRUNG".into(), "CHI BỘ 12".into()],
        title: "PHIẾU BẦU CỬ".into(),
        subject: "Bầu Chi ủy Chi bộ 12, nhiệm kỳ 2020–2022".into(),
        instruction: vec![
            format!("Danh sách có {names} người; được bầu không quá 15 người."),
            "Không bầu ai thì gạch một đường ngang qua cả họ và tên người đó.".into(),
        ],
        names: (0..names)
            .map(|place| BallotName {
                name: format!(
                    "{} {} {}",
                    family[place % family.len()],
                    middle[place % middle.len()],
                    given[place % given.len()]
                ),
            })
            .collect(),
        marks,
        columns: columns.into_iter().map(str::to_owned).collect(),
        stamp: "Dấu của cấp ủy triệu tập".into(),
        sheet: "Tờ {n}/{of}".into(),
    }
}

/// A sheet in grey, as a scanner gives it.
struct Picture {
    width: usize,
    grey: Vec<u8>,
}

impl Picture {
    /// The sheets of a PDF.
    fn all(pdf: &[u8], name: &str) -> Vec<Self> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("p.pdf"), pdf).expect("write");
        let done = Command::new("pdftoppm")
            .args(["-gray", "-r", &DPI.to_string()])
            .args([folder.join("p.pdf"), folder.join("p")])
            .status()
            .expect("this test draws PDFs with `pdftoppm`: install poppler-utils");
        assert!(done.success());
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|end| end == "pgm"))
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| Self::read(&std::fs::read(file).expect("read")))
            .collect()
    }

    fn read(pgm: &[u8]) -> Self {
        let mut words = pgm.split(|byte| byte.is_ascii_whitespace());
        let mut word = || String::from_utf8(words.next().expect("a head").to_vec()).expect("ASCII");
        let (kind, width, height) = (word(), word(), word());
        assert_eq!(kind, "P5");
        let width: usize = width.parse().expect("a width");
        let height: usize = height.parse().expect("a height");
        Self {
            width,
            grey: pgm[pgm.len() - width * height..].to_vec(),
        }
    }

    fn at(&self, x: u32, y: u32) -> u8 {
        let pixel = |length: u32| usize::try_from(length * DPI / 2_540).expect("a pixel");
        self.grey[pixel(y) * self.width + pixel(x)]
    }

    /// The share of dark points in an area, of a hundred.
    fn dark(&self, area: Area) -> u32 {
        let (mut dark, mut all) = (0, 0);
        for x in (area.x..area.x + area.w).step_by(20) {
            for y in (area.y..area.y + area.h).step_by(20) {
                all += 1;
                dark += u32::from(self.at(x, y) < 128);
            }
        }
        dark * 100 / all
    }

    fn codes(&self) -> Vec<String> {
        let height = self.grey.len() / self.width;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, height, |x, y| {
            self.grey[y * self.width + x]
        });
        let grids = image.detect_grids();
        grids
            .iter()
            .filter_map(|grid| Some(grid.decode().ok()?.1))
            .collect()
    }
}

fn inner(area: Area, by: u32) -> Area {
    Area {
        x: area.x + by,
        y: area.y + by,
        w: area.w - 2 * by,
        h: area.h - 2 * by,
    }
}

fn rows(layout: &BallotLayout) -> usize {
    layout.pages.iter().map(|page| page.rows.len()).sum()
}

#[test]
fn a_scanner_finds_on_the_paper_what_the_layout_says() {
    for (names, marks) in [
        (1, BallotMarks::AgreeDisagree),
        (18, BallotMarks::StrikeOut),
        (60, BallotMarks::StrikeOut),
        (60, BallotMarks::AgreeDisagree),
        (7, BallotMarks::Rank),
        (100, BallotMarks::StrikeOut),
    ] {
        let paper = paper(names, marks);
        let layout = layout(&paper).expect("a layout");
        assert_eq!(rows(&layout), names);
        let pdf =
            ballot(&paper, "PLB1/0190f3c2a7b94d1e8c55aa01bb02cc03/9f3a77c1").expect("a ballot");
        let pictures = Picture::all(&pdf, &format!("ballot-{names}-{marks:?}"));
        assert_eq!(pictures.len(), layout.pages.len());
        for (number, (picture, page)) in pictures.iter().zip(&layout.pages).enumerate() {
            assert_eq!(
                picture.codes(),
                [format!(
                    "PLB1/0190f3c2a7b94d1e8c55aa01bb02cc03/9f3a77c1/{}",
                    number + 1
                )],
                "{names} {marks:?}"
            );
            for corner in layout.corners {
                assert!(picture.dark(inner(corner, 30)) > 95, "a corner of {names}");
            }
            for row in &page.rows {
                assert!(
                    picture.dark(inner(row.name_cell, 40)) > 0,
                    "a name of {names}"
                );
                for place in &row.boxes {
                    assert_eq!(
                        picture.dark(inner(*place, 50)),
                        0,
                        "an empty box of {names}"
                    );
                }
            }
        }
    }
}

#[test]
fn names_stay_in_their_cells() {
    let mut paper = paper(60, BallotMarks::AgreeDisagree);
    paper.names[20].name = "Công Tằng Tôn Nữ Hoàng Phương Nguyệt Ánh (sinh ngày 02/9/1975)".into();
    let layout = layout(&paper).expect("a layout");
    let pictures = Picture::all(&ballot(&paper, "X").expect("a ballot"), "ballot-long");
    let row = &layout.pages[0].rows[20];
    let beside = Area {
        x: row.boxes[0].x - 150,
        w: 100,
        ..row.boxes[0]
    };
    assert_eq!(
        pictures[0].dark(beside),
        0,
        "the name ends before the boxes"
    );
    // On lines of its own, one below the other, in letters no smaller than 12 points.
    assert!(row.size >= 420);
    let lower = Area {
        y: row.name_cell.y + row.name_cell.h * 2 / 3,
        h: row.name_cell.h / 4,
        ..inner(row.name_cell, 60)
    };
    assert!(
        pictures[0].dark(lower) > 0,
        "the whole name is there, on another line"
    );
}

#[test]
fn long_names_wrap_and_their_rows_grow_as_the_layout_says() {
    let long = "Công Tằng Tôn Nữ Hoàng Phương Nguyệt Ánh, tức Huyền Tôn Nữ Phương Thảo (sinh ngày 02/9/1975, Tổ dân phố số 14)";
    let endless = "W".repeat(120);
    for (names, marks) in [
        (3, BallotMarks::AgreeDisagree),
        (18, BallotMarks::StrikeOut),
        (60, BallotMarks::StrikeOut),
        (60, BallotMarks::AgreeDisagree),
        (64, BallotMarks::Rank),
    ] {
        // Names as people have them stay on one line of one sheet, all alike.
        let plain = layout(&paper(names, marks)).expect("a layout");
        assert_eq!(plain.pages.len(), 1, "{names} {marks:?}");
        let alike: std::collections::BTreeSet<(u32, u32)> = plain.pages[0]
            .rows
            .iter()
            .map(|row| (row.name_cell.h, row.size))
            .collect();
        assert_eq!(alike.len(), 1, "{names} {marks:?}: {alike:?}");
        let mut paper = paper(names, marks);
        paper.names[1].name = long.into();
        paper.names[names - 1].name.clone_from(&endless);
        let layout = layout(&paper).expect("a layout");
        assert_eq!(rows(&layout), names, "{marks:?}");
        let shown: Vec<_> = layout.pages.iter().flat_map(|page| &page.rows).collect();
        let (wrapped, other) = (shown[1], shown[0]);
        assert!(wrapped.name_cell.h > other.name_cell.h, "{names} {marks:?}");
        for row in &shown {
            assert!(
                row.size >= 420,
                "readable: {} of {names} {marks:?}",
                row.size
            );
            assert!(row.name_cell.y + row.name_cell.h <= 27_300, "on the paper");
            assert_eq!(row.name_cell.h, row.number_cell.h);
        }
        // Rows follow one another without a gap, and boxes are all alike.
        for page in &layout.pages {
            for pair in page
                .rows
                .windows(2)
                .filter(|pair| pair[0].name_cell.x == pair[1].name_cell.x)
            {
                assert_eq!(
                    pair[0].name_cell.y + pair[0].name_cell.h,
                    pair[1].name_cell.y
                );
            }
        }
        let sides: std::collections::BTreeSet<u32> = shown
            .iter()
            .flat_map(|row| &row.boxes)
            .map(|one| one.w)
            .collect();
        assert!(sides.len() <= 1);
        assert!(plain.pages.len() <= layout.pages.len());
        let pdf =
            ballot(&paper, "PLB1/0190f3c2a7b94d1e8c55aa01bb02cc03/9f3a77c1").expect("a ballot");
        let pictures = Picture::all(&pdf, &format!("ballot-wrapped-{names}-{marks:?}"));
        assert_eq!(pictures.len(), layout.pages.len());
        for (picture, page) in pictures.iter().zip(&layout.pages) {
            for row in &page.rows {
                // The lines of the cell are where the layout says, and nothing crosses them: ink of a name stays inside.
                let cell = row.name_cell;
                let edge = Area {
                    x: cell.x + 200,
                    w: cell.w - 400,
                    y: cell.y + cell.h - 20,
                    h: 41,
                };
                assert!(
                    picture.dark(edge) > 15,
                    "the lower line of {} of {names} {marks:?}",
                    row.number
                );
                assert!(picture.dark(inner(cell, 40)) > 0);
                let right = Area {
                    x: cell.x + cell.w - 110,
                    w: 70,
                    y: cell.y + 60,
                    h: cell.h - 120,
                };
                assert_eq!(
                    picture.dark(right),
                    0,
                    "{} of {names} {marks:?}",
                    row.number
                );
                for place in &row.boxes {
                    assert_eq!(picture.dark(inner(*place, 50)), 0, "an empty box");
                }
            }
        }
    }
}

#[test]
fn nothing_tells_one_paper_from_another() {
    let paper = paper(27, BallotMarks::StrikeOut);
    let first = ballot(&paper, "X").expect("a ballot");
    assert_eq!(first, ballot(&paper, "X").expect("the same ballot"));
}

#[test]
fn a_paper_that_cannot_be_set_is_refused() {
    let empty = paper(0, BallotMarks::StrikeOut);
    assert_eq!(layout(&empty), Err(PaperError::BallotNames { names: 0 }));
    let mut headless = paper(3, BallotMarks::AgreeDisagree);
    headless.columns.pop();
    assert_eq!(
        ballot(&headless, "X"),
        Err(PaperError::BallotColumns { columns: 4 })
    );
    let long = "x".repeat(9_000);
    assert_eq!(
        ballot(&paper(3, BallotMarks::StrikeOut), &long),
        Err(PaperError::BallotCode)
    );
}

#[test]
fn a_long_list_fills_its_sheet_before_there_is_another() {
    for (names, long) in [(40, 10), (60, 0), (60, 6), (64, 3)] {
        let mut paper = paper(names, BallotMarks::AgreeDisagree);
        for place in 0..long {
            paper.names[place * names / long].name =
                format!("Nguyễn Thị Phương Thảo Nguyên (02/9/19{place:02})");
        }
        let layout = layout(&paper).expect("a layout");
        assert_eq!(layout.pages.len(), 1, "{names} with {long}");
        let rows = &layout.pages[0].rows;
        let lowest = rows.iter().map(|row| row.name_cell.y + row.name_cell.h);
        assert!(lowest.max() > Some(27_200), "{names} with {long}");
        for row in rows {
            assert!(row.size >= 420);
            for (cell, place) in row.cells.iter().zip(&row.boxes) {
                assert!(place.y >= cell.y + 100 && place.x >= cell.x + 100);
                assert!(place.y + place.h + 100 <= cell.y + cell.h);
            }
        }
    }
}

#[test]
fn where_there_is_room_no_name_has_smaller_letters() {
    let mut paper = paper(5, BallotMarks::AgreeDisagree);
    paper.names[2].name =
        "Công Tằng Tôn Nữ Hoàng Phương Nguyệt Ánh (sinh ngày 02/9/1975, Tổ 14)".into();
    let layout = layout(&paper).expect("a layout");
    let rows = &layout.pages[0].rows;
    assert_eq!(rows[2].size, rows[0].size);
    assert!(rows[2].name_cell.h > 2 * rows[0].name_cell.h, "three lines");
}
