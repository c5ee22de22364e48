//! The tables as the migrations make them, for what goes through all of them:
//! backups. It reads our own migrations, not any SQL; a test compares it with
//! what the engines say.

use std::collections::BTreeSet;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Numbers.
    Int,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// The table whose rows it names.
    pub refers: Option<String>,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub key: Vec<String>,
}

impl Table {
    /// The column by which its rows name rows of the same table, by place.
    #[must_use]
    pub fn own_parent(&self) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.refers.as_deref() == Some(self.name.as_str()))
    }
}

/// The tables that these statements leave, those referred to first.
pub(crate) fn tables(statements: impl Iterator<Item = String>) -> Vec<Table> {
    let mut made: Vec<Table> = Vec::new();
    for statement in statements {
        let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(rest) = statement.strip_prefix("CREATE TABLE ") {
            made.extend(table(rest));
        } else if let Some(rest) = statement.strip_prefix("DROP TABLE ") {
            made.retain(|table| table.name != rest);
        } else if let Some((name, text)) = statement
            .strip_prefix("ALTER TABLE ")
            .and_then(|rest| rest.split_once(" ADD COLUMN "))
            && let Some(table) = made.iter_mut().find(|table| table.name == name)
        {
            table.columns.extend(column(text));
        }
    }
    in_order(made)
}

fn table(text: &str) -> Option<Table> {
    let (name, rest) = text.split_once(" (")?;
    let body = &rest[..rest.rfind(')')?];
    let mut table = Table {
        name: name.to_owned(),
        columns: Vec::new(),
        key: Vec::new(),
    };
    for part in parts(body) {
        if let Some(key) = part.strip_prefix("PRIMARY KEY (") {
            table.key = key
                .trim_end_matches(')')
                .split(',')
                .map(|name| name.trim().to_owned())
                .collect();
        } else if let Some(column) = column(part) {
            if part.contains(" PRIMARY KEY") {
                table.key = vec![column.name.clone()];
            }
            table.columns.push(column);
        }
    }
    Some(table)
}

/// The parts between commas that stand in no parentheses.
fn parts(body: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    for (place, sign) in body.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(body[start..place].trim());
                start = place + 1;
            }
            _ => {}
        }
    }
    found.push(body[start..].trim());
    found
}

/// A column's definition; nothing for a rule about the table.
fn column(text: &str) -> Option<Column> {
    let mut words = text.split(' ');
    let name = words.next()?;
    let holds = match words.next()? {
        "INTEGER" => Holds::Int,
        "TEXT" => Holds::Text,
        "BLOB" => Holds::Bytes,
        _ => return None,
    };
    let refers = text
        .split_once(" REFERENCES ")
        .and_then(|(_, rest)| rest.split(' ').next());
    Some(Column {
        name: name.to_owned(),
        holds,
        refers: refers.map(str::to_owned),
    })
}

fn in_order(mut waiting: Vec<Table>) -> Vec<Table> {
    let mut placed: Vec<Table> = Vec::new();
    let mut names = BTreeSet::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|table| {
            let others = table
                .columns
                .iter()
                .filter_map(|column| column.refers.as_ref());
            others
                .into_iter()
                .all(|other| names.contains(other) || *other == table.name)
        });
        // Tables that refer to each other in a circle do not exist here; were
        // there any, they would come as they are.
        let table = waiting.remove(ready.unwrap_or(0));
        names.insert(table.name.clone());
        placed.push(table);
    }
    placed
}
