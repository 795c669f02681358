"""What stands in words with a budget that is held against another."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL, Amounts
from cfbudget.calculate.former_ids import unfollowed
from cfbudget.calculate.paired_services import Dated, PairedService, walk_paired
from cfbudget.grammar import listed
from cfbudget.tables.former_id_words import unfollowed_words
from cfbudget.tables.standing_sentences import source_line

NET_ALONE = (
    "Where either budget prints a service's net alone, it and the totals above it have no gross."
)


def year_words(old: Dated, new: Dated) -> tuple[str, str]:
    """What the two budgets are called: by their years, where these are two."""
    years = [one.budget.financial_year.year for one in (old, new)]
    then, now = (
        f"projected {year}" if one.budget.projected else str(year)
        for one, year in zip((old, new), years, strict=True)
    )
    return (f"other {then}", f"this {now}") if years[0] == years[1] else (then, now)


def against_facts(old: Dated, new: Dated, name: str, amounts: Amounts) -> Iterator[str]:
    """Which budget is whose, how a change is to be read, and the sources."""
    then, now = year_words(old, new)
    whose = "" if old.plan.name == new.plan.name else f" ({old.plan.name})"
    yield f"{then} is the budget of {name}{whose}."
    yield (
        f"Change: {now} less {then}. Per cent: the change by the size of the {then} figure, with "
        "the sign of the change; of nil there is none."
    )
    if not any(key.row == TOTAL and key.measure == "gross" for key in amounts):
        yield NET_ALONE
    for said, of in ((then, old), (now, new)):
        yield from source_line(of.budget.source, f" of {said}")


def against_notes(
    old: Dated, new: Dated, services: tuple[PairedService, ...], name: str
) -> Iterator[str]:
    """What only one of the two has, what stood elsewhere, and what may be the same."""
    nodes = tuple(walk_paired(services))
    then, _ = year_words(old, new)
    gone = [node.service.name for node in nodes if node.new is None]
    come = [node.service.name for node in nodes if node.old is None]
    if come:
        yield f"Only in this plan: {listed(come)}."
    if gone:
        yield f"Only in {name}: {listed(gone)}."
    for node in nodes:
        if node.stood:
            was = f"within {node.stood.within}" if node.stood.within else "within no other"
            fund = f" and of the fund {node.stood.fund}" if node.stood.fund != node.fund else ""
            yield (
                f"{node.service.name} stood {was}{fund} in {name}: its {then} figures count where "
                "it stands now."
            )
    for one in sorted(set(gone) & set(come)):
        now, then_id = (
            next(n.id for n in nodes if n.service.name == one and (n.old is None) is is_new)
            for is_new in (True, False)
        )
        yield f"{one} has another id in each: if it is the same, write was: {then_id} on {now}."
    yield from unfollowed_words(unfollowed(old.plan, new.plan))
