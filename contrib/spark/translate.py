"""The marts of sql/marts, written in DuckDB's SQL, as Spark SQL that gives the same rows.

    python contrib/spark/translate.py write   # spark/*.sql anew
    python contrib/spark/translate.py check   # what is stale or does not travel; exit code 1 then

sqlglot translates what dialects write differently. Added here: macros of sql/schema are written out, names are made whole by
the columns of the tables (USING becomes ON, stars and GROUP BY ALL are spelled out), and a few rewrites for the rest.
"""

import hashlib
import re
import sys
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify

CHECKOUT = Path(__file__).resolve().parents[2]
TARGET = CHECKOUT / "spark"
HEADING = """-- Made of sql/marts by contrib/spark/translate.py: change it there, then run `./dev spark write`.
-- sha256 of its statements: {digest}
"""
MACRO = re.compile(r"CREATE MACRO core\.(\w+)\(([^)]*)\) AS\s*(.*);\s*$", re.S)
# Integer division of numbers that no BIGINT holds: what is left of a remainder divides exactly in every dialect.
WHOLE = "CAST((n - n % d) / d AS DECIMAL(38, 0))"
# SIGN is a DOUBLE there, and would make one of all it multiplies.
SIGN = "CASE WHEN n < 0 THEN -1 WHEN n > 0 THEN 1 WHEN n = 0 THEN 0 END"
# What engines answer differently, and what to write instead.
UNSAFE = {
    exp.Div: "a quotient of decimals is inexact, and differs: use core.quotient, core.percent_of or core.per_unit",
    exp.Mode: "several values may be most frequent: order and pick one",
    exp.ArgMin: "several rows may be the least: order by a key, too",
    exp.ArgMax: "several rows may be the greatest: order by a key, too",
    exp.Median: "it rounds differently: use core.middle_of",
    exp.AnyValue: "any value may be another one: use min or max",
    exp.First: "which row is first is not said: use min or max",
}


def statements(path):
    """A SQL file without its header comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


def in_order(folder, schema):
    """The files of a folder by name, each after those whose objects it names."""
    waiting = {path.stem: statements(path) for path in sorted((CHECKOUT / "sql" / folder).glob("*.sql"))}
    ordered = {}
    while waiting:
        needs = lambda name: set(re.findall(rf"\b{schema}\.(\w+)", waiting[name])) & set(waiting) - {name}
        ready = next(name for name in waiting if not needs(name))
        ordered[ready] = waiting.pop(ready)
    return ordered


class Project:
    """What translating needs to know: macros, columns of all tables, marts in order."""

    def __init__(self):
        self.macros = {}
        self.marts = in_order("marts", "mart")
        database = duckdb.connect()
        for path in sorted((CHECKOUT / "sql/schema").glob("*.sql")):
            self._take_macro(statements(path))
        # What DuckDB gains by a guess, written out for every quotient of a view, is not worth its length elsewhere.
        self.macros["quotient"] = self.macros["quotient_on_integers"]
        for path in self._schema_in_order():
            database.execute(statements(path))
        for folder in ("dims", "facts", "settled"):
            for path in sorted((CHECKOUT / "sql" / folder).glob("*.sql")):
                database.execute(re.split("INSERT INTO|CREATE TEMP", statements(path))[0])
        for text in self.marts.values():
            database.execute(text)
        self.columns = {}
        for schema, table, column, kind in database.execute(
            "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns()"
            " WHERE schema_name IN ('core', 'mart', 'audit') AND NOT internal ORDER BY ALL"
        ).fetchall():
            self.columns.setdefault(schema, {}).setdefault(table, {})[column] = kind

    def _take_macro(self, text):
        if found := MACRO.search(text):
            parameters = [name.strip() for name in found[2].split(",")]
            self.macros[found[1]] = (parameters, sqlglot.parse_one(found[3], read="duckdb"))

    def _schema_in_order(self):
        paths = sorted((CHECKOUT / "sql/schema").glob("*.sql"))
        done, made = [], set()
        calls = lambda path: {name for name in self.macros if re.search(rf"core\.{name}\(", statements(path))} - {path.stem}
        while len(done) < len(paths):
            done.append(next(path for path in paths if path not in done and calls(path) <= made))
            made.add(done[-1].stem)
        return done


def written_out(tree, project):
    """Macros replaced by what they stand for."""

    def replace(node):
        if not (isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous) and node.this.name == "core"):
            return node
        parameters, body = project.macros[node.expression.name]
        given = dict(zip(parameters, node.expression.expressions))

        def put(inner):
            if isinstance(inner, exp.Column) and not inner.table and inner.name in given:
                value = given[inner.name].copy()
                return value if isinstance(value, (exp.Column, exp.Literal, exp.Func)) else exp.Paren(this=value)
            return inner

        return exp.Paren(this=written_out(body.copy().transform(put), project))

    return tree.transform(replace)


def rewritten(node):
    """What sqlglot leaves in DuckDB's words, or gives other rows."""
    if isinstance(node, exp.ArrayOverlaps):
        return exp.Anonymous(this="ARRAYS_OVERLAP", expressions=[node.this, node.expression])
    if isinstance(node, exp.DataType) and node.this in (exp.DataType.Type.INT128, exp.DataType.Type.UINT128):
        return exp.DataType.build("DECIMAL(38, 0)")
    if isinstance(node, exp.Sign):
        return filled(SIGN, n=node.this)
    # Places in lists are small numbers: only money needs more than a BIGINT.
    if isinstance(node, exp.IntDiv) and node.find(exp.Cast):
        return filled(WHOLE, n=node.this, d=node.expression)
    if isinstance(node, exp.Try):
        # No TRY there: every cast in it gives NULL instead.
        for cast in [inner for inner in node.this.walk() if type(inner) is exp.Cast]:
            cast.replace(exp.TryCast(this=cast.this, to=cast.to, safe=True))
        return node.this
    return node


def filled(template, **parts):
    """A piece of Spark's SQL with expressions in the place of its names."""
    put = lambda node: exp.Paren(this=parts[node.name].copy()) if isinstance(node, exp.Column) else node
    return sqlglot.parse_one(template, read="spark").transform(put)


def from_below(tree):
    """Every node rewritten after what is in it."""
    for node in list(tree.walk())[::-1]:
        new = rewritten(node)
        if new is not node:
            node.replace(new)
    return tree


def to_spark(text, project):
    """One CREATE VIEW in DuckDB's SQL, in Spark's."""
    created = from_below(written_out(sqlglot.parse_one(text, read="duckdb"), project))
    for common in created.find_all(exp.CTE):
        common.set("materialized", None)
    for group in created.find_all(exp.Group):
        if group.args.get("all"):
            keys = [one.unalias() for one in group.parent.expressions if not one.find(exp.AggFunc)]
            group.set("all", None)
            group.set("expressions", [key.copy() for key in keys])
    whole = qualify(
        created.expression.copy(), schema=project.columns, dialect="duckdb", quote_identifiers=False, identify=False,
        validate_qualify_columns=False, expand_alias_refs=False,
    )
    created.set("expression", whole)
    return created.sql(dialect="spark", pretty=True, max_text_width=110) + ";\n"


def does_not_travel(text):
    """Why a mart would not give the same rows on another engine."""
    tree = sqlglot.parse_one(text, read="duckdb")
    why = [f"{node.sql('duckdb')}: {reason}" for kind, reason in UNSAFE.items() for node in tree.find_all(kind)]
    for inner in tree.find_all(exp.Subquery):
        within = {source.alias_or_name for source in inner.find_all((exp.Table, exp.Subquery))}
        outer = [column for column in inner.find_all(exp.Column) if column.table and column.table not in within]
        if outer and inner.find(exp.GroupConcat):
            why.append(f"{outer[0].sql('duckdb')}: a text put together in a subquery about an outer row: join it instead")
    why += [f"{column.sql('duckdb')}: an aggregate beside it, which Sail does not find: name it a query below" for column in named_beside(tree)]
    return why


def named_beside(tree):
    """Columns that name an aggregate of the same SELECT."""
    for select in tree.find_all(exp.Select):
        sums = {one.alias for one in select.expressions if one.alias and one.this.find(exp.AggFunc)}
        for one in select.expressions:
            for column in one.find_all(exp.Column):
                if column.name in sums and not column.table and not column.find_ancestor(exp.AggFunc, exp.Filter, exp.Dot, exp.Subquery):
                    yield column


def unknown_functions(text):
    """Functions of the translation that sqlglot does not know, so left as DuckDB calls them."""
    called = sqlglot.parse_one(text, read="spark").find_all(exp.Anonymous)
    return sorted({function.name for function in called} - {"ARRAYS_OVERLAP"})


def all_views(project):
    digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
    return {name: HEADING.format(digest=digest(text)) + to_spark(text, project) for name, text in project.marts.items()}


def write():
    TARGET.mkdir(exist_ok=True)
    views = all_views(Project())
    for path in TARGET.glob("*.sql"):
        if path.stem not in views:
            path.unlink()
    for name, text in views.items():
        (TARGET / f"{name}.sql").write_text(text, encoding="utf-8")


def check():
    """What is wrong, a line each."""
    project = Project()
    views = all_views(project)
    there = {path.stem: path.read_text(encoding="utf-8") for path in TARGET.glob("*.sql")}
    wrong = [f"spark/{name}.sql is stale" for name in sorted(views.keys() | there.keys()) if views.get(name) != there.get(name)]
    for name, text in project.marts.items():
        wrong += [f"sql/marts/{name}.sql: {why}" for why in does_not_travel(text)]
        wrong += [f"sql/marts/{name}.sql: Spark has no {function}" for function in unknown_functions(views[name])]
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif sys.argv[1:] == ["check"]:
        wrong = check()
        print("\n".join(wrong))
        sys.exit(bool(wrong))
    else:
        sys.exit(__doc__)
