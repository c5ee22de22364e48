//! `plenum demo`.

use std::net::SocketAddr;

use clap::Args;
use plenum_store::season;

use super::log_ins::PASSWORD;
use super::{LOG_INS, load};
use crate::cli::{Failure, Place, serve, terminal_user};
use crate::shell::act::Settings;

/// Loads the five seasons of the demo and serves them.
#[derive(Args)]
pub struct Demo {
    /// Where to put it; an existing file must hold the demo or nothing.
    #[arg(long, env = "PLENUM_DATABASE", default_value = "sqlite:plenum-demo.db")]
    database: String,
    /// The organisation's time zone.
    #[arg(long, env = "PLENUM_TIME_ZONE", default_value = "Asia/Ho_Chi_Minh")]
    time_zone: String,
    /// Only load, then end.
    #[arg(long)]
    load_only: bool,
    /// The address to listen on.
    #[arg(long, env = "PLENUM_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

impl Demo {
    /// Loads and serves.
    ///
    /// # Errors
    /// A database that holds something else, or an address that is taken.
    pub async fn run(self) -> Result<(), Failure> {
        let place = Place {
            database: self.database.clone(),
            time_zone: self.time_zone.clone(),
        };
        let app = place
            .open_with(Settings {
                https: false,
                demo: true,
            })
            .await?;
        let mut tx = app.db.read().await?;
        let seasons = season::all(&mut tx).await?;
        let accounts = plenum_store::access::count_accounts(&mut tx).await?;
        tx.commit().await?;
        if seasons.is_empty() && accounts == 0 {
            load(&app, &terminal_user()).await?;
        } else if !seasons
            .iter()
            .any(|season| season.id.as_str() == "cam-le-2020")
        {
            return Err(Failure(format!(
                "{} already holds something else than the demo",
                self.database
            )));
        }
        if self.load_only {
            app.db.close().await;
            say!("{}: 5 seasons", self.database);
            return Ok(());
        }
        say!("Log in as (password of each: {PASSWORD}):");
        for log_in in LOG_INS {
            say!(
                "  {:<10} {:<15} {}",
                log_in.login,
                log_in.role.code(),
                log_in.unit.unwrap_or("everywhere")
            );
        }
        serve::serve(app, self.listen).await
    }
}
