"""The command line. What is heavy is imported by the command that needs it."""

import gc
import os
import sys


def main() -> None:
    """Start the command line."""
    # A command makes what it needs and ends: looking for what could be freed only takes time,
    # a quarter of it for a large plan.
    gc.disable()
    # Pydantic's plugins have no business in a plan, and looking for them takes time too.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from cfbudget.cli.signals import clear_away_on_signals
    from cfbudget.cli.streams import open_streams

    clear_away_on_signals()
    if not open_streams():
        print("cfbudget: standard output is closed: send it somewhere", file=sys.stderr)
        sys.exit(2)
    from cfbudget.cli.app import run

    try:
        run()
    finally:
        # Nor is what a command leaves behind looked through once more as the interpreter ends: that
        # is an eighth of a small command. Files are closed and flushed as ever.
        gc.freeze()
