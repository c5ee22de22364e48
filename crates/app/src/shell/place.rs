//! Where a page is: season, unit and day, as its address says.

use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::{Day, SeasonId};
use plenum_store::org;
use plenum_store::season::{self, Season};

use super::act::Look;
use super::page::{Chrome, Link};
use super::problem::{Problem, Result};
use super::profiles;
use axum::http::StatusCode;

/// A season, a unit in it, and the day it is looked at on.
#[derive(Clone, Debug)]
pub struct Place {
    /// The season.
    pub season: Season,
    /// Its profile.
    pub profile: &'static Profile,
    /// The unit as it was on the day (or nearest to it).
    pub unit: UnitVersion,
    /// The season's top unit, those between, and the unit itself.
    pub path: Vec<UnitVersion>,
    /// The day.
    pub day: Day,
    /// Whether the address named the day: then links keep it.
    pub day_named: bool,
}

/// The day of an address, or today.
///
/// # Errors
/// `E-DAY`.
pub fn day_of(text: Option<&str>, today: Day) -> Result<Day> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(today),
        Some(text) => Day::parse(text)
            .map_err(|_| Problem::field("E-DAY", "on").status(StatusCode::BAD_REQUEST)),
    }
}

/// The season of an address.
///
/// # Errors
/// Not found.
pub async fn season_of(look: &mut Look, id: &str) -> Result<Season> {
    let id = SeasonId::new(id).ok_or_else(Problem::not_found)?;
    season::load(&mut look.tx, &id)
        .await?
        .ok_or_else(Problem::not_found)
}

/// The place an address names: its season, the unit of its code (or the
/// season's top, or the topmost unit the person may see), its day. Refuses who
/// may not look at it.
///
/// # Errors
/// Not found, forbidden, `E-DAY`.
pub async fn place(
    look: &mut Look,
    id: &str,
    code: Option<&str>,
    on: Option<&str>,
) -> Result<Place> {
    place_for(look, Permission::SeeProgress, id, code, on).await
}

/// As [`place`], for whoever holds another permission: the wall's people see
/// the wall and no other page.
///
/// # Errors
/// As [`place`].
pub async fn place_for(
    look: &mut Look,
    permission: Permission,
    id: &str,
    code: Option<&str>,
    on: Option<&str>,
) -> Result<Place> {
    let season = season_of(look, id).await?;
    let day = day_of(on, season.shape.pages_open_on.unwrap_or(look.today))?;
    let unit = match code.filter(|code| !code.is_empty()) {
        Some(code) => org::by_code(&mut look.tx, code, day)
            .await?
            .ok_or_else(Problem::not_found)?,
        None => home_unit(look, permission, &season, day).await?,
    };
    let line = org::line(&mut look.tx, unit.unit).await?;
    look.must_along(permission, &line)?;
    let mut path = line.on(day);
    match path.iter().position(|version| version.unit == season.root) {
        Some(top) => path.drain(..top),
        None => return Err(Problem::not_found()),
    };
    let profile = profiles::named(&season.profile).ok_or_else(Problem::not_found)?;
    Ok(Place {
        season,
        profile,
        unit,
        path,
        day,
        day_named: on.is_some_and(|on| !on.is_empty()),
    })
}

/// The season's top unit, or, for people whose part of the tree lies below it,
/// the unit of their own role.
async fn home_unit(
    look: &mut Look,
    permission: Permission,
    season: &Season,
    day: Day,
) -> Result<UnitVersion> {
    let mut unit = season.root;
    if !look.may(permission, season.root).await? {
        for own in look
            .who
            .grants
            .clone()
            .into_iter()
            .filter_map(|grant| grant.unit)
        {
            let path = org::path_on(&mut look.tx, own, day).await?;
            if path.contains(&season.root) && look.may(permission, own).await? {
                unit = own;
                break;
            }
        }
    }
    org::near(&mut look.tx, unit, day)
        .await?
        .ok_or_else(Problem::not_found)
}

impl Place {
    /// The address of a page of this season at a unit, the day kept where it
    /// was named.
    #[must_use]
    pub fn address(&self, page: &str, code: &str) -> String {
        self.address_on(page, code, self.day_named.then_some(self.day))
    }

    /// As [`Place::address`], for a day.
    #[must_use]
    pub fn address_on(&self, page: &str, code: &str, day: Option<Day>) -> String {
        let mut query = vec![("unit", code.to_owned())];
        query.extend(day.map(|day| ("on", day.to_string())));
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        format!("/s/{}/{page}?{query}", self.season.id)
    }
}

/// The address of the page on which a unit reports.
#[must_use]
pub fn report_address(season: &str, code: &str) -> String {
    // Codes may hold anything but spaces, a slash included.
    let code: String = code
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("/r/{season}/{code}")
}

/// Where a step of the trail leads: to the same page of that unit, or to its
/// progress where the unit holds no congress in the season.
fn page_of<'a>(place: &Place, version: &UnitVersion, page: &'a str) -> &'a str {
    let of_a_congress = ["congress", "elections"].contains(&page);
    if of_a_congress && place.season.term(&version.level).is_none() {
        "progress"
    } else {
        page
    }
}

impl Chrome {
    /// At a place: season, unit and trail; each step of the trail leads to
    /// `page` of that unit.
    #[must_use]
    pub fn at(mut self, place: &Place, page: &str) -> Self {
        place.season.id.as_str().clone_into(&mut self.season);
        self.season_name.clone_from(&place.season.name);
        let open = place.season.shape.pages_open_on;
        let over = open.filter(|open| *open < self.today);
        self.season_day = over.map(|open| self.t.day(open)).unwrap_or_default();
        self.unit.clone_from(&place.unit.code);
        self.trail = place
            .path
            .iter()
            .map(|version| Link {
                text: version.name.clone(),
                href: place.address(page_of(place, version, page), &version.code),
                current: version.unit == place.unit.unit,
            })
            .collect();
        self
    }

    /// With news of the place's unit, for pages that keep up by themselves.
    #[must_use]
    pub fn live(mut self, place: &Place) -> Self {
        self.live = format!("/live?unit={}&season={}", place.unit.unit, place.season.id);
        self
    }
}
