"""A command that is asked to end says so in one line, leaves a sound store, and can be run again."""

from __future__ import annotations

import signal

import pytest
from commands import end, kg, start, told, wait_until
from undisturbed import Undisturbed, is_written_to, sound_graph


@pytest.mark.parametrize(
    ("number", "code", "line"),
    [(signal.SIGINT, 130, "kg: interrupted"), (signal.SIGTERM, 143, "kg: terminated")],
)
def test_a_load_that_is_asked_to_end(
    many: Undisturbed, address: str, number: signal.Signals, code: int, line: str
) -> None:
    """Ctrl-C and kill end a load where it is; what it had written is whole, and a rerun writes the rest."""
    load = start("load", many.papers, "--store", address)
    assert wait_until(load, lambda: is_written_to(address))

    load.send_signal(number)

    assert told(end(load)) == (code, line)
    sound_graph(address)
    assert kg("load", many.papers, "--store", address).returncode == 0
    assert sound_graph(address) == many.graph
