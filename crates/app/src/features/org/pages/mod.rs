//! What people see of the tree.

pub mod change;
pub mod change_form;
pub mod confirm;
pub mod export;
pub mod preview;
pub mod preview_rows;
pub mod preview_said;
pub mod search;
pub mod tree;
pub mod unit;
pub mod unit_history;
pub mod upload;

use plenum_rules::access::{Permission, may};
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::{org, season};

use crate::shell::Look;
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::profiles;

/// The profile of units outside any season: that of the newest season, so that
/// one installation speaks of one kind of organisation.
pub async fn profile(look: &mut Look) -> Result<&'static Profile> {
    let newest = season::all(&mut look.tx).await?.into_iter().next();
    let id = newest.map_or_else(|| "vn-party".to_owned(), |season| season.profile);
    profiles::named(&id).ok_or_else(Problem::not_found)
}

/// Whether the person holds the permission for the whole installation.
pub fn everywhere(look: &Look, permission: Permission) -> bool {
    may(&look.who.grants, look.today, permission, &[])
}

/// The topmost units for which the person holds the permission, as they are
/// on the day.
pub async fn tops(look: &mut Look, permission: Permission, day: Day) -> Result<Vec<UnitVersion>> {
    if everywhere(look, permission) {
        return Ok(org::roots_on(&mut look.tx, day).await?);
    }
    let own: Vec<UnitId> = look
        .who
        .grants
        .iter()
        .filter_map(|grant| grant.unit)
        .collect();
    let mut found: Vec<(Vec<UnitId>, UnitVersion)> = Vec::new();
    for unit in own {
        let path = org::path_on(&mut look.tx, unit, day).await?;
        let permitted = look.may(permission, unit).await?;
        if permitted && let Some(version) = org::near(&mut look.tx, unit, day).await? {
            found.push((path, version));
        }
    }
    let all: Vec<UnitId> = found.iter().map(|(_, version)| version.unit).collect();
    let mut kept: Vec<UnitVersion> = Vec::new();
    for (path, version) in found {
        let below_another = path
            .iter()
            .any(|above| *above != version.unit && all.contains(above));
        if !below_another && kept.iter().all(|each| each.unit != version.unit) {
            kept.push(version);
        }
    }
    Ok(kept)
}

/// The steps from the topmost unit the person may see down to the unit.
pub fn trail(
    look: &Look,
    path: &[UnitVersion],
    href: impl Fn(&UnitVersion) -> String,
) -> Vec<Link> {
    let ids: Vec<UnitId> = path.iter().map(|version| version.unit).collect();
    let top = (0..ids.len())
        .find(|place| {
            may(
                &look.who.grants,
                look.today,
                Permission::SeeUnit,
                &ids[..=*place],
            )
        })
        .unwrap_or(ids.len());
    path.iter()
        .enumerate()
        .skip(top)
        .map(|(place, version)| Link {
            text: version.name.clone(),
            href: href(version),
            current: place + 1 == path.len(),
        })
        .collect()
}

/// An address with its query.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let query: Vec<&(&str, &str)> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    if query.is_empty() {
        return path.to_owned();
    }
    format!(
        "{path}?{}",
        serde_urlencoded::to_string(query).unwrap_or_default()
    )
}

/// The page of a unit.
pub fn unit_address(code: &str, on: &str) -> String {
    let mut path = String::from("/units/");
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    address(&path, &[("on", on)])
}

/// The day as an address keeps it: only where the address named it.
pub fn named_day(on: Option<&str>, day: Day) -> String {
    if on.is_some_and(|on| !on.trim().is_empty()) {
        day.to_string()
    } else {
        String::new()
    }
}

/// The as-of bar of a page.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The day, as an input takes it.
    pub day: String,
    /// The same page a day earlier.
    pub previous: String,
    /// The same page a day later.
    pub next: String,
    /// The same page today.
    pub today: String,
    /// What the form must carry along.
    pub hidden: Vec<(&'static str, String)>,
}

/// The as-of bar of a page at this path and with these other parameters.
pub fn as_of(path: &str, day: Day, other: &[(&'static str, &str)]) -> AsOf {
    let at = |on: &str| {
        let mut query: Vec<(&str, &str)> = other.to_vec();
        query.push(("on", on));
        address(path, &query)
    };
    AsOf {
        day: day.to_string(),
        previous: at(&day.plus(-1).to_string()),
        next: at(&day.next().to_string()),
        today: at(""),
        hidden: other
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect(),
    }
}
