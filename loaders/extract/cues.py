"""The cue words, read from tables of the lexicon whose names begin with `cues_`, and from `stop_words.tsv`."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.lexicon import lexicon


@cache
def words(group: str) -> frozenset[str]:
    """The words that `cues_words.tsv` lists in a group."""
    return frozenset(row["word"] for row in lexicon().rows("cues_words") if row["group"] == group)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that are hardly ever part of a name."""
    return frozenset(row["word"] for row in lexicon().rows("stop_words"))
