"""Failures as exceptions: what, why, what to do, and the program's exit code."""

from __future__ import annotations

from typing import Any, Mapping, Optional


class JuesuanError(Exception):
    """A failure. Its text is for people; its parts are for programs.

    Attributes:
        what: what went wrong, in one sentence that names the file.
        why: the cause beneath, if there is one.
        hint: what to do about it, if that is known.
        exit_code: the program's exit code (2 wrong use, 3 nothing published).
    """

    def __init__(self, what: str, why: Optional[str] = None, hint: Optional[str] = None, exit_code: int = 2) -> None:
        self.what, self.why, self.hint, self.exit_code = what, why, hint, exit_code
        super().__init__(what, why, hint, exit_code)

    def __str__(self) -> str:
        lines = [self.what]
        if self.why:
            lines.append(f"  why: {self.why}")
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class UsageError(JuesuanError):
    """Exit code 2: an argument, a configuration file or a path is wrong."""


class NotPublishedError(JuesuanError):
    """Exit code 3: the run ended without publishing; the earlier warehouse is untouched."""


class ProgramError(JuesuanError):
    """The program itself cannot be started on this machine, or ended without an answer."""


def error_of(answer: Mapping[str, Any]) -> JuesuanError:
    """The exception for the program's `{"error": ..}`."""
    code = int(answer.get("exit_code") or 2)
    kind = {2: UsageError, 3: NotPublishedError}.get(code, ProgramError)
    return kind(answer.get("what") or "the program failed", answer.get("why"), answer.get("hint"), code)
