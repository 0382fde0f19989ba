"""Fits the weights of cues to annotated papers and writes `cues_terms.tsv` and `cues_weights_*.tsv` of the lexicon.

    python tests/benchmarks/fit_cues.py TEXTS=GOLD [TEXTS=GOLD ...]

The arguments are those of `rule_precision.py`, which is to be run afterwards on other papers. Each table is the largest
cues of a logistic regression, fitted again to them alone. What one stage finds is fitted to papers that the stage
before it has not seen: each half is read with weights of the other. Needs numpy, scipy and scikit-learn, which nothing
else in the project does; takes some minutes.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

sys.path.insert(0, str(Path(__file__).parent))
from rule_precision import align, papers

from kg.lexicon import FOLDER, lexicon, sorted_table
from kg.model import PAPER, RELATIONS, Extraction
from loaders.extract import claims, find_relations, group_spots, read_document, scenes, spans, spotting, terms
from loaders.extract.grouping import Thing
from loaders.extract.introduced import introduced_cues, mark_introduced
from loaders.extract.pairs import find_pairs
from loaders.extract.reading import Reading
from loaders.extract.tokens import normal_words
from loaders.extract.weights import weights

KINDS = tuple(kind.value for kind in RELATIONS)
CLAIMS = ("result +", "result 0", "improvement +", "efficiency +", "parity +", "parity 0", "sota +", "finding +",
          "finding 0", "limitation -", "efficiency -")  # fmt: skip
NEGATIVES = 0.4
"""The share of candidates beside no name that are kept; their number would drown the rest."""


class Shape(NamedTuple):
    """How a table is fitted: cues seen at least `least` times, inverse penalty, how many cues stay."""

    least: int
    inverse_penalty: float
    top: int


SHAPES = {
    "kind": Shape(5, 0.35, 8000),
    "introduced": Shape(4, 0.2, 1500),
    "relations": Shape(4, 0.08, 5000),
    "numbers": Shape(4, 0.15, 1800),
    "sentences": Shape(5, 0.06, 3000),
}


class Sample(NamedTuple):
    """A paper that is read, with its annotation, the things found in it and what they are by the annotation."""

    reading: Reading
    gold: Mapping[str, Any]
    things: tuple[Thing, ...] = ()
    same: Mapping[str, str] = {}


def use(tables: Mapping[str, str]) -> None:
    """Makes tables those of the lexicon in this process."""
    contents = cast("dict[str, bytes]", lexicon().contents)
    contents.update({name: text.encode() for name, text in tables.items()})
    caches = (
        weights,
        terms.known,
        spotting._first,
        spotting._last,
        spotting._inner,
        spotting._whole,
        spotting._against,
    )
    for cached in caches:
        cached.cache_clear()


def _matrix(rows: Sequence[Sequence[str]], cues: Sequence[str]) -> Any:
    from scipy.sparse import csr_matrix

    column = {cue: number for number, cue in enumerate(cues)}
    indices, pointers, values = [], [0], []
    for row in rows:
        counts = Counter(column[cue] for cue in row if cue in column)
        indices += counts.keys()
        values += counts.values()
        pointers.append(len(indices))
    return csr_matrix((values, indices, pointers), shape=(len(rows), len(cues)), dtype=float)


def _regression(matrix: Any, targets: Sequence[Any], shape: Shape) -> tuple[Any, Any, list[str]]:
    """Weights by label and cue, biases and labels; a column of booleans has one label."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=shape.inverse_penalty, max_iter=45, tol=1e-3).fit(matrix, targets)
    return model.coef_, model.intercept_, [str(label) for label in model.classes_]


def _fit(matrix: Any, targets: Any, shape: Shape, labels: Sequence[str]) -> tuple[Any, Any, list[str]]:
    """As `_regression`; several columns of booleans are fitted one by one."""
    if not labels:
        return _regression(matrix, targets, shape)
    import numpy

    parts = [_regression(matrix, targets[:, number], shape) for number in range(len(labels))]
    return numpy.vstack([part[0] for part in parts]), numpy.hstack([part[1] for part in parts]), list(labels)


def fit_table(name: str, rows: Sequence[Sequence[str]], targets: Any, labels: Sequence[str] = ()) -> str:
    """The table of weights of the cues that matter most."""
    import numpy

    shape = SHAPES[name]
    counts = Counter(cue for row in rows for cue in set(row))
    cues = sorted(cue for cue, count in counts.items() if count >= shape.least)
    matrix = _matrix(rows, cues)
    found, _, _ = _fit(matrix, targets, shape, labels)
    often = numpy.sqrt([min(counts[cue], 200) for cue in cues])
    kept = sorted(numpy.argsort(-abs(found).max(0) * often)[: shape.top])
    found, biases, named = _fit(matrix[:, kept], targets, shape, labels)
    lines = {cues[at]: found[:, number] for number, at in enumerate(kept)}
    return _table(name, lines, biases, named)


def _table(name: str, lines: dict[str, Any], biases: Any, labels: Sequence[str]) -> str:
    """The table as text; every candidate for a name has one cue `n=…`, which carries the bias."""
    if name == "kind":
        lines = {cue: row + biases * cue.startswith("n=") for cue, row in lines.items()}
    else:
        lines["bias"] = biases
    rows = [f"{cue}\t" + "\t".join(f"{x:.2f}" for x in row) for cue, row in lines.items() if abs(row).max() >= 0.02]
    return sorted_table("\n".join(["\t".join(["cue", *labels]), *rows, ""]))


def gold_names(gold: Mapping[str, Any]) -> dict[terms.Key, dict[str, bool]]:
    """The normal words of every annotated name, with its types and whether it is introduced."""
    found: dict[terms.Key, dict[str, bool]] = defaultdict(dict)
    for entity in gold["entities"]:
        for name in (entity["name"], *entity["aliases"]):
            if key := terms.key(name):
                found[key][entity["type"]] = entity["introduced"]
    return found


def count_terms(samples: Sequence[Sample]) -> str:
    """The table of terms: those named in two papers, and names with capitals or digits that nobody introduces."""
    named: dict[terms.Key, Counter[str]] = defaultdict(Counter)
    once = set()
    for sample in samples:
        for key, types in gold_names(sample.gold).items():
            named[key].update(types.keys())
            if any(types.values()):
                once.add(key)
    proper = {terms.key(n) for s in samples for e in s.gold["entities"] for n in (e["name"], *e["aliases"])
              if re.search(r".[A-Z]|\d", n)}  # fmt: skip
    kept = {k: c for k, c in named.items() if len(k) <= 8 and (c.total() > 1 or (k in proper and k not in once))}
    seen = _papers_with(kept, samples)
    rows = [f"{' '.join(k)}\t{t}\t{n}\t{max(seen[k], c.total())}" for k, c in kept.items() for t, n in c.items()]
    return sorted_table("\n".join(["term\tkind\tnamed\tseen", *rows, ""]))


def _papers_with(keys: Iterable[terms.Key], samples: Sequence[Sample]) -> Counter[terms.Key]:
    """In how many papers the words of each term occur."""
    longest: dict[str, int] = {}
    for key in keys:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    names = terms.Known({}, {key: {} for key in keys}, longest)
    return Counter(
        key
        for s in samples
        for key in {k for tokens in s.reading.tokens for _, _, k in terms.find_known(tokens, names)}
    )


def _gold_spans(tokens: Sequence[Any], names: Mapping[terms.Key, Mapping[str, bool]]) -> dict[tuple[int, int], str]:
    """The type of each annotated run of tokens, the longest from left to right."""
    words = [normal_words(token.text) for token in tokens]
    found, at = {}, 0
    while at < len(tokens):
        ends = [end for end in range(at + 1, min(len(tokens), at + 14) + 1) if sum(words[at:end], ()) in names]
        if ends:
            found[at, ends[-1]] = next(iter(names[sum(words[at : ends[-1]], ())]))
        at = ends[-1] if ends else at + 1
    return found


def name_rows(sample: Sample, chance: random.Random) -> Iterator[tuple[list[str], str]]:
    """The cues of candidates with their types; the terms of the paper itself are counted without it."""
    reading, names, known = sample.reading, gold_names(sample.gold), terms.known()
    runs = spotting.find_runs(reading)
    often = spotting.frequencies(runs)
    for number, run in enumerate(runs):
        tokens = reading.tokens[number]
        gold = _gold_spans(tokens, names)
        inside = {at for first, end in gold for at in range(first, end)}
        for first, end, words in run.found:
            label = gold.get((first, end), spotting.NONE)
            if label == spotting.NONE and inside.isdisjoint(range(first, end)) and chance.random() > NEGATIVES:
                continue
            text = reading.text[tokens[first].start : tokens[end - 1].end]
            own = dict.fromkeys(names.get(words, {}), 1)
            cues = [*spans.left_cues(run.frame, first), *spans.right_cues(run.frame, end)]
            cues += [*spans.first_cues(tokens[first].text), *spans.last_cues(tokens[end - 1].text)]
            cues += spans.whole_cues(spans.outline(tokens, first, end, reading.sentences[number].part))
            cues += spotting.known_cues(text, terms.entry_of(text, words, known), reading)
            cues += [*terms.term_cues(words, known, without=own), *spotting.often_cues(often[words], words)]
            yield cues + [cue for token in tokens[first:end] for cue in spans.inner_cues(token.text)], label


def fit_names(samples: Sequence[Sample]) -> None:
    """Puts the terms and the weights of names that a sample gives into use."""
    use({"cues_terms": count_terms(samples)})
    chance = random.Random(1)
    rows = [row for sample in samples for row in name_rows(sample, chance)]
    use({"cues_weights_kind": fit_table("kind", [cues for cues, _ in rows], [label for _, label in rows])})


def with_things(sample: Sample) -> Sample:
    """The sample with the things that are found in it."""
    things = group_spots(sample.reading, spotting.find_spots(sample.reading))
    extraction = Extraction(groups=tuple(thing.group for thing in things), extractor="fit")
    return Sample(sample.reading, sample.gold, things, align(extraction, sample.gold))


def new_things(sample: Sample) -> set[str]:
    """The ids of found things that the annotation says are introduced."""
    new = {entity["id"] for entity in sample.gold["entities"] if entity["introduced"]}
    return {id for id, entity in sample.same.items() if entity in new}


def fit_introduced(samples: Sequence[Sample]) -> None:
    """Puts the weights of introductions into use."""
    import numpy

    rows = [(introduced_cues(s.reading, t), t.group.id in new_things(s)) for s in samples for t in s.things]
    table = fit_table("introduced", [cues for cues, _ in rows], numpy.array([[new] for _, new in rows]), ["introduced"])
    use({"cues_weights_introduced": table})


def relation_rows(sample: Sample) -> Iterator[tuple[list[str], list[bool]]]:
    """The cues of pairs with the kinds that hold of them."""
    new = new_things(sample)
    introduced = {e["id"] for e in sample.gold["entities"] if e["introduced"]}
    truth = {(PAPER if r["head"] in introduced else r["head"], r["tail"], r["type"]) for r in sample.gold["relations"]}
    for pair in find_pairs(scenes(sample.reading, sample.things), sample.things):
        head = PAPER if pair.head in new else sample.same.get(pair.head, "")
        cues = {*pair.whole, f"n.{min(3, len(pair.cues))}", *(cue for found in pair.cues.values() for cue in found)}
        yield sorted(cues), [(head, sample.same.get(pair.tail, ""), kind) in truth for kind in KINDS]


def fit_relations(samples: Sequence[Sample]) -> None:
    """Puts the weights of relations into use."""
    import numpy

    rows = [row for sample in samples for row in relation_rows(sample)]
    targets = numpy.array([kinds for _, kinds in rows])
    use({"cues_weights_relations": fit_table("relations", [cues for cues, _ in rows], targets, KINDS)})


def _digits(text: str | None) -> str:
    return "-".join(d.replace(",", "") for d in re.findall(r"\d[\d,]*(?:\.\d+)?", text or ""))


def claim_rows(sample: Sample) -> Iterator[tuple[list[tuple[list[str], str]], list[str], list[bool]]]:
    """For each sentence the cues and labels of its numbers, its own cues, and which claims it makes without number."""
    reading = sample.reading
    found = scenes(reading, sample.things)
    rivals = claims.rivals_by_sentence(reading, find_relations(reading, found, sample.things))
    for stage in claims.stages(reading, found):
        sentence = reading.sentences[stage.number]
        quoted = [
            c for c in sample.gold["claims"] if sentence.start <= _middle(reading.text, c["evidence"]) < sentence.end
        ]
        left = [c for c in quoted if c["value"] is not None]
        numbers = []
        for number in stage.numbers:
            written = reading.text[number.start : number.end]
            match = next((c for c in left if _digits(c["value"]) == _digits(written)), None)
            if match:
                left.remove(match)
            numbers.append((claims.number_cues(reading, stage, number), _label(match) if match else "none"))
        plain = {_label(claim) for claim in quoted if claim["value"] is None}
        cues = claims.sentence_cues(reading, stage, rivals.get(stage.number, ()))
        yield numbers, cues, [label in plain for label in CLAIMS]


def _middle(text: str, evidence: str) -> int:
    at = text.find(evidence)
    return at + len(evidence) // 2 if at >= 0 else -1


def _label(claim: Mapping[str, Any]) -> str:
    """Kind and polarity of a claim; a rare pair counts as the common one of its polarity."""
    label = f"{claim['kind']} {claim['polarity']}"
    return label if label in CLAIMS else {"+": "result +", "0": "result 0", "-": "limitation -"}[claim["polarity"]]


def fit_claims(samples: Sequence[Sample]) -> None:
    """Puts the weights of numbers and sentences into use."""
    import numpy

    rows = [row for sample in samples for row in claim_rows(sample)]
    numbers = [number for found, _, _ in rows for number in found]
    frequent = Counter(label for _, label in numbers)
    numbers = [(cues, label) for cues, label in numbers if frequent[label] >= 5]
    plain = numpy.array([targets for _, _, targets in rows])
    used = [at for at in range(len(CLAIMS)) if plain[:, at].sum() >= 25]
    names = [CLAIMS[at] for at in used]
    use({"cues_weights_numbers": fit_table("numbers", [c for c, _ in numbers], [label for _, label in numbers])})
    use({"cues_weights_sentences": fit_table("sentences", [c for _, c, _ in rows], plain[:, used], names)})


def main(arguments: list[str]) -> None:
    """Fits all tables and writes them."""
    samples = [Sample(read_document(document), gold) for document, gold in papers(arguments)]
    halves = (samples[0::2], samples[1::2])
    found = []
    for mine, other in (halves, halves[::-1]):
        fit_names(other)
        found.append([with_things(sample) for sample in mine])
    fit_names(samples)
    marked = []
    for mine, other in (found, found[::-1]):
        fit_introduced(other)
        marked += [s._replace(things=mark_introduced(s.reading, s.things)) for s in mine]
    fit_introduced([*found[0], *found[1]])
    fit_relations(marked)
    fit_claims(marked)
    for name in ("cues_terms", *(f"cues_weights_{table}" for table in SHAPES)):
        (FOLDER / f"{name}.tsv").write_bytes(lexicon().contents[name])


if __name__ == "__main__":
    main(sys.argv[1:])
