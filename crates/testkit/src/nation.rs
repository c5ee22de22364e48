//! A whole nation, generated: the same every time, with invented names.

use std::fmt::Write as _;

use plenum_rules::org::{Kind, Level, UnitVersion};
use plenum_rules::{Day, UnitId};

/// How many units of each level a nation has, below its one centre.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Provinces and what equals them.
    pub provinces: usize,
    /// Communes and wards.
    pub communes: usize,
    /// Grassroots organisations.
    pub grassroots: usize,
    /// Branches.
    pub branches: usize,
}

impl Size {
    /// After the reform of 2025.
    pub const WHOLE: Self = Self {
        provinces: 34,
        communes: 3_321,
        grassroots: 52_000,
        branches: 300_000,
    };

    /// All its units.
    #[must_use]
    pub fn units(self) -> usize {
        1 + self.provinces + self.communes + self.grassroots + self.branches
    }
}

/// The centre's code.
pub const CENTRE: &str = "TW";

const FIRST: [&str; 16] = [
    "An", "Bình", "Cẩm", "Đông", "Gia", "Hòa", "Khánh", "Lâm", "Mỹ", "Nam", "Phú", "Quang", "Sơn",
    "Tân", "Vĩnh", "Yên",
];
const SECOND: [&str; 16] = [
    "Bắc", "Châu", "Điền", "Giang", "Hà", "Hưng", "Khê", "Long", "Minh", "Ninh", "Phong", "Thành",
    "Thọ", "Thủy", "Trung", "Xuân",
];
const KINDS: [&str; 6] = [
    "residential",
    "village",
    "agency",
    "armed_forces",
    "enterprise",
    "school",
];
const PLACES: [&str; 6] = [
    "khu phố",
    "thôn",
    "Văn phòng",
    "Ban Chỉ huy Quân sự",
    "Công ty Cổ phần",
    "Trường Tiểu học",
];

/// Numbers that look random and are the same every time (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// The next number below a bound.
    ///
    /// # Panics
    /// For the bound 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((number ^ (number >> 31)) % bound as u64).expect("a number below the bound")
    }
}

fn place_name(dice: &mut Dice) -> String {
    format!(
        "{} {}",
        FIRST[dice.below(FIRST.len())],
        SECOND[dice.below(SECOND.len())]
    )
}

/// Makes the units, parents before children, all from one day on.
///
/// Two in five grassroots organisations have branches below them; the others
/// are single branches themselves, as in life.
#[must_use]
pub fn nation(size: Size, from: Day) -> Vec<UnitVersion> {
    let mut making = Making {
        units: Vec::with_capacity(size.units()),
        dice: Dice(2025),
        from,
    };
    let centre = making.add(
        CENTRE.to_owned(),
        "Đảng bộ toàn quốc".to_owned(),
        None,
        "centre",
        "territorial",
        0,
    );
    let mut provinces = Vec::new();
    for number in 0..size.provinces {
        let name = format!("Đảng bộ tỉnh {}", place_name(&mut making.dice));
        provinces.push(making.add(
            format!("T{:02}", number + 1),
            name,
            Some(centre),
            "province",
            "territorial",
            0,
        ));
    }
    let mut communes = Vec::new();
    for number in 0..size.communes {
        let above = provinces[number % provinces.len()];
        let kind = ["xã", "phường"][making.dice.below(2)];
        let name = format!("Đảng bộ {kind} {}", place_name(&mut making.dice));
        let code = format!(
            "{}-{:03}",
            making.units[above].code,
            number / provinces.len() + 1
        );
        communes.push(making.add(code, name, Some(above), "district", "territorial", 0));
    }
    let mut grassroots = Vec::new();
    for number in 0..size.grassroots {
        let above = communes[number % communes.len()];
        let kind = making.dice.below(KINDS.len());
        let name = format!("Đảng bộ {} {}", PLACES[kind], place_name(&mut making.dice));
        let code = format!(
            "{}-{:02}",
            making.units[above].code,
            number / communes.len() + 1
        );
        let members = 9 + making.dice.below(40);
        grassroots.push(making.add(code, name, Some(above), "grassroots", KINDS[kind], members));
    }
    let with_branches: Vec<usize> = (0..)
        .zip(grassroots)
        .filter(|(number, _)| matches!(number % 5, 0 | 2))
        .map(|(_, place)| place)
        .collect();
    for number in 0..size.branches {
        let above = with_branches[number % with_branches.len()];
        let kind = making.dice.below(KINDS.len());
        let at = number / with_branches.len() + 1;
        let name = format!(
            "Chi bộ {} {} {}",
            PLACES[kind],
            place_name(&mut making.dice),
            at
        );
        let code = format!("{}-{at:02}", making.units[above].code);
        let members = 3 + making.dice.below(30);
        making.add(code, name, Some(above), "branch", KINDS[kind], members);
    }
    making.units
}

struct Making {
    units: Vec<UnitVersion>,
    dice: Dice,
    from: Day,
}

impl Making {
    /// Adds a unit and returns its place.
    fn add(
        &mut self,
        code: String,
        name: String,
        above: Option<usize>,
        level: &str,
        kind: &str,
        members: usize,
    ) -> usize {
        let place = self.units.len();
        self.units.push(UnitVersion {
            // As the program makes them: ordered by time.
            unit: UnitId((0x0190_0000_0000_7000_8000_u128 << 48) + place as u128),
            from: self.from,
            until: None,
            code,
            name,
            parent: above.map(|above| self.units[above].unit),
            level: Level(level.to_owned()),
            kind: Kind(kind.to_owned()),
            members: u32::try_from(members).expect("a few members"),
        });
        place
    }
}

/// The units as the CSV file that an import takes.
///
/// # Panics
/// Never: texts can always be written to.
#[must_use]
pub fn csv(units: &[UnitVersion]) -> String {
    let codes: std::collections::BTreeMap<UnitId, &str> = units
        .iter()
        .map(|version| (version.unit, version.code.as_str()))
        .collect();
    let mut text = String::from("Mã,Tên,Mã cấp trên,Cấp,Loại hình,Số đảng viên\n");
    for version in units {
        let above = version
            .parent
            .and_then(|parent| codes.get(&parent).copied())
            .unwrap_or("");
        let (level, kind) = (&version.level, &version.kind);
        writeln!(
            text,
            "{},{},{above},{level},{kind},{}",
            version.code, version.name, version.members
        )
        .expect("write to a text");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nation_has_its_size_and_unique_codes() {
        let size = Size {
            provinces: 3,
            communes: 30,
            grassroots: 520,
            branches: 3_000,
        };
        let units = nation(size, crate::day("2020-01-01"));
        assert_eq!(units.len(), size.units());
        let codes: std::collections::BTreeSet<&str> =
            units.iter().map(|version| version.code.as_str()).collect();
        assert_eq!(codes.len(), units.len());
        assert_eq!(csv(&units).lines().count(), units.len() + 1);
        assert_eq!(units, nation(size, crate::day("2020-01-01")));
    }
}
