//! Counting set bits in columns over many masks, by carry-save addition: a
//! column's count stands upright, one bit in each of several words, and seven
//! additions of three words into two swallow eight masks at once. Eight
//! independent lanes let the compiler use whatever vectors the machine has.

/// Columns of one mask.
pub(super) const COLUMNS: usize = 64;
const LANES: usize = 8;
/// Words of a running count: it is emptied before it could overflow.
const PLANES: usize = 13;
/// Each step adds at most 8 to a lane's column; 2¹⁶ − 1 is never passed.
const STEPS: usize = 8191;

type Lane = [u64; LANES];

/// What a selection over masks counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// How often each bit was set, bit 0 first.
    pub counts: [u64; COLUMNS],
    /// Masks that were selected.
    pub selected: u64,
}

/// Adds three words into two, column by column.
fn add(a: &Lane, b: &Lane, c: &Lane) -> (Lane, Lane) {
    let mut sum = [0; LANES];
    let mut carry = [0; LANES];
    for lane in 0..LANES {
        let half = a[lane] ^ b[lane];
        sum[lane] = half ^ c[lane];
        carry[lane] = (a[lane] & b[lane]) | (half & c[lane]);
    }
    (sum, carry)
}

/// Counts the columns of all masks `select` gives for the words of `rows`;
/// `select` returns the mask to count and whether it counts (all ones or
/// none).
pub(super) fn columns(rows: &[u64], select: impl Fn(u64) -> (u64, u64)) -> Columns {
    let mut counts = [0_u64; COLUMNS];
    let mut selected = 0_u64;
    for block in rows.chunks(STEPS * LANES * 8) {
        let mut planes = [[0_u64; LANES]; PLANES];
        let (mut ones, mut twos, mut fours) = ([0; LANES], [0; LANES], [0; LANES]);
        let (groups, rest) = block.as_chunks::<{ LANES * 8 }>();
        for group in groups {
            let mut masks = [[0_u64; LANES]; 8];
            let mut valid = [0_u64; LANES];
            let (rows, _) = group.as_chunks::<LANES>();
            for (mask, row) in masks.iter_mut().zip(rows) {
                for lane in 0..LANES {
                    let (value, counts) = select(row[lane]);
                    mask[lane] = value & counts;
                    valid[lane] += counts & 1;
                }
            }
            selected += valid.iter().sum::<u64>();
            let (sum, two_a) = add(&ones, &masks[0], &masks[1]);
            let (sum, two_b) = add(&sum, &masks[2], &masks[3]);
            let (sum_twos, four_a) = add(&twos, &two_a, &two_b);
            let (sum, two_a) = add(&sum, &masks[4], &masks[5]);
            let (sum, two_b) = add(&sum, &masks[6], &masks[7]);
            let (sum_twos, four_b) = add(&sum_twos, &two_a, &two_b);
            let (sum_fours, eights) = add(&fours, &four_a, &four_b);
            (ones, twos, fours) = (sum, sum_twos, sum_fours);
            ripple(&mut planes, eights);
        }
        for row in rest {
            let (value, valid) = select(*row);
            add_plain(&mut counts, value & valid);
            selected += valid & 1;
        }
        gather(&mut counts, &ones, 0);
        gather(&mut counts, &twos, 1);
        gather(&mut counts, &fours, 2);
        for (plane, weight) in planes.iter().zip(3..) {
            gather(&mut counts, plane, weight);
        }
    }
    Columns { counts, selected }
}

/// Adds a word to the upright counts.
fn ripple(planes: &mut [Lane; PLANES], mut carry: Lane) {
    for plane in planes.iter_mut() {
        let mut left = 0;
        for lane in 0..LANES {
            let next = plane[lane] & carry[lane];
            plane[lane] ^= carry[lane];
            carry[lane] = next;
            left |= next;
        }
        if left == 0 {
            return;
        }
    }
}

/// Adds the columns of a plane, each worth `2^weight`.
fn gather(counts: &mut [u64; COLUMNS], plane: &Lane, weight: u32) {
    for word in plane {
        for (place, count) in counts.iter_mut().enumerate() {
            *count += (word >> place & 1) << weight;
        }
    }
}

fn add_plain(counts: &mut [u64; COLUMNS], mut mask: u64) {
    while mask != 0 {
        counts[mask.trailing_zeros() as usize] += 1;
        mask &= mask - 1;
    }
}
