"""Dumps of what comes again: forms filled in with other names and numbers, columns under one title, sagas in chapters.

All are made of the training files, so that no set of real forms is learned by heart.
"""
from __future__ import annotations

import random
import re
from typing import Iterator

from dumps import FIRST_DAY, TRAIN, Story, by_event, date, day_of, first_words, large, name, sentences

NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+)\b")
WORDS = re.compile(r"\b(?:[A-Z][a-z]+|\d[\d.,]*\d|\d)\b")


def told(story: Story) -> str:
    return f"{story.get('title') or ''}. {story['text']}"


def names(stories: list[Story]) -> list[str]:
    """The names of all, as often as they are."""
    return [found for story in stories for found in NAME.findall(told(story))]


def number_like(found: str, rng: random.Random) -> str:
    return "".join(rng.choice("123456789" if place == 0 else "0123456789") if one.isdigit() else one
                   for place, one in enumerate(found))


def filled(text: str, other: dict[str, str]) -> str:
    return WORDS.sub(lambda found: other.get(found.group(), found.group()), text)


def around(stories: list[Story], key: str, seed: int, total: int) -> list[Story]:
    """Events of the same weeks, half of one report, the others of up to thirty, as briefs and longer."""
    rng = random.Random(f"around {key}{seed}")
    most = {label: rng.choice([25, 60, 150, 300]) for label in sorted(by_event(stories))}
    made = large(stories, "around " + key, seed, total)
    return [{**story, "text": first_words(story["text"], rng, 12, most[story["label"]]),
             "published_at": date(FIRST_DAY + day_of(story["label"]) * 1.5 + abs(rng.gauss(0, 0.5)))} for story in made]


def finished(made: list[Story], key: str, seed: int, rng: random.Random) -> list[Story]:
    rng.shuffle(made)
    return [{**story, "id": f"{key}.{seed}.{number}"} for number, story in enumerate(made)]


def days(rng: random.Random, count: int) -> list[float]:
    """When the parts of a series appear: all on one day, one a day, or a few a week."""
    step = rng.choice([0, 0, 1, 1, 2, 7])
    first = FIRST_DAY + rng.randint(0, 20)
    return [first + step * number + rng.random() * 0.4 for number in range(count)]


def forms(stories: list[Story], key: str, seed: int) -> list[Story]:
    """The first sentences of a story, filled in again and again with other names and numbers, more or less alike, some of
    them told twice."""
    rng, made = random.Random(f"{key}{seed}"), []
    pool, strangers = names(stories), stories[:]
    rng.shuffle(strangers)
    for number, story in enumerate(strangers[:30]):
        form = first_words(story["text"], rng, 10, rng.choice([25, 50, 100]))
        title = story.get("title") or " ".join(form.split()[:7])
        slots = sorted(set(WORDS.findall(form + " " + title)))
        open_ = [slot for slot in slots if rng.random() < 0.8]
        missing, strange = rng.choice([0, 0.1, 0.2, 0.3, 0.4]), rng.choice([0, 0.2, 0.5])
        for part, day in enumerate(days(rng, rng.randint(3, 16))):
            other = {slot: number_like(slot, rng) if slot[0].isdigit() else rng.choice(pool) for slot in open_}
            for again in range(rng.choice([1, 1, 2])):
                lost = max(missing, 0.2) if again else missing
                kept = [one for one in sentences(form) if rng.random() > missing] or [form]
                if rng.random() < strange:
                    kept.append(first_words(rng.choice(stories)["text"], rng, 5, 25))
                text = [word for word in filled(" ".join(kept), other).split() if rng.random() > lost / 2]
                head = [word for word in filled(title, other).split() if rng.random() > lost / 2]
                if again:  # By another outlet, the end first.
                    half = rng.randint(0, len(text))
                    text = text[half:] + text[:half]
                made.append({"label": f"form {number} {part}", "title": " ".join(head), "text": " ".join(text),
                             "published_at": date(day + again * 0.1)})
    return finished(made + around(strangers[30:], key, seed, 250), key, seed, rng)


def columns(stories: list[Story], key: str, seed: int) -> list[Story]:
    """Strangers under one title, with the same words before and after."""
    rng, made = random.Random(f"{key}{seed}"), []
    strangers, pool = stories[:], names(stories)
    rng.shuffle(strangers)
    for number in range(16):
        head = " ".join(rng.choice(pool) for _ in range(rng.randint(1, 3)))
        frame = rng.choice(["{head}: {title}", "{title} ({head})", "{head} {part}: {title}", "{title}, part {part}",
                            "{head} {part}"])
        common = sentences(strangers.pop()["text"])
        before = " ".join(common[:rng.randint(0, 2)])
        after = " ".join(common[2:2 + rng.randint(0, 2)])
        for part, day in enumerate(days(rng, rng.randint(3, 14))):
            story = strangers.pop()
            title = story.get("title") or " ".join(story["text"].split()[:7])
            text = f"{before} {first_words(story['text'], rng, 12, 120)} {after}"
            made.append({"label": f"column {number} {part}", "title": frame.format(head=head, part=part + 1, title=title),
                         "text": text, "published_at": date(day)})
    return finished(made + around(strangers, key, seed, 250), key, seed, rng)


def sagas(stories: list[Story], key: str, seed: int) -> list[Story]:
    """Events that come again weeks later: the same actors, other figures, in part the same words."""
    rng, made = random.Random(f"{key}{seed}"), []
    events = by_event(stories)
    labels = list(events)
    rng.shuffle(labels)
    for label in labels[:70]:
        slots = sorted({slot for story in events[label] for slot in WORDS.findall(told(story))})
        day = FIRST_DAY + rng.randint(0, 15)
        for chapter in range(rng.randint(2, 4)):
            other = {slot: number_like(slot, rng) if slot[0].isdigit() else name(rng) for slot in slots
                     if chapter and rng.random() < (0.7 if slot[0].isdigit() else 0.1)}
            for story in events[label][:rng.randint(1, 3)]:
                parts = sentences(story["text"])
                kept = [one for one in parts if rng.random() < 0.6] or parts[:1]
                made.append({"label": f"{label}#{chapter}", "title": filled(story.get("title") or "", other),
                             "text": first_words(filled(" ".join(kept), other), rng, 40, 300),
                             "published_at": date(day + abs(rng.gauss(0, 0.5)))})
            day += rng.choice([7, 14, 21, 28, 30])
    others = [story for label in labels[70:] for story in events[label]]
    return finished(made + around(others, key, seed, 150), key, seed, rng)


KINDS = ("form", "column", "saga")


def training(sets: dict[str, list[Story]]) -> Iterator[tuple[str, float, list[Story]]]:
    """As in dumps.py. Only as they are dated: without days nobody knows what comes again."""
    for key in TRAIN:
        for number in range(4):
            yield f"form.{key}.{number}", 0.04, forms(sets[key], f"form {key}", number)
        for number in range(3):
            yield f"column.{key}.{number}", 0.06, columns(sets[key], f"column {key}", number)
        for number in range(2):
            yield f"saga.{key}.{number}", 0.08, sagas(sets[key], f"saga {key}", number)
