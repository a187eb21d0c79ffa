"""Where jobs run: one worker process of our own behind a dask scheduler, or the cluster at an address."""

import atexit
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from survey_app.jobs.call import PROGRESS
from survey_app.settings import settings
from transcripts.messages import MessageError, sentence

Hear = Callable[[dict[str, Any]], None]

FOR_WORKER = {
    "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
    "OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 2) - 1)),  # one core stays for the pages
}  # fmt: skip
CONNECT_S = 20
WITHOUT_WORKER_S = 30
"""How long a job may wait for a worker of ours that cannot be kept alive."""

_lock = threading.RLock()
_cluster: "Cluster | None" = None


class NoCluster(MessageError):
    """The cluster that was set does not answer."""


def current_cluster(hear: Hear) -> "Cluster":
    """The cluster of this process, started when first asked for; `hear` gets every report of progress."""
    global _cluster
    with _lock:
        if _cluster is not None and not _cluster.connected:
            close_cluster()
        if _cluster is None:
            _cluster = Cluster(settings().dask_scheduler_address, hear)
            atexit.register(close_cluster)
        return _cluster


def close_cluster() -> None:
    """End the worker and the scheduler, if they are ours."""
    global _cluster
    with _lock:
        ending, _cluster = _cluster, None
    atexit.unregister(close_cluster)
    if ending is not None:
        ending.close()


class Cluster:
    """A connection to a scheduler. With an empty address the scheduler lives in this process, on loopback.

    Our worker is started as a program of its own, not by multiprocessing: that would import `__main__` again, which
    is the page that Streamlit is running.
    """

    def __init__(self, address: str, hear: Hear) -> None:
        import dask
        from distributed import Client, LocalCluster

        self._process: subprocess.Popen[bytes] | None = None
        self._stillborn: subprocess.Popen[bytes] | None = None
        self._local: LocalCluster | None = None
        self._changing = threading.RLock()
        if address:
            try:
                self._client = Client(address, timeout=CONNECT_S, set_as_default=False)
            except (OSError, ValueError) as problem:
                raise NoCluster(
                    sentence(
                        "No dask scheduler answers at {address}. Start it, or unset DASK_SCHEDULER_ADDRESS.",
                        address=address,
                    )
                ) from problem
        else:
            ours = {
                "distributed.scheduler.http.routes": [],
                "distributed.scheduler.no-workers-timeout": WITHOUT_WORKER_S,
            }
            with dask.config.set(ours):
                self._local = LocalCluster(
                    n_workers=0, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL,
                    scheduler_kwargs={"dashboard": False, "allowed_failures": 0},
                )  # fmt: skip
            self._client = Client(self._local, timeout=CONNECT_S, set_as_default=False)
        self._client.subscribe_topic(PROGRESS, lambda event: hear(event[1]))

    @property
    def connected(self) -> bool:
        """False once the scheduler has been out of reach for so long that the client has given up."""
        return self._client.status not in {"closing", "closed"}

    def submit(self, function: Callable[..., str], *args: str) -> Any:
        """A future of the call; our worker is started if it does not live. Raises RuntimeError if it cannot start."""
        self._need_worker()
        self._await_worker()
        return self._client.submit(function, *args, pure=False, retries=0)

    def flag(self, name: str) -> Any:
        """A flag that the server sets and the worker sees."""
        from distributed import Event

        return Event(name, client=self._client)

    def replace_worker(self) -> None:
        """Kill our worker process with what it is doing; waiting jobs go to the next one."""
        with self._changing:
            if self._process is None:
                return
            workers = list(self._client.scheduler_info(n_workers=-1)["workers"])
            if workers:  # so that jobs which only wait there are not taken for the cause of a death
                self._client.retire_workers(workers, close_workers=False)
            self._kill()
            self._need_worker()

    def close(self) -> None:
        """Leave the cluster; ours ends with it."""
        with self._changing:
            self._client.close(timeout=2)
            self._kill()
            if self._local is not None:
                self._local.close(timeout=5)

    def _need_worker(self) -> None:
        """Start our worker process unless it lives."""
        with self._changing:
            if self._local is not None and (self._process is None or self._process.poll() is not None):
                self._process = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-m", "survey_app.jobs.process", self._local.scheduler_address],
                    stdin=subprocess.PIPE,  # its end tells the worker that this process is gone
                    stdout=subprocess.DEVNULL,
                    env=os.environ | FOR_WORKER,
                )
                threading.Thread(target=self._watch, args=(self._process,), daemon=True, name="worker-watch").start()

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        """Start our worker again when it dies, but not one that never came to work."""
        while not (came := self._signed_in(process)) and process.poll() is None:
            time.sleep(0.05)
        process.wait()
        with self._changing:
            if not came:
                self._stillborn = process
            elif self._process is process:
                self._need_worker()

    def _await_worker(self) -> None:
        while self._local is not None and not self._our_workers():
            with self._changing:
                if self._process is None or self._process is self._stillborn:
                    raise RuntimeError("the worker process ended while it was starting")
            time.sleep(0.05)

    def _signed_in(self, process: "subprocess.Popen[bytes]") -> bool:
        return any(worker.pid == process.pid for worker in self._our_workers())

    def _our_workers(self) -> list[Any]:
        scheduler = self._local.scheduler if self._local is not None else None
        return list(scheduler.workers.values()) if scheduler is not None else []

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = None
