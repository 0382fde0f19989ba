"""The heads of the reader in NumPy: the same arithmetic as `loaders.training.network`, by the same names of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from loaders.extract.trained.features import Pairs, nearby
from loaders.extract.trained.tagging import Floats
from loaders.extract.trained.text import Ints, Span


def softmax(x: Floats) -> Floats:
    """Probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


def sigmoid(x: Floats) -> Floats:
    """Probabilities of single events."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))), dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel (2016), with the error function of Abramowitz and Stegun 7.1.26 (off by at most 1.5e-7)."""
    z = np.abs(x) / np.float32(np.sqrt(2.0))
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)


class Heads:
    """The weights of the heads by name, as float32 arrays."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = {name: np.asarray(value, dtype=np.float32) for name, value in weights.items()}

    def linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float32)

    def table(self, name: str) -> Floats:
        return self._weights[f"{name}.weight"]

    def layers(self, name: str, x: Floats) -> Floats:
        """Two layers with GELU between."""
        return self.linear(f"{name}.3", gelu(self.linear(f"{name}.0", x)))

    def attend(self, name: str, query: Floats, words: Floats, bias: Floats, heads: int = 4) -> tuple[Floats, Floats]:
        """Attention `heads × queries × words` and what is seen `queries × size`; `bias` is `queries × words × heads`."""
        key, value = self.linear(f"{name}.key", words), self.linear(f"{name}.value", words)
        size = key.shape[1] // heads

        def split(x: Floats) -> Floats:
            return x.reshape(len(x), heads, size).transpose(1, 0, 2)

        scores = split(query) @ split(key).transpose(0, 2, 1) / np.float32(np.sqrt(size)) + bias.transpose(2, 0, 1)
        seen = softmax(scores)
        return seen, (seen @ split(value)).transpose(1, 0, 2).reshape(len(query), -1)

    def unit(self, words: Floats, spans: Sequence[Span]) -> Floats:
        """One row for all places of a thing: what their first, last and all words say, on average."""
        parts = [np.concatenate([words[a], words[b - 1], words[a:b].mean(0)]) for a, b in spans]
        return np.tanh(self.linear("pool", np.stack(parts).mean(0)))

    def newness(self, units: Floats, whole: Floats) -> Floats:
        """How probable it is that the paper introduces each thing."""
        return sigmoid(self.layers("new", np.concatenate([units, np.broadcast_to(whole, units.shape)], 1))[:, 0])

    def sameness(self, units: Floats, pairs: Ints, features: Floats) -> Floats:
        """How probable it is that both units of a pair are one thing."""
        low = self.linear("same_left", units)
        a, b = low[pairs[:, 0]], low[pairs[:, 1]]
        return sigmoid(self.layers("same", np.concatenate([np.abs(a - b), a * b, features], 1))[:, 0])

    def paper(self, whole: Floats, words: Floats, ours: Sequence[int], new: Sequence[Floats]) -> Floats:
        """The row of the paper: the whole text, the words for itself, and what it introduces."""
        none = np.zeros_like(whole)
        own = words[list(ours)].mean(0) if len(ours) else none
        return np.tanh(self.linear("paper", np.concatenate([whole, own, np.mean(new, axis=0) if len(new) else none])))

    def relations(self, words: Floats, ends: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
        """The probability of each relation `P × 7`, and how much of what speaks for it lies on each word `P × words`."""
        head, tail = pairs.ends[:, 0], pairs.ends[:, 1]
        query = self.linear("ask_head", ends)[head] + self.linear("ask_tail", ends)[tail]
        seen, sight = self.attend("look", query, words, self.linear("look_bias", pairs.near))
        joined = self.linear("as_head", ends)[head] + self.linear("as_tail", ends)[tail] + self.linear("as_seen", sight)
        joined = joined + self.table("of_kinds")[pairs.kinds] + self.linear("of_pair", pairs.features)
        h = np.tanh(self.linear("low_head", np.concatenate([ends[head], sight], 1)))
        t = np.tanh(self.linear("low_tail", np.concatenate([ends[tail], sight], 1)))
        product = (
            np.einsum("ph,rht,pt->pr", h, self.table("bilinear"), t, optimize=True) + self._weights["bilinear.bias"]
        )
        return sigmoid(self.layers("relation", gelu(joined)) + product) * pairs.allowed, seen.mean(0)

    def numbers(self, words: Floats, sentence: Ints, numbers: Sequence[int]) -> Floats:
        """A row for each number."""
        own, at = words[list(numbers)], sentence[list(numbers)]
        return self._anchors("anchor_number", own, own, words, nearby(sentence, at, np.array(numbers)))

    def sentences(self, words: Floats, sentence: Ints, sentences: Sequence[int]) -> Floats:
        """A row for each sentence."""
        weight, rows = self.linear("sentence", words)[:, 0], []
        for number in sentences:
            inside = sentence == number
            own = words[inside]
            rows.append(np.concatenate([softmax(weight[inside]) @ own, own.mean(0)]))
        own = np.stack(rows)
        return self._anchors(
            "anchor_sentence", own[:, : words.shape[1]], own, words, nearby(sentence, np.array(sentences), None)
        )

    def _anchors(self, name: str, query: Floats, own: Floats, words: Floats, near: Floats) -> Floats:
        _, sight = self.attend("claim_look", self.linear("claim_query", query), words, self.linear("claim_bias", near))
        return gelu(self.linear(name, np.concatenate([own, sight], 1)))

    def seats(self, anchors: Floats, ends: Floats, found: Sequence[tuple[int, int]], features: Floats) -> Floats:
        """The probability `anchors × seats` that a candidate has its role in an anchor's claim."""
        rows = np.concatenate([self.linear("candidates", ends), self.table("special")])
        roles, which = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
        a, c = anchors[:, None], rows[which][None]
        joined = a + c + a * c + self.table("role")[roles][None] + self.linear("feature", features)
        return sigmoid(self.layers("row", gelu(joined))[..., 0])
