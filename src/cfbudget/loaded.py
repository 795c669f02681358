"""A folder to a consistent plan, or the problems that stand in the way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from os import PathLike, fspath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, get_args

from cfbudget.calculate.assumptions import with_assumptions
from cfbudget.checks.consistency import CONSISTENCY
from cfbudget.checks.rule_runs import Part, apply_checks
from cfbudget.plan.plan import Plan
from cfbudget.problem import InvalidPlan, Problem, in_order
from cfbudget.read.folder import (
    CAPITAL,
    FUNDING,
    OPTIONS,
    RESERVES,
    Folder,
    is_table,
    stem_of,
)
from cfbudget.read.folder_plan import ReadPlan, found_in, plan_of, read_plan, read_texts
from cfbudget.rules import FUNDS_NOTHING_KNOWN

if TYPE_CHECKING:
    from cfbudget.condensed.condensed_texts import CondensedFile

MANY = 2_000
"""From how many plain options on a plan's are condensed: fewer are read one by one."""
LEAST_TEXT = 20
"""Characters that an option has at the least."""


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


def load_condensed(folder: str, mentioned: Collection[str] = (), many: int = MANY) -> Loaded:
    """The same, with the plain options of a long plan condensed to a row for each group.

    Where that could make another answer of anything, each is read.

    Args:
        mentioned: words that may be ids of options which are asked for.
        many: from how many plain options on these are condensed.
    """
    found = found_in(folder)
    options = (text for name, text in found.texts.items() if stem_of(name) == stem_of(OPTIONS))
    if any(len(text) >= LEAST_TEXT * many for text in options):
        loaded = _condensed(found, folder, frozenset(mentioned), many)
        if loaded is not None:
            return loaded
    return _checked(plan_of(found, folder), folder)


def _condensed(found: Folder, folder: str, mentioned: frozenset[str], many: int) -> Loaded | None:
    """The plan with its plain options condensed; None where it has to be read as it is."""
    from cfbudget.condensed.condensed_texts import (
        condensed_options,
        named_like_one,
        services_by_name,
        with_condensed,
    )
    from cfbudget.condensed.plain_lines import KeptLines

    others = {name: text for name, text in found.texts.items() if stem_of(name) != stem_of(OPTIONS)}
    rest = plan_of(found._replace(texts=others), folder)
    services, kept = services_by_name(rest.plan), KeptLines(mentioned)
    while file := condensed_options(found.texts, services, kept, many):
        read = read_texts({file.name: file.text}, folder)
        options = read.plan.options
        if options is None or (read.problems and not is_table(file.name)):
            return None
        more = named_like_one(replace(rest.plan, options=options), file)
        if more == KeptLines():
            plan = replace(rest.plan, options=with_condensed(options, file))
            problems = [*rest.problems, *read.problems]
            unread = rest.unread | read.unread
            whole = ReadPlan(plan, problems, found.texts, unread, rest.digests)
            loaded = _checked(whole, folder)
            return None if _is_about_all(loaded.problems, file) else loaded
        kept = kept.and_also(more)
    return None


def _is_about_all(problems: Iterable[Problem], file: "CondensedFile") -> bool:
    """Whether any problem is of a row that stands for options, or its hint names any of them."""
    return any(
        problem.rule == FUNDS_NOTHING_KNOWN.code
        or (problem.place.file == file.name and problem.place.line in file.condensed.rows)
        for problem in problems
    )


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
