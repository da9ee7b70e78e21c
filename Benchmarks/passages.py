"""Times `dedup compare` on long and on pathological pairs of texts: seconds of CPU, MB at the peak.

usage: make bench-passages
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile

MEGABYTE = 1_000_000


def words(rng, size):
    """Words of a made-up language, frequent ones first."""
    vocabulary = ["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(2, 11))) for _ in range(30_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    text, length = [], 0
    for word in rng.choices(vocabulary, weights, k=size // 4):
        text.append(word)
        length += len(word) + 1
        if length >= size:
            return text
    return text


def edited(rng, text):
    """A word in twenty changed or dropped, a hundred blocks moved."""
    changed = [rng.choice(text) if rng.random() < 0.025 else word for word in text if rng.random() > 0.025]
    for _ in range(100):
        start = rng.randrange(len(changed) - 200)
        block = changed[start : start + 200]
        del changed[start : start + 200]
        at = rng.randrange(len(changed))
        changed[at:at] = block
    return changed


def pairs():
    rng = random.Random(9)
    text = words(rng, MEGABYTE)
    yield "1 MB, a word in twenty edited, 100 blocks moved", " ".join(text), " ".join(edited(rng, text))
    yield "1 MB, nothing in common but the language", " ".join(text), " ".join(words(rng, MEGABYTE))
    yield "1 MB, every sixth word misread", " ".join(text), " ".join(
        word + "x" if at % 6 == 5 else word for at, word in enumerate(text))
    han = [chr(0x4E00 + min(rng.randrange(3000), rng.randrange(3000))) for _ in range(MEGABYTE // 3)]
    yield "1 MB of Han characters, one in twenty edited", "".join(han), "".join(edited(rng, han))
    word = "buffalo " * MEGABYTE
    yield "one word a million times", word, word
    yield "one word a million times, and every hundredth another", word, " ".join(
        "bison" if at % 100 == 0 else "buffalo" for at in range(MEGABYTE))
    yield "two words in turn, half a million times, and three", "to be " * (MEGABYTE // 2), "to be or " * (MEGABYTE // 3)
    yield "one word of 1 MB", "a" * MEGABYTE, "a" * MEGABYTE


def main():
    tool = sys.argv[1] if len(sys.argv) > 1 else ".build/release/dedup"
    print("| pair | CPU s | peak MB | passages | of A in B |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        a, b = os.path.join(folder, "a.txt"), os.path.join(folder, "b.txt")
        for name, text_a, text_b in pairs():
            for path, text in ((a, text_a), (b, text_b)):
                with open(path, "w") as file:
                    file.write(text)
            # A child of its own for each, so that the peak is its own.
            read, write = os.pipe()
            child = os.fork()
            if child == 0:
                output = subprocess.run([tool, "compare", a, b, "--format", "jsonl"], capture_output=True, check=True).stdout
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                pair = json.loads(output.splitlines()[1])
                row = [used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, len(pair["passages"]), pair["share_a"]]
                os.write(write, json.dumps(row).encode())
                os._exit(0)
            os.waitpid(child, 0)
            seconds, peak, passages, share = json.loads(os.read(read, 1000))
            print(f"| {name} | {seconds:.2f} | {peak:.0f} | {passages} | {share:.4f} |", flush=True)


if __name__ == "__main__":
    main()
