//! Tables without vertical rules whose labels stand at the left edge of their columns, and the numbers at the right one.

use super::drawn::{Drawn, Set, figures, told};

const LABELS: [&str; 5] = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"];

fn table(edges: [f64; 6], body: &[[&str; 5]], is_ruled: bool) -> Drawn {
    let mut drawn = Drawn::default();
    drawn.text(421.0, 40.0, Set::Middle, "支出决算表");
    drawn.text(edges[5], 60.0, Set::Right, "单位：万元");
    for (row, texts) in std::iter::once(&LABELS).chain(body).enumerate() {
        let y = 80.0 + 18.0 * row as f64;
        for (column, text) in texts.iter().enumerate() {
            let is_amount = row > 0 && column > 1;
            let (x, set) =
                if is_amount { (edges[column + 1] - 3.0, Set::Right) } else { (edges[column] + 3.0, Set::Left) };
            drawn.text(x, y, set, text);
        }
    }
    if is_ruled {
        for y in [68.0, 86.0, 86.0 + 18.0 * body.len() as f64] {
            drawn.rule((edges[0], y), (edges[5], y));
        }
    }
    drawn
}

/// However far a label is from its numbers, and however near the next one: in wide columns, and in a wide last one.
#[test]
fn numbers_belong_to_the_label_at_the_left_edge_of_their_column() {
    let body = [
        ["205", "教育支出", "1,208.50", "1,200.00", "8.50"],
        ["20502", "普通教育", "1,208.50", "1,200.00", "8.50"],
        ["2050201", "学前教育", "8.50", "0.00", "8.50"],
    ];
    for edges in [
        [40.0, 120.0, 280.0, 430.0, 580.0, 800.0],
        [40.0, 110.0, 260.0, 350.0, 440.0, 530.0],
        [40.0, 110.0, 260.0, 350.0, 440.0, 740.0],
    ] {
        for is_ruled in [false, true] {
            let drawn = table(edges, &body, is_ruled);
            let read = figures(&drawn.document());
            assert_eq!(read.len(), 9, "{edges:?} {is_ruled}: {read:?}");
            for figure in ["本年支出合计 1,208.50", "基本支出 1,200.00", "项目支出 8.50"] {
                let figure = format!("expenditure  普通教育 {figure} p1");
                assert!(read.contains(&figure), "{edges:?} {is_ruled}: {figure} {read:?}");
            }
            let told = told(&drawn.document());
            assert!(told.is_empty(), "{edges:?} {is_ruled}: {told:?}");
        }
    }
}

/// A column without a number moves none of the others below another label.
#[test]
fn an_empty_column_moves_no_number() {
    let body = [
        ["205", "教育支出", "1,200.00", "1,200.00", ""],
        ["20502", "普通教育", "1,200.00", "1,200.00", ""],
        ["2050201", "学前教育", "8.50", "8.50", ""],
    ];
    for edges in [[40.0, 120.0, 280.0, 430.0, 580.0, 800.0], [40.0, 110.0, 260.0, 350.0, 440.0, 740.0]] {
        let read = figures(&table(edges, &body, false).document());
        assert_eq!(read.len(), 6, "{edges:?}: {read:?}");
        assert!(!read.iter().any(|figure| figure.contains("项目支出")), "{edges:?}: {read:?}");
    }
}
