//! Many disclosures: departments of many regions over three years, written by all cores.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::amount::Unit;
use crate::random::Chance;
use crate::table::{CodeStyle, Shape, TotalPlace, ZeroStyle};
use crate::truth::{TruthClaim, to_csv};
use crate::write::{Biff, CodePage, TextEncoding, WriteError, write_docx, write_text, write_xls, write_xlsx};

use super::accounts::{Accounts, Entity};
use super::generate::years;
use super::{
    Form, LineCount, Narrative, NarrativeStyle, PROFILES, Rendered, SheetNames, TableSet, house_shape, narrate, render,
    tables,
};

const YEARS: usize = 3;

/// Places and the form their provinces use. The figures published here are invented.
const REGIONS: [(&str, Form); 48] = [
    ("北京市东城区", Form::Beijing),
    ("北京市海淀区", Form::Beijing),
    ("北京市丰台区", Form::Beijing),
    ("北京市通州区", Form::Beijing),
    ("北京市怀柔区", Form::Beijing),
    ("北京市密云区", Form::Beijing),
    ("上海市黄浦区", Form::Shanghai),
    ("上海市长宁区", Form::Shanghai),
    ("上海市闵行区", Form::Shanghai),
    ("上海市嘉定区", Form::Shanghai),
    ("上海市金山区", Form::Shanghai),
    ("上海市崇明区", Form::Shanghai),
    ("浙江省建德市", Form::Zhejiang),
    ("浙江省桐庐县", Form::Zhejiang),
    ("浙江省安吉县", Form::Zhejiang),
    ("浙江省德清县", Form::Zhejiang),
    ("浙江省海宁市", Form::Zhejiang),
    ("四川省射洪市", Form::Sichuan),
    ("四川省仁寿县", Form::Sichuan),
    ("四川省金堂县", Form::Sichuan),
    ("四川省绵竹市", Form::Sichuan),
    ("四川省蒲江县", Form::Sichuan),
    ("湖南省浏阳市", Form::Hunan),
    ("湖南省宁乡市", Form::Hunan),
    ("湖南省桃源县", Form::Hunan),
    ("湖南省耒阳市", Form::Hunan),
    ("湖南省攸县", Form::Hunan),
    ("云南省腾冲市", Form::Yunnan),
    ("云南省建水县", Form::Yunnan),
    ("云南省宣威市", Form::Yunnan),
    ("云南省双江县", Form::Yunnan),
    ("云南省大姚县", Form::Yunnan),
    ("新疆维吾尔自治区库尔勒市", Form::Xinjiang),
    ("新疆维吾尔自治区奇台县", Form::Xinjiang),
    ("新疆维吾尔自治区莎车县", Form::Xinjiang),
    ("新疆维吾尔自治区伊宁县", Form::Xinjiang),
    ("重庆市綦江区", Form::Chongqing),
    ("重庆市永川区", Form::Chongqing),
    ("重庆市忠县", Form::Chongqing),
    ("重庆市云阳县", Form::Chongqing),
    ("湖北省枝江市", Form::Hubei),
    ("湖北省大冶市", Form::Hubei),
    ("湖北省赤壁市", Form::Hubei),
    ("湖北省公安县", Form::Hubei),
    ("陕西省柞水县", Form::Central),
    ("山东省莒县", Form::Central),
    ("河南省新郑市", Form::Central),
    ("江西省婺源县", Form::Central),
];

/// What to write.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub count: usize,
    pub seed: u64,
    pub truth: bool,
    /// Summaries adjusted so that their rounded columns add up.
    pub plugged: bool,
    /// How those print 万元 that do not print 元.
    pub ten_thousands: Unit,
}

/// One disclosure ready to be written.
#[derive(Debug, Clone)]
pub struct Disclosure {
    pub accounts: Accounts,
    pub rendered: Rendered,
    pub narrative: Narrative,
    pub form: Form,
    pub unit: Unit,
    /// xls or xlsx
    pub is_xls: bool,
    /// docx, else plain text in this encoding
    pub text: Option<TextEncoding>,
}

impl Disclosure {
    /// Folder below the source folder.
    pub fn folder(&self) -> String {
        let entity = &self.accounts.entity;
        let own = entity.name.strip_prefix(entity.region.as_str()).unwrap_or(&entity.name);
        format!("{}/{own}/{}", entity.region, self.accounts.year)
    }

    pub fn book(&self) -> Result<(&'static str, Vec<u8>), WriteError> {
        if self.is_xls {
            Ok(("决算报表.xls", write_xls(&self.rendered.workbook, Biff::Eight, CodePage::Right)?))
        } else {
            Ok(("决算报表.xlsx", write_xlsx(&self.rendered.workbook)?))
        }
    }

    pub fn prose(&self) -> Result<(&'static str, Vec<u8>), WriteError> {
        match self.text {
            None => Ok(("决算说明.docx", write_docx(&self.narrative.document)?)),
            Some(encoding) => Ok(("决算说明.txt", write_text(&self.narrative.document, encoding)?)),
        }
    }

    pub fn claims(&self) -> Vec<TruthClaim> {
        let count = if self.text.is_none() { LineCount::Paragraphs } else { LineCount::PlainText };
        self.narrative.claims(count)
    }
}

/// The disclosures of one department, one a year; `index` counts departments from zero.
pub fn department(seed: u64, index: usize, plugged: bool) -> Vec<Disclosure> {
    department_in(seed, index, plugged, Unit::TenThousandYuan)
}

/// The same, where 万元 are printed with other decimals.
fn department_in(seed: u64, index: usize, plugged: bool, ten_thousands: Unit) -> Vec<Disclosure> {
    let mut chance = Chance::new(seed).fork(index as u64 + 1);
    let (region, form) = REGIONS[index % REGIONS.len()];
    let profile = PROFILES[index / REGIONS.len() % PROFILES.len()];
    let round = index / REGIONS.len() / PROFILES.len();
    const UNITS: [&str; 5] = ["", "事务服务中心", "综合行政执法大队", "技术推广站", "信息中心"];
    let mut name = format!("{region}{}{}", profile.name, UNITS[round % UNITS.len()]);
    if round >= UNITS.len() {
        name = format!("{name}第{}分中心", crate::reference::ordinal(round / UNITS.len() + 1));
    }
    let entity = Entity { region: region.into(), name, is_unit: round > 0, units: Vec::new() };
    let first = chance.between(2019, 2022) as i32;
    let unit = match form {
        Form::Beijing if chance.percent(80) => Unit::Yuan,
        _ if chance.percent(15) => Unit::Yuan,
        _ => ten_thousands,
    };
    let all = years(&entity, &profile, first, YEARS, &mut chance);
    let numbered = all.into_iter().enumerate();
    numbered.map(|(turn, accounts)| one(accounts, form, unit, index + turn, plugged, &mut chance)).collect()
}

fn one(accounts: Accounts, form: Form, unit: Unit, turn: usize, plugged: bool, chance: &mut Chance) -> Disclosure {
    let set = match form {
        Form::Beijing => TableSet::Beijing,
        Form::Shanghai => TableSet::Shanghai,
        _ => TableSet::National,
    };
    let mut shape = varied(house_shape(set, unit), chance);
    shape.numbers.filled = unit.decimals() < 2 && chance.percent(33);
    let names = *chance.pick(&[SheetNames::Numbered, SheetNames::Coded]);
    let all = tables(&accounts, set);
    let mut rendered = render(&all, &accounts.entity.name, accounts.year, &shape, names, chance);
    if plugged {
        rendered.plug_summary();
    }
    let style = match form {
        Form::Beijing => NarrativeStyle { unit, ..NarrativeStyle::beijing() },
        Form::Yunnan | Form::Hubei => NarrativeStyle { unit, separator: Some(','), ..NarrativeStyle::shanghai() },
        _ => NarrativeStyle { unit, ..NarrativeStyle::shanghai() },
    };
    let narrative = narrate(&accounts, form, &style, chance);
    let encoding =
        *chance.pick(&[TextEncoding::Utf8, TextEncoding::Utf8, TextEncoding::Gb18030, TextEncoding::Utf8WithMark]);
    let text = if (turn / 2).is_multiple_of(2) { Some(encoding) } else { None };
    Disclosure { accounts, rendered, narrative, form, unit, is_xls: turn.is_multiple_of(2), text }
}

/// The house style as one office keeps it.
fn varied(mut shape: Shape, chance: &mut Chance) -> Shape {
    shape.codes = *chance.pick(&[shape.codes, shape.codes, CodeStyle::Text, CodeStyle::Number]);
    if shape.codes != CodeStyle::Parts && shape.total == TotalPlace::HeaderRow {
        shape.total = TotalPlace::First;
    }
    shape.numbers.zero = *chance.pick(&[ZeroStyle::Blank, ZeroStyle::Blank, ZeroStyle::Zero]);
    shape.numbers.text = chance.percent(15);
    shape.numbers.noise = chance.percent(15);
    shape
}

/// Writes `disclosures/` and, where wanted, `truth/` below a folder.
///
/// # Errors
/// Files that cannot be written; the first error stops the work.
pub fn write(plan: &Plan, out: &Path) -> Result<(), WriteError> {
    let departments = plan.count.div_ceil(YEARS);
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get());
    std::thread::scope(|scope| {
        let work = || -> Result<(), WriteError> {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= departments {
                    return Ok(());
                }
                let left = plan.count - index * YEARS;
                for disclosure in department_in(plan.seed, index, plan.plugged, plan.ten_thousands).iter().take(left) {
                    save(disclosure, out, plan.truth)?;
                }
            }
        };
        let all: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        all.into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(WriteError("a writer thread stopped".into()))))
    })
}

fn save(one: &Disclosure, out: &Path, truth: bool) -> Result<(), WriteError> {
    let folder = out.join("disclosures").join(one.folder());
    std::fs::create_dir_all(&folder)?;
    let ((book_name, book), (text_name, prose)) = (one.book()?, one.prose()?);
    std::fs::write(folder.join(book_name), book)?;
    std::fs::write(folder.join(text_name), prose)?;
    if truth {
        let folder = out.join("truth").join(one.folder());
        std::fs::create_dir_all(&folder)?;
        let broken = |error: csv::Error| WriteError(error.to_string());
        std::fs::write(folder.join("figures.csv"), to_csv(&one.rendered.truth).map_err(broken)?)?;
        std::fs::write(folder.join("claims.csv"), to_csv(&one.claims()).map_err(broken)?)?;
    }
    Ok(())
}
