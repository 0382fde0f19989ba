"""`kg completion`: what makes a shell complete commands, options and the names of queries."""

from __future__ import annotations

import click

from kg.cli.options import no_store_option


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@no_store_option
def completion(shell: str) -> None:
    """Print what makes a shell complete words of kg.

    For bash, put `eval "$(kg completion bash)"` into ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    from kg.cli import cli

    complete = get_completion_class(shell)
    assert complete
    click.echo(complete(cli, {}, "kg", "_KG_COMPLETE").source())
