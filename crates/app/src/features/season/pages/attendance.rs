//! Who came to a conference, as people write it down.

use plenum_store::season::Attendance;

/// "Bí thư, phó bí thư chi bộ: 66/68", "Trưởng các đoàn thể: 5", or words only.
pub fn read_group(line: &str) -> Attendance {
    let words_only = || Attendance {
        group: line.to_owned(),
        convened: None,
        present: None,
    };
    let Some((group, numbers)) = line.rsplit_once(':') else {
        return words_only();
    };
    let (present, convened) = match numbers.split_once('/') {
        Some((present, convened)) => (present, Some(convened)),
        None => (numbers, None),
    };
    let number = |text: &str| text.trim().parse::<u32>().ok();
    match (number(present), convened.map(number)) {
        (Some(present), None) => Attendance {
            group: group.trim().to_owned(),
            convened: None,
            present: Some(present),
        },
        (Some(present), Some(Some(convened))) => Attendance {
            group: group.trim().to_owned(),
            convened: Some(convened),
            present: Some(present),
        },
        _ => words_only(),
    }
}

/// A group as [`read_group`] reads it.
pub fn write_group(group: &Attendance) -> String {
    match (group.present, group.convened) {
        (Some(present), Some(convened)) => format!("{}: {present}/{convened}", group.group),
        (Some(present), None) => format!("{}: {present}", group.group),
        _ => group.group.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attendance_is_written_as_it_is_read() {
        for line in ["Bí thư chi bộ: 66/68", "Đoàn thể: 5", "Toàn thể: đông đủ"] {
            assert_eq!(write_group(&read_group(line)), line);
        }
    }

    #[test]
    fn attendance_reads_as_people_write_it() {
        let group = read_group("Bí thư, phó bí thư chi bộ: 66/68");
        assert_eq!((group.present, group.convened), (Some(66), Some(68)));
        assert_eq!(read_group("Đoàn thể: 5").present, Some(5));
        assert_eq!(
            read_group("Toàn thể cấp ủy: đông đủ").group,
            "Toàn thể cấp ủy: đông đủ"
        );
    }
}
