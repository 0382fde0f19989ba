"""A person's words as the index of words knows them: other spellings, words written together or apart, misspelt ones.

Nothing that a person writes is syntax: a word becomes phrases of plain words, whatever signs it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.query.index import form
from kg.query.tokens import is_unspaced, words

if TYPE_CHECKING:
    from sqlite3 import Connection

_MOST = 32
"""Words of a question, and words within one of them, that count."""
_TWINS = (("isa", "iza"), ("ise", "ize"), ("isi", "izi"), ("yse", "yze"), ("our", "or"), ("ll", "l"))
"""Letters in which British and American spellings differ."""
_LEAST_TWIN, _LEAST_SPLIT, _LEAST_MISSPELT, _LEAST_BEGINNING = 6, 6, 4, 2
"""Letters that a word has at least which is spelt otherwise, written apart, corrected, continued."""
_TWO_MISTAKES = 8
"""From so many letters a word may have two mistakes, below only one."""
_CORRECTIONS = 3
"""Words that a misspelt one may mean."""


class Phrase(NamedTuple):
    """Words that stand beside each other; with `open_ended` the last is the beginning of one."""

    words: tuple[str, ...]
    open_ended: bool = False

    def expression(self) -> str:
        """The phrase for FTS5, whose words hold no quotes."""
        return f'"{" ".join(self.words)}"{"*" if self.open_ended else ""}'


class Term(NamedTuple):
    """A word of a question, and the phrases of the index that may stand for it, the best first; none if it is unknown.

    `corrected`: nothing is written so, the phrases are what it is likely to mean. `part`: it is a piece of a word that
    stands nowhere as a whole.
    """

    written: str
    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    corrected: bool = False
    part: bool = False


def terms(connection: Connection, text: str) -> tuple[Term, ...]:
    """The words of a question in their order."""
    vocabulary = _Vocabulary(connection)
    written = [(chunk, own) for chunk in text.split()[:_MOST] if (own := tuple(words(chunk)[:_MOST]))]
    last = len(written) - 1
    return tuple(term for at, (chunk, own) in enumerate(written) for term in _read(vocabulary, chunk, own, at == last))


def telling(found: Sequence[Term]) -> tuple[Term, ...]:
    """The terms without such as "what" and "the", unless there is nothing else."""
    return tuple(term for term in found if term.words[1:] or term.words[0] not in small_words()) or tuple(found)


def readings(text: str, found: Sequence[Term]) -> tuple[str, ...]:
    """The forms that a name may have which is asked for: as written, corrected, and with one word otherwise spelt."""
    whole = [term for term in found if not term.part]
    firsts = ["".join(term.phrases[0].words if term.phrases else term.words) for term in whole]
    spelt = [
        "".join([*firsts[:at], *phrase.words, *firsts[at + 1 :]])
        for at, term in enumerate(whole)
        for phrase in term.phrases
        if not phrase.open_ended
    ]
    return tuple(dict.fromkeys(own for own in (form(text), "".join(firsts), *spelt) if own))


@cache
def small_words() -> frozenset[str]:
    """The words that say little wherever they stand."""
    lines = Path(__file__).with_name("small_words.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines[1:] for word in words(line))


@dataclass(frozen=True)
class _Vocabulary:
    """What words and phrases the index holds."""

    connection: Connection

    def count(self, word: str) -> int:
        """In how many things a word stands."""
        row = self.connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        return int(row[0]) if row else 0

    def has(self, phrase: Phrase) -> bool:
        """Whether a phrase stands anywhere."""
        if len(phrase.words) == 1 and not phrase.open_ended:
            return bool(self.count(phrase.words[0]))
        text = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
        return self.connection.execute(text, (phrase.expression(),)).fetchone() is not None

    def near(self, word: str) -> Iterator[str]:
        """The words that differ least, those in most things first; of two mistakes none is at the beginning."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        counts = dict(self.connection.execute("SELECT term, doc FROM vocabulary ORDER BY term").fetchall())
        most = 2 if len(word) >= _TWO_MISTAKES else 1
        alike = process.extract(word, list(counts), scorer=OSA.distance, score_cutoff=most, limit=None)
        least = min((distance for _, distance, _ in alike), default=0)
        near = [found for found, distance, _ in alike if distance == least and (least == 1 or found[0] == word[0])]
        yield from sorted(near, key=lambda found: (-counts[found], found))[:_CORRECTIONS]


def _read(vocabulary: _Vocabulary, written: str, own: tuple[str, ...], last: bool) -> Iterator[Term]:
    """The term for what stands between two spaces, and for its pieces where it stands nowhere as a whole."""
    if any(map(is_unspaced, own)) and len(own) > 2:
        yield from (_term(vocabulary, "".join(pair), pair, last=False)._replace(part=True) for pair in pairwise(own))
        return
    whole = _term(vocabulary, written, own, last)
    yield whole
    if not whole.phrases and len(own) > 1:
        pieces = [word for word in own if len(word) > 1]
        yield from (_term(vocabulary, word, (word,), last)._replace(part=True) for word in pieces)


def _term(vocabulary: _Vocabulary, written: str, own: tuple[str, ...], last: bool) -> Term:
    found = tuple(phrase for phrase in dict.fromkeys(_phrases(own, last)) if vocabulary.has(phrase))
    word = own[0]
    if found or len(own) > 1 or len(word) < _LEAST_MISSPELT or not word.isalpha():
        return Term(written, own, found)
    near = tuple(Phrase((other,)) for other in vocabulary.near(word))
    return Term(written, own, near, corrected=bool(near))


def _phrases(own: tuple[str, ...], last: bool) -> Iterator[Phrase]:
    """What may stand for words that were written as one: as they are, otherwise spelt, together, apart, continued."""
    word = own[-1]
    yield Phrase(own)
    yield from (Phrase((*own[:-1], twin)) for twin in _twins(word))
    if len(own) > 1:
        yield Phrase(("".join(own),))
    elif len(word) >= _LEAST_SPLIT and word.isalpha():
        yield from (Phrase((word[:at], word[at:])) for at in range(2, len(word) - 1))
    if last and len(word) >= _LEAST_BEGINNING and word.isalpha():
        yield Phrase(own, open_ended=True)


def _twins(word: str) -> Iterator[str]:
    """Other spellings of a word.

    >>> list(_twins("quantisation")), list(_twins("modeling"))
    (['quantization'], ['modelling'])
    """
    if len(word) >= _LEAST_TWIN:
        for one, other in (*_TWINS, *((other, one) for one, other in _TWINS)):
            head, found, tail = word.rpartition(one)
            if found and head:
                yield f"{head}{other}{tail}"
