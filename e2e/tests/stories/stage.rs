//! The program on a port of its own, over a small organisation in a scratch
//! database, that can be stopped and started again at the same address.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use plenum_app::shell::{Clock, secrets};
use plenum_rules::Day;
use plenum_rules::access::{Grant, Role};
use plenum_rules::congress::{Congress, State};
use plenum_store::access::{self, Account};
use plenum_store::db::new_id;
use plenum_store::{Tx, audit, congress, season as seasons};
use plenum_testkit::{Plot, Scratch, scratch_sqlite, season, unit};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// The password of everybody on the stage.
pub const PASSWORD: &str = "mật khẩu dài của sân khấu";
/// The season on the stage.
pub const SEASON: &str = "hb";

/// The program and what it runs on.
pub struct Stage {
    /// Today, by the machine's clock.
    pub today: Day,
    scratch: Scratch,
    port: u16,
    server: Option<Child>,
}

impl Stage {
    /// A district with two wards and five branches, its season, an office
    /// (`vanphong`), the secretary of TH-01 (`bithu`), two who count its
    /// ballots (`kiem1`, `kiem2`) and a wall (`manhinh`).
    pub async fn open() -> Self {
        let clock = Clock::system("Asia/Ho_Chi_Minh").unwrap();
        let today = clock.today();
        let scratch = scratch_sqlite().await;
        plenum_store::schema::migrate(&scratch.db).await.unwrap();
        let password = secrets::hash(PASSWORD).await.unwrap();
        let mut tx = scratch.db.write().await.unwrap();
        Plot::small(today.plus(-900)).save(&mut tx).await;
        season(
            &mut tx,
            SEASON,
            unit("HB"),
            today.plus(-30),
            &["grassroots", "branch"],
        )
        .await;
        for (login, role, code) in [
            ("vanphong", Role::Office, "HB"),
            ("bithu", Role::UnitSecretary, "TH-01"),
            ("manhinh", Role::Wall, "HB"),
            ("kiem1", Role::Teller, "TH-01"),
            ("kiem2", Role::Teller, "TH-01"),
        ] {
            account(
                &mut tx,
                login,
                &password,
                Grant {
                    role,
                    unit: Some(unit(code)),
                    from: today.plus(-99),
                    until: None,
                },
            )
            .await;
        }
        tx.commit().await.unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut stage = Self {
            today,
            scratch,
            port,
            server: None,
        };
        stage.start().await;
        stage
    }

    /// An address of the program.
    pub fn address(&self, path: &str) -> String {
        // A name, since browsers trust the machine itself with stored pages.
        format!("http://localhost:{}{path}", self.port)
    }

    /// Starts the server.
    pub async fn start(&mut self) {
        let mut child = Command::new(program())
            .args(["serve", "--database", &self.scratch.url])
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = tokio::time::timeout(Duration::from_secs(20), lines.next_line())
            .await
            .unwrap()
            .unwrap();
        assert!(
            line.is_some_and(|line| line.contains("http://")),
            "the server says where it listens"
        );
        self.server = Some(child);
    }

    /// Stops the server: whoever calls finds nobody.
    pub async fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().await.unwrap();
        }
    }

    /// What is recorded of a unit's congress.
    pub async fn congress(&self, code: &str) -> Congress {
        let mut tx = self.scratch.db.read().await.unwrap();
        let season = seasons::all(&mut tx).await.unwrap().remove(0);
        congress::load(&mut tx, &season.id, unit(code))
            .await
            .unwrap()
    }

    /// How often a kind of event was recorded.
    pub async fn events(&self, event: &str) -> usize {
        let mut tx = self.scratch.db.read().await.unwrap();
        let rows = audit::page(&mut tx, None, None, 1_000).await.unwrap();
        rows.iter().filter(|row| row.event == event).count()
    }

    /// The unit of a code as it is today.
    pub async fn unit(&self, code: &str) -> Option<plenum_rules::org::UnitVersion> {
        let mut tx = self.scratch.db.read().await.unwrap();
        plenum_store::org::by_code(&mut tx, code, self.today)
            .await
            .unwrap()
    }

    /// Waits until a unit's congress stands there.
    pub async fn until(&self, code: &str, state: State) {
        for _ in 0..200 {
            if self.congress(code).await.state() == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!(
            "{code} is {:?}, not {state:?}",
            self.congress(code).await.state()
        );
    }

    /// Ends it all.
    pub async fn close(mut self) {
        self.stop().await;
        self.scratch.remove().await;
    }
}

async fn account(tx: &mut Tx, login: &str, password: &str, grant: Grant) {
    let account = Account {
        id: new_id(),
        login: login.to_owned(),
        name: format!("Trần Thị {login}"),
        password: password.to_owned(),
        totp: None,
        active: true,
        language: "vi".to_owned(),
    };
    access::save_account(tx, &account).await.unwrap();
    access::add_grant(tx, account.id, &grant).await.unwrap();
}

/// The built program, beside the folder of this test.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = own
        .parent()
        .and_then(|deps| deps.parent())
        .unwrap()
        .join("plenum");
    assert!(
        program.exists(),
        "{} is not built: run ./test, which builds it",
        program.display()
    );
    program
}
