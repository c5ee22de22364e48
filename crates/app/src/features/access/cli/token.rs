//! `plenum token …`.

use clap::{Args, Subcommand};
use plenum_rules::Day;
use plenum_store::access;

use super::account::known;
use crate::cli::{Failure, Place, terminal_user};
use crate::features::access::actions::tokens::{self, NewToken};
use crate::shell::scopes::Scope;
use crate::shell::{act, look};

/// Keys for programs.
#[derive(Args)]
pub struct Token {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a token and prints it; it is shown this once.
    Add {
        #[command(flatten)]
        place: Place,
        /// The log-in name of the account whose rights bound it.
        login: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it may be used for: progress:read, units:read,
        /// congresses:read, congresses:write, reports:read.
        #[arg(long, required = true, value_delimiter = ',', value_parser = scope)]
        scope: Vec<Scope>,
        /// The last day on which it holds; 90 days from today where not said.
        #[arg(long)]
        until: Option<String>,
    },
    /// Prints the tokens of an account.
    List {
        #[command(flatten)]
        place: Place,
        /// The log-in name.
        login: String,
    },
    /// Takes a token back.
    Remove {
        #[command(flatten)]
        place: Place,
        /// The log-in name.
        login: String,
        /// The token's id, as list prints it.
        id: String,
    },
}

fn scope(text: &str) -> Result<Scope, String> {
    Scope::parse(text).ok_or_else(|| format!("{text} is no scope"))
}

impl Token {
    /// Runs it.
    ///
    /// # Errors
    /// What the action refuses.
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Add {
                place,
                login,
                name,
                scope,
                until,
            } => add(&place, &login, name, scope, until).await,
            Command::List { place, login } => list(&place, &login).await,
            Command::Remove { place, login, id } => remove(&place, &login, &id).await,
        }
    }
}

async fn add(
    place: &Place,
    login: &str,
    name: String,
    scopes: Vec<Scope>,
    until: Option<String>,
) -> Result<(), Failure> {
    let app = place.open().await?;
    let account = known(&app, login).await?;
    let until = match until {
        None => app.clock.today().plus(90),
        Some(text) => {
            Day::parse(&text).map_err(|_| Failure(format!("{text} is no day (YYYY-MM-DD)")))?
        }
    };
    let new = NewToken {
        name,
        scopes,
        until,
        ends_at: app.clock.start_of(until.next()),
    };
    let secret = act(&app, &terminal_user(), |cx| {
        Box::pin(async move { tokens::make(cx, &account, new).await })
    })
    .await?;
    app.db.close().await;
    say!("{secret}");
    Ok(())
}

async fn list(place: &Place, login: &str) -> Result<(), Failure> {
    let app = place.open().await?;
    let account = known(&app, login).await?;
    let mut look = look(&app, &terminal_user()).await?;
    for token in access::tokens(&mut look.tx, account.id).await? {
        let ends = token
            .ends_at
            .map(|at| app.clock.day_of(at - 1).to_string())
            .unwrap_or_default();
        say!(
            "{:032x}\t{}\t{}\t{ends}",
            token.id,
            token.name,
            token.scopes.join(",")
        );
    }
    Ok(())
}

async fn remove(place: &Place, login: &str, id: &str) -> Result<(), Failure> {
    let id = u128::from_str_radix(id, 16).map_err(|_| Failure(format!("{id} is no token's id")))?;
    let app = place.open().await?;
    let account = known(&app, login).await?;
    act(&app, &terminal_user(), |cx| {
        Box::pin(async move { tokens::take_back(cx, &account, id).await })
    })
    .await?;
    app.db.close().await;
    say!("taken back");
    Ok(())
}
