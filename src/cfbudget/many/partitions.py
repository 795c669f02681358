"""The records of each plan, written where it is read; and all of them put together in order."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from cfbudget.layout.tidy import Record
from cfbudget.render.data import csv_line, csv_lines, json_text
from cfbudget.stores import beneath, is_address, put

FIELDS = ("plan", *Record._fields)
"""Of a record of many plans: whose it is, then what it is in that plan."""
PART = "part-0.parquet"
"""The one file of a partition."""


def hive_folder(plan: str) -> str:
    """The folder of a plan's partition: readers of such folders take the field from its name."""
    return f"plan={quote(plan, safe='')}"


def partitions_of(plans: Iterable[str], folder: str) -> list[str]:
    """Where the records of each plan belong in a folder, which may stand in a store."""
    return [beneath(folder, f"{hive_folder(plan)}/{PART}") for plan in plans]


def write_partition(target: str, plan: str, records: Sequence[Record]) -> None:
    """Write the records of a plan: as Parquet, without the field that its folder's name says, or
    as lines of CSV or JSON that stand among those of other plans.

    Args:
        target: a path, or an address in a store.

    Raises:
        OSError: it could not be written.
    """
    if not is_address(target):
        # The folder around it is there, or this is a machine that does not share it.
        Path(target).parent.mkdir(exist_ok=True)
        _write(Path(target), plan, records)
        return
    with TemporaryDirectory(prefix="cfbudget-") as folder:
        here = Path(folder, target.rpartition("/")[2])
        _write(here, plan, records)
        put(target, here.read_bytes())


def _write(target: Path, plan: str, records: Sequence[Record]) -> None:
    if target.suffix == ".parquet":
        from cfbudget.render.parquet import write_parquet

        write_parquet(Record._fields, records, target)
        return
    if target.suffix == ".csv":
        text = csv_lines(FIELDS, ((plan, *record) for record in records))
    else:
        named = ({"plan": plan, **record._asdict()} for record in records)
        text = ",\n".join(map(json_text, named))
    target.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")


def joined_csv(parts: Iterable[Path]) -> Iterator[str]:
    """The lines of all plans below one heading, in pieces."""
    yield csv_line(FIELDS)
    for part in parts:
        yield part.read_text(encoding="utf-8")


def joined_json(parts: Iterable[Path]) -> Iterator[str]:
    """One list of the records of all plans, in pieces."""
    before = "[\n"
    for part in parts:
        if text := part.read_text(encoding="utf-8"):
            yield before
            yield text
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def is_partitioned(folder: Path) -> bool:
    """Whether a folder holds partitions and nothing else, so that it may be replaced by others.

    Raises:
        OSError: that cannot be told.
    """
    return all(
        one.name.startswith("plan=") and one.is_dir() and _names(one) <= {PART}
        for one in folder.iterdir()
    )


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}
