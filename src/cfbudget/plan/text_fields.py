"""Field types for what is not a figure: names, ids, choices, years, sources."""

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import ID, LONGEST, RESERVED, did_you_mean, id_of
from cfbudget.money import POUNDS, UNITS, Unit
from cfbudget.nodes import ListNode, Node, Scalar
from cfbudget.plan.field_context import Reading, reading_of, shape_of
from cfbudget.plan.groupings import BY_WORD, Grouping
from cfbudget.plan.kinds import KINDS, Kind, meant
from cfbudget.plan.values import Accepted, Source, Word, YearWord
from cfbudget.plan.written_field import Written
from cfbudget.problem import Refusal, clipped
from cfbudget.years import FinancialYear, parse_year

LONGEST_NAME = 500
T = TypeVar("T")

Status = Literal["new", "previously-approved"]
Basis = Literal["change", "level"]
Sign = Literal["minus", "plus"]
Affected = Literal["gross", "income"]


def _text(node: Node, reading: Reading, what: str, longest: int = LONGEST_NAME) -> Word:
    value = reading.scalar(node, what)
    if value is None:
        return Word("", node.place)
    text = value.text.strip()
    if not any(map(str.isprintable, text)):
        reading.report(rules.BAD_TEXT, value.place, f"{what} is empty", f"write {what}")
    elif len(text) > longest:
        message = f"{what} of {len(text):,} characters"
        reading.report(rules.BAD_TEXT, value.place, message, f"shorten it to {longest} at most")
    return Word(" ".join(text.split()), value.place)


def _name(node: Node, info: ValidationInfo) -> str:
    return _text(node, reading_of(info), "a name").text


def _heading(node: Node, info: ValidationInfo) -> str:
    """The heading of a column; a figure is not one, and most likely is out of its place."""
    word = _text(node, reading_of(info), "a heading")
    if word.text and not any(character.isalpha() for character in word.text):
        message = f"{clipped(word.text)!r} is not a heading"
        hint = "write the column's heading, 2028-29 and later; its amounts stand in the schemes"
        reading_of(info).report(rules.BAD_TEXT, word.place, message, hint)
    return word.text


def _note(node: Node, info: ValidationInfo) -> str:
    return _text(node, reading_of(info), "a note", longest=20_000).text


def _said(what: str) -> Callable[[Node, ValidationInfo], Word]:
    """A validator of a text of one line, named `what` where it is empty."""

    def read(node: Node, info: ValidationInfo) -> Word:
        reading = reading_of(info)
        before = len(reading.problems)
        word = _text(node, reading, what)
        if len(reading.problems) > before:
            reading.spoilt.add(info.field_name or "")
        return word

    return read


def _word(node: Node, info: ValidationInfo) -> Word:
    return _text(node, reading_of(info), "an id")


def _words(node: Node, info: ValidationInfo) -> tuple[Word, ...]:
    reading = reading_of(info)
    if not isinstance(node, ListNode):
        message = f"{shape_of(node)} stands in place of a list of ids"
        reading.report(rules.WRONG_SHAPE, node.place, message, "write [an-id, another-id]")
        return ()
    return tuple(_text(item, reading, "an id") for item in node)


def _id(node: Node, info: ValidationInfo) -> str:
    reading = reading_of(info)
    word = _text(node, reading, "an id")
    if word.text in RESERVED:
        message = f"the id {word.text!r} is reserved for the total of a table"
        reading.report(rules.BAD_ID, word.place, message, "name the line itself")
    elif len(word.text) > LONGEST:
        message = f"an id of {len(word.text)} characters"
        reading.report(rules.BAD_ID, word.place, message, f"shorten it to {LONGEST} at most")
    elif word.text and not ID.fullmatch(word.text):
        meant = id_of(word.text)
        hint = f"write {meant or 'lower-case words joined by hyphens'}"
        reading.report(rules.BAD_ID, word.place, f"{clipped(word.text)!r} is not an id", hint)
        return meant
    return word.text


def _former_id(node: Node, info: ValidationInfo) -> Word:
    return Word(_id(node, info), node.place)


def _chosen(
    node: Node,
    info: ValidationInfo,
    known: Collection[str],
    what: str,
    meant: Callable[[str], str | None] = lambda _: None,
) -> str | None:
    """One of the known words; spaces and _ count as hyphens. None, and a problem, for another.

    Args:
        meant: what to type in place of other words that are often written.
    """
    reading = reading_of(info)
    value = reading.scalar(node, what)
    written = value.text.strip() if value else ""
    word = written.lower().replace("_", "-").replace(" ", "-")
    if word in known:
        return word
    if value is not None:
        message = f"{shape_of(value)} is not {what}"
        hint = meant(word) or did_you_mean(word, known, f"write {' or '.join(known)}")
        reading.report(rules.NOT_A_CHOICE, value.place, message, hint)
    reading.spoilt.add(info.field_name or "")
    return None


def choice(options: Mapping[str, T], what: str) -> Callable[[Node, ValidationInfo], T]:
    """A validator that takes one of the words in `options`, and gives what it stands for."""
    stand_in = next(iter(options.values()))

    def choose(node: Node, info: ValidationInfo) -> T:
        word = _chosen(node, info, options, what)
        return stand_in if word is None else options[word]

    return choose


def _kind(node: Node, info: ValidationInfo) -> Kind:
    return _chosen(node, info, KINDS, "a kind", meant) or next(iter(KINDS))


def _unit(node: Node, info: ValidationInfo) -> Unit:
    reading = reading_of(info)
    value = reading.scalar(node, "a unit")
    if value is None:
        return POUNDS
    unit = UNITS.get(value.text.strip())
    if unit is None:
        message = f"{shape_of(value)} is not a unit"
        reading.report(rules.NOT_A_CHOICE, value.place, message, _unit_hint(value.text))
        return POUNDS
    return unit


def _unit_hint(written: str) -> str:
    """The unit that was most likely meant; a wrong one would be out by a thousand times."""
    if re.search(r"000|k|thousand", written, re.IGNORECASE):
        return "write £000"
    if re.search(r"m", written, re.IGNORECASE):
        return "write £m"
    return "write £, £000 or £m"


def _year_word(node: Node, reading: Reading) -> YearWord | None:
    value = reading.scalar(node, "a financial year")
    if value is None:
        return None
    year = parse_year(value.text)
    if isinstance(year, Refusal):
        reading.report(rules.NOT_A_YEAR, value.place, year.reason, year.hint)
        return None
    return YearWord(year, value.place)


def _year(node: Node, info: ValidationInfo) -> YearWord:
    return _year_word(node, reading_of(info)) or YearWord(FinancialYear(0), node.place)


def _years(node: Node, info: ValidationInfo) -> tuple[YearWord, ...]:
    reading = reading_of(info)
    field = info.field_name or ""
    if not isinstance(node, ListNode):
        message = f"{shape_of(node)} stands in place of a list of years"
        reading.report(rules.WRONG_SHAPE, node.place, message, _list_of_years(node, field))
        reading.spoilt.add(field)
        return ()
    words = [_year_word(item, reading) for item in node]
    found = tuple(word for word in words if word is not None)
    if len(found) < len(words):
        reading.spoilt.add(field)
    return found


def _list_of_years(node: Node, field: str) -> str:
    """What to write in place of a value: itself as a list, where it is made of years."""
    written = node.text if isinstance(node, Scalar) else ""
    if not any(isinstance(parse_year(part), Refusal) for part in written.split(",")):
        return f"write [{clipped(written)}]"
    none = ", or [] for none" if field == "contains_options_of" else ""
    return f"write each year: [2024-25, 2025-26]{none}"


def _source(node: Node, info: ValidationInfo) -> Source:
    """A document, by its title alone or with its publisher and section."""
    reading = reading_of(info)
    if isinstance(node, Scalar):
        return Source(_text(node, reading, "a source").text)
    parts = reading.mapping(node, "a source", "{title: ..., publisher: ..., section: ...}")
    if parts is None:
        return Source("")
    known = ("title", "publisher", "section")
    for key in parts:
        if key not in known:
            hint = did_you_mean(key, known, f"a source has {', '.join(known)}")
            reading.report(
                rules.UNKNOWN_KEY, parts.keys_at[key], f"unknown key {clipped(key)!r}", hint
            )
    found = {key: _text(parts[key], reading, f"a {key}").text for key in known if key in parts}
    if "title" not in found:
        reading.report(rules.MISSING_KEY, parts.place, "the source has no title", "add title: ...")
    return Source(found.get("title", ""), found.get("publisher"), found.get("section"))


def _accepted(node: Node, info: ValidationInfo) -> Mapping[str, Accepted]:
    reading = reading_of(info)
    reasons = reading.mapping(node, "accepted warnings", "{CF402: why this is all right}")
    found: dict[str, Accepted] = {}
    if reasons is not None:
        for code, value in reasons.items():
            found[code] = Accepted(_text(value, reading, "a reason").text, reasons.keys_at[code])
    return MappingProxyType(found)


STATUSES: dict[str, Status] = {"new": "new", "previously-approved": "previously-approved"}
AFFECTED: dict[str, Affected] = {"gross": "gross", "income": "income"}
SIGNS: dict[str, Sign] = {"minus": "minus", "plus": "plus"}
BASES: dict[str, Basis] = {"change": "change", "level": "level"}
TEXT = {"type": "string", "minLength": 1}
NAME = {**TEXT, "maxLength": LONGEST_NAME}
YEAR: dict[str, Any] = {
    "type": "string",
    "pattern": r"^((19|20|21)[0-9]{2}|[0-9]{2})[-/–]([0-9]{4}|[0-9]{2})$",
    "examples": ["2024-25"],
}
ID_TEXT = {
    "type": "string",
    "pattern": f"^{ID.pattern}$",
    "maxLength": LONGEST,
    "not": {"enum": sorted(RESERVED)},
}


def _one_of(options: Mapping[str, object]) -> dict[str, Any]:
    return {"enum": list(options)}


Name = Annotated[str, Written(_name, NAME)]
ColumnHeading = Annotated[str, Written(_heading, {**NAME, "pattern": "[A-Za-z]"})]
Note = Annotated[str, Written(_note, TEXT)]
Id = Annotated[str, Written(_id, ID_TEXT)]
Ref = Annotated[
    Word,
    Written(
        _said("a ref"),
        {
            **NAME,
            "type": ["string", "number"],
            "description": "What readers of the plan call the line.",
            "examples": ["S12"],
        },
    ),
]
Category = Annotated[
    Word,
    Written(
        _said("a category"),
        {**NAME, "description": "A group that the plan puts the option into, as it writes it."},
    ),
]
Portfolio = Annotated[
    Word,
    Written(_said("a portfolio"), {**NAME, "description": "The member's portfolio that it is in."}),
]
Owner = Annotated[
    Word, Written(_said("an owner"), {**NAME, "description": "The officer who answers for it."})
]
Decision = Annotated[
    Word,
    Written(
        _said("a decision"),
        {**NAME, "description": "By whom and when it is, or is to be, decided."},
    ),
]
Pointer = Annotated[Word, Written(_word, ID_TEXT)]
Pointers = Annotated[tuple[Word, ...], Written(_words, {"type": "array", "items": ID_TEXT})]
FormerId = Annotated[
    Word,
    Written(_former_id, {**ID_TEXT, "description": "The id of this line in the plan before it."}),
]
UnitField = Annotated[Unit, Written(_unit, _one_of(UNITS))]
KindField = Annotated[Kind, Written(_kind, _one_of(KINDS))]
StatusField = Annotated[
    Status,
    Written(
        choice(STATUSES, "a status"),
        {"enum": ["new", "previously approved", "previously-approved"]},
    ),
]
AffectedField = Annotated[
    Affected, Written(choice(AFFECTED, "what an option changes"), _one_of(AFFECTED))
]
SignField = Annotated[Sign, Written(choice(SIGNS, "a sign"), _one_of(SIGNS))]
BasisField = Annotated[Basis, Written(choice(BASES, "a basis"), _one_of(BASES))]
GroupingField = Annotated[
    Grouping, Written(choice(BY_WORD, "what options are grouped by"), _one_of(BY_WORD))
]
GroupName = Annotated[
    Word,
    Written(
        _said("a group's name"),
        {
            **NAME,
            "description": "The category, portfolio, owner, kind or status of its options.",
        },
    ),
]
Switch = Annotated[
    bool, Written(choice({"true": True, "false": False}, "true or false"), {"type": "boolean"})
]
Year = Annotated[YearWord, Written(_year, YEAR)]
Years = Annotated[
    tuple[YearWord, ...], Written(_years, {"type": "array", "items": YEAR, "uniqueItems": True})
]
PlanYears = Annotated[
    tuple[YearWord, ...],
    Written(_years, {"type": "array", "items": YEAR, "uniqueItems": True, "minItems": 1}),
]
SourceField = Annotated[
    Source,
    Written(
        _source,
        {
            "anyOf": [
                TEXT,
                {
                    "type": "object",
                    "properties": {"title": TEXT, "publisher": TEXT, "section": TEXT},
                    "required": ["title"],
                    "additionalProperties": False,
                },
            ]
        },
    ),
]
AcceptedField = Annotated[
    Mapping[str, Accepted],
    Written(
        _accepted,
        {
            "type": "object",
            "propertyNames": {"enum": list(rules.ACCEPTABLE)},
            "additionalProperties": TEXT,
        },
    ),
]
