"""The way of LSHBloom (Khan and others, 2024): a Bloom filter for each band in place of a table, so that it is told that
something was like a document, and not what. Nothing is verified.

usage: index_lshbloom.py INPUT.jsonl DAY
"""

import sys
import time

from common import BANDS, SLOTS
from index_datasketch import sketched
from rbloom import Bloom

#: Of a document by all filters together: as the paper has it.
ERROR = 1e-5


def keys(sketch) -> list[int]:
    """A hash for each band."""
    rows = SLOTS // BANDS
    return [hash(sketch.hashvalues[first:first + rows].tobytes()) for first in range(0, SLOTS, rows)]


def main() -> None:
    source, day = sys.argv[1], int(sys.argv[2])
    sketches, made = sketched(source)
    history, asked_for, count = sketches[:-day], sketches[-day:], len(sketches)
    filters = [Bloom(len(history), ERROR / BANDS) for _ in range(BANDS)]
    start = time.process_time()
    for sketch in history:
        for filter, key in zip(filters, keys(sketch)):
            filter.add(key)
    inserted = time.process_time() - start
    start = time.process_time()
    found = sum(any(key in filter for filter, key in zip(filters, keys(sketch))) for sketch in asked_for)
    asked = time.process_time() - start
    size = sum(filter.size_in_bits for filter in filters) / 8
    print(f"LSHBloom's way: sketch {1e6 * made / count:.0f} µs a document, insert {1e6 * inserted / len(history):.0f} µs, "
          f"query {1e6 * asked / day:.0f} µs; {size / len(history):.0f} bytes a document; {found} of {day} have a candidate")


if __name__ == "__main__":
    main()
