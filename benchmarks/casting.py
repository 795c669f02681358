"""How much of what is known to add up casting finds in real tables, and how surely.

Usage: python benchmarks/casting.py [--missed] [--extra] [--false] [--time] [FOLDER ...]
       python benchmarks/casting.py --trial [--cells N] [--lines N] [--tables] [--told] [FOLDER ...]
       python benchmarks/casting.py --count FILE ...

A folder holds tables as CSV with a .checks file beside each, in folders or not; without one, the
real ones of tests/tables, whose README explains .checks files and when a check is found, and those
of tests/made_tables. Exit status 1 where an aim is not reached.

--trial plants errors that break what is known to add up (a digit, two digits exchanged, a sign, a
line dropped, a line printed twice) and counts those that are flagged, those that pass in silence
(exit status 0), and the figures that are wrongly called wrong. --count says of files of any kind
how many relations are found in them and how many figures are called wrong.
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
    from tests.casting.kit.error_trial import ErrorTrial
    from tests.casting.kit.scores import KnownTable, Score

    from cfbudget.casting.results import Relation

Group = Sequence["KnownTable"]
"""The tables of one folder."""

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
    if found * 100 < known * 97:
        yield f"found {found} of {known}: the aim is 97 in a hundred"
    if flagged * 100 < wrong * 92:
        yield f"flagged {flagged} of {wrong} that are wrong: the aim is 92 in a hundred"
    if named * 10 < to_name * 9:
        yield f"named {named} of {to_name} wrong cells: the aim is nine in ten"
    if false * 200 > reported:
        yield f"{false} false of {reported} reported: the aim is one in two hundred at most"


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
    parser.add_argument("folders", nargs="*", type=Path, help="default: both of the tests")
    parser.add_argument("--missed", action="store_true", help="list what was missed")
    parser.add_argument("--extra", action="store_true", help="list relations not in the checks")
    parser.add_argument("--false", action="store_true", help="list figures wrongly called wrong")
    parser.add_argument("--time", action="store_true", help="show the seconds each table took")
    parser.add_argument("--trial", action="store_true", help="plant errors, and count what is said")
    parser.add_argument(
        "--cells", type=int, default=4, help="most errors of a kind in single cells"
    )
    parser.add_argument("--lines", type=int, default=99, help="most lines dropped, and doubled")
    parser.add_argument("--seed", default="1", help="any word; others are other errors")
    parser.add_argument("--tables", action="store_true", help="a trial's counts for each table")
    parser.add_argument("--told", action="store_true", help="list what a trial found wanting")
    parser.add_argument("--count", action="store_true", help="count what is called wrong in files")
    return parser.parse_args()


TRIAL_HEAD = ("planted", "flagged", "silent", "accused")


def trial_line(name: str, counts: Sequence[int], width: int = 16) -> str:
    return f"{name:<{width}}" + "".join(f"  {count:>8}" for count in counts)


def trial_lines(trial: "ErrorTrial") -> Iterator[str]:
    """A line for each kind of error, then all together."""
    yield f"{'error':<16}" + "".join(f"  {head:>8}" for head in TRIAL_HEAD)
    counts = (trial.planted, trial.flagged, trial.silent, trial.false)
    for kind in trial.planted:
        yield trial_line(kind, [count[kind] for count in counts])
    yield trial_line("all", [count.total() for count in counts])


def trial_by_table(trial: "ErrorTrial") -> Iterator[str]:
    """A line for each table."""
    yield f"{'table':<34}" + "".join(f"  {head:>8}" for head in TRIAL_HEAD)
    for name, counts in trial.by_table.items():
        yield trial_line(name, counts, 34)


def trial_short_of(trial: "ErrorTrial", tables: int) -> Iterator[str]:
    """The aims that a trial does not reach."""
    lines = [kind for kind in trial.planted if kind.endswith(" line")]
    cells = [kind for kind in trial.planted if kind not in lines]
    for what, kinds, aim in (("lines", lines, 85), ("single cells", cells, 93)):
        planted, flagged = (
            sum(count[k] for k in kinds) for count in (trial.planted, trial.flagged)
        )
        if flagged * 100 < planted * aim:
            yield f"flagged {flagged} of {planted} errors in {what}: the aim is {aim} in a hundred"
    silent = trial.silent.total()
    if silent * 100 > trial.planted.total() * 2:
        yield f"{silent} passed in silence: the aim is two in a hundred at most"
    if trial.no_totals * 10 > tables:
        yield f"{trial.no_totals} said not to add up that are no totals: the aim is 1 in 10 tables"


def run_trials(groups: Sequence[Group], options: argparse.Namespace) -> list[str]:
    from tests.casting.kit.error_trial import ErrorTrial

    short: list[str] = []
    for tables in groups:
        trial = ErrorTrial(options.seed, cells=options.cells, lines=options.lines)
        for table in tables:
            trial.run(table)
        if options.tables:
            print("\n".join(trial_by_table(trial)))
        print("\n".join(trial_lines(trial)))
        print(
            f"{len(tables)} tables as printed: {trial.no_totals} rows or columns wrongly unproved"
        )
        if options.told:
            print("".join(f"    {text}\n" for text in trial.told), end="")
        print()
        short += trial_short_of(trial, len(tables))
    return short


def count_files(files: Sequence[Path]) -> None:
    """What is called wrong in each file, a line each."""
    from cfbudget.casting.read.printed_file import read_printed
    from cfbudget.casting.report.cast_table import cast_tables
    from cfbudget.problem import Refusal

    print("relations  differs  suspects  unproved  file")
    for file in files:
        tables = read_printed(file)
        if isinstance(tables, Refusal):
            print(f"{file}: {tables.reason}")
            continue
        found = [table.casting for table in cast_tables(tables)]
        counts = (
            sum(len(casting.relations) for casting in found),
            sum(r.outcome == "differs" for casting in found for r in casting.relations),
            sum(len(casting.suspects) for casting in found),
            sum(len(casting.unproved) for casting in found),
        )
        print("{:>9}  {:>7}  {:>8}  {:>8}".format(*counts) + f"  {file}", flush=True)


def run_scores(groups: Sequence[Group], options: argparse.Namespace) -> list[str]:
    widths = [max(6, len(head)) for head in HEAD]
    short: list[str] = []
    for tables in groups:
        print(f"{'table':<34}" + "".join(f"  {h:>{w}}" for h, w in zip(HEAD, widths, strict=True)))
        short += short_of(scores_of(tables, options))
        print()
    return short


def scores_of(tables: Group, options: argparse.Namespace) -> tuple[int, ...]:
    """Score each table, a line each, and return the totals."""
    from tests.casting.kit.known_casting import cast_known
    from tests.casting.kit.scores import score

    totals: tuple[int, ...] = (0,) * 12
    for table in tables:
        start = time.perf_counter()
        casting = cast_known(table).casting
        took = time.perf_counter() - start
        scored = score(table, casting)
        numbers = figures_of(scored)
        totals = tuple(map(sum, zip(totals, numbers, strict=True)))
        print(line(table.name, numbers) + (f"  {took:8.3f} s" if options.time else ""))
        for text in listed(scored, options):
            print(f"    {text}")
    print(line("total", totals))
    return totals


def main() -> None:
    from tests.casting.kit.scores import MADE_TABLES, TABLES, read_tables

    options = options_given()
    if options.count:
        count_files(options.folders)
        return
    groups = [list(read_tables(folder)) for folder in options.folders or (TABLES, MADE_TABLES)]
    if not all(groups):
        sys.exit("no table with a .checks file beside it was found")
    short = (run_trials if options.trial else run_scores)(groups, options)
    print("".join(f"{text}\n" for text in short), end="")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
