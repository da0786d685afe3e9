//! Two warehouses of one department: the second after a corrected workbook came in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::Warehouse;
use rust_xlsxwriter::Workbook;
use sha2::{Digest, Sha256};

use crate::world::{Rows, write_stage};

/// A folder with sources and two warehouses.
pub struct DeskWorld {
    pub folder: tempfile::TempDir,
}

pub const SENTENCE: &str = "2023年度收入支出总计123.45万元，比上年减少7万元，下降5.4%。";

impl DeskWorld {
    pub fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        let sources = world.sources().join("示例局");
        std::fs::create_dir_all(&sources).unwrap();
        write_workbook(&sources.join("决算报表.xlsx"));
        std::fs::write(sources.join("决算说明.txt"), "标题\n").unwrap();
        world.build(&world.new_one(), true);
        world
    }

    /// With the warehouse of the day before, too.
    pub fn with_old() -> Self {
        let world = Self::new();
        world.build(&world.old(), false);
        world
    }

    pub fn sources(&self) -> PathBuf {
        self.folder.path().join("disclosures")
    }

    pub fn old(&self) -> PathBuf {
        self.folder.path().join("old.duckdb")
    }

    pub fn new_one(&self) -> PathBuf {
        self.folder.path().join("juesuan.duckdb")
    }

    /// Runs the program in the folder, in English.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
        for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_EXTRACTS", "JUESUAN_LANG"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C.UTF-8").env("XDG_STATE_HOME", self.folder.path().join("state"));
        command.current_dir(self.folder.path()).args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that reads nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Standard output of a run that must succeed.
    pub fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Standard error of a run that must be refused as wrong use.
    pub fn refuses(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.says(arguments)).unwrap()
    }

    fn build(&self, path: &Path, corrected: bool) {
        let project = Project::built_in();
        let package = tempfile::tempdir().unwrap();
        write_stage(&self.rows(corrected), package.path(), &project);
        let warehouse = Warehouse::create(path).unwrap();
        warehouse.load(package.path(), &project).unwrap();
        warehouse.model(&project).unwrap();
        warehouse
            .execute(
                "INSERT INTO audit.run VALUES ('00000001', TIMESTAMP '2024-09-01 01:00:00', TIMESTAMP '2024-09-01 01:00:42',
                 '0.1.0', 'p', 's', 'published', '', 3, 5, 2, 0, 1, 0, '{\"read\": 1.5}')",
            )
            .unwrap();
        warehouse
            .execute(
                "INSERT INTO core.dim_check VALUES ('T01-N', '总计与文字一致', 'Total as in the text', 'error', 'disclosure');
                 INSERT INTO audit.check_evaluation VALUES ('T01-N', '110119/示例局/department/2023', 'doc_1', '总计', 1, 'exact',
                 'info', 1234500, 1234500, 0, 0, 'l+1/C6 r+doc_2/7:13', '', '')",
            )
            .unwrap();
        warehouse.settle(&project).unwrap();
        warehouse.comment(&project).unwrap();
        warehouse.finish().unwrap();
    }

    fn rows(&self, corrected: bool) -> Rows {
        let sha = sha256(&self.sources().join("示例局/决算报表.xlsx"));
        let source = self.sources().display().to_string();
        let mut documents = format!(
            "document_key,sha256,file,source,document_kind,outcome,department,department_key,region_code,fiscal_year,version,is_current,figures,claims,message\n\
             doc_0,x,示例局/2022.xlsx,{source},workbook,loaded,北京市延庆区示例局,110119/示例局/department,110119,2022,1,true,1,0,\n\
             doc_1,{sha},示例局/决算报表.xlsx,{source},workbook,loaded,北京市延庆区示例局,110119/示例局/department,110119,2023,1,{current},4,0,\n\
             doc_2,y,示例局/决算说明.txt,{source},text,loaded,北京市延庆区示例局,110119/示例局/department,110119,2023,1,true,0,2,\n\
             doc_4,w,坏文件.xls,{source},,failed,,unknown,,2023,1,false,0,0,the file is not a workbook\n",
            current = !corrected
        );
        let header = "document_key,sheet,cell,row_number,column_number,report_table,row_label,row_name,code,function_code,header_path,printed,value,unit,unit_source,row_role,component";
        let mut figures = format!(
            "{header}\n\
             doc_0,附表1,C6,6,3,expenditure,总计,总计,,,金额,1000,1000,元,B2,total,total\n\
             doc_1,附表1,C4,4,3,expenditure,一、公共安全支出,公共安全支出,2240101,2240101,金额,1234500.00,1234500.00,元,B2,detail,total\n\
             doc_1,附表1,C5,5,3,expenditure,=危险(1),=危险(1),2010301,2010301,金额,0,0,元,B2,detail,total\n\
             doc_1,附表1,C6,6,3,expenditure,总计,总计,,,金额,1234500,1234500,元,B2,total,total\n\
             doc_1,附表1,D6,6,4,expenditure,总计,总计,,,减免,-12.50,-12.50,元,B2,total,other\n"
        );
        let mut findings = "document_key,check_id,severity,place,message\n\
             doc_4,decode.unreadable,error,,not a workbook\n"
            .to_owned();
        if corrected {
            documents += &format!(
                "doc_3,z,示例局/决算报表（更正）.xlsx,{source},workbook,loaded,北京市延庆区示例局,110119/示例局/department,110119,2023,2,true,2,0,\n"
            );
            figures += "doc_3,附表1,C4,4,3,expenditure,一、公共安全支出,公共安全支出,2240101,2240101,金额,1234600.00,1234600.00,元,B2,detail,total\n\
                        doc_3,附表1,C6,6,3,expenditure,总计,总计,,,金额,1234600,1234600,元,B2,total,total\n";
        } else {
            findings += "doc_1,extract.unmatched_sheet,warning,Sheet9,无法识别\n";
        }
        let claims = format!(
            "document_key,line,char_start,char_end,printed,value,unit,item,measure,basis,sentence\n\
             doc_2,7,13,19,{total},{total},万元,收入支出总计,final_account,,\"{SENTENCE}\"\n\
             doc_2,7,25,26,7,-7,万元,收入支出总计,change_vs_prior_year,上年,\"{SENTENCE}\"\n",
            // The text of the day before stated another total.
            total = if corrected { "123.45" } else { "123.40" }
        );
        Rows::from([
            ("document".to_owned(), documents),
            ("figure".to_owned(), figures),
            ("claim".to_owned(), claims),
            ("finding".to_owned(), findings),
        ])
    }
}

fn write_workbook(path: &Path) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("附表1").unwrap();
    let cells = [
        (0, 0, "支出决算表"),
        (1, 1, "单位：元"),
        (2, 0, "项目"),
        (2, 2, "金额"),
        (3, 0, "一、公共安全支出"),
        (5, 0, "总计"),
    ];
    for (row, column, text) in cells {
        sheet.write_string(row, column, text).unwrap();
    }
    sheet.write_number(3, 2, 1_234_500.0).unwrap();
    sheet.write_number(5, 2, 1_234_500.0).unwrap();
    workbook.save(path).unwrap();
}

fn sha256(path: &Path) -> String {
    Sha256::digest(std::fs::read(path).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect()
}
