"""The scheduler of a Dask cluster: reached within seconds, and with workers like this program."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client

SAME = ("cfbudget", "distributed", "openpyxl", "pyarrow", "pydantic", "PyYAML")
"""What reads plans and writes records: another version of it may write other bytes."""
ANSWERED = 5.0
"""Seconds in which a scheduler answers, if it is there."""
INSTALL = "pip install 'cfbudget[cluster]'"

Versions = Mapping[str, str]
"""Of each library, and of Python without its last number, which changes no byte."""


class NoCluster(Exception):
    """The cluster cannot do the work: why, and what to type."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason, hint)
        self.reason, self.hint = reason, hint


@contextmanager
def reached(scheduler: str) -> "Iterator[Client]":
    """A client of the scheduler, whose workers have the versions that are here.

    Raises:
        NoCluster: it cannot be reached, or a worker has other versions.
    """
    client = _client(scheduler)
    try:
        _need_same_versions(client, scheduler)
        yield client
    finally:
        with suppress(Exception):  # it may be gone
            client.close(timeout=ANSWERED)


def own_versions() -> Versions:
    """The versions of what reads plans here, on whichever machine that is."""
    from distributed.versions import get_package_info

    return _versions(get_package_info(SAME))


def differing(here: Versions, there: Versions) -> str:
    """Which versions are others there, in words; empty for none."""
    return ", ".join(
        f"{name} {there[name] or 'missing'} (here {here[name]})"
        for name in here
        if here[name] != there[name]
    )


def _client(scheduler: str) -> "Client":
    """Connect in a thread of its own: to a program that is no scheduler, Dask waits for ever."""
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster("a cluster needs Dask, which is not installed", INSTALL) from None
    for name in [
        name for name in logging.root.manager.loggerDict if name.startswith("distributed")
    ]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said by us
    made: list[Client] = []
    refused: list[Exception] = []

    def connect() -> None:
        try:
            with warnings.catch_warnings(action="ignore"):
                made.append(Client(scheduler, timeout=ANSWERED, set_as_default=False))
        except Exception as error:  # whatever it makes of what answers there
            refused.append(error)

    thread = Thread(target=connect, daemon=True)
    thread.start()
    thread.join(2 * ANSWERED)
    if made:
        return made[0]
    if refused and isinstance(refused[0], ValueError):
        hint = "a scheduler's address is such as tcp://host:8786"
        raise NoCluster(f"{scheduler!r} is no scheduler's address: {refused[0]}", hint)
    hint = "start one with: dask scheduler, and name the address that it says"
    raise NoCluster(f"no scheduler answers at {scheduler}", hint)


def _need_same_versions(client: "Client", scheduler: str) -> None:
    found: Any = client.get_versions(packages=list(SAME))
    here = _versions(found["client"]["packages"])
    only = {"distributed": here["distributed"], "python": here["python"]}
    stands = _versions(found["scheduler"]["packages"])
    others = [(scheduler, differing(only, stands))]
    others += [
        (f"the worker {address}", differing(here, _versions(worker["packages"])))
        for address, worker in sorted(found["workers"].items())
    ]
    refuse_others([(who, what) for who, what in others if what], here)


def refuse_others(others: list[tuple[str, str]], here: Versions) -> None:
    """Refuse workers with other versions.

    Args:
        others: who they are, and what differs there.

    Raises:
        NoCluster: there are any.
    """
    if others:
        who, what = others[0]
        more = f"; and {len(others) - 1} more" if others[1:] else ""
        release = f"cfbudget[cluster,parquet]=={here['cfbudget']}"
        hint = f"install the same on every machine: pip install '{release}'"
        raise NoCluster(f"{who} has other versions: {what}{more}", hint)


def _versions(packages: Mapping[str, Any]) -> Versions:
    python = ".".join(str(packages["python"]).split(".")[:2])
    return {"python": python} | {name: str(packages.get(name) or "") for name in SAME}
