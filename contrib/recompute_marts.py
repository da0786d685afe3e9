#!/usr/bin/env python3
"""Recomputes the marts of the sample from its workbooks themselves and compares them row by row.

Nothing of juesuan is used but the published warehouse: cells are read with openpyxl and xlrd, sums and quotients are worked out
here in exact decimals. A headline that the warehouse took from elsewhere because the table disproves itself is listed apart.

    pip install duckdb openpyxl xlrd
    contrib/recompute_marts.py sample_data/disclosures juesuan.duckdb
"""

import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import openpyxl
import xlrd


def sheets(path):
    if path.suffix == ".xls":
        for sheet in xlrd.open_workbook(path).sheets():
            yield [[cell(sheet.cell_value(r, c)) for c in range(sheet.ncols)] for r in range(sheet.nrows)]
    else:
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
            yield [[cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(round(value, 6))
    return str(value).strip()


def money(text, factor):
    try:
        return Decimal(text.replace(",", "")) * factor
    except ArithmeticError:
        return None


def percent(part, whole):
    if part is None or not whole:
        return None
    return (100 * part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)


class Book:
    """The tables of one workbook, by title."""

    def __init__(self, path):
        self.tables = {}
        for rows in sheets(path):
            title = re.sub(r"\s", "", next((text for text in rows[0] if text), ""))
            self.tables[title] = rows
            if any("万元" in text for row in rows[:4] for text in row):
                self.factor = Decimal(10000)
        self.factor = getattr(self, "factor", Decimal(1))

    def find(self, *words, without=()):
        for title, rows in self.tables.items():
            if all(word in title for word in words) and not any(word in title for word in without):
                return rows
        return None

    def labelled(self, rows, label, skip=0):
        """The first amount right of a label; blank is None."""
        for row in rows:
            for at, text in enumerate(row):
                if re.sub(r"^[一二三四五六七八九十]+、|\s", "", text) == label:
                    following = [money(t, self.factor) for t in row[at + 1 :]]
                    return following[skip] if len(following) > skip else None
        return None

    def coded(self, rows, columns):
        """Code → amounts of the named columns (offsets from the code), the total row under an empty code."""
        found = {}
        for row in rows:
            if re.fullmatch(r"\d{3,7}", row[0]):
                found[row[0]] = [money(row[c], self.factor) for c in columns]
            elif row[1] == "合计" or row[0] == "合计":
                found[""] = [money(row[c], self.factor) for c in columns]
        return found


def compare(found, expected, where, differences):
    found = None if found is None else Decimal(found)
    if found != expected and not (found is None and expected == 0) and not (expected is None and found == 0):
        differences.append((where, expected, found))


def main(source, warehouse):
    base = duckdb.connect(warehouse, read_only=True)
    books = base.execute(
        "SELECT y.department_key, y.fiscal_year, d.file FROM mart.v_department_year y"
        " JOIN core.dim_document d ON d.document_key = y.workbook_document_key ORDER BY ALL"
    ).fetchall()
    compared, differences, closing = 0, [], {}

    def ask(sql, *parameters):
        return base.execute(sql, parameters).fetchall()

    for key, year, file in books:
        book = Book(Path(source) / file)
        where = f"{key} {year}"
        summary, spent = book.find("收入支出决算总表", without=["财政拨款"]), book.find("支出决算表", without=["财政", "收入"])
        earned, general = book.find("收入决算表"), book.find("一般公共预算财政拨款支出决算表")
        rows = 1 if any("行次" in text for row in summary for text in row) else 0
        opening = book.labelled(summary, "年初结转和结余", rows) or Decimal(0)
        closing[key, year] = book.labelled(summary, "年末结转和结余", rows) or Decimal(0)
        items = book.coded(spent, [2, 3, 4])
        totals = {
            "income": book.labelled(summary, "本年收入合计", rows) or book.coded(earned, [2])[""][0],
            "expenditure": items[""][0],
            "basic": items[""][1],
            "project": items[""][2],
            "opening_balance": opening,
            "closing_balance": closing[key, year],
            "total_resources": book.labelled(summary, "总计", rows),
            "general_expenditure": book.coded(general, [2])[""][0],
        }
        row = ask(f"SELECT {', '.join(totals)} FROM mart.v_entity_year WHERE department_key = ? AND fiscal_year = ?", key, year)[0]
        for (headline, expected), found in zip(totals.items(), row):
            compare(found, expected, f"{where} v_entity_year.{headline}", differences)
            compared += 1
        resources = opening + totals["income"]
        found = ask("SELECT carry_rate_of_resources FROM mart.v_execution WHERE department_key = ? AND fiscal_year = ? AND fund = 'all'", key, year)
        compare(found[0][0], percent(closing[key, year], resources), f"{where} v_execution.carry_rate", differences)
        found = ask("SELECT project_share_percent FROM mart.v_basic_project WHERE department_key = ? AND fiscal_year = ? AND fund = 'all'", key, year)
        compare(found[0][0], percent(totals["project"], totals["basic"] + totals["project"]), f"{where} v_basic_project.share", differences)
        compared += 2

        classes = {code: amounts[0] for code, amounts in items.items() if len(code) == 3}
        mix = {c: (a, s) for c, a, s in ask("SELECT function_code, final_account, share_percent FROM mart.v_func_mix WHERE department_key = ? AND fiscal_year = ? AND fund = 'all'", key, year)}
        for code in classes.keys() | mix.keys():
            amount, share = mix.get(code, (None, None))
            compare(amount, classes.get(code), f"{where} v_func_mix {code}", differences)
            compare(share, percent(classes.get(code), sum(classes.values())), f"{where} v_func_mix share {code}", differences)
            compared += 2
        printed = {code: amounts for code, amounts in items.items() if len(code) == 7}
        listed = {r[0]: r[1:] for r in ask("SELECT function_code, final_account, basic, project FROM mart.v_func_item WHERE department_key = ? AND fiscal_year = ? AND fund = 'all' AND final_account IS NOT NULL", key, year)}
        for code in printed.keys() | listed.keys():
            for column, (a, b) in enumerate(zip(listed.get(code, [None] * 3), printed.get(code, [None] * 3))):
                compare(a, b, f"{where} v_func_item {code}/{column}", differences)
                compared += 1

        economic = economic_codes(book)
        econ = {c: (a, s) for c, a, s in ask("SELECT economic_code, final_account, share_percent FROM mart.v_econ_basic WHERE department_key = ? AND fiscal_year = ? AND fund = 'general_public_budget'", key, year)}
        for code in economic.keys() | econ.keys():
            amount, share = econ.get(code, (None, None))
            level = sum(a for c, a in economic.items() if (len(c) == 3) == (len(code) == 3) and a is not None)
            compare(amount, economic.get(code), f"{where} v_econ_basic {code}", differences)
            compare(share, percent(economic.get(code), level), f"{where} v_econ_basic share {code}", differences)
            compared += 2

        for (item, budget, final) in three_public(book):
            found = ask("SELECT budget, final_account FROM mart.v_sangong WHERE department_key = ? AND fiscal_year = ? AND item = ?", key, year, item)
            a, b = found[0] if found else (None, None)
            compare(a, budget, f"{where} v_sangong {item} budget", differences)
            compare(b, final, f"{where} v_sangong {item} final", differences)
            compared += 2

    for key, year, opening, prior in ask("SELECT department_key, fiscal_year, opening_balance, prior_closing_balance FROM mart.v_balance_chain WHERE fund = 'all'"):
        compare(prior, closing.get((key, year - 1), prior), f"{key} {year} v_balance_chain.prior", differences)
        compared += 1

    # What the table prints and its own identities disprove is no difference of the mart's.
    proved = [f"{k} {y} {h}" for k, y, h in ask("SELECT department_key, fiscal_year, headline FROM mart.v_headline WHERE value_source = 'prose' AND doubt IS NOT NULL")]
    explained = [d for d in differences if any(d[0].startswith(p.rsplit(" ", 1)[0]) for p in proved)]
    print(f"{compared} values compared, {len(differences) - len(explained)} differ")
    for where, expected, found in differences:
        apart = "  proved otherwise: " if (where, expected, found) in explained else "  "
        print(f"{apart}{where}: workbook {expected}, mart {found}")
    return int(len(differences) > len(explained))


def economic_codes(book):
    codes = {}
    for row in book.find("一般公共预算财政拨款基本支出决算表"):
        for at, text in enumerate(row[:-2]):
            if re.fullmatch(r"3\d{2}(\d{2})?", text):
                codes[text] = money(row[at + 2], book.factor)
    return {code: amount for code, amount in codes.items() if amount is not None}


def three_public(book):
    rows = book.find("“三公”经费")
    names = ["total", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception"]
    heads = [row for row in rows if any("数" in text and "算" in text for text in row)]
    numbers = [row for row in rows if any(row) and all(money(text, Decimal(1)) is not None for text in row if text)]
    body = numbers[-1] if numbers and numbers[-1] != [str(n + 1) for n in range(len(numbers[-1]))] else [""] * 12
    amounts = [money(text, book.factor) for text in body]
    if heads[0][0] == "预算数" and heads[0][1] == "":
        budgets, finals = amounts[:6], amounts[6:12]
    else:
        budgets, finals = amounts[0:12:2], amounts[1:12:2]
    return zip(names, budgets, finals)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
