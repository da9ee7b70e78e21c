"""The wheel holds a library that every Python loads through ctypes: one for all of them, and for one kind of machine."""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlatformWheel(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{os.environ.get('DEDUP_PLATFORM', 'linux_x86_64')}"
