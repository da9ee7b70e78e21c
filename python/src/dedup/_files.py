"""What the command does with files that the binary does not read."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from ._cluster import cluster
from ._filter import removed_rows
from ._foreign import CANNOT_WRITE, NO_INPUT, USAGE, Failure, library, open_dataset
from ._kinds import ROLES, USUAL
from ._native import DedupError
from ._output import write
from ._pipe import through_pipe
from .command import ARROW, expanded, value_of

#: Bytes of columns that stay in memory, where `--memory` does not say.
ROOM = 1 << 29
OUTPUTS = ("-o", "--output", "--dupes", "--stats", "--html")


def main(arguments: list[str]) -> int:
    try:
        return run(arguments)
    except Failure as failure:
        print(f"dedup: {failure}", file=sys.stderr)
        return failure.code
    except DedupError as error:
        print(f"dedup: {error}", file=sys.stderr)
        return NO_INPUT
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    values = {argument: expanded(argument) for argument in arguments[1:]}
    output = value_of(arguments, "-o", "--output")
    # What follows an option is its value, and no input.
    options = {after for before, after in zip(arguments, arguments[1:], strict=False) if before in OUTPUTS}
    inputs = [argument for argument in arguments[1:] if values[argument] and argument not in options]
    files = [file for argument in inputs for file in values[argument]]
    for name in options & {one for argument in arguments[1:] for one in values[argument]}:
        if arguments.count(name) > 1 or name in files:
            raise Failure(USAGE, f"{name} is an input; write to another file")
    if not files:
        raise Failure(USAGE, f"{output}: a result in this format needs inputs of it; give a name that ends in .jsonl")
    is_arrow = all(file.lower().endswith(ARROW) for file in files)
    if is_arrow and (arguments[0] == "filter" or (output or "").lower().endswith(ARROW)):
        return through_arrow(arguments, inputs, files)
    if (output or "").lower().endswith(ARROW):
        raise Failure(USAGE, f"{output}: only Parquet and Feather can be written so")
    return through_pipe(arguments, inputs, files)


def parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"dedup {command}", add_help=False, allow_abbrev=False)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("-o", "--output")
    parser.add_argument("--level", choices=["exact", "near", "copy", "event"])
    parser.add_argument("--threshold", type=float, default=0.7)
    parser.add_argument("--event-threshold", type=float, default=0.5)
    parser.add_argument("--event-window", type=float, default=30)
    parser.add_argument("--date-order", choices=["dmy", "mdy"])
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--memory", type=size, default=0)
    parser.add_argument("--temp-dir")
    parser.add_argument("-q", "--quiet", action="store_true")
    for role in ROLES:
        parser.add_argument(f"--{role}-field", dest=role)
    if command == "filter":
        parser.add_argument("--keep", choices=["earliest", "newest", "longest", "first"], default="earliest")
        parser.add_argument("--out-dir")
        parser.add_argument("--dupes")
        parser.add_argument("--dry-run", action="store_true")
    else:
        parser.add_argument("--linkage", choices=["star", "single"], default="star")

    def error(message: str) -> NoReturn:
        raise Failure(USAGE, f"{message}; of Parquet and Feather files these options are known: "
                      + " ".join(action.option_strings[-1] for action in parser._actions if action.option_strings))  # fmt: skip

    parser.error = error  # type: ignore[method-assign]
    return parser


def size(text: str) -> int:
    """512M, 8G, 1048576."""
    units = {"K": 10, "M": 20, "G": 30, "T": 40}
    digits = text.upper().removesuffix("B").removesuffix("I")
    return int(digits[:-1]) << units[digits[-1]] if digits[-1:] in units else int(digits)


def through_arrow(arguments: list[str], inputs: list[str], files: list[str]) -> int:
    command = arguments[0]
    asked = parser(command).parse_args(arguments[1:])
    foreign = [one for one in asked.inputs if one not in inputs]
    if foreign:
        raise Failure(USAGE, f"{foreign[0]} is of another format than {files[0]}: filter them one by one")
    check_outputs(asked)
    dataset = open_dataset(files)
    options = {
        name: getattr(asked, name) for name in ("threshold", "event_threshold", "event_window", "date_order", "threads", "memory")
    } | {"temporary_folder": asked.temp_dir}  # fmt: skip
    names = {role: getattr(asked, role) for role in ROLES}
    with tempfile.TemporaryDirectory(dir=asked.temp_dir, prefix="dedup-") as folder:
        table = columns(dataset, folder, asked.memory or ROOM)
        if command == "cluster":
            clusters = cluster(table, **names, level=asked.level or "event", linkage=asked.linkage, **options)
            write(asked.output, clusters.to_arrow().schema, iter(clusters.to_arrow().to_batches()), "zstd")
            return 0
        removed = removed_rows(table, names, asked.level or "near", asked.keep, options)
        filter_files(asked, dataset, files, removed, table)
    return 0


def batches(dataset: Any) -> Iterator[Any]:
    """Row group by row group, of which one is in memory at a time."""
    for fragment in dataset.get_fragments():
        groups = getattr(fragment, "row_groups", None)
        parts = [fragment] if groups is None else [fragment.subset(row_group_ids=[group.id]) for group in groups]
        for part in parts:
            yield from part.to_table(schema=dataset.schema, use_threads=False).to_batches()


def check_outputs(asked: argparse.Namespace) -> None:
    """Before hours of work."""
    to = getattr(asked, "out_dir", None)
    if not (asked.output or to or getattr(asked, "dry_run", False)):
        raise Failure(USAGE, "kept rows need -o FILE or --out-dir FOLDER: Parquet cannot be read from a pipe")
    for path in (asked.output, getattr(asked, "dupes", None)):
        if path is None:
            continue
        if not path.lower().endswith((*ARROW, ".jsonl")):
            raise Failure(USAGE, f"{path}: give a name that ends in .parquet, .feather, .arrow or .jsonl")
        folder = os.path.dirname(path) or "."
        if not os.access(folder, os.W_OK | os.X_OK):
            reason = "permission denied" if os.path.exists(folder) else "no such folder"
            raise Failure(CANNOT_WRITE, f"{path}: {reason}")


def columns(dataset: Any, folder: str, room: int) -> Any:
    """All columns: texts are read more than once. What is more than `room` bytes is uncompressed in a mapped file."""
    pa, ipc = library("pyarrow", "parquet"), library("pyarrow.ipc", "parquet")
    # What is held and not given back costs PyArrow's own allocator as much time in the kernel as to read it.
    pa.set_memory_pool(pa.system_memory_pool())
    held, size, more = [], 0, batches(dataset)
    for batch in more:
        held.append(batch)
        size += batch.nbytes
        if size > room:
            break
    else:
        return pa.Table.from_batches(held, dataset.schema)
    path = Path(folder, "columns.arrow")
    with pa.OSFile(str(path), "wb") as file, ipc.new_file(file, dataset.schema) as writer:
        while held:
            writer.write_batch(held.pop(0))
        for batch in more:
            writer.write_batch(batch)
    # The C library keeps what is freed, more or less of it from run to run.
    pa.default_memory_pool().release_unused()
    return ipc.open_file(pa.memory_map(str(path))).read_all()


def filter_files(asked: argparse.Namespace, dataset: Any, files: list[str], removed: Any, table: Any) -> None:
    rows = table.num_rows
    gone = bytearray(rows)
    for row in removed["row"]:
        gone[row] = 1
    if not asked.quiet or asked.dry_run:
        kept = rows - len(removed)
        print(f"{rows:,} documents, {kept:,} kept, {len(removed):,} removed", file=sys.stderr)
    if asked.dry_run:
        return
    if asked.dupes:
        named = with_ids(removed.to_arrow(), table, asked.id)
        write(asked.dupes, named.schema, iter(named.to_batches()), "zstd")
    if not asked.out_dir:
        write(asked.output, table.schema, kept_batches(table, gone), codec(dataset))
        return
    at = 0
    for file in files:
        target = Path(asked.out_dir, *[part for part in Path(file).parts if part not in ("/", "..", ".")])
        target.parent.mkdir(parents=True, exist_ok=True)
        one = open_dataset([file])
        count = one.count_rows()
        # What its folder says is said by the folder of the copy.
        part = table.slice(at, count).select(next(one.get_fragments()).physical_schema.names)
        write(str(target), part.schema, kept_batches(part, gone[at : at + count]), codec(one))
        at += count


def with_ids(removed: Any, table: Any, asked: str | None) -> Any:
    """What goes, and what it duplicates, also by their ids where there are any."""
    name = next((name for name in ([asked] if asked else USUAL["id"]) if name in table.column_names), None)
    if name is None:
        return removed
    ids = table[name]
    return removed.append_column("id", ids.take(removed["row"])).append_column("of", ids.take(removed["of_row"]))


def kept_batches(table: Any, gone: bytearray) -> Iterator[Any]:
    pa = library("pyarrow", "parquet")
    at = 0
    for batch in table.to_batches(max_chunksize=1 << 13):
        mask = gone[at : at + batch.num_rows]
        at += batch.num_rows
        yield batch.filter(pa.array([not one for one in mask], pa.bool_())) if any(mask) else batch


def codec(dataset: Any) -> str:
    """As the first file is compressed."""
    fragment = next(dataset.get_fragments())
    metadata = getattr(fragment, "metadata", None)
    if metadata is None or not metadata.num_row_groups or not metadata.num_columns:
        return "zstd"
    return str(metadata.row_group(0).column(0).compression).lower().replace("uncompressed", "none")
