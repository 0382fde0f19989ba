"""`kg ask` and `kg queries`."""

import click


@click.command()
def ask() -> None:
    """Answer a question."""


@click.command()
def queries() -> None:
    """List what can be asked, and in which words."""
