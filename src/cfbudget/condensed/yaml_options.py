"""The plain options of a YAML file: its text to the same with an item in place of each group.

Not YAML is read here, but text that can mean one thing only: options that are written as the first
of them is, key by key, each value on its line. Whatever else the file holds has to be of lines
that end where they end: so no text of several lines can hold what looks like an option.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfbudget.condensed.condensed_text import CondensedText
from cfbudget.condensed.plain_group import GroupRow, PlanOfLines
from cfbudget.condensed.plain_lines import KeptLines, PlainLines
from cfbudget.money import UNITS
from cfbudget.years import FinancialYear, parse_year

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
WORDS = r"[A-Za-z]+(?:[ _-][A-Za-z]+)*"
AMOUNT = r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,9})?"
NOT_NULL = r"(?!(?:null|Null|NULL)[,}\n])"
KEYS = ("id", "name", "kind", "status", "changes", "stated")
FIRST_YEAR = 5
"""Of an option's values behind its service, the first that is a change."""
LOOKED_AT = 100
"""How many options are looked at for how they are written."""

# A line that ends where it ends: blank, a comment, or a key or an item with a value that is whole.
PLAIN = r"(?:[^\s\"'\[\]{}|>&*!%@`#,?:-]|-(?=\S))(?:[^\n#:]|:(?=\S))*+"
QUOTED = r"\"[^\"\\\n]*+\"|'[^'\n]*+'"
INNER = rf"\[(?:[^\[\]{{}}\"'\n#]|{QUOTED})*+\]|\{{(?:[^\[\]{{}}\"'\n#]|{QUOTED})*+\}}"
LISTED = rf"\[(?:[^\[\]{{}}\"'\n#]|{QUOTED}|{INNER})*+\]"
MAPPED = rf"\{{(?:[^\[\]{{}}\"'\n#]|{QUOTED}|{INNER})*+\}}"
VALUE = rf"(?:{PLAIN}|(?:{QUOTED}|{LISTED}|{MAPPED}) *+)"
END = r"(?:#[^\n]*+)?\n"
WHOLE_LINE = (
    rf" *+{END}|---\n| *+(?:- ++)*+[\w-]++:(?: ++{VALUE})?+ *+{END}|(?: *- ++)++{VALUE}{END}"
)
WHOLE_LINES = re.compile(rf"(?:{WHOLE_LINE})*+")


def yaml_plan(text: str, file: str, services: Mapping[str, str], prefix: str) -> PlanOfLines | None:
    """What the keys of a file say that its options need; None where they are written otherwise."""
    head = dict(re.findall(r"^(unit|basis): (\S+)$", text, re.MULTILINE))
    listed = re.findall(r"^financial_years: \[([0-9, -]+)\]$", text, re.MULTILINE)
    years = [parse_year(part) for part in ",".join(listed).split(",")]
    known = tuple(year for year in years if isinstance(year, FinancialYear))
    if head.get("unit") not in UNITS or head.get("basis") != "change" or len(known) < len(years):
        return None
    return PlanOfLines(file, UNITS[head["unit"]], known, services, prefix)


def condensed_yaml(text: str, plan: PlanOfLines, kept: KeptLines) -> CondensedText | None:
    """The file's text condensed; None where its options, or its other lines, are not plain.

    Args:
        kept: options that stay as they are.
    """
    text = text.replace("\r\n", "\n")
    style = None if "\r" in text else _style(text, plan)
    if style is None:
        return None
    lines = PlainLines(plan, kept)
    taken = _taken(text, style, lines)
    others = _others(text, taken)
    if WHOLE_LINES.fullmatch("".join(others)) is None:
        return None
    items = {
        group.lines[0]: style.item(group.row(plan, lines.pence.step), plan.row_id(number), plan)
        for number, group in enumerate(lines.found)
    }
    made = [others[0]]
    for one, other in zip(taken, others[1:], strict=True):
        made += (items.get(one.changes, ""), "\n" * text.count("\n", one.start, one.end), other)
    rows = frozenset(one.line for one in taken if one.changes in items)
    return CondensedText("".join(made), lines, rows)


class _Style(NamedTuple):
    """How the options of a file are written."""

    indent: str
    pattern: re.Pattern[str]
    fields: tuple[str, ...]
    """The names of the pattern's groups, in the order in which an option is written down."""

    def item(self, row: GroupRow, identity: str, plan: PlanOfLines) -> str:
        """A row as an item, without the end of its line."""
        written = zip(plan.years, row.changes, strict=True)
        changes = ", ".join(f"{year}: {change}" for year, change in written)
        return (
            f"{self.indent}- {{id: {identity}, name: '{row.name}', kind: {row.kind}, "
            f"status: {row.status}, changes: {{{changes}}}}}"
        )


class _Option(NamedTuple):
    """Where a plain option stands in the text: its lines, from 1, and its characters."""

    line: int
    changes: int
    """The line of its first change."""
    start: int
    end: int


def _taken(text: str, style: _Style, lines: PlainLines) -> list[_Option]:
    """The options that are plain."""
    above = re.compile(
        rf"^(?!{style.indent}-[ \n]) {{0,{len(style.indent)}}}[^ #\n].*$", re.MULTILINE
    )
    found, written = [], []
    service, line, end = "", 1, 0
    for match in style.pattern.finditer(text):
        start = match.start()
        if start > end:
            between = above.findall(text, end, start)
            if between:
                service = _service_below(between)
        line += text.count("\n", end, start)
        end = match.end()
        values = match.group(*style.fields)
        first = next(at for at, value in enumerate(values) if at >= FIRST_YEAR and value)
        changes = line + text.count("\n", start, match.start(style.fields[first]))
        found.append(_Option(line, changes, start, end))
        written.append((service, *(value or "" for value in values)))
        line += text.count("\n", start, end)
    columns = list(zip(*written, strict=True))
    is_taken = lines.take(columns, [one.changes for one in found]) if found else []
    return [one for one, taken in zip(found, is_taken, strict=True) if taken]


def _service_below(lines: Sequence[str]) -> str:
    """The service whose list of options begins right below some lines; nothing if none does."""
    item = max((at for at, line in enumerate(lines) if line.lstrip(" ")[0] == "-"), default=0)
    header = re.fullmatch(rf"( *)- service: ({ID})", lines[item])
    if header is None:
        return ""
    within = f"{header[1]}  "
    is_list = re.fullmatch(rf"{within}options: *(?:#.*)?", lines[-1])
    return header[2] if is_list and all(one.startswith(within) for one in lines[item + 1 :]) else ""


def _others(text: str, taken: Sequence[_Option]) -> list[str]:
    """What stands before, between and behind the options that are taken."""
    ends = [0, *(one.end for one in taken)]
    starts = [*(one.start for one in taken), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _style(text: str, plan: PlanOfLines) -> _Style | None:
    """How the options are written: as the first of the plain ones that has most keys."""
    begins = re.compile(rf"^( +)- (\{{?)(?:{'|'.join(KEYS)}): ", re.MULTILINE)
    best: tuple[int, _Style] | None = None
    for count, first in enumerate(begins.finditer(text)):
        if count == LOOKED_AT:
            break
        keys = _keys(text, first)
        if {*KEYS[:-1]} <= {*keys} <= {*KEYS} and len(set(keys)) == len(keys):
            made = _style_of(first[1], keys, plan, is_flow=bool(first[2]))
            if made.pattern.match(text, first.start()) and (best is None or len(keys) > best[0]):
                best = len(keys), made
    return best[1] if best else None


def _keys(text: str, first: re.Match[str]) -> list[str]:
    """The keys of the option that begins here, in their order."""
    begin, indent = first.start(), first[1]
    if first[2]:
        return re.findall(r"[{,] ?([a-z]+): ", text[begin : begin + 4_000].partition("\n")[0])
    lines = text[begin : begin + 4_000].split("\n")
    within = f"{indent}  "
    keys = [lines[0].partition("- ")[2].partition(":")[0]]
    for line in lines[1:]:
        if not line.startswith(within):
            break
        if line[len(within) : len(within) + 1] != " ":
            keys.append(line[len(within) :].partition(":")[0])
    return keys


def _style_of(indent: str, keys: Sequence[str], plan: PlanOfLines, *, is_flow: bool) -> _Style:
    groups = tuple(f"y{number}" for number in range(len(plan.years)))
    years = list(zip(groups, map(str, plan.years), strict=True))
    ends = r"(?:, (?=[0-9])|(?=\}))"
    changes = "".join(rf"(?:{year}: (?P<{of}>{AMOUNT}){ends})?+" for of, year in years)
    not_in = r"\n:#,\[\]{}" if is_flow else r"\n:#"
    values = {
        "id": f"(?P<id>{NOT_NULL}{ID})",
        "name": rf"(?P<name>{NOT_NULL}[^\W_](?:[^{not_in}]*[^\s{not_in}])?)",
        "kind": f"(?P<kind>{WORDS})",
        "status": f"(?P<status>{WORDS})",
        "changes": rf"\{{(?=[0-9]){changes}\}}",
        "stated": f"(?P<stated>{AMOUNT})",
    }
    between = ", " if is_flow else f"\n{indent}  "
    made = ""
    for number, key in enumerate(keys):
        piece = f"{between if number else ''}{key}: {values[key]}"
        made += f"(?:{piece})?" if key == "stated" and number else piece
    made += "" if "stated" in keys else "(?P<stated>)"
    opened, closed = (r"\{", r"\}") if is_flow else ("", "")
    # What follows is no further key of it: it stands no deeper than the dash.
    follows = rf"(?=(?: *(?:#[^\n]*)?\n)*(?: {{0,{len(indent)}}}[^ \n#]|\Z))"
    pattern = re.compile(rf"^{indent}- {opened}{made}{closed}\n{follows}", re.MULTILINE)
    return _Style(indent, pattern, ("kind", "status", "id", "name", "stated", *groups))
