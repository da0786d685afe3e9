//! `core.quotient` guesses and corrects; dividing on integers is what it must equal.

use super::world::{Rows, built};

/// Dividends, divisors and factors around every half, and of every size up to where the guess is not trusted.
const HARD: &str = "
    WITH sizes AS (SELECT range AS digits, CAST('1' || repeat('0', range) AS DECIMAL(17, 0)) AS size FROM range(0, 15)),
    divisors AS (
        SELECT digits, CAST(sign * (size * 3 + step) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(28, 8)) AS divisor
        FROM sizes, range(-2, 3) AS steps(step), (VALUES (1), (-1)) AS signs(sign)),
    pairs AS (
        SELECT CAST((2 * whole.size + 1) * CAST(divisor AS DECIMAL(20, 2)) * CAST(0.5 AS DECIMAL(2, 1)) + nudge
                    AS DECIMAL(28, 8)) AS dividend, divisor
        FROM divisors d, sizes AS whole, (VALUES (0), (0.00000001), (-0.00000001)) AS nudges(nudge)
        WHERE whole.digits + d.digits < 20)
    SELECT count(*) > 3000, count(*) FILTER (core.guessed_quotient(dividend, divisor, factor) >= 1e14) > 100,
           count(*) FILTER (core.quotient(dividend, divisor, factor)
               IS DISTINCT FROM core.quotient_on_integers(dividend, divisor, factor)),
           count(*) FILTER (core.quotient(dividend, divisor, factor) IS NULL)
    FROM pairs, (VALUES (1), (100), (1000000)) AS factors(factor)";

#[test]
fn a_corrected_guess_is_the_quotient_on_integers() {
    let warehouse = built(&Rows::new());
    let shown = |sql: &str| {
        let frame = warehouse.query(sql, &[]).unwrap();
        frame.rows[0].iter().map(|value| value.shown()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(HARD), "true true 0 0");
    assert_eq!(
        shown("SELECT core.percent_of(1, 8), core.percent_of(-2, 3), core.percent_of(1, 0), core.per_unit(0.025, 5)"),
        "12.5000 -66.6667  0.01",
    );
}
