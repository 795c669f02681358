"""What a table does not tell: what was answered, and what is still to be asked."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.ids import ID, did_you_mean
from cfbudget.money import UNITS
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.statuses import STATUSES
from cfbudget.plan.text_fields import BASES, SIGNS
from cfbudget.problem import Refusal, clipped
from cfbudget.years import FinancialYear, parse_year

AnswerKey = tuple[str, str]
"""What is asked, and of which word or column it is asked; the second is empty where of all."""

OPTIONS = {
    "unit": "--unit",
    "year": "--year",
    "basis": "--basis",
    "contains": "--contains-options-of",
    "income": "--income",
    "status": "--status",
    "fte-year": "--fte-year",
    "service": "--service",
    "name": "--name",
    "table": "--table",
    "rows": "--rows",
    "kind": "--kind",
    "map": "--map",
    "column": "--column",
}
"""The option by which each answer is typed."""
OF_WORDS = ("kind", "map", "column")
"""What is answered word by word: --kind Efficiency=saving."""
SOURCES = ("grants", "contributions", "receipts", "revenue", "borrowing")
ROWS = re.compile(r"(\d{1,6})-(\d{1,6})", re.ASCII)
NONE = "none"


class Question(NamedTuple):
    """One thing that the table does not tell."""

    key: AnswerKey
    asks: str
    """In a sentence that ends with a question mark."""
    likely: str
    """The likely answer; empty where none is."""
    choices: tuple[str, ...] = ()
    """What may be answered, where that is one of a few."""

    @property
    def typed(self) -> str:
        """What to type for it, with the likely answer."""
        return typed(self.key, self.likely or "…")


def typed(key: AnswerKey, value: str) -> str:
    """An answer as it is typed."""
    what, word = key
    text = f"{word}={value}" if what in OF_WORDS else value
    return f"{OPTIONS[what]} {_quoted(text)}"


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[\w£./,=@:+-]+", text)
    return text if plain else "'" + text.replace("'", "'\\''") + "'"


Answers = Mapping[AnswerKey, str]


class Asking:
    """The answers that were given, and the questions that come up without them."""

    def __init__(self, given: Answers) -> None:
        self.given = given
        self.open: dict[AnswerKey, Question] = {}
        self.used: dict[AnswerKey, str] = {}

    def told(self, what: str, word: str = "") -> str | None:
        """What was answered, if it was; nothing is asked."""
        answer = self.given.get((what, word.casefold()), self.given.get((what, word)))
        if answer is not None:
            self.used[what, word] = answer
        return answer

    def ask(
        self,
        what: str,
        asks: str,
        *,
        word: str = "",
        likely: str = "",
        choices: tuple[str, ...] = (),
    ) -> str | None:
        """What was answered; where it was not, a question and None."""
        answer = self.told(what, word)
        if answer is None:
            self.open.setdefault((what, word), Question((what, word), asks, likely, choices))
        return answer

    def missing(self, what: str, word: str = "") -> AnswerKey:
        """The key of an answer."""
        return what, word


def refused(key: AnswerKey, answer: str) -> Refusal | None:
    """Why an answer cannot be one, and what to type instead; None where it can."""
    what, _ = key
    chosen = CHOICES.get(what)
    if not answer.strip():
        return Refusal("there is no answer", "type one")
    if chosen is not None:
        if answer in chosen:
            return None
        hint = did_you_mean(answer, chosen, f"one of {', '.join(chosen)}")
        return Refusal(f"{clipped(answer)!r} is none", hint)
    if what in ("year", "fte-year"):
        year = parse_year(answer)
        return year if isinstance(year, Refusal) else None
    if what == "contains":
        return None if isinstance(years_of(answer), tuple) else _refusal(years_of(answer))
    if what in ("map", "service") and not ID.fullmatch(answer) and answer != NONE:
        return Refusal(f"{clipped(answer)!r} is no id", "write the id of a service, or none")
    if what == "rows" and not ROWS.fullmatch(answer):
        return Refusal(f"{clipped(answer)!r} are no rows", "write the first and the last: 4-19")
    return None


def _refusal(found: object) -> Refusal:
    assert isinstance(found, Refusal)
    return found


CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "unit": tuple(UNITS),
        "basis": tuple(BASES),
        "income": tuple(SIGNS),
        "status": tuple(STATUSES),
        "kind": (*KINDS, *SOURCES),
    }
)


def years_of(answer: str) -> tuple[FinancialYear, ...] | Refusal:
    """Years as they are typed: 2024-25,2025-26; none is no year."""
    if answer.strip().lower() == NONE:
        return ()
    found = []
    for part in re.split(r"[,\s]+", answer.strip()):
        year = parse_year(part)
        if isinstance(year, Refusal):
            return Refusal(year.reason, "write years like 2024-25,2025-26, or none")
        found.append(year)
    return tuple(found)


def rows_of(answer: str) -> tuple[int, int]:
    """The first and the last row, from 1."""
    found = ROWS.fullmatch(answer)
    assert found is not None, answer
    return int(found[1]), int(found[2])
