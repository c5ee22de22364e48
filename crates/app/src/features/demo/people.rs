//! Invented people.

const FAMILIES: [&str; 12] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
];
const MIDDLES: [&str; 10] = [
    "Văn", "Thị", "Đức", "Minh", "Thu", "Quốc", "Ngọc", "Hữu", "Xuân", "Thành",
];
const GIVEN: [&str; 14] = [
    "Ánh", "Bình", "Cường", "Dung", "Đạt", "Giang", "Hạnh", "Hòa", "Liên", "Mai", "Phúc", "Sơn",
    "Tâm", "Yến",
];

/// The name of the invented person with this number; numbers below 1,680 have
/// different names.
pub fn name(number: usize) -> String {
    let family = FAMILIES[number % FAMILIES.len()];
    let middle = MIDDLES[(number * 7 + number / FAMILIES.len()) % MIDDLES.len()];
    let given = GIVEN[(number * 5 + 3) % GIVEN.len()];
    format!("{family} {middle} {given}")
}
