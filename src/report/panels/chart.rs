//! Where the bars of a chart stand. A width of 360 is that of a phone: texts keep their size there.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::amount::{Scale, grouped};

/// Bars of one chart at most; the table beneath has all.
pub const MOST_BARS: usize = 12;
const WIDTH: i64 = 360;

/// A chart as its template draws it; lengths in units of its view box.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Chart {
    pub height: Decimal,
    pub ticks: Vec<Tick>,
    /// Where zero is: across the columns, along the bars.
    pub zero: Decimal,
    pub bars: Vec<Bar>,
    pub marks: Vec<Bar>,
    pub labels: Vec<Label>,
    pub legend: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    pub at: Decimal,
    pub label: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Bar {
    pub x: Decimal,
    pub y: Decimal,
    pub width: Decimal,
    pub height: Decimal,
    /// Which pattern fills it.
    pub pattern: usize,
    pub link: String,
    pub says: String,
    /// The figure itself beside the bar, where there is room for one.
    pub shown: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Label {
    pub x: Decimal,
    pub y: Decimal,
    pub text: String,
    /// Nothing is known: a gap, never a zero.
    pub is_gap: bool,
}

/// One value to draw.
#[derive(Debug, Clone, Default)]
pub struct Point {
    pub value: Decimal,
    pub link: String,
    pub says: String,
}

/// Series beside each other in groups, such as years; `None` leaves a gap.
pub fn columns(groups: &[String], series: &[(String, Vec<Option<Point>>)], scale: Scale) -> Chart {
    const LEFT: i64 = 52;
    const TOP: i64 = 10;
    const HEIGHT: i64 = 150;
    let values = || series.iter().flat_map(|(_, points)| points.iter().flatten()).map(|point| point.value);
    let axis = Axis::of(values(), scale);
    let y = |value: Decimal| Decimal::from(TOP + HEIGHT) - axis.along(value, HEIGHT);
    let group_width = Decimal::from(WIDTH - LEFT - 4) / Decimal::from(groups.len().max(1) as i64);
    let bar_width =
        (group_width * Decimal::new(76, 2) / Decimal::from(series.len().max(1) as i64)).min(Decimal::from(40));
    let zero = y(Decimal::ZERO);
    let mut chart = Chart {
        height: Decimal::from(TOP + HEIGHT + 22),
        ticks: axis.ticks.iter().map(|tick| Tick { at: y(*tick).round_dp(1), label: axis.label(*tick) }).collect(),
        zero: zero.round_dp(1),
        legend: series.iter().map(|(name, _)| name.clone()).collect(),
        ..Chart::default()
    };
    for (at, group) in groups.iter().enumerate() {
        let middle = Decimal::from(LEFT) + group_width * (Decimal::from(at as i64) + Decimal::new(5, 1));
        let is_gap = series.iter().all(|(_, points)| points.get(at).is_none_or(Option::is_none));
        chart.labels.push(Label {
            x: middle.round_dp(1),
            y: Decimal::from(TOP + HEIGHT + 15),
            text: group.clone(),
            is_gap,
        });
        let start = middle - bar_width * Decimal::from(series.len() as i64) / Decimal::TWO;
        for (number, (_, points)) in series.iter().enumerate() {
            let Some(Some(point)) = points.get(at) else { continue };
            let end = y(point.value);
            chart.bars.push(Bar {
                x: (start + bar_width * Decimal::from(number as i64)).round_dp(1),
                y: end.min(zero).round_dp(1),
                width: (bar_width - Decimal::ONE).max(Decimal::ONE).round_dp(1),
                height: (end - zero).abs().max(Decimal::new(6, 1)).round_dp(1),
                pattern: number,
                link: point.link.clone(),
                says: point.says.clone(),
                ..Bar::default()
            });
        }
    }
    chart
}

/// One bar for each name, its figure beside it; a mark shows the value before.
pub fn bars(rows: &[(String, Option<Point>, Option<Point>)], scale: Scale) -> Chart {
    const LEFT: i64 = 4;
    const ROOM_FOR_FIGURES: i64 = 92;
    const ROW: i64 = 36;
    let values = || rows.iter().flat_map(|(_, value, before)| [value, before]).flatten().map(|point| point.value);
    let axis = Axis::of(values(), scale);
    let length = WIDTH - LEFT - ROOM_FOR_FIGURES;
    let x = |value: Decimal| Decimal::from(LEFT) + axis.along(value, length);
    let zero = x(Decimal::ZERO);
    let bottom = rows.len() as i64 * ROW + 4;
    let mut chart = Chart {
        height: Decimal::from(bottom + 18),
        ticks: axis.ticks.iter().map(|tick| Tick { at: x(*tick).round_dp(1), label: axis.label(*tick) }).collect(),
        zero: zero.round_dp(1),
        ..Chart::default()
    };
    for (at, (name, value, before)) in rows.iter().enumerate() {
        let top = Decimal::from(at as i64 * ROW);
        let label = Label {
            x: Decimal::from(LEFT + 4),
            y: top + Decimal::from(13),
            text: name.clone(),
            is_gap: value.is_none(),
        };
        chart.labels.push(label);
        if let Some(point) = value {
            let end = x(point.value);
            chart.bars.push(Bar {
                x: end.min(zero).round_dp(1),
                y: top + Decimal::from(18),
                width: (end - zero).abs().max(Decimal::new(6, 1)).round_dp(1),
                height: Decimal::from(13),
                link: point.link.clone(),
                says: point.says.clone(),
                shown: scale.shown(point.value),
                ..Bar::default()
            });
        }
        if let Some(point) = before {
            chart.marks.push(Bar {
                x: x(point.value).round_dp(1),
                y: top + Decimal::from(16),
                height: Decimal::from(17),
                link: point.link.clone(),
                says: point.says.clone(),
                ..Bar::default()
            });
        }
    }
    chart
}

/// An axis that holds zero and all values, with few round ticks.
struct Axis {
    low: Decimal,
    high: Decimal,
    ticks: Vec<Decimal>,
    scale: Scale,
}

impl Axis {
    fn of(values: impl Iterator<Item = Decimal> + Clone, scale: Scale) -> Self {
        let highest = values.clone().max().unwrap_or_default().max(Decimal::ZERO);
        let lowest = values.min().unwrap_or_default().min(Decimal::ZERO);
        let step = step_for(highest - lowest);
        let low = (lowest / step).floor() * step;
        let high = ((highest / step).ceil() * step).max(low + step);
        let count = ((high - low) / step).to_i64().unwrap_or(1);
        let ticks = (0..=count).map(|at| low + step * Decimal::from(at)).collect();
        Self { low, high, ticks, scale }
    }

    fn along(&self, value: Decimal, length: i64) -> Decimal {
        (value - self.low) / (self.high - self.low) * Decimal::from(length)
    }

    fn label(&self, tick: Decimal) -> String {
        grouped(&self.scale.apply(tick).normalize().to_string())
    }
}

/// 1, 2 or 5 times a power of ten: four steps or fewer reach over the range.
fn step_for(range: Decimal) -> Decimal {
    if range.is_zero() {
        return Decimal::ONE;
    }
    let mut power = Decimal::new(1, 2);
    loop {
        for factor in [1, 2, 5] {
            let step = power * Decimal::from(factor);
            if step * Decimal::from(4) >= range {
                return step;
            }
        }
        power *= Decimal::TEN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: i64) -> Option<Point> {
        Some(Point { value: Decimal::from(value), ..Point::default() })
    }

    #[test]
    fn a_missing_year_is_a_gap_and_zero_is_a_line() {
        let groups = ["2021", "2022", "2023"].map(str::to_owned);
        let chart = columns(&groups, &[("收入".to_owned(), vec![point(200), None, point(-100)])], Scale::Plain);
        assert_eq!(chart.bars.len(), 2);
        assert_eq!(chart.labels.iter().map(|label| label.is_gap).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(chart.bars[0].y + chart.bars[0].height, chart.zero);
        assert_eq!(chart.bars[1].y, chart.zero);
        let labels: Vec<&str> = chart.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["-100", "0", "100", "200"]);
    }

    #[test]
    fn bars_start_at_zero_and_marks_show_what_was_before() {
        let chart = bars(&[("甲".to_owned(), point(100), point(50)), ("乙".to_owned(), None, None)], Scale::Plain);
        assert_eq!((chart.bars.len(), chart.marks.len()), (1, 1));
        assert_eq!(chart.bars[0].x, chart.zero);
        assert!(chart.marks[0].x < chart.bars[0].x + chart.bars[0].width);
        assert!(chart.labels[1].is_gap);
    }
}
