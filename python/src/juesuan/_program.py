"""Finds, checks and calls the program that lies beside this module."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

from ._errors import JuesuanError, ProgramError, error_of

_FOLDER = Path(__file__).resolve().parent / "program"


def program_path() -> Path:
    """The program: the one `JUESUAN_PROGRAM` names, else the packaged one.

    Raises:
        ProgramError: there is none, it may not be executed, or this machine's C library is too old for it.
    """
    chosen = os.environ.get("JUESUAN_PROGRAM")
    path = Path(chosen) if chosen else _FOLDER / "juesuan"
    if not path.is_file():
        hint = "set JUESUAN_PROGRAM to a built program" if chosen else "install the wheel for this machine, or set JUESUAN_PROGRAM"
        raise ProgramError(f"there is no program at {path}", None, hint)
    if not os.access(path, os.X_OK):
        raise ProgramError(f"{path} may not be executed", None, f"chmod +x {path}, or install it anew")
    if not chosen:
        _check_c_library(needed_glibc(), glibc())
    return path


def needed_glibc() -> Optional[str]:
    """The version of glibc the packaged program was linked for; None where it needs none."""
    written = _FOLDER / "glibc"
    return written.read_text("utf-8").strip() if written.is_file() else None


def glibc() -> Optional[str]:
    """The version of glibc on this machine; None where there is none (musl, macOS)."""
    try:
        said = os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (AttributeError, OSError, ValueError):
        return None
    return said.split()[-1] if said.startswith("glibc") else None


def _check_c_library(needed: Optional[str], here: Optional[str]) -> None:
    if needed is None or (here is not None and _version(here) >= _version(needed)):
        return
    what = f"this machine's glibc is {here}" if here else "this machine has no glibc (Alpine and other musl systems have none)"
    raise ProgramError(
        f"{what}; the program needs {needed} or later",
        None,
        "use a newer system or the container image, or build from source with `./dev build`",
    )


def _version(text: str) -> "tuple[int, ...]":
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def call(arguments: Sequence[object], cwd: Optional[Path] = None) -> bytes:
    """What the program prints for these arguments.

    Raises:
        JuesuanError: as the program says it, with its hint and exit code.
    """
    command = [str(program_path()), *(os.fspath(part) if isinstance(part, os.PathLike) else str(part) for part in arguments)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd, check=False)
    except OSError as error:
        raise ProgramError(f"the program {command[0]} cannot be started", str(error), "install the wheel for this machine") from error
    if done.returncode != 0:
        raise _failure(done.returncode, done.stdout, done.stderr)
    return done.stdout


def call_json(arguments: Sequence[object]) -> Any:
    """What the program answers with `--json`; numbers with a decimal point are exact `Decimal`s."""
    return json.loads(call(["--json", *arguments]), parse_float=Decimal)


def _failure(code: int, stdout: bytes, stderr: bytes) -> JuesuanError:
    try:
        answer = json.loads(stdout)
    except ValueError:
        answer = None
    if isinstance(answer, Mapping) and isinstance(answer.get("error"), Mapping):
        return error_of(answer["error"])
    said = stderr.decode("utf-8", "replace").strip()
    if code == 2 and said:
        what, _, rest = said.removeprefix("error: ").partition("\n")
        return error_of({"what": what, "why": rest.strip() or None, "exit_code": code})
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return ProgramError(f"the program ended with {how} and no answer", said or None, None, code)


def replace_this_process(arguments: Sequence[str]) -> int:
    """Becomes the program: for the command `juesuan` of the wheel."""
    try:
        path = str(program_path())
        os.execv(path, [path, *arguments])
    except JuesuanError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"error: the program {path} cannot be started\n  why: {error}", file=sys.stderr)
        return 2
