use downhill::number::{fixed, repr, round, short};
use proptest::prelude::*;

#[test]
fn numbers_are_written_as_cpython_writes_them() {
    for line in include_str!("../golden/numbers.tsv").lines() {
        let [bits, digits, rounded, decimals] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let x = f64::from_bits(u64::from_str_radix(bits, 16).unwrap());
        assert_eq!(repr(x), digits);
        if !rounded.is_empty() {
            assert_eq!(repr(round(x, 2)), rounded, "round({digits}, 2)");
        }
        if !decimals.is_empty() {
            assert_eq!(fixed(x, 2), decimals, "format({digits}, '.2f')");
        }
    }
}

proptest! {
    #[test]
    fn digits_read_back_as_the_same_number(x: f64) {
        prop_assume!(!x.is_nan());
        prop_assert_eq!(repr(x).parse::<f64>().unwrap().to_bits(), x.to_bits());
    }

    #[test]
    fn short_numbers_are_short_and_near(x in any::<f64>()) {
        let text = short(x);
        prop_assert!(text.chars().count() <= 11, "{}", text);
        if x.is_finite() {
            let near: f64 = text.replace('−', "-").parse().unwrap();
            prop_assert!((near - x).abs() <= x.abs() * 5.01e-4 || !near.is_finite() || x.abs() < 1e-300);
        }
    }
}

#[test]
fn short_numbers_in_pictures() {
    #[track_caller]
    fn check(x: f64, text: &str) {
        assert_eq!(short(x), text);
    }
    check(0.0, "0");
    check(-0.0, "0");
    check(-2.0, "−2");
    check(4.919_240_1, "4.919");
    check(-16.2288, "−16.23");
    check(0.01, "0.01");
    check(0.001, "0.001");
    check(0.000_123_456, "1.235e−4");
    check(1e-7, "1e−7");
    check(99_994.0, "99990");
    check(123_456.0, "1.235e5");
    check(-1e300, "−1e300");
    check(f64::INFINITY, "∞");
    check(f64::NEG_INFINITY, "−∞");
    check(f64::NAN, "NaN");
}
