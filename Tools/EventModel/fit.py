"""Fits the event model: `fit.py CORPORA FOLDER FIT > EventModel+Trained.swift`, figures on standard error.

CORPORA has the labelled sets (events/*.jsonl.gz); dumps are written into FOLDER and told by FIT, the program of Tools/Fit.
Also prints what a model scores on each family of sets that was fitted without it.
"""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

import dumps
import series
from pairs import Dump, Regression, b_cubed, candidate_recall, clusters, company, noisy, recurrence

# Of the features: the logarithm of the shorter text's length, and whether both are of one day.
LENGTH, DAY = 3, 8
# Of the cut: among a thousand documents, for each e-fold more, for each e-fold fewer than forty; what company may add, and
# take, and take more from short texts. Of what it may add, the share lost by short texts not of one day for each
# e-fold fewer than forty.
BASE, PER_DOCUMENTS, PER_MISSING, MOST, LEAST, SHORT, LOST = -1.15, 0.72, 1.27, 2.0, 0.95, 0.8, 1.2


class Model:
    def __init__(self, examples: list[tuple[float, Dump]]):
        rows = np.concatenate([dump.features for _, dump in examples])
        targets = np.concatenate([dump.is_one for _, dump in examples]).astype(float)
        importance = np.concatenate([weight * dump.weights() for weight, dump in examples])
        self.words = Regression(rows, targets, importance)
        known = np.concatenate([self.known(dump)[0] for _, dump in examples])
        self.company = Regression(np.concatenate([rows, known], 1), targets, importance)

    def known(self, dump: Dump) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        alone = self.words.log_odds(dump.features)
        kept, reach = company(dump, alone)
        return np.concatenate([kept, recurrence(dump, alone, self.words.weights)[:, None]], 1), alone, reach

    def log_odds(self, dump: Dump) -> np.ndarray:
        known, alone, reach = self.known(dump)
        recurs = np.minimum(0, known[:, -1] * self.company.weights[-1])
        known[:, -1] = 0
        both = self.company.log_odds(np.concatenate([dump.features, known], 1))
        missing = np.where(reach < 40, np.log(40 / np.maximum(reach, 2)), 0)
        cut = BASE + PER_DOCUMENTS * np.log(np.maximum(reach, 150) / 1000) + PER_MISSING * missing
        short = np.clip(np.log(100 / np.maximum(np.expm1(dump.features[:, LENGTH]), 1)) / np.log(4), 0, 1)
        most = MOST * np.clip(1 - LOST * missing * short * (dump.features[:, DAY] == 0), 0, 1)
        return np.clip(both, alone - LEAST - SHORT * short, alone + most) + recurs - cut

    def score(self, dump: Dump) -> float:
        return b_cubed(dump, clusters(dump, self.log_odds(dump)))


def written(name: str, regression: Regression, names: list[str]) -> str:
    lines = [f"            {weight},  // {name}" for name, weight in zip(names, regression.weights)]
    return "\n".join([f"        {name}: Regression(", f"            bias: {regression.bias},", "            weights: [",
                      *("    " + line for line in lines), "            ]),"])


def names(source: Path, start: str) -> list[str]:
    text = source.read_text()
    text = text[text.index("names = [") + len("names = ["):]
    return [part.strip().strip('"') for part in text[: text.index("]")].split(",") if part.strip()]


def say(*text: object) -> None:
    print(*text, file=sys.stderr, flush=True)


class Study:
    """All dumps, written into a folder and told by `fit`."""
    def __init__(self, corpora: Path, folder: Path, program: str):
        self.folder, self.weights, made = folder, {}, []
        sets = {name: dumps.read(corpora / "events" / f"{name}.jsonl.gz") for name in {*dumps.TRAIN, *dumps.DEV}}
        for name, weight, stories in [*dumps.training(sets), *series.training(sets)]:
            self.weights[name] = weight
            made.append((name, stories))
        for name, stories in [*made, *dumps.measured(sets)]:
            with (folder / f"{name}.jsonl").open("w") as file:
                file.writelines(json.dumps(story) + "\n" for story in stories)
        self.paths = sorted(folder.glob("*.jsonl"))
        subprocess.run([program, *map(str, self.paths)], check=True)
        self.dumps: dict[str, Dump] = {}

    def read(self, name: str) -> Dump:
        if name not in self.dumps:
            self.dumps[name] = Dump.read(self.folder / f"{name}.jsonl")
        return self.dumps[name]

    def examples(self, left_out: str = "-") -> list[tuple[float, Dump]]:
        found = []
        for number, (name, weight) in enumerate(self.weights.items()):
            if left_out in name:
                continue
            dump = self.read(name)
            if np.isnan(dump.days).all():
                found.append((weight, dump))
            elif name.split(".")[0] in series.KINDS:
                found.append((weight, dump.dated(noisy(dump, number))))
            else:
                found.append((weight / 2, dump.dated(noisy(dump, number))))
                found.append((weight / 2, dump.dated(np.full(dump.count, np.nan))))
        return found

    def scores(self, model: Model, kind: str, key: str) -> float:
        meant = [path.stem for path in self.paths if path.stem.startswith(f"{kind}.{key}")]
        return float(np.mean([model.score(self.read(name)) for name in meant]))

    def model(self) -> Model:
        """Says what it scores, and what others do that know nothing of a set."""
        model = Model(self.examples("no such set"))
        say(f"{'B-cubed F1':24} as it is  thinned  of 5 to 50")
        rows = []
        for key in dumps.DEV:
            rows.append([self.scores(model, kind, key) for kind in ("dev", "thin", "handful")])
            say(f"{key:24}", "   ".join(f"{value:.3f}" for value in rows[-1]))
        say(f"{'mean':24}", "   ".join(f"{value:.3f}" for value in np.mean(rows, 0)))
        rows = []
        for left, key in zip(dumps.TRAIN, dumps.DEV):
            other = Model(self.examples(left))
            rows.append([self.scores(other, kind, key) for kind in ("dev", "thin")])
            say(f"{key + ', fitted without it':34}", "   ".join(f"{value:.3f}" for value in rows[-1]))
        say(f"{'mean':34}", "   ".join(f"{value:.3f}" for value in np.mean(rows, 0)))
        return model

    def say_recall(self, program: str) -> None:
        every = [self.folder / f"all.{key}.jsonl" for key in dumps.DEV]
        for path, key in zip(every, dumps.DEV):
            path.write_bytes((self.folder / f"dev.{key}.jsonl").read_bytes())
        subprocess.run([program, "--all", *map(str, every)], check=True)
        say(f"{'candidate recall':24} of all   of .12   of .25")
        for key in dumps.DEV:
            shares = candidate_recall(self.read(f"dev.{key}"), self.read(f"all.{key}"), (0.12, 0.25))
            say(f"{key:24}", "   ".join(f"{share:.4f}" for share in shares))


def main() -> None:
    corpora, folder, program = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    study = Study(corpora, folder, program)
    study.say_recall(program)
    model = study.model()

    sources = Path(__file__).parents[2] / "Sources" / "Event"
    of_words = names(sources / "PairFeatures.swift", "names")
    print("// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.")
    print("extension EventModel {\n    static let trained = EventModel(")
    print(written("words", model.words, of_words))
    print(written("company", model.company, of_words + names(sources / "Company.swift", "names")
                  + names(sources / "Recurrence.swift", "names")))
    print(f"        cut: EventCut(base: {BASE}, perDocuments: {PER_DOCUMENTS}, perMissing: {PER_MISSING}),")
    print(f"        most: {MOST}, least: {LEAST})\n}}")


if __name__ == "__main__":
    main()
