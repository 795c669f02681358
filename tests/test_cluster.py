"""Many plans on a cluster of two worker processes: the same bytes, whatever happens to them."""

from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from threading import Timer

import pytest
import s3fs
from dask import config
from distributed import LocalCluster
from moto.server import ThreadedMotoServer

from cfbudget.many import cluster, cluster_plans, scheduler
from cfbudget.many.found_plans import found_plans
from cfbudget.many.partitions import partitions_of
from cfbudget.many.plan_task import PlanOutcome, PlanTask
from cfbudget.many.plan_work import done
from cfbudget.many.scheduler import NoCluster
from tests.kit import cluster_work
from tests.kit.processes import cfbudget
from tests.kit.support import OPTIONS, small_texts
from tests.test_many_plans import written


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A store on this machine, and what is to be said of it to whoever uses it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    said = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "anybody",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, value in said.items():
            patched.setenv(name, value)
        yield said
    server.stop()


@pytest.fixture(scope="module")
def workers(environment: dict[str, str]) -> Iterator[str]:
    """The scheduler of two workers; one death more than this, and Dask gives a task up."""
    with config.set({"distributed.scheduler.allowed-failures": 1}), two_workers() as made:
        yield made.scheduler_address


def two_workers(count: int = 2) -> LocalCluster:
    return LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    )


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """Nine plans, and one that cannot be read."""
    for number in range(9):
        texts = small_texts(options=OPTIONS.replace("-10", f"-1{number}"))
        written(tmp_path / "plans" / f"town-{number}", texts)
    written(tmp_path / "plans" / "town-7b", {"funding.yaml": "name: ["})
    return tmp_path / "plans"


def tasks_of(region: Path, target: Path) -> list[PlanTask]:
    target.mkdir()
    places = found_plans([str(region)]).places
    parts = partitions_of([place.plan for place in places], str(target))
    return [PlanTask(*place, part, ("kind",)) for place, part in zip(places, parts, strict=True)]


def at_work(
    tasks: Sequence[PlanTask], work: Callable[[PlanTask], PlanOutcome], address: str
) -> Generator[PlanOutcome]:
    return cluster_plans.cluster_plans(tasks, work, PlanTask.unread, address)


def on_this_machine(region: Path) -> tuple[list[PlanOutcome], dict[str, bytes]]:
    target = region.with_name("here")
    return [done(task) for task in tasks_of(region, target)], files_in(target)


def files_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_command_prints_and_writes_the_same(region: Path, workers: str) -> None:
    home = region.parent
    here = cfbudget("consolidate", "plans", "-o", "here.parquet", folder=home)
    there = cfbudget(
        "consolidate", "plans", "-o", "there.parquet", "--scheduler", workers, folder=home
    )
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
    assert there.stderr == here.stderr.replace("here.parquet", "there.parquet")
    assert "9 of 10 plans" in there.stderr
    assert files_in(home / "there.parquet") == files_in(home / "here.parquet")


def test_plans_are_checked_there_as_here(region: Path, workers: str) -> None:
    home = region.parent
    for words in (["check", "plans"], ["check", "plans", "-f", "json"]):
        here = cfbudget(*words, folder=home)
        there = cfbudget(*words, "--scheduler", workers, folder=home)
        assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
        assert there.stderr == here.stderr


def test_plans_and_records_may_stand_in_a_store(region: Path, workers: str) -> None:
    home = region.parent
    store = s3fs.S3FileSystem()
    store.mkdir("council")
    store.put(f"{region}/", "council/plans/", recursive=True)
    here = cfbudget("consolidate", "plans", "-o", "here.parquet", folder=home)
    words = ["consolidate", "s3://council/plans", "-o", "s3://council/all.parquet"]
    there = cfbudget(*words, "--scheduler", workers)
    assert (there.returncode, there.stdout) == (here.returncode, here.stdout)
    put = {
        name.removeprefix("council/all.parquet/"): store.cat_file(name)
        for name in store.find("council/all.parquet")
    }
    assert put == files_in(home / "here.parquet")
    again = cfbudget(*words)
    assert again.returncode == 2
    assert "a store replaces no folder" in again.stderr
    # A plan that comes later is seen by workers that have looked there before.
    store.pipe_file("council/plans/town-1/funding.yaml", b"name: [")
    later = cfbudget("consolidate", "s3://council/plans", "--scheduler", workers)
    assert "8 of 10 plans" in later.stdout


def test_a_worker_is_killed_in_the_middle(region: Path, workers: str) -> None:
    tasks = tasks_of(region, region.with_name("there"))
    outcomes = list(at_work(tasks, cluster_work.killed_once, workers))
    assert (outcomes, files_in(region.with_name("there"))) == on_this_machine(region)


def test_a_plan_that_ends_every_worker_is_named_and_no_other(region: Path, workers: str) -> None:
    written(region / cluster_work.DEADLY, small_texts())
    tasks = tasks_of(region, region.with_name("there"))
    outcomes = list(at_work(tasks, cluster_work.killed_by_one, workers))
    here, files = on_this_machine(region)
    dead = next(one for one in outcomes if one.plan == cluster_work.DEADLY)
    assert [one for one in outcomes if one is not dead] == [
        one for one in here if one.plan != cluster_work.DEADLY
    ]
    assert dead.problems[0].message == "2 workers ended while they read this plan and nothing else"
    assert files_in(region.with_name("there")) == {
        name: content for name, content in files.items() if cluster_work.DEADLY not in name
    }


def test_nothing_is_being_done_once_no_more_is_wanted(region: Path, workers: str) -> None:
    tasks = tasks_of(region, region.with_name("there"))
    outcomes = at_work(tasks, cluster_work.held, workers)
    next(outcomes)
    Timer(1, (region / "let go").touch).start()
    outcomes.close()
    begun, ended = ({*region.glob(f"*/{word}")} for word in ("begun", "ended"))
    assert {path.parent for path in begun} == {path.parent for path in ended}
    assert 0 < len(begun) < len(tasks)


def refused(region: Path, address: str) -> tuple[str, str]:
    tasks = [PlanTask(*place) for place in found_plans([str(region)]).places]
    with pytest.raises(NoCluster) as error:
        list(at_work(tasks, done, address))
    return error.value.reason, error.value.hint


def test_a_scheduler_that_is_not_there(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "ANSWERED", 0.2)
    assert refused(region, "tcp://127.0.0.1:1") == (
        "no scheduler answers at tcp://127.0.0.1:1",
        "start one with: dask scheduler, and name the address that it says",
    )
    assert "unknown address scheme 'http'" in refused(region, "http://127.0.0.1")[0]
    said = cfbudget("consolidate", str(region), "--scheduler", "http://127.0.0.1")
    assert said.returncode == 2
    assert "a scheduler's address is such as tcp://host:8786" in said.stderr


def test_workers_that_are_not_there(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WATCHED", 0.1)
    monkeypatch.setattr(cluster, "MISSED", 0.3)
    with two_workers(0) as nobody:
        reason, hint = refused(region, nobody.scheduler_address)
    assert "10 of its plans are not done" in reason
    assert f"dask worker {nobody.scheduler_address} starts one" in hint


def test_workers_with_other_versions(
    region: Path, workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = dict(scheduler.own_versions())
    with monkeypatch.context() as late:
        late.setattr(cluster, "own_versions", lambda: here | {"pyarrow": "1.0"})
        reason, _ = refused(region, workers)
    assert f"has other versions: pyarrow {here['pyarrow']} (here 1.0)" in reason

    def other(packages: Sequence[str]) -> dict[str, str]:
        return here | {"python": "3.9.1.final.0", "cfbudget": "9.9"}

    monkeypatch.setattr("distributed.versions.get_package_info", other)
    reason, hint = refused(region, workers)
    differ = f"python {here['python']} (here 3.9), cfbudget {here['cfbudget']} (here 9.9)"
    assert f" has other versions: {differ}" in reason
    assert hint == "install the same on every machine: pip install 'cfbudget[cluster,parquet]==9.9'"


def test_workers_that_do_not_see_the_plans(
    region: Path, workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_plans, "_whole", lambda named: f"/not/there{named}")
    reason, hint = refused(region, workers)
    assert reason == f"{region}/town-0 holds a plan, and a worker does not see it"
    assert hint == cluster_plans.SHARED
