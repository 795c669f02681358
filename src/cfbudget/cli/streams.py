"""The three streams of the command, made fit for whatever is written to them."""

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Lenient(io.FileIO):
    """What it cannot take is lost: no result changes because stderr takes nothing."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def open_streams() -> bool:
    """Make the streams usable, also those that are closed; whether stdout was open.

    There is nothing in a closed stdin, and a closed stderr takes what is said to nowhere.
    A stream that cannot show a character of a name shows ? and keeps the figures.
    """
    was_open = sys.stdout is not None
    _fill()
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf-8")
    encoding = sys.stderr.encoding if sys.stderr is not None else "utf-8"
    plain = io.BufferedWriter(_Lenient(2, "w", closefd=False))
    sys.stderr = io.TextIOWrapper(plain, encoding, errors="replace", line_buffering=True)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return was_open


def _fill() -> None:
    """Let something stand at 0, 1 and 2: a file that is opened would otherwise get the number of
    a closed stream, and what is printed."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(opened)
