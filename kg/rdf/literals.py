"""Values as literals and back: lexical forms are canonical, so that no store rewrites them to something else."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.model import Scalar

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DECIMAL, _DOUBLE, _ADDRESS = (NamedNode(_XSD + name) for name in ("decimal", "double", "anyURI"))
_DECIMALS = frozenset({"confidence"})
_DOUBLES = frozenset({"value", "value_max", "memory"})
_ADDRESSES = frozenset({"url"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with U+FFFD for lone surrogates and the characters that XML forbids; offsets stay what they were."""
    return _UNPRINTABLE.sub("\ufffd", text)


def decimal_form(number: float) -> str:
    """The canonical form of xsd:decimal (XML Schema 1.1, part 2, 3.3.3).

    >>> decimal_form(0.87), decimal_form(1), decimal_form(1e-7)
    ('0.87', '1', '0.0000001')
    """
    return format(Decimal(repr(float(number))).normalize(), "f")


def double_form(number: float) -> str:
    """The canonical form of xsd:double (XML Schema 1.1, part 2, 3.3.5).

    >>> double_form(80), double_form(0.5), double_form(-1e-7), double_form(0)
    ('8.0E1', '5.0E-1', '-1.0E-7', '0.0E0')
    """
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "INF" if number > 0 else "-INF"
    sign, digits, exponent = Decimal(repr(float(number))).as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits)).rstrip("0")
    power = len(digits) - 1 + exponent if text else 0
    return f"{'-' if sign else ''}{text[:1] or '0'}.{text[1:] or '0'}E{power}"


def literal(property: str, value: Scalar) -> str:
    """A property's value as N-Triples text, written by pyoxigraph; the property decides between decimal and double.

    >>> literal("confidence", 0.5), literal("written", 'a "b"')
    ('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"a \\\\"b\\\\""')
    """
    if isinstance(value, str):
        return str(Literal(clean(value), datatype=_ADDRESS) if property in _ADDRESSES else Literal(clean(value)))
    if property in _DECIMALS:
        return _decimal(value)
    if property in _DOUBLES or isinstance(value, float):
        return str(Literal(double_form(value), datatype=_DOUBLE))
    return str(Literal(value))


@lru_cache(maxsize=1024)
def _decimal(number: float) -> str:
    return str(Literal(decimal_form(number), datatype=_DECIMAL))


_READ: dict[str, Callable[[str], Scalar]] = {
    "boolean": lambda text: text in ("true", "1"),
    "integer": int,
    "int": int,
    "long": int,
    "decimal": float,
    "double": float,
    "float": float,
}


def python_value(text: str, datatype: str = "") -> Scalar:
    """The value of a literal's text: bool, int or float for the numbers of XML Schema, else the text itself.

    >>> python_value("8.0E1", f"{_XSD}double"), python_value("7", f"{_XSD}integer"), python_value("7")
    (80.0, 7, '7')
    """
    read = _READ.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    try:
        return read(text) if read else text
    except ValueError:
        return text
