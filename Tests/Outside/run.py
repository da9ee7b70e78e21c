#!/usr/bin/env python3
"""Compile and run the examples of the documentation in a package outside the tree.

    run.py [PRODUCT]

An example is an indented block of a `///` comment, or a Swift block of the README. It is compiled in a function of its
own with the product that it belongs to alone, the first that exports its room; one that imports something, with that.
Where a line ends in `// 5`, or another plain value, it must have this value. `news.jsonl` is the sample dump.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = HERE / ".build/examples"
PRODUCTS = re.findall(r'\.library\(name: "(\w+)", targets', (ROOT / "Package.swift").read_text())
COMMENT = r"^ *///\n((?: *///(?: {5}[^\n]*)?\n)* */// {5}[^\n]*)"  # behind a blank line: else it goes on with a list
FENCE = r"^```swift\n(.*?)\n```"
VALUE = re.compile(r'(?!let |var )(.*\S) +// (-?\d[\d.]*|true|false|nil|".*"|\[.*\])$')
EXPECT = """
func expect<Value>(_ value: Value?, _ expected: String, file: StaticString = #filePath, line: UInt = #line) {
    let found = value.map { String(reflecting: $0) } ?? "nil"
    if found != expected { fatalError("\\(found), not \\(expected)", file: file, line: line) }
}

"""


def exported(product: str) -> list[str]:
    """The rooms that an import of a product brings, itself the first."""
    rooms = [product]
    for room in rooms:
        for file in sorted((ROOT / "Sources" / room).glob("*.swift")):
            found = re.findall(r"^@_exported (?:public )?import (\w+)", file.read_text(), re.MULTILINE)
            rooms += [name for name in found if name not in rooms]
    return rooms


def blocks(file: Path, pattern: str) -> list[tuple[Path, int, list[str]]]:
    """What a pattern finds in a file, by lines, and the number of the first."""
    text = file.read_text()
    found = [(text.count("\n", 0, match.start(1)) + 1, match[1]) for match in re.finditer(pattern, text, re.M | re.S)]
    return [(file, first, re.sub(r"^ *///(?: {5})?", "", block, flags=re.M).split("\n")) for first, block in found]


def function(name: str, file: Path, first: int, block: list[str]) -> str:
    lines = []
    for line in block:
        value = VALUE.match(line)
        if line.startswith("import "):
            line = ""
        elif value:
            line = f"expect({value[1]}, {json.dumps(value[2])})"
        lines.append(line)
    place = f'#sourceLocation(file: "{file.relative_to(ROOT)}", line: {first})'
    return "\n".join([f"func {name}() throws {{", place, *lines, "#sourceLocation()", "}", ""])


def extract() -> dict[str, list[str]]:
    """Writes the sources of each target; returns the names of its examples."""
    owner = {room: product for product in reversed(PRODUCTS) for room in exported(product)}
    examples = [
        (*block, owner[file.parent.name])
        for file in sorted(ROOT.glob("Sources/*/*.swift"))
        if file.parent.name in owner
        for block in blocks(file, COMMENT)
    ]
    examples += [(*block, None) for block in blocks(ROOT / "README.md", FENCE)]
    shutil.rmtree(EXAMPLES, ignore_errors=True)
    names = {target: [] for target in [*PRODUCTS, "Together"]}
    for target in names:
        (EXAMPLES / target).mkdir(parents=True)
    for number, (file, first, block, product) in enumerate(examples, 1):
        imports = [line for line in block if line.startswith("import ")] or [f"import {product}"]
        target = imports[0].split()[1] if len(imports) == 1 else "Together"
        name = f"{file.stem.split('+')[0].lower()}{number}"
        source = "\n".join([*imports, "", function(name, file, first, block)])
        (EXAMPLES / target / f"{name}.swift").write_text(source)
        names[target].append(name)
    for target, called in names.items():
        imports = "".join(f"import {name}\n" for name in (PRODUCTS if target == "Together" else [target]))
        (EXAMPLES / target / "main.swift").write_text(imports + EXPECT + "".join(f"try {name}()\n" for name in called))
    return names


def main() -> None:
    examples = extract()
    wanted = [f"--product={product}Examples" for product in sys.argv[1:2]]
    start = time.monotonic()
    subprocess.run(["swift", "build", "--package-path", HERE, *wanted], check=True)
    print(f"built in {time.monotonic() - start:.0f} s")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "corpora/sample/stories.jsonl", f"{folder}/news.jsonl")
        for target in sys.argv[1:2] or examples:
            binary = HERE / f".build/debug/{target}Examples"
            subprocess.run([binary], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            print(f"{target}: {len(examples[target])} examples")


if __name__ == "__main__":
    main()
