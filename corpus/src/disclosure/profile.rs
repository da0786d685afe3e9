//! Kinds of departments: what they are called and which function codes their money goes to.

/// A kind of department. The codes are checked against the classification of each year when used.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// 应急管理局
    pub name: &'static str,
    /// 行政运行
    pub running: &'static str,
    pub projects: &'static [&'static str],
    /// Item of the government fund budget, where such departments often have one.
    pub fund: Option<&'static str>,
}

const fn profile(
    name: &'static str,
    running: &'static str,
    projects: &'static [&'static str],
    fund: Option<&'static str>,
) -> Profile {
    Profile { name, running, projects, fund }
}

/// Departments that every county-level government has.
pub const PROFILES: [Profile; 18] = [
    profile("应急管理局", "2240101", &["2240106", "2240109", "2240199", "2249999"], None),
    profile("统计局", "2010501", &["2010502", "2010505", "2010507", "2010508"], None),
    profile("财政局", "2010601", &["2010602", "2010607", "2010608", "2010699"], None),
    profile("审计局", "2010801", &["2010802", "2010804", "2010806"], None),
    profile("信访局", "2010301", &["2010302", "2010308", "2010399"], None),
    profile("文化和旅游局", "2070101", &["2070104", "2070108", "2070109", "2070112", "2070204"], Some("2070904")),
    profile("教育局", "2050101", &["2050102", "2050201", "2050202", "2050299"], None),
    profile("民政局", "2080201", &["2080202", "2080299", "2081002", "2081004"], Some("2296002")),
    profile("人力资源和社会保障局", "2080101", &["2080102", "2080106", "2080109"], None),
    profile("卫生健康委员会", "2100101", &["2100102", "2100408", "2100409", "2100717"], None),
    profile("农业农村局", "2130101", &["2130102", "2130106", "2130108", "2130122"], None),
    profile("水务局", "2130301", &["2130302", "2130306", "2130314"], None),
    profile("交通运输局", "2140101", &["2140102", "2140106", "2140112"], None),
    profile("生态环境局", "2110101", &["2110102", "2110301", "2110302"], None),
    profile("住房和城乡建设局", "2120101", &["2120102", "2120106", "2120201"], Some("2120803")),
    profile("城市管理行政执法局", "2120101", &["2120104", "2120199", "2120501"], None),
    profile("司法局", "2040601", &["2040602", "2040604", "2040606", "2040607"], None),
    profile("科学技术委员会", "2060101", &["2060102", "2060404", "2060702"], None),
];
