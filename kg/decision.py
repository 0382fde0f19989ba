"""What people decide about the graph: a value of its own, since all rooms but the loaders speak of it."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from pydantic import Field

from kg.model import Value


class DecisionKind(StrEnum):
    """What a person may decide about the graph."""

    REJECT = "reject"
    ALIAS = "alias"


class Decision(Value):
    """A person's recorded decision.

    reject: `about` is the `statement` of an edge or the id of a claim; the store notes as `target` which document
    makes it.
    alias: `about` is a name as written, `family` says of which kind of thing, `target` is the entity's id.
    """

    what: DecisionKind
    about: str
    family: str = ""
    target: str = ""
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    at: str

    @property
    def id(self) -> str:
        """The same words about the same thing are one decision, whoever says it."""
        digest = hashlib.sha256("\0".join([self.what, self.family, self.about]).encode()).hexdigest()
        return f"decision/{self.what}-{digest[:12]}"
