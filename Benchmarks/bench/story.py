"""Text of the throughput corpus. A document is a pure function of (seed, its number), so documents
can be written in any order, by any number of processes, without holding the corpus in memory."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from wordfreq import top_n_list, word_frequency

from bench.plan import KINDS, Plan

VOCABULARY = 50_000
OUTLETS = ("reuters", "apnews", "afp", "bbc", "guardian", "nytimes", "aljazeera", "dw", "xinhua",
           "bloomberg", "localpost", "tribune", "heraldsun", "dailyecho", "metro")
FOOTER_SHARE = .30
FOOTER_WORDS = 24
BURST = 5


class Vocabulary:
    """English words with their frequencies; ids beyond `VOCABULARY` are the fixed words of footers."""

    def __init__(self) -> None:
        words = [w for w in top_n_list("en", 60_000) if re.fullmatch("[a-z]+", w)][:VOCABULARY]
        frequency = np.cumsum([word_frequency(w, "en") for w in words])
        self.cumulative = frequency / frequency[-1]
        self.words = np.array([*words, "c", "2024", "all", "rights", "reserved", *OUTLETS], dtype=object)
        capitals = [w.capitalize() for w in self.words]
        # Row 2·break + opens_sentence: what follows a word is part of its written form.
        self.forms = np.array([[w + end for w in case] for end in (" ", ", ", ". ", ".\n\n")
                               for case in (self.words, capitals)], dtype=object)
        self.id = {word: i for i, word in enumerate(self.words)}

    def draw(self, count: int, rng: np.random.Generator) -> np.ndarray:
        return np.searchsorted(self.cumulative, rng.random(count)).astype(np.uint16)


class Stories:
    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan, self.seed, self.vocabulary = plan, seed, Vocabulary()
        self.words = lru_cache(maxsize=1024)(self._words)
        self._footers = [self._make_footer(i) for i in range(len(OUTLETS))]

    def tokens(self, document: int) -> np.ndarray:
        """Word ids of the whole text, boilerplate included: what `\\w+` finds in `text`, lower-cased."""
        footer = self._footer(document)
        words = self.words(document)
        return words if footer is None else np.concatenate([words, footer])

    def text(self, document: int) -> str:
        body = self._layout(self.words(document))
        footer = self._footer(document)
        return body if footer is None else f"{body}\n\n{self._footer_text(footer)}"

    def title(self, document: int) -> str:
        return " ".join(self.vocabulary.words[self.words(document)[:8]]).title()

    def _words(self, document: int) -> np.ndarray:
        rng = np.random.default_rng((self.seed, 1, document))
        kind, parent = KINDS[self.plan.kind[document]], int(self.plan.parent[document])
        if kind == "root":
            length = int(np.clip(rng.lognormal(5.76, .40), 60, 2000))
            return self.vocabulary.draw(length, rng)
        source = self.words(parent)
        if kind == "exact":
            return source
        if kind == "abridged":
            return source[:max(30, len(source) * 6 // 10)]
        if kind == "embedded":
            frame = self.vocabulary.draw(len(source) * 7 // 10, rng)
            cut = int(rng.integers(len(frame) + 1))
            return np.concatenate([frame[:cut], source, frame[cut:]])
        edits = max(1, round(len(source) * (.05 if kind.startswith("edit5") else .20)))
        edit = self._edit_bursts if kind.endswith("burst") else self._edit_scattered
        return edit(source, edits, rng)

    def _edit_scattered(self, words: np.ndarray, edits: int, rng: np.random.Generator) -> np.ndarray:
        """60 % substitutions, 20 % deletions, 20 % insertions at distinct places."""
        places = rng.choice(len(words), edits, replace=False)
        substitute, delete, insert = np.split(places, [round(edits * .6), round(edits * .8)])
        edited = words.copy()
        edited[substitute] = self.vocabulary.draw(len(substitute), rng)
        repeats = np.ones(len(words), np.intp)
        repeats[delete], repeats[insert] = 0, 2
        starts = np.cumsum(repeats) - repeats
        edited = np.repeat(edited, repeats)
        edited[starts[insert]] = self.vocabulary.draw(len(insert), rng)
        return edited

    def _edit_bursts(self, words: np.ndarray, edits: int, rng: np.random.Generator) -> np.ndarray:
        edited, left = words.copy(), edits
        while left:
            start = int(rng.integers(len(words)))
            run = min(BURST, left, len(words) - start)
            edited[start:start + run] = self.vocabulary.draw(run, rng)
            left -= run
        return edited

    def _layout(self, words: np.ndarray) -> str:
        """Punctuation hangs on neighbouring words only, so that an edit disturbs it locally."""
        following = np.roll(words, -1).astype(np.uint32)
        mark = (words * np.uint32(2654435761) ^ following * np.uint32(2246822519)) >> 7
        breaks = np.where(mark % 17 == 0, 2 + (mark // 17 % 3 == 0), mark % 23 == 0)
        breaks[-1] = 2
        opens = np.roll(breaks >= 2, 1)
        return "".join(self.vocabulary.forms[2 * breaks + opens, words]).rstrip()

    def _footer(self, document: int) -> np.ndarray | None:
        # Copies keep the text byte for byte: the footer belongs to whoever wrote it first.
        while KINDS[self.plan.kind[document]] == "exact":
            document = int(self.plan.parent[document])
        rng = np.random.default_rng((self.seed, 2, document))
        return self._footers[rng.integers(len(OUTLETS))] if rng.random() < FOOTER_SHARE else None

    def _make_footer(self, outlet: int) -> np.ndarray:
        ids, rng = self.vocabulary.id, np.random.default_rng((self.seed, 3, outlet))
        head, tail = ("c", "2024", OUTLETS[outlet]), ("all", "rights", "reserved")
        return np.concatenate([[ids[w] for w in head], self.vocabulary.draw(FOOTER_WORDS, rng),
                               [ids[w] for w in tail]]).astype(np.uint16)

    def _footer_text(self, footer: np.ndarray) -> str:
        words = self.vocabulary.words[footer]
        return f"(c) {words[1]} {words[2].title()}. {' '.join(words[3:-3])}. All rights reserved."
