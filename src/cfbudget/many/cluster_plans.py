"""Plans done by the workers of a cluster, by addresses that other machines understand."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from cfbudget import rules
from cfbudget.many.cluster import Lost, cluster_outcomes
from cfbudget.many.plan_check import CheckedPlan, CheckTask
from cfbudget.many.plan_task import PlanOutcome, PlanTask
from cfbudget.many.scheduler import NoCluster
from cfbudget.problem import Place, Problem
from cfbudget.read.folder import holds_plan
from cfbudget.stores import is_address

SHARED = "workers read a folder that all machines share, or an address such as s3://bucket/plans"

SentTask = TypeVar("SentTask", PlanTask, CheckTask)
CameBack = TypeVar("CameBack", PlanOutcome, CheckedPlan)


def cluster_plans(
    tasks: Sequence[SentTask],
    work: Callable[[SentTask], CameBack],
    unread: Callable[[SentTask, tuple[Problem, ...], Mapping[str, str]], CameBack],
    scheduler: str,
) -> Generator[CameBack]:
    """What becomes of each plan, in their order; one that ended its workers has a problem.

    Args:
        unread: what becomes of a task where there is no plan.

    Raises:
        OSError, NotProved: as the work does.
        NoCluster: the cluster cannot do it, or does not see the plans.
    """
    sent = [_elsewhere(task) for task in tasks]
    with closing(cluster_outcomes(sent, work, scheduler)) as outcomes:
        for task, became in zip(tasks, outcomes, strict=True):
            if isinstance(became, Lost):
                yield unread(task, (_lost(became),), {})
                continue
            if any(problem.rule == rules.NO_PLAN.code for problem in became.problems):
                _need_seen(task.address)
            yield became.named(task.address)


def _elsewhere(task: SentTask) -> SentTask:
    """A task whose names do not depend on the folder in which the command was given."""
    if isinstance(task, PlanTask):
        task = task._replace(partition=_whole(task.partition))
    return task._replace(address=_whole(task.address))


def _whole(named: str) -> str:
    return named if is_address(named) or not named else str(Path(named).absolute())


def _lost(lost: Lost) -> Problem:
    message = f"{lost.workers} workers ended while they read this plan and nothing else"
    hint = "it may need more memory than a worker has: the workers' logs say why they ended"
    return rules.UNREADABLE.at(Place(""), message, hint)


def _need_seen(address: str) -> None:
    if not is_address(address) and holds_plan(Path(address)):
        raise NoCluster(f"{address} holds a plan, and a worker does not see it", SHARED)
