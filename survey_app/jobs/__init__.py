"""Long work in another process: start it, ask how far it is, cancel it. Any page finds a job again by its key.

A job is a function named by its import path ("coding.topics.job:fit"); it is imported in the worker only, so that
the server never loads what the work needs. It gets plain values and, last, `report(share, message)`; it returns
plain values.
"""

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from survey_app.jobs.call import call, flag_name
from survey_app.jobs.cluster import close_cluster, current_cluster
from transcripts.messages import Message, MessageError, sentence

Status = Literal["none", "waiting", "running", "done", "failed", "cancelled"]

GRACE_S = 3.0
"""How long cancelled work may take to stop by itself before the worker process is replaced."""

SENDINGS = 3
"""How often a job is sent that had not begun when the worker died, of another job as it seems."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands. `progress` is a share of 1; `message` says what is being done or, if it failed, why; `seconds`
    have passed since a running job has begun to speak; `stopping`: it was cancelled and has not ended yet."""

    status: Status = "none"
    progress: float = 0.0
    message: Message | None = None
    result: Any = None
    seconds: float = 0.0
    stopping: bool = False

    @property
    def under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.status in {"waiting", "running"}


@dataclass(slots=True)
class _Job:
    function: str
    arguments: str
    on_done: Callable[[Any], object] | None
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: JobState = field(default_factory=lambda: JobState("waiting"))
    began: bool = False
    spoke_at: float = 0.0
    sendings: int = 0
    future: Any = None
    ended: threading.Event = field(default_factory=threading.Event)


_jobs: dict[str, _Job] = {}
_done: set[str] = set()
"""Functions that the worker, as it lives now, has done before."""
_lock = threading.RLock()


def submit(function: str, *args: Any, key: str, on_done: Callable[[Any], object] | None = None) -> None:
    """Start `function` ("module:name") in the worker; returns at once. Nothing happens while the key's job runs.

    `args` must be what JSON can hold. `on_done` gets the result in this process, in a thread, before the job
    counts as done; what it raises makes the job fail.
    """
    job = _Job(function, json.dumps(args), on_done)
    with _lock:
        if state(key).under_way:
            return
        _jobs[key] = job
    threading.Thread(target=_send, args=(job,), daemon=True, name="job-send").start()


def state(key: str) -> JobState:
    """How the newest job of this key stands; status "none" if there never was one."""
    with _lock:
        job = _jobs.get(key)
        if job is None:
            return JobState()
        passed = time.monotonic() - job.spoke_at if job.state.status == "running" else 0.0
        return replace(job.state, seconds=passed)


def warm(function: str) -> bool:
    """Whether the worker has done such work before, and so has loaded what it needs."""
    return function in _done


def forget(key: str) -> None:
    """Forget a job that has ended, with what it had to say."""
    with _lock:
        if not state(key).under_way:
            _jobs.pop(key, None)


def cancel(key: str) -> None:
    """Stop the job, if it waits or runs; it counts as cancelled at once."""
    with _lock:
        job = _jobs.get(key)
        if job is None or not job.state.under_way:
            return
        job.state = replace(job.state, status="cancelled", message=None)
    threading.Thread(target=_stop, args=(job,), daemon=True, name="job-stop").start()


def shutdown() -> None:
    """Forget every job and end the worker; the next job starts a new one."""
    with _lock:
        _jobs.clear()
        _done.clear()
    close_cluster()


def _send(job: _Job) -> None:
    job.sendings += 1
    try:
        there = current_cluster(_hear)
        if job.state.status == "cancelled":
            return
        future = there.submit(call, job.function, job.arguments, job.run)
    except MessageError as problem:
        _end(job, "failed", problem.message)
        return
    except (OSError, RuntimeError):
        log.exception("no worker for %s", job.function)
        _end(job, "failed", sentence("The worker process cannot be started. The server’s log says why."))
        return
    with _lock:
        job.future = future
    future.add_done_callback(lambda _future: _finish(job))
    if job.state.status == "cancelled":
        _stop(job)


def _hear(told: dict[str, Any]) -> None:
    """Progress, as it comes from the worker."""
    with _lock:
        job = next((each for each in _jobs.values() if each.run == told["run"]), None)
        if job is None:
            return
        if not job.began:
            job.began, job.spoke_at = True, time.monotonic()
        if job.state.under_way:
            job.state = JobState("running", told["share"], Message(**told["message"]))


def _finish(job: _Job) -> None:
    future, job.future = job.future, None
    try:
        problem = future.exception()
        outcome = {} if problem is not None else json.loads(future.result())
    except CancelledError:
        lost = sentence("The connection to the dask scheduler was lost before the work was done. Start it again.")
        _end(job, "cancelled" if job.state.status == "cancelled" else "failed", lost)
        return
    if problem is not None:
        _done.clear()
        log.error("the worker died during %s: %s", job.function, problem)
        if not job.began and job.state.status == "waiting" and job.sendings < SENDINGS:
            _send(job)
        else:
            died = sentence(
                "The worker process ended before the work was done, perhaps for want of memory. Try again with fewer "
                "statements or a smaller model."
            )
            _end(job, "failed", died)
    elif outcome["status"] == "failed":
        if outcome["details"]:
            log.error("%s failed:\n%s", job.function, outcome["details"])
        _end(job, "failed", Message(**outcome["message"]))
    elif outcome["status"] == "cancelled" or job.state.status == "cancelled":
        _end(job, "cancelled")
    else:
        _deliver(job, outcome["result"])


def _deliver(job: _Job, result: Any) -> None:
    _done.add(job.function)
    try:
        if job.on_done is not None:
            job.on_done(result)
    except MessageError as problem:
        _end(job, "failed", problem.message)
    except Exception:
        log.exception("the result of %s could not be kept", job.function)
        _end(job, "failed", sentence("The work was done, but its result could not be kept. The server’s log says why."))
    else:
        _end(job, "done", result=result)


def _end(job: _Job, status: Status, message: Message | None = None, result: Any = None) -> None:
    with _lock:
        if job.state.status != "cancelled":
            job.state = JobState(status, 1.0 if status == "done" else job.state.progress, message, result)
    job.ended.set()


def _stop(job: _Job) -> None:
    """Ask the work to stop; after a grace replace its process, if that is ours."""
    future = job.future
    if future is None:
        return  # not sent yet, and then it never will be; or at its end
    there = current_cluster(_hear)
    flag = there.flag(flag_name(job.run))
    flag.set()
    if not job.ended.wait(GRACE_S):
        future.cancel()
        if job.began:
            _done.clear()
            there.replace_worker()
    if there.connected:
        flag.clear()
