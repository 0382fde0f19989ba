"""A trained network as the run time takes it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch

from loaders.extract.trained.heads import Heads
from loaders.extract.trained.read import Reader
from loaders.extract.trained.tagging import Floats
from loaders.extract.trained.text import Window
from loaders.training.network import Reader as Network
from loaders.training.samples import tokenizer


def heads_of(network: Network) -> Heads:
    """The weights of a network's heads, as the run time multiplies them."""
    weights = {k: v.detach().float().numpy() for k, v in network.state_dict().items() if not k.startswith("encoder.")}
    return Heads(weights)


def reader_of(network: Network, vocabulary: Path, least: Mapping[str, float]) -> Reader:
    """A reader that encodes with PyTorch, for papers that were left out of training."""
    network.eval()

    @torch.no_grad()
    def encode(window: Window) -> Floats:
        hidden = network.encoder(*(torch.from_numpy(array) for array in (window.ids, window.shapes, window.listed)))
        return hidden.numpy()

    return Reader(encode, tokenizer(vocabulary), heads_of(network), least)
