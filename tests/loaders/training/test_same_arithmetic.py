"""The heads at run time do the arithmetic of those that are trained."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")


@pytest.fixture(scope="module")
def network():
    """A network with random weights that drops nothing."""
    from loaders.training.network import Reader

    torch.manual_seed(0)
    return Reader().eval()


def test_numpy_and_pytorch_agree(network) -> None:
    """Units, newness, sameness, the paper, relations and claims come out equal to five digits."""
    from loaders.extract.reading import read_document
    from loaders.extract.trained.features import Nodes, pairs_of, seat_features, seats
    from loaders.extract.trained.text import words_of
    from loaders.training.annotated import document_of
    from loaders.training.export import heads_of

    text = {"id": "1", "title": "FOO", "abstract": "We present FOO. FOO beats BAR by 3.2 points on BAZ, and uses QUX."}
    words = words_of(read_document(document_of(text)))
    heads, rng = heads_of(network), np.random.default_rng(1)
    rows = rng.normal(0, 1, (len(words.tokens), 384)).astype(np.float32)
    at = {token.text: place for place, token in enumerate(words.tokens)}
    nodes = Nodes(
        [[], *([(at[n], at[n] + 1)] for n in ("FOO", "BAR", "BAZ", "QUX"))],
        [-1, 0, 0, 2, 1],
        [False, True, False, False, False],
    )
    with torch.no_grad():
        there, ends = torch.from_numpy(rows), [network.unit(torch.from_numpy(rows), own) for own in nodes.spans[1:]]
        whole = there[0]
        paper = network.paper_row(whole, there, words.ours, torch.stack(ends[:1]))
        every = torch.stack([paper, *ends])
        pairs = pairs_of(words, nodes)
        logits, seen = network.relations(there, every, *(torch.from_numpy(a) for a in pairs[:4]))
        numbers, lines = list(words.numbers), sorted(set(words.sentence.tolist()))[1:]
        of_numbers = network.numbers(there, words.sentence, numbers)
        of_lines = network.sentences(there, words.sentence, lines)
        options = seats(nodes)
        features = seat_features(words, nodes, [(line, None) for line in lines], options)
        which = torch.tensor([(a, c) for a in range(len(lines)) for _, c in options])
        roles = torch.tensor([role for _ in lines for role, _ in options])
        table = torch.cat([network.candidates(every), network.special.weight])
        seated = torch.sigmoid(network.rows(of_lines, table, which, roles, torch.from_numpy(features).view(-1, 7)))
        few = torch.tensor([[0, 1], [2, 3]])
        alike = torch.tensor(rng.normal(0, 1, (2, 6)).astype(np.float32))
        same = torch.sigmoid(network.sameness(every, few, alike))
        new = torch.sigmoid(network.new(torch.cat([every, whole.expand(len(every), -1)], 1))[:, 0])

    def equal(one, other) -> None:
        np.testing.assert_allclose(one, other.numpy(), atol=2e-5)

    mine = [heads.unit(rows, own) for own in nodes.spans[1:]]
    stacked = np.stack([heads.paper(rows[0], rows, words.ours, mine[:1]), *mine])
    equal(stacked, every)
    chances, looks = heads.relations(rows, stacked, pairs)
    equal(chances, torch.sigmoid(logits) * torch.from_numpy(pairs.allowed))
    equal(looks, seen)
    equal(heads.numbers(rows, words.sentence, numbers), of_numbers)
    equal(heads.sentences(rows, words.sentence, lines), of_lines)
    equal(heads.seats(of_lines.numpy(), stacked, options, features).ravel(), seated)
    equal(heads.sameness(stacked, few.numpy(), alike.numpy()), same)
    equal(heads.newness(stacked, rows[0]), new)
