//! The parts of an XLSX workbook (ECMA-376) around its cells: relations, sheet list, styles, shared strings.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::number::{self, Shows};
use super::package::{Package, Part, attribute, damaged, push_text};
use super::{Gathering, Limits, Sheet, SheetRefusal, cells};

/// What the cells of a worksheet refer to.
#[derive(Default)]
pub(super) struct Context {
    pub(super) strings: Vec<String>,
    pub(super) styles: Vec<Shows>,
    pub(super) from_1904: bool,
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, SheetRefusal> {
    let mut package = Package::open(bytes, limits)?;
    let main = main_part(&mut package)?;
    let list = sheet_list(&mut package, &main)?;
    let relations = relations(&mut package, &main)?.unwrap_or_default();
    let of_kind = |kind: &str| relations.values().find(|relation| relation.kind == kind);
    let (name, target) = list
        .sheets
        .into_iter()
        .find_map(|(name, id)| {
            let relation = relations
                .get(&id)
                .filter(|relation| relation.kind == "worksheet")?;
            Some((name, relation.target.clone()))
        })
        .ok_or(SheetRefusal::NoSheet)?;
    let mut context = Context {
        from_1904: list.from_1904,
        ..Context::default()
    };
    if let Some(styles) = of_kind("styles") {
        context.styles = read_styles(&mut open(&mut package, &styles.target)?)?;
    }
    if let Some(strings) = of_kind("sharedStrings") {
        context.strings = read_strings(&mut open(&mut package, &strings.target)?, limits)?;
    }
    let mut gathering = Gathering::new(limits);
    cells::read(&mut open(&mut package, &target)?, &context, &mut gathering)?;
    gathering.finish(name)
}

fn open<'p>(package: &'p mut Package<'_>, part: &str) -> Result<Part<'p>, SheetRefusal> {
    package
        .part(part)?
        .ok_or_else(|| damaged(part, "it is missing"))
}

/// The workbook part: what the package's own relations call the office document.
fn main_part(package: &mut Package) -> Result<String, SheetRefusal> {
    const USUAL: &str = "xl/workbook.xml";
    let named = relations(package, "")?.and_then(|relations| {
        relations
            .into_values()
            .find(|relation| relation.kind == "officeDocument")
            .map(|relation| relation.target)
    });
    match named {
        Some(part) if package.has(&part) => Ok(part),
        Some(part) => Err(damaged(&part, "it is missing")),
        None if package.has(USUAL) => Ok(USUAL.to_owned()),
        None => Err(SheetRefusal::NotASpreadsheet),
    }
}

/// A relation of a part to another.
struct Relation {
    /// The last piece of its type, `worksheet`.
    kind: String,
    /// The full name of the other part.
    target: String,
}

/// The relations of a part by their ids; `None` when it has none.
fn relations(
    package: &mut Package,
    of: &str,
) -> Result<Option<BTreeMap<String, Relation>>, SheetRefusal> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(mut part) = package.part(&format!("{folder}{slash}_rels/{file}.rels"))? else {
        return Ok(None);
    };
    let mut relations = BTreeMap::new();
    loop {
        match part.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                let inside = attribute(&tag, "TargetMode").is_none_or(|mode| mode != "External");
                let parts = (
                    attribute(&tag, "Id"),
                    attribute(&tag, "Type"),
                    attribute(&tag, "Target"),
                );
                if let ((Some(id), Some(kind), Some(target)), true) = (parts, inside) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations.insert(
                        id,
                        Relation {
                            kind,
                            target: resolve(folder, &target),
                        },
                    );
                }
            }
            Event::Eof => return Ok(Some(relations)),
            _ => {}
        }
    }
}

/// The full name of a part from the folder of the part that refers to it.
fn resolve(folder: &str, target: &str) -> String {
    let (start, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in start.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What the workbook part says.
#[derive(Default)]
struct SheetList {
    /// Name and relation id of each visible sheet, in the order of the tabs.
    sheets: Vec<(String, String)>,
    from_1904: bool,
}

fn sheet_list(package: &mut Package, main: &str) -> Result<SheetList, SheetRefusal> {
    let mut part = open(package, main)?;
    let mut list = SheetList::default();
    let mut root_seen = false;
    loop {
        match part.next()? {
            Event::Start(tag) => {
                let name = tag.local_name();
                if !root_seen && name.as_ref() != "workbook" {
                    return Err(SheetRefusal::NotASpreadsheet);
                }
                root_seen = true;
                match name.as_ref() {
                    "workbookPr" => {
                        let system = attribute(&tag, "date1904").unwrap_or_default();
                        list.from_1904 = matches!(system.as_str(), "1" | "true" | "on");
                    }
                    "sheet" if attribute(&tag, "state").is_none_or(|state| state == "visible") => {
                        if let (Some(name), Some(id)) =
                            (attribute(&tag, "name"), attribute(&tag, "id"))
                        {
                            list.sheets.push((name, id));
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof if root_seen => return Ok(list),
            Event::Eof => return Err(part.damaged("it is empty")),
            _ => {}
        }
    }
}

/// What each cell format shows, in the order cells refer to them.
fn read_styles(part: &mut Part) -> Result<Vec<Shows>, SheetRefusal> {
    let mut own: BTreeMap<u32, Shows> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut in_cell_formats = false;
    loop {
        match part.next()? {
            Event::Start(tag) => {
                let id = attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                match (tag.local_name().as_ref(), id) {
                    ("cellXfs", _) => in_cell_formats = true,
                    ("numFmt", Some(id)) => {
                        let code = attribute(&tag, "formatCode").unwrap_or_default();
                        own.insert(id, number::custom(&code));
                    }
                    ("xf", id) if in_cell_formats => formats.push(id.unwrap_or(0)),
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
            Event::Eof => break,
            _ => {}
        }
    }
    let shows = |id: u32| {
        own.get(&id)
            .copied()
            .unwrap_or_else(|| number::built_in(id))
    };
    Ok(formats.into_iter().map(shows).collect())
}

/// The shared strings: all text of an item, without the reading aids of East Asian scripts (`rPh`).
fn read_strings(part: &mut Part, limits: &Limits) -> Result<Vec<String>, SheetRefusal> {
    let mut strings = Vec::new();
    let mut weight = 0_u64;
    let mut current = String::new();
    let (mut in_text, mut in_aid) = (false, false);
    loop {
        let result = match part.next()? {
            Event::Start(tag) => {
                match tag.local_name().as_ref() {
                    "t" => in_text = true,
                    "rPh" => in_aid = true,
                    _ => {}
                }
                Ok(())
            }
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => in_aid = false,
                    "si" => {
                        weight +=
                            u64::try_from(current.len() + size_of::<String>()).unwrap_or(u64::MAX);
                        strings.push(unescape_controls(std::mem::take(&mut current)));
                    }
                    _ => {}
                }
                Ok(())
            }
            Event::Eof => return Ok(strings),
            event if in_text && !in_aid => push_text(&event, &mut current),
            _ => Ok(()),
        };
        result.map_err(|why| part.damaged(why))?;
        if weight > limits.unpacked_bytes {
            return Err(SheetRefusal::UnpacksTooBig {
                limit: limits.unpacked_bytes,
            });
        }
    }
}

/// Undoes the workbook's way to write control characters: `_x000D_` is a carriage return, `_x005F_` an underscore.
pub(super) fn unescape_controls(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let escaped = from
            .get(2..6)
            .filter(|hex| from.get(6..7) == Some("_") && hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
        match escaped {
            Some(c) => {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder_of_the_part() {
        assert_eq!(
            resolve("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(
            resolve("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolve("xl", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolve("", "./xl/workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn escaped_control_characters_are_restored() {
        let restored = |text: &str| unescape_controls(text.to_owned());
        assert_eq!(restored("a_x000D_\nb"), "a\r\nb");
        assert_eq!(restored("_x005F_x0041_"), "_x0041_");
        assert_eq!(
            restored("_xế_x_xZZZZ_ _xD800_ _x"),
            "_xế_x_xZZZZ_ _xD800_ _x"
        );
    }
}
