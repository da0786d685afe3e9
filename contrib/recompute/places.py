"""Marts that quote numbers: each number is looked up in the cell or the characters it is said to stand at."""

import re
from decimal import Decimal

from .sources import money


def compare_places(base, disclosures):
    by_file = {str(d.book.path.relative_to(d.book.path.parents[3])): d for d in disclosures.values()}
    texts = {key: d for key, d in documents(base, disclosures).items()}
    yield "v_figure_source", *figures(base, by_file)
    yield "v_claim_figure", *claims_and_figures(base, texts)
    yield "v_claim_link", *linked(base, texts)
    yield "v_implied_prior_year", *implied(base, texts)
    yield "v_reasons", *reasons(base, texts)
    yield "v_said_in_words", *worded(base, texts)


def documents(base, disclosures):
    folders = {str(d.book.path.parent.relative_to(d.book.path.parents[3])): d for d in disclosures.values()}
    rows = base.execute("SELECT document_key, file FROM core.dim_document").fetchall()
    return {key: folders[file.rsplit("/", 1)[0]] for key, file in rows}


def cell_of(book, place):
    sheet, cell = place.rsplit("!", 1)
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    rows = dict(book.sheets)[sheet]
    return rows[int(row) - 1][column - 1]


def figures(base, by_file):
    """Each figure is the cell it names, in the unit of its workbook."""
    rows = base.execute("SELECT file, place, value, unit, amount_yuan FROM mart.v_figure_source ORDER BY ALL").fetchall()
    differences = []
    for file, place, value, unit, amount in rows:
        book = by_file[file].book
        printed = money(cell_of(book, place))
        if printed != value or amount is not None and amount != (printed * book.factor).quantize(Decimal("0.01")):
            differences.append(("v_figure_source", file, place, "workbook", printed, "mart", value, amount))
    return len(rows), differences


def characters(disclosure, place):
    line, start, end = (int(number) for number in re.fullmatch(r"line (\d+):(\d+)-(\d+)", place).groups())
    return disclosure.lines[line - 1][start:end]


def yuan(printed):
    """What a number of the text amounts to."""
    found = re.fullmatch(r"([\d,]+(?:\.\d+)?)(万?元)?", printed)
    return money(found[1]) * (10000 if found[2] == "万元" else 1) if found and found[2] else None


def claims_and_figures(base, texts):
    rows = base.execute("SELECT claim_document_key, claim_place, claim_amount, figure_document_key, figure_place, figure_amount,"
                        " difference, is_within_precision, allowed FROM mart.v_claim_figure ORDER BY ALL").fetchall()
    differences = []
    for text, place, claim, workbook, cell, figure, difference, agrees, allowed in rows:
        book, printed = texts[workbook].book, characters(texts[text], place)
        amount = (money(cell_of(book, cell)) * book.factor).quantize(Decimal("0.01"))
        said = digits(printed)
        is_right = said is not None and claim in (said, said * 10000) and amount == figure and claim - figure == difference
        if not is_right or agrees != (abs(difference) <= allowed):
            differences.append(("v_claim_figure", text, place, printed, claim, cell, amount, figure))
    return len(rows), differences


def digits(printed):
    """The number itself; a word that says there is none is zero."""
    found = re.search(r"[\d,]+(?:\.\d+)?", printed)
    return money(found[0]) if found else Decimal(0)


def linked(base, texts):
    rows = base.execute("SELECT claim_document_key, claim_place, claim_printed, figure_document_key, figure_place, figure_amount"
                        " FROM mart.v_claim_link ORDER BY ALL").fetchall()
    differences = []
    for text, place, printed, workbook, cell, figure in rows:
        if not characters(texts[text], place).startswith(printed):
            differences.append(("v_claim_link", text, place, printed, characters(texts[text], place)))
        if cell and figure is not None:
            book = texts[workbook].book
            amount = (money(cell_of(book, cell) or "0") * book.factor).quantize(Decimal("0.01"))
            if amount != figure:
                differences.append(("v_claim_link", workbook, cell, amount, figure))
    return len(rows), differences


def implied(base, texts):
    rows = base.execute("SELECT document_key, final_claim_key, change_claim_key, final_account, stated_change, implied_prior"
                        " FROM mart.v_implied_prior_year ORDER BY ALL").fetchall()
    differences = []
    for document, final_key, change_key, final, change, prior in rows:
        numbers = [digits(from_key(texts[document], key)) for key in (final_key, change_key)]
        signs = [number in (abs(amount), abs(amount) / 10000) for number, amount in zip(numbers, (final, change))]
        if not all(signs) or final - change != prior:
            differences.append(("v_implied_prior_year", document, final_key, change_key, numbers, final, change, prior))
    return len(rows), differences


def from_key(disclosure, key):
    line, start = re.search(r"/(\d+):(\d+)/", key).groups()
    return disclosure.lines[int(line) - 1][int(start) : int(start) + 20]


# What a text says in words instead of a number, and the codes of it.
WORDED = {"持平": ("change", "none"), r"无此项支出|无(?:政府性基金|国有资本经营)预算财政拨款收入和支出": ("nothing", "no_such_spending")}


def worded(base, texts):
    """Each wording stands at its claim, and each line that says such a thing has its row."""
    rows = base.execute("SELECT document_key, line_number, word_kind, stated_word, printed, claim_key FROM mart.v_said_in_words"
                        " ORDER BY ALL").fetchall()
    differences = [("v_said_in_words", key, printed, from_key(texts[document], key))
                   for document, _, _, _, printed, key in rows if not from_key(texts[document], key).startswith(printed)]
    found = {(document, line, kind, word) for document, line, kind, word, _, _ in rows}
    current = {document for (document,) in base.execute("SELECT document_key FROM core.dim_document WHERE is_text_current").fetchall()}
    said = {(document, number, *codes) for document, disclosure in texts.items() if document in current
            for number, (head, line) in enumerate(zip(["", *disclosure.lines], disclosure.lines), 1)
            if "重点项目" not in head for pattern, codes in WORDED.items() if re.search(pattern, line)}
    differences += [("v_said_in_words", *row, "is missing" if row in said else "is not expected") for row in sorted(found ^ said)]
    return len(rows) + len(said), differences


def folded(text):
    """Full-width punctuation as the mart writes it."""
    return text.translate(str.maketrans("，；：（）", ",;:()"))


NUMBER = r"([\d,]+(?:\.\d+)?)"


def told_changes(text):
    """(basis, signed change in yuan) of every comparison a passage makes, and of every pair of budget and final account."""
    changes = set()
    for told in re.finditer(rf"(年初预算|预算数|上年|\d{{4}}年度?)(?:(?:的)?{NUMBER}万?元)?[^。；]{{0,16}}?(增加|减少){NUMBER}(万?元)", text):
        amount = money(told[4], 10000 if told[5] == "万元" else 1)
        changes.add(("initial_budget" if "预算" in told[1] else "prior_year", amount if told[3] == "增加" else -amount))
    for budget, final in re.findall(rf"年初预算为{NUMBER}万元，支出决算为{NUMBER}万元", text):
        changes.add(("initial_budget", money(final, 10000) - money(budget, 10000)))
    if "持平" in text:
        changes |= {("initial_budget", Decimal(0)), ("prior_year", Decimal(0))}
    return changes


def reasons(base, texts):
    """Each reason stands in its passage, beside a comparison of the same basis, size and direction."""
    rows = base.execute("SELECT document_key, line_number, reason, basis, change_yuan, direction FROM mart.v_reasons ORDER BY ALL").fetchall()
    differences = []
    for document, line, reason, basis, change, direction in rows:
        text = "".join(texts[document].lines[max(line - 2, 0) : line + 1])
        way = "unchanged" if change == 0 else "increase" if change > 0 else "decrease"
        if folded(reason) not in folded(text) or (basis, change) not in told_changes(text) or direction != way:
            differences.append(("v_reasons", document, line, reason, basis, change, direction))
    return 3 * len(rows), differences
