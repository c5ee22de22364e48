//! What stands around a report: heading, number, place, signature and
//! recipients. The unit says what is usual; an officer adjusts it.

use axum::http::StatusCode;
use plenum_rules::Day;
use plenum_rules::org::UnitVersion;
use serde::Deserialize;

use crate::shell::Problem;
use crate::shell::place::day_of;

/// The longest text of a field, in letters.
const LONGEST: usize = 1_000;

/// What the address of a report says: where, when, and every part of the
/// letter that differs from the usual.
#[derive(Clone, Deserialize, Default, Debug)]
pub struct Asked {
    /// The unit's code.
    pub unit: Option<String>,
    /// The day.
    pub on: Option<String>,
    /// The body above the issuing one.
    pub superior: Option<String>,
    /// The issuing body.
    pub body: Option<String>,
    /// Number and symbol.
    pub number: Option<String>,
    /// Where it is signed.
    pub place: Option<String>,
    /// The day it is signed.
    pub date: Option<String>,
    /// In whose name it is signed.
    pub authority: Option<String>,
    /// The post of who signs.
    pub post: Option<String>,
    /// Who signs.
    pub signer: Option<String>,
    /// Who receives it, one on each line.
    pub to: Option<String>,
}

/// What stands around the report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The body above the issuing one; may be empty.
    pub superior: String,
    /// The issuing body.
    pub body: String,
    /// Number and symbol.
    pub number: String,
    /// Where it is signed.
    pub place: String,
    /// The day it is signed.
    pub date: Day,
    /// In whose name.
    pub authority: String,
    /// The post; may be empty.
    pub post: String,
    /// Who signs; may be empty.
    pub signer: String,
    /// Who receives it, one on each line.
    pub to: String,
}

/// The beginnings of names of places that have a committee of their own, with
/// what that committee is called, and the committee's letters in symbols.
const TERRITORIES: [(&str, &str, &str); 9] = [
    ("tỉnh ", "Tỉnh ủy", "TU"),
    ("thành phố ", "Thành ủy", "TU"),
    ("quận ", "Quận ủy", "QU"),
    ("huyện ", "Huyện ủy", "HU"),
    ("thị xã ", "Thị ủy", "TU"),
    ("phường ", "", "ĐU"),
    ("xã ", "", "ĐU"),
    ("thị trấn ", "", "ĐU"),
    ("đặc khu ", "", "ĐU"),
];

/// The name without the words for its organisation: "quận Cẩm Lệ".
fn bare(name: &str) -> &str {
    let name = name.trim();
    after(name, "Đảng bộ ").unwrap_or(name)
}

fn after<'a>(name: &'a str, start: &str) -> Option<&'a str> {
    let letters = start.chars().count();
    let cut = name
        .char_indices()
        .nth(letters)
        .map_or(name.len(), |(place, _)| place);
    let (head, rest) = name.split_at(cut);
    (head.to_lowercase() == start.to_lowercase()).then(|| rest.trim_start())
}

fn is_branch(unit: &UnitVersion) -> bool {
    after(&unit.name, "Chi bộ").is_some() || unit.level.0 == "branch"
}

/// The committee that speaks for a unit, and its letters in symbols:
/// "Quận ủy Cẩm Lệ", `QU`.
fn committee(unit: &UnitVersion) -> (String, &'static str) {
    let name = bare(&unit.name);
    if is_branch(unit) {
        let name = after(name, "Chi bộ").unwrap_or(name);
        return (format!("Chi bộ {name}"), "CB");
    }
    for (start, title, letters) in TERRITORIES {
        match after(name, start) {
            Some(place) if title.is_empty() => {
                return (format!("Đảng ủy {start}{place}"), letters);
            }
            Some(place) => return (format!("{title} {place}"), letters),
            None => {}
        }
    }
    (format!("Đảng ủy {name}"), "ĐU")
}

/// The whole organisation of a unit: "Đảng bộ thành phố Đà Nẵng".
fn organisation(unit: &UnitVersion) -> String {
    if is_branch(unit) || after(&unit.name, "Đảng bộ ").is_some() {
        unit.name.clone()
    } else {
        let name = &unit.name;
        let start = TERRITORIES
            .iter()
            .find_map(|(start, ..)| after(name, start).map(|place| format!("{start}{place}")));
        format!("Đảng bộ {}", start.as_deref().unwrap_or(name))
    }
}

/// The place of the nearest unit that is a place.
fn place(path: &[UnitVersion]) -> String {
    let of = |unit: &UnitVersion| {
        let name = bare(&unit.name);
        TERRITORIES.iter().find_map(|(start, ..)| {
            let place = after(name, start)?;
            // "Quận 1" has no name but its number.
            let numbered = place.chars().all(|letter| letter.is_ascii_digit());
            Some(if numbered { name } else { place }.to_owned())
        })
    };
    path.iter().rev().find_map(of).unwrap_or_default()
}

impl Letter {
    /// What is usual for the last unit of the path, the topmost unit first,
    /// units above the season included.
    #[must_use]
    pub fn usual(path: &[UnitVersion], day: Day) -> Self {
        let Some(unit) = path.last() else {
            return Self::empty(day);
        };
        let above = path.len().checked_sub(2).and_then(|place| path.get(place));
        let (body, letters) = committee(unit);
        let (authority, own) = match letters {
            "CB" => ("T/M CHI BỘ", "Các đồng chí đảng viên trong chi bộ"),
            "ĐU" => ("T/M ĐẢNG ỦY", "Các chi bộ trực thuộc"),
            _ => ("T/M BAN THƯỜNG VỤ", "Các tổ chức đảng trực thuộc"),
        };
        let mut to: Vec<String> = Vec::new();
        if let Some(above) = above {
            to.push(format!("{} (để báo cáo)", committee(above).0));
        }
        to.push(own.to_owned());
        to.push("Lưu".to_owned());
        Self {
            superior: above.map(organisation).unwrap_or_default().to_uppercase(),
            body: body.to_uppercase(),
            number: format!("Số      -BC/{letters}"),
            place: place(path),
            date: day,
            authority: authority.to_owned(),
            post: "BÍ THƯ".to_owned(),
            signer: String::new(),
            to: to.join("\n"),
        }
    }

    fn empty(date: Day) -> Self {
        let nothing = String::new;
        Self {
            superior: nothing(),
            body: nothing(),
            number: nothing(),
            place: nothing(),
            date,
            authority: nothing(),
            post: nothing(),
            signer: nothing(),
            to: nothing(),
        }
    }

    /// As an officer adjusted it.
    ///
    /// # Errors
    /// `E-DAY`; `E-REP-06` for too long a text.
    pub fn adjusted(mut self, asked: &Asked) -> Result<Self, Problem> {
        let texts = [
            (&mut self.superior, &asked.superior, "superior"),
            (&mut self.body, &asked.body, "body"),
            (&mut self.number, &asked.number, "number"),
            (&mut self.place, &asked.place, "place"),
            (&mut self.authority, &asked.authority, "authority"),
            (&mut self.post, &asked.post, "post"),
            (&mut self.signer, &asked.signer, "signer"),
            (&mut self.to, &asked.to, "to"),
        ];
        for (mine, theirs, field) in texts {
            let Some(text) = theirs else { continue };
            if text.chars().count() > LONGEST {
                return Err(Problem::field("E-REP-06", field));
            }
            *mine = text.replace("\r\n", "\n").trim().to_owned();
        }
        if let Some(date) = asked.date.as_deref() {
            self.date = day_of(Some(date), self.date)
                .map_err(|problem| problem.at("date").status(StatusCode::UNPROCESSABLE_ENTITY))?;
        }
        Ok(self)
    }

    /// The parts of an address that say what differs from the usual.
    #[must_use]
    pub fn differing(&self, usual: &Self) -> Vec<(&'static str, String)> {
        let texts = [
            ("superior", &self.superior, &usual.superior),
            ("body", &self.body, &usual.body),
            ("number", &self.number, &usual.number),
            ("place", &self.place, &usual.place),
            ("authority", &self.authority, &usual.authority),
            ("post", &self.post, &usual.post),
            ("signer", &self.signer, &usual.signer),
            ("to", &self.to, &usual.to),
        ];
        let mut query: Vec<(&'static str, String)> = texts
            .into_iter()
            .filter(|(_, mine, usual)| mine != usual)
            .map(|(name, mine, _)| (name, mine.clone()))
            .collect();
        if self.date != usual.date {
            query.push(("date", self.date.to_string()));
        }
        query
    }

    /// The recipients.
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        self.to
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
    }

    /// The committee above, as the closing addresses it.
    #[must_use]
    pub fn addressee(path: &[UnitVersion]) -> Option<String> {
        let above = path.len().checked_sub(2).and_then(|place| path.get(place));
        above.map(|above| committee(above).0)
    }

    /// The committee that reports, inside a sentence.
    #[must_use]
    pub fn speaker(path: &[UnitVersion]) -> String {
        path.last()
            .map(|unit| committee(unit).0)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use plenum_rules::UnitId;
    use plenum_rules::org::{Kind, Level};

    use super::*;

    fn unit(name: &str, level: &str) -> UnitVersion {
        UnitVersion {
            unit: UnitId(1),
            from: plenum_rules::day::FIRST,
            until: None,
            code: "X".to_owned(),
            name: name.to_owned(),
            parent: None,
            level: Level(level.to_owned()),
            kind: Kind("territorial".to_owned()),
            members: 0,
        }
    }

    fn usual(names: &[(&str, &str)]) -> Letter {
        let path: Vec<UnitVersion> = names
            .iter()
            .map(|(name, level)| unit(name, level))
            .collect();
        Letter::usual(&path, plenum_rules::day::FIRST)
    }

    #[test]
    fn the_heading_follows_from_the_unit() {
        let city = ("Đảng bộ thành phố Đà Nẵng", "province");
        let district = ("Đảng bộ quận Cẩm Lệ", "district");
        let ward = ("Phường Khuê Trung", "grassroots");
        let letter = usual(&[city, district]);
        assert_eq!(letter.body, "QUẬN ỦY CẨM LỆ");
        assert_eq!(letter.superior, "ĐẢNG BỘ THÀNH PHỐ ĐÀ NẴNG");
        assert_eq!(letter.number, "Số      -BC/QU");
        assert_eq!(letter.place, "Cẩm Lệ");
        assert_eq!(letter.authority, "T/M BAN THƯỜNG VỤ");
        assert!(letter.to.starts_with("Thành ủy Đà Nẵng (để báo cáo)"));
        let letter = usual(&[city, district, ward]);
        assert_eq!(letter.body, "ĐẢNG ỦY PHƯỜNG KHUÊ TRUNG");
        assert_eq!(letter.superior, "ĐẢNG BỘ QUẬN CẨM LỆ");
        assert_eq!(letter.number, "Số      -BC/ĐU");
        let letter = usual(&[district, ward, ("Chi bộ 12", "branch")]);
        assert_eq!(letter.body, "CHI BỘ 12");
        assert_eq!(letter.superior, "ĐẢNG BỘ PHƯỜNG KHUÊ TRUNG");
        assert_eq!(letter.place, "Khuê Trung");
        let letter = usual(&[district, ("Đảng bộ Công an quận", "grassroots")]);
        assert_eq!(letter.body, "ĐẢNG ỦY CÔNG AN QUẬN");
        assert_eq!(letter.place, "Cẩm Lệ");
        let letter = usual(&[district, ("Quân sự quận", "grassroots")]);
        assert_eq!(letter.body, "ĐẢNG ỦY QUÂN SỰ QUẬN");
        let letter = usual(&[("Đảng bộ thị xã An Khê", "district")]);
        assert_eq!(
            (letter.body.as_str(), letter.superior.as_str()),
            ("THỊ ỦY AN KHÊ", "")
        );
    }

    #[test]
    fn only_what_differs_stands_in_the_address() {
        let usual = usual(&[("Đảng bộ quận Cẩm Lệ", "district")]);
        let asked = Asked {
            number: Some("Số 12-BC/QU".to_owned()),
            place: Some("Cẩm Lệ".to_owned()),
            post: Some(String::new()),
            ..Asked::default()
        };
        let letter = usual.clone().adjusted(&asked).unwrap();
        let differing = letter.differing(&usual);
        assert_eq!(
            differing,
            [
                ("number", "Số 12-BC/QU".to_owned()),
                ("post", String::new())
            ]
        );
    }
}
