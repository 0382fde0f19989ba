"""Things from the words of a text: candidates from the tags, the lexicon and acronyms, weighed as wholes and merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from loaders.extract.grouping import join
from loaders.extract.trained.features import pairs_of_names
from loaders.extract.trained.heads import Heads, softmax
from loaders.extract.trained.labels import KINDS, NONE
from loaders.extract.trained.tagging import Floats, leaning_spans, span_chances
from loaders.extract.trained.text import Span, Words, occurrences, units_of

LEANINGS = (0.0, 1.5, 3.0)
"""Log odds that are taken off "no name" to find what may be one."""


@dataclass(frozen=True)
class Thing:
    """A thing of a text: its places, the probability of each kind (and none), and that the paper introduces it."""

    spans: tuple[Span, ...]
    chances: tuple[float, ...]
    newness: float

    @property
    def kind(self) -> int:
        return max(range(len(KINDS)), key=lambda kind: self.chances[kind])

    @property
    def sure(self) -> float:
        return 1 - self.chances[NONE]


def known_spans(words: Words) -> dict[Span, int]:
    """What may be a name without any training: the lexicon's names and both forms of an acronym, with kinds."""
    kinds = {span: kind for span, kind in words.listed.items() if kind < len(KINDS)}
    for acronym in words.reading.acronyms:
        for place in ((acronym.short_start, acronym.short_end), (acronym.long_start, acronym.long_end)):
            if span := words.span(*place):
                kinds.setdefault(span, 0)
    return kinds


def candidates(words: Words, scores: Floats) -> dict[str, list[Span]]:
    """Units that may be names, each with all its places; `scores` are log probabilities of the tags."""
    spans = leaning_spans(scores, LEANINGS) | set(known_spans(words))
    return units_of(words, [*spans, *occurrences(words, {words.text(span) for span in spans})])


def things_of(
    words: Words, rows: Floats, whole: Floats, scores: Floats, heads: Heads, least: Mapping[str, float]
) -> list[Thing]:
    """The things of a text in order of appearance; `rows` are the words', `whole` the text's."""
    units = candidates(words, scores)
    if not units:
        return []
    forms = list(units)
    vectors = np.stack([heads.unit(rows, units[form]) for form in forms])
    tagged = np.exp(scores)
    chances = 0.5 * softmax(heads.layers("kind", vectors)) + 0.5 * np.stack(
        [span_chances(tagged, units[f]) for f in forms]
    )
    fresh = heads.newness(vectors, whole)
    kept = _without_overlap(units, dict(zip(forms, chances[:, NONE].tolist(), strict=True)), least["entity"])
    place = {form: at for at, form in enumerate(forms)}
    groups = _merged(words, kept, vectors[[place[form] for form in kept]], heads, least["same"])
    return [
        _thing(
            [s for f in group for s in kept[f]], chances[[place[f] for f in group]], fresh[[place[f] for f in group]]
        )
        for group in groups
    ]


def _thing(spans: Sequence[Span], chances: Floats, fresh: Floats) -> Thing:
    """One thing of the units that mean it: the surest says whether it is one, all together of which kind."""
    none = float(chances[:, NONE].min())
    weights = np.exp(np.log(np.maximum(chances[:, :NONE], 1e-4)).sum(0) / len(chances))
    shares = weights / weights.sum() * (1 - none)
    return Thing(tuple(spans), (*shares.tolist(), none), float(fresh.max()))


def _without_overlap(units: Mapping[str, list[Span]], none: Mapping[str, float], least: float) -> dict[str, list[Span]]:
    """The units that are names, in order of appearance, each with the places that no surer one takes."""
    taken: set[int] = set()
    kept: dict[str, list[Span]] = {}
    for form in sorted(units, key=lambda form: (none[form], form)):
        if 1 - none[form] < least:
            break
        for span in units[form]:
            if taken.isdisjoint(range(*span)):
                kept.setdefault(form, []).append(span)
                taken.update(range(*span))
    return dict(sorted(kept.items(), key=lambda item: item[1][0]))


def _merged(
    words: Words, kept: Mapping[str, list[Span]], vectors: Floats, heads: Heads, least: float
) -> list[list[str]]:
    """The units by the thing that they mean; what an acronym stands for means the same."""
    forms = list(kept)
    pairs, features = pairs_of_names(words, [words.text(kept[form][0]) for form in forms])
    joined: list[tuple[str, str]] = []
    if len(pairs):
        same = (heads.sameness(vectors, pairs, features) >= least) | (features[:, 0] > 0)
        joined = [(forms[i], forms[j]) for i, j in pairs[same].tolist()]
    groups: dict[str, list[str]] = defaultdict(list)
    for form, root in join(forms, joined).items():
        groups[root].append(form)
    return list(groups.values())
