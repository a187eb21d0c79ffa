"""Long work runs in another process; whatever happens to it, a person reads one sentence and the next job works."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from survey_app import jobs
from survey_app.jobs import cluster
from survey_app.settings import settings
from tests.survey_app.jobs.watching import PATIENCE_S, WORK, ended, told, until
from transcripts.messages import MessageError, sentence

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]

ROOT = Path(__file__).parents[3]


def lives(process):
    """Whether the process of that number still works."""
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return False


def worker_process(key):
    jobs.submit(f"{WORK}:count", 1, key=key)
    return ended(key).result["in_process"]


@pytest.fixture(autouse=True)
def _work_is_importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def key(request):
    name = request.node.name
    yield name
    jobs.cancel(name)


def test_the_time_of_a_job_runs_from_its_first_word(key, tmp_path):
    file = tmp_path / "word"
    file.write_text("half", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=key)
    first = told(key).seconds
    until(lambda: jobs.state(key).seconds > first)
    assert 0 <= first < PATIENCE_S
    file.write_text("end", "utf-8")
    assert ended(key).seconds == 0


def test_a_worker_is_warm_for_what_it_has_done_until_it_is_replaced(key):
    jobs.shutdown()
    assert not jobs.warm(f"{WORK}:count")
    worker_process(key)
    assert jobs.warm(f"{WORK}:count")
    assert not jobs.warm(f"{WORK}:wait_for")
    jobs.shutdown()
    assert not jobs.warm(f"{WORK}:count")


def test_a_job_that_has_ended_can_be_forgotten(key, tmp_path):
    file = tmp_path / "word"
    file.write_text("half", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=key)
    told(key)
    jobs.forget(key)
    assert jobs.state(key).status == "running"
    file.write_text("end", "utf-8")
    ended(key)
    jobs.forget(key)
    assert jobs.state(key).status == "none"


@pytest.fixture
def other_cluster(monkeypatch):
    """Set DASK_SCHEDULER_ADDRESS for one test."""
    jobs.shutdown()

    def choose(address):
        monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", address)
        settings.cache_clear()

    yield choose
    jobs.shutdown()
    settings.cache_clear()


def test_a_job_runs_in_another_process_and_gives_its_result(key):
    jobs.submit(f"{WORK}:count", 3, key=key)
    state = ended(key)
    assert (state.status, state.progress, state.result["counted"]) == ("done", 1.0, 3)
    assert state.result["in_process"] != os.getpid()


def test_starting_a_job_returns_before_the_work_is_done(key, tmp_path):
    file = tmp_path / "word"
    file.write_text("go", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=key)
    assert jobs.state(key).status in {"waiting", "running"}
    file.write_text("end", "utf-8")
    assert ended(key).result == "end"


def test_progress_comes_while_the_work_goes_on(key, tmp_path):
    file = tmp_path / "word"
    file.write_text("one", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=key)
    assert str(told(key).message) == "the file says one"
    file.write_text("two", "utf-8")
    until(lambda: str(jobs.state(key).message) == "the file says two")
    assert (jobs.state(key).status, jobs.state(key).progress) == ("running", 0.5)
    file.write_text("end", "utf-8")
    assert ended(key).status == "done"


def test_a_job_is_found_again_by_its_key_from_another_thread(key, tmp_path):
    file = tmp_path / "word"
    file.write_text("one", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=key)
    told(key)
    seen = []
    reader = threading.Thread(target=lambda: seen.append(jobs.state(key)))
    reader.start()
    reader.join()
    assert (seen[0].status, seen[0].progress) == ("running", 0.5)
    file.write_text("end", "utf-8")
    assert ended(key).status == "done"


def test_a_key_without_a_job_has_no_state():
    assert jobs.state("never started").status == "none"
    jobs.cancel("never started")
    assert jobs.state("never started").status == "none"


def test_a_second_start_changes_nothing_while_the_first_runs(key, tmp_path):
    file = tmp_path / "word"
    file.write_text("first", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=key)
    told(key)
    jobs.submit(f"{WORK}:count", 1, key=key)
    file.write_text("end", "utf-8")
    assert ended(key).result == "end"


def test_a_problem_of_the_work_is_told_as_its_sentence(key):
    jobs.submit(f"{WORK}:refuse", key=key)
    state = ended(key)
    assert (state.status, str(state.message)) == ("failed", "The file a.csv is too large.")


def test_a_mistake_in_the_work_is_told_without_its_details(key, caplog):
    jobs.submit(f"{WORK}:stumble", key=key)
    state = ended(key)
    assert state.status == "failed"
    assert "unexpected error" in str(state.message)
    assert "only the log" not in str(state.message)
    assert "only the log shows this" in caplog.text


@pytest.mark.parametrize("function", [f"{WORK}:missing", "no_such_module:anything", f"{WORK}:answer_with_an_object"])
def test_work_that_cannot_be_called_or_answered_is_a_mistake_too(key, function):
    jobs.submit(function, key=key)
    assert "unexpected error" in str(ended(key).message)


def test_only_plain_values_travel(key):
    with pytest.raises(TypeError):
        jobs.submit(f"{WORK}:count", object(), key=key)
    assert jobs.state(key).status == "none"


def test_the_result_is_kept_before_the_job_counts_as_done(key):
    kept = []
    jobs.submit(f"{WORK}:count", 2, key=key, on_done=lambda result: kept.append((result["counted"], jobs.state(key))))
    assert ended(key).status == "done"
    assert [(counted, state.status) for counted, state in kept] == [(2, "running")]


def test_a_result_that_cannot_be_kept_makes_the_job_fail(key, caplog):
    def full(_result):
        raise MessageError(sentence("The disk is full."))

    def broken(_result):
        raise KeyError("column")

    jobs.submit(f"{WORK}:count", 1, key=key, on_done=full)
    assert str(ended(key).message) == "The disk is full."
    jobs.submit(f"{WORK}:count", 1, key=key, on_done=broken)
    assert "could not be kept" in str(ended(key).message)
    assert "column" in caplog.text


def test_a_cancelled_job_stops_working_and_the_same_process_takes_the_next(key, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "GRACE_S", PATIENCE_S)
    process, file = worker_process(key), tmp_path / "beats"
    jobs.submit(f"{WORK}:beat", str(file), key=key)
    told(key)
    jobs.cancel(key)
    assert jobs.state(key).status == "cancelled"
    assert worker_process(key) == process
    beats = file.stat().st_size
    time.sleep(0.2)
    assert file.stat().st_size == beats


def test_a_job_that_does_not_listen_goes_with_its_process(key, tmp_path):
    file = tmp_path / "process"
    jobs.submit(f"{WORK}:sleep_deaf", str(file), key=key)
    told(key)
    process = int(file.read_text("utf-8"))
    jobs.cancel(key)
    assert jobs.state(key).status == "cancelled"
    assert worker_process(key) != process
    until(lambda: not lives(process))


def test_a_job_cancelled_before_it_was_sent_never_runs(key, tmp_path):
    file = tmp_path / "beats"
    jobs.shutdown()  # so that the worker has to start first
    jobs.submit(f"{WORK}:beat", str(file), key=key)
    jobs.cancel(key)
    jobs.submit(f"{WORK}:count", 1, key=key)
    assert ended(key).status == "done"
    assert not file.exists()


def test_a_cancelled_job_gives_way_to_one_that_waited_behind_it(key, tmp_path):
    jobs.submit(f"{WORK}:sleep_deaf", str(tmp_path / "process"), key=f"{key} first")
    told(f"{key} first")
    jobs.submit(f"{WORK}:count", 1, key=key)
    jobs.cancel(f"{key} first")
    assert ended(key).status == "done"
    assert jobs.state(f"{key} first").status == "cancelled"


def test_a_worker_killed_in_mid_work_is_one_sentence_and_the_next_job_works(key, tmp_path):
    file = tmp_path / "process"
    jobs.submit(f"{WORK}:sleep_deaf", str(file), key=key)
    told(key)
    os.kill(int(file.read_text("utf-8")), signal.SIGKILL)
    state = ended(key)
    assert state.status == "failed"
    assert "ended before the work was done" in str(state.message)
    assert worker_process(key) != int(file.read_text("utf-8"))


def test_a_job_that_waited_while_the_worker_died_is_done_by_the_next(key, tmp_path):
    file = tmp_path / "now"
    jobs.submit(f"{WORK}:die_when_told", str(file), key=f"{key} first")
    told(f"{key} first")
    jobs.submit(f"{WORK}:count", 1, key=key)
    file.touch()
    assert ended(key).status == "done"
    assert jobs.state(f"{key} first").status == "failed"


@pytest.mark.parametrize("moment", [0, 0.001, 0.01, 0.1])
def test_a_worker_killed_while_idle_is_started_again(key, moment):
    process = worker_process(key)
    os.kill(process, signal.SIGKILL)
    time.sleep(moment)  # whether it is missed yet, or not
    assert worker_process(key) != process


def test_a_worker_that_cannot_start_is_one_sentence(key, monkeypatch):
    jobs.shutdown()
    monkeypatch.setattr(cluster.sys, "executable", "/bin/false")
    jobs.submit(f"{WORK}:count", 1, key=key)
    assert "cannot be started" in str(ended(key).message)


def test_what_the_work_loads_stays_out_of_this_process():
    """Asked in a fresh process: this one may hold anything by now."""
    script = (
        "import sys, time\nfrom survey_app import jobs\n"
        f"jobs.submit('{WORK}:loaded', key='x')\n"
        "while jobs.state('x').status in {'waiting', 'running'}: time.sleep(.01)\n"
        "print(jobs.state('x').result, [name for name in ('sklearn', 'tests', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.stdout.strip() == "sklearn []", done.stderr


def test_the_worker_does_not_outlive_a_server_that_was_killed(tmp_path):
    file = tmp_path / "process"
    script = (
        "import time\nfrom survey_app import jobs\n"
        f"jobs.submit('{WORK}:sleep_deaf', {str(file)!r}, key='x')\ntime.sleep(3600)"
    )
    server = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    until(lambda: file.exists() and file.read_text("utf-8"))
    process = int(file.read_text("utf-8"))
    server.kill()
    server.wait()
    until(lambda: not lives(process))


# ------------------------------------------------------------------ DASK_SCHEDULER_ADDRESS


@pytest.fixture
def scheduler(tmp_path):
    """A dask scheduler and a worker of its own, as somebody else would start them: (process, address)."""
    file = tmp_path / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    dask = [sys.executable, "-m", "dask"]
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    begun = subprocess.Popen([*dask, "scheduler", *here, "--port", "0", "--scheduler-file", str(file)], **quiet)
    until(lambda: file.exists() and file.read_text("utf-8").endswith("}"))
    address = json.loads(file.read_text("utf-8"))["address"]
    worker = subprocess.Popen([*dask, "worker", address, *here, "--nthreads", "1", "--no-nanny"], **quiet, cwd=tmp_path)
    yield begun, address
    for process in (worker, begun):
        process.kill()
        process.wait()


def test_an_address_sends_the_work_to_a_cluster_of_ones_own(key, scheduler, other_cluster):
    _process, address = scheduler
    other_cluster(address)
    jobs.submit(f"{WORK}:count", 3, key=key)
    state = ended(key)
    assert (state.status, state.result["counted"]) == ("done", 3)
    jobs.submit(f"{WORK}:refuse", key=key)
    assert str(ended(key).message) == "The file a.csv is too large."


def test_a_job_on_another_cluster_can_be_cancelled(key, scheduler, other_cluster, tmp_path):
    other_cluster(scheduler[1])
    file = tmp_path / "beats"
    jobs.submit(f"{WORK}:beat", str(file), key=key)
    told(key)
    jobs.cancel(key)
    assert jobs.state(key).status == "cancelled"
    jobs.submit(f"{WORK}:count", 1, key=key)
    assert ended(key).status == "done"


def test_a_scheduler_that_goes_away_is_one_sentence(key, scheduler, other_cluster, tmp_path):
    process, address = scheduler
    other_cluster(address)
    jobs.submit(f"{WORK}:beat", str(tmp_path / "beats"), key=key)
    told(key)
    process.kill()
    state = ended(key)
    assert state.status == "failed"
    assert "connection to the dask scheduler was lost" in str(state.message)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no-such-host.invalid:8786", "nonsense://x"])
def test_an_address_where_nothing_answers_is_one_sentence(key, other_cluster, monkeypatch, address):
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    other_cluster(address)
    jobs.submit(f"{WORK}:count", 1, key=key)
    state = ended(key)
    assert state.status == "failed"
    assert str(state.message) == f"No dask scheduler answers at {address}. Start it, or unset DASK_SCHEDULER_ADDRESS."
