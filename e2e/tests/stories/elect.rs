//! A branch elects its committee with a tie and a re-ballot, its secretary and
//! its deputy: from the list to the minutes, the ballots keyed without a mouse.

use thirtyfour::prelude::*;

use crate::browser::{Browser, DESK};
use crate::stage::{SEASON, Stage};

const UNIT: &str = "TH-01";
const ROSTER: &str = "Trần Văn An; 02/03/1970; 19/05/1995; C\nLê Thị Bình; 14/07/1975; 03/02/2000; C\n\
    Phạm Quốc Cường; 02/09/1968; 19/05/1990; C\nHuỳnh Thu Dung; 20/11/1980; 03/02/2006; C\n\
    Võ Xuân Giang; 05/06/1990; 19/05/2015\nBùi Ngọc Hạnh; 09/09/1978; 03/02/2004\n\
    Đặng Thị Mai; 08/03/1979; 03/02/2003; K\nPhan Thành Sơn; 27/07/1974; 19/05/1999; K";
/// One name of four struck on each of nine papers: 8, 7, 6 and 6 votes.
const PAPERS: [&str; 9] = ["1", "2", "2", "3", "3", "3", "4", "4", "4"];

/// The people at the congress, each at a screen.
struct Hall {
    stage: Stage,
    chair: Browser,
    tellers: [Browser; 2],
}

/// Fills a form, found by where it leads, and sends it.
async fn send(browser: &Browser, to: &str, fields: &[(&str, &str)]) {
    let form = format!("form[method=post][action$='{to}']");
    let there = format!("return Boolean(document.querySelector({form:?}))");
    for _ in 0..200 {
        let found = browser
            .driver
            .execute(there.as_str(), vec![])
            .await
            .unwrap();
        if found.convert::<bool>().unwrap() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    for (name, value) in fields {
        let script = format!(
            "const form = document.querySelector({form:?}); if (!form) throw new Error('no form {to}'); \
             for (let box = form; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; \
             const field = form.querySelector(`[name=\"{name}\"]`); if (!field) throw new Error('no field {name}'); \
             if (field.type === 'checkbox') field.checked = true; \
             else if (field.type === 'radio') form.querySelector(`[name=\"{name}\"][value=\"{value}\"]`).checked = true; \
             else field.value = {value:?};"
        );
        browser.driver.execute(script, vec![]).await.unwrap();
    }
    // Rules nobody has seen in writing are ticked like whatever else is asked.
    let script = format!(
        "const form = document.querySelector({form:?}); \
         for (let box = form; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; \
         for (const box of form.querySelectorAll('[name^=confirm_]')) box.checked = true;"
    );
    browser.driver.execute(script, vec![]).await.unwrap();
    sent(browser, &format!("{form} button")).await;
}

/// Presses a button that sends a form, and waits for the page that answers.
async fn sent(browser: &Browser, button: &str) {
    let before = "document.documentElement.dataset.before = 'yes'";
    browser.driver.execute(before, vec![]).await.unwrap();
    browser.press(button).await;
    let answered =
        "return document.readyState === 'complete' && !document.documentElement.dataset.before";
    for _ in 0..500 {
        let done = browser.driver.execute(answered, vec![]).await;
        if done.is_ok_and(|done| done.convert::<bool>().unwrap_or(false)) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{button} is not answered: {}", browser.text("body").await);
}

impl Hall {
    async fn open() -> Self {
        let stage = Stage::open().await;
        let chair = Browser::open(DESK).await;
        chair.log_in(&stage, "bithu").await;
        let tellers = [Browser::open(DESK).await, Browser::open(DESK).await];
        for (teller, login) in tellers.iter().zip(["kiem1", "kiem2"]) {
            teller.log_in(&stage, login).await;
        }
        Self {
            stage,
            chair,
            tellers,
        }
    }

    async fn elections(&self) {
        let at = format!("/s/{SEASON}/elections?unit={UNIT}");
        self.chair.go(&self.stage.address(&at)).await;
    }

    /// The address of the ballot on the chair's screen.
    async fn ballot(&self) -> String {
        let url = self.chair.driver.current_url().await.unwrap();
        url.as_str().split('?').next().unwrap().to_owned()
    }

    async fn set_up(&self) {
        self.elections().await;
        let day = self.stage.today.to_string();
        let set_up = [
            ("day", day.as_str()),
            ("official_members", "9"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        send(&self.chair, "/hall/set-up", &set_up).await;
        self.chair.reads("main", "190-QĐ/TW").await;
        send(&self.chair, "/hall/people", &[("people", ROSTER)]).await;
        self.chair.reads("main", "Phan Thành Sơn").await;
        let attended = [("convened", "9"), ("present", "9")];
        send(&self.chair, "/hall/attend", &attended).await;
    }

    /// Begins an office's election and puts people on its list.
    async fn list(&self, office: &str, seats: Option<&str>, names: &[&str]) {
        self.elections().await;
        let begin = format!("form[action$='/hall/begin']:has(input[value={office}]) button");
        sent(&self.chair, &begin).await;
        if let Some(seats) = seats {
            send(&self.chair, "/seats", &[("seats", seats)]).await;
        }
        self.chair.find("form[action$='/nominate']").await;
        for name in names {
            let script = format!(
                "const form = document.querySelector(\"form[action$='/nominate']\"); \
                 for (let box = form; box; box = box.parentElement) if (box.tagName === 'DETAILS') box.open = true; \
                 for (const label of form.querySelectorAll('label')) if (label.textContent.trim().startsWith({name:?})) \
                 label.querySelector('input').checked = true;"
            );
            self.chair.driver.execute(script, vec![]).await.unwrap();
        }
        send(&self.chair, "/nominate", &[("source", "convening")]).await;
        self.chair.reads("main", names[0]).await;
    }

    /// The list is approved by cards, papers are printed and handed out, and
    /// the box is opened.
    async fn vote(&self, on_number: bool) {
        let mut cards = vec![("list_agree", "9")];
        if on_number {
            cards.push(("number_agree", "9"));
        }
        send(&self.chair, "/approve", &cards).await;
        send(&self.chair, "/print", &[("printed", "9")]).await;
        send(&self.chair, "/hand-out", &[("committee_agree", "9")]).await;
        // The boxes are opened by those who count, not by whoever leads.
        let at = self.ballot().await;
        let papers = [("present", "9"), ("issued", "9"), ("returned", "9")];
        self.tellers[0].go(&at).await;
        send(&self.tellers[0], "/close", &papers).await;
        self.chair.go(&at).await;
        self.chair.reads("main", "Đang kiểm phiếu").await;
    }

    /// Both tellers hand in the same sheet.
    async fn sheets(&self, sheet: &[(&str, &str)]) {
        let at = self.ballot().await;
        for teller in &self.tellers {
            teller.go(&at).await;
            send(teller, "/sheet", sheet).await;
        }
    }

    /// Both tellers confirm the result, and the hall hears it.
    async fn announce(&self) {
        let at = self.ballot().await;
        for teller in &self.tellers {
            teller.go(&at).await;
            send(teller, "/confirm", &[]).await;
            teller.reads("main", "xác nhận").await;
        }
        self.chair.go(&at).await;
        send(&self.chair, "/announce", &[]).await;
        self.chair.reads("main", "Đã công bố").await;
    }

    /// A number of the rules nobody had confirmed is confirmed by the chair.
    async fn confirm_rules(&self) {
        let at = self.ballot().await;
        self.chair.go(&at).await;
        if self
            .chair
            .has("form[action$='/settle'] input[name^=confirm_]")
            .await
        {
            send(&self.chair, "/settle", &[]).await;
        }
    }
}

/// One teller keys the bundle: only the struck numbers are typed.
async fn key(teller: &Browser, count: &str) {
    teller.go(count).await;
    sent(teller, "form[action$='/take'] button").await;
    let desk = teller.find("[data-desk]").await;
    teller.reads("[data-desk-count]", "0/9").await;
    // No such number: it is said, and nothing is taken.
    desk.send_keys("7").await.unwrap();
    teller.reads("[data-desk-said]", "Không có số này").await;
    for (place, paper) in (1..).zip(PAPERS) {
        desk.send_keys(paper).await.unwrap();
        desk.send_keys(Key::Enter).await.unwrap();
        teller
            .reads("[data-desk-count]", &format!("{place}/9"))
            .await;
    }
    // A slip is taken back and keyed again.
    desk.send_keys("-").await.unwrap();
    teller.reads("[data-desk-count]", "8/9").await;
    desk.send_keys("+").await.unwrap();
    teller.reads("[data-desk-count]", "9/9").await;
    for _ in 0..200 {
        if teller.text("[data-desk-line]").await.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    sent(teller, "[data-desk-done]").await;
    teller.reads("main", "Xong").await;
}

#[tokio::test]
async fn a_branch_elects_with_a_tie_and_a_re_ballot() {
    let hall = Hall::open().await;
    hall.set_up().await;
    let four = [
        "Trần Văn An",
        "Lê Thị Bình",
        "Phạm Quốc Cường",
        "Huỳnh Thu Dung",
    ];
    hall.list("branch_committee", Some("3"), &four).await;
    hall.vote(true).await;

    let ballot = hall.ballot().await;
    let count = format!("{ballot}/count");
    hall.chair.go(&count).await;
    send(&hall.chair, "/bundles", &[("size", "50")]).await;
    for teller in &hall.tellers {
        key(teller, &count).await;
    }
    hall.chair.go(&count).await;
    hall.chair.reads("main", "đã khớp nhau").await;
    send(&hall.chair, "/compared", &[]).await;
    hall.chair
        .reads(
            "main",
            "Bằng phiếu ở vị trí cuối: Phạm Quốc Cường, Huỳnh Thu Dung",
        )
        .await;
    hall.confirm_rules().await;
    hall.announce().await;
    send(&hall.chair, "/further", &[]).await;
    hall.chair.reads("main", "Huỳnh Thu Dung").await;
    hall.vote(false).await;
    hall.sheets(&[("valid", "9"), ("votes_1", "4"), ("votes_2", "5")])
        .await;
    hall.confirm_rules().await;
    hall.announce().await;
    hall.elections().await;
    hall.chair
        .reads("main", "Trần Văn An, Lê Thị Bình, Huỳnh Thu Dung")
        .await;

    for (office, seats, name) in [
        ("branch_secretary", None, "Trần Văn An"),
        ("branch_deputy", Some("1"), "Lê Thị Bình"),
    ] {
        hall.list(office, seats, &[name]).await;
        hall.vote(seats.is_some()).await;
        hall.sheets(&[("valid", "9"), ("votes_1", "8"), ("against_1", "1")])
            .await;
        hall.confirm_rules().await;
        hall.announce().await;
        hall.chair
            .reads("main", &format!("Trúng cử 1/1: {name}"))
            .await;
        // Minutes to sign: a PDF that is really there.
        let script = "const link = document.querySelector(\"a[href$='/paper/minutes.pdf']\"); \
                      const asked = new XMLHttpRequest(); asked.open('GET', link.href, false); \
                      asked.overrideMimeType('text/plain; charset=x-user-defined'); asked.send(); \
                      return `${asked.status} ${asked.responseText.slice(0, 5)}`;";
        let got = hall.chair.driver.execute(script, vec![]).await.unwrap();
        assert_eq!(got.convert::<String>().unwrap(), "200 %PDF-");
    }
    let Hall {
        stage,
        chair,
        tellers,
    } = hall;
    chair.close().await;
    for teller in tellers {
        teller.close().await;
    }
    stage.close().await;
}
