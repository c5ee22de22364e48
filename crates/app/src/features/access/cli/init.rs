//! `plenum init`.

use clap::Args;

use super::typed::new_password;
use crate::cli::{Failure, Place, terminal_user};
use crate::features::access::actions::setup::{self, First};
use crate::shell::act;

/// Makes the first administrator of an empty installation.
#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// The log-in name.
    #[arg(long)]
    login: String,
    /// The person's name as it stands in records.
    #[arg(long)]
    name: String,
    /// vi or en.
    #[arg(long, default_value = "vi", value_parser = ["vi", "en"])]
    language: String,
    /// Read the password from the first line of the standard input.
    #[arg(long)]
    password_stdin: bool,
}

impl Init {
    /// Runs it.
    ///
    /// # Errors
    /// There is an account already; the name or password is not as it must be.
    pub async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let password = new_password(self.password_stdin)?;
        let first = First {
            login: self.login,
            name: self.name,
            password,
            language: self.language,
        };
        let account = first.account().await?;
        let login = account.login.clone();
        act(&app, &terminal_user(), |cx| {
            Box::pin(setup::begin(cx, account))
        })
        .await?;
        app.db.close().await;
        say!("{login} is the administrator. Start the server with `plenum serve` and log in.");
        Ok(())
    }
}
