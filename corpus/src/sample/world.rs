//! Who publishes what. Figures are invented, except those of 门头沟区应急管理局 2023.

use crate::amount::Unit;
use crate::disclosure::accounts::{Accounts, Entity};
use crate::disclosure::combine::department_of;
use crate::disclosure::generate::years;
use crate::disclosure::{Form, Profile, SheetNames, TableSet};
use crate::random::Chance;

use super::{BookFile, TextFile, mentougou};

/// One disclosure: whose, where it lies and how it looks.
#[derive(Debug, Clone)]
pub struct Published {
    pub accounts: Accounts,
    /// Below `disclosures/`.
    pub folder: String,
    pub set: TableSet,
    pub form: Form,
    pub unit: Unit,
    pub names: SheetNames,
    pub book: BookFile,
    pub text: TextFile,
    pub is_correction: bool,
}

const FIRST_YEAR: i32 = 2021;
const YEARS: usize = 3;

/// 2021 to 2023 in 北京市门头沟区 (元) and 上海市奉贤区 (万元).
pub fn published() -> Vec<Published> {
    let mut all = Vec::new();
    for accounts in mentougou::emergency_management() {
        let text = match accounts.year {
            2021 => TextFile::Pdf,
            2022 => TextFile::Doc,
            _ => TextFile::Utf8,
        };
        all.push(beijing(accounts, "应急管理局", BookFile::Xls, text));
    }
    for accounts in statistics() {
        let text = if accounts.year == 2021 { TextFile::Gb18030 } else { TextFile::Utf8 };
        let is_2022 = accounts.year == 2022;
        let original = beijing(accounts, "统计局", BookFile::Xlsx, text);
        let correction =
            Published { folder: format!("{}（更正）", original.folder), is_correction: true, ..original.clone() };
        all.push(original);
        if is_2022 {
            all.push(correction);
        }
    }
    for accounts in petitions() {
        let folder = accounts.entity.name.replace("上海市奉贤区", "");
        let text = if accounts.year == 2022 { TextFile::Gb18030 } else { TextFile::Docx };
        all.push(shanghai(accounts, &folder, BookFile::Xls, text));
    }
    for (department, office) in culture() {
        let has_office = department.year >= 2022;
        all.push(shanghai(department, "文化和旅游局", BookFile::Xlsx, TextFile::Docx));
        if has_office {
            all.push(shanghai(office, "文化和旅游局（本级）", BookFile::Xls, TextFile::Utf8));
        }
    }
    all
}

fn beijing(accounts: Accounts, folder: &str, book: BookFile, text: TextFile) -> Published {
    Published {
        folder: format!("北京市门头沟区/{folder}/{}", accounts.year),
        accounts,
        set: TableSet::Beijing,
        form: Form::Beijing,
        unit: Unit::Yuan,
        names: SheetNames::Coded,
        book,
        text,
        is_correction: false,
    }
}

fn shanghai(accounts: Accounts, folder: &str, book: BookFile, text: TextFile) -> Published {
    Published {
        folder: format!("上海市奉贤区/{folder}/{}", accounts.year),
        accounts,
        set: TableSet::Shanghai,
        form: Form::Shanghai,
        unit: Unit::TenThousandYuan,
        names: SheetNames::Numbered,
        book,
        text,
        is_correction: false,
    }
}

fn entity(region: &str, name: &str, is_unit: bool) -> Entity {
    Entity { region: region.into(), name: format!("{region}{name}"), is_unit, units: Vec::new() }
}

fn statistics() -> Vec<Accounts> {
    let profile =
        Profile { name: "统计局", running: "2010501", projects: &["2010505", "2010507", "2010508"], fund: None };
    years(&entity("北京市门头沟区", "统计局", false), &profile, FIRST_YEAR, YEARS, &mut Chance::new(2101))
}

/// Renamed from 信访办公室 to 信访局 in 2023.
fn petitions() -> Vec<Accounts> {
    let profile =
        Profile { name: "信访办公室", running: "2010301", projects: &["2010302", "2010308"], fund: None };
    let entity = entity("上海市奉贤区", "信访办公室", false);
    let mut all = years(&entity, &profile, FIRST_YEAR, YEARS, &mut Chance::new(3202));
    for accounts in all.iter_mut().filter(|accounts| accounts.year >= 2023) {
        accounts.entity.name = "上海市奉贤区信访局".into();
    }
    all
}

/// The department and its office (本级); the library is the department's other unit and publishes nothing here.
fn culture() -> Vec<(Accounts, Accounts)> {
    let office_profile = Profile {
        name: "文化和旅游局",
        running: "2070101",
        projects: &["2070108", "2070112", "2070204"],
        fund: Some("2070904"),
    };
    let library_profile = Profile { name: "图书馆", running: "2070104", projects: &["2070109"], fund: None };
    let region = "上海市奉贤区";
    let office =
        years(&entity(region, "文化和旅游局（本级）", true), &office_profile, FIRST_YEAR, YEARS, &mut Chance::new(8));
    let library = years(&entity(region, "图书馆", true), &library_profile, FIRST_YEAR, YEARS, &mut Chance::new(4404));
    let mut department = entity(region, "文化和旅游局", false);
    department.units = vec![format!("{region}文化和旅游局（本级）"), format!("{region}图书馆")];
    office
        .into_iter()
        .zip(library)
        .filter_map(|(office, library)| Some((department_of(&department, &[&office, &library])?, office)))
        .collect()
}
