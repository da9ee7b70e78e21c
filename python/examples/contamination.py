"""A dataset of Hugging Face cleaned against its test set: what stands there goes, and then what is twice.

    python contamination.py train.jsonl test.jsonl clean.parquet
"""

import sys

import datasets

import dedup

train, test, clean = sys.argv[1:]
data = datasets.load_dataset("json", data_files={"train": train, "test": test})

# Whatever resembles a text of the test set goes, whichever is earlier, and then what resembles another that is kept.
kept = dedup.drop_duplicates(data["train"], level="near", keep="longest", against=data["test"])
print(f"{len(data['train'])} rows, {len(kept)} kept; columns as they were: {', '.join(kept.column_names)}")

# None of what is left resembles the test set.
assert len(dedup.drop_duplicates(kept, level="near", keep="longest", against=data["test"])) == len(kept)
kept.to_parquet(clean)
