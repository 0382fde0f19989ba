"""One fold of five over `dev`, with or without `more` in training: what a network that never saw the fold reads in it.

`python -m loaders.training.cross FOLD OUT GOLD BASE.onnx VOCABULARY.json [--epochs N] [--no-more] [--seed N]` writes
`OUT/read<FOLD>.pkl`, everything probable, from which thresholds and calibration are fitted, and `OUT/pred<FOLD>.jsonl`,
the annotation by the usual thresholds.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
from pathlib import Path

import torch

from loaders.extract.reading import read_document
from loaders.extract.trained.choosing import LEAST, annotation
from loaders.training.annotated import document_of, read_papers
from loaders.training.export import reader_of
from loaders.training.fit import Plan, fit
from loaders.training.samples import sample_of

FOLDS = 5


def fold_of(count: int) -> list[int]:
    """The fold of each of so many papers, the same for all who ask."""
    order = list(range(count))
    random.Random(7).shuffle(order)
    fold = [0] * count
    for place, at in enumerate(order):
        fold[at] = place % FOLDS
    return fold


def main() -> None:
    """Trains, reads, and writes both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fold", type=int)
    for name in ("out", "gold", "base", "vocabulary"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-more", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(given.threads)
    dev, more = read_papers(given.gold, "dev"), [] if given.no_more else read_papers(given.gold, "more")
    folds = fold_of(len(dev))
    train = [pair for pair, fold in zip(dev, folds, strict=True) if fold != given.fold] + more
    samples = [sample_of(text, paper, given.vocabulary) for text, paper in train]
    network = fit(samples, given.base, given.out / f"fold{given.fold}.pt", Plan(epochs=given.epochs, seed=given.seed))
    torch.save(
        {name: value.half() for name, value in network.state_dict().items()}, given.out / f"network{given.fold}.pt"
    )
    reader, begin, found = reader_of(network, given.vocabulary, LEAST), time.time(), []
    test = [pair for pair, fold in zip(dev, folds, strict=True) if fold == given.fold]
    with (given.out / f"pred{given.fold}.jsonl").open("w", encoding="utf-8") as chosen:
        for text, _ in test:
            read = reader.read(read_document(document_of(text)))
            found.append((text["id"], read))
            chosen.write(json.dumps(annotation(text["id"], read, LEAST)) + "\n")
    (given.out / f"read{given.fold}.pkl").write_bytes(pickle.dumps(found))
    sys.stdout.write(f"{len(test)} papers read in {time.time() - begin:.0f} s\n")


if __name__ == "__main__":
    main()
