"""`kg` as a person starts it: a process of its own, which can be killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress


def start(*words: str) -> subprocess.Popen[str]:
    """A running `kg` with its output in pipes."""
    command = [sys.executable, "-m", "kg", *words]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def end(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """What a running `kg` came to, once it has ended."""
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def kg(*words: str) -> subprocess.CompletedProcess[str]:
    """What `kg` with these words came to."""
    return end(start(*words))


def told(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """Exit code and the one line that a person reads; more than a line, or a traceback, fails."""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.returncode, done.stderr.removesuffix("\n")


def wait_until(process: subprocess.Popen[str], moment: Callable[[], bool]) -> bool:
    """Waits until a moment has come; whether it came before the process ended."""
    while process.poll() is None:
        if moment():
            return True
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.002)
    return False
