"""Names that are known before the document is read: the lexicon's, and the terms counted in annotated papers.

`cues_terms.tsv` says of a term in how many of the papers that contain its words it names a thing of which kind. Both
are found by one walk over the tokens: from each token on, as many words as the longest known name with that first
word, so the work is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import Entry, lexicon
from loaders.extract.tokens import Token, normal_words, tokenize

Key = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What is known of names by their normal words; `longest` is how many words the names have that begin with one."""

    entries: Mapping[Key, tuple[Entry, ...]]
    terms: Mapping[Key, Mapping[str, tuple[int, int]]]
    longest: Mapping[str, int]


def key(text: str) -> Key:
    """The normal words of a name, head words kept."""
    return tuple(word for token in tokenize(text, 0, len(text)) for word in normal_words(token.text))


@lru_cache(maxsize=1)
def known() -> Known:
    """The lexicon's names and the counted terms."""
    entries: dict[Key, tuple[Entry, ...]] = {}
    for entry in lexicon().entries:
        for form in entry.forms:
            if form_key := key(form):
                entries[form_key] = (*entries.get(form_key, ()), entry)
    terms: dict[Key, dict[str, tuple[int, int]]] = {}
    for row in lexicon().rows("cues_terms"):
        counts = terms.setdefault(tuple(row["term"].split()), {})
        counts[row["kind"]] = (int(row["named"]), int(row["seen"]))
    longest: dict[str, int] = {}
    for words in (*entries, *terms):
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Known(entries, terms, longest)


def find_known(tokens: Sequence[Token], names: Known) -> Iterator[tuple[int, int, Key]]:
    """The runs of tokens (first, end) whose normal words are a known name."""
    words = [normal_words(token.text) for token in tokens]
    for first, begin in enumerate(words):
        reach = names.longest.get(begin[0], 0) if begin else 0
        so_far: Key = ()
        for end in range(first, len(tokens)):
            so_far += words[end]
            if len(so_far) > reach:
                break
            if words[end] and (so_far in names.entries or so_far in names.terms):
                yield first, end + 1, so_far


def entry_of(text: str, words: Key, names: Known) -> Entry | None:
    """The lexicon's entry for a text, where its capitals are those that the entry asks for."""
    for entry in names.entries.get(words, ()):
        for form in entry.forms:
            plain = text[:-1] if text.endswith("s") and not form.endswith("s") else text
            if key(form) == words and (not entry.is_exact(form) or form == plain):
                return entry
    return None


def term_cues(words: Key, names: Known, *, without: Mapping[str, int] | None = None) -> list[str]:
    """The cues from the counted terms; `without` gives the kinds that one paper gave to the term, left out of it."""
    counts = names.terms.get(words)
    if not counts:
        return []
    cues, less = [], without or {}
    seen = max(seen for _, seen in counts.values()) - (without is not None)
    best, whole = "", 0
    for kind, (named, _) in sorted(counts.items()):
        left = named - less.get(kind, 0)
        if left > 0 and seen > 0:
            share = min(9, int(10 * left / (seen + 0.7)))
            cues.append(f"term={kind} {share} {min(left, 3)}")
            best, whole = (kind, left) if left > whole else (best, whole)
    if best:
        cues.append(f"term={best}")
    elif seen > 0:
        cues.append(f"term=none {min(seen, 4)}")
    return cues
