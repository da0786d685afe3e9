"""Marts that rest on the outcomes of checks: counted again from the evaluations, one by one."""

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def compare_checks(base):
    rows = base.execute("SELECT disclosure_key, check_id, subject, message, outcome, severity, identities, difference"
                        " FROM audit.check_evaluation").fetchall()
    yield "v_identity_score", *scores(base, rows)
    yield "v_identity_by_rule", *rules(base, rows)
    yield "v_trust_reason", *trust_reasons(base, rows)
    yield "v_trust", *grades(base)


def scores(base, rows):
    counts = defaultdict(Counter)
    for disclosure, _, _, _, outcome, severity, identities, _ in rows:
        counts[disclosure]["evaluated"] += identities * (outcome != "not_evaluable")
        counts[disclosure][outcome, severity] += 1
    found = base.execute("SELECT disclosure_key, evaluated, broken_errors, broken_warnings, identity_score FROM mart.v_identity_score").fetchall()
    differences = [("v_identity_score", *row) for row in found if row[1:] != scored(counts[row[0]])]
    return 4 * len(found), differences


def scored(count):
    errors, warnings, evaluated = count["broken", "error"], count["broken", "warning"], count["evaluated"]
    lost = ((1000 * errors + 300 * warnings) / Decimal(10 * evaluated)).quantize(CENT, ROUND_HALF_UP) if evaluated else 0
    return evaluated, errors, warnings, max(Decimal(0), 100 - lost) if evaluated else None


def rules(base, rows):
    place = {key: at for key, *at in base.execute("SELECT disclosure_key, region_code, fiscal_year FROM mart.v_department_year").fetchall()}
    evaluated, failed = Counter(), Counter()
    for disclosure, check, _, _, outcome, _, identities, _ in rows:
        if disclosure in place:
            evaluated[check, *place[disclosure]] += identities * (outcome != "not_evaluable")
            failed[check, *place[disclosure]] += outcome == "broken"
    found = base.execute("SELECT check_id, region_code, fiscal_year, evaluated, failed FROM mart.v_identity_by_rule").fetchall()
    differences = [("v_identity_by_rule", *row) for row in found if (evaluated[row[:3]], failed[row[:3]]) != row[3:]]
    differences += [("v_identity_by_rule", *key, "is missing") for key in evaluated.keys() - {row[:3] for row in found}]
    return 2 * len(found), differences


def trust_reasons(base, rows):
    """Every broken identity the publisher answers for is a reason, with its difference."""
    disclosed = {check for (check,) in base.execute("SELECT check_id FROM core.dim_check WHERE cause = 'disclosure'").fetchall()}
    broken = Counter((disclosure, check, subject, message) for disclosure, check, subject, message, outcome, severity, _, _ in rows
                     if outcome == "broken" and severity in ("error", "warning") and check in disclosed and disclosure)
    size = {row[:4]: row[7] for row in rows}
    found = base.execute("SELECT disclosure_key, check_id, subject, message, difference_yuan FROM mart.v_trust_reason").fetchall()
    named = Counter(row[:4] for row in found)
    differences = [("v_trust_reason", *key) for key in named.keys() ^ broken.keys()]
    differences += [("v_trust_reason", *row) for row in found if row[4] is not None and row[4] != abs(size[row[:4]]).quantize(CENT)]
    return 2 * len(found), differences


def grades(base):
    weights = defaultdict(set)
    for disclosure, weight, severity in base.execute("SELECT disclosure_key, weight, severity FROM mart.v_trust_reason").fetchall():
        weights[disclosure].add((weight, severity))
    found = base.execute("SELECT disclosure_key, grade FROM mart.v_trust WHERE evaluated > 0").fetchall()
    return len(found), [("v_trust", *row) for row in found if row[1] != graded(weights[row[0]])]


def graded(weights):
    kinds = {weight for weight, _ in weights}
    for grade, weight in (("D", "main_total"), ("C", "money"), ("B", "minor")):
        if weight in kinds:
            return grade
    return "B" if ("rate", "error") in weights else "A"
