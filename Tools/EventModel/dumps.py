"""Dumps to learn the event model from and to measure it by, made of labelled sets.

In a labelled set nearly every story has a mate, events have the size that its makers liked, and none is like the briefs of
one town. So dumps are made that are as real ones: most stories alone; a few events of many reports; strangers who share a
place or a person; events that differ by names and numbers only.
"""
from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import random
import re
from pathlib import Path
from typing import Iterable, Iterator

Story = dict
TRAIN = ["ecbplus-train", "neus-train", "allsides-a"]
DEV = ["ecbplus-dev", "neus-dev", "allsides-a", "basil-a"]
SYLLABLES = ("ba be bo bra da dar del do el fa fen ga gor hal ho il jar ka kel kor la lar lo ma mar mel mi mo na nor o or "
             "pa pel ra ren ro sa sar sel so ta tan tor u va vel vor za zel").split()
FIRST_DAY = 19_800


def read(path: Path) -> list[Story]:
    with gzip.open(path, "rt") as lines:
        return [{**story, "text": story.get("text") or ""} for story in map(json.loads, lines)]


def by_event(stories: Iterable[Story]) -> dict[str, list[Story]]:
    events: dict[str, list[Story]] = {}
    for story in stories:
        events.setdefault(story["label"], []).append(story)
    return events


def thinned(stories: list[Story], share: float, seed: int) -> list[Story]:
    """Of a share of the events one report is kept."""
    rng, events, keep = random.Random(seed), by_event(stories), set()
    for label in sorted(events):
        ids = [story["id"] for story in events[label]]
        keep.update([rng.choice(ids)] if rng.random() < share else ids)
    return [story for story in stories if story["id"] in keep]


def first_words(text: str, rng: random.Random, least: int, most: int) -> str:
    return " ".join(text.split()[: rng.randint(least, most)])


def briefs(stories: list[Story]) -> list[Story]:
    return [{**story, "text": first_words(story["text"], random.Random(story["id"]), 12, 60)} for story in stories]


def name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))).capitalize()


def with_name(text: str, name: str, rng: random.Random, times: int = 1) -> str:
    words = text.split()
    for _ in range(times):
        place = rng.randint(1, max(1, len(words)))
        words[place:place] = rng.choice([["in", name], ["of", name], [name], ["at", name]])
    return " ".join(words)


def date(day: float) -> str:
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(days=day)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(label: str) -> int:
    """Within three weeks, the same for all reports of an event."""
    return int(hashlib.md5(label.encode()).hexdigest(), 16) % 21


def shared_names(stories: list[Story], key: str, seed: int, persons: bool) -> list[Story]:
    """Strangers that have a place in common, as briefs, or a person, as longer texts."""
    rng, events = random.Random(f"{key}{seed}"), by_event(stories)
    labels = list(events)
    rng.shuffle(labels)
    total, dated = rng.choice([20, 60, 150, 400] if persons else [20, 60, 150, 400, 900]), rng.random() < 0.6
    made: list[Story] = []
    while len(made) < total and labels:
        count = rng.randint(4, 25)
        own, labels = labels[:count], labels[count:]
        common = " ".join(name(rng) for _ in range(2 if persons else rng.choice([1, 1, 2])))
        start = FIRST_DAY + rng.randint(0, 60)
        for label in own:
            for story in (events[label] if rng.random() > 0.7 else [rng.choice(events[label])])[:4]:
                title = story.get("title") or " ".join(story["text"].split()[:7])
                if persons:
                    short = common.split()[-1]
                    title = with_name(title, short, rng) if rng.random() < 0.7 else title
                    text = with_name(first_words(story["text"], rng, 40, 400), common, rng)
                    text = with_name(text, short, rng, rng.randint(1, 5))
                else:
                    title = with_name(title, common, rng) if rng.random() < 0.8 else title
                    text = first_words(story["text"], rng, 12, 45)
                    text = with_name(text, common, rng) if rng.random() < 0.9 else text
                made.append({"id": f"{key}.{seed}.{len(made)}", "label": label, "title": title, "text": text})
                if dated:
                    made[-1]["published_at"] = date(start + day_of(label) + abs(rng.gauss(0, 0.6)))
    rng.shuffle(made)
    return made


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def doubles(stories: list[Story], key: str, seed: int) -> list[Story]:
    """Events and their look-alikes: told in other sentences, with other names and numbers, on another day or the same."""
    rng, events, made = random.Random(f"{key}{seed}"), by_event(stories), []
    labels = list(events)
    rng.shuffle(labels)
    for label in labels[:150]:
        reports = events[label][:4] if rng.random() < 0.5 else events[label][:1]
        told = " ".join(f"{story.get('title') or ''}. {story['text']}" for story in reports)
        names = sorted(set(re.findall(r"(?<=[a-z,] )([A-Z][a-z]+)\b", told)))
        rng.shuffle(names)
        other = {old: name(rng) for old in names[rng.randint(1, 3):]}
        apart, start = rng.choice([0, 0, 1, 3, 7]), FIRST_DAY + rng.randint(0, 60)

        def changed(text: str) -> str:
            text = re.sub(r"\b[A-Z][a-z]+\b", lambda found: other.get(found.group(), found.group()), text)
            return re.sub(r"\b\d+\b", lambda found: str((int(found.group()[:6]) * 7 + 3) % 97 + 1), text)

        for double in (0, 1):
            for story in reports[:1] if double and rng.random() < 0.3 else reports:
                title, kept = story.get("title") or "", sentences(story["text"])
                kept = [one for one in kept if rng.random() < (0.45 if double else 0.75)] or kept[:1]
                text = " ".join(kept)
                if double:
                    title, text = changed(title), changed(text)
                made.append({"id": f"{key}.{seed}.{len(made)}", "label": f"{label}#{double}", "title": title,
                             "text": first_words(text, rng, 20, 200)})
                if seed % 2:
                    made[-1]["published_at"] = date(start + double * apart + abs(rng.gauss(0, 0.5)))
    rng.shuffle(made)
    return made


def large(stories: list[Story], key: str, seed: int, total: int) -> list[Story]:
    """Half of the events of one report, the others of up to thirty: each of every few sentences of a real one."""
    rng, events, made = random.Random(f"{key}{seed}"), by_event(stories), []
    labels = list(events)
    rng.shuffle(labels)
    for label in labels:
        if len(made) >= total:
            break
        wanted = 1 if rng.random() < 0.5 else min(30, 1 + int(rng.expovariate(1 / 7)))
        reports, own = events[label][:], []
        rng.shuffle(reports)
        for story in reports:
            parts = sentences(story["text"])
            count = max(1, min(-(-wanted // len(reports)), len(parts) // 2))
            order = list(range(len(parts)))
            rng.shuffle(order)
            for part in range(count):
                title, chosen = story.get("title") or "", sorted(order[part::count])
                text = " ".join(parts[one] for one in chosen)
                if part:
                    title = " ".join(word for word in title.split() if rng.random() < 0.5)
                if part and 0 not in chosen:
                    text = " ".join(word for word in parts[0].split() if rng.random() < 0.5) + " " + text
                own.append({**story, "title": title, "text": first_words(text, rng, 30, 400)})
        rng.shuffle(own)
        for story in own[:wanted]:
            made.append({**story, "id": f"{key}.{seed}.{len(made)}"})
    rng.shuffle(made)
    return made


def handfuls(stories: list[Story], key: str, count: int) -> Iterator[list[Story]]:
    """Whole events, five to fifty stories in all."""
    rng, events = random.Random("handful" + key), by_event(stories)
    for _ in range(count):
        size, labels = rng.choice([5, 8, 12, 20, 30, 50]), list(events)
        rng.shuffle(labels)
        yield [story for label in labels for story in events[label]][:size]


def training(sets: dict[str, list[Story]]) -> Iterator[tuple[str, float, list[Story]]]:
    """Name (kind, set and number), weight and stories of each dump to learn from."""
    for key in TRAIN:
        stories = sets[key]
        yield f"full.{key}", 1, stories
        yield f"alone.{key}", 1.3, thinned(stories, 0.7, 11)
        yield f"brief.{key}", 0.4, briefs(thinned(stories, 0.7, 21)[:1500])
        for number in range(4):
            yield f"place.{key}.{number}", 0.6, shared_names(stories, "place " + key, number, persons=False)
        for number in range(3):
            yield f"person.{key}.{number}", 0.3, shared_names(stories, "person " + key, number, persons=True)
        for number in (1, 2):
            yield f"double.{key}.{number}", 0.25, doubles(stories, "double " + key, number)
        for number, total in enumerate([1500, 400, 100]):
            yield f"large.{key}.{number}", 0.25, large(stories, "large " + key, number, total)


def measured(sets: dict[str, list[Story]]) -> Iterator[tuple[str, list[Story]]]:
    """The yardstick: name and stories."""
    for key in DEV:
        yield f"dev.{key}", sets[key]
        for seed in (1, 2, 3):
            yield f"thin.{key}.{seed}", thinned(sets[key], 0.7, seed)
        for number, stories in enumerate(handfuls(sets[key], key, 75)):
            yield f"handful.{key}.{number:02}", stories
