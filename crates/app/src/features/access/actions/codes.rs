//! One-time codes (TOTP, RFC 6238): six digits, thirty seconds.

use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Secret, Totp};

use crate::shell::problem::{Problem, Result};
use crate::shell::secrets;

/// The step (thirty seconds' number since 1970) whose code this is: the present
/// one or a neighbour, since clocks differ.
#[must_use]
pub fn matching_step(secret: &str, code: &str, now: i64) -> Option<i64> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now / 1_000_000).ok()?;
    let step = totp(secret, None).ok()?.check(&digits, seconds)?;
    i64::try_from(step).ok()
}

fn totp(secret: &str, login: Option<&str>) -> Result<Totp> {
    let fault = |error: String| {
        let mut problem = Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some(error);
        problem
    };
    let secret = Secret::try_from_base32(secret).map_err(|error| fault(error.to_string()))?;
    let mut builder = Builder::new().with_secret(secret);
    if let Some(login) = login {
        builder = builder.with_account_name(login).with_issuer(Some("Plenum"));
    }
    builder.build().map_err(|error| fault(error.to_string()))
}

/// A new secret, in base 32.
///
/// # Errors
/// No randomness.
pub fn new_secret() -> Result<String> {
    Ok(Secret::from(secrets::random::<20>()?.to_vec()).to_base32())
}

/// What the app on the phone is given: the address, and the same as a picture.
///
/// # Errors
/// `E-500` where the secret is no secret.
pub fn for_phone(secret: &str, login: &str) -> Result<(String, String)> {
    let address = totp(secret, Some(login))?.to_url().map_err(|error| {
        let mut problem = Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some(error.to_string());
        problem
    })?;
    let picture = QrCode::new(&address)
        .map(|code| {
            code.render::<svg::Color<'_>>()
                .min_dimensions(220, 220)
                .build()
        })
        .unwrap_or_default();
    // Inside a page the XML declaration has no place.
    let picture = picture
        .find("<svg")
        .map(|start| picture[start..].to_owned())
        .unwrap_or_default();
    Ok((address, picture))
}
