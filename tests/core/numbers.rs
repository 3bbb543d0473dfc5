//! How numbers are written, against CPython.

use downhill::number::{fixed, repr, round, short, superscript};
use proptest::prelude::*;

use crate::support::golden;

#[test]
fn numbers_are_written_as_python_writes_them() {
    let text = golden("numbers.tsv");
    assert_eq!(text.lines().count(), 20_000);
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let x = f64::from_bits(u64::from_str_radix(columns[0], 16).unwrap());
        assert_eq!(repr(x), columns[1], "repr of {line}");
        assert_eq!(repr(round(x, 2)), columns[2], "round of {line}");
        assert!(columns[3].is_empty() || fixed(x, 2) == columns[3], "{} for {line}", fixed(x, 2));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn repr_reads_back_as_the_same_bits(x in prop::num::f64::ANY.prop_filter("NaN has many bits", |x| !x.is_nan())) {
        prop_assert_eq!(repr(x).parse::<f64>().unwrap().to_bits(), x.to_bits());
    }

    #[test]
    fn short_is_short_and_within_half_of_its_last_digit(x in prop::num::f64::NORMAL) {
        let text = short(x, 4);
        let read: f64 = text.replace('−', "-").parse().unwrap();
        prop_assert!(text.chars().count() <= 11, "{}", text);
        prop_assert!((read - x).abs() <= 5.0001e-4 * x.abs(), "{} for {:e}", text, x);
    }
}

#[track_caller]
fn check_short(x: f64, expected: &str) {
    assert_eq!(short(x, 4), expected, "{x:e}");
}

#[test]
fn short_numbers() {
    check_short(0.0, "0");
    check_short(-0.0, "0");
    check_short(1.0, "1");
    check_short(-1.0, "−1");
    check_short(4.919240100095999, "4.919");
    check_short(-16.2288, "−16.23");
    check_short(0.1 + 0.2, "0.3");
    check_short(2.0 / 3.0, "0.6667");
    check_short(9.9996, "10");
    check_short(1234.5, "1234");
    check_short(1235.5, "1236");
    check_short(12_345.0, "12345");
    check_short(99_999.0, "99999");
    check_short(999_999.6, "1e6");
    check_short(100_000.0, "100000");
    check_short(-123_456.7, "−123457");
    check_short(1_234_567.0, "1.235e6");
    check_short(0.001, "0.001");
    check_short(0.001_234_56, "0.001235");
    check_short(0.000_999_96, "0.001");
    check_short(0.000_123_456, "0.0001235");
    check_short(0.000_012_345, "1.234e−5");
    check_short(1.5e-7, "1.5e−7");
    check_short(-2e300, "−2e300");
    check_short(f64::MAX, "1.798e308");
    check_short(5e-324, "4.941e−324");
    check_short(f64::INFINITY, "∞");
    check_short(f64::NEG_INFINITY, "−∞");
    check_short(f64::NAN, "NaN");
}

#[test]
fn short_numbers_with_fewer_digits() {
    assert_eq!([1, 2, 3].map(|digits| short(-0.045_67, digits)), ["−5e−2", "−0.046", "−0.0457"]);
    assert_eq!([1, 2, 3].map(|digits| short(1_234.5, digits)), ["1e3", "1234", "1234"]);
}

#[test]
fn exponents_are_raised() {
    assert_eq!(superscript("-1.5"), "⁻¹·⁵");
    assert_eq!(superscript("0123456789"), "⁰¹²³⁴⁵⁶⁷⁸⁹");
}
