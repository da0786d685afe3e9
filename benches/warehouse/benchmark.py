#!/usr/bin/env python3
"""How fast the marts answer on a warehouse of ten million figures.

    benchmark.py make SMALL.duckdb BIG.duckdb [--copies 31]   multiply a published warehouse, with the project's own SQL
    benchmark.py measure BIG.duckdb [VIEW ..]                 one filtered question and one full scan of every view

SMALL is published by `juesuan run` from a generated corpus; its load package must still lie in SMALL.duckdb.state.
Needs Python's duckdb of the version the project links (`pip install duckdb==1.5.6`). Nothing here is run by the tests.
"""
import argparse
import csv
import re
import resource
import shutil
import statistics
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
THREADS = 2
CREATED = re.compile(r"^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW|MACRO)\s+([a-z_]+\.[a-z_0-9]+)", re.I | re.M)
NAMED = re.compile(r"\b(?:core|mart|audit|stage)\.[a-z_0-9]+")
KINDS = {"u32": "UINTEGER", "u64": "UINTEGER", "Option<u32>": "INTEGER", "Option<i32>": "INTEGER", "bool": "BOOLEAN",
         "Decimal": "DECIMAL(28, 8)", "Value": "DECIMAL(28, 8)", "Option<Decimal>": "DECIMAL(18, 2)"}
PARTED = ["figure", "claim"]
WHOLE = ["document", "report_table", "indicator", "reason"]


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Laps:
    """Prints what each step took, on the clock and of the processors."""

    def __init__(self):
        self.at = (time.time(), processor_seconds())

    def lap(self, name):
        now = (time.time(), processor_seconds())
        print(f"{name:32} {now[0] - self.at[0]:8.1f} s   processor {now[1] - self.at[1]:8.1f} s", flush=True)
        self.at = now


def files_in_order(folder):
    """The SQL files of a folder, each after those whose objects it names: the order in which the program runs them."""
    waiting = {}
    for path in sorted((ROOT / "sql" / folder).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        statements = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
        created = CREATED.search(statements)
        waiting[path] = (text, created and created.group(1), set(NAMED.findall(statements)))
    missing = {created for _, created, _ in waiting.values() if created}
    while waiting:
        path = next(p for p, (_, own, used) in waiting.items() if not (used - {own}) & missing)
        text, created, _ = waiting.pop(path)
        missing.discard(created)
        yield path, text


def run_folder(connection, folder, laps=None):
    for path, text in files_in_order(folder):
        connection.execute(text)
        if laps:
            laps.lap(f"  {path.name}")


def package_tables():
    """The tables of a load package with their columns and types, from the structs that declare them."""
    text = (ROOT / "src/normalise/facts.rs").read_text(encoding="utf-8") + (ROOT / "src/normalise/record.rs").read_text(encoding="utf-8")
    declared = text[text.index("pub const TABLES"):]
    for table, struct in re.findall(r'\("([a-z_]+)", (\w+)::FIELDS\)', declared[:declared.index("];")]):
        by_struct = re.search(rf"pub struct {struct} \{{(.*?)\n    \}}", text, re.S)
        if by_struct:
            fields = re.findall(r"^\s+pub (\w+): ([\w<>]+),", by_struct.group(1), re.M)
        else:
            listed = text[text.index(f"impl Record for {struct}"):]
            fields = re.findall(r'name: "(\w+)", kind: ColumnKind::(\w+)', listed[:listed.index("];")])
        yield table, [(name, KINDS.get(kind, "VARCHAR")) for name, kind in fields]


def load(connection, package):
    """Shows a load package and the reference lists as the schema `stage`, as the program does."""
    run_folder(connection, "schema")
    connection.execute("CREATE SCHEMA IF NOT EXISTS stage")
    for table, columns in package_tables():
        parts = package / table / "*.parquet"
        if list(parts.parent.glob("*.parquet")):
            wanted = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in columns)
            connection.execute(f"CREATE VIEW stage.{table} AS SELECT {wanted} FROM read_parquet('{parts}', union_by_name = true)")
        else:
            empty = ", ".join(f'"{name}" {kind}' for name, kind in columns)
            connection.execute(f"CREATE TABLE stage.{table} ({empty})")
    run_folder(connection, "staging")
    for path in sorted((ROOT / "pipelines/reference").glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in header)
        connection.execute(f"CREATE TABLE stage.reference_{path.stem} AS FROM read_csv('{path}', header = true, columns = {{{columns}}})")


def multiply(small, package, copies):
    """Writes the load package of `copies` times the corpus; returns which document became which."""
    connection = duckdb.connect(config={"threads": THREADS, "memory_limit": "6GB"})
    load(connection, Path(f"{small}.state/stage"))
    connection.execute("CREATE SCHEMA small")
    names = "SELECT view_name FROM duckdb_views() WHERE schema_name = 'stage' UNION ALL SELECT table_name FROM duckdb_tables() WHERE schema_name = 'stage'"
    for (name,) in connection.execute(names).fetchall():
        connection.execute(f"CREATE VIEW small.{name} AS FROM stage.{name}")
    connection.execute(f"SET VARIABLE copies = {copies}; SET VARIABLE first_copy = 0; SET VARIABLE last_copy = {copies}")
    connection.execute((HERE / "multiply.sql").read_text(encoding="utf-8"))
    for table in PARTED + WHOLE:
        (package / table).mkdir(parents=True)
        starts = range(0, copies, 3) if table in PARTED else [0]
        for first in starts:
            if table in PARTED:
                connection.execute(f"SET VARIABLE first_copy = {first}; SET VARIABLE last_copy = {first + 2}")
            connection.execute(f"COPY (FROM copied.{table}) TO '{package / table / f'part-{first:05}.parquet'}' (FORMAT parquet)")
    connection.execute(f"COPY (FROM copied.document_copy) TO '{package / 'document_copy.parquet'}'")


def make(arguments):
    laps = Laps()
    big = Path(arguments.big)
    package = Path(f"{big}.stage")
    shutil.rmtree(package, ignore_errors=True)
    for old in (big, Path(f"{big}.wal")):
        old.unlink(missing_ok=True)
    multiply(arguments.small, package, arguments.copies)
    laps.lap("load package")
    connection = duckdb.connect(config={"threads": THREADS, "memory_limit": "6GB", "temp_directory": f"{big}.tmp"})
    # As the program builds: src/warehouse/mod.rs.
    connection.execute(f"ATTACH '{big}' AS building (RECOVERY_MODE no_wal_writes, ROW_GROUP_SIZE 40960); USE building")
    load(connection, package)
    run_folder(connection, "dims")
    laps.lap("dims")
    run_folder(connection, "facts", laps)
    connection.execute(f"""CREATE SCHEMA copied; CREATE VIEW copied.document_copy AS FROM '{package / "document_copy.parquet"}';
                           ATTACH '{arguments.small}' AS seed (READ_ONLY)""")
    connection.execute((HERE / "judged.sql").read_text(encoding="utf-8"))
    laps.lap("findings and evaluations")
    run_folder(connection, "settled", laps)
    run_folder(connection, "marts")
    laps.lap("marts")
    connection.execute("DROP SCHEMA copied CASCADE; DETACH seed; DROP SCHEMA stage CASCADE; CHECKPOINT")
    connection.close()
    shutil.rmtree(package)
    laps.lap("checkpoint")
    print(f"{big}: {big.stat().st_size / 1e6:,.0f} MB")


def asked(connection, sql, times):
    """Rows of the answer, its median time on the clock and the processor seconds of the cheapest run."""
    clock, processor = [], []
    for _ in range(times):
        started, used = time.time(), processor_seconds()
        rows = connection.execute(sql).fetchall()
        clock.append(time.time() - started)
        processor.append(processor_seconds() - used)
    return rows, statistics.median(clock), min(processor)


def filters(connection, view, chosen):
    columns = {row[0] for row in connection.execute(f"DESCRIBE mart.{view}").fetchall()}
    if view == "v_document_compare":
        return [f"disclosure_key = '{chosen['republished']}'"]
    found = []
    if "department_key" in columns:
        found.append(f"department_key = '{chosen['department']}'")
    if {"region_code", "fiscal_year"} <= columns:
        found.append(f"region_code = '{chosen['region']}' AND fiscal_year = {chosen['year']}")
    return found or ["function_code = '2010601'"]


def choose(connection):
    """A department with many years, its region and last year, and a disclosure that was published twice."""
    department, region, year = connection.execute(
        """SELECT department_key, region_code, max(fiscal_year) FROM core.fact_department_year WHERE level = 'department' AND sector <> ''
           GROUP BY department_key, region_code ORDER BY count(*) DESC, hash(department_key) LIMIT 1""").fetchone()
    republished = connection.execute(
        "SELECT disclosure_key FROM core.dim_document WHERE NOT is_current ORDER BY hash(document_key) LIMIT 1").fetchone()[0]
    return {"department": department, "region": region, "year": year, "republished": republished}


def measure(arguments):
    connection = duckdb.connect(arguments.big, read_only=True, config={"threads": THREADS})
    chosen = choose(connection)
    figures, claims, documents = connection.execute(
        "SELECT (SELECT count(*) FROM core.fact_amount), (SELECT count(*) FROM core.fact_claim), (SELECT count(*) FROM core.dim_document)").fetchone()
    print(f"{figures:,} figures, {claims:,} claims, {documents:,} documents; DuckDB {duckdb.__version__}, {THREADS} threads\n")
    print("| view | rows | full scan, s | its processor s | a department, ms | a region and year, ms |\n|---|---|---|---|---|---|")
    views = [row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart' ORDER BY 1").fetchall()]
    for view in arguments.views or views:
        # Every value of every column is computed and goes into a checksum: nothing can be left out of the plan.
        scan, seconds, processor = asked(connection, f"SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM mart.{view}", arguments.times)
        cells = ["", ""]
        for condition in filters(connection, view, chosen):
            _, answer, used = asked(connection, f"SELECT * FROM mart.{view} WHERE {condition}", arguments.times + 2)
            cells[1 if condition.startswith("region") else 0] = f"{1000 * answer:.0f} ({1000 * used:.0f})"
        print(f"| `{view}` | {scan[0][0]:,} | {seconds:.2f} | {processor:.2f} | {cells[0]} | {cells[1]} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    making = commands.add_parser("make")
    making.add_argument("small")
    making.add_argument("big")
    making.add_argument("--copies", type=int, default=31)
    making.set_defaults(act=make)
    measuring = commands.add_parser("measure")
    measuring.add_argument("big")
    measuring.add_argument("views", nargs="*")
    measuring.add_argument("--times", type=int, default=3)
    measuring.set_defaults(act=measure)
    arguments = parser.parse_args()
    arguments.act(arguments)


if __name__ == "__main__":
    main()
