"""How much of what is known to add up casting finds in real tables, and how surely.

Usage: python benchmarks/casting.py [--missed] [--extra] [--false] [--time] [FOLDER ...]

A folder holds tables as CSV with a .checks file beside each, in folders or not; without one, the
twelve of tests/tables, whose README explains .checks files and when a check is found. Exit status
1 where an aim is not reached.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from tests.casting.kit.scores import Score

    from cfbudget.casting.results import Relation

HEAD = ("known", "found", "as printed", "missed", "extra", "false", "outcome", "flagged", "named")


def figures_of(score: "Score") -> tuple[int, ...]:
    """The numbers of a table's line; flagged and named have what they are out of behind them."""
    return (
        score.known,
        score.found,
        score.as_printed,
        len(score.missed),
        len(score.extra),
        len(score.false),
        len(score.other_outcome),
        score.wrong - len(score.unflagged),
        score.wrong,
        score.to_name - len(score.unnamed),
        score.to_name,
        score.reported,
    )


def line(name: str, numbers: Sequence[int]) -> str:
    *plain, flagged, wrong, named, to_name, _ = numbers
    cells = [*map(str, plain), f"{flagged}/{wrong}", f"{named}/{to_name}"]
    widths = [max(6, len(head)) for head in HEAD]
    return f"{name:<34}" + "".join(
        f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True)
    )


def short_of(numbers: Sequence[int]) -> Iterator[str]:
    """The aims that the totals do not reach."""
    known, found, *_, flagged, wrong, named, to_name, reported = numbers
    false = numbers[5]
    if found * 100 < known * 95:
        yield f"found {found} of {known}: the aim is 95 in a hundred"
    if flagged < wrong:
        yield f"flagged {flagged} of {wrong} that are wrong: the aim is all"
    if named * 10 < to_name * 9:
        yield f"named {named} of {to_name} wrong cells: the aim is nine in ten"
    if false * 100 > reported:
        yield f"{false} false of {reported} reported: the aim is one in a hundred at most"


def said(relation: "Relation") -> str:
    terms = " ".join(relation.terms)
    return (
        f"{relation.total} = {terms} ({relation.kind}, {relation.outcome}, "
        f"stated {relation.stated}, computed {relation.computed}, sure {relation.confidence:.2f})"
    )


def listed(score: "Score", options: argparse.Namespace) -> Iterator[str]:
    """What was asked to be listed, a line each."""
    if options.missed:
        yield from (f"missed   {check}" for check in score.missed)
        yield from (f"outcome  {check}" for check in score.other_outcome)
        yield from (f"flagged not  {check}" for check in score.unflagged)
        yield from (f"named not    {cell}" for cell in score.unnamed)
    if options.extra:
        yield from (f"extra    {said(relation)}" for relation in score.extra)
    if options.false:
        yield from (f"false    {said(relation)}" for relation in score.false)


def options_given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score casting on real tables.")
    parser.add_argument("folders", nargs="*", type=Path, help="default: tests/tables")
    parser.add_argument("--missed", action="store_true", help="list what was missed")
    parser.add_argument("--extra", action="store_true", help="list relations not in the checks")
    parser.add_argument("--false", action="store_true", help="list figures wrongly called wrong")
    parser.add_argument("--time", action="store_true", help="show the seconds each table took")
    return parser.parse_args()


def main() -> None:
    from tests.casting.kit.scores import TABLES, read_tables, score

    from cfbudget.casting.casting import cast

    options = options_given()
    tables = [table for folder in options.folders or [TABLES] for table in read_tables(folder)]
    if not tables:
        sys.exit("no table with a .checks file beside it was found")
    widths = [max(6, len(head)) for head in HEAD]
    print(f"{'table':<34}" + "".join(f"  {h:>{w}}" for h, w in zip(HEAD, widths, strict=True)))
    totals: tuple[int, ...] = (0,) * 12
    for table in tables:
        start = time.perf_counter()
        casting = cast(table.rows)
        took = time.perf_counter() - start
        scored = score(table, casting)
        numbers = figures_of(scored)
        totals = tuple(map(sum, zip(totals, numbers, strict=True)))
        print(line(table.name, numbers) + (f"  {took:8.3f} s" if options.time else ""))
        for text in listed(scored, options):
            print(f"    {text}")
    print(line("total", totals))
    short = list(short_of(totals))
    print("".join(f"\n{text}" for text in short), end="\n" if short else "")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
