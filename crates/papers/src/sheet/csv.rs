//! Reading CSV (RFC 4180): comma, semicolon or tab; UTF-8, or UTF-16 with a byte order mark.

use std::borrow::Cow;

use super::{Gathering, Limits, Sheet, SheetCell, SheetRefusal};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, SheetRefusal> {
    let text = decode(bytes)?;
    // Excel's own convention: a first line that names the separator. Excel does not show it as a row.
    let (text, named, first_line) = match text
        .strip_prefix("sep=")
        .map(|rest| rest.split_at_checked(1))
    {
        Some(Some((separator @ ("," | ";" | "\t" | "|"), rest)))
            if rest.starts_with(['\r', '\n']) =>
        {
            let rest = rest.strip_prefix('\r').unwrap_or(rest);
            (
                rest.strip_prefix('\n').unwrap_or(rest),
                separator.bytes().next(),
                2,
            )
        }
        _ => (text.as_ref(), None, 1),
    };
    let separator = named.unwrap_or_else(|| guess_separator(text));
    let mut gathering = Gathering::new(limits);
    let mut records = Records {
        text: text.as_bytes(),
        at: 0,
        file_line: first_line,
        separator,
    };
    let mut line = 0_u32;
    while let Some(cells) = records.next_record(&gathering, line.saturating_add(1))? {
        line = line.saturating_add(1);
        gathering.take(line, cells)?;
    }
    gathering.finish(String::new())
}

/// The text of the file, or the line that is not text.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetRefusal> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            // Text has no NUL; what has one is a picture, a PDF or an archive.
            if bytes.contains(&0) || bytes.starts_with(b"%PDF-") {
                return Err(SheetRefusal::NotASpreadsheet);
            }
            std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|error| {
                    let line = count_lines(bytes.get(..error.valid_up_to()).unwrap_or_default());
                    SheetRefusal::NotUtf8 { line }
                })
        }
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, SheetRefusal> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for c in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match c {
            Ok('\0') => return Err(SheetRefusal::NotASpreadsheet),
            Ok(c) => text.push(c),
            Err(_) => {
                return Err(SheetRefusal::NotUtf8 {
                    line: count_lines(text.as_bytes()),
                });
            }
        }
    }
    if rest.is_empty() {
        Ok(Cow::Owned(text))
    } else {
        Err(SheetRefusal::NotUtf8 {
            line: count_lines(text.as_bytes()),
        })
    }
}

fn count_lines(before: &[u8]) -> u32 {
    let ends = before.iter().filter(|&&byte| byte == b'\n').count();
    u32::try_from(ends).unwrap_or(u32::MAX).saturating_add(1)
}

/// The separator that occurs most often outside quotation marks in the first line with content; comma when none does.
fn guess_separator(text: &str) -> u8 {
    let mut counts = [(b'\t', 0_usize), (b';', 0), (b',', 0)];
    let mut quoted = false;
    let mut content = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && content => break,
            b'\n' | b'\r' if !quoted => {}
            _ if !quoted => {
                content = true;
                if let Some(entry) = counts.iter_mut().find(|entry| entry.0 == byte) {
                    entry.1 += 1;
                }
            }
            _ => content = true,
        }
    }
    // Of equals, the last wins: comma, the default.
    counts
        .iter()
        .max_by_key(|entry| entry.1)
        .map_or(b',', |entry| entry.0)
}

/// The records of a file, one after the other. All separators are ASCII, so cutting bytes never cuts a character.
struct Records<'t> {
    text: &'t [u8],
    at: usize,
    file_line: u32,
    separator: u8,
}

/// What ended a field.
#[derive(PartialEq, Eq)]
enum End {
    Field,
    Record,
}

impl Records<'_> {
    fn next_record(
        &mut self,
        gathering: &Gathering,
        line: u32,
    ) -> Result<Option<Vec<SheetCell>>, SheetRefusal> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let mut cells = Vec::new();
        let mut column = 0;
        loop {
            let (field, end) = self.field()?;
            if !field.trim().is_empty() {
                gathering.check(column, line, &field)?;
                cells.resize(column, SheetCell::Empty);
                cells.push(SheetCell::Text(super::write::without_guard(field)));
            }
            if end == End::Record {
                return Ok(Some(cells));
            }
            column += 1;
        }
    }

    fn field(&mut self) -> Result<(String, End), SheetRefusal> {
        if self.text.get(self.at) == Some(&b'"') {
            return self.quoted_field();
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let stop = |&byte: &u8| byte == self.separator || byte == b'\n' || byte == b'\r';
        let length = rest.iter().position(stop).unwrap_or(rest.len());
        let field = self.owned(rest.get(..length).unwrap_or_default())?;
        self.at += length;
        Ok((field, self.end()?))
    }

    fn quoted_field(&mut self) -> Result<(String, End), SheetRefusal> {
        let opened = self.file_line;
        let mut field = Vec::new();
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|&byte| byte == b'"') else {
                return Err(SheetRefusal::BadQuoting { line: opened });
            };
            let part = rest.get(..length).unwrap_or_default();
            field.extend_from_slice(part);
            self.file_line = self.file_line.saturating_add(count_lines(part) - 1);
            self.at += length + 1;
            if self.text.get(self.at) != Some(&b'"') {
                break;
            }
            field.push(b'"');
            self.at += 1;
        }
        let field = self.owned(&field)?;
        Ok((field, self.end()?))
    }

    /// Steps over what ends a field.
    fn end(&mut self) -> Result<End, SheetRefusal> {
        match self.text.get(self.at) {
            None => Ok(End::Record),
            Some(&byte) if byte == self.separator => {
                self.at += 1;
                Ok(End::Field)
            }
            Some(b'\r' | b'\n') => {
                let pair = self.text.get(self.at..self.at + 2) == Some(b"\r\n");
                self.at += if pair { 2 } else { 1 };
                self.file_line = self.file_line.saturating_add(1);
                Ok(End::Record)
            }
            Some(_) => Err(SheetRefusal::BadQuoting {
                line: self.file_line,
            }),
        }
    }

    fn owned(&self, bytes: &[u8]) -> Result<String, SheetRefusal> {
        String::from_utf8(bytes.to_vec()).map_err(|_| SheetRefusal::NotUtf8 {
            line: self.file_line,
        })
    }
}
