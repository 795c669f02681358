"""Running a command in a terminal of a given width."""

import fcntl
import os
import pty
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.kit.warm_command import Running, Streams


def run_in_terminal(
    words: Sequence[str], folder: Path, width: int, env: Mapping[str, str], typed: str = ""
) -> tuple[str, int]:
    """What a command shows on a terminal, stdout and stderr together, and its exit status.

    Args:
        words: those that stand after the command's name.
        typed: what is typed on it, which the terminal shows too.
    """
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    running = Running(words, folder, {**env, "TERM": "xterm"}, Streams(theirs, theirs, theirs))
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side has closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), running.status
