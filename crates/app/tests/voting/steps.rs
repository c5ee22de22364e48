//! The steps every election takes, so that a test spells out only those it is
//! about. A step answers where it led, and fails where the program refuses it.

use plenum_testkit::Answer;

use crate::world::{ROSTER, S, UNIT, World, bare};

/// Offices of one person: nobody says how many seats they have.
const OF_ONE: [&str; 3] = ["branch_secretary", "secretary", "inspection_chair"];

impl World {
    /// The elections of the congress set up: so many official members, and
    /// whatever else is ticked, such as the offices of a by-election.
    pub async fn set_up(&mut self, members: &str, ticked: &[&str]) -> Answer {
        let day = self.day.clone();
        let (shape, form) = if self.unit == UNIT {
            ("branch", "members")
        } else {
            ("committee", "delegates")
        };
        let mut fields = vec![
            ("day", day.as_str()),
            ("official_members", members),
            ("shape", shape),
            ("form", form),
        ];
        fields.extend(ticked.iter().map(|name| (*name, "yes")));
        self.at_hall("set-up", &fields).await
    }

    /// Elections set up, people entered, attendance recorded: 31 convened, one
    /// absent with an accepted reason, 28 present.
    pub async fn ready(&mut self) {
        let rules = if self.day.as_str() < "2024-10-10" {
            "244-QĐ/TW"
        } else {
            "190-QĐ/TW"
        };
        let _ = self.set_up("31", &[]).await.is(200).says(rules);
        self.enter(ROSTER).await;
        let attended = [
            ("body", "member_congress"),
            ("convened", "31"),
            ("present", "28"),
            ("out_excused", "1"),
        ];
        self.done_at_hall("attend", &attended).await;
    }

    /// Enters people.
    pub async fn enter(&mut self, roster: &str) {
        let page = self.done_at_hall("people", &[("people", roster)]).await;
        self.ids = roster
            .lines()
            .map(|line| id_of(page.text(), line))
            .collect();
    }

    /// Who sits in a body already, before a by-election.
    pub async fn sit(&mut self, body: &str, people: &[usize]) -> Answer {
        let members = self.named("member", people);
        let mut fields = vec![("body", body)];
        fields.extend(members.iter().map(|name| (name.as_str(), "yes")));
        self.at_hall("sit", &fields).await
    }

    /// So many members meet, all of them present.
    pub async fn meet(&mut self, members: &str) -> Answer {
        let attended = [
            ("body", "meeting"),
            ("convened", members),
            ("present", members),
        ];
        self.at_hall("attend", &attended).await
    }

    /// The committee's five meet, and not the delegates who elected them.
    pub async fn five_meet(&mut self) {
        let page = self.meet("40").await.is(422);
        let _ = page.says("E-VOT-47").says("người bỏ phiếu là 5 thành viên");
        let _ = self.meet("5").await.is(200);
    }

    /// Somebody is planned for an office.
    pub async fn planned(&mut self, office: &str, person: usize) -> Answer {
        let person = self.id(person);
        let plan = [("office", office), ("person", person.as_str())];
        self.done_at_hall("plan", &plan).await
    }

    /// Somebody appoints a person of the roster to an office.
    pub async fn appoint(&mut self, who: &'static str, office: &str, person: usize) -> Answer {
        let (unit, person) = (self.unit, self.id(person));
        let fields = [("unit", unit), ("office", office), ("person", &person)];
        self.post(who, &format!("{S}/elections/hall/appoint"), &fields)
            .await
    }

    /// An office is not elected this time.
    pub async fn skipped(&mut self, office: &str) -> Answer {
        self.done_at_hall("skip", &[("office", office)]).await
    }

    /// Begins an office's election; its address.
    pub async fn begin(&mut self, office: &str) -> String {
        let page = self.done_at_hall("begin", &[("office", office)]).await;
        bare(&page.address)
    }

    /// It is not this office's turn, for the reason with this code.
    pub async fn begin_refused(&mut self, office: &str, code: &str) {
        self.refused_at_hall("begin", &[("office", office)], code)
            .await;
    }

    /// The field of a form for each of these people of the roster.
    pub fn named(&self, field: &str, people: &[usize]) -> Vec<String> {
        people
            .iter()
            .map(|place| format!("{field}_{}", self.id(*place)))
            .collect()
    }

    /// People of the roster, from 1, are put on the list.
    pub async fn nominate(&mut self, at: &str, people: &[usize]) {
        let names = self.named("person", people);
        let mut fields = vec![("source", "convening")];
        fields.extend(names.iter().map(|name| (name.as_str(), "yes")));
        self.done(at, "nominate", &fields).await;
    }

    /// People are nominated from outside the convening committee's list.
    pub async fn nominate_own(&mut self, at: &str, person: usize) -> Answer {
        let named = format!("person_{}", self.id(person));
        let fields = [("source", "own"), (named.as_str(), "yes")];
        self.run(at, "nominate", &fields).await
    }

    /// What becomes of somebody on the list: `remove`, `ask`, `stay`, `back`.
    pub async fn renominate(&mut self, at: &str, person: usize, change: &str) -> Answer {
        let person = self.id(person);
        let fields = [("person", person.as_str()), ("change", change)];
        self.run(at, "nomination", &fields).await
    }

    /// An office's election begun, its seats set where there can be several,
    /// and these people of the roster nominated; its address.
    pub async fn listed(&mut self, office: &str, seats: u8, people: &[usize]) -> String {
        let at = self.begin(office).await;
        if !OF_ONE.contains(&office) {
            let seats = seats.to_string();
            self.done(&at, "seats", &[("seats", &seats)]).await;
        }
        self.nominate(&at, people).await;
        at
    }

    /// The list is approved by 28 cards; `number` also votes on the seats.
    pub async fn approve(&mut self, at: &str, number: bool) {
        let mut fields = vec![("list_agree", "28")];
        if number {
            fields.push(("number_agree", "28"));
        }
        self.done(at, "approve", &fields).await;
    }

    /// A list of an office is made and approved; its address.
    pub async fn approved(&mut self, office: &str, seats: u8, people: &[usize]) -> String {
        let at = self.listed(office, seats, people).await;
        // How many delegates are elected is the superior's to say (R58).
        let number = office != "delegates" && !OF_ONE.contains(&office);
        self.approve(&at, number).await;
        at
    }

    /// The same, approved by so many cards.
    pub async fn approved_of(
        &mut self,
        office: &str,
        seats: u8,
        people: &[usize],
        cards: &str,
    ) -> String {
        let at = self.listed(office, seats, people).await;
        let cards = [("list_agree", cards), ("number_agree", cards)];
        self.done(&at, "approve", &cards).await;
        at
    }

    /// Papers printed and handed out.
    pub async fn hand_out(&mut self, at: &str, printed: &[(&str, &str)]) {
        self.done(at, "print", printed).await;
        self.done(at, "hand-out", &[]).await;
    }

    /// The secretary counts besides the tellers.
    pub async fn third_counts(&mut self, at: &str) {
        let mut fields = vec![("reason", "Cần người thứ ba")];
        fields.extend(["account_kiem1", "account_kiem2", "account_bithu"].map(|who| (who, "yes")));
        self.done(at, "counters", &fields).await;
    }

    /// The first teller closes the vote with what came back.
    pub async fn close(&mut self, at: &str, papers: &[(&str, &str)]) -> Answer {
        self.by(self.tellers[0], at, "close", papers).await
    }

    /// Papers printed, handed out to so many and returned by them.
    pub async fn vote_of(&mut self, at: &str, people: &str) {
        self.hand_out(at, &[]).await;
        let papers = returned(people, people, people);
        let _ = self.close(at, &papers).await.is(200);
    }

    /// Thirty papers printed, handed out to all 28 and returned.
    pub async fn vote(&mut self, at: &str) {
        self.hand_out(at, &[("printed", "30")]).await;
        let papers = returned("28", "28", "28");
        let _ = self.close(at, &papers).await.is(200);
    }

    /// A list of an office is made, approved and voted on; its address.
    pub async fn voted(&mut self, office: &str, seats: u8, people: &[usize]) -> String {
        let at = self.approved(office, seats, people).await;
        self.vote(&at).await;
        at
    }

    /// Both tellers hand in the same sheet.
    pub async fn count(&mut self, at: &str, sheet: &[(&str, &str)]) {
        for who in self.tellers {
            self.done_by(who, at, "sheet", sheet).await;
        }
    }

    /// Both tellers hand in the same sheet of 28 valid ballots.
    pub async fn counted(&mut self, at: &str, votes: &[&str]) {
        self.count(at, &sheet("28", votes)).await;
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

    /// A number of the rules is confirmed.
    pub async fn settle(&mut self, at: &str, parameter: &str) {
        let confirmed = format!("confirm_{parameter}");
        let fields = [("decision", "confirm"), (&confirmed, "yes")];
        self.done(at, "settle", &fields).await;
    }

    /// Every number of the rules the page asks about is confirmed.
    pub async fn settle_all(&mut self, at: &str) {
        let page = self.page(at).await;
        let asked = to_confirm(&page);
        if asked.is_empty() {
            return;
        }
        let mut fields = vec![("decision", "confirm")];
        fields.extend(asked.iter().map(|name| (name.as_str(), "yes")));
        self.done(at, "settle", &fields).await;
    }

    /// Both tellers confirm what they see, and it is announced.
    pub async fn confirm(&mut self, at: &str) {
        for who in self.tellers {
            let seen = self.mark(who, at).await;
            self.done_by(who, at, "confirm", &[("seen", &seen)]).await;
        }
        self.done(at, "announce", &[]).await;
    }

    /// The sheets are handed in, and the hall hears the result.
    pub async fn hear(&mut self, at: &str, sheet: &[(&str, &str)]) {
        self.count(at, sheet).await;
        self.settle_all(at).await;
        self.confirm(at).await;
    }

    /// An office is elected by 28 ballots from the first of the roster, as many
    /// as have votes here, and announced; its address.
    pub async fn announced(&mut self, office: &str, seats: u8, votes: &[&str]) -> String {
        let people: Vec<usize> = (1..=votes.len()).collect();
        let at = self.voted(office, seats, &people).await;
        self.hear(&at, &sheet("28", votes)).await;
        at
    }

    /// A list on whose number nobody votes, such as that of a further ballot,
    /// is approved, voted on by 28 and announced.
    pub async fn hold(&mut self, at: &str, sheet: &[(&str, &str)]) {
        self.approve(at, false).await;
        self.vote(at).await;
        self.hear(at, sheet).await;
    }

    /// A branch of eight: a secretary, no committee (R29). All of them are there.
    pub async fn small(&mut self) {
        let _ = self.set_up("8", &[]).await.is(200);
        let attended = [
            ("body", "member_congress"),
            ("convened", "8"),
            ("present", "8"),
        ];
        self.done_at_hall("attend", &attended).await;
    }

    /// A ballot on one, who gets exactly half of the eight (R5).
    pub async fn halved(&mut self, at: &str) {
        self.done(at, "approve", &[("list_agree", "8")]).await;
        self.vote_of(at, "8").await;
        let half = [("valid", "8"), ("votes_1", "4"), ("against_1", "4")];
        self.hear(at, &half).await;
    }

    /// What the congress decides on hearing the result.
    pub async fn decided(&mut self, at: &str, decision: &str) -> Answer {
        self.done(at, "decide", &[("decision", decision)]).await
    }

    /// A further ballot for what stayed open; its address.
    pub async fn further(&mut self, at: &str) -> String {
        let page = self.done(at, "further", &[]).await;
        bare(&page.address)
    }

    /// An opinion ballot on those from outside the prepared list; its address.
    pub async fn asked(&mut self, at: &str) -> String {
        let page = self.done(at, "ask", &[]).await;
        bare(&page.address)
    }

    /// The introduction ballot of the trial on one person, voted on by all
    /// forty; its address.
    pub async fn introduced(&mut self, person: usize) -> String {
        let direct = [("office", "direct_secretary")];
        let at = bare(&self.done_at_hall("introduction", &direct).await.address);
        self.nominate(&at, &[person]).await;
        self.done(&at, "close-names", &[]).await;
        self.vote_of(&at, "40").await;
        at
    }

    /// Seats (where there are several), list, vote, count and confirmation of
    /// one office; answers the page of the ballot.
    pub async fn elect(
        &mut self,
        office: &str,
        (seats, people): (u8, &[usize]),
        (voters, votes): (&str, &[&str]),
    ) -> Answer {
        let at = self.listed(office, seats, people).await;
        self.elect_listed(&at, (voters, votes)).await
    }

    /// A list is approved, voted on, counted and confirmed.
    pub async fn elect_listed(&mut self, at: &str, (voters, votes): (&str, &[&str])) -> Answer {
        let page = self.page(at).await;
        let mut fields = vec![("list_agree", voters)];
        if page.text().contains("name=\"number_agree\"") {
            fields.push(("number_agree", voters));
        }
        self.done(at, "approve", &fields).await;
        self.vote_of(at, voters).await;
        self.hear(at, &sheet(voters, votes)).await;
        self.page(at).await
    }

    /// The delegates' congress elects a committee of the roster's first five;
    /// answers the page of the ballot.
    pub async fn committee_of_five(&mut self) -> Answer {
        let votes = ["39", "38", "37", "36", "35", "15"];
        let page = self
            .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
            .await;
        page.says("Trúng cử 5/5")
    }
}

/// How many were present, were issued a paper and returned one.
pub fn returned<'a>(present: &'a str, issued: &'a str, back: &'a str) -> [(&'a str, &'a str); 3] {
    [("present", present), ("issued", issued), ("returned", back)]
}

/// A tally sheet without invalid ballots: the votes in the list's order.
pub fn sheet<'a>(valid: &'a str, votes: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    const FIELDS: [&str; 6] = [
        "votes_1", "votes_2", "votes_3", "votes_4", "votes_5", "votes_6",
    ];
    assert!(votes.len() <= FIELDS.len(), "more names than fields");
    let mut sheet = vec![("valid", valid)];
    sheet.extend(FIELDS.into_iter().zip(votes.iter().copied()));
    sheet
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

/// The boxes of a page for rules nobody has seen in writing.
pub fn to_confirm(page: &Answer) -> Vec<String> {
    let asked = page.text().split("name=\"confirm_").skip(1);
    let fields = asked.filter_map(|rest| rest.split('"').next());
    let mut fields: Vec<String> = fields.map(|field| format!("confirm_{field}")).collect();
    fields.sort();
    fields.dedup();
    fields
}

/// The cards of a form of the page, where it asks for some: all of those present.
pub fn all_agree(page: &Answer, verb: &str) -> Vec<(String, String)> {
    let name = match verb {
        "hand-out" => "committee_agree",
        _ => "decide_agree",
    };
    let asks = format!("name=\"{name}\"");
    if page.text().contains("để trống thì dùng kết quả đó") {
        return Vec::new();
    }
    let Some(at) = page.text().find(&asks) else {
        return Vec::new();
    };
    let before = &page.text()[..at];
    let present = before.rsplit("Có mặt ").next().unwrap_or_default();
    let present = present.split(' ').next().unwrap_or_default();
    vec![(name.to_owned(), present.to_owned())]
}
