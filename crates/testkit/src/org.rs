//! Small organisations, built in a few lines.

use plenum_rules::org::{Edit, Kind, Level, Outcome, UnitVersion};
use plenum_rules::{Day, UnitId};
#[cfg(feature = "store")]
use plenum_rules::{SeasonId, congress::Contents, season::Term};
#[cfg(feature = "store")]
use plenum_store::season::{Season, Shape, ShapeLevel};
#[cfg(feature = "store")]
use plenum_store::{Tx, org, season as seasons};

/// A day as tests write it: `2020-03-02`.
///
/// # Panics
/// Where it is none.
#[must_use]
pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The unit of a code: the same code has the same id in every test.
#[must_use]
pub fn unit(code: &str) -> UnitId {
    // FNV-1a; codes in one test are few and differ.
    let hash = code.bytes().fold(
        0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128,
        |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        },
    );
    UnitId(hash)
}

/// Units that all begin on one day.
pub struct Plot {
    from: Day,
    /// The units so far.
    pub versions: Vec<UnitVersion>,
}

impl Plot {
    /// Units that begin on a day.
    #[must_use]
    pub fn from(from: Day) -> Self {
        Self {
            from,
            versions: Vec::new(),
        }
    }

    /// Adds a unit; its place in the tree is that of its parent's code, no
    /// code for a root.
    #[must_use]
    pub fn with(
        mut self,
        code: &str,
        name: &str,
        parent: &str,
        level: &str,
        kind: &str,
        members: u32,
    ) -> Self {
        self.versions.push(UnitVersion {
            unit: unit(code),
            from: self.from,
            until: None,
            code: code.to_owned(),
            name: name.to_owned(),
            parent: (!parent.is_empty()).then(|| unit(parent)),
            level: Level(level.to_owned()),
            kind: Kind(kind.to_owned()),
            members,
        });
        self
    }

    /// Adds a residential branch.
    #[must_use]
    pub fn branch(self, code: &str, name: &str, parent: &str, members: u32) -> Self {
        self.with(code, name, parent, "branch", "residential", members)
    }

    /// A district `HB` with the wards `TH` (three branches) and `PS` (two),
    /// and a single-branch agency `CQ` beside them: eight units with a
    /// congress, five branches.
    #[must_use]
    pub fn small(from: Day) -> Self {
        Self::from(from)
            .with(
                "HB",
                "Đảng bộ quận Hòa Bình",
                "",
                "district",
                "territorial",
                318,
            )
            .with(
                "TH",
                "Đảng bộ phường Thuận Hòa",
                "HB",
                "grassroots",
                "territorial",
                212,
            )
            .branch("TH-01", "Chi bộ 1", "TH", 31)
            .branch("TH-02", "Chi bộ 2", "TH", 24)
            .with(
                "TH-03",
                "Chi bộ Trường Tiểu học Hoà Bình",
                "TH",
                "branch",
                "school",
                17,
            )
            .with(
                "PS",
                "Đảng bộ phường Phú Sơn",
                "HB",
                "grassroots",
                "territorial",
                94,
            )
            .branch("PS-01", "Chi bộ 1", "PS", 40)
            .branch("PS-02", "Chi bộ 2", "PS", 54)
            .with("CQ", "Chi bộ Văn phòng", "HB", "grassroots", "agency", 12)
    }

    /// The units as what a change makes of an empty tree.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome {
            edits: self.versions.iter().cloned().map(Edit::Put).collect(),
            touched: self.versions.iter().map(|version| version.unit).collect(),
            ..Outcome::default()
        }
    }

    /// Writes the units.
    ///
    /// # Panics
    /// Where the database refuses them.
    #[cfg(feature = "store")]
    pub async fn save(&self, tx: &mut Tx) {
        org::save(tx, &self.outcome())
            .await
            .expect("save the units");
    }
}

/// Writes a season below a unit in which these levels hold a congress; the
/// last of them is the one counted. Its counters are built.
///
/// # Panics
/// Where the database refuses it.
#[cfg(feature = "store")]
pub async fn season(tx: &mut Tx, id: &str, root: UnitId, opens: Day, levels: &[&str]) -> Season {
    season_of(tx, "vn-party", id, root, opens, levels).await
}

/// As [`season`], by another organisation's profile.
///
/// # Panics
/// Where the database refuses it.
#[cfg(feature = "store")]
pub async fn season_of(
    tx: &mut Tx,
    profile: &str,
    id: &str,
    root: UnitId,
    opens: Day,
    levels: &[&str],
) -> Season {
    let term = |level: &str| {
        let (first, last) = if level == "branch" {
            (2020, 2022)
        } else {
            (2020, 2025)
        };
        Term::new(first, last).expect("a term")
    };
    let season = Season {
        id: SeasonId::new(id).expect("a season's name"),
        name: format!("Đại hội {id}"),
        root,
        opens,
        profile: profile.to_owned(),
        shape: Shape {
            levels: levels
                .iter()
                .map(|level| ShapeLevel {
                    level: Level((*level).to_owned()),
                    term: term(level),
                    running_term_ends: None,
                })
                .collect(),
            counted: Level((*levels.last().expect("a level")).to_owned()),
            contents: Contents::FOUR,
            pages_open_on: None,
            closes: None,
        },
    };
    seasons::insert(tx, &season).await.expect("save the season");
    plenum_store::progress::rebuild(tx, &season)
        .await
        .expect("count the season");
    season
}
