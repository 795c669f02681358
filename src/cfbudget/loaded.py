"""A folder to a consistent plan, or the problems that stand in the way."""

from collections.abc import Mapping
from os import PathLike, fspath
from types import MappingProxyType
from typing import NamedTuple, get_args

from cfbudget.calculate.assumptions import with_assumptions
from cfbudget.checks.consistency import CONSISTENCY
from cfbudget.checks.rule_runs import Part, apply_checks
from cfbudget.plan.plan import Plan
from cfbudget.problem import InvalidPlan, Problem, in_order
from cfbudget.read.folder import CAPITAL, FUNDING, OPTIONS, RESERVES, stem_of
from cfbudget.read.folder_plan import ReadPlan, read_plan, read_texts


class Loaded(NamedTuple):
    """A plan, or the problems why there is none, and the files' texts to show them in."""

    folder: str
    plan: Plan | None
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    digests: Mapping[str, str] = MappingProxyType({})
    """The SHA-256 of the bytes that the texts were read from; none where texts were given."""


def load_folder(folder: str) -> Loaded:
    """Read a folder's plan and hold it to the consistency rules: all problems at once."""
    return _checked(read_plan(folder), folder)


def load_texts(texts: Mapping[str, str], folder: str = "") -> Loaded:
    """The same for files' texts by name, without a folder."""
    return _checked(read_texts(texts, folder), folder)


def load(folder: str | PathLike[str]) -> Plan:
    """The plan in a folder.

    Raises:
        InvalidPlan: the folder holds no plan, or one with problems; it carries them all.
    """
    loaded = load_folder(fspath(folder))
    if loaded.plan is None:
        raise InvalidPlan(loaded.folder, loaded.problems)
    return loaded.plan


def _checked(read: ReadPlan, folder: str) -> Loaded:
    """Add what the consistency rules find, but for lines that could not be read as written."""
    found = apply_checks(CONSISTENCY, read.plan, _unread_parts(read)).problems
    bad_lines = {problem.place[:2] for problem in read.problems}
    found = tuple(problem for problem in found if problem.place[:2] not in bad_lines)
    problems = in_order([*read.problems, *found])
    plan = None if problems else with_assumptions(read.plan)
    return Loaded(folder, plan, problems, read.texts, read.digests)


def _unread_parts(read: ReadPlan) -> set[Part]:
    """The tables and fields that could not be read, as the rules name them."""
    files = {CAPITAL: "capital", OPTIONS: "options", FUNDING: "funding", RESERVES: "reserves"}
    names = {stem_of(name): part for name, part in files.items()}
    unread = {
        names.get(stem_of(name), "revenue" if stem_of(name) else name) for name in read.unread
    }
    return {part for part in get_args(Part) if part in unread}
