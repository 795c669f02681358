"""The command line in a process of its own, forked from one that has imported it already.

What starts a hundred times in the tests starts in a tenth of the time so. Whatever depends on how
an interpreter starts (what is imported, an odd environment, a closed stream) has a real process.
"""

import atexit
import contextlib
import importlib
import io
import json
import os
import pkgutil
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

COMMAND = str(Path(sys.executable).parent / "cfbudget")
ROOT = Path(__file__).parents[2]
ODD = ("PYTHON", "LC_", "LANG", "_CFBUDGET", "TZ")
"""What an environment's names begin with that an interpreter reads as it starts."""


class Streams(NamedTuple):
    """The files that a command has for its standard streams."""

    given: int
    out: int
    err: int


def is_plain(env: Mapping[str, str]) -> bool:
    """Whether an interpreter that stands already would read an environment as a new one would."""
    odd = {name for name in {*env, *os.environ} if name.startswith(ODD)}
    return all(env.get(name) == os.environ.get(name) for name in odd)


class Seen(NamedTuple):
    """What a command printed, and its exit status."""

    stdout: str
    stderr: str
    returncode: int


def run_warm(
    words: Sequence[str], folder: Path, env: Mapping[str, str], given: int | None = None
) -> Seen:
    """Run a command to its end.

    Args:
        given: the file that it has for its standard input; None for an empty one.
    """
    nothing = os.open(os.devnull, os.O_RDONLY)
    out, err = os.pipe(), os.pipe()
    stdin = nothing if given is None else given
    running = Running(words, folder, env, Streams(stdin, out[1], err[1]))
    for ours in (nothing, out[1], err[1]):
        os.close(ours)
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(_read, err[0])
        return Seen(_read(out[0]), reading.result(), running.status)


def _read(pipe: int) -> str:
    with open(pipe, encoding="utf-8") as file:
        return file.read()


class Running:
    """A command that has been started; `status` waits for its end."""

    def __init__(self, words: Sequence[str], folder: Path, env: Mapping[str, str], to: Streams):
        asked = {"words": list(words), "folder": str(folder), "env": dict(env)}
        message = json.dumps(asked).encode()
        self._line = _server().line
        head = len(message).to_bytes(4, "big")
        socket.send_fds(self._line, [head], list(to))
        self._line.sendall(message)

    @property
    def status(self) -> int:
        """Its exit status; minus the number of the signal that ended it."""
        return int.from_bytes(_received(self._line, 4), "big", signed=True)


class _Server(NamedTuple):
    line: socket.socket
    process: subprocess.Popen[bytes]
    """Kept, so that it is not called lost."""


@cache
def _server() -> _Server:
    """The process that has imported all; it ends with this one, which holds the other side."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kit.warm_command", str(theirs.fileno())],
        cwd=ROOT,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    return _Server(ours, process)


def _received(line: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise EOFError
        found += part
    return found


# -- the other side -------------------------------------------------------------------------


def serve(line: socket.socket) -> None:
    """Run what is asked for, each in a fork, one after the other."""
    _import_all()
    while True:
        head, streams, _, _ = socket.recv_fds(line, 4, 3)
        if not head:
            return
        asked = json.loads(_received(line, int.from_bytes(head, "big")))
        sys.stdout.flush()
        child = os.fork()
        if not child:
            line.close()
            _run(asked, streams)
        for stream in streams:
            os.close(stream)
        _, ended = os.waitpid(child, 0)
        status = os.waitstatus_to_exitcode(ended)
        line.sendall(status.to_bytes(4, "big", signed=True))


def _import_all() -> None:
    """Import all that the commands do, and build the models of a plan once."""
    import openpyxl  # noqa: F401
    import xlsxwriter  # noqa: F401

    import cfbudget
    from cfbudget.loaded import load_folder

    for found in pkgutil.walk_packages(cfbudget.__path__, "cfbudget."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    assert load_folder(str(ROOT / "data")).plan is not None


def _run(asked: dict[str, object], streams: Sequence[int]) -> None:
    status = 1
    try:
        for stream, number in zip(streams, range(3), strict=True):
            os.dup2(stream, number)
            os.close(stream)
        words, env = asked["words"], asked["env"]
        assert isinstance(words, list)
        assert isinstance(env, dict)
        os.chdir(str(asked["folder"]))
        os.environ.clear()
        os.environ.update(env)
        sys.argv = [COMMAND, *words]
        sys.modules["__main__"].__package__ = None  # as of a script: usage lines say its name
        sys.stdin = _opened(0, "r", "strict")
        sys.stdout = _opened(1, "w", "strict")
        sys.stderr = _opened(2, "w", "backslashreplace")
        status = _ended()
    finally:
        os._exit(status)


def _opened(number: int, mode: str, errors: str) -> io.TextIOWrapper:
    opened = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
    assert isinstance(opened, io.TextIOWrapper)
    if mode == "w" and (number == 2 or opened.isatty()):
        opened.reconfigure(line_buffering=True)
    return opened


def _ended() -> int:
    """The status with which a command ends."""
    from cfbudget.cli import main

    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    return status


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
