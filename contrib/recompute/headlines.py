"""What each disclosure says, by headline, code and item: amounts in yuan, from the workbook where it prints them, else the text."""

import re
from decimal import Decimal

from .sources import money, plain

ZERO = Decimal(0)
NUMBER = r"([\d,]+(?:\.\d+)?)"
INCOME = ["income_fiscal", "income_superior_subsidy", "income_business", "income_operating", "income_affiliate", "income_other"]
THREE_PUBLIC = ["total", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception"]


class Account:
    """One department and year."""

    def __init__(self, disclosure):
        self.disclosure, self.book = disclosure, disclosure.book
        self.items = self.book.coded(self.book.find("支出决算表", without=["财政", "收入"]))
        self.funds = self.by_fund()
        self.economic, self.personnel, self.public_cost = self.basic_economics()
        self.three_public = self.three_public_items()
        self.procurement = self.procured()
        self.values = self.totals()
        self.budgets = self.initial_budgets()

    def by_fund(self):
        """fund → code → final account, basic, project; the total under an empty code."""
        general = self.book.coded(self.book.find("一般公共预算财政拨款支出决算表"))
        government = self.book.coded(self.book.find("政府性基金预算财政拨款收入支出决算表"))
        government = {code: row[2:5] for code, row in government.items() if any(row)}
        return {"all": self.items, "general_public_budget": general, "government_fund": government}

    def totals(self):
        book, said = self.book, self.disclosure.one
        summary, earned = book.find("收入支出决算总表", without=["财政拨款"]), book.coded(book.find("收入决算表"))
        fiscal = book.find("财政拨款收入支出决算总表")
        kept = book.coded(book.find("一般公共预算财政拨款收入支出决算表")).get("", [None] * 12)
        fund = book.coded(book.find("政府性基金预算财政拨款收入支出决算表")).get("", [None] * 6)
        first = lambda rows, label: (book.labelled(rows, label) or [None])[0]
        spent, general = self.items[""], self.funds["general_public_budget"][""]
        basic, project = spent[1], spent[2]
        if basic + project + sum(part or ZERO for part in spent[3:6]) != spent[0]:
            # The row disproves itself, and the sentence mends it.
            project = said(rf"项目支出{NUMBER}元", 1) or said(rf"项目支出{NUMBER}万元", 10000)
        values = {
            "total_resources": first(summary, "总计"),
            "income": earned[""][0],
            "expenditure": spent[0],
            "basic": basic,
            "project": project,
            "operating_expenditure": spent[4] or ZERO,
            "opening_balance": first(summary, "年初结转和结余") or ZERO,
            "closing_balance": right_of(book, summary, "年末结转和结余") or ZERO,
            "fiscal_opening_balance": first(fiscal, "年初财政拨款结转和结余") or ZERO,
            "fiscal_closing_balance": right_of(book, fiscal, "年末财政拨款结转和结余") or ZERO,
            "general_expenditure": general[0],
            "general_basic": general[1],
            "general_project": general[2] or ZERO,
            "general_income": kept[3] if kept[3] is not None else first(fiscal, "一般公共预算财政拨款"),
            "fund_opening_balance": fund[0] or ZERO,
            "fund_income_of_year": fund[1] or ZERO,
            "fund_expenditure": fund[2] or ZERO,
            "fund_closing_balance": fund[5] or ZERO,
            "capital_opening_balance": ZERO,
            "capital_income_of_year": ZERO,
            "capital_expenditure": ZERO,
            "capital_closing_balance": ZERO if self.declares_no_capital() else None,
            "basic_personnel": self.personnel,
            "basic_public": self.public_cost,
            "running_cost": said(rf"日常公用经费支出，合计{NUMBER}元") or said(rf"机关运行经费支出{NUMBER}万元", 10000),
        }
        cells = book.labelled(fiscal, "年末财政拨款结转和结余")
        balance = book.labelled(fiscal, "年初财政拨款结转和结余")
        values["general_closing_balance"] = kept[9] or (cells[1] if len(cells) > 1 and kept[3] is None else None) or ZERO
        values["general_opening_balance"] = kept[0] or self.general_opening(fiscal, balance, kept) or ZERO
        values.update({name: amount or ZERO for name, amount in zip(INCOME, earned[""][1:7])})
        values.update({f"three_public_{item}": final for item, (_, final) in self.three_public.items()})
        values.update({f"procurement_{kind}": amount for kind, amount in self.procurement.items()})
        return {name: value for name, value in values.items() if value is not None}

    def general_opening(self, fiscal, balance, kept):
        """Without a table of its own: the line of the fiscal summary below the balance brought forward."""
        if kept[3] is not None:
            return None
        rows = iter(fiscal)
        for row in rows:
            if plain(row[0]) == "年初财政拨款结转和结余":
                return self.book.amounts(next(rows)[1:2])[0]
        return None

    def basic_economics(self):
        rows, codes, personnel, public = self.book.find("一般公共预算财政拨款基本支出决算表"), {}, None, None
        for row in rows:
            for at, text in enumerate(row[:-1]):
                if re.fullmatch(r"3\d{2}(\d{2})?", text) and at + 2 < len(row):
                    codes[text] = money(row[at + 2], self.book.factor)
                elif plain(text) in ("人员经费合计", "公用经费合计"):
                    amount = next((money(t, self.book.factor) for t in row[at + 1 :] if t), None)
                    personnel, public = (amount, public) if "人员" in text else (personnel, amount)
            if "合计" in row[:2] and len(row) >= 5:
                personnel, public = money(row[3], self.book.factor), money(row[4], self.book.factor)
        return {code: amount for code, amount in codes.items() if amount is not None}, personnel, public

    def unlisted(self, class_code):
        """Zero where the groups listed make up their class, so that none is left for one that is not."""
        groups = [amount for code, amount in self.economic.items() if len(code) == 5 and code.startswith(class_code)]
        precision = self.book.factor * Decimal("0.005") * (len(groups) + 1)
        whole = self.economic.get(class_code)
        return ZERO if groups and whole is not None and abs(whole - sum(groups)) <= precision else None

    def declares_no_capital(self):
        """An empty table that does not say so is no zero."""
        rows = self.book.find("国有资本经营预算财政拨款")
        return any("本表无数据" in text for row in rows for text in row)

    def three_public_items(self):
        """item → budget and final account. A total its own row disproves gives way to the sentence."""
        items = dict(zip(THREE_PUBLIC, zip(*self.three_public_cells())))
        budget, final = items["total"]
        if final != sum(items[item][1] for item in ("overseas", "vehicles", "reception")):
            final = self.disclosure.one(rf"“三公”经费财政拨款支出年初预算为[\d.]+万元，支出决算为{NUMBER}万元", 10000) or final
        return items | {"total": (budget, final)}

    def three_public_cells(self):
        """Budgets and final accounts; a blank is zero."""
        rows = self.book.find("“三公”经费")
        heads = [row for row in rows if any("数" in text and "算" in text for text in row)]
        numbers = [row for row in rows if any(row) and all(money(text) is not None for text in row if text)]
        body = numbers[-1] if numbers and numbers[-1] != [str(n + 1) for n in range(len(numbers[-1]))] else [""] * 12
        amounts = [amount or ZERO for amount in self.book.amounts(body)]
        if heads[0][0] == "预算数" and heads[0][1] == "":
            return amounts[:6], amounts[6:12]
        return amounts[0:12:2], amounts[1:12:2]

    def procured(self):
        """kind → amount; small and micro enterprises under sme and micro."""
        rows = self.book.find("政府采购情况表")
        if rows:
            labels = {"total": "政府采购支出合计", "goods": "政府采购货物支出", "works": "政府采购工程支出",
                      "services": "政府采购服务支出", "sme": "政府采购授予中小企业合同金额", "micro": "授予小微企业合同金额"}
            found = {kind: (self.book.labelled(rows, label) or [None])[0] for kind, label in labels.items()}
            return {kind: amount or ZERO for kind, amount in found.items()}
        said = self.disclosure.said(
            rf"政府采购金额（以合同签订为准）为{NUMBER}万元，其中：货物采购金额{NUMBER}万元、工程采购金额{NUMBER}万元、服务采购金额{NUMBER}万元", 10000)
        return dict(zip(["total", "goods", "works", "services"], said)) if said else {}

    def initial_budgets(self):
        """(fund, code) → initial budget as the sentences of the text tell it; the total under an empty code."""
        budgets, names, factor = {}, self.book.names(), self.book.factor
        current, fund = None, "general_public_budget"
        for line in self.disclosure.lines:
            if re.match(r"[一二三四五六七八九十]+、政府性基金预算", line):
                fund = "government_fund"
            told = re.search(rf"“(.+?)”(（类）)?\d+年度决算{NUMBER}元，比年初预算(增加|减少){NUMBER}元", line)
            if told:
                name, is_class, final, direction, change = told.groups()
                matches = [code for (_, digits, n), code in names.items() if n == name and digits == (3 if is_class else 5)]
                code = next((c for c in matches if is_class or c[:3] == current), None)
                current = code if is_class else current
                change = money(change) * (1 if direction == "增加" else -1)
                budgets[fund, code] = money(final) - change
            told = re.search(rf"^\d+、(.+?)（类）(.+?)（款）(.+?)（项）.*?年初预算为{NUMBER}万元", line)
            if told:
                code = next((c for (_, digits, n), c in names.items() if digits == 7 and n == told[3]
                             and names.get((c[:3], 5, told[2])) == c[:5]), None)
                budgets[fund, code] = money(told[4], factor)
            told = re.search(rf"^一般公共预算财政拨款支出年初预算为{NUMBER}万元", line)
            if told:
                budgets[fund, ""] = money(told[1], factor)
        parts = [self.disclosure.said(rf"安排{kind}支出{NUMBER}元，比年初预算(?:增加|减少){NUMBER}元") for kind in ("基本", "项目")]
        if all(parts):
            signs = [-1 if re.search(rf"安排{kind}支出[\d,.]+元，比年初预算减少", self.disclosure.text) else 1 for kind in ("基本", "项目")]
            budgets["general_public_budget", ""] = sum(final - sign * change for (final, change), sign in zip(parts, signs))
        return budgets

    def counts(self):
        said = self.disclosure.one
        staff = self.disclosure.said(r"行政编制(\d+)名，实际(\d+)人；事业编制(\d+)名，实际(\d+)人")
        return {
            "staffing": staff,
            "retired": said(r"离退休人员(\d+)人"),
            "other_staff": said(r"其他人员(\d+)人"),
            "vehicles_kept": said(r"公务用车保有量(?:为)?(\d+)辆"),
            "stated_car_cost": said(rf"车均运行维护费{NUMBER}元"),
            "vehicles_bought": said(r"购置(?:（更新）)?(\d+)辆"),
            "reception_batches": said(r"公务接待(?:费.*?接待)?(\d+)批次"),
            "reception_persons": said(r"批次[、，]?(?:共)?(\d+)人次"),
            "overseas_groups": said(r"团组(\d+)个"),
            "overseas_persons": said(r"累计(\d+)人次"),
            "fixed_assets": said(rf"固定资产年末数总额{NUMBER}元"),
            "house_area": said(rf"房屋面积{NUMBER}平方米"),
            "asset_vehicles": said(r"汽车(\d+)辆") if said(r"汽车(\d+)辆") is not None else said(r"共有车辆(\d+)辆"),
            "equipment_1m": said(r"单价100万元[^，。]*?设备(?:（不含车辆）)?(\d+)台"),
            "self_assessed_projects": said(r"(?:评价项目|年度项目)(\d+)个"),
            "self_assessed_amount": said(rf"涉及(?:预算)?金额{NUMBER}万元", 10000),
            "overall_score": said(rf"绩效自评总分：{NUMBER}分"),
        }

    def services(self):
        rows = self.book.find("政府购买服务") or []
        return {row[1]: money(row[5], self.book.factor) for row in rows if re.fullmatch(r"\d+", row[0]) and row[5]}


def right_of(book, rows, label):
    found = book.labelled(rows, label)
    return found[0] if found else None
