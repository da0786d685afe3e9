"""Workbooks and texts of the sample, read with openpyxl, xlrd, zipfile, olefile and pypdf."""

import re
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import olefile
import openpyxl
import pypdf
import xlrd

REGIONS = {"北京市门头沟区": "110109", "上海市奉贤区": "310120"}
FORMER_NAMES = {"310120/信访局/department": "310120/信访办公室/department"}


def sheets(path):
    """Name and rows of each sheet, every cell as text."""
    if path.suffix == ".xls":
        for sheet in xlrd.open_workbook(path).sheets():
            yield sheet.name, [[cell(sheet.cell_value(r, c)) for c in range(sheet.ncols)] for r in range(sheet.nrows)]
    else:
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
            yield sheet.title, [[cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(round(value, 6))
    return str(value).strip()


def money(text, factor=1):
    """An amount in yuan; blank is None."""
    try:
        return Decimal(text.replace(",", "")) * factor
    except ArithmeticError:
        return None


class Book:
    """The tables of one workbook, by title."""

    def __init__(self, path):
        self.path = path
        self.sheets = list(sheets(path))
        self.tables = {re.sub(r"\s", "", next((text for text in rows[0] if text), "")): rows for _, rows in self.sheets}
        inside = (text for _, rows in self.sheets for row in rows[:4] for text in row)
        self.factor = Decimal(10000) if any("万元" in text for text in inside) else Decimal(1)

    def find(self, *words, without=()):
        for title, rows in self.tables.items():
            if all(word in title for word in words) and not any(word in title for word in without):
                return rows
        return None

    def amounts(self, row):
        return [money(text, self.factor) for text in row]

    def labelled(self, rows, label):
        """The amounts right of a label, line numbers left out; the first is the one of its first column."""
        numbered = any(text == "行次" for row in rows for text in row)
        for row in rows:
            for at, text in enumerate(row):
                if plain(text) == label:
                    return self.amounts(row[at + 1 + numbered :])
        return []

    def coded(self, rows):
        """Code → amounts from the third column on; the total row under an empty code."""
        found = {}
        for row in rows or []:
            if re.fullmatch(r"\d{3,7}", row[0]):
                found[row[0]] = self.amounts(row[2:])
            elif "合计" in row[:2]:
                found[""] = self.amounts(row[2:])
        return found

    def names(self):
        """Name of a functional code, as its class prints it → code."""
        names = {}
        for rows in self.tables.values():
            for row in rows:
                if re.fullmatch(r"\d{3,7}", row[0]):
                    names[row[0][:3], len(row[0]), row[1]] = row[0]
        return names


def plain(text):
    return re.sub(r"^[（(]?[一二三四五六七八九十]+[)）]?、?|^其中：|\s", "", text)


def lines_of(path):
    """The lines of a text: those of the file, or the paragraphs of a document that hold text."""
    if path.suffix == ".pdf":
        return paragraphs_of_pages(pypdf.PdfReader(path).pages)
    if path.suffix == ".doc":
        return [text for text in re.split(r"[\r\n\x07\x0b\x0c]", text_of_pieces(olefile.OleFileIO(path))) if text.strip()]
    if path.suffix == ".docx":
        document = zipfile.ZipFile(path).read("word/document.xml").decode()
        paragraphs = re.findall(r"<w:p(?: [^>]*)?(?:/>|>.*?</w:p>)", document, re.S)
        texts = ("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph)) for paragraph in paragraphs)
        return [text for text in texts if text.strip()]
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return data.decode("gb18030").splitlines()


def paragraphs_of_pages(pages):
    """Lines at the left margin go on with the paragraph above, whose first one is set in; numbers of pages are no text."""
    lines = []
    for page in pages:
        page.extract_text(visitor_text=lambda text, _, at, *font: lines.append((at[4], text.strip())) if text.strip() else None)
    margin, paragraphs = min(left for left, _ in lines), []
    for left, line in lines:
        if re.fullmatch(r"- \d+ -", line):
            continue
        if left == margin and paragraphs:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    return paragraphs


def text_of_pieces(file):
    """The text of a Word 97 document, by its piece table ([MS-DOC] 2.4.1)."""
    word = file.openstream("WordDocument").read()
    table = file.openstream("1Table" if word[11] & 2 else "0Table").read()
    start, length = struct.unpack_from("<II", word, 0x01A2)
    pieces, at = table[start : start + length], 0
    while pieces[at] == 1:
        at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
    count = (struct.unpack_from("<I", pieces, at + 1)[0] - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", pieces, at + 5)
    text = ""
    for piece in range(count):
        offset = struct.unpack_from("<I", pieces, at + 5 + 4 * (count + 1) + 8 * piece + 2)[0]
        letters = ends[piece + 1] - ends[piece]
        if offset & 0x40000000:
            first = (offset & 0x3FFFFFFF) // 2
            text += word[first : first + letters].decode("cp1252")
        else:
            text += word[offset : offset + 2 * letters].decode("utf-16-le")
    return text


class Disclosure:
    """One department and year: its workbook and its text."""

    def __init__(self, folder):
        region, name, year = folder.parts[-3:]
        self.region = REGIONS[region]
        self.level = "unit" if "本级" in name else "department"
        self.name = name.replace("（本级）", "")
        self.year = int(year[:4])
        self.key = f"{self.region}/{self.name}/{self.level}"
        self.book = Book(next(path for path in folder.iterdir() if path.suffix in (".xls", ".xlsx")))
        self.lines = lines_of(next(path for path in folder.iterdir() if path.stem == "决算说明"))
        self.text = "\n".join(self.lines)

    def said(self, pattern, factor=1):
        """The numbers of the first sentence that reads like this."""
        found = re.search(pattern, self.text)
        return [None if number is None else money(number, factor) for number in found.groups()] if found else None

    def one(self, pattern, factor=1):
        found = self.said(pattern, factor)
        return found[0] if found else None


def disclosures(source):
    """Those that count, by department and year, and the folders a correction replaced."""
    current, replaced = {}, {}
    for folder in sorted(Path(source).glob("*/*/*")):
        disclosure = Disclosure(folder)
        at = disclosure.key, disclosure.year
        if "更正" in folder.name:
            replaced[at] = current[at]
        current[at] = disclosure
    return current, replaced
