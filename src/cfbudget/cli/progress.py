"""What a command is doing, shown on a terminal while it takes long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

SOON = 3.0
"""Seconds: work that ends sooner needs no bar."""


class Bar:
    """One line on stderr that says what is being done and how far it is."""

    def __init__(self) -> None:
        self.began = monotonic()
        self.shown: Progress | None = None
        self.what, self.total, self.done = "", 0, 0

    def doing(self, what: str, total: int = 0, *, long: bool = False) -> None:
        """Begin something new.

        Args:
            total: how many steps it has, if that is known.
            long: whether it is known to take long, so that a bar is shown at once.
        """
        if long:
            self.began -= SOON
        self.what, self.total, self.done = what, total, 0
        self._show()

    def step(self, count: int) -> None:
        """Some more steps are done; after the last one, only the end is waited for."""
        self.done += count
        if 0 < self.total <= self.done:
            self.what, self.total = "Saving", 0
        self._show()

    def _show(self) -> None:
        if self.shown is None:
            if monotonic() - self.began < SOON or not sys.stderr.isatty():
                return
            self.shown = _progress()
            self.shown.start()
            self.shown.add_task("", total=None)
        task = self.shown.task_ids[0]
        total = self.total or None
        self.shown.update(task, description=self.what, total=total, completed=self.done)


@contextmanager
def bar() -> Iterator[Bar]:
    """A bar that is gone when the work is done; nothing without a terminal."""
    made = Bar()
    try:
        yield made
    finally:
        if made.shown is not None:
            made.shown.stop()


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
