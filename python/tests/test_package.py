"""The installed package, with nothing else installed: the program answers."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path
from unittest import mock

import juesuan
from juesuan import _program

FIGURE = "应急管理局/2023/决算说明.txt:59:49"


class Sample(unittest.TestCase):
    """One run of the packaged sample for all."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.summary = juesuan.demo(Path(cls.folder.name) / "demo")
        cls.warehouse = cls.summary.open()

    def test_the_demo_tells_what_it_found(self):
        self.assertEqual((self.summary.figures, self.summary.claims, self.summary.errors), (3665, 2005, 31))
        self.assertFalse(self.summary.nothing_new)

    def test_a_second_run_of_the_same_source_has_nothing_new(self):
        again = juesuan.run(
            source=Path(self.folder.name) / "demo/disclosures",
            warehouse=self.summary.warehouse,
            extracts=self.summary.extracts,
            settings={"keep": 2},
        )
        self.assertTrue(again.nothing_new)

    def test_amounts_are_exact_and_blank_is_none(self):
        rows = self.warehouse.mart("v_entity_year", frame="rows")
        row = next(row for row in rows if row["department_name"] == "北京市门头沟区应急管理局" and row["fiscal_year"] == 2023)
        self.assertEqual(row["expenditure"], Decimal("26486540.45"))
        self.assertIsInstance(row["expenditure"], Decimal)
        self.assertIsNone(row["expenditure_per_resident"])

    def test_a_statement_takes_parameters(self):
        rows = self.warehouse.query(
            "SELECT count(*) AS n FROM mart.v_entity_year WHERE fiscal_year = $year AND level = 'department'", {"year": 2023}, frame="rows"
        )
        self.assertEqual(rows, [{"n": 4}])

    def test_marts_and_their_columns_are_explained(self):
        self.assertIn("v_sangong", [mart.name for mart in self.warehouse.marts()])
        columns = {column.name: column for column in self.warehouse.columns("mart.v_entity_year")}
        self.assertTrue(columns["expenditure"].type.startswith("DECIMAL"))
        self.assertTrue(columns["expenditure"].comment)

    def test_a_figure_is_explained(self):
        answer = self.warehouse.explain(FIGURE)
        self.assertEqual(answer["figures"][0]["printed"], "59,608.04")
        self.assertEqual(answer["checks"][0]["check_id"], "N-07")

    def test_findings_of_one_disclosure(self):
        department = self.warehouse.findings(department="应急管理局", year=2023)
        chosen = self.warehouse.findings("110109/应急管理局/department/2023/final")
        self.assertEqual([finding.message for finding in department], [finding.message for finding in chosen])
        self.assertTrue(any(finding.check_id == "N-07" and finding.difference == Decimal(1) for finding in chosen))
        self.assertEqual(self.warehouse.findings("nobody/2023"), [])
        self.assertGreater(len(self.warehouse.findings(all=True)), len(self.warehouse.findings()))

    def test_a_statement_that_fails_is_an_exception_with_a_hint(self):
        with self.assertRaises(juesuan.UsageError) as caught:
            self.warehouse.query("FROM mart.v_entity_yeer", frame="rows")
        self.assertIn("v_entity_year", caught.exception.hint)
        self.assertEqual(caught.exception.exit_code, 2)
        with self.assertRaises(juesuan.UsageError) as caught:
            self.warehouse.query("DROP TABLE core.fact_amount", frame="rows")
        self.assertIn("hint: ", str(caught.exception))

    def test_unknown_names_are_refused(self):
        for ask in (lambda: self.warehouse.mart("v_none"), lambda: self.warehouse.columns("v_none"), lambda: self.warehouse.mart("v_rank", frame="r")):
            with self.assertRaises(juesuan.UsageError) as caught:
                ask()
            self.assertTrue(caught.exception.hint)

    def test_a_frame_that_is_not_installed_says_how_to_get_it(self):
        with mock.patch.dict(sys.modules, {"polars": None}), self.assertRaises(juesuan.UsageError) as caught:
            self.warehouse.mart("v_rank", frame="polars")
        self.assertIn("pip install polars", caught.exception.hint)

    def test_a_build_that_a_gate_holds_back_is_not_published(self):
        with tempfile.TemporaryDirectory() as folder:
            empty = Path(folder) / "none"
            empty.mkdir()
            with self.assertRaises(juesuan.NotPublishedError) as caught:
                juesuan.run(source=empty, warehouse=self.summary.warehouse, extracts=self.summary.extracts)
        self.assertEqual(caught.exception.exit_code, 3)
        self.assertEqual(len(self.warehouse.query("FROM mart.v_entity_year", frame="rows")), 14)

    @unittest.skipUnless(importlib.util.find_spec("polars") and importlib.util.find_spec("pyarrow"), "needs polars and pandas")
    def test_frames_hold_exact_decimals(self):
        import polars

        frame = self.warehouse.mart("v_entity_year")
        self.assertEqual(frame.schema["expenditure"], polars.Decimal(28, 2))
        pandas_frame = self.warehouse.mart("v_entity_year", frame="pandas")
        self.assertEqual(frame["expenditure"].to_list(), pandas_frame["expenditure"].to_list())
        self.assertIsInstance(pandas_frame["expenditure"][0], Decimal)
        find_spec = importlib.util.find_spec
        with mock.patch("juesuan._warehouse.find_spec", lambda name: None if name == "pyarrow" else find_spec(name)):
            without_arrow = self.warehouse.mart("v_entity_year", frame="pandas")
        self.assertEqual(without_arrow["expenditure"].to_list(), pandas_frame["expenditure"].to_list())

    @unittest.skipUnless(importlib.util.find_spec("duckdb"), "needs duckdb")
    def test_a_connection_only_reads(self):
        import duckdb

        with self.warehouse.connect() as connection:
            self.assertEqual(connection.sql("SELECT count(*) FROM mart.v_entity_year").fetchall(), [(14,)])
            with self.assertRaises(duckdb.Error):
                connection.sql("CREATE TABLE x AS SELECT 1")


class Machines(unittest.TestCase):
    """What a machine may lack is said in a sentence."""

    def test_there_is_no_warehouse(self):
        with self.assertRaises(juesuan.UsageError) as caught:
            juesuan.open("none.duckdb")
        self.assertIn("juesuan run", caught.exception.hint)

    def test_a_file_that_is_no_warehouse(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "w.duckdb"
            file.write_text("none")
            with self.assertRaises(juesuan.UsageError):
                juesuan.open(file)

    def test_an_old_glibc_and_none_at_all(self):
        for here, part in (("2.17", "this machine's glibc is 2.17"), (None, "has no glibc")):
            with self.assertRaises(juesuan.ProgramError) as caught:
                _program._check_c_library("2.26", here)
            self.assertIn(part, caught.exception.what)
            self.assertIn("needs 2.26", caught.exception.what)
        _program._check_c_library("2.26", "2.26")
        _program._check_c_library("2.26", "2.100")
        _program._check_c_library(None, None)

    def test_a_folder_that_cannot_be_written(self):
        with tempfile.TemporaryDirectory() as folder:
            blocked = Path(folder) / "file"
            blocked.write_text("a file where a folder should be")
            with self.assertRaises(juesuan.UsageError) as caught:
                juesuan.demo(blocked)
        self.assertIn("cannot write", caught.exception.what)

    def test_a_program_that_is_missing_or_may_not_start(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "juesuan"
            for make, part in ((lambda: None, "there is no program"), (lambda: program.write_text(""), "may not be executed")):
                make()
                with mock.patch.dict(os.environ, {"JUESUAN_PROGRAM": str(program)}), self.assertRaises(juesuan.ProgramError) as caught:
                    juesuan.open("any.duckdb")
                self.assertIn(part, caught.exception.what)
                self.assertTrue(caught.exception.hint)

    def test_the_command_is_the_program(self):
        done = subprocess.run([sys.executable, "-m", "juesuan", "query", "FROM x", "--warehouse", "none"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("hint: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
