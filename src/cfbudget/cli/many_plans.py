"""Many plans done together, with progress; their problems shown, their records stored."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

import typer

from cfbudget.cli.output import deliver_pieces, print_found, unwritten, wrote
from cfbudget.cli.which_plan import fail, is_folder, say
from cfbudget.grammar import counted

if TYPE_CHECKING:
    from cfbudget.many.cluster_plans import CameBack, SentTask
    from cfbudget.many.consolidated import Consolidated
    from cfbudget.many.found_plans import PlanPlace
    from cfbudget.many.heading_map import MapLine
    from cfbudget.many.local_pool import Became, Task
    from cfbudget.problem import Problem


class WantedPlans(NamedTuple):
    """Which plans are to be done, and what is asked of them together."""

    places: "Sequence[PlanPlace]"
    by: tuple[str, ...] = ()
    mapping: "tuple[MapLine, ...]" = ()
    texts: Mapping[str, str] = {}
    """The map's text by its name, to show its lines."""
    scheduler: str | None = None
    """Of the cluster that does them; None for this machine."""

    @property
    def plans(self) -> list[str]:
        """Their names."""
        return [place.plan for place in self.places]


def done_together(wanted: WantedPlans, partitions: Sequence[str] = ()) -> "Consolidated":
    """Do every plan, and show the problems of those that cannot be read.

    Args:
        partitions: where the records of each are to be written, if they are.

    Raises:
        OSError: what was to be written could not be.
        typer.Exit: no plan could be read, or the map does not fit one.
    """
    from cfbudget.many.consolidated import consolidated
    from cfbudget.many.plan_task import PlanTask
    from cfbudget.many.plan_work import done

    places, by, mapping, texts, scheduler = wanted
    parts = partitions or [""] * len(places)
    tasks = [
        PlanTask(*place, part, by, tuple(line for line in mapping if line.is_of(place.plan)))
        for place, part in zip(places, parts, strict=True)
    ]
    reading = "Reading plans"
    outcomes = (
        on_cluster(reading, tasks, done, PlanTask.unread, scheduler)
        if scheduler
        else in_order(reading, tasks, done)
    )
    together = consolidated(by, outcomes, mapping)
    for one in together.unread:
        print_found(one.address, one.problems, one.texts)
    if together.map_problems:
        print_found("", together.map_problems, texts)
        raise typer.Exit(2)
    if not together.read:
        raise fail("no plan could be read: there is nothing to consolidate")
    return together


def in_order(
    what: str, tasks: "Sequence[Task]", work: "Callable[[Task], Became]"
) -> "Iterator[Became]":
    """What becomes of each task, in their order, with progress on a terminal.

    Args:
        what: is being done.

    Raises:
        typer.Exit: a process was ended from outside.
    """
    from concurrent.futures import BrokenExecutor

    from cfbudget.cli.progress import bar
    from cfbudget.many.local_pool import outcomes

    try:
        with bar() as progress:
            progress.doing(what, len(tasks))
            for became in outcomes(tasks, work):
                yield became
                progress.step(1)
    except BrokenExecutor:
        raise fail(
            "a process that was reading plans has been ended, perhaps for want of memory: "
            "nothing was written"
        ) from None


def on_cluster(
    what: str,
    tasks: "Sequence[SentTask]",
    work: "Callable[[SentTask], CameBack]",
    unread: "Callable[[SentTask, tuple[Problem, ...], Mapping[str, str]], CameBack]",
    scheduler: str,
) -> "Iterator[CameBack]":
    """The same of plans, by the workers of a cluster.

    Args:
        what: is being done.
        unread: what becomes of a task where there is no plan.

    Raises:
        typer.Exit: the cluster cannot do it.
    """
    from cfbudget.cli.progress import bar
    from cfbudget.many.cluster_plans import cluster_plans
    from cfbudget.many.scheduler import NoCluster

    outcomes = cluster_plans(tasks, work, unread, scheduler)
    try:
        with bar() as progress, closing(outcomes):
            progress.doing(what, len(tasks))
            for became in outcomes:
                yield became
                progress.step(1)
    except NoCluster as error:
        raise fail(f"{error.reason}: nothing was written", error.hint) from None


def stored_partitions(wanted: WantedPlans, named: str) -> "Consolidated":
    """Do every plan, and put the records of each into its partition of a folder."""
    from cfbudget.many.partitions import partitions_of
    from cfbudget.written_files import folder_beside

    target = Path(named)
    need_pyarrow()
    _may_replace(target)
    try:
        with folder_beside(target) as beside:
            together = done_together(wanted, partitions_of(wanted.plans, str(beside)))
    except OSError as error:
        raise unwritten(target, error) from None
    wrote(target, how_many(together))
    return together


def stored_records(
    wanted: WantedPlans, form: Literal["csv", "json"], output: Path | None
) -> "Consolidated":
    """Do every plan, and put the records of all of them into one text, in the plans' order."""
    from cfbudget.many.page import said_of_plans
    from cfbudget.many.partitions import joined_csv, joined_json

    with records_apart(wanted, form) as (together, parts):
        for sentence in said_of_plans(together):
            say(sentence)
        joined = joined_csv if form == "csv" else joined_json
        deliver_pieces(joined(parts), output)
    return together


@contextmanager
def records_apart(
    wanted: WantedPlans, form: Literal["csv", "json"]
) -> "Iterator[tuple[Consolidated, list[Path]]]":
    """Do every plan, and have the records of each in a file of its own until they were used."""
    with TemporaryDirectory(prefix="cfbudget-") as folder:
        named = [Path(folder, f"{number}.{form}") for number in range(len(wanted.places))]
        try:
            together = done_together(wanted, list(map(str, named)))
        except OSError as error:
            raise fail(f"cannot write records in {folder}: {error.strerror or error}") from None
        made = zip(named, together.plans, strict=True)
        yield together, [part for part, one in made if not one.problems]


def how_many(together: "Consolidated") -> str:
    of = f"{len(together.read):,} of {counted(len(together.plans), 'plan')}"
    return f"{counted(together.records, 'record')} of {of}"


def need_pyarrow() -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise fail(
            "a Parquet folder needs pyarrow: pip install 'cfbudget[parquet]', or write .csv or "
            ".json"
        )


def _may_replace(target: Path) -> None:
    """Refuse a place in which anything stands but partitions that were written there before."""
    from cfbudget.many.partitions import is_partitioned

    try:
        if target.is_dir():
            if not is_partitioned(target):
                raise fail(
                    f"{target} holds other files than partitions of plans: name another folder"
                )
        elif os.path.lexists(target):
            raise fail(f"{target} is a file, and records go to a folder: name another")
        elif not is_folder(str(target.parent)):
            raise fail(f"there is no folder {target.parent}: make it, or write elsewhere")
    except OSError as error:
        raise unwritten(target, error) from None
