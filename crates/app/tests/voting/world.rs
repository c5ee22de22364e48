//! A branch whose congress elects, its people, and those who run and count it.

use std::collections::BTreeMap;
use std::process::Command;

use plenum_rules::access::Role;
use plenum_store::Tx;
use plenum_testkit::{Answer, Client, Hall, Plot, Scratch, day, season, unit};

/// The season's address.
pub const S: &str = "/s/hoa-binh-2020";
/// The branch that elects.
pub const UNIT: &str = "TH-01";

/// Official members, the ninth of them probationary; the first five are the
/// convening committee, the tenth and eleventh count, the last two help the
/// presidium with opinion ballots.
pub const ROSTER: &str = "Trần Văn An; 02/03/1970; 19/05/1995; C
Lê Thị Bình; 14/07/1975; 03/02/2000; C
Phạm Quốc Cường; 1968-09-02; 1990-05-19; C
Huỳnh Thu Dung; 20/11/1980; 03/02/2006; C
Đỗ Minh Đạt; 01/01/1985; 22/12/2010; C
Võ Xuân Giang; 05/06/1990; 19/05/2015
Bùi Ngọc Hạnh; 09/09/1978; 03/02/2004
Hồ Đức Hòa; 11/11/1983; 22/12/2011
Nguyễn Hữu Liên; 30/04/1992; 03/02/2019; D
Đặng Thị Mai; 08/03/1979; 03/02/2003; K
Phan Thành Sơn; 27/07/1974; 19/05/1999; K
Lý Thị Tâm; 17/01/1982; 22/12/2008; G
Mai Văn Út; 12/12/1988; 03/02/2015; G";

/// The program with a season, and people by their log-ins.
pub struct World {
    pub hall: Hall,
    pub people: BTreeMap<&'static str, Client>,
    /// The ids of the people, in the roster's order.
    pub ids: Vec<String>,
    /// Whose congress it is.
    pub unit: &'static str,
    /// The day of the vote.
    pub day: String,
    /// Who runs the election, and the two who count.
    pub chair: &'static str,
    pub tellers: [&'static str; 2],
}

impl World {
    /// On 2 March 2020: the regulation of 2014 is in force.
    pub async fn new(scratch: &Scratch) -> Self {
        Self::on(scratch, "2020-03-02").await
    }

    /// On a day.
    pub async fn on(scratch: &Scratch, today: &str) -> Self {
        let hall = Hall::new(&scratch.db, day(today));
        hall.set_up(async |tx: &mut Tx| {
            Plot::small(day("2015-01-01")).save(tx).await;
            let levels = ["district", "grassroots", "branch"];
            season(tx, "hoa-binh-2020", unit("HB"), day("2020-01-01"), &levels).await;
        })
        .await;
        let mut people = BTreeMap::new();
        for (login, role, at) in [
            ("quan", Role::Office, "HB"),
            ("phuong", Role::Office, "TH"),
            ("bithu", Role::UnitSecretary, "TH-01"),
            ("kiem1", Role::Teller, "TH-01"),
            ("kiem2", Role::Teller, "TH-01"),
            ("khac", Role::Teller, "TH-02"),
            ("manhinh", Role::Wall, "HB"),
            ("dangbo", Role::UnitSecretary, "TH"),
            ("dem1", Role::Teller, "TH"),
            ("dem2", Role::Teller, "TH"),
        ] {
            people.insert(login, hall.person(login, role, Some(unit(at))).await);
        }
        people.insert(
            "thanhtra",
            hall.person("thanhtra", Role::Auditor, None).await,
        );
        Self {
            hall,
            people,
            ids: Vec::new(),
            unit: UNIT,
            day: today.to_owned(),
            chair: "bithu",
            tellers: ["kiem1", "kiem2"],
        }
    }

    /// The grassroots committee above the branches instead, its delegates'
    /// congress of forty: set up, its people entered.
    pub async fn committee(scratch: &Scratch, trial: bool) -> Self {
        let mut world = Self::on(scratch, "2025-03-03").await;
        world.unit = "TH";
        world.chair = "dangbo";
        world.tellers = ["dem1", "dem2"];
        let day = world.day.clone();
        let set_up = [
            ("day", day.as_str()),
            ("official_members", "212"),
            ("shape", "committee"),
            ("form", "delegates"),
            ("trial", if trial { "yes" } else { "" }),
        ];
        let page = world.at_hall("set-up", &set_up).await.is(200);
        let _ = page.says("190-QĐ/TW");
        world.enter(&ROSTER.replace("; C", "; BC")).await;
        let attended = [
            ("body", "delegate_congress"),
            ("convened", "40"),
            ("present", "40"),
        ];
        let _ = world.at_hall("attend", &attended).await.is(200);
        world
    }

    /// Enters people.
    pub async fn enter(&mut self, roster: &str) {
        let page = self.at_hall("people", &[("people", roster)]).await.is(200);
        self.ids = roster
            .lines()
            .map(|line| id_of(page.text(), line))
            .collect();
    }

    /// The page of all elections.
    pub async fn elections(&mut self) -> Answer {
        let address = format!("{S}/elections?unit={}", self.unit);
        self.get(self.chair, &address).await.is(200)
    }

    /// A form of a ballot, sent by whoever runs the election.
    pub async fn run(&mut self, at: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(self.chair, &format!("{at}/{verb}"), fields).await
    }

    /// People are nominated from outside the convening committee's list.
    pub async fn nominate_own(&mut self, at: &str, person: usize) -> Answer {
        let named = format!("person_{}", self.id(person));
        let fields = [("source", "own"), (named.as_str(), "yes")];
        self.run(at, "nominate", &fields).await
    }

    /// Papers printed, handed out to so many and returned by them.
    pub async fn vote_of(&mut self, at: &str, people: &str) {
        let _ = self.run(at, "print", &[]).await.is(200);
        let _ = self.run(at, "hand-out", &[]).await.is(200);
        let papers = [
            ("present", people),
            ("issued", people),
            ("returned", people),
        ];
        let _ = self
            .post(self.tellers[0], &format!("{at}/close"), &papers)
            .await
            .is(200);
    }

    /// Seats (where there are several), list, vote, count and confirmation of
    /// one office; answers the page of the ballot.
    pub async fn elect(
        &mut self,
        office: &str,
        (seats, people): (u8, &[usize]),
        (voters, votes): (&str, &[&str]),
    ) -> Answer {
        let at = bare(&self.begin(office).await);
        if seats > 1 || office == "deputy_secretaries" {
            let seats = seats.to_string();
            let _ = self.run(&at, "seats", &[("seats", &seats)]).await.is(200);
        }
        self.nominate(&at, people).await;
        self.elect_listed(&at, (voters, votes)).await
    }

    /// A list is approved, voted on, counted and confirmed.
    pub async fn elect_listed(&mut self, at: &str, (voters, votes): (&str, &[&str])) -> Answer {
        let page = self.get(self.chair, at).await.is(200);
        let mut fields = vec![("list_agree", voters)];
        if page.text().contains("name=\"number_agree\"") {
            fields.push(("number_agree", voters));
        }
        let _ = self.run(at, "approve", &fields).await.is(200);
        self.vote_of(at, voters).await;
        let names: Vec<String> = (1..=votes.len())
            .map(|place| format!("votes_{place}"))
            .collect();
        let mut sheet = vec![("valid", voters)];
        sheet.extend(names.iter().map(String::as_str).zip(votes.iter().copied()));
        self.count(at, &sheet).await;
        self.settle_all(at).await;
        self.confirm(at).await;
        self.get(self.chair, at).await.is(200)
    }

    pub async fn get(&mut self, who: &'static str, address: &str) -> Answer {
        self.people.get_mut(who).expect(who).get(address).await
    }

    pub async fn post(
        &mut self,
        who: &'static str,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        self.people
            .get_mut(who)
            .expect(who)
            .post(address, fields)
            .await
    }

    /// A form of the congress's page.
    pub async fn at_hall(&mut self, verb: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("unit", self.unit)];
        all.extend_from_slice(fields);
        self.post(self.chair, &format!("{S}/elections/hall/{verb}"), &all)
            .await
    }

    /// Elections set up, people entered, attendance recorded: 31 convened, one
    /// absent with an accepted reason, 28 present.
    pub async fn ready(&mut self) {
        let day = self.day.clone();
        let rules = if day.as_str() < "2024-10-10" {
            "244-QĐ/TW"
        } else {
            "190-QĐ/TW"
        };
        let set_up = [
            ("day", day.as_str()),
            ("official_members", "31"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        let _ = self.at_hall("set-up", &set_up).await.is(200).says(rules);
        self.enter(ROSTER).await;
        let attended = [
            ("body", "member_congress"),
            ("convened", "31"),
            ("present", "28"),
            ("out_excused", "1"),
        ];
        let _ = self.at_hall("attend", &attended).await.is(200);
    }

    /// Begins an office's election; its address.
    pub async fn begin(&mut self, office: &str) -> String {
        let page = self.at_hall("begin", &[("office", office)]).await.is(200);
        page.address
    }

    /// The id of somebody, from 1 in the roster's order.
    pub fn id(&self, place: usize) -> String {
        self.ids[place - 1].clone()
    }

    /// People of the roster, from 1, are put on the list.
    pub async fn nominate(&mut self, at: &str, people: &[usize]) {
        let names: Vec<String> = people
            .iter()
            .map(|place| format!("person_{}", self.id(*place)))
            .collect();
        let mut fields = vec![("source", "convening")];
        fields.extend(names.iter().map(|name| (name.as_str(), "yes")));
        let _ = self
            .post(self.chair, &format!("{at}/nominate"), &fields)
            .await
            .is(200);
    }

    /// The list is approved by 28 cards; `number` also votes on the seats.
    pub async fn approve(&mut self, at: &str, number: bool) {
        let mut fields = vec![("list_agree", "28")];
        if number {
            fields.push(("number_agree", "28"));
        }
        let _ = self
            .post(self.chair, &format!("{at}/approve"), &fields)
            .await
            .is(200);
    }

    /// Papers printed, handed out to all 28 and returned.
    pub async fn vote(&mut self, at: &str) {
        let _ = self
            .post(self.chair, &format!("{at}/print"), &[("printed", "30")])
            .await
            .is(200);
        let _ = self
            .post(self.chair, &format!("{at}/hand-out"), &[])
            .await
            .is(200);
        let papers = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = self
            .post(self.tellers[0], &format!("{at}/close"), &papers)
            .await
            .is(200);
    }

    /// Both tellers hand in the same sheet.
    pub async fn count(&mut self, at: &str, sheet: &[(&str, &str)]) {
        for who in self.tellers {
            let _ = self.post(who, &format!("{at}/sheet"), sheet).await.is(200);
        }
    }

    /// Both tellers confirm what they see, and it is announced.
    pub async fn confirm(&mut self, at: &str) {
        for who in self.tellers {
            let seen = self.mark(who, at).await;
            let _ = self
                .post(who, &format!("{at}/confirm"), &[("seen", &seen)])
                .await
                .is(200);
        }
        let _ = self
            .post(self.chair, &format!("{at}/announce"), &[])
            .await
            .is(200);
    }

    /// What a file of a ballot says, as printed.
    pub async fn printed(&mut self, at: &str, file: &str) -> String {
        let paper = format!("{at}/paper/{file}");
        let got = self.get(self.chair, &paper).await.is(200);
        let folder = tempfile::tempdir().expect("a folder");
        let pdf = folder.path().join("paper.pdf");
        std::fs::write(&pdf, &got.body).expect("write");
        let said = Command::new("pdftotext")
            .args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()])
            .output()
            .expect("pdftotext");
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What names the result on the page.
    pub async fn mark(&mut self, who: &'static str, at: &str) -> String {
        let page = self.get(who, at).await.is(200);
        let text = page.text();
        let start = text
            .find("name=\"seen\" value=\"")
            .expect("a result to confirm")
            + 19;
        text[start..start + 16].to_owned()
    }

    /// Every number of the rules the page asks about is confirmed.
    pub async fn settle_all(&mut self, at: &str) {
        let page = self.get(self.chair, at).await.is(200);
        let asked = page.text().split("name=\"parameter\" value=\"").skip(1);
        let fields = asked.filter_map(|rest| rest.split('"').next().map(str::to_owned));
        for field in fields.collect::<Vec<_>>() {
            self.settle(at, &field).await;
        }
    }

    /// A number of the rules is confirmed.
    pub async fn settle(&mut self, at: &str, parameter: &str) {
        let fields = [("decision", "confirm"), ("parameter", parameter)];
        let _ = self
            .post(self.chair, &format!("{at}/settle"), &fields)
            .await
            .is(200);
    }
}

/// The address without what a form left behind it.
pub fn bare(address: &str) -> String {
    address.split('?').next().unwrap_or_default().to_owned()
}

/// The id of a line's person on the page.
fn id_of(page: &str, line: &str) -> String {
    let name = line.split(';').next().unwrap_or_default();
    let row = page
        .find(&format!("<th scope=\"row\">{name}</th>"))
        .expect(name);
    let start = row + page[row..].find("edit=").expect("a link") + 5;
    page[start..start + 32].to_owned()
}
