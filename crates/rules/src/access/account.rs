//! What an account must be like, and who may look after it.

use std::collections::BTreeSet;
use std::fmt;

use super::{Grant, Permission, Role, may};
use crate::timeline::Span;
use crate::{Day, UnitId};

/// The fewest signs of a password.
pub const PASSWORD_AT_LEAST: usize = 10;
/// The most: hashing has its price.
pub const PASSWORD_AT_MOST: usize = 200;

/// Why an account cannot be as asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccountRefusal {
    /// Nobody could administer the installation any more.
    LastAdministrator,
    /// The account holds, or held, something beyond the reach of whoever acts.
    BeyondReach,
    /// The log-in name has other signs than letters without accents, digits, `.`, `-`, `_`, `@`.
    LoginForm,
    /// The person's name is missing or too long.
    NameForm,
    /// The password is too short or too long.
    PasswordLength,
    /// The password is the log-in name, or hardly more than one sign repeated.
    PasswordEasy,
}

impl AccountRefusal {
    /// The code; `docs/rulebook/access.md` explains each.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LastAdministrator => "E-ACC-03",
            Self::BeyondReach => "E-ACC-04",
            Self::LoginForm => "E-ACC-06",
            Self::NameForm => "E-ACC-07",
            Self::PasswordLength => "E-ACC-08",
            Self::PasswordEasy => "E-ACC-09",
        }
    }
}

impl fmt::Display for AccountRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self {
            Self::LastAdministrator => "the last administrator stays",
            Self::BeyondReach => "the account reaches beyond whoever acts",
            Self::LoginForm => "a log-in name has 2 to 60 letters, digits, dots, hyphens",
            Self::NameForm => "a name has 1 to 120 signs",
            Self::PasswordLength => "a password has 10 to 200 signs",
            Self::PasswordEasy => "the password is guessed too easily",
        };
        write!(f, "{}: {why}", self.code())
    }
}

impl std::error::Error for AccountRefusal {}

/// The log-in name as kept: lower case, without spaces around it.
///
/// # Errors
/// [`AccountRefusal::LoginForm`].
pub fn login_name(typed: &str) -> Result<String, AccountRefusal> {
    let name = typed.trim().to_lowercase();
    let fits = (2..=60).contains(&name.len())
        && name.bytes().all(|sign| {
            sign.is_ascii_lowercase() || sign.is_ascii_digit() || b".-_@".contains(&sign)
        })
        && name.bytes().any(|sign| sign.is_ascii_alphanumeric());
    if fits {
        Ok(name)
    } else {
        Err(AccountRefusal::LoginForm)
    }
}

/// The person's name as kept.
///
/// # Errors
/// [`AccountRefusal::NameForm`].
pub fn person_name(typed: &str) -> Result<String, AccountRefusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=120).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits {
        Ok(name)
    } else {
        Err(AccountRefusal::NameForm)
    }
}

/// Whether a password may be chosen for a log-in name.
///
/// # Errors
/// [`AccountRefusal::PasswordLength`], [`AccountRefusal::PasswordEasy`].
pub fn check_password(login: &str, password: &str) -> Result<(), AccountRefusal> {
    let length = password.chars().count();
    if !(PASSWORD_AT_LEAST..=PASSWORD_AT_MOST).contains(&length) {
        return Err(AccountRefusal::PasswordLength);
    }
    let lower = password.to_lowercase();
    let rest = if login.is_empty() {
        lower.clone()
    } else {
        lower.replace(&login.to_lowercase(), "")
    };
    let different = |text: &str| text.chars().collect::<BTreeSet<_>>().len();
    // What remains beside the log-in name must be a password of its own.
    let easy = different(&lower) < 5
        || (rest.len() < lower.len() && (rest.chars().count() < 6 || different(&rest) < 4));
    let counting = [
        "01234567890123456789",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjklzxcvbnm",
    ];
    if easy || counting.iter().any(|row| row.contains(&lower)) {
        return Err(AccountRefusal::PasswordEasy);
    }
    Ok(())
}

/// Whether these grants permit looking after an account that holds, or ever
/// held, roles at these places: each is a unit's path (root first, the unit
/// last) or empty for the whole installation. An account reaching further
/// than its keeper could otherwise be taken over by resetting its password;
/// one that never held anything belongs to the whole installation.
#[must_use]
pub fn may_look_after(grants: &[Grant], day: Day, held: &[Vec<UnitId>]) -> bool {
    if held.is_empty() {
        return may(grants, day, Permission::ManageAccounts, &[]);
    }
    held.iter()
        .all(|path| may(grants, day, Permission::ManageAccounts, path))
}

/// Whether an account with these grants keeps the installation alive: it
/// administers all of it, without an end.
#[must_use]
pub fn administers_everything(grants: &[Grant], day: Day) -> bool {
    grants.iter().any(|grant| {
        grant.role == Role::Administrator
            && grant.unit.is_none()
            && grant.from <= day
            && grant.until.is_none()
    })
}

/// Whether a session may be kept for long: only people who report for one unit
/// from their own phone, and screens on a wall. A lost phone then gives away no
/// more than that.
#[must_use]
pub fn may_stay_logged_in(grants: &[Grant], day: Day) -> bool {
    let live: Vec<&Grant> = grants
        .iter()
        .filter(|grant| {
            Span {
                from: grant.from,
                until: grant.until,
            }
            .holds(day)
        })
        .collect();
    !live.is_empty()
        && live
            .iter()
            .all(|grant| matches!(grant.role, Role::UnitSecretary | Role::Wall))
}
