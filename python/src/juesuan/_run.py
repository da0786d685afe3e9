"""Runs of a pipeline."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._program import call_json
from ._warehouse import Warehouse
from ._warehouse import open as open_warehouse

AnyPath = Union[str, "os.PathLike[str]"]


@dataclass(frozen=True)
class RunSummary:
    """What a run did: one row a run.

    Attributes:
        documents: documents by kind and outcome, for example `{"workbook loaded": 15}`.
        figures: numbers of report tables in the warehouse.
        claims: numbers of prose in the warehouse.
        errors, warnings, infos: findings by severity.
        failed: files that could not be read, each with its reason.
        not_read: files of formats that are not read, each with its reason.
        warehouse, extracts: where they were written.
        nothing_new: the published warehouse held all of this already.
        seconds: how long it took.
        answer: all that the program said.
    """

    documents: Dict[str, int]
    figures: int
    claims: int
    errors: int
    warnings: int
    infos: int
    failed: List[Tuple[str, str]]
    not_read: List[Tuple[str, str]]
    warehouse: Path
    extracts: Path
    nothing_new: bool
    seconds: float
    answer: Mapping[str, Any] = field(repr=False)

    def open(self) -> Warehouse:
        """The published warehouse, to be asked."""
        return open_warehouse(self.warehouse)


def run(
    pipeline: AnyPath = "nightly",
    *,
    source: Union[AnyPath, Sequence[AnyPath], None] = None,
    warehouse: Optional[AnyPath] = None,
    extracts: Optional[AnyPath] = None,
    project: Optional[AnyPath] = None,
    workers: Optional[int] = None,
    settings: Optional[Mapping[str, object]] = None,
    accept: bool = False,
) -> RunSummary:
    """Reads the sources, builds, checks and publishes the warehouse, writes the extracts.

    Args:
        pipeline: a name under `pipelines/`, or a TOML file.
        source: folder, zip bundle, manifest or pattern; or several of them.
        warehouse: the DuckDB file to publish.
        extracts: folder for the CSV extracts.
        project: folder whose `pipelines/` and `sql/` override the built-in ones.
        workers: parallel readers; 0 means one per processor.
        settings: any other key of the pipeline file, for example `{"gates.lost_figures_percent": 5}`.
        accept: publish even if a gate would hold the build back.

    Raises:
        UsageError: a path or a key is wrong.
        NotPublishedError: a gate held the build back, or nothing could be read; the old warehouse stays.
    """
    arguments: List[object] = ["run", pipeline]
    sources = [source] if isinstance(source, (str, os.PathLike)) else (source or [])
    for path in sources:
        arguments += ["--source", path]
    options: Dict[str, object] = {"--warehouse": warehouse, "--extracts": extracts, "--project": project, "--workers": workers}
    for option, given in options.items():
        if given is not None:
            arguments += [option, given]
    for key, value in (settings or {}).items():
        arguments += ["--set", f"{key}={_setting(value)}"]
    if accept:
        arguments.append("--accept")
    return _summary(call_json(arguments))


def demo(folder: AnyPath = "juesuan-demo") -> RunSummary:
    """Writes the packaged sample into a folder and runs it.

    Raises:
        UsageError: the folder cannot be written, or holds files of yours under the sample's names.
    """
    return _summary(call_json(["demo", folder]))


def _setting(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _summary(answer: Mapping[str, Any]) -> RunSummary:
    counts = answer["counts"]
    return RunSummary(
        documents=dict(answer["documents"]),
        figures=counts["figures"],
        claims=counts["claims"],
        errors=counts["findings_error"],
        warnings=counts["findings_warning"],
        infos=counts["findings_info"],
        failed=[(file, reason) for file, reason in answer["failed"]],
        not_read=[(file, reason) for file, reason in answer["not_read"]],
        warehouse=Path(answer["warehouse"]),
        extracts=Path(answer["extracts"]),
        nothing_new=answer["nothing_new"],
        seconds=float(sum(answer["seconds"].values())),
        answer=answer,
    )
