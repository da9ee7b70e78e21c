#!/usr/bin/env python3
"""Write the background frequency tables of the event level, Sources/CBackground/data/<language>.txt.

usage: background.py OUTPUT_FOLDER            (pip install wordfreq==3.1.1)

Line n of a table (from 0) holds the terms that make up 10^(-n/100) of all words of that language, rounded, separated
by spaces. Terms are what the tokeniser makes of a word: runs of letters and digits ("don't" is "don" and "t"); for
Chinese and Japanese single characters and, because a character alone says little, pairs of neighbours inside a word.
A term that several words share has the sum of their frequencies.

wordfreq folds numbers into shapes ("0000"); here each number is asked for by itself. It knows Chinese by its simplified
characters only; here a traditional character is as common as the simplified one it stands for.
"""
import collections
import math
import pathlib
import re
import sys

import wordfreq
from wordfreq.chinese import simplify_chinese
from wordfreq.numbers import digit_freq, smash_numbers

TERMS = {"en": 20_000, "de": 12_000, "fr": 12_000, "es": 12_000, "it": 12_000, "pt": 12_000, "ru": 14_000,
         "uk": 12_000, "ar": 12_000, "zh": 18_000, "ja": 14_000}
RUN = re.compile(r"[^\W_]+")
CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
NUMBER_SHAPE = re.compile(r"0{2,}")
NUMBERS = range(10, 2100)
HAN = map(chr, range(0x4E00, 0xA000))


def terms(word):
    for run in RUN.findall(word.casefold()):
        for piece in re.findall(rf"{CHARACTER.pattern}|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+", run):
            yield piece
        for first, second in zip(run, run[1:]):
            if CHARACTER.match(first) and CHARACTER.match(second):
                yield first + second


def table(language):
    frequency = collections.Counter()
    words = wordfreq.get_frequency_dict(language, "small")
    for word, share in words.items():
        for term in terms(word):
            if not NUMBER_SHAPE.search(term):
                frequency[term] += share
    for number in map(str, NUMBERS):
        if (share := words.get(smash_numbers(number), 0) * digit_freq(number)) > 0:
            frequency[number] = share
    if language == "zh":
        for character in HAN:
            frequency.setdefault(character, frequency.get(simplify_chinese(character), 0))
    frequency = +frequency
    lines = collections.defaultdict(list)
    for term, share in sorted(frequency.items(), key=lambda item: (-item[1], item[0]))[:TERMS[language]]:
        lines[max(0, round(-100 * math.log10(share)))].append(term)
    return "".join(" ".join(sorted(lines[n])) + "\n" for n in range(max(lines) + 1))


def main():
    folder = pathlib.Path(sys.argv[1])
    for language in TERMS:
        (folder / f"{language}.txt").write_text(table(language), encoding="utf-8")


main()
