//! `plenum account …`.

use clap::{Args, Subcommand, ValueEnum};
use plenum_rules::access::{Grant, Role};
use plenum_rules::{Day, UnitId};
use plenum_store::access;
use plenum_store::org;

use super::typed::new_password;
use crate::cli::{Failure, Place, no_unit, terminal_user};
use crate::features::access::actions::people::{self, Given, NewAccount};
use crate::shell::{App, act, look};

/// Accounts and their roles.
#[derive(Args)]
pub struct Account {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes an account with its first role and prints its one-time password.
    Add(Add),
    /// Prints every account with its roles.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Gives an account another password.
    Password(Password),
    /// Gives an account another role.
    Grant(Give),
    /// Stops an account from logging in; with --enable lets it again.
    Disable(Disable),
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum RoleName {
    Administrator,
    Office,
    Supervisor,
    UnitSecretary,
    Teller,
    Wall,
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Administrator => Self::Administrator,
            RoleName::Office => Self::Office,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::UnitSecretary => Self::UnitSecretary,
            RoleName::Teller => Self::Teller,
            RoleName::Wall => Self::Wall,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

/// A role as typed.
#[derive(Args)]
struct Typed {
    /// The role.
    #[arg(long)]
    role: RoleName,
    /// The unit's code; without one the role is held for the whole installation.
    #[arg(long)]
    unit: Option<String>,
    /// The first day on which it holds; today where not said.
    #[arg(long)]
    from: Option<String>,
    /// The last day on which it holds; without one it goes on.
    #[arg(long)]
    until: Option<String>,
}

impl Typed {
    async fn grant(&self, app: &App) -> Result<Grant, Failure> {
        let day = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => Day::parse(text)
                .map(Some)
                .map_err(|_| Failure(format!("{text} is no day (YYYY-MM-DD)"))),
        };
        Ok(Grant {
            role: self.role.into(),
            unit: self.unit_id(app).await?,
            from: day(&self.from)?.unwrap_or_else(|| app.clock.today()),
            until: day(&self.until)?.map(Day::next),
        })
    }

    async fn unit_id(&self, app: &App) -> Result<Option<UnitId>, Failure> {
        let Some(code) = &self.unit else {
            return Ok(None);
        };
        let mut look = look(app, &terminal_user()).await?;
        let today = look.today;
        match org::by_code(&mut look.tx, code, today).await? {
            Some(unit) => Ok(Some(unit.unit)),
            None => Err(no_unit(&mut look.tx, code, today).await?),
        }
    }
}

#[derive(Args)]
struct Add {
    #[command(flatten)]
    place: Place,
    /// The log-in name.
    login: String,
    /// The person's name as it stands in records.
    #[arg(long)]
    name: String,
    #[command(flatten)]
    grant: Typed,
    /// vi or en.
    #[arg(long, default_value = "vi", value_parser = ["vi", "en"])]
    language: String,
    /// Read a password from the first line of the standard input instead of
    /// making one.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Args)]
struct Password {
    #[command(flatten)]
    place: Place,
    /// The log-in name.
    login: String,
    /// Ask for the new password instead of making a one-time one.
    #[arg(long)]
    choose: bool,
    /// Read it from the first line of the standard input.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Args)]
struct Give {
    #[command(flatten)]
    place: Place,
    /// The log-in name.
    login: String,
    #[command(flatten)]
    grant: Typed,
}

#[derive(Args)]
struct Disable {
    #[command(flatten)]
    place: Place,
    /// The log-in name.
    login: String,
    /// Let it log in again.
    #[arg(long)]
    enable: bool,
}

/// The account of a log-in name.
pub(super) async fn known(app: &App, login: &str) -> Result<access::Account, Failure> {
    let mut look = look(app, &terminal_user()).await?;
    let found = access::account_by_login(&mut look.tx, login).await?;
    found.ok_or_else(|| Failure(format!("there is no account {login}")))
}

impl Account {
    /// Runs it.
    ///
    /// # Errors
    /// What the action refuses.
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Add(command) => command.run().await,
            Command::List { place } => list(&place).await,
            Command::Password(command) => command.run().await,
            Command::Grant(command) => command.run().await,
            Command::Disable(command) => command.run().await,
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let grant = self.grant.grant(&app).await?;
        let given = match self.password_stdin {
            true => Given::chosen(&self.login, new_password(true)?).await?,
            false => Given::by_dice().await?,
        };
        let told = (!self.password_stdin).then(|| given.password.clone());
        let login = self.login.clone();
        let new = NewAccount {
            login: self.login,
            name: self.name,
            grant,
            language: self.language,
        };
        act(&app, &terminal_user(), |cx| {
            Box::pin(people::add(cx, new, given))
        })
        .await?;
        app.db.close().await;
        match told {
            Some(password) => say!("{login}: one-time password {password}"),
            None => say!("{login}: added"),
        }
        Ok(())
    }
}

async fn list(place: &Place) -> Result<(), Failure> {
    let app = place.open().await?;
    let mut look = look(&app, &terminal_user()).await?;
    let today = look.today;
    for account in access::accounts(&mut look.tx).await? {
        let mut roles = Vec::new();
        for granted in access::grants(&mut look.tx, account.id).await? {
            let grant = granted.grant;
            if grant.until.is_some_and(|until| until <= today) {
                continue;
            }
            let place = match grant.unit {
                None => "everywhere".to_owned(),
                Some(unit) => {
                    let version = org::near(&mut look.tx, unit, today).await?;
                    version.map_or_else(|| unit.to_string(), |version| version.code)
                }
            };
            roles.push(format!("{}@{place}", grant.role.code()));
        }
        let state = if account.active { "" } else { "\tdisabled" };
        say!(
            "{}\t{}\t{}{state}",
            account.login,
            account.name,
            roles.join(" ")
        );
    }
    Ok(())
}

impl Password {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let account = known(&app, &self.login).await?;
        let chosen = self.choose || self.password_stdin;
        let given = match chosen {
            true => Given::chosen(&account.login, new_password(self.password_stdin)?).await?,
            false => Given::by_dice().await?,
        };
        let told = (!chosen).then(|| given.password.clone());
        act(&app, &terminal_user(), |cx| {
            Box::pin(people::reset(cx, account.id, given))
        })
        .await?;
        app.db.close().await;
        match told {
            Some(password) => say!("{}: one-time password {password}", self.login),
            None => say!("{}: password set; its sessions have ended", self.login),
        }
        Ok(())
    }
}

impl Give {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let account = known(&app, &self.login).await?;
        let grant = self.grant.grant(&app).await?;
        act(&app, &terminal_user(), |cx| {
            Box::pin(people::give(cx, account.id, grant))
        })
        .await?;
        app.db.close().await;
        say!("{}: role given", self.login);
        Ok(())
    }
}

impl Disable {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let account = known(&app, &self.login).await?;
        let active = self.enable;
        act(&app, &terminal_user(), |cx| {
            Box::pin(people::switch(cx, account.id, active))
        })
        .await?;
        app.db.close().await;
        say!(
            "{}: {}",
            self.login,
            if active {
                "may log in"
            } else {
                "may no longer log in"
            }
        );
        Ok(())
    }
}
