"""text-dedup: its own command, from JSON Lines to a data set on disk, of which the ids are then written."""

import subprocess
import sys
import tempfile

from datasets import load_from_disk

source, target = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", source, "--split", "train",
         "--cache_dir", f"{folder}/cache", "--output", f"{folder}/kept", "--column", "text", "--ngram", "5",
         "--min_length", "0", "--num_perm", "128", "--b", "16", "--r", "8", "--hash_func", "xxh3", "--hash_bits", "32",
         "--num_proc", "1"], check=True)
    with open(target, "w") as kept:
        kept.writelines(f"{name}\n" for name in load_from_disk(f"{folder}/kept")["id"])
