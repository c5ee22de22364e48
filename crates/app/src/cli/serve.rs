//! `plenum serve`.

use std::net::SocketAddr;

use clap::Args;

use super::{Failure, Place};
use crate::features;
use crate::shell::act::Settings;
use crate::shell::{App, server};

/// Serves the pages and the API.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// The address to listen on; 0.0.0.0:PORT opens it to the hall's network.
    #[arg(long, env = "PLENUM_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// People reach this server by https (through a proxy): cookies say so.
    #[arg(long, env = "PLENUM_HTTPS")]
    https: bool,
}

impl Serve {
    /// Serves until interrupted.
    ///
    /// # Errors
    /// Where the database or the address cannot be opened.
    pub async fn run(self) -> Result<(), Failure> {
        let app = self
            .place
            .open_with(Settings {
                https: self.https,
                demo: false,
            })
            .await?;
        serve(app, self.listen).await
    }
}

/// Serves an open installation.
///
/// # Errors
/// Where the address cannot be listened on.
pub async fn serve(app: App, listen: SocketAddr) -> Result<(), Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let setup = features::access::actions::setup::address(&app).await?;
    server::serve(app, features::routes(), listen, |address| {
        println!("Plenum: http://{address}");
        if let Some(setup) = setup {
            println!("There is no account yet. Make the first administrator, once, here:");
            println!("  http://{address}{setup}");
        }
    })
    .await?;
    Ok(())
}
