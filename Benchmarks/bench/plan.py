"""Who copies whom: the make-up of the throughput corpus, before any text exists.

Of N documents 65 % are roots, 10 % exact copies, 10 % copies with 5 % of the words edited,
10 % with 20 %, and 5 % containment (half abridged, half embedded in a longer story). Half of the
edits are scattered and half come in bursts: a scattered edit destroys five shingles, so 5 % of
scattered edits fall below Jaccard .7 where 5 % in bursts stay above it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = ("root", "exact", "edit5_scatter", "edit5_burst", "edit20_scatter", "edit20_burst",
         "abridged", "embedded")
SHARES = {"exact": .10, "edit5": .10, "edit20": .10}
ROOT_SHARE = .65
HUB_SHARE = .01          # wire stories: this share of the roots ...
HUB_VARIANTS = .30       # ... draws this share of all variants
CHAIN_SHARE = .15        # variants made from an earlier variant and not from the root


@dataclass(frozen=True)
class Plan:
    """Documents are numbered roots first; `order[position]` is the document written there."""

    kind: np.ndarray      # index into KINDS
    parent: np.ndarray    # document copied, -1 for roots
    family: np.ndarray    # root of the document
    order: np.ndarray
    position: np.ndarray  # inverse of `order`

    def __len__(self) -> int:
        return len(self.kind)

    def families(self) -> list[np.ndarray]:
        """Members of every family of two or more, root first."""
        by_family = np.argsort(self.family, kind="stable")
        starts = np.flatnonzero(np.diff(self.family[by_family], prepend=-1))
        return [group for group in np.split(by_family, starts[1:]) if len(group) > 1]


def make_plan(documents: int, seed: int) -> Plan:
    rng = np.random.default_rng((seed, 0))
    roots = int(documents * ROOT_SHARE)
    kind = np.concatenate([np.zeros(roots, np.uint8), _variant_kinds(documents, roots, rng)])
    parent, family = _parents(documents, roots, rng)
    order = rng.permutation(documents)
    position = np.empty_like(order)
    position[order] = np.arange(documents)
    return Plan(kind, parent, family, order, position)


def _variant_kinds(documents: int, roots: int, rng: np.random.Generator) -> np.ndarray:
    counts = {name: int(documents * share) for name, share in SHARES.items()}
    contained = documents - roots - sum(counts.values())
    pools = [("exact",) * 2, ("edit5_scatter", "edit5_burst"), ("edit20_scatter", "edit20_burst"),
             ("abridged", "embedded")]
    kinds = [rng.choice([KINDS.index(name) for name in pool], count)
             for pool, count in zip(pools, [*counts.values(), contained])]
    return rng.permutation(np.concatenate(kinds)).astype(np.uint8)


def _parents(documents: int, roots: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    variants = documents - roots
    hubs = rng.choice(roots, max(1, int(documents * HUB_SHARE)), replace=False)
    family = np.where(rng.random(variants) < HUB_VARIANTS, rng.choice(hubs, variants),
                      rng.integers(roots, size=variants))
    chained = rng.random(variants) < CHAIN_SHARE
    pick = rng.random(variants)
    parent = family.copy()
    earlier: dict[int, list[int]] = {}
    for variant, root in enumerate(family.tolist()):
        siblings = earlier.setdefault(root, [])
        if siblings and chained[variant]:
            parent[variant] = siblings[int(pick[variant] * len(siblings))]
        siblings.append(roots + variant)
    return (np.concatenate([np.full(roots, -1), parent]),
            np.concatenate([np.arange(roots), family]))
