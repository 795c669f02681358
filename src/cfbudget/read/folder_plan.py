"""A folder's files to a plan, or problems."""

from collections.abc import Mapping, Set
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cfbudget import rules
from cfbudget.ids import id_of
from cfbudget.money import UNITS
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.plan.field_context import Reading, shape_of
from cfbudget.plan.files import CapitalProgramme, PolicyOptions, RevenueBudget
from cfbudget.plan.funding_files import Funding, Reserves
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.mapped_model import Mapped
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem, Refusal, clipped
from cfbudget.read.folder import (
    CAPITAL,
    FUNDING,
    NAMED,
    OPTIONS,
    RESERVES,
    Folder,
    is_table,
    read_folder,
    stem_of,
)
from cfbudget.read.table_nodes import compose_table
from cfbudget.read.yaml_nodes import Composed, compose
from cfbudget.stores import is_address
from cfbudget.years import FinancialYear, is_unbroken, parse_year

SCENARIO_KEYS = frozenset({"changes", "include"})

AnyFile = TypeVar("AnyFile", bound=Mapped)


class ReadPlan(NamedTuple):
    """What could be read of a plan, what was wrong, and the files' texts to show it in."""

    plan: Plan
    problems: list[Problem]
    texts: Mapping[str, str]
    unread: frozenset[str] = frozenset()
    """The files of which no model could be made, and the fields of which a value could not be
    taken: what they would have said is not known."""
    digests: Mapping[str, str] = MappingProxyType({})
    """The SHA-256 of the bytes that were read, by file; none where texts were given."""


def read_plan(folder: str) -> ReadPlan:
    """Read a folder's plan files, each on its own: nothing is compared here.

    Args:
        folder: as the user named it; it stands so in messages.
    """
    return plan_of(found_in(folder), folder)


def found_in(folder: str) -> Folder:
    """What is found in a folder, or at an address, as the user named it."""
    return _stored(folder) if is_address(folder) else read_folder(Path(folder))


def plan_of(found: Folder, folder: str) -> ReadPlan:
    """The same of a folder whose files' texts are read."""
    read = read_texts(found.texts, folder, found.problems)
    unread = tuple(name for name, text in found.others.items() if not _is_scenario(text))
    return read._replace(plan=replace(read.plan, unread=unread), digests=found.digests)


def _stored(address: str) -> Folder:
    from cfbudget.read.stored_folder import read_stored  # seldom needed

    return read_stored(address)


def read_texts(
    texts: Mapping[str, str], folder: str = "", problems: list[Problem] | None = None
) -> ReadPlan:
    """Read plan files from their texts, by file name."""
    files = Files(list(problems or []))
    revenue = [files.read(RevenueBudget, name, text) for name, text in _revenue(texts)]
    capital = files.read(CapitalProgramme, *_named(texts, CAPITAL))
    options = files.read(PolicyOptions, *_named(texts, OPTIONS))
    budgets = sorted((b for b in revenue if b is not None), key=lambda b: b.financial_year.year)
    funding = files.read(Funding, *_named(texts, FUNDING))
    reserves = files.read(Reserves, *_named(texts, RESERVES))
    plan = Plan(folder, tuple(budgets), capital, options, funding, reserves)
    failed = {problem.place.file for problem in files.problems} - files.made
    return ReadPlan(plan, files.problems, texts, frozenset(failed | files.spoilt))


def _is_scenario(text: str) -> bool:
    """Whether a file is a scenario, right or wrong: it has changes, or includes another's."""
    root = compose(text, "").root
    return isinstance(root, MappingNode) and not SCENARIO_KEYS.isdisjoint(root)


def _revenue(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in texts.items() if stem_of(name) not in NAMED]


def _named(texts: Mapping[str, str], name: str) -> tuple[str, str | None]:
    """The file that has a table, in whichever form, and its text; None for none."""
    found = ((other, text) for other, text in texts.items() if stem_of(other) == stem_of(name))
    return next(found, (name, None))


class Files:
    """Reads files one after the other, and gathers their problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.made: set[str] = set()
        self.spoilt: set[str] = set()

    def read(
        self, model: type[AnyFile], name: str, text: str | None, reading: Reading | None = None
    ) -> AnyFile | None:
        """A file's text as a model, or None where there is no text or it cannot be one.

        Args:
            reading: what the figures are to know, where the file does not say it itself.
        """
        if text is None:
            return None
        composed = composed_of(text, name)
        self.problems += composed.problems
        if composed.root is None:
            if not composed.problems:
                hint = "write what it is to hold, or delete the file"
                self.problems.append(rules.WRONG_SHAPE.at(Place(name), "the file is empty", hint))
            return None
        reading = reading or _reading(composed.root, name)
        made = made_of(composed.root, model, reading)
        # What YAML could not say is not blamed again for what then stands in its place.
        lines = {problem.place.line for problem in composed.problems}
        self.problems += [p for p in reading.problems if p.place.line not in lines]
        self.spoilt |= reading.spoilt
        if made is not None:
            self.made.add(name)
        return made


def composed_of(text: str, name: str) -> Composed:
    """A plan file's nodes, in whichever form it is."""
    return compose_table(text, name) if is_table(name) else compose(text, name)


def made_of(root: Node, model: type[AnyFile], reading: Reading) -> AnyFile | None:
    """A node as a model; `reading` takes the problems. None where it cannot be one."""
    try:
        return model.model_validate(root, context=reading)
    except ValidationError as error:
        hints = {(problem.place, problem.hint) for problem in reading.problems}
        for detail in error.errors(include_url=False):
            reading.problems += _structural(detail, root, hints)
        return None


def _reading(root: Node, name: str) -> Reading:
    """What the file's figures need to know first: its unit, its signs, and the years it plans.

    Problems of these are reported when their own fields are read.
    """
    reading = Reading(name)
    if isinstance(root, MappingNode):
        unit, years = root.get("unit"), root.get("financial_years")
        signs = root.get("signs")
        income = signs.get("income") if isinstance(signs, MappingNode) else None
        reading.income_is_plus = (
            isinstance(income, Scalar) and income.text.strip().lower() == "plus"
        )
        if isinstance(unit, Scalar):
            reading.unit = UNITS.get(unit.text.strip())
        if isinstance(years, ListNode):
            reading.years = _plan_years(years)
    return reading


def _plan_years(node: ListNode) -> frozenset[FinancialYear] | None:
    """The years listed, or None where they are no run: then none can be called outside."""
    years = [parse_year(item.text) for item in node if isinstance(item, Scalar)]
    good = [year for year in years if not isinstance(year, Refusal)]
    whole = good and len(good) == len(node) and is_unbroken(good)
    return frozenset(good) if whole else None


def _structural(
    detail: ErrorDetails, root: Node, hints: Set[tuple[Place, str | None]]
) -> list[Problem]:
    """A missing key or a wrong shape, as Pydantic found it, at its place in the file.

    A key that is missing because it is misspelt has been reported as unknown.

    Args:
        hints: what was hinted at already, and where.
    """
    node: Node = root
    for step in detail["loc"]:
        match node, step:
            case MappingNode(), str() if step in node:
                node = node[step]
            case ListNode(), int():
                node = node[step]
    if detail["type"] == "missing":
        key = str(detail["loc"][-1])
        if isinstance(node, MappingNode) and _is_misspelt(key, node, hints):
            return []
        return [rules.MISSING_KEY.at(node.place, f"{key!r} is missing", _missing_hint(key, node))]
    if detail["type"] == "not_a_mapping":
        hint = "write key: value on lines of its own"
        return [rules.WRONG_SHAPE.at(node.place, detail["msg"], hint)]
    message = f"{shape_of(node)} stands in place of a list"
    return [rules.WRONG_SHAPE.at(node.place, message, "write each item after '- ', or [] for none")]


def _is_misspelt(key: str, node: MappingNode, hints: Set[tuple[Place, str | None]]) -> bool:
    meant = f"did you mean {key!r}?"
    return any((place, meant) in hints for place in node.keys_at.values())


HINTS = {
    "unit": "add unit: £000 (or £, or £m)",
    "financial_year": "add financial_year: 2024-25",
    "financial_years": "add financial_years: [2024-25, 2025-26]",
    "contains_options_of": (
        "say which years' options this budget already contains: [2024-25], or [] for none"
    ),
    "basis": "add basis: change (or level, where figures already are cumulative changes)",
    "status": "add status: new, or status: previously approved",
    "changes": "add changes: {2024-25: -573}",
    "lines": "add lines: [{id: business-rates, name: Business rates, amounts: {2024-25: -1234}}]",
    "reserve": "add reserve: and the id of a reserve",
    "opening": "add opening: and the balance at the start of the first year",
    "service": "add service: and the id of a service of the revenue budget",
}


def _missing_hint(key: str, node: Node) -> str:
    if key == "id" and isinstance(node, MappingNode):
        name = node.get("name")
        if isinstance(name, Scalar) and id_of(name.text):
            return f"add id: {clipped(id_of(name.text))}"
    if key == "kind" and isinstance(node, MappingNode) and "lines" in node:
        return "add kind: funding, or kind: cash_limit"
    if key == "kind":
        return f"add {', or '.join(f'kind: {kind}' for kind in KINDS)}"
    return HINTS.get(key, f"add {key}: ...")
