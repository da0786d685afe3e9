"""The rows each mart should have: mart → (key columns, condition, {key: {column: value}})."""

import re
from decimal import ROUND_HALF_UP, Decimal

from .headlines import INCOME, THREE_PUBLIC, Account
from .sources import FORMER_NAMES

SECTORS = {"应急管理局": "应急管理", "统计局": "统计", "信访办公室": "信访", "信访局": "信访", "文化和旅游局": "文化旅游体育"}
PUBLIC_USE = {"office": "30201", "travel": "30211", "meetings": "30215", "training": "30216", "basic_reception": "30217",
              "property": "30209", "outsourced": "30227", "labour": "30226", "basic_vehicles": "30231", "transport": "30239"}
NARROW = ["office", "travel", "meetings", "training", "basic_reception"]
INSURANCE = ["30108", "30109", "30110", "30111", "30112"]
PERCENTS = ["project_share_percent", "deviation_percent", "carry_rate_of_resources", "sme_percent"]


def rounded(dividend, divisor, places):
    if dividend is None or not divisor:
        return None
    sign = 1 if (dividend >= 0) == (divisor > 0) else -1
    return sign * (abs(dividend) / abs(divisor)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent(part, whole):
    return None if part is None else rounded(100 * part, whole, 4)


def each(amount, units):
    return rounded(amount, units, 2)


def total(amounts):
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def middle(values):
    values = sorted(values)
    return rounded(values[(len(values) - 1) // 2] + values[len(values) // 2], Decimal(2), 4)


class Expected:
    """Everything the marts should say about these disclosures."""

    def __init__(self, disclosures, replaced):
        self.disclosures, self.replaced = disclosures, replaced
        self.accounts = {at: Account(disclosure) for at, disclosure in disclosures.items()}
        self.counts = {at: account.counts() for at, account in self.accounts.items()}
        self.measures = {at: self.measured(at) for at in self.accounts}

    def marts(self):
        return {name[len("mart_"):]: getattr(self, name)() for name in dir(self) if name.startswith("mart_")}

    def prior(self, at):
        key, year = at
        before = (key, year - 1)
        return before if before in self.accounts else (FORMER_NAMES.get(key, key), year - 1)

    def staff(self, at):
        found = self.counts[at]["staffing"]
        return found[1] + found[3] if found else None

    def by_year(self, row):
        rows = {at: row(at, self.accounts[at]) for at in self.accounts}
        return ["department_key", "fiscal_year"], "TRUE", {at: found for at, found in rows.items() if found}

    def value(self, at, headline):
        return self.accounts[at].values.get(headline) if at in self.accounts else None

    # Headlines and what is worked out from them.

    def mart_v_headline(self):
        rows = {(*at, name): {"value": value} for at, account in self.accounts.items() for name, value in account.values.items()}
        return ["department_key", "fiscal_year", "headline"], self.known_headlines(), rows

    def known_headlines(self):
        names = sorted({name for account in self.accounts.values() for name in account.values})
        return "headline IN (" + ", ".join(f"'{name}'" for name in names) + ")"

    def mart_v_year_on_year(self):
        rows = {}
        for at, account in self.accounts.items():
            for name, value in account.values.items():
                before = self.value(self.prior(at), name)
                row = {"value": value}
                if before is not None:
                    row |= {"published_prior": before, "change": value - before, "change_percent": percent(value - before, abs(before))}
                rows[(*at, name)] = row
        return ["department_key", "fiscal_year", "headline"], self.known_headlines(), rows

    def mart_v_entity_year(self):
        columns = ["total_resources", "income", "expenditure", "basic", "project", "opening_balance", "closing_balance",
                   "general_expenditure", "fund_expenditure", "capital_expenditure"]
        return self.by_year(lambda at, a: {c: a.values[c] for c in columns}
                            | {"fiscal_share_percent": percent(a.values["income_fiscal"], a.values["income"])})

    def mart_v_income_mix(self):
        rows = {(*at, name): {"amount_yuan": a.values[name], "share_percent": percent(a.values[name], a.values["income"])}
                for at, a in self.accounts.items() for name in INCOME if a.values[name]}
        return ["department_key", "fiscal_year", "income_source"], "TRUE", rows

    def mart_v_basic_project(self):
        rows = {}
        for at, account in self.accounts.items():
            for fund, prefix in (("all", ""), ("general_public_budget", "general_")):
                share = lambda values: percent(values[f"{prefix}project"], values[f"{prefix}basic"] + values[f"{prefix}project"])
                before = self.accounts.get(self.prior(at))
                rows[(*at, fund)] = {"basic": account.values[f"{prefix}basic"], "project": account.values[f"{prefix}project"],
                                     "project_share_percent": share(account.values),
                                     "prior_project_share_percent": before and share(before.values)}
        return ["department_key", "fiscal_year", "fund"], "TRUE", rows

    def mart_v_balance_chain(self):
        rows = {}
        for at in self.accounts:
            for fund, prefix in (("all", ""), ("fiscal", "fiscal_")):
                opening, before = self.value(at, f"{prefix}opening_balance"), self.value(self.prior(at), f"{prefix}closing_balance")
                gap = None if before is None else opening - before
                rows[(*at, fund)] = {"opening_balance": opening, "prior_closing_balance": before, "gap": gap,
                                     "gap_state": "no_prior" if gap is None else "gap" if gap else "closed"}
        return ["department_key", "fiscal_year", "fund"], "TRUE", rows

    def mart_v_fund_usage(self):
        funds = {"general_public_budget": ("general", "general_income"), "government_fund": ("fund", "fund_income_of_year"),
                 "state_capital": ("capital", "capital_income_of_year")}
        rows = {}
        for at, account in self.accounts.items():
            for fund, (prefix, income) in funds.items():
                opening, spent = account.values[f"{prefix}_opening_balance"], account.values[f"{prefix}_expenditure"]
                rows[(*at, fund)] = {"opening_balance": opening, "income": account.values[income], "expenditure": spent,
                                     "closing_balance": account.values.get(f"{prefix}_closing_balance"),
                                     "use_percent": percent(spent, opening + account.values[income])}
        return ["department_key", "fiscal_year", "fund"], "TRUE", rows

    def mart_v_execution(self):
        rows = {}
        for at, account in self.accounts.items():
            v = account.values
            for fund, spent, opening, income, closing in (
                ("all", "expenditure", "opening_balance", "income", "closing_balance"),
                ("general_public_budget", "general_expenditure", "general_opening_balance", "general_income", "general_closing_balance")):
                rows[(*at, fund)] = {"expenditure": v[spent], "opening_balance": v[opening], "income": v[income],
                                     "closing_balance": v[closing], "execution_percent": None, "annual_budget": None,
                                     "initial_budget": account.budgets.get((fund, "")),
                                     "carry_rate_of_resources": percent(v[closing], v[opening] + v[income]),
                                     "carry_rate_of_expenditure": percent(v[closing], v[spent])}
        return ["department_key", "fiscal_year", "fund"], "TRUE", rows

    def mart_v_soc(self):
        return self.by_year(lambda at, a: {"capital_expenditure": a.values["capital_expenditure"], "is_nil_declared": True})

    # Codes.

    def mart_v_func_mix(self):
        rows = {}
        for at, account in self.accounts.items():
            for fund, codes in account.funds.items():
                classes = {code: row[0] for code, row in codes.items() if len(code) == 3 and row[0] is not None}
                whole = sum(classes.values())
                squares = sum(amount * amount for amount in classes.values())
                for code, amount in classes.items():
                    rows[(*at, fund, code)] = {"final_account": amount, "share_percent": percent(amount, whole),
                                               "concentration": rounded(squares, whole * whole, 6),
                                               "rank_in_department": 1 + sum(other > amount for other in classes.values())}
        return ["department_key", "fiscal_year", "fund", "function_code"], "fund <> 'fiscal'", rows

    def mart_v_func_item(self):
        rows = {}
        for at, account in self.accounts.items():
            for fund, codes in account.funds.items():
                for code, row in codes.items():
                    if len(code) == 7 and any(amount is not None for amount in row[:3]):
                        budget = account.budgets.get((fund, code))
                        rows[(*at, fund, code)] = {"final_account": row[0], "basic": row[1], "project": row[2], "initial_budget": budget,
                                                   "deviation_percent": None if budget is None else percent(row[0] - budget, budget)}
        return ["department_key", "fiscal_year", "fund", "function_code"], "fund <> 'fiscal'", rows

    def mart_v_budget_deviation(self):
        rows = {}
        for at, account in self.accounts.items():
            for (fund, code), budget in account.budgets.items():
                final = account.funds[fund].get(code, [None])[0] if code else None
                if final is not None:
                    rows[(*at, fund, code)] = {"initial_budget": budget, "final_account": final, "deviation": final - budget,
                                               "deviation_percent": percent(final - budget, budget)}
        return ["department_key", "fiscal_year", "fund", "function_code"], "TRUE", rows

    def mart_v_func_trend(self):
        rows = {}
        for at, account in self.accounts.items():
            for fund, codes in account.funds.items():
                for code, row in codes.items():
                    if code and row[0] is not None:
                        before = self.accounts.get(self.prior(at))
                        prior = before and before.funds[fund].get(code, [None])[0]
                        rows[(*at, fund, code)] = {"final_account": row[0], "prior_final_account": prior,
                                                   "change": None if prior is None else row[0] - prior,
                                                   "change_percent": None if prior is None else percent(row[0] - prior, prior)}
        return ["department_key", "fiscal_year", "fund", "canonical_code"], "fund <> 'fiscal'", rows

    def mart_v_econ_basic(self):
        rows = {}
        for at, account in self.accounts.items():
            before = self.accounts.get(self.prior(at))
            for code, amount in account.economic.items():
                level = sum(a for c, a in account.economic.items() if (len(c) == 3) == (len(code) == 3))
                prior = before and before.economic.get(code)
                rows[(*at, code)] = {"final_account": amount, "share_percent": percent(amount, level), "prior_final_account": prior,
                                     "change_percent": None if prior is None else percent(amount - prior, prior)}
        return ["department_key", "fiscal_year", "economic_code"], "fund = 'general_public_budget'", rows

    def mart_v_staff_cost(self):
        def row(at, account):
            codes, staff, unlisted = account.economic, self.staff(at), account.unlisted("301")
            return {"pay": codes.get("301"), "social_insurance": total(codes.get(code, unlisted) for code in INSURANCE),
                    "housing_fund": codes.get("30113", unlisted), "subsidies_to_persons": codes.get("303"), "staff": staff,
                    "pay_per_head": each(codes.get("301"), staff)}
        return self.by_year(row)

    def mart_v_public_use(self):
        def row(at, account):
            unlisted = account.unlisted("302")
            parts = {name: account.economic.get(code, unlisted) for name, code in PUBLIC_USE.items()}
            return parts | {"public_cost": account.public_cost, "staff": self.staff(at), "narrow": total(parts[name] for name in NARROW),
                            "wide": total(parts.values()), "public_cost_per_head": each(account.public_cost, self.staff(at))}
        return self.by_year(row)

    # Three public expenses, running cost, procurement, assets, staff, performance.

    def mart_v_sangong(self):
        rows = {}
        for at, account in self.accounts.items():
            for item, (budget, final) in account.three_public.items():
                before = self.value(self.prior(at), f"three_public_{item}")
                row = {"budget": budget, "final_account": final, "deviation_percent": percent(final - budget, budget),
                       "share_of_public_cost_percent": percent(final, account.public_cost)}
                if before is not None:
                    row |= {"prior_final_account": before, "change_percent": percent(final - before, before)}
                rows[(*at, item)] = row
        return ["department_key", "fiscal_year", "item"], "TRUE", rows

    def mart_v_sangong_unit(self):
        def row(at, account):
            count, finals = self.counts[at], {item: final for item, (_, final) in account.three_public.items()}
            return {"vehicles_kept": count["vehicles_kept"], "vehicle_running": finals["vehicle_running"],
                    "car_cost_each": each(finals["vehicle_running"], count["vehicles_kept"]), "reception": finals["reception"],
                    "stated_car_cost_each": count["stated_car_cost"], "overseas": finals["overseas"],
                    "reception_batches": count["reception_batches"], "reception_persons": count["reception_persons"],
                    "reception_per_person": each(finals["reception"], count["reception_persons"]),
                    "reception_per_batch": each(finals["reception"], count["reception_batches"]),
                    "overseas_groups": count["overseas_groups"], "overseas_persons": count["overseas_persons"],
                    "vehicles_bought": count["vehicles_bought"]}
        return self.by_year(row)

    def mart_v_running_cost(self):
        def row(at, account):
            cost, before, staff = account.values["running_cost"], self.value(self.prior(at), "running_cost"), self.staff(at)
            found = {"running_cost": cost, "staff": staff, "running_cost_per_head": each(cost, staff),
                     "share_of_general_percent": percent(cost, account.values["general_expenditure"])}
            if before is not None:
                found |= {"prior_running_cost": before, "change_percent": percent(cost - before, before)}
            return found
        return self.by_year(row)

    def mart_v_procurement(self):
        rows = {}
        for at, account in self.accounts.items():
            bought = account.procurement
            for kind in ("total", "goods", "works", "services"):
                row = {"amount_yuan": bought[kind], "share_percent": percent(bought[kind], bought["total"])}
                if kind == "total":
                    sme, micro = bought.get("sme"), bought.get("micro")
                    row |= {"sme_amount": sme, "micro_amount": micro, "sme_percent": percent(sme, bought["total"]),
                            "micro_percent_of_total": percent(micro, bought["total"]), "micro_percent_of_sme": percent(micro, sme)}
                rows[(*at, kind)] = row
        return ["department_key", "fiscal_year", "kind"], "TRUE", rows

    def mart_v_services(self):
        rows = {}
        for at, account in self.accounts.items():
            bought = account.services()
            rows |= {(*at, name): {"amount_yuan": amount, "share_percent": percent(amount, sum(bought.values()))}
                     for name, amount in bought.items()}
        return ["department_key", "fiscal_year", "service"], "TRUE", rows

    def mart_v_assets(self):
        names = {"fixed_assets": "fixed_assets", "house_area": "house_area", "vehicles": "asset_vehicles", "equipment_1m": "equipment_1m"}
        return self.by_year(lambda at, a: {column: self.counts[at][name] for column, name in names.items()}
                            | {column: None for column in ("intangible_assets", "asset_gross", "depreciation", "asset_net", "age_percent")})

    def mart_v_staffing(self):
        def row(at, account):
            count = self.counts[at]
            if not count["staffing"]:
                return None
            posts, actual, more_posts, more = count["staffing"]
            return {"quota_administrative": posts, "actual_administrative": actual, "quota_institution": more_posts,
                    "actual_institution": more, "retired": count["retired"], "other_staff": count["other_staff"],
                    "fill_percent": percent(actual + more, posts + more_posts)}
        return self.by_year(row)

    def mart_v_performance(self):
        def row(at, account):
            count = self.counts[at]
            return {"self_assessed_projects": count["self_assessed_projects"], "self_assessed_amount": count["self_assessed_amount"],
                    "overall_score": count["overall_score"], "indicators": 0,
                    "self_assessed_percent": percent(count["self_assessed_amount"], account.values["project"])}
        return self.by_year(row)

    # Comparison.

    def measured(self, at):
        account, count = self.accounts[at], self.counts[at]
        v, budget, staff = account.values, account.budgets.get(("general_public_budget", "")), self.staff(at)
        found = {name: v[name] for name in ("expenditure", "general_expenditure", "three_public_total", "running_cost", "procurement_total")}
        found |= {"project_share_percent": percent(v["project"], v["basic"] + v["project"]),
                  "deviation_percent": None if budget is None else percent(v["general_expenditure"] - budget, budget),
                  "carry_rate_of_resources": percent(v["closing_balance"], v["opening_balance"] + v["income"]),
                  "car_cost_each": each(v["three_public_vehicle_running"], count["vehicles_kept"]),
                  "reception_per_person": each(v["three_public_reception"], count["reception_persons"]),
                  "pay_per_head": each(account.economic.get("301"), staff), "public_cost_per_head": each(account.public_cost, staff),
                  "sme_percent": percent(account.procurement.get("sme"), account.procurement["total"])}
        return {name: value for name, value in found.items() if value is not None}

    def mart_v_entity_measure(self):
        rows = {(*at, name): {"value": value} for at, found in self.measures.items() for name, value in found.items()}
        return ["department_key", "fiscal_year", "measure"], "TRUE", rows

    def mart_v_rank(self):
        ranks = {(*at, name): self.ranked(at, name) for at, found in self.measures.items() for name in found}
        rows = {}
        for (key, year, name), found in ranks.items():
            if found:
                rank, ranked = found
                before = ranks.get((*self.prior((key, year)), name))
                rows[key, year, name] = {"value": self.measures[key, year][name], "rank_in_region": rank, "departments": ranked,
                                         "percentile": percent(Decimal(ranked - rank), Decimal(ranked - 1)),
                                         "rank_change": before[0] - rank if before else None}
        return ["department_key", "fiscal_year", "measure"], "TRUE", rows

    def ranked(self, at, name):
        """Rank among the departments of its region, and how many they are."""
        here = self.disclosures[at]
        if here.level != "department":
            return None
        others = [found[name] for other, found in self.measures.items() if name in found and other[1] == at[1]
                  and self.disclosures[other].region == here.region and self.disclosures[other].level == here.level]
        return 1 + sum(other > self.measures[at][name] for other in others), len(others)

    def mart_v_peer_group(self):
        groups = {}
        for at, found in self.measures.items():
            for name, value in found.items():
                groups.setdefault((SECTORS[self.disclosures[at].name], self.disclosures[at].level, at[1], name), []).append((at, value))
        rows = {}
        for (_, _, _, name), members in groups.items():
            centre = middle(value for _, value in members) if len(members) > 1 else None
            for at, value in members:
                rows[(*at, name)] = {"value": value, "peers": len(members), "peer_median": centre, "robust_z": None}
        return ["department_key", "fiscal_year", "measure"], "TRUE", rows

    def mart_v_outliers(self):
        rows = {}
        for at, found in self.measures.items():
            for name, value in found.items():
                prior = self.measures.get(self.prior(at), {}).get(name)
                if prior is None:
                    continue
                spent, change, is_percent = found["expenditure"], value - prior, name in PERCENTS
                unit_cost = name in ("car_cost_each", "reception_per_person", "pay_per_head")
                sudden = abs(change) > 20 if is_percent else prior != 0 and 2 * abs(change) > abs(prior) and (unit_cost or 100 * abs(change) > spent)
                if sudden:
                    base = {"sme_percent": found.get("procurement_total"), "deviation_percent": found["general_expenditure"]}.get(name, spent)
                    stake = abs(change) * base / 100 if is_percent else abs(change)
                    rows[(*at, name)] = {"value": value, "prior_value": prior, "change": change, "flag": "history",
                                         "money_at_stake": stake.quantize(Decimal("0.01"), ROUND_HALF_UP)}
        return ["department_key", "fiscal_year", "measure"], "TRUE", rows

    def mart_v_region_rollup(self):
        rows = {}
        for at, account in self.accounts.items():
            here = self.disclosures[at]
            for name, value in account.values.items():
                if here.level == "department":
                    row = rows.setdefault((here.region, at[1], name), {"total_yuan": Decimal(0), "departments": 0})
                    row["total_yuan"] += value
                    row["departments"] += 1
        return ["region_code", "fiscal_year", "headline"], self.known_headlines(), rows

    def mart_v_unit_vs_department(self):
        rows = {}
        for at, account in self.accounts.items():
            unit = self.accounts.get((at[0].replace("/department", "/unit"), at[1]))
            if self.disclosures[at].level == "department" and unit:
                for name, value in account.values.items():
                    if name not in unit.values:
                        continue
                    rows[(*at, name)] = {"department_value": value, "units_total": unit.values[name], "units": 1,
                                         "difference": value - unit.values[name]}
        return ["department_key", "fiscal_year", "headline"], self.known_headlines(), rows

    # Which tables there are.

    def mart_v_completeness(self):
        def row(at, account):
            tables = account.book.tables.values()
            declared = [rows for rows in tables if any("本表无数据" in text for row in rows for text in row)]
            amounts = [rows for rows in tables if rows not in declared and any(re.search(r"^-?[\d,]+\.?\d*$", text)
                       for row in rows[4:] for text in row[1:])]
            return {"tables_with_data": len(amounts), "tables_declared_empty": len(declared),
                    "tables_empty": len(tables) - len(declared) - len(amounts), "missing_tables": None}
        return self.by_year(row)

    # Who is there.

    def mart_v_department_year(self):
        return self.by_year(lambda at, a: {"region_code": self.disclosures[at].region, "level": self.disclosures[at].level,
                                           "staff": self.staff(at), "sector": SECTORS[self.disclosures[at].name]})

    def mart_v_comparability(self):
        def row(at, account):
            before = self.prior(at)
            held = before in self.accounts
            return {"has_prior": held, "is_comparable": held, "former_department_key": before[0] if held and before[0] != at[0] else None}
        return self.by_year(row)

    def mart_v_timeliness(self):
        return self.by_year(lambda at, a: {"versions": 2 if at in self.replaced else 1, "lag_days": None, "is_on_time": None})

    def mart_v_coverage(self):
        rows = {at: {"state": "both", "superseded_documents": 2 if at in self.replaced else 0} for at in self.accounts}
        last = max(year for _, year in self.accounts)
        for new, old in FORMER_NAMES.items():
            first = min(year for key, year in self.accounts if key == new)
            rows |= {(old, year): {"state": "renamed", "superseded_documents": 0} for year in range(first, last + 1)}
        return ["department_key", "fiscal_year"], "expected_by = 'held'", rows

    def mart_v_lineage(self):
        rows = {(key,): {"change_kind": None, "successor_department_key": None, "first_year": min(y for k, y in self.accounts if k == key)}
                for key, _ in self.accounts}
        for new, old in FORMER_NAMES.items():
            rows[old,] |= {"change_kind": "rename", "successor_department_key": new, "change_year": rows[new,]["first_year"]}
        return ["department_key"], "TRUE", rows

    def mart_v_document_compare(self):
        rows = {}
        for at, earlier in self.replaced.items():
            later = self.disclosures[at].book
            for (name, old), (_, new) in zip(earlier.book.sheets, later.sheets):
                for r, (before, after) in enumerate(zip(old, new)):
                    for c, (a, b) in enumerate(zip(before, after)):
                        if a != b:
                            place = f"{name}!{chr(65 + c)}{r + 1}"
                            rows[(*at, place)] = {"earlier_amount": Decimal(a) * later.factor, "later_amount": Decimal(b) * later.factor}
        return ["department_key", "fiscal_year", "later_place"], "TRUE", rows
