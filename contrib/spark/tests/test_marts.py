"""Every mart gives the rows of one run's warehouse, its decimals to the last digit."""

import pytest
import serve

MARTS = sorted(path.stem for path in serve.VIEWS.glob("*.sql"))


def kinds(database, relation):
    return {row[0]: row[1] for row in database.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()}


@pytest.mark.parametrize("mart", MARTS)
def test_mart(mart, session, lake, whole):
    database = whole.cursor()
    database.register("got", session.sql(f"SELECT * FROM mart.{mart}").toArrow())
    expected, got = kinds(database, f"mart.{mart}"), kinds(database, "got")
    assert list(got) == list(expected)
    inexact = [name for name in got if expected[name].startswith("DECIMAL") and not got[name].startswith("DECIMAL")]
    assert inexact == [], "decimals became floats"
    # Scales may differ (a sum has more digits), never values: compared in the wider of both.
    cast = lambda name: f'CAST("{name}" AS DECIMAL(38, 10))' if expected[name].startswith("DECIMAL") else f'CAST("{name}" AS {expected[name]})'
    columns = ", ".join(f'{cast(name)} AS "{name}"' for name in expected)
    ours, theirs = f"SELECT {columns} FROM mart.{mart}", f"SELECT {columns} FROM got"
    differing = database.execute(f"({ours} EXCEPT ALL {theirs}) UNION ALL ({theirs} EXCEPT ALL {ours}) LIMIT 4").fetchall()
    assert differing == []


def test_marts_hold_rows(session, lake, whole):
    rows = [whole.execute(f"SELECT count(*) FROM mart.{mart}").fetchone()[0] for mart in MARTS]
    assert len(rows) >= 50 and sum(count > 0 for count in rows) > 40


def test_a_region_code_is_text(session, lake):
    kind = dict(session.sql("SELECT region_code, fiscal_year FROM mart.v_department_year").dtypes)
    assert kind["region_code"] == "string"
