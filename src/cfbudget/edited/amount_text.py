"""How an amount is written in place of another: exactly, and as its file writes amounts."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cfbudget.money import NIL, SUFFIXES, WRITTEN, Unit, plain


class AmountsAround(NamedTuple):
    """What an amount is written in place of, and amounts that show how its file writes them."""

    replaced: str = ""
    """Empty where nothing stands there yet."""
    near: tuple[str, ...] = ()
    """Those of the same line."""
    others: tuple[str, ...] = ()


def amount_text(pence: int, unit: Unit, beside: AmountsAround) -> str:
    """The amount as a file writes it: its sign, separators and places as those around it.

    It has more places than they where it would not be exact without.

    Args:
        unit: of the file, or of the figure: pence, or hundredths of a count.
    """
    own, near = _shown((beside.replaced,)), _shown((beside.replaced, *beside.near))
    known = [*near, *_shown(beside.others)]
    first = near[0] if near else None
    suffix = (first and first["suffix"]) or ""
    counted = SUFFIXES[suffix.lower()] if suffix else unit
    places = next((len(like["part"] or "") for like in known), 0)
    text = _with_places(abs(pence), counted, places)
    if _has_commas(known):
        whole, stop, part = text.partition(".")
        text = f"{int(whole):,}{stop}{part}"
    text = f"{(first and first['pound']) or ''}{text}{suffix}"
    if pence < 0:
        return _minus(text, known)
    return f"+{text}" if pence and own and own[0]["sign"] == "+" else text


def _shown(texts: Iterable[str]) -> list[re.Match[str]]:
    """Those that show how an amount is written: a lone dash or 0 does not."""
    stripped = (text.strip() for text in texts)
    return [found for text in stripped if text not in NIL and (found := WRITTEN.fullmatch(text))]


def _with_places(size: int, unit: Unit, places: int) -> str:
    whole, _, part = plain(size, unit).partition(".")
    part = f"{part:0<{places}}"
    return f"{whole}.{part}" if part else whole


def _has_commas(known: Iterable[re.Match[str]]) -> bool:
    """Whether thousands are set apart by the first amount that has any."""
    long = (like["whole"] for like in known if len(like["whole"]) > 3)
    return "," in next(long, "")


def _minus(text: str, known: Iterable[re.Match[str]]) -> str:
    """With a minus as the first amount that has one."""
    for like in known:
        if like["open"]:
            return f"({text})"
        if like["trailing"]:
            return f"{text}{like['trailing']}"
        if like["sign"] and like["sign"] != "+":
            return f"{like['sign']}{text}"
    return f"-{text}"


def as_scalar(text: str, quote: str, *, in_brackets: bool) -> str:
    """The text as it stands in the file: in its old quotes, else in quotes where it needs them."""
    if not quote and in_brackets and "," in text:
        quote = '"'
    return f"{quote}{text}{quote}"
