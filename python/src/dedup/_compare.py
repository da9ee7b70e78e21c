"""What two texts have in common."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

from ._table import Table
from ._native import Result, Watch, run


class Span(NamedTuple):
    """A stretch of a text.

    Attributes:
        text: as it stands there.
        start, end: half-open, in characters of the string.
        byte_start, byte_end: the same in bytes of its UTF-8.
    """

    text: str
    start: int
    end: int
    byte_start: int
    byte_end: int


class Piece(NamedTuple):
    """A part of a passage: "equal", "only_a", "only_b" or "replaced"."""

    kind: str
    a: Span
    b: Span


class Passage(NamedTuple):
    """A stretch of both texts, the same but for small edits.

    Attributes:
        tokens: words that are the same on both sides.
        pieces: in their order; begins and ends with an equal one.
    """

    a: Span
    b: Span
    tokens: int
    pieces: list[Piece]


class Fact(NamedTuple):
    """What two reports both tell: a "name", "term", "number", "date" or "quotation", with its places in both."""

    kind: str
    text: str
    weight: float
    a: list[Span]
    b: list[Span]


class Overlap(NamedTuple):
    """What two texts have in common.

    Attributes:
        jaccard: of their shingles of five words, 0 to 1.
        containment_a, containment_b: share of the one's shingles that the other has, 0 to 1.
        share_a, share_b: share of the one's words that stand in passages, 0 to 1.
        longest_run: words of the longest run that is the same in both.
        passages: by their place in a.
        facts: the heaviest first.
    """

    jaccard: float
    containment_a: float
    containment_b: float
    share_a: float
    share_b: float
    longest_run: int
    passages: list[Passage]
    facts: list[Fact]
    a: str
    b: str

    def _repr_html_(self) -> str:
        """Both texts side by side, what they share marked."""
        import html

        sides = "".join(
            "<td style='vertical-align:top;text-align:left;white-space:pre-wrap;width:50%'>"
            + "".join(f"<mark>{html.escape(part)}</mark>" if shared else html.escape(part) for part, shared in self._parts(side))
            + "</td>"
            for side in ("a", "b")
        )
        return (
            f"<p>Jaccard {self.jaccard:.2f}; {self.share_a:.0%} of a stands in b, {self.share_b:.0%} of b in a; "
            f"longest run {self.longest_run} words</p><table style='width:100%'><tr>{sides}</tr></table>"
        )

    def _parts(self, side: str) -> Iterator[tuple[str, bool]]:
        """A text in its parts, and whether each stands in the other, too."""
        whole: str = getattr(self, side)
        pieces = [getattr(piece, side) for passage in self.passages for piece in passage.pieces if piece.kind == "equal"]
        at = 0
        for span in sorted(pieces, key=lambda span: int(span.start)):
            yield whole[at : span.start], False
            yield whole[span.start : span.end], True
            at = span.end
        yield whole[at:], False

    def __repr__(self) -> str:
        return (
            f"<Overlap of {len(self.passages)} passages and {len(self.facts)} facts: jaccard {self.jaccard:.2f}, "
            f"share_a {self.share_a:.2f}, share_b {self.share_b:.2f}>"
        )


class _Places:
    """Bytes of a text's UTF-8 as characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Half a surrogate pair is read as U+FFFD, of three bytes.
        self.bytes = text.encode("utf-8", "surrogatepass")
        self._characters: list[int] | None = None
        if len(self.bytes) != len(text):
            count = -1
            self._characters = [count := count + (byte & 0xC0 != 0x80) for byte in self.bytes] + [len(text)]

    def __call__(self, start: int, end: int) -> Span:
        first, last = (start, end) if self._characters is None else (self._characters[start], self._characters[end])
        return Span(self.text[first:last], first, last, start, end)


def compare(a: str, b: str, *, language: str | None = None) -> Overlap:
    """What two texts have in common: passages with their places as characters and bytes, and facts where somebody wrote
    the one anew from the other.

    Args:
        a, b: texts of less than 1 GB each.
        language: ISO 639 code of both, if known.

    O(n log n) in their words.
    """
    of_a, of_b = _Places(a), _Places(b)
    result = Result()
    code = None if language is None else language.encode()
    run(
        Watch(), None, "compare", of_a.bytes, len(of_a.bytes), of_b.bytes, len(of_b.bytes), code,
        ctypes.byref(result.handle))  # fmt: skip
    pair = Table(result, "pair").to_pylist()[0]
    pieces: dict[int, list[Piece]] = {}
    for row in Table(result, "pieces").to_pylist():
        pieces.setdefault(row["passage"], []).append(
            Piece(row["kind"], of_a(row["a_start"], row["a_end"]), of_b(row["b_start"], row["b_end"]))
        )
    passages = [
        Passage(of_a(row["a_start"], row["a_end"]), of_b(row["b_start"], row["b_end"]), row["tokens"], pieces[at])
        for at, row in enumerate(Table(result, "passages").to_pylist())
    ]

    def spans(of: _Places, bounds: list[int]) -> list[Span]:
        return [of(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]

    facts = [
        Fact(row["kind"], row["text"], row["weight"], spans(of_a, row["a"]), spans(of_b, row["b"]))
        for row in Table(result, "facts").to_pylist()
    ]
    return Overlap(
        pair["jaccard"], pair["containment_a"], pair["containment_b"], pair["share_a"], pair["share_b"],
        pair["longest_run"], passages, facts, a, b)  # fmt: skip
