"""`cfbudget model` as the tests of it run it."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from cfbudget.cli.app import command_line
from tests.kit.scenarios import TOWN_CAPITAL, TOWN_OPTIONS, TOWN_REVENUE

FILES = {
    "revenue_2024_25.yaml": TOWN_REVENUE,
    "policy_options.yaml": TOWN_OPTIONS,
    "capital_programme.yaml": TOWN_CAPITAL,
}
SET = ("--set", "fees@2024-25=-4")


class Done(NamedTuple):
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str


def hashed(folder: Path) -> dict[str, str]:
    """The files of a folder, each by the hash of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def model(*words: str) -> Done:
    """Run the command. An exception that is none of its own is a fault, and raised."""
    done = CliRunner().invoke(command_line(), ["model", *words], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def tried(*words: str) -> str:
    done = model(*words)
    assert done.status == 0, done.err
    return done.out


def refused(*words: str) -> str:
    """What a command that cannot do its work says: on stderr alone."""
    done = model(*words)
    assert (done.status, done.out) == (2, ""), done
    assert done.err.strip()
    return done.err


def written(text: str, name: str = "s.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name
