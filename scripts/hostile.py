#!/usr/bin/env python3
"""Writes files made to hurt, one kind after the other, and lets a night read each beside a good neighbour.

  scripts/hostile.py PROGRAM [KIND..] [--keep FOLDER]

Each run must end within the bounds of one file (20 s, 1 GiB), load the neighbour's figures as before, and tell of the file: by a
finding, or by what it loaded of it. Prints a table by kind; exit 1 where anything of this does not hold.
"""
import argparse, base64, io, json, os, pathlib, shutil, struct, subprocess, sys, tempfile, zipfile, zlib

HERE = pathlib.Path(__file__).resolve().parents[1]
NEIGHBOUR = HERE / "sample_data/disclosures"
KINDS = {}

def kind(name):
    """Registers what makes the bytes of one kind of file; `name` is the file's."""
    def register(function):
        KINDS[function.__name__] = (name, function)
        return function
    return register

def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            book.writestr(name, content)
    return out.getvalue()

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

def related(*targets):
    inside = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets))
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'

def workbook(sheet, head="", strings=None, styles=None, more=()):
    parts = [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    return package([
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", related(("officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", related(*parts)),
        ("xl/workbook.xml", f'{head}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r0"/></sheets></workbook>'),
        ("xl/sharedStrings.xml", strings or f'<sst xmlns="{MAIN}"/>'),
        ("xl/styles.xml", styles or f'<styleSheet xmlns="{MAIN}"/>'),
        ("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'), *more])

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 \"ha\">" + "".join(f'<!ENTITY a{n} "{f"&a{n-1};" * 10}">' for n in range(1, 12)) + "]>"

@kind("决算.xlsx")
def last_row_of_all():
    return workbook('<dimension ref="A1:XFD4294967295"/><sheetData><row r="4294967295"><c r="XFD4294967295"><v>1</v></c></row></sheetData>')

@kind("决算.xlsx")
def one_long_text_in_many_cells():
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20001))
    return workbook(f"<sheetData>{rows}</sheetData>", strings=f'<sst xmlns="{MAIN}"><si><t>{"预" * 1000000}</t></si></sst>')

@kind("决算.xlsx")
def entities_in_entities():
    return workbook("<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>&a11;</t></is></c></row></sheetData>", head=LAUGHS)

@kind("决算.xlsx")
def a_gigabyte_of_blanks():
    return workbook("<sheetData>" + " " * 400_000_000 + "</sheetData>")

@kind("决算.xlsx")
def merges_without_end():
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n + 1000}"/>' for n in range(1, 200001))
    return workbook(f"<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><mergeCells>{merges}</mergeCells>")

@kind("决算.xlsx")
def elements_in_elements():
    return workbook("<a>" * 2_000_000)

@kind("决算.xlsx")
def a_million_attributes():
    return workbook("<sheetData " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>")

@kind("决算.xlsx")
def formats_without_end():
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{"0,." * 300}"/>' for n in range(164, 20000))
    xfs = "".join(f'<xf numFmtId="{n}"/>' for n in range(164, 20000))
    cells = "".join(f'<row r="{n}"><c r="A{n}" s="{n}"><v>123456.5</v></c></row>' for n in range(1, 19000))
    return workbook(f"<sheetData>{cells}</sheetData>", styles=f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>')

@kind("决算.xlsx")
def figures_without_end():
    row = "".join(f'<c r="{column}{{0}}"><v>1234.5</v></c>' for column in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return workbook("<sheetData>" + "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 150_001)) + "</sheetData>")

@kind("决算.xlsx")
def a_known_table_without_end():
    text = lambda at, words: f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'
    head = "".join(f'<row r="{n}">{cells}</row>' for n, cells in [
        (1, text("A1", "支出决算表")), (2, text("A2", "单位：万元")),
        (3, "".join(text(f"{column}3", words) for column, words in zip("ABCDEFGH", ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]))),
        (4, "".join(text(f"{column}4", words) for column, words in zip("ABCDEFGH", ["栏次", "", *"123456"]))),
    ])
    rows = "".join(f'<row r="{n}">{text(f"A{n}", 2010000 + n % 9999)}{text(f"B{n}", "一般公共服务支出")}<c r="C{n}"><v>{n}.5</v></c><c r="D{n}"><v>1.25</v></c><c r="E{n}"><v>{n}.25</v></c></row>'
                   for n in range(5, 120_005))
    return workbook(f"<sheetData>{head}{rows}</sheetData>")

@kind("决算.ods")
def rows_repeated_without_end():
    content = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
               'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
               '<office:body><office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="2147483647">'
               '<table:table-cell table:number-columns-repeated="2147483647" office:value-type="float" office:value="7"><text:p>7</text:p>'
               '</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>')
    return package([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])

def compound(directory_next, streams=b""):
    """A compound file whose first directory sector goes on in `directory_next`."""
    header = bytearray(512)
    header[0:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIII", header, 44, 1, 1, 0, 4096)
    struct.pack_into("<IIIII", header, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    fat = [0xFFFFFFFD, directory_next, *range(3, 127), 2]
    entry = lambda name, what, child, start, size: (name.encode("utf-16le").ljust(64, b"\0") + struct.pack("<HBBIII", len(name) * 2 + 2, what, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size))
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, 1 << 31)
    return bytes(header) + struct.pack("<127I", *fat)[:508].ljust(512, b"\xff") + directory.ljust(512, b"\0") + streams.ljust(512 * 126, b"\0")

@kind("决算.xls")
def a_directory_that_goes_on_in_itself():
    return compound(1)

@kind("决算.xls")
def a_stream_that_goes_on_in_itself():
    return compound(0xFFFFFFFE, b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12))

@kind("决算.csv")
def one_line_of_commas():
    return b"," * 20_000_000

@kind("决算.csv")
def a_quote_never_closed():
    return '收入支出决算总表\n单位：万元\n"'.encode() + b"1,2,3\n" * 3_000_000

@kind("决算.csv")
def lines_without_end():
    return "科目,决算数\n".encode() + "基本支出,1.00\n".encode() * 2_000_000

@kind("决算.html")
def opened_and_never_closed():
    opened = lambda tag: "".join(f"<{tag} a{n}>" for n in range(4000))
    return ("<html><body>" + opened("b") + opened("i") + "x</b>" * 4000).encode()

@kind("决算.html")
def tables_in_tables():
    return ("<html><body>" + "<table><tr><td>" * 200_000 + "1").encode()

@kind("决算.html")
def cells_that_span_everything():
    return ("<html><table>" + '<tr><td colspan="1000000000" rowspan="1000000000">收入支出决算总表</td><td>1</td></tr>' * 5000 + "</table></html>").encode()

@kind("决算.html")
def a_tag_of_a_million_attributes():
    return ("<html><body " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">2023年度部门决算</body></html>").encode()

@kind("决算.txt")
def one_line_of_sentences():
    return ("2023年度部门决算说明\n" + "2023年度支出1.00万元，比上年增加0.50万元，增长100%，主要原因是工作需要；" * 300_000).encode()

@kind("决算.txt")
def one_endless_number():
    return ("2023年度部门决算说明\n收入合计" + "9" * 3_000_000 + "万元。").encode()

@kind("决算.txt")
def brackets_in_brackets():
    return ("2023年度部门决算说明\n" + "其中：（" * 500_000 + "1万元").encode()

@kind("决算.txt")
def headings_without_end():
    return ("2023年度部门决算说明\n" + "".join(f"（{'一二三四五六七八九十'[n % 10]}）一般公共预算财政拨款支出决算情况说明\n" for n in range(300_000))).encode()

@kind("决算.txt")
def words_that_begin_everything():
    return ("2023年度部门决算说明\n" + "比上年同期年初预算数增加减少增长下降" * 300_000 + "1万元。").encode()

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

def word(body, head=""):
    return package([("[Content_Types].xml", "<Types/>"), ("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")])

@kind("决算.docx")
def word_tables_in_tables():
    return word("<w:tbl><w:tr><w:tc>" * 100_000)

@kind("决算.docx")
def word_cells_that_span_everything():
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>收入支出决算总表</w:t></w:r></w:p></w:tc>'
    return word(f"<w:tbl>{f'<w:tr>{cell * 50}</w:tr>' * 500}</w:tbl>")

@kind("决算.docx")
def word_entities_in_entities():
    return word("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", head=LAUGHS)

@kind("决算.docx")
def word_paragraphs_without_end():
    return word("<w:p><w:r><w:t>2023年度部门决算支出1.00万元。</w:t></w:r></w:p>" * 600_000)

@kind("决算.rtf")
def rich_text_groups_in_groups():
    return b"{\\rtf1" + b"{\\b " * 3_000_000

@kind("决算.rtf")
def rich_text_with_endless_bytes():
    return b"{\\rtf1 \\bin2147483647 abc}"

@kind("决算.mht")
def archives_in_archives():
    out = b"MIME-Version: 1.0\n"
    for n in range(3000):
        out += f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n'.encode()
    return out + b"Content-Type: text/html\n\n<html>1</html>"

def printed(objects, root=1):
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return bytes(out) + f"trailer << /Root {root} 0 R /Size {len(objects) + 1} >>\nstartxref\n{start}\n%%EOF".encode()

def stream(data, entries=b""):
    packed = zlib.compress(data, 9)
    return b"<< /Filter /FlateDecode /Length %d %s >>\nstream\n" % (len(packed), entries) + packed + b"\nendstream"

def one_page(content, resources=b"", box=b"0 0 595 842", more=()):
    return printed([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                    b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources << %s >> /Contents 4 0 R >>" % (box, resources), content, *more])

HELVETICA = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"

@kind("决算.pdf")
def pages_that_hold_themselves():
    return printed([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 4294967295 >>"])

@kind("决算.pdf")
def a_drawing_that_draws_itself():
    form = stream(b"/X Do /X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    return one_page(stream(b"/X Do"), b"/XObject << /X 5 0 R >>", more=[form])

@kind("决算.pdf")
def a_stream_of_gigabytes():
    return one_page(stream(b"q Q " * 150_000_000))

@kind("决算.pdf")
def characters_without_end():
    return one_page(stream(b"BT /F 9 Tf 1 0 0 1 9 9 Tm " + b"(1,234.56) Tj " * 3_000_000 + b"ET"), HELVETICA)

@kind("决算.pdf")
def rules_without_end():
    return one_page(stream("".join(f"{n % 595} 0 m {n % 595} 842 l S 0 {n % 842} m 595 {n % 842} l S " for n in range(400_000)).encode()))

@kind("决算.pdf")
def a_page_as_large_as_the_moon():
    return one_page(stream(b"BT /F 9 Tf 1 0 0 1 9 9 Tm (1) Tj ET 0 0 m 1e30 1e30 l S"), HELVETICA, b"0 0 1e12 1e12")

@kind("决算.pdf")
def numbers_in_numbers():
    return one_page(stream(b"[" * 3_000_000))

@kind("决算.pdf")
def rows_as_wide_as_memory():
    return one_page(stream(b"1" * 1000, b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>"))

@kind("决算.pdf")
def a_picture_of_millions_of_miles():
    picture = b"<< /Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /CCITTFaxDecode /Length 3 >>\nstream\nabc\nendstream"
    return one_page(stream(b"595 0 0 842 0 0 cm /I Do"), b"/XObject << /I 5 0 R >>", more=[picture])

@kind("决算.pdf")
def characters_mapped_to_everything():
    cmap = stream(b"begincmap " + b"1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange " * 2000 + b"endcmap")
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R >>"
    return one_page(stream(b"BT /F 9 Tf <00010002> Tj ET"), b"/Font << /F 5 0 R >>", more=[font, cmap])

@kind("决算.pdf")
def places_that_go_back_for_ever():
    body = b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
    return body

@kind("决算.ofd")
def ten_thousand_pages_of_one_file():
    pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="p.xml"/>' for n in range(10_000))
    ofd = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    text = "".join(f'<ofd:TextObject ID="{n}" Boundary="0 0 200 200" Font="1" Size="3"><ofd:TextCode X="{n % 200}" Y="9">1</ofd:TextCode></ofd:TextObject>' for n in range(2000))
    return package([("OFD.xml", f'<ofd:OFD {ofd}><ofd:DocBody><ofd:DocRoot>d.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'),
                    ("d.xml", f"<ofd:Document {ofd}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"),
                    ("p.xml", f"<ofd:Page {ofd}><ofd:Content><ofd:Layer>{text}</ofd:Layer></ofd:Content></ofd:Page>")])

@kind("包.zip")
def bundles_in_bundles():
    inner = b"x"
    for n in range(60):
        inner = package([(f"{n}.zip", inner), (f"{n}.txt", "2023年度部门决算")])
    return inner

@kind("包.zip")
def a_bundle_of_many_members():
    return package([(f"{n}/决算.txt", "2023年度部门决算说明") for n in range(30_000)])

@kind("包.zip")
def a_bundle_of_gigabytes():
    return package([(f"{n}/决算.txt", b"2" * 200_000_000) for n in range(5)])

@kind("包.zip")
def a_bundle_that_climbs():
    return package([("../../../上一层.txt", "2023年度部门决算说明"), ("/etc/决算.txt", "1"), ("a\x1b[31m/决算.txt", "1"), ("C:\\决算.txt", "1")])

@kind("决算.png")
def a_picture_of_every_size():
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")

@kind("决算.xml")
def flat_entities():
    return (LAUGHS + '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&a11;</Data></Cell></Row></Table></Worksheet></Workbook>').encode()

@kind("决算.xml")
def flat_rows_far_away():
    rows = '<Row ss:Index="2147483647"><Cell ss:Index="2147483647" ss:MergeAcross="2147483647" ss:MergeDown="2147483647"><Data ss:Type="Number">1</Data></Cell></Row>' * 1000
    return f'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>'.encode()

def asked(program, warehouse, sql):
    done = subprocess.run([program, "query", sql, "--warehouse", warehouse, "--format", "json"], capture_output=True, check=True)
    return json.loads(done.stdout)

OTHERS = "SELECT count(*) AS n, sum(amount_yuan) AS yuan FROM core.fact_amount JOIN core.dim_document USING (document_key) WHERE file NOT LIKE '害/%'"
TOLD = "SELECT DISTINCT check_id FROM core.fact_finding JOIN core.dim_document USING (document_key) WHERE file LIKE '%害/%' ORDER BY 1"

def write(each, path):
    """In a process of its own: what a process grew to is counted as its children's, too."""
    writer = os.fork()
    if writer == 0:
        content = KINDS[each][1]()
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os._exit(0)
    if os.waitpid(writer, 0)[1] != 0:
        raise RuntimeError(f"{each} was not written")

def night(program, folder, hostile=None):
    """One run: seconds of processor time, MiB at most, exit code, the neighbour's figures, what was told of the file."""
    sources, warehouse = folder / "sources", folder / "w.duckdb"
    neighbour = next(path for path in sorted(NEIGHBOUR.rglob("*.xlsx")))
    (sources / "好").mkdir(parents=True)
    shutil.copy(neighbour, sources / "好" / neighbour.name)
    if hostile:
        (sources / "害").mkdir()
        shutil.copy(hostile, sources / "害")
    process = subprocess.Popen([program, "run", "--source", sources, "--warehouse", warehouse, "--extracts", folder / "extracts", "--quiet", "--accept"],
                               cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    seconds, mib = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
    if code != 0:
        return seconds, mib, code, None, [said.decode(errors="replace")[-300:]]
    return seconds, mib, code, asked(program, warehouse, OTHERS), [row["check_id"] for row in asked(program, warehouse, TOLD)]

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the files here")
    options = parser.parse_args()
    program, bad = options.program.resolve(), 0
    with tempfile.TemporaryDirectory() as folder:
        usual, _, _, expected, _ = night(program, pathlib.Path(folder) / "night")
    print("| kind | bytes | processor s beyond a night without it | MiB at most | what is told |\n|---|---|---|---|---|", flush=True)
    for each in options.kinds or KINDS:
        with tempfile.TemporaryDirectory() as folder:
            kept = options.keep or pathlib.Path(folder)
            hostile = kept / each / KINDS[each][0]
            hostile.parent.mkdir(parents=True, exist_ok=True)
            write(each, hostile)
            size = hostile.stat().st_size
            seconds, mib, code, found, told = night(program, pathlib.Path(folder) / "night", hostile)
        beyond = max(0.0, seconds - usual)
        problems = [problem for problem, holds in [(f"exit {code}", code == 0), ("too long", beyond <= 25), ("too large", mib <= 1100),
                    ("a neighbour lost figures", code != 0 or found == expected), ("nothing is told", bool(told))] if not holds]
        bad += bool(problems)
        print(f"| {each.replace('_', ' ')} ({hostile.suffix}) | {size:,} | {beyond:.1f} | {mib} | {', '.join(told)}{''.join(f'; **{problem}**' for problem in problems)} |", flush=True)
    return 1 if bad else 0

if __name__ == "__main__":
    sys.exit(main())
