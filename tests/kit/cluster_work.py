"""What workers of a cluster do in tests: a plan's work, with something that goes wrong."""

import os
import signal
from pathlib import Path
from time import sleep

from cfbudget.many.plan_task import PlanOutcome, PlanTask
from cfbudget.many.plan_work import done

DEADLY = "deadly"
"""The name of a plan that ends every worker which reads it."""


def killed_once(task: PlanTask) -> PlanOutcome:
    """Be killed while a plan is half written, the first time that one is."""
    target = Path(task.partition)
    if target.parent.name == "plan=town-2" and not target.parent.exists():
        target.parent.mkdir()
        target.write_bytes(b"PAR1 and no more")
        os.kill(os.getpid(), signal.SIGKILL)
    return done(task)


def killed_by_one(task: PlanTask) -> PlanOutcome:
    if task.plan == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return done(task)


def held(task: PlanTask) -> PlanOutcome:
    """Say in the plan's folder when it is begun, and when it has ended.

    All plans but the first are held until they are let go.
    """
    folder = Path(task.address)
    (folder / "begun").touch()
    while folder.name != "town-0" and not (folder.parent / "let go").exists():
        sleep(0.05)
    (folder / "ended").touch()
    return PlanOutcome(task.plan, task.address)
