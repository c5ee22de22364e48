//! The demo: the five seasons the product was asked for, with their real
//! units, instruments, days and figures, and invented people.

mod an_khe_2020;
mod an_khe_2024;
mod an_khe_units;
mod an_thanh;
mod branch_12;
mod cam_le;
mod cam_le_units;
pub mod cli;
mod log_ins;
mod o_cho_dua;
mod people;
mod stage;

use serde_json::json;

use crate::shell::problem::Result;
use crate::shell::{App, Cx, Who, act};
use stage::Stage;

pub use log_ins::{LOG_INS, LogIn};

/// Loads the five seasons and one log-in for each role.
///
/// # Errors
/// The database's; or a fact the rules refuse, which is a fault of the demo.
pub async fn load(app: &App, who: &Who) -> Result<()> {
    act(app, who, |cx| Box::pin(fill(cx))).await
}

async fn fill(cx: &mut Cx) -> Result<()> {
    let mut stage = Stage::new(cx);
    an_khe_units::units(&mut stage).await?;
    an_khe_2020::season(&mut stage).await?;
    an_khe_2024::season(&mut stage).await?;
    an_thanh::season(&mut stage).await?;
    o_cho_dua::season(&mut stage).await?;
    cam_le_units::units(&mut stage).await?;
    cam_le::season(&mut stage).await?;
    log_ins::make(&mut stage).await?;
    stage.finish().await?;
    cx.record("demo.loaded", None, None, &json!({"seasons": 5}))
        .await
}
