"""Report tables into DuckDB with openpyxl, xlrd and pandas, as an analyst would script it.

openpyxl_pandas.py SOURCES WAREHOUSE      openpyxl_pandas.py --check
"""
import pathlib
import re
import sys

import duckdb
import openpyxl
import pandas
import xlrd

TITLE = re.compile(r"(收入支出决算总表|收入决算表|支出决算表|财政拨款收入支出决算总表|基本支出决算表|“三公”经费|政府性基金|国有资本经营)")
NUMBER = re.compile(r"^-?[\d,]+(\.\d+)?$")


def sheets(path):
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in book.worksheets:
            yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    else:
        book = xlrd.open_workbook(path)
        for sheet in book.sheets():
            yield sheet.name, [sheet.row_values(row) for row in range(sheet.nrows)]


def facts(path):
    rows = []
    for name, grid in sheets(path):
        frame = pandas.DataFrame(grid)
        texts = [str(value) for value in frame.head(6).to_numpy().ravel() if isinstance(value, str)]
        title = next((text for text in texts if TITLE.search(text)), None)
        if title is None:
            continue
        unit = next((text for text in texts if "单位" in text and "元" in text), "")
        factor = 10_000 if "万元" in unit else 1
        header = {}
        for number, row in frame.iterrows():
            label = ""
            for column, value in row.items():
                if value is None or value == "":
                    continue
                is_number = isinstance(value, (int, float)) or NUMBER.match(str(value).strip())
                if is_number and label:
                    amount = float(str(value).replace(",", "")) * factor
                    rows.append((str(path), name, title, label, header.get(column, ""), number, column, amount))
                elif isinstance(value, str):
                    label = value.strip()
                    header[column] = label
    return rows


def main(sources, warehouse):
    columns = ["file", "sheet", "title", "label", "heading", "row", "column", "amount"]
    files = sorted(path for path in pathlib.Path(sources).rglob("*.xls*"))
    frame = pandas.DataFrame([row for path in files for row in facts(path)], columns=columns)
    with duckdb.connect(warehouse) as connection:
        connection.execute("CREATE OR REPLACE TABLE fact AS SELECT * FROM frame")


if __name__ == "__main__" and sys.argv[1] != "--check":
    main(sys.argv[1], sys.argv[2])
