#!/usr/bin/env python3
"""Recomputes the marts of the sample from its workbooks and texts themselves and compares them row by row.

Nothing of juesuan is used but the published warehouse: cells are read with openpyxl and xlrd, texts with olefile and pypdf, sentences by patterns of
their own, sums and quotients are worked out in exact decimals. Exit 0 where no value and no row differs.

    pip install duckdb openpyxl xlrd olefile pypdf
    contrib/recompute_marts.py sample_data/disclosures juesuan.duckdb
"""

import sys
from decimal import Decimal

import duckdb

from recompute.checks import compare_checks
from recompute.marts import Expected
from recompute.places import compare_places
from recompute.sources import disclosures

# What no workbook and no text says, and where it comes from instead.
ELSEWHERE = {
    "v_code_name": "the code list", "v_function_name": "the code list", "v_crosswalk_function": "the code list",
    "v_key_projects": "no row in the sample",
}


def main(source, warehouse):
    base = duckdb.connect(warehouse, read_only=True)
    current, replaced = disclosures(source)
    expected = Expected(current, replaced)
    counted, differing, done = 0, [], set()
    for mart, (keys, condition, rows) in sorted(expected.marts().items()):
        compared, differences = compare(base, mart, keys, condition, rows)
        print(f"{mart:24} {len(rows):5} rows {compared:6} values {len(differences):4} differ")
        counted, done = counted + compared, done | {mart}
        differing += differences
    for mart, compared, differences in compare_places(base, {**current, **{(*at, "replaced"): d for at, d in replaced.items()}}):
        print(f"{mart:24} {compared:12} values {len(differences):4} differ, at their places")
        counted, done = counted + compared, done | {mart}
        differing += differences
    for mart, compared, differences in compare_checks(base):
        print(f"{mart:24} {compared:12} values {len(differences):4} differ, counted again from the evaluations")
        counted, done = counted + compared, done | {mart}
        differing += differences
    views = {name for (name,) in base.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart'").fetchall()}
    for mart in sorted(views - done):
        print(f"{mart:24} not recomputed: rests on {ELSEWHERE.get(mart, 'NOTHING KNOWN')}")
    print(f"{counted} values of {len(done)} marts compared, {len(differing)} differ")
    for difference in differing:
        print("  ", *difference)
    return int(bool(differing) or not views - done <= ELSEWHERE.keys())


def compare(base, mart, keys, condition, rows):
    """Every value of every expected row, and every row the mart has beside them."""
    columns = sorted({column for row in rows.values() for column in row})
    answer = base.execute(f"SELECT {', '.join(keys + columns)} FROM mart.{mart} WHERE {condition}").fetchall()
    found = {tuple(row[: len(keys)]): dict(zip(columns, row[len(keys) :])) for row in answer}
    differences = [(mart, *key, "is missing") for key in rows.keys() - found.keys()]
    differences += [(mart, *key, "is not expected") for key in found.keys() - rows.keys()]
    compared = 0
    for key in sorted(rows.keys() & found.keys(), key=str):
        for column, value in rows[key].items():
            compared += 1
            if not same(found[key][column], value):
                differences.append((mart, *key, column, "expected", value, "found", found[key][column]))
    return compared, differences


def same(found, expected):
    if isinstance(found, bool) or isinstance(found, str) or found is None or expected is None:
        return found == expected
    return Decimal(found) == Decimal(expected)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
