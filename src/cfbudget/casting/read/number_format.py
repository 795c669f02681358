"""A value of a workbook as its number format prints it."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from cfbudget.casting.read.date_format import printed_date
from cfbudget.read.bounds import LONGEST_FORMAT
from cfbudget.read.cell_values import CellValue

DIGITS = 15  # of a number that a spreadsheet shows
MOST_PLACES = 30  # that Excel's formats have
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<pattern>[0#?.,]+)|(?P<date>AM/PM|A/P|[ymdhs]+)"
    r"|(?P<other>E[+-]|/)|(?P<text>@)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
SECTION = re.compile(r'(?:"[^"]*"?|\\.|[_*].|\[[^\]]*\]|[^;])*', re.DOTALL)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,20}(?:\.\d{1,20})?)")
PASSED = frozenset({"h", "hh", "m", "mm", "s", "ss"})  # hours and so on beyond a day's
PATTERN = re.compile(r"(?P<whole>[0#?,]*)(?:(?P<point>\.)(?P<part>[0#?]*))?(?P<scale>,*)")


class FormatSection(NamedTuple):
    """One of the parts that a semicolon divides a format into.

    `pattern` holds the places for digits, between `before` and `behind`. `kind` is `plain` where
    the section is of no kind that is understood here.
    """

    kind: str
    condition: tuple[str, Decimal] | None = None
    before: str = ""
    pattern: str = ""
    behind: str = ""
    percents: int = 0
    """How many % signs stand in it that are not quoted: each multiplies by a hundred."""


def printed_value(value: CellValue, code: str) -> str:
    """A number, text or date as a sheet shows it; as it is where the format is not understood."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _sections(code if len(code) <= LONGEST_FORMAT else "General")
    if isinstance(value, Decimal):
        return _number(value, sections)
    if sections[0].kind == "date":
        return printed_date(value, code)
    if len(sections) == 4 and sections[3].kind in ("text", "number"):
        text = sections[3]
        return f"{text.before}{value if text.kind == 'text' else ''}{text.behind}"
    return value


@lru_cache(1024)
def _sections(code: str) -> tuple[FormatSection, ...]:
    parts: list[str] = []
    at = 0
    while at <= len(code) and len(parts) < 4:
        match = SECTION.match(code, at)
        parts.append(match[0] if match else "")
        at += len(parts[-1]) + 1
    return tuple(_section(part) for part in parts)


def _section(code: str) -> FormatSection:
    seen: list[str] = []
    condition = None
    texts = ["", ""]
    pattern = ""
    percents = 0
    for match in TOKEN.finditer(code):
        kind, found = str(match.lastgroup), match[match.lastgroup or 0]
        if kind in ("quoted", "escaped", "plain"):
            texts[bool(seen)] += found
            percents += found.count("%") if kind == "plain" else 0
        elif kind == "bracket":
            condition = _condition(found) or condition
            seen += ["date"] if found.lower() in PASSED else []
            texts[bool(seen)] += _currency(found)
        elif kind != "room":
            seen.append(kind)
            pattern = found
    return FormatSection(_kind(seen, pattern), condition, texts[0], pattern, texts[1], percents)


def _kind(seen: list[str], pattern: str) -> str:
    if not seen:
        return "number"  # words alone are what such a number looks like
    if "date" in seen:
        return "date"
    if len(seen) > 1 or seen == ["other"]:
        return "plain"
    match = PATTERN.fullmatch(pattern)
    if seen == ["pattern"] and (match is None or len(match["part"] or "") > MOST_PLACES):
        return "plain"
    return "number" if seen == ["pattern"] else seen[0]


def _condition(bracket: str) -> tuple[str, Decimal] | None:
    match = CONDITION.fullmatch(bracket)
    return (match[1], Decimal(match[2])) if match else None


def _currency(bracket: str) -> str:
    """`£` of `[$£-809]`; nothing of a colour or a language."""
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""


def _number(value: Decimal, sections: tuple[FormatSection, ...]) -> str:
    at = _chosen(value, sections[:3])
    section = sections[at]
    if section.kind in ("plain", "date", "text"):
        return general(value)
    signless = at > 0 and section.condition is None
    size = abs(value)
    digits = general(size) if section.kind == "general" else _digits(size, section)
    minus = value < 0 and not signless and any(digit in "123456789" for digit in digits)
    text = f"{'-' if minus else ''}{section.before}{digits}{section.behind}".strip()
    # `£ -` in a ledger's format: a nil, whatever stands before its dash.
    return "-" if not value and not digits and text.endswith("-") else text


def _chosen(value: Decimal, sections: tuple[FormatSection, ...]) -> int:
    """The section for a number: by its conditions, else for plus, minus and nil."""
    if any(section.condition for section in sections):
        for at, section in enumerate(sections[:2]):
            if section.condition and _holds(value, *section.condition):
                return at
        return len(sections) - 1
    if value < 0 and len(sections) > 1:
        return 1
    return 2 if value == 0 and len(sections) > 2 else 0


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    less, equal = value < bound, value == bound
    if sign == "<>":
        return not equal
    return (
        ("=" in sign and equal)
        or ("<" in sign and less)
        or (">" in sign and not less and not equal)
    )


def _digits(size: Decimal, section: FormatSection) -> str:
    """A number without its sign in the places of a pattern, rounded half away from zero."""
    match = PATTERN.fullmatch(section.pattern)
    if not section.pattern or match is None:
        return ""
    whole, part = match["whole"], match["part"] or ""
    scale = len(match["scale"])
    if match["point"] is None:
        scale += len(whole) - len(whole.rstrip(","))
    shown = EXACT.scaleb(_significant(size), 2 * section.percents - 3 * scale)
    rounded = EXACT.quantize(shown, Decimal(1).scaleb(-len(part)))
    left, _, right = f"{rounded:f}".partition(".")
    right = _optional(right, part)
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        left = _thousands(left)
    return f"{left}{'.' if match['point'] else ''}{right}"


def _optional(right: str, part: str) -> str:
    """Places behind the point without the noughts that `#` and `?` do not show."""
    while right and right[-1] == "0" and part[len(right) - 1] != "0":
        right = right[:-1]
    return right


def _thousands(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    return ",".join([*groups, *(digits[at : at + 3] for at in range(first, len(digits), 3))])


def _significant(value: Decimal) -> Decimal:
    """A number without what a double's last digits add to it."""
    return Context(prec=DIGITS, rounding=ROUND_HALF_UP).plus(value)


def general(value: Decimal) -> str:
    """A number where no format is given: as many digits as it needs, fifteen at most."""
    shown = _significant(value)
    if not shown:
        return "0"
    if not -10 <= shown.adjusted() <= 20:
        return f"{shown.normalize():E}"
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
