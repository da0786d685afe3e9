"""Report tables into DuckDB with python-calamine and polars, as an analyst would script it.

calamine_polars.py SOURCES WAREHOUSE      calamine_polars.py --check
"""
import pathlib
import re
import sys

import duckdb
import polars
import python_calamine

TITLE = re.compile(r"(收入支出决算总表|收入决算表|支出决算表|财政拨款收入支出决算总表|基本支出决算表|“三公”经费|政府性基金|国有资本经营)")
NUMBER = re.compile(r"^-?[\d,]+(\.\d+)?$")


def facts(path, rows):
    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        grid = book.get_sheet_by_name(name).to_python()
        texts = [value for row in grid[:6] for value in row if isinstance(value, str)]
        title = next((text for text in texts if TITLE.search(text)), None)
        if title is None:
            continue
        unit = next((text for text in texts if "单位" in text and "元" in text), "")
        factor = 10_000 if "万元" in unit else 1
        header = {}
        for number, row in enumerate(grid):
            label = ""
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                is_number = isinstance(value, (int, float)) or NUMBER.match(str(value).strip())
                if is_number and label:
                    amount = float(str(value).replace(",", "")) * factor
                    rows.append((str(path), name, title, label, header.get(column, ""), number, column, amount))
                elif isinstance(value, str):
                    label = value.strip()
                    header[column] = label


def main(sources, warehouse):
    columns = ["file", "sheet", "title", "label", "heading", "row", "column", "amount"]
    rows = []
    for path in sorted(pathlib.Path(sources).rglob("*.xls*")):
        facts(path, rows)
    frame = polars.DataFrame(rows, schema=columns, orient="row")
    frame.write_parquet(warehouse + ".parquet")
    with duckdb.connect(warehouse) as connection:
        connection.execute(f"CREATE OR REPLACE TABLE fact AS SELECT * FROM '{warehouse}.parquet'")


if __name__ == "__main__" and sys.argv[1] != "--check":
    main(sys.argv[1], sys.argv[2])
