"""Puts the program and its library into the wheel and tags it for the machines they run on."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ProgramHook(BuildHookInterface):
    """Takes two variables of `./dev wheel`: the folder with the program, and the platform tag its symbols allow."""

    def initialize(self, version, build_data):
        if version == "editable":
            return
        folder, platform = os.environ.get("JUESUAN_PROGRAM_FOLDER"), os.environ.get("JUESUAN_PLATFORM_TAG")
        if not folder or not platform:
            raise SystemExit("There is no program to pack: build the wheel with `./dev wheel`.")
        for file in sorted(Path(folder).iterdir()):
            build_data["force_include"][str(file)] = f"juesuan/program/{file.name}"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
