//! Headers of several levels that no rule parts.

use crate::drawn::{Drawn, Set, rows};

/// A label with its first and last column and the first and last level that it fills.
type Label<'a> = (&'a str, (usize, usize), (usize, usize));

/// Columns of one width, levels 14 points high.
fn header(labels: &[Label<'_>], wide: f64, numbers: &[&str]) -> Drawn {
    let mut drawn = Drawn::default();
    let x = |column: usize| 20.0 + wide * column as f64;
    for (label, (first, last), (top, bottom)) in labels {
        let y = 60.0 + 14.0 * (*top + *bottom) as f64 / 2.0;
        drawn.text((x(*first) + x(last + 1)) / 2.0, y, Set::Middle, label);
    }
    let levels = labels.iter().map(|(_, _, (_, bottom))| bottom + 1).max().unwrap();
    for row in 0..4 {
        for (column, number) in numbers.iter().enumerate() {
            let y = 60.0 + 14.0 * levels as f64 + 16.0 * f64::from(row);
            drawn.text(x(column + 1) - 2.0, y, Set::Right, number);
        }
    }
    drawn
}

#[test]
fn labels_merged_downwards_stand_beside_groups_of_labels() {
    let labels = [
        ("年初结转和结余", (0, 2), (0, 0)),
        ("合计", (0, 0), (1, 2)),
        ("基本支出结转", (1, 1), (1, 2)),
        ("项目支出结转", (2, 2), (1, 2)),
        ("本年支出", (3, 7), (0, 0)),
        ("合计", (3, 3), (1, 2)),
        ("基本支出", (4, 6), (1, 1)),
        ("小计", (4, 4), (2, 2)),
        ("人员经费", (5, 5), (2, 2)),
        ("日常公用经费", (6, 6), (2, 2)),
        ("项目支出", (7, 7), (1, 2)),
        ("年末结转和结余", (8, 10), (0, 0)),
        ("合计", (8, 8), (1, 2)),
        ("基本支出结转", (9, 9), (1, 2)),
        ("项目支出结转", (10, 10), (1, 2)),
    ];
    let numbers = ["11.54", "0", "11.54", "4361.81", "3358.11", "2787.22", "570.89", "1003.7", "15.62", "0", "15.62"];
    let read = rows(&header(&labels, 64.0, &numbers).document(), 0);
    assert_eq!(
        read[..3],
        [
            "年初结转和结余|||本年支出|||||年末结转和结余||",
            "合计|基本支出结转|项目支出结转|合计|基本支出|||项目支出|合计|基本支出结转|项目支出结转",
            "||||小计|人员经费|日常公用经费||||",
        ]
    );
}

/// Groups that begin a level higher than those beside them; zeros at the ends of columns whose labels stand in their middle.
#[test]
fn groups_of_different_heights_stand_over_their_own_columns() {
    let mut labels = vec![
        ("合计", (0, 1), (0, 1)),
        ("因公出国（境）费", (2, 3), (0, 1)),
        ("公务用车购置及运行费", (4, 9), (0, 0)),
        ("小计", (4, 5), (1, 1)),
        ("购置费", (6, 7), (1, 1)),
        ("运行费", (8, 9), (1, 1)),
        ("公务接待费", (10, 11), (0, 1)),
    ];
    labels.extend((0..12).map(|at| (if at % 2 == 0 { "预算数" } else { "决算数" }, (at, at), (2, 2))));
    let numbers = ["26.86", "21.51", "8.35", "8.18", "12.97", "11.67", "0", "0", "12.97", "11.67", "5.54", "1.66"];
    let read = rows(&header(&labels, 64.0, &numbers).document(), 0);
    assert_eq!(
        read[..5],
        [
            "||||公务用车购置及运行费|||||||",
            "合计||因公出国（境）费||||||||公务接待费|",
            "预算数|决算数|预算数|决算数|小计||购置费||运行费||预算数|决算数",
            "||||预算数|决算数|预算数|决算数|预算数|决算数||",
            &numbers.join("|"),
        ]
    );
}
