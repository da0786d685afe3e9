"""The command `juesuan` of the wheel: `python -m juesuan` does the same."""

from __future__ import annotations

import sys

from ._program import replace_this_process


def main() -> int:
    return replace_this_process(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
