"""The command `dedup`: the binary as it is, and before it what it does not read itself.

Parquet, Feather and Arrow files (with the extra `parquet`), WARC and HTML (with the extra `web`). `filter` and `cluster`
read and write Parquet and Feather through Arrow; whatever else is asked of such files goes to the binary as JSON Lines
through a pipe. Without such files nothing is imported, and the binary takes the place of this process.
"""

from __future__ import annotations

import glob
import os
import sys
from pathlib import Path

ARROW = (".parquet", ".pq", ".feather", ".arrow", ".ipc")
WEB = (".warc", ".warc.gz", ".html", ".htm")
COMMANDS = ("cluster", "filter", "flag")


def binary() -> str:
    """Where the binary is."""
    return os.environ.get("DEDUP_BINARY") or str(Path(__file__).with_name("bin") / "dedup")


def expanded(argument: str) -> list[str]:
    """The foreign files that an argument names: itself, those below a folder, those of a pattern; none where it names
    nothing of that kind."""
    if argument.startswith("-"):
        return []
    if os.path.isdir(argument):
        return sorted(
            str(path) for path in Path(argument).rglob("*") if is_foreign(path.name) and not is_hidden(path, argument)
        )
    if any(sign in argument for sign in "*?["):
        return sorted(path for path in glob.glob(argument, recursive=True) if is_foreign(path))
    return [argument] if is_foreign(argument) else []


def is_foreign(name: str) -> bool:
    return name.lower().endswith(ARROW + WEB)


def is_hidden(path: Path, folder: str) -> bool:
    """As Hive and Spark have it: names that begin with an underscore or a point are not data."""
    return any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)


def value_of(arguments: list[str], *names: str) -> str | None:
    for name, value in zip(arguments, arguments[1:], strict=False):
        if name in names:
            return value
    return next((one.split("=", 1)[1] for one in arguments if one.startswith("--output=")), None)


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] and arguments[0] in COMMANDS and any(expanded(argument) for argument in arguments[1:]):
        from . import _files

        sys.exit(_files.main(arguments))
    os.execv(binary(), ["dedup", *arguments])


if __name__ == "__main__":
    main()
