"""Templates with their values as one self-contained page: style and script lie inside, and the page allows no others."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.web.labels import clipped

_TEMPLATES = Path(__file__).parent / "templates"
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""What HTML allows in no text, escaped or not (HTML, 13.2.3.5)."""


def render(template: str, **values: Any) -> str:
    """The page that a template makes of values, everything in them escaped; U+FFFD stands for what HTML forbids."""
    return _FORBIDDEN.sub("\ufffd", _environment().get_template(template).render(values))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "page.js"))
    environment.globals.update(style=style, script=script, policy=_policy(style, script))
    environment.filters.update(clipped=clipped, sure=_sure)
    return environment


def _policy(style: str, script: str) -> str:
    """The Content Security Policy: our own style and script by their hashes, and nothing else at all."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _sure(confidence: float) -> str:
    """A confidence as people read it.

    >>> _sure(0.6667)
    '0.67'
    """
    return f"{confidence:.2f}"
