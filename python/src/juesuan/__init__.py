"""Chinese government departments' final accounts (部门决算公开), from Python.

    import juesuan

    summary = juesuan.run(source="disclosures", warehouse="juesuan.duckdb", extracts="extracts")
    warehouse = juesuan.open("juesuan.duckdb")
    warehouse.mart("v_entity_year")          # a polars or pandas frame, or rows; amounts are exact decimals
    warehouse.explain("应急管理局/2023/决算说明.txt:59:49")
    warehouse.findings(department="应急管理局", year=2023)

Nothing else need be installed: the program does the work. Every failure is a `JuesuanError` that says what is wrong, why,
and what to do.
"""

import sys

if sys.version_info < (3, 9):
    raise ImportError("juesuan needs Python 3.9 or later; this is {}.{}".format(*sys.version_info[:2]))

from ._errors import JuesuanError, NotPublishedError, ProgramError, UsageError
from ._run import RunSummary, demo, run
from ._warehouse import Column, Finding, Mart, Warehouse, open

__all__ = [
    "Column",
    "Finding",
    "JuesuanError",
    "Mart",
    "NotPublishedError",
    "ProgramError",
    "RunSummary",
    "UsageError",
    "Warehouse",
    "demo",
    "open",
    "run",
]
