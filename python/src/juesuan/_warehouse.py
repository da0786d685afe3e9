"""A published warehouse, read-only."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Union, overload

from ._errors import UsageError
from ._program import call, call_json

if TYPE_CHECKING:
    from typing import Literal

    import duckdb
    import pandas
    import polars

AnyPath = Union[str, "os.PathLike[str]"]
Row = Dict[str, Any]


@dataclass(frozen=True)
class Mart:
    """A view that answers a question."""

    name: str
    purpose: str


@dataclass(frozen=True)
class Column:
    """A column of a view, with what it holds (grain and unit where it has one)."""

    name: str
    type: str
    comment: Optional[str]


@dataclass(frozen=True)
class Finding:
    """One comparison that does not hold: evidence, not a verdict. Values are in the unit the check compares (mostly yuan).

    Attributes:
        check_id: the check (docs/checks.md).
        severity: error, warning or info.
        outcome: broken, within_rounding or not_evaluable.
        cause: disclosure (the publisher's), extraction, reference or warehouse.
        disclosure: key of the disclosure, as `disclosure_key` in the marts.
        where: cells or line in `file`.
        operands: the numbers compared, each with file, place, printed text and value.
    """

    check_id: str
    severity: str
    outcome: str
    cause: str
    disclosure: str
    department: str
    fiscal_year: Optional[int]
    file: str
    where: str
    subject: str
    left_value: Optional[Decimal]
    right_value: Optional[Decimal]
    difference: Optional[Decimal]
    allowed: Optional[Decimal]
    message: str
    hint: str
    operands: List[Mapping[str, Any]]


def open(warehouse: AnyPath = "juesuan.duckdb") -> Warehouse:
    """Opens a published warehouse. It is only ever read, and no lock is held between questions: a run may replace it.

    Raises:
        UsageError: there is none, or the file is no warehouse of this program.
    """
    return Warehouse(warehouse)


class Warehouse:
    """A published warehouse. `open` makes it."""

    def __init__(self, path: AnyPath) -> None:
        self.path = Path(path)
        self.query("SELECT 1 AS alive", frame="rows")

    def __repr__(self) -> str:
        return f"juesuan.open({str(self.path)!r})"

    def marts(self) -> List[Mart]:
        """Every mart and extract with the question it answers."""
        return [Mart(row["name"], row["purpose"]) for row in self._json(["query", "--list"])]

    def columns(self, mart: str) -> List[Column]:
        """The columns of a mart with what each holds."""
        sql = (
            "SELECT column_name AS name, data_type AS type, comment FROM duckdb_columns() "
            "WHERE table_name = $mart ORDER BY column_index"
        )
        found = [Column(**row) for row in self.query(sql, {"mart": mart.rpartition(".")[2]}, frame="rows")]
        if not found:
            raise UsageError(f"there is no mart {mart}", None, "warehouse.marts() lists them")
        return found

    @overload
    def mart(self, name: str, *, frame: Literal["polars"]) -> polars.DataFrame: ...
    @overload
    def mart(self, name: str, *, frame: Literal["pandas"]) -> pandas.DataFrame: ...
    @overload
    def mart(self, name: str, *, frame: Literal["rows"]) -> List[Row]: ...
    @overload
    def mart(self, name: str) -> Any: ...
    def mart(self, name: str, *, frame: Optional[str] = None) -> Any:
        """A mart or extract as a data frame, by its name without schema (`v_entity_year`).

        Args:
            frame: `polars`, `pandas` or `rows` (a list of dicts); without it the first of these that is installed.

        Amounts are exact: decimals in polars, `Decimal` objects in pandas and rows. Blank is null, never zero.
        """
        return self._ask(["--named", name], frame)

    @overload
    def query(self, sql: str, parameters: Optional[Mapping[str, object]] = None, *, frame: Literal["polars"]) -> polars.DataFrame: ...
    @overload
    def query(self, sql: str, parameters: Optional[Mapping[str, object]] = None, *, frame: Literal["pandas"]) -> pandas.DataFrame: ...
    @overload
    def query(self, sql: str, parameters: Optional[Mapping[str, object]] = None, *, frame: Literal["rows"]) -> List[Row]: ...
    @overload
    def query(self, sql: str, parameters: Optional[Mapping[str, object]] = None) -> Any: ...
    def query(self, sql: str, parameters: Optional[Mapping[str, object]] = None, *, frame: Optional[str] = None) -> Any:
        """The answer to a statement as a data frame. `$name` in the statement takes its value from `parameters`.

        Raises:
            UsageError: the statement fails, or would write.
        """
        values: List[object] = []
        for name, value in (parameters or {}).items():
            values += ["-p", f"{name}={value}"]
        with tempfile.TemporaryDirectory() as folder:
            statement = Path(folder) / "question.sql"
            statement.write_text(sql, "utf-8")
            return self._ask(["-f", statement, *values], frame)

    def explain(self, figure: str) -> Dict[str, Any]:
        """One number: its document, its cell or sentence, what it was checked against, its earlier versions.

        Args:
            figure: a figure_key or claim_key, `file!sheet!cell`, `file!cell`, `file:line` or `file:line:start`.
        """
        return dict(self._json(["explain", figure]))

    def findings(
        self,
        disclosure: Optional[str] = None,
        *,
        department: Optional[str] = None,
        year: Optional[int] = None,
        all: bool = False,
    ) -> List[Finding]:
        """What does not agree, worst first.

        Args:
            disclosure: only of the disclosure with this key.
            department: only of departments whose name holds this text.
            year: only of this fiscal year.
            all: findings of severity info too: rounding, truncation, style.
        """
        arguments: List[object] = ["check"]
        if department is not None:
            arguments += ["--department", department]
        if year is not None:
            arguments += ["--year", year]
        if all:
            arguments.append("--all")
        found = [_finding(row) for row in self._json(arguments)]
        return [finding for finding in found if disclosure in (None, finding.disclosure)]

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection of the package `duckdb`, where it is installed (1.5 or later)."""
        try:
            import duckdb
        except ImportError as error:
            raise UsageError("the package duckdb is not installed", None, "pip install duckdb; query() needs none") from error
        return duckdb.connect(str(self.path), read_only=True)

    def _json(self, arguments: List[object]) -> Any:
        return call_json([*arguments, "--warehouse", self.path])

    def _ask(self, question: List[object], frame: Optional[str]) -> Any:
        chosen = frame or _installed()
        if chosen == "rows":
            return self._json(["query", *question])
        if chosen == "pandas" and find_spec("pyarrow") is None:
            return _import("pandas").DataFrame(self._json(["query", *question]), dtype=object)
        if chosen not in ("polars", "pandas"):
            raise UsageError(f"there is no frame {chosen}", None, "polars, pandas or rows")
        module = _import(chosen)
        with tempfile.TemporaryDirectory() as folder:
            answer = Path(folder) / "answer.parquet"
            call(["--json", "query", *question, "--format", "parquet", "-o", answer, "--warehouse", self.path])
            return module.read_parquet(answer)


def _import(name: str) -> Any:
    try:
        return __import__(name)
    except ImportError as error:
        raise UsageError(f"the package {name} is not installed", None, f'pip install {name}, or frame="rows"') from error


def _installed() -> str:
    return next((name for name in ("polars", "pandas") if find_spec(name)), "rows")


def _finding(row: Mapping[str, Any]) -> Finding:
    fields: Row = {name: row[name] for name in Finding.__dataclass_fields__}
    fields.update((name, _decimal(row[name])) for name in ("left_value", "right_value", "difference", "allowed"))
    return Finding(**fields)


def _decimal(printed: Optional[str]) -> Optional[Decimal]:
    return Decimal(printed) if printed not in (None, "") else None
