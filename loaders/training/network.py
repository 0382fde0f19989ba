"""The reader: one encoder, and heads for names, units, sameness, relations and claims, all trained together.

Relations look at the text by localised attention, and are taught where to look by the annotated evidence, after
Zhou et al. (2021, ATLOP) and Ma et al. (2023, DREEAM).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from loaders.extract.trained.features import nearby
from loaders.extract.trained.labels import CLAIM_KINDS, KINDS, RELATIONS, TAGS
from loaders.extract.trained.tagging import Floats
from loaders.extract.trained.text import Ints, Window
from loaders.training.encoder import Encoder

WIDTH = 384


def mlp(inputs: int, hidden: int, outputs: int, dropout: float = 0.2) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, outputs))


class Attention(nn.Module):
    """What queries see of the words: `queries × W` and words `T × W` to attention `heads × Q × T` and sight `Q × size`."""

    def __init__(self, size: int = 256, heads: int = 4) -> None:
        super().__init__()
        self.heads, self.key, self.value = heads, nn.Linear(WIDTH, size), nn.Linear(WIDTH, size)

    def forward(self, query: Tensor, words: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """`query` is `Q × size`, `bias` `Q × T × heads`; attention comes as `heads × Q × T`."""
        q = query.view(len(query), self.heads, -1).transpose(0, 1)
        k = self.key(words).view(len(words), self.heads, -1).transpose(0, 1)
        v = self.value(words).view(len(words), self.heads, -1).transpose(0, 1)
        scores = q @ k.transpose(1, 2) / k.shape[-1] ** 0.5 + bias.permute(2, 0, 1)
        seen = scores.softmax(-1)
        return seen, (seen @ v).transpose(0, 1).reshape(len(query), -1)


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.dropout = nn.Dropout(0.15)
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.pool = nn.Linear(3 * WIDTH, WIDTH)
        self.kind = mlp(WIDTH, 256, len(KINDS) + 1)
        self.new = mlp(2 * WIDTH, 256, 1)
        self.same = mlp(2 * 128 + 6, 128, 1)
        self.same_left = nn.Linear(WIDTH, 128)
        # relations
        self.paper = nn.Linear(3 * WIDTH, WIDTH)
        self.ask_head, self.ask_tail = nn.Linear(WIDTH, 256), nn.Linear(WIDTH, 256)
        self.look = Attention()
        self.look_bias = nn.Linear(6, 4)
        self.as_head, self.as_tail, self.as_seen = nn.Linear(WIDTH, 256), nn.Linear(WIDTH, 256), nn.Linear(256, 256)
        self.of_kinds = nn.Embedding(6 * 5, 256)
        self.of_pair = nn.Linear(4, 256)
        self.relation = mlp(256, 192, len(RELATIONS))
        self.bilinear = nn.Bilinear(64, 64, len(RELATIONS))
        self.low_head, self.low_tail = nn.Linear(WIDTH + 256, 64), nn.Linear(WIDTH + 256, 64)
        # claims
        self.claim_query = nn.Linear(WIDTH, 256)
        self.claim_look, self.claim_bias = Attention(), nn.Linear(4, 4)
        self.sentence = nn.Linear(WIDTH, 1)
        self.anchor_number, self.anchor_sentence = nn.Linear(WIDTH + 256, 256), nn.Linear(2 * WIDTH + 256, 256)
        self.number_side = mlp(256, 192, 4)
        self.sentence_side = mlp(256, 192, 3)
        self.side = nn.Embedding(3, 256)
        self.claim_kind = mlp(256, 128, len(CLAIM_KINDS))
        self.candidates = nn.Linear(WIDTH, 256)
        self.special = nn.Embedding(3, 256)  # none as comparator, literal, none as dataset
        self.role = nn.Embedding(3, 256)
        self.feature = nn.Linear(7, 256)
        self.row = mlp(256, 192, 1)

    def words(self, window: Window, count: int) -> tuple[Tensor, Tensor]:
        """The whole text, and a row for each of `count` words: the mean of its subwords; both marks stand for the whole."""
        ids, shapes, listed, owner = (
            torch.from_numpy(array) for array in (window.ids, window.shapes, window.listed, window.owner)
        )
        hidden = self.encoder(ids, shapes, listed)
        sums = torch.zeros(count + 1, WIDTH).index_add(0, owner, hidden)
        sizes = torch.zeros(count + 1).index_add(0, owner, torch.ones(len(owner))).clamp(min=1)
        rows = sums / sizes[:, None]
        return rows[0], self.dropout(rows[1:])

    def unit(self, words: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
        """The mean over mentions of what first, last and all words say."""
        parts = [torch.cat([words[a], words[b - 1], words[a:b].mean(0)]) for a, b in spans]
        return torch.tanh(self.pool(torch.stack(parts).mean(0)))

    def sameness(self, units: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        low = self.same_left(units)
        a, b = low[pairs[:, 0]], low[pairs[:, 1]]
        return self.same(torch.cat([(a - b).abs(), a * b, features], 1))[:, 0]

    def paper_row(self, whole: Tensor, words: Tensor, ours: Sequence[int], new: Tensor) -> Tensor:
        own = words[list(ours)].mean(0) if ours else torch.zeros(WIDTH)
        introduced = new.mean(0) if len(new) else torch.zeros(WIDTH)
        return torch.tanh(self.paper(torch.cat([whole, own, introduced])))

    def relations(
        self, words: Tensor, ends: Tensor, pairs: Tensor, kinds: Tensor, bias: Tensor, pair_features: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits `P × 7` and attention `P × T` for pairs of rows of `ends`."""
        heads, tails = ends[pairs[:, 0]], ends[pairs[:, 1]]
        query = self.ask_head(ends)[pairs[:, 0]] + self.ask_tail(ends)[pairs[:, 1]]
        seen, sight = self.look(query, words, self.look_bias(bias))
        joined = self.as_head(ends)[pairs[:, 0]] + self.as_tail(ends)[pairs[:, 1]] + self.as_seen(sight)
        joined = joined + self.of_kinds(kinds) + self.of_pair(pair_features)
        h = torch.tanh(self.low_head(torch.cat([heads, sight], 1)))
        t = torch.tanh(self.low_tail(torch.cat([tails, sight], 1)))
        return self.relation(functional.gelu(joined)) + self.bilinear(h, t), seen.mean(0)

    def numbers(self, words: Tensor, sentence: Ints, numbers: Sequence[int]) -> Tensor:
        """A row for each number, `N × 256`."""
        if not numbers:
            return torch.zeros(0, 256)
        at = np.array(numbers)
        own = words[torch.from_numpy(at)]
        return self._anchors(self.anchor_number, own, own, words, nearby(sentence, sentence[at], at))

    def sentences(self, words: Tensor, sentence: Ints, sentences: Sequence[int]) -> Tensor:
        """A row for each sentence, `S × 256`."""
        weight, rows = self.sentence(words)[:, 0], []
        for number in sentences:
            inside = torch.from_numpy(sentence == number)
            own = words[inside]
            rows.append(torch.cat([weight[inside].softmax(0) @ own, own.mean(0)]))
        own = torch.stack(rows)
        near = nearby(sentence, np.array(sentences), None)
        return self._anchors(self.anchor_sentence, own[:, :WIDTH], own, words, near)

    def _anchors(self, layer: nn.Linear, query: Tensor, own: Tensor, words: Tensor, near: Floats) -> Tensor:
        _, sight = self.claim_look(self.claim_query(query), words, self.claim_bias(torch.from_numpy(near)))
        return functional.gelu(layer(torch.cat([own, sight], 1)))

    def rows(self, anchors: Tensor, candidates: Tensor, which: Tensor, role: Tensor, features: Tensor) -> Tensor:
        """Logits that a candidate plays a role in an anchor's claim; `which` is `K × 2` rows of the two."""
        joined = anchors[which[:, 0]] + candidates[which[:, 1]] + anchors[which[:, 0]] * candidates[which[:, 1]]
        return self.row(functional.gelu(joined + self.role(role) + self.feature(features)))[:, 0]
