"""What the reader is trained to do, head by head."""

from __future__ import annotations

import random
from collections import defaultdict

import torch
from torch import Tensor
from torch.nn import functional

from loaders.extract.trained.features import (
    COMPARATOR,
    LITERAL,
    NO_SET,
    NOTHING,
    SET,
    SUBJECT,
    Nodes,
    pairs_of,
    pairs_of_names,
    seat_features,
    seats,
)
from loaders.extract.trained.labels import CLAIM_KINDS, KINDS, NONE, PAPER_KIND, POLARITIES, RELATIONS
from loaders.extract.trained.tagging import leaning_spans
from loaders.extract.trained.text import Span
from loaders.training.annotated import Row, lines_of
from loaders.training.network import Reader
from loaders.training.samples import Sample, near_misses

WEIGHTS = {
    "tag": 1.0,
    "kind": 0.7,
    "new": 0.4,
    "same": 0.3,
    "relation": 1.0,
    "evidence": 0.1,
    "claim": 0.6,
    "claim_kind": 0.2,
    "row": 0.4,
}


def losses(reader: Reader, sample: Sample, rng: random.Random) -> dict[str, Tensor]:
    """The losses of one paper, unweighted."""
    window, found = sample.window, {}
    whole, words = reader.words(window, len(sample.tags))
    tags = reader.tags(words)
    found["tag"] = functional.cross_entropy(tags, torch.tensor(sample.tags), label_smoothing=0.02, reduction="mean") * 4
    entities = {e["id"]: e for e in sample.paper["entities"]}
    units = [reader.unit(words, spans) for _, spans in sample.units]
    wrong = [own for _, own in sample.negatives] + near_misses(sample, rng, 4) + doubtful(sample, tags, rng, 6)
    rows = [*units, *(reader.unit(words, own) for own in wrong)]
    if rows:
        goal = [KINDS.index(entities[id]["type"]) for id, _ in sample.units] + [NONE] * len(wrong)
        found["kind"] = functional.cross_entropy(
            reader.kind(torch.stack(rows)), torch.tensor(goal), label_smoothing=0.02
        )
    if units:
        new = torch.tensor([float(entities[id]["introduced"]) for id, _ in sample.units])
        seen = torch.stack(units)
        logits = reader.new(torch.cat([seen, whole.expand(len(seen), -1)], 1))[:, 0]
        found["new"] = functional.binary_cross_entropy_with_logits(logits, new)
        found |= _sameness(reader, sample, seen)
    nodes, ends, ids = _nodes(reader, sample, whole, words, rng)
    found |= _relations(reader, sample, words, nodes, ends, ids)
    found |= _claims(reader, sample, words, nodes, ends, ids)
    return found


def doubtful(sample: Sample, tags: Tensor, rng: random.Random, most: int) -> list[list[Span]]:
    """Spans that the tagger would find if it were less strict, and that are none."""
    scores = tags.detach().log_softmax(-1).numpy()
    found = [[s] for s in sorted(leaning_spans(scores, [4.0])) if s not in sample.mentions]
    return rng.sample(found, min(most, len(found)))


def _sameness(reader: Reader, sample: Sample, units: Tensor) -> dict[str, Tensor]:
    pairs, features = pairs_of_names(sample.words, [sample.words.text(spans[0]) for _, spans in sample.units])
    if not len(pairs):
        return {}
    goal = torch.tensor([float(sample.units[i][0] == sample.units[j][0]) for i, j in pairs.tolist()])
    logits = reader.sameness(units, torch.from_numpy(pairs), torch.from_numpy(features))
    return {"same": functional.binary_cross_entropy_with_logits(logits, goal, pos_weight=torch.tensor(2.0))}


def _nodes(
    reader: Reader, sample: Sample, whole: Tensor, words: Tensor, rng: random.Random
) -> tuple[Nodes, Tensor, dict[str, int]]:
    """The paper, the entities, and some things that are none, so that what is read wrongly attracts no relations."""
    entities = {e["id"]: e for e in sample.paper["entities"]}
    spans: dict[str, list[Span]] = defaultdict(list)
    for id, own in sample.units:
        spans[id] += own
    nodes, ids, rows = Nodes([[]], [PAPER_KIND], [False]), {"paper": 0}, []
    for id, own in spans.items():
        ids[id] = len(nodes.spans)
        nodes.spans.append(own)
        nodes.kinds.append(KINDS.index(entities[id]["type"]))
        nodes.is_new.append(entities[id]["introduced"])
        rows.append(reader.unit(words, own))
    for kind, own in sample.negatives:
        if rng.random() < 0.4:
            nodes.spans.append(own)
            nodes.kinds.append(kind)
            nodes.is_new.append(False)
            rows.append(reader.unit(words, own))
    new = (
        torch.stack([r for r, n in zip(rows, nodes.is_new[1:], strict=True) if n])
        if any(nodes.is_new)
        else torch.zeros(0, words.shape[1])
    )
    paper = reader.paper_row(whole, words, sample.words.ours, new)
    return nodes, torch.stack([paper, *rows]), ids


def _relations(
    reader: Reader, sample: Sample, words: Tensor, nodes: Nodes, ends: Tensor, ids: dict[str, int]
) -> dict[str, Tensor]:
    pairs = pairs_of(sample.words, nodes)
    if pairs is None:
        return {}
    view = [torch.from_numpy(array) for array in pairs]
    logits, seen = reader.relations(words, ends, *view[:4])
    allowed = view[4]
    sentence_of = torch.from_numpy(sample.words.sentence)
    at = {pair: row for row, pair in enumerate(map(tuple, pairs.ends.tolist()))}
    goal, looks = torch.zeros_like(logits), []
    for relation in sample.paper["relations"]:
        head = ids.get(relation["head"])
        tail = ids.get(relation["tail"])
        if head is None or tail is None:
            continue
        row = at.get((0 if nodes.is_new[head] else head, tail))
        if row is None:
            continue
        goal[row, RELATIONS.index(relation["type"])] = 1.0
        mask = sum(
            (sentence_of == i for i in lines_of(sample.words.reading, relation["evidence"])),
            torch.zeros(len(sample.tags), dtype=torch.bool),
        )
        if mask.any():
            looks.append(-torch.log((seen[row] * mask).sum() + 1e-4))
    each = functional.binary_cross_entropy_with_logits(logits, goal, reduction="none") * allowed
    found = {"relation": each.sum() / max(8.0, float(allowed.sum()) ** 0.5 * 2)}
    if looks:
        found["evidence"] = torch.stack(looks).mean()
    return found


def _claims(
    reader: Reader, sample: Sample, words: Tensor, nodes: Nodes, ends: Tensor, ids: dict[str, int]
) -> dict[str, Tensor]:
    lines = sample.words.reading.sentences
    sentences = [line for line in sorted(set(sample.words.sentence.tolist())) if lines[line].part != "title"]
    if not sentences:
        return {}
    numbers = list(sample.words.numbers)
    of_numbers = reader.numbers(words, sample.words.sentence, numbers)
    of_sentences = reader.sentences(words, sample.words.sentence, sentences)
    by_number: dict[int, list[Row]] = defaultdict(list)
    by_sentence: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in sample.rows:
        if row.number is not None:
            by_number[row.number].append(row)
        else:
            by_sentence[row.sentence, row.polarity].append(row)
    sides = [POLARITIES.index(by_number[n][0].polarity) if n in by_number else -1 for n in numbers]
    flags = torch.tensor([[float((s, p) in by_sentence) for p in POLARITIES] for s in sentences])
    logits = reader.sentence_side(of_sentences)
    stated = functional.binary_cross_entropy_with_logits(logits, flags, reduction="sum") / 3
    if numbers:
        goal = torch.tensor([1 + side for side in sides])
        stated = stated + functional.cross_entropy(reader.number_side(of_numbers), goal, reduction="sum") / 2
    anchors = [of_numbers[i] + reader.side.weight[side] for i, side in enumerate(sides) if side >= 0]
    groups = [by_number[n] for n in numbers if n in by_number]
    for i, sentence in enumerate(sentences):
        for side, polarity in enumerate(POLARITIES):
            if (sentence, polarity) in by_sentence:
                anchors.append(of_sentences[i] + reader.side.weight[side])
                groups.append(by_sentence[sentence, polarity])
    found = {"claim": stated / 4}
    if anchors:
        rows = torch.stack(anchors)
        kinds = torch.tensor([CLAIM_KINDS.index(group[0].kind) for group in groups])
        found["claim_kind"] = functional.cross_entropy(reader.claim_kind(rows), kinds)
        found["row"] = _seats(
            reader, sample, nodes, rows, torch.cat([reader.candidates(ends), reader.special.weight]), groups, ids
        )
    return found


def _seats(
    reader: Reader,
    sample: Sample,
    nodes: Nodes,
    rows: Tensor,
    candidates: Tensor,
    groups: list[list[Row]],
    ids: dict[str, int],
) -> Tensor:
    """Who is the subject, the comparator and the dataset of each claim."""
    options, count = seats(nodes), len(nodes.spans)
    places = [(group[0].sentence, group[0].number) for group in groups]
    features = torch.from_numpy(seat_features(sample.words, nodes, places, options))
    which = torch.tensor([(a, c) for a in range(len(rows)) for _, c in options])
    roles = torch.tensor([role for _ in range(len(rows)) for role, _ in options])
    logits = reader.rows(rows, candidates, which, roles, features.view(-1, 7))
    goal = torch.zeros(len(groups), len(options))
    special = {"none": count + NOTHING, "literal": count + LITERAL}
    for a, group in enumerate(groups):
        wanted: set[tuple[int, int]] = set()
        for row in group:
            subject = ids.get(row.subject, -1)
            wanted.add((SUBJECT, 0 if subject >= 0 and nodes.is_new[subject] else subject))
            wanted.add((COMPARATOR, special.get(row.comparator, ids.get(row.comparator, -1))))
            wanted.add((SET, count + NO_SET if row.dataset == "none" else ids.get(row.dataset, -1)))
        goal[a] = torch.tensor([float(option in wanted) for option in options])
    loss = functional.binary_cross_entropy_with_logits(logits, goal.view(-1), reduction="sum")
    return loss / (2 * len(groups) + 4)
