"""What words of headings, titles and labels say: years, units, kinds of policy options."""

import re

from cfbudget.ids import id_of
from cfbudget.money import MILLIONS, POUNDS, THOUSANDS, Unit
from cfbudget.plan.kinds import KINDS, MEANT, Kind
from cfbudget.plan.statuses import Status
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear, parse_year

YEARS = re.compile(
    r"(?<![\d/–.,-])(\d{4}|\d{2})(?:\s?[-/–]\s?|\s+to\s+)(\d{4}|\d{2})(?![\d/–-]|[.,]\d)", re.ASCII
)
MILLION = re.compile(r"£\s?m(?:illions?|n)?\b|\b(?:in )?millions\b", re.IGNORECASE)
THOUSAND = re.compile(
    r"£\s?['’]?000['’]?s?\b|£\s?k\b|^\(?['’]?000['’]?s?\)?$|\bthousands?\b", re.IGNORECASE
)
POUND = re.compile(r"£(?=[\s)]|$)|\bpounds\b", re.IGNORECASE)
OWN_UNIT = re.compile(r"\d\s?(m|mn|millions?|k|thousands?|bn|billions?)\b", re.IGNORECASE)
LATER = re.compile(
    r"\b(?:later|future|beyond|subsequent|remaining) years?\b|\band (?:later|beyond|after)\b"
    r"|\bonwards?\b|\d\s*\+\s*$",
    re.IGNORECASE,
)

TAX_BASE = re.compile(r"\btax ?base\b", re.IGNORECASE)
BAND_D = re.compile(r"\bband ['‘’\"]?d\b", re.IGNORECASE)

TOTAL = re.compile(
    r"^(?:sub[- ]?|grand )?totals?\b(?: (?:net|gross))?(?: (?:for|of))?"
    r"|\b(?:sub-?)?totals?$",
    re.IGNORECASE,
)
"""The word for a total at either end of a label."""
OF_STATUS = {"new": "new", "proposed": "new", "previously": "previously-approved"}
FILLING = frozenset(
    {"new", "proposed", "previously", "approved", "existing", "prior", "agreed", "years", "year"}
    | {"budget", "net", "proposals", "options", "option", "and", "of", "in", "the", "from"}
    | {"for", "total", "list"}
)
"""Words beside a kind in a heading that stands for a kind alone."""


def years_in(text: str) -> tuple[FinancialYear, ...]:
    """The financial years that stand in a text, in their order."""
    found = (parse_year(f"{a}-{b}") for a, b in YEARS.findall(text))
    return tuple(year for year in found if not isinstance(year, Refusal))


def is_later(text: str) -> bool:
    """Whether a heading is of what comes after the last year, or of several years together."""
    years = years_in(text)
    return bool(LATER.search(text)) or (len(years) > 1 and years[0] < years[-1])


def unit_in(text: str) -> Unit | None:
    """The unit that a heading or title prints; an amount in it, £12.3m, is none."""
    if THOUSAND.search(text):
        return THOUSANDS
    if MILLION.search(text):
        return MILLIONS
    return POUNDS if POUND.search(text) else None


def names_something(text: str) -> bool:
    """Whether a text says more than years and units."""
    for pattern in (YEARS, MILLION, THOUSAND, POUND):
        text = pattern.sub(" ", text)
    return any(character.isalpha() for character in text)


def part_of_council_tax(text: str) -> str:
    """`base` of a tax base, `band` of a Band D; empty where a text says neither, or both."""
    base, band = TAX_BASE.search(text), BAND_D.search(text)
    return "" if bool(base) == bool(band) else "base" if base else "band"


def without_total(label: str) -> str:
    """What a total is of: `Total Children & Families` is of Children & Families."""
    found = TOTAL.sub("", label).strip(" :-–")
    return found if any(character.isalpha() for character in found) else ""


def says_total(label: str) -> bool:
    """Whether a label has the word for a total."""
    return TOTAL.search(label) is not None


def kind_of_word(text: str) -> Kind | None:
    """The kind that a word or phrase names by itself, where it can only be one."""
    word = id_of(text)
    if word in KINDS:
        return word
    meant = MEANT.get(word, ())
    if len(meant) == 1:
        return meant[0]
    single = word.removesuffix("s")
    meant = MEANT.get(single, ())
    return single if single in KINDS else meant[0] if len(meant) == 1 else None


def likely_kind(text: str) -> Kind | None:
    """The kind that one of a text's words speaks of, as the likely answer to a question."""
    for word in reversed(id_of(text).split("-")):
        if kind := kind_of_word(word):
            return kind
        if found := MEANT.get(word, MEANT.get(word.removesuffix("s"))):
            return found[0]
    return None


def kind_heading(text: str) -> tuple[Kind | None, Status | None] | None:
    """The kind and status of a heading that says nothing else: `Previously approved Savings`.

    None where the heading has another word, such as a service's name.
    """
    words = [word for word in id_of(text).split("-") if word]
    rest = [word for word in words if word not in FILLING]
    status = status_in(text)
    kind = kind_of_word("-".join(rest)) if rest else None
    if (rest and kind is None) or not (kind or status):
        return None
    return kind, status


def status_in(text: str) -> Status | None:
    """The status that a text says: new, or previously approved."""
    words = frozenset(id_of(text).split("-"))
    if words & {"previously", "existing", "prior"} or words >= {"already", "approved"}:
        return "previously-approved"
    return "new" if words & {"new", "proposed"} else None
