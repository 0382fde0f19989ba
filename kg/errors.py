"""The tree of errors: what a person who runs `kg` must mend, each one line.

Bad *content* is not an error but a `kg.model.Problem` value: a bad paper costs that paper.
"""


class KgError(Exception):
    """What the operator must mend; `str(error)` is one line: what is wrong, where, what there is instead."""


class UsageError(KgError):
    """Somebody asked for what cannot be: an unknown option value, a name that is not in the graph."""


class NotFoundError(UsageError):
    """The name or question asked for is not there; the message names the nearest ones."""


class FormatError(KgError):
    """A file as a whole is not what it claims to be."""


class StoreError(KgError):
    """The store refused, vanished, is locked or has another schema version."""


class DamagedStoreError(StoreError):
    """A store's file or its log cannot be read as what it should be; a backup can take its place."""


class WrittenMeanwhileError(StoreError):
    """Somebody wrote to the store while it was read, so what was read is of no one state of the graph."""


class OntologyError(KgError):
    """The ontology, the lexicon or a query file that ships with the package is broken."""
