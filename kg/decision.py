"""What people decide about the graph: a value of its own, since all rooms but the loaders speak of it."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from pydantic import Field, field_validator

from kg.model import EntityKind, Value


class DecisionKind(StrEnum):
    """What a person may decide about the graph."""

    ALIAS = "alias"
    MERGE = "merge"
    SPLIT = "split"
    SENSE = "sense"
    KIND = "kind"
    REJECT = "reject"


class Decision(Value):
    """A person's recorded decision; what each field says depends on `what`.

    alias: the name `about`, as papers write it for a thing of a `family`, means the entity `target`.
    merge: the entity `about` is the entity `target`.
    split: in `papers` the entity `about` is another thing, `target`: an id, a colon and the key of a paper.
    sense: in `papers` the name `about` of a `family` means the entity `target`.
    kind: the entity `about` is of a `kind`; in another family than its own it becomes `target`, else that is itself.
    reject: the statement or claim `about` is wrong; `target` is the document that makes it.

    `papers` are keys of papers (`arxiv-2401.00001`), sorted; any key of a paper means that paper. A decision with
    `undone_at` is a line of the log and has no effect. Times are ISO 8601.
    """

    what: DecisionKind
    about: str
    family: str = ""
    target: str = ""
    kind: EntityKind | None = None
    papers: tuple[str, ...] = ()
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    at: str
    undone_by: str = ""
    undone_at: str = ""
    undone_reason: str = ""

    @field_validator("papers")
    @classmethod
    def _sorted(cls, papers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(set(papers)))

    @property
    def id(self) -> str:
        """The same words about the same thing are one decision, whoever says it; each undone one is one by itself."""
        if not self.undone_at:
            return self.standing_id
        words = [self.standing_id, self.target, self.kind or "", self.reason, self.by, self.at]
        return f"{UNDONE}{_digest([*words, self.undone_by, self.undone_at, self.undone_reason])}"

    @property
    def standing_id(self) -> str:
        """The id that an undone decision had while it stood."""
        return f"decision/{self.what}-{_digest([self.what, self.family, self.about, *self.papers])}"

    def undone(self, *, by: str, at: str, reason: str) -> Decision:
        """The decision as the log keeps it once somebody has undone it."""
        return self.model_copy(update={"undone_by": by, "undone_at": at, "undone_reason": reason})


UNDONE = "decision/undone-"
"""What the id of an undone decision begins with."""


def _digest(words: list[str]) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:12]
