"""Generated news with a gold event for every document: topics that last, events that are reported a few
times in different words, copies of some reports. A document is a pure function of (seed, its number).

Word statistics follow news: most words are general English by its frequencies, some come from the topic,
some from the event (names, numbers, rarer words), a few from the report alone. Names are made of
syllables and follow Zipf's law, so that new events keep bringing new ones, and some recur everywhere.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

import numpy as np

from bench.story import OUTLETS, Vocabulary

EVENT_SIZES = (.50, .24, .12, .07, .03, .02, .01, .01)     # of 1, 2, 3 … reports
COPY_SHARE = .15
UNDATED_SHARE = .20
DOCUMENTS_PER_TOPIC = 500
NAMES = 2_000_000
SYLLABLES = [a + v + b for a in ("b", "br", "d", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v")
             for v in ("a", "e", "i", "o", "u") for b in ("", "l", "n", "r", "s", "v")]
# Of a report's words: from its topic, event and itself; the rest is general. More of the event in the lead.
TOPIC, EVENT, OWN = .12, .16, .03
LEAD, LEAD_EVENT = 60, .26


def name(number: int) -> str:
    """A surname, pronounceable and different for every number."""
    parts = []
    while number or len(parts) < 2:
        number, syllable = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[syllable])
    return "".join(parts).capitalize()


class Events:
    def __init__(self, documents: int, seed: int) -> None:
        rng = np.random.default_rng((seed, 10))
        copies = int(documents * COPY_SHARE)
        reports = documents - copies
        sizes = rng.choice(len(EVENT_SIZES), reports, p=EVENT_SIZES) + 1
        of_report = np.repeat(np.arange(reports), sizes)[:reports]
        # A copy belongs to the event of the report that it copies.
        self.original = np.concatenate([np.arange(reports), rng.integers(reports, size=copies)])
        self.event = of_report[self.original]
        self.order = rng.permutation(documents)
        self.topics = max(8, documents // DOCUMENTS_PER_TOPIC)
        self.reports, self.seed, self.vocabulary = reports, seed, Vocabulary()
        self.topic_words = lru_cache(maxsize=4096)(self._topic_words)
        self.event_words = lru_cache(maxsize=1024)(self._event_words)

    def __len__(self) -> int:
        return len(self.order)

    def record(self, position: int) -> dict[str, str]:
        document = int(self.order[position])
        rng = np.random.default_rng((self.seed, 11, document))
        words = self._copy(int(self.original[document]), rng) if document >= self.reports else self._report(document)
        record = {"id": f"g{position:07d}", "source": OUTLETS[document % len(OUTLETS)],
                  "title": " ".join(words[:9]), "text": layout(words[9:], rng)}
        if rng.random() >= UNDATED_SHARE:
            day = int(np.random.default_rng((self.seed, 12, int(self.event[document]))).integers(365))
            late = int(rng.integers(3))
            record["published_at"] = str(datetime.date(2024, 1, 1) + datetime.timedelta(days=day + late))
        return record

    def gold(self, position: int) -> int:
        return int(self.event[self.order[position]])

    def _report(self, document: int) -> list[str]:
        rng = np.random.default_rng((self.seed, 13, document))
        length = int(np.clip(rng.lognormal(5.76, .45), 60, 2500))
        event = int(self.event[document])
        event_words, topic = self.event_words(event)
        source = rng.random(length)
        share = np.where(np.arange(length) < LEAD, LEAD_EVENT, EVENT)
        words = self.vocabulary.words[self.vocabulary.draw(length, rng)]
        places = np.flatnonzero(source < share)
        words[places] = event_words[zipf(len(event_words), len(places), rng)]
        places = np.flatnonzero((source >= share) & (source < share + TOPIC))
        topic_words = self.topic_words(topic)
        words[places] = topic_words[zipf(len(topic_words), len(places), rng)]
        places = np.flatnonzero(source >= 1 - OWN)
        own = self._names(3, rng) + self._content(5, rng)
        words[places] = np.array(own, object)[rng.integers(len(own), size=len(places))]
        return words.tolist()

    def _copy(self, original: int, rng: np.random.Generator) -> list[str]:
        """Word for word, abridged from the end, or with a twentieth of its words changed."""
        words = self._report(original)
        kind = rng.integers(3)
        if kind == 1:
            return words[:max(60, len(words) * 6 // 10)]
        if kind == 2:
            places = rng.integers(len(words), size=max(1, len(words) // 20))
            for place, word in zip(places, self.vocabulary.words[self.vocabulary.draw(len(places), rng)]):
                words[place] = word
        return words

    def _topic_words(self, topic: int) -> np.ndarray:
        rng = np.random.default_rng((self.seed, 14, topic))
        return np.array(self._content(120, rng) + self._names(15, rng) + self._content(120, rng), object)

    def _event_words(self, event: int) -> tuple[np.ndarray, int]:
        rng = np.random.default_rng((self.seed, 15, event))
        topic = int(zipf(self.topics, 1, rng)[0])
        names, content = self._names(7, rng), self._content(40, rng)
        numbers = [str(n) for n in (10 ** rng.uniform(.3, 4.5, 5)).astype(int)]
        return np.array(rng.permutation(names + content[:6] + numbers).tolist() + content[6:], object), topic

    def _names(self, count: int, rng: np.random.Generator) -> list[str]:
        return [name(int(n)) for n in zipf(NAMES, count, rng)]

    def _content(self, count: int, rng: np.random.Generator) -> list[str]:
        """Words beyond the commonest few hundred, the rarer the fewer of each."""
        ranks = np.exp(rng.uniform(np.log(400), np.log(len(self.vocabulary.cumulative)), count)).astype(int)
        return self.vocabulary.words[ranks].tolist()


def zipf(size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Ranks below `size` with chances about 1 / rank."""
    return np.minimum((np.exp(rng.random(count) * np.log(size + 1)) - 1).astype(np.int64), size - 1)


def layout(words: list[str], rng: np.random.Generator) -> str:
    """Sentences of 8 to 25 words, paragraphs of two."""
    ends = np.cumsum(rng.integers(8, 26, len(words) // 8 + 1))
    start, sentences = 0, []
    for end in ends.tolist():
        if start >= len(words):
            break
        sentence = " ".join(words[start:end])
        sentences.append(sentence[:1].upper() + sentence[1:] + ".")
        start = end
    return "\n\n".join(" ".join(sentences[i:i + 2]) for i in range(0, len(sentences), 2))
