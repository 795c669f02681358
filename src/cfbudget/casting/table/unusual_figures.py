"""Figures printed in less usual styles: £1.2m, 5-, (£5), 1'234, 97.5 per cent, 310 (1), 1,234r.

A cell is taken as marks before its digits, the digits with their separators, and marks behind.
"""

import re
from typing import NamedTuple

from cfbudget.casting.table.misprints import misprint_or_words, unreadable_digits
from cfbudget.casting.table.printed_figure import Read, Unreadable, figure

MOST_DIGITS = 20  # the largest budgets in pence have fifteen; more is a code or a slip
MOST_ZEROS = 20  # of an exponent

THIN = "\xa0"  # any blank that does not break a line, or is narrow
AS_ONE = str.maketrans(
    {
        **dict.fromkeys("\u202f\u2009\u2007\u2008\u200a", THIN),
        **dict.fromkeys("−–—‐‑﹣－", "-"),
        **dict.fromkeys("’ʼ‘", "'"),
        **dict.fromkeys("\ufeff\u200b\u200e\u200f\u2060\u00ad", None),
        "·": ".",
        "＋": "+",
    }
)

CURRENCY = r"[£€$]|(?:GBP|EUR|USD|CHF)(?![A-Za-z])"
PARTS = re.compile(
    rf"(?P<before>(?:[-+( \xa0*†‡§]|{CURRENCY})*)"
    r"(?P<digits>[.,]?[0-9]+(?:[.,' \xa0]+[0-9]+)*)"
    r"(?:[eE](?P<power>[-+]?[0-9]{1,3}))?"
    r"(?P<behind>.*)",
    re.DOTALL,
)
BEHIND = re.compile(
    r"(?P<percent>%|(?i:per ?cent|pc)(?![A-Za-z]))"
    r"|(?P<times>(?i:millions?|mn|m|thousands?|k|billions?|bn)(?![A-Za-z]))"
    r"|(?P<credit>(?i:cr)(?![A-Za-z]))"
    r"|(?P<debit>(?i:dr)(?![A-Za-z]))"
    r"|(?P<minus>-)"
    rf"|(?P<currency>{CURRENCY})"
    # A note's mark: a sign, a number or letter in brackets behind a blank, or the statisticians'
    # r, p and e for revised, provisional and estimated.
    r"|(?P<mark>[*†‡§¶]+|[⁰¹²³⁴-⁹ᵃᵇᶜ]+|\[[A-Za-z0-9]{1,2}\]"
    r"|(?<=[ \xa0])\((?:[0-9]{1,2}|[A-Za-z])\)|\([rpeRPE]\)|[rpe](?![A-Za-z0-9]))"
    r"|(?P<close>\))"
    r"|(?P<blank>[ \xa0]+)"
)
POWERS = {"m": 6, "mn": 6, "million": 6, "k": 3, "thousand": 3, "b": 9, "bn": 9, "billion": 9}
UNITS_ALONE = re.compile(r"[£€$]?[ \xa0]?'?0{2,}'?s?", re.IGNORECASE)  # £000, £'000s: a heading


class Marks(NamedTuple):
    """What stands round the digits, each mark as often as it stands there."""

    signs: tuple[str, ...]
    """minus, plus, bracket, credit, debit."""
    opened: int
    closed: int
    currencies: int
    percents: int
    powers: tuple[int, ...]
    notes: bool


def read_unusual(text: str) -> Read:
    """A cell with a digit somewhere, without blanks at its ends, of 60 characters at most."""
    text = text.translate(AS_ONE).strip()
    parts = PARTS.fullmatch(text)
    if parts is None or UNITS_ALONE.fullmatch(text):
        return None if UNITS_ALONE.fullmatch(text) else misprint_or_words(text)
    before, digits, power, behind = parts.groups("")
    marks = _marks(before, behind)
    if marks is None or (power and power[0] not in "+-" and "." not in digits):
        return misprint_or_words(text)  # 1E5 is as likely a code
    read = unreadable_digits(digits, bare=not (marks.currencies or marks.percents or power))
    if read is None or isinstance(read, Unreadable):
        return read
    if _list_number(text, digits):
        return None
    if wrong := _contradiction(before, marks):
        return Unreadable(wrong)
    whole, part = read
    exponent = sum(marks.powers) + int(power or 0) - len(part)
    if len(whole + part) > MOST_DIGITS or abs(exponent) > MOST_ZEROS:
        long = "more digits than any budget has"
        return None if digits == text else Unreadable(long)
    return figure(
        whole + part,
        exponent,
        negative=bool({"minus", "bracket", "credit"} & set(marks.signs)),
        percent=bool(marks.percents),
        plain=digits.isdigit() and marks._replace(notes=False) == NO_MARKS and not power,
    )


NO_MARKS = Marks((), 0, 0, 0, 0, (), notes=False)


def _marks(before: str, behind: str) -> Marks | None:
    """The marks on both sides of the digits; None where something else stands behind them."""
    found = []
    at = 0
    while at < len(behind):
        match = BEHIND.match(behind, at)
        if match is None or match.lastgroup is None:
            return None
        found.append((match.lastgroup, match[0]))
        at = match.end()
    kinds = [kind for kind, _ in found]
    opened = before.count("(")
    signs = ["minus"] * before.count("-") + ["plus"] * before.count("+") + ["bracket"] * opened
    return Marks(
        signs=(*signs, *(kind for kind in kinds if kind in ("minus", "credit", "debit"))),
        opened=opened,
        closed=kinds.count("close"),
        currencies=len(re.findall(CURRENCY, before)) + kinds.count("currency"),
        percents=kinds.count("percent"),
        powers=tuple(POWERS[_unit(mark)] for kind, mark in found if kind == "times"),
        notes="mark" in kinds or any(mark in before for mark in "*†‡§"),
    )


def _unit(mark: str) -> str:
    return mark.lower().removesuffix("s")


def _list_number(text: str, digits: str) -> bool:
    """Whether this is `1)`, as lists are numbered."""
    return len(digits) <= 2 and digits.isdigit() and text == f"{digits})"


def _contradiction(before: str, marks: Marks) -> str | None:
    """Why these marks cannot stand round one figure."""
    if marks.opened > marks.closed:
        return "a bracket opened and not closed"
    if marks.closed > marks.opened:
        return "a bracket closed and not opened"
    if marks.opened > 1:
        return "two pairs of brackets"
    # A minus inside brackets says minus twice over: nobody prints (-5) for plus 5.
    doubled = sorted(marks.signs) == ["bracket", "minus"] and before.find("(") < before.find("-")
    if len(marks.signs) > 1 and not doubled:
        return "two signs"
    if marks.currencies > 1:
        return "two currency signs"
    if marks.percents > 1:
        return "two % signs"
    if marks.percents and (marks.currencies or marks.powers):
        return "a % beside a currency or a unit"
    return "two units" if len(marks.powers) > 1 else None
