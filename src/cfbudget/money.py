"""Money: a whole number of pence, from the first read to the last print.

Plus is spending, minus is income or a saving. No float ever holds an amount.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cfbudget.problem import Refusal, clipped


class Unit(NamedTuple):
    """What one printed 1 is worth, and how many places are printed when nothing else says."""

    name: str
    pence: int
    places: int


POUNDS = Unit("£", 100, 0)
THOUSANDS = Unit("£000", 100_000, 0)
MILLIONS = Unit("£m", 100_000_000, 3)
UNITS: dict[str, Unit] = {unit.name: unit for unit in (POUNDS, THOUSANDS, MILLIONS)}

FTE = Unit("FTE", 100, 2)  # full-time equivalents, held as hundredths; never added to money

SUFFIXES = {"m": MILLIONS, "k": THOUSANDS}
FINEST_OF_MILLIONS = 6  # places: a pound; what is said in £m has no pence
LARGEST = 10**15  # ten trillion pounds in pence: above it the unit or the figure is a slip
NIL = frozenset({"-", "–", "—", "0"})
NOT_NUMBERS = frozenset({"nan", "inf", "infinity"})  # YAML's and others' words for no figure
NOT_STATED = frozenset({"", ".", "n/a", "na", "~", "null"})

# An amount as printed or plain. Thousands separators stand where they should or not at all;
# a leading 0 is refused because YAML elsewhere reads 0123 as octal.
WRITTEN = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−–])?(?P<pound>£)?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.(?P<part>\d+))?"
    r"(?P<suffix>[mMkK])?(?P<trailing>[-−–])?(?P<close>\))?",
    re.ASCII,
)


WHOLE = re.compile(r"-?[1-9]\d{0,6}", re.ASCII)
"""A plain figure that is within `LARGEST` in any unit."""

# A count, as of dwellings in a tax base.
COUNTED = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.(?P<part>\d+))?", re.ASCII)
COUNTS = Unit("count", 100, 2)
"""What is counted to hundredths, such as dwellings in a tax base."""
SIGNED = re.compile(r"(?P<open>\()?(?P<sign>[-+−–])?(?P<size>[\d,.]{1,40})(?P<close>\))?", re.ASCII)
MOST_COUNTED = 10**10  # hundredths: a hundred million


class Amount(NamedTuple):
    """An exact amount, and the worth of one in its last printed place, both in pence."""

    pence: int
    step: int


def parse_amount(text: str, unit: Unit) -> Amount | Refusal:
    """Read an amount written in `unit`, or with a unit of its own (£0.750m).

    Args:
        text: as printed or plain: -3380, (3,380), 16.728, £0.750m. A lone dash is nil.
        unit: what a plain figure counts.
    """
    if WHOLE.fullmatch(text):  # what most figures are, in a third of the time
        return Amount(int(text) * unit.pence, unit.pence)
    written = text.strip()
    if written in NIL:
        return Amount(0, unit.pence)
    if len(written) > 40:
        return Refusal(f"a figure of {len(written)} characters is not an amount", "shorten it")
    match = WRITTEN.fullmatch(written)
    if match is None:
        return Refusal(f"{written!r} is not an amount", _amount_hint(written, unit))
    if refusal := _contradiction(written, match, unit):
        return refusal
    suffix = match["suffix"]
    counted = SUFFIXES[suffix.lower()] if suffix else unit
    part = match["part"] or ""
    digits = int(match["whole"].replace(",", "") + part)
    numerator, scale = digits * counted.pence, 10 ** len(part)
    if numerator % scale:
        return Refusal(f"{written!r} is finer than a penny", "round it to a whole penny or coarser")
    pence = numerator // scale
    if pence > LARGEST:
        return Refusal(
            f"{written!r} in {counted.name} is over ten trillion pounds", "check the unit"
        )
    negative = match["sign"] in ("-", "−", "–") or match["open"] or match["trailing"]
    return Amount(-pence if negative else pence, max(1, counted.pence // scale))


def parse_count(text: str) -> Amount | Refusal:
    """Read a count to two decimals, such as a tax base: its hundredths, and its last place's."""
    written = text.strip()
    match = COUNTED.fullmatch(written) if len(written) <= 40 else None
    if match is None:
        return Refusal(f"{clipped(written)!r} is not a count", "write a figure such as 98210.4")
    part = match["part"] or ""
    if len(part) > 2:
        return Refusal(f"{written!r} is finer than a hundredth", "round it to two decimals")
    hundredths = int(match["whole"].replace(",", "")) * 100 + int(f"{part:0<2}")
    if hundredths > MOST_COUNTED:
        return Refusal(f"{written!r} is over a hundred million", "check the figure")
    return Amount(hundredths, 100 // 10 ** len(part))


def parse_fte(text: str) -> Amount | Refusal:
    """Read full-time equivalents to two decimals: their hundredths, and their last place's.

    Args:
        text: -3.5 or (3.5) is three and a half posts less. A lone dash is nil.
    """
    written = text.strip()
    if written in NIL:
        return Amount(0, 100)
    match = SIGNED.fullmatch(written)
    found = parse_count(match["size"]) if match and not (match["sign"] and match["open"]) else None
    if match is None or found is None or bool(match["open"]) != bool(match["close"]):
        message = f"{clipped(written)!r} is no number of full-time equivalents"
        return Refusal(message, "write a figure such as -3.5")
    if isinstance(found, Refusal):
        return found
    is_minus = match["open"] or match["sign"] in ("-", "−", "–")
    return found._replace(pence=-found.pence) if is_minus else found


def _contradiction(written: str, match: re.Match[str], unit: Unit) -> Refusal | None:
    """Signs given twice, a bracket left open, or a £ that may or may not mean single pounds."""
    if bool(match["open"]) != bool(match["close"]):
        return Refusal(f"{written!r} has one bracket", "write (1,234) or -1234")
    if sum(bool(match[mark]) for mark in ("open", "sign", "trailing")) > 1:
        return Refusal(f"{written!r} has two signs", "write (1,234) or -1234")
    if match["pound"] and not match["suffix"] and unit is not POUNDS:
        return Refusal(
            f"{written!r} could be pounds or {unit.name}",
            f"write the figure in {unit.name} without its £, or with a k or m after it",
        )
    return None


def _amount_hint(written: str, unit: Unit) -> str:
    if re.fullmatch(r"0\d+(\.\d+)?", written):
        return f"leave out the leading 0: {written.lstrip('0') or '0'}"
    if re.search(r"\d,\d", written):
        return "put a comma before each three digits, or leave commas out"
    return f"write a figure in {unit.name}, such as -3380, (3,380) or 16.728"


def is_not_stated(text: str) -> bool:
    """Whether a printed total says nothing: blank, n/a, a full stop, or words (see note 4)."""
    written = text.strip().lower()
    if written in NOT_STATED:
        return True
    first = next((character for character in written if character.isalnum()), "-")
    return first.isalpha() and written.strip("+-.") not in NOT_NUMBERS


def rounded(pence: int, unit: Unit, places: int) -> int:
    """The amount in last printed places of `unit`, rounded half away from zero."""
    scale: int = 10**places
    return nearest(pence * scale, unit.pence)


def nearest(part: int, whole: int) -> int:
    """The whole number that is nearest to a fraction, halves away from zero."""
    size = (2 * abs(part) + whole) // (2 * whole)
    return -size if part < 0 else size


def plain(pence: int, unit: Unit) -> str:
    """The exact amount as a plain decimal in `unit`: -3380, 16.728, 0."""
    whole, part = divmod(abs(pence), unit.pence)
    if not part:  # as most are
        return f"-{whole}" if pence < 0 else str(whole)
    digits = len(str(unit.pence)) - 1
    text = f"{whole}.{part:0{digits}d}".rstrip("0")
    return f"-{text}" if pence < 0 else text


def printed(pence: int, unit: Unit, places: int) -> str:
    """The amount as a plan prints it: 77,523, (3,380), 16.728, and - for nil."""
    if pence == 0:
        return "-"
    whole, part = divmod(abs(rounded(pence, unit, places)), 10**places)
    text = f"{whole:,}.{part:0{places}d}" if places else f"{whole:,}"
    return f"({text})" if pence < 0 else text


def exactly(pence: int, unit: Unit) -> str:
    """The exact amount as a plan prints it, with as many places as it needs: (3,380), 0.75."""
    _, _, part = plain(pence, unit).partition(".")
    return printed(pence, unit, len(part))


def signed(pence: int, unit: Unit, places: int) -> str:
    """A difference: the amount with its sign, +1 or (1)."""
    return with_plus(printed(pence, unit, places), is_more=pence > 0)


def with_plus(text: str, *, is_more: bool) -> str:
    """A difference as it is printed, with a plus where it is more; less is in brackets already."""
    return f"+{text}" if is_more else text


def needed_places(unit: Unit, *amounts: int) -> int:
    """How many places show each of the amounts exactly."""
    return max(len(plain(pence, unit).partition(".")[2]) for pence in amounts)


def said(pence: int, unit: Unit) -> str:
    """The exact amount in a sentence, where a dash for nil would be lost."""
    return exactly(pence, unit) if pence else "nil"


def as_set(unit: Unit, *amounts: int) -> tuple[str, ...]:
    """The exact amounts of a label, all to as many places as one needs, and no fewer than the
    unit's usual ones; nil is in words.
    """
    places = max(unit.places, _finest(unit, amounts))
    return tuple(printed(pence, unit, places) if pence else "nil" for pence in amounts)


def _finest(unit: Unit, amounts: Iterable[int]) -> int:
    """How many places the exact amounts need; pence are two."""
    found = needed_places(unit, *amounts)
    return 2 if found and unit is POUNDS else found


def alike(unit: Unit, *amounts: int, has_pence: bool = True) -> tuple[str, ...]:
    """The amounts of one sentence, all to the same number of places; nil is in words.

    They are exact but in £m, where what is finer than a pound is rounded.

    Args:
        has_pence: whether pence are wanted in another unit than £m; without them what is finer
            than a pound is rounded in £000 too.
    """
    to_the_pound = unit is MILLIONS or not (has_pence or unit is POUNDS)
    most = places_of(POUNDS.pence, unit) if to_the_pound else len(str(unit.pence)) - 1
    shown = (
        [rounded(pence, POUNDS, 0) * POUNDS.pence for pence in amounts] if to_the_pound else amounts
    )
    is_lost = any(pence and not near for pence, near in zip(amounts, shown, strict=True))
    places = most if is_lost else _finest(unit, shown)
    least = printed(unit.pence // 10**places, unit, places)
    return tuple(
        "nil"
        if not pence
        else printed(pence, unit, places)
        if rounded(pence, unit, places)
        else f"under {least}"
        for pence in amounts
    )


def headline(pence: int, unit: Unit = POUNDS) -> str:
    """The size of an amount, without its sign, for a sentence: £6.926m, or £12,345 below £1m."""
    return headlines(pence, unit=unit)[0]


def headlines(*amounts: int, unit: Unit = POUNDS) -> tuple[str, ...]:
    """The sizes of the amounts of one sentence, all in £m where one is £1m or more.

    One that would then be nil is seen: all of them are in pounds, with pence where one has them
    and they are not of a plan in £m.
    """
    sizes = [abs(pence) for pence in amounts]
    is_large = max(sizes) >= MILLIONS.pence
    if is_large and all(not size or rounded(size, MILLIONS, 3) for size in sizes):
        return tuple(f"£{printed(size, MILLIONS, 3)}m" if size else "£0" for size in sizes)
    have_pence = any(size % POUNDS.pence for size in sizes)
    places = 2 if have_pence and not is_large and unit is not MILLIONS else 0
    return tuple(_pounds(size, places) for size in sizes)


def _pounds(size: int, places: int) -> str:
    if size and not rounded(size, POUNDS, places):
        return "under £1"
    return f"£{printed(size, POUNDS, places)}" if size else "£0"


def priced(pence: int, unit: Unit) -> str:
    """The size of an amount in its table's unit, for a sentence: £0.400m where that is £m."""
    if unit is not MILLIONS:
        return headline(pence)
    _, _, part = plain(pence, unit).partition(".")
    return f"£{printed(abs(pence), MILLIONS, max(3, len(part)))}m" if pence else "£0"


def places_of(step: int, unit: Unit) -> int:
    """How many places of `unit` show an amount whose last place is worth `step` pence."""
    places = 0
    while step * 10**places < unit.pence:
        places += 1
    return places
