//! A branch whose congress elects, its people, and those who run and count it.

use std::collections::BTreeMap;

use plenum_rules::access::Role;
use plenum_store::Tx;
use plenum_testkit::{Answer, Client, Hall, Plot, Scratch, day, season_of, unit};

use crate::steps::{all_agree, to_confirm};

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

    /// On 2 March 2020, everything ready for the first list.
    pub async fn assembled(scratch: &Scratch) -> Self {
        Self::assembled_on(scratch, "2020-03-02").await
    }

    /// On a day, everything ready for the first list.
    pub async fn assembled_on(scratch: &Scratch, today: &str) -> Self {
        let mut world = Self::on(scratch, today).await;
        world.ready().await;
        world
    }

    /// On a day.
    pub async fn on(scratch: &Scratch, today: &str) -> Self {
        Self::of("vn-party", scratch, today).await
    }

    /// Of another organisation, on a day.
    pub async fn of(profile: &str, scratch: &Scratch, today: &str) -> Self {
        let hall = Hall::new(&scratch.db, day(today));
        hall.set_up(async |tx: &mut Tx| {
            Plot::small(day("2015-01-01")).save(tx).await;
            let levels = ["district", "grassroots", "branch"];
            let (id, opens) = ("hoa-binh-2020", day("2020-01-01"));
            season_of(tx, profile, id, unit("HB"), opens, &levels).await;
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
        let ticked: &[&str] = if trial { &["trial"] } else { &[] };
        let page = world.set_up("212", ticked).await.is(200);
        let _ = page.says("190-QĐ/TW");
        world
            .enter(&ROSTER.replace("; C", "; BC").replace("; K", "; BK"))
            .await;
        let attended = [
            ("body", "delegate_congress"),
            ("convened", "40"),
            ("present", "40"),
        ];
        world.done_at_hall("attend", &attended).await;
        world
    }

    /// The id of somebody, from 1 in the roster's order.
    pub fn id(&self, place: usize) -> String {
        self.ids[place - 1].clone()
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

    /// A ballot's page, as whoever runs the election sees it.
    pub async fn page(&mut self, at: &str) -> Answer {
        self.get(self.chair, at).await.is(200)
    }

    /// The page of all elections.
    pub async fn elections(&mut self) -> Answer {
        let address = format!("{S}/elections?unit={}", self.unit);
        self.get(self.chair, &address).await.is(200)
    }

    /// The page of all elections of one convocation.
    pub async fn at_convocation(&mut self, called: u32) -> Answer {
        let address = format!("{S}/elections?unit={}&called={called}", self.unit);
        self.get(self.chair, &address).await.is(200)
    }

    /// A form of a ballot, sent by somebody.
    pub async fn by(
        &mut self,
        who: &'static str,
        at: &str,
        verb: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut asked = Vec::new();
        if ["approve", "close-names", "sift"].contains(&verb) {
            // Like somebody who ticks whatever the page asks for.
            let page = self.get(who, at).await;
            asked = to_confirm(&page)
                .into_iter()
                .map(|name| (name, "yes".to_owned()))
                .collect();
        } else if ["hand-out", "decide"].contains(&verb) {
            // Everybody present agrees.
            let page = self.get(who, at).await;
            asked = all_agree(&page, verb);
        }
        let typed = |name: &String| fields.iter().any(|(field, _)| field == name);
        asked.retain(|(name, _)| !typed(name));
        let mut all = fields.to_vec();
        all.extend(
            asked
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        self.post(who, &format!("{at}/{verb}"), &all).await
    }

    /// A form of a ballot, taken from somebody.
    pub async fn done_by(
        &mut self,
        who: &'static str,
        at: &str,
        verb: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        self.by(who, at, verb, fields).await.is(200)
    }

    /// A form of a ballot, refused to somebody who may send it, with this code.
    pub async fn refused_to(
        &mut self,
        who: &'static str,
        at: &str,
        verb: &str,
        fields: &[(&str, &str)],
        code: &str,
    ) -> Answer {
        self.by(who, at, verb, fields).await.is(422).says(code)
    }

    /// A form of a ballot that is not this person's to send.
    pub async fn forbidden(
        &mut self,
        who: &'static str,
        at: &str,
        verb: &str,
        fields: &[(&str, &str)],
    ) {
        let _ = self.by(who, at, verb, fields).await.is(403);
    }

    /// A form of a ballot, sent by whoever runs the election.
    pub async fn run(&mut self, at: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
        self.by(self.chair, at, verb, fields).await
    }

    /// A form of a ballot, taken from whoever runs the election.
    pub async fn done(&mut self, at: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
        self.done_by(self.chair, at, verb, fields).await
    }

    /// A form of a ballot, refused to whoever runs the election with this code.
    pub async fn refused(
        &mut self,
        at: &str,
        verb: &str,
        fields: &[(&str, &str)],
        code: &str,
    ) -> Answer {
        self.refused_to(self.chair, at, verb, fields, code).await
    }

    /// A form of the congress's page, sent by whoever runs the election.
    pub async fn at_hall(&mut self, verb: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("unit", self.unit)];
        all.extend_from_slice(fields);
        self.post(self.chair, &format!("{S}/elections/hall/{verb}"), &all)
            .await
    }

    /// A form of the congress's page that is taken.
    pub async fn done_at_hall(&mut self, verb: &str, fields: &[(&str, &str)]) -> Answer {
        self.at_hall(verb, fields).await.is(200)
    }

    /// A form of the congress's page that is refused with this code.
    pub async fn refused_at_hall(
        &mut self,
        verb: &str,
        fields: &[(&str, &str)],
        code: &str,
    ) -> Answer {
        self.at_hall(verb, fields).await.is(422).says(code)
    }
}

/// The address without what a form left behind it.
pub fn bare(address: &str) -> String {
    address.split('?').next().unwrap_or_default().to_owned()
}
