//! `plenum serve`.

use std::io::Write as _;
use std::net::SocketAddr;

use clap::Args;
use clap::builder::BoolishValueParser;

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
    #[arg(long, env = "PLENUM_HTTPS", value_parser = BoolishValueParser::new())]
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
        let mut told = format!("Plenum: http://{address}\n");
        if let Some(setup) = setup {
            told.push_str("There is no account yet. Make the first administrator, once, here:\n");
            told.push_str(&format!("  http://{address}{setup}\n"));
        }
        // Serving goes on where nobody reads this.
        let _ = std::io::stdout().write_all(told.as_bytes());
    })
    .await
    .map_err(|error| unheard(listen, &error))
}

/// Why an address cannot be listened on, and what to do.
fn unheard(listen: SocketAddr, error: &std::io::Error) -> Failure {
    let port = listen.port();
    let why = match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "another program, perhaps another plenum, listens on port {port}; \
             end it, or choose another port: --listen {}:{}",
            listen.ip(),
            if port < u16::MAX { port + 1 } else { 8080 }
        ),
        std::io::ErrorKind::PermissionDenied => format!(
            "this user may not open port {port}; choose one above 1023: --listen {}:8080",
            listen.ip()
        ),
        std::io::ErrorKind::AddrNotAvailable => format!(
            "{} is no address of this machine; 127.0.0.1 is this machine alone, 0.0.0.0 every network",
            listen.ip()
        ),
        _ => error.to_string(),
    };
    Failure(format!("cannot listen on {listen}: {why}"))
}
