"""Fitting: epochs over annotated papers, with a checkpoint after each from which a run goes on."""

from __future__ import annotations

import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from loaders.training.encoder import load_onnx
from loaders.training.losses import WEIGHTS, losses
from loaders.training.network import Reader
from loaders.training.samples import Sample


@dataclass(frozen=True)
class Plan:
    """How to train: `rate` of the encoder, `head_rate` of all that is new, `average` of the moving mean of weights."""

    epochs: int = 8
    batch: int = 4
    rate: float = 1e-4
    head_rate: float = 7e-4
    decay: float = 0.01
    warm: float = 0.08
    average: float = 0.998
    seed: int = 1


class _Run:
    """A network in training, with what a checkpoint must hold for it to go on."""

    def __init__(self, base: Path, steps: int, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.epoch, self.network = plan, 0, Reader()
        encoder = self.network.encoder
        load_onnx(encoder, base)
        for table in (encoder.words, encoder.places, encoder.kinds):
            table.weight.requires_grad_(False)  # unseen names keep the sense that the base gave their pieces
        young = {id(encoder.shapes.weight), id(encoder.listed.weight)}
        old = {id(p) for p in encoder.parameters()} - young
        moving = [p for p in self.network.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in moving if id(p) in old], "lr": plan.rate},
            {"params": [p for p in moving if id(p) not in old], "lr": plan.head_rate},
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=plan.decay)
        warm = max(1, int(plan.warm * steps))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
        )
        self.mean = {name: value.detach().clone() for name, value in self.network.state_dict().items()}

    def save(self, path: Path) -> None:
        """Writes beside and renames, so that a killed run leaves the checkpoint before it."""
        state = {"reader": self.network.state_dict(), "mean": self.mean, "epoch": self.epoch}
        state |= {"optimizer": self.optimizer.state_dict(), "schedule": self.schedule.state_dict()}
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def resume(self, path: Path) -> None:
        """Goes on from a checkpoint."""
        state = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["reader"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.mean, self.epoch = state["mean"], state["epoch"]

    def run(self, samples: Sequence[Sample]) -> dict[str, float]:
        """One epoch; returns the mean of each loss."""
        seed = self.plan.seed * 1000 + self.epoch
        rng = random.Random(seed)
        torch.manual_seed(seed)
        order = rng.sample(range(len(samples)), len(samples))
        sums: dict[str, float] = defaultdict(float)
        self.network.train()
        for start in range(0, len(order), self.plan.batch):
            batch = order[start : start + self.plan.batch]
            for at in batch:
                parts = losses(self.network, samples[at], rng)
                (sum(WEIGHTS[name] * value for name, value in parts.items()) / len(batch)).backward()
                for name, value in parts.items():
                    sums[name] += float(value.detach()) / len(order)
            self._step()
        self.epoch += 1
        return sums

    def _step(self) -> None:
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            for name, value in self.network.named_parameters():
                if value.requires_grad:
                    self.mean[name].lerp_(value, 1 - self.plan.average)


def fit(samples: Sequence[Sample], base: Path, checkpoint: Path, plan: Plan) -> Reader:
    """A reader with the moving average of its weights; goes on from the checkpoint where there is one.

    `base` is the ONNX file of the encoder's first weights. Optimised as Loshchilov and Hutter (2019) do, with warm-up and
    linear decay.
    """
    run = _Run(base, math.ceil(len(samples) / plan.batch) * plan.epochs, plan)
    if checkpoint.exists():
        run.resume(checkpoint)
    while run.epoch < plan.epochs:
        begin = time.time()
        means = "  ".join(f"{name} {value:.3f}" for name, value in run.run(samples).items())
        sys.stderr.write(f"epoch {run.epoch} of {plan.epochs}: {time.time() - begin:.0f} s  {means}\n")
        run.save(checkpoint)
    run.network.load_state_dict(run.mean)
    return run.network.eval()
