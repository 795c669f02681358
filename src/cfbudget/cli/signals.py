"""A signal ends the command as an exception, so that what is half done is cleared away."""

import signal
from types import FrameType
from typing import NoReturn

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, kill, and a terminal that is closed; not every system has the last."""


def clear_away_on_signals() -> None:
    """Let signals end the command with 128 and their number, as shells tell it.

    One that is ignored, as nohup and shells have it for work in the background, stays ignored.
    """
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
