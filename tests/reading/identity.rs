//! Names of publishers, as printed and as folders call them.

use juesuan::inner::identity::{Evidence, Identities, Identity, PrintedName, TitlePage};
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::Level;

fn identities() -> Identities {
    Identities::load(&Project::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

fn title_page(names: &[&str]) -> TitlePage {
    let name = |text: &&str| PrintedName { text: (*text).to_owned(), votes: 8, is_area: false };
    TitlePage { names: names.iter().map(name).collect(), ..TitlePage::default() }
}

fn printed(names: &[&str]) -> Identity {
    identities().resolve(&Evidence { title_page: title_page(names), ..Evidence::default() })
}

fn foldered(folders: &[&str], file_stem: &str, names: &[&str]) -> Identity {
    let evidence =
        Evidence { title_page: title_page(names), folders: folders.to_vec(), file_stem, ..Evidence::default() };
    identities().resolve(&evidence)
}

#[test]
fn one_department_has_one_key_however_it_is_printed() {
    for name in [
        "北京市门头沟区应急管理局",
        "2023年度北京市门头沟区应急管理局部门决算公开",
        "北京市门头沟区应急管理局2023年度部门决算",
        "部门：北京市门头沟区应急管理局",
        "编制单位: 北京市门头沟区应急管理局（汇总）",
        "北京门头沟区应急管理局",
        "北京市门头沟区 应急管理局（部门）",
        "门头沟区应急局",
    ] {
        let identity = printed(&[name]);
        assert_eq!(identity.department_key, "110109/应急管理局/department", "{name}");
        assert_eq!(identity.department, "北京市门头沟区应急管理局", "{name}");
        assert_eq!(identity.source, "content");
        assert!(!identity.is_proposed, "{name}");
    }
}

#[test]
fn own_level_is_a_unit_beside_its_department() {
    for name in [
        "北京市门头沟区应急管理局（本级）",
        "北京市门头沟区应急管理局本级2023年度决算",
        "北京市门头沟区应急管理局(机关本级)2023年度部门决算",
    ] {
        let identity = printed(&[name]);
        assert_eq!(identity.department_key, "110109/应急管理局/unit", "{name}");
        assert_eq!(identity.department, "北京市门头沟区应急管理局（本级）", "{name}");
    }
    assert_eq!(printed(&["某县第一小学2022年度单位决算"]).level, Level::Unit);
}

#[test]
fn places_of_every_level_are_read_off_the_front() {
    for (name, region, department) in [
        ("北京市财政局", "110000", "北京市财政局"),
        ("河北省石家庄市长安区教育局", "130102", "石家庄市长安区教育局"),
        ("石家庄市长安区教育局", "130102", "石家庄市长安区教育局"),
        ("恩施州财政局", "422800", "恩施土家族苗族自治州财政局"),
        ("恩施土家族苗族自治州财政局", "422800", "恩施土家族苗族自治州财政局"),
        ("重庆市城口县审计局", "500229", "重庆市城口县审计局"),
        ("广西壮族自治区北海市统计局", "450500", "北海市统计局"),
        ("济源市民政局", "419001", "济源市民政局"),
        ("吉林市财政局", "220200", "吉林市财政局"),
        ("济南市市中区司法局", "370103", "济南市市中区司法局"),
        ("北京市市场监督管理局", "110000", "北京市市场监督管理局"),
    ] {
        let identity = printed(&[name]);
        assert_eq!((identity.region_code.as_str(), identity.department.as_str()), (region, department), "{name}");
    }
}

#[test]
fn a_name_without_place_takes_it_from_the_folders() {
    let identity = foldered(&["北京市门头沟区", "应急管理局", "2023"], "部门决算", &["应急管理局"]);
    assert_eq!(
        (identity.department_key.as_str(), identity.source.as_str()),
        ("110109/应急管理局/department", "content")
    );
    let identity = foldered(&["北京市", "门头沟区", "应急管理局", "2023"], "报表", &[]);
    assert_eq!(
        (identity.department_key.as_str(), identity.source.as_str()),
        ("110109/应急管理局/department", "folder")
    );
    let identity = foldered(&["110109"], "区应急管理局2023年度决算", &[]);
    assert_eq!((identity.department_key.as_str(), identity.source.as_str()), ("110109/应急管理局/department", "path"));
    let identity = foldered(&["putuo_2024"], "上海市普陀区财政局2024年度部门决算", &[]);
    assert_eq!(identity.department_key, "310107/财政局/department");
}

#[test]
fn a_place_name_borne_by_several_is_decided_by_its_surroundings_or_not_at_all() {
    assert_eq!(foldered(&["北京"], "x", &["朝阳区财政局"]).region_code, "110105");
    assert_eq!(foldered(&["长春市"], "x", &["朝阳区财政局"]).region_code, "220104");
    let undecided = printed(&["朝阳区财政局"]);
    assert_eq!((undecided.region_code.as_str(), undecided.department.as_str()), ("", "朝阳区财政局"));
    assert_ne!(
        foldered(&["甲"], "x", &["示例局"]).department_key,
        foldered(&["乙"], "x", &["示例局"]).department_key,
        "two departments of unknown place stay two"
    );
}

#[test]
fn a_table_that_forgets_the_district_does_not_make_a_second_department() {
    let identity = printed(&["上海市规划和自然资源局", "上海市普陀区规划与自然资源局"]);
    assert_eq!(identity.department_key, "310107/规划和自然资源局/department");
    assert_eq!(printed(&["上海市财政局", "上海市普陀区规划和自然资源局"]).region_code, "310000");
}

#[test]
fn party_and_government_prefixes_do_not_split_a_department() {
    for name in ["中共上海市普陀区委社会工作部", "中国共产党上海市普陀区委员会社会工作部", "上海市普陀区委社会工作部"]
    {
        assert_eq!(printed(&[name]).department_key, "310107/党委社会工作部/department", "{name}");
    }
    assert_eq!(printed(&["上海市普陀区人民政府宜川路街道办事处"]).department_key, "310107/宜川路街道办事处/department");
    assert_eq!(printed(&["政协北京市门头沟区委员会"]).department_key, "110109/政协委员会/department");
}

#[test]
fn the_manifest_is_believed_and_placeholders_are_not() {
    let evidence = Evidence {
        manifest_department: Some("卫健委"),
        manifest_region: Some("310107"),
        title_page: title_page(&["上海市普陀区XX局", "报表"]),
        ..Evidence::default()
    };
    let identity = identities().resolve(&evidence);
    assert_eq!((identity.department.as_str(), identity.source.as_str()), ("上海市普陀区卫生健康委员会", "manifest"));
    let identity = printed(&["上海市普陀区XX局"]);
    assert_eq!((identity.department.as_str(), identity.is_proposed), ("", true));
}
