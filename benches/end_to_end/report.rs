//! The ratio table.

use std::path::Path;

use serde_json::json;

use super::process::Measured;
use super::scripts::Scripts;

/// A ratio may be so much above the recorded one.
const TOLERATED: f64 = 1.3;

pub struct Size {
    pub count: usize,
    pub full: Measured,
    pub reading: Measured,
    pub loading: Measured,
    pub nothing_new: Measured,
    pub little_new: Measured,
}

impl Size {
    fn floor(&self) -> f64 {
        self.reading.seconds + self.loading.seconds
    }

    fn ratio(&self) -> f64 {
        self.full.seconds / self.floor()
    }

    /// What a night with one in a hundred disclosures new costs of a full run.
    fn night(&self) -> f64 {
        self.little_new.seconds / self.full.seconds
    }

    /// Seconds by stage, as the run itself tells.
    fn stages(&self) -> Vec<(String, f64)> {
        let stages = self.full.json["seconds"].as_object().into_iter().flatten();
        stages.map(|(stage, seconds)| (stage.clone(), seconds.as_f64().unwrap_or(0.0))).collect()
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "disclosures": self.count, "seconds": self.full.seconds, "processor_seconds": self.full.processor_seconds,
            "peak_mib": self.full.peak_mib, "floor_seconds": self.floor(), "floor_reading": self.reading.seconds,
            "floor_loading": self.loading.seconds, "ratio": self.ratio(), "stages": self.full.json["seconds"],
            "nothing_new": self.nothing_new.seconds, "one_percent_new": self.little_new.seconds,
            "one_percent_processor_seconds": self.little_new.processor_seconds,
            "one_percent_stages": self.little_new.json["seconds"], "night": self.night(),
        })
    }
}

pub fn print(sizes: &[Size], scripts: Option<&Scripts>, as_json: bool) {
    if as_json {
        let sizes: Vec<_> = sizes.iter().map(Size::json).collect();
        println!("{}", json!({ "sizes": sizes, "scripts": scripts.map(Scripts::json) }));
        return;
    }
    let row = |name: &str, value: &dyn Fn(&Size) -> String| {
        let cells: Vec<String> = sizes.iter().map(|size| format!("{:>12}", value(size))).collect();
        println!("{name:<34}{}", cells.join(""));
    };
    row("disclosures", &|size| size.count.to_string());
    row("floor: reading, s", &|size| format!("{:.2}", size.reading.seconds));
    row("floor: loading, s", &|size| format!("{:.2}", size.loading.seconds));
    row("full run, s", &|size| format!("{:.2}", size.full.seconds));
    row("full run, processor s", &|size| format!("{:.2}", size.full.processor_seconds));
    row("full run ÷ floor", &|size| format!("{:.2}", size.ratio()));
    row("disclosures a second", &|size| format!("{:.0}", size.count as f64 / size.full.seconds));
    row("peak memory, MiB", &|size| format!("{:.0}", size.full.peak_mib));
    row("nothing new, s", &|size| format!("{:.2}", size.nothing_new.seconds));
    row("1 % new, s", &|size| format!("{:.2}", size.little_new.seconds));
    row("1 % new, processor s", &|size| format!("{:.2}", size.little_new.processor_seconds));
    row("1 % new ÷ full run", &|size| format!("{:.2}", size.night()));
    for (stage, _) in sizes.first().map(Size::stages).unwrap_or_default() {
        row(&format!("  {stage}, s (share of the run)"), &|size| {
            let seconds = size.stages().iter().find(|(name, _)| *name == stage).map_or(0.0, |(_, seconds)| *seconds);
            format!("{seconds:.2} ({:.0} %)", 100.0 * seconds / size.full.seconds)
        });
    }
    if let Some(scripts) = scripts {
        scripts.print();
    }
}

/// Why the largest size is too slow against the recorded ratios, if it is.
pub fn regressed(sizes: &[Size], recorded: &Path) -> Option<String> {
    let text = std::fs::read_to_string(recorded).unwrap_or_else(|error| panic!("{}: {error}", recorded.display()));
    let of_file = |name: &str| -> f64 {
        let value = |line: &str| line.strip_prefix(name)?.trim().strip_prefix('=')?.trim().parse().ok();
        text.lines().find_map(value).unwrap_or_else(|| panic!("{} has no line `{name} = N`", recorded.display()))
    };
    let last = sizes.last()?;
    let measured = [("ratio", "full run ÷ floor", last.ratio()), ("night", "1 % new ÷ full run", last.night())];
    measured.into_iter().find(|(name, _, ratio)| *ratio > of_file(name) * TOLERATED).map(|(name, what, ratio)| {
        format!("{what} is {ratio:.2}, more than 30 % above the recorded {:.2}", of_file(name))
    })
}
