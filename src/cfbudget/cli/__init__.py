"""The command line. What is heavy is imported by the command that needs it."""

import gc
import io
import os
import sys


def main() -> None:
    """Start the command line."""
    # A command makes what it needs and ends: looking for what could be freed only takes time,
    # a quarter of it for a large plan.
    gc.disable()
    # Pydantic's plugins have no business in a plan, and looking for them takes time too.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # closed: there is nowhere to say anything
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character of a name shows ? and keeps the figures.
            stream.reconfigure(errors="replace")
    from cfbudget.cli.app import run

    run()
