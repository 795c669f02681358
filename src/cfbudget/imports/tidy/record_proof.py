"""The proof of an import of records: each of them computed again from the files to be written."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from cfbudget.imports.drafted import Drafted
from cfbudget.imports.tidy.capital_records import capital_of
from cfbudget.imports.tidy.council_records import funding_of, reserves_of
from cfbudget.imports.tidy.option_records import options_of
from cfbudget.imports.tidy.records import RecordKey, TableRecords, TidyRecord, tidy_record
from cfbudget.imports.tidy.revenue_records import BudgetRecords, revenue_of
from cfbudget.imports.yaml_text import yaml_text
from cfbudget.loaded import load_texts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.tables.plan_tables import plan_tables

HEAD = "yaml-language-server: $schema=schema/{}.json"
MOST_TRIED = 200
"""Ways in which several budgets may contain years' options."""
WORKINGS = {
    ("options", "base_amount"): "rates",
    ("options", "rate"): "rates",
    ("options", "level"): "rates",
    ("position", "gross"): "affects",
    ("position", "income"): "affects",
}
"""The table and measure of records that only show what others were worked out from."""


class RecordProof(NamedTuple):
    """The files that records come to, and what these compute."""

    texts: Mapping[str, str]
    records: tuple[TidyRecord, ...]
    computed: Mapping[RecordKey, str | int]
    problems: tuple[Problem, ...]
    """What keeps the files from being a plan."""
    is_only_tree: bool
    """Whether services can stand within one another in no other way."""
    is_only_contents: bool = True
    """Whether budgets can contain no other years' options."""

    @property
    def left_out(self) -> tuple[TidyRecord, ...]:
        """Records that only show a working, which the files do not have."""
        return tuple(
            one
            for one in self.records
            if one.key[::2] in WORKINGS and self.computed.get(one.key) != one.compared
        )

    @property
    def apart(self) -> tuple[TidyRecord, ...]:
        """Records that the files do not come to."""
        left = {one.key for one in self.left_out}
        return tuple(
            one
            for one in self.records
            if one.key not in left and self.computed.get(one.key) != one.compared
        )

    @property
    def missing(self) -> tuple[RecordKey, ...]:
        """What the files compute besides, in the tables that the records are of: figures that no
        record has."""
        given = {one.key for one in self.records}
        tables = {one.of.table for one in self.records}
        return tuple(key for key in self.computed if key not in given and key[0] in tables)

    @property
    def holds(self) -> bool:
        return not (self.problems or self.apart or self.missing)


def prove_records(records: Sequence[TidyRecord], file: str, folder: str) -> RecordProof | None:
    """The files of records, with the first of the ways to read them that computes them all; else
    with the one that comes nearest. None where the services do not add up to their totals.

    Args:
        file: the source's name, as the files are to name it.
        folder: where they are to stand, as the user named it.
    """
    budgets = revenue_of(records)
    if budgets is None:
        return None
    years = TableRecords(records, "options").years("change")
    choices = [_contained(one.year, years) for one in budgets]
    nearest: RecordProof | None = None
    for contains in islice(product(*choices), MOST_TRIED):
        found = _tried(records, budgets, contains, (file, folder))
        if found.holds:
            others = _others(contains, choices)
            tried = (_tried(records, budgets, other, (file, folder)) for other in others)
            return found._replace(is_only_contents=not any(one.holds for one in tried))
        if nearest is None or _distance(found) < _distance(nearest):
            nearest = found
    return nearest


def _others(
    contains: tuple[list[str], ...], choices: Sequence[Sequence[list[str]]]
) -> Iterator[tuple[list[str], ...]]:
    """The same with one of the budgets containing other years."""
    for at, own in enumerate(choices):
        for other in own:
            if other != contains[at]:
                yield (*contains[:at], other, *contains[at + 1 :])


def _tried(
    records: Sequence[TidyRecord],
    budgets: Sequence[BudgetRecords],
    contains: tuple[list[str], ...],
    names: tuple[str, str],
) -> RecordProof:
    """The files, if each budget contains these years' options.

    Args:
        names: of the source, and of the folder.
    """
    file, folder = names
    drafts = _drafts(records, budgets, contains)
    texts = {one.file: yaml_text(_head(one, file), one.content) for one in drafts}
    loaded = load_texts(texts, folder)
    problems = tuple(one for one in loaded.problems if one.severity == "error")
    computed = _computed(loaded.plan) if loaded.plan else {}
    is_only_tree = all(one.tree.is_only_one for one in budgets)
    return RecordProof(texts, tuple(records), computed, problems, is_only_tree)


def _distance(proof: RecordProof) -> tuple[int, int]:
    return len(proof.problems), len(proof.apart) + len(proof.missing)


def _head(draft: Drafted, file: str) -> tuple[str, ...]:
    return (HEAD.format(draft.schema), "", f"From the records in {file}, by cfbudget import.")


def _computed(plan: Plan) -> dict[RecordKey, str | int]:
    made = (tidy_record(of) for table in plan_tables(plan) for of in table.records())
    return {one.key: one.compared for one in made}


def _drafts(
    records: Sequence[TidyRecord],
    budgets: Sequence[BudgetRecords],
    contains: tuple[list[str], ...],
) -> list[Drafted]:
    within = budgets[-1].tree.within() if budgets else {}
    others = [options_of(records, within), capital_of(records), reserves_of(records)]
    names = [str(one.content["name"]) for one in budgets]
    names += [str(one.content["name"]) for one in others if one]
    others.insert(2, funding_of(records, names[0] if names else "Funding"))
    made = zip(budgets, contains, strict=True)
    return [
        *(budget.drafted(wanted) for budget, wanted in made),
        *(one for one in others if one is not None),
    ]


def _contained(year: str, years: Sequence[str]) -> list[list[str]]:
    """The years whose options a budget may contain: those to its own, none, any other run."""
    runs = [list(years[:count]) for count in range(1, len(years) + 1)]
    to_its_own = [one for one in years if one <= year]
    first = [to_its_own] if to_its_own else []
    if not years:  # options that the records do not have
        return [[], [year]]
    return [*first, [], *(run for run in runs if run != to_its_own)]
