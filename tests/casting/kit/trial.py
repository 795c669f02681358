"""Cast many drawn tables and say what was found, missed and falsely said: for development."""

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting, Relation
from tests.casting.kit.equations import Equation, cell_name
from tests.casting.kit.errors import Planted, plant
from tests.casting.kit.evidence import is_plain, residual, tells_rounding
from tests.casting.kit.score import flagged, named, score, suggested
from tests.casting.kit.tables import Printed, printed_table

CLASSES = (
    "false",
    "missed",
    "spurious",
    "implied",
    "unflagged",
    "unnamed",
    "suggested",
    "noise",
    "slow",
)

SLOW = 1.0
"""Seconds that no table of this size should take."""


class Failure(NamedTuple):
    """Something to look at."""

    what: str
    seed: str
    table: Printed
    detail: str

    @property
    def size(self) -> int:
        return len(self.table.steps)


class Trial:
    """A run over many tables; counts by name, and failures."""

    def __init__(self, cast: Callable[[list[list[str]]], Casting]) -> None:
        self._cast = cast
        self.counts: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.slowest = 0.0
        self.spent = 0.0

    def cast(self, seed: str, table: Printed) -> Casting:
        start = time.perf_counter()
        casting = self._cast([list(row) for row in table.cells])
        took = time.perf_counter() - start
        self.spent += took
        self.slowest = max(self.slowest, took)
        self.counts["casts"] += 1
        if took > SLOW:
            self.fail("slow", seed, table, f"{took:.1f} seconds")
        return casting

    def fail(self, what: str, seed: str, table: Printed, detail: str) -> None:
        self.failures.append(Failure(what, seed, table, detail))

    def clean(self, seed: str, table: Printed) -> None:
        """A table without an error: all found, nothing differs."""
        casting = self.cast(seed, table)
        result = score(table, casting)
        plain = "plain" if is_plain(table) else "scant"
        self.counts["relations"] += len(casting.relations)
        self.counts[f"{plain} tables"] += 1
        self.counts[f"{plain} tables found whole"] += not result.missed
        for equation in table.truth:
            kind = f"{plain} {_kind(table, equation)}"
            self.counts[kind] += 1
            self.counts[f"{kind} missed"] += equation in result.missed
        for what in ("implied", "spurious"):
            extra: tuple[Relation, ...] = getattr(result, what)
            self.counts[f"{what} relations"] += len(extra)
            if extra:
                self.fail(what, seed, table, "\n".join(map(said, extra)))
        told = tells_rounding(table)
        self.counts[f"false differs{'' if told else ', rounding not told'}"] += len(
            result.differing
        )
        if result.differing and told:
            self.fail("false", seed, table, "\n".join(map(said, result.differing)))
        if result.missed and plain == "plain":
            self.fail("missed", seed, table, "\n".join(written(table, e) for e in result.missed))

    def wrong(self, seed: str, planted: Planted) -> None:
        """A table with an error: flagged, named and put right where it can be."""
        casting = self.cast(seed, planted.table)
        counts = self.counts
        was = f"{cell_name(planted.place)} {planted.how}, was {planted.was}"
        said_so = "\n".join(
            [was, "breaks:", *(written(planted.table, e) for e in planted.breaks), "differing:"]
            + [said(one) for one in casting.relations if one.outcome == "differs"]
            + ["suspects:", *map(str, casting.suspects)]
        )
        counts["errors"] += 1
        counts["errors in no equation, or within rounding"] += not planted.breaks
        shown = flagged(planted, casting.relations)
        if not planted.revealing:
            counts["errors broken, not revealable"] += bool(planted.breaks)
            counts["errors broken, not revealable, flagged"] += bool(planted.breaks) and shown
            return
        counts["errors revealable"] += 1
        counts["errors revealable, flagged"] += shown
        if not shown:
            self.fail("unflagged", seed, planted.table, said_so)
        if planted.nameable:
            counts["errors nameable"] += 1
            counts["errors nameable, named"] += named(planted, casting)
            counts["errors nameable, named alone"] += (
                named(planted, casting) and len(casting.suspects) == 1
            )
            counts["errors nameable, put right"] += suggested(planted, casting)
            if not named(planted, casting):
                self.fail("unnamed", seed, planted.table, said_so)
            elif not suggested(planted, casting):
                self.fail("suggested", seed, planted.table, said_so)

    def noise(self, seed: str, table: Printed) -> None:
        """Unrelated figures: nothing should be found, and nothing differ."""
        casting = self.cast(seed, table)
        differing = [one for one in casting.relations if one.outcome == "differs"]
        self.counts["noise tables"] += 1
        self.counts["noise figures"] += len(table.steps)
        self.counts["noise relations"] += len(casting.relations)
        self.counts["noise differs"] += len(differing)
        if differing:
            self.fail("noise", seed, table, "\n".join(map(said, differing)))


def _kind(table: Printed, equation: Equation) -> str:
    """What is counted apart: sums down and across, percentages, and totals of one figure."""
    kind, _ = equation.pattern.split()
    named = {"row": "sum down", "col": "sum across", "share": "percentage"}[kind]
    if kind != "share" and len(table.form(equation)[1]) == 2:
        whole = "line" if len(equation.terms) == 1 else "figure, the others nil"
        return f"{named} of one {whole}"
    return named


def written(table: Printed, equation: Equation) -> str:
    if equation.kind == "percentage":
        (_, part), (_, whole) = equation.terms
        text = f"{cell_name(equation.total)} = {cell_name(part)} / {cell_name(whole)}"
    else:
        terms = (f"{'+' if sign > 0 else '-'}{cell_name(place)}" for sign, place in equation.terms)
        text = f"{cell_name(equation.total)} = {' '.join(terms)}"
    return f"  {text}  (out by {float(residual(table, equation)):g})"


def said(relation: Relation) -> str:
    return (
        f"  {relation.total} = {' '.join(relation.terms)}  [{relation.kind}] {relation.outcome}"
        f" stated {relation.stated} computed {relation.computed} sure {relation.confidence}"
    )


def main() -> None:
    """Run a trial and print its counts, and the smallest failures of each class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="how many tables")
    parser.add_argument("--seed", default="1", help="any word; others are other tables")
    parser.add_argument("--lines", type=int, default=20, help="most lines in a table, about")
    parser.add_argument("--show", type=int, default=0, help="print so many failures of each class")
    parser.add_argument("--only", choices=CLASSES, help="print failures of this class alone")
    parser.add_argument("--one", help="draw and print this table alone, by its seed (1-37)")
    asked = parser.parse_args()
    trial = Trial(cast)
    seeds = [asked.one] if asked.one else [f"{asked.seed}-{n}" for n in range(asked.count)]
    for seed in seeds:
        random = Random(seed)
        table = printed_table(random, lines=asked.lines)
        trial.clean(seed, table)
        planted = plant(random, table)
        if planted:
            trial.wrong(seed, planted)
        trial.noise(seed, printed_table(random, lines=asked.lines, unrelated=True))
        if asked.one:
            _print_table(table)
    shown = max(asked.show, 1) if asked.one or asked.only else asked.show
    for what in CLASSES:
        if asked.only in (None, what):
            failed = sorted((f for f in trial.failures if f.what == what), key=lambda f: f.size)
            for failure in failed[:shown]:
                print(f"== {what}, table {failure.seed}")
                _print_table(failure.table)
                print(failure.detail)
    _print_counts(trial)


def _print_table(table: Printed) -> None:
    csv.writer(sys.stdout, lineterminator="\n").writerows(table.cells)


def _print_counts(trial: Trial) -> None:
    for name, count in sorted(trial.counts.items()):
        print(f"{count:8,}  {name}")
    for what in CLASSES:
        print(f"{sum(1 for f in trial.failures if f.what == what):8,}  tables failing: {what}")
    print(f"{trial.spent:8.2f}  seconds; the slowest {trial.slowest:.2f}")
