//! Passwords and other secrets: how they are made and how they are kept.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::http::StatusCode;
use tokio::sync::Semaphore;

use super::problem::{Problem, Result};

/// Each hash takes 19 MiB: more at once would let a crowd at the log-in page
/// take the machine's memory.
static ROOM: Semaphore = Semaphore::const_new(4);

/// Memory in KiB, passes and lanes: OWASP's choice for argon2id, about 30 ms
/// in a release build.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// The password of every account of the demo, which says so at its door. No
/// other installation has an account that was not made by somebody.
pub const DEMO_PASSWORD: &str = "dai-hoi-2025";

/// Letters and digits that nobody confuses when reading from paper.
const PLAIN: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(COST.0, COST.1, COST.2, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> Problem {
    let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(error.to_string());
    problem
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _room = ROOM.acquire().await.map_err(failed)?;
    tokio::task::spawn_blocking(work).await.map_err(failed)?
}

/// The argon2id string of a password, computed beside the threads that answer
/// requests.
///
/// # Errors
/// `E-500` where the machine has no randomness or memory.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    aside(move || {
        Ok(hasher()?
            .hash_password(password.as_bytes())
            .map_err(failed)?
            .to_string())
    })
    .await
}

/// Whether the password is the one of the string. Without a string the same
/// work is done for nothing, so that the time does not tell which log-in names
/// exist.
///
/// # Errors
/// `E-500` where the machine has no memory.
pub async fn verify(password: &str, kept: Option<&str>) -> Result<bool> {
    let password = password.to_owned();
    let kept = kept.map(str::to_owned);
    aside(move || {
        let Some(kept) = kept else {
            hasher()?
                .hash_password(password.as_bytes())
                .map_err(failed)?;
            return Ok(false);
        };
        // What cannot be read is nobody's password.
        let Ok(parsed) = PasswordHash::new(&kept) else {
            return Ok(false);
        };
        Ok(hasher()?
            .verify_password(password.as_bytes(), &parsed)
            .is_ok())
    })
    .await
}

/// Random bytes.
///
/// # Errors
/// `E-500`: where the machine has no randomness, nothing secret may be made.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// A password to be told on paper and changed at the first log-in: four groups
/// of four, 80 bits.
///
/// # Errors
/// As [`random`].
pub fn one_time_password() -> Result<String> {
    let letters: Vec<char> = random::<16>()?
        .iter()
        .map(|byte| char::from(PLAIN[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let kept = hash("một mật khẩu dài").await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(verify("một mật khẩu dài", Some(&kept)).await.unwrap());
        assert!(!verify("một mật khẩu khác", Some(&kept)).await.unwrap());
        assert!(!verify("", None).await.unwrap());
        assert!(!verify("x", Some("no hash at all")).await.unwrap());
    }

    #[test]
    fn one_time_passwords_differ_and_can_be_read_out() {
        let (one, other) = (one_time_password().unwrap(), one_time_password().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 19);
        assert!(
            one.chars()
                .all(|letter| letter == '-' || PLAIN.contains(&(letter as u8)))
        );
    }
}
