//! One log-in for each role. Their passwords are no secret: they exist in the
//! demo only.

use plenum_rules::access::{Grant, Role};
use plenum_store::access::{self, Account};
use plenum_store::db::new_id;

use super::branch_12;
use super::cam_le::WAITING_BRANCH;
use super::people;
use super::stage::{Stage, day};
use crate::shell::problem::Result;
use crate::shell::secrets::{self, DEMO_PASSWORD};

/// A log-in of the demo.
pub struct LogIn {
    /// What to type.
    pub login: &'static str,
    /// The role.
    pub role: Role,
    /// The unit's code; `None` for the whole installation.
    pub unit: Option<&'static str>,
}

/// The password of all of them, which the demo's door fills in.
pub const PASSWORD: &str = DEMO_PASSWORD;

/// The log-ins.
pub const LOG_INS: [LogIn; 9] = [
    LogIn {
        login: "quantri",
        role: Role::Administrator,
        unit: None,
    },
    LogIn {
        login: "vanphong",
        role: Role::Office,
        unit: Some("CL"),
    },
    LogIn {
        login: "phuong",
        role: Role::Office,
        unit: Some("CL-HP"),
    },
    LogIn {
        login: "phutrach",
        role: Role::Supervisor,
        unit: Some("CL-HP"),
    },
    LogIn {
        login: "bithu",
        role: Role::UnitSecretary,
        unit: Some(WAITING_BRANCH),
    },
    LogIn {
        login: "chibo12",
        role: Role::UnitSecretary,
        unit: Some(branch_12::UNIT),
    },
    LogIn {
        login: "kiemphieu",
        role: Role::Teller,
        unit: Some(branch_12::UNIT),
    },
    LogIn {
        login: "manhinh",
        role: Role::Wall,
        unit: Some("CL"),
    },
    LogIn {
        login: "kiemtra",
        role: Role::Auditor,
        unit: None,
    },
];

/// Makes them. The office looks after every season of the demo.
pub async fn make(stage: &mut Stage<'_>) -> Result<()> {
    let password = secrets::hash(PASSWORD).await?;
    let from = day(2018, 1, 1)?;
    for (number, log_in) in LOG_INS.iter().enumerate() {
        let account = Account {
            id: new_id(),
            login: log_in.login.to_owned(),
            name: people::name(1_300 + number * 29),
            password: password.clone(),
            totp: None,
            active: true,
            language: "vi".to_owned(),
        };
        access::save_account(&mut stage.cx.tx, &account).await?;
        let mut units = vec![log_in.unit];
        if log_in.login == "vanphong" {
            units.extend([Some("AK"), Some("AT"), Some("OCD")]);
        }
        for unit in units {
            let unit = unit.map(|code| stage.id(code)).transpose()?;
            let grant = Grant {
                role: log_in.role,
                unit,
                from,
                until: None,
            };
            access::add_grant(&mut stage.cx.tx, account.id, &grant).await?;
        }
    }
    Ok(())
}
