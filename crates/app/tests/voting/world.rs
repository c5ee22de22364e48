//! A branch whose congress elects, its people, and those who run and count it.

use std::collections::BTreeMap;

use plenum_rules::access::Role;
use plenum_store::Tx;
use plenum_testkit::{Answer, Client, Hall, Plot, Scratch, day, season, unit};

/// The season's address.
pub const S: &str = "/s/hoa-binh-2020";
/// The branch that elects.
pub const UNIT: &str = "TH-01";

/// Twelve official members, one of them probationary; the first five are the
/// convening committee, the last two count.
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
Phan Thành Sơn; 27/07/1974; 19/05/1999; K";

/// The program with a season, and people by their log-ins.
pub struct World {
    pub hall: Hall,
    pub people: BTreeMap<&'static str, Client>,
    /// The ids of the people, in the roster's order.
    pub ids: Vec<String>,
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
        }
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
        let mut all = vec![("unit", UNIT)];
        all.extend_from_slice(fields);
        self.post("bithu", &format!("{S}/elections/hall/{verb}"), &all)
            .await
    }

    /// Elections set up, people entered, attendance recorded: 31 convened, one
    /// absent with an accepted reason, 28 present.
    pub async fn ready(&mut self) {
        let set_up = [
            ("day", "2020-03-02"),
            ("official_members", "31"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        let _ = self
            .at_hall("set-up", &set_up)
            .await
            .is(200)
            .says("244-QĐ/TW");
        let page = self.at_hall("people", &[("people", ROSTER)]).await.is(200);
        self.ids = ROSTER
            .lines()
            .map(|line| id_of(page.text(), line))
            .collect();
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
            .post("bithu", &format!("{at}/nominate"), &fields)
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
            .post("bithu", &format!("{at}/approve"), &fields)
            .await
            .is(200);
    }

    /// Papers printed, handed out to all 28 and returned.
    pub async fn vote(&mut self, at: &str) {
        let _ = self
            .post("bithu", &format!("{at}/print"), &[("printed", "30")])
            .await
            .is(200);
        let _ = self
            .post("bithu", &format!("{at}/hand-out"), &[])
            .await
            .is(200);
        let papers = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = self
            .post("kiem1", &format!("{at}/close"), &papers)
            .await
            .is(200);
    }

    /// Both tellers hand in the same sheet.
    pub async fn count(&mut self, at: &str, sheet: &[(&str, &str)]) {
        for who in ["kiem1", "kiem2"] {
            let _ = self.post(who, &format!("{at}/sheet"), sheet).await.is(200);
        }
    }

    /// Both tellers confirm what they see, and it is announced.
    pub async fn confirm(&mut self, at: &str) {
        for who in ["kiem1", "kiem2"] {
            let seen = self.mark(who, at).await;
            let _ = self
                .post(who, &format!("{at}/confirm"), &[("seen", &seen)])
                .await
                .is(200);
        }
        let _ = self
            .post("bithu", &format!("{at}/announce"), &[])
            .await
            .is(200);
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
        let page = self.get("bithu", at).await.is(200);
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
            .post("bithu", &format!("{at}/settle"), &fields)
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
