"""Several scenarios as a page: what each comes to in columns, which is lowest, and why."""

from collections.abc import Iterator

from cfbudget.grammar import counted
from cfbudget.layout.page import Block, Facts, Items, Page, Sentences, Title, page
from cfbudget.reports.beside.columns import by_row, notes, whole_plan
from cfbudget.reports.beside.payback import payback_blocks
from cfbudget.reports.trial.apart import apart
from cfbudget.tables.alternatives import Alternative, Alternatives
from cfbudget.tables.lowest import lowest_words


def beside_page(shown: Alternatives) -> Page:
    """The whole plan, who is lowest, each service, each scenario's own changes, and payback."""
    in_all = _said_of_all(shown)
    of_each = [block for one in shown.each for block in _own(shown, one, in_all)]
    parts = () if shown.is_summary else (*by_row(shown),)
    return page(
        (
            Title(f"{shown.plan.name}: {counted(len(shown.each), 'scenario')} beside the baseline"),
            *(Facts(level.baseline.subtitle) for level in shown.levels[:1]),
            Items(tuple(listing(shown))),
            *whole_plan(shown),
            Sentences(tuple(lowest_words(shown))),
            *parts,
            *of_each,
            *payback_blocks(shown),
            Sentences((*in_all, *notes(shown))),
        )
    )


def listing(shown: Alternatives) -> Iterator[str]:
    """Which scenarios these are: the name, the file and how many changes each has."""
    if shown.first:
        yield f"In every scenario, before its own changes: {'; '.join(shown.first)}."
    for one in shown.each:
        own = len(one.applied.changes) - len(shown.first)
        yield f"{one.name}: {one.file}, {counted(own, 'change')}"


def said_with_data(shown: Alternatives) -> tuple[str, ...]:
    """What is said whatever the format."""
    return (*listing(shown), *lowest_words(shown))


def _own(shown: Alternatives, one: Alternative, in_all: tuple[str, ...]) -> Iterator[Block]:
    """What each change of a scenario contributes, what is beyond the plan, and words."""
    tables = one.laid_out.apart
    if not tables:
        yield Title(f"{shown.plan.name}, {one.name}")
    for table in tables:
        yield from apart(table)
    said = (sentence for sentence in one.laid_out.sentences if sentence not in in_all)
    yield Sentences((*one.applied.whys, *said))


def _said_of_all(shown: Alternatives) -> tuple[str, ...]:
    """What is true of every scenario alike, such as what no net budget has in it."""
    first, *others = (one.laid_out.sentences for one in shown.each)
    return tuple(s for s in first if others and all(s in other for other in others))
