"""A BERT encoder in PyTorch, its weights taken from an ONNX file, with an embedding of the shape of words.

The encoder is that of Devlin et al. (2019) as bge-small-en-v1.5 has it: 12 layers, 384 dimensions, 12 heads.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from loaders.extract.trained.text import LISTED, SHAPES


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        length, width = x.shape
        q, k, v = (f(x).view(length, self.heads, -1).transpose(0, 1) for f in (self.query, self.key, self.value))
        a = functional.scaled_dot_product_attention(q[None], k[None], v[None])[0]
        rate = self.dropout if self.training else 0.0
        a = self.out(a.transpose(0, 1).reshape(length, width))
        x = self.norm1(x + functional.dropout(a, rate))
        h = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(h, rate))


class Encoder(nn.Module):
    """One text at a time: ids, shapes and what the lexicon says of `T` subwords to `T × width`."""

    def __init__(
        self, vocabulary: int = 30522, width: int = 384, layers: int = 12, heads: int = 12, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.words, self.places, self.kinds = (
            nn.Embedding(vocabulary, width),
            nn.Embedding(512, width),
            nn.Embedding(2, width),
        )
        self.shapes = nn.Embedding(SHAPES, width)
        self.listed = nn.Embedding(LISTED, width)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.listed.weight)
        self.norm, self.dropout = nn.LayerNorm(width, 1e-12), dropout
        self.layers = nn.ModuleList(Layer(width, heads, 4 * width, dropout) for _ in range(layers))

    def forward(self, ids: Tensor, shapes: Tensor, listed: Tensor) -> Tensor:
        at = torch.arange(len(ids))
        x = self.norm(
            self.words(ids) + self.places(at) + self.kinds.weight[0] + self.shapes(shapes) + self.listed(listed)
        )
        x = functional.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x)
        return x


def load_onnx(encoder: Encoder, path: Path) -> None:
    """Takes the weights of an exported BERT by their names; raises KeyError where one is missing."""
    named, weights = _arrays(path)

    def linear(target: nn.Linear, name: str) -> None:
        target.weight.data.copy_(weights[name])
        target.bias.data.copy_(named[f"{name}.bias"])

    def norm(target: nn.LayerNorm, name: str) -> None:
        target.weight.data.copy_(named[f"{name}.weight"])
        target.bias.data.copy_(named[f"{name}.bias"])

    for table, name in ((encoder.words, "word"), (encoder.places, "position"), (encoder.kinds, "token_type")):
        table.weight.data.copy_(named[f"embeddings.{name}_embeddings.weight"])
    norm(encoder.norm, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layers):
        stem = f"encoder.layer.{number}"
        for target, name in ((layer.query, "query"), (layer.key, "key"), (layer.value, "value")):
            linear(target, f"{stem}.attention.self.{name}")
        linear(layer.out, f"{stem}.attention.output.dense")
        norm(layer.norm1, f"{stem}.attention.output.LayerNorm")
        linear(layer.up, f"{stem}.intermediate.dense")
        linear(layer.down, f"{stem}.output.dense")
        norm(layer.norm2, f"{stem}.output.LayerNorm")


def _arrays(path: Path) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The arrays of an ONNX file by name, and the matrices of its products by the name of the bias added to them.

    An exporter makes up the name of a product's matrix, and keeps that of the bias.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    arrays = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    products = {o: node for node in graph.node if node.op_type == "MatMul" for o in node.output}
    weights = {}
    for node in graph.node:
        bias = next((i for i in node.input if i.endswith(".bias")), None)
        product = next((products[i] for i in node.input if i in products), None)
        if node.op_type == "Add" and bias and product and product.input[1] in arrays:
            weights[bias.removesuffix(".bias")] = arrays[product.input[1]].T
    return tuple({name.split("bert.")[-1]: array for name, array in found.items()} for found in (arrays, weights))  # type: ignore[return-value]
