//! The ZIP package around a workbook: parts by name, every inflated byte counted.

use std::cell::Cell;
use std::io::{BufReader, Cursor, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, SheetRefusal};

/// The most one XML token (a tag, a stretch of text) may hold, in bytes; real ones have at most 32,767 characters.
const TOKEN: u64 = 4_000_000;
/// The most entries a package may have; real ones have some dozens.
const ENTRIES: usize = 10_000;

/// An opened package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    budget: Rc<Budget>,
}

/// What may still be inflated, over the package and within one token.
struct Budget {
    limit: u64,
    left: Cell<u64>,
    token: Cell<u64>,
}

impl Budget {
    fn spend(&self, bytes: u64) -> bool {
        let token = self.token.get().saturating_add(bytes);
        self.token.set(token);
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                token <= TOKEN
            }
            None => {
                self.left.set(0);
                false
            }
        }
    }
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, SheetRefusal> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("zip", "the directory is unreadable"))?;
        if archive.len() > ENTRIES {
            return Err(damaged("zip", "too many entries"));
        }
        let limit = limits.unpacked_bytes;
        let budget = Rc::new(Budget {
            limit,
            left: Cell::new(limit),
            token: Cell::new(0),
        });
        Ok(Self { archive, budget })
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    /// A part as XML events; `None` when the package has no such part.
    pub(super) fn part<'p>(&'p mut self, name: &str) -> Result<Option<Part<'p>>, SheetRefusal> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::InvalidPassword => SheetRefusal::Encrypted,
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
                SheetRefusal::Encrypted
            }
            _ => damaged(name, "it cannot be unpacked"),
        })?;
        let counted = Counted {
            inner: Box::new(file),
            budget: Rc::clone(&self.budget),
        };
        let mut xml = Reader::from_reader(BufReader::with_capacity(64 * 1024, counted));
        xml.config_mut().expand_empty_elements = true;
        Ok(Some(Part {
            name: name.to_owned(),
            xml,
            buffer: Vec::new(),
            budget: Rc::clone(&self.budget),
        }))
    }
}

/// A reader that stops when the budget is spent.
struct Counted<'p> {
    inner: Box<dyn Read + 'p>,
    budget: Rc<Budget>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        if self.budget.spend(u64::try_from(count).unwrap_or(u64::MAX)) {
            Ok(count)
        } else {
            Err(std::io::Error::other("over the limit"))
        }
    }
}

/// One XML part, event by event.
pub(super) struct Part<'p> {
    pub(super) name: String,
    xml: Reader<BufReader<Counted<'p>>>,
    buffer: Vec<u8>,
    budget: Rc<Budget>,
}

impl Part<'_> {
    /// The next event; comments, declarations and white space between tags included, [`Event::Eof`] at the end.
    /// Refuses a document type declaration: without one, no entity can expand to anything.
    pub(super) fn next(&mut self) -> Result<Event<'_>, SheetRefusal> {
        self.buffer.clear();
        self.budget.token.set(0);
        match self.xml.read_event_into(&mut self.buffer) {
            Ok(Event::DocType(_)) => Err(SheetRefusal::DocumentType {
                part: self.name.clone(),
            }),
            Ok(event) => Ok(event),
            Err(_) if self.budget.left.get() == 0 => Err(SheetRefusal::UnpacksTooBig {
                limit: self.budget.limit,
            }),
            Err(_) if self.budget.token.get() > TOKEN => {
                Err(damaged(&self.name, "a piece of it is too long"))
            }
            Err(_) => Err(damaged(&self.name, "it is not well-formed XML")),
        }
    }

    pub(super) fn damaged(&self, why: &'static str) -> SheetRefusal {
        damaged(&self.name, why)
    }
}

pub(super) fn damaged(part: &str, why: &'static str) -> SheetRefusal {
    SheetRefusal::Damaged {
        part: part.to_owned(),
        why,
    }
}

/// An attribute by its name without prefix, with its references resolved; `None` when absent or malformed.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    unescape(&found.value)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

/// Adds what an event contributes to the text of its element: text, CDATA, or one resolved reference. Other events add
/// nothing; a reference XML does not define is an error.
pub(super) fn push_text(event: &Event, into: &mut String) -> Result<(), &'static str> {
    match event {
        Event::Text(text) => into.push_str(text),
        Event::CData(text) => into.push_str(text),
        Event::GeneralRef(name) => {
            let reference = format!("&{};", &**name);
            into.push_str(&unescape(&reference).map_err(|_| "it has an unknown entity")?);
        }
        _ => {}
    }
    Ok(())
}

/// Whether an OLE container holds an encrypted workbook (MS-OFFCRYPTO) rather than an old one.
pub(super) fn is_encrypted_office_file(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
}
