"""Plans read by the workers of a cluster, by addresses that other machines understand."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path

from cfbudget import rules
from cfbudget.many.cluster import Lost, cluster_outcomes
from cfbudget.many.plan_task import PlanOutcome, PlanTask
from cfbudget.many.scheduler import NoCluster
from cfbudget.problem import Place
from cfbudget.read.folder import holds_plan
from cfbudget.stores import is_address

SHARED = "workers read a folder that all machines share, or an address such as s3://bucket/plans"


def cluster_plans(
    tasks: Sequence[PlanTask], work: Callable[[PlanTask], PlanOutcome], scheduler: str
) -> Generator[PlanOutcome]:
    """What becomes of each plan, in their order; one that ended its workers has a problem.

    Raises:
        OSError, NotProved: as the work does.
        NoCluster: the cluster cannot do it, or does not see the plans.
    """
    sent = [
        task._replace(address=_everywhere(task.address), partition=_everywhere(task.partition))
        for task in tasks
    ]
    with closing(cluster_outcomes(sent, work, scheduler)) as outcomes:
        for task, became in zip(tasks, outcomes, strict=True):
            if isinstance(became, Lost):
                yield _lost(task, became)
                continue
            if any(problem.rule == rules.NO_PLAN.code for problem in became.problems):
                _need_seen(task)
            yield became._replace(address=task.address)


def _everywhere(named: str) -> str:
    """A name that does not depend on the folder in which the command was given."""
    return named if is_address(named) or not named else str(Path(named).absolute())


def _lost(task: PlanTask, lost: Lost) -> PlanOutcome:
    message = f"{lost.workers} workers ended while they read this plan and nothing else"
    hint = "it may need more memory than a worker has: the workers' logs say why they ended"
    problem = rules.UNREADABLE.at(Place(""), message, hint)
    return PlanOutcome(task.plan, task.address, problems=(problem,))


def _need_seen(task: PlanTask) -> None:
    if not is_address(task.address) and holds_plan(Path(task.address)):
        raise NoCluster(f"{task.address} holds a plan, and a worker does not see it", SHARED)
